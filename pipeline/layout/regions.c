#include "layout/regions.h"

#include "base/utf8.h"
#include <stdlib.h>

#define STACKED 130         /* of a line's height, per cent: a band that is higher has lines below each other */
#define NARROWEST_STRIP 200 /* between two columns: 2 points */
#define WIDEST_GAP 5        /* between two rows of a table, in heights of a line */
/* The part of a line's height, up from its foot, in per cent of the font size, in which lines of a paragraph do not
 * overlap, but a cell that is set half way between two lines of its neighbour overlaps with both. */
#define BODY 85
#define TIGHT 45         /* of a line's height, per cent: what lies between lines of one paragraph at most */
#define FEWEST_FLOWING 5 /* lines of a column that run on into the next */

static int32_t height_of(const struct line *line)
{
    return line->box.bottom - line->box.top;
}

bool mn_is_tight(const struct line *above, const struct line *below)
{
    int32_t height = height_of(above) < height_of(below) ? height_of(above) : height_of(below);
    return ((int64_t)below->box.top - above->box.bottom) * 100 <= (int64_t)height * TIGHT;
}

/* ---- bands ---- */

struct entry {
    int32_t top, left;
    uint32_t line;
};

static int by_top(const void *a, const void *b)
{
    const struct entry *first = a, *second = b;
    if (first->top != second->top)
        return first->top < second->top ? -1 : 1;
    return first->line < second->line ? -1 : first->line > second->line;
}

static int by_left(const void *a, const void *b)
{
    const struct entry *first = a, *second = b;
    if (first->left != second->left)
        return first->left < second->left ? -1 : 1;
    return first->line < second->line ? -1 : first->line > second->line;
}

static int32_t top_of_body(const struct line *line)
{
    int32_t body = (int32_t)line->size * SIZE_UNIT * BODY / 100;
    return body > 0 && body < height_of(line) ? line->box.bottom - body : line->box.top;
}

static bool close_band(struct work *work, band_vector *bands, struct entry *entries, uint32_t count)
{
    struct band *band = MN_APPEND(work->arena, bands);
    if (!band)
        return false;
    qsort(entries, count, sizeof *entries, by_left);
    *band = (struct band){mn_arena_alloc(work->arena, count * sizeof(uint32_t)), count, INT32_MAX, INT32_MIN};
    if (!band->lines)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct line *line = &work->lines.items[entries[i].line];
        band->lines[i] = entries[i].line;
        band->top = line->box.top < band->top ? line->box.top : band->top;
        band->bottom = line->box.bottom > band->bottom ? line->box.bottom : band->bottom;
    }
    return true;
}

bool mn_bands_of(struct work *work, uint32_t page, band_vector *bands)
{
    struct page_lines range = work->page_lines[page];
    struct entry *entries = mn_arena_alloc(work->arena, (range.end - range.first + 1) * sizeof *entries);
    uint32_t count = 0;
    if (!entries)
        return false;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct line *line = &work->lines.items[i];
        if (line->use == LINE_TEXT && line->text.size > 0)
            entries[count++] = (struct entry){top_of_body(line), line->box.left, i};
    }
    qsort(entries, count, sizeof *entries, by_top);
    for (uint32_t start = 0; start < count;) {
        int32_t bottom = INT32_MIN;
        uint32_t next = start;
        do {
            const struct line *line = &work->lines.items[entries[next++].line];
            bottom = line->box.bottom > bottom ? line->box.bottom : bottom;
        } while (next < count && entries[next].top < bottom);
        if (!close_band(work, bands, entries + start, next - start))
            return false;
        start = next;
    }
    return true;
}

/* ---- strips that are free of text ---- */

struct strips {
    int32_t from[MN_MOST_COLUMNS], to[MN_MOST_COLUMNS];
    uint32_t count;
};

/* The strips between the lines of a band. */
static struct strips strips_of(const struct work *work, const struct band *band)
{
    struct strips strips = {.count = 0};
    int32_t right = work->lines.items[band->lines[0]].box.right;
    for (uint32_t i = 1; i < band->count && strips.count < MN_MOST_COLUMNS - 1; i++) {
        const struct mn_box *box = &work->lines.items[band->lines[i]].box;
        if (box->left - right >= NARROWEST_STRIP) {
            strips.from[strips.count] = right;
            strips.to[strips.count++] = box->left;
        }
        right = box->right > right ? box->right : right;
    }
    return strips;
}

/* What is left of a strip beside a line: the wider part, on the side where the line is not. */
static bool cut_strip(int32_t *from, int32_t *to, const struct mn_box *box)
{
    if (box->right <= *from || box->left >= *to)
        return true;
    if (box->left - *from >= *to - box->right)
        *to = box->left;
    else
        *from = box->right;
    return *to - *from >= NARROWEST_STRIP;
}

/* The strips that are free in the band too. */
static struct strips strips_with(const struct work *work, struct strips strips, const struct band *band)
{
    struct strips left = {.count = 0};
    for (uint32_t i = 0; i < strips.count; i++) {
        int32_t from = strips.from[i], to = strips.to[i];
        bool free = true;
        for (uint32_t j = 0; j < band->count && free; j++)
            free = cut_strip(&from, &to, &work->lines.items[band->lines[j]].box);
        if (!free)
            continue;
        left.from[left.count] = from;
        left.to[left.count++] = to;
    }
    return left;
}

/* ---- regions ---- */

uint32_t mn_region_column(const struct region *region, const struct line *line)
{
    uint32_t column = 0;
    while (column + 1 < region->columns && line->box.left >= region->edges[column + 1])
        column++;
    return column;
}

static void set_edges(struct region *region, const struct strips *strips)
{
    region->columns = strips->count + 1;
    region->edges[0] = INT32_MIN;
    for (uint32_t i = 0; i < strips->count; i++)
        region->edges[i + 1] = strips->from[i];
    region->edges[region->columns] = INT32_MAX;
}

static const struct line *line_in(const struct work *work, const struct band *band, uint32_t index)
{
    return &work->lines.items[band->lines[index]];
}

/* The lowest and the highest line of a band in each column; null where there is none. */
struct extremes {
    const struct line *lowest[MN_MOST_COLUMNS], *highest[MN_MOST_COLUMNS];
};

static void find_extremes(const struct work *work, const struct region *region, const struct band *band,
                          struct extremes *extremes)
{
    *extremes = (struct extremes){{NULL}, {NULL}};
    for (uint32_t i = 0; i < band->count; i++) {
        const struct line *line = line_in(work, band, i);
        uint32_t column = mn_region_column(region, line);
        const struct line **lowest = &extremes->lowest[column], **highest = &extremes->highest[column];
        if (!*lowest || line->box.bottom > (*lowest)->box.bottom)
            *lowest = line;
        if (!*highest || line->box.top < (*highest)->box.top)
            *highest = line;
    }
}

bool mn_bands_tight(const struct work *work, const struct region *region, const struct band *above,
                    const struct band *below)
{
    struct extremes upper, lower;
    bool shared = false;
    find_extremes(work, region, above, &upper);
    find_extremes(work, region, below, &lower);
    for (uint32_t column = 0; column < region->columns; column++) {
        const struct line *low = upper.lowest[column], *high = lower.highest[column];
        shared |= low && high;
        if (low && high && mn_is_tight(low, high) && low->size == high->size)
            return true;
    }
    return !shared && below->top < above->bottom;
}

static bool fills_columns(const struct work *work, const struct region *region, const struct band *band)
{
    uint32_t first = mn_region_column(region, line_in(work, band, 0));
    for (uint32_t i = 1; i < band->count; i++)
        if (mn_region_column(region, line_in(work, band, i)) != first)
            return true;
    return false;
}

static bool is_far(const struct band *above, const struct band *below, const struct line *line)
{
    return below->top - above->bottom > WIDEST_GAP * height_of(line);
}

/* Adds the bands below for as long as a strip stays free. */
static struct strips extend_down(const struct work *work, const band_vector *bands, struct region *region)
{
    struct strips strips = strips_of(work, &bands->items[region->first]);
    region->end = region->first + 1;
    while (region->end < bands->count) {
        const struct band *above = &bands->items[region->end - 1], *band = &bands->items[region->end];
        struct strips left = strips_with(work, strips, band);
        if (left.count == 0 || is_far(above, band, line_in(work, band, 0)))
            break;
        strips = left;
        region->end++;
    }
    return strips;
}

/* How far the region's lines reach in each column. */
static void measure_columns(const struct work *work, const band_vector *bands, struct region *region)
{
    for (uint32_t column = 0; column < region->columns; column++) {
        region->left[column] = INT32_MAX;
        region->right[column] = INT32_MIN;
    }
    for (uint32_t i = region->first; i < region->end; i++)
        for (uint32_t j = 0; j < bands->items[i].count; j++) {
            const struct line *line = line_in(work, &bands->items[i], j);
            uint32_t column = mn_region_column(region, line);
            if (line->box.left < region->left[column])
                region->left[column] = line->box.left;
            if (line->box.right > region->right[column])
                region->right[column] = line->box.right;
        }
}

static bool starts_lower(struct mn_slice text)
{
    size_t at = 0;
    int32_t first = text.size ? mn_utf8_next(text, &at) : 0;
    return mn_is_letter(first) && !mn_is_upper(first);
}

bool mn_band_runs_on(const struct work *work, const struct region *region, const struct band *above,
                     const struct band *below)
{
    struct extremes upper;
    if (!mn_bands_tight(work, region, above, below))
        return false;
    find_extremes(work, region, above, &upper);
    for (uint32_t i = 0; i < below->count; i++) {
        const struct line *line = line_in(work, below, i);
        uint32_t column = mn_region_column(region, line);
        const struct line *before = upper.lowest[column];
        if (starts_lower(line->text) || line->text.data[0] == '(')
            return true;
        if (before && line->label == 0 &&
            before->box.right + line->first_word + line->size * SIZE_UNIT / 4 > region->right[column])
            return true;
    }
    return false;
}

/* What stands below the last row and does not run on from it is none of the table. */
static void trim_down(const struct work *work, const band_vector *bands, struct region *region)
{
    uint32_t last = region->first, end = region->end;
    for (uint32_t i = region->first; i < end; i++)
        if (fills_columns(work, region, &bands->items[i]))
            last = i;
    region->end = last + 1;
    measure_columns(work, bands, region);
    while (region->end < end &&
           mn_band_runs_on(work, region, &bands->items[region->end - 1], &bands->items[region->end]))
        region->end++;
}

/* Does the band leave the strips free, or is it one line of the first column that is only a little too long? */
static bool fits_above(const struct work *work, const struct region *region, const struct strips *strips,
                       const struct band *band)
{
    const struct line *line = line_in(work, band, 0);
    if (strips_with(work, *strips, band).count == strips->count)
        return true;
    return band->count == 1 && region->columns == 2 && mn_region_column(region, line) == 0 &&
           line->box.right < region->right[1];
}

/* Lines above that belong to the first row: a label of two lines beside a cell that stands at its foot. */
static void extend_up(const struct work *work, const band_vector *bands, uint32_t from, struct region *region,
                      const struct strips *strips)
{
    while (region->first > from) {
        const struct band *band = &bands->items[region->first - 1], *below = &bands->items[region->first];
        if (!mn_bands_tight(work, region, band, below) || !starts_lower(line_in(work, below, 0)->text) ||
            !fits_above(work, region, strips, band))
            return;
        region->first--;
    }
}

/* ---- what kind of region ---- */

/* Lines of the column that run on into the line below. */
static uint32_t count_flowing(const struct work *work, const band_vector *bands, const struct region *region,
                              uint32_t column, uint32_t *lines)
{
    const struct line *before = NULL;
    uint32_t flowing = 0;
    int32_t right = INT32_MIN;
    *lines = 0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = region->first; i < region->end; i++)
            for (uint32_t j = 0; j < bands->items[i].count; j++) {
                const struct line *line = line_in(work, &bands->items[i], j);
                if (mn_region_column(region, line) != column)
                    continue;
                if (pass == 0) {
                    right = line->box.right > right ? line->box.right : right;
                    ++*lines;
                    continue;
                }
                if (before && mn_is_tight(before, line) && before->size == line->size &&
                    before->box.right + line->first_word + line->size * SIZE_UNIT / 4 > right)
                    flowing++;
                before = line;
            }
    return flowing;
}

static bool is_columns(const struct work *work, const band_vector *bands, const struct region *region)
{
    uint32_t loose = 0, full = 0;
    for (uint32_t i = region->first + 1; i < region->end; i++)
        loose += !mn_bands_tight(work, region, &bands->items[i - 1], &bands->items[i]);
    if (loose * 6 > region->end - region->first)
        return false;
    for (uint32_t column = 0; column < region->columns; column++) {
        uint32_t lines, flowing = count_flowing(work, bands, region, column, &lines);
        full += flowing >= FEWEST_FLOWING && flowing * 2 >= lines;
    }
    return full >= 2;
}

static bool is_number(struct mn_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0 && text.size <= 4;
}

/* Two columns, where the first one's texts end in a colon, or the second one's are numbers of pages. */
static bool is_pairs(const struct work *work, const band_vector *bands, const struct region *region)
{
    uint32_t rows = 0, colons = 0, numbers = 0;
    if (region->columns != 2)
        return false;
    for (uint32_t i = region->first; i < region->end; i++) {
        const struct band *band = &bands->items[i];
        if (!fills_columns(work, region, band))
            continue;
        struct mn_slice key = line_in(work, band, 0)->text;
        rows++;
        colons += key.data[key.size - 1] == ':';
        numbers += is_number(line_in(work, band, band->count - 1)->text);
    }
    return colons * 2 >= rows || numbers * 4 >= rows * 3;
}

static enum region_kind kind_of(const struct work *work, const band_vector *bands, const struct region *region)
{
    if (is_columns(work, bands, region))
        return REGION_COLUMNS;
    return is_pairs(work, bands, region) ? REGION_PAIRS : REGION_TABLE;
}

/* One row is a region where its parts run over several lines, so that it must be read part by part. */
static bool is_one_row(const struct work *work, const band_vector *bands, const struct region *region)
{
    const struct band *band = &bands->items[region->first];
    if (region->end - region->first > 1)
        return starts_lower(line_in(work, band + 1, 0)->text);
    return band->bottom - band->top > height_of(line_in(work, band, 0)) * STACKED / 100;
}

bool mn_region_at(const struct work *work, const band_vector *bands, uint32_t from, uint32_t first,
                  uint32_t fewest_rows, struct region *region)
{
    if (bands->items[first].count < 2)
        return false;
    *region = (struct region){.first = first};
    struct strips strips = extend_down(work, bands, region);
    if (strips.count == 0)
        return false;
    set_edges(region, &strips);
    trim_down(work, bands, region);
    extend_up(work, bands, from, region, &strips);
    uint32_t rows = 0;
    for (uint32_t i = region->first; i < region->end; i++)
        rows += fills_columns(work, region, &bands->items[i]);
    if (rows < fewest_rows && !is_one_row(work, bands, region))
        return false;
    region->kind = (uint8_t)(rows < fewest_rows ? REGION_PAIRS : kind_of(work, bands, region));
    return true;
}
