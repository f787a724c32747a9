/* Pattern trees become automata (Thompson's construction, from the end backwards: every part is made for the state that
 * follows it). Bounded repetition is written out; a loop's body consumes a token each time round (resolve.c sees to
 * it), so no cycle of states consumes nothing. */
#include "rules/loader.h"

#include "base/limits.h"

/* Each bracket can nest five nodes: a:(x y | z){0,3} is a repetition of a capture of a repetition of alternatives of a
 * sequence. The two more are what stands around the outermost bracket and what stands in the innermost. */
#define MAX_TREE_DEPTH (5 * (MN_LIMIT_PATTERN_NESTING + 2))

/* A look-around is compiled once, however often repetition writes it out. */
struct look_key {
    const struct mn_pattern *pattern;
    uint32_t node;
};

/* Where a word is written. */
struct word_place {
    uint32_t source, definition;
};

/* Alternatives that can be tested together. */
struct mn_word_list {
    struct mn_atom atoms[MN_MOST_WORDS];
    struct word_place places[MN_MOST_WORDS];
    uint32_t count;
    bool too_deep;
};

struct compiler {
    struct mn_loader *loader;
    const struct mn_pattern *top;     /* the pattern that messages are about */
    const struct mn_pattern *pattern; /* the one being written out: top, or a definition */
    const struct mn_names *captures;  /* null: none are kept */
    uint32_t definition;              /* its number, MN_NO_SYMBOL for top */
    uint32_t use;                     /* the way to it through definitions, a hash */
    unsigned depth;
    uint32_t *budget; /* states left, shared with the look-arounds' programs */
    bool failed;
    MN_VECTOR(struct mn_state) states;
    MN_VECTOR(struct mn_look) looks;
    MN_VECTOR(struct look_key) look_keys;
    MN_VECTOR(uint32_t) values;
    struct mn_capture *kinds;   /* by capture */
    struct mn_word_list *words; /* the loader's */
};

static uint32_t emit(struct compiler *compiler, uint32_t index, uint32_t next);
static struct mn_program *compile_part(struct mn_loader *loader, const struct mn_pattern *top,
                                       const struct mn_pattern *pattern, uint32_t root, uint32_t definition,
                                       const struct mn_names *captures, uint32_t *budget, unsigned depth);

static uint32_t out_of_memory(struct compiler *compiler)
{
    compiler->loader->report.no_memory = true;
    compiler->failed = true;
    return 0;
}

/* The limit of all rules is told once, where it is passed. */
static void report_states(struct compiler *compiler)
{
    struct mn_loader *loader = compiler->loader;
    struct mn_place place = mn_pattern_place(compiler->top, 0);
    if (*compiler->budget == 0)
        mn_report_error(&loader->report, place,
                        "this pattern takes more than %d states; expected smaller repetitions or several rules",
                        MN_LIMIT_PATTERN_STATES);
    else if (!loader->states_told)
        mn_report_error(&loader->report, place,
                        "with this pattern all rules together take more than %d states; expected smaller repetitions "
                        "or fewer rules",
                        MN_LIMIT_RULE_SET_STATES);
    loader->states_told |= *compiler->budget > 0;
}

/* Counts one state more, of the pattern and of all rules; false when that is too many. */
static bool take_state(struct compiler *compiler)
{
    if (*compiler->budget == 0 || compiler->loader->states == MN_LIMIT_RULE_SET_STATES) {
        report_states(compiler);
        compiler->failed = true;
        return false;
    }
    --*compiler->budget;
    compiler->loader->states++;
    return true;
}

/* Mixes a number into a hash. */
static uint32_t mix(uint32_t hash, uint32_t number)
{
    return (hash ^ number) * UINT32_C(0x9E3779B1) + (hash >> 15);
}

static uint32_t add_state(struct compiler *compiler, const struct mn_pattern_node *node, struct mn_state state)
{
    if (compiler->failed || !take_state(compiler))
        return 0;
    struct mn_state *slot = MN_APPEND(compiler->loader->work, &compiler->states);
    if (!slot)
        return out_of_memory(compiler);
    state.source = node->source;
    state.definition = compiler->definition;
    state.element = mix(mix(compiler->use, node->source), state.argument);
    *slot = state;
    return (uint32_t)compiler->states.count - 1;
}

static uint32_t emit_token(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next, bool negated)
{
    return add_state(compiler, node,
                     (struct mn_state){.op = MN_OP_TOKEN,
                                       .test = node->test,
                                       .by = node->by,
                                       .negated = negated,
                                       .argument = node->argument,
                                       .next = next});
}

static uint32_t emit_lexicon(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    struct mn_state state = {.op = MN_OP_LEXICON, .next = next, .value_count = node->value_count};
    state.argument = compiler->loader->lexicons.items[node->argument].number;
    state.values = (uint32_t)compiler->values.count;
    for (uint32_t i = 0; i < node->value_count; i++) {
        uint32_t *value = MN_APPEND(compiler->loader->work, &compiler->values);
        if (!value)
            return out_of_memory(compiler);
        *value = node->values[i];
    }
    return add_state(compiler, node, state);
}

static uint32_t emit_sequence(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    for (uint32_t i = node->last; i != MN_NO_NODE && !compiler->failed; i = compiler->pattern->nodes[i].previous)
        next = emit(compiler, i, next);
    return next;
}

/* --- Alternatives of single words --- */

/* Adds the words and classes of a node that consists of such, the last first. Recursion is bounded by MAX_TREE_DEPTH.
 */
static void gather_words(struct compiler *compiler, const struct mn_pattern *pattern, uint32_t definition,
                         uint32_t index, unsigned depth)
{
    const struct mn_pattern_node *node = &pattern->nodes[index];
    struct mn_word_list *words = compiler->words;
    words->too_deep |= depth > MAX_TREE_DEPTH;
    if (words->too_deep)
        return;
    if (node->kind == MN_PATTERN_DEFINE) {
        pattern = &compiler->loader->defines.items[node->argument].pattern;
        gather_words(compiler, pattern, node->argument, pattern->root, depth + 1);
    } else if (node->kind == MN_PATTERN_TOKEN) {
        words->places[words->count] = (struct word_place){node->source, definition};
        words->atoms[words->count++] = node->test == MN_TEST_CLASS
                                           ? (struct mn_atom){MN_ATOM_CLASS, 0, node->argument}
                                           : (struct mn_atom){MN_ATOM_SYMBOL, node->by, node->argument};
    } else {
        for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous)
            gather_words(compiler, pattern, definition, i, depth + 1);
    }
}

static void forget_words(struct compiler *compiler)
{
    compiler->words->count = 0;
    compiler->words->too_deep = false;
}

/* Notes where the words of a set are written. */
static bool note_words(struct compiler *compiler)
{
    const struct mn_word_list *words = compiler->words;
    if (!MN_RESERVE(compiler->loader->work, &compiler->values, compiler->values.count + 2 * (size_t)words->count))
        return false;
    for (uint32_t i = words->count; i-- > 0;) {
        compiler->values.items[compiler->values.count++] = words->places[i].source;
        compiler->values.items[compiler->values.count++] = words->places[i].definition;
    }
    return true;
}

/* Tests the words gathered together. False where they have to be tested one by one. */
static bool emit_words(struct compiler *compiler, const struct mn_pattern_node *node, bool negated, uint32_t next,
                       uint32_t *entry)
{
    struct mn_word_list *words = compiler->words;
    struct mn_state state = {.op = MN_OP_TOKEN, .test = MN_TEST_SET, .negated = negated, .next = next};
    if (words->count < 2 || words->too_deep)
        return false;
    state.argument = mn_test_set(compiler->loader, words->atoms, words->count);
    if (!state.argument)
        return false;
    state.values = (uint32_t)compiler->values.count;
    state.value_count = 2 * words->count;
    *entry = note_words(compiler) ? add_state(compiler, node, state) : out_of_memory(compiler);
    return true;
}

/* Writes out the alternative and those before it that can be tested together; *first is the first of them. */
static uint32_t emit_alternative(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t index,
                                 uint32_t next, uint32_t *first)
{
    const struct mn_pattern_node *nodes = compiler->pattern->nodes;
    uint32_t entry;
    forget_words(compiler);
    *first = index;
    for (uint32_t i = index; i != MN_NO_NODE && nodes[i].words; i = nodes[i].previous) {
        if (compiler->words->count + nodes[i].words > MN_MOST_WORDS)
            break;
        gather_words(compiler, compiler->pattern, compiler->definition, i, 0);
        *first = i;
    }
    if (emit_words(compiler, node, false, next, &entry))
        return entry;
    *first = index;
    return emit(compiler, index, next);
}

/* One of several that end at `next` is tried after the other; those that are single words next to each other at once,
 * as at most one token decides among them and all lead on to the same. */
static uint32_t emit_alternatives(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    uint32_t first, entry = emit_alternative(compiler, node, node->last, next, &first);
    for (uint32_t i = compiler->pattern->nodes[first].previous; i != MN_NO_NODE && !compiler->failed;
         i = compiler->pattern->nodes[first].previous) {
        uint32_t preferred = emit_alternative(compiler, node, i, next, &first);
        entry = add_state(compiler, node, (struct mn_state){.op = MN_OP_SPLIT, .next = preferred, .other = entry});
    }
    return entry;
}

static uint32_t emit_choice(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t body, uint32_t skip)
{
    struct mn_state state = {.op = MN_OP_SPLIT, .next = node->lazy ? skip : body, .other = node->lazy ? body : skip};
    return add_state(compiler, node, state);
}

/* The loop's state comes first, so that its body can lead back to it; *body is where the body starts. */
static uint32_t emit_loop(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next, uint32_t *body)
{
    uint32_t loop = add_state(compiler, node, (struct mn_state){.op = MN_OP_SPLIT});
    *body = emit(compiler, node->last, loop);
    if (compiler->failed)
        return 0;
    struct mn_state *state = &compiler->states.items[loop];
    state->next = node->lazy ? next : *body;
    state->other = node->lazy ? *body : next;
    return loop;
}

static uint32_t emit_repeat(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    uint32_t copies = node->min, after = next;
    if (node->max == MN_UNBOUNDED) {
        uint32_t body = 0, loop = emit_loop(compiler, node, next, &body);
        next = copies ? body : loop;
        copies -= copies > 0;
    } else {
        for (uint32_t i = node->min; i < node->max && !compiler->failed; i++)
            next = emit_choice(compiler, node, emit(compiler, node->last, next), after);
    }
    for (uint32_t i = 0; i < copies && !compiler->failed; i++)
        next = emit(compiler, node->last, next);
    return next;
}

static uint32_t emit_capture(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    if (!compiler->captures)
        return emit(compiler, node->last, next);
    uint32_t number = mn_names_find(compiler->captures, node->name);
    enum mn_pure pure = (enum mn_pure)compiler->pattern->nodes[node->last].pure;
    compiler->kinds[number].lexicon_value |= pure == MN_PURE_LEXICON;
    compiler->kinds[number].span |= pure == MN_PURE_SPAN;
    next = add_state(compiler, node, (struct mn_state){.op = MN_OP_CLOSE, .argument = number, .next = next});
    next = emit(compiler, node->last, next);
    return add_state(compiler, node, (struct mn_state){.op = MN_OP_OPEN, .argument = number, .next = next});
}

static uint32_t clamp_look(uint32_t length)
{
    return length < MN_LIMIT_LOOK_TOKENS ? length : MN_LIMIT_LOOK_TOKENS;
}

/* The number of the look-around whose inside is the node `inside`. */
static uint32_t find_look(struct compiler *compiler, uint32_t inside, bool behind)
{
    const struct mn_pattern_node *node = &compiler->pattern->nodes[inside];
    for (uint32_t i = 0; i < compiler->look_keys.count; i++)
        if (compiler->look_keys.items[i].pattern == compiler->pattern && compiler->look_keys.items[i].node == inside)
            return i;
    struct mn_program *program = compile_part(compiler->loader, compiler->top, compiler->pattern, inside,
                                              compiler->definition, NULL, compiler->budget, compiler->depth);
    if (!program) {
        compiler->failed = true;
        return 0;
    }
    struct mn_look *look = MN_APPEND(compiler->loader->work, &compiler->looks);
    struct look_key *key = look ? MN_APPEND(compiler->loader->work, &compiler->look_keys) : NULL;
    if (!key)
        return out_of_memory(compiler);
    *key = (struct look_key){compiler->pattern, inside};
    *look = (struct mn_look){.program = program, .behind = behind, .shortest = clamp_look(node->shortest)};
    look->longest = node->spans ? MN_LIMIT_LOOK_TOKENS : clamp_look(node->longest);
    return (uint32_t)compiler->looks.count - 1;
}

static uint32_t emit_look(struct compiler *compiler, const struct mn_pattern_node *node, bool negated, uint32_t next)
{
    struct mn_state state = {.op = MN_OP_LOOK, .negated = negated, .next = next};
    state.argument = find_look(compiler, node->last, node->behind);
    return add_state(compiler, node, state);
}

/* One token that is not: a negated test where it is one test, else any token where none of it starts. */
static uint32_t emit_not(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    const struct mn_pattern_node *inside = &compiler->pattern->nodes[node->last];
    uint32_t entry;
    if (inside->kind == MN_PATTERN_TOKEN)
        return emit_token(compiler, inside, next, true);
    forget_words(compiler);
    if (inside->words)
        gather_words(compiler, compiler->pattern, compiler->definition, node->last, 0);
    if (emit_words(compiler, node, true, next, &entry))
        return entry;
    next = add_state(compiler, node, (struct mn_state){.op = MN_OP_TOKEN, .test = MN_TEST_ANY, .next = next});
    return emit_look(compiler, node, true, next);
}

static uint32_t emit_define(struct compiler *compiler, const struct mn_pattern_node *node, uint32_t next)
{
    const struct mn_pattern *outer = compiler->pattern;
    uint32_t definition = compiler->definition, use = compiler->use;
    compiler->use = mix(mix(use, node->source), node->argument);
    compiler->pattern = &compiler->loader->defines.items[node->argument].pattern;
    compiler->definition = node->argument;
    next = emit(compiler, compiler->pattern->root, next);
    compiler->pattern = outer;
    compiler->definition = definition;
    compiler->use = use;
    return next;
}

static uint32_t emit_inside(struct compiler *compiler, uint32_t index, uint32_t next)
{
    const struct mn_pattern_node *node = &compiler->pattern->nodes[index];
    switch ((enum mn_pattern_kind)node->kind) {
    case MN_PATTERN_TOKEN:
        return emit_token(compiler, node, next, false);
    case MN_PATTERN_LEXICON:
        return emit_lexicon(compiler, node, next);
    case MN_PATTERN_SPAN:
        return add_state(compiler, node, (struct mn_state){.op = MN_OP_SPAN, .argument = node->argument, .next = next});
    case MN_PATTERN_DEFINE:
        return emit_define(compiler, node, next);
    case MN_PATTERN_START:
        return add_state(compiler, node, (struct mn_state){.op = MN_OP_START, .next = next});
    case MN_PATTERN_END:
        return add_state(compiler, node, (struct mn_state){.op = MN_OP_END, .next = next});
    case MN_PATTERN_LOOK:
        return emit_look(compiler, node, node->negated, next);
    case MN_PATTERN_NOT:
        return emit_not(compiler, node, next);
    case MN_PATTERN_CAPTURE:
        return emit_capture(compiler, node, next);
    case MN_PATTERN_REPEAT:
        return emit_repeat(compiler, node, next);
    case MN_PATTERN_SEQUENCE:
        return emit_sequence(compiler, node, next);
    case MN_PATTERN_ALTERNATIVES:
        return emit_alternatives(compiler, node, next);
    }
    return next;
}

/* Writes out a node so that it goes on at `next`; where it starts. Recursion is bounded by MAX_TREE_DEPTH. */
static uint32_t emit(struct compiler *compiler, uint32_t index, uint32_t next)
{
    if (compiler->failed)
        return 0;
    if (++compiler->depth > MAX_TREE_DEPTH) {
        compiler->failed = true;
        mn_report_error(&compiler->loader->report, mn_pattern_place(compiler->top, 0),
                        "this pattern and its definitions are nested deeper than %d; expected fewer brackets",
                        MAX_TREE_DEPTH);
        return 0;
    }
    uint32_t entry = emit_inside(compiler, index, next);
    compiler->depth--;
    return entry;
}

static bool leads_on(const struct mn_state *state)
{
    return state->op != MN_OP_ACCEPT;
}

/* Copies the states that can be reached, in the order in which they are tried: state 0 is the start. */
static bool copy_states(struct compiler *compiler, uint32_t start, struct mn_program *program)
{
    uint32_t count = (uint32_t)compiler->states.count, used = 0, depth = 0;
    uint32_t *number = mn_arena_alloc(compiler->loader->work, ((size_t)count + 1) * sizeof *number);
    uint32_t *order = mn_arena_alloc(compiler->loader->work, ((size_t)count + 1) * sizeof *order);
    uint32_t *stack = mn_arena_alloc(compiler->loader->work, 2 * ((size_t)count + 1) * sizeof *stack);
    if (!number || !order || !stack)
        return false;
    for (uint32_t i = 0; i < count; i++)
        number[i] = MN_NO_NODE;
    stack[depth++] = start;
    while (depth) {
        uint32_t index = stack[--depth];
        const struct mn_state *state = &compiler->states.items[index];
        if (number[index] != MN_NO_NODE)
            continue;
        number[index] = used;
        order[used++] = index;
        if (state->op == MN_OP_SPLIT)
            stack[depth++] = state->other;
        if (leads_on(state))
            stack[depth++] = state->next;
    }
    program->states = mn_arena_alloc(compiler->loader->rules->arena, used * sizeof *program->states);
    if (!program->states)
        return false;
    for (uint32_t i = 0; i < used; i++) {
        struct mn_state *state = &program->states[i];
        *state = compiler->states.items[order[i]];
        state->next = leads_on(state) ? number[state->next] : 0;
        state->other = state->op == MN_OP_SPLIT ? number[state->other] : 0;
    }
    program->state_count = used;
    return true;
}

/* Does every way from the start come to MN_OP_START before it consumes anything? */
static bool is_anchored(const struct mn_program *program, uint32_t *stack, uint8_t *seen)
{
    uint32_t depth = 0;
    stack[depth++] = 0;
    while (depth) {
        uint32_t index = stack[--depth];
        const struct mn_state *state = &program->states[index];
        if (seen[index] || state->op == MN_OP_START)
            continue;
        if (state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN ||
            state->op == MN_OP_ACCEPT)
            return false;
        seen[index] = 1;
        stack[depth++] = state->next;
        if (state->op == MN_OP_SPLIT)
            stack[depth++] = state->other;
    }
    return true;
}

static bool find_anchor(struct compiler *compiler, struct mn_program *program)
{
    uint32_t *stack = mn_arena_alloc(compiler->loader->work, 2 * ((size_t)program->state_count + 1) * sizeof *stack);
    uint8_t *seen = mn_arena_zero(compiler->loader->work, program->state_count);
    if (!stack || !seen)
        return false;
    program->anchored = is_anchored(program, stack, seen);
    return true;
}

/* Does it go on behind any number of tokens, so that it may come to one place from several? */
static bool leaps(const struct mn_state *state)
{
    return state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
}

/* Says which states one state alone leads to, by one token or none. Every round of states has one that is not such:
 * that by which it is entered. */
static bool find_singles(struct compiler *compiler, struct mn_program *program)
{
    uint8_t *ways = mn_arena_zero(compiler->loader->work, program->state_count);
    if (!ways)
        return false;
    ways[0] = 1; /* searches start there */
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        if (leads_on(state))
            ways[state->next] |= leaps(state) || ways[state->next] ? 2 : 1;
        if (state->op == MN_OP_SPLIT)
            ways[state->other] |= ways[state->other] ? 2 : 1;
    }
    for (uint32_t i = 0; i < program->state_count; i++)
        program->states[i].single = ways[i] == 1;
    return true;
}

static void *copy_array(struct mn_arena *arena, const void *items, size_t size)
{
    void *copy = mn_arena_alloc(arena, size ? size : 1);
    if (copy && size)
        memcpy(copy, items, size);
    return copy;
}

static struct mn_program *finish(struct compiler *compiler, uint32_t start)
{
    struct mn_arena *arena = compiler->loader->rules->arena;
    struct mn_program *program = mn_arena_zero(arena, sizeof *program);
    if (!program || !copy_states(compiler, start, program) || !find_anchor(compiler, program) ||
        !find_singles(compiler, program))
        return NULL;
    program->captures = compiler->kinds;
    program->capture_count = compiler->captures ? (uint32_t)compiler->captures->items.count : 0;
    program->looks = copy_array(arena, compiler->looks.items, compiler->looks.count * sizeof *program->looks);
    program->look_count = (uint32_t)compiler->looks.count;
    program->values = copy_array(arena, compiler->values.items, compiler->values.count * sizeof *program->values);
    program->text = mn_arena_copy(arena, compiler->top->text);
    program->line = mn_place_line(mn_xml_place(compiler->top->file, compiler->top->xml), NULL);
    mn_needs_first(compiler->loader, program);
    return program->looks && program->values ? program : NULL;
}

static struct mn_capture *make_captures(struct mn_arena *arena, const struct mn_names *names)
{
    size_t count = names ? names->items.count : 0;
    struct mn_capture *captures = mn_arena_zero(arena, (count + 1) * sizeof *captures);
    for (size_t i = 0; captures && i < count; i++)
        captures[i].name = mn_arena_copy(arena, names->items.items[i]);
    return captures;
}

static struct mn_program *compile_part(struct mn_loader *loader, const struct mn_pattern *top,
                                       const struct mn_pattern *pattern, uint32_t root, uint32_t definition,
                                       const struct mn_names *captures, uint32_t *budget, unsigned depth)
{
    struct compiler compiler = {.loader = loader,
                                .top = top,
                                .pattern = pattern,
                                .captures = captures,
                                .definition = definition,
                                .depth = depth,
                                .budget = budget,
                                .words = loader->words};
    compiler.kinds = make_captures(loader->rules->arena, captures);
    if (!compiler.kinds) {
        loader->report.no_memory = true;
        return NULL;
    }
    uint32_t accept = add_state(&compiler, &pattern->nodes[root], (struct mn_state){.op = MN_OP_ACCEPT});
    uint32_t start = emit(&compiler, root, accept);
    if (compiler.failed)
        return NULL;
    struct mn_program *program = finish(&compiler, start);
    if (!program)
        loader->report.no_memory = true;
    return program;
}

struct mn_program *mn_compile(struct mn_loader *loader, const struct mn_pattern *pattern,
                              const struct mn_names *captures)
{
    uint32_t budget = MN_LIMIT_PATTERN_STATES;
    if (!loader->words)
        loader->words = mn_arena_alloc(loader->scratch, sizeof *loader->words);
    if (!loader->words) {
        loader->report.no_memory = true;
        return NULL;
    }
    struct mn_program *program =
        compile_part(loader, pattern, pattern, pattern->root, MN_NO_SYMBOL, captures, &budget, 0);
    if (program) {
        mn_needs_tell(loader, &pattern->nodes[pattern->root], !captures, program);
        program->number = loader->rules->program_count++;
        mn_sketch(loader, program);
    }
    mn_arena_reset(loader->work);
    return program;
}
