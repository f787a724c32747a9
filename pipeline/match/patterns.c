/* Pattern rules and section rules: patterns over a scope. */
#include "match/conditions.h"
#include "match/finds.h"
#include "match/rule_kinds.h"
#include "match/scopes.h"

static bool find_in(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct mn_instance *instance)
{
    struct mn_finder *finder = &scratch->finder;
    if (!mn_conditions_begin(scratch, rule, instance->place))
        return false;
    if (!mn_conditions_can_hold(scratch, rule))
        return !scratch->ground.failed;
    if (!mn_finder_begin(finder, &scratch->ground, rule->patterns + instance->from,
                         rule->pattern_count - instance->from, instance->place))
        return false;
    while (mn_finder_next(finder)) {
        struct mn_draft draft;
        if (!mn_conditions_hold(scratch, rule, false, finder->match, finder->run))
            continue;
        mn_draft_begin(scratch, rule, finder->match, &draft);
        if (!mn_draft_captures(scratch, &draft, finder->run) || !mn_draft_finish(scratch, &draft))
            return false;
        mn_finder_take(finder);
    }
    return !scratch->ground.failed;
}

bool mn_match_patterns(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool done = mn_scopes_collect(scratch, rule);
    for (size_t i = 0; i < scratch->instances.count && done; i++)
        done = find_in(scratch, rule, &scratch->instances.items[i]);
    return done;
}

/* Priorities of the rules that gave roles, one for each node; kept for one document. */
static bool prepare_priorities(struct mn_match_scratch *scratch)
{
    size_t count = scratch->document->nodes.count;
    if (scratch->role_priorities.count == count)
        return true;
    if (!MN_POOL_RESERVE(&scratch->role_priorities, count))
        return false;
    for (size_t i = 0; i < count; i++)
        scratch->role_priorities.items[i] = INT32_MIN;
    scratch->role_priorities.count = count;
    return true;
}

/* Gives the section around the heading its role, unless a rule of the same or a higher priority gave it one. */
static bool give_role(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t head)
{
    struct mn_document *document = scratch->document;
    uint32_t section = mn_ancestor(document, head, MN_DIV);
    if (section == MN_NONE)
        return true;
    if (!prepare_priorities(scratch))
        return false;
    int32_t *priority = &scratch->role_priorities.items[section];
    if (*priority != INT32_MIN && *priority >= rule->priority)
        return true;
    uint32_t role = mn_document_role(document, rule->finds);
    if (role == MN_NONE)
        return false;
    *priority = rule->priority;
    document->nodes.items[section].role = role;
    return true;
}

static bool has_match(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct mn_instance *head)
{
    struct mn_finder *finder = &scratch->finder;
    if (!mn_finder_begin(finder, &scratch->ground, rule->patterns, rule->pattern_count, head->place) ||
        !mn_conditions_begin(scratch, rule, head->place))
        return false;
    while (mn_finder_next(finder))
        if (mn_conditions_hold(scratch, rule, false, finder->match, finder->run))
            return true;
    return false;
}

bool mn_match_sections(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool done = mn_scopes_collect_as(scratch, rule, MN_IN_HEAD);
    for (size_t i = 0; i < scratch->instances.count && done; i++) {
        const struct mn_instance *head = &scratch->instances.items[i];
        done = (!has_match(scratch, rule, head) || give_role(scratch, rule, head->node)) && !scratch->ground.failed;
    }
    return done;
}
