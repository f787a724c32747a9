/* Which states lie on a way from the start to the end. A way is followed with what is known on it: whether a token has
 * been consumed (then ^ cannot hold), whether the end has been passed (then nothing follows), and what a look-ahead of
 * one token says about the next. */
#include "rules/checks.h"

#include "base/utf8.h"

enum { CONSUMED = 1, ENDED = 2, SITUATIONS = 4 };
/* Of one program; of all. What is larger is not looked through: nothing is told of it. */
enum { MOST_NODES = 400000, MOST_WORK = 100000000 };

/* A test of one token. */
struct test {
    uint8_t kind, by;
    bool negated;
    uint32_t argument;
};

/* Why a way ends. */
enum obstacle { NONE, START_BEHIND, BEHIND_END, EXCLUDED, NEVER };
static const char *const reasons[] = {
    [START_BEHIND] = "^ stands behind a token, where the scope does not start",
    [BEHIND_END] = "a token is expected behind $, where the scope has ended",
    [EXCLUDED] = "what is looked for ahead and the token here exclude each other",
    [NEVER] = "!_ matches no token",
};

struct walk {
    struct mn_loader *loader;
    const struct mn_program *program;
    uint32_t looks;        /* look-arounds + 1: what may be known of the next token */
    uint32_t *look_states; /* by look-around: the only state at which it stands; MN_NO_NODE: there are several */
    uint8_t *seen;         /* by node: 1 forward, 2 backward too */
    uint32_t *successor;   /* two by node */
    uint32_t *queue;
    uint32_t count;
    uint32_t blocked; /* the first state at which a way ends */
    enum obstacle obstacle;
};

static uint32_t node_of(const struct walk *walk, uint32_t state, uint32_t situation, uint32_t look)
{
    return (state * SITUATIONS + situation) * walk->looks + look;
}

/* ---- what two tests of one token say about each other ---- */

static bool has_letters(struct mn_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (mn_is_letter(mn_utf8_next(text, &at)))
            return true;
    return false;
}

/* Is no token with this symbol in the class? Of words, whose case the symbol does not tell, that is not known. */
static bool excludes_class(const struct walk *walk, const struct test *symbol, const struct test *class)
{
    const struct mn_vocabulary *vocabulary = walk->loader->rules->vocabulary;
    struct mn_slice text = mn_vocabulary_symbol_text(vocabulary, (enum mn_by)symbol->by, symbol->argument);
    if (symbol->by == MN_BY_STEM || (symbol->by == MN_BY_FOLD && has_letters(text)))
        return false;
    return mn_vocabulary_in_class(vocabulary, class->argument, text) == class->negated;
}

static bool exclude_each_other(const struct walk *walk, const struct test *a, const struct test *b)
{
    if (a->kind == MN_TEST_ANY || b->kind == MN_TEST_ANY)
        return false;
    if (a->kind == MN_TEST_SYMBOL && b->kind == MN_TEST_CLASS)
        return !a->negated && excludes_class(walk, a, b);
    if (a->kind == MN_TEST_CLASS && b->kind == MN_TEST_SYMBOL)
        return !b->negated && excludes_class(walk, b, a);
    if (a->kind != b->kind || a->by != b->by)
        return false;
    if (a->argument == b->argument)
        return a->negated != b->negated;
    return a->kind == MN_TEST_SYMBOL && !a->negated && !b->negated;
}

static struct test test_of(const struct mn_state *state)
{
    return (struct test){state->test, state->by, state->negated, state->argument};
}

/* The test of a look-ahead at one token: its program is one token. */
static bool simple_look(const struct walk *walk, const struct mn_state *look, struct test *test)
{
    const struct mn_look *inside = &walk->program->looks[look->argument];
    if (inside->behind || inside->program->state_count != 2 || inside->program->states[0].op != MN_OP_TOKEN)
        return false;
    *test = test_of(&inside->program->states[0]);
    test->negated ^= look->negated;
    return true;
}

/* ---- forward ---- */

static uint32_t block(struct walk *walk, uint32_t state, enum obstacle obstacle)
{
    if (walk->obstacle == NONE) {
        walk->blocked = state;
        walk->obstacle = obstacle;
    }
    return MN_NO_NODE;
}

static void reach(struct walk *walk, uint32_t node)
{
    if (node == MN_NO_NODE || walk->seen[node])
        return;
    walk->seen[node] = 1;
    walk->queue[walk->count++] = node;
}

static uint32_t step_token(struct walk *walk, uint32_t number, uint32_t situation, uint32_t look)
{
    const struct mn_state *state = &walk->program->states[number];
    struct test here = test_of(state), ahead;
    if (situation & ENDED)
        return block(walk, number, BEHIND_END);
    if (state->op == MN_OP_TOKEN && here.kind == MN_TEST_ANY && here.negated)
        return block(walk, number, NEVER);
    if (state->op == MN_OP_TOKEN && look &&
        simple_look(walk, &walk->program->states[walk->look_states[look - 1]], &ahead) &&
        exclude_each_other(walk, &here, &ahead))
        return block(walk, number, EXCLUDED);
    return node_of(walk, state->next, CONSUMED, 0);
}

/* A look-ahead that must hold needs a token; one that is simple is remembered until the next token. One look-around may
 * stand at several states, negated at some: it is remembered only where it stands at one. */
static uint32_t step_look(struct walk *walk, uint32_t number, uint32_t situation, uint32_t look)
{
    const struct mn_state *state = &walk->program->states[number];
    struct test test;
    bool ahead = !walk->program->looks[state->argument].behind;
    if (ahead && !state->negated && situation & ENDED)
        return block(walk, number, BEHIND_END);
    bool remember = walk->look_states[state->argument] == number && simple_look(walk, state, &test);
    return node_of(walk, state->next, situation, remember ? state->argument + 1 : look);
}

static void step(struct walk *walk, uint32_t node)
{
    uint32_t look = node % walk->looks, situation = node / walk->looks % SITUATIONS;
    uint32_t number = node / walk->looks / SITUATIONS, *successor = &walk->successor[2 * (size_t)node];
    const struct mn_state *state = &walk->program->states[number];
    successor[0] = successor[1] = MN_NO_NODE;
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
    case MN_OP_LEXICON:
    case MN_OP_SPAN:
        successor[0] = step_token(walk, number, situation, look);
        break;
    case MN_OP_SPLIT:
        successor[0] = node_of(walk, state->next, situation, look);
        successor[1] = node_of(walk, state->other, situation, look);
        break;
    case MN_OP_START:
        successor[0] =
            situation & CONSUMED ? block(walk, number, START_BEHIND) : node_of(walk, state->next, situation, look);
        break;
    case MN_OP_END:
        successor[0] = node_of(walk, state->next, situation | ENDED, look);
        break;
    case MN_OP_LOOK:
        successor[0] = step_look(walk, number, situation, look);
        break;
    case MN_OP_OPEN:
    case MN_OP_CLOSE:
        successor[0] = node_of(walk, state->next, situation, look);
        break;
    case MN_OP_ACCEPT:
    case MN_OP_COUNT:
        break;
    }
    reach(walk, successor[0]);
    reach(walk, successor[1]);
}

/* ---- backward, over what was reached ---- */

static bool is_accept(const struct walk *walk, uint32_t node)
{
    return walk->program->states[node / walk->looks / SITUATIONS].op == MN_OP_ACCEPT;
}

static bool leads_to_end(const struct walk *walk, uint32_t node)
{
    const uint32_t *successor = &walk->successor[2 * (size_t)node];
    for (int i = 0; i < 2; i++)
        if (successor[i] != MN_NO_NODE && walk->seen[successor[i]] == 2)
            return true;
    return is_accept(walk, node);
}

/* Loops need another pass, each as often as they nest: ways were found breadth first. */
static void mark_backward(struct walk *walk)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = walk->count; i-- > 0;) {
            uint32_t node = walk->queue[i];
            if (walk->seen[node] == 1 && leads_to_end(walk, node)) {
                walk->seen[node] = 2;
                changed = true;
            }
        }
    }
}

/* ---- what is told ---- */

static bool is_live(const struct walk *walk, uint32_t state)
{
    for (uint32_t i = 0; i < SITUATIONS * walk->looks; i++)
        if (walk->seen[node_of(walk, state, 0, 0) + i] == 2)
            return true;
    return false;
}

static bool consumes(const struct mn_state *state)
{
    return state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
}

/* An element of the pattern itself that consumes something. */
static bool is_element(const struct mn_state *state)
{
    return consumes(state) && state->definition == MN_NO_SYMBOL;
}

/* The first element of the pattern itself that can take part in no match. Repetition writes an element out: it is dead
 * when no copy of it is live. */
static const struct mn_state *find_dead(struct walk *walk)
{
    const struct mn_program *program = walk->program;
    bool *live = mn_arena_zero(walk->loader->work, program->text.size + 1); /* by place in the text */
    if (!live) {
        walk->loader->report.no_memory = true;
        return NULL;
    }
    for (uint32_t i = 0; i < program->state_count; i++)
        if (is_element(&program->states[i]) && is_live(walk, i))
            live[program->states[i].source] = true;
    for (uint32_t i = 0; i < program->state_count; i++)
        if (is_element(&program->states[i]) && !live[program->states[i].source])
            return &program->states[i];
    return NULL;
}

/* False when there was nothing to tell. */
static bool tell(struct walk *walk, const struct mn_pattern *pattern)
{
    struct mn_report *report = &walk->loader->report;
    if (walk->obstacle == NONE)
        return false;
    const struct mn_state *blocked = &walk->program->states[walk->blocked];
    bool inside = blocked->definition != MN_NO_SYMBOL;
    struct mn_place place = mn_pattern_place(pattern, inside ? 0 : blocked->source);
    const char *reason = reasons[walk->obstacle], *where = inside ? " (in a definition)" : "";
    if (!is_live(walk, 0)) {
        mn_report_error(report, place, "this pattern can never match: %s%s", reason, where);
        return true;
    }
    const struct mn_state *dead = find_dead(walk);
    if (dead)
        mn_report_warning(report, mn_pattern_place(pattern, dead->source),
                          "this element can take part in no match: %s%s; remove it, or write it where it can", reason,
                          where);
    return dead != NULL;
}

static bool prepare(struct walk *walk)
{
    size_t nodes = (size_t)walk->program->state_count * SITUATIONS * walk->looks;
    struct mn_arena *arena = walk->loader->work;
    walk->seen = mn_arena_zero(arena, nodes);
    walk->queue = mn_arena_alloc(arena, nodes * sizeof *walk->queue);
    walk->successor = mn_arena_alloc(arena, 2 * nodes * sizeof *walk->successor);
    walk->look_states = mn_arena_zero(arena, walk->looks * sizeof *walk->look_states);
    if (!walk->seen || !walk->queue || !walk->successor || !walk->look_states)
        return false;
    uint8_t *known = mn_arena_zero(arena, walk->looks);
    for (uint32_t i = 0; known && i < walk->program->state_count; i++) {
        const struct mn_state *state = &walk->program->states[i];
        if (state->op != MN_OP_LOOK)
            continue;
        walk->look_states[state->argument] = known[state->argument] ? MN_NO_NODE : i;
        known[state->argument] = 1;
    }
    return known != NULL;
}

bool mn_check_program(struct mn_loader *loader, const struct mn_pattern *pattern, const struct mn_program *program)
{
    struct walk walk = {.loader = loader, .program = program, .looks = program->look_count + 1};
    uint64_t nodes = (uint64_t)program->state_count * SITUATIONS * walk.looks;
    if (nodes > MOST_NODES || loader->checked + nodes > MOST_WORK)
        return true;
    loader->checked += nodes;
    if (!prepare(&walk)) {
        loader->report.no_memory = true;
        return false;
    }
    reach(&walk, node_of(&walk, 0, 0, 0));
    for (uint32_t i = 0; i < walk.count; i++)
        step(&walk, walk.queue[i]);
    mark_backward(&walk);
    bool told = tell(&walk, pattern);
    mn_arena_reset(loader->work);
    return !told;
}
