/* Rule files with what must come of them: broken/ (the exact messages) and good/ (what was compiled). */
#include "support.h"

#include <criterion/criterion.h>

static void check_broken(const char *path)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_rules *rules = load_rules(path, &messages);
    cr_expect(messages.size > 0, "%s has no mistake", path);
    expect_beside(path, &messages);
    mn_rules_free(rules); /* null unless there are warnings only */
    mn_writer_free(&messages);
}

Test(rules_files, mistakes_are_told_with_their_place)
{
    cr_expect(for_each_rule_file(RULES_FOLDER "/broken", check_broken) >= 40);
}

static void check_good(const char *path)
{
    struct mn_writer messages, dump;
    mn_writer_init(&messages, NULL);
    mn_writer_init(&dump, NULL);
    struct mn_rules *rules = load_rules(path, &messages);
    cr_expect(rules, "%s: %.*s", path, (int)messages.size, messages.data ? messages.data : "");
    if (rules) {
        dump_rules(&dump, rules);
        expect_beside(path, &dump);
    }
    mn_rules_free(rules);
    mn_writer_free(&messages);
    mn_writer_free(&dump);
}

Test(rules_files, good_files_compile_to_what_is_expected)
{
    cr_expect(for_each_rule_file(RULES_FOLDER "/good", check_good) > 0);
}

/* What the rules of checked/ are held against: a little of what the record has. */
static const struct mn_slice scales[] = {{"ofsted", 6}, {"other", 5}}, modalities[] = {{"asserted", 8}, {"aspired", 7}},
                             facts[] = {{"title", 5}, {"date", 4}};
static const struct mn_known_field grade_fields[] = {
    {{"scale", 5}, scales, 2}, {{"value", 5}, NULL, 0}, {{"modality", 8}, modalities, 2}, {{"subject", 7}, NULL, 0}};
static const struct mn_known_field fact_fields[] = {{{"name", 4}, facts, 2}, {{"value", 5}, NULL, 0}};
static const struct mn_known_kind kinds[] = {{{"grade", 5}, grade_fields, 4, true},
                                             {{"fact", 4}, fact_fields, 2, false}};

static void check_checked(const char *path)
{
    struct mn_writer messages;
    struct mn_rules_source source = {.paths = &path, .path_count = 1, .check = true, .kinds = kinds, .kind_count = 2};
    mn_writer_init(&messages, NULL);
    mn_rules_free(load_source(&source, &messages));
    expect_beside(path, &messages);
    mn_writer_free(&messages);
}

Test(rules_files, what_can_hardly_be_meant_is_told_where_it_is_asked_for)
{
    cr_expect(for_each_rule_file(RULES_FOLDER "/checked", check_checked) >= 5);
}

static void check_loads(const char *path)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_rules *rules = load_rules(path, &messages);
    cr_expect(rules && messages.size == 0, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    mn_rules_free(rules);
    mn_writer_free(&messages);
}

Test(rules_files, and_keeps_no_rules_from_loading)
{
    for_each_rule_file(RULES_FOLDER "/checked", check_loads);
}
