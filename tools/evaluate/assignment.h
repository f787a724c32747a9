/* Assignment: the set of pairs with the greatest total weight in which nothing is paired twice. */
#ifndef EVALUATE_ASSIGNMENT_H
#define EVALUATE_ASSIGNMENT_H

#include "base/arena.h"

struct edge {
    size_t left, right;
    int64_t weight; /* above 0 */
};

struct edge_list {
    struct edge *items;
    size_t count, capacity;
};

/* Sets right_of[left] for the lefts that are paired and leaves the others as they are. Solved exactly for each
 * connected part with at most ASSIGNMENT_EXACT nodes on its larger side (Hungarian method, cubic), by falling weight
 * for greater ones. Equal weights: smaller left, then smaller right. False when memory is out. */
bool assignment_find(struct mn_arena *arena, const struct edge_list *edges, size_t lefts, size_t rights,
                     size_t *right_of);

enum { ASSIGNMENT_EXACT = 300 };

#endif
