#include "match/program_run.h"
#include "toy.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
    toy_entry(&toy, "grade", "good", "good");
    toy_entry(&toy, "grade", "requires improvement", "ri");
    toy_entry(&toy, "grade", "requires improvement to be good", "ri");
    toy_entry(&toy, "grade", "requires", "short");
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(program_run, .init = make, .fini = unmake);

/* All matches of a pattern in a text as "words{capture=words}", with " | " between them. */
static void run(const struct mn_program *program, const char *text, char *out, size_t size)
{
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, text, 0);
    toy_tokenise(&toy);
    struct mn_ground ground = toy_ground(&toy, NULL);
    struct mn_run search = {0};
    struct mn_place scope = {0, (uint32_t)toy.document->tokens.count}, match;
    const struct mn_token *tokens = toy.document->tokens.items;
    size_t used = 0;
    out[0] = '\0';
    cr_assert(mn_run_begin(&search, &ground, program, scope, false));
    for (uint32_t start = 0; start < scope.end;) {
        if (!mn_run_at(&search, start, &match)) {
            start++;
            continue;
        }
        const char *separator = used ? " | " : "";
        uint32_t last = match.end - 1;
        used += (size_t)snprintf(
            out + used, size - used, "%s%.*s", separator,
            (int)(tokens[last].start - tokens[match.start].start + mn_forms_text(toy.forms, tokens[last].form).size),
            toy.document->text.data + tokens[match.start].start);
        for (uint32_t i = 0; i < program->capture_count; i++) {
            const struct mn_captured *captured = &search.captured[i];
            if (captured->place.start != MN_NONE)
                used +=
                    (size_t)snprintf(out + used, size - used, " %.*s=%u-%u", MN_SLICE_ARGS(program->captures[i].name),
                                     captured->place.start, captured->place.end);
        }
        start = match.end;
    }
    cr_expect_not(ground.failed);
    mn_run_free(&search);
}

static const struct {
    const char *pattern, *text, *matches;
} cases[] = {
    {"b", "a b c b", "b | b"},
    {"a b", "a a b", "a b"},
    {"a | a b", "a b", "a"},
    {"a b | a", "a b a", "a b | a"},
    {"a? b", "a b b", "a b | b"},
    {"a*", "a a b a", "a a | a"},
    {"a*? b", "a a b", "a a b"},
    {"a+?", "a a", "a | a"},
    {"a .* b", "a c b c b c", "a c b c b"},
    {"a .*? b", "a c b c b c", "a c b"},
    {"^ a", "a a", "a"},
    {"a $", "a a", "a"},
    {"^ a* $", "a a b", ""},
    {"^ a* $", "a a", "a a"},
    {"x:(a) (y:(b) | z:(c))", "a c a b", "a c x=0-1 z=1-2 | a b x=2-3 y=3-4"},
    {"(x:(a) | b)*", "a b a b", "a b a b x=2-3"},
    {"(x:(a) b | a) c", "a c", "a c"},
    {"x:(a*) b", "b", "b x=0-0"},
    {"(x:(a .*?))+ c", "a b c", "a b c x=0-2"},
    {"x:(y:(a) b)", "a b", "a b x=0-2 y=0-1"},
    {"[grade]", "good requires improvement to", "good | requires improvement"},
    {"[grade] to", "requires improvement to be good to", "requires improvement to be good to"},
    {"[grade=short]", "requires improvement", "requires"},
    {"a >(b)", "a c a b", "a"},
    {"a !>(b)", "a b a", "a"},
    {"<(a b) c", "b c a b c", "c"},
    {"!<(a) c", "a c c", "c"},
    {"<(^) b", "b b", "b"},
    {"<(^ | a) b", "b b a b", "b | b"},
    {"a >(. >(c)) b", "a b a b c", "a b"},
    {"<(<(a) b) c", "b c a b c", "c"},
    {"a >($)", "a a", "a"},
    {"<(.*? a) b", "a b", "b"},
    {"q", "a b c", ""},
};

enum { CASES = sizeof cases / sizeof cases[0] };

Test(program_run, matches_are_leftmost_first)
{
    const struct mn_program *programs[CASES];
    char out[256];
    for (size_t i = 0; i < CASES; i++)
        programs[i] = toy_program(&toy, cases[i].pattern);
    toy_seal(&toy);
    for (size_t i = 0; i < CASES; i++) {
        run(programs[i], cases[i].text, out, sizeof out);
        cr_expect_str_eq(out, cases[i].matches, "%s on \"%s\": %s instead of %s", cases[i].pattern, cases[i].text, out,
                         cases[i].matches);
    }
}
