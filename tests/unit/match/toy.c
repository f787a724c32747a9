#include "toy.h"

#include "tokenise/tokenise.h"
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdlib.h>

static struct mn_error error;

void toy_open(struct toy *toy)
{
    memset(toy, 0, sizeof *toy);
    toy->arena = mn_arena_create();
    cr_assert_not_null(toy->arena);
    toy->rules.vocabulary = mn_vocabulary_create();
    cr_assert_not_null(toy->rules.vocabulary);
    toy->rules.rules = toy->rule;
    toy->rules.references = toy->references;
    toy->rules.span_sets = toy->span_sets;
}

void toy_close(struct toy *toy)
{
    mn_match_scratch_destroy(toy->scratch);
    mn_index_close(&toy->index);
    mn_forms_destroy(toy->forms);
    mn_vocabulary_destroy(toy->rules.vocabulary);
    mn_arena_destroy(toy->arena);
}

static void *make(struct toy *toy, size_t size)
{
    void *made = mn_arena_zero(toy->arena, size);
    cr_assert_not_null(made);
    return made;
}

/* --- The toy language --- */

enum toy_kind { EMPTY, STEP, SEQUENCE, EITHER, REPEAT, CAPTURE, LOOK };

struct toy_node {
    enum toy_kind kind;
    struct mn_state state; /* STEP, LOOK */
    struct toy_node *left, *right;
    bool optional, many, lazy; /* REPEAT */
    uint32_t capture;
};

struct toy_parser {
    struct toy *toy;
    const char *at;
    struct mn_program *program;
};

static struct toy_node *parse_alternatives(struct toy_parser *parser);
static void emit_program(struct toy *toy, struct mn_program *program, const struct toy_node *root);

static struct toy_node *make_node(struct toy_parser *parser, enum toy_kind kind)
{
    struct toy_node *node = make(parser->toy, sizeof *node);
    node->kind = kind;
    return node;
}

static struct toy_node *make_step(struct toy_parser *parser, enum mn_op op, uint32_t argument)
{
    struct toy_node *node = make_node(parser, STEP);
    node->state.op = (uint8_t)op;
    node->state.argument = argument;
    return node;
}

/* A name, up to a character that is none. */
static struct mn_slice parse_name(struct toy_parser *parser)
{
    const char *start = parser->at;
    while (isalnum((unsigned char)*parser->at) || *parser->at == '-')
        parser->at++;
    return mn_arena_copy(parser->toy->arena, (struct mn_slice){start, (size_t)(parser->at - start)});
}

static struct toy_node *parse_group(struct toy_parser *parser)
{
    cr_assert_eq(*parser->at, '(', "%s", parser->at);
    parser->at++;
    struct toy_node *inner = parse_alternatives(parser);
    cr_assert_eq(*parser->at, ')', "%s", parser->at);
    parser->at++;
    return inner;
}

static struct toy_node *parse_lexicon(struct toy_parser *parser)
{
    struct mn_vocabulary *vocabulary = parser->toy->rules.vocabulary;
    parser->at++;
    uint32_t lexicon = mn_vocabulary_lexicon(vocabulary, parse_name(parser));
    struct toy_node *node = make_step(parser, MN_OP_LEXICON, lexicon);
    if (*parser->at == '=') {
        parser->at++;
        parser->program->values = make(parser->toy, sizeof(uint32_t));
        parser->program->values[0] = mn_vocabulary_find_value(vocabulary, parse_name(parser));
        node->state.value_count = 1;
    }
    parser->at++;
    return node;
}

static struct toy_node *parse_look(struct toy_parser *parser)
{
    struct toy_node *node = make_node(parser, LOOK);
    struct mn_program *program = parser->program;
    struct mn_look *looks = make(parser->toy, (program->look_count + 1) * sizeof *looks);
    if (program->look_count)
        memcpy(looks, program->looks, program->look_count * sizeof *looks);
    uint32_t number = program->look_count++;
    program->looks = looks;
    node->state.negated = *parser->at == '!';
    parser->at += node->state.negated;
    node->state.op = MN_OP_LOOK;
    node->state.argument = number;
    struct mn_look look = {make(parser->toy, sizeof *program), *parser->at++ == '<', 0, TOY_LOOK};
    struct toy_parser inner = {parser->toy, parser->at, look.program};
    emit_program(parser->toy, look.program, parse_group(&inner));
    parser->at = inner.at;
    parser->program->looks[number] = look;
    return node;
}

static struct toy_node *parse_capture(struct toy_parser *parser, struct mn_slice name)
{
    struct toy_node *node = make_node(parser, CAPTURE);
    struct mn_program *program = parser->program;
    struct mn_capture *captures = make(parser->toy, (program->capture_count + 1) * sizeof *captures);
    if (program->capture_count)
        memcpy(captures, program->captures, program->capture_count * sizeof *captures);
    node->capture = program->capture_count++;
    program->captures = captures;
    parser->at++;
    node->left = parse_group(parser);
    bool step = node->left->kind == STEP;
    parser->program->captures[node->capture] = (struct mn_capture){name, step && node->left->state.op == MN_OP_LEXICON,
                                                                   step && node->left->state.op == MN_OP_SPAN};
    return node;
}

static struct toy_node *parse_span(struct toy_parser *parser)
{
    bool is_rule = parser->at[1] == '@';
    char name[32] = "";
    parser->at += is_rule ? 2 : 1;
    struct mn_slice slice = parse_name(parser);
    memcpy(name, slice.data, slice.size);
    return make_step(parser, MN_OP_SPAN, toy_reference(parser->toy, name, is_rule));
}

static struct toy_node *parse_word(struct toy_parser *parser)
{
    struct mn_slice name = parse_name(parser);
    cr_assert_gt(name.size, 0u, "cannot parse %s", parser->at);
    if (*parser->at == ':')
        return parse_capture(parser, name);
    struct toy_node *node =
        make_step(parser, MN_OP_TOKEN, mn_vocabulary_symbol(parser->toy->rules.vocabulary, MN_BY_FOLD, name));
    node->state.test = MN_TEST_SYMBOL;
    node->state.by = MN_BY_FOLD;
    return node;
}

static struct toy_node *parse_one(struct toy_parser *parser)
{
    switch (*parser->at) {
    case '(':
        return parse_group(parser);
    case '[':
        return parse_lexicon(parser);
    case '@':
        return parse_span(parser);
    case '!':
    case '<':
    case '>':
        return parse_look(parser);
    case '.':
        parser->at++;
        return make_step(parser, MN_OP_TOKEN, 0);
    case '^':
        parser->at++;
        return make_step(parser, MN_OP_START, 0);
    case '$':
        parser->at++;
        return make_step(parser, MN_OP_END, 0);
    default:
        return parse_word(parser);
    }
}

static struct toy_node *parse_repeated(struct toy_parser *parser)
{
    struct toy_node *node = parse_one(parser);
    if (!*parser->at || !strchr("?*+", *parser->at))
        return node;
    struct toy_node *repeat = make_node(parser, REPEAT);
    repeat->optional = *parser->at != '+';
    repeat->many = *parser->at != '?';
    repeat->left = node;
    parser->at++;
    repeat->lazy = *parser->at == '?';
    parser->at += repeat->lazy;
    return repeat;
}

static struct toy_node *parse_sequence(struct toy_parser *parser)
{
    struct toy_node *all = make_node(parser, EMPTY);
    for (;;) {
        while (*parser->at == ' ')
            parser->at++;
        if (!*parser->at || *parser->at == '|' || *parser->at == ')')
            return all;
        struct toy_node *next = parse_repeated(parser);
        if (all->kind == EMPTY) {
            all = next;
            continue;
        }
        struct toy_node *both = make_node(parser, SEQUENCE);
        both->left = all;
        both->right = next;
        all = both;
    }
}

static struct toy_node *parse_alternatives(struct toy_parser *parser)
{
    struct toy_node *first = parse_sequence(parser);
    if (*parser->at != '|')
        return first;
    parser->at++;
    struct toy_node *node = make_node(parser, EITHER);
    node->left = first;
    node->right = parse_alternatives(parser);
    return node;
}

/* --- To states --- */

static uint32_t emit(struct mn_program *program, const struct toy_node *node, uint32_t next);

static uint32_t emit_state(struct mn_program *program, struct mn_state state, uint32_t next, uint32_t other)
{
    state.next = next;
    state.other = other;
    program->states[program->state_count] = state;
    return program->state_count++;
}

static uint32_t emit_op(struct mn_program *program, enum mn_op op, uint32_t argument, uint32_t next, uint32_t other)
{
    return emit_state(program, (struct mn_state){.op = (uint8_t)op, .argument = argument}, next, other);
}

static uint32_t emit_repeat(struct mn_program *program, const struct toy_node *node, uint32_t next)
{
    uint32_t split = emit_op(program, MN_OP_SPLIT, 0, next, next);
    uint32_t body = emit(program, node->left, node->many ? split : next);
    if (node->lazy)
        program->states[split].other = body;
    else
        program->states[split].next = body;
    return node->optional ? split : body;
}

static uint32_t emit(struct mn_program *program, const struct toy_node *node, uint32_t next)
{
    switch (node->kind) {
    case EMPTY:
        return next;
    case STEP:
    case LOOK:
        return emit_state(program, node->state, next, 0);
    case SEQUENCE:
        return emit(program, node->left, emit(program, node->right, next));
    case EITHER: {
        uint32_t left = emit(program, node->left, next);
        return emit_op(program, MN_OP_SPLIT, 0, left, emit(program, node->right, next));
    }
    case REPEAT:
        return emit_repeat(program, node, next);
    case CAPTURE: {
        uint32_t close = emit_op(program, MN_OP_CLOSE, node->capture, next, 0);
        return emit_op(program, MN_OP_OPEN, node->capture, emit(program, node->left, close), 0);
    }
    }
    return next;
}

static void emit_program(struct toy *toy, struct mn_program *program, const struct toy_node *root)
{
    enum { STATES = 300 };
    program->states = make(toy, STATES * sizeof *program->states);
    program->state_count = 1; /* state 0 becomes a copy of the first */
    uint32_t accept = emit_op(program, MN_OP_ACCEPT, 0, 0, 0);
    uint32_t first = emit(program, root, accept);
    cr_assert_lt(program->state_count, STATES);
    program->states[0] = program->states[first];
    program->anchored = program->states[0].op == MN_OP_START;
}

struct mn_program *toy_program(struct toy *toy, const char *pattern)
{
    struct mn_program *program = make(toy, sizeof *program);
    struct toy_parser parser = {toy, pattern, program};
    struct toy_node *root = parse_alternatives(&parser);
    cr_assert_eq(*parser.at, '\0', "%s", parser.at);
    emit_program(toy, program, root);
    return program;
}

/* --- Rules --- */

uint32_t toy_reference(struct toy *toy, const char *name, bool is_rule)
{
    struct mn_slice slice = mn_arena_copy(toy->arena, mn_slice_of(name));
    for (uint32_t i = 0; i < toy->rules.reference_count; i++)
        if (toy->references[i].is_rule == is_rule && mn_slice_equal(toy->references[i].name, slice))
            return i;
    cr_assert_lt(toy->rules.reference_count, TOY_REFERENCES);
    toy->references[toy->rules.reference_count] = (struct mn_span_reference){slice, is_rule};
    return (uint32_t)toy->rules.reference_count++;
}

void toy_entry(struct toy *toy, const char *lexicon, const char *words, const char *value)
{
    bool duplicate;
    struct mn_vocabulary *vocabulary = toy->rules.vocabulary;
    cr_assert_eq(mn_vocabulary_entry(vocabulary, mn_vocabulary_lexicon(vocabulary, mn_slice_of(lexicon)), MN_BY_FOLD,
                                     mn_slice_of(words), mn_slice_of(value), &duplicate, &error),
                 MN_OK);
}

struct mn_program **toy_programs(struct toy *toy, const char *pattern, size_t *count)
{
    struct mn_program **programs = make(toy, sizeof *programs);
    programs[0] = toy_program(toy, pattern);
    *count = 1;
    return programs;
}

void toy_add_pattern(struct toy *toy, struct mn_rule *rule, const char *pattern)
{
    struct mn_program **programs = make(toy, (rule->pattern_count + 1) * sizeof *programs);
    if (rule->pattern_count)
        memcpy(programs, rule->patterns, rule->pattern_count * sizeof *programs);
    programs[rule->pattern_count++] = toy_program(toy, pattern);
    rule->patterns = programs;
}

struct mn_rule *toy_rule(struct toy *toy, const char *name, const char *finds, const char *pattern)
{
    cr_assert_lt(toy->rules.rule_count, TOY_RULES);
    uint32_t number = (uint32_t)toy->rules.rule_count++;
    struct mn_rule *rule = &toy->rule[number];
    *rule = (struct mn_rule){.name = mn_slice_of(name), .finds = mn_slice_of(finds), .number = number};
    rule->kind = toy_reference(toy, finds, false);
    rule->self = toy_reference(toy, name, true);
    if (pattern)
        toy_add_pattern(toy, rule, pattern);
    return rule;
}

struct mn_condition *toy_condition(struct toy *toy, struct mn_rule *rule, bool unless, const char *pattern)
{
    struct mn_condition *conditions = make(toy, (rule->condition_count + 1) * sizeof *conditions);
    if (rule->condition_count)
        memcpy(conditions, rule->conditions, rule->condition_count * sizeof *conditions);
    rule->conditions = conditions;
    conditions += rule->condition_count++;
    *conditions = (struct mn_condition){
        toy_program(toy, pattern), unless, MN_NO_SYMBOL, UINT32_MAX, MN_EITHER_SIDE, false, MN_SCOPE_COUNT};
    return conditions;
}

static void add_key(struct toy *toy, const struct mn_rule *rule, struct mn_atom atom)
{
    size_t *count = &toy->key_counts[rule->number];
    cr_assert_lt(*count, TOY_KEYS);
    toy->keys[rule->number][(*count)++] = atom;
}

void toy_trigger_word(struct toy *toy, const struct mn_rule *rule, const char *word)
{
    struct mn_vocabulary *vocabulary = toy->rules.vocabulary;
    uint32_t symbol = mn_vocabulary_symbol(vocabulary, MN_BY_FOLD, mn_slice_of(word));
    add_key(toy, rule, (struct mn_atom){MN_ATOM_SYMBOL, MN_BY_FOLD, symbol});
}

void toy_trigger_entry(struct toy *toy, const struct mn_rule *rule, const char *lexicon)
{
    add_key(toy, rule,
            (struct mn_atom){MN_ATOM_LEXICON, 0, mn_vocabulary_lexicon(toy->rules.vocabulary, mn_slice_of(lexicon))});
}

void toy_trigger_span(struct toy *toy, const struct mn_rule *rule, const char *name, bool is_rule)
{
    add_key(toy, rule, (struct mn_atom){MN_ATOM_SPAN, 0, toy_reference(toy, name, is_rule)});
}

static void make_key_set(struct toy *toy, struct mn_rule *rule)
{
    size_t count = toy->key_counts[rule->number];
    struct mn_atom *atoms = toy->keys[rule->number];
    if (!count)
        return;
    uint32_t set = mn_vocabulary_set(toy->rules.vocabulary, MN_SET_KEY, atoms, count);
    toy->key_sets[rule->number] = set;
    rule->keys = &toy->key_sets[rule->number];
    rule->key_count = 1;
    for (size_t i = 0; i < count; i++)
        if (atoms[i].kind == MN_ATOM_SPAN) {
            uint32_t *number = MN_APPEND(toy->arena, &toy->span_sets[atoms[i].id].keys);
            cr_assert_not_null(number);
            *number = set;
        }
}

void toy_seal(struct toy *toy)
{
    for (size_t i = 0; i < toy->rules.rule_count; i++)
        make_key_set(toy, &toy->rule[i]);
    cr_assert_eq(mn_vocabulary_seal(toy->rules.vocabulary, &error), MN_OK);
    toy->forms = mn_forms_create(toy->rules.vocabulary);
    toy->scratch = mn_match_scratch_create(&toy->rules);
    cr_assert(toy->forms && toy->scratch);
    toy_begin(toy);
}

/* --- Documents --- */

void toy_begin(struct toy *toy)
{
    toy->document = mn_document_create(toy->arena);
    cr_assert_not_null(toy->document);
    mn_builder_init(&toy->builder, toy->document);
}

uint32_t toy_leaf(struct toy *toy, enum mn_node_kind kind, const char *text, size_t enumerator)
{
    return mn_builder_leaf(&toy->builder, kind, mn_slice_of(text), enumerator);
}

static void add_sentence(struct toy *toy, uint32_t start, uint32_t end, uint32_t node)
{
    struct mn_sentence *sentence = MN_APPEND(toy->arena, &toy->document->sentences);
    cr_assert_not_null(sentence);
    *sentence = (struct mn_sentence){start, end, node, 0, 0};
}

static void add_sentences(struct toy *toy, uint32_t leaf)
{
    const struct mn_node *node = &toy->document->nodes.items[leaf];
    const char *text = toy->document->text.data;
    uint32_t start = node->content;
    for (uint32_t i = start; i + 2 < node->end; i++)
        if (memcmp(text + i, " . ", 3) == 0) {
            add_sentence(toy, start, i + 2, leaf);
            start = i + 3;
        }
    if (start < node->end)
        add_sentence(toy, start, node->end, leaf);
}

void toy_tokenise(struct toy *toy)
{
    cr_assert_eq(mn_builder_finish(&toy->builder, &error), MN_OK);
    for (uint32_t i = 0; i < toy->document->nodes.count; i++) {
        const struct mn_node *node = &toy->document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW)
            add_sentences(toy, i);
    }
    cr_assert_eq(mn_tokenise(toy->document, toy->forms, &error), MN_OK);
}

void toy_match(struct toy *toy)
{
    toy_tokenise(toy);
    cr_assert_eq(mn_match(toy->document, toy->forms, &toy->rules, toy->scratch, &error), MN_OK);
}

struct mn_ground toy_ground(struct toy *toy, const mn_span_list *spans)
{
    if (!toy->index.rules)
        cr_assert(mn_index_open(&toy->index, &toy->rules));
    cr_assert(mn_index_begin(&toy->index, toy->document, toy->forms));
    for (uint32_t reference = 0; spans && reference < toy->rules.reference_count; reference++)
        for (size_t i = 0; i < spans[reference].count; i++) {
            const struct mn_span *span = &toy->document->spans.items[spans[reference].items[i]];
            cr_assert(mn_index_span(&toy->index, reference, span->first_token));
        }
    return (struct mn_ground){
        .document = toy->document, .forms = toy->forms, .spans = spans, .index = &toy->index, .everywhere = true};
}

static const char *string(struct toy *toy, struct mn_slice slice)
{
    char *copy = make(toy, slice.size + 1);
    if (slice.size)
        memcpy(copy, slice.data, slice.size);
    return copy;
}

const char *toy_evidence(struct toy *toy, size_t index)
{
    if (index >= toy->document->spans.count)
        return "-";
    const struct mn_span *span = &toy->document->spans.items[index];
    return string(toy, mn_document_text(toy->document, span->start, span->end));
}

const char *toy_field(struct toy *toy, size_t index, const char *name)
{
    if (index >= toy->document->spans.count)
        return "-";
    const struct mn_field *field = mn_fields_find(&toy->document->spans.items[index].fields, mn_slice_of(name));
    if (!field)
        return "-";
    return string(toy, field->value.size ? field->value : mn_document_text(toy->document, field->start, field->end));
}

const char *toy_finds(struct toy *toy)
{
    char *all = make(toy, 4 * toy->document->text.size * (toy->document->spans.count + 1) + 8);
    for (size_t i = 0; i < toy->document->spans.count; i++) {
        if (i)
            strcat(all, " | ");
        strcat(all, toy_evidence(toy, i));
    }
    return all;
}
