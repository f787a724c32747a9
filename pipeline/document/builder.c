#include "document/document.h"

#include "base/deadline.h"

void mn_builder_init(struct mn_builder *builder, struct mn_document *document)
{
    *builder = (struct mn_builder){.document = document, .open = MN_NONE};
    document->nodes.items = NULL;
    document->nodes.count = document->nodes.capacity = 0;
    builder->open = mn_builder_open(builder, MN_BODY);
    builder->depth = 0;
}

/* How often it is asked for the time. */
enum { BLOCKS_BETWEEN_LOOKS = 256 };

static uint32_t fail(struct mn_builder *builder, enum mn_status reason)
{
    builder->failed = true;
    builder->reason = reason;
    return MN_NONE;
}

static uint32_t add_node(struct mn_builder *builder, enum mn_node_kind kind)
{
    struct mn_document *document = builder->document;
    if (builder->failed)
        return MN_NONE;
    if (document->nodes.count >= document->limits.blocks || document->nodes.count >= MN_NONE - 1)
        return fail(builder, MN_OVER_LIMIT);
    if (document->nodes.count % BLOCKS_BETWEEN_LOOKS == 0 && mn_deadline_passed())
        return fail(builder, MN_OVER_TIME);
    struct mn_node *node = MN_APPEND(document->arena, &document->nodes);
    if (!node)
        return fail(builder, MN_NO_MEMORY);
    uint32_t index = (uint32_t)(document->nodes.count - 1);
    *node = (struct mn_node){.kind = (uint8_t)kind, .parent = builder->open, .after = index + 1};
    return index;
}

uint32_t mn_builder_open(struct mn_builder *builder, enum mn_node_kind kind)
{
    uint32_t index = add_node(builder, kind);
    if (index == MN_NONE)
        return MN_NONE;
    builder->open = index;
    builder->depth++;
    return index;
}

void mn_builder_close(struct mn_builder *builder)
{
    if (builder->failed || builder->depth == 0)
        return;
    struct mn_node *nodes = builder->document->nodes.items;
    nodes[builder->open].after = (uint32_t)builder->document->nodes.count;
    builder->open = nodes[builder->open].parent;
    builder->depth--;
}

/* Appends a line to a growing text: a newline before it unless it is the first. False when memory or room is out. */
static bool append_line(struct mn_arena *arena, char **text, size_t *size, size_t *capacity, struct mn_slice line)
{
    size_t needed = *size + line.size + 1;
    if (needed >= UINT32_MAX)
        return false;
    if (needed > *capacity) {
        *text = mn_arena_array(arena, *text, capacity, needed, 1);
        if (needed > *capacity)
            return false;
    }
    if (*size)
        (*text)[(*size)++] = '\n';
    memcpy(*text + *size, line.data, line.size);
    *size += line.size;
    return true;
}

uint32_t mn_builder_leaf(struct mn_builder *builder, enum mn_node_kind kind, struct mn_slice text, size_t enumerator)
{
    if (!text.size)
        return MN_NONE;
    uint32_t index = add_node(builder, kind);
    if (index == MN_NONE)
        return MN_NONE;
    bool furniture = kind == MN_FW;
    size_t *size = furniture ? &builder->furniture_size : &builder->size;
    if (!append_line(builder->document->arena, furniture ? &builder->furniture : &builder->text, size,
                     furniture ? &builder->furniture_capacity : &builder->capacity, text))
        return fail(builder, MN_NO_MEMORY);
    struct mn_node *node = &builder->document->nodes.items[index];
    node->end = (uint32_t)*size;
    node->start = (uint32_t)(*size - text.size);
    node->content = node->start + (uint32_t)enumerator;
    return index;
}

/* Containers span their leaves. Backwards, so that what is inside is known first. */
static void set_ranges(struct mn_node *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!mn_node_is_leaf(&nodes[i]))
            nodes[i].start = UINT32_MAX, nodes[i].end = 0;
    for (size_t i = count; i-- > 1;) {
        struct mn_node *node = &nodes[i], *parent = &nodes[node->parent];
        if (node->kind == MN_FW || node->start == UINT32_MAX)
            continue;
        if (node->start < parent->start)
            parent->start = node->start;
        if (node->end > parent->end)
            parent->end = node->end;
    }
    uint32_t position = 0; /* empty containers stand where the text before them ends */
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].start == UINT32_MAX)
            nodes[i].start = nodes[i].end = position;
        if (!mn_node_is_leaf(&nodes[i]))
            nodes[i].content = nodes[i].start;
        else if (nodes[i].kind != MN_FW)
            position = nodes[i].end;
    }
}

static enum mn_status tell(const struct mn_builder *builder, struct mn_error *error)
{
    const struct mn_document *document = builder->document;
    if (builder->reason == MN_OVER_TIME)
        return mn_fail_late(error);
    if (builder->reason == MN_NO_MEMORY)
        return mn_fail_memory(error);
    return mn_fail(error, MN_OVER_LIMIT,
                   "%.*s: more than %zu blocks (paragraphs, items, cells …): split it, or raise --max-blocks",
                   MN_SLICE_ARGS(document->source.name), document->limits.blocks);
}

enum mn_status mn_builder_finish(struct mn_builder *builder, struct mn_error *error)
{
    while (!builder->failed && builder->depth)
        mn_builder_close(builder);
    if (builder->failed)
        return tell(builder, error);
    struct mn_document *document = builder->document;
    document->nodes.items[0].after = (uint32_t)document->nodes.count;
    set_ranges(document->nodes.items, document->nodes.count);
    document->text = (struct mn_slice){builder->text, builder->size};
    document->furniture = (struct mn_slice){builder->furniture, builder->furniture_size};
    return MN_OK;
}
