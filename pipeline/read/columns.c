/* Tables that stand in plain text by blanks alone: under a line of short titles, set apart by two blanks or more, lines
 * whose words keep to the titles' columns. A line with words in the first column and in others begins a row; one
 * without any in the first goes on with the row's cells; one with words in the first alone ends the table. That the
 * first line holds titles, and not just more of the same, is told by numbers, references or dates below titles that
 * have none. In doubt lines stay lines. */
#include "read/columns.h"

#include "base/utf8.h"

#define FEWEST_COLUMNS 3 /* two are an address beside a date just as well */
#define MOST_COLUMNS 12
#define FEWEST_ROWS 3    /* with the titles */
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

/* Bytes of the source text. */
struct range {
    size_t from, to;
};

/* A stretch with its place in the table. */
struct piece {
    size_t from, to;
    uint32_t row, column;
    uint32_t gap, page;
};

struct columns {
    struct mn_arena *arena; /* scratch */
    struct mn_slice text;
    struct stretches titles;
    MN_VECTOR(struct piece) pieces; /* by lines, from left to right */
    uint32_t rows, lines_of_row, widest;
    uint32_t filled[MOST_COLUMNS],
        numbered[MOST_COLUMNS];        /* cells of the rows so far that hold words, that hold digits */
    uint32_t row_filled, row_numbered; /* the same of the newest row: a bit for each column */
    uint32_t telling;                  /* columns that have digits in the first row below a title without any: bits */
    bool doubtful;                     /* behind the line that ended the table more rows follow */
    bool failed;
};

/* ---- lines ---- */

/* The end of the blanks at `at`, and the column behind them. */
static size_t skip_blanks(struct mn_slice text, size_t at, size_t end, size_t *column)
{
    while (at < end) {
        int columns = mn_space_columns(text, &at, *column);
        if (columns < 0)
            break;
        *column += (size_t)columns;
    }
    return at;
}

/* Cuts a line at wide blanks; false when it has more stretches than there is room for, or begins too far to the right
 * for its columns to be known. */
static bool cut_line(struct mn_slice text, const struct mn_line *line, struct stretches *stretches)
{
    size_t at = line->start, column = line->indentation;
    stretches->count = 0;
    if (line->indentation == UINT8_MAX)
        return false;
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
        size_t at = title->from;
        int32_t first = mn_utf8_next(columns->text, &at);
        if ((!mn_is_letter(first) && first != '#') || title->end - title->start > LONGEST_TITLE)
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

/* Puts the line's stretches into columns, each further to the right than the one before; false when they do not fit. */
static bool place_stretches(const struct columns *columns, const struct stretches *stretches,
                            size_t places[MOST_COLUMNS])
{
    for (size_t i = 0; i < stretches->count; ++i) {
        places[i] = column_of(columns, &stretches->items[i]);
        if (places[i] == columns->titles.count || (i > 0 && places[i] <= places[i - 1]))
            return false;
    }
    return true;
}

/* ---- rows ---- */

static bool has_digit(struct mn_slice text, const struct stretch *words)
{
    for (size_t at = words->from; at < words->to;)
        if (mn_is_digit(mn_utf8_next(text, &at)))
            return true;
    return false;
}

static void count_cell(struct columns *columns, const struct stretch *words, size_t column)
{
    uint32_t bit = UINT32_C(1) << column;
    if (!(columns->row_filled & bit))
        columns->filled[column]++;
    columns->row_filled |= bit;
    if ((columns->row_numbered & bit) || !has_digit(columns->text, words))
        return;
    columns->row_numbered |= bit;
    columns->numbered[column]++;
}

static void add_piece(struct columns *columns, const struct mn_line *line, const struct stretch *words, size_t column)
{
    struct piece *piece = MN_APPEND(columns->arena, &columns->pieces);
    if (!piece) {
        columns->failed = true;
        return;
    }
    *piece = (struct piece){words->from, words->to, columns->rows - 1, (uint32_t)column, line->gap, line->page};
    count_cell(columns, words, column);
}

/* Begins a row of as many stretches; false when the row before it, the first, shows that the titles are none. */
static bool begin_row(struct columns *columns, size_t stretches)
{
    if (columns->rows == 1)
        columns->telling = ~columns->row_numbered;
    if (columns->rows == 2)
        columns->telling &= columns->row_numbered;
    if (columns->telling == 0)
        return false;
    ++columns->rows;
    columns->lines_of_row = 1;
    columns->row_filled = columns->row_numbered = 0;
    if (stretches > columns->widest)
        columns->widest = (uint32_t)stretches;
    return true;
}

static bool goes_on(struct columns *columns, const struct mn_line *line, size_t first_column)
{
    return first_column > 0 && columns->rows > 1 && line->gap == 0 && ++columns->lines_of_row <= MOST_LINES;
}

/* Puts the line's words into the table; false when it does not belong to it. */
static bool take_line(struct columns *columns, const struct mn_line *line)
{
    struct stretches stretches;
    size_t places[MOST_COLUMNS] = {0};
    if (line->gap > WIDEST_GAP || line->broken_off || !cut_line(columns->text, line, &stretches) ||
        !place_stretches(columns, &stretches, places))
        return false;
    bool begins = places[0] == 0 && stretches.count > 1;
    if (begins ? !begin_row(columns, stretches.count) : !goes_on(columns, line, places[0]))
        return false;
    for (size_t i = 0; i < stretches.count; ++i)
        add_piece(columns, line, &stretches.items[i], places[i]);
    return !columns->failed;
}

/* Does the line hold words in the first column alone, and the next one more of a table? What the words are is not to be
 * told then: the rest of a cell, or a title within the table. */
static bool parts_rows(const struct columns *columns, const struct mn_line *line, struct mn_lines ahead)
{
    struct stretches stretches;
    struct mn_line next;
    size_t places[MOST_COLUMNS] = {0};
    return line->gap == 0 && cut_line(columns->text, line, &stretches) && stretches.count == 1 &&
           column_of(columns, &stretches.items[0]) == 0 && mn_lines_next(&ahead, &next) && next.gap == 0 &&
           cut_line(columns->text, &next, &stretches) && stretches.count > 1 &&
           place_stretches(columns, &stretches, places);
}

/* Collects the rows below the titles; `lines` is moved behind them. */
static void collect_rows(struct columns *columns, struct mn_lines *lines)
{
    struct mn_lines ahead = *lines;
    struct mn_line line;
    while (mn_lines_next(&ahead, &line)) {
        if (!take_line(columns, &line)) {
            columns->doubtful = parts_rows(columns, &line, ahead);
            return;
        }
        *lines = ahead;
    }
}

/* ---- what makes a table ---- */

/* Digits in two cells, and in half of them at least, of a column whose title has none. */
static bool has_telling_column(const struct columns *columns)
{
    for (size_t i = 0; i < columns->titles.count; ++i) {
        bool tells = columns->telling >> i & 1;
        if (tells && columns->numbered[i] > 1 && 2 * (size_t)columns->numbered[i] >= columns->filled[i] - 1)
            return true;
    }
    return false;
}

/* Words in half of the cells at least, and no more blocks than half of those that the document may still have. */
static bool is_worth_it(const struct columns *columns, const struct mn_document *document)
{
    size_t filled = 0, cells = columns->rows * columns->titles.count;
    for (size_t i = 0; i < columns->titles.count; ++i)
        filled += columns->filled[i];
    size_t left = document->limits.blocks - document->nodes.count;
    return 2 * filled >= cells && 1 + columns->rows + cells + filled <= left / 2;
}

/* ---- writing ---- */

/* Bytes of the pieces [first, end) that stand in one column, with a blank behind each; `whole` gets their range in the
 * source, `count` how many they are. */
static size_t measure_cell(const struct columns *columns, size_t first, size_t end, size_t column, struct range *whole,
                           size_t *count)
{
    size_t size = 0;
    *count = 0;
    for (size_t i = first; i < end; ++i) {
        const struct piece *piece = &columns->pieces.items[i];
        if (piece->column != column)
            continue;
        if ((*count)++ == 0)
            whole->from = piece->from;
        whole->to = piece->to;
        size += piece->to - piece->from + 1;
    }
    return size;
}

/* The pieces [first, end) that stand in one column, joined with blanks; `whole` gets their range in the source. */
static struct mn_slice join_pieces(struct columns *columns, size_t first, size_t end, size_t column,
                                   struct range *whole)
{
    size_t count, size = measure_cell(columns, first, end, column, whole, &count);
    if (count < 2)
        return mn_slice_cut(columns->text, whole->from, whole->to);
    char *joined = mn_arena_alloc(columns->arena, size);
    columns->failed |= joined == NULL;
    size = 0;
    for (size_t i = first; joined && i < end; ++i) {
        const struct piece *piece = &columns->pieces.items[i];
        if (piece->column != column)
            continue;
        if (size > 0)
            joined[size++] = ' ';
        memcpy(joined + size, columns->text.data + piece->from, piece->to - piece->from);
        size += piece->to - piece->from;
    }
    return (struct mn_slice){joined, size};
}

static void add_cell(struct mn_leaves *leaves, struct columns *columns, size_t first, size_t end, size_t column)
{
    struct mn_builder *builder = &leaves->builder;
    uint32_t cell = mn_builder_open(builder, MN_CELL);
    if (columns->pieces.items[first].row == 0 && cell != MN_NONE)
        builder->document->nodes.items[cell].flags |= MN_HEADER_CELL;
    struct range whole = {0};
    struct mn_slice words = join_pieces(columns, first, end, column, &whole);
    struct mn_node *node = words.size > 0 ? mn_leaves_add(leaves, MN_P, words) : NULL;
    if (node) {
        node->gap = columns->pieces.items[first].gap;
        node->page = columns->pieces.items[first].page;
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

bool mn_columns_take(struct mn_leaves *leaves, struct mn_lines *lines, const struct mn_line *line, size_t *plain)
{
    struct mn_document *document = leaves->builder.document;
    struct columns columns = {.text = lines->text};
    if (line->start < *plain || !cut_line(lines->text, line, &columns.titles) ||
        !may_be_titles(&columns, &columns.titles))
        return false;
    if (!(columns.arena = mn_arena_scratch(document->arena))) {
        leaves->failed = true;
        return false;
    }
    struct mn_lines ahead = *lines;
    add_titles(&columns, line);
    collect_rows(&columns, &ahead);
    bool has_rows = columns.rows >= FEWEST_ROWS;
    bool is_table = has_rows && columns.widest >= FEWEST_COLUMNS && has_telling_column(&columns) && !columns.doubtful &&
                    is_worth_it(&columns, document) && !columns.failed;
    if (is_table)
        add_table(leaves, &columns);
    if (is_table)
        *lines = ahead;
    else if (has_rows)
        *plain = ahead.position;
    leaves->failed |= columns.failed;
    mn_arena_reset(columns.arena);
    return is_table;
}
