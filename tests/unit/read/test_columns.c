/* Plain text: tables whose columns are parted by blanks, and lines that only look so. */
#include "dump.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define TITLES "Ref   Action           Due\n"
#define TITLE_CELLS " row\n  cell#\n   p Ref\n  cell#\n   p Action\n  cell#\n   p Due\n"
#define ROWS "1     Write a letter   4 May\n2     Note the plan    5 May\n"
#define ROW_CELLS                                                                                                      \
    " row\n  cell\n   p 1\n  cell\n   p Write a letter\n  cell\n   p 4 May\n"                                          \
    " row\n  cell\n   p 2\n  cell\n   p Note the plan\n  cell\n   p 5 May\n"
#define TITLE_LINE "ab Ref Action Due\n"
#define ROW_LINES "ab 1 Write a letter 4 May\nab 2 Note the plan 5 May\n"

Test(columns, titles_and_rows_are_a_table)
{
    check_dump(TITLES ROWS, "table\n" TITLE_CELLS ROW_CELLS);
    check_dump("R\u00E9f   Action           Due\n" ROWS,
               "table\n row\n  cell#\n   p R\u00E9f\n  cell#\n   p Action\n  cell#\n   p Due\n" ROW_CELLS);
    check_dump("\u00C9t\u00E9   Action           Due\n" ROWS,
               "table\n row\n  cell#\n   p \u00C9t\u00E9\n  cell#\n   p Action\n  cell#\n   p Due\n" ROW_CELLS);
}

Test(columns, blanks_may_be_no_break_spaces)
{
    check_dump("Ref\u00A0\u00A0\u00A0Action           Due\n" ROWS, "table\n" TITLE_CELLS ROW_CELLS);
}

Test(columns, words_below_the_first_column_alone_are_a_line_of_their_own)
{
    check_dump(TITLES ROWS "Gone.\n", "table\n" TITLE_CELLS ROW_CELLS "ab Gone.\n");
    check_dump(TITLES ROWS "So it was agreed by all.\n",
               "table\n" TITLE_CELLS ROW_CELLS "ab So it was agreed by all.\n");
    check_dump(TITLES ROWS "\nGone.\n", "table\n" TITLE_CELLS ROW_CELLS "ab/1 Gone.\n");
}

Test(columns, a_cell_goes_on_below_it)
{
    check_dump(TITLES ROWS "      of the mill      2031\n",
               "table\n" TITLE_CELLS " row\n  cell\n   p 1\n  cell\n   p Write a letter\n  cell\n   p 4 May\n"
               " row\n  cell\n   p 2\n  cell\n   p Note the plan of the mill\n  cell\n   p 5 May 2031\n");
}

Test(columns, a_cell_of_several_lines_has_the_range_of_all)
{
    const char *source = TITLES ROWS "      of the mill      2031\n";
    struct reading reading = reading_of(mn_slice_of(source), NULL);
    const struct mn_document *document = reading.document;
    const struct mn_node *node = &document->nodes.items[document->nodes.count - 3];
    cr_assert_eq(node->kind, MN_P);
    cr_expect_eq(node->source_start, (size_t)(strstr(source, "Note") - source));
    cr_expect_eq(node->source_end, (size_t)(strstr(source, "mill") + 4 - source));
    reading_free(&reading);
}

Test(columns, in_doubt_lines_stay_lines)
{
    /* the rest of a cell, or a title among the rows? */
    check_dump(TITLES ROWS "more\n3     Mend the roof    6 May\n",
               TITLE_LINE ROW_LINES "ab more\nab 3 Mend the roof 6 May\n");
    /* one row */
    check_dump(TITLES "1     Write a letter   4 May\n", TITLE_LINE "ab 1 Write a letter 4 May\n");
    /* most cells are empty */
    check_dump("A   B   C   D   E   F   G   H\n1       c1  d\n2       c2\n3       c3\n",
               "ab A B C D E F G H\nab 1 c1 d\nab 2 c2\nab 3 c3\n");
}

Test(columns, names_in_columns_are_no_titles)
{
    check_dump(
        "Ms A Hale   Mr B Orr    Ms C Finch\nMr D Lowe   Ms E Reed   Mr F Marsh\nMs G Hill   Mr H Ford   Ms J Wren\n",
        "ab Ms A Hale Mr B Orr Ms C Finch\nab Mr D Lowe Ms E Reed Mr F Marsh\nab Ms G Hill Mr H Ford Ms J Wren\n");
    /* one time of day among them */
    check_dump(
        "Ms A Hale   Mr B Orr   Ms C Finch\nMr D Lowe   Ms E Reed  Mr F (to 8)\nMs G Hill   Mr H Ford  Ms J Wren\n",
        "ab Ms A Hale Mr B Orr Ms C Finch\nab Mr D Lowe Ms E Reed Mr F (to 8)\nab Ms G Hill Mr H Ford Ms J Wren\n");
    /* a table behind them is found all the same */
    check_dump("Al    Bea              Cy\n" TITLES ROWS, "ab Al Bea Cy\ntable\n" TITLE_CELLS ROW_CELLS);
}

Test(columns, lines_too_far_to_the_right_have_no_columns)
{
    char line[400];
    memset(line, ' ', sizeof line);
    size_t size = (size_t)snprintf(line + 300, sizeof line - 300, "A  B  C\n1  2  3\n4  5  6\n") + 300;
    check_bytes((struct mn_slice){line, size}, "ab255 A B C\nab 1 2 3\nab 4 5 6\n");
}

#define MANY ((size_t)4096)

/* A table takes no more than half of the blocks that there may be: lines in its place are still read. */
Test(columns, a_table_of_too_many_blocks_stays_lines)
{
    static char text[(MANY + 1) * 9 + 1];
    size_t size = 0;
    for (size_t i = 0; i <= MANY; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, i ? "1  2  3\n" : "A  B  C\n");
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    struct mn_error error;
    document->source.name = MN_LITERAL("test");
    document->limits.blocks = 2 * MANY;
    cr_assert_eq(mn_read((struct mn_slice){text, size}, &(struct mn_read_options){0}, document, &error), MN_OK, "%s",
                 error.message);
    cr_expect_eq(document->nodes.count, MANY + 2);
    mn_arena_destroy(arena);
}
