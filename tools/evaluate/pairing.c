#include "pairing.h"
#include "agreement.h"
#include "assignment.h"
#include "words.h"

/* What weighs how much when pairs are chosen: overlap (thousandths), equal values (0 to 2), likeness of the note
 * (thousandths), distance in text order (squared and cut, so that equal quotes pair in order). Each outweighs those
 * behind it. */
#define WEIGHT_OVERLAP INT64_C(1000000000)
#define WEIGHT_VALUE INT64_C(100000000)
#define WEIGHT_NOTE INT64_C(10000)
#define WEIGHT_ORDER INT64_C(9999)

static struct overlap better(struct overlap a, struct overlap b)
{
    if (a.possible != b.possible)
        return a.possible ? a : b;
    return b.score > a.score ? b : a;
}

/* The best overlap of any quote of one with any quote of the other. */
static bool quotes_overlap(struct mn_arena *scratch, const struct finding *a, const struct finding *b,
                           struct overlap *best)
{
    *best = (struct overlap){0};
    for (size_t p = 0; p < a->quote_count; p++) {
        for (size_t q = 0; q < b->quote_count; q++) {
            struct overlap overlap;
            if (!tokens_overlap(scratch, a->quotes[p].tokens, b->quotes[q].tokens, &overlap))
                return false;
            *best = better(*best, overlap);
        }
    }
    return true;
}

static struct overlap quotes_strict(const struct finding *a, const struct finding *b)
{
    for (size_t p = 0; p < a->quote_count; p++) {
        for (size_t q = 0; q < b->quote_count; q++) {
            if (a->quotes[p].strict.size && mn_slice_equal(a->quotes[p].strict, b->quotes[q].strict))
                return (struct overlap){1000, true};
        }
    }
    return (struct overlap){0};
}

static bool compare_quotes(struct mn_arena *scratch, const struct finding *gold, const struct finding *found,
                           enum pairing_mode mode, struct overlap *overlap)
{
    *overlap = quotes_strict(gold, found);
    if (mode == PAIR_STRICT || overlap->possible)
        return true;
    return quotes_overlap(scratch, gold, found, overlap);
}

static int64_t order_weight(size_t a, size_t b)
{
    size_t distance = a > b ? a - b : b - a;
    int64_t squared = distance < 100 ? (int64_t)(distance * distance) : WEIGHT_ORDER;
    return squared < WEIGHT_ORDER ? WEIGHT_ORDER - squared : 0;
}

/* The weight of a possible pair; 0 of an impossible one. */
static bool weigh(struct mn_arena *scratch, struct view gold, size_t g, struct view found, size_t f,
                  enum pairing_mode mode, int64_t *weight)
{
    struct overlap quotes;
    struct overlap note;
    const struct finding *a = gold.items[g];
    const struct finding *b = found.items[f];
    *weight = 0;
    if (mode != PAIR_PLACE && !findings_compatible(a, b))
        return true;
    if (!compare_quotes(scratch, a, b, mode, &quotes))
        return false;
    if (!quotes.possible)
        return true;
    if (!tokens_overlap(scratch, a->note_tokens, b->note_tokens, &note))
        return false;
    *weight = quotes.score * WEIGHT_OVERLAP + findings_agreement(a, b) * WEIGHT_VALUE + note.score * WEIGHT_NOTE +
              order_weight(g, f);
    return true;
}

static bool collect_edges(struct mn_arena *arena, struct mn_arena *scratch, struct view gold, struct view found,
                          enum pairing_mode mode, struct edge_list *edges)
{
    for (size_t g = 0; g < gold.count; g++) {
        mn_arena_reset(scratch);
        for (size_t f = 0; f < found.count; f++) {
            int64_t weight;
            if (!weigh(scratch, gold, g, found, f, mode, &weight))
                return false;
            if (!weight)
                continue;
            struct edge *edge = MN_APPEND(arena, edges);
            if (!edge)
                return false;
            *edge = (struct edge){g, f, weight};
        }
    }
    return true;
}

static size_t *all_unpaired(struct mn_arena *arena, size_t count)
{
    size_t *partners = mn_arena_alloc(arena, (count + 1) * sizeof *partners);
    for (size_t i = 0; partners && i < count; i++)
        partners[i] = UNPAIRED;
    return partners;
}

bool pairing_find(struct mn_arena *arena, struct view gold, struct view found, enum pairing_mode mode,
                  struct pairing *out)
{
    struct edge_list edges = {0};
    struct mn_arena *scratch = mn_arena_create();
    *out = (struct pairing){all_unpaired(arena, gold.count), all_unpaired(arena, found.count)};
    bool done = scratch && out->found_of && out->gold_of && collect_edges(arena, scratch, gold, found, mode, &edges) &&
                assignment_find(arena, &edges, gold.count, found.count, out->found_of);
    for (size_t g = 0; done && g < gold.count; g++) {
        if (out->found_of[g] != UNPAIRED)
            out->gold_of[out->found_of[g]] = g;
    }
    mn_arena_destroy(scratch);
    return done;
}

bool pairing_nearest(const struct finding *finding, struct view view, size_t *nearest, unsigned *likeness)
{
    struct mn_arena *scratch = mn_arena_create();
    bool done = scratch;
    *nearest = UNPAIRED;
    *likeness = 0;
    for (size_t i = 0; done && i < view.count; i++) {
        struct overlap overlap = {0};
        mn_arena_reset(scratch);
        done = quotes_overlap(scratch, finding, view.items[i], &overlap);
        if (overlap.score > *likeness) {
            *likeness = overlap.score;
            *nearest = i;
        }
    }
    mn_arena_destroy(scratch);
    return done;
}
