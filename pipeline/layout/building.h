/* What the steps from lines to blocks share: the document's measures, the text and the blocks that are being made. */
#ifndef MN_LAYOUT_BUILDING_H
#define MN_LAYOUT_BUILDING_H

#include "layout/regions.h"
#include "lexis/joints.h"

#define MN_HEADING_LEVELS 6

/* Lines that are read one after the other, and the edges between which they stand. */
struct flow {
    const uint32_t *lines;
    uint32_t count;
    int32_t left, right;
};

struct building {
    struct work *work;
    struct mn_joints joints;
    uint32_t pitch; /* the document's own, in hundredths of the font size */
    uint16_t heading_sizes[MN_HEADING_LEVELS];
    uint32_t heading_count;
    /* For what a page end cut: the last block of text of the page before, and that page's edges. */
    size_t last; /* index of the block, or SIZE_MAX */
    int32_t last_left, last_right;
    bool at_page_start; /* no text of the page at hand has been added yet */
    bool failed;
};

static inline const struct line *mn_line_at(const struct building *building, uint32_t index)
{
    return &building->work->lines.items[index];
}

/* So many hundredths of the font's size. */
static inline int64_t mn_share(const struct line *line, int64_t hundredths)
{
    return (int64_t)line->size * SIZE_UNIT * hundredths / 100;
}

/* ---- measures.c ---- */

/* The pitch of the body's lines, in hundredths of the font size: the narrowest that is frequent, for where paragraphs
 * are short most lines stand apart. */
uint32_t mn_find_pitch(const struct work *work);

/* From one base line to the next; 0: none that makes sense. */
uint32_t mn_pitch_of(const struct line *above, const struct line *below);

/* The sizes of headings, the largest first. */
void mn_find_heading_sizes(struct building *building);
bool mn_is_large(const struct work *work, const struct line *line);  /* so large that it is a heading */
uint8_t mn_level_of(const struct building *building, uint16_t size); /* of a heading, from 1 */

/* ---- texts.c: raw texts in the arena; where memory is out, building->failed ---- */

/* A text with room enough for what is to be appended. */
struct text_builder {
    char *text;
    size_t size;
};

/* Appends the next line; what the line end between them cut is mended. */
void mn_text_append(struct building *building, struct text_builder *out, struct mn_slice line);
/* The same for a text and the room in which it grows. */
void mn_text_join(struct building *building, struct mn_slice *text, struct text_room *room, struct mn_slice rest);

struct mn_slice mn_text_of_lines(struct building *building, const uint32_t *lines, uint32_t count);
struct mn_slice mn_text_of_cells(struct building *building, const struct cell *cells, uint32_t count);

int32_t mn_text_first(struct mn_slice text); /* code point; 0 when it is empty */
bool mn_text_starts_lower(struct mn_slice text);
bool mn_text_ends_sentence(struct mn_slice text); /* or a clause: also in a colon or semicolon */

/* ---- flow.c ---- */

/* Does the line `index` go on with the paragraph that begins at line `first_index` and has come to `above_index`? */
bool mn_line_goes_on(const struct building *building, const struct flow *flow, uint32_t first_index,
                     uint32_t above_index, uint32_t index);

/* Would several words have fitted? Then the line was broken by hand. */
bool mn_had_much_room(const struct flow *flow, const struct line *line, const struct line *next);

/* Do the lines stand further apart than those of one paragraph? */
bool mn_is_loose(const struct building *building, const struct line *above, const struct line *line);

/* Does the page's first paragraph, which begins with `line`, go on with the last one of the page before? */
bool mn_block_continues(const struct building *building, const struct flow *flow, const struct block *before,
                        const struct line *line);

/* ---- rows.c, tables.c ---- */

/* Fills in the rows and cells of the region; false when memory is out. */
bool mn_make_table(struct building *building, const band_vector *bands, const struct region *region,
                   struct block *table);

/* The table at the end of the page before that this region goes on with, or null. */
struct block *mn_open_table(const struct building *building, const struct region *region);

void mn_add_table(struct building *building, uint32_t page, const band_vector *bands, const struct region *region);

/* Each row as a paragraph or heading of its own. */
void mn_add_pairs(struct building *building, uint32_t page, const band_vector *bands, const struct region *region);

/* ---- blocks.c ---- */

struct block *mn_add_block(struct building *building, enum block_kind kind, uint32_t page); /* null: memory is out */

/* A paragraph, or a heading where its letters are larger than the text's. Null when memory is out. */
struct block *mn_add_text_block(struct building *building, const uint32_t *lines, uint32_t count, struct mn_slice text);

/* The last block of text before the page at hand or on it, or null. */
struct block *mn_block_before(const struct building *building);

#endif
