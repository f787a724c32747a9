/* Rules that others leave nothing to: those that find the same as another one, and those that match only where a
 * stronger one does. */
#include "rules/checks.h"

#include "base/digest.h"
#include "rules/inclusion.h"
#include "rules/same.h"
#include <stdlib.h>

#define MOST_CANDIDATES ((size_t)50) /* rules with the same first pattern that one is compared with */
#define MOST_PAIRS ((size_t)10000000)

static const struct mn_slice evidence_name = {"evidence", 8};

/* ---- rules that find the same ---- */

/* Of two rules that find the same, does the other one win every conflict? */
static bool wins(const struct mn_rule *other, const struct mn_rule *rule)
{
    return other->priority != rule->priority ? other->priority > rule->priority : other->number < rule->number;
}

struct hashed {
    uint64_t hash;
    uint32_t draft;
};

static uint64_t hash_rule(const struct mn_rule *rule)
{
    uint64_t hash = mn_hash(rule->finds) + (uint64_t)rule->type;
    const struct mn_program *program = rule->pattern_count  ? rule->patterns[0]
                                       : rule->column_count ? rule->columns[0].header
                                                            : NULL;
    for (uint32_t i = 0; program && i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        bool counts = state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
        hash = (hash ^ ((uint64_t)state->op << 40 | (uint64_t)state->by << 36 | (counts ? state->argument : 0))) *
               UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash;
}

static int compare_hashed(const void *left, const void *right)
{
    const struct hashed *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->draft > b->draft) - (a->draft < b->draft);
}

static void tell_the_same(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_rule *other)
{
    mn_report_warning(&loader->report, mn_xml_attribute_place(draft->file, draft->xml, "name"),
                      "every find of this rule loses to the same find of %.*s, which %s; remove one of them, or let "
                      "their patterns differ",
                      MN_SLICE_ARGS(other->name),
                      other->priority > draft->rule.priority ? "has the higher priority" : "runs before it");
}

static void check_one(struct mn_loader *loader, const struct hashed *order, size_t count, size_t at)
{
    const struct mn_draft *draft = &loader->drafts.items[order[at].draft];
    size_t low = at;
    while (low && at - low < MOST_CANDIDATES && order[low - 1].hash == order[at].hash)
        low--;
    for (size_t i = low; i < count && i < low + 2 * MOST_CANDIDATES && order[i].hash == order[at].hash; i++) {
        const struct mn_rule *other = &loader->drafts.items[order[i].draft].rule;
        if (i == at || other->overlaps || draft->rule.overlaps || other->off || draft->rule.off ||
            !wins(other, &draft->rule) || !mn_find_the_same(other, &draft->rule))
            continue;
        tell_the_same(loader, draft, other);
        return;
    }
}

static void check_the_same(struct mn_loader *loader)
{
    size_t count = loader->drafts.count;
    struct hashed *order = mn_arena_alloc(loader->scratch, (count + 1) * sizeof *order);
    if (!order) {
        loader->report.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = (struct hashed){hash_rule(&loader->drafts.items[i].rule), i};
    if (count)
        qsort(order, count, sizeof *order, compare_hashed);
    for (size_t i = 0; i < count; i++)
        if (mn_is_checked(loader->drafts.items[order[i].draft].file))
            check_one(loader, order, count, i);
}

/* ---- rules that match only where a stronger one does ---- */

/* Is it looked at only whether the scope has it? Then it holds for all matches in a scope, or for none. */
static bool is_of_scope(const struct mn_condition *condition)
{
    return condition->within == UINT32_MAX && condition->side == MN_EITHER_SIDE && !condition->on_lead_in &&
           condition->in == MN_SCOPE_COUNT;
}

/* Does nothing keep the other one from what matches in the same scope? */
static bool is_as_free(const struct mn_rule *other, const struct mn_rule *rule)
{
    bool same_conditions = mn_same_conditions(other, rule);
    for (size_t i = 0; i < other->condition_count; i++)
        if (!same_conditions || !is_of_scope(&other->conditions[i]))
            return false;
    return (other->section_count == 0 ||
            mn_same_names(other->sections, other->section_count, rule->sections, rule->section_count)) &&
           (other->not_section_count == 0 ||
            mn_same_names(other->not_sections, other->not_section_count, rule->not_sections, rule->not_section_count));
}

static uint32_t find_capture(const struct mn_program *program, struct mn_slice name)
{
    for (uint32_t i = 0; i < program->capture_count; i++)
        if (mn_slice_equal(program->captures[i].name, name))
            return i;
    return MN_NO_SYMBOL;
}

/* Does what decides conflicts begin with the match, in all of the rule's patterns; with `to_end`: is it the match, or
 * more than that? */
static bool key_begins(struct mn_loader *loader, const struct mn_rule *rule, bool to_end)
{
    for (size_t i = 0; i < rule->pattern_count; i++) {
        const struct mn_program *program = rule->patterns[i];
        uint32_t key = rule->key.size ? find_capture(program, rule->key) : MN_NO_SYMBOL;
        key = key != MN_NO_SYMBOL ? key : find_capture(program, evidence_name);
        if (key != MN_NO_SYMBOL && !mn_capture_begins(loader, program, key, to_end))
            return false;
    }
    return true;
}

static bool has_evidence(const struct mn_rule *rule)
{
    const struct mn_program *program = rule->pattern_count ? rule->patterns[0] : NULL;
    return program && find_capture(program, evidence_name) != MN_NO_SYMBOL;
}

/* Is the evidence of all matches in a scope's sentence or block the same, so that no find is longer than another? */
static bool is_whole(const struct mn_rule *rule)
{
    bool in_block = rule->scope == MN_IN_BLOCK || rule->scope == MN_IN_HEAD;
    bool wide = rule->evidence == MN_EVIDENCE_BLOCK || rule->evidence == MN_EVIDENCE_ITEM;
    bool whole =
        (rule->scope == MN_IN_SENTENCE && (wide || rule->evidence == MN_EVIDENCE_SENTENCE)) || (in_block && wide);
    return whole && !rule->key.size && !has_evidence(rule);
}

/* Does each find of the other one win against a find of the rule that shares words with it? */
static bool outranks(const struct mn_rule *other, const struct mn_rule *rule)
{
    if (other->priority != rule->priority)
        return other->priority > rule->priority;
    bool alike =
        rule->type == MN_SECTION_RULE || (is_whole(other) && is_whole(rule) && other->evidence == rule->evidence);
    return alike && other->number < rule->number;
}

static bool can_shadow(const struct mn_draft *other, const struct mn_draft *draft)
{
    const struct mn_rule *strong = &other->rule, *weak = &draft->rule;
    bool by_pattern = strong->type == MN_PATTERN_RULE && mn_slice_equal(strong->finds, weak->finds) &&
                      weak->finds.size && strong->scope == weak->scope && strong->scope_span == weak->scope_span;
    return strong != weak && strong->type == weak->type && (by_pattern || strong->type == MN_SECTION_RULE) &&
           !strong->off && !strong->overlaps && !weak->overlaps && outranks(strong, weak) && is_as_free(strong, weak);
}

/* Does the other one match wherever the rule does? */
static bool covers(struct mn_loader *loader, const struct mn_rule *other, const struct mn_rule *rule)
{
    for (size_t i = 0; i < rule->pattern_count; i++)
        if (!mn_is_included(loader, &(struct mn_inclusion){.inner = rule->patterns[i],
                                                           .outer = other->patterns,
                                                           .outer_count = other->pattern_count}))
            return false;
    return rule->pattern_count > 0 &&
           (rule->type == MN_SECTION_RULE || (key_begins(loader, other, true) && key_begins(loader, rule, false)));
}

static void tell_shadowed(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_rule *other)
{
    const char *why = other->priority > draft->rule.priority ? "has the higher priority" : "stands before it";
    mn_report_warning(&loader->report, mn_xml_attribute_place(draft->file, draft->xml, "name"),
                      "wherever this rule matches, %.*s does too and wins, as it %s; remove one of them, or give this "
                      "one the higher priority",
                      MN_SLICE_ARGS(other->name), why);
}

/* A rule that finds the same as another one is told of already. `left`: pairs that may still be looked at. */
static void check_shadowed(struct mn_loader *loader, const struct mn_draft *draft, size_t *left)
{
    for (size_t i = 0; i < loader->drafts.count && *left; i++, --*left) {
        const struct mn_draft *other = &loader->drafts.items[i];
        if (!can_shadow(other, draft) || mn_find_the_same(&other->rule, &draft->rule) ||
            !covers(loader, &other->rule, &draft->rule))
            continue;
        tell_shadowed(loader, draft, &other->rule);
        return;
    }
}

/* ---- conditions that decide nothing ---- */

/* Does every match of the rule hold what the condition looks for, where it looks for it? */
static bool is_always_met(struct mn_loader *loader, const struct mn_rule *rule, const struct mn_condition *condition)
{
    bool in_match =
        condition->near_capture == MN_NO_SYMBOL && condition->side == MN_EITHER_SIDE && condition->in == MN_SCOPE_COUNT;
    if (rule->type != MN_PATTERN_RULE || condition->on_lead_in || (!is_of_scope(condition) && !in_match))
        return false;
    for (size_t i = 0; i < rule->pattern_count; i++)
        if (!mn_is_included(loader, &(struct mn_inclusion){.inner = rule->patterns[i],
                                                           .outer = &condition->program,
                                                           .outer_count = 1,
                                                           .anywhere = true}))
            return false;
    return rule->pattern_count > 0;
}

static void check_conditions(struct mn_loader *loader, const struct mn_draft *draft)
{
    const struct mn_rule *rule = &draft->rule;
    size_t i = 0;
    for (const struct mn_xml *xml = draft->xml->first; xml && i < rule->condition_count; xml = xml->next) {
        if (xml->element != MN_EL_UNLESS && xml->element != MN_EL_REQUIRES)
            continue;
        const struct mn_condition *condition = &rule->conditions[i++];
        if (!is_always_met(loader, rule, condition))
            continue;
        if (condition->unless)
            mn_report_error(&loader->report, mn_xml_place(draft->file, xml),
                            "this rule can find nothing: this <unless> stands in everything that it matches; give the "
                            "condition a side, or let it ask for something else");
        else
            mn_report_warning(&loader->report, mn_xml_place(draft->file, xml),
                              "this <requires> stands in everything that the rule matches; remove it, or give it a "
                              "side");
    }
}

void mn_check_shadows(struct mn_loader *loader)
{
    size_t left = MOST_PAIRS;
    check_the_same(loader);
    for (size_t i = 0; i < loader->drafts.count; i++) {
        const struct mn_draft *draft = &loader->drafts.items[i];
        if (!mn_is_checked(draft->file) || draft->rule.off)
            continue;
        check_shadowed(loader, draft, &left);
        check_conditions(loader, draft);
    }
}
