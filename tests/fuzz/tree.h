/* What holds of every tree that a reader hands on. */
#ifndef MN_TEST_FUZZ_TREE_H
#define MN_TEST_FUZZ_TREE_H

#include "document/document.h"
#include <stdlib.h>

static inline void check(bool holds)
{
    if (!holds)
        abort();
}

static inline void check_nodes(const struct mn_document *document)
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

#endif
