#include "lexis/vocabulary.h"

#include "base/limits.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct mn_vocabulary *vocabulary;
static struct mn_error error;

static void make(void)
{
    vocabulary = mn_vocabulary_create();
    cr_assert_not_null(vocabulary);
}

static void unmake(void)
{
    mn_vocabulary_destroy(vocabulary);
}

TestSuite(vocabulary, .init = make, .fini = unmake);

static uint32_t symbol(enum mn_by by, const char *word)
{
    return mn_vocabulary_symbol(vocabulary, by, mn_slice_of(word));
}

Test(vocabulary, words_of_one_shape_are_one_symbol)
{
    cr_expect_eq(symbol(MN_BY_FOLD, "Agreed"), symbol(MN_BY_FOLD, "AGREED"));
    cr_expect_neq(symbol(MN_BY_EXACT, "Agreed"), symbol(MN_BY_EXACT, "AGREED"));
    cr_expect_eq(symbol(MN_BY_STEM, "judge"), symbol(MN_BY_STEM, "Judging"));
    cr_expect_neq(symbol(MN_BY_FOLD, "judge"), symbol(MN_BY_FOLD, "judging"));
    cr_expect_eq(symbol(MN_BY_FOLD, "children\xE2\x80\x99s"), symbol(MN_BY_FOLD, "Children's"));
    cr_expect_eq(symbol(MN_BY_FOLD, "\xC3\x89ire"), symbol(MN_BY_FOLD, "\xC3\xA9ire"));
}

Test(vocabulary, classes_have_names_and_report_mistakes)
{
    uint32_t id;
    cr_assert_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("year"), MN_LITERAL("(19|20)\\d\\d"), &id, &error), MN_OK);
    cr_expect_eq(id, 0u);
    cr_expect_eq(mn_vocabulary_find_class(vocabulary, MN_LITERAL("year")), 0u);
    cr_expect_eq(mn_vocabulary_find_class(vocabulary, MN_LITERAL("month")), MN_NO_SYMBOL);
    cr_expect_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("year"), MN_LITERAL("x"), &id, &error), MN_RULE_ERROR);
    cr_expect_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("bad"), MN_LITERAL("(19"), &id, &error), MN_RULE_ERROR);
    cr_expect_str_eq(error.message, "missing closing parenthesis at offset 3 of \"(19\"");
}

Test(vocabulary, the_class_after_the_last_is_refused)
{
    uint32_t id;
    char name[16];
    for (int i = 0; i < 128; i++) {
        snprintf(name, sizeof name, "c%d", i);
        cr_assert_eq(mn_vocabulary_class(vocabulary, mn_slice_of(name), MN_LITERAL("x"), &id, &error), MN_OK);
    }
    cr_expect_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("more"), MN_LITERAL("x"), &id, &error), MN_OVER_LIMIT);
}

Test(vocabulary, entries_are_kept_once)
{
    bool duplicate;
    uint32_t lexicon = mn_vocabulary_lexicon(vocabulary, MN_LITERAL("grade"));
    cr_expect_eq(lexicon, mn_vocabulary_lexicon(vocabulary, MN_LITERAL("grade")));
    cr_assert_eq(mn_vocabulary_entry(vocabulary, lexicon, MN_BY_FOLD, MN_LITERAL("Requires improvement"),
                                     MN_LITERAL("ri"), &duplicate, &error),
                 MN_OK);
    cr_expect_not(duplicate);
    cr_assert_eq(mn_vocabulary_entry(vocabulary, lexicon, MN_BY_FOLD, MN_LITERAL("requires IMPROVEMENT"),
                                     MN_LITERAL("other"), &duplicate, &error),
                 MN_OK);
    cr_expect(duplicate);
    cr_expect_eq(
        mn_vocabulary_entry(vocabulary, lexicon, MN_BY_FOLD, MN_LITERAL("  "), MN_LITERAL("x"), &duplicate, &error),
        MN_RULE_ERROR);
    uint32_t value = mn_vocabulary_find_value(vocabulary, MN_LITERAL("ri"));
    cr_assert_neq(value, MN_NO_SYMBOL);
    cr_expect(mn_slice_equal(mn_vocabulary_value(vocabulary, value), MN_LITERAL("ri")));
    cr_expect(mn_slice_equal(mn_vocabulary_lexicon_name(vocabulary, lexicon), MN_LITERAL("grade")));
    cr_expect_eq(mn_vocabulary_find_lexicon(vocabulary, MN_LITERAL("none")), MN_NO_SYMBOL);
}

Test(vocabulary, the_test_set_after_the_last_is_refused)
{
    for (uint32_t i = 0; i <= MN_LIMIT_TEST_SETS; i++) {
        struct mn_atom atom = {MN_ATOM_CLASS, 0, i};
        uint32_t expected = i < MN_LIMIT_TEST_SETS ? i + 1 : 0;
        cr_assert_eq(mn_vocabulary_set(vocabulary, MN_SET_TEST, &atom, 1), expected);
        cr_assert_eq(mn_vocabulary_set(vocabulary, MN_SET_KEY, &atom, 1), i + 1);
    }
}

Test(vocabulary, nothing_is_added_after_the_seal)
{
    uint32_t id;
    uint32_t known = symbol(MN_BY_FOLD, "known");
    cr_assert_eq(mn_vocabulary_seal(vocabulary, &error), MN_OK);
    cr_expect_eq(symbol(MN_BY_FOLD, "new"), MN_NO_SYMBOL);
    cr_expect_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("c"), MN_LITERAL("x"), &id, &error), MN_INTERNAL);
    struct mn_atom atom = {MN_ATOM_SYMBOL, MN_BY_FOLD, known};
    cr_expect_eq(mn_vocabulary_set(vocabulary, MN_SET_KEY, &atom, 1), 0u);
    cr_expect_eq(mn_vocabulary_seal(vocabulary, &error), MN_INTERNAL);
}
