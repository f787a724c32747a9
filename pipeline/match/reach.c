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

static uint64_t *set_of(struct mn_reach *reach, uint32_t step)
{
    return &reach->sets.items[(size_t)step * 2 * reach->words];
}

/* There is a way over these positions of the step too. */
static void arrive(struct mn_reach *reach, uint32_t step, const struct mn_positions *positions)
{
    uint64_t *reached = set_of(reach, step), *fresh = reached + reach->words, any = 0;
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

/* The number of the first or the last bit of a word that is not 0. */
static uint32_t edge_bit(uint64_t word, bool last)
{
    return (uint32_t)(last ? 63 - __builtin_clzll(word) : __builtin_ctzll(word));
}

/* Takes the first step that waits (backwards the last), with the positions that it has not gone on from. */
static uint32_t depart(struct mn_reach *reach, bool backwards, struct mn_positions *positions)
{
    uint32_t word = edge_bit(reach->waiting_words, backwards);
    uint32_t bit = edge_bit(reach->waiting[word], backwards), step = word * 64 + bit;
    uint64_t *fresh = set_of(reach, step) + reach->words;
    reach->waiting[word] &= ~(UINT64_C(1) << bit);
    if (!reach->waiting[word])
        reach->waiting_words &= ~(UINT64_C(1) << word);
    for (uint32_t i = 0; i < reach->words; i++) {
        positions->words[i] = fresh[i];
        fresh[i] = 0;
    }
    return step;
}

static void move_on(const struct mn_reach *reach, struct mn_positions *positions)
{
    uint64_t carry = 0;
    for (uint32_t word = 0; word < reach->words; word++) {
        uint64_t next = positions->words[word] >> 63;
        positions->words[word] = positions->words[word] << 1 | carry;
        carry = next;
    }
}

static void move_back(const struct mn_reach *reach, struct mn_positions *positions)
{
    uint64_t carry = 0;
    for (uint32_t word = reach->words; word-- > 0;) {
        uint64_t next = positions->words[word] << 63;
        positions->words[word] = positions->words[word] >> 1 | carry;
        carry = next;
    }
}

static void keep(const struct mn_reach *reach, struct mn_positions *positions, const struct mn_positions *which,
                 bool negated)
{
    for (uint32_t word = 0; word < reach->words; word++)
        positions->words[word] &= negated ? ~which->words[word] : which->words[word];
}

static void pass_token(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan_step *step,
                       bool backwards, struct mn_positions *positions)
{
    const struct mn_positions *places = simple_places(reach, ground, step->check);
    if (backwards)
        move_back(reach, positions);
    keep(reach, positions, &reach->tokens, false);
    keep(reach, positions, places, step->negated);
    if (!backwards)
        move_on(reach, positions);
}

/* A look-around of one token: consumes nothing. At the scope's edge there is no token, so only a negated one holds. */
static void pass_look(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan_step *step,
                      struct mn_positions *positions)
{
    struct mn_positions places = *places_of(reach, ground, step->check);
    if (step->behind)
        move_on(reach, &places);
    keep(reach, positions, &places, step->negated);
}

static bool has(const struct mn_positions *positions, uint32_t position)
{
    return positions->words[position / 64] >> (position % 64) & 1;
}

/* Over something from position `from` to `to`: adds the one, or backwards the other, where the opposite one is given.
 */
static void pass_over(const struct mn_positions *given, uint32_t from, uint32_t to, bool backwards,
                      struct mn_positions *out)
{
    if (has(given, backwards ? to : from))
        set_bit(out, backwards ? from : to);
}

static void pass_lexicon(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_program *program,
                         const struct mn_plan_step *step, bool backwards, struct mn_positions *positions)
{
    const struct mn_state *state = &program->states[step->state];
    const uint32_t *values = state->value_count ? program->values + state->values : NULL;
    struct mn_positions begins = *simple_places(reach, ground, step->check), out = {{0}};
    if (!backwards)
        keep(reach, &begins, positions, false);
    for (uint32_t word = 0; word < reach->words; word++)
        for (uint64_t left = begins.words[word]; left; left &= left - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
            uint32_t taken = entry_at(reach, ground, at, state->argument, values, state->value_count);
            if (taken)
                pass_over(positions, at, at + taken, backwards, &out);
        }
    *positions = out;
}

static void pass_span(const struct mn_reach *reach, const struct mn_ground *ground, uint32_t reference, bool backwards,
                      struct mn_positions *positions)
{
    const mn_span_list *list = &ground->spans[reference];
    struct mn_positions out = {{0}};
    for (size_t i = mn_first_span(ground, reference, reach->first); i < list->count; i++) {
        const struct mn_span *span = &ground->document->spans.items[list->items[i]];
        uint32_t at = span->first_token - reach->first, end = span->end_token - reach->first;
        if (at >= reach->count)
            break;
        if (end <= reach->count && end > at)
            pass_over(positions, at, end, backwards, &out);
    }
    *positions = out;
}

static void pass_edge(const struct mn_reach *reach, struct mn_positions *positions, uint32_t edge)
{
    struct mn_positions one = {{0}};
    set_bit(&one, edge);
    keep(reach, positions, &one, false);
}

/* Takes the positions over what the step asks for: from before it to behind it, or backwards. */
static void pass(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan *plan,
                 const struct mn_plan_step *step, bool backwards, struct mn_positions *positions)
{
    switch ((enum mn_op)step->op) {
    case MN_OP_TOKEN:
        pass_token(reach, ground, step, backwards, positions);
        break;
    case MN_OP_LEXICON:
        pass_lexicon(reach, ground, plan->program, step, backwards, positions);
        break;
    case MN_OP_SPAN:
        pass_span(reach, ground, plan->program->states[step->state].argument, backwards, positions);
        break;
    case MN_OP_LOOK:
        pass_look(reach, ground, step, positions);
        break;
    case MN_OP_START:
        pass_edge(reach, positions, 0);
        break;
    case MN_OP_END:
        pass_edge(reach, positions, reach->count);
        break;
    default:
        break;
    }
}

static void prepare_sets(struct mn_reach *reach, const struct mn_plan *plan)
{
    memset(reach->sets.items, 0, (size_t)plan->step_count * 2 * reach->words * sizeof(uint64_t));
    memset(reach->waiting, 0, ((size_t)plan->step_count / 64 + 1) * sizeof(uint64_t));
    reach->waiting_words = 0;
}

/* Is there a way from the start to the accepting step? */
static bool look_forwards(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan)
{
    struct mn_positions positions = {{0}};
    prepare_sets(reach, plan);
    arrive(reach, 0, &reach->all);
    while (reach->waiting_words) {
        const struct mn_plan_step *step = &plan->steps[depart(reach, false, &positions)];
        ground->steps += reach->words;
        if (step->op == MN_OP_ACCEPT)
            return true;
        pass(reach, ground, plan, step, false, &positions);
        arrive(reach, step->next, &positions);
        if (step->op == MN_OP_SPLIT)
            arrive(reach, step->other, &positions);
    }
    return false;
}

/* The starts from which there is a way to the accepting step. */
static bool look_backwards(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan,
                           struct mn_positions *starts)
{
    struct mn_positions behind = {{0}};
    uint64_t any = 0;
    prepare_sets(reach, plan);
    arrive(reach, plan->accept, &reach->all);
    while (reach->waiting_words) {
        uint32_t step = depart(reach, true, &behind);
        ground->steps += reach->words;
        for (uint32_t i = plan->before_starts[step]; i < plan->before_starts[step + 1]; i++) {
            struct mn_positions positions = behind;
            pass(reach, ground, plan, &plan->steps[plan->before[i]], true, &positions);
            arrive(reach, plan->before[i], &positions);
        }
    }
    for (uint32_t word = 0; word < reach->words; word++)
        any |= starts->words[word] = set_of(reach, 0)[word];
    return any != 0;
}

/* At how many positions a match can begin (or end), at most. */
static uint32_t count_edge(struct mn_reach *reach, const struct mn_ground *ground, const struct mn_edge *edge)
{
    uint32_t count = 0;
    if (!edge->count)
        return reach->count + 1;
    for (uint32_t i = 0; i < edge->count; i++) {
        if (edge->tests[i].span) {
            count++;
            continue;
        }
        struct mn_positions places = reach->tokens;
        keep(reach, &places, simple_places(reach, ground, edge->tests[i].number), edge->tests[i].negated);
        for (uint32_t word = 0; word < reach->words; word++)
            count += (uint32_t)__builtin_popcountll(places.words[word]);
    }
    return count;
}

bool mn_reach_can_look(const struct mn_plan *plan, struct mn_place scope)
{
    return plan->steps && scope.end - scope.start <= MN_REACH_TOKENS;
}

bool mn_reach_starts(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan,
                     struct mn_place scope, struct mn_positions *starts)
{
    take_scope(reach, ground, scope);
    if (!prepare_checks(reach) || !MN_POOL_RESERVE(&reach->sets, (size_t)plan->step_count * 2 * reach->words)) {
        ground->failed = true;
        return false;
    }
    memset(starts, 0, sizeof *starts);
    /* From the edge where less is possible: most looks end there. */
    uint32_t first = count_edge(reach, ground, &plan->first), last = count_edge(reach, ground, &plan->last);
    if (first == 0 || last == 0 || (first < last && !look_forwards(reach, ground, plan)))
        return false;
    return look_backwards(reach, ground, plan, starts);
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
        for (uint32_t i = 0; i < plan->first.count; i++) {
            const struct mn_edge_test *first = &plan->first.tests[i];
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
    if (!plan->first.count)
        return start;
    for (uint32_t i = 0; i < plan->first.count; i++) {
        if (plan->first.tests[i].span)
            end = next_span(ground, plan->first.tests[i].number, start, end);
        else
            tokens = true;
    }
    return tokens ? next_token(reach, ground, plan, start, end) : end;
}
