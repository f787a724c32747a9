/* What the vocabulary consists of: for vocabulary.c, which builds it, and forms.c, which reads it. */
#ifndef MN_LEXIS_INSIDE_H
#define MN_LEXIS_INSIDE_H

#include "lexis/lexicon.h"
#include "lexis/names.h"
#include "lexis/shape.h"
#include "lexis/token_class.h"

/* The tags on one thing, from the seal on ascending and without repeats. */
struct mn_tags {
    MN_VECTOR(uint32_t) list;
};

struct mn_tag_table {
    MN_VECTOR(struct mn_tags) items; /* by number; things beyond the end have none */
};

struct mn_vocabulary {
    struct mn_arena *arena;  /* owns everything below but the classes' code */
    struct mn_shaper shaper; /* until the seal */
    struct mn_names symbols[MN_BY_COUNT];
    struct mn_names values, classes, lexicons;
    struct mn_tag_table symbol_tags[MN_BY_COUNT], class_tags, lexicon_tags;
    struct mn_token_classes expressions;
    struct mn_trie trie;
    bool sealed;
};

/* The tags of a thing by its number. */
static inline struct mn_tags mn_tags_of(const struct mn_tag_table *table, uint32_t number)
{
    return number < table->items.count ? table->items.items[number] : (struct mn_tags){{NULL, 0, 0}};
}

/* Sorts numbers in place and drops repeats; how many are left. */
size_t mn_sort_numbers(uint32_t *numbers, size_t count);

#endif
