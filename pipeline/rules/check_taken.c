/* Elements that a pattern never comes to: alternatives are tried in their order, and the first that leads to a match is
 * taken. */
#include "rules/checks.h"

#include "rules/inclusion.h"

/* Does what is tried first at a split lead to a match wherever the other way does? */
static bool decides(struct mn_loader *loader, struct mn_program *program, const struct mn_state *split)
{
    return mn_is_included(loader, &(struct mn_inclusion){.inner = program,
                                                         .inner_start = split->other,
                                                         .outer = &program,
                                                         .outer_count = 1,
                                                         .outer_start = split->next});
}

/* Marks the states that are come to by ways that are taken. */
static void mark_taken(struct mn_loader *loader, struct mn_program *program, bool *taken, uint32_t *stack)
{
    uint32_t depth = 0;
    stack[depth++] = 0;
    while (depth) {
        uint32_t number = stack[--depth];
        const struct mn_state *state = &program->states[number];
        if (taken[number])
            continue;
        taken[number] = true;
        if (state->op == MN_OP_ACCEPT)
            continue;
        stack[depth++] = state->next;
        if (state->op == MN_OP_SPLIT && !decides(loader, program, state))
            stack[depth++] = state->other;
    }
}

static bool is_element(const struct mn_state *state)
{
    return (state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN) &&
           state->definition == MN_NO_SYMBOL;
}

/* The first element of the pattern itself that stands on no way taken. Repetition writes an element out: one copy of it
 * is enough. */
static const struct mn_state *find_idle(const struct mn_program *program, const bool *taken, bool *live)
{
    for (uint32_t i = 0; i < program->state_count; i++)
        if (is_element(&program->states[i]) && taken[i])
            live[program->states[i].source] = true;
    for (uint32_t i = 0; i < program->state_count; i++)
        if (is_element(&program->states[i]) && !live[program->states[i].source])
            return &program->states[i];
    return NULL;
}

void mn_check_taken(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_program *program)
{
    struct mn_arena *arena = loader->work;
    bool *taken = mn_arena_zero(arena, program->state_count);
    bool *live = mn_arena_zero(arena, program->text.size + 1); /* by place in the text */
    uint32_t *stack = mn_arena_alloc(arena, 2 * ((size_t)program->state_count + 1) * sizeof *stack);
    if (taken && live && stack) {
        mark_taken(loader, program, taken, stack);
        const struct mn_state *idle = find_idle(program, taken, live);
        if (idle)
            mn_report_warning(&loader->report, mn_pattern_place(pattern, idle->source),
                              "this element is never come to: what is tried before it leads to a match wherever this "
                              "would; write the longer alternative first, or remove this one");
    }
    loader->report.no_memory |= !taken || !live || !stack;
    mn_arena_reset(arena);
}
