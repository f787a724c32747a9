/* Random small patterns on random small texts, against plain backtracking through the same states. */
#include "match/program_run.h"
#include "toy.h"
#include <criterion/criterion.h>

enum { ROUNDS = 4000, WORDS = 3, TEXT_TOKENS = 10, BUDGET = 200000 };

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
    toy_entry(&toy, "lex", "a b", "ab");
    toy_entry(&toy, "lex", "a b c", "abc");
    toy_entry(&toy, "lex", "c", "c");
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(naive, .init = make, .fini = unmake);

static uint64_t random_state = 42;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % bound;
}

/* --- Random patterns --- */

struct text {
    char data[1024];
    size_t size;
    uint32_t captures;
};

static void put(struct text *text, const char *string)
{
    size_t size = strlen(string);
    if (text->size + size < sizeof text->data) {
        memcpy(text->data + text->size, string, size);
        text->size += size;
        text->data[text->size] = '\0';
    }
}

/* What consumes at least a token may be repeated without end. */
static void put_step(struct text *text)
{
    static const char *const steps[] = {"a", "b", "c", ".", ".", "[lex]", "@s"};
    put(text, steps[random_below(sizeof steps / sizeof steps[0])]);
}

static void put_pattern(struct text *text, int depth);

static void put_repeated(struct text *text)
{
    static const char *const signs[] = {"*", "+", "?", "*?", "+?", "??"};
    if (random_below(3) == 0) {
        put(text, "(");
        put_step(text);
        put(text, random_below(2) ? " | " : " ");
        put_step(text);
        put(text, ")");
    } else {
        put_step(text);
    }
    put(text, signs[random_below(sizeof signs / sizeof signs[0])]);
}

static void put_look(struct text *text)
{
    static const char *const looks[] = {">(a)", "!>(b)", "<(c)", "!<(a .?)", ">(.? c)", "<(a b*)", "^", "$"};
    put(text, looks[random_below(sizeof looks / sizeof looks[0])]);
}

static void put_capture(struct text *text, int depth)
{
    static const char *const names[] = {"k", "l", "m", "n"};
    if (text->captures == sizeof names / sizeof names[0]) {
        put_step(text);
        return;
    }
    put(text, names[text->captures++]);
    put(text, ":(");
    put_pattern(text, depth - 1);
    put(text, ")");
}

static void put_element(struct text *text, int depth)
{
    uint32_t choice = random_below(depth > 0 ? 10 : 6);
    if (choice < 3)
        put_step(text);
    else if (choice < 5)
        put_repeated(text);
    else if (choice == 5)
        put_look(text);
    else if (choice < 8)
        put_capture(text, depth);
    else {
        put(text, "(");
        put_pattern(text, depth - 1);
        put(text, ")");
        put(text, random_below(2) ? "?" : "");
    }
}

static void put_pattern(struct text *text, int depth)
{
    for (uint32_t left = 1 + random_below(3); left; left--) {
        put_element(text, depth);
        put(text, " ");
        if (left > 1 && random_below(4) == 0)
            put(text, "| ");
    }
}

/* --- Backtracking --- */

struct way {
    struct mn_captured captured[MN_LIMIT_CAPTURES];
    uint32_t opened[MN_LIMIT_CAPTURES];
    struct mn_jump last;
    uint32_t end;
};

struct naive {
    struct mn_ground *ground;
    struct mn_place scope;
    uint32_t must_end;
    uint32_t start;
    bool empty;
    uint32_t budget;
};

static bool backtrack(struct naive *naive, const struct mn_program *program, uint32_t number, uint32_t position,
                      struct way *way);

static bool naive_look(struct naive *naive, const struct mn_look *look, uint32_t position)
{
    struct naive inner = *naive;
    inner.empty = true;
    inner.must_end = look->behind ? position : MN_NONE;
    uint32_t first = position;
    for (uint32_t back = 0; look->behind && back < TOY_LOOK && first > naive->scope.start; back++)
        first--;
    bool holds = false;
    for (uint32_t start = first; start <= position && !holds; start++) {
        struct way way = {.end = 0};
        holds = backtrack(&inner, look->program, 0, start, &way);
    }
    naive->budget = inner.budget;
    return holds;
}

/* Tries the spans that start here, longest first. */
static bool naive_spans(struct naive *naive, const struct mn_program *program, const struct mn_state *state,
                        uint32_t position, struct way *way)
{
    const mn_span_list *list = &naive->ground->spans[state->argument];
    for (size_t i = 0; i < list->count; i++) {
        const struct mn_span *span = &naive->ground->document->spans.items[list->items[i]];
        struct way copy = *way;
        copy.last = (struct mn_jump){position, span->end_token, MN_NONE, list->items[i]};
        if (span->first_token == position && span->end_token <= naive->scope.end &&
            backtrack(naive, program, state->next, span->end_token, &copy)) {
            *way = copy;
            return true;
        }
    }
    return false;
}

/* A capture that is one entry or one span has its value. */
static bool naive_close(struct way *way, uint32_t capture, uint32_t position)
{
    struct mn_captured *captured = &way->captured[capture];
    bool whole = way->last.start == way->opened[capture] && way->last.end == position;
    captured->place = (struct mn_place){way->opened[capture], position};
    captured->value = whole ? way->last.value : MN_NONE;
    captured->span = whole ? way->last.span : MN_NONE;
    return true;
}

/* Consumes what the state asks for; false when it cannot. */
static bool naive_step(struct naive *naive, const struct mn_program *program, const struct mn_state *state,
                       uint32_t *position, struct way *way)
{
    const struct mn_token *token = &naive->ground->document->tokens.items[*position];
    uint32_t value;
    size_t taken;
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
        return *position < naive->scope.end &&
               (state->test == MN_TEST_ANY ||
                mn_forms_get(naive->ground->forms, token->form)->symbols[state->by] == state->argument) &&
               ++*position;
    case MN_OP_LEXICON:
        taken = *position < naive->scope.end
                    ? mn_forms_lexicon(naive->ground->forms, &token->form, 2, naive->scope.end - *position,
                                       state->argument, NULL, 0, &value)
                    : 0;
        if (taken)
            way->last = (struct mn_jump){*position, *position + (uint32_t)taken, value, MN_NONE};
        *position += (uint32_t)taken;
        return taken > 0;
    case MN_OP_OPEN:
        way->opened[state->argument] = *position;
        return true;
    case MN_OP_CLOSE:
        return naive_close(way, state->argument, *position);
    case MN_OP_START:
        return *position == naive->scope.start;
    case MN_OP_END:
        return *position == naive->scope.end;
    case MN_OP_LOOK:
        return naive_look(naive, &program->looks[state->argument], *position) != (state->negated != 0);
    default:
        return false;
    }
}

static bool backtrack(struct naive *naive, const struct mn_program *program, uint32_t number, uint32_t position,
                      struct way *way)
{
    const struct mn_state *state = &program->states[number];
    struct way copy = *way;
    if (naive->budget == 0)
        return false;
    naive->budget--;
    if (state->op == MN_OP_ACCEPT) {
        way->end = position;
        return (naive->empty || position > naive->start) && (naive->must_end == MN_NONE || position == naive->must_end);
    }
    if (state->op == MN_OP_SPAN)
        return naive_spans(naive, program, state, position, way);
    if (state->op == MN_OP_SPLIT) {
        if (backtrack(naive, program, state->next, position, way))
            return true;
        *way = copy;
        return backtrack(naive, program, state->other, position, way);
    }
    if (!naive_step(naive, program, state, &position, way)) {
        *way = copy;
        return false;
    }
    return backtrack(naive, program, state->next, position, way);
}

/* --- Comparing --- */

static void add_spans(mn_span_list *list)
{
    static const uint32_t places[][2] = {{0, 2}, {0, 1}, {2, 3}, {4, 7}, {4, 5}, {6, 9}, {6, 8}, {8, 10}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct mn_span *span = MN_APPEND(toy.arena, &toy.document->spans);
        cr_assert_not_null(span);
        *span = (struct mn_span){.first_token = places[i][0], .end_token = places[i][1]};
        list->items[list->count++] = (uint32_t)i;
    }
}

static void expect_same_captures(const struct mn_run *run, const struct way *way, const char *pattern)
{
    for (uint32_t i = 0; i < run->program->capture_count; i++) {
        const struct mn_captured *a = &run->captured[i], *b = &way->captured[i];
        cr_assert(a->place.start == b->place.start && a->place.end == b->place.end && a->value == b->value &&
                      a->span == b->span,
                  "%s on \"%.*s\": capture %u is %u-%u (%u, %u), should be %u-%u (%u, %u)", pattern,
                  MN_SLICE_ARGS(toy.document->text), i, a->place.start, a->place.end, a->value, a->span, b->place.start,
                  b->place.end, b->value, b->span);
    }
}

static void forget(struct way *way)
{
    way->last = (struct mn_jump){MN_NONE, MN_NONE, MN_NONE, MN_NONE};
    for (size_t i = 0; i < MN_LIMIT_CAPTURES; i++) {
        way->captured[i] = (struct mn_captured){{MN_NONE, MN_NONE}, MN_NONE, MN_NONE};
        way->opened[i] = 0;
    }
}

/* All matches by both; false when the naive way went over its budget. */
static bool compare(const struct mn_program *program, const char *pattern, struct mn_ground *ground, bool empty,
                    uint32_t *matches)
{
    /* The document goes on on both sides of the scope. */
    struct mn_place scope = {1, (uint32_t)toy.document->tokens.count - 1}, match;
    struct naive naive = {ground, scope, MN_NONE, 0, empty, BUDGET};
    struct mn_run run = {0};
    cr_assert(mn_run_begin(&run, ground, program, scope, empty));
    for (uint32_t start = scope.start; start <= scope.end && naive.budget;) {
        struct way way;
        forget(&way);
        naive.start = start;
        bool expected = backtrack(&naive, program, 0, start, &way);
        if (!naive.budget)
            break;
        bool found = mn_run_at(&run, start, &match);
        cr_assert_eq(found, expected, "%s on \"%.*s\" at %u", pattern, MN_SLICE_ARGS(toy.document->text), start);
        if (found) {
            cr_assert_eq(match.end, way.end, "%s on \"%.*s\" at %u: ends at %u, should end at %u", pattern,
                         MN_SLICE_ARGS(toy.document->text), start, match.end, way.end);
            expect_same_captures(&run, &way, pattern);
            ++*matches;
        }
        start = found && match.end > start ? match.end : start + 1;
    }
    mn_run_free(&run);
    return naive.budget > 0;
}

static void make_text(uint32_t tokens)
{
    static const char *const words[WORDS] = {"a", "b", "c"};
    struct text text = {.size = 0};
    for (uint32_t i = 0; i < tokens; i++) {
        put(&text, i ? " " : "");
        put(&text, words[random_below(WORDS)]);
    }
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, text.data, 0);
    toy_tokenise(&toy);
}

Test(naive, the_engine_finds_what_backtracking_finds)
{
    static const struct mn_program *programs[ROUNDS];
    static struct text patterns[ROUNDS];
    static uint32_t numbers[16];
    mn_span_list list = {numbers, 0, 16};
    uint32_t compared = 0, matches = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        put_pattern(&patterns[i], 3);
        programs[i] = toy_program(&toy, patterns[i].data);
    }
    toy_seal(&toy);
    for (size_t i = 0; i < ROUNDS; i++) {
        make_text(TEXT_TOKENS);
        list.count = 0;
        add_spans(&list);
        struct mn_ground ground = toy_ground(&toy, &list);
        compared += compare(programs[i], patterns[i].data, &ground, i % 4 == 0, &matches);
        cr_assert_not(ground.failed);
    }
    cr_expect_gt(compared, (uint32_t)ROUNDS * 9 / 10, "%u rounds within the budget", compared);
    cr_expect_gt(matches, (uint32_t)ROUNDS / 2, "%u matches", matches);
}
