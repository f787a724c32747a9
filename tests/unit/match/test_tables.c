#include "toy.h"
#include <criterion/criterion.h>

static struct toy toy;
static struct mn_rule *rule;
static struct mn_column columns[2];

static void make(void)
{
    toy_open(&toy);
    toy_entry(&toy, "when", "next week", "P1W");
    rule = toy_rule(&toy, "toy.table", "deadline", NULL);
    rule->type = MN_TABLE_RULE;
    columns[0] = (struct mn_column){MN_LITERAL("what"), toy_program(&toy, "action"), NULL};
    columns[1] = (struct mn_column){MN_LITERAL("due"), toy_program(&toy, "by when"), toy_program(&toy, "due:([when])")};
    rule->columns = columns;
    rule->column_count = 2;
    toy_trigger_word(&toy, rule, "action");
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(tables, .init = make, .fini = unmake);

/* A row of up to three cells; an empty string is an empty cell. */
static void add_row(const char *a, const char *b, const char *c)
{
    const char *const cells[] = {a, b, c};
    mn_builder_open(&toy.builder, MN_ROW);
    for (size_t i = 0; i < 3 && cells[i]; i++) {
        mn_builder_open(&toy.builder, MN_CELL);
        toy_leaf(&toy, MN_P, cells[i], 0);
        mn_builder_close(&toy.builder);
    }
    mn_builder_close(&toy.builder);
}

static void open_table(void)
{
    mn_builder_open(&toy.builder, MN_TABLE);
}

static void expect(const char *finds)
{
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), finds, "%s instead of %s", toy_finds(&toy), finds);
}

Test(tables, every_row_below_the_header_is_a_find)
{
    toy_seal(&toy);
    open_table();
    add_row("Actions of the meeting", NULL, NULL);
    add_row("Who", "Action", "By when");
    add_row("AB", "write a letter", "next week");
    add_row("Who", "Action", "By when");
    add_row("CD", "", "due next week");
    add_row("EF", "nothing", "some day");
    add_row("GH", "short row", NULL);
    expect("AB\nwrite a letter\nnext week | CD\ndue next week");
    cr_expect_str_eq(toy_field(&toy, 0, "what"), "write a letter");
    cr_expect_str_eq(toy_field(&toy, 0, "due"), "P1W");
    cr_expect_str_eq(toy_field(&toy, 1, "what"), "-");
}

Test(tables, columns_stand_in_any_order_and_each_has_its_own_cell)
{
    columns[0].header = toy_program(&toy, "action | by");
    toy_seal(&toy);
    open_table();
    add_row("Action by when", "Action", NULL);
    add_row("next week", "write", NULL);
    expect("");
    toy_begin(&toy);
    open_table();
    add_row("Action", "By when", NULL);
    add_row("write", "next week", NULL);
    expect("write\nnext week");
    toy_begin(&toy);
    columns[0].header = columns[1].header;
    open_table();
    add_row("By when", "action", NULL);
    add_row("write", "next week", NULL);
    expect("");
}

Test(tables, a_table_without_the_columns_gives_nothing)
{
    toy_seal(&toy);
    open_table();
    add_row("Action", "Who", NULL);
    add_row("write", "next week", NULL);
    expect("");
}

Test(tables, conditions_look_at_the_row)
{
    toy_condition(&toy, rule, true, "done");
    toy_seal(&toy);
    open_table();
    add_row("Action", "By when", "Status");
    add_row("write", "next week", "done");
    add_row("read", "next week", "open");
    expect("read\nnext week\nopen");
}

/* ---- headers at the side ---- */

Test(tables, headers_at_the_side_make_every_further_column_a_find)
{
    rule->headers = MN_HEADERS_SIDE;
    toy_seal(&toy);
    open_table();
    add_row("By when", "next week", "due next week");
    add_row("Who", "AB", "CD");
    add_row("Action", "write", "sing");
    mn_builder_close(&toy.builder);
    expect("write | sing");
    cr_expect_str_eq(toy_field(&toy, 0, "due"), "P1W");
    cr_expect_str_eq(toy_field(&toy, 1, "what"), "sing");
}

Test(tables, at_the_side_short_rows_end_early_and_cells_must_match)
{
    rule->headers = MN_HEADERS_SIDE;
    toy_seal(&toy);
    open_table();
    add_row("Action", "write", "sing");
    add_row("By when", "soon", NULL);
    mn_builder_close(&toy.builder);
    expect("");
}

Test(tables, either_takes_headers_at_the_side_where_none_are_at_the_top)
{
    rule->headers = MN_HEADERS_EITHER;
    toy_seal(&toy);
    open_table();
    add_row("Action", "write", NULL);
    add_row("By when", "next week", NULL);
    mn_builder_close(&toy.builder);
    open_table();
    add_row("Action", "By when", NULL);
    add_row("sing", "next week", NULL);
    mn_builder_close(&toy.builder);
    expect("write | sing\nnext week");
}

Test(tables, top_alone_does_not_look_at_the_side)
{
    toy_seal(&toy);
    open_table();
    add_row("Action", "write", NULL);
    add_row("By when", "next week", NULL);
    mn_builder_close(&toy.builder);
    expect("");
}

/* ---- labels and values ---- */

static void labels(enum mn_values values)
{
    rule->column_count = 0;
    rule->values = values;
    toy_add_pattern(&toy, rule, "what:(action)");
    rule->items = toy_programs(&toy, "due:([when])", &rule->item_count);
    toy_seal(&toy);
    open_table();
}

Test(tables, a_value_stands_in_the_next_cell_that_is_not_empty)
{
    labels(MN_VALUES_RIGHT);
    add_row("Action", "", "next week");
    add_row("Action", "soon", "next week");
    add_row("next week", "the action", "due next week");
    add_row("Action", NULL, NULL);
    add_row("next week", NULL, NULL);
    mn_builder_close(&toy.builder);
    expect("Action\nnext week | the action\ndue next week");
    cr_expect_str_eq(toy_field(&toy, 1, "what"), "action");
    cr_expect_str_eq(toy_field(&toy, 1, "due"), "P1W");
}

Test(tables, a_value_below_is_the_evidence)
{
    labels(MN_VALUES_BELOW);
    add_row("Who", "Action", "Action");
    add_row("next week", "in next week", NULL);
    add_row("Action", "next week", NULL);
    mn_builder_close(&toy.builder);
    expect("in next week");
    cr_expect_str_eq(toy_field(&toy, 0, "what"), "Action");
}

Test(tables, either_prefers_the_value_to_the_right)
{
    labels(MN_VALUES_EITHER);
    add_row("Action", "next week", NULL);
    add_row("next week", "Action", NULL);
    add_row("x", "next week", NULL);
    mn_builder_close(&toy.builder);
    expect("Action\nnext week | next week");
}

Test(tables, conditions_of_labels_look_at_the_row)
{
    rule->conditions = NULL;
    toy_condition(&toy, rule, true, "not");
    labels(MN_VALUES_RIGHT);
    add_row("Action", "next week", "not");
    add_row("Action", "next week", "so");
    mn_builder_close(&toy.builder);
    expect("Action\nnext week");
}
