/* Plain text: physical lines, gaps, indentation, pages. */
#include "dump.h"
#include <criterion/criterion.h>

Test(lines, gaps_count_empty_lines)
{
    check_dump("one\ntwo\n\n\nthree\n", "ab one\nab two\nab/2 three\n");
    check_dump("\n\nfirst", "ab/2 first\n");
}

Test(lines, lines_of_white_space_only_are_empty)
{
    check_dump("a\n \t\nb\n\u00A0 \u00A0\nc\n\u200B\uFEFF\nd", "ab a\nab/1 b\nab/1 c\nab/1 d\n");
    /* Characters that canonical text does not have leave nothing either. */
    check_dump("a\n\u00AD\nb", "ab a\nab/1 b\n");
}

Test(lines, every_line_end_ends_a_line)
{
    check_dump("a\r\nb\rc\nd\ve\r\n\r\nf\r\rg", "ab a\nab b\nab c\nab d\nab e\nab/1 f\nab/1 g\n");
}

Test(lines, indentation_is_in_columns)
{
    check_dump("a\n  b\n\tc\n   \td\n\u00A0\u00A0e", "ab a\nab2 b\nab8 c\nab8 d\nab2 e\n");
    char line[400];
    memset(line, ' ', sizeof line);
    memcpy(line + 390, "x\ny", 3);
    check_bytes((struct mn_slice){line, 393}, "ab255 x\nab y\n");
}

Test(lines, spaces_are_folded_and_the_text_is_composed)
{
    check_dump("a  b\u00A0\u00A0c\td \ncafe\u0301", "ab a b c d\nab caf\u00E9\n");
}

Test(lines, form_feeds_break_pages)
{
    check_dump("one\n\fhead\ntwo\n\f\nthree", "ab@1 one\nab^@2 head\nab@2 two\nab^@3 three\n");
    check_dump("one\n\n\f\n\nthree", "ab@1 one\nab^@2/2 three\n");
    check_dump("one\ftwo\f\fthree", "ab@1 one\nab^@2 two\nab^@4 three\n");
}

Test(lines, source_ranges_hold_the_line)
{
    const char *source = "one\n  two words\nthree";
    struct reading reading = reading_of(mn_slice_of(source), NULL);
    const struct mn_node *node = &reading.document->nodes.items[2];
    cr_assert_eq(node->source_start, 6);
    cr_assert_eq(node->source_end, 15);
    cr_assert(mn_slice_equal(reading.document->source.media_type, MN_LITERAL("text/plain")));
    reading_free(&reading);
}

Test(lines, text_that_only_looks_like_markup_stays)
{
    check_dump("* a bullet\n# 3 items\n1* November and 5* December\n| will move\nx < y & z > 2\n",
               "ab * a bullet\nab # 3 items\nab 1* November and 5* December\nab | will move\nab x < y & z > 2\n");
}
