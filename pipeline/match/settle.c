#include "match/settle.h"

#include "match/trace.h"

#include <stdlib.h>

/* What is sorted: a span with what decides about it, so that qsort needs no context. */
struct mn_order {
    uint32_t span, rule;
    uint32_t start, end;
    int32_t priority; /* 0 where the order is by place only */
};

static struct mn_order order_of(const struct mn_match_scratch *scratch, uint32_t number, bool by_strength)
{
    const struct mn_span *span = &scratch->document->spans.items[number];
    return (struct mn_order){number, scratch->found.items[number].rule, span->start, span->end,
                             by_strength ? span->priority : 0};
}

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* By start, longer first, then by rule. */
static int compare_places(const void *a, const void *b)
{
    const struct mn_order *left = a, *right = b;
    int order = compare(left->start, right->start);
    order = order ? order : compare(right->end, left->end);
    order = order ? order : compare(left->rule, right->rule);
    return order ? order : compare(left->span, right->span);
}

/* Stronger first. */
static int compare_strength(const void *a, const void *b)
{
    const struct mn_order *left = a, *right = b;
    if (left->priority != right->priority)
        return left->priority > right->priority ? -1 : 1;
    int order = compare(right->end - right->start, left->end - left->start);
    return order ? order : compare_places(a, b);
}

/* Sorts scratch->order. What comes mostly is in order. */
static void sort_order(struct mn_match_scratch *scratch, int (*compare_two)(const void *, const void *))
{
    const struct mn_order *order = scratch->order.items;
    size_t count = scratch->order.count, i = 1;
    while (i < count && compare_two(&order[i - 1], &order[i]) <= 0)
        i++;
    if (i < count)
        qsort(scratch->order.items, count, sizeof *order, compare_two);
}

/* Fills scratch->order with the spans of the list, sorted. */
static bool sort_list(struct mn_match_scratch *scratch, const mn_span_list *list, bool by_strength)
{
    if (!MN_POOL_RESERVE(&scratch->order, list->count))
        return false;
    scratch->order.count = list->count;
    for (size_t i = 0; i < list->count; i++)
        scratch->order.items[i] = order_of(scratch, list->items[i], by_strength);
    sort_order(scratch, by_strength ? compare_strength : compare_places);
    return true;
}

/* The bits of [start, end) that lie in the word with this number. */
static uint64_t word_mask(uint32_t word, uint32_t start, uint32_t end)
{
    uint32_t first = word * 64, last = first + 64;
    uint64_t mask = ~UINT64_C(0);
    if (start > first)
        mask <<= start - first;
    if (end < last)
        mask &= ~UINT64_C(0) >> (last - end);
    return mask;
}

/* Is a byte of the key taken? Keys of one rule in one scope are disjoint, so all checks together read the text's bits
 * once for each rule. */
static bool is_taken(const struct mn_match_scratch *scratch, const struct mn_found *found)
{
    for (uint32_t word = found->key_start / 64; word * 64 < found->key_end; word++)
        if (scratch->taken.items[word] & word_mask(word, found->key_start, found->key_end))
            return true;
    return false;
}

static void take(struct mn_match_scratch *scratch, const struct mn_found *found, bool taken)
{
    for (uint32_t word = found->key_start / 64; word * 64 < found->key_end; word++) {
        uint64_t mask = word_mask(word, found->key_start, found->key_end);
        if (taken)
            scratch->taken.items[word] |= mask;
        else
            scratch->taken.items[word] &= ~mask;
    }
}

/* One bit for each byte of the text, all clear but while a group is settled. */
static bool prepare_taken(struct mn_match_scratch *scratch)
{
    size_t words = scratch->document->text.size / 64 + 1, known = scratch->taken.count;
    if (words <= known)
        return true;
    if (!MN_POOL_RESERVE(&scratch->taken, words))
        return false;
    memset(scratch->taken.items + known, 0, (words - known) * sizeof(uint64_t));
    scratch->taken.count = words;
    return true;
}

/* Takes the dropped out of a list. */
static void compact(const struct mn_match_scratch *scratch, mn_span_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!scratch->found.items[list->items[i]].dropped)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static struct mn_trace_find find_of(const struct mn_match_scratch *scratch, uint32_t number)
{
    const struct mn_span *span = &scratch->document->spans.items[number];
    return (struct mn_trace_find){&scratch->rules->rules[scratch->found.items[number].rule], span->start, span->end};
}

/* Do finds of its rule stand beside others? */
static bool overlaps(const struct mn_match_scratch *scratch, const struct mn_found *found)
{
    return scratch->rules->rules[found->rule].overlaps;
}

/* The key of what was kept, with its place in the order. */
struct mn_holder {
    uint32_t start, end;
    uint32_t index;
};

static int compare_holders(const void *a, const void *b)
{
    const struct mn_holder *left = a, *right = b;
    return compare(left->start, right->start);
}

/* All that was kept by its key, from the first byte on; keys that were kept are disjoint. */
static bool find_holders(struct mn_match_scratch *scratch)
{
    if (!MN_POOL_RESERVE(&scratch->holders, scratch->order.count))
        return false;
    scratch->holders.count = 0;
    for (uint32_t i = 0; i < scratch->order.count; i++) {
        const struct mn_found *found = &scratch->found.items[scratch->order.items[i].span];
        if (!found->dropped && !overlaps(scratch, found))
            scratch->holders.items[scratch->holders.count++] = (struct mn_holder){found->key_start, found->key_end, i};
    }
    if (scratch->holders.count > 1)
        qsort(scratch->holders.items, scratch->holders.count, sizeof *scratch->holders.items, compare_holders);
    return true;
}

/* The place in the order of the strongest that has some of the key. */
static uint32_t strongest_holder(const struct mn_match_scratch *scratch, const struct mn_found *lost)
{
    const struct mn_holder *holders = scratch->holders.items;
    size_t low = 0, high = scratch->holders.count;
    uint32_t strongest = UINT32_MAX;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (holders[middle].end <= lost->key_start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < scratch->holders.count && holders[low].start < lost->key_end; low++)
        strongest = holders[low].index < strongest ? holders[low].index : strongest;
    return strongest;
}

/* Tells of everything dropped to what it lost. */
static bool tell_losses(struct mn_match_scratch *scratch)
{
    if (!find_holders(scratch))
        return false;
    for (size_t i = 0; i < scratch->order.count; i++) {
        uint32_t loser = scratch->order.items[i].span;
        const struct mn_found *lost = &scratch->found.items[loser];
        uint32_t winner = lost->dropped && !overlaps(scratch, lost) ? strongest_holder(scratch, lost) : UINT32_MAX;
        if (winner != UINT32_MAX)
            MN_TRACE(&scratch->ground, .kind = MN_TRACE_LOSS, .find = find_of(scratch, loser),
                     .other = find_of(scratch, scratch->order.items[winner].span));
    }
    return true;
}

bool mn_settle(struct mn_match_scratch *scratch, struct mn_group *group)
{
    if (!prepare_taken(scratch) || !sort_list(scratch, &group->found, true))
        return false;
    for (size_t i = 0; i < scratch->order.count; i++) {
        struct mn_found *found = &scratch->found.items[scratch->order.items[i].span];
        if (overlaps(scratch, found))
            continue;
        found->dropped = is_taken(scratch, found);
        if (!found->dropped)
            take(scratch, found, true);
    }
    compact(scratch, &group->found);
    for (size_t i = 0; i < group->found.count; i++)
        take(scratch, &scratch->found.items[group->found.items[i]], false);
    if (scratch->ground.trace && !tell_losses(scratch))
        return false;
    return mn_sort_spans(scratch, &group->found);
}

bool mn_sort_spans(struct mn_match_scratch *scratch, mn_span_list *list)
{
    if (!sort_list(scratch, list, false))
        return false;
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = scratch->order.items[i].span;
    return true;
}

/* Where each span goes: scratch->renumbered, MN_NONE for the dropped. */
static bool renumber(struct mn_match_scratch *scratch)
{
    size_t count = scratch->document->spans.count;
    if (!MN_POOL_RESERVE(&scratch->order, count) || !MN_POOL_RESERVE(&scratch->renumbered, count))
        return false;
    scratch->order.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        scratch->renumbered.items[i] = MN_NONE;
        if (!scratch->found.items[i].dropped)
            scratch->order.items[scratch->order.count++] = order_of(scratch, i, false);
    }
    sort_order(scratch, compare_places);
    for (uint32_t i = 0; i < scratch->order.count; i++)
        scratch->renumbered.items[scratch->order.items[i].span] = i;
    return true;
}

static void refer_anew(const struct mn_match_scratch *scratch, struct mn_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].span != MN_NONE)
            fields->items[i].span = scratch->renumbered.items[fields->items[i].span];
}

/* Puts each span where it goes, without a second array: what stands in a place moves on until the place has its own.
 * Dropped ones are left behind the others. */
static void move_spans(struct mn_match_scratch *scratch, struct mn_span *spans, size_t count)
{
    uint32_t *to = scratch->renumbered.items;
    for (uint32_t i = 0; i < count; i++)
        while (to[i] != MN_NONE && to[i] != i) {
            uint32_t place = to[i];
            struct mn_span moved = spans[place];
            spans[place] = spans[i];
            spans[i] = moved;
            to[i] = to[place];
            to[place] = place;
        }
}

bool mn_settle_finish(struct mn_match_scratch *scratch)
{
    struct mn_document *document = scratch->document;
    if (!renumber(scratch))
        return false;
    for (size_t i = 0; i < scratch->order.count; i++)
        refer_anew(scratch, &document->spans.items[scratch->order.items[i].span].fields);
    move_spans(scratch, document->spans.items, document->spans.count);
    document->spans.count = scratch->order.count;
    MN_POOL_REST(&scratch->order);
    return true;
}
