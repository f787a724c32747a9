/* Lines become blocks: paragraphs, headings, tables, furniture; what a page end cut is joined. */
#include "layout/labels.h"
#include "layout/regions.h"

#include "base/utf8.h"
#include "lexis/joints.h"

/* Lengths in hundredths of a line's font size. */
#define SAME_LEFT 40 /* left edges that differ less are the same */
#define SLACK 30     /* a word that would have fitted by so much would have been put there */
#define MUCH_ROOM 800
#define NARROW_PITCH 70 /* pitches of lines, from one base line to the next, as they are measured */
#define WIDE_PITCH 250
#define PITCH_STEP 5
#define LOOSE_PITCH 125     /* per cent of the document's own pitch: from here on a new paragraph */
#define HEADING_SIZE 112    /* per cent of the body's size */
#define LONGEST_HEADING 300 /* bytes */
#define HEADING_LEVELS 6
#define COLUMN_WIDTH 50 /* of indentation */
#define MOST_INDENT 200

#define FEWEST_ROWS 2    /* of a table */
#define SAME_COLUMN 1500 /* hundredths of a point: columns of two pages that begin so near are one */

/* Lines that are read one after the other, and the edges between which they stand. */
struct flow {
    const uint32_t *lines;
    uint32_t count;
    int32_t left, right;
};

struct building {
    struct work *work;
    struct mn_joint_words words;
    uint32_t pitch; /* the document's own, in hundredths of the font size */
    uint16_t heading_sizes[HEADING_LEVELS];
    uint32_t heading_count;
    /* For what a page end cut: the last block of text of the page before, and that page's edges. */
    size_t last; /* index of the block, or SIZE_MAX */
    int32_t last_left, last_right;
    bool at_page_start; /* no text of the page at hand has been added yet */
    bool failed;
};

static const struct line *line_at(const struct building *building, uint32_t index)
{
    return &building->work->lines.items[index];
}

static int64_t share(const struct line *line, int64_t hundredths)
{
    return (int64_t)line->size * SIZE_UNIT * hundredths / 100;
}

/* ---- the document's measures ---- */

static uint32_t pitch_of(const struct line *above, const struct line *below)
{
    int64_t pitch = (int64_t)below->box.bottom - above->box.bottom;
    int64_t size = (int64_t)below->size * SIZE_UNIT;
    return size > 0 && pitch > 0 && pitch < 10 * size ? (uint32_t)(pitch * 100 / size) : 0;
}

/* The pitch that most lines of the body have. */
static uint32_t find_pitch(const struct work *work)
{
    uint32_t counts[WIDE_PITCH / PITCH_STEP + 1] = {0}, best = 120 / PITCH_STEP;
    for (size_t i = 1; i < work->lines.count; i++) {
        const struct line *above = &work->lines.items[i - 1], *below = &work->lines.items[i];
        uint32_t pitch = pitch_of(above, below);
        if (above->page == below->page && above->size == below->size && below->size == work->body_size &&
            pitch >= NARROW_PITCH && pitch <= WIDE_PITCH)
            counts[pitch / PITCH_STEP]++;
    }
    for (uint32_t i = 0; i <= WIDE_PITCH / PITCH_STEP; i++)
        if (counts[i] > counts[best])
            best = i;
    return best * PITCH_STEP + PITCH_STEP - 1;
}

static bool is_large(const struct work *work, const struct line *line)
{
    return (uint32_t)line->size * 100 >= (uint32_t)work->body_size * HEADING_SIZE;
}

/* The sizes of headings, the largest first. */
static void find_heading_sizes(struct building *building)
{
    const struct work *work = building->work;
    for (size_t i = 0; i < work->lines.count; i++) {
        uint16_t size = work->lines.items[i].size;
        if (work->lines.items[i].use != LINE_TEXT || !is_large(work, &work->lines.items[i]))
            continue;
        uint32_t at = 0;
        while (at < building->heading_count && building->heading_sizes[at] > size)
            at++;
        if (at == HEADING_LEVELS || (at < building->heading_count && building->heading_sizes[at] == size))
            continue;
        building->heading_count += building->heading_count < HEADING_LEVELS;
        for (uint32_t j = building->heading_count - 1; j > at; j--)
            building->heading_sizes[j] = building->heading_sizes[j - 1];
        building->heading_sizes[at] = size;
    }
}

static uint8_t level_of(const struct building *building, uint16_t size)
{
    uint32_t level = 0;
    while (level + 1 < building->heading_count && building->heading_sizes[level] > size)
        level++;
    return (uint8_t)(level + 1);
}

/* ---- does a line go on with the one before? ---- */

static int32_t first_code_point(struct mn_slice text)
{
    size_t at = 0;
    return text.size ? mn_utf8_next(text, &at) : 0;
}

static bool starts_lower(struct mn_slice text)
{
    int32_t first = first_code_point(text);
    return mn_is_letter(first) && !mn_is_upper(first);
}

static bool ends_sentence(struct mn_slice text)
{
    while (text.size > 0) {
        size_t at = text.size;
        int32_t last = mn_utf8_previous(text, &at);
        if (last == '.' || last == '?' || last == '!' || last == ':' || last == ';')
            return true;
        if (last != ')' && last != '"' && last != '\'' && last != 0x2019 && last != 0x201D)
            return false;
        text.size = at;
    }
    return false;
}

/* Would the next line's first word have fitted behind this line? */
static bool had_room(const struct flow *flow, const struct line *line, const struct line *next)
{
    return line->box.right + share(line, SLACK) + next->first_word + share(line, SLACK) < flow->right;
}

/* Would several words have fitted? Then the line was broken by hand. */
static bool had_much_room(const struct flow *flow, const struct line *line, const struct line *next)
{
    return line->box.right + next->first_word + share(line, MUCH_ROOM) < flow->right;
}

static bool same_size(const struct line *a, const struct line *b)
{
    int difference = (int)a->size - (int)b->size;
    return difference <= 5 && difference >= -5;
}

static bool same_left(const struct line *line, int32_t a, int32_t b)
{
    int32_t difference = a < b ? b - a : a - b;
    return difference <= share(line, SAME_LEFT);
}

/* Does the line stand where a paragraph that begins with `first` goes on? */
static bool is_aligned(const struct line *first, const struct line *above, const struct line *line)
{
    if (same_left(line, line->box.left, above->box.left) && (above != first || first->label == 0))
        return true;
    if (above == first && same_left(line, line->box.left, first->text_left))
        return true;
    if (first->label > 0 && same_left(line, line->box.left, first->box.left))
        return true;                                           /* without a hanging indent */
    return above == first && line->box.left < first->box.left; /* the first line alone is indented */
}

static bool is_loose(const struct building *building, const struct line *above, const struct line *line)
{
    return (uint64_t)pitch_of(above, line) * 100 > (uint64_t)building->pitch * LOOSE_PITCH ||
           line->box.bottom <= above->box.bottom;
}

/* Is the number at the line's start a point's, or does it only happen to stand there? */
static bool begins_point(const struct flow *flow, const struct line *above, const struct line *line)
{
    if (line->label == 0 || line->sure_label)
        return line->label > 0;
    return ends_sentence(above->text) || had_room(flow, above, line) ||
           line->box.left + share(line, SAME_LEFT) < above->box.left;
}

static bool goes_on(const struct building *building, const struct flow *flow, uint32_t first_index,
                    uint32_t above_index, uint32_t index)
{
    const struct line *first = line_at(building, first_index), *above = line_at(building, above_index),
                      *line = line_at(building, index);
    bool lower = starts_lower(line->text), ended = ends_sentence(above->text);
    if (!same_size(above, line) || is_loose(building, above, line) || begins_point(flow, above, line))
        return false;
    if (above->bold != line->bold && (ended || !lower))
        return false;
    if (is_large(building->work, line))
        return lower || !had_room(flow, above, line);
    if (had_room(flow, above, line))
        return lower && !ended && !had_much_room(flow, above, line) && is_aligned(first, above, line);
    return is_aligned(first, above, line) || (lower && !ended);
}

/* ---- text ---- */

struct text_builder {
    char *text;
    size_t size;
};

static void append_line(struct building *building, struct text_builder *out, struct mn_slice line)
{
    if (out->size > 0) {
        struct mn_slice before = {out->text, out->size};
        switch (mn_joint_of(&building->words, before, line)) {
        case MN_JOIN_SPACED:
            out->text[out->size++] = ' ';
            break;
        case MN_JOIN_WITHOUT_HYPHEN:
            out->size--;
            break;
        case MN_JOIN_DIRECTLY:
            break;
        }
    }
    size_t from = 0;
    if (out->size == 0) {
        int32_t first = line.size ? mn_utf8_next(line, &from) : 0, sign = mn_label_sign(first);
        if (sign == first)
            from = 0;
        else
            out->size += mn_utf8_encode(sign, out->text);
    }
    memcpy(out->text + out->size, line.data + from, line.size - from);
    out->size += line.size - from;
}

/* The lines [first, end) of the flow as one text. */
static struct mn_slice join_lines(struct building *building, const uint32_t *lines, uint32_t count)
{
    struct text_builder out = {NULL, 0};
    size_t room = 8;
    for (uint32_t i = 0; i < count; i++)
        room += line_at(building, lines[i])->text.size + 1;
    out.text = mn_arena_alloc(building->work->arena, room);
    if (!out.text) {
        building->failed = true;
        return MN_EMPTY;
    }
    for (uint32_t i = 0; i < count; i++)
        append_line(building, &out, line_at(building, lines[i])->text);
    return (struct mn_slice){out.text, out.size};
}

/* ---- blocks ---- */

static struct block *add_block(struct building *building, enum block_kind kind, uint32_t page)
{
    struct block *block = MN_APPEND(building->work->arena, &building->work->blocks);
    if (!block) {
        building->failed = true;
        return NULL;
    }
    *block = (struct block){.kind = (uint8_t)kind, .page = page};
    return block;
}

static bool all_bold(const struct building *building, const uint32_t *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!line_at(building, lines[i])->bold)
            return false;
    return true;
}

static uint32_t indent_of(const struct flow *flow, const struct line *line)
{
    int64_t step = share(line, COLUMN_WIDTH);
    int64_t indent = step > 0 ? ((int64_t)line->box.left - flow->left) / step : 0;
    return indent < 0 ? 0 : indent > MOST_INDENT ? MOST_INDENT : (uint32_t)indent;
}

/* A paragraph, or a heading where its letters are larger than the text's. */
static struct block *add_text_block(struct building *building, const uint32_t *lines, uint32_t count,
                                    struct mn_slice text)
{
    const struct line *first = line_at(building, lines[0]);
    bool heading = is_large(building->work, first) && text.size <= LONGEST_HEADING && first->label == 0;
    struct block *block = add_block(building, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH, first->page);
    if (!block)
        return NULL;
    block->text = text;
    block->bold = all_bold(building, lines, count);
    block->level = heading ? level_of(building, first->size) : 0;
    block->first_line = lines[0];
    block->last_line = lines[count - 1];
    return block;
}

static void add_paragraph(struct building *building, const struct flow *flow, uint32_t from, uint32_t count)
{
    const uint32_t *lines = flow->lines + from;
    struct block *block = add_text_block(building, lines, count, join_lines(building, lines, count));
    if (block)
        block->indent = indent_of(flow, line_at(building, lines[0]));
}

/* ---- over a page's end ---- */

static struct block *block_before(const struct building *building)
{
    return building->last == SIZE_MAX ? NULL : &building->work->blocks.items[building->last];
}

/* Does the page's first paragraph go on with the last one of the page before? */
static bool continues(const struct building *building, const struct flow *flow, const struct block *before,
                      const struct line *line)
{
    if (!before || before->kind != BLOCK_PARAGRAPH || line->label > 0)
        return false;
    const struct line *first = line_at(building, before->first_line), *last = line_at(building, before->last_line);
    struct flow old = {.left = building->last_left, .right = building->last_right};
    bool lower = starts_lower(line->text), ended = ends_sentence(before->text);
    if (!same_size(last, line) || (last->bold != line->bold && (ended || !lower)))
        return false;
    if (lower && !ended)
        return true;
    bool title = line->box.right + share(line, MUCH_ROOM) < flow->right && !ends_sentence(line->text);
    int32_t place = line->box.left - flow->left;
    int32_t expected = (first == last ? first->text_left : last->box.left) - old.left;
    return !title && !had_room(&old, last, line) && same_left(line, place, expected);
}

static void join_blocks(struct building *building, struct block *before, const struct block *block)
{
    struct text_builder out = {mn_arena_alloc(building->work->arena, before->text.size + block->text.size + 8), 0};
    if (!out.text) {
        building->failed = true;
        return;
    }
    memcpy(out.text, before->text.data, before->text.size);
    out.size = before->text.size;
    append_line(building, &out, block->text);
    before->text = (struct mn_slice){out.text, out.size};
    before->last_line = block->last_line;
    before->bold &= block->bold;
    before->continues = true;
}

/* Joins the block just added to the one that it goes on with. */
static void mend_page_end(struct building *building, const struct flow *flow)
{
    struct work *work = building->work;
    size_t index = work->blocks.count - 1;
    struct block *block = &work->blocks.items[index], *before = block_before(building);
    if (building->at_page_start && continues(building, flow, before, line_at(building, block->first_line))) {
        join_blocks(building, before, block);
        work->blocks.count--;
    } else {
        building->last = index;
    }
    building->at_page_start = false;
}

static void add_flow(struct building *building, const struct flow *flow)
{
    for (uint32_t from = 0; from < flow->count && !building->failed;) {
        uint32_t end = from + 1;
        while (end < flow->count && goes_on(building, flow, flow->lines[from], flow->lines[end - 1], flow->lines[end]))
            end++;
        add_paragraph(building, flow, from, end - from);
        if (!building->failed)
            mend_page_end(building, flow);
        from = end;
    }
}

static void add_furniture(struct building *building, uint32_t page, bool below)
{
    struct page_lines range = building->work->page_lines[page];
    int32_t middle = building->work->pages->items[page].height / 2;
    for (uint32_t i = range.first; i < range.end && !building->failed; i++) {
        const struct line *line = line_at(building, i);
        bool note = line->use == LINE_NOTE || line->use == LINE_NOTE_MORE;
        if ((line->use != LINE_FURNITURE && !note) || (line->box.top > middle) != below)
            continue;
        uint32_t lines[64], count = 0;
        lines[count++] = i;
        while (note && i + 1 < range.end && count < 64 && line_at(building, i + 1)->use == LINE_NOTE_MORE)
            lines[count++] = ++i;
        struct mn_slice text = join_lines(building, lines, count);
        struct block *block = add_block(building, BLOCK_FURNITURE, page);
        if (block)
            block->text = text;
    }
}

/* ---- tables ---- */

struct rows {
    uint32_t *of_band; /* the row of each band of the region */
    uint32_t count;
};

static uint32_t columns_filled(const struct building *building, const struct region *region, const struct band *band)
{
    uint32_t filled = 0;
    for (uint32_t i = 0; i < band->count; i++)
        filled |= 1u << mn_region_column(region, line_at(building, band->lines[i]));
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
        int32_t first = first_code_point(line_at(building, band->lines[i])->text);
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
                uint32_t column = mn_region_column(region, line_at(building, band->lines[j]));
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

/* In a band the lines go from the left; in a cell they go from the top. */
static void sort_cell(struct building *building, struct cell *cell)
{
    for (uint32_t i = 1; i < cell->count; i++) {
        uint32_t index = cell->lines[i], at = i;
        while (at > 0 && line_at(building, cell->lines[at - 1])->box.top > line_at(building, index)->box.bottom) {
            cell->lines[at] = cell->lines[at - 1];
            at--;
        }
        cell->lines[at] = index;
    }
}

/* The region's rows and cells; null when memory is out. */
static bool make_table(struct building *building, const band_vector *bands, const struct region *region,
                       struct block *table)
{
    struct rows rows;
    if (!find_rows(building, bands, region, &rows) || !fill_cells(building, bands, region, &rows, table))
        return false;
    table->rows = rows.count;
    table->columns = region->columns;
    for (uint32_t i = 0; i < rows.count * region->columns; i++) {
        struct cell *cell = &table->cells[i];
        sort_cell(building, cell);
        cell->page = table->page;
        cell->text = join_lines(building, cell->lines, cell->count);
    }
    return !building->failed;
}

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

/* The table at the end of the page before that this region goes on with, or null. */
static struct block *open_table(const struct building *building, const struct region *region)
{
    struct block *before = building->at_page_start ? block_before(building) : NULL;
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
        if (starts_lower(row[i].text))
            return true;
    return false;
}

static void join_texts(struct building *building, struct mn_slice *text, struct mn_slice rest)
{
    struct text_builder out = {mn_arena_alloc(building->work->arena, text->size + rest.size + 8), text->size};
    if (!out.text) {
        building->failed = true;
        return;
    }
    if (text->size > 0)
        memcpy(out.text, text->data, text->size);
    append_line(building, &out, rest);
    *text = (struct mn_slice){out.text, out.size};
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
                join_texts(building, &last[i].text, rows[i].text);
        rows += columns;
        count--;
    }
    size_t old = (size_t)table->rows * columns, new = (size_t)count *columns;
    struct cell *cells =
        mn_arena_extend(building->work->arena, table->cells, old * sizeof *cells, (old + new) * sizeof *cells);
    if (!cells) {
        building->failed = true;
        return;
    }
    memcpy(cells + old, rows, new * sizeof *cells);
    table->cells = cells;
    table->rows += (uint32_t)count;
}

static void add_table(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct block made = {.kind = BLOCK_TABLE, .page = page};
    if (!make_table(building, bands, region, &made)) {
        building->failed = true;
        return;
    }
    struct block *table = open_table(building, region);
    if (table) {
        extend_table(building, table, &made);
    } else if ((table = add_block(building, BLOCK_TABLE, page))) {
        memcpy(made.lefts, region->left, sizeof made.lefts);
        *table = made;
        building->last = building->work->blocks.count - 1;
    }
    building->at_page_start = false;
}

static struct mn_slice join_cells(struct building *building, const struct cell *cells, uint32_t count)
{
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++)
        room += cells[i].text.size + 1;
    struct text_builder out = {mn_arena_alloc(building->work->arena, room + 1), 0};
    if (!out.text) {
        building->failed = true;
        return MN_EMPTY;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (out.size > 0 && cells[i].text.size > 0)
            out.text[out.size++] = ' ';
        if (cells[i].text.size > 0)
            memcpy(out.text + out.size, cells[i].text.data, cells[i].text.size);
        out.size += cells[i].text.size;
    }
    return (struct mn_slice){out.text, out.size};
}

/* Each row as a paragraph or heading of its own. */
static void add_pairs(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct block table = {.kind = BLOCK_TABLE, .page = page};
    if (!make_table(building, bands, region, &table))
        building->failed = true;
    for (uint32_t row = 0; row < table.rows && !building->failed; row++) {
        const struct cell *cells = table.cells + (size_t)row * table.columns;
        const struct cell *cell = cells;
        while (cell->count == 0)
            cell++;
        add_text_block(building, cell->lines, cell->count, join_cells(building, cells, table.columns));
        building->last = SIZE_MAX; /* nothing goes on with it */
        building->at_page_start = false;
    }
}

/* ---- a page ---- */

static bool make_flow(struct building *building, const band_vector *bands, const struct region *region, uint32_t column,
                      struct flow *flow)
{
    uint32_t count = 0;
    for (uint32_t i = region->first; i < region->end; i++)
        count += bands->items[i].count;
    uint32_t *lines = mn_arena_alloc(building->work->arena, (count + 1) * sizeof *lines);
    if (!lines)
        return false;
    *flow = (struct flow){.lines = lines, .left = INT32_MAX, .right = INT32_MIN};
    for (uint32_t i = region->first; i < region->end; i++) {
        const struct band *band = &bands->items[i];
        for (uint32_t j = 0; j < band->count; j++) {
            const struct line *line = line_at(building, band->lines[j]);
            if (column != UINT32_MAX && mn_region_column(region, line) != column)
                continue;
            lines[flow->count++] = band->lines[j];
            flow->left = line->box.left < flow->left ? line->box.left : flow->left;
            flow->right = line->box.right > flow->right ? line->box.right : flow->right;
        }
    }
    return true;
}

/* Lines of one band that no table claims are one line. */
static bool join_band(struct building *building, struct band *band)
{
    struct line *first = &building->work->lines.items[band->lines[0]];
    bool contiguous = true;
    uint32_t begin = first->first, count = first->count;
    for (uint32_t i = 1; i < band->count; i++) {
        const struct line *line = line_at(building, band->lines[i]);
        contiguous &= line->first == begin + count;
        count += line->count;
    }
    if (band->count == 1 || !contiguous)
        return true;
    for (uint32_t i = 1; i < band->count; i++)
        building->work->lines.items[band->lines[i]].use = LINE_DROPPED;
    first->count = count;
    band->count = 1;
    mn_line_measure(building->work, first);
    return mn_line_spell(building->work, first);
}

static void add_text(struct building *building, band_vector *bands, uint32_t first, uint32_t end, int32_t left,
                     int32_t right)
{
    struct region all = {.first = first, .end = end, .columns = 1, .edges = {INT32_MIN, INT32_MAX}};
    struct flow flow;
    for (uint32_t i = first; i < end; i++)
        if (!join_band(building, &bands->items[i]))
            building->failed = true;
    if (first == end)
        return;
    if (building->failed || !make_flow(building, bands, &all, UINT32_MAX, &flow)) {
        building->failed = true;
        return;
    }
    flow.left = left;
    flow.right = right;
    add_flow(building, &flow);
}

static void add_region(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct flow flow;
    switch ((enum region_kind)region->kind) {
    case REGION_TABLE:
        add_table(building, page, bands, region);
        break;
    case REGION_PAIRS:
        add_pairs(building, page, bands, region);
        break;
    case REGION_COLUMNS:
        for (uint32_t column = 0; column < region->columns && !building->failed; column++) {
            building->failed |= !make_flow(building, bands, region, column, &flow);
            if (!building->failed)
                add_flow(building, &flow);
        }
        break;
    }
}

static void measure_page(const struct building *building, uint32_t page, int32_t *left, int32_t *right)
{
    struct page_lines range = building->work->page_lines[page];
    *left = INT32_MAX;
    *right = INT32_MIN;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct line *line = line_at(building, i);
        if (line->use != LINE_TEXT)
            continue;
        *left = line->box.left < *left ? line->box.left : *left;
        *right = line->box.right > *right ? line->box.right : *right;
    }
}

/* A region at band `first`: two rows at least, or one that goes on with the table at the end of the page before. */
static bool find_region(const struct building *building, const band_vector *bands, uint32_t done, uint32_t first,
                        struct region *region)
{
    if (mn_region_at(building->work, bands, done, first, FEWEST_ROWS, region))
        return true;
    return first == 0 && building->at_page_start && mn_region_at(building->work, bands, 0, 0, 1, region) &&
           open_table(building, region) != NULL;
}

static void add_page(struct building *building, uint32_t page)
{
    band_vector bands = {0};
    if (!mn_bands_of(building->work, page, &bands)) {
        building->failed = true;
        return;
    }
    int32_t left, right;
    measure_page(building, page, &left, &right);
    building->at_page_start = true;
    add_furniture(building, page, false);
    uint32_t done = 0;
    for (uint32_t i = 0; i < bands.count && !building->failed;) {
        struct region region;
        if (!find_region(building, &bands, done, i, &region)) {
            i++;
            continue;
        }
        add_text(building, &bands, done, region.first, left, right);
        add_region(building, page, &bands, &region);
        i = done = region.end;
    }
    add_text(building, &bands, done, (uint32_t)bands.count, left, right);
    add_furniture(building, page, true);
    if (!building->at_page_start) {
        building->last_left = left;
        building->last_right = right;
    }
}

bool mn_layout_blocks(struct work *work)
{
    struct building building = {.work = work, .pitch = find_pitch(work), .last = SIZE_MAX};
    for (size_t i = 0; i < work->lines.count; i++)
        if (work->lines.items[i].use == LINE_TEXT &&
            !mn_joint_learn(&building.words, work->arena, work->lines.items[i].text))
            return false;
    find_heading_sizes(&building);
    for (uint32_t page = 0; page < work->pages->count && !building.failed; page++)
        add_page(&building, page);
    return !building.failed;
}
