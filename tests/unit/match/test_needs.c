/* What programs need must be there wherever they match, and their sketches must allow it: random patterns in the rules'
 * own language, run only where both is so and run everywhere. */
#include "match/match.h"
#include "match/sketch.h"
#include "rules/rules.h"
#include "tokenise/tokenise.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATTERNS = 1200, PATTERN_BYTES = 600, TEXTS = 6, WORDS = 12 };

static uint64_t random_state = 7;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % bound;
}

/* --- Random patterns --- */

struct text {
    char data[PATTERN_BYTES];
    size_t size;
};

static void put(struct text *text, const char *string)
{
    size_t size = strlen(string);
    cr_assert_lt(text->size + size, sizeof text->data);
    memcpy(text->data + text->size, string, size + 1);
    text->size += size;
}

static void put_pattern(struct text *text, int depth);

static void put_step(struct text *text, int depth)
{
    static const char *const steps[] = {"a",
                                        "b",
                                        "'C'",
                                        "~judge",
                                        "#year",
                                        "_",
                                        "[lex]",
                                        "[lex=two]",
                                        "@s",
                                        "$either",
                                        "$longer",
                                        "!a",
                                        "!(a | b)",
                                        "!$either",
                                        "(a | b)",
                                        "(a | #year)",
                                        "(a b | @s | c)",
                                        "![lex]",
                                        "(~judge | [lex])"};
    if (depth == 0 || random_below(4)) {
        put(text, steps[random_below(sizeof steps / sizeof steps[0])]);
        return;
    }
    put(text, "(");
    put_pattern(text, depth - 1);
    put(text, ")");
}

static void put_element(struct text *text, int depth)
{
    static const char *const signs[] = {"?", "??", "{0,3}", "{1,2}", "{2}", "{1,3}?"};
    static const char *const looks[] = {
        "^", "$", "ahead(a)", "not-ahead(b | c)", "behind(b)", "not-behind(a b?)", "ahead(_ #year)"};
    if (random_below(8) == 0) {
        put(text, looks[random_below(sizeof looks / sizeof looks[0])]);
        return;
    }
    put_step(text, depth);
    if (random_below(3) == 0)
        put(text, signs[random_below(sizeof signs / sizeof signs[0])]);
}

static void put_pattern(struct text *text, int depth)
{
    for (uint32_t left = 1 + random_below(4); left; left--) {
        put_element(text, depth);
        put(text, left > 1 && random_below(4) == 0 ? " | " : " ");
    }
}

/* A rule for each pattern; what is added makes each need a token. */
static struct mn_rules *make_rules(void)
{
    struct mn_writer writer, messages;
    struct mn_error error;
    struct mn_rules *rules;
    mn_writer_init(&writer, NULL);
    mn_writer_init(&messages, NULL);
    mn_write_literal(&writer, "<rules xmlns='urn:minutiae:rules:1' pack='t'><class name='year'>[12]\\d\\d\\d</class>"
                              "<lexicon name='lex'><entry value='one'>d</entry>"
                              "<entry value='two'>a b | a b c | e a</entry></lexicon>"
                              "<define name='either'>a | #year | ~judge</define>"
                              "<define name='longer'>b c | $either (c | d)</define>"
                              "<rule name='s' finds='s'><pattern>x</pattern></rule>");
    for (size_t i = 0; i < PATTERNS; i++) {
        struct text text = {.size = 0};
        char line[PATTERN_BYTES + 100];
        put_pattern(&text, 2);
        snprintf(line, sizeof line, "<rule name='r%zu' finds='k'><pattern>(%s) %s</pattern></rule>\n", i, text.data,
                 i % 3 ? "(b | c)" : "_");
        mn_write(&writer, mn_slice_of(line));
    }
    mn_write_literal(&writer, "</rules>");
    mn_rules_load_text("t.xml", (struct mn_slice){writer.data, writer.size}, &rules, &messages, &error);
    cr_assert(rules, "%.*s", (int)messages.size, messages.data);
    mn_writer_free(&writer);
    mn_writer_free(&messages);
    return rules;
}

/* --- Random documents --- */

/* One leaf with the text, in two sentences. */
static struct mn_document *document_of(struct mn_arena *arena, struct mn_forms *forms, const struct text *text)
{
    struct mn_document *document = mn_document_create(arena);
    struct mn_builder builder;
    struct mn_error error;
    mn_builder_init(&builder, document);
    uint32_t leaf = mn_builder_leaf(&builder, MN_P, (struct mn_slice){text->data, text->size}, 0);
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    uint32_t end = document->nodes.items[leaf].end, middle = 0;
    while (middle < end && (middle < end / 2 || document->text.data[middle] != ' '))
        middle++;
    for (uint32_t part = 0; part < 2; part++) {
        struct mn_sentence *sentence = MN_APPEND(arena, &document->sentences);
        cr_assert_not_null(sentence);
        *sentence = (struct mn_sentence){part ? middle : 0, part ? end : middle, leaf, 0, 0};
    }
    cr_assert_eq(mn_tokenise(document, forms, &error), MN_OK);
    return document;
}

static struct mn_document *make_document(struct mn_arena *arena, struct mn_forms *forms)
{
    static const char *const words[WORDS] = {"a",      "b",       "c",    "C", "d",     "e",
                                             "judged", "judging", "2001", "x", "other", "the"};
    struct text text = {.size = 0};
    for (uint32_t left = 2 + random_below(40); left; left--) {
        put(&text, words[random_below(WORDS)]);
        put(&text, " ");
    }
    text.size--;
    return document_of(arena, forms, &text);
}

/* Every fourth token begins a span of one to three tokens. */
static void add_spans(struct mn_document *document, struct mn_index *index, uint32_t reference, mn_span_list *list)
{
    list->count = 0;
    for (uint32_t i = 0; i + 3 < document->tokens.count; i += 1 + random_below(7)) {
        struct mn_span *span = MN_APPEND(document->arena, &document->spans);
        uint32_t *number = MN_POOL_ADD(list);
        cr_assert(span && number);
        *span = (struct mn_span){.first_token = i, .end_token = i + 1 + random_below(3)};
        *number = (uint32_t)document->spans.count - 1;
        cr_assert(mn_index_span(index, reference, i));
    }
    mn_index_order(index, reference);
}

/* --- Comparing --- */

static size_t refused; /* scopes by sketches */

/* All matches in the scope; how many. */
static size_t find_all(struct mn_ground *ground, const struct mn_program *program, struct mn_place scope,
                       struct mn_place *out)
{
    struct mn_run run = {0};
    size_t count = 0;
    if (!ground->everywhere && !mn_index_may_match(ground->index, program, scope))
        return 0;
    cr_assert(mn_run_begin(&run, ground, program, scope, false));
    bool allowed = mn_sketch_allows(&run);
    refused += !allowed;
    uint32_t start = allowed ? mn_run_skip(&run, scope.start) : scope.end;
    for (; start < scope.end; start = mn_run_skip(&run, start)) {
        bool found = mn_run_at(&run, start, &out[count]);
        start = found ? out[count].end : start + 1;
        count += found;
    }
    mn_run_free(&run);
    cr_assert_not(ground->failed);
    return count;
}

static size_t compare(struct mn_ground *ground, const struct mn_program *program, struct mn_place scope)
{
    struct mn_place with[64], without[64];
    ground->everywhere = false;
    size_t count = find_all(ground, program, scope, with);
    uint64_t few = ground->steps;
    ground->everywhere = true;
    ground->steps = 0;
    cr_assert_eq(find_all(ground, program, scope, without), count, "%.*s on %.*s", MN_SLICE_ARGS(program->text),
                 MN_SLICE_ARGS(ground->document->text));
    cr_assert(count == 0 || memcmp(with, without, count * sizeof with[0]) == 0, "%.*s on %.*s",
              MN_SLICE_ARGS(program->text), MN_SLICE_ARGS(ground->document->text));
    cr_assert_leq(few, ground->steps);
    ground->steps = 0;
    return count;
}

Test(needs, programs_match_where_their_needs_are_met)
{
    struct mn_rules *rules = make_rules();
    struct mn_forms *forms = mn_forms_create(rules->vocabulary);
    struct mn_arena *arena = mn_arena_create();
    struct mn_index index;
    struct mn_sketches sketches;
    mn_span_list list = {NULL, 0, 0}, lists[8];
    size_t matches = 0, tries = 0, keys = 0, firsts = 0;
    memset(&sketches, 0, sizeof sketches);
    cr_assert(forms && arena && mn_index_open(&index, rules) && mn_sketches_open(&sketches, rules));
    cr_assert_lt(rules->reference_count, 8u);
    for (size_t text = 0; text < TEXTS * PATTERNS / 10; text++) {
        struct mn_document *document = make_document(arena, forms);
        cr_assert(mn_index_begin(&index, document, forms));
        for (uint32_t i = 0; i < rules->reference_count; i++)
            lists[i] = (mn_span_list){NULL, 0, 0};
        add_spans(document, &index, mn_rules_find(rules, MN_LITERAL("t.s"))->kind, &list);
        lists[mn_rules_find(rules, MN_LITERAL("t.s"))->kind] = list;
        mn_sketches_begin(&sketches, forms);
        struct mn_ground ground = {
            .document = document, .forms = forms, .spans = lists, .index = &index, .sketches = &sketches};
        const struct mn_sentence *first = &document->sentences.items[0];
        for (size_t i = 0; i < 10; i++) {
            const struct mn_rule *rule = &rules->rules[(text * 10 + i) % rules->rule_count];
            uint32_t tokens = (uint32_t)document->tokens.count;
            matches += compare(&ground, rule->patterns[0], (struct mn_place){0, tokens});
            matches += compare(&ground, rule->patterns[0], (struct mn_place){0, first->end_token});
            tries += 2;
            keys += rule->patterns[0]->key != 0;
            firsts += rule->patterns[0]->first != 0;
        }
        mn_arena_reset(arena);
    }
    free(list.items);
    mn_sketches_close(&sketches);
    mn_index_close(&index);
    mn_arena_destroy(arena);
    mn_forms_destroy(forms);
    mn_rules_free(rules);
    cr_expect(matches > tries / 8 && keys > tries / 8 && firsts > tries / 16 && refused > tries / 8,
              "%zu matches, %zu keys, %zu firsts, %zu refused, %zu tries", matches, keys, firsts, refused, tries);
}

/* --- Where sketches know too little --- */

static struct mn_rules *load(const char *rules_text)
{
    struct mn_writer messages;
    struct mn_error error;
    struct mn_rules *rules;
    mn_writer_init(&messages, NULL);
    mn_rules_load_text("t.xml", mn_slice_of(rules_text), &rules, &messages, &error);
    cr_assert(rules, "%.*s", (int)messages.size, messages.data);
    mn_writer_free(&messages);
    return rules;
}

/* How many spans there are in the text, which is one sentence. */
static size_t count_spans(const struct mn_rules *rules, const struct text *text)
{
    struct mn_forms *forms = mn_forms_create(rules->vocabulary);
    struct mn_match_scratch *scratch = mn_match_scratch_create(rules);
    struct mn_arena *arena = mn_arena_create();
    struct mn_error error;
    cr_assert(forms && scratch && arena);
    struct mn_document *document = document_of(arena, forms, text);
    document->sentences.count = 1;
    document->sentences.items[0].end = (uint32_t)text->size;
    document->sentences.items[0].end_token = (uint32_t)document->tokens.count;
    cr_assert_eq(mn_match(document, forms, rules, scratch, &error), MN_OK);
    size_t count = document->spans.count;
    mn_match_scratch_destroy(scratch);
    mn_forms_destroy(forms);
    mn_arena_destroy(arena);
    return count;
}

/* A span that ends farther ahead than a sketch can note. */
Test(needs, long_spans_are_matched)
{
    struct mn_rules *rules = load("<rules xmlns='urn:minutiae:rules:1' pack='t'>"
                                  "<rule name='s' finds='s'><pattern>x (_){70,90} y</pattern></rule>"
                                  "<rule name='r' finds='k'><pattern>a @s b</pattern></rule></rules>");
    struct text text = {.size = 0};
    put(&text, "a x ");
    for (int i = 0; i < 80; i++)
        put(&text, "w ");
    put(&text, "y b");
    cr_expect_eq(count_spans(rules, &text), 2u);
    mn_rules_free(rules);
}

Test(needs, patterns_of_too_many_elements_have_no_sketch)
{
    char rules_text[4000] = "<rules xmlns='urn:minutiae:rules:1' pack='t'><rule name='r' finds='k'><pattern>";
    for (int i = 0; i <= MN_SKETCH_ELEMENTS; i++)
        snprintf(rules_text + strlen(rules_text), sizeof rules_text - strlen(rules_text), "%sw%d v%d", i ? " | " : "",
                 i, i);
    strcat(rules_text, "</pattern></rule><rule name='s' finds='k'><pattern>(a b){40}</pattern></rule></rules>");
    struct mn_rules *rules = load(rules_text);
    cr_expect_null(mn_rules_find(rules, MN_LITERAL("t.r"))->patterns[0]->sketch);
    cr_expect_eq(mn_rules_find(rules, MN_LITERAL("t.s"))->patterns[0]->sketch->count, 2u, "repetition adds none");
    mn_rules_free(rules);
}

/* So many places that only what is tested tells elements apart: entries of any value are more, and go farther. */
Test(needs, lexicons_of_some_values_are_elements_of_their_own)
{
    char rules_text[4000] = "<rules xmlns='urn:minutiae:rules:1' pack='t'><lexicon name='lex'>"
                            "<entry value='one'>a b c | e</entry><entry value='two'>a b</entry></lexicon>"
                            "<rule name='r' finds='k'><pattern>[lex=two] c | [lex] d";
    for (int i = 0; i <= MN_SKETCH_ELEMENTS; i++)
        strcat(rules_text, " | v w");
    strcat(rules_text, "</pattern></rule></rules>");
    struct mn_rules *rules = load(rules_text);
    struct text some = {.size = 0}, any = {.size = 0};
    put(&some, "x a b c");
    put(&any, "x e d");
    cr_assert_not_null(mn_rules_find(rules, MN_LITERAL("t.r"))->patterns[0]->sketch);
    cr_expect_eq(count_spans(rules, &some), 1u);
    cr_expect_eq(count_spans(rules, &any), 1u);
    mn_rules_free(rules);
}
