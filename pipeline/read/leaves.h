/* What the readers share: raw text to leaves, and physical lines. */
#ifndef MN_READ_LEAVES_H
#define MN_READ_LEAVES_H

#include "document/document.h"

/* A builder with room to fold text in. */
struct mn_leaves {
    struct mn_builder builder;
    char *folded;
    size_t capacity;
    bool failed; /* memory is out */
};

void mn_leaves_init(struct mn_leaves *leaves, struct mn_document *document);

/* The canonical form of raw text (valid UTF-8), valid until the next call. */
struct mn_slice mn_leaves_fold(struct mn_leaves *leaves, struct mn_slice raw);

/* Adds a leaf with the canonical form of `raw`: the node, valid until the next one is added, or null when nothing is
 * left of the text or memory is out. */
struct mn_node *mn_leaves_add(struct mn_leaves *leaves, enum mn_node_kind kind, struct mn_slice raw);

enum mn_status mn_leaves_finish(struct mn_leaves *leaves, struct mn_error *error);

/* A non-empty physical line. */
struct mn_line {
    struct mn_slice text; /* without indentation and line end */
    size_t start, end;    /* bytes in the source text, likewise */
    uint32_t gap;         /* empty lines before it */
    uint32_t page;        /* from 1; 0 when the text has no form feeds */
    uint8_t indentation;  /* columns, a tab reaching to the next multiple of 8; at most 255 */
    bool broken_off;      /* a form feed stands between it and the line before */
};

/* Goes through text line by line. Lines end in LF, CR LF, CR, VT or FF. Lines of white space only, also no-break
 * spaces, are empty. */
struct mn_lines {
    struct mn_slice text;
    size_t position;
    uint32_t gap, page;
    bool broken_off;
};

/* Columns that one white-space character at `*position` takes when it stands in `column`; *position is moved behind it.
 * -1, with nothing moved, when there is none. */
int mn_space_columns(struct mn_slice text, size_t *position, size_t column);

void mn_lines_init(struct mn_lines *lines, struct mn_slice text);
bool mn_lines_next(struct mn_lines *lines, struct mn_line *line);

/* The line turned out to hold nothing: it counts as empty for the next one, which also inherits its page break. */
void mn_lines_empty(struct mn_lines *lines, const struct mn_line *line);

/* A MN_AB leaf for the line; `raw` is its text, perhaps without markup. Null as mn_leaves_add. */
struct mn_node *mn_leaves_line(struct mn_leaves *leaves, const struct mn_line *line, struct mn_slice raw);

/* MN_AB leaves for all lines of `text`. */
void mn_leaves_lines(struct mn_leaves *leaves, struct mn_slice text);

#endif
