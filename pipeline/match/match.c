#include "match/match.h"

#include "base/deadline.h"
#include "base/fault.h"
#include "match/rule_kinds.h"
#include "match/scopes.h"
#include "match/settle.h"
#include "match/trace.h"

#include <stdlib.h>

/* --- Scratch --- */

/* Two rules settle their conflicts together if they find the same kind. What has no kind is only handed on. */
static bool same_group(const struct mn_rule *a, const struct mn_rule *b)
{
    return b->type != MN_SECTION_RULE && mn_slice_equal(a->finds, b->finds);
}

static uint32_t find_group(const struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool alone = rule->finds.size == 0 || rule->type == MN_SECTION_RULE;
    for (size_t i = 0; i < scratch->group_count && !alone; i++)
        if (same_group(rule, &scratch->rules->rules[scratch->groups[i].last_rule]))
            return (uint32_t)i;
    return MN_NONE;
}

static void make_groups(struct mn_match_scratch *scratch)
{
    for (uint32_t i = 0; i < scratch->rules->rule_count; i++) {
        const struct mn_rule *rule = &scratch->rules->rules[i];
        uint32_t group = find_group(scratch, rule);
        if (group == MN_NONE)
            group = (uint32_t)scratch->group_count++;
        scratch->group_of[i] = group;
        scratch->groups[group].last_rule = i;
        scratch->groups[group].reference = rule->finds.size ? rule->kind : MN_NO_SYMBOL;
    }
}

/* calloc that never asks for nothing. */
static void *clear_array(size_t count, size_t size)
{
    return mn_fault_due() ? NULL : calloc(count ? count : 1, size);
}

struct mn_match_scratch *mn_match_scratch_create(const struct mn_rules *rules)
{
    struct mn_match_scratch *scratch = clear_array(1, sizeof *scratch);
    if (!scratch)
        return NULL;
    scratch->rules = rules;
    scratch->group_of = clear_array(rules->rule_count, sizeof *scratch->group_of);
    scratch->groups = clear_array(rules->rule_count, sizeof *scratch->groups);
    scratch->spans = clear_array(rules->reference_count, sizeof *scratch->spans);
    bool opened = mn_index_open(&scratch->index, rules) && mn_sketches_open(&scratch->sketches, rules);
    if (!opened || !scratch->group_of || !scratch->groups || !scratch->spans) {
        mn_match_scratch_destroy(scratch);
        return NULL;
    }
    make_groups(scratch);
    return scratch;
}

static void free_lists(mn_span_list *lists, size_t count)
{
    for (size_t i = 0; lists && i < count; i++)
        free(lists[i].items);
    free(lists);
}

static void free_pools(struct mn_match_scratch *scratch)
{
    for (size_t i = 0; i < scratch->conditions.count; i++)
        free(scratch->conditions.items[i].places.items);
    free(scratch->conditions.items);
    for (size_t i = 0; i < scratch->around.count; i++)
        free(scratch->around.items[i].found.places.items);
    free(scratch->around.items);
    free(scratch->found.items);
    free(scratch->instances.items);
    free(scratch->stamps.items);
    free(scratch->fields.items);
    free(scratch->lead_in_fields.items);
    free(scratch->numbers.items);
    free(scratch->order.items);
    free(scratch->holders.items);
    free(scratch->renumbered.items);
    free(scratch->taken.items);
    free(scratch->role_priorities.items);
}

void mn_match_scratch_destroy(struct mn_match_scratch *scratch)
{
    if (!scratch)
        return;
    free_lists(scratch->spans, scratch->rules->reference_count);
    for (size_t i = 0; scratch->groups && i < scratch->group_count; i++)
        free(scratch->groups[i].found.items);
    free(scratch->groups);
    free(scratch->group_of);
    free(scratch->keyed.items);
    free(scratch->key_bits.items);
    free_pools(scratch);
    mn_finder_free(&scratch->finder);
    mn_run_free(&scratch->condition_run);
    mn_index_close(&scratch->index);
    mn_sketches_close(&scratch->sketches);
    free(scratch);
}

void mn_match_trace(struct mn_match_scratch *scratch, struct mn_trace *trace)
{
    scratch->trace = trace;
}

uint64_t mn_match_steps(const struct mn_match_scratch *scratch)
{
    return scratch->ground.steps;
}

/* Publishes what a group found, from number `first` on, under a reference, for the rules that refer to it. */
static bool publish(struct mn_match_scratch *scratch, uint32_t reference, const struct mn_group *group, size_t first)
{
    size_t count = group->found.count - first;
    mn_span_list *list = &scratch->spans[reference];
    if (!MN_POOL_RESERVE(list, count))
        return false;
    list->count = count;
    for (size_t i = 0; i < count; i++)
        list->items[i] = group->found.items[first + i];
    if (!mn_sort_spans(scratch, list))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!mn_index_span(&scratch->index, reference, scratch->document->spans.items[list->items[i]].first_token))
            return false;
    mn_index_order(&scratch->index, reference);
    return true;
}

/* --- Rules in order --- */

typedef bool match_rule(struct mn_match_scratch *scratch, const struct mn_rule *rule);

static match_rule *const match_type[] = {
    [MN_PATTERN_RULE] = mn_match_patterns,
    [MN_LIST_RULE] = mn_match_lists,
    [MN_TABLE_RULE] = mn_match_tables,
    [MN_SECTION_RULE] = mn_match_sections,
};

static bool run_rule(struct mn_match_scratch *scratch, uint32_t number)
{
    const struct mn_rule *rule = &scratch->rules->rules[number];
    struct mn_group *group = &scratch->groups[scratch->group_of[number]];
    size_t before = group->found.count;
    if (scratch->ground.trace)
        scratch->ground.trace->rule = rule;
    if (!rule->off && (!match_type[rule->type](scratch, rule) || scratch->ground.failed))
        return false;
    if (rule->self != MN_NO_SYMBOL && !publish(scratch, rule->self, group, before))
        return false;
    if (group->last_rule != number)
        return true;
    return mn_settle(scratch, group) &&
           (group->reference == MN_NO_SYMBOL || publish(scratch, group->reference, group, 0));
}

/* Forgets the last document. */
static void begin(struct mn_match_scratch *scratch, struct mn_document *document, const struct mn_forms *forms)
{
    const struct mn_rules *rules = scratch->rules;
    scratch->document = document;
    scratch->ground = (struct mn_ground){.document = document,
                                         .forms = forms,
                                         .spans = scratch->spans,
                                         .index = &scratch->index,
                                         .sketches = &scratch->sketches,
                                         .trace = scratch->trace};
    for (size_t i = 0; i < rules->reference_count; i++)
        scratch->spans[i].count = 0;
    for (size_t i = 0; i < scratch->group_count; i++)
        scratch->groups[i].found.count = 0;
    scratch->found.count = 0;
    scratch->role_priorities.count = 0;
    document->spans.count = 0;
    mn_sketches_begin(&scratch->sketches, forms);
}

/* Gives back what only a very large document needs. */
static void rest(struct mn_match_scratch *scratch)
{
    for (size_t i = 0; i < scratch->rules->reference_count; i++)
        MN_POOL_REST(&scratch->spans[i]);
    for (size_t i = 0; i < scratch->group_count; i++)
        MN_POOL_REST(&scratch->groups[i].found);
    MN_POOL_REST(&scratch->found);
    MN_POOL_REST(&scratch->instances);
    MN_POOL_REST(&scratch->stamps);
    MN_POOL_REST(&scratch->keyed);
    MN_POOL_REST(&scratch->key_bits);
    MN_POOL_REST(&scratch->renumbered);
    MN_POOL_REST(&scratch->taken);
    MN_POOL_REST(&scratch->role_priorities);
    mn_index_rest(&scratch->index);
}

static enum mn_status run_rules(struct mn_match_scratch *scratch, struct mn_error *error)
{
    bool done = true;
    for (uint32_t i = 0; i < scratch->rules->rule_count && done; i++) {
        if (mn_deadline_passed())
            return mn_fail_late(error);
        done = run_rule(scratch, i);
    }
    mn_index_rest(&scratch->index); /* nothing is looked for any more */
    return done && mn_settle_finish(scratch) ? MN_OK : mn_fail_memory(error);
}

enum mn_status mn_match(struct mn_document *document, const struct mn_forms *forms, const struct mn_rules *rules,
                        struct mn_match_scratch *scratch, struct mn_error *error)
{
    begin(scratch, document, forms);
    bool begun = mn_scopes_begin(scratch) && mn_index_begin(&scratch->index, document, forms);
    enum mn_status status = begun ? run_rules(scratch, error) : mn_fail_memory(error);
    rest(scratch);
    document->rules_sha256 = rules->sha256;
    return status;
}
