/* What the vocabulary consists of: for vocabulary.c, which builds it, and forms.c, which reads it. */
#ifndef MN_LEXIS_INSIDE_H
#define MN_LEXIS_INSIDE_H

#include "lexis/lexicon.h"
#include "lexis/names.h"
#include "lexis/shape.h"
#include "lexis/token_class.h"

struct mn_memberships {
    MN_VECTOR(struct mn_membership) list;
};

/* Of all atoms of a kind. */
struct mn_membership_table {
    MN_VECTOR(struct mn_memberships) items; /* by the atom's id; atoms beyond the end are in no set */
};

struct mn_vocabulary {
    struct mn_arena *arena;  /* owns everything below but the classes' code */
    struct mn_shaper shaper; /* until the seal */
    struct mn_names symbols[MN_BY_COUNT];
    struct mn_names values, classes, lexicons;
    struct mn_names sets[MN_SET_USES]; /* by their atoms, sorted, as bytes; numbers less one */
    struct mn_membership_table in_symbols[MN_BY_COUNT], in_classes, in_lexicons;
    struct mn_token_classes expressions;
    struct mn_trie trie;
    bool sealed;
};

/* The sets that an atom is in. */
static inline struct mn_memberships mn_memberships_of(const struct mn_membership_table *table, uint32_t id)
{
    return id < table->items.count ? table->items.items[id] : (struct mn_memberships){{NULL, 0, 0}};
}

#endif
