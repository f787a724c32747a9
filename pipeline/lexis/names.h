/* Names that are numbered in the order in which they come, from 0: symbols, values, classes, lexicons. Everything lives
 * in an arena. Finding needs no lock once nothing is added any more. */
#ifndef MN_LEXIS_NAMES_H
#define MN_LEXIS_NAMES_H

#include "base/arena.h"
#include "lexis/vocabulary.h"

struct mn_names {
    MN_VECTOR(struct mn_slice) items;
    uint32_t *slots;   /* open addressing: number + 1, 0 where empty */
    size_t slot_count; /* a power of two, or 0 */
};

/* The number of a name, or MN_NO_SYMBOL. */
uint32_t mn_names_find(const struct mn_names *names, struct mn_slice name);

/* The number of a name, added (copied) if new; MN_NO_SYMBOL when memory is out. */
uint32_t mn_names_add(struct mn_names *names, struct mn_arena *arena, struct mn_slice name);

#endif
