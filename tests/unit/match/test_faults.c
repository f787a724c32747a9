/* Every allocation fails once: matching says so, and goes well the next time. */
#include "base/fault.h"
#include "toy.h"
#include <criterion/criterion.h>

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
    toy_entry(&toy, "grade", "very good", "vg");
    struct mn_rule *section = toy_rule(&toy, "toy.section", "decision", "decision");
    section->type = MN_SECTION_RULE;
    toy_trigger_word(&toy, section, "decision");
    struct mn_rule *time = toy_rule(&toy, "toy.time", "time", "may | june");
    toy_trigger_word(&toy, time, "may");
    toy_trigger_word(&toy, time, "june");
    struct mn_rule *date = toy_rule(&toy, "toy.date", "date", ">(. .) n:(.) !<(q q) when:(@time) [grade]?");
    toy_trigger_span(&toy, date, "time", false);
    toy_condition(&toy, date, true, "never >(a)")->within = 3;
    struct mn_rule *list = toy_rule(&toy, "toy.list", "resolution", "resolved who:(.)? $");
    list->type = MN_LIST_RULE;
    list->items = toy_programs(&toy, "^ that", &list->item_count);
    list->nested = toy_programs(&toy, "^ that", &list->nested_count);
    toy_trigger_word(&toy, list, "resolved");
    struct mn_rule *table = toy_rule(&toy, "toy.table", "deadline", NULL);
    static struct mn_column column;
    column = (struct mn_column){MN_LITERAL("what"), toy_program(&toy, "action"), toy_program(&toy, "x:(.)")};
    table->type = MN_TABLE_RULE;
    table->columns = &column;
    table->column_count = 1;
    toy_trigger_word(&toy, table, "action");
    toy_seal(&toy);
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(faults, .init = make, .fini = unmake);

static void build(void)
{
    struct mn_builder *builder = &toy.builder;
    toy_begin(&toy);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "Decision", 0);
    toy_leaf(&toy, MN_P, "4 may very good . 5 june and so on", 0);
    toy_leaf(&toy, MN_P, "resolved unanimously", 0);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "(a) that one", 4);
    mn_builder_close(builder);
    mn_builder_close(builder);
    mn_builder_open(builder, MN_TABLE);
    for (int i = 0; i < 2; i++) {
        mn_builder_open(builder, MN_ROW);
        mn_builder_open(builder, MN_CELL);
        toy_leaf(&toy, MN_P, i ? "write" : "action", 0);
        mn_builder_close(builder);
        mn_builder_close(builder);
    }
    toy_tokenise(&toy);
}

static void expect_finds(void)
{
    cr_expect_str_eq(toy_finds(&toy), "4 may very good | may | 5 june | june | that one | write", "%s",
                     toy_finds(&toy));
}

Test(faults, matching_survives_each_failed_allocation)
{
    struct mn_error error;
    bool done = false;
    size_t failures = 0;
    for (size_t n = 1; !done; n++) {
        build();
        mn_fault_after(n);
        struct mn_match_scratch *scratch = mn_match_scratch_create(&toy.rules);
        enum mn_status status = scratch ? mn_match(toy.document, toy.forms, &toy.rules, scratch, &error) : MN_NO_MEMORY;
        done = mn_fault_pending();
        mn_fault_after(0);
        /* A look-around that is not understood for want of memory is only looked at later. */
        cr_assert(status == MN_NO_MEMORY || status == MN_OK, "allocation %zu", n);
        cr_assert(!done || status == MN_OK);
        if (status == MN_OK)
            expect_finds();
        failures += status == MN_NO_MEMORY;
        if (scratch && status != MN_OK) {
            build();
            cr_assert_eq(mn_match(toy.document, toy.forms, &toy.rules, scratch, &error), MN_OK);
            expect_finds();
        }
        mn_match_scratch_destroy(scratch);
    }
    cr_expect_gt(failures, 30u, "%zu failures", failures);
}
