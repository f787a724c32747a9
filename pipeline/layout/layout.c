#include "layout/layout.h"

#include "base/deadline.h"
#include "base/utf8.h"
#include "layout/work.h"

struct writing {
    struct work *work;
    struct mn_builder builder;
    char *folded;
    size_t capacity;
    bool failed;
};

static struct mn_node *add_leaf(struct writing *writing, enum mn_node_kind kind, struct mn_slice raw, uint32_t page)
{
    size_t bound = mn_utf8_fold_bound(raw.size);
    if (bound > writing->capacity) {
        writing->capacity = 2 * bound;
        writing->folded = mn_arena_alloc(writing->work->arena, writing->capacity);
    }
    size_t size = writing->folded ? mn_utf8_fold(raw, writing->folded) : SIZE_MAX;
    if (size == SIZE_MAX) {
        writing->failed = true;
        return NULL;
    }
    uint32_t index = mn_builder_leaf(&writing->builder, kind, (struct mn_slice){writing->folded, size}, 0);
    if (index == MN_NONE)
        return NULL;
    struct mn_node *node = &writing->work->document->nodes.items[index];
    node->page = writing->work->pages->items[page].number;
    node->gap = 1;
    return node;
}

/* Bytes of the folded text before the page's end, the space between the two included. */
static uint32_t folded_turn(struct writing *writing, const struct block *block)
{
    struct mn_slice before = mn_slice_cut(block->text, 0, block->turn);
    size_t size = block->turn > 0 ? mn_utf8_fold(before, writing->folded) : 0;
    if (size == SIZE_MAX) {
        writing->failed = true;
        return 0;
    }
    return (uint32_t)size + (block->turn < block->text.size && block->text.data[block->turn] == ' ' && size > 0);
}

static void write_cell(struct writing *writing, const struct block *table, uint32_t index)
{
    const struct cell *cell = &table->cells[index];
    uint32_t node = mn_builder_open(&writing->builder, MN_CELL);
    if (node != MN_NONE)
        writing->work->document->nodes.items[node].page = writing->work->pages->items[cell->page].number;
    if (cell->text.size > 0)
        add_leaf(writing, MN_P, cell->text, cell->page);
    mn_builder_close(&writing->builder);
}

static void write_table(struct writing *writing, const struct block *table)
{
    mn_builder_open(&writing->builder, MN_TABLE);
    for (uint32_t row = 0; row < table->rows; row++) {
        mn_builder_open(&writing->builder, MN_ROW);
        for (uint32_t column = 0; column < table->columns; column++)
            write_cell(writing, table, row * table->columns + column);
        mn_builder_close(&writing->builder);
    }
    mn_builder_close(&writing->builder);
}

static void write_block(struct writing *writing, const struct block *block)
{
    static const enum mn_node_kind kinds[] = {
        [BLOCK_PARAGRAPH] = MN_P, [BLOCK_HEADING] = MN_HEAD, [BLOCK_TABLE] = MN_TABLE, [BLOCK_FURNITURE] = MN_FW};
    if (block->kind == BLOCK_TABLE) {
        write_table(writing, block);
        return;
    }
    struct mn_node *node = add_leaf(writing, kinds[block->kind], block->text, block->page);
    if (!node || block->kind == BLOCK_FURNITURE)
        return;
    node->turn = folded_turn(writing, block);
    node->flags = (uint8_t)((block->bold ? MN_BOLD : 0) | (block->set_off ? MN_SET_OFF : 0) |
                            (block->continues ? MN_CONTINUES : 0));
    node->level = block->level;
}

enum mn_status mn_layout(const struct mn_pages *pages, struct mn_document *document, struct mn_error *error)
{
    struct work work = {.pages = pages, .arena = document->arena, .document = document};
    if (!mn_layout_lines(&work) || !mn_layout_furniture(&work) || !mn_layout_blocks(&work))
        return mn_deadline_passed() ? mn_fail_late(error) : mn_fail_memory(error);
    struct writing writing = {.work = &work};
    mn_builder_init(&writing.builder, document);
    for (size_t i = 0; i < work.blocks.count && !writing.failed; i++)
        write_block(&writing, &work.blocks.items[i]);
    enum mn_status status = mn_builder_finish(&writing.builder, error);
    return status == MN_OK && writing.failed ? mn_fail_memory(error) : status;
}
