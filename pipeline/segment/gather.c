/* Read's nodes as a flat list of blocks. Tables and lists that only lay out a page (they hold headings, tables or
 * several blocks to a cell) are dissolved: their cells' blocks stand one after the other, and a cell that holds only a
 * number becomes the enumerator of what stands beside it. */
#include "segment/blocks.h"

#include "base/limits.h"
#include "base/utf8.h"

/* From so many blocks in one cell a table of two columns is no data. */
#define BLOCKS_OF_LAYOUT 3
#define LONGEST_MINUTE_NUMBER 20

struct layout {
    uint32_t widest_row; /* cells */
    uint32_t fullest_cell, cells;
    bool has_head, has_container, number_cells;
};

void mn_block_measure(const struct work *work, struct block *block)
{
    block->length = (uint32_t)mn_utf8_length(block->text);
    block->mark = mn_mark_read(block->text);
    block->ending = (uint8_t)mn_text_ending(work->segmentation, block->text);
}

static const struct mn_node *node_at(const struct work *work, uint32_t index)
{
    return &work->document->nodes.items[index];
}

static struct mn_slice node_text(const struct work *work, const struct mn_node *node)
{
    const struct mn_document *document = work->document;
    return mn_slice_cut(node->kind == MN_FW ? document->furniture : document->text, node->start, node->end);
}

/* The enumerator that a text without words is: "3", "3.", "(a)", "16/01/08"; SHAPE_NONE for any other text. */
static struct mark number_mark(struct mn_slice text)
{
    struct mark mark = mn_mark_read(text);
    if (mark.shape != SHAPE_NONE)
        return mark.shape != SHAPE_BULLET && mark_is_alone(&mark, text) ? mark : (struct mark){.shape = SHAPE_NONE};
    return text.size <= LONGEST_MINUTE_NUMBER ? mn_mark_minute_number(text) : mark;
}

static bool is_number_only(struct mn_slice text)
{
    return number_mark(text).shape != SHAPE_NONE;
}

/* The only leaf of a cell, or null. */
static const struct mn_node *only_leaf(const struct work *work, uint32_t cell)
{
    const struct mn_node *node = node_at(work, cell);
    const struct mn_node *leaf = node->after == cell + 2 ? node_at(work, cell + 1) : NULL;
    return leaf && mn_node_is_leaf(leaf) && leaf->kind != MN_FW ? leaf : NULL;
}

/* ---- which containers are layout ---- */

static void survey_cell(const struct work *work, uint32_t cell, struct layout *layout)
{
    uint32_t leaves = 0;
    for (uint32_t i = cell + 1; i < node_at(work, cell)->after; ++i) {
        uint8_t kind = node_at(work, i)->kind;
        leaves += kind >= MN_HEAD && kind != MN_FW;
        layout->has_head |= kind == MN_HEAD;
        layout->has_container |= kind < MN_HEAD;
    }
    if (leaves > layout->fullest_cell)
        layout->fullest_cell = leaves;
    ++layout->cells;
    const struct mn_node *leaf = only_leaf(work, cell);
    layout->number_cells |= leaf && is_number_only(node_text(work, leaf));
}

static struct layout survey_table(const struct work *work, uint32_t table)
{
    struct layout layout = {0};
    uint32_t row_cells = 0;
    uint32_t end = node_at(work, table)->after;
    for (uint32_t i = table + 1; i < end;) {
        const struct mn_node *node = node_at(work, i);
        if (node->kind == MN_ROW)
            row_cells = 0;
        if (node->kind != MN_CELL) {
            ++i;
            continue;
        }
        survey_cell(work, i, &layout);
        if (++row_cells > layout.widest_row)
            layout.widest_row = row_cells;
        i = node->after;
    }
    return layout;
}

static bool is_layout_table(const struct work *work, uint32_t table)
{
    struct layout layout = survey_table(work, table);
    if (layout.has_head || layout.widest_row <= 1)
        return true;
    if (layout.widest_row == 2 && layout.number_cells)
        return layout.fullest_cell > 1 || layout.has_container;
    return layout.widest_row == 2 && (layout.has_container || layout.fullest_cell >= BLOCKS_OF_LAYOUT);
}

static bool holds_head(const struct work *work, uint32_t container)
{
    for (uint32_t i = container + 1; i < node_at(work, container)->after; ++i)
        if (node_at(work, i)->kind == MN_HEAD)
            return true;
    return false;
}

/* Marks in `dissolved` what is to be left out, each node looked at a bounded number of times: a table inside a
 * dissolved table is looked at again, one inside a table of data goes with it. */
static void find_layout(const struct work *work, bool *dissolved)
{
    size_t count = work->document->nodes.count;
    for (uint32_t i = 1; i < count; ++i) {
        const struct mn_node *node = node_at(work, i);
        switch (node->kind) {
        case MN_DIV:
            dissolved[i] = true;
            break;
        case MN_TABLE:
            dissolved[i] = is_layout_table(work, i);
            break;
        case MN_LIST:
            dissolved[i] = holds_head(work, i);
            break;
        case MN_ROW:
        case MN_CELL:
        case MN_ITEM:
            dissolved[i] = dissolved[node->parent];
            break;
        default:
            break;
        }
    }
}

/* ---- the flat list ---- */

struct gathering {
    struct work *work;
    const bool *dissolved;
    uint32_t open[MN_LIMIT_NESTING + 2]; /* nodes whose BLOCK_CLOSE is due */
    size_t depth;
    struct mn_slice number; /* of a dissolved number cell, waiting for its neighbour */
    bool failed;
};

static struct block *add(struct gathering *gathering, enum block_what what, const struct mn_node *node)
{
    struct block *block = MN_APPEND(gathering->work->arena, &gathering->work->blocks);
    if (!block) {
        gathering->failed = true;
        return NULL;
    }
    *block = (struct block){.what = (uint8_t)what,
                            .kind = node->kind,
                            .flags = node->flags,
                            .level = node->level,
                            .numbering = node->numbering,
                            .ordinal = node->ordinal,
                            .page = node->page,
                            .turn = node->turn,
                            .gap = node->gap,
                            .source_start = node->source_start,
                            .source_end = node->source_end};
    return block;
}

static void close_until(struct gathering *gathering, uint32_t index)
{
    while (gathering->depth > 0) {
        const struct mn_node *node = node_at(gathering->work, gathering->open[gathering->depth - 1]);
        if (index < node->after)
            return;
        add(gathering, BLOCK_CLOSE, node);
        --gathering->depth;
    }
}

/* Puts the waiting number before the leaf's text. */
static void number_leaf(struct gathering *gathering, struct block *block)
{
    struct mn_slice number = gathering->number;
    gathering->number = MN_EMPTY;
    size_t size = number.size + 1 + block->text.size;
    char *joined = mn_arena_alloc(gathering->work->arena, size);
    if (!joined) {
        gathering->failed = true;
        return;
    }
    memcpy(joined, number.data, number.size);
    joined[number.size] = ' ';
    memcpy(joined + number.size + 1, block->text.data, block->text.size);
    struct mark mark = number_mark(number);
    mark.size = (uint16_t)(number.size + 1);
    block->text = (struct mn_slice){joined, size};
    block->turn += block->turn > 0 ? (uint32_t)number.size + 1 : 0;
    mn_block_measure(gathering->work, block);
    block->mark = mark;
    block->traits |= TRAIT_NUMBER_APART;
}

static void add_leaf(struct gathering *gathering, uint32_t index)
{
    const struct mn_node *node = node_at(gathering->work, index);
    struct mn_slice text = node_text(gathering->work, node);
    if (text.size == 0)
        return;
    struct block *block = add(gathering, BLOCK_LEAF, node);
    if (!block)
        return;
    block->text = text;
    block->use = node->kind == MN_FW ? USE_FURNITURE : node->kind == MN_HEAD ? USE_HEAD : USE_TEXT;
    if (node->kind == MN_AB || node->kind == MN_P) {
        block->indent = node->level;
        block->level = 0;
    }
    if (node->kind == MN_AB) {
        block->traits |= TRAIT_LINE;
        block->kind = MN_P;
    }
    mn_block_measure(gathering->work, block);
    if (gathering->number.size > 0 && node->kind != MN_FW)
        number_leaf(gathering, block);
}

/* In a dissolved row: is this leaf a number cell with something beside it in the row? */
static bool keeps_number(struct gathering *gathering, uint32_t index)
{
    const struct work *work = gathering->work;
    uint32_t cell = node_at(work, index)->parent;
    const struct mn_node *cell_node = node_at(work, cell);
    if (cell_node->kind != MN_CELL || !gathering->dissolved[cell] || only_leaf(work, cell) == NULL)
        return false;
    const struct mn_node *row = node_at(work, cell_node->parent);
    if (row->kind != MN_ROW || cell_node->after + 1 >= row->after)
        return false;
    uint32_t neighbour = cell_node->after + 1;
    return mn_node_is_leaf(node_at(work, neighbour)) && node_at(work, neighbour)->kind != MN_FW &&
           is_number_only(node_text(work, node_at(work, index)));
}

/* "16/01/08" alone, over a heading of the format: the number of the minute. */
static bool numbers_heading(const struct gathering *gathering, uint32_t index)
{
    const struct work *work = gathering->work;
    const struct mn_node *node = node_at(work, index);
    if (index + 1 >= work->document->nodes.count || node_at(work, index + 1)->kind != MN_HEAD || node->kind == MN_FW)
        return false;
    return is_number_only(node_text(work, node));
}

static void gather_node(struct gathering *gathering, uint32_t index)
{
    const struct mn_node *node = node_at(gathering->work, index);
    close_until(gathering, index);
    if (mn_node_is_leaf(node)) {
        if (gathering->number.size == 0 && (keeps_number(gathering, index) || numbers_heading(gathering, index)))
            gathering->number = node_text(gathering->work, node);
        else
            add_leaf(gathering, index);
        return;
    }
    if (gathering->dissolved[index] || gathering->depth >= MN_LIMIT_NESTING)
        return;
    if (add(gathering, BLOCK_OPEN, node))
        gathering->open[gathering->depth++] = index;
}

bool mn_gather_blocks(struct work *work)
{
    size_t count = work->document->nodes.count;
    bool *dissolved = mn_arena_zero(work->arena, count ? count : 1);
    if (!dissolved || !MN_RESERVE(work->arena, &work->blocks, count ? count : 1))
        return false;
    find_layout(work, dissolved);
    struct gathering gathering = {.work = work, .dissolved = dissolved};
    for (uint32_t i = 1; i < count; ++i)
        gather_node(&gathering, i);
    close_until(&gathering, UINT32_MAX);
    return !gathering.failed;
}

size_t mn_next_leaf(const struct work *work, size_t at)
{
    for (size_t i = at + 1; i < work->blocks.count; ++i) {
        const struct block *block = &work->blocks.items[i];
        if (block->what != BLOCK_LEAF)
            break;
        if (block->use != USE_FURNITURE)
            return i;
    }
    return work->blocks.count;
}

size_t mn_previous_leaf(const struct work *work, size_t at)
{
    for (size_t i = at; i-- > 0;) {
        const struct block *block = &work->blocks.items[i];
        if (block->what != BLOCK_LEAF)
            break;
        if (block->use != USE_FURNITURE)
            return i;
    }
    return work->blocks.count;
}
