#include "base/fault.h"
#include "base/utf8.h"
#include "document/document.h"
#include <criterion/criterion.h>

Test(document, enumerators)
{
    static const struct {
        struct mn_slice text;
        size_t enumerator;
        enum mn_numbering numbering;
        const char *printed, *number;
    } cases[] = {
        {MN_LITERAL_ITEM("(a) words"), 4, MN_LOWER_ALPHA, "(a)", "a"},
        {MN_LITERAL_ITEM("12. words"), 4, MN_DECIMAL, "12.", "12"},
        {MN_LITERAL_ITEM("2.1 words"), 4, MN_DECIMAL, "2.1", "2.1"},
        {MN_LITERAL_ITEM("[16/01/12.01] words"), 14, MN_DECIMAL, "[16/01/12.01]", "16/01/12.01"},
        {MN_LITERAL_ITEM("\xE2\x80\xA2 words"), 4, MN_BULLET, "\xE2\x80\xA2", ""},
        {MN_LITERAL_ITEM("o words"), 2, MN_BULLET, "o", ""},
        {MN_LITERAL_ITEM("words"), 0, MN_UNNUMBERED, "", ""},
        {MN_LITERAL_ITEM("iv."), 3, MN_LOWER_ROMAN, "iv.", "iv"},
    };
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mn_document *document = mn_document_create(arena);
        struct mn_builder builder;
        mn_builder_init(&builder, document);
        uint32_t leaf = mn_builder_leaf(&builder, MN_P, cases[i].text, cases[i].enumerator);
        cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
        struct mn_node *node = &document->nodes.items[leaf];
        node->numbering = (uint8_t)cases[i].numbering;
        struct mn_slice printed = mn_node_enumerator(document, node), number = mn_node_number(document, node);
        cr_expect(mn_slice_equal(printed, mn_slice_of(cases[i].printed)), "case %zu: '%.*s'", i,
                  MN_SLICE_ARGS(printed));
        cr_expect(mn_slice_equal(number, mn_slice_of(cases[i].number)), "case %zu: '%.*s'", i, MN_SLICE_ARGS(number));
    }
    mn_arena_destroy(arena);
}

Test(document, roles)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    cr_expect_eq(mn_document_role(document, MN_EMPTY), 0);
    char name[] = "decision";
    cr_expect_eq(mn_document_role(document, mn_slice_of(name)), 1);
    name[0] = 'x';
    cr_expect_eq(mn_document_role(document, MN_LITERAL("apologies")), 2);
    cr_expect_eq(mn_document_role(document, MN_LITERAL("decision")), 1, "the name was copied");
    mn_fault_after(1);
    cr_expect_eq(mn_document_role(document, MN_LITERAL("votes")), MN_NONE);
    cr_expect_eq(document->roles.count, 3);
    mn_arena_destroy(arena);
}

Test(document, fields)
{
    struct mn_field items[] = {{.name = MN_LITERAL("due")}, {.name = MN_LITERAL("by")}, {.name = MN_LITERAL("due")}};
    struct mn_fields fields = {items, 3};
    cr_expect_eq(mn_fields_find(&fields, MN_LITERAL("due")), &items[0]);
    cr_expect_eq(mn_fields_find(&fields, MN_LITERAL("by")), &items[1]);
    cr_expect_null(mn_fields_find(&fields, MN_LITERAL("to")));
    cr_expect_null(mn_fields_find(&(struct mn_fields){0}, MN_LITERAL("to")));
}

Test(document, notices)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    mn_document_notice(document, "%d sentences cut", 3);
    char filler[600];
    for (size_t length = 505; length < 515; length++) {
        memset(filler, 'x', sizeof filler);
        mn_document_notice(document, "%.*s\xF0\x9F\x99\x82\xF0\x9F\x99\x82", (int)length, filler);
    }
    cr_assert_eq(document->notices.count, 11);
    cr_expect(mn_slice_equal(document->notices.items[0].text, MN_LITERAL("3 sentences cut")));
    for (size_t i = 0; i < 11; i++)
        cr_expect_eq(mn_utf8_valid_prefix(document->notices.items[i].text), document->notices.items[i].text.size,
                     "notice %zu is cut inside a character", i);
    mn_fault_after(1);
    mn_document_notice(document, "lost");
    cr_expect_eq(document->notices.count, 11);
    mn_arena_destroy(arena);
}

Test(document, elements)
{
    cr_expect_str_eq(mn_node_element(MN_BODY), "body");
    cr_expect_str_eq(mn_node_element(MN_FW), "fw");
}
