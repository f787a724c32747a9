#include "rules/inclusion.h"

#include "base/digest.h"
#include "base/utf8.h"

/* Of one question; of all. What is larger is not looked through. */
enum { MOST_NODES = 1024, SLOTS = 4 * MOST_NODES, MOST_OUTER_STATES = 1024, SET_WORDS = MOST_OUTER_STATES / 64 };
enum { MOST_WORK = 20000000 };

/* What is known of the place that a way through the inner program has come to. */
enum { CONSUMED = 1, AT_START = 2, ENDED = 4 };

struct set {
    uint64_t words[SET_WORDS];
};

/* A state of the inner program, and all states in which the outer ones can be there. */
struct node {
    struct set set;
    uint32_t state, flags;
};

/* A word in the shapes that follow from the one it is known in; MN_NO_SYMBOL where nothing follows. */
struct shapes {
    bool known;
    bool in_letters; /* its case is not known, which classes may look at */
    uint32_t symbols[MN_BY_COUNT];
};

/* Made once for all questions. */
struct mn_inclusion_search {
    struct mn_loader *loader;
    const struct mn_inclusion *question;
    uint32_t bases[MOST_OUTER_STATES]; /* of each outer program: the number of its first state */
    const struct mn_state *outer[MOST_OUTER_STATES];
    const struct mn_program *outer_program[MOST_OUTER_STATES];
    uint32_t outer_states, words;
    struct node nodes[MOST_NODES];
    uint32_t count, done;
    uint32_t slots[SLOTS], epochs[SLOTS], epoch; /* node + 1 */
    uint32_t stack[4 * MOST_OUTER_STATES];
    uint64_t work; /* of all questions so far */
    MN_VECTOR(struct shapes) shapes[MN_BY_COUNT];
};

/* What a token of the inner program is. */
struct token {
    const struct mn_state *state; /* that consumes it … */
    struct mn_atom atom;          /* … as this symbol or class; MN_ATOM_SPAN: nothing but its test is known */
};

enum answer { NO, YES, MAYBE };

static void put(struct set *set, uint32_t number)
{
    set->words[number / 64] |= UINT64_C(1) << (number % 64);
}

static bool has(const struct set *set, uint32_t number)
{
    return set->words[number / 64] >> (number % 64) & 1;
}

/* ---- what a token says about the test of another state ---- */

static bool has_letters(struct mn_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (mn_is_letter(mn_utf8_next(text, &at)))
            return true;
    return false;
}

static struct shapes find_shapes(struct mn_inclusion_search *search, enum mn_by by, uint32_t symbol)
{
    struct mn_vocabulary *vocabulary = search->loader->rules->vocabulary;
    struct mn_slice text = mn_vocabulary_symbol_text(vocabulary, by, symbol);
    struct shapes shapes = {true, by != MN_BY_EXACT && has_letters(text), {MN_NO_SYMBOL, MN_NO_SYMBOL, MN_NO_SYMBOL}};
    for (enum mn_by shape = by; shape < MN_BY_COUNT; shape++)
        shapes.symbols[shape] = shape == by ? symbol : mn_vocabulary_symbol(vocabulary, shape, text);
    return shapes;
}

/* The same, looked up again where it was asked for before. */
static struct shapes shapes_of(struct mn_inclusion_search *search, enum mn_by by, uint32_t symbol)
{
    while (search->shapes[by].count <= symbol) {
        struct shapes *more = MN_APPEND(search->loader->scratch, &search->shapes[by]);
        if (!more) {
            search->loader->report.no_memory = true;
            return (struct shapes){false, true, {MN_NO_SYMBOL, MN_NO_SYMBOL, MN_NO_SYMBOL}};
        }
        more->known = false;
    }
    if (!search->shapes[by].items[symbol].known) {
        struct shapes found = find_shapes(search, by, symbol);
        search->shapes[by].items[symbol] = found;
    }
    return search->shapes[by].items[symbol];
}

static enum answer is_symbol(struct mn_inclusion_search *search, const struct mn_atom *atom, uint32_t by,
                             uint32_t symbol)
{
    if (atom->kind != MN_ATOM_SYMBOL)
        return MAYBE;
    struct shapes shapes = shapes_of(search, (enum mn_by)atom->by, atom->id);
    if (shapes.symbols[by] == MN_NO_SYMBOL)
        return MAYBE;
    return shapes.symbols[by] == symbol ? YES : NO;
}

static enum answer is_in_class(struct mn_inclusion_search *search, const struct mn_atom *atom, uint32_t class)
{
    const struct mn_vocabulary *vocabulary = search->loader->rules->vocabulary;
    if (atom->kind == MN_ATOM_CLASS)
        return atom->id == class ? YES : MAYBE;
    if (atom->kind != MN_ATOM_SYMBOL || atom->by == MN_BY_STEM ||
        shapes_of(search, (enum mn_by)atom->by, atom->id).in_letters)
        return MAYBE;
    struct mn_slice text = mn_vocabulary_symbol_text(vocabulary, (enum mn_by)atom->by, atom->id);
    return mn_vocabulary_in_class(vocabulary, class, text) ? YES : NO;
}

static enum answer is_in_set(struct mn_inclusion_search *search, const struct mn_atom *atom, uint32_t set)
{
    uint32_t count;
    enum answer answer = NO;
    const struct mn_atom *atoms = mn_vocabulary_atoms(search->loader->rules->vocabulary, MN_SET_TEST, set, &count);
    search->work += count;
    for (uint32_t i = 0; i < count && answer != YES; i++) {
        enum answer one = atoms[i].kind == MN_ATOM_SYMBOL ? is_symbol(search, atom, atoms[i].by, atoms[i].id)
                                                          : is_in_class(search, atom, atoms[i].id);
        answer = one == NO ? answer : one;
    }
    return answer;
}

static bool same_test(const struct mn_state *a, const struct mn_state *b)
{
    return a->test == b->test && a->by == b->by && a->argument == b->argument && a->negated == b->negated;
}

/* Does every such token pass the test? */
static bool passes(struct mn_inclusion_search *search, const struct token *token, const struct mn_state *state)
{
    enum answer answer = MAYBE;
    if (state->test == MN_TEST_ANY)
        return !state->negated;
    if (token->state->op == MN_OP_TOKEN && same_test(token->state, state))
        return true;
    if (state->test == MN_TEST_SYMBOL)
        answer = is_symbol(search, &token->atom, state->by, state->argument);
    else if (state->test == MN_TEST_CLASS)
        answer = is_in_class(search, &token->atom, state->argument);
    else if (state->test == MN_TEST_SET)
        answer = is_in_set(search, &token->atom, state->argument);
    return answer == (state->negated ? NO : YES);
}

/* ---- what takes several tokens ---- */

static bool has_value(const struct mn_program *program, const struct mn_state *state, uint32_t value)
{
    for (uint32_t i = 0; i < state->value_count; i++)
        if (program->values[state->values + i] == value)
            return true;
    return state->value_count == 0;
}

/* Are all values of the inner reference among those of the outer one? */
static bool has_values(const struct mn_program *inner, const struct mn_state *state, const struct mn_program *outer,
                       const struct mn_state *other)
{
    if (state->value_count == 0)
        return other->value_count == 0;
    for (uint32_t i = 0; i < state->value_count; i++)
        if (!has_value(outer, other, inner->values[state->values + i]))
            return false;
    return true;
}

static bool same_values(const struct mn_program *inner, const struct mn_state *state, const struct mn_program *outer,
                        const struct mn_state *other)
{
    return has_values(inner, state, outer, other) && has_values(outer, other, inner, state);
}

/* Is the word an entry of the lexicon? */
static bool is_entry(struct mn_inclusion_search *search, const struct mn_atom *atom, const struct mn_program *outer,
                     const struct mn_state *state)
{
    const struct mn_vocabulary *vocabulary = search->loader->rules->vocabulary;
    if (atom->kind != MN_ATOM_SYMBOL)
        return false;
    struct shapes shapes = shapes_of(search, (enum mn_by)atom->by, atom->id);
    for (enum mn_by by = 0; by < MN_BY_COUNT; by++)
        if (mn_vocabulary_has_word(vocabulary, state->argument, by, shapes.symbols[by], outer->values + state->values,
                                   state->value_count))
            return true;
    return false;
}

/* Does every span of the one reference count as one of the other? */
static bool refers_to(const struct mn_loader *loader, uint32_t reference, uint32_t other)
{
    if (reference == other)
        return true;
    for (size_t i = 0; i < loader->drafts.count; i++)
        if (loader->drafts.items[i].rule.self == reference)
            return loader->drafts.items[i].rule.kind == other;
    return false;
}

/* ---- one step ---- */

/* Everything that the outer programs can come to without another token. True when one of them has matched. */
static bool close_set(struct mn_inclusion_search *search, const struct set *from, uint32_t flags, struct set *set)
{
    uint32_t depth = 0;
    bool matched = false;
    memset(set->words, 0, search->words * sizeof *set->words);
    for (uint32_t word = 0; word < search->words; word++)
        for (uint64_t bits = from->words[word]; bits; bits &= bits - 1)
            search->stack[depth++] = word * 64 + (uint32_t)__builtin_ctzll(bits);
    while (depth) {
        uint32_t number = search->stack[--depth], base;
        const struct mn_state *state = search->outer[number];
        if (has(set, number))
            continue;
        put(set, number);
        search->work++;
        base = number - (uint32_t)(state - search->outer_program[number]->states);
        matched |= state->op == MN_OP_ACCEPT;
        bool goes_on = state->op == MN_OP_SPLIT || state->op == MN_OP_OPEN || state->op == MN_OP_CLOSE ||
                       (state->op == MN_OP_START && flags & AT_START) || (state->op == MN_OP_END && flags & ENDED);
        if (goes_on && !has(set, base + state->next))
            search->stack[depth++] = base + state->next;
        if (state->op == MN_OP_SPLIT && !has(set, base + state->other))
            search->stack[depth++] = base + state->other;
    }
    return matched;
}

static void add_starts(const struct mn_inclusion_search *search, struct set *set)
{
    for (size_t i = 0; i < search->question->outer_count; i++)
        put(set, search->bases[i] + search->question->outer_start);
}

static uint64_t hash_node(const struct mn_inclusion_search *search, const struct node *node)
{
    struct mn_slice bytes = {(const char *)node->set.words, search->words * sizeof *node->set.words};
    return (mn_hash(bytes) ^ ((uint64_t)node->state << 8 | node->flags)) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
}

/* Adds a node unless it is there; false when there are too many. */
static bool add_node(struct mn_inclusion_search *search, const struct node *node)
{
    size_t slot = (size_t)hash_node(search, node) % SLOTS;
    for (; search->epochs[slot] == search->epoch; slot = (slot + 1) % SLOTS) {
        const struct node *other = &search->nodes[search->slots[slot]];
        if (other->state == node->state && other->flags == node->flags &&
            memcmp(other->set.words, node->set.words, search->words * sizeof *node->set.words) == 0)
            return true;
    }
    if (search->count == MOST_NODES)
        return false;
    search->epochs[slot] = search->epoch;
    search->slots[slot] = search->count;
    search->nodes[search->count++] = *node;
    return true;
}

/* Has a program matched when it has come to this state? */
static bool accepts(struct mn_inclusion_search *search, uint32_t number)
{
    struct set from = {{0}}, set;
    put(&from, number);
    return close_set(search, &from, 0, &set);
}

/* Goes on in one outer state by a token, or by what consumes several. True when something has matched then, however far
 * it goes. */
static bool advance(struct mn_inclusion_search *search, const struct token *token, uint32_t number, struct set *next)
{
    const struct mn_program *outer = search->outer_program[number], *inner = search->question->inner;
    const struct mn_state *state = search->outer[number], *here = token->state;
    uint32_t behind = number - (uint32_t)(state - outer->states) + state->next;
    bool goes = false;
    if (state->op == MN_OP_TOKEN && here->op == MN_OP_TOKEN)
        goes = passes(search, token, state);
    else if (state->op == MN_OP_SPAN && here->op == MN_OP_SPAN)
        goes = refers_to(search->loader, here->argument, state->argument);
    else if (state->op == MN_OP_LEXICON && here->op == MN_OP_LEXICON && state->argument == here->argument)
        goes = same_values(inner, here, outer, state) ||
               (has_values(inner, here, outer, state) && accepts(search, behind));
    else if (state->op == MN_OP_LEXICON && here->op == MN_OP_TOKEN && !here->negated)
        goes = is_entry(search, &token->atom, outer, state) && accepts(search, behind);
    if (goes)
        put(next, behind);
    return goes && state->op == MN_OP_LEXICON && accepts(search, behind);
}

/* Follows a token of the inner program; false when the outer ones are known not to keep up. */
static bool follow(struct mn_inclusion_search *search, const struct set *closed, const struct token *token)
{
    struct node next = {{{0}}, token->state->next, CONSUMED};
    bool keeps_up = search->question->anywhere;
    for (uint32_t word = 0; word < search->words; word++)
        for (uint64_t bits = closed->words[word]; bits; bits &= bits - 1) {
            search->work++;
            if (advance(search, token, word * 64 + (uint32_t)__builtin_ctzll(bits), &next.set))
                return true;
        }
    for (uint32_t word = 0; word < search->words && !keeps_up; word++)
        keeps_up = next.set.words[word] != 0;
    if (search->question->anywhere)
        add_starts(search, &next.set);
    return keeps_up && add_node(search, &next);
}

static struct mn_atom atom_of(const struct mn_state *state)
{
    bool is_symbol_test = state->op == MN_OP_TOKEN && state->test == MN_TEST_SYMBOL && !state->negated;
    bool is_class_test = state->op == MN_OP_TOKEN && state->test == MN_TEST_CLASS && !state->negated;
    return (struct mn_atom){is_symbol_test  ? MN_ATOM_SYMBOL
                            : is_class_test ? MN_ATOM_CLASS
                                            : MN_ATOM_SPAN,
                            state->by, state->argument};
}

/* All tokens that the state of a node can consume: of a set each atom is one. */
static bool follow_all(struct mn_inclusion_search *search, const struct node *node, const struct set *closed)
{
    const struct mn_state *state = &search->question->inner->states[node->state];
    uint32_t count;
    if (state->op != MN_OP_TOKEN || state->test != MN_TEST_SET || state->negated)
        return follow(search, closed, &(struct token){state, atom_of(state)});
    const struct mn_atom *atoms =
        mn_vocabulary_atoms(search->loader->rules->vocabulary, MN_SET_TEST, state->argument, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!follow(search, closed, &(struct token){state, atoms[i]}))
            return false;
    return true;
}

static bool go_on(struct mn_inclusion_search *search, const struct node *node, uint32_t state, uint32_t flags)
{
    struct node next = {node->set, state, flags};
    return add_node(search, &next);
}

/* Of the same program, has the other one come to where this one is? What is to come is the same then. */
static bool has_met(const struct mn_inclusion_search *search, const struct node *node, const struct set *closed)
{
    const struct mn_inclusion *question = search->question;
    return question->outer_count == 1 && question->outer[0] == question->inner && has(closed, node->state);
}

/* One node; false when the outer programs are not known to match on all ways from it. */
static bool expand(struct mn_inclusion_search *search, const struct node *node)
{
    const struct mn_state *state = &search->question->inner->states[node->state];
    struct set closed;
    if (close_set(search, &node->set, node->flags, &closed) || has_met(search, node, &closed))
        return true;
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
    case MN_OP_LEXICON:
    case MN_OP_SPAN:
        return node->flags & ENDED || follow_all(search, node, &closed);
    case MN_OP_SPLIT:
        return go_on(search, node, state->next, node->flags) && go_on(search, node, state->other, node->flags);
    case MN_OP_OPEN:
    case MN_OP_CLOSE:
    case MN_OP_LOOK:
        return go_on(search, node, state->next, node->flags);
    case MN_OP_START:
        return node->flags & CONSUMED || go_on(search, node, state->next, node->flags | AT_START);
    case MN_OP_END:
        return go_on(search, node, state->next, node->flags | ENDED);
    case MN_OP_ACCEPT:
    case MN_OP_COUNT:
        break;
    }
    return false;
}

/* ---- the question ---- */

static struct mn_inclusion_search *open_search(struct mn_loader *loader, const struct mn_inclusion *question)
{
    if (!loader->inclusion)
        loader->inclusion = mn_arena_zero(loader->scratch, sizeof *loader->inclusion);
    struct mn_inclusion_search *search = loader->inclusion;
    if (!search) {
        loader->report.no_memory = true;
        return NULL;
    }
    search->loader = loader;
    search->question = question;
    search->count = search->done = search->outer_states = 0;
    search->epoch++;
    return search;
}

/* Numbers the states of the outer programs; false when there are too many. */
static bool number_states(struct mn_inclusion_search *search)
{
    const struct mn_inclusion *question = search->question;
    for (size_t i = 0; i < question->outer_count; i++) {
        const struct mn_program *program = question->outer[i];
        if (!program || program->state_count > MOST_OUTER_STATES - search->outer_states)
            return false;
        search->bases[i] = search->outer_states;
        for (uint32_t k = 0; k < program->state_count; k++) {
            search->outer[search->outer_states] = &program->states[k];
            search->outer_program[search->outer_states++] = program;
        }
    }
    search->words = (search->outer_states + 63) / 64;
    search->work += search->outer_states;
    return search->outer_states > 0;
}

bool mn_is_included(struct mn_loader *loader, const struct mn_inclusion *question)
{
    struct mn_inclusion_search *search = open_search(loader, question);
    if (!search || search->work > MOST_WORK || !question->inner || !number_states(search))
        return false;
    struct node first = {{{0}}, question->inner_start, 0};
    add_starts(search, &first.set);
    if (!add_node(search, &first))
        return false;
    while (search->done < search->count && search->work <= MOST_WORK) {
        struct node node = search->nodes[search->done++];
        if (!expand(search, &node))
            return false;
    }
    return search->done == search->count;
}

/* ---- where captures stand ---- */

/* What ways through a program meet first. */
enum { MET_TOKEN = 1, MET_END = 2, MET_SIGN = 4 };

/* What the ways from a state on meet before another token: one that is consumed, the end, the sign of the capture. */
static unsigned meets(struct mn_inclusion_search *search, const struct mn_program *program, uint32_t start,
                      enum mn_op sign, uint32_t capture)
{
    struct set seen = {{0}};
    uint32_t depth = 0;
    unsigned met = 0;
    search->stack[depth++] = start;
    while (depth) {
        uint32_t number = search->stack[--depth];
        const struct mn_state *state = &program->states[number];
        if (has(&seen, number))
            continue;
        put(&seen, number);
        if (state->op == sign && state->argument == capture) {
            met |= MET_SIGN;
        } else if (state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN) {
            met |= MET_TOKEN;
        } else if (state->op == MN_OP_ACCEPT) {
            met |= MET_END;
        } else {
            search->stack[depth++] = state->next;
            if (state->op == MN_OP_SPLIT)
                search->stack[depth++] = state->other;
        }
    }
    return met;
}

bool mn_capture_begins(struct mn_loader *loader, const struct mn_program *program, uint32_t capture, bool to_end)
{
    struct mn_inclusion_search *search = open_search(loader, NULL);
    if (!search || program->state_count > MOST_OUTER_STATES ||
        meets(search, program, 0, MN_OP_OPEN, capture) != MET_SIGN)
        return false;
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        bool opens = state->op == MN_OP_OPEN && state->argument == capture;
        bool closes = state->op == MN_OP_CLOSE && state->argument == capture;
        if (opens && meets(search, program, state->next, MN_OP_CLOSE, capture) != MET_TOKEN)
            return false;
        if (closes && to_end && meets(search, program, state->next, MN_OP_OPEN, MN_NO_SYMBOL) & MET_TOKEN)
            return false;
    }
    return true;
}
