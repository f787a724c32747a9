/* What a search costs: pairs of state and token visited, for patterns that make backtracking explode. */
#include "match/program_run.h"
#include "toy.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(cost, .init = make, .fini = unmake);

static void make_text(const char *word, size_t count)
{
    size_t size = strlen(word) + 1;
    char *text = malloc(count * size + 1);
    cr_assert_not_null(text);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * size, word, size - 1);
        text[(i + 1) * size - 1] = ' ';
    }
    text[count * size - 1] = '\0';
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, text, 0);
    toy_tokenise(&toy);
    free(text);
}

/* Steps to look for all matches in `count` times the word. */
static uint64_t steps(const struct mn_program *program, const char *word, size_t count, size_t *matches)
{
    struct mn_run run = {0};
    struct mn_place match;
    make_text(word, count);
    struct mn_place scope = {0, (uint32_t)toy.document->tokens.count};
    struct mn_ground ground = toy_ground(&toy, NULL);
    cr_assert(mn_run_begin(&run, &ground, program, scope, false));
    *matches = 0;
    for (uint32_t start = 0; start < scope.end;) {
        bool found = mn_run_at(&run, start, &match);
        *matches += found;
        start = found ? match.end : start + 1;
    }
    cr_assert_not(ground.failed);
    mn_run_free(&run);
    return ground.steps;
}

static const struct {
    const char *pattern, *word;
} cases[] = {
    {"(a+)+ b", "a"},          {"((a | a a)+)+ b", "a"},     {"(a* a* a* a*) b", "a"},
    {"(.+? .+?)+ b", "a"},     {"(a | a | a a)* b", "a"},    {"x:(a .* a .* a) b", "a"},
    {"a .* b .* c", "a b"},    {"(a (a (a a?)?)?)+ b", "a"}, {"a+", "a b"},
    {"(a b?)+? c | a", "a b"}, {"a >(.* b) c", "a"},         {"<(a+) b", "a"},
};
enum { CASES = sizeof cases / sizeof cases[0], TOKENS = 600 };

Test(cost, twice_the_tokens_cost_twice_the_steps)
{
    const struct mn_program *programs[CASES];
    for (size_t i = 0; i < CASES; i++)
        programs[i] = toy_program(&toy, cases[i].pattern);
    toy_seal(&toy);
    for (size_t i = 0; i < CASES; i++) {
        size_t matches, more;
        uint64_t once = steps(programs[i], cases[i].word, TOKENS, &matches);
        uint64_t twice = steps(programs[i], cases[i].word, 2 * TOKENS, &more);
        uint32_t states = programs[i]->state_count;
        uint64_t looks = programs[i]->look_count ? programs[i]->looks[0].program->state_count : 0;
        uint64_t each = 2 * states + states * looks * (TOY_LOOK + 1);
        cr_expect_leq(twice, 2 * once + 4 * each, "%s: %zu, then %zu steps", cases[i].pattern, (size_t)once,
                      (size_t)twice);
        cr_expect_leq(once, each * (2 * TOKENS + 1), "%s: %zu steps with %u states", cases[i].pattern, (size_t)once,
                      states);
        cr_expect_gt(once, (uint64_t)TOKENS / 2);
    }
}

/* A scope that does not fit into the visited pairs' bound is searched in windows. */
Test(cost, long_scopes_are_searched_in_windows)
{
    enum { MANY = 600000 };
    size_t matches;
    const struct mn_program *all = toy_program(&toy, "a b");
    const struct mn_program *end = toy_program(&toy, "b $");
    const struct mn_program *start = toy_program(&toy, "^ a");
    const struct mn_program *none = toy_program(&toy, "(. .*)+ c");
    toy_seal(&toy);
    cr_expect_lt(MN_VISITED_BYTES / sizeof(uint64_t), 2 * (size_t)MANY);
    uint64_t visited = steps(all, "a b", MANY, &matches);
    cr_expect_eq(matches, (size_t)MANY);
    cr_expect_leq(visited, (uint64_t)2 * MANY * all->state_count * 2);
    steps(end, "a b", MANY, &matches);
    cr_expect_eq(matches, 1u);
    steps(start, "a b", MANY, &matches);
    cr_expect_eq(matches, 1u);
    visited = steps(none, "a b", MANY, &matches);
    cr_expect_eq(matches, 0u);
    cr_expect_leq(visited, (uint64_t)2 * 2 * MANY * none->state_count * 2);
}
