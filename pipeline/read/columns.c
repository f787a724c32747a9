/* Tables that stand in plain text by blanks alone: under a line of short titles, set apart by two blanks or more, lines
 * whose words keep to the titles' columns. A line with something in the first column begins a row; one without goes on
 * with the row's cells. */
#include "read/columns.h"

#include "base/utf8.h"

#define FEWEST_COLUMNS 3 /* two are an address beside a date just as well */
#define MOST_COLUMNS 12
#define FEWEST_ROWS 2
#define LONGEST_TITLE 40 /* columns */
#define MOST_LINES 12    /* of a row */
#define WIDEST_GAP 1     /* empty lines within a table */
#define HANGING 2        /* columns by which words may stand left of their title */

/* Words between wide blanks: columns [start, end), bytes [from, to) of the source text. */
struct stretch {
    size_t start, end;
    size_t from, to;
};

struct stretches {
    struct stretch items[MOST_COLUMNS];
    size_t count;
};

/* A stretch with its place in the table. */
struct piece {
    struct stretch words;
    uint32_t row, column;
    struct mn_line line;
};

struct columns {
    struct mn_arena *arena;
    struct mn_slice text;
    struct stretches titles;
    MN_VECTOR(struct piece) pieces; /* by lines, from left to right */
    uint32_t rows, lines_of_row, widest;
    bool failed;
};

/* ---- lines ---- */

static size_t columns_of(char byte, size_t column)
{
    return byte == '\t' ? 8 - column % 8 : 1;
}

/* The end of the blanks at `at`, and the column behind them. */
static size_t skip_blanks(struct mn_slice text, size_t at, size_t end, size_t *column)
{
    for (; at < end && (text.data[at] == ' ' || text.data[at] == '\t'); ++at)
        *column += columns_of(text.data[at], *column);
    return at;
}

/* Cuts a line at wide blanks; false when it has more stretches than there is room for. */
static bool cut_line(struct mn_slice text, const struct mn_line *line, struct stretches *stretches)
{
    size_t at = line->start, column = line->indentation;
    stretches->count = 0;
    while (at < line->end) {
        if (stretches->count == MOST_COLUMNS)
            return false;
        struct stretch *stretch = &stretches->items[stretches->count++];
        *stretch = (struct stretch){column, column, at, at};
        while (at < line->end) {
            size_t behind = column, next = skip_blanks(text, at, line->end, &behind);
            if (behind >= column + 2 || (next == line->end && next > at)) {
                at = next;
                column = behind;
                break;
            }
            if (next > at) {
                at = next;
                column = behind;
                continue;
            }
            mn_utf8_next(text, &at);
            ++column;
            stretch->end = column;
            stretch->to = at;
        }
    }
    return true;
}

static bool may_be_titles(const struct columns *columns, const struct stretches *stretches)
{
    if (stretches->count < FEWEST_COLUMNS)
        return false;
    for (size_t i = 0; i < stretches->count; ++i) {
        const struct stretch *title = &stretches->items[i];
        char first = columns->text.data[title->from];
        bool is_letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first == '#';
        if (!is_letter || title->end - title->start > LONGEST_TITLE)
            return false;
    }
    return true;
}

/* The column in whose bounds the stretch lies; the count of columns when it lies in none. */
static size_t column_of(const struct columns *columns, const struct stretch *stretch)
{
    const struct stretches *titles = &columns->titles;
    for (size_t i = 0; i < titles->count; ++i) {
        bool is_last = i + 1 == titles->count;
        bool starts = stretch->start + HANGING >= titles->items[i].start;
        if (starts && (is_last || stretch->end < titles->items[i + 1].start))
            return i;
    }
    return titles->count;
}

/* ---- rows ---- */

static void add_piece(struct columns *columns, const struct mn_line *line, const struct stretch *words, size_t column)
{
    struct piece *piece = MN_APPEND(columns->arena, &columns->pieces);
    if (!piece) {
        columns->failed = true;
        return;
    }
    *piece = (struct piece){*words, columns->rows - 1, (uint32_t)column, *line};
}

/* Puts the line's words into the table; false when it does not belong to it. */
static bool take_line(struct columns *columns, const struct mn_line *line)
{
    struct stretches stretches;
    size_t places[MOST_COLUMNS] = {0};
    if (line->gap > WIDEST_GAP || line->broken_off || !cut_line(columns->text, line, &stretches))
        return false;
    for (size_t i = 0; i < stretches.count; ++i) {
        places[i] = column_of(columns, &stretches.items[i]);
        if (places[i] == columns->titles.count || (i > 0 && places[i] <= places[i - 1]))
            return false;
    }
    bool begins = places[0] == 0 && stretches.count > 1;
    if (!begins && (columns->rows == 1 || line->gap > 0 || ++columns->lines_of_row > MOST_LINES))
        return false;
    if (begins) {
        ++columns->rows;
        columns->lines_of_row = 1;
        if (stretches.count > columns->widest)
            columns->widest = (uint32_t)stretches.count;
    }
    for (size_t i = 0; i < stretches.count; ++i)
        add_piece(columns, line, &stretches.items[i], places[i]);
    return !columns->failed;
}

/* Collects the rows below the titles; `lines` is moved behind them. */
static void collect_rows(struct columns *columns, struct mn_lines *lines)
{
    struct mn_lines ahead = *lines;
    struct mn_line line;
    while (mn_lines_next(&ahead, &line) && take_line(columns, &line))
        *lines = ahead;
}

/* ---- writing ---- */

/* The pieces [first, end) that stand in one column, joined with blanks; `whole` gets their range in the source. */
static struct mn_slice join_pieces(struct columns *columns, size_t first, size_t end, size_t column,
                                   struct stretch *whole)
{
    size_t size = 0;
    for (size_t i = first; i < end; ++i)
        size += columns->pieces.items[i].words.to - columns->pieces.items[i].words.from + 1;
    char *joined = mn_arena_alloc(columns->arena, size);
    columns->failed |= joined == NULL;
    size = 0;
    for (size_t i = first; joined && i < end; ++i) {
        const struct piece *piece = &columns->pieces.items[i];
        if (piece->column != column)
            continue;
        if (size == 0)
            *whole = piece->words;
        else
            joined[size++] = ' ';
        memcpy(joined + size, columns->text.data + piece->words.from, piece->words.to - piece->words.from);
        size += piece->words.to - piece->words.from;
        whole->to = piece->words.to;
    }
    return (struct mn_slice){joined, joined ? size : 0};
}

static void add_cell(struct mn_leaves *leaves, struct columns *columns, size_t first, size_t end, size_t column)
{
    struct mn_builder *builder = &leaves->builder;
    uint32_t cell = mn_builder_open(builder, MN_CELL);
    if (columns->pieces.items[first].row == 0 && cell != MN_NONE)
        builder->document->nodes.items[cell].flags |= MN_HEADER_CELL;
    struct stretch whole = {0};
    struct mn_slice words = join_pieces(columns, first, end, column, &whole);
    struct mn_node *node = words.size > 0 ? mn_leaves_add(leaves, MN_P, words) : NULL;
    if (node) {
        node->gap = columns->pieces.items[first].line.gap;
        node->page = columns->pieces.items[first].line.page;
        node->source_start = (uint32_t)whole.from;
        node->source_end = (uint32_t)whole.to;
    }
    mn_builder_close(builder);
}

static void add_table(struct mn_leaves *leaves, struct columns *columns)
{
    struct mn_builder *builder = &leaves->builder;
    mn_builder_open(builder, MN_TABLE);
    for (size_t first = 0; first < columns->pieces.count && !columns->failed;) {
        size_t end = first;
        while (end < columns->pieces.count && columns->pieces.items[end].row == columns->pieces.items[first].row)
            ++end;
        mn_builder_open(builder, MN_ROW);
        for (size_t column = 0; column < columns->titles.count; ++column)
            add_cell(leaves, columns, first, end, column);
        mn_builder_close(builder);
        first = end;
    }
    mn_builder_close(builder);
    leaves->failed |= columns->failed;
}

static void add_titles(struct columns *columns, const struct mn_line *line)
{
    columns->rows = 1;
    for (size_t i = 0; i < columns->titles.count; ++i)
        add_piece(columns, line, &columns->titles.items[i], i);
}

bool mn_columns_take(struct mn_leaves *leaves, struct mn_lines *lines, const struct mn_line *line)
{
    struct mn_arena *arena = leaves->builder.document->arena;
    struct columns columns = {.arena = arena, .text = lines->text};
    if (!cut_line(lines->text, line, &columns.titles) || !may_be_titles(&columns, &columns.titles))
        return false;
    struct mn_lines ahead = *lines;
    add_titles(&columns, line);
    collect_rows(&columns, &ahead);
    bool is_table = columns.rows > FEWEST_ROWS && columns.widest >= FEWEST_COLUMNS && !columns.failed;
    if (is_table) {
        add_table(leaves, &columns);
        *lines = ahead;
    }
    leaves->failed |= columns.failed;
    return is_table;
}
