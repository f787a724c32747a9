/* Marks: where findings stand in a document's text, for showing it. */
#ifndef EVALUATE_MARKS_H
#define EVALUATE_MARKS_H

#include "evaluation.h"

/* In order of what a reader is to see first where several stand at one place. */
enum mark_type { MARK_MISSED, MARK_FALSE, MARK_FOUND, MARK_NEUTRAL, MARK_TYPES };

struct mark {
    enum mark_type type;
    const struct finding *finding; /* the find where there is one */
    size_t start, end;             /* bytes of the text; start < end */
};

/* In order of start, then end. */
struct mark_list {
    struct mark *items;
    size_t count, capacity;
};

const char *mark_word(enum mark_type type);

/* Marks of every finding of a document, gold and found, that can be found in its text (valid UTF-8): at the offsets its
 * evidence states if the words there are the quote's, otherwise where its words stand; the nth of equal gold quotes at
 * the nth such place. False when memory is out. */
bool marks_find(struct mn_arena *arena, const struct document *document, struct mn_slice text, struct mark_list *out);

#endif
