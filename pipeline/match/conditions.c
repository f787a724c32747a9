#include "match/conditions.h"

#include "base/bisect.h"
#include "match/scopes.h"
#include "match/sketch.h"
#include "match/trace.h"

/* Tokens around a match that are looked at one by one: few, as every match costs so many. */
enum { NEAR_TOKENS = 64 };

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

/* Is it all the same where the condition's words stand? */
static bool is_anywhere(const struct mn_condition *condition)
{
    return condition->within == UINT32_MAX && condition->side == MN_EITHER_SIDE;
}

/* All places of the condition's program in the scope, leftmost and disjoint; one will do where it may be anywhere,
 * unless somebody is to be told which is nearest. */
static void find_places(struct mn_match_scratch *scratch, const struct mn_condition *condition, struct mn_place scope,
                        struct mn_condition_places *found)
{
    const struct mn_program *program = condition->program;
    bool one = is_anywhere(condition) && !scratch->ground.trace;
    struct mn_run *run = &scratch->condition_run;
    struct mn_place match;
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
        if (matched && one)
            return;
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
    if (found->places.count == 0)
        return false;
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

/* ---- conditions that say in what they are looked for ---- */

/* The node around a token that is of the scope's kind, or its sentence; MN_NONE: there is none. *place is what it
 * holds, *depth in how many others of its kind it lies. */
static uint32_t find_around(const struct mn_document *document, enum mn_scope scope, uint32_t token,
                            struct mn_place *place, uint32_t *depth)
{
    uint32_t sentence = mn_sentence_of(document, token), leaf = document->sentences.items[sentence].node;
    enum mn_node_kind kind = mn_scope_container(scope);
    *depth = 0;
    if (scope == MN_IN_SENTENCE) {
        const struct mn_sentence *words = &document->sentences.items[sentence];
        *place = (struct mn_place){words->first_token, words->end_token};
        return sentence;
    }
    uint32_t node = scope == MN_IN_BLOCK ? leaf : scope == MN_IN_DOCUMENT ? 0 : mn_ancestor(document, leaf, kind);
    if (node == MN_NONE)
        return scope == MN_IN_SECTION ? find_around(document, MN_IN_DOCUMENT, token, place, depth) : MN_NONE;
    *place = mn_node_place(document, node);
    if (scope != MN_IN_BLOCK && scope != MN_IN_DOCUMENT)
        for (uint32_t outer = document->nodes.items[node].parent; outer != MN_NONE;
             outer = document->nodes.items[outer].parent)
            *depth += document->nodes.items[outer].kind == kind;
    *depth += scope == MN_IN_SECTION; /* 0 is the document's, for what stands in no section */
    return node;
}

/* Forgets what is known for another rule, or another document. */
static void begin_around(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    if (scratch->around_rule == rule)
        return;
    for (size_t i = 0; i < scratch->around.count; i++)
        scratch->around.items[i].found.known = false;
    scratch->around_rule = rule;
}

/* Room for what is known of a condition at a depth; null when memory is out. */
static struct mn_places_around *slot_of(struct mn_match_scratch *scratch, const struct mn_rule *rule, size_t number,
                                        uint32_t depth)
{
    size_t index = number + (size_t)depth * rule->condition_count;
    if (!MN_POOL_RESERVE(&scratch->around, index + 1))
        return NULL;
    for (; scratch->around.count <= index; scratch->around.count++)
        memset(&scratch->around.items[scratch->around.count], 0, sizeof *scratch->around.items);
    return &scratch->around.items[index];
}

/* Where there is nothing of the kind around the match the pattern stands nowhere. */
static const struct mn_condition_places *places_around(struct mn_match_scratch *scratch, const struct mn_rule *rule,
                                                       size_t number, uint32_t token)
{
    static const struct mn_condition_places nowhere = {.known = true};
    const struct mn_condition *condition = &rule->conditions[number];
    struct mn_place place;
    uint32_t depth, around = find_around(scratch->document, condition->in, token, &place, &depth);
    if (around == MN_NONE)
        return &nowhere;
    begin_around(scratch, rule);
    struct mn_places_around *slot = slot_of(scratch, rule, number, depth);
    if (!slot) {
        scratch->ground.failed = true;
        return &nowhere;
    }
    if (!slot->found.known || slot->around != around)
        find_places(scratch, condition, place, &slot->found);
    slot->around = around;
    return &slot->found;
}

/* The condition's places in the scope, or in what it says. */
static const struct mn_condition_places *places_of(struct mn_match_scratch *scratch, const struct mn_rule *rule,
                                                   size_t number, struct mn_place match)
{
    struct mn_condition_places *found = &scratch->conditions.items[number];
    if (rule->conditions[number].in != MN_SCOPE_COUNT)
        return places_around(scratch, rule, number, match.start);
    if (!found->known)
        find_places(scratch, &rule->conditions[number], scratch->condition_scope, found);
    return found;
}

/* The place next to `near`; of two that are as near the one before it. Start MN_NONE: there is none. */
static struct mn_place nearest(const struct mn_condition_places *found, struct mn_place near)
{
    if (found->places.count == 0)
        return (struct mn_place){MN_NONE, MN_NONE};
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

/* The tokens, at most NEAR_TOKENS, in which a condition that is one word must find it; false when they are more. */
static bool find_window(const struct mn_condition *condition, struct mn_place near, struct mn_place scope,
                        struct mn_place *window)
{
    if (near.start < scope.start || near.end > scope.end)
        return false;
    uint32_t before = near.start - scope.start, behind = scope.end - near.end;
    if (condition->within < before)
        before = condition->within + 1;
    if (condition->within < behind)
        behind = condition->within + 1;
    window->start = condition->side == MN_AFTER ? near.end : near.start - before;
    window->end = condition->side == MN_BEFORE ? near.start : near.end + behind;
    return window->end - window->start <= NEAR_TOKENS;
}

static bool has_word(const struct mn_match_scratch *scratch, const struct mn_program *program, struct mn_place window)
{
    for (uint32_t i = window.start; i < window.end; i++)
        if (mn_state_takes(&program->states[0], scratch->index.spots.items[i].form))
            return true;
    return false;
}

/* Is what the condition looks for where it says? */
static bool is_there(struct mn_match_scratch *scratch, const struct mn_rule *rule, size_t number, struct mn_place match,
                     const struct mn_run *run)
{
    const struct mn_condition *condition = &rule->conditions[number];
    struct mn_place near = near_place(scratch, rule, condition, match, run), window;
    if (mn_program_is_test(condition->program) && condition->in == MN_SCOPE_COUNT &&
        find_window(condition, near, scratch->condition_scope, &window))
        return has_word(scratch, condition->program, window);
    const struct mn_condition_places *found = places_of(scratch, rule, number, match);
    if (is_anywhere(condition))
        return found->places.count > 0;
    return is_near(found, near, condition->within, condition->side);
}

static bool holds(struct mn_match_scratch *scratch, const struct mn_rule *rule, size_t number, struct mn_place match,
                  const struct mn_run *run)
{
    const struct mn_condition *condition = &rule->conditions[number];
    if (is_there(scratch, rule, number, match, run) != condition->unless)
        return true;
    if (scratch->ground.trace)
        tell_veto(scratch, number, places_of(scratch, rule, number, match), match,
                  near_place(scratch, rule, condition, match, run));
    return false;
}

bool mn_conditions_can_hold(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++)
        if (!rule->conditions[i].unless && !rule->conditions[i].on_lead_in &&
            rule->conditions[i].in == MN_SCOPE_COUNT &&
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
