#include "report.h"

const char *mistake_word(enum mistake_type type)
{
    static const char *const words[] = {"miss", "false", "differs"};
    return words[type];
}

static bool add_mistake(struct mn_arena *arena, struct mistake_list *list, struct mistake mistake)
{
    struct mistake *item = MN_APPEND(arena, list);
    if (item)
        *item = mistake;
    return item;
}

/* A miss or a false find, with the nearest on the other side, whose partners are given. */
static bool add_unpaired(struct mn_arena *arena, enum mistake_type type, const struct finding *finding,
                         struct view other, const size_t *partners, struct mistake_list *list)
{
    size_t nearest;
    struct mistake mistake = {.type = type, .finding = finding};
    if (!pairing_nearest(finding, other, &nearest, &mistake.likeness))
        return false;
    if (nearest != UNPAIRED) {
        mistake.other = other.items[nearest];
        mistake.taken = partners[nearest] != UNPAIRED;
    }
    return add_mistake(arena, list, mistake);
}

static bool add_differing(struct mn_arena *arena, const struct finding *gold, const struct finding *found,
                          struct mistake_list *list)
{
    size_t count;
    const enum attribute *attributes = compared_attributes(gold->kind, &count);
    for (size_t a = 0; a < count; a++) {
        enum comparison comparison;
        if (!attribute_compare(arena, attributes[a], gold, found, &comparison))
            return false;
        bool differs = comparison == COMPARED_WRONG || comparison == COMPARED_ABSENT;
        if (differs &&
            !add_mistake(arena, list, (struct mistake){MISTAKE_DIFFERS, found, gold, true, 0, attributes[a]}))
            return false;
    }
    return true;
}

static bool add_kind(struct mn_arena *arena, const struct document *document, enum kind kind, struct mistake_list *list)
{
    const struct result *result = &document->results[measure_of(kind)];
    const struct pairing *pairs = attribute_pairs(document, kind);
    for (size_t g = 0; g < result->gold.count; g++) {
        if (is_miss(result, g) &&
            !add_unpaired(arena, MISTAKE_MISS, result->gold.items[g], result->found, result->pairs.gold_of, list))
            return false;
    }
    for (size_t f = 0; f < result->found.count; f++) {
        if (is_false_find(result, f) &&
            !add_unpaired(arena, MISTAKE_FALSE, result->found.items[f], result->gold, result->pairs.found_of, list))
            return false;
    }
    for (size_t g = 0; g < result->gold.count; g++) {
        if (result->gold.items[g]->borderline || pairs->found_of[g] == UNPAIRED)
            continue;
        if (!add_differing(arena, result->gold.items[g], result->found.items[pairs->found_of[g]], list))
            return false;
    }
    return true;
}

bool document_mistakes(struct mn_arena *arena, const struct document *document, struct mistake_list *out)
{
    *out = (struct mistake_list){0};
    for (size_t k = 0; k < KIND_COUNT; k++) {
        if (!add_kind(arena, document, (enum kind)k, out))
            return false;
    }
    return true;
}
