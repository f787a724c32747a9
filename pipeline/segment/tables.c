/* Tables that an export has written out cell by cell become tables again.
 *
 *  - With bars each cell ends in one ("Reference |"); a bar alone opens a row, or is an empty cell.
 *  - Without them the titles of the columns come first, which the rules know, one to a line or paragraph.
 *
 * Where rows begin is told by bars that stand alone, or by references in the first column that go on at equal distances
 * ("SC18", "SC19"). What does not come out even stays text, without its bars. */
#include "segment/blocks.h"

#define FEWEST_BARS 4    /* lines that end in one: a run of cells */
#define LONGEST_CELL 24  /* lines from one bar to the next */
#define FEWEST_ROWS 2    /* the titles are one of them where bars open the rows */
#define WIDEST_ROW 16    /* cells */
#define LONGEST_TITLE 48 /* bytes */
#define LONGEST_REFERENCE 24
#define LARGEST_STEP 3 /* references that may be missing */

/* The blocks [first, end), furniture among them left aside. */
struct cell {
    size_t first, end;
};

typedef MN_VECTOR(struct cell) cell_vector;

/* Rows of `width` cells from the cell `first`, behind `titles` cells with the columns' titles. */
struct grid {
    size_t first, width, titles, rows;
};

struct raising {
    struct work *work;
    block_vector out;
    cell_vector cells; /* of the run that is looked at */
    bool failed;
};

static struct block *block_at(const struct raising *raising, size_t at)
{
    return &raising->work->blocks.items[at];
}

/* ---- texts ---- */

static bool ends_in_bar(const struct block *block)
{
    struct mn_slice text = block->text;
    return is_text_leaf(block) && block->use == USE_TEXT && text.size > 0 &&
           memchr(text.data, '|', text.size) == text.data + text.size - 1;
}

static struct mn_slice without_bar(struct mn_slice text)
{
    return text.size > 0 && text.data[text.size - 1] == '|' ? mn_slice_trim(mn_slice_cut(text, 0, text.size - 1))
                                                            : text;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* A reference in parts: "SR (25/26) 01", "2a", "R3." */
struct reference {
    struct mn_slice prefix;
    uint32_t number;
    char letter; /* 0: none */
};

static bool read_reference(struct mn_slice text, struct reference *reference)
{
    while (text.size > 0 && (text.data[text.size - 1] == '.' || text.data[text.size - 1] == ')'))
        --text.size;
    size_t end = text.size;
    reference->letter = end > 1 && is_letter(text.data[end - 1]) && is_digit(text.data[end - 2]) ? text.data[--end] : 0;
    size_t start = end;
    while (start > 0 && is_digit(text.data[start - 1]))
        --start;
    if (start == end || end - start > 4 || text.size > LONGEST_REFERENCE)
        return false;
    reference->number = 0;
    for (size_t i = start; i < end; ++i)
        reference->number = reference->number * 10 + (uint32_t)(text.data[i] - '0');
    reference->prefix = mn_slice_cut(text, 0, start);
    return true;
}

/* Does `next` go on from `last`: 3 after 2, 2b after 2a, 3 or 3a after 2b? */
static bool goes_on(const struct reference *last, const struct reference *next)
{
    if (!mn_slice_equal(last->prefix, next->prefix))
        return false;
    if (next->number == last->number)
        return next->letter == (last->letter ? last->letter + 1 : 'a');
    return next->number > last->number && next->number <= last->number + LARGEST_STEP &&
           (next->letter == 0 || next->letter == 'a');
}

static bool is_column_title(const struct raising *raising, const struct block *block)
{
    return is_text_leaf(block) &&
           mn_segmentation_is_column_title(raising->work->segmentation, without_bar(block->text));
}

/* ---- cells ---- */

static bool add_cell(struct raising *raising, size_t first, size_t end)
{
    struct cell *cell = MN_APPEND(raising->work->arena, &raising->cells);
    if (!cell) {
        raising->failed = true;
        return false;
    }
    *cell = (struct cell){first, end};
    return true;
}

/* The text of a cell that consists of one block; empty for any other. */
static struct mn_slice cell_text(const struct raising *raising, size_t index)
{
    const struct cell *cell = &raising->cells.items[index];
    struct mn_slice text = MN_EMPTY;
    for (size_t i = cell->first; i < cell->end; ++i) {
        if (block_at(raising, i)->use == USE_FURNITURE)
            continue;
        if (text.data)
            return MN_EMPTY;
        text = without_bar(block_at(raising, i)->text);
    }
    return text;
}

static bool is_bar_alone(const struct raising *raising, size_t index)
{
    const struct cell *cell = &raising->cells.items[index];
    return cell->end == cell->first + 1 && block_at(raising, cell->first)->text.size == 1;
}

static bool reference_of(const struct raising *raising, size_t index, struct reference *reference)
{
    return index < raising->cells.count && read_reference(cell_text(raising, index), reference);
}

/* The end of the cell that starts at `at`: behind the next bar; `at` when there is none within reach. */
static size_t barred_end(const struct raising *raising, size_t at)
{
    size_t count = raising->work->blocks.count;
    for (size_t i = at; i < count && i < at + LONGEST_CELL; ++i) {
        const struct block *block = block_at(raising, i);
        if (block->what != BLOCK_LEAF || block->use == USE_HEAD)
            return at;
        if (ends_in_bar(block))
            return i + 1;
    }
    return at;
}

/* Collects the cells of the run of bars that starts at `at`; returns its end. */
static size_t collect_barred(struct raising *raising, size_t at)
{
    raising->cells.count = 0;
    for (size_t end = barred_end(raising, at); end > at; end = barred_end(raising, at)) {
        if (!add_cell(raising, at, end))
            break;
        at = end;
    }
    return at;
}

/* ---- rows ---- */

/* Cells from `index` on until one that is a bar alone. */
static size_t cells_until_bar(const struct raising *raising, size_t index)
{
    size_t end = index;
    while (end < raising->cells.count && !is_bar_alone(raising, end))
        ++end;
    return end - index;
}

/* Every row opens with a bar: all groups of cells between bars that stand alone are as wide. The grid's rows count
 * their opening bars. */
static bool rows_by_bars(const struct raising *raising, struct grid *grid)
{
    *grid = (struct grid){.titles = 1};
    if (raising->cells.count == 0 || !is_bar_alone(raising, 0))
        return false;
    for (size_t i = 0; i < raising->cells.count;) {
        size_t width = is_bar_alone(raising, i) ? 0 : cells_until_bar(raising, i);
        if (width > 0 && grid->width > 0 && width != grid->width)
            return false;
        grid->width = width > 0 ? width : grid->width;
        grid->rows += width > 0;
        i += width > 0 ? width : 1;
    }
    return grid->width > 1 && grid->width <= WIDEST_ROW && grid->rows >= FEWEST_ROWS;
}

/* How many references go on from the cell `first` at this distance, at least two; 0: not so. */
static size_t rows_at_distance(const struct raising *raising, size_t first, size_t distance)
{
    struct reference last, next;
    size_t rows = 1;
    if (!reference_of(raising, first, &last))
        return 0;
    for (size_t i = first + distance; reference_of(raising, i, &next) && goes_on(&last, &next); i += distance) {
        last = next;
        ++rows;
    }
    return rows >= FEWEST_ROWS ? rows : 0;
}

/* A bar alone among the titles, but for the first of them, opens a row there. */
static bool titles_hold_a_row(const struct raising *raising, const struct grid *grid)
{
    for (size_t i = grid->first - grid->titles + 1; i < grid->first; ++i)
        if (is_bar_alone(raising, i))
            return true;
    return false;
}

/* The row's other cells hold the reference that goes on from its own: the next row began there, and a cell is missing.
 */
static bool row_holds_the_next(const struct raising *raising, size_t first, size_t width)
{
    struct reference own, other;
    if (!reference_of(raising, first, &own))
        return false;
    for (size_t i = first + 1; i < first + width; ++i)
        if (reference_of(raising, i, &other) && goes_on(&own, &other))
            return true;
    return false;
}

static bool comes_out_even(const struct raising *raising, const struct grid *grid)
{
    if (titles_hold_a_row(raising, grid))
        return false;
    for (size_t row = 0; row < grid->rows; ++row)
        if (row_holds_the_next(raising, grid->first + row * grid->width, grid->width))
            return false;
    return true;
}

/* References at equal distances, behind the titles of the columns: the first column may have none. */
static bool rows_by_references(const struct raising *raising, struct grid *grid)
{
    for (size_t first = 1; first < raising->cells.count; ++first) {
        size_t widest = first + 1 < WIDEST_ROW ? first + 1 : WIDEST_ROW;
        for (size_t width = 2; width <= widest; ++width) {
            size_t rows = rows_at_distance(raising, first, width);
            if (rows == 0)
                continue;
            *grid = (struct grid){first, width, first < width ? first : width, rows};
            return comes_out_even(raising, grid);
        }
    }
    return false;
}

/* ---- writing ---- */

static struct block *put(struct raising *raising, const struct block *block)
{
    struct block *out = MN_APPEND(raising->work->arena, &raising->out);
    if (!out) {
        raising->failed = true;
        return NULL;
    }
    *out = *block;
    return out;
}

static void put_edge(struct raising *raising, enum block_what what, enum mn_node_kind kind, size_t at, uint8_t flags)
{
    const struct block *block = block_at(raising, at);
    struct block edge = {.what = (uint8_t)what,
                         .kind = (uint8_t)kind,
                         .flags = flags,
                         .page = block->page,
                         .source_start = block->source_start,
                         .source_end = block->source_end};
    put(raising, &edge);
}

/* A block without its bar; a bar alone becomes furniture. */
static struct block *put_text(struct raising *raising, const struct block *block)
{
    struct block *out = put(raising, block);
    if (!out || !ends_in_bar(block))
        return out;
    struct mn_slice words = without_bar(block->text);
    if (words.size == 0) {
        out->use = USE_FURNITURE;
        return out;
    }
    out->text = words;
    mn_block_measure(raising->work, out);
    return out;
}

/* What a cell says; reflow joins its lines. */
static void put_cell(struct raising *raising, size_t index, uint8_t flags)
{
    const struct cell *cell = &raising->cells.items[index];
    put_edge(raising, BLOCK_OPEN, MN_CELL, cell->first, flags);
    for (size_t i = cell->first; i < cell->end && !raising->failed; ++i) {
        struct block *out = put_text(raising, block_at(raising, i));
        if (out && out->use == USE_TEXT && (out->traits & TRAIT_LINE))
            out->traits ^= TRAIT_LINE | TRAIT_CELL_LINE;
    }
    put_edge(raising, BLOCK_CLOSE, MN_CELL, cell->first, flags);
}

static void put_row(struct raising *raising, size_t first, size_t width, uint8_t flags)
{
    size_t at = raising->cells.items[first].first;
    put_edge(raising, BLOCK_OPEN, MN_ROW, at, 0);
    for (size_t i = first; i < first + width && i < raising->cells.count; ++i)
        put_cell(raising, i, flags);
    put_edge(raising, BLOCK_CLOSE, MN_ROW, at, 0);
}

/* Cells that stand in no row. */
static void put_loose(struct raising *raising, size_t first, size_t end)
{
    for (size_t i = first; i < end && i < raising->cells.count; ++i)
        for (size_t j = raising->cells.items[i].first; j < raising->cells.items[i].end; ++j)
            put_text(raising, block_at(raising, j));
}

static void put_rows_by_bars(struct raising *raising, const struct grid *grid)
{
    size_t at = raising->cells.items[0].first;
    put_loose(raising, 0, 1);
    put_edge(raising, BLOCK_OPEN, MN_TABLE, at, 0);
    uint8_t flags = MN_HEADER_CELL;
    for (size_t i = 1; i < raising->cells.count;) {
        if (is_bar_alone(raising, i)) {
            put_loose(raising, i, i + 1);
            ++i;
            continue;
        }
        put_row(raising, i, grid->width, flags);
        flags = 0;
        i += grid->width;
    }
    put_edge(raising, BLOCK_CLOSE, MN_TABLE, at, 0);
}

/* The titles, an empty one before them where the first column has none. */
static void put_titles(struct raising *raising, const struct grid *grid)
{
    size_t first = grid->first - grid->titles;
    size_t at = raising->cells.items[first].first;
    if (grid->titles == grid->width) {
        put_row(raising, first, grid->titles, MN_HEADER_CELL);
        return;
    }
    put_edge(raising, BLOCK_OPEN, MN_ROW, at, 0);
    put_edge(raising, BLOCK_OPEN, MN_CELL, at, MN_HEADER_CELL);
    put_edge(raising, BLOCK_CLOSE, MN_CELL, at, MN_HEADER_CELL);
    for (size_t i = first; i < grid->first; ++i)
        put_cell(raising, i, MN_HEADER_CELL);
    put_edge(raising, BLOCK_CLOSE, MN_ROW, at, 0);
}

static void put_rows_by_references(struct raising *raising, const struct grid *grid)
{
    size_t titles = grid->first - grid->titles;
    size_t at = raising->cells.items[titles].first;
    put_loose(raising, 0, titles);
    put_edge(raising, BLOCK_OPEN, MN_TABLE, at, 0);
    put_titles(raising, grid);
    for (size_t row = 0; row < grid->rows; ++row)
        put_row(raising, grid->first + row * grid->width, grid->width, 0);
    put_edge(raising, BLOCK_CLOSE, MN_TABLE, at, 0);
    put_loose(raising, grid->first + grid->rows * grid->width, raising->cells.count);
}

/* ---- runs ---- */

/* A run of cells with bars at `at`: its end; `at` when there is none. */
static size_t take_barred(struct raising *raising, size_t at)
{
    if (!ends_in_bar(block_at(raising, at)))
        return at;
    size_t end = collect_barred(raising, at);
    if (raising->cells.count < FEWEST_BARS)
        return at;
    struct grid grid;
    if (rows_by_bars(raising, &grid))
        put_rows_by_bars(raising, &grid);
    else if (rows_by_references(raising, &grid))
        put_rows_by_references(raising, &grid);
    else
        put_loose(raising, 0, raising->cells.count);
    return end;
}

/* "• written to all", not the "-" of a cell without anything in it. */
static bool is_bulleted(const struct block *block)
{
    return block->mark.shape == SHAPE_BULLET && !mark_is_alone(&block->mark, block->text);
}

/* The cell that starts at `at`: a block with the bullets behind it. Its end; `at` where no text stands. */
static size_t plain_end(const struct raising *raising, size_t at)
{
    if (at >= raising->work->blocks.count || !is_text_leaf(block_at(raising, at)) ||
        block_at(raising, at)->use != USE_TEXT)
        return at;
    size_t end = at + 1;
    while (end < raising->work->blocks.count && block_at(raising, end)->what == BLOCK_LEAF &&
           (block_at(raising, end)->use == USE_FURNITURE || is_bulleted(block_at(raising, end))))
        ++end;
    return end;
}

/* Collects up to `most` cells from `at` on; returns where they end. */
static size_t collect_plain(struct raising *raising, size_t at, size_t most)
{
    for (size_t end = plain_end(raising, at); end > at && most > 0; end = plain_end(raising, at), --most) {
        if (!add_cell(raising, at, end))
            break;
        at = end;
    }
    return at;
}

static bool may_be_title(const struct raising *raising, size_t index)
{
    struct mn_slice text = cell_text(raising, index);
    struct reference reference;
    return text.size > 0 && text.size <= LONGEST_TITLE && mn_starts_upper(text) && !read_reference(text, &reference);
}

/* Titles at the start of the cells: most of them known to the rules. */
static size_t count_titles(const struct raising *raising)
{
    size_t titles = 0, known = 0;
    while (titles < raising->cells.count && may_be_title(raising, titles)) {
        known += is_column_title(raising, block_at(raising, raising->cells.items[titles].first));
        ++titles;
    }
    return known >= 2 && known * 2 >= titles ? titles : 0;
}

/* The rows under titles without bars: every one has as many cells as there are titles. */
static bool rows_under_titles(struct raising *raising, size_t *end, struct grid *grid)
{
    size_t titles = count_titles(raising);
    *grid = (struct grid){.first = titles, .width = titles, .titles = titles};
    if (titles < 2 || titles > WIDEST_ROW || titles == raising->cells.count)
        return false;
    struct reference last, next;
    if (!reference_of(raising, titles, &last))
        return false;
    for (grid->rows = 1;; ++grid->rows) {
        size_t row = titles + grid->rows * titles;
        if (row >= raising->cells.count)
            *end = collect_plain(raising, *end, row + titles - raising->cells.count);
        if (!reference_of(raising, row, &next) || !goes_on(&last, &next))
            break;
        last = next;
    }
    return grid->rows >= FEWEST_ROWS && !raising->failed;
}

/* A run of cells without bars at `at`: its end; `at` when there is none. */
static size_t take_titled(struct raising *raising, size_t at)
{
    size_t next = mn_next_leaf(raising->work, at); /* the first title may be one that the rules do not know */
    if (next == raising->work->blocks.count || !is_column_title(raising, block_at(raising, next)))
        return at;
    raising->cells.count = 0;
    size_t end = collect_plain(raising, at, (size_t)2 * WIDEST_ROW);
    struct grid grid;
    if (!rows_under_titles(raising, &end, &grid))
        return at;
    size_t last = grid.first + grid.rows * grid.width;
    if (last < raising->cells.count)
        raising->cells.count = last;
    put_rows_by_references(raising, &grid);
    return raising->cells.items[raising->cells.count - 1].end;
}

/* Most documents have nothing here to look for. */
static bool may_hold_cells(const struct raising *raising)
{
    for (size_t i = 0; i < raising->work->blocks.count; ++i)
        if (ends_in_bar(block_at(raising, i)) || is_column_title(raising, block_at(raising, i)))
            return true;
    return false;
}

bool mn_raise_tables(struct work *work)
{
    struct raising raising = {.work = work};
    if (!may_hold_cells(&raising))
        return true;
    if (!MN_RESERVE(work->arena, &raising.out, work->blocks.count ? work->blocks.count : 1))
        return false;
    size_t depth = 0;
    for (size_t at = 0; at < work->blocks.count && !raising.failed;) {
        const struct block *block = &work->blocks.items[at];
        depth -= block->what == BLOCK_CLOSE && depth > 0;
        size_t end = depth > 0 || !is_text_leaf(block) ? at : take_barred(&raising, at);
        if (end == at && depth == 0 && is_text_leaf(block))
            end = take_titled(&raising, at);
        if (end == at) {
            put(&raising, block);
            ++end;
        }
        depth += block->what == BLOCK_OPEN;
        at = end;
    }
    if (raising.failed)
        return false;
    MN_RELEASE(work->arena, &work->blocks);
    work->blocks = raising.out;
    return true;
}
