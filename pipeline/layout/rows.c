/* The rows and cells of a table. */
#include "layout/building.h"

#include "base/utf8.h"

struct rows {
    uint32_t *of_band; /* the row of each band of the region */
    uint32_t count;
};

static uint32_t columns_filled(const struct building *building, const struct region *region, const struct band *band)
{
    uint32_t filled = 0;
    for (uint32_t i = 0; i < band->count; i++)
        filled |= 1u << mn_region_column(region, mn_line_at(building, band->lines[i]));
    return filled;
}

static bool fills_one(const struct building *building, const struct region *region, const struct band *band)
{
    uint32_t filled = columns_filled(building, region, band);
    return (filled & (filled - 1)) == 0;
}

/* Is the band a new row, though it stands near? Then all its texts begin with a capital or a number, in columns that
 * the band above fills too, or none of them runs on from above. */
static bool begins_anew(const struct building *building, const struct region *region, const struct band *above,
                        const struct band *band)
{
    if (fills_one(building, region, band))
        return false;
    for (uint32_t i = 0; i < band->count; i++) {
        int32_t first = mn_text_first(mn_line_at(building, band->lines[i])->text);
        if (!mn_is_upper(first) && !mn_is_digit(first))
            return false;
    }
    return columns_filled(building, region, band) == columns_filled(building, region, above) ||
           !mn_band_runs_on(building->work, region, above, band);
}

/* Do rows stand no further apart than the lines of one cell? */
static bool is_dense(const struct building *building, const band_vector *bands, const struct region *region)
{
    bool loose = false;
    for (uint32_t i = region->first + 1; i < region->end; i++) {
        const struct band *above = &bands->items[i - 1], *band = &bands->items[i];
        bool tight = mn_bands_tight(building->work, region, above, band);
        if (tight && begins_anew(building, region, above, band))
            return true;
        loose |= !tight;
    }
    return !loose;
}

/* Which bands are one row: near ones, where rows stand apart; else those of which one runs on in the other, in one
 * column. */
static bool find_rows(struct building *building, const band_vector *bands, const struct region *region,
                      struct rows *rows)
{
    uint32_t count = region->end - region->first;
    bool dense = is_dense(building, bands, region);
    rows->of_band = mn_arena_zero(building->work->arena, (count + 1) * sizeof(uint32_t));
    if (!rows->of_band)
        return false;
    for (uint32_t i = 1; i < count; i++) {
        const struct band *above = &bands->items[region->first + i - 1], *band = above + 1;
        bool same_row = dense ? mn_band_runs_on(building->work, region, above, band) &&
                                    (fills_one(building, region, above) || fills_one(building, region, band))
                              : mn_bands_tight(building->work, region, above, band);
        rows->of_band[i] = rows->of_band[i - 1] + !same_row;
    }
    rows->count = rows->of_band[count - 1] + 1;
    return true;
}

static bool fill_cells(struct building *building, const band_vector *bands, const struct region *region,
                       const struct rows *rows, struct block *table)
{
    uint32_t cells = rows->count * region->columns;
    table->cells = mn_arena_zero(building->work->arena, cells * sizeof *table->cells);
    if (!table->cells)
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = region->first; i < region->end; i++) {
            const struct band *band = &bands->items[i];
            for (uint32_t j = 0; j < band->count; j++) {
                uint32_t column = mn_region_column(region, mn_line_at(building, band->lines[j]));
                struct cell *cell = &table->cells[rows->of_band[i - region->first] * region->columns + column];
                if (pass == 1)
                    cell->lines[cell->count] = band->lines[j];
                cell->count++;
            }
        }
        for (uint32_t i = 0; i < cells && pass == 0; i++) {
            struct cell *cell = &table->cells[i];
            cell->lines = mn_arena_alloc(building->work->arena, (cell->count + 1) * sizeof(uint32_t));
            if (!cell->lines)
                return false;
            cell->count = 0;
        }
    }
    return true;
}

/* A line moves past so many others at most: in cells that somebody has set it is one or two. */
enum { MOST_PASSED = 64 };

/* In a band the lines go from the left; in a cell they go from the top. */
static void sort_cell(struct building *building, struct cell *cell)
{
    for (uint32_t i = 1; i < cell->count; i++) {
        uint32_t index = cell->lines[i], at = i, least = i > MOST_PASSED ? i - MOST_PASSED : 0;
        while (at > least &&
               mn_line_at(building, cell->lines[at - 1])->box.top > mn_line_at(building, index)->box.bottom) {
            cell->lines[at] = cell->lines[at - 1];
            at--;
        }
        cell->lines[at] = index;
    }
}

bool mn_make_table(struct building *building, const band_vector *bands, const struct region *region,
                   struct block *table)
{
    struct rows rows;
    if (!find_rows(building, bands, region, &rows) || !fill_cells(building, bands, region, &rows, table))
        return false;
    table->rows = rows.count;
    table->columns = region->columns;
    table->cell_room = (size_t)rows.count * region->columns;
    for (uint32_t i = 0; i < rows.count * region->columns; i++) {
        struct cell *cell = &table->cells[i];
        sort_cell(building, cell);
        cell->page = table->page;
        cell->text = mn_text_of_lines(building, cell->lines, cell->count);
    }
    return !building->failed;
}
