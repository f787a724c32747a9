/* Names that are numbered in the order in which they come, from 0: symbols, values, classes, lexicons. Everything lives
 * in an arena. Finding needs no lock once nothing is added any more. */
#ifndef MN_LEXIS_NAMES_H
#define MN_LEXIS_NAMES_H

#include "base/arena.h"
#include "lexis/vocabulary.h"

struct mn_name_slot {
    uint32_t number; /* and 1; 0 where the slot is empty */
    uint32_t hash;
};

struct mn_names {
    MN_VECTOR(struct mn_slice) items;
    struct mn_name_slot *slots; /* open addressing */
    size_t slot_count;          /* a power of two, or 0 */
};

/* The number of a name, or MN_NO_SYMBOL. */
uint32_t mn_names_find(const struct mn_names *names, struct mn_slice name);

/* The number of a name, added (copied) if new; MN_NO_SYMBOL when memory is out. */
uint32_t mn_names_add(struct mn_names *names, struct mn_arena *arena, struct mn_slice name);

#endif
