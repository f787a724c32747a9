#include "score.h"
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

TestSuite(score, .init = set_up, .fini = tear_down);

/* Two sources with two documents each and deadlines in three of them. */
static struct evaluation make_evaluation(void)
{
    static const struct counts counts[] = {{10, 10, 8}, {10, 5, 2}, {4, 4, 4}, {0, 0, 0}};
    static struct folder folders[] = {{{"a", 1}, 0, 2}, {{"b", 1}, 2, 2}};
    struct document *documents = mn_arena_zero(arena, 4 * sizeof *documents);
    for (size_t d = 0; d < 4; d++)
        documents[d].results[MEASURE_DEADLINE].overlap = documents[d].results[MEASURE_DEADLINE].strict = counts[d];
    return (struct evaluation){documents, 4, folders, 2};
}

static struct score_list deadline_scores(const struct evaluation *evaluation)
{
    struct score_list list;
    cr_assert(scores_of(arena, evaluation, MEASURE_DEADLINE, &list));
    return list;
}

Test(score, rows_and_figures)
{
    struct evaluation evaluation = make_evaluation();
    struct score_list list = deadline_scores(&evaluation);
    static const struct {
        enum group group;
        size_t right;
        double precision, recall, f1;
    } expected[] = {
        {GROUP_FOLDER, 10, 10. / 15, 10. / 20, 20. / 35},
        {GROUP_FOLDER, 4, 1, 1, 1},
        {GROUP_MICRO, 14, 14. / 19, 14. / 24, 28. / 43},
        {GROUP_MACRO, 14, (10. / 15 + 1) / 2, .75, (20. / 35 + 1) / 2},
        {GROUP_WITHOUT, 4, 1, 1, 1},
        {GROUP_WITHOUT, 10, 10. / 15, 10. / 20, 20. / 35},
    };
    cr_assert_eq(list.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < list.count; i++) {
        const struct score *score = &list.items[i];
        cr_expect_eq(score->group, expected[i].group);
        cr_expect_eq(score->overlap.right, expected[i].right);
        cr_expect_float_eq(score->figures[FIGURE_PRECISION].value, expected[i].precision, 1e-12);
        cr_expect_float_eq(score->figures[FIGURE_RECALL].value, expected[i].recall, 1e-12);
        cr_expect_float_eq(score->figures[FIGURE_F1].value, expected[i].f1, 1e-12);
        cr_expect_float_eq(score->strict_f1, expected[i].f1, 1e-12);
    }
    cr_expect_eq(score_micro(&list), &list.items[2]);
}

Test(score, intervals_hold_the_figure_and_repeat)
{
    struct evaluation evaluation = make_evaluation();
    struct score_list first = deadline_scores(&evaluation);
    struct score_list second = deadline_scores(&evaluation);
    for (size_t i = 0; i < first.count; i++) {
        for (size_t f = 0; f < FIGURE_COUNT; f++) {
            struct estimate a = first.items[i].figures[f];
            struct estimate b = second.items[i].figures[f];
            cr_expect(a.low <= a.value && a.value <= a.high);
            cr_expect(a.low == b.low && a.high == b.high);
        }
    }
    /* Two documents: each alone is drawn in a quarter of the rounds, so the ends are theirs. */
    cr_expect_float_eq(first.items[0].figures[FIGURE_RECALL].low, .2, 1e-12);
    cr_expect_float_eq(first.items[0].figures[FIGURE_RECALL].high, .8, 1e-12);
    /* Draws in which a figure is not defined are left out. */
    cr_expect_float_eq(first.items[1].figures[FIGURE_F1].low, 1, 1e-12);
}

Test(score, nothing_is_not_defined)
{
    struct evaluation evaluation = make_evaluation();
    struct score_list list;
    cr_assert(scores_of(arena, &evaluation, MEASURE_GRADE, &list));
    for (size_t i = 0; i < list.count; i++) {
        cr_expect(list.items[i].figures[FIGURE_F1].value < 0);
        cr_expect(list.items[i].figures[FIGURE_F1].low < 0);
    }
}
