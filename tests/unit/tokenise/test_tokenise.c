#include "tokenise/tokenise.h"
#include <criterion/criterion.h>

static struct mn_arena *arena;
static struct mn_vocabulary *vocabulary;
static struct mn_forms *forms;
static struct mn_document *document;
static struct mn_error error;

static void make(void)
{
    arena = mn_arena_create();
    vocabulary = mn_vocabulary_create();
    cr_assert(arena && vocabulary);
    cr_assert_eq(mn_vocabulary_seal(vocabulary, &error), MN_OK);
    forms = mn_forms_create(vocabulary);
    document = mn_document_create(arena);
    cr_assert(forms && document);
}

static void unmake(void)
{
    mn_forms_destroy(forms);
    mn_vocabulary_destroy(vocabulary);
    mn_arena_destroy(arena);
}

TestSuite(tokenise, .init = make, .fini = unmake);

static void add_sentence(uint32_t start, uint32_t end, uint32_t node)
{
    struct mn_sentence *sentence = MN_APPEND(arena, &document->sentences);
    cr_assert_not_null(sentence);
    *sentence = (struct mn_sentence){start, end, node, 0, 0};
}

/* body(p "(a) One two. Three." fw "page 1" list(item(p "Four"))) */
static void build(void)
{
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    mn_builder_leaf(&builder, MN_P, MN_LITERAL("(a) One two. Three."), 4);
    mn_builder_leaf(&builder, MN_FW, MN_LITERAL("page 1"), 0);
    mn_builder_open(&builder, MN_LIST);
    mn_builder_open(&builder, MN_ITEM);
    mn_builder_leaf(&builder, MN_P, MN_LITERAL("Four"), 0);
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    add_sentence(4, 12, 1);
    add_sentence(13, 19, 1);
    add_sentence(20, 24, 5);
}

static void expect_ranges(void)
{
    static const uint32_t sentences[][2] = {{0, 3}, {3, 5}, {5, 6}};
    static const uint32_t nodes[][2] = {{0, 6}, {0, 5}, {0, 0}, {5, 6}, {5, 6}, {5, 6}};
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(document->sentences.items[i].first_token, sentences[i][0]);
        cr_expect_eq(document->sentences.items[i].end_token, sentences[i][1]);
    }
    for (size_t i = 0; i < 6; i++) {
        cr_expect_eq(document->nodes.items[i].first_token, nodes[i][0], "node %zu", i);
        cr_expect_eq(document->nodes.items[i].end_token, nodes[i][1], "node %zu", i);
    }
}

Test(tokenise, tokens_lie_in_sentences_and_ranges_follow)
{
    static const char *const words[] = {"One", "two", ".", "Three", ".", "Four"};
    build();
    cr_assert_eq(mn_tokenise(document, forms, &error), MN_OK);
    cr_assert_eq(document->tokens.count, 6u);
    for (size_t i = 0; i < 6; i++) {
        const struct mn_token *token = &document->tokens.items[i];
        struct mn_slice text = mn_forms_text(forms, token->form);
        cr_expect(mn_slice_equal(text, mn_slice_of(words[i])));
        cr_expect(mn_slice_equal(text, mn_document_text(document, token->start, token->start + (uint32_t)text.size)));
    }
    expect_ranges();
}

Test(tokenise, ranges_can_be_worked_out_again)
{
    build();
    cr_assert_eq(mn_tokenise(document, forms, &error), MN_OK);
    for (size_t i = 0; i < 6; i++)
        document->nodes.items[i].first_token = document->nodes.items[i].end_token = 77;
    mn_tokenise_ranges(document);
    expect_ranges();
}

Test(tokenise, a_document_without_sentences_has_no_tokens)
{
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    cr_assert_eq(mn_tokenise(document, forms, &error), MN_OK);
    cr_expect_eq(document->tokens.count, 0u);
}
