#include "interpret/leaves.h"

#include "base/bisect.h"

static bool holds_text(const struct mn_node *node)
{
    return mn_node_is_leaf(node) && node->kind != MN_FW && node->end > node->start;
}

static void count_point(struct mn_points *points, const struct mn_node *node)
{
    points->heads += node->kind == MN_HEAD && node->numbering == MN_DECIMAL;
    points->paragraphs += node->kind == MN_P && node->numbering == MN_DECIMAL;
}

bool mn_leaves_index(const struct mn_document *document, struct mn_arena *arena, struct mn_leaves *leaves)
{
    size_t room = document->nodes.count + 1;
    uint32_t heads = 0;
    struct mn_points points = {0};
    leaves->count = 0;
    leaves->starts = mn_arena_alloc(arena, room * sizeof *leaves->starts);
    leaves->heads = mn_arena_alloc(arena, room * sizeof *leaves->heads);
    leaves->points = mn_arena_alloc(arena, room * sizeof *leaves->points);
    if (!leaves->starts || !leaves->heads || !leaves->points)
        return false;
    for (size_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (holds_text(node)) {
            count_point(&points, node);
            leaves->points[leaves->count] = points;
            leaves->starts[leaves->count] = node->start;
            leaves->heads[leaves->count++] = heads;
            heads += node->kind == MN_HEAD;
        }
    }
    return true;
}

/* The leaf that holds a byte: the last that does not start behind it. */
static size_t leaf_at(const struct mn_leaves *leaves, uint32_t byte)
{
    size_t through = mn_count_below(leaves->starts, sizeof *leaves->starts, 0, leaves->count, (uint64_t)byte + 1);
    return through ? through - 1 : 0;
}

uint32_t mn_leaves_between(const struct mn_leaves *leaves, uint32_t end, uint32_t start)
{
    size_t before = leaf_at(leaves, end ? end - 1 : 0), behind = leaf_at(leaves, start);
    return behind > before ? (uint32_t)(behind - before - 1) : 0;
}

uint32_t mn_leaves_heads_between(const struct mn_leaves *leaves, uint32_t end, uint32_t start)
{
    size_t before = leaf_at(leaves, end ? end - 1 : 0), behind = leaf_at(leaves, start);
    if (leaves->count == 0 || behind <= before + 1)
        return 0;
    return leaves->heads[behind] - leaves->heads[before + 1];
}

bool mn_leaves_point_begins(const struct mn_leaves *leaves, uint32_t end, uint32_t start)
{
    size_t before = leaf_at(leaves, end ? end - 1 : 0), behind = leaf_at(leaves, start);
    if (leaves->count == 0 || behind <= before)
        return false;
    const struct mn_points *from = &leaves->points[before], *to = &leaves->points[behind];
    uint32_t earlier = before ? leaves->points[before - 1].paragraphs : 0;
    return to->heads > from->heads || (from->paragraphs > earlier && to->paragraphs > from->paragraphs);
}

enum { LONGEST_MARK = 8 }; /* bytes of a number and a quotation mark before a leaf's words */

bool mn_leaves_is_headed(const struct mn_leaves *leaves, uint32_t start)
{
    size_t leaf = leaf_at(leaves, start);
    return leaf > 0 && leaf < leaves->count && start - leaves->starts[leaf] <= LONGEST_MARK &&
           leaves->heads[leaf] > leaves->heads[leaf - 1];
}

uint32_t mn_leaf_list(const struct mn_document *document, uint32_t leaf)
{
    uint32_t node = leaf;
    while (node < document->nodes.count) {
        uint32_t parent = document->nodes.items[node].parent;
        if (document->nodes.items[node].kind == MN_ITEM)
            return parent;
        node = parent;
    }
    return MN_NONE;
}

struct mn_gap mn_gap(const struct mn_leaves *leaves, const struct mn_span *find, const struct mn_span *giver)
{
    bool behind = find->start >= giver->start;
    const struct mn_span *first = behind ? giver : find, *second = behind ? find : giver;
    struct mn_gap gap = {.holds = find->start <= giver->start && find->end >= giver->end};
    if (gap.holds)
        return gap;
    gap.leaves = mn_leaves_between(leaves, first->end, second->start);
    gap.tokens = second->first_token > first->end_token ? second->first_token - first->end_token : 0;
    gap.distance = (uint64_t)gap.leaves << 32 | (second->start > first->end ? second->start - first->end : 0);
    return gap;
}

bool mn_gap_allows(const struct mn_gap *gap, const struct mn_give *give)
{
    return gap->leaves <= give->within && gap->tokens <= give->tokens;
}
