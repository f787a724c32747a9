#include "read/formats.h"
#include "read/leaves.h"
#include "read/markdown_inline.h"

struct markdown {
    struct mn_leaves leaves;
    struct mn_lines lines;
    struct mn_inline state;
    char *stripped;
    size_t capacity;
    bool at_page_break; /* a rule stood here: the next block begins a page */
    uint32_t rule_gap;  /* empty lines before that rule */
    bool in_quote, in_table, in_code;
    bool is_ruled;      /* the open table has a delimiter row: its rows need no outer bars */
    uint32_t last_line; /* index of the last plain line, MN_NONE when something else stands behind it */
};

static struct mn_slice strip_inline(struct markdown *markdown, size_t start, size_t end, bool *is_bold)
{
    *is_bold = false;
    if (end - start > markdown->capacity) {
        size_t capacity = 2 * (end - start) + 1024;
        char *stripped = mn_arena_alloc(markdown->leaves.builder.document->arena, capacity);
        if (!stripped) {
            markdown->leaves.failed = true;
            return MN_EMPTY;
        }
        markdown->stripped = stripped;
        markdown->capacity = capacity;
    }
    size_t size = mn_inline_strip(&markdown->state, start, end, markdown->stripped, is_bold);
    return (struct mn_slice){markdown->stripped, size};
}

static size_t count_of(struct mn_slice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == byte;
    return count;
}

/* Number of the marks that a line of nothing else consists of, spaces apart; 0 for any other line. */
static size_t rule_length(struct mn_slice line, char mark)
{
    size_t marks = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] != mark && (line.data[i] != ' ' || i == 0))
            return 0;
        marks += line.data[i] == mark;
    }
    return marks;
}

static bool is_delimiter_row(struct mn_slice line)
{
    size_t bars = count_of(line, '|'), dashes = count_of(line, '-');
    size_t rest = count_of(line, ':') + count_of(line, ' ') + count_of(line, '\t');
    return bars > 0 && dashes > 0 && bars + dashes + rest == line.size;
}

/* A line with more bars than this is no row of a table. */
#define MOST_BARS 256

static bool has_outer_bars(struct mn_slice line)
{
    return line.size > 2 && line.data[0] == '|' && line.data[line.size - 1] == '|' && count_of(line, '|') > 2;
}

static void close_container(struct markdown *markdown, bool *is_open)
{
    if (*is_open)
        mn_builder_close(&markdown->leaves.builder);
    *is_open = false;
}

static void fill_in(struct markdown *markdown, struct mn_node *node, const struct mn_line *line, bool is_bold)
{
    node->gap = line->gap + markdown->rule_gap;
    node->page = line->page;
    node->source_start = (uint32_t)line->start;
    node->source_end = (uint32_t)line->end;
    node->flags =
        (uint8_t)((is_bold ? MN_BOLD : 0) | (line->broken_off || markdown->at_page_break ? MN_BROKEN_OFF : 0));
    markdown->at_page_break = false;
    markdown->rule_gap = 0;
}

static void add_line(struct markdown *markdown, const struct mn_line *line)
{
    bool is_bold = false;
    struct mn_slice raw = markdown->in_code ? line->text : strip_inline(markdown, line->start, line->end, &is_bold);
    struct mn_node *node = mn_leaves_add(&markdown->leaves, MN_AB, raw);
    if (!node) {
        mn_lines_empty(&markdown->lines, line);
        return;
    }
    fill_in(markdown, node, line, is_bold);
    node->level = line->indentation;
    markdown->last_line = (uint32_t)(markdown->leaves.builder.document->nodes.count - 1);
}

/* "## Heading ##" */
static bool take_heading(struct markdown *markdown, const struct mn_line *line)
{
    struct mn_slice text = line->text;
    size_t level = 0, end = text.size;
    while (level < text.size && text.data[level] == '#')
        level++;
    if (level == 0 || level > 6 || (level < text.size && text.data[level] != ' ') || line->indentation > 3)
        return false;
    while (end > level && text.data[end - 1] == '#')
        end--;
    if (end > level && text.data[end - 1] != ' ')
        end = text.size; /* the marks belong to a word: "C#" */
    bool is_bold;
    mn_inline_reset(&markdown->state);
    struct mn_slice raw = strip_inline(markdown, line->start + level, line->start + end, &is_bold);
    struct mn_node *node = mn_leaves_add(&markdown->leaves, MN_HEAD, raw);
    if (node) {
        fill_in(markdown, node, line, is_bold);
        node->level = (uint8_t)level;
    } else {
        mn_lines_empty(&markdown->lines, line);
    }
    return true;
}

/* A rule of three marks ends a page in markdown made from PDFs; a longer one only sets apart. */
static bool take_rule(struct markdown *markdown, const struct mn_line *line)
{
    struct mn_slice text = mn_slice_trim(line->text);
    size_t dashes = rule_length(text, '-'), stars = rule_length(text, '*');
    size_t marks = dashes > stars ? dashes : stars;
    if (marks < 3)
        return false;
    if (marks > 3) {
        mn_lines_empty(&markdown->lines, line);
        return true;
    }
    close_container(markdown, &markdown->in_quote);
    mn_inline_reset(&markdown->state);
    markdown->at_page_break = true;
    markdown->rule_gap += line->gap;
    return true;
}

/* "===" under a line makes that a heading. */
static bool take_underline(struct markdown *markdown, const struct mn_line *line)
{
    if (rule_length(mn_slice_trim(line->text), '=') < 3)
        return false;
    if (line->gap == 0 && markdown->last_line != MN_NONE && !markdown->in_quote) {
        struct mn_node *node = &markdown->leaves.builder.document->nodes.items[markdown->last_line];
        node->kind = MN_HEAD;
        node->level = 1;
    }
    mn_lines_empty(&markdown->lines, line);
    return true;
}

/* Code is left as it stands. */
static bool take_code(struct markdown *markdown, const struct mn_line *line)
{
    bool is_fence = mn_slice_starts(line->text, MN_LITERAL("```")) || mn_slice_starts(line->text, MN_LITERAL("~~~"));
    if (!is_fence && !markdown->in_code)
        return false;
    if (is_fence) {
        markdown->in_code = !markdown->in_code;
        mn_lines_empty(&markdown->lines, line);
    } else {
        add_line(markdown, line);
    }
    return true;
}

/* Takes the quote marks off; opens and closes the quote. False when nothing is left of the line. */
static bool enter_quote(struct markdown *markdown, struct mn_line *line)
{
    if (line->text.data[0] != '>') {
        if (line->gap > 0)
            close_container(markdown, &markdown->in_quote);
        return true;
    }
    size_t skipped = 0;
    while (skipped < line->text.size && (line->text.data[skipped] == '>' || line->text.data[skipped] == ' '))
        skipped++;
    line->text = mn_slice_cut(line->text, skipped, line->text.size);
    line->start += skipped;
    if (line->text.size == 0) {
        mn_lines_empty(&markdown->lines, line);
        return false;
    }
    if (!markdown->in_quote)
        mn_builder_open(&markdown->leaves.builder, MN_QUOTE);
    markdown->in_quote = true;
    return true;
}

/* The end of the cell that starts at `at`: its bar, or the end of the line. */
static size_t cell_end(struct mn_slice text, size_t at, size_t end)
{
    while (at < end && text.data[at] != '|')
        at += text.data[at] == '\\' && at + 1 < end ? 2 : 1;
    return at;
}

/* Position of "<br" at or after `at`, else `end`. */
static size_t next_break(struct mn_slice text, size_t at, size_t end)
{
    for (; at + 3 <= end; at++) {
        if (memcmp(text.data + at, "<br", 3) == 0)
            return at;
    }
    return end;
}

/* A leaf for each of the cell's lines. */
static void add_cell(struct markdown *markdown, const struct mn_line *line, size_t start, size_t end, bool is_header)
{
    struct mn_builder *builder = &markdown->leaves.builder;
    uint32_t cell = mn_builder_open(builder, MN_CELL);
    if (is_header && cell != MN_NONE)
        builder->document->nodes.items[cell].flags |= MN_HEADER_CELL;
    while (start < end) {
        size_t next = next_break(markdown->state.text, start + 1, end);
        bool is_bold;
        mn_inline_reset(&markdown->state);
        struct mn_line part = {.start = start, .end = next, .gap = line->gap, .page = line->page};
        struct mn_slice raw = strip_inline(markdown, start, next, &is_bold);
        struct mn_node *node = mn_leaves_add(&markdown->leaves, MN_P, raw);
        if (node)
            fill_in(markdown, node, &part, is_bold);
        start = next;
    }
    mn_builder_close(builder);
}

static void add_row(struct markdown *markdown, const struct mn_line *line, bool is_header)
{
    struct mn_slice text = markdown->state.text, whole = mn_slice_trim(line->text);
    size_t start = line->start + (whole.data[0] == '|'), end = line->start + whole.size;
    if (end > start && text.data[end - 1] == '|')
        end--;
    mn_builder_open(&markdown->leaves.builder, MN_ROW);
    do {
        size_t stop = cell_end(text, start, end);
        add_cell(markdown, line, start, stop < end ? stop : end, is_header);
        start = stop + 1;
    } while (start <= end);
    mn_builder_close(&markdown->leaves.builder);
}

static bool is_next_delimiter(const struct markdown *markdown)
{
    struct mn_lines ahead = markdown->lines;
    struct mn_line line;
    return mn_lines_next(&ahead, &line) && line.gap == 0 && is_delimiter_row(line.text);
}

/* Rows follow each other without empty lines; with bars around them, one empty line does not matter. */
static bool take_row(struct markdown *markdown, const struct mn_line *line)
{
    if (!memchr(line->text.data, '|', line->text.size) || count_of(line->text, '|') > MOST_BARS)
        return false;
    bool has_bars = has_outer_bars(mn_slice_trim(line->text));
    bool goes_on = markdown->in_table && ((markdown->is_ruled && line->gap == 0) || (has_bars && line->gap < 2));
    if (goes_on && is_delimiter_row(line->text))
        return true;
    bool is_header = is_next_delimiter(markdown);
    if (!goes_on && !has_bars && !is_header)
        return false;
    if (!goes_on) {
        close_container(markdown, &markdown->in_table);
        mn_builder_open(&markdown->leaves.builder, MN_TABLE);
        markdown->in_table = true;
        markdown->is_ruled = is_header;
    }
    add_row(markdown, line, is_header);
    return true;
}

static void take_line(struct markdown *markdown, struct mn_line *line)
{
    if (line->gap > 0)
        mn_inline_reset(&markdown->state);
    if (take_code(markdown, line))
        return;
    if (!markdown->in_quote && take_row(markdown, line)) {
        markdown->last_line = MN_NONE;
        return;
    }
    close_container(markdown, &markdown->in_table);
    if (take_rule(markdown, line) || take_underline(markdown, line)) {
        markdown->last_line = MN_NONE;
        return;
    }
    if (!enter_quote(markdown, line))
        return;
    if (take_heading(markdown, line))
        markdown->last_line = MN_NONE;
    else
        add_line(markdown, line);
}

enum mn_status mn_read_markdown(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct markdown markdown = {.state.text = input->text, .last_line = MN_NONE};
    mn_leaves_init(&markdown.leaves, document);
    mn_lines_init(&markdown.lines, input->text);
    struct mn_line line;
    while (!markdown.leaves.failed && mn_lines_next(&markdown.lines, &line))
        take_line(&markdown, &line);
    return mn_leaves_finish(&markdown.leaves, error);
}
