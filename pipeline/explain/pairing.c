#include "explain/pairing.h"

#include <stdlib.h>

/* A finding with what it is sorted by. */
struct place {
    uint32_t kind, start, end;
    struct mn_slice words; /* compared where the texts differ: start and end are 0 then */
    uint32_t number;
    uint32_t furthest; /* end of those of its kind up to this one in their order */
};

struct places {
    struct place *items;
    size_t count;
};

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_evidence(const struct place *a, const struct place *b)
{
    int order = compare_numbers(a->kind, b->kind);
    order = order ? order : compare_numbers(a->start, b->start);
    order = order ? order : compare_numbers(a->end, b->end);
    return order ? order : mn_slice_compare(a->words, b->words);
}

static int by_evidence(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    int order = compare_evidence(left, right);
    return order ? order : compare_numbers(left->number, right->number);
}

static bool sort_places(const struct mn_document *document, bool same_text, struct mn_arena *arena,
                        struct places *places)
{
    size_t count = document->findings.count;
    *places = (struct places){mn_arena_alloc(arena, (count + 1) * sizeof *places->items), count};
    for (uint32_t i = 0; places->items && i < count; i++) {
        const struct mn_finding *finding = &document->findings.items[i];
        places->items[i] = (struct place){.kind = finding->kind, .number = i};
        if (same_text) {
            places->items[i].start = finding->start;
            places->items[i].end = finding->end;
        } else {
            places->items[i].words = mn_document_text(document, finding->start, finding->end);
        }
    }
    if (places->items && count > 1)
        qsort(places->items, count, sizeof *places->items, by_evidence);
    return places->items != NULL;
}

static void join(struct mn_pairing *pairing, uint32_t before, uint32_t after)
{
    pairing->after[before] = after;
    pairing->before[after] = before;
}

/* In one pass over both, as they are sorted alike. */
static void pair_same(const struct places *before, const struct places *after, struct mn_pairing *pairing)
{
    for (size_t i = 0, j = 0; i < before->count && j < after->count;) {
        int order = compare_evidence(&before->items[i], &after->items[j]);
        if (order == 0)
            join(pairing, before->items[i].number, after->items[j].number);
        i += order <= 0;
        j += order >= 0;
    }
}

static void measure_furthest(struct places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        struct place *place = &places->items[i];
        place->furthest = place->end;
        if (i > 0 && place[-1].kind == place->kind && place[-1].furthest > place->end)
            place->furthest = place[-1].furthest;
    }
}

/* The number of places that begin before the end of the finding's evidence. */
static size_t places_before_end(const struct places *places, const struct mn_finding *finding)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct place *place = &places->items[middle];
        if (place->kind < finding->kind || (place->kind == finding->kind && place->start < finding->end))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The free finding that this one overlaps most, or MN_NONE. */
static uint32_t best_overlap(const struct places *places, const struct mn_finding *finding,
                             const struct mn_pairing *pairing)
{
    uint32_t best = MN_NONE, most = 0;
    for (size_t i = places_before_end(places, finding); i-- > 0;) {
        const struct place *place = &places->items[i];
        if (place->kind != finding->kind || place->furthest <= finding->start)
            break;
        uint32_t start = place->start > finding->start ? place->start : finding->start;
        uint32_t end = place->end < finding->end ? place->end : finding->end;
        uint32_t common = end > start && pairing->before[place->number] == MN_NONE ? end - start : 0;
        if (common > most || (common && common == most && place->number < best)) {
            most = common;
            best = place->number;
        }
    }
    return best;
}

static uint32_t *nobody(struct mn_arena *arena, size_t count)
{
    uint32_t *numbers = mn_arena_alloc(arena, (count + 1) * sizeof *numbers);
    for (size_t i = 0; numbers && i < count; i++)
        numbers[i] = MN_NONE;
    return numbers;
}

bool mn_findings_pair(const struct mn_document *before, const struct mn_document *after, struct mn_arena *arena,
                      struct mn_pairing *pairing)
{
    struct places old, new;
    bool same_text = mn_slice_equal(before->text, after->text);
    *pairing = (struct mn_pairing){nobody(arena, before->findings.count), nobody(arena, after->findings.count)};
    if (!pairing->after || !pairing->before || !sort_places(before, same_text, arena, &old) ||
        !sort_places(after, same_text, arena, &new))
        return false;
    pair_same(&old, &new, pairing);
    measure_furthest(&new);
    for (uint32_t i = 0; same_text && i < before->findings.count; i++) {
        uint32_t best =
            pairing->after[i] == MN_NONE ? best_overlap(&new, &before->findings.items[i], pairing) : MN_NONE;
        if (best != MN_NONE)
            join(pairing, i, best);
    }
    return true;
}
