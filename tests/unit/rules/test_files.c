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
