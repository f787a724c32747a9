/* Abbreviations, labels and furniture as rule files give them. */
#include "fixture.h"

#include <criterion/criterion.h>

static bool same(struct mn_slice slice, const char *text)
{
    return mn_slice_equal(slice, mn_slice_of(text));
}

Test(data, abbreviations)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_segmentation *segmentation = mn_segmentation_create(arena);
    struct mn_error error = {0};
    cr_assert_eq(mn_segmentation_add_abbreviation(segmentation, MN_LITERAL(" Mr | Cllr|\n e.g "), false, &error),
                 MN_OK);
    cr_assert_eq(mn_segmentation_add_abbreviation(segmentation, MN_LITERAL("No"), true, &error), MN_OK);
    cr_expect(mn_segmentation_is_abbreviation(segmentation, MN_LITERAL("MR")));
    cr_expect(mn_segmentation_is_abbreviation(segmentation, MN_LITERAL("cllr")));
    cr_expect(mn_segmentation_is_abbreviation(segmentation, MN_LITERAL("e.g")));
    cr_expect_not(mn_segmentation_is_abbreviation(segmentation, MN_LITERAL("No")));
    cr_expect(mn_segmentation_binds_number(segmentation, MN_LITERAL("no")));
    cr_expect_not(mn_segmentation_binds_number(segmentation, MN_LITERAL("Mr")));
    cr_expect_not(mn_segmentation_is_abbreviation(segmentation, MN_EMPTY));
    cr_expect_not(mn_segmentation_is_abbreviation(NULL, MN_LITERAL("Mr")));
    cr_expect_eq(mn_segmentation_add_abbreviation(segmentation, MN_LITERAL("a||b"), false, &error), MN_RULE_ERROR);
    mn_segmentation_destroy(segmentation);
    mn_arena_destroy(arena);
}

Test(data, labels)
{
    struct fixture fixture = fixture_open();
    size_t rest = 0;
    const struct mn_segmentation *segmentation = fixture.segmentation;
    cr_expect(same(mn_segmentation_label(segmentation, MN_LITERAL("Minutes:"), &rest), "minutes"));
    cr_expect_eq(rest, 8);
    cr_expect(same(mn_segmentation_label(segmentation, MN_LITERAL("DECISION"), NULL), "decision"));
    cr_expect(same(mn_segmentation_label(segmentation, MN_LITERAL("Supporting  documents :"), NULL), "documents"));
    cr_expect(same(mn_segmentation_label(segmentation, MN_LITERAL("Purpose: To note"), &rest), "purpose"));
    cr_expect_eq(rest, 9);
    cr_expect_eq(mn_segmentation_label(segmentation, MN_LITERAL("Purpose: To note"), NULL).size, 0);
    cr_expect_eq(mn_segmentation_label(segmentation, MN_LITERAL("Media: the press"), &rest).size, 0);
    cr_expect_eq(mn_segmentation_label(segmentation, MN_LITERAL("Resolved:"), NULL).size, 0);
    cr_expect_eq(mn_segmentation_label(segmentation, MN_LITERAL("The minutes were noted"), NULL).size, 0);
    cr_expect_eq(mn_segmentation_label(segmentation, MN_EMPTY, &rest).size, 0);
    fixture_close(&fixture);
}

static const char *const furniture[] = {
    "pdf icon PDF 78 KB",       "View directions", "Print this page", "Page 3 of 7", "- 4 -",
    "______________",           "PDF 1 MB",        "Back to top",     "3 of 12",     "Skip to content",
    "Home > Council > Minutes",
};

static const char *const no_furniture[] = {
    "The report was noted.",
    "2",
    "For",
    "Questions",
    "Report of the Director",
    "Minutes",
    "Next meeting",
    "Home to school transport",
    "Printing costs",
    "7 of the members voted",
};

Test(data, furniture)
{
    struct fixture fixture = fixture_open();
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; ++i)
        cr_expect(mn_segmentation_is_furniture(fixture.segmentation, mn_slice_of(furniture[i])), "%s", furniture[i]);
    for (size_t i = 0; i < sizeof no_furniture / sizeof *no_furniture; ++i)
        cr_expect_not(mn_segmentation_is_furniture(fixture.segmentation, mn_slice_of(no_furniture[i])), "%s",
                      no_furniture[i]);
    fixture_close(&fixture);
}

Test(data, expressions)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_segmentation *segmentation = mn_segmentation_create(arena);
    struct mn_error error = {0};
    cr_expect_not(mn_segmentation_is_furniture(segmentation, MN_LITERAL("page 1")));
    cr_assert_eq(mn_segmentation_add_furniture(segmentation, MN_LITERAL("page \\d+|seite \\d+"), &error), MN_OK);
    cr_assert_eq(mn_segmentation_add_furniture(segmentation, MN_LITERAL("top"), &error), MN_OK);
    for (int finished = 0; finished < 2; ++finished) {
        cr_expect(mn_segmentation_is_furniture(segmentation, MN_LITERAL("Page 12")));
        cr_expect(mn_segmentation_is_furniture(segmentation, MN_LITERAL("TOP")));
        cr_expect_not(mn_segmentation_is_furniture(segmentation, MN_LITERAL("page 12 of it")));
        cr_expect_not(mn_segmentation_is_furniture(segmentation, MN_LITERAL("the top")));
        cr_assert_eq(mn_segmentation_finish(segmentation, &error), MN_OK);
    }
    cr_expect_eq(mn_segmentation_add_furniture(segmentation, MN_LITERAL("(a"), &error), MN_RULE_ERROR);
    cr_expect_str_eq(error.message, "the expression “(a” does not compile: missing closing parenthesis at character 3");
    cr_expect_eq(mn_segmentation_add_furniture(segmentation, MN_LITERAL(" "), &error), MN_RULE_ERROR);
    cr_expect_eq(mn_segmentation_add_label(segmentation, MN_LITERAL("Minutes"), MN_EMPTY, true, &error), MN_RULE_ERROR);
    mn_segmentation_destroy(segmentation);
    mn_arena_destroy(arena);
}
