/* What a match cannot do without: in every match of a pattern one of certain words (classes, lexicon entries, spans)
 * stands, at a known distance behind its start. A pattern has several such needs. The rarest becomes the key by which
 * match/ looks for places to try; the others are told by marks, so that a scope that lacks one is not searched. */
#include "rules/loader.h"

#include "base/limits.h"
#include "base/utf8.h"

/* A set of more atoms says too little for its price. */
enum { MOST_ATOMS = 4096 };

/* How many of a million tokens begin a span of one reference: not known, so much the same for all. */
enum { SPAN_RATE = 5000 };

/* Keys and marks that occur oftener say nothing. */
enum { MOST_KEY_RATE = 150000, MOST_CONDITION_KEY_RATE = 2000, MOST_MARK_RATE = 100000 };

static void *take(struct mn_loader *loader, size_t count, size_t size)
{
    void *items = mn_arena_alloc(loader->trees, count * size);
    if (!items)
        loader->report.no_memory = true;
    return items;
}

/* The node needs this one thing, at its start. */
static void need_atom(struct mn_loader *loader, struct mn_pattern_node *node, struct mn_atom atom, uint32_t rate)
{
    struct mn_need *need = take(loader, 1, sizeof *need);
    struct mn_atom *atoms = take(loader, 1, sizeof *atoms);
    if (!need || !atoms)
        return;
    *atoms = atom;
    *need = (struct mn_need){.atoms = atoms, .atom_count = 1, .rate = rate};
    node->needs = need;
    node->need_count = 1;
}

static void need_token(struct mn_loader *loader, struct mn_pattern_node *node)
{
    if (node->test == MN_TEST_SYMBOL)
        need_atom(loader, node, (struct mn_atom){MN_ATOM_SYMBOL, node->by, node->argument},
                  mn_rate_of_symbol(loader, (enum mn_by)node->by, node->argument));
    else if (node->test == MN_TEST_CLASS)
        need_atom(loader, node, (struct mn_atom){MN_ATOM_CLASS, 0, node->argument},
                  mn_rate_of_class(loader, node->argument));
}

static void need_lexicon(struct mn_loader *loader, struct mn_pattern_node *node)
{
    if (node->argument >= loader->lexicons.count)
        return;
    const struct mn_lexicon_facts *lexicon = &loader->lexicons.items[node->argument];
    need_atom(loader, node, (struct mn_atom){MN_ATOM_LEXICON, 0, lexicon->number}, lexicon->rate);
}

static void need_the_same(struct mn_pattern_node *node, const struct mn_pattern_node *other)
{
    node->needs = other->needs;
    node->need_count = other->need_count;
}

static void need_define(struct mn_loader *loader, struct mn_pattern_node *node)
{
    if (node->argument == MN_NO_SYMBOL)
        return;
    const struct mn_pattern *pattern = &loader->defines.items[node->argument].pattern;
    if (pattern->root != MN_NO_NODE)
        need_the_same(node, &pattern->nodes[pattern->root]);
}

/* Puts a need among those kept, the rarest first, of equally rare ones the earlier. */
static void keep(struct mn_need *kept, uint32_t *count, struct mn_need need)
{
    uint32_t at = *count;
    while (at > 0 && kept[at - 1].rate > need.rate)
        at--;
    if (at == MN_MOST_NEEDS)
        return;
    if (*count < MN_MOST_NEEDS)
        ++*count;
    for (uint32_t i = *count - 1; i > at; i--)
        kept[i] = kept[i - 1];
    kept[at] = need;
}

static void set_needs(struct mn_loader *loader, struct mn_pattern_node *node, const struct mn_need *needs,
                      uint32_t count)
{
    struct mn_need *copy = count ? take(loader, count, sizeof *copy) : NULL;
    if (!copy)
        return;
    memcpy(copy, needs, count * sizeof *copy);
    node->needs = copy;
    node->need_count = count;
}

/* A sequence needs what its parts need. Children hang together from the last to the first, so distances are counted
 * back from the end and then turned round. */
static void need_sequence(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_pattern_node *node)
{
    struct mn_need kept[MN_MOST_NEEDS];
    uint32_t count = 0, shortest = 0, longest = 0; /* of what stands before the child */
    uint32_t *children = NULL, child_count = 0;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous)
        child_count++;
    children = take(loader, child_count + 1, sizeof *children);
    if (!children)
        return;
    for (uint32_t i = node->last, at = child_count; i != MN_NO_NODE; i = pattern->nodes[i].previous)
        children[--at] = i;
    for (uint32_t c = 0; c < child_count; c++) {
        const struct mn_pattern_node *child = &pattern->nodes[children[c]];
        for (uint32_t i = 0; i < child->need_count; i++) {
            struct mn_need need = child->needs[i];
            need.least = mn_add_length(need.least, shortest);
            need.most = mn_add_length(need.most, longest);
            keep(kept, &count, need);
        }
        shortest = mn_add_length(shortest, child->shortest);
        longest = child->spans ? MN_UNBOUNDED : mn_add_length(longest, child->longest);
    }
    set_needs(loader, node, kept, count);
}

/* One need of each alternative, number `number` or its last one, make one of them all. False: they say too little. */
static bool unite(struct mn_loader *loader, const struct mn_pattern *pattern, const struct mn_pattern_node *node,
                  uint32_t number, struct mn_need *united)
{
    size_t count = 0;
    *united = (struct mn_need){.least = UINT32_MAX};
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous) {
        const struct mn_pattern_node *child = &pattern->nodes[i];
        if (!child->need_count)
            return false;
        const struct mn_need *need = &child->needs[number < child->need_count ? number : child->need_count - 1];
        count += need->atom_count;
        united->rate = mn_rate_sum(united->rate, need->rate);
        united->least = need->least < united->least ? need->least : united->least;
        united->most = need->most > united->most ? need->most : united->most;
    }
    if (count > MOST_ATOMS)
        return false;
    united->atoms = take(loader, count, sizeof *united->atoms);
    if (!united->atoms)
        return false;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous) {
        const struct mn_pattern_node *child = &pattern->nodes[i];
        const struct mn_need *need = &child->needs[number < child->need_count ? number : child->need_count - 1];
        memcpy(united->atoms + united->atom_count, need->atoms, need->atom_count * sizeof *need->atoms);
        united->atom_count += need->atom_count;
    }
    united->atom_count = (uint32_t)mn_sort_atoms(united->atoms, united->atom_count);
    return true;
}

static void need_alternatives(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_pattern_node *node)
{
    struct mn_need kept[MN_MOST_NEEDS], united;
    uint32_t count = 0, most = 0;
    for (uint32_t i = node->last; i != MN_NO_NODE; i = pattern->nodes[i].previous)
        most = pattern->nodes[i].need_count > most ? pattern->nodes[i].need_count : most;
    for (uint32_t number = 0; number < most && unite(loader, pattern, node, number, &united); number++)
        keep(kept, &count, united);
    set_needs(loader, node, kept, count);
}

void mn_needs_of(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_pattern_node *node)
{
    switch ((enum mn_pattern_kind)node->kind) {
    case MN_PATTERN_TOKEN:
        need_token(loader, node);
        break;
    case MN_PATTERN_LEXICON:
        need_lexicon(loader, node);
        break;
    case MN_PATTERN_SPAN:
        need_atom(loader, node, (struct mn_atom){MN_ATOM_SPAN, 0, node->argument}, SPAN_RATE);
        break;
    case MN_PATTERN_DEFINE:
        need_define(loader, node);
        break;
    case MN_PATTERN_CAPTURE:
        need_the_same(node, &pattern->nodes[node->last]);
        break;
    case MN_PATTERN_REPEAT:
        if (node->min)
            need_the_same(node, &pattern->nodes[node->last]);
        break;
    case MN_PATTERN_SEQUENCE:
        need_sequence(loader, pattern, node);
        break;
    case MN_PATTERN_ALTERNATIVES:
        need_alternatives(loader, pattern, node);
        break;
    case MN_PATTERN_START:
    case MN_PATTERN_END:
    case MN_PATTERN_LOOK:
    case MN_PATTERN_NOT:
        break;
    }
}

/* --- Into the vocabulary --- */

static void add_number(struct mn_loader *loader, mn_number_list *list, uint32_t number)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i] == number)
            return;
    uint32_t *slot = MN_APPEND(loader->rules->arena, list);
    if (slot)
        *slot = number;
    else
        loader->report.no_memory = true;
}

/* Where a span makes a difference to a set. */
static struct mn_span_sets *sets_of_span(struct mn_loader *loader, uint32_t reference)
{
    while (loader->span_sets.count <= reference) {
        struct mn_span_sets *more = MN_APPEND(loader->scratch, &loader->span_sets);
        if (!more) {
            loader->report.no_memory = true;
            return NULL;
        }
        memset(more, 0, sizeof *more);
    }
    return &loader->span_sets.items[reference];
}

static uint32_t add_set(struct mn_loader *loader, enum mn_set_use use, const struct mn_need *need)
{
    uint32_t set = mn_vocabulary_set(loader->rules->vocabulary, use, need->atoms, need->atom_count);
    if (!set)
        loader->report.no_memory = true;
    for (uint32_t i = 0; i < need->atom_count && set; i++) {
        if (need->atoms[i].kind != MN_ATOM_SPAN)
            continue;
        struct mn_span_sets *sets = sets_of_span(loader, need->atoms[i].id);
        if (sets && use == MN_SET_KEY)
            add_number(loader, &sets->keys, set);
        else if (sets)
            mn_marks_set(&sets->marks, mn_mark_of(set));
    }
    return set;
}

/* Adds a mark, if it is a new one. */
static void mark(struct mn_program *program, uint32_t set)
{
    uint16_t mark = mn_mark_of(set);
    for (uint32_t i = 0; i < program->mark_count; i++)
        if (program->marks[i] == mark)
            return;
    program->marks[program->mark_count++] = mark;
}

void mn_needs_tell(struct mn_loader *loader, const struct mn_pattern_node *root, bool condition,
                   struct mn_program *program)
{
    uint32_t most = condition ? MOST_CONDITION_KEY_RATE : MOST_KEY_RATE;
    bool keyed = root->need_count && root->needs[0].rate <= most;
    if (keyed) {
        program->key = add_set(loader, MN_SET_KEY, &root->needs[0]);
        program->key_least = root->needs[0].least;
        program->key_most = root->needs[0].most;
        program->key_rate = root->needs[0].rate;
    }
    for (uint32_t i = 0; i < root->need_count && (root->needs[i].rate <= MOST_MARK_RATE || (keyed && i == 0)); i++)
        mark(program, add_set(loader, MN_SET_MARK, &root->needs[i]));
}

uint32_t mn_test_set(struct mn_loader *loader, struct mn_atom *atoms, size_t count)
{
    const struct mn_vocabulary *vocabulary = loader->rules->vocabulary;
    uint32_t set = mn_vocabulary_set(loader->rules->vocabulary, MN_SET_TEST, atoms, count);
    if (!set && mn_vocabulary_set_count(vocabulary, MN_SET_TEST) < MN_LIMIT_TEST_SETS)
        loader->report.no_memory = true;
    return set;
}

/* --- What ways begin with --- */

/* A way that has more states before it consumes something may begin with anything, for all that is worth knowing. */
enum { MOST_FIRST_STATES = 64, MOST_FIRST_STACK = 2 * MOST_FIRST_STATES };

struct mn_firsts {
    struct mn_loader *loader;
    const struct mn_program *program;
    MN_VECTOR(struct mn_first) all;
    uint32_t *seen;  /* by state: the last round that saw it */
    uint32_t *known; /* by state: what the way from it begins with, plus one; 0: not found out yet */
    uint32_t round;
    /* of the round: */
    uint32_t stack[MOST_FIRST_STACK], depth, visits;
    uint32_t consuming, token; /* states that consume something; number + 1 of the last that consumes a token */
    struct mn_atom atoms[MN_MOST_WORDS];
    uint32_t atom_count;
    uint64_t spans;
    bool anything, negated; /* negated: some state tells only what may not come */
};

static void first_atoms(struct mn_firsts *firsts, const struct mn_atom *atoms, uint32_t count)
{
    firsts->anything |= firsts->atom_count + count > MN_MOST_WORDS;
    if (firsts->anything)
        return;
    memcpy(firsts->atoms + firsts->atom_count, atoms, count * sizeof *atoms);
    firsts->atom_count += count;
}

static void first_token(struct mn_firsts *firsts, uint32_t number)
{
    const struct mn_state *state = &firsts->program->states[number];
    uint32_t count = 1;
    struct mn_atom atom = {MN_ATOM_CLASS, 0, state->argument};
    const struct mn_atom *atoms = &atom;
    firsts->token = number + 1;
    firsts->negated |= state->negated || state->test == MN_TEST_ANY;
    if (firsts->negated)
        return;
    if (state->test == MN_TEST_SYMBOL)
        atom = (struct mn_atom){MN_ATOM_SYMBOL, state->by, state->argument};
    else if (state->test == MN_TEST_SET)
        atoms = mn_vocabulary_atoms(firsts->loader->rules->vocabulary, MN_SET_TEST, state->argument, &count);
    first_atoms(firsts, atoms, count);
}

static void push_state(struct mn_firsts *firsts, uint32_t state)
{
    if (firsts->seen[state] == firsts->round)
        return;
    firsts->seen[state] = firsts->round;
    if (firsts->depth == MOST_FIRST_STACK)
        firsts->anything = true; /* backwards any number of states may lead to one */
    else
        firsts->stack[firsts->depth++] = state;
}

static void first_state(struct mn_firsts *firsts, uint32_t number)
{
    const struct mn_state *state = &firsts->program->states[number];
    switch ((enum mn_op)state->op) {
    case MN_OP_ACCEPT:
        firsts->anything = true;
        break;
    case MN_OP_TOKEN:
        first_token(firsts, number);
        break;
    case MN_OP_LEXICON:
        first_atoms(firsts, &(struct mn_atom){MN_ATOM_LEXICON, 0, state->argument}, 1);
        break;
    case MN_OP_SPAN:
        firsts->spans |= mn_span_bit(state->argument);
        break;
    case MN_OP_SPLIT:
        push_state(firsts, state->other);
        push_state(firsts, state->next);
        break;
    default:
        push_state(firsts, state->next);
    }
    firsts->consuming += state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
    firsts->anything |= ++firsts->visits == MOST_FIRST_STATES;
}

static uint32_t add_first(struct mn_firsts *firsts, struct mn_first first)
{
    size_t count = firsts->all.count;
    for (size_t i = count > 8 ? count - 8 : 1; i < count; i++) /* repetition that is written out says the same again */
        if (firsts->all.items[i].state == first.state && firsts->all.items[i].set == first.set &&
            firsts->all.items[i].spans == first.spans)
            return (uint32_t)i;
    struct mn_first *slot = MN_APPEND(firsts->loader->rules->arena, &firsts->all);
    if (slot)
        *slot = first;
    else
        firsts->loader->report.no_memory = true;
    return (uint32_t)count;
}

/* What was gathered, as a number in `firsts`; 0 when that says nothing. */
static uint32_t gathered(struct mn_firsts *firsts)
{
    struct mn_first first = {0, 0, firsts->spans};
    if (firsts->anything)
        return 0;
    if (firsts->consuming == 1 && firsts->token) {
        first.state = firsts->token;
        return add_first(firsts, first);
    }
    if (firsts->atom_count && !firsts->negated)
        first.set = mn_test_set(firsts->loader, firsts->atoms, firsts->atom_count);
    return firsts->negated || (firsts->atom_count && !first.set) ? 0 : add_first(firsts, first);
}

static void begin_round(struct mn_firsts *firsts)
{
    firsts->round++;
    firsts->depth = firsts->visits = firsts->consuming = firsts->token = firsts->atom_count = 0;
    firsts->spans = 0;
    firsts->anything = firsts->negated = false;
}

/* What the way from a state on begins with; 0: anything. Many ways lead to one state: it is found out once. */
static uint32_t first_of(struct mn_firsts *firsts, uint32_t state)
{
    if (firsts->known[state])
        return firsts->known[state] - 1;
    begin_round(firsts);
    push_state(firsts, state);
    while (firsts->depth && !firsts->anything)
        first_state(firsts, firsts->stack[--firsts->depth]);
    uint32_t first = gathered(firsts);
    firsts->known[state] = first + 1;
    return first;
}

/* --- What a match ends with --- */

static bool leads_to(const struct mn_state *state, uint32_t number)
{
    return state->op != MN_OP_ACCEPT && (state->next == number || (state->op == MN_OP_SPLIT && state->other == number));
}

/* A state that leads to what a match ends with. False where that tells nothing. */
static bool last_state(struct mn_firsts *firsts, uint32_t number)
{
    const struct mn_state *state = &firsts->program->states[number];
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
        first_token(firsts, number);
        firsts->consuming++;
        return true;
    case MN_OP_LEXICON:
    case MN_OP_SPAN:
        return false;
    default:
        push_state(firsts, number);
        return true;
    }
}

/* The last token of every match, where all of them end at the scope's end; 0: not known. Of long patterns that is not
 * worth the time. */
static uint32_t last_of(struct mn_firsts *firsts)
{
    const struct mn_program *program = firsts->program;
    uint32_t accept = 0, end = UINT32_MAX;
    begin_round(firsts);
    while (program->states[accept].op != MN_OP_ACCEPT)
        accept++;
    for (uint32_t i = 0; i < program->state_count; i++)
        if (leads_to(&program->states[i], accept)) {
            if (end != UINT32_MAX || program->states[i].op != MN_OP_END)
                return 0;
            end = i;
        }
    if (end == UINT32_MAX)
        return 0;
    push_state(firsts, end);
    while (firsts->depth && !firsts->anything) {
        uint32_t to = firsts->stack[--firsts->depth];
        firsts->anything |= ++firsts->visits == MOST_FIRST_STATES || to == 0;
        for (uint32_t i = 0; i < program->state_count && !firsts->anything; i++)
            if (leads_to(&program->states[i], to))
                firsts->anything |= !last_state(firsts, i);
    }
    return gathered(firsts);
}

/* Does it begin with `_*`, greedy or lazy, perhaps as a capture? */
static bool floats(const struct mn_program *program)
{
    uint32_t number = 0;
    while (program->states[number].op == MN_OP_OPEN)
        number = program->states[number].next;
    const struct mn_state *split = &program->states[number];
    if (split->op != MN_OP_SPLIT)
        return false;
    const struct mn_state *next = &program->states[split->next], *other = &program->states[split->other];
    const struct mn_state *body = next->op == MN_OP_TOKEN && next->next == number ? next : other;
    return body->op == MN_OP_TOKEN && body->next == number && body->test == MN_TEST_ANY && !body->negated;
}

void mn_needs_first(struct mn_loader *loader, struct mn_program *program)
{
    if (!loader->firsts)
        loader->firsts = mn_arena_alloc(loader->scratch, sizeof *loader->firsts);
    struct mn_firsts *firsts = loader->firsts;
    uint32_t *seen = mn_arena_zero(loader->work, 2 * (size_t)program->state_count * sizeof *seen);
    if (!firsts || !seen) {
        loader->report.no_memory = true;
        return;
    }
    firsts->loader = loader;
    firsts->program = program;
    firsts->seen = seen;
    firsts->known = seen + program->state_count;
    firsts->round = 0;
    memset(&firsts->all, 0, sizeof firsts->all);
    add_first(firsts, (struct mn_first){0, 0, 0});
    program->floats = floats(program);
    program->first = first_of(firsts, 0);
    program->last = last_of(firsts);
    for (uint32_t i = 0; i < program->state_count && !loader->report.no_memory; i++) {
        struct mn_state *state = &program->states[i];
        if (state->op != MN_OP_SPLIT)
            continue;
        state->argument = first_of(firsts, state->next);
        state->values = first_of(firsts, state->other);
    }
    program->firsts = firsts->all.items;
}
