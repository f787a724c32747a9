/* Tables, pairs of label and value, columns of text. */
#include "scene.h"
#include <criterion/criterion.h>

#define FULL "Xxxx xxx xxxxx xx xxxx xxxxxxxx xxxxxx xxxxx xxx xxxxxxx xxxxxxx xxxx xxx"
#define CELL(text) "  cell\n   p@1 " text "\n"

Test(regions, labels_wrap_round_the_grade)
{
    static const struct text page[] = {AT(100, 80, FULL),
                                       BOLD(100, 120, "Judgement"),
                                       BOLD(400, 120, "Grade"),
                                       AT(100, 150, "Help and"),
                                       AT(100, 164, "protection"),
                                       AT(400, 157, "Good"),
                                       AT(100, 194, "Care leavers"),
                                       AT(400, 194, "Requires improvement"),
                                       AT(400, 208, "to be good"),
                                       AT(100, 260, FULL),
                                       {0}};
    expect_page(page, "p@1 " FULL "\ntable\n row\n" CELL("Judgement") CELL("Grade") " row\n" CELL("Help and protection")
                          CELL("Good") " row\n" CELL("Care leavers") CELL("Requires improvement to be good") "p@1 " FULL
                                                                                                             "\n");
}

Test(regions, rows_without_a_gap)
{
    static const struct text page[] = {AT(100, 100, "Sand and other things"),
                                       AT(300, 100, "Paid"),
                                       AT(100, 114, "Gravel and"),
                                       AT(300, 114, "Not paid"),
                                       AT(100, 128, "stones"),
                                       AT(100, 142, "Salt"),
                                       AT(300, 142, "Paid"),
                                       {0}};
    expect_page(page, "table\n row\n" CELL("Sand and other things") CELL("Paid") " row\n" CELL("Gravel and stones")
                          CELL("Not paid") " row\n" CELL("Salt") CELL("Paid"));
}

Test(regions, a_cell_that_nearly_fills_its_column)
{
    static const struct text page[] = {AT(100, 100, "Outstanding grade"),
                                       AT(210, 100, "much more than needed"),
                                       AT(100, 130, "Good"),
                                       AT(210, 130, "more than needed"),
                                       AT(100, 160, "Adequate"),
                                       AT(210, 160, "what is needed"),
                                       {0}};
    expect_page(page, "table\n row\n" CELL("Outstanding grade") CELL("much more than needed") " row\n" CELL("Good")
                          CELL("more than needed") " row\n" CELL("Adequate") CELL("what is needed"));
}

Test(regions, pairs_read_as_lines)
{
    static const struct text page[] = {AT(100, 100, "Inspection dates:"),
                                       AT(300, 100, "8 to 12 July 2013"),
                                       AT(100, 120, "Age group:"),
                                       AT(300, 120, "All"),
                                       {0}};
    expect_page(page, "p@1 Inspection dates: 8 to 12 July 2013\np@1 Age group: All\n");
}

Test(regions, contents_read_as_lines)
{
    static const struct text page[] = {AT(100, 100, "Summary"),
                                       AT(500, 100, "2"),
                                       AT(100, 120, "The progress of children"),
                                       AT(100, 134, "who need help"),
                                       AT(500, 134, "8"),
                                       AT(100, 154, "Leadership"),
                                       AT(500, 154, "11"),
                                       {0}};
    expect_page(page, "p@1 Summary 2\np@1 The progress of children who need help 8\np@1 Leadership 11\n");
}

Test(regions, one_row_is_read_part_by_part)
{
    static const struct text page[] = {AT(100, 80, FULL),
                                       AT(100, 120, "The progress of"),
                                       AT(100, 134, "children in care"),
                                       AT(400, 127, "Good"),
                                       AT(100, 170, FULL),
                                       {0}};
    expect_page(page, "p@1 " FULL "\np@1 The progress of children in care Good\np@1 " FULL "\n");
}

Test(regions, columns_of_text)
{
#define LEFT "One two three four five six seven"
#define RIGHT "Eins zwei drei vier fünf sechs s"
    static const struct text page[] = {
        AT(60, 100, LEFT),   AT(320, 100, RIGHT), AT(60, 114, LEFT),   AT(320, 114, RIGHT),   AT(60, 128, LEFT),
        AT(320, 128, RIGHT), AT(60, 142, LEFT),   AT(320, 142, RIGHT), AT(60, 156, LEFT),     AT(320, 156, RIGHT),
        AT(60, 170, LEFT),   AT(320, 170, RIGHT), AT(60, 184, "end."), AT(320, 184, "Ende."), {0}};
    expect_page(page, "p@1 " LEFT " " LEFT " " LEFT " " LEFT " " LEFT " " LEFT " end.\n"
                      "p@1 " RIGHT " " RIGHT " " RIGHT " " RIGHT " " RIGHT " " RIGHT " Ende.\n");
}

Test(regions, a_page_end_cuts_no_table)
{
    static const struct text first[] = {
        AT(100, 600, "Judgement"), AT(400, 600, "Grade"), AT(100, 630, "Adoption"), AT(400, 630, "Good"), {0}};
    static const struct text second[] = {AT(100, 100, "Judgement"),    AT(400, 100, "Grade"),
                                         AT(100, 130, "Care leavers"), AT(400, 130, "Inadequate"),
                                         AT(100, 200, FULL),           {0}};
    expect_pages(first, second,
                 "table\n row\n" CELL("Judgement") CELL("Grade") " row\n" CELL("Adoption")
                     CELL("Good") " row\n  cell\n   p@2 Care leavers\n  cell\n   p@2 Inadequate\np@2 " FULL "\n");
}

Test(regions, a_page_end_cuts_no_row)
{
    static const struct text first[] = {AT(100, 100, "Adoption"),
                                        AT(400, 100, "Good"),
                                        AT(100, 130, "Care leavers"),
                                        AT(400, 130, "Requires improvement"),
                                        {0}};
    static const struct text second[] = {
        AT(100, 100, "and others"), AT(400, 100, "to be good"), AT(100, 130, "Leadership"), AT(400, 130, "Good"), {0}};
    expect_pages(first, second,
                 "table\n row\n" CELL("Adoption") CELL("Good") " row\n" CELL("Care leavers and others")
                     CELL("Requires improvement to be good") " row\n  cell\n   p@2 Leadership\n  cell\n   p@2 Good\n");
}

#define ROW(page, left, right) " row\n  cell\n   p@" page " " left "\n  cell\n   p@" page " " right "\n"

Test(regions, a_table_and_its_last_row_go_on_over_many_pages)
{
    static const struct text first[] = {
        AT(100, 300, "Adoption"), AT(400, 300, "Good"), AT(100, 330, "Fostering"), AT(400, 330, "Good"), {0}};
    static const struct text row[] = {
        AT(100, 300, "Leadership"), AT(400, 300, "Good"), AT(100, 330, "Care"), AT(400, 330, "Outstanding"), {0}};
    static const struct text rest[] = {AT(100, 300, "and more"), AT(400, 300, "still"), {0}};
    static const struct text *const pages[] = {first, row, row, rest, rest, rest};
    struct scene scene = scene_of(pages, sizeof pages / sizeof *pages);
    cr_expect_str_eq(scene.dump,
                     "table\n row\n" CELL("Adoption") CELL("Good") " row\n" CELL("Fostering") CELL("Good")
                         ROW("2", "Leadership", "Good") ROW("2", "Care", "Outstanding") ROW("3", "Leadership", "Good")
                             ROW("3", "Care and more and more and more", "Outstanding still still still"));
    scene_free(&scene);
}
