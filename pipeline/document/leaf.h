/* The text of one leaf while document XML is read: runs of white space become one space, none stands at the ends, and
 * sentences, tokens and the enumerator start at the first character that is kept behind their tags. What was written
 * from a document comes back as it was; what was edited by hand becomes canonical. */
#ifndef MN_DOCUMENT_LEAF_H
#define MN_DOCUMENT_LEAF_H

#include "document/document.h"

/* What starts at the next kept character. */
enum mn_leaf_mark { MN_LEAF_CONTENT, MN_LEAF_SENTENCE, MN_LEAF_TOKEN, MN_LEAF_MARK_COUNT };

struct mn_leaf {
    struct mn_arena *arena; /* of the text, not the document's */
    struct {
        char *items;
        size_t count, capacity;
    } text;
    struct {
        char *items;
        size_t count, capacity;
    } joint;                             /* the end of the text and what is added, while they are put together */
    uint32_t border;                     /* in text: where something starts or was taken last */
    bool space;                          /* white space was seen behind the text */
    bool waiting[MN_LEAF_MARK_COUNT];    /* for the next kept character */
    uint32_t starts[MN_LEAF_MARK_COUNT]; /* in text */
};

/* Empties the leaf. */
void mn_leaf_begin(struct mn_leaf *leaf);

/* Lets the mark stand at the next kept character. */
void mn_leaf_mark(struct mn_leaf *leaf, enum mn_leaf_mark mark);

/* Takes the mark's text, from where it stands to the end so far; empty when nothing was kept behind it. */
struct mn_slice mn_leaf_take(struct mn_leaf *leaf, enum mn_leaf_mark mark);

/* Adds text (valid UTF-8). An accent at its start is put together with the letter before it; MN_MALFORMED when a mark
 * or a text that was taken parts them, for it would stand inside a character then. MN_NO_MEMORY when memory is out. */
enum mn_status mn_leaf_add(struct mn_leaf *leaf, struct mn_slice text);

#endif
