#include "interpret/drafts.h"
#include "interpret/leaves.h"
#include <stdlib.h>

/* The drafts of one kind by start, the longer first. */
struct ordered {
    struct mn_draft **items;
    size_t count;
    size_t *wider; /* for each the nearest before it that ends further on, or SIZE_MAX */
};

struct links {
    struct mn_drafts *drafts;
    const struct mn_document *document;
    struct mn_leaves leaves;
    struct ordered kinds[MN_FINDING_KIND_COUNT];
    int32_t *order; /* of each <give>: how many more of its spans stand before their finds than behind them */
};

/* A span whose rule gives to one find, and that find. */
struct gift {
    const struct mn_give *give;
    const struct mn_span *span;
    uint32_t order; /* the span's index */
};
struct target {
    struct mn_draft *draft; /* null: none */
    struct mn_gap gap;
};

/* ---- the drafts of a kind in order ---- */

static int compare_drafts(const void *first, const void *second)
{
    const struct mn_draft *a = *(const struct mn_draft *const *)first, *b = *(const struct mn_draft *const *)second;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a->span > b->span) - (a->span < b->span);
}

/* For each draft the nearest before it that ends further on, found through the links of those passed over. */
static void link_wider(struct ordered *kind)
{
    for (size_t i = 0; i < kind->count; i++) {
        size_t wider = i ? i - 1 : SIZE_MAX;
        while (wider != SIZE_MAX && kind->items[wider]->end <= kind->items[i]->end)
            wider = kind->wider[wider];
        kind->wider[i] = wider;
    }
}

static bool order_kind(struct mn_drafts *drafts, enum mn_finding_kind number, struct ordered *kind)
{
    size_t room = 1;
    for (size_t i = 0; i < drafts->all.count; i++)
        room += drafts->all.items[i].kind == number;
    kind->items = mn_arena_alloc(drafts->arena, room * sizeof *kind->items);
    kind->wider = mn_arena_alloc(drafts->arena, room * sizeof *kind->wider);
    if (!kind->items || !kind->wider)
        return false;
    kind->count = 0;
    for (size_t i = 0; i < drafts->all.count; i++) {
        struct mn_draft *draft = &drafts->all.items[i];
        if (draft->kind == number && draft->fate == MN_KEPT)
            kind->items[kind->count++] = draft;
    }
    qsort(kind->items, kind->count, sizeof(struct mn_draft *), compare_drafts);
    link_wider(kind);
    return true;
}

/* The number of drafts that start before `start`, or with `through` at it too. */
static size_t count_before(const struct ordered *kind, uint32_t start, bool through)
{
    size_t low = 0, high = kind->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t at = kind->items[middle]->start;
        if (at < start || (through && at == start))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- finds side by side, which rules give to together ---- */

static uint32_t parent_of(const struct mn_document *document, uint32_t node)
{
    return node < document->nodes.count ? document->nodes.items[node].parent : MN_NONE;
}

/* Found by one rule in items of one list; or, directly one after the other, in two lists side by side (a list that a
 * page break cut in two) or in paragraphs that a list rule took for items. */
static bool are_siblings(const struct links *links, const struct mn_draft *a, const struct mn_draft *b)
{
    if (!mn_slice_equal(a->rule, b->rule))
        return false;
    if (a->list == b->list && a->list != MN_NONE)
        return true;
    if ((a->list == MN_NONE) != (b->list == MN_NONE) || a->node == b->node ||
        mn_leaves_between(&links->leaves, a->end, b->start) > 0)
        return false;
    if (a->list != MN_NONE)
        return parent_of(links->document, a->list) == parent_of(links->document, b->list);
    const struct mn_rule *rule = links->drafts->rules[a->span];
    return rule && rule->type == MN_LIST_RULE &&
           parent_of(links->document, a->node) == parent_of(links->document, b->node);
}

static void group_siblings(struct links *links, struct ordered *kind)
{
    for (size_t i = 0; i < kind->count; i++) {
        kind->items[i]->list = mn_leaf_list(links->document, kind->items[i]->node);
        if (i && are_siblings(links, kind->items[i - 1], kind->items[i]))
            kind->items[i]->first = kind->items[i - 1]->first;
    }
}

/* ---- which find a span gives to ---- */

static struct target measure(const struct links *links, struct mn_draft *draft, const struct mn_span *span)
{
    return (struct target){draft, mn_gap(&links->leaves, &links->document->spans.items[draft->span], span)};
}

/* The smallest find that contains the span, of equal ones the first. A find that ends too early leads at once to the
 * nearest before it that ends further on; no find that starts further off than the best is long can be smaller. */
static struct target find_inside(const struct links *links, const struct ordered *kind, const struct mn_span *span)
{
    struct target best = {0};
    size_t i = count_before(kind, span->start, true);
    i = i ? i - 1 : SIZE_MAX;
    while (i != SIZE_MAX) {
        struct mn_draft *draft = kind->items[i];
        if (best.draft && span->end - draft->start > best.draft->end - best.draft->start)
            break;
        if (draft->end < span->end) {
            i = kind->wider[i];
            continue;
        }
        if (!best.draft || draft->end - draft->start <= best.draft->end - best.draft->start)
            best = measure(links, draft, span);
        i = i ? i - 1 : SIZE_MAX;
    }
    return best;
}

/* The next find that starts at the span or behind it, unless a numbered point begins between them. */
static struct target find_next(const struct links *links, const struct ordered *kind, const struct mn_span *span)
{
    size_t i = count_before(kind, span->start, false);
    if (i == kind->count || mn_leaves_point_begins(&links->leaves, span->end, kind->items[i]->start))
        return (struct target){0};
    return measure(links, kind->items[i], span);
}

/* The last find that starts before the span. */
static struct target find_previous(const struct links *links, const struct ordered *kind, const struct mn_span *span)
{
    size_t i = count_before(kind, span->start, false);
    return i ? measure(links, kind->items[i - 1], span) : (struct target){0};
}

/* What stands on both sides of a span that gives around itself, within reach. */
struct sides {
    struct target next, previous; /* draft null: none */
    bool cut_off;                 /* a heading between the previous one and the span: something new has begun */
    bool next_is_apart;           /* the next one is in another section, and the previous one stands close by */
};

static struct target within_reach(struct target target, const struct gift *gift)
{
    return target.draft && mn_gap_allows(&target.gap, gift->give) ? target : (struct target){0};
}

static struct sides find_sides(const struct links *links, const struct ordered *kind, const struct gift *gift)
{
    struct sides sides = {within_reach(find_next(links, kind, gift->span), gift),
                          within_reach(find_previous(links, kind, gift->span), gift), false, false};
    sides.cut_off = sides.previous.draft &&
                    mn_leaves_heads_between(&links->leaves, sides.previous.draft->end, gift->span->start) > 0;
    sides.next_is_apart = sides.next.draft && sides.previous.draft && !sides.cut_off &&
                          sides.previous.gap.leaves <= 1 &&
                          !mn_leaves_is_headed(&links->leaves, sides.next.draft->start) &&
                          mn_leaves_heads_between(&links->leaves, gift->span->end, sides.next.draft->start) > 0;
    return sides;
}

/* Counts on which side of its finds a rule's spans stand where that is beyond doubt, as only one side has a find
 * within reach: a document keeps to one order. */
static bool note_order(struct links *links, const struct gift *gift)
{
    const struct ordered *kind = &links->kinds[mn_shape_find(gift->give->to)];
    if (gift->give->from != MN_GIVE_AROUND || find_inside(links, kind, gift->span).draft)
        return true;
    struct sides sides = find_sides(links, kind, gift);
    bool behind = sides.next.draft != NULL, before = sides.previous.draft && !sides.cut_off;
    links->order[gift->give->number] += behind - before;
    return true;
}

/* The find that holds the span. Or else, of the next and the previous: the next when a heading cuts off the previous,
 * even if there is none; the only one; the previous where it stands close by and a heading before the next; the one on
 * the side where the rule's other finds are; the nearer; the next. */
static struct target find_around(const struct links *links, const struct ordered *kind, const struct gift *gift)
{
    struct target inside = find_inside(links, kind, gift->span);
    if (inside.draft)
        return inside;
    struct sides sides = find_sides(links, kind, gift);
    if (sides.cut_off)
        return sides.next;
    if (!sides.previous.draft || !sides.next.draft || sides.next_is_apart)
        return sides.previous.draft ? sides.previous : sides.next;
    int32_t order = links->order[gift->give->number];
    if (order > 0)
        return sides.next;
    return order < 0 || sides.previous.gap.leaves < sides.next.gap.leaves ? sides.previous : sides.next;
}

static struct target find_target(const struct links *links, const struct gift *gift)
{
    const struct ordered *kind = &links->kinds[mn_shape_find(gift->give->to)];
    switch (gift->give->from) {
    case MN_GIVE_INSIDE:
        return find_inside(links, kind, gift->span);
    case MN_GIVE_BEFORE:
        return find_next(links, kind, gift->span);
    case MN_GIVE_AFTER:
        return find_previous(links, kind, gift->span);
    case MN_GIVE_AROUND:
        return find_around(links, kind, gift);
    case MN_GIVE_ALL:
        break;
    }
    return (struct target){0};
}

/* A span inside the list, or inside the find, speaks of this one only. */
static bool is_for_one(const struct links *links, const struct target *target, const struct gift *gift)
{
    uint32_t list = target->draft->list;
    return target->gap.holds || gift->give->from == MN_GIVE_INSIDE ||
           (list != MN_NONE && gift->span->node >= list && gift->span->node < links->document->nodes.items[list].after);
}

static bool give(struct links *links, const struct gift *gift)
{
    struct target target = find_target(links, gift);
    if (!target.draft || (gift->give->from != MN_GIVE_INSIDE && !mn_gap_allows(&target.gap, gift->give)))
        return true;
    struct mn_draft *draft = target.draft;
    if (!mn_draft_wants(links->drafts, draft, gift->give))
        return true;
    struct mn_offer **offers = is_for_one(links, &target, gift) ? &draft->offers : &draft->first->shared;
    bool done = true;
    for (size_t i = 0; i < gift->span->fields.count && done; i++) {
        struct mn_offer offer = {.field = &gift->span->fields.items[i],
                                 .priority = gift->give->priority,
                                 .distance = target.gap.distance,
                                 .order = gift->order};
        done = mn_offer(links->drafts->arena, draft->kind, offers, &offer);
    }
    return done;
}

static bool index_links(struct links *links)
{
    struct mn_drafts *drafts = links->drafts;
    size_t give_count = drafts->work->rules->give_count;
    links->order = mn_arena_zero(drafts->arena, (give_count + 1) * sizeof *links->order);
    if (!links->order || !mn_leaves_index(links->document, drafts->arena, &links->leaves))
        return false;
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++) {
        if (!order_kind(drafts, (enum mn_finding_kind)i, &links->kinds[i]))
            return false;
        group_siblings(links, &links->kinds[i]);
    }
    return true;
}

/* Calls for each gift to a single find, in the order of the spans, while that says true. */
static bool each_gift(struct links *links, bool (*call)(struct links *links, const struct gift *gift))
{
    const struct mn_drafts *drafts = links->drafts;
    for (size_t i = 0; i < links->document->spans.count; i++)
        for (size_t g = 0; mn_drafts_gives(drafts, i) && g < drafts->rules[i]->give_count; g++) {
            struct gift gift = {&drafts->rules[i]->gives[g], &links->document->spans.items[i], (uint32_t)i};
            if (gift.give->from != MN_GIVE_ALL && mn_shape_find(gift.give->to) != MN_FINDING_KIND_COUNT &&
                !call(links, &gift))
                return false;
        }
    return true;
}

bool mn_links_give(struct mn_drafts *drafts)
{
    struct links links = {.drafts = drafts, .document = drafts->work->document};
    if (!index_links(&links))
        return false;
    return each_gift(&links, note_order) && each_gift(&links, give) && mn_spread_gifts(drafts, &links.leaves);
}

/* ---- deadlines inside resolutions and recommendations ---- */

static void take_due(const struct ordered *deadlines, struct mn_draft *draft)
{
    for (size_t i = count_before(deadlines, draft->start, false); i < deadlines->count; i++) {
        const struct mn_draft *deadline = deadlines->items[i];
        if (deadline->start >= draft->end)
            return;
        if (deadline->end <= draft->end && deadline->has_due) {
            draft->due = deadline->due;
            draft->has_due = true;
            draft->inside = deadline->span;
            return;
        }
    }
}

bool mn_links_dues(struct mn_drafts *drafts)
{
    struct ordered deadlines;
    if (!order_kind(drafts, MN_DEADLINE, &deadlines))
        return false;
    for (size_t i = 0; i < drafts->all.count; i++) {
        struct mn_draft *draft = &drafts->all.items[i];
        if ((draft->kind == MN_RESOLUTION || draft->kind == MN_RECOMMENDATION) && !draft->has_due)
            take_due(&deadlines, draft);
    }
    return true;
}
