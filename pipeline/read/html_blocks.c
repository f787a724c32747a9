#include "read/html_page.h"
#include <stdlib.h>

/* Containers nest this deep at most; what is deeper is read as plain blocks. With the leaf, its list item or cell and
 * what stages add around them (sections), the tree stays within MN_LIMIT_NESTING. */
#define DEEPEST_CONTAINER 128

static struct mn_node *node_at(struct mn_html_page *page, uint32_t index)
{
    return &page->document->nodes.items[index];
}

static enum mn_node_kind innermost(struct mn_html_page *page)
{
    return (enum mn_node_kind)node_at(page, page->leaves.builder.open)->kind;
}

static void close_to(struct mn_html_page *page, uint32_t depth)
{
    struct mn_builder *builder = &page->leaves.builder;
    while (!builder->failed && builder->depth > depth)
        mn_builder_close(builder);
}

/* Opens a container; the builder's depth in it, or 0 when it is too deep or memory is out. */
static uint32_t open_container(struct mn_html_page *page, enum mn_node_kind kind)
{
    struct mn_builder *builder = &page->leaves.builder;
    if (builder->failed || builder->depth >= DEEPEST_CONTAINER)
        return 0;
    return mn_builder_open(builder, kind) == MN_NONE ? 0 : builder->depth;
}

/* Text that stands directly in a list, a table or a row gets an item or a cell. */
static void enter_flow(struct mn_html_page *page)
{
    if (page->leaves.builder.failed)
        return;
    if (innermost(page) == MN_LIST)
        mn_builder_open(&page->leaves.builder, MN_ITEM);
    if (innermost(page) == MN_TABLE)
        mn_builder_open(&page->leaves.builder, MN_ROW);
    if (innermost(page) == MN_ROW)
        mn_builder_open(&page->leaves.builder, MN_CELL);
}

static void clear(struct mn_html_text *text)
{
    text->size = 0;
    text->has_bold = text->has_plain = text->has_link = text->has_unlinked = false;
}

static bool reserve(struct mn_html_page *page, struct mn_html_text *text, size_t size)
{
    if (size <= text->capacity)
        return true;
    text->data = mn_arena_array(page->document->arena, text->data, &text->capacity, size, 1);
    page->failed = page->failed || text->capacity < size;
    return text->capacity >= size;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Is there a letter or digit, or anything beyond ASCII but the no-break space? */
static bool has_words(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char lower = (char)(bytes[i] | 0x20);
        if ((lower >= 'a' && lower <= 'z') || (bytes[i] >= '0' && bytes[i] <= '9'))
            return true;
        if ((unsigned char)bytes[i] >= 0x80 && bytes[i] != '\xC2' && bytes[i] != '\xA0')
            return true;
    }
    return false;
}

/* Notes what kind of letters come in, if that is news. */
static void note_kind(struct mn_html_text *text, const struct mn_html_context *context, const char *bytes, size_t size)
{
    bool *style = context->is_bold ? &text->has_bold : &text->has_plain;
    bool *link = context->is_link ? &text->has_link : &text->has_unlinked;
    if ((*style && *link) || !has_words(bytes, size))
        return;
    *style = true;
    *link = true;
}

static struct mn_html_text *current_text(struct mn_html_page *page)
{
    switch (mn_html_top(page)->context.sink) {
    case MN_HTML_FLOW:
        return &page->flow;
    case MN_HTML_DOUBTFUL:
    case MN_HTML_FURNISHING:
        return &page->furniture;
    case MN_HTML_IN_TITLE:
        return &page->title;
    default:
        return NULL;
    }
}

/* Space that means nothing at the start of a block: all of it, in preformatted text one line end. */
static size_t leading_space(const char *bytes, size_t size, bool is_pre)
{
    if (is_pre)
        return size > 0 && bytes[0] == '\n';
    size_t count = 0;
    while (count < size && is_space(bytes[count]))
        count++;
    return count;
}

void mn_html_add_text(struct mn_html_page *page, const char *bytes, size_t size)
{
    const struct mn_html_context *context = &mn_html_top(page)->context;
    struct mn_html_text *text = current_text(page);
    if (!text)
        return;
    size_t skipped = text->size == 0 ? leading_space(bytes, size, context->is_pre) : 0;
    if (skipped == size || !reserve(page, text, text->size + size))
        return;
    if (text->size == 0)
        text->start = page->position + skipped;
    memcpy(text->data + text->size, bytes + skipped, size - skipped);
    text->size += size - skipped;
    text->end = page->position + size;
    note_kind(text, context, bytes + skipped, size - skipped);
}

static uint8_t flags_of(const struct mn_html_page *page, const struct mn_html_text *text)
{
    return (uint8_t)((text->has_bold && !text->has_plain ? MN_BOLD : 0) | (page->breaks_page ? MN_BROKEN_OFF : 0));
}

static void set_source(const struct mn_html_page *page, struct mn_node *node, const struct mn_html_text *text)
{
    size_t end = text->end < page->source.size ? text->end : page->source.size;
    node->source_start = (uint32_t)(text->start < end ? text->start : end);
    node->source_end = (uint32_t)end;
}

/* Fills in a leaf of the flow and forgets what was waiting for it. */
static void finish_leaf(struct mn_html_page *page, struct mn_node *node, const struct mn_html_text *text)
{
    node->flags = flags_of(page, text);
    node->gap = page->gap;
    node->numbering = (uint8_t)page->item_numbering;
    node->ordinal = page->item_ordinal;
    set_source(page, node, text);
    page->leaf_count++;
    page->gap = 0;
    page->breaks_page = false;
    page->item_numbering = MN_UNNUMBERED;
    page->item_ordinal = 0;
}

/* A leaf of the flow with this text, if it holds any. */
static bool add_leaf(struct mn_html_page *page, const struct mn_html_text *text, uint8_t heading)
{
    struct mn_slice folded = mn_leaves_fold(&page->leaves, (struct mn_slice){text->data, text->size});
    if (folded.size == 0)
        return false;
    enter_flow(page);
    uint32_t index = mn_builder_leaf(&page->leaves.builder, heading ? MN_HEAD : MN_P, folded, 0);
    if (index == MN_NONE)
        return false;
    struct mn_node *node = node_at(page, index);
    finish_leaf(page, node, text);
    node->level = heading;
    return true;
}

/* Preformatted text is plain text: a leaf for each line. */
static void add_lines(struct mn_html_page *page, const struct mn_html_text *text)
{
    struct mn_lines lines;
    struct mn_line line;
    mn_lines_init(&lines, (struct mn_slice){text->data, text->size});
    enter_flow(page);
    while (mn_lines_next(&lines, &line)) {
        struct mn_node *node = mn_leaves_line(&page->leaves, &line, line.text);
        if (!node) {
            mn_lines_empty(&lines, &line);
            continue;
        }
        page->gap += line.gap;
        page->breaks_page = page->breaks_page || line.broken_off;
        node->page = 0;
        finish_leaf(page, node, text);
    }
    page->gap += lines.gap;
}

static bool has_letter(const struct mn_html_text *text)
{
    for (size_t i = 0; i < text->size; i++) {
        char lower = (char)(text->data[i] | 0x20);
        if (lower >= 'a' && lower <= 'z')
            return true;
    }
    return false;
}

static void end_flow(struct mn_html_page *page)
{
    struct mn_html_text *text = &page->flow;
    const struct mn_html_context *context = &mn_html_top(page)->context;
    if (text->size == 0)
        return;
    if (context->is_pre)
        add_lines(page, text);
    else
        add_leaf(page, text, context->is_named_heading && !has_letter(text) ? 0 : context->heading);
    clear(text);
}

/* In doubtful furniture a main heading that is no mere link, such as a logo, is the page's. */
static bool is_page_heading(const struct mn_html_page *page, const struct mn_html_context *context)
{
    return context->sink == MN_HTML_DOUBTFUL && context->heading == 1 && page->furniture.has_unlinked;
}

static void end_furniture(struct mn_html_page *page)
{
    struct mn_html_text *text = &page->furniture;
    const struct mn_html_context *context = &mn_html_top(page)->context;
    if (text->size == 0)
        return;
    if (is_page_heading(page, context)) {
        mn_html_settle_doubts(page);
        add_leaf(page, text, 1);
        clear(text);
        return;
    }
    struct mn_slice folded = mn_leaves_fold(&page->leaves, (struct mn_slice){text->data, text->size});
    if (folded.size) {
        enter_flow(page);
        uint32_t index = mn_builder_leaf(&page->leaves.builder, MN_FW, folded, 0);
        if (index != MN_NONE)
            set_source(page, node_at(page, index), text);
        if (context->sink == MN_HTML_DOUBTFUL && !text->has_link)
            page->doubtful_size += folded.size;
    }
    clear(text);
}

void mn_html_end_inline_furniture(struct mn_html_page *page)
{
    end_furniture(page);
}

void mn_html_end_block(struct mn_html_page *page)
{
    end_flow(page);
    end_furniture(page);
    if (page->gap == 0 && page->leaf_count)
        page->gap = 1;
}

void mn_html_break_line(struct mn_html_page *page)
{
    const struct mn_html_context *context = &mn_html_top(page)->context;
    if (context->is_pre) {
        mn_html_add_text(page, "\n", 1);
        return;
    }
    if (context->heading || context->sink == MN_HTML_IN_TITLE) {
        mn_html_add_text(page, " ", 1);
        return;
    }
    if (context->sink != MN_HTML_FLOW) {
        end_furniture(page);
        return;
    }
    size_t leaves = page->leaf_count;
    end_flow(page);
    if (page->leaf_count == leaves && leaves)
        page->gap++;
}

void mn_html_settle_doubts(struct mn_html_page *page)
{
    for (uint32_t i = 0; i <= page->top; i++) {
        if (page->stack[i].context.sink == MN_HTML_DOUBTFUL)
            page->stack[i].context.sink = MN_HTML_FLOW;
    }
}

/* The innermost open element below the top of one of two classes, not looking further out than one of `stop` or a cell;
 * 0 when there is none. */
static uint32_t find_below(const struct mn_html_page *page, uint32_t from, enum mn_html_class class,
                           enum mn_html_class other, enum mn_html_class stop)
{
    for (uint32_t i = from; i > 0; i--) {
        const struct mn_html_element *element = page->stack[i].element;
        if (!element)
            continue;
        if (element->class == class || element->class == other)
            return i;
        if (element->class == stop || element->class == MN_HTML_CELL)
            return 0;
    }
    return 0;
}

/* Opens the node of the open element at `index`, if it is not open yet; what is open within it ends inside it. */
static bool ensure_container(struct mn_html_page *page, uint32_t index, enum mn_node_kind kind)
{
    struct mn_html_open *open = &page->stack[index];
    if (!open->container) {
        close_to(page, open->depth);
        if (kind != MN_ROW)
            enter_flow(page);
        open->container = open_container(page, kind);
        for (uint32_t i = index + 1; open->container && i <= page->top; i++)
            page->stack[i].depth = open->container;
    }
    return open->container != 0;
}

static void begin_list(struct mn_html_page *page, const struct mn_html_attributes *attributes)
{
    struct mn_html_open *list = mn_html_top(page);
    bool is_ordered = list->element->traits & MN_HTML_ORDERED;
    list->numbering = attributes->has_numbering ? attributes->numbering : is_ordered ? MN_DECIMAL : MN_BULLET;
    list->next = attributes->start;
}

static void begin_item(struct mn_html_page *page, const struct mn_html_attributes *attributes)
{
    uint32_t index = find_below(page, page->top - 1, MN_HTML_LIST, MN_HTML_LIST, MN_HTML_TABLE);
    if (!index || !ensure_container(page, index, MN_LIST))
        return;
    struct mn_html_open *list = &page->stack[index], *item = mn_html_top(page);
    close_to(page, list->container);
    item->depth = list->container;
    item->container = open_container(page, MN_ITEM);
    if (!item->container)
        return;
    if (attributes->value)
        list->next = attributes->value;
    bool is_counted = list->numbering != MN_UNNUMBERED && list->numbering != MN_BULLET;
    page->item_numbering = list->numbering;
    page->item_ordinal = is_counted ? list->next++ : 0;
    struct mn_node *node = node_at(page, page->leaves.builder.open);
    node->numbering = (uint8_t)page->item_numbering;
    node->ordinal = page->item_ordinal;
}

/* Keeps the columns of a table in line. There are no more such cells than the page's size makes likely, lest a few
 * bytes of colspan fill the memory. */
static void add_empty_cell(struct mn_html_page *page)
{
    if (page->empty_cells > page->source.size / 16 + 256 || !open_container(page, MN_CELL))
        return;
    page->empty_cells++;
    mn_builder_close(&page->leaves.builder);
}

/* Empty cells where a cell of a row above reaches down. */
static void skip_covered(struct mn_html_page *page, const struct mn_html_open *table, struct mn_html_open *row)
{
    while (table->spans && row->column < MN_HTML_COLUMNS && table->spans[row->column]) {
        table->spans[row->column++]--;
        add_empty_cell(page);
    }
}

/* Notes which columns a cell covers in the rows below. */
static void cover(struct mn_html_page *page, struct mn_html_open *table, struct mn_html_open *row,
                  const struct mn_html_attributes *attributes)
{
    if (attributes->rows > 1 && !table->spans) {
        table->spans = mn_arena_zero(page->document->arena, MN_HTML_COLUMNS);
        page->failed = page->failed || !table->spans;
    }
    for (uint32_t i = 0; i < attributes->columns && row->column < MN_HTML_COLUMNS; i++, row->column++) {
        if (table->spans)
            table->spans[row->column] = (uint8_t)(attributes->rows - 1);
    }
}

static void begin_cell(struct mn_html_page *page, const struct mn_html_attributes *attributes)
{
    struct mn_html_open *cell = mn_html_top(page);
    uint32_t row_index = find_below(page, page->top - 1, MN_HTML_ROW, MN_HTML_TABLE, MN_HTML_CELL);
    bool has_row = row_index && page->stack[row_index].element->class == MN_HTML_ROW;
    uint32_t table_index =
        has_row ? find_below(page, row_index - 1, MN_HTML_TABLE, MN_HTML_TABLE, MN_HTML_CELL) : row_index;
    if (!table_index || !ensure_container(page, table_index, MN_TABLE))
        return;
    /* A row that has no element of its own is the table's last one as long as it is open. */
    struct mn_html_open *table = &page->stack[table_index], *row = has_row ? &page->stack[row_index] : table;
    if (has_row) {
        if (!row->container)
            close_to(page, table->container);
        if (!ensure_container(page, row_index, MN_ROW))
            return;
        close_to(page, row->container);
    } else {
        close_to(page, table->container + 1);
        if (innermost(page) != MN_ROW && !open_container(page, MN_ROW))
            return;
    }
    skip_covered(page, table, row);
    cover(page, table, row, attributes);
    cell->depth = page->leaves.builder.depth;
    cell->columns = attributes->columns < MN_HTML_COLUMNS ? attributes->columns : MN_HTML_COLUMNS;
    cell->container = open_container(page, MN_CELL);
    if (cell->container && cell->context.is_header_cell)
        node_at(page, page->leaves.builder.open)->flags |= MN_HEADER_CELL;
}

void mn_html_begin_container(struct mn_html_page *page, const struct mn_html_attributes *attributes)
{
    struct mn_html_open *open = mn_html_top(page);
    switch (open->element->class) {
    case MN_HTML_LIST:
        begin_list(page, attributes);
        break;
    case MN_HTML_ITEM:
        begin_item(page, attributes);
        break;
    case MN_HTML_CELL:
        begin_cell(page, attributes);
        break;
    case MN_HTML_QUOTE:
        enter_flow(page);
        open->container = open_container(page, MN_QUOTE);
        break;
    default: /* tables and rows begin with their first cell */
        break;
    }
}

/* The cells that rows above still cover at the end of a row. */
static void end_row(struct mn_html_page *page)
{
    uint32_t index = find_below(page, page->top - 1, MN_HTML_TABLE, MN_HTML_TABLE, MN_HTML_CELL);
    struct mn_html_open *row = mn_html_top(page);
    if (!index || !row->container)
        return;
    close_to(page, row->container);
    const struct mn_html_open *table = &page->stack[index];
    while (table->spans && row->column < MN_HTML_COLUMNS) {
        if (!table->spans[row->column])
            row->column++;
        else
            skip_covered(page, table, row);
    }
}

void mn_html_end_container(struct mn_html_page *page)
{
    struct mn_html_open *open = mn_html_top(page);
    if (open->element && open->element->class == MN_HTML_ROW)
        end_row(page);
    close_to(page, open->depth);
    if (open->element && open->element->class == MN_HTML_CELL && open->container) {
        for (uint32_t i = 1; i < open->columns; i++)
            add_empty_cell(page);
    }
    if (open->element && open->element->class == MN_HTML_ITEM) {
        page->item_numbering = MN_UNNUMBERED;
        page->item_ordinal = 0;
    }
}
