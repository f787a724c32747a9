#include "changes.h"
#include "describe.h"

static const struct {
    bool is_better;
    const char *words;
} types[] = {
#define CHANGE_ROW(name, is_better, words) [CHANGE_##name] = {is_better, words},
    CHANGES(CHANGE_ROW)
#undef CHANGE_ROW
};

/* One kind in one document, before and after. */
struct versions {
    struct mn_arena *arena;
    enum kind kind;
    const struct document *before, *after;
    const struct result *old, *new;
    struct change_list *changes;
};

bool change_is_better(enum change_type type)
{
    return types[type].is_better;
}

const char *change_words(enum change_type type)
{
    return types[type].words;
}

static bool add_change(const struct versions *versions, enum change_type type, const struct finding *finding,
                       enum attribute attribute)
{
    struct change *change = MN_APPEND(versions->arena, versions->changes);
    if (change)
        *change = (struct change){type, versions->after, finding, attribute};
    return change;
}

static bool add_gold_changes(const struct versions *versions)
{
    for (size_t g = 0; g < versions->new->gold.count; g++) {
        bool was_missed = is_miss(versions->old, g);
        bool missed = is_miss(versions->new, g);
        enum change_type type = missed ? CHANGE_LOST : CHANGE_FOUND;
        if (missed != was_missed &&
            !add_change(versions, type, versions->new->gold.items[g], main_attribute(versions->kind)))
            return false;
    }
    return true;
}

static bool same_find(const struct finding *a, const struct finding *b)
{
    enum attribute main = main_attribute(a->kind);
    return mn_slice_equal(a->quotes[0].strict, b->quotes[0].strict) &&
           mn_slice_equal(attribute_value(a, main), attribute_value(b, main));
}

/* The false find of a result that is the same as the given one and not yet taken; UNPAIRED if there is none. */
static size_t same_false_find(const struct result *result, const struct finding *find, const bool *taken)
{
    for (size_t f = 0; f < result->found.count; f++) {
        if (!taken[f] && is_false_find(result, f) && same_find(find, result->found.items[f]))
            return f;
    }
    return UNPAIRED;
}

/* False finds of `from` without a counterpart in `to`. */
static bool add_false_changes(const struct versions *versions, const struct result *from, const struct result *to,
                              enum change_type type)
{
    bool *taken = mn_arena_zero(versions->arena, to->found.count + 1);
    if (!taken)
        return false;
    for (size_t f = 0; f < from->found.count; f++) {
        if (!is_false_find(from, f))
            continue;
        size_t counterpart = same_false_find(to, from->found.items[f], taken);
        if (counterpart != UNPAIRED)
            taken[counterpart] = true;
        else if (!add_change(versions, type, from->found.items[f], main_attribute(versions->kind)))
            return false;
    }
    return true;
}

/* Whether an attribute of a gold finding is right in a version; *stated: gold states it and the finding is paired. */
static bool compare_in(const struct versions *versions, const struct document *document, size_t gold,
                       enum attribute attribute, bool *stated, bool *right)
{
    const struct result *result = &document->results[measure_of(versions->kind)];
    size_t found = attribute_pairs(document, versions->kind)->found_of[gold];
    enum comparison comparison = COMPARED_SILENT;
    if (found != UNPAIRED && !attribute_compare(versions->arena, attribute, result->gold.items[gold],
                                                result->found.items[found], &comparison))
        return false;
    *right = comparison == COMPARED_RIGHT;
    *stated = *right || comparison == COMPARED_WRONG || comparison == COMPARED_ABSENT;
    return true;
}

static bool add_attribute_change(const struct versions *versions, size_t gold, enum attribute attribute)
{
    bool stated_before;
    bool stated;
    bool was_right;
    bool right;
    if (!compare_in(versions, versions->before, gold, attribute, &stated_before, &was_right) ||
        !compare_in(versions, versions->after, gold, attribute, &stated, &right))
        return false;
    if (!stated || !stated_before || right == was_right)
        return true;
    size_t found = attribute_pairs(versions->after, versions->kind)->found_of[gold];
    return add_change(versions, right ? CHANGE_RIGHT : CHANGE_WRONG, versions->new->found.items[found], attribute);
}

static bool add_attribute_changes(const struct versions *versions)
{
    size_t count;
    const enum attribute *attributes = compared_attributes(versions->kind, &count);
    for (size_t g = 0; g < versions->new->gold.count; g++) {
        for (size_t a = 0; a < count && !versions->new->gold.items[g]->borderline; a++) {
            if (!add_attribute_change(versions, g, attributes[a]))
                return false;
        }
    }
    return true;
}

bool changes_find(struct mn_arena *arena, const struct evaluation *before, const struct evaluation *after,
                  struct change_list *out)
{
    *out = (struct change_list){0};
    for (size_t d = 0; d < after->document_count; d++) {
        struct versions versions = {
            .arena = arena, .before = &before->documents[d], .after = &after->documents[d], .changes = out};
        for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
            versions.kind = kind;
            versions.old = &versions.before->results[measure_of(kind)];
            versions.new = &versions.after->results[measure_of(kind)];
            if (!add_gold_changes(&versions) ||
                !add_false_changes(&versions, versions.old, versions.new, CHANGE_NOT_FALSE) ||
                !add_false_changes(&versions, versions.new, versions.old, CHANGE_NEW_FALSE) ||
                !add_attribute_changes(&versions))
                return false;
        }
    }
    return true;
}

size_t changes_count(const struct change_list *changes, enum kind kind, enum change_type type)
{
    size_t count = 0;
    for (size_t i = 0; i < changes->count; i++)
        count += changes->items[i].type == type && changes->items[i].finding->kind == kind;
    return count;
}
