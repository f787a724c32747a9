/* Markdown within a line: emphasis, links, escapes, character references and HTML tags are undone. A subset of
 * CommonMark 0.31, section 6, adapted to markdown made from PDFs by programs: "**" is always a marker, wherever it
 * stands; a single "*" or "_" is one only in pairs and never inside a word or before a space, so that bullets stay. */
#ifndef MN_READ_MARKDOWN_INLINE_H
#define MN_READ_MARKDOWN_INLINE_H

#include "base/slice.h"

/* What goes on from line to line of a paragraph. Zero-initialise it, set `text`; mn_inline_reset between paragraphs. */
struct mn_inline {
    struct mn_slice text; /* the whole source */
    bool is_strong;
    size_t closer[2];   /* where the open "*" or "_" ends; 0: none is open */
    size_t searched[2]; /* up to here there is no closer */
};

void mn_inline_reset(struct mn_inline *state);

/* Writes [start, end) of the text without its markup to `out`, which has room for as many bytes; the bytes written.
 * *is_bold: letters and digits are there, and all are in strong emphasis. */
size_t mn_inline_strip(struct mn_inline *state, size_t start, size_t end, char *out, bool *is_bold);

#endif
