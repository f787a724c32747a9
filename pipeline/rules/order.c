#include "rules/order.h"

enum progress { NEW, OPEN, DONE };

struct walk {
    uint32_t *first; /* by number: where its edges start in `to` */
    uint32_t *to;
    uint32_t *next; /* by number: edge to follow next */
    uint32_t *path;
    uint8_t *progress;
    uint32_t *order;
    size_t depth, done;
};

bool mn_edges_add(struct mn_arena *arena, struct mn_edges *edges, uint32_t from, uint32_t to)
{
    struct mn_edge *edge = MN_APPEND(arena, &edges->items);
    if (edge)
        *edge = (struct mn_edge){from, to};
    return edge != NULL;
}

static bool prepare(struct mn_arena *arena, const struct mn_edges *edges, uint32_t count, struct walk *walk)
{
    size_t edge_count = edges->items.count;
    walk->first = mn_arena_zero(arena, ((size_t)count + 2) * sizeof *walk->first);
    walk->to = mn_arena_alloc(arena, (edge_count + 1) * sizeof *walk->to);
    walk->next = mn_arena_alloc(arena, ((size_t)count + 1) * sizeof *walk->next);
    walk->path = mn_arena_alloc(arena, ((size_t)count + 1) * sizeof *walk->path);
    walk->progress = mn_arena_zero(arena, (size_t)count + 1);
    if (!walk->first || !walk->to || !walk->next || !walk->path || !walk->progress)
        return false;
    for (size_t i = 0; i < edge_count; i++)
        walk->first[edges->items.items[i].from + 2]++;
    for (uint32_t i = 2; i < count + 2; i++)
        walk->first[i] += walk->first[i - 1];
    /* first[n + 1] is where n's edges start while they are filled in, and where they end afterwards */
    for (size_t i = 0; i < edge_count; i++)
        walk->to[walk->first[edges->items.items[i].from + 1]++] = edges->items.items[i].to;
    for (uint32_t i = 0; i < count; i++)
        walk->next[i] = walk->first[i];
    return true;
}

static void enter(struct walk *walk, uint32_t number)
{
    walk->progress[number] = OPEN;
    walk->path[walk->depth++] = number;
}

/* How many numbers of the path, from its end, lead back to this one. */
static size_t circle_length(const struct walk *walk, uint32_t number)
{
    size_t start = walk->depth - 1;
    while (walk->path[start] != number)
        start--;
    return walk->depth - start;
}

bool mn_edges_order(struct mn_arena *arena, const struct mn_edges *edges, uint32_t count, uint32_t *order,
                    void (*circle)(void *context, const uint32_t *path, size_t length), void *context)
{
    struct walk walk = {.order = order};
    if (!prepare(arena, edges, count, &walk))
        return false;
    for (uint32_t start = 0; start < count; start++) {
        if (walk.progress[start] == NEW)
            enter(&walk, start);
        while (walk.depth) {
            uint32_t top = walk.path[walk.depth - 1];
            if (walk.next[top] == walk.first[top + 1]) {
                walk.progress[top] = DONE;
                walk.order[walk.done++] = top;
                walk.depth--;
                continue;
            }
            uint32_t to = walk.to[walk.next[top]++];
            if (walk.progress[to] == NEW) {
                enter(&walk, to);
            } else if (walk.progress[to] == OPEN) {
                size_t length = circle_length(&walk, to);
                circle(context, walk.path + walk.depth - length, length);
            }
        }
    }
    return true;
}
