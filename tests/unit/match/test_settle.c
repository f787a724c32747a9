/* Conflicts within a kind, the order of all spans, references among them. */
#include "toy.h"
#include <criterion/criterion.h>

static struct toy toy;

static void make(void)
{
    toy_open(&toy);
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(settle, .init = make, .fini = unmake);

static struct mn_rule *add_rule(const char *name, const char *kind, const char *pattern, int32_t priority)
{
    struct mn_rule *rule = toy_rule(&toy, name, kind, pattern);
    rule->priority = priority;
    toy_trigger_word(&toy, rule, "k");
    return rule;
}

static void match(const char *text)
{
    toy_seal(&toy);
    toy_leaf(&toy, MN_P, text, 0);
    toy_match(&toy);
}

Test(settle, priority_goes_before_length)
{
    add_rule("toy.long", "thing", "a k b", 0);
    add_rule("toy.short", "thing", "k", 1);
    match("a k b");
    cr_expect_str_eq(toy_finds(&toy), "k");
}

Test(settle, length_goes_before_place)
{
    add_rule("toy.early", "thing", "a k", 0);
    add_rule("toy.long", "thing", "k b c", 0);
    match("a k b c");
    cr_expect_str_eq(toy_finds(&toy), "k b c");
}

Test(settle, place_goes_before_rule)
{
    add_rule("toy.late", "thing", "k b", 0);
    add_rule("toy.early", "thing", "a k", 0);
    match("a k b");
    cr_expect_str_eq(toy_finds(&toy), "a k");
}

Test(settle, the_first_rule_wins_otherwise)
{
    add_rule("toy.first", "thing", "a k", 0);
    add_rule("toy.second", "thing", "a k", 0);
    match("a k");
    cr_assert_eq(toy.document->spans.count, 1u);
    cr_expect(mn_slice_equal(toy.document->spans.items[0].rule, MN_LITERAL("toy.first")));
}

Test(settle, a_loser_does_not_push_others_out)
{
    add_rule("toy.strong", "thing", "a k", 2);
    add_rule("toy.middle", "thing", "k b", 1);
    add_rule("toy.weak", "thing", "b c k", 0);
    match("a k b c k");
    cr_expect_str_eq(toy_finds(&toy), "a k | b c k");
}

Test(settle, kinds_do_not_conflict)
{
    add_rule("toy.a", "thing", "a k", 0);
    add_rule("toy.b", "other", "k b", 0);
    match("a k b");
    cr_expect_str_eq(toy_finds(&toy), "a k | k b");
}

Test(settle, the_key_decides_what_overlaps)
{
    struct mn_rule *one = add_rule("toy.one", "thing", "value:(a) k", 0);
    struct mn_rule *two = add_rule("toy.two", "thing", "a k value:(b)", 0);
    one->key = two->key = MN_LITERAL("value");
    match("a k b");
    cr_expect_str_eq(toy_finds(&toy), "a k b | a k");
    cr_expect_str_eq(toy_field(&toy, 0, "value"), "b");
}

Test(settle, rules_without_a_kind_do_not_conflict_with_each_other)
{
    add_rule("toy.a", "", "a k", 0);
    add_rule("toy.b", "", "a k", 0);
    match("a k");
    cr_expect_eq(toy.document->spans.count, 2u);
}

Test(settle, a_find_in_nested_scopes_is_one_find)
{
    add_rule("toy.a", "thing", "k", 0)->scope = MN_IN_ITEM;
    toy_seal(&toy);
    for (int i = 0; i < 3; i++) {
        mn_builder_open(&toy.builder, MN_LIST);
        mn_builder_open(&toy.builder, MN_ITEM);
    }
    toy_leaf(&toy, MN_P, "k", 0);
    toy_match(&toy);
    cr_expect_str_eq(toy_finds(&toy), "k");
}

Test(settle, spans_are_sorted_and_references_follow)
{
    add_rule("toy.weak", "time", "k", 0);
    add_rule("toy.strong", "time", "k t", 1);
    struct mn_rule *outer = toy_rule(&toy, "toy.outer", "thing", "z when:(@time)");
    toy_trigger_span(&toy, outer, "time", false);
    match("k a z k t a z k");
    cr_expect_str_eq(toy_finds(&toy), "k | z k t | k t | z k | k");
    for (size_t i = 0; i < toy.document->spans.count; i++) {
        const struct mn_field *when = mn_fields_find(&toy.document->spans.items[i].fields, MN_LITERAL("when"));
        if (!when)
            continue;
        cr_assert_lt(when->span, toy.document->spans.count);
        cr_expect_eq(toy.document->spans.items[when->span].start, when->start);
        cr_expect_eq(toy.document->spans.items[when->span].end, when->end);
    }
}

Test(settle, a_reference_to_a_loser_is_none)
{
    struct mn_rule *inner = add_rule("toy.inner", "time", "k", 0);
    inner->self = toy_reference(&toy, "inner", true);
    struct mn_rule *outer = toy_rule(&toy, "toy.outer", "time", "z when:(@@inner)");
    toy_trigger_span(&toy, outer, "inner", true);
    match("z k");
    cr_expect_str_eq(toy_finds(&toy), "z k");
    cr_expect_str_eq(toy_field(&toy, 0, "when"), "k");
    cr_expect_eq(toy.document->spans.items[0].fields.items[0].span, MN_NONE);
}

/* --- Against comparing every pair --- */

/* Is `a` stronger than `b`, number by number: priority, length, start, rule? */
static bool is_stronger(const struct mn_span *a, const struct mn_span *b)
{
    uint32_t a_size = a->end - a->start, b_size = b->end - b->start;
    if (a->priority != b->priority)
        return a->priority > b->priority;
    if (a_size != b_size)
        return a_size > b_size;
    return a->start != b->start ? a->start < b->start : mn_slice_compare(a->rule, b->rule) < 0;
}

/* The candidate stays if nothing that stays and is stronger overlaps it. */
static bool stays(const struct mn_span *candidate)
{
    for (size_t i = 0; i < toy.document->spans.count; i++) {
        const struct mn_span *other = &toy.document->spans.items[i];
        if (other->kind.data[0] == 'c' && is_stronger(other, candidate) && other->start < candidate->end &&
            candidate->start < other->end && stays(other))
            return false;
    }
    return true;
}

static bool is_found(const struct mn_span *candidate)
{
    for (size_t i = 0; i < toy.document->spans.count; i++) {
        const struct mn_span *span = &toy.document->spans.items[i];
        if (span->kind.data[0] == 't' && span->start == candidate->start && span->end == candidate->end)
            return true;
    }
    return false;
}

Test(settle, the_outcome_is_that_of_comparing_every_pair)
{
    static const char *const patterns[] = {"a k", "k b", "k b c", "b c", "c a k", "a"};
    static const char *const kinds[] = {"c0", "c1", "c2", "c3", "c4", "c5"}; /* each alone: no conflicts */
    static const char *const names[] = {"r0", "r1", "r2", "r3", "r4", "r5"};
    size_t candidates = 0, kept = 0;
    for (size_t i = 0; i < 6; i++) {
        add_rule(names[i], "thing", patterns[i], (int32_t)(i * 5 % 3));
        add_rule(names[i], kinds[i], patterns[i], (int32_t)(i * 5 % 3));
    }
    match("a k b c a k k b b c a c a k b a k b c");
    for (size_t i = 0; i < toy.document->spans.count; i++) {
        const struct mn_span *candidate = &toy.document->spans.items[i];
        if (candidate->kind.data[0] != 'c')
            continue;
        bool kept_this = stays(candidate);
        cr_expect_eq(is_found(candidate), kept_this, "%s", toy_evidence(&toy, i));
        candidates++;
        kept += kept_this;
    }
    cr_expect_gt(kept, 5u);
    cr_expect_gt(candidates, kept + 5);
}

Test(settle, finds_that_may_overlap_stay_and_drive_out_nothing)
{
    add_rule("toy.strong", "thing", "a k", 1);
    add_rule("toy.free", "thing", "k b", 2)->overlaps = true;
    add_rule("toy.weak", "thing", "k b c", 0);
    match("a k b c");
    cr_expect_str_eq(toy_finds(&toy), "a k | k b");
}
