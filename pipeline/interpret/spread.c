/* Rules that give to every find of a scope: each find gets the fields of the nearest of the rule's spans in the scope.
 * It is looked for from the find, so that many givers and many finds are no product. */
#include "interpret/drafts.h"

#include "base/bisect.h"
#include <stdlib.h>

/* A span of a rule that gives to all, by the scope that it gives in. */
struct giver {
    uint32_t give;  /* number of the <give> */
    uint32_t scope; /* sentence, or node */
    uint32_t start;
    uint32_t span;
    const struct mn_give *what;
};

struct spread {
    const struct mn_document *document;
    const struct mn_leaves *leaves;
    MN_VECTOR(struct giver) givers; /* sorted as compared below */
};

static enum mn_node_kind kind_of(enum mn_scope scope)
{
    switch (scope) {
    case MN_IN_ITEM:
        return MN_ITEM;
    case MN_IN_LIST:
        return MN_LIST;
    case MN_IN_TABLE:
        return MN_TABLE;
    case MN_IN_SECTION:
        return MN_DIV;
    default:
        return MN_BODY;
    }
}

/* The nearest node around this one, itself included, that is a scope; MN_NONE. The text outside all sections is a
 * section too: the body. */
static uint32_t scope_around(const struct mn_document *document, enum mn_scope scope, uint32_t node)
{
    enum mn_node_kind kind = kind_of(scope);
    while (node != MN_NONE && document->nodes.items[node].kind != kind &&
           (scope != MN_IN_SECTION || document->nodes.items[node].kind != MN_BODY))
        node = document->nodes.items[node].parent;
    return node;
}

static uint32_t sentence_at(const struct mn_document *document, uint32_t byte)
{
    return (uint32_t)MN_COUNT_BELOW(struct mn_sentence, end, document->sentences.items, document->sentences.count,
                                    (uint64_t)byte + 1);
}

/* The innermost scope that a place lies in; scopes of one kind nest where they are nodes. */
static uint32_t scope_of(const struct mn_document *document, enum mn_scope scope, uint32_t start, uint32_t leaf)
{
    if (scope == MN_IN_SENTENCE)
        return sentence_at(document, start);
    return scope == MN_IN_BLOCK ? leaf : scope_around(document, scope, leaf);
}

/* The next scope around a scope, or MN_NONE. */
static uint32_t wider_scope(const struct mn_document *document, enum mn_scope scope, uint32_t number)
{
    if (scope == MN_IN_SENTENCE || scope == MN_IN_BLOCK || document->nodes.items[number].parent == MN_NONE)
        return MN_NONE;
    return scope_around(document, scope, document->nodes.items[number].parent);
}

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_givers(const void *left, const void *right)
{
    const struct giver *a = left, *b = right;
    int order = compare(a->give, b->give);
    order = order ? order : compare(a->scope, b->scope);
    order = order ? order : compare(a->start, b->start);
    return order ? order : compare(a->span, b->span);
}

static bool add_giver(struct mn_drafts *drafts, struct spread *spread, const struct mn_give *give, uint32_t number)
{
    const struct mn_span *span = &spread->document->spans.items[number];
    struct giver giver = {give->number, scope_of(spread->document, give->in, span->start, span->node), span->start,
                          number, give};
    if (giver.scope == MN_NONE)
        return true;
    struct giver *slot = MN_APPEND(drafts->arena, &spread->givers);
    if (slot)
        *slot = giver;
    return slot != NULL;
}

static bool gather_givers(struct mn_drafts *drafts, struct spread *spread)
{
    for (uint32_t i = 0; i < spread->document->spans.count; i++)
        for (size_t g = 0; mn_drafts_gives(drafts, i) && g < drafts->rules[i]->give_count; g++) {
            const struct mn_give *give = &drafts->rules[i]->gives[g];
            if (give->from == MN_GIVE_ALL && mn_shape_find(give->to) != MN_FINDING_KIND_COUNT &&
                !add_giver(drafts, spread, give, i))
                return false;
        }
    if (spread->givers.count)
        qsort(spread->givers.items, spread->givers.count, sizeof *spread->givers.items, compare_givers);
    return true;
}

/* The first of the givers [low, high) that is not before the key. */
static size_t first_from(const struct spread *spread, size_t low, size_t high, const struct giver *key)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_givers(&spread->givers.items[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct nearest {
    const struct giver *giver; /* null: none */
    struct mn_gap gap;
};

static void consider(const struct spread *spread, const struct mn_draft *draft, const struct giver *giver,
                     struct nearest *nearest)
{
    const struct mn_span *spans = spread->document->spans.items;
    struct mn_gap gap = mn_gap(spread->leaves, &spans[draft->span], &spans[giver->span]);
    if (nearest->giver && gap.distance >= nearest->gap.distance)
        return;
    *nearest = (struct nearest){giver, gap};
}

/* The nearest of the givers [low, high), which are of one <give>. */
static struct nearest find_nearest(const struct spread *spread, size_t low, size_t high, const struct mn_draft *draft)
{
    const struct giver *givers = spread->givers.items;
    enum mn_scope in = givers[low].what->in;
    struct nearest nearest = {0};
    uint32_t scope = scope_of(spread->document, in, draft->start, draft->node);
    for (; scope != MN_NONE; scope = wider_scope(spread->document, in, scope)) {
        struct giver key = {.give = givers[low].give, .scope = scope, .start = draft->start};
        size_t next = first_from(spread, low, high, &key);
        if (next > low && givers[next - 1].scope == scope)
            consider(spread, draft, &givers[next - 1], &nearest);
        if (next < high && givers[next].scope == scope)
            consider(spread, draft, &givers[next], &nearest);
    }
    return nearest;
}

static bool offer(struct mn_arena *arena, const struct spread *spread, const struct nearest *nearest,
                  struct mn_draft *draft)
{
    const struct mn_fields *fields = &spread->document->spans.items[nearest->giver->span].fields;
    bool done = true;
    for (size_t i = 0; i < fields->count && done; i++) {
        struct mn_offer offer = {.field = &fields->items[i],
                                 .priority = nearest->giver->what->priority,
                                 .distance = nearest->gap.distance,
                                 .order = nearest->giver->span};
        done = mn_offer(arena, draft->kind, &draft->offers, &offer);
    }
    return done;
}

static bool give_to_all(const struct spread *spread, size_t low, size_t high, struct mn_drafts *drafts)
{
    const struct mn_give *give = spread->givers.items[low].what;
    enum mn_finding_kind kind = mn_shape_find(give->to);
    for (size_t i = 0; i < drafts->all.count; i++) {
        struct mn_draft *draft = &drafts->all.items[i];
        if (draft->kind != kind || draft->fate != MN_KEPT || !mn_draft_wants(drafts, draft, give))
            continue;
        struct nearest nearest = find_nearest(spread, low, high, draft);
        if (nearest.giver && mn_gap_allows(&nearest.gap, give) && !offer(drafts->arena, spread, &nearest, draft))
            return false;
    }
    return true;
}

bool mn_spread_gifts(struct mn_drafts *drafts, const struct mn_leaves *leaves)
{
    struct spread spread = {.document = drafts->work->document, .leaves = leaves};
    if (!gather_givers(drafts, &spread))
        return false;
    for (size_t low = 0, high = 0; low < spread.givers.count; low = high) {
        while (high < spread.givers.count && spread.givers.items[high].give == spread.givers.items[low].give)
            high++;
        if (!give_to_all(&spread, low, high, drafts))
            return false;
    }
    return true;
}
