/* Words that a line end has cut: the document's own words decide what its hyphen is. */
#include "lexis/joints.h"
#include <criterion/criterion.h>
#include <stdio.h>

static const char *const lines[] = {
    "The inspection found decision-making slow, and proceedings too. A well-known case was",
    "care. No understanding, no standing, no under standing either. Pre-birth and post-birth work.",
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
    {"a post-", "war house", MN_JOIN_DIRECTLY}, /* another word has its first half */
    {"a dash -", "and so on", MN_JOIN_SPACED},
    {"one", "two", MN_JOIN_SPACED},
    {"-", "x", MN_JOIN_SPACED},
    {"", "x", MN_JOIN_SPACED},
    {"care-", "", MN_JOIN_SPACED},
};

Test(joints, are_judged_by_the_documents_words)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_joints all;
    size_t count = sizeof joints / sizeof *joints;
    cr_assert(mn_joints_open(&all, arena, count));
    for (size_t i = 0; i < count; i++)
        mn_joint_ask(&all, mn_slice_of(joints[i].line), mn_slice_of(joints[i].next));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        mn_joint_look(&all, mn_slice_of(lines[i]), i > 0);
    for (size_t i = 0; i < count; i++)
        cr_expect(mn_joint_of(&all, mn_slice_of(joints[i].line), mn_slice_of(joints[i].next)) == joints[i].joint,
                  "%s/%s", joints[i].line, joints[i].next);
    mn_arena_destroy(arena);
}

Test(joints, of_a_document_that_was_not_looked_through)
{
    struct mn_joints none = {0};
    mn_joint_ask(&none, MN_LITERAL("inspec-"), MN_LITERAL("tion"));
    mn_joint_look(&none, MN_LITERAL("an inspec tion."), false);
    cr_expect(mn_joint_of(&none, MN_LITERAL("inspec-"), MN_LITERAL("tion")) == MN_JOIN_WITHOUT_HYPHEN);
    cr_expect(mn_joint_of(&none, MN_LITERAL("one"), MN_LITERAL("two")) == MN_JOIN_SPACED);
}

/* As many as there is room for, and all different. */
Test(joints, ask_for_many_words)
{
    enum { LINE_ENDS = 2000 };
    struct mn_arena *arena = mn_arena_create();
    struct mn_joints all;
    char line[32], whole[32];
    cr_assert(mn_joints_open(&all, arena, LINE_ENDS));
    for (int i = 0; i < LINE_ENDS; i++) {
        snprintf(line, sizeof line, "word%c%c%c-", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
        mn_joint_ask(&all, mn_slice_of(line), MN_LITERAL("end"));
    }
    snprintf(whole, sizeof whole, ". wordaaaend and so on.");
    mn_joint_look(&all, mn_slice_of(whole), false);
    cr_expect(mn_joint_of(&all, MN_LITERAL("wordaaa-"), MN_LITERAL("end")) == MN_JOIN_WITHOUT_HYPHEN);
    cr_expect(mn_joint_of(&all, MN_LITERAL("wordbaa-"), MN_LITERAL("end")) == MN_JOIN_WITHOUT_HYPHEN);
    mn_arena_destroy(arena);
}

/* Without evidence of its own a line end is what the document's others are. */
Test(joints, follow_the_documents_habit)
{
    static const struct {
        const char *text, *line, *next;
        enum mn_joint joint;
    } habits[] = {
        {"no inspection here", "inspec-", "tion", MN_JOIN_WITHOUT_HYPHEN},
        {"no decision-making here", "decision-", "making", MN_JOIN_DIRECTLY},
    };
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        struct mn_arena *arena = mn_arena_create();
        struct mn_joints all;
        cr_assert(mn_joints_open(&all, arena, 2));
        mn_joint_ask(&all, mn_slice_of(habits[i].line), mn_slice_of(habits[i].next));
        mn_joint_ask(&all, MN_LITERAL("multi-"), MN_LITERAL("agency"));
        mn_joint_look(&all, mn_slice_of(habits[i].text), false);
        mn_joint_weigh(&all, mn_slice_of(habits[i].line), mn_slice_of(habits[i].next));
        mn_joint_weigh(&all, MN_LITERAL("multi-"), MN_LITERAL("agency"));
        cr_expect(mn_joint_of(&all, MN_LITERAL("multi-"), MN_LITERAL("agency")) == habits[i].joint, "%s",
                  habits[i].text);
        mn_arena_destroy(arena);
    }
}
