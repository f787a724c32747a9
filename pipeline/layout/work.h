/* What the steps of layout hand on to each other. Lengths are hundredths of a point; y grows downwards. */
#ifndef MN_LAYOUT_WORK_H
#define MN_LAYOUT_WORK_H

#include "document/document.h"
#include "layout/pages.h"

/* Hundredths of a point to a tenth, in which font sizes are given. */
#define SIZE_UNIT 10

#define MN_MOST_COLUMNS 16

enum line_use {
    LINE_TEXT,
    LINE_FURNITURE, /* a running head or a page number */
    LINE_NOTE,      /* the first line of a footnote */
    LINE_NOTE_MORE, /* a further line of it */
    LINE_DROPPED    /* nothing is left of it */
};

/* Runs side by side on one base line, without a wide gap among them. */
struct line {
    struct mn_slice text;  /* raw: not yet folded */
    struct mn_box box;     /* of its letters in the line's main size */
    uint32_t page;         /* index in pages->items */
    uint32_t first, count; /* its runs in work->runs */
    int32_t first_word;    /* width of its first word */
    uint32_t label;        /* bytes of the bullet or number at its start, 0: none */
    int32_t text_left;     /* where its words start, behind such a label; else box.left */
    uint32_t letters;      /* code points, about */
    uint16_t size;         /* of most of its letters, tenths of a point */
    uint8_t use;           /* enum line_use */
    bool sure_label;       /* the label is one whatever stands before the line */
    bool bold;             /* all of its letters are */
    bool turned;
};

/* Where a text stands to which the next pages' is joined: it grows by doubling, for a paragraph may go on over
 * thousands of pages. */
struct text_room {
    char *data; /* null: nothing has been joined yet */
    size_t size;
};

/* A table: rows of cells, each a stretch of lines. */
struct cell {
    struct mn_slice text; /* joined, not yet folded */
    struct text_room room;
    uint32_t *lines; /* indices, in reading order */
    uint32_t count;
    uint32_t page; /* index in pages->items */
};

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_TABLE, BLOCK_FURNITURE };

struct block {
    uint8_t kind;  /* enum block_kind */
    uint8_t level; /* of headings; of paragraphs their indentation in columns */
    bool bold, continues;
    bool set_off;         /* its place shows that it does not go on with what stands before it */
    uint32_t page;        /* index in pages->items */
    struct mn_slice text; /* joined, not yet folded */
    struct text_room room;
    uint32_t turn; /* bytes of it to where the next page begins; 0: nowhere */
    /* paragraphs and headings: what decides whether the next page goes on with it */
    uint32_t first_line, last_line; /* indices */
    /* tables */
    struct cell *cells; /* rows * columns */
    uint32_t rows, columns;
    size_t cell_room;               /* cells that there is room for */
    int32_t lefts[MN_MOST_COLUMNS]; /* where the columns' texts begin */
};

typedef MN_VECTOR(struct line) line_vector;
typedef MN_VECTOR(struct block) block_vector;

struct page_lines {
    uint32_t first, end; /* in work->lines */
};

struct work {
    const struct mn_pages *pages;
    struct mn_arena *arena;
    struct mn_document *document;
    const struct mn_run **runs;    /* all runs, those of a line together */
    bool *dropped;                 /* for each: it is left out of its line's text */
    line_vector lines;             /* page by page, from the top, then from the left */
    struct page_lines *page_lines; /* for each page */
    block_vector blocks;
    uint16_t body_size; /* the size that most letters of the document have */
};

/* A line's text, anew from its runs; what can be measured on it. False when memory is out. */
bool mn_line_spell(struct work *work, struct line *line);
void mn_line_measure(struct work *work, struct line *line);

/* The steps, in their order. False when memory is out. */
bool mn_layout_lines(struct work *work);
bool mn_layout_furniture(struct work *work);
bool mn_layout_blocks(struct work *work);

#endif
