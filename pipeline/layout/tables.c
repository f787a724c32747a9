/* Tables as blocks, also over a page's end; pairs of label and value as paragraphs. */
#include "layout/building.h"

#define SAME_COLUMN 1500 /* hundredths of a point: columns of two pages that begin so near are one */

/* Do the columns begin at the same places? The first one's texts may be set in. */
static bool same_columns(const struct block *table, const struct region *region)
{
    if (table->columns != region->columns)
        return false;
    for (uint32_t column = 1; column < region->columns; column++) {
        int32_t difference = table->lefts[column] - region->left[column];
        if (difference > SAME_COLUMN || -difference > SAME_COLUMN)
            return false;
    }
    return true;
}

struct block *mn_open_table(const struct building *building, const struct region *region)
{
    struct block *before = building->at_page_start ? mn_block_before(building) : NULL;
    return before && before->kind == BLOCK_TABLE && same_columns(before, region) ? before : NULL;
}

static bool same_row(const struct cell *a, const struct cell *b, uint32_t columns)
{
    for (uint32_t i = 0; i < columns; i++)
        if (!mn_slice_equal(a[i].text, b[i].text))
            return false;
    return true;
}

/* Does the page begin in the midst of a row? */
static bool is_rest_of_row(const struct cell *row, uint32_t columns)
{
    for (uint32_t i = 0; i < columns; i++)
        if (mn_text_starts_lower(row[i].text))
            return true;
    return false;
}

/* Room for so many cells, which grows by doubling. */
static bool make_room(struct building *building, struct block *table, size_t count)
{
    if (count <= table->cell_room)
        return true;
    struct cell *cells = mn_arena_extend(building->work->arena, table->cells, table->cell_room * sizeof *cells,
                                         2 * count * sizeof *cells);
    building->failed |= !cells;
    if (!cells)
        return false;
    table->cells = cells;
    table->cell_room = 2 * count;
    return true;
}

/* Adds the rows of the next page to a table; a head that is repeated there is left out. */
static void extend_table(struct building *building, struct block *table, const struct block *more)
{
    size_t columns = table->columns, skipped = same_row(table->cells, more->cells, table->columns);
    const struct cell *rows = more->cells + skipped * columns;
    size_t count = more->rows - skipped;
    if (count > 0 && is_rest_of_row(rows, table->columns)) {
        struct cell *last = table->cells + (table->rows - 1) * columns;
        for (size_t i = 0; i < columns; i++)
            if (rows[i].text.size > 0)
                mn_text_join(building, &last[i].text, &last[i].room, rows[i].text);
        rows += columns;
        count--;
    }
    size_t before = (size_t)table->rows * columns;
    if (!make_room(building, table, before + count * columns))
        return;
    memcpy(table->cells + before, rows, count * columns * sizeof *rows);
    table->rows += (uint32_t)count;
}

void mn_add_table(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct block made = {.kind = BLOCK_TABLE, .page = page};
    if (!mn_make_table(building, bands, region, &made)) {
        building->failed = true;
        return;
    }
    struct block *table = mn_open_table(building, region);
    if (table) {
        extend_table(building, table, &made);
    } else if ((table = mn_add_block(building, BLOCK_TABLE, page))) {
        memcpy(made.lefts, region->left, sizeof made.lefts);
        *table = made;
        building->last = building->work->blocks.count - 1;
    }
    building->at_page_start = false;
}

void mn_add_pairs(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct block table = {.kind = BLOCK_TABLE, .page = page};
    if (!mn_make_table(building, bands, region, &table))
        building->failed = true;
    for (uint32_t row = 0; row < table.rows && !building->failed; row++) {
        const struct cell *cells = table.cells + (size_t)row * table.columns;
        const struct cell *cell = cells;
        while (cell->count == 0)
            cell++;
        mn_add_text_block(building, cell->lines, cell->count, mn_text_of_cells(building, cells, table.columns));
        building->last = SIZE_MAX; /* nothing goes on with it */
        building->at_page_start = false;
    }
}
