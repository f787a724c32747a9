#include "base/fault.h"
#include "document/document.h"
#include <criterion/criterion.h>

Test(builder, ranges)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    mn_builder_open(&builder, MN_DIV);  /* 1 */
    mn_builder_open(&builder, MN_LIST); /* 2: empty, before any text */
    mn_builder_close(&builder);
    mn_builder_leaf(&builder, MN_FW, MN_LITERAL("Page 1"), 0);       /* 3 */
    mn_builder_leaf(&builder, MN_HEAD, MN_LITERAL("1. Minutes"), 3); /* 4 */
    cr_expect_eq(mn_builder_leaf(&builder, MN_P, MN_EMPTY, 0), MN_NONE);
    mn_builder_leaf(&builder, MN_FW, MN_LITERAL("Page 2"), 0);     /* 5 */
    mn_builder_leaf(&builder, MN_P, MN_LITERAL("caf\xC3\xA9"), 0); /* 6 */
    mn_builder_close(&builder);
    mn_builder_close(&builder);          /* never the body */
    mn_builder_open(&builder, MN_TABLE); /* 7: empty, behind all text */
    mn_builder_open(&builder, MN_ROW);   /* 8 */
    cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
    static const struct mn_node expected[] = {
        {.kind = MN_BODY, .parent = MN_NONE, .after = 9, .start = 0, .end = 16, .content = 0},
        {.kind = MN_DIV, .parent = 0, .after = 7, .start = 0, .end = 16, .content = 0},
        {.kind = MN_LIST, .parent = 1, .after = 3, .start = 0, .end = 0, .content = 0},
        {.kind = MN_FW, .parent = 1, .after = 4, .start = 0, .end = 6, .content = 0},
        {.kind = MN_HEAD, .parent = 1, .after = 5, .start = 0, .end = 10, .content = 3},
        {.kind = MN_FW, .parent = 1, .after = 6, .start = 7, .end = 13, .content = 7},
        {.kind = MN_P, .parent = 1, .after = 7, .start = 11, .end = 16, .content = 11},
        {.kind = MN_TABLE, .parent = 0, .after = 9, .start = 16, .end = 16, .content = 16},
        {.kind = MN_ROW, .parent = 7, .after = 9, .start = 16, .end = 16, .content = 16},
    };
    cr_assert_eq(document->nodes.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < document->nodes.count; i++)
        cr_expect_eq(memcmp(&document->nodes.items[i], &expected[i], sizeof expected[i]), 0, "node %zu", i);
    cr_expect(mn_slice_equal(document->text, MN_LITERAL("1. Minutes\ncaf\xC3\xA9")));
    cr_expect(mn_slice_equal(document->furniture, MN_LITERAL("Page 1\nPage 2")));
    mn_arena_destroy(arena);
}

Test(builder, second_tree_replaces_the_first)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    mn_builder_leaf(&builder, MN_AB, MN_LITERAL("first line"), 0);
    cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
    struct mn_slice old = document->text;
    mn_builder_init(&builder, document);
    mn_builder_leaf(&builder, MN_P, mn_slice_cut(old, 6, 10), 0);
    cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
    cr_expect_eq(document->nodes.count, 2);
    cr_expect(mn_slice_equal(document->text, MN_LITERAL("line")));
    cr_expect(mn_slice_equal(old, MN_LITERAL("first line")), "slices of the old text stay valid");
    mn_arena_destroy(arena);
}

Test(builder, empty_body)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    cr_assert_eq(mn_builder_finish(&builder, NULL), MN_OK);
    cr_expect_eq(document->nodes.count, 1);
    cr_expect_eq(document->nodes.items[0].after, 1);
    cr_expect_eq(document->nodes.items[0].end, 0);
    cr_expect_eq(document->text.size, 0);
    mn_arena_destroy(arena);
}

static enum mn_status build_much(struct mn_document *document)
{
    struct mn_builder builder;
    mn_builder_init(&builder, document);
    for (int i = 0; i < 200; i++) {
        mn_builder_open(&builder, MN_DIV);
        mn_builder_leaf(&builder, i % 2 ? MN_P : MN_FW, MN_LITERAL("some words of a paragraph"), 0);
        if (i % 3)
            mn_builder_close(&builder);
    }
    return mn_builder_finish(&builder, NULL);
}

Test(builder, each_allocation_can_fail)
{
    struct mn_arena *arena = mn_arena_create();
    size_t failed = 0;
    for (bool done = false; !done; failed++) {
        mn_arena_reset(arena);
        struct mn_document *document = mn_document_create(arena);
        mn_fault_after(failed + 1);
        enum mn_status status = build_much(document);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(status, done ? MN_OK : MN_NO_MEMORY, "allocation %zu", failed);
    }
    cr_expect_gt(failed, 5);
    mn_arena_destroy(arena);
}
