/* Parts of a page that have columns: tables and columns of text. */
#ifndef MN_LAYOUT_REGIONS_H
#define MN_LAYOUT_REGIONS_H

#include "layout/work.h"

/* Lines at one height of a page, from the left. */
struct band {
    uint32_t *lines; /* indices in work->lines */
    uint32_t count;
    int32_t top, bottom;
};

typedef MN_VECTOR(struct band) band_vector;

enum region_kind {
    REGION_TABLE,
    REGION_COLUMNS, /* text, to be read one column after the other */
    REGION_PAIRS    /* each row reads as one line: "Published: 16 August 2013", "Summary 3" */
};

/* Bands [first, end) in which the same strips are free of text. */
struct region {
    uint32_t first, end;
    uint32_t columns;
    int32_t edges[MN_MOST_COLUMNS + 1];                    /* column i holds what starts in [edges[i], edges[i + 1]) */
    int32_t left[MN_MOST_COLUMNS], right[MN_MOST_COLUMNS]; /* how far the lines of a column reach */
    uint8_t kind;                                          /* enum region_kind */
};

/* The page's lines that are text, at their heights. False when memory is out. */
bool mn_bands_of(struct work *work, uint32_t page, band_vector *bands);

/* Is there a region that begins at band `first`, or a little above with labels that belong to it? Not above band
 * `from`; at least `fewest_rows` of its bands fill several columns, or it is one row whose parts
 * run over several lines (REGION_PAIRS). */
bool mn_region_at(const struct work *work, const band_vector *bands, uint32_t from, uint32_t first,
                  uint32_t fewest_rows, struct region *region);

uint32_t mn_region_column(const struct region *region, const struct line *line);

/* Do the lines stand as near below each other as those of one paragraph do? */
bool mn_is_tight(const struct line *above, const struct line *below);

/* The same of two bands of a region: in one of its columns at least. */
bool mn_bands_tight(const struct work *work, const struct region *region, const struct band *above,
                    const struct band *below);

/* Does a line of the band below go on with a cell of the band above: in small letters, or because the line above was
 * full? */
bool mn_band_runs_on(const struct work *work, const struct region *region, const struct band *above,
                     const struct band *below);

#endif
