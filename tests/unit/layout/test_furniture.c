/* Running heads, page numbers, footnotes. */
#include "scene.h"
#include <criterion/criterion.h>

#define FULL "Xxxx xxx xxxxx xx xxxx xxxxxxxx xxxxxx xxxxx xxx xxxxxxx xxxxxxx xxxx xxx"

Test(furniture, heads_and_numbers_stand_aside)
{
    static const struct text first[] = {AT(100, 50, "Report of the board"), AT(100, 300, FULL), AT(300, 780, "7"), {0}};
    static const struct text second[] = {
        AT(100, 50, "Report of the board"), AT(100, 300, "and more."), AT(300, 780, "8"), {0}};
    expect_pages(first, second,
                 "fw@1 Report of the board\np@1+74 " FULL " and more.\nfw@1 7\nfw@2 Report of the board\nfw@2 8\n");
}

Test(furniture, what_stands_once_is_text)
{
    static const struct text first[] = {AT(100, 50, "Report of the board"), AT(100, 300, FULL), {0}};
    static const struct text second[] = {AT(100, 50, "Another title"), AT(100, 300, FULL), {0}};
    expect_pages(first, second, "p@1 Report of the board\np@1 " FULL "\np@2 Another title\np@2 " FULL "\n");
}

Test(furniture, the_number_of_an_only_page)
{
    static const struct text page[] = {AT(100, 300, FULL), AT(300, 780, "1"), {0}};
    expect_page(page, "p@1 " FULL "\nfw@1 1\n");
    static const struct text other[] = {AT(100, 300, FULL), AT(300, 780, "1999"), {0}};
    expect_page(other, "p@1 " FULL "\np33@1 1999\n");
}

Test(furniture, footnotes_and_their_marks)
{
    static const struct text page[] = {AT(100, 200, FULL),
                                       AT(100, 214, FULL "."),
                                       AT(100, 300, "The board"),
                                       GLUED(151, 296, "1", 7),
                                       AT(158, 300, "met; the panel"),
                                       GLUED(236, 296, "2", 7),
                                       GLUED(240, 300, ". It is 5 km", 12),
                                       SIZED(100, 700, "1", 6),
                                       SIZED(105, 702, "Members of three", 9),
                                       SIZED(100, 712, "councils.", 9),
                                       SIZED(100, 722, "2", 6),
                                       SIZED(105, 724, "Of experts.", 9),
                                       {0}};
    expect_page(page, "p@1 " FULL " " FULL ".\np@1 The board met; the panel. It is 5 km\n"
                      "fw@1 1 Members of three councils.\nfw@1 2 Of experts.\n");
}

Test(furniture, a_raised_number_without_note_stays)
{
    static const struct text page[] = {
        AT(100, 300, FULL), AT(100, 340, "An area of 5 m"), GLUED(171, 336, "2", 7), {0}};
    expect_page(page, "p@1 " FULL "\np@1 An area of 5 m2\n");
}
