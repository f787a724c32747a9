/* Lines to paragraphs and headings, on one page and over its end. A full line is 69 letters wide here. */
#include "scene.h"
#include <criterion/criterion.h>

#define FULL "Xxxx xxx xxxxx xx xxxx xxxxxxxx xxxxxx xxxxx xxx xxxxxxx xxxxxxx xxxx xxx"

Test(paragraphs, full_lines_run_on)
{
    static const struct text page[] = {
        AT(100, 100, FULL), AT(100, 114, "and the rest of it."), AT(100, 128, "Next."), {0}};
    expect_page(page, "p@1 " FULL " and the rest of it.\np@1 Next.\n");
}

Test(paragraphs, a_wide_gap_ends_one)
{
    static const struct text page[] = {AT(100, 100, FULL), AT(100, 140, FULL), AT(100, 154, FULL), {0}};
    expect_page(page, "p@1 " FULL "\np@1 " FULL " " FULL "\n");
}

Test(paragraphs, a_line_with_room_left_ends_one)
{
    static const struct text page[] = {
        AT(100, 100, FULL), AT(100, 114, "Councillor Thorne"), AT(100, 128, "Councillor Vane"), {0}};
    expect_page(page, "p@1 " FULL " Councillor Thorne\np@1 Councillor Vane\n");
}

Test(paragraphs, numbers_and_bullets_begin_points)
{
    static const struct text page[] = {AT(100, 100, "1."),
                                       AT(118, 100, FULL),
                                       AT(118, 114, FULL),
                                       AT(100, 128, "2. Second"),
                                       AT(100, 142, "•"),
                                       AT(118, 142, "point."),
                                       {0}};
    expect_page(page, "p@1 1. " FULL " " FULL "\np@1 2. Second\np@1 • point.\n");
}

Test(paragraphs, a_number_in_a_sentence_begins_none)
{
    static const struct text page[] = {
        AT(100, 100, FULL), AT(100, 114, "2015. " FULL), AT(100, 128, "(ABC) was there."), {0}};
    expect_page(page, "p@1 " FULL " 2015. " FULL " (ABC) was there.\n");
}

Test(paragraphs, signs_of_symbol_fonts_are_bullets)
{
    static const struct text page[] = {AT(100, 100, "\xEF\x82\xA7"),
                                       AT(118, 100, "one"),
                                       AT(100, 120, "\xEF\x81\xAE"),
                                       AT(118, 120, "two"),
                                       AT(100, 140, "\xEF\x8E\x88"),
                                       AT(118, 140, "three"),
                                       {0}};
    expect_page(page, "p@1 ▪ one\np@1 ■ two\np@1 • three\n");
}

Test(paragraphs, hyphens_of_line_ends_are_judged)
{
    static const struct text page[] = {
        AT(100, 100, "An inspection of decision-making saw the records that were kept by inspec-"),
        AT(100, 114, "tion teams and of the decision-making that they describe, the decision-"),
        AT(100, 128, "making of the board. Nobody was found who had seen any of the zyx-"),
        AT(100, 142, "xyz."),
        {0}};
    expect_page(page,
                "p@1 An inspection of decision-making saw the records that were kept by inspection teams and of the "
                "decision-making that they describe, the decision-making of the board. Nobody was found who had "
                "seen any of the zyxxyz.\n");
}

Test(paragraphs, larger_letters_are_headings)
{
    static const struct text page[] = {SIZED(100, 100, "A council", 24),
                                       SIZED(100, 130, "What it must do about the many", 16),
                                       SIZED(100, 148, "things", 16),
                                       BOLD(100, 180, "Bold words"),
                                       AT(100, 200, FULL),
                                       AT(100, 214, FULL),
                                       {0}};
    expect_page(page, "head1@1 A council\nhead2@1 What it must do about the many things\np*@1 Bold words\np@1 " FULL
                      " " FULL "\n");
}

Test(paragraphs, a_page_end_cuts_none)
{
    static const struct text first[] = {AT(100, 100, FULL), AT(100, 114, FULL), {0}};
    static const struct text second[] = {AT(100, 100, "and the rest of it."), AT(100, 120, "Next."), {0}};
    expect_pages(first, second, "p@1+148 " FULL " " FULL " and the rest of it.\np@2 Next.\n");
}

Test(paragraphs, a_point_goes_on_under_its_words)
{
    static const struct text first[] = {AT(100, 100, "1."), AT(118, 100, FULL), AT(118, 114, FULL), {0}};
    static const struct text second[] = {AT(118, 100, "Rest of it."), AT(100, 120, "2."), AT(118, 120, "Next."), {0}};
    expect_pages(first, second, "p@1+151 1. " FULL " " FULL " Rest of it.\np@2 2. Next.\n");
}

Test(paragraphs, a_page_may_end_with_one)
{
    static const struct text first[] = {AT(100, 100, FULL), AT(100, 114, "It ends."), {0}};
    static const struct text second[] = {AT(100, 100, "Another begins."), {0}};
    expect_pages(first, second, "p@1 " FULL " It ends.\np@2 Another begins.\n");
}

Test(paragraphs, ligatures_and_other_hyphens_are_spelt_out)
{
    static const struct text page[] = {
        AT(100, 100,
           "The o\xEF\xAC\x83"
           "cer con\xEF\xAC\x81rmed long\xC2\xADterm aims of a well\xE2\x80\x91known \xE2\x80\x98school\xE2\x80\x99."),
        {0}};
    expect_page(page, "p@1 The officer confirmed long-term aims of a well-known \xE2\x80\x98school\xE2\x80\x99.\n");
}

Test(paragraphs, one_goes_on_over_many_pages)
{
    static const struct text first[] = {AT(100, 400, FULL), {0}}, next[] = {AT(100, 400, "and so on and on"), {0}},
                             last[] = {AT(100, 400, "to its end."), {0}};
    static const struct text *const pages[] = {first, next, next, next, next, last};
    struct scene scene = scene_of(pages, sizeof pages / sizeof *pages);
    cr_expect_str_eq(scene.dump, "p@1+74 " FULL " and so on and on and so on and on and so on and on and so on and on "
                                 "to its end.\n");
    scene_free(&scene);
}
