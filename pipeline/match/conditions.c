#include "match/conditions.h"

#include "base/bisect.h"
#include "match/sketch.h"
#include "match/trace.h"

bool mn_conditions_begin(struct mn_match_scratch *scratch, const struct mn_rule *rule, struct mn_place scope)
{
    scratch->condition_scope = scope;
    if (!MN_POOL_RESERVE(&scratch->conditions, rule->condition_count)) {
        scratch->ground.failed = true;
        return false;
    }
    for (; scratch->conditions.count < rule->condition_count; scratch->conditions.count++)
        memset(&scratch->conditions.items[scratch->conditions.count], 0, sizeof *scratch->conditions.items);
    for (size_t i = 0; i < rule->condition_count; i++)
        scratch->conditions.items[i].known = false;
    return true;
}

/* All places of the program in the scope, leftmost and disjoint. */
static void find_places(struct mn_match_scratch *scratch, const struct mn_program *program,
                        struct mn_condition_places *found)
{
    struct mn_run *run = &scratch->condition_run;
    struct mn_place scope = scratch->condition_scope, match;
    found->known = true;
    found->places.count = 0;
    if (!scratch->ground.everywhere && !mn_index_may_match(&scratch->index, program, scope))
        return;
    if (!mn_run_begin(run, &scratch->ground, program, scope, true) || !mn_sketch_allows(run))
        return;
    uint32_t last = program->anchored ? scope.start : scope.end;
    for (uint32_t start = mn_run_skip(run, scope.start); start <= last;) {
        bool matched = mn_run_at(run, start, &match);
        struct mn_place *place = matched ? MN_POOL_ADD(&found->places) : NULL;
        if (place)
            *place = match;
        else if (matched)
            scratch->ground.failed = true;
        start = matched && match.end > start ? match.end : start + 1;
        start = start < last ? mn_run_skip(run, start) : start;
    }
}

/* How many places end at or before the token. */
static size_t places_before(const struct mn_condition_places *found, uint32_t token)
{
    return MN_COUNT_BELOW(struct mn_place, end, found->places.items, found->places.count, (uint64_t)token + 1);
}

/* Index of the first place that starts at or behind the token. */
static size_t first_behind(const struct mn_condition_places *found, uint32_t token)
{
    return MN_COUNT_BELOW(struct mn_place, start, found->places.items, found->places.count, token);
}

/* Is there a place at most `within` tokens from `near`, on the right side of it? Touching and overlapping are 0. */
static bool is_near(const struct mn_condition_places *found, struct mn_place near, uint32_t within, enum mn_side side)
{
    const struct mn_place *places = found->places.items;
    size_t before = places_before(found, near.start), after = first_behind(found, near.end);
    bool precedes = before > 0 && near.start - places[before - 1].end <= within;
    bool follows = after < found->places.count && places[after].start - near.end <= within;
    if (side != MN_EITHER_SIDE)
        return side == MN_BEFORE ? precedes : follows;
    return precedes || follows || before < after;
}

/* The first token that starts at the byte or behind it. */
static uint32_t token_from(const struct mn_document *document, uint32_t byte)
{
    return (uint32_t)MN_COUNT_BELOW(struct mn_token, start, document->tokens.items, document->tokens.count, byte);
}

/* Captures of table rules come from several cells, each with a match of its own: by now they are fields. */
static struct mn_place near_field(const struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t capture,
                                  struct mn_place match)
{
    struct mn_fields fields = {scratch->fields.items, scratch->fields.count};
    const struct mn_field *field = mn_fields_find(&fields, mn_rule_capture(rule, capture));
    if (!field || field->start == field->end)
        return match;
    return (struct mn_place){token_from(scratch->document, field->start), token_from(scratch->document, field->end)};
}

/* Where the condition's `near` lies: the capture, or the match where it took no part. */
static struct mn_place near_place(const struct mn_match_scratch *scratch, const struct mn_rule *rule,
                                  const struct mn_condition *condition, struct mn_place match, const struct mn_run *run)
{
    uint32_t near = condition->near_capture;
    if (near == MN_NO_SYMBOL)
        return match;
    if (rule->type == MN_TABLE_RULE)
        return near_field(scratch, rule, near, match);
    if (!run || near >= run->program->capture_count)
        return match;
    struct mn_place place = run->captured[near].place;
    return place.start == MN_NONE ? match : place;
}

/* The condition's places in the scope. */
static const struct mn_condition_places *places_of(struct mn_match_scratch *scratch, const struct mn_rule *rule,
                                                   size_t number)
{
    struct mn_condition_places *found = &scratch->conditions.items[number];
    if (!found->known)
        find_places(scratch, rule->conditions[number].program, found);
    return found;
}

/* The place next to `near`; of two that are as near the one before it. Start MN_NONE: there is none. */
static struct mn_place nearest(const struct mn_condition_places *found, struct mn_place near)
{
    const struct mn_place *places = found->places.items;
    size_t before = places_before(found, near.start), after = first_behind(found, near.end);
    bool follows = after < found->places.count;
    if (before < after)
        return places[before];
    if (before == 0)
        return follows ? places[after] : (struct mn_place){MN_NONE, MN_NONE};
    bool nearer = follows && places[after].start - near.end < near.start - places[before - 1].end;
    return places[nearer ? after : before - 1];
}

static void tell_veto(const struct mn_match_scratch *scratch, size_t number, const struct mn_condition_places *found,
                      struct mn_place match, struct mn_place near)
{
    MN_TRACE(&scratch->ground, .kind = MN_TRACE_VETO, .place = match, .condition = number,
             .words = nearest(found, near));
}

static bool holds(struct mn_match_scratch *scratch, const struct mn_rule *rule, size_t number, struct mn_place match,
                  const struct mn_run *run)
{
    const struct mn_condition *condition = &rule->conditions[number];
    const struct mn_condition_places *found = places_of(scratch, rule, number);
    bool anywhere = condition->within == UINT32_MAX && condition->side == MN_EITHER_SIDE;
    bool there =
        anywhere ? found->places.count > 0
                 : is_near(found, near_place(scratch, rule, condition, match, run), condition->within, condition->side);
    if (there != condition->unless)
        return true;
    if (scratch->ground.trace)
        tell_veto(scratch, number, found, match, near_place(scratch, rule, condition, match, run));
    return false;
}

bool mn_conditions_can_hold(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++)
        if (!rule->conditions[i].unless && !rule->conditions[i].on_lead_in &&
            !mn_index_may_match(&scratch->index, rule->conditions[i].program, scratch->condition_scope)) {
            MN_TRACE(&scratch->ground, .kind = MN_TRACE_VETO, .place = scratch->condition_scope, .condition = i,
                     .whole_scope = true, .words = {MN_NONE, MN_NONE});
            return false;
        }
    return true;
}

bool mn_conditions_hold(struct mn_match_scratch *scratch, const struct mn_rule *rule, bool on_lead_in,
                        struct mn_place match, const struct mn_run *run)
{
    for (size_t i = 0; i < rule->condition_count; i++)
        if (rule->conditions[i].on_lead_in == on_lead_in && !holds(scratch, rule, i, match, run))
            return false;
    return true;
}
