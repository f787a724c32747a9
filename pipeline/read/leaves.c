#include "read/leaves.h"
#include "base/utf8.h"

static const uint8_t line_ends[256] = {['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1};

void mn_leaves_init(struct mn_leaves *leaves, struct mn_document *document)
{
    *leaves = (struct mn_leaves){0};
    mn_builder_init(&leaves->builder, document);
}

static bool reserve(struct mn_leaves *leaves, size_t size)
{
    if (size <= leaves->capacity)
        return true;
    size_t capacity = size < 4096 ? 4096 : size < ((size_t)1 << 20) ? 2 * size : size;
    char *folded = mn_arena_alloc(leaves->builder.document->arena, capacity);
    if (!folded) {
        leaves->failed = true;
        return false;
    }
    leaves->folded = folded;
    leaves->capacity = capacity;
    return true;
}

struct mn_slice mn_leaves_fold(struct mn_leaves *leaves, struct mn_slice raw)
{
    if (leaves->failed || !reserve(leaves, mn_utf8_fold_bound(raw.size)))
        return MN_EMPTY;
    size_t size = mn_utf8_fold(raw, leaves->folded);
    if (size == SIZE_MAX) {
        leaves->failed = true;
        return MN_EMPTY;
    }
    return (struct mn_slice){leaves->folded, size};
}

struct mn_node *mn_leaves_add(struct mn_leaves *leaves, enum mn_node_kind kind, struct mn_slice raw)
{
    struct mn_slice text = mn_leaves_fold(leaves, raw);
    if (text.size == 0)
        return NULL;
    uint32_t index = mn_builder_leaf(&leaves->builder, kind, text, 0);
    return index == MN_NONE ? NULL : &leaves->builder.document->nodes.items[index];
}

enum mn_status mn_leaves_finish(struct mn_leaves *leaves, struct mn_error *error)
{
    enum mn_status status = mn_builder_finish(&leaves->builder, error);
    return status == MN_OK && leaves->failed ? mn_fail_memory(error) : status;
}

void mn_lines_init(struct mn_lines *lines, struct mn_slice text)
{
    bool has_pages = text.size && memchr(text.data, '\f', text.size);
    *lines = (struct mn_lines){.text = text, .page = has_pages ? 1 : 0};
}

int mn_space_columns(struct mn_slice text, size_t *position, size_t column)
{
    unsigned char byte = (unsigned char)text.data[*position];
    if (byte == ' ' || byte == '\t') {
        ++*position;
        return byte == ' ' ? 1 : (int)(8 - column % 8);
    }
    if (byte < 0x80)
        return -1;
    size_t next = *position;
    int32_t code_point = mn_utf8_next(text, &next);
    bool has_no_width = code_point == 0x200B || code_point == 0xFEFF;
    if (!has_no_width && !mn_is_space(code_point))
        return -1;
    *position = next;
    return has_no_width ? 0 : 1;
}

/* Fills in the line [start, end) but for its gap; false when it is empty. */
static bool measure(const struct mn_lines *lines, size_t start, size_t end, struct mn_line *line)
{
    struct mn_slice whole = mn_slice_cut(lines->text, 0, end);
    size_t position = start, column = 0;
    while (position < end) {
        int columns = mn_space_columns(whole, &position, column);
        if (columns < 0)
            break;
        column += (size_t)columns;
    }
    if (position == end)
        return false;
    *line = (struct mn_line){.text = mn_slice_cut(whole, position, end),
                             .start = position,
                             .end = end,
                             .gap = lines->gap,
                             .page = lines->page,
                             .indentation = (uint8_t)(column > UINT8_MAX ? UINT8_MAX : column),
                             .broken_off = lines->broken_off};
    return true;
}

static void take_line_end(struct mn_lines *lines)
{
    const char *data = lines->text.data;
    size_t at = lines->position++;
    if (data[at] == '\r' && lines->position < lines->text.size && data[lines->position] == '\n')
        lines->position++;
}

static void break_page(struct mn_lines *lines)
{
    lines->page++;
    lines->broken_off = true;
}

bool mn_lines_next(struct mn_lines *lines, struct mn_line *line)
{
    struct mn_slice text = lines->text;
    while (lines->position < text.size) {
        size_t start = lines->position, end = start;
        while (end < text.size && !line_ends[(unsigned char)text.data[end]])
            end++;
        lines->position = end;
        bool found = measure(lines, start, end, line);
        if (found) {
            lines->gap = 0;
            lines->broken_off = false;
        }
        bool ends_page = end < text.size && text.data[end] == '\f';
        if (end < text.size)
            take_line_end(lines);
        if (ends_page)
            break_page(lines);
        if (found)
            return true;
        /* What stands between a form feed and the line ends around it is no line. */
        bool starts_page = start > 0 && text.data[start - 1] == '\f';
        lines->gap += !ends_page && !starts_page;
    }
    return false;
}

void mn_lines_empty(struct mn_lines *lines, const struct mn_line *line)
{
    lines->gap += line->gap + 1;
    lines->broken_off = lines->broken_off || line->broken_off;
}

struct mn_node *mn_leaves_line(struct mn_leaves *leaves, const struct mn_line *line, struct mn_slice raw)
{
    struct mn_node *node = mn_leaves_add(leaves, MN_AB, raw);
    if (!node)
        return NULL;
    node->gap = line->gap;
    node->page = line->page;
    node->level = line->indentation;
    node->flags = line->broken_off ? MN_BROKEN_OFF : 0;
    node->source_start = (uint32_t)line->start;
    node->source_end = (uint32_t)line->end;
    return node;
}

void mn_leaves_lines(struct mn_leaves *leaves, struct mn_slice text)
{
    struct mn_lines lines;
    struct mn_line line;
    mn_lines_init(&lines, text);
    while (!leaves->failed && mn_lines_next(&lines, &line)) {
        if (!mn_leaves_line(leaves, &line, line.text))
            mn_lines_empty(&lines, &line);
    }
}
