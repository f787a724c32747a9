#include "match/plan.h"

#include "match/reach.h"

#define FIRST_SLOTS 64

bool mn_plans_open(struct mn_plans *plans)
{
    memset(plans, 0, sizeof *plans);
    plans->arena = mn_arena_create();
    if (!plans->arena)
        return false;
    plans->slot_count = FIRST_SLOTS;
    plans->slots = mn_arena_zero(plans->arena, plans->slot_count * sizeof *plans->slots);
    return plans->slots != NULL;
}

void mn_plans_close(struct mn_plans *plans)
{
    mn_arena_destroy(plans->arena);
    memset(plans, 0, sizeof *plans);
}

static struct mn_plan **slot_of(struct mn_plan **slots, size_t count, const struct mn_program *program)
{
    uint64_t hash = (uint64_t)(uintptr_t)program * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (count - 1);
    while (slots[slot] && slots[slot]->program != program)
        slot = (slot + 1) & (count - 1);
    return &slots[slot];
}

static bool grow(struct mn_plans *plans)
{
    size_t count = plans->slot_count * 2;
    struct mn_plan **slots = mn_arena_zero(plans->arena, count * sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < plans->slot_count; i++)
        if (plans->slots[i])
            *slot_of(slots, count, plans->slots[i]->program) = plans->slots[i];
    plans->slots = slots;
    plans->slot_count = count;
    return true;
}

/* --- Checks --- */

/* The number of the check with these bytes, added if new; MN_NO_SYMBOL when memory is out. */
static uint32_t add_check(struct mn_plans *plans, struct mn_slice key, struct mn_check check)
{
    /* Room first, so that a key is never without its check. */
    if (!MN_RESERVE(plans->arena, &plans->checks, plans->checks.count + 1))
        return MN_NO_SYMBOL;
    uint32_t number = mn_names_add(&plans->keys, plans->arena, key);
    if (number == plans->checks.count)
        plans->checks.items[plans->checks.count++] = check;
    return number;
}

static uint32_t simple_check(struct mn_plans *plans, uint32_t kind, uint32_t by, uint32_t argument)
{
    uint32_t key[3] = {kind, by, argument};
    return add_check(plans, (struct mn_slice){(const char *)key, sizeof key},
                     (struct mn_check){.kind = kind, .by = by, .argument = argument});
}

static uint32_t token_check(struct mn_plans *plans, const struct mn_state *state)
{
    static const uint32_t kinds[] = {
        [MN_TEST_ANY] = MN_CHECK_ANY, [MN_TEST_SYMBOL] = MN_CHECK_SYMBOL, [MN_TEST_CLASS] = MN_CHECK_CLASS};
    bool any = state->test == MN_TEST_ANY, symbol = state->test == MN_TEST_SYMBOL;
    return simple_check(plans, kinds[state->test], symbol ? state->by : 0, any ? 0 : state->argument);
}

/* The check that a look-around makes, if it looks at one token and nothing else; MN_NO_SYMBOL for others. Such a
 * program consists of splits and of tokens behind which it accepts. */
static uint32_t look_check(struct mn_plans *plans, const struct mn_program *program)
{
    MN_VECTOR(struct mn_check_part) parts = {NULL, 0, 0};
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        if (state->op == MN_OP_SPLIT || state->op == MN_OP_ACCEPT)
            continue;
        if (state->op != MN_OP_TOKEN || program->states[state->next].op != MN_OP_ACCEPT)
            return MN_NO_SYMBOL;
        struct mn_check_part *part = MN_APPEND(plans->arena, &parts);
        if (!part)
            return MN_NO_SYMBOL;
        *part = (struct mn_check_part){token_check(plans, state), state->negated};
        if (part->check == MN_NO_SYMBOL)
            return MN_NO_SYMBOL;
    }
    return add_check(
        plans, (struct mn_slice){(const char *)parts.items, parts.count * sizeof *parts.items},
        (struct mn_check){.kind = MN_CHECK_EITHER, .parts = parts.items, .part_count = (uint32_t)parts.count});
}

/* Can a split of the program go past all tokens? Then a look-around for it holds everywhere. */
static bool accepts_nothing(const struct mn_program *program)
{
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        bool split = state->op == MN_OP_SPLIT;
        if (split &&
            (program->states[state->next].op == MN_OP_ACCEPT || program->states[state->other].op == MN_OP_ACCEPT))
            return true;
    }
    return program->states[0].op == MN_OP_ACCEPT;
}

/* --- Steps --- */

#define NEW UINT32_MAX
#define OPENED (UINT32_MAX - 1)

/* The states that can be reached, each behind those that lead to it where there is no loop (reverse postorder of the
 * depth-first search). Fills order[0 … count) and rank by state; the count. */
static uint32_t sort_states(const struct mn_program *program, uint32_t *order, uint32_t *rank, uint32_t *stack)
{
    uint32_t depth = 0, left = program->state_count;
    for (uint32_t i = 0; i < program->state_count; i++)
        rank[i] = NEW;
    stack[depth++] = 0;
    while (depth) {
        uint32_t number = stack[depth - 1];
        const struct mn_state *state = &program->states[number];
        if (rank[number] != NEW) {
            depth--;
            if (rank[number] == OPENED) {
                rank[number] = --left;
                order[left] = number;
            }
            continue;
        }
        rank[number] = OPENED;
        if (state->op == MN_OP_SPLIT && rank[state->other] == NEW)
            stack[depth++] = state->other;
        if (state->op != MN_OP_ACCEPT && rank[state->next] == NEW)
            stack[depth++] = state->next;
    }
    memmove(order, order + left, (program->state_count - left) * sizeof *order);
    for (uint32_t i = 0; i < program->state_count - left; i++)
        rank[order[i]] = i;
    return program->state_count - left;
}

static bool make_step(struct mn_plans *plans, const struct mn_program *program, uint32_t number,
                      struct mn_plan_step *step)
{
    const struct mn_state *state = &program->states[number];
    *step = (struct mn_plan_step){.op = state->op, .negated = state->negated != 0, .state = number};
    if (state->op == MN_OP_TOKEN)
        step->check = token_check(plans, state);
    if (state->op == MN_OP_LEXICON)
        step->check = simple_check(plans, MN_CHECK_LEXICON, 0, state->argument);
    if (state->op == MN_OP_LOOK) {
        const struct mn_look *look = &program->looks[state->argument];
        step->behind = look->behind;
        step->check = accepts_nothing(look->program) ? MN_NO_SYMBOL : look_check(plans, look->program);
        if (step->check == MN_NO_SYMBOL)
            step->op = MN_OP_OPEN; /* taken to hold */
        return true;
    }
    return step->check != MN_NO_SYMBOL;
}

static bool make_steps(struct mn_plans *plans, struct mn_plan *plan, const uint32_t *order, const uint32_t *rank)
{
    const struct mn_program *program = plan->program;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct mn_state *state = &program->states[order[i]];
        if (!make_step(plans, program, order[i], &plan->steps[i]))
            return false;
        plan->steps[i].next = state->op == MN_OP_ACCEPT ? 0 : rank[state->next];
        plan->steps[i].other = state->op == MN_OP_SPLIT ? rank[state->other] : 0;
    }
    return true;
}

/* Notes for every step which steps lead to it. */
static bool note_before(struct mn_plans *plans, struct mn_plan *plan)
{
    uint32_t count = plan->step_count;
    plan->before_starts = mn_arena_zero(plans->arena, ((size_t)count + 2) * sizeof *plan->before_starts);
    plan->before = mn_arena_alloc(plans->arena, 2 * (size_t)count * sizeof *plan->before);
    if (!plan->before_starts || !plan->before)
        return false;
    /* Counted two places on, so that filling moves each start to where it belongs. */
    uint32_t *starts = plan->before_starts + 1;
    for (uint32_t i = 0; i < count; i++) {
        if (plan->steps[i].op != MN_OP_ACCEPT)
            starts[plan->steps[i].next + 1]++;
        if (plan->steps[i].op == MN_OP_SPLIT)
            starts[plan->steps[i].other + 1]++;
    }
    for (uint32_t i = 1; i <= count; i++)
        starts[i] += starts[i - 1];
    for (uint32_t i = 0; i < count; i++) {
        if (plan->steps[i].op == MN_OP_ACCEPT)
            plan->accept = i;
        else
            plan->before[starts[plan->steps[i].next]++] = i;
        if (plan->steps[i].op == MN_OP_SPLIT)
            plan->before[starts[plan->steps[i].other]++] = i;
    }
    return true;
}

static bool consumes(const struct mn_plan_step *step)
{
    return step->op == MN_OP_TOKEN || step->op == MN_OP_LEXICON || step->op == MN_OP_SPAN;
}

/* Adds what a step that consumes asks for. False when there is no room. */
static bool add_test(const struct mn_plan *plan, const struct mn_plan_step *step, struct mn_edge *edge)
{
    bool span = step->op == MN_OP_SPAN;
    struct mn_edge_test test = {span, step->negated, span ? plan->program->states[step->state].argument : step->check};
    for (uint32_t i = 0; i < edge->count; i++) {
        const struct mn_edge_test *known = &edge->tests[i];
        if (known->span == test.span && known->negated == test.negated && known->number == test.number)
            return true;
    }
    if (edge->count == MN_PLAN_EDGE_TESTS)
        return false;
    edge->tests[edge->count++] = test;
    return true;
}

/* What a match can begin with: what can be reached from the start without consuming anything. In the plan's order one
 * pass is enough, as no loop consumes nothing. `reached` has one flag for each step. */
static bool find_first(struct mn_plan *plan, uint32_t *reached)
{
    memset(reached, 0, plan->step_count * sizeof *reached);
    reached[0] = 1;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct mn_plan_step *step = &plan->steps[i];
        bool split = step->op == MN_OP_SPLIT;
        if (!reached[i])
            continue;
        if (consumes(step)) {
            if (!add_test(plan, step, &plan->first))
                return false;
            continue;
        }
        if (step->op == MN_OP_ACCEPT || step->next <= i || (split && step->other <= i))
            return false;
        reached[step->next] = 1;
        if (split)
            reached[step->other] = 1;
    }
    return true;
}

/* What a match can end with: the same backwards from the accepting step. */
static bool find_last(struct mn_plan *plan, uint32_t *reached)
{
    memset(reached, 0, plan->step_count * sizeof *reached);
    reached[plan->accept] = 1;
    for (uint32_t i = plan->step_count; i-- > 0;)
        for (uint32_t k = plan->before_starts[i]; reached[i] && k < plan->before_starts[i + 1]; k++) {
            const struct mn_plan_step *step = &plan->steps[plan->before[k]];
            if (consumes(step) ? !add_test(plan, step, &plan->last) : plan->before[k] >= i)
                return false;
            reached[plan->before[k]] |= !consumes(step);
        }
    return !reached[0];
}

static struct mn_plan *make_plan(struct mn_plans *plans, const struct mn_program *program)
{
    struct mn_plan *plan = mn_arena_zero(plans->arena, sizeof *plan);
    size_t count = program->state_count;
    if (!plan)
        return NULL;
    plan->program = program;
    if (count > MN_REACH_STATES)
        return plan;
    uint32_t *order = mn_arena_alloc(plans->arena, (4 * count + 1) * sizeof *order);
    plan->steps = mn_arena_zero(plans->arena, count * sizeof *plan->steps);
    if (!order || !plan->steps)
        return NULL;
    plan->step_count = sort_states(program, order, order + count, order + 2 * count);
    if (!make_steps(plans, plan, order, order + count) || !note_before(plans, plan))
        return NULL;
    if (!find_first(plan, order))
        plan->first.count = 0;
    if (!find_last(plan, order))
        plan->last.count = 0;
    return plan;
}

const struct mn_plan *mn_plans_get(struct mn_plans *plans, const struct mn_program *program)
{
    struct mn_plan **slot = slot_of(plans->slots, plans->slot_count, program);
    if (*slot)
        return *slot;
    if (plans->plan_count * 2 >= plans->slot_count) {
        if (!grow(plans))
            return NULL;
        slot = slot_of(plans->slots, plans->slot_count, program);
    }
    *slot = make_plan(plans, program);
    plans->plan_count += *slot != NULL;
    return *slot;
}
