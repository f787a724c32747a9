#include "explain/explanation.h"

struct nearness {
    const struct mn_program *program;
    const uint32_t *left; /* by state */
    uint32_t at;          /* token asked for, or MN_NONE */
    uint32_t best;
    struct mn_miss *miss;
    struct mn_arena *arena;
    bool failed;
};

/* Does the state ask for something of its own? What nearly always holds is not counted. */
static uint32_t weight_of(const struct mn_state *state)
{
    bool gap = state->op == MN_OP_TOKEN && state->test == MN_TEST_ANY;
    return !gap && (state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN ||
                    state->op == MN_OP_END);
}

static uint32_t way_from(const struct mn_state *state, const uint32_t *left)
{
    uint32_t way = left[state->next];
    if (state->op == MN_OP_SPLIT && left[state->other] < way)
        way = left[state->other];
    return way == UINT32_MAX ? way : way + weight_of(state);
}

/* For every state the elements on the shortest way to the accepting state: improved until nothing changes, from the
 * end, where most states already know their followers. */
static uint32_t *count_left(const struct mn_program *program, struct mn_arena *arena)
{
    uint32_t *left = mn_arena_alloc(arena, program->state_count * sizeof *left);
    bool changed = left != NULL;
    for (uint32_t i = 0; left && i < program->state_count; i++)
        left[i] = program->states[i].op == MN_OP_ACCEPT ? 0 : UINT32_MAX;
    while (changed) {
        changed = false;
        for (uint32_t i = program->state_count; i-- > 0;) {
            uint32_t way = left[i] ? way_from(&program->states[i], left) : 0;
            changed = changed || way < left[i];
            left[i] = way < left[i] ? way : left[i];
        }
    }
    return left;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

static bool is_better(const struct nearness *nearness, uint32_t left, uint32_t position)
{
    const struct mn_miss *miss = nearness->miss;
    if (!miss->state_count || left != miss->left)
        return !miss->state_count || left < miss->left;
    return nearness->at != MN_NONE && distance(position, nearness->at) < distance(miss->token, nearness->at);
}

static void consider(void *context, const struct mn_trace_stop *stop)
{
    struct nearness *nearness = context;
    struct mn_miss *miss = nearness->miss;
    uint32_t left = nearness->left[stop->state];
    bool same = miss->state_count && left == miss->left;
    if (same && stop->position != nearness->best) { /* another token: positions ascend */
        miss->places++;
        nearness->best = stop->position;
    }
    if (is_better(nearness, left, stop->position)) {
        miss->places = same ? miss->places : 1;
        nearness->best = stop->position;
        miss->left = left;
        miss->token = stop->position;
        miss->state_count = 0;
    }
    if (left == miss->left && stop->position == miss->token)
        miss->states[miss->state_count++] = stop->state;
}

bool mn_miss_find(const struct mn_trace_event *event, size_t index, uint32_t at, struct mn_arena *arena,
                  struct mn_miss *miss)
{
    const struct mn_program *program = event->programs[index];
    struct nearness nearness = {.program = program, .at = at, .best = MN_NONE, .miss = miss, .arena = arena};
    nearness.left = count_left(program, arena);
    *miss = (struct mn_miss){.program = program, .token = MN_NONE};
    miss->states = mn_arena_alloc(arena, program->state_count * sizeof *miss->states);
    if (!nearness.left || !miss->states)
        return false;
    miss->elements = nearness.left[0];
    return mn_trace_search(event, program, consider, &nearness);
}
