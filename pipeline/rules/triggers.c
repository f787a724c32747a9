/* Which words, classes, lexicons and spans a rule needs: a rule is only tried where one of them occurs. The cost of a
 * part says how often what it needs occurs by chance; of a sequence the cheapest part is taken, of alternatives all. */
#include "rules/loader.h"

#include "base/limits.h"
#include "base/utf8.h"

#define NOTHING UINT32_MAX /* the cost of what needs nothing */

/* Definitions that use each other twice grow like 2^n when they are written out. A pattern that needs more visits than
 * this takes too many states and is refused by the compiler: a state has four nodes over it at most. */
#define MOST_VISITS (4 * (size_t)MN_LIMIT_PATTERN_STATES)

enum cost { WORD_COST = 1, STEM_COST = 2, SPAN_COST = 50, CLASS_COST = 200, COMMON_COST = 300 };

static uint32_t add_costs(uint32_t a, uint32_t b)
{
    return a == NOTHING || b == NOTHING || a > NOTHING - 1 - b ? NOTHING : a + b;
}

static uint32_t token_cost(struct mn_loader *loader, const struct mn_pattern_node *node)
{
    if (node->test == MN_TEST_ANY)
        return NOTHING;
    if (node->test == MN_TEST_CLASS)
        return CLASS_COST;
    struct mn_slice folded = mn_utf8_casefold(loader->scratch, node->name);
    if (!folded.data)
        loader->report.no_memory = true;
    if (node->by != MN_BY_EXACT && mn_names_find(&loader->common, folded) != MN_NO_SYMBOL)
        return COMMON_COST;
    return node->by == MN_BY_STEM ? STEM_COST : WORD_COST;
}

static uint32_t lexicon_cost(const struct mn_lexicon_facts *lexicon)
{
    uint64_t cost =
        (uint64_t)(lexicon->entries - lexicon->common) * WORD_COST + (uint64_t)lexicon->common * COMMON_COST;
    return cost >= NOTHING ? NOTHING - 1 : (uint32_t)cost;
}

static uint32_t sequence_cost(const struct mn_pattern *pattern, struct mn_pattern_node *node)
{
    uint32_t cost = NOTHING;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous) {
        if (pattern->nodes[i].cost > cost || pattern->nodes[i].cost == NOTHING)
            continue;
        cost = pattern->nodes[i].cost;
        node->best = i;
    }
    return cost;
}

static uint32_t alternatives_cost(const struct mn_pattern *pattern, const struct mn_pattern_node *node)
{
    uint32_t cost = 0;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous)
        cost = add_costs(cost, pattern->nodes[i].cost);
    return cost;
}

static uint32_t define_cost(const struct mn_loader *loader, const struct mn_pattern_node *node)
{
    if (node->argument == MN_NO_SYMBOL)
        return NOTHING;
    const struct mn_pattern *pattern = &loader->defines.items[node->argument].pattern;
    return pattern->root == MN_NO_NODE ? NOTHING : pattern->nodes[pattern->root].cost;
}

uint32_t mn_trigger_cost(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_pattern_node *node)
{
    switch ((enum mn_pattern_kind)node->kind) {
    case MN_PATTERN_TOKEN:
        return token_cost(loader, node);
    case MN_PATTERN_LEXICON:
        return node->argument < loader->lexicons.count ? lexicon_cost(&loader->lexicons.items[node->argument])
                                                       : NOTHING;
    case MN_PATTERN_SPAN:
        return SPAN_COST;
    case MN_PATTERN_DEFINE:
        return define_cost(loader, node);
    case MN_PATTERN_CAPTURE:
        return pattern->nodes[node->last].cost;
    case MN_PATTERN_REPEAT:
        return node->min ? pattern->nodes[node->last].cost : NOTHING;
    case MN_PATTERN_SEQUENCE:
        return sequence_cost(pattern, node);
    case MN_PATTERN_ALTERNATIVES:
        return alternatives_cost(pattern, node);
    case MN_PATTERN_START:
    case MN_PATTERN_END:
    case MN_PATTERN_LOOK:
    case MN_PATTERN_NOT:
        break;
    }
    return NOTHING;
}

/* A part whose triggers are still to be gathered. */
struct part {
    const struct mn_pattern *pattern;
    uint32_t node;
};

struct parts {
    MN_VECTOR(struct part) items;
};

static void push_part(struct mn_loader *loader, struct parts *parts, const struct mn_pattern *pattern, uint32_t node)
{
    struct part *part = MN_APPEND(loader->scratch, &parts->items);
    if (part)
        *part = (struct part){pattern, node};
    else
        loader->report.no_memory = true;
}

static void add_trigger(struct mn_loader *loader, struct mn_triggers *triggers, struct mn_trigger trigger)
{
    for (size_t i = 0; i < triggers->items.count && i < 64; i++) { /* the vocabulary drops what is left */
        const struct mn_trigger *known = &triggers->items.items[i];
        if (known->kind == trigger.kind && known->by == trigger.by && known->id == trigger.id)
            return;
    }
    struct mn_trigger *slot = MN_APPEND(loader->scratch, &triggers->items);
    if (slot)
        *slot = trigger;
    else
        loader->report.no_memory = true;
}

/* Gathers what one node needs itself, and pushes the children that are needed. */
static void visit(struct mn_loader *loader, struct parts *parts, struct part part, struct mn_triggers *out)
{
    const struct mn_pattern_node *node = &part.pattern->nodes[part.node];
    switch ((enum mn_pattern_kind)node->kind) {
    case MN_PATTERN_TOKEN:
        add_trigger(loader, out,
                    node->test == MN_TEST_CLASS ? (struct mn_trigger){MN_TRIGGER_CLASS, 0, node->argument}
                                                : (struct mn_trigger){MN_TRIGGER_SYMBOL, node->by, node->argument});
        break;
    case MN_PATTERN_LEXICON:
        add_trigger(loader, out,
                    (struct mn_trigger){MN_TRIGGER_LEXICON, 0, loader->lexicons.items[node->argument].number});
        break;
    case MN_PATTERN_SPAN:
        add_trigger(loader, out, (struct mn_trigger){MN_TRIGGER_SPAN, 0, node->argument});
        break;
    case MN_PATTERN_DEFINE: {
        const struct mn_pattern *define = &loader->defines.items[node->argument].pattern;
        push_part(loader, parts, define, define->root);
        break;
    }
    case MN_PATTERN_SEQUENCE:
        push_part(loader, parts, part.pattern, node->best);
        break;
    default: /* captures, repetitions: one child; alternatives: all */
        for (uint32_t i = node->last; i != MN_NO_NODE; i = part.pattern->nodes[i].previous)
            push_part(loader, parts, part.pattern, i);
    }
}

void mn_triggers_of(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_triggers *out)
{
    struct parts parts = {0};
    *out = (struct mn_triggers){.cost = NOTHING};
    if (pattern->root == MN_NO_NODE || pattern->nodes[pattern->root].cost == NOTHING)
        return;
    out->cost = pattern->nodes[pattern->root].cost;
    push_part(loader, &parts, pattern, pattern->root);
    for (size_t visits = 0; parts.items.count && !loader->report.no_memory; visits++) {
        if (visits == MOST_VISITS) {
            *out = (struct mn_triggers){.cost = NOTHING};
            return;
        }
        visit(loader, &parts, parts.items.items[--parts.items.count], out);
    }
}

void mn_triggers_unite(struct mn_loader *loader, struct mn_triggers *set, const struct mn_triggers *more)
{
    set->cost = add_costs(set->cost, more->cost);
    for (size_t i = 0; i < more->items.count; i++)
        add_trigger(loader, set, more->items.items[i]);
    if (set->cost == NOTHING)
        set->items.count = 0;
}

void mn_triggers_span(struct mn_loader *loader, uint32_t reference, struct mn_triggers *out)
{
    *out = (struct mn_triggers){.cost = SPAN_COST};
    add_trigger(loader, out, (struct mn_trigger){MN_TRIGGER_SPAN, 0, reference});
}

void mn_triggers_better(struct mn_triggers *set, const struct mn_triggers *other)
{
    if (other->cost < set->cost)
        *set = *other;
}

static void add_number(struct mn_loader *loader, uint32_t **numbers, uint32_t *count, uint32_t number)
{
    struct mn_arena *arena = loader->rules->arena;
    if (*count && (*numbers)[*count - 1] == number)
        return;
    /* doubled when the count is a power of two */
    if ((*count & (*count - 1)) == 0) {
        size_t size = *count * sizeof **numbers;
        uint32_t *larger = mn_arena_alloc(arena, size ? 2 * size : sizeof **numbers);
        if (!larger) {
            loader->report.no_memory = true;
            return;
        }
        if (size)
            memcpy(larger, *numbers, size);
        *numbers = larger;
    }
    (*numbers)[(*count)++] = number;
}

static void hang(struct mn_loader *loader, const struct mn_trigger *trigger, uint32_t rule)
{
    struct mn_rules *rules = loader->rules;
    enum mn_status status = MN_OK;
    switch ((enum mn_trigger_kind)trigger->kind) {
    case MN_TRIGGER_SYMBOL:
        status = mn_vocabulary_tag_symbol(rules->vocabulary, (enum mn_by)trigger->by, trigger->id, rule);
        break;
    case MN_TRIGGER_CLASS:
        status = mn_vocabulary_tag_class(rules->vocabulary, trigger->id, rule);
        break;
    case MN_TRIGGER_LEXICON:
        status = mn_vocabulary_tag_lexicon(rules->vocabulary, trigger->id, rule);
        break;
    case MN_TRIGGER_SPAN:
        add_number(loader, &rules->triggered[trigger->id], &rules->triggered_count[trigger->id], rule);
        break;
    }
    if (status != MN_OK)
        loader->report.no_memory = true;
}

void mn_triggers_hang(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    uint32_t always_count = 0;
    for (uint32_t i = 0; i < rules->rule_count && !loader->report.no_memory; i++) {
        const struct mn_triggers *triggers = &loader->drafts.items[loader->order[i]].triggers;
        if (rules->rules[i].off)
            continue;
        if (triggers->cost == NOTHING)
            add_number(loader, &rules->always, &always_count, i);
        for (size_t t = 0; t < triggers->items.count && triggers->cost != NOTHING; t++)
            hang(loader, &triggers->items.items[t], i);
    }
    rules->always_count = always_count;
}
