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
