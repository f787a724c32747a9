#include "document/document.h"

void mn_builder_init(struct mn_builder *builder, struct mn_document *document)
{
    *builder = (struct mn_builder){.document = document, .open = MN_NONE};
    document->nodes.items = NULL;
    document->nodes.count = document->nodes.capacity = 0;
    builder->open = mn_builder_open(builder, MN_BODY);
    builder->depth = 0;
}

static uint32_t add_node(struct mn_builder *builder, enum mn_node_kind kind)
{
    struct mn_document *document = builder->document;
    if (builder->failed || document->nodes.count >= MN_NONE - 1) {
        builder->failed = true;
        return MN_NONE;
    }
    struct mn_node *node = MN_APPEND(document->arena, &document->nodes);
    if (!node) {
        builder->failed = true;
        return MN_NONE;
    }
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
                     furniture ? &builder->furniture_capacity : &builder->capacity, text)) {
        builder->failed = true;
        return MN_NONE;
    }
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

enum mn_status mn_builder_finish(struct mn_builder *builder, struct mn_error *error)
{
    while (!builder->failed && builder->depth)
        mn_builder_close(builder);
    if (builder->failed)
        return mn_fail_memory(error);
    struct mn_document *document = builder->document;
    document->nodes.items[0].after = (uint32_t)document->nodes.count;
    set_ranges(document->nodes.items, document->nodes.count);
    document->text = (struct mn_slice){builder->text, builder->size};
    document->furniture = (struct mn_slice){builder->furniture, builder->furniture_size};
    return MN_OK;
}
