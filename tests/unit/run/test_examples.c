/* The shipped rules' own examples; and that a failing example is told with its place. */
#include "run/examples.h"
#include <criterion/criterion.h>

static struct mn_examples_result run(const char *rules_path, struct mn_writer *messages)
{
    struct mn_rules *rules;
    struct mn_error error;
    struct mn_examples_result result = {0};
    cr_assert_eq(mn_rules_load(&rules_path, 1, &rules, NULL, &error), MN_OK, "%s", error.message);
    struct mn_worker *worker = mn_worker_create(rules);
    cr_assert(worker != NULL);
    cr_assert_eq(mn_examples_check(rules, worker, MN_EMPTY, messages, &result, &error), MN_OK, "%s", error.message);
    mn_worker_destroy(worker);
    mn_rules_free(rules);
    return result;
}

Test(examples, shipped_rules)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_examples_result result = run(MN_TEST_SOURCE_DIR "/rules", &messages);
    cr_expect_eq(result.failed, 0, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    cr_expect_eq(result.without, 0, "%zu rules lack an example or a counterexample", result.without);
    cr_expect_geq(result.examples, 100);
    mn_writer_free(&messages);
}

Test(examples, failures_are_told)
{
    static const char expected[] =
        "wrong-examples.xml:6:23: rule wrong.noted: does not find exactly what is marked 'the map'\n"
        "wrong-examples.xml:6:23: rule wrong.noted:   found instead 'noted'\n"
        "wrong-examples.xml:7:5: rule wrong.noted: does not find its example 'Nothing is here.'\n"
        "wrong-examples.xml:8:5: rule wrong.noted: finds something in its counterexample: 'noted'\n"
        "wrong-examples.xml:15:5: rule wrong.by: finds only times that are past, which are left out of the record: 'By "
        "2015'\n"
        "wrong-examples.xml:17:5: rule wrong.by: finds something in its counterexample: 'By 2031'\n";
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_examples_result result = run(MN_TEST_SOURCE_DIR "/tests/unit/run/wrong-examples.xml", &messages);
    cr_expect_eq(result.failed, 5);
    char told[2048] = "";
    size_t size = 0;
    for (const char *line = messages.data, *end = line + messages.size; line < end;) {
        const char *name = strstr(line, "wrong-examples.xml"), *stop = memchr(line, '\n', (size_t)(end - line));
        cr_assert(name && stop && size + (size_t)(stop - name) + 2 < sizeof told);
        memcpy(told + size, name, (size_t)(stop + 1 - name));
        size += (size_t)(stop + 1 - name);
        line = stop + 1;
    }
    cr_expect_str_eq(told, expected);
    mn_writer_free(&messages);
}
