/* Changes: what two sets of records make of the same gold. */
#ifndef EVALUATE_CHANGES_H
#define EVALUATE_CHANGES_H

#include "evaluation.h"

/* name in C, better or worse, words */
#define CHANGES(X)                                                                                                     \
    X(FOUND, true, "found")                                                                                            \
    X(NOT_FALSE, true, "no longer false")                                                                              \
    X(RIGHT, true, "right")                                                                                            \
    X(LOST, false, "lost")                                                                                             \
    X(NEW_FALSE, false, "new false")                                                                                   \
    X(WRONG, false, "wrong")

enum change_type {
#define CHANGE_NAME(name, is_better, words) CHANGE_##name,
    CHANGES(CHANGE_NAME)
#undef CHANGE_NAME
        CHANGE_COUNT
};

struct change {
    enum change_type type;
    const struct document *document;
    const struct finding *finding; /* gold for FOUND and LOST; the old find for NOT_FALSE; else the new find */
    enum attribute attribute;      /* RIGHT, WRONG */
};

struct change_list {
    struct change *items;
    size_t count, capacity;
};

bool change_is_better(enum change_type type);
const char *change_words(enum change_type type);

/* The changes from `before` to `after`, evaluations of the same gold files, in order of document and kind. A false find
 * is the same on both sides if quote and main attribute are. Attributes are followed where the gold finding is paired
 * on both sides. False when memory is out. */
bool changes_find(struct mn_arena *arena, const struct evaluation *before, const struct evaluation *after,
                  struct change_list *out);

/* How many changes of a type concern a kind. */
size_t changes_count(const struct change_list *changes, enum kind kind, enum change_type type);

#endif
