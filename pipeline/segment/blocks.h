/* What the steps of segment hand on to each other: a flat list of blocks in reading order. Containers that the format
 * states are a pair of BLOCK_OPEN and BLOCK_CLOSE; everything else is a leaf. Each step reads the list and writes a new
 * one or fills in fields. */
#ifndef MN_SEGMENT_BLOCKS_H
#define MN_SEGMENT_BLOCKS_H

#include "segment/enumerator.h"
#include "segment/segment.h"
#include "segment/signs.h"

enum block_what { BLOCK_LEAF, BLOCK_OPEN, BLOCK_CLOSE };

/* What a leaf turned out to be. */
enum block_use {
    USE_TEXT,
    USE_HEAD,
    USE_LABEL,        /* a label on its own line */
    USE_INLINE_LABEL, /* a label with text on the same line: `label` bytes */
    USE_FURNITURE
};

enum block_trait {
    TRAIT_NUMBER_APART = 1, /* the enumerator stood on its own line or in its own cell */
    TRAIT_BAR_BEFORE = 2,   /* a page break or furniture stands between this and the leaf before it */
    TRAIT_CONTINUES = 4,    /* mended: becomes MN_CONTINUES */
    TRAIT_LINE = 8,         /* comes from physical lines (MN_AB) */
    TRAIT_CELL_LINE = 16    /* the same, in a cell that tables.c has raised: a page's lines are not measured on it */
};

struct block {
    struct mn_slice text;
    struct mark mark;
    uint32_t length; /* code points of the text */
    uint32_t page, gap, source_start, source_end;
    uint32_t turn;                           /* bytes of the text to where the next page begins in it; 0: nowhere */
    uint32_t ordinal;                        /* of containers, as read stated it */
    uint16_t label;                          /* bytes of an inline label with the space behind it */
    uint16_t style;                          /* headings: what makes two of them the same kind, see headings.c */
    uint8_t what;                            /* enum block_what */
    uint8_t kind;                            /* enum mn_node_kind */
    uint8_t use;                             /* enum block_use */
    uint8_t traits;                          /* enum block_trait */
    uint8_t flags, level, indent, numbering; /* as read stated them */
    uint8_t ending;                          /* enum ending */
};

typedef MN_VECTOR(struct block) block_vector;

/* The habits of a document's physical lines, measured on the lines themselves. */
struct habits {
    uint32_t width;         /* right edge of a full line in code points; UINT32_MAX when lines are not wrapped */
    bool wrapped;           /* paragraphs run over several lines */
    bool gaps_mean_nothing; /* an empty line stands after every line, so that it ends no paragraph */
    bool gaps_are_used;     /* empty lines stand between paragraphs, but not after every line */
};

/* How often short lines open alike; see formulae.c. */
struct formulae {
    uint64_t *slots;
    size_t mask;
};

struct work {
    struct mn_document *document;
    const struct mn_segmentation *segmentation;
    struct mn_arena *arena; /* the scratch of the document's: reset when the stage is done */
    block_vector blocks;
    struct habits habits;
    struct formulae formulae;
};

/* Fills in what follows from the text: length, mark, ending. */
void mn_block_measure(const struct work *work, struct block *block);

/* Is there a leaf at `at` that can follow the leaf before it in one run of text: no container's edge? */
static inline bool is_text_leaf(const struct block *block)
{
    return block->what == BLOCK_LEAF && block->use != USE_FURNITURE;
}

/* The next leaf after `at` in the same container that is no furniture; `count` when a container's edge comes first. */
size_t mn_next_leaf(const struct work *work, size_t at);
/* The one before, or `count`. */
size_t mn_previous_leaf(const struct work *work, size_t at);

/* A short text whose first two words open at least three short texts of the document. */
bool mn_is_formula(const struct work *work, const struct block *block);

/* The steps, in their order. False when memory is out. */
bool mn_gather_blocks(struct work *work);  /* read's nodes → blocks; layout tables are dissolved */
bool mn_raise_tables(struct work *work);   /* cells run out one to a line → tables */
bool mn_mark_furniture(struct work *work); /* page numbers, running heads, the rules' furniture lines */
void mn_measure_habits(struct work *work);
bool mn_count_formulae(struct work *work);
bool mn_reflow_lines(struct work *work); /* physical lines → paragraphs */
bool mn_find_headings(struct work *work);
bool mn_mend_blocks(struct work *work); /* paragraphs that a stray break has cut */
void mn_find_points(struct work *work); /* enumerators of points whose number has lost its sign */
enum mn_status mn_write_outline(struct work *work, struct mn_error *error); /* blocks → the document's final nodes */
bool mn_cut_sentences(struct work *work);

#endif
