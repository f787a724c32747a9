/* Words that a line end has cut: the document's own words decide what its hyphen is. */
#include "lexis/joints.h"
#include <criterion/criterion.h>
#include <stdio.h>

static const char *const lines[] = {
    "The inspection found decision-making slow, and proceedings too. A well-known case was",
    "care. No understanding, no standing, no under standing either. Pre-birth work is done.",
};

static const struct {
    const char *line, *next;
    enum mn_joint joint;
} joints[] = {
    {"of the inspec-", "tion", MN_JOIN_WITHOUT_HYPHEN},  /* stands elsewhere as one word */
    {"the decision-", "making.", MN_JOIN_DIRECTLY},      /* stands elsewhere with its hyphen */
    {"of under-", "standing", MN_JOIN_WITHOUT_HYPHEN},   /* one word, though its halves are words too */
    {"the pre-", "proceedings stage", MN_JOIN_DIRECTLY}, /* a half is a word */
    {"some xyz-", "zyx", MN_JOIN_WITHOUT_HYPHEN},        /* nothing is known of it */
    {"the Smith-", "Jones case", MN_JOIN_DIRECTLY},      /* a name */
    {"from 2016-", "17", MN_JOIN_SPACED},                /* no letter before it */
    {"class A-", "17", MN_JOIN_DIRECTLY},
    {"a dash -", "and so on", MN_JOIN_SPACED},
    {"one", "two", MN_JOIN_SPACED},
    {"soft in\xC2\xAD", "side", MN_JOIN_DIRECTLY},
    {"-", "x", MN_JOIN_SPACED},
    {"", "x", MN_JOIN_SPACED},
    {"care-", "", MN_JOIN_SPACED},
};

Test(joints, are_judged_by_the_documents_words)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_joint_words words = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_assert(mn_joint_learn(&words, arena, mn_slice_of(lines[i])));
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        cr_expect(mn_joint_of(&words, mn_slice_of(joints[i].line), mn_slice_of(joints[i].next)) == joints[i].joint,
                  "%s/%s", joints[i].line, joints[i].next);
    mn_arena_destroy(arena);
}

Test(joints, of_a_document_without_words)
{
    struct mn_joint_words none = {0};
    cr_expect(mn_joint_of(&none, MN_LITERAL("inspec-"), MN_LITERAL("tion")) == MN_JOIN_WITHOUT_HYPHEN);
    cr_expect(mn_joint_of(&none, MN_LITERAL("one"), MN_LITERAL("two")) == MN_JOIN_SPACED);
}

Test(joints, learn_many_words)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_joint_words words = {0};
    char line[64];
    for (int i = 0; i < 5000; i++) {
        snprintf(line, sizeof line, ". word%c%c%cx .", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
        cr_assert(mn_joint_learn(&words, arena, mn_slice_of(line)));
    }
    cr_expect(words.count == 5000);
    cr_expect(mn_joint_of(&words, MN_LITERAL("worda-"), MN_LITERAL("aax")) == MN_JOIN_WITHOUT_HYPHEN);
    mn_arena_destroy(arena);
}
