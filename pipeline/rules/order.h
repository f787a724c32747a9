/* What has to come before what. */
#ifndef MN_RULES_ORDER_H
#define MN_RULES_ORDER_H

#include "base/arena.h"

struct mn_edge {
    uint32_t from, to; /* `to` has to come first */
};

/* Zero-initialise it. */
struct mn_edges {
    MN_VECTOR(struct mn_edge) items;
};

bool mn_edges_add(struct mn_arena *arena, struct mn_edges *edges, uint32_t from, uint32_t to);

/* Puts the numbers 0 .. count - 1 into `order` so that every edge's `to` stands before its `from`, and otherwise as
 * they are: a number moves forward only when one before it needs it. Each circle is told once, in full (the last needs
 * the first again), and then broken. Linear in numbers and edges; false when memory is out. */
bool mn_edges_order(struct mn_arena *arena, const struct mn_edges *edges, uint32_t count, uint32_t *order,
                    void (*circle)(void *context, const uint32_t *path, size_t length), void *context);

#endif
