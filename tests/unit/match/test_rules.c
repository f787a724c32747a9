/* Pattern and section rules: scopes, triggers, conditions, evidence, fields. */
#include "toy.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(rules, .init = make, .fini = unmake);

/* A document with one node of every kind:
 *   0 body, 1 div, 2 head "x head y", 3 p "x one . y two", 4 list, 5 item, 6 p "x item", 7 list, 8 item, 9 p "y inner",
 *   10 table, 11 row, 12 cell, 13 p "x cell", 14 cell, 15 p "y cell" */
static void build_everything(void)
{
    struct mn_builder *builder = &toy.builder;
    toy_begin(&toy);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "x head y", 0);
    toy_leaf(&toy, MN_P, "x one . y two", 0);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "1 x item", 2);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "y inner", 0);
    for (int i = 0; i < 4; i++)
        mn_builder_close(builder);
    mn_builder_open(builder, MN_TABLE);
    mn_builder_open(builder, MN_ROW);
    mn_builder_open(builder, MN_CELL);
    toy_leaf(&toy, MN_P, "x cell", 0);
    mn_builder_close(builder);
    mn_builder_open(builder, MN_CELL);
    toy_leaf(&toy, MN_P, "y cell", 0);
}

static const struct {
    enum mn_scope scope;
    const char *finds; /* of the pattern "x .*? y" */
} scopes[] = {
    {MN_IN_SENTENCE, "x head y"},
    {MN_IN_BLOCK, "x head y | x one . y"},
    {MN_IN_HEAD, "x head y"},
    {MN_IN_ITEM, "x item\ny"},
    {MN_IN_LIST, "x item\ny"},
    {MN_IN_CELL, ""},
    {MN_IN_ROW, "x cell\ny"},
    {MN_IN_TABLE, "x cell\ny"},
    {MN_IN_SECTION, "x head y | x one . y | x item\ny | x cell\ny"},
    {MN_IN_OPENING, "x head y | x one . y"},
    {MN_IN_DOCUMENT, "x head y | x one . y | x item\ny | x cell\ny"},
};

static void check_scope(enum mn_scope scope, const char *finds, bool always)
{
    toy_open(&toy);
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "x .*? y");
    rule->scope = scope;
    if (!always)
        toy_trigger_word(&toy, rule, "y");
    toy_seal(&toy);
    build_everything();
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), finds, "scope %d, always %d: %s", (int)scope, always, toy_finds(&toy));
    toy_close(&toy);
}

Test(scopes, a_match_lies_in_one_scope)
{
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        check_scope(scopes[i].scope, scopes[i].finds, false);
        check_scope(scopes[i].scope, scopes[i].finds, true);
    }
}

Test(rules, the_opening_is_sixty_leaves)
{
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "x");
    rule->scope = MN_IN_OPENING;
    toy_trigger_word(&toy, rule, "x");
    toy_seal(&toy);
    toy_begin(&toy);
    for (int i = 0; i < 70; i++) {
        toy_leaf(&toy, MN_P, "x", 0);
        toy_leaf(&toy, MN_FW, "x", 0);
    }
    toy_match(&toy);
    cr_expect_eq(toy.document->spans.count, 60u);
}

Test(rules, a_rule_costs_nothing_where_nothing_triggers_it)
{
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", ".* key .*");
    toy_trigger_word(&toy, rule, "key");
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "a b c d . e f g .", 0);
    toy_match(&toy);
    cr_expect_eq(mn_match_steps(toy.scratch), 0u);
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, "a b c d . e key g .", 0);
    toy_match(&toy);
    uint64_t one = mn_match_steps(toy.scratch);
    cr_expect_gt(one, 0u);
    cr_expect_str_eq(toy_finds(&toy), "e key g .");
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, "a b c d . e key g . h i j k l m n o p .", 0);
    toy_match(&toy);
    cr_expect_eq(mn_match_steps(toy.scratch), one);
}

Test(rules, patterns_are_tried_in_order_at_each_start)
{
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "k b c");
    toy_add_pattern(&toy, rule, "k b");
    toy_add_pattern(&toy, rule, "k");
    toy_trigger_word(&toy, rule, "k");
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "k b k k b c", 0);
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), "k b | k | k b c");
}

/* Pattern, condition, which capture, distance and side it is measured from, and what "a value:(v)" then finds. */
static const struct {
    const char *condition;
    uint32_t near, within;
    enum mn_side side;
    bool unless;
    const char *text, *finds;
} conditions[] = {
    {"n", MN_NO_SYMBOL, UINT32_MAX, MN_EITHER_SIDE, true, "a v n", ""},
    {"n", MN_NO_SYMBOL, UINT32_MAX, MN_EITHER_SIDE, false, "a v n", "a v"},
    {"n", MN_NO_SYMBOL, UINT32_MAX, MN_EITHER_SIDE, false, "a v", ""},
    {"n", 0, 0, MN_EITHER_SIDE, true, "a v n", ""},
    {"n", 0, 0, MN_EITHER_SIDE, true, "a v b n", "a v"},
    {"n", 0, 1, MN_EITHER_SIDE, true, "a v b n", ""},
    {"n", 0, 1, MN_BEFORE, true, "a v b n", "a v"},
    {"n", 0, 1, MN_AFTER, true, "a v b n", ""},
    {"n", 0, 1, MN_BEFORE, true, "n a v b", ""},
    {"n", 0, 1, MN_AFTER, true, "n a v b", "a v"},
    {"n", 0, 0, MN_BEFORE, true, "n a v b", "a v"},
    {"n", MN_NO_SYMBOL, 0, MN_BEFORE, true, "n a v b", ""},
    {"v", 0, 0, MN_EITHER_SIDE, true, "a v", ""},
    {"v", 0, 0, MN_BEFORE, true, "a v", "a v"},
    {"^", MN_NO_SYMBOL, 0, MN_BEFORE, false, "a v a v", "a v"},
    {"$", MN_NO_SYMBOL, 0, MN_AFTER, false, "a v n a v", "a v"},
    {"n", 0, 2, MN_EITHER_SIDE, true, "a v b n b b a v a v", "a v | a v"},
    {"n n", 0, 0, MN_AFTER, false, "a v n . a v n n", "a v"},
    {"n", MN_NO_SYMBOL, UINT32_MAX, MN_AFTER, false, "n a v b b b", ""},
};

Test(conditions, say_what_must_stand_where)
{
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        toy_open(&toy);
        struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "a value:(v)");
        struct mn_condition *condition = toy_condition(&toy, rule, conditions[i].unless, conditions[i].condition);
        condition->near_capture = conditions[i].near;
        condition->within = conditions[i].within;
        condition->side = conditions[i].side;
        toy_trigger_word(&toy, rule, "v");
        toy_seal(&toy);
        toy_leaf(&toy, MN_P, conditions[i].text, 0);
        toy_match(&toy);
        cr_expect_str_eq(toy_finds(&toy), conditions[i].finds, "row %zu: \"%s\" in \"%s\": %s", i,
                         conditions[i].condition, conditions[i].text, toy_finds(&toy));
        toy_close(&toy);
    }
}

/* A section with a heading, a paragraph and a list, in whose first item stands another list; and a section behind it.
 */
static void build_nested(void)
{
    struct mn_builder *builder = &toy.builder;
    toy_begin(&toy);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "head n", 0);
    toy_leaf(&toy, MN_P, "x a . x b n", 0);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "x c", 0);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "d n", 0);
    mn_builder_close(builder);
    mn_builder_close(builder);
    toy_leaf(&toy, MN_P, "x e", 0);
    mn_builder_close(builder);
    mn_builder_open(builder, MN_ITEM);
    toy_leaf(&toy, MN_P, "x f", 0);
    for (int i = 0; i < 3; i++)
        mn_builder_close(builder);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_P, "x g", 0);
}

static const struct {
    enum mn_scope in;
    bool unless;
    uint32_t within;
    const char *finds;
} around[] = {
    {MN_SCOPE_COUNT, true, UINT32_MAX, "x a | x c | x e | x f | x g"},
    {MN_IN_SENTENCE, true, UINT32_MAX, "x a | x c | x e | x f | x g"},
    {MN_IN_BLOCK, true, UINT32_MAX, "x c | x e | x f | x g"},
    {MN_IN_ITEM, true, UINT32_MAX, "x a | x b | x f | x g"},
    {MN_IN_LIST, true, UINT32_MAX, "x a | x b | x g"},
    {MN_IN_TABLE, true, UINT32_MAX, "x a | x b | x c | x e | x f | x g"},
    {MN_IN_SECTION, true, UINT32_MAX, "x g"},
    {MN_IN_DOCUMENT, true, UINT32_MAX, ""},
    {MN_IN_ITEM, true, 1, "x a | x b | x f | x g"},
    {MN_IN_ITEM, true, 0, "x a | x b | x c | x f | x g"},
    {MN_IN_SENTENCE, false, UINT32_MAX, "x b"},
    {MN_IN_BLOCK, false, UINT32_MAX, "x a | x b"},
    {MN_IN_ITEM, false, UINT32_MAX, "x c | x e"},
    {MN_IN_TABLE, false, UINT32_MAX, ""},
    {MN_IN_SECTION, false, UINT32_MAX, "x a | x b | x c | x e | x f"},
    {MN_IN_DOCUMENT, false, UINT32_MAX, "x a | x b | x c | x e | x f | x g"},
    {MN_IN_SECTION, false, 1, "x a | x b | x c | x e"},
};

Test(conditions, say_in_what_is_around)
{
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        toy_open(&toy);
        struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "x .");
        struct mn_condition *condition = toy_condition(&toy, rule, around[i].unless, "n");
        condition->in = around[i].in;
        condition->within = around[i].within;
        toy_trigger_word(&toy, rule, "x");
        toy_seal(&toy);
        for (int times = 0; times < 2; times++) { /* nothing is kept from the document before */
            build_nested();
            toy_match(&toy);
            cr_expect_str_eq(toy_finds(&toy), around[i].finds, "row %zu: %s", i, toy_finds(&toy));
            toy_begin(&toy);
            toy_leaf(&toy, MN_P, "x n", 0);
            toy_match(&toy);
        }
        toy_close(&toy);
    }
}

/* An item in which paragraphs and lists take turns: every return to it would be a search through all of it. */
static uint64_t steps_in_turns(int turns)
{
    struct mn_builder *builder = &toy.builder;
    toy_begin(&toy);
    mn_builder_open(builder, MN_LIST);
    mn_builder_open(builder, MN_ITEM);
    for (int i = 0; i < turns; i++) {
        toy_leaf(&toy, MN_P, "x a b c", 0);
        mn_builder_open(builder, MN_LIST);
        mn_builder_open(builder, MN_ITEM);
        toy_leaf(&toy, MN_P, "x b a b c", 0);
        mn_builder_close(builder);
        mn_builder_close(builder);
    }
    toy_match(&toy);
    cr_expect_eq(toy.document->spans.count, 2 * (size_t)turns);
    return mn_match_steps(toy.scratch);
}

Test(conditions, look_through_what_is_around_once)
{
    toy_open(&toy);
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "x .");
    toy_condition(&toy, rule, true, "a . n")->in = MN_IN_ITEM;
    toy_trigger_word(&toy, rule, "x");
    toy_seal(&toy);
    uint64_t few = steps_in_turns(50), many = steps_in_turns(100);
    cr_expect_leq(many, 2 * few + 20, "%llu steps, %llu for twice as much", (unsigned long long)few,
                  (unsigned long long)many);
    toy_close(&toy);
}

Test(rules, a_match_that_a_condition_forbids_is_passed_over)
{
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "a b v");
    toy_add_pattern(&toy, rule, "b v");
    toy_add_pattern(&toy, rule, "a b");
    struct mn_condition *condition = toy_condition(&toy, rule, true, "n");
    condition->within = 0;
    toy_trigger_word(&toy, rule, "b");
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "a b v n a b v", 0);
    toy_match(&toy);
    /* The first match touches "n" in front of it: the third pattern is tried at the same start. The last is fine but
     * for "n" before it. */
    cr_expect_str_eq(toy_finds(&toy), "a b | b v");
}

static const struct {
    enum mn_evidence evidence;
    const char *pattern, *quote;
} evidences[] = {
    {MN_EVIDENCE_MATCH, "key", "key"},
    {MN_EVIDENCE_SENTENCE, "key", "two key ."},
    {MN_EVIDENCE_BLOCK, "key", "one . two key . three"},
    {MN_EVIDENCE_ITEM, "key", "one . two key . three\nfour"},
    {MN_EVIDENCE_BLOCK, "evidence:(two) key", "two"},
    {MN_EVIDENCE_SENTENCE, "key other:(.)", "two key ."},
};

Test(evidence, is_widened_as_the_rule_says)
{
    for (size_t i = 0; i < sizeof evidences / sizeof evidences[0]; i++) {
        toy_open(&toy);
        struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", evidences[i].pattern);
        rule->evidence = evidences[i].evidence;
        toy_trigger_word(&toy, rule, "key");
        toy_seal(&toy);
        mn_builder_open(&toy.builder, MN_LIST);
        mn_builder_open(&toy.builder, MN_ITEM);
        toy_leaf(&toy, MN_P, "(a) one . two key . three", 4);
        toy_leaf(&toy, MN_P, "four", 0);
        toy_match(&toy);
        cr_expect_str_eq(toy_finds(&toy), evidences[i].quote, "row %zu: %s", i, toy_finds(&toy));
        cr_expect_str_eq(toy_field(&toy, 0, "evidence"), "-");
        cr_expect_eq(toy.document->spans.items[0].node, 3u);
        toy_close(&toy);
    }
}

Test(rules, fields_are_captures_entries_spans_and_sets)
{
    toy_entry(&toy, "grade", "very good", "vg");
    struct mn_rule *time = toy_rule(&toy, "toy.time", "time", "on monday");
    toy_trigger_word(&toy, time, "monday");
    struct mn_rule *rule = toy_rule(&toy, "toy.r", "thing", "who:(.) was value:([grade]) when:(@time) no:(z)?");
    toy_trigger_word(&toy, rule, "was");
    static struct mn_set sets[] = {{{"scale", 5}, {"s", 1}}, {{"value", 5}, {"never", 5}}};
    rule->sets = sets;
    rule->set_count = 2;
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "it was Very Good on Monday", 0);
    toy_match(&toy);
    cr_assert_eq(toy.document->spans.count, 2u);
    cr_expect_str_eq(toy_evidence(&toy, 0), "it was Very Good on Monday");
    cr_expect_str_eq(toy_field(&toy, 0, "who"), "it");
    cr_expect_str_eq(toy_field(&toy, 0, "value"), "vg");
    cr_expect_str_eq(toy_field(&toy, 0, "when"), "on Monday");
    cr_expect_str_eq(toy_field(&toy, 0, "scale"), "s");
    cr_expect_str_eq(toy_field(&toy, 0, "no"), "-");
    const struct mn_span *span = &toy.document->spans.items[0];
    cr_expect_eq(span->fields.count, 4u);
    cr_expect_eq(mn_fields_find(&span->fields, MN_LITERAL("when"))->span, 1u);
    cr_expect_eq(mn_fields_find(&span->fields, MN_LITERAL("value"))->span, MN_NONE);
    const struct mn_field *scale = mn_fields_find(&span->fields, MN_LITERAL("scale"));
    cr_expect_eq(scale->start, scale->end);
    cr_expect(mn_slice_equal(span->rule, MN_LITERAL("toy.r")) && mn_slice_equal(span->kind, MN_LITERAL("thing")));
}

Test(rules, spans_trigger_the_rules_that_refer_to_them)
{
    struct mn_rule *month = toy_rule(&toy, "toy.month", "month", "may | june");
    toy_trigger_word(&toy, month, "may");
    struct mn_rule *by_kind = toy_rule(&toy, "toy.kind", "date", ". @month");
    toy_trigger_span(&toy, by_kind, "month", false);
    struct mn_rule *by_rule = toy_rule(&toy, "toy.rule", "other", "@@toy-month .");
    by_rule->self = MN_NO_SYMBOL;
    month->self = toy_reference(&toy, "toy-month", true);
    toy_trigger_span(&toy, by_rule, "toy-month", true);
    struct mn_rule *inside = toy_rule(&toy, "toy.inside", "inner", "may");
    inside->scope = MN_IN_SPAN;
    inside->scope_span = toy_reference(&toy, "date", false);
    toy_trigger_word(&toy, inside, "may");
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, "4 may 2020", 0);
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), "4 may | may 2020 | may | may");
    toy_begin(&toy);
    toy_leaf(&toy, MN_P, "june comes", 0);
    toy_match(&toy);
    cr_expect_eq(mn_match_steps(toy.scratch), 0u, "nothing is kept from the last document");
}

/* div "decision": p "key" in it, div "inner": p "key"; then p "key" outside. */
static void build_sections(void)
{
    struct mn_builder *builder = &toy.builder;
    toy_begin(&toy);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "decision", 0);
    toy_leaf(&toy, MN_P, "key one", 0);
    mn_builder_open(builder, MN_DIV);
    toy_leaf(&toy, MN_HEAD, "officers report", 0);
    toy_leaf(&toy, MN_P, "key two", 0);
    mn_builder_close(builder);
    mn_builder_close(builder);
    toy_leaf(&toy, MN_P, "key three", 0);
}

static struct mn_rule *section_rule(const char *name, const char *role, const char *pattern, const char *word)
{
    struct mn_rule *rule = toy_rule(&toy, name, role, pattern);
    rule->type = MN_SECTION_RULE;
    rule->scope = MN_IN_HEAD;
    toy_trigger_word(&toy, rule, word);
    return rule;
}

Test(rules, headings_give_roles_and_roles_choose_scopes)
{
    static const struct mn_slice decision[] = {{"decision", 8}}, report[] = {{"report", 6}};
    section_rule("toy.decision", "decision", "^ decision $", "decision");
    section_rule("toy.report", "report", "report", "report");
    section_rule("toy.never", "never", "^ report", "report");
    struct mn_rule *in = toy_rule(&toy, "toy.in", "in", "key .");
    struct mn_rule *not_in = toy_rule(&toy, "toy.not", "not", "key .");
    struct mn_rule *both = toy_rule(&toy, "toy.both", "both", "key .");
    in->sections = both->sections = decision;
    not_in->not_sections = both->not_sections = report;
    in->section_count = both->section_count = not_in->not_section_count = both->not_section_count = 1;
    toy_trigger_word(&toy, in, "key");
    toy_trigger_word(&toy, not_in, "key");
    toy_trigger_word(&toy, both, "key");
    toy_seal(&toy);
    build_sections();
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), "key one | key one | key one | key two | key three");
    cr_expect(mn_slice_equal(toy.document->roles.items[toy.document->nodes.items[1].role], decision[0]));
    cr_expect(mn_slice_equal(toy.document->roles.items[toy.document->nodes.items[4].role], report[0]));
    cr_expect_eq(toy.document->nodes.items[0].role, 0u);
}

Test(rules, the_stronger_rule_gives_the_role)
{
    section_rule("toy.a", "first", "decision", "decision");
    section_rule("toy.b", "second", "decision", "decision");
    section_rule("toy.c", "strong", "decision", "decision")->priority = 1;
    toy_seal(&toy);
    build_sections();
    toy_match(&toy);
    cr_expect(mn_slice_equal(toy.document->roles.items[toy.document->nodes.items[1].role], MN_LITERAL("strong")));
}

Test(rules, an_empty_document_is_no_trouble)
{
    toy_rule(&toy, "toy.r", "thing", ".+");
    toy_seal(&toy);
    toy_match(&toy);
    cr_expect_eq(toy.document->spans.count, 0u);
}
