/* Every allocation fails in turn, those of the libraries too, while a small set of documents is read out of files and
 * containers and turned into records: each time the outcome is either the right record or a failure with a reason, and
 * what comes after it is not harmed. The program's malloc is this file's, so sanitizers have no say here. */
#include "input/feed.h"
#include "record/record.h"
#include "run/run.h"
#include <errno.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static size_t countdown; /* allocations until the one that fails; 0: none does */
static size_t seen;

static bool fails(void)
{
    seen++;
    if (countdown == 0 || --countdown > 0)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

enum { MOST_RECORDS = 64 };

/* What comes out of one go over all documents. */
struct outcome {
    struct mn_sha256 records[MOST_RECORDS]; /* by the order of the documents; zero: it failed */
    struct mn_sha256 names[MOST_RECORDS];
    size_t count;
    size_t failures, without_reason;
};

static void run_one(struct mn_worker *worker, const struct mn_input *input, struct outcome *outcome)
{
    static const struct mn_run_options options;
    struct mn_document *document = mn_worker_document(worker);
    struct mn_writer record;
    struct mn_error error = {0};
    mn_writer_init(&record, NULL);
    enum mn_status status = document ? input->status : mn_fail_memory(&error);
    if (document && status != MN_OK)
        error = input->error;
    if (status == MN_OK) {
        document->source.name = input->name;
        status = mn_worker_run(worker, document, input->bytes, MN_LAYER_INTERPRET, &options, &error);
    }
    if (status == MN_OK)
        status = mn_record_write(document, &record, &error);
    if (status == MN_OK)
        status = mn_writer_finish(&record, &error);
    size_t left = countdown;
    countdown = 0; /* what follows is the test's own */
    if (outcome->count < MOST_RECORDS) {
        mn_sha256(input->name, &outcome->names[outcome->count]);
        if (status == MN_OK)
            mn_sha256((struct mn_slice){record.data, record.size}, &outcome->records[outcome->count]);
        outcome->count++;
    }
    countdown = left;
    outcome->failures += status != MN_OK;
    outcome->without_reason += status != MN_OK && !error.message[0];
    mn_writer_free(&record);
}

/* A worker per go: what a document leaves behind in one must not hide the next go's allocations. */
static bool run_all(const struct mn_rules *rules, const struct mn_feed_options *options, struct outcome *outcome)
{
    struct mn_worker *worker = mn_worker_create(rules);
    struct mn_input input = {0};
    struct mn_feed *feed = worker && mn_input_init(&input) ? mn_feed_open(options) : NULL;
    *outcome = (struct outcome){.count = 0};
    while (feed && mn_feed_next(feed, &input))
        run_one(worker, &input, outcome);
    bool ran = feed != NULL;
    mn_feed_close(feed);
    mn_input_free(&input);
    mn_worker_destroy(worker);
    return ran;
}

/* True if every record of the outcome is the expected one of the same document. */
static bool agrees(const struct outcome *outcome, const struct outcome *expected)
{
    static const struct mn_sha256 none;
    for (size_t i = 0; i < outcome->count; i++) {
        if (memcmp(&outcome->records[i], &none, sizeof none) == 0)
            continue;
        size_t k = 0;
        while (k < expected->count && memcmp(&outcome->names[i], &expected->names[k], sizeof none) != 0)
            k++;
        if (k == expected->count || memcmp(&outcome->records[i], &expected->records[k], sizeof none) != 0)
            return false;
    }
    return true;
}

static int complain(const char *what, size_t allocation)
{
    printf("FAILED: allocation %zu: %s\n", allocation, what);
    return 1;
}

int main(int count, char **arguments)
{
    struct mn_rules *rules;
    struct mn_error error;
    struct outcome expected, again, outcome;
    if (count < 3 || mn_rules_load((const char *const *)&arguments[1], 1, &rules, NULL, &error) != MN_OK)
        return EXIT_FAILURE;
    const struct mn_feed_options options = {
        .walk = {.paths = (const char *const *)&arguments[2], .path_count = (size_t)count - 2, .stop = -1},
        .max_bytes = 1 << 20};
    int failed = 0;
    run_all(rules, &options, &expected);
    seen = 0;
    run_all(rules, &options, &again); /* libraries have made what they make only once */
    size_t total = seen, memory_failures = 0;
    if (expected.count == 0 || expected.failures || !agrees(&again, &expected))
        failed += complain("not every document has its record without a failure", 0);
    for (size_t n = 1; n <= total && failed < 10; n++) {
        countdown = n;
        bool ran = run_all(rules, &options, &outcome);
        countdown = 0;
        if (outcome.without_reason)
            failed += complain("a failure without a reason", n);
        if (!agrees(&outcome, &expected))
            failed += complain("another record", n);
        memory_failures += !ran || outcome.failures > 0;
    }
    run_all(rules, &options, &again);
    if (again.failures || again.count != expected.count || !agrees(&again, &expected))
        failed += complain("something stays broken after it", total);
    printf("%zu allocations failed in turn over %zu documents; %zu times a document failed for it\n", total,
           expected.count, memory_failures);
    mn_rules_free(rules);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
