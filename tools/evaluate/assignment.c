#include "assignment.h"
#include <stdlib.h>

/* One connected part of the graph: its edges, and its nodes numbered from 1 on each side. */
struct part {
    const struct edge *edges;
    size_t edge_count;
    size_t lefts, rights;
};

struct graph {
    struct mn_arena *arena;
    size_t *root_of; /* union-find over the lefts, then the rights */
    size_t *number;  /* of a node within its part */
};

static size_t root(size_t *root_of, size_t node)
{
    while (root_of[node] != node) {
        root_of[node] = root_of[root_of[node]];
        node = root_of[node];
    }
    return node;
}

/* Edges with the root of their part, for sorting. */
struct rooted_edge {
    struct edge edge;
    size_t root;
};

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const struct edge *a, const struct edge *b)
{
    int order = compare_size(a->left, b->left);
    return order ? order : compare_size(a->right, b->right);
}

static int by_part(const void *left, const void *right)
{
    const struct rooted_edge *a = left;
    const struct rooted_edge *b = right;
    int order = compare_size(a->root, b->root);
    return order ? order : compare_places(&a->edge, &b->edge);
}

static int by_weight(const void *left, const void *right)
{
    const struct edge *a = left;
    const struct edge *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return compare_places(a, b);
}

/* Heaviest first. */
static bool solve_greedily(struct mn_arena *arena, const struct part *part, const size_t *number, size_t lefts,
                           size_t *right_of)
{
    struct edge *sorted = mn_arena_alloc(arena, part->edge_count * sizeof *sorted);
    bool *taken = mn_arena_zero(arena, part->lefts + part->rights + 2);
    if (!sorted || !taken)
        return false;
    memcpy(sorted, part->edges, part->edge_count * sizeof *sorted);
    qsort(sorted, part->edge_count, sizeof *sorted, by_weight);
    for (size_t e = 0; e < part->edge_count; e++) {
        size_t left = number[sorted[e].left];
        size_t right = part->lefts + number[lefts + sorted[e].right];
        if (taken[left] || taken[right])
            continue;
        taken[left] = taken[right] = true;
        right_of[sorted[e].left] = sorted[e].right;
    }
    return true;
}

/* The Hungarian method with potentials over a square cost matrix (Kuhn 1955; shortest augmenting paths after Jonker and
 * Volgenant 1987). Rows and columns are numbered from 1; column 0 is where a path begins. */
struct matrix {
    size_t size;
    int64_t *cost;               /* size × size */
    int64_t *of_row, *of_column; /* potentials */
    size_t *row_of;              /* of each column; 0: none */
    size_t *way;                 /* column before this one on the path */
    int64_t *slack;
    bool *visited;
};

static bool matrix_create(struct mn_arena *arena, size_t size, struct matrix *matrix)
{
    size_t nodes = size + 1;
    *matrix = (struct matrix){.size = size,
                              .cost = mn_arena_zero(arena, size * size * sizeof(int64_t)),
                              .of_row = mn_arena_zero(arena, nodes * sizeof(int64_t)),
                              .of_column = mn_arena_zero(arena, nodes * sizeof(int64_t)),
                              .row_of = mn_arena_zero(arena, nodes * sizeof(size_t)),
                              .way = mn_arena_zero(arena, nodes * sizeof(size_t)),
                              .slack = mn_arena_zero(arena, nodes * sizeof(int64_t)),
                              .visited = mn_arena_zero(arena, nodes * sizeof(bool))};
    return matrix->cost && matrix->of_row && matrix->of_column && matrix->row_of && matrix->way && matrix->slack &&
           matrix->visited;
}

/* Visits a column: lowers the slack of the others and returns the nearest of them. */
static size_t visit(struct matrix *matrix, size_t column, int64_t *distance)
{
    size_t row = matrix->row_of[column];
    size_t nearest = 0;
    matrix->visited[column] = true;
    *distance = INT64_MAX;
    for (size_t c = 1; c <= matrix->size; c++) {
        if (matrix->visited[c])
            continue;
        int64_t reduced = matrix->cost[(row - 1) * matrix->size + c - 1] - matrix->of_row[row] - matrix->of_column[c];
        if (reduced < matrix->slack[c]) {
            matrix->slack[c] = reduced;
            matrix->way[c] = column;
        }
        if (matrix->slack[c] < *distance) {
            *distance = matrix->slack[c];
            nearest = c;
        }
    }
    return nearest;
}

static void shift_potentials(struct matrix *matrix, int64_t distance)
{
    for (size_t c = 0; c <= matrix->size; c++) {
        if (matrix->visited[c]) {
            matrix->of_row[matrix->row_of[c]] += distance;
            matrix->of_column[c] -= distance;
        } else {
            matrix->slack[c] -= distance;
        }
    }
}

static void place_row(struct matrix *matrix, size_t row)
{
    size_t column = 0;
    matrix->row_of[0] = row;
    for (size_t c = 0; c <= matrix->size; c++) {
        matrix->slack[c] = INT64_MAX;
        matrix->visited[c] = false;
    }
    do {
        int64_t distance;
        size_t next = visit(matrix, column, &distance);
        shift_potentials(matrix, distance);
        column = next;
    } while (matrix->row_of[column]);
    while (column) {
        size_t before = matrix->way[column];
        matrix->row_of[column] = matrix->row_of[before];
        column = before;
    }
}

static bool solve_exactly(struct mn_arena *arena, const struct part *part, const size_t *number, size_t lefts,
                          size_t *right_of)
{
    struct matrix matrix;
    size_t size = part->lefts > part->rights ? part->lefts : part->rights;
    if (!matrix_create(arena, size, &matrix))
        return false;
    for (size_t e = 0; e < part->edge_count; e++) {
        const struct edge *edge = &part->edges[e];
        matrix.cost[(number[edge->left] - 1) * size + number[lefts + edge->right] - 1] = -edge->weight;
    }
    for (size_t row = 1; row <= size; row++)
        place_row(&matrix, row);
    for (size_t e = 0; e < part->edge_count; e++) {
        const struct edge *edge = &part->edges[e];
        if (matrix.row_of[number[lefts + edge->right]] == number[edge->left])
            right_of[edge->left] = edge->right;
    }
    return true;
}

/* Numbers the nodes of a part's edges on each side. */
static struct part number_part(const struct edge *edges, size_t count, size_t lefts, size_t *number)
{
    struct part part = {edges, count, 0, 0};
    for (size_t e = 0; e < count; e++) {
        if (!number[edges[e].left])
            number[edges[e].left] = ++part.lefts;
        if (!number[lefts + edges[e].right])
            number[lefts + edges[e].right] = ++part.rights;
    }
    return part;
}

/* The edges sorted part by part, with the root of each. */
static struct rooted_edge *sort_by_part(const struct graph *graph, const struct edge_list *edges, size_t lefts)
{
    struct rooted_edge *sorted = mn_arena_alloc(graph->arena, edges->count * sizeof *sorted);
    if (!sorted)
        return NULL;
    for (size_t e = 0; e < edges->count; e++) {
        size_t left = root(graph->root_of, edges->items[e].left);
        graph->root_of[root(graph->root_of, lefts + edges->items[e].right)] = left;
    }
    for (size_t e = 0; e < edges->count; e++)
        sorted[e] = (struct rooted_edge){edges->items[e], root(graph->root_of, edges->items[e].left)};
    qsort(sorted, edges->count, sizeof *sorted, by_part);
    return sorted;
}

static bool solve_parts(const struct graph *graph, const struct rooted_edge *sorted, size_t count, size_t lefts,
                        size_t *right_of)
{
    struct edge *plain = mn_arena_alloc(graph->arena, count * sizeof *plain);
    if (!plain)
        return false;
    for (size_t e = 0; e < count; e++)
        plain[e] = sorted[e].edge;
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start; end < count && sorted[end].root == sorted[start].root;)
            end++;
        struct part part = number_part(plain + start, end - start, lefts, graph->number);
        bool small = part.lefts <= ASSIGNMENT_EXACT && part.rights <= ASSIGNMENT_EXACT;
        if (!(small ? solve_exactly : solve_greedily)(graph->arena, &part, graph->number, lefts, right_of))
            return false;
    }
    return true;
}

bool assignment_find(struct mn_arena *arena, const struct edge_list *edges, size_t lefts, size_t rights,
                     size_t *right_of)
{
    size_t nodes = lefts + rights;
    if (!edges->count)
        return true;
    struct graph graph = {arena, mn_arena_alloc(arena, nodes * sizeof(size_t)),
                          mn_arena_zero(arena, nodes * sizeof(size_t))};
    if (!graph.root_of || !graph.number)
        return false;
    for (size_t node = 0; node < nodes; node++)
        graph.root_of[node] = node;
    const struct rooted_edge *sorted = sort_by_part(&graph, edges, lefts);
    return sorted && solve_parts(&graph, sorted, edges->count, lefts, right_of);
}
