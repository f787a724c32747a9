/* Sketches: quick simplifications of programs (program.h). */
#include "rules/loader.h"

/* How finely states are told apart: by the element they were made for, by the place where it is written however many
 * ways lead there, by what they test. The first that leaves few enough elements is taken. */
enum detail { BY_ELEMENT, BY_PLACE, BY_TEST, DETAILS };

enum { SLOTS = 256 };
_Static_assert(SLOTS > 2 * MN_SKETCH_ELEMENTS && SLOTS % 2 == 0, "slots stay free");

struct sketcher {
    const struct mn_program *program;
    struct mn_sketch_element elements[MN_SKETCH_ELEMENTS];
    uint8_t slots[SLOTS]; /* by what tells elements apart: number + 1; 0: free */
    uint32_t count;
    uint64_t *ahead; /* by state: what may come next */
};

static bool consumes(const struct mn_state *state)
{
    return state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
}

static bool same_test(const struct mn_state *a, const struct mn_state *b)
{
    return a->op == b->op && a->test == b->test && a->by == b->by && a->negated == b->negated &&
           a->argument == b->argument;
}

/* States that jump to different ends are never one. */
static bool same_element(const struct mn_state *a, const struct mn_state *b, enum detail detail)
{
    if (detail == BY_ELEMENT)
        return a->element == b->element && same_test(a, b);
    if (detail == BY_PLACE)
        return a->definition == b->definition && a->source == b->source && same_test(a, b);
    bool same_values = a->value_count == b->value_count && (a->value_count == 0 || a->values == b->values);
    return same_test(a, b) && (a->op != MN_OP_LEXICON || same_values);
}

/* Where the search for a state's element begins: the same for states that are one. */
static uint32_t first_slot(const struct mn_state *state, enum detail detail)
{
    uint32_t hash = state->op ^ state->argument * UINT32_C(0x9E3779B1);
    if (detail == BY_ELEMENT)
        hash ^= state->element;
    if (detail == BY_PLACE)
        hash ^= state->source * UINT32_C(0x85EBCA6B) ^ state->definition;
    return (hash ^ hash >> 16) * UINT32_C(0xC2B2AE35) >> 24;
}

/* The number of the state's element, added if new; MN_SKETCH_ELEMENTS when there are too many. */
static uint32_t element_of(struct sketcher *sketcher, uint32_t number, enum detail detail)
{
    const struct mn_state *states = sketcher->program->states;
    uint32_t at = first_slot(&states[number], detail) % SLOTS;
    for (; sketcher->slots[at]; at = (at + 1) % SLOTS)
        if (same_element(&states[sketcher->elements[sketcher->slots[at] - 1].state], &states[number], detail))
            return sketcher->slots[at] - 1U;
    if (sketcher->count == MN_SKETCH_ELEMENTS)
        return MN_SKETCH_ELEMENTS;
    sketcher->elements[sketcher->count] = (struct mn_sketch_element){0, number};
    sketcher->slots[at] = (uint8_t)(sketcher->count + 1);
    return sketcher->count++;
}

/* Numbers the elements: `ahead` of what consumes something is its own bit. False when there are too many. */
static bool number_elements(struct sketcher *sketcher, enum detail detail)
{
    sketcher->count = 0;
    memset(sketcher->slots, 0, sizeof sketcher->slots);
    for (uint32_t i = 0; i < sketcher->program->state_count; i++) {
        sketcher->ahead[i] = 0;
        if (!consumes(&sketcher->program->states[i]))
            continue;
        uint32_t element = element_of(sketcher, i, detail);
        if (element == MN_SKETCH_ELEMENTS)
            return false;
        sketcher->ahead[i] = UINT64_C(1) << element;
    }
    return true;
}

/* What may come at a state, by what may come at the states it leads to. */
static uint64_t ahead_of(const struct sketcher *sketcher, uint32_t number)
{
    const struct mn_state *state = &sketcher->program->states[number];
    const uint64_t *ahead = sketcher->ahead;
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
    case MN_OP_LEXICON:
    case MN_OP_SPAN:
        return ahead[number];
    case MN_OP_SPLIT:
        return ahead[state->next] | ahead[state->other];
    case MN_OP_END:
        return ahead[state->next] & (MN_SKETCH_END | MN_SKETCH_SCOPE_END) ? MN_SKETCH_SCOPE_END : 0;
    case MN_OP_ACCEPT:
        return MN_SKETCH_END;
    default:
        return ahead[state->next];
    }
}

/* States mostly lead to states behind them, and few loops stand in each other: two or three rounds do. */
static void look_ahead(struct sketcher *sketcher)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = sketcher->program->state_count; i-- > 0;) {
            uint64_t ahead = ahead_of(sketcher, i);
            changed |= ahead != sketcher->ahead[i];
            sketcher->ahead[i] = ahead;
        }
    }
}

/* What may come behind an element is what may come behind any of its states. */
static void find_followers(struct sketcher *sketcher)
{
    const struct mn_state *states = sketcher->program->states;
    for (uint32_t i = 0; i < sketcher->program->state_count; i++)
        if (consumes(&states[i]))
            sketcher->elements[__builtin_ctzll(sketcher->ahead[i])].follow |= sketcher->ahead[states[i].next];
}

static struct mn_sketch *finish(const struct sketcher *sketcher, struct mn_arena *arena)
{
    size_t size = sketcher->count * sizeof *sketcher->elements;
    struct mn_sketch *sketch = mn_arena_zero(arena, sizeof *sketch);
    struct mn_sketch_element *elements = mn_arena_alloc(arena, size);
    if (!sketch || !elements)
        return NULL;
    memcpy(elements, sketcher->elements, size);
    *sketch = (struct mn_sketch){.elements = elements, .count = sketcher->count, .first = sketcher->ahead[0]};
    for (uint32_t i = 0; i < sketch->count; i++)
        if (sketcher->program->states[elements[i].state].op != MN_OP_TOKEN)
            sketch->jumps |= UINT64_C(1) << i;
    return sketch;
}

void mn_sketch(struct mn_loader *loader, struct mn_program *program)
{
    struct sketcher sketcher = {.program = program};
    enum detail detail = BY_ELEMENT;
    sketcher.ahead = mn_arena_alloc(loader->work, program->state_count * sizeof *sketcher.ahead);
    while (sketcher.ahead && detail < DETAILS && !number_elements(&sketcher, detail))
        detail++;
    loader->report.no_memory |= !sketcher.ahead;
    if (!sketcher.ahead || detail == DETAILS)
        return;
    look_ahead(&sketcher);
    if (sketcher.count == 1 || sketcher.ahead[0] & (MN_SKETCH_END | MN_SKETCH_SCOPE_END))
        return; /* it is as simple as that, or it may match nothing, so anywhere */
    find_followers(&sketcher);
    program->sketch = finish(&sketcher, loader->rules->arena);
    loader->report.no_memory |= !program->sketch;
}
