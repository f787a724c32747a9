/* Any bytes through read: no crash, no leak, no undefined behaviour; and a tree that holds together whenever it
 * succeeds. */
#include "read/read.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_nodes(const struct mn_document *document)
{
    uint32_t expected = 0;
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        check(node->after > i && node->after <= document->nodes.count);
        check(i == 0 || (node->parent < i && node->after <= document->nodes.items[node->parent].after));
        check(node->source_start <= node->source_end);
        if (node->kind == MN_FW)
            check(node->start < node->end && node->end <= document->furniture.size);
        if (!mn_node_is_leaf(node) || node->kind == MN_FW)
            continue;
        check(node->start == expected && node->start < node->end && node->end <= document->text.size);
        expected = node->end + 1;
    }
    check(expected == document->text.size + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = arena ? mn_document_create(arena) : NULL;
    if (document) {
        document->source.name = MN_LITERAL("input");
        struct mn_error error;
        if (mn_read((struct mn_slice){(const char *)data, size}, NULL, document, &error) == MN_OK)
            check_nodes(document);
    }
    mn_arena_destroy(arena);
    return 0;
}
