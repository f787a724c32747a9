/* A document that takes too long is given up with a reason. */
#include "base/deadline.h"
#include "run/run.h"
#include <criterion/criterion.h>
#include <unistd.h>

static const char text[] = "RESOLVED:\n\n1. That a plan be sent by 30 June;\n";
static const struct mn_slice bytes = {text, sizeof text - 1};

static struct mn_rules *load_rules(void)
{
    const char *path = MN_TEST_SOURCE_DIR "/rules";
    struct mn_rules *rules = NULL;
    struct mn_error error;
    cr_assert_eq(mn_rules_load(&path, 1, &rules, NULL, &error), MN_OK, "%s", error.message);
    return rules;
}

Test(deadline, passes_after_the_seconds_and_not_before)
{
    mn_deadline_set(0);
    cr_expect(!mn_deadline_passed());
    mn_deadline_set(1);
    cr_expect(!mn_deadline_passed());
    sleep(3);
    cr_expect(mn_deadline_passed());
    mn_deadline_set(1);
    cr_expect(!mn_deadline_passed(), "the next document has its own time");
}

Test(deadline, match_gives_a_late_document_up)
{
    struct mn_rules *rules = load_rules();
    struct mn_worker *worker = mn_worker_create(rules);
    struct mn_match_scratch *scratch = mn_match_scratch_create(rules);
    struct mn_document *document = mn_worker_document(worker);
    static const struct mn_run_options options;
    struct mn_error error;
    cr_assert(scratch && document);
    document->source.name = MN_LITERAL("late.txt");
    cr_assert_eq(mn_worker_run(worker, document, bytes, MN_LAYER_TOKENISE, &options, &error), MN_OK);
    mn_deadline_set(1);
    sleep(3);
    cr_expect_eq(mn_match(document, mn_worker_forms(worker), rules, scratch, &error), MN_OVER_TIME);
    cr_expect_str_eq(error.message, "takes longer than 1 s; raise --max-seconds if it is worth that");
    mn_deadline_set(0);
    cr_expect_eq(mn_match(document, mn_worker_forms(worker), rules, scratch, &error), MN_OK);
    mn_match_scratch_destroy(scratch);
    mn_worker_destroy(worker);
    mn_rules_free(rules);
}

Test(deadline, each_document_of_a_worker_has_its_time)
{
    struct mn_rules *rules = load_rules();
    struct mn_worker *worker = mn_worker_create(rules);
    const struct mn_run_options options = {.max_seconds = 1};
    struct mn_error error;
    for (int i = 0; i < 2; i++) {
        struct mn_document *document = mn_worker_document(worker);
        document->source.name = MN_LITERAL("early.txt");
        cr_expect_eq(mn_worker_run(worker, document, bytes, MN_LAYER_INTERPRET, &options, &error), MN_OK);
        sleep(3);
    }
    mn_worker_destroy(worker);
    mn_rules_free(rules);
}
