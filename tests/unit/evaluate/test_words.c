#include "words.h"
#include <criterion/criterion.h>

static struct mn_arena *arena;

static void set_up(void)
{
    arena = mn_arena_create();
}

static void tear_down(void)
{
    mn_arena_destroy(arena);
}

TestSuite(words, .init = set_up, .fini = tear_down);

static struct token_list tokens(const char *text)
{
    struct token_list list;
    cr_assert(text_tokens(arena, mn_slice_of(text), &list));
    return list;
}

static struct overlap overlap(const char *a, const char *b)
{
    struct overlap result;
    cr_assert(tokens_overlap(arena, tokens(a), tokens(b), &result));
    return result;
}

Test(words, cuts_of_the_same_place_overlap)
{
    static const struct {
        const char *a, *b;
        bool possible;
        unsigned score;
    } cases[] = {
        {"by May 2024", "by May 2024", true, 1000},
        {"By MAY 2024.", "‘by May 2024’", true, 1000},
        {"May 2024", "by May 2024", true, 800},
        {"30th September 2019", "by 30th September", true, 666},
        {"by 30th September", "by 30th October", false, 666},
        {"by 30 June 2019", "by 30 July 2019", false, 500},
        {"by September", "by October", false, 500},
        {"the co-operation of all", "the cooperation of all", true, 1000},
        {"manage the risk3 of harm", "manage the risk of harm", true, 1000},
        {"in year 7", "in year 8", false, 666},
        {"The impact of leaders on social work Outstanding practice with children",
         "The impact of leaders on social work practice with children Outstanding", true, 909},
        {"It was agreed that the report be noted", "It was agreed that the minutes be noted", false, 875},
        {"It was agreed that the report be noted by all of the members present at the meeting",
         "It was agreed that the rep0rt be noted by all of the members present at the meeting", true, 941},
        {"one two three four five six", "one two 1 2 3 4 5 6 7 8 9 three four five six", false, 380},
        {"a b c d e f g h i j k l m n o p", "a b c d e f g h 1 2 3 4 5 6 7 8 9 10 i j k l m n o p", true, 761},
        {"", "by May", false, 0},
        {"–", "–", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct overlap there = overlap(cases[i].a, cases[i].b);
        struct overlap back = overlap(cases[i].b, cases[i].a);
        cr_expect_eq(there.possible, cases[i].possible, "%s / %s", cases[i].a, cases[i].b);
        cr_expect_eq(there.score, cases[i].score, "%s / %s: %u", cases[i].a, cases[i].b, there.score);
        cr_expect_eq(back.possible, there.possible, "%s / %s the other way round", cases[i].a, cases[i].b);
        cr_expect_eq(back.score, there.score, "%s / %s the other way round", cases[i].a, cases[i].b);
    }
}

Test(words, strict_text_drops_what_does_not_matter)
{
    static const struct {
        const char *text, *strict;
    } cases[] = {
        {"That the report be NOTED.", "that the report be noted"},
        {"“That the clerk’s report be noted;”", "that the clerk's report be noted"},
        {"**Resolved** – to pay", "resolved - to pay"},
        {"No. 4", "no. 4"},
        {".,;", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mn_slice strict;
        cr_assert(text_strict(arena, mn_slice_of(cases[i].text), &strict));
        cr_expect(mn_slice_equal(strict, mn_slice_of(cases[i].strict)), "%s: %.*s", cases[i].text,
                  MN_SLICE_ARGS(strict));
    }
}

Test(words, tokens_know_where_they_stand)
{
    struct token_list list = tokens("É 12 cats4!");
    cr_assert_eq(list.count, 3);
    cr_expect(mn_slice_equal(list.items[0].text, MN_LITERAL("é")));
    cr_expect_eq(list.items[1].start, 3);
    cr_expect(mn_slice_equal(list.items[2].text, MN_LITERAL("cats")));
    cr_expect_eq(list.items[2].end, 11);
}

Test(words, containing)
{
    cr_expect(tokens_contain(tokens("the Council"), tokens("Council")));
    cr_expect(tokens_contain(tokens("Council"), tokens("the Council")));
    cr_expect_not(tokens_contain(tokens("the Cabinet"), tokens("Council")));
    cr_expect_not(tokens_contain(tokens(""), tokens("Council")));
}

Test(words, locating)
{
    struct token_list text = tokens("noted at the meeting and again at the meeting with one more word");
    static const struct {
        const char *quote;
        size_t skip, start, end;
    } cases[] = {
        {"at the meeting", 0, 1, 4},    {"At the meeting.", 1, 6, 9},
        {"at the meeting", 7, 6, 9},    {"again at the XX meeting with one", 0, 5, 11},
        {"nothing like that", 0, 0, 0}, {"", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t start;
        size_t end;
        cr_assert(tokens_locate(arena, tokens(cases[i].quote), text, cases[i].skip, &start, &end));
        cr_expect_eq(start, cases[i].start, "%s: %zu", cases[i].quote, start);
        cr_expect_eq(end, cases[i].end, "%s: %zu", cases[i].quote, end);
    }
}
