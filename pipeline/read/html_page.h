/* A page being read: the open elements, the text that is gathered, and the document's tree as it grows. html.c hears
 * libxml2's events and keeps the stack; html_blocks.c turns blocks, lists and tables into nodes. */
#ifndef MN_READ_HTML_PAGE_H
#define MN_READ_HTML_PAGE_H

#include "base/limits.h"
#include "read/formats.h"
#include "read/html_attributes.h"
#include "read/leaves.h"

/* Where text goes. */
enum mn_html_sink {
    MN_HTML_FLOW,
    MN_HTML_DOUBTFUL,   /* furniture, unless the main content turns up in it: by a name, or a header or footer */
    MN_HTML_FURNISHING, /* furniture for certain */
    MN_HTML_IN_TITLE,
    MN_HTML_IN_HEAD, /* nowhere, but elements are heard */
    MN_HTML_NOWHERE  /* nowhere, nor do its elements count */
};

/* What an element hands down to those in it. */
struct mn_html_context {
    enum mn_html_sink sink;
    uint8_t heading;       /* level of the heading around, or 0 */
    bool is_named_heading; /* by a class: no heading, if it is a mere number */
    bool is_bold, is_link, is_pre, is_header_cell, is_in_main;
};

#define MN_HTML_COLUMNS 64 /* of a table are followed by rowspan */

struct mn_html_open {
    const struct mn_html_element *element;
    struct mn_html_context context;
    uint32_t depth;              /* the builder's, which its end goes back to */
    uint32_t container;          /* the builder's depth within its own node; 0: it has none, or not yet */
    size_t leaves;               /* made before it */
    enum mn_numbering numbering; /* of a list */
    uint32_t next;               /* ordinal of a list's next item */
    uint32_t column;             /* of a row: where the next cell goes */
    uint32_t columns;            /* of a cell */
    uint8_t *spans;              /* of a table: rows that a cell above still covers, by column; null: none so far */
};

/* Text since the last block or line ended. */
struct mn_html_text {
    char *data;
    size_t size, capacity;
    bool has_bold, has_plain, has_link, has_unlinked; /* letters or digits of that kind are in it */
    size_t start, end;                                /* in the source */
};

struct mn_html_page {
    struct mn_leaves leaves;
    struct mn_document *document;
    struct mn_slice source;
    struct mn_html_open stack[MN_LIMIT_NESTING + 1]; /* [0] stands for the page */
    uint32_t top;
    struct mn_html_text flow, furniture, title;
    size_t position; /* in the source: where what is heard next begins */
    size_t leaf_count;
    uint32_t gap;                     /* empty lines since the last leaf */
    bool breaks_page;                 /* before the next leaf */
    enum mn_numbering item_numbering; /* for the next leaf: the first one of an item */
    uint32_t item_ordinal;
    bool trusts_names; /* classes, ids and roles may make furniture */
    bool trusts_hiding;
    size_t empty_cells;   /* added for colspan and rowspan */
    size_t doubtful_size; /* bytes of doubtful furniture that is no links */
    int date_rank;        /* of document->published; -1: none yet */
    bool failed;          /* memory is out */
};

static inline struct mn_html_open *mn_html_top(struct mn_html_page *page)
{
    return &page->stack[page->top];
}

/* Adds to the text of the current sink. */
void mn_html_add_text(struct mn_html_page *page, const char *bytes, size_t size);

/* Ends the block: what was gathered becomes a leaf. */
void mn_html_end_block(struct mn_html_page *page);

/* Makes a leaf of the furniture gathered within a line, without ending the line. */
void mn_html_end_inline_furniture(struct mn_html_page *page);

/* Ends the line: in a paragraph the next leaf will have gap 0, as no empty line stands between them. */
void mn_html_break_line(struct mn_html_page *page);

/* The main content has turned up: what was doubtful is none. */
void mn_html_settle_doubts(struct mn_html_page *page);

/* For the element on top of the stack, in the flow: what begins and what ends with it. */
void mn_html_begin_container(struct mn_html_page *page, const struct mn_html_attributes *attributes);
void mn_html_end_container(struct mn_html_page *page);

#endif
