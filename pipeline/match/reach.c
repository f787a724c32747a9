#include "match/reach.h"

#include "match/program_run.h"

#include <stdlib.h>

bool mn_reach_open(struct mn_reach *reach)
{
    memset(reach, 0, sizeof *reach);
    return mn_plans_open(&reach->plans);
}

void mn_reach_close(struct mn_reach *reach)
{
    mn_plans_close(&reach->plans);
    free(reach->known.items);
    free(reach->known_epochs.items);
    free(reach->sets.items);
    memset(reach, 0, sizeof *reach);
}

void mn_reach_begin(struct mn_reach *reach)
{
    reach->count = 0;
    reach->epoch = 0;
    if (reach->known_epochs.count)
        memset(reach->known_epochs.items, 0, reach->known_epochs.count * sizeof *reach->known_epochs.items);
}

/* --- Where checks hold --- */

static struct mn_positions first_positions(uint32_t count)
{
    struct mn_positions all = {{0}};
    for (uint32_t word = 0; word * 64 < count; word++)
        all.words[word] = count - word * 64 >= 64 ? ~UINT64_C(0) : ~(~UINT64_C(0) << (count - word * 64));
    return all;
}

/* Takes up a scope, unless it is the one at hand. */
static void take_scope(struct mn_reach *reach, const struct mn_ground *ground, struct mn_place scope)
{
    uint32_t count = scope.end - scope.start;
    if (reach->epoch && reach->first == scope.start && reach->count == count)
        return;
    reach->first = scope.start;
    reach->count = count;
    reach->words = count / 64 + 1;
    reach->tokens = first_positions(count);
    reach->all = first_positions(count + 1);
    reach->epoch++;
    for (uint32_t i = 0; i < count; i++)
        reach->forms[i] = mn_forms_get(ground->forms, ground->document->tokens.items[scope.start + i].form);
}

/* Room for what is known of every check there is. */
static bool prepare_checks(struct mn_reach *reach)
{
    size_t count = reach->plans.checks.count, before = reach->known_epochs.count;
    if (!MN_POOL_RESERVE(&reach->known, count) || !MN_POOL_RESERVE(&reach->known_epochs, count))
        return false;
    if (count > before) {
        memset(reach->known_epochs.items + before, 0, (count - before) * sizeof *reach->known_epochs.items);
        reach->known_epochs.count = count;
    }
    return true;
}

static void set_bit(struct mn_positions *positions, uint32_t position)
{
    positions->words[position / 64] |= UINT64_C(1) << (position % 64);
}

static void find_symbol(const struct mn_reach *reach, const struct mn_check *check, struct mn_positions *out)
{
    for (uint32_t i = 0; i < reach->count; i++)
        out->words[i / 64] |= (uint64_t)(reach->forms[i]->symbols[check->by] == check->argument) << (i % 64);
}

static void find_class(const struct mn_reach *reach, const struct mn_check *check, struct mn_positions *out)
{
    for (uint32_t i = 0; i < reach->count; i++) {
        uint64_t in = reach->forms[i]->classes[check->argument / 64] >> (check->argument % 64) & 1;
        out->words[i / 64] |= in << (i % 64);
    }
}

/* Tokens of the lexicon entry that begins at a position, at most to the scope's end; 0 for none. */
static uint32_t entry_at(const struct mn_reach *reach, const struct mn_ground *ground, uint32_t position,
                         uint32_t lexicon, const uint32_t *values, uint32_t value_count)
{
    uint32_t value;
    const uint32_t *ids = &ground->document->tokens.items[reach->first + position].form;
    return (uint32_t)mn_forms_lexicon(ground->forms, ids, MN_TOKEN_STRIDE, reach->count - position, lexicon, values,
                                      value_count, &value);
}

static void find_lexicon(const struct mn_reach *reach, const struct mn_ground *ground, const struct mn_check *check,
                         struct mn_positions *out)
{
    for (uint32_t i = 0; i < reach->count; i++) {
        const uint32_t *roots = reach->forms[i]->roots;
        bool begins = roots[MN_BY_EXACT] || roots[MN_BY_FOLD] || roots[MN_BY_STEM];
        if (begins && entry_at(reach, ground, i, check->argument, NULL, 0))
            set_bit(out, i);
    }
}

static struct mn_positions find_simple(const struct mn_reach *reach, const struct mn_ground *ground,
                                       const struct mn_check *check)
{
    struct mn_positions found = {{0}};
    switch ((enum mn_check_kind)check->kind) {
    case MN_CHECK_ANY:
        return reach->tokens;
    case MN_CHECK_SYMBOL:
        find_symbol(reach, check, &found);
        break;
    case MN_CHECK_CLASS:
        find_class(reach, check, &found);
        break;
    case MN_CHECK_LEXICON:
        find_lexicon(reach, ground, check, &found);
        break;
    case MN_CHECK_EITHER:
        break;
    }
    return found;
}

/* Where a check that is no MN_CHECK_EITHER holds; found once for a scope. */
static const struct mn_positions *simple_places(struct mn_reach *reach, const struct mn_ground *ground, uint32_t check)
{
    if (reach->known_epochs.items[check] != reach->epoch) {
        reach->known.items[check] = find_simple(reach, ground, &reach->plans.checks.items[check]);
        reach->known_epochs.items[check] = reach->epoch;
    }
    return &reach->known.items[check];
}

static const struct mn_positions *places_of(struct mn_reach *reach, const struct mn_ground *ground, uint32_t number)
{
    const struct mn_check *check = &reach->plans.checks.items[number];
    struct mn_positions found = {{0}};
    if (check->kind != MN_CHECK_EITHER)
        return simple_places(reach, ground, number);
    if (reach->known_epochs.items[number] != reach->epoch) {
        for (uint32_t i = 0; i < check->part_count; i++) {
            const struct mn_check_part *part = &check->parts[i];
            const struct mn_positions *more = simple_places(reach, ground, part->check);
            for (uint32_t word = 0; word < reach->words; word++)
                found.words[word] |= part->negated ? reach->tokens.words[word] & ~more->words[word] : more->words[word];
        }
        reach->known.items[number] = found;
        reach->known_epochs.items[number] = reach->epoch;
    }
    return &reach->known.items[number];
}

/* --- Along the plan --- */

/* The step can be at these positions too. */
static void arrive(struct mn_reach *reach, uint32_t step, const struct mn_positions *positions)
{
    uint64_t *reached = &reach->sets.items[(size_t)step * 2 * reach->words], *fresh = reached + reach->words, any = 0;
    for (uint32_t word = 0; word < reach->words; word++) {
        uint64_t more = positions->words[word] & ~reached[word];
        reached[word] |= more;
        fresh[word] |= more;
        any |= more;
    }
    if (any) {
        reach->waiting[step / 64] |= UINT64_C(1) << (step % 64);
        reach->waiting_words |= UINT64_C(1) << (step / 64);
    }
}

/* Takes the first step that waits, with the positions that it has not gone on from. */
static uint32_t depart(struct mn_reach *reach, struct mn_positions *positions)
{
    uint32_t word = (uint32_t)__builtin_ctzll(reach->waiting_words);
    uint32_t step = word * 64 + (uint32_t)__builtin_ctzll(reach->waiting[word]);
    uint64_t *fresh = &reach->sets.items[((size_t)step * 2 + 1) * reach->words];
    reach->waiting[word] &= reach->waiting[word] - 1;
    if (!reach->waiting[word])
        reach->waiting_words &= ~(UINT64_C(1) << word);
    for (uint32_t i = 0; i < reach->words; i++) {
        positions->words[i] = fresh[i];
        fresh[i] = 0;
    }
    return step;
}

/* All positions one further; the one behind the scope falls out where no token was consumed. */
static void move_on(const struct mn_reach *reach, struct mn_positions *positions)
{
    uint64_t carry = 0;
    for (uint32_t word = 0; word < reach->words; word++) {
        uint64_t next = positions->words[word] >> 63;
        positions->words[word] = positions->words[word] << 1 | carry;
        carry = next;
    }
}

static void keep(const struct mn_reach *reach, struct mn_positions *positions, const struct mn_positions *which)
{
    for (uint32_t word = 0; word < reach->words; word++)
        positions->words[word] &= which->words[word];
}

static void leave_out(const struct mn_reach *reach, struct mn_positions *positions, const struct mn_positions *which)
{
    for (uint32_t word = 0; word < reach->words; word++)
        positions->words[word] &= ~which->words[word];
}

static void step_token(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan_step *step,
                       struct mn_positions *positions)
{
    const struct mn_positions *places = simple_places(reach, ground, step->check);
    keep(reach, positions, &reach->tokens);
    if (step->negated)
        leave_out(reach, positions, places);
    else
        keep(reach, positions, places);
    move_on(reach, positions);
}

/* A look-around of one token: consumes nothing. At the scope's edge there is no token, so only a negated one holds. */
static void step_look(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan_step *step,
                      struct mn_positions *positions)
{
    struct mn_positions places = *places_of(reach, ground, step->check);
    if (step->behind)
        move_on(reach, &places);
    if (step->negated)
        leave_out(reach, positions, &places);
    else
        keep(reach, positions, &places);
}

static void step_lexicon(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_program *program,
                         const struct mn_plan_step *step, struct mn_positions *positions)
{
    const struct mn_state *state = &program->states[step->state];
    const uint32_t *values = state->value_count ? program->values + state->values : NULL;
    struct mn_positions ends = {{0}};
    keep(reach, positions, places_of(reach, ground, step->check));
    for (uint32_t word = 0; word < reach->words; word++)
        for (uint64_t left = positions->words[word]; left; left &= left - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
            uint32_t taken = entry_at(reach, ground, at, state->argument, values, state->value_count);
            if (taken)
                set_bit(&ends, at + taken);
        }
    *positions = ends;
}

static void step_span(const struct mn_reach *reach, const struct mn_ground *ground, uint32_t reference,
                      struct mn_positions *positions)
{
    const mn_span_list *list = &ground->spans[reference];
    const struct mn_span *spans = ground->document->spans.items;
    struct mn_positions ends = {{0}};
    for (size_t i = mn_first_span(ground, reference, reach->first); i < list->count; i++) {
        const struct mn_span *span = &spans[list->items[i]];
        uint32_t at = span->first_token - reach->first, end = span->end_token - reach->first;
        if (at >= reach->count)
            break;
        if (end <= reach->count && end > at && positions->words[at / 64] >> (at % 64) & 1)
            set_bit(&ends, end);
    }
    *positions = ends;
}

static void keep_edge(const struct mn_reach *reach, struct mn_positions *positions, uint32_t edge)
{
    struct mn_positions one = {{0}};
    set_bit(&one, edge);
    keep(reach, positions, &one);
}

/* Changes the positions by what the step asks for. */
static void pass(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan *plan,
                 const struct mn_plan_step *step, struct mn_positions *positions)
{
    switch ((enum mn_op)step->op) {
    case MN_OP_TOKEN:
        step_token(reach, ground, step, positions);
        break;
    case MN_OP_LEXICON:
        step_lexicon(reach, ground, plan->program, step, positions);
        break;
    case MN_OP_SPAN:
        step_span(reach, ground, plan->program->states[step->state].argument, positions);
        break;
    case MN_OP_LOOK:
        step_look(reach, ground, step, positions);
        break;
    case MN_OP_START:
        keep_edge(reach, positions, 0);
        break;
    case MN_OP_END:
        keep_edge(reach, positions, reach->count);
        break;
    default:
        break;
    }
}

static bool follow(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan)
{
    struct mn_positions positions = reach->all;
    arrive(reach, 0, &positions);
    while (reach->waiting_words) {
        const struct mn_plan_step *step = &plan->steps[depart(reach, &positions)];
        ground->steps += reach->words;
        if (step->op == MN_OP_ACCEPT)
            return true;
        pass(reach, ground, plan, step, &positions);
        arrive(reach, step->next, &positions);
        if (step->op == MN_OP_SPLIT)
            arrive(reach, step->other, &positions);
    }
    return false;
}

bool mn_reach_may_match(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan,
                        struct mn_place scope)
{
    if (scope.end - scope.start > MN_REACH_TOKENS || !plan->steps)
        return true;
    take_scope(reach, ground, scope);
    size_t size = (size_t)plan->step_count * 2 * reach->words;
    if (!prepare_checks(reach) || !MN_POOL_RESERVE(&reach->sets, size)) {
        ground->failed = true;
        return true;
    }
    memset(reach->sets.items, 0, size * sizeof(uint64_t));
    memset(reach->waiting, 0, ((size_t)plan->step_count / 64 + 1) * sizeof(uint64_t));
    reach->waiting_words = 0;
    return follow(reach, ground, plan);
}

/* --- Where to start --- */

static bool passes(const struct mn_check *check, const struct mn_form *form)
{
    switch ((enum mn_check_kind)check->kind) {
    case MN_CHECK_SYMBOL:
        return form->symbols[check->by] == check->argument;
    case MN_CHECK_CLASS:
        return form->classes[check->argument / 64] >> (check->argument % 64) & 1;
    case MN_CHECK_LEXICON: /* perhaps: some lexicon has an entry that begins so */
        return form->roots[MN_BY_EXACT] || form->roots[MN_BY_FOLD] || form->roots[MN_BY_STEM];
    case MN_CHECK_ANY:
    case MN_CHECK_EITHER:
        break;
    }
    return true;
}

/* Where the first span of the reference from `start` on begins, at most `end`. */
static uint32_t next_span(const struct mn_ground *ground, uint32_t reference, uint32_t start, uint32_t end)
{
    const mn_span_list *list = &ground->spans[reference];
    uint32_t index = mn_first_span(ground, reference, start);
    if (index == list->count)
        return end;
    uint32_t token = ground->document->spans.items[list->items[index]].first_token;
    return token < end ? token : end;
}

/* The first token in [start, end) that passes a check of the plan's firsts, or `end`. */
static uint32_t next_token(const struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan *plan,
                           uint32_t start, uint32_t end)
{
    for (; start < end; start++) {
        const struct mn_form *form = mn_forms_get(ground->forms, ground->document->tokens.items[start].form);
        for (uint32_t i = 0; i < plan->first_count; i++) {
            const struct mn_first *first = &plan->firsts[i];
            if (!first->span && passes(&reach->plans.checks.items[first->number], form) != first->negated)
                return start;
        }
    }
    return end;
}

uint32_t mn_reach_skip(const struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan *plan,
                       uint32_t start, uint32_t end)
{
    bool tokens = false;
    if (!plan->first_count)
        return start;
    for (uint32_t i = 0; i < plan->first_count; i++) {
        if (plan->firsts[i].span)
            end = next_span(ground, plan->firsts[i].number, start, end);
        else
            tokens = true;
    }
    return tokens ? next_token(reach, ground, plan, start, end) : end;
}
