#include "assignment.h"
#include "pairing.h"
#include <criterion/criterion.h>

static int64_t total(const struct edge_list *edges, const size_t *right_of)
{
    int64_t sum = 0;
    for (size_t e = 0; e < edges->count; e++) {
        if (right_of[edges->items[e].left] == edges->items[e].right)
            sum += edges->items[e].weight;
    }
    return sum;
}

static void solve(const struct edge_list *edges, size_t lefts, size_t rights, size_t *right_of)
{
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < lefts; i++)
        right_of[i] = UNPAIRED;
    cr_assert(assignment_find(arena, edges, lefts, rights, right_of));
    mn_arena_destroy(arena);
}

Test(assignment, is_better_than_greedy)
{
    struct edge items[] = {{0, 0, 10}, {0, 1, 9}, {1, 0, 9}};
    size_t right_of[2];
    solve(&(struct edge_list){items, 3, 3}, 2, 2, right_of);
    cr_expect_eq(right_of[0], 1);
    cr_expect_eq(right_of[1], 0);
}

Test(assignment, leaves_the_unconnected_alone)
{
    struct edge items[] = {{2, 1, 5}};
    size_t right_of[3];
    solve(&(struct edge_list){items, 1, 1}, 3, 2, right_of);
    cr_expect_eq(right_of[0], UNPAIRED);
    cr_expect_eq(right_of[1], UNPAIRED);
    cr_expect_eq(right_of[2], 1);
    solve(&(struct edge_list){NULL, 0, 0}, 3, 2, right_of);
    cr_expect_eq(right_of[2], UNPAIRED);
}

enum { SIDE = 5 };

/* The greatest total, by trying: each left takes one of the rights or none, as the digits of `choice` say. */
static int64_t best_by_trying(int64_t weights[SIDE][SIDE])
{
    int64_t best = 0;
    for (size_t choice = 0; choice < 7776; choice++) {
        bool taken[SIDE] = {false};
        int64_t sum = 0;
        size_t rest = choice;
        for (size_t left = 0; left < SIDE; left++, rest /= SIDE + 1) {
            size_t right = rest % (SIDE + 1);
            if (right == SIDE)
                continue;
            sum += taken[right] ? INT32_MIN : weights[left][right];
            taken[right] = true;
        }
        best = sum > best ? sum : best;
    }
    return best;
}

Test(assignment, equals_trying_everything)
{
    uint32_t state = 1;
    for (size_t round = 0; round < 200; round++) {
        int64_t weights[SIDE][SIDE];
        struct edge items[SIDE * SIDE];
        struct edge_list edges = {items, 0, SIDE * SIDE};
        size_t right_of[SIDE];
        for (size_t cell = 0; cell < SIDE * SIDE; cell++) {
            state = state * 1664525 + 1013904223;
            int64_t weight = state >> 31 ? (state >> 20) % 50 : 0;
            weights[cell / SIDE][cell % SIDE] = weight;
            if (weight)
                items[edges.count++] = (struct edge){cell / SIDE, cell % SIDE, weight};
        }
        solve(&edges, SIDE, SIDE, right_of);
        cr_assert_eq(total(&edges, right_of), best_by_trying(weights), "round %zu", round);
    }
}

/* More nodes than are solved exactly: every left has two rights; the heavier edges are a perfect assignment. */
Test(assignment, large_parts_are_solved_greedily)
{
    enum { COUNT = ASSIGNMENT_EXACT + 1 };
    static struct edge items[2 * COUNT];
    static size_t right_of[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        items[2 * i] = (struct edge){i, i, 2};
        items[2 * i + 1] = (struct edge){i, (i + 1) % COUNT, 1};
    }
    solve(&(struct edge_list){items, 2 * COUNT, 2 * COUNT}, COUNT, COUNT, right_of);
    for (size_t i = 0; i < COUNT; i++)
        cr_assert_eq(right_of[i], i);
}
