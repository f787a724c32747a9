#include "toy.h"
#include <criterion/criterion.h>

static struct toy toy;
static struct mn_rule *rule;

/* "resolved [who:(.)] that $" leads in. */
static void make(void)
{
    toy_open(&toy);
    rule = toy_rule(&toy, "toy.list", "resolution", "resolved who:(.)? that? $");
    rule->type = MN_LIST_RULE;
    toy_trigger_word(&toy, rule, "resolved");
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(lists, .init = make, .fini = unmake);

static void open_list(void)
{
    mn_builder_open(&toy.builder, MN_LIST);
}

static void close_container(void)
{
    mn_builder_close(&toy.builder);
}

static uint32_t open_item(const char *text, size_t enumerator)
{
    uint32_t item = mn_builder_open(&toy.builder, MN_ITEM);
    toy_leaf(&toy, MN_P, text, enumerator);
    return item;
}

static uint32_t add_item(const char *text, size_t enumerator)
{
    uint32_t item = open_item(text, enumerator);
    close_container();
    return item;
}

static void expect(const char *finds)
{
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), finds, "%s instead of %s", toy_finds(&toy), finds);
}

Test(lists, every_item_behind_a_lead_in_is_a_find)
{
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "It was resolved by-all that", 0);
    toy_leaf(&toy, MN_FW, "page 4", 0);
    open_list();
    add_item("(a) the report be noted ;", 4);
    toy_leaf(&toy, MN_FW, "page 5", 0);
    open_item("(b) the plan be approved", 4);
    open_list();
    add_item("(i) with one change", 4);
    close_container();
    close_container();
    close_container();
    toy_leaf(&toy, MN_P, "Afterwards", 0);
    expect("the report be noted ; | the plan be approved\n(i) with one change");
    cr_expect_str_eq(toy_field(&toy, 0, "number"), "a");
    cr_expect_str_eq(toy_field(&toy, 1, "number"), "b");
    cr_expect_str_eq(toy_field(&toy, 1, "who"), "by-all");
}

Test(lists, numbers_are_counted_where_none_is_printed)
{
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    open_list();
    uint32_t first = add_item("one", 0), second = add_item("two", 0);
    toy.document->nodes.items[first].numbering = MN_DECIMAL;
    toy.document->nodes.items[first].ordinal = 12;
    toy.document->nodes.items[second].numbering = MN_BULLET;
    expect("one | two");
    cr_expect_str_eq(toy_field(&toy, 0, "number"), "12");
    cr_expect_str_eq(toy_field(&toy, 1, "number"), "-");
}

Test(lists, nothing_may_stand_between_lead_in_and_list)
{
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    toy_leaf(&toy, MN_P, "something else", 0);
    open_list();
    add_item("one", 0);
    expect("");
}

Test(lists, a_heading_leads_in_the_first_list_of_its_section)
{
    toy_seal(&toy);
    mn_builder_open(&toy.builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "Resolved", 0);
    toy_leaf(&toy, MN_P, "some introduction", 0);
    open_list();
    add_item("one", 0);
    close_container();
    open_list();
    add_item("two", 0);
    close_container();
    close_container();
    expect("one");
}

Test(lists, a_list_inside_an_item_has_the_item_as_lead_in)
{
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "nothing", 0);
    open_list();
    open_item("1 resolved that", 2);
    open_list();
    add_item("a one", 2);
    add_item("b two", 2);
    expect("one | two");
}

Test(lists, items_may_have_to_match)
{
    rule->items = toy_programs(&toy, "^ that what:(.)", &rule->item_count);
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    open_list();
    add_item("1. that x be done", 3);
    add_item("2. not that y", 3);
    add_item("3. that z", 3);
    expect("that x be done | that z");
    cr_expect_str_eq(toy_field(&toy, 0, "what"), "x");
    cr_expect_str_eq(toy_field(&toy, 1, "number"), "3");
}

Test(lists, nested_items_are_finds_if_all_match)
{
    rule->nested = toy_programs(&toy, "^ that", &rule->nested_count);
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    open_list();
    open_item("(1) stem", 4);
    open_list();
    add_item("(a) that x", 4);
    add_item("(b) that y", 4);
    close_container();
    close_container();
    open_item("(2) stem", 4);
    open_list();
    add_item("(a) that x", 4);
    add_item("(b) no y", 4);
    expect("that x | that y | stem\n(a) that x\n(b) no y");
    cr_expect_str_eq(toy_field(&toy, 1, "number"), "b");
    cr_expect_str_eq(toy_field(&toy, 2, "number"), "2");
}

static void build_paragraphs(void)
{
    toy_leaf(&toy, MN_P, "resolved", 0);
    toy_leaf(&toy, MN_P, "that one", 0);
    toy_leaf(&toy, MN_FW, "page 3", 0);
    toy_leaf(&toy, MN_P, "2. that two", 3);
    toy_leaf(&toy, MN_P, "discussion", 0);
    toy_leaf(&toy, MN_P, "that three", 0);
}

Test(lists, paragraphs_are_items_as_long_as_they_match)
{
    rule->items = toy_programs(&toy, "^ that", &rule->item_count);
    rule->items_from = MN_ITEMS_EITHER;
    toy_seal(&toy);
    build_paragraphs();
    expect("that one | that two");
    cr_expect_str_eq(toy_field(&toy, 1, "number"), "2");
}

Test(lists, paragraphs_need_an_item_pattern)
{
    rule->items_from = MN_ITEMS_PARAGRAPHS;
    toy_seal(&toy);
    build_paragraphs();
    expect("");
}

Test(lists, a_list_goes_before_paragraphs_where_either_will_do)
{
    rule->items = toy_programs(&toy, "that", &rule->item_count);
    rule->items_from = MN_ITEMS_EITHER;
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    open_list();
    add_item("that one", 0);
    close_container();
    toy_leaf(&toy, MN_P, "that two", 0);
    expect("that one");
}

Test(lists, conditions_look_at_the_item_or_at_the_lead_in)
{
    toy_condition(&toy, rule, true, "withdrawn");
    toy_condition(&toy, rule, true, "not")->on_lead_in = true;
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "resolved", 0);
    open_list();
    add_item("one withdrawn", 0);
    add_item("two not", 0);
    close_container();
    toy_leaf(&toy, MN_P, "not resolved", 0);
    open_list();
    add_item("three", 0);
    expect("two not");
}
