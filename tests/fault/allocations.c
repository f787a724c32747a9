/* Every allocation fails in turn, those of the libraries too, while a small set of documents is read out of files,
 * office documents, PDF files, containers and document XML and turned into records, or rules are loaded and used on a
 * text: each time the outcome is either the right record or a failure with a reason. The program's malloc is this
 * file's, so sanitizers have no say here. Each trial is a process of its own, for libarchive 3.6 ends the process where
 * it has no room for a name (__archive_errx) and crashes where it has none for the state of xz: what it was refused
 * itself may do that and is counted; nothing else may. What the program leaves behind then is what it leaves when it is
 * killed. */
#define _GNU_SOURCE /* dladdr */
#include "document/exchange.h"
#include "input/feed.h"
#include "record/record.h"
#include "run/run.h"
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static size_t countdown; /* allocations until the one that fails; 0: none does */
static size_t seen;

enum { MOST_CALLERS = 24 };

/* Who asked for what failed; shared with the process that waits for the outcome. */
static struct callers {
    void *items[MOST_CALLERS];
    int count;
} * refused;

static bool fails(void)
{
    seen++;
    if (countdown == 0 || --countdown > 0)
        return false;
    refused->count = backtrace(refused->items, MOST_CALLERS);
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

static void keep(struct outcome *outcome, struct mn_slice name, enum mn_status status, struct mn_writer *record,
                 const struct mn_error *error)
{
    size_t left = countdown;
    countdown = 0; /* this is the test's own */
    if (outcome->count < MOST_RECORDS) {
        mn_sha256(name, &outcome->names[outcome->count]);
        if (status == MN_OK)
            mn_sha256((struct mn_slice){record->data, record->size}, &outcome->records[outcome->count]);
        outcome->count++;
    }
    countdown = left;
    outcome->failures += status != MN_OK;
    outcome->without_reason += status != MN_OK && !error->message[0];
    mn_writer_free(record);
}

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
    keep(outcome, input->name, status, &record, &error);
}

/* What allocations are failed over: each way gives its records. False when it could not even begin. */
struct subject {
    const struct mn_rules *rules;
    const char *path;
    bool (*run)(const struct subject *subject, struct outcome *outcome);
};

/* Documents in files. A worker per go: what a document leaves behind in one must not hide the next go's allocations. */
static bool run_documents(const struct subject *subject, struct outcome *outcome)
{
    const struct mn_feed_options options = {.walk = {.paths = &subject->path, .path_count = 1, .stop = -1},
                                            .max_bytes = 1 << 20};
    struct mn_worker *worker = mn_worker_create(subject->rules);
    struct mn_input input = {0};
    struct mn_feed *feed = worker && mn_input_init(&input) ? mn_feed_open(&options) : NULL;
    while (feed && mn_feed_next(feed, &input))
        run_one(worker, &input, outcome);
    bool ran = feed != NULL;
    mn_feed_close(feed);
    mn_input_free(&input);
    mn_worker_destroy(worker);
    return ran;
}

/* A document of a stream, written again; false at its end. */
static bool pass_on(struct mn_exchange_reader *reader, struct mn_worker *worker, struct outcome *outcome)
{
    struct mn_document *document = mn_worker_document(worker);
    struct mn_writer text;
    struct mn_error error = {0};
    bool more = true;
    mn_writer_init(&text, NULL);
    enum mn_status status =
        document ? mn_exchange_next(reader, mn_forms_intern_any, mn_worker_forms(worker), document, &more, &error)
                 : mn_fail_memory(&error);
    if (status == MN_OK && more)
        status = mn_exchange_write(document, mn_forms_text, mn_worker_forms(worker), &text, &error);
    if (status == MN_OK && more)
        status = mn_writer_finish(&text, &error);
    if (status != MN_OK || more)
        keep(outcome, document ? document->source.name : MN_EMPTY, status, &text, &error);
    mn_writer_free(&text);
    return status == MN_OK && more;
}

static bool run_exchange(const struct subject *subject, struct outcome *outcome)
{
    struct mn_error error = {0};
    FILE *file = fopen(subject->path, "rb");
    struct mn_worker *worker = file ? mn_worker_create(subject->rules) : NULL;
    struct mn_exchange_reader *reader = worker ? mn_exchange_open(file, subject->path, &error) : NULL;
    while (reader && pass_on(reader, worker, outcome))
        ;
    bool ran = reader != NULL;
    mn_exchange_close(reader);
    mn_worker_destroy(worker);
    if (file)
        fclose(file);
    return ran;
}

/* Rules that are loaded find what they find, or are not loaded. */
static bool run_rules(const struct subject *subject, struct outcome *outcome)
{
    static const struct mn_slice text = MN_LITERAL_ITEM(
        "RESOLVED:\n\n1. That the report be noted.\n2. That the lease be granted by 3 May 2031.\n\nThe overall "
        "judgement was good. It is recommended that the roof be mended within six weeks.\n");
    struct mn_rules *rules = NULL;
    struct mn_error error = {0};
    enum mn_status status = mn_rules_load(&subject->path, 1, &rules, NULL, &error);
    struct mn_worker *worker = status == MN_OK ? mn_worker_create(rules) : NULL;
    const struct mn_input input = {.name = MN_LITERAL("text"), .bytes = text, .status = MN_OK};
    if (worker)
        run_one(worker, &input, outcome);
    outcome->without_reason += status != MN_OK && !error.message[0];
    bool ran = worker != NULL;
    mn_worker_destroy(worker);
    mn_rules_free(rules);
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

/* How a trial ended: exit codes of its process. */
enum ending { NO_EFFECT = 40, FAILED, WITHOUT_REASON, OTHER_RECORD, LIBRARY_ENDED, ENDED, ENDING_COUNT };

static const char *const complaints[] = {
    [WITHOUT_REASON - NO_EFFECT] = "a failure without a reason",
    [OTHER_RECORD - NO_EFFECT] = "another record, or one less",
    [ENDED - NO_EFFECT] = "a crash, a hang or an exit",
};

static enum ending try_one(const struct subject *subject, const struct outcome *expected, size_t n)
{
    struct outcome outcome = {.count = 0};
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO); /* libxml2 says what it thinks of it */
    alarm(60);
    countdown = n;
    bool ran = subject->run(subject, &outcome);
    countdown = 0;
    if (outcome.without_reason)
        return WITHOUT_REASON;
    bool one_is_missing = ran && !outcome.failures && outcome.count != expected->count; /* and nobody says so */
    if (one_is_missing || !agrees(&outcome, expected))
        return OTHER_RECORD;
    return ran && !outcome.failures ? NO_EFFECT : FAILED;
}

static bool was_refused_in(const char *library)
{
    Dl_info place;
    for (int i = 0; i < refused->count; i++)
        if (dladdr(refused->items[i], &place) && strstr(place.dli_fname, library))
            return true;
    return false;
}

static enum ending ending_of(int status)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code >= NO_EFFECT && code < ENDED)
        return (enum ending)code;
    bool by_library = code == 1 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    return by_library && was_refused_in("libarchive") ? LIBRARY_ENDED : ENDED;
}

static enum ending try_apart(const struct subject *subject, const struct outcome *expected, size_t n)
{
    int status = 0;
    fflush(stdout);
    refused->count = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(try_one(subject, expected, n));
    return child > 0 && waitpid(child, &status, 0) == child ? ending_of(status) : ENDED;
}

/* All allocations over what the path stands for. False when one of them ended badly. */
static bool try_all(const struct subject *subject)
{
    const char *path = subject->path;
    struct outcome expected = {.count = 0}, again = {.count = 0};
    size_t counts[ENDING_COUNT - NO_EFFECT] = {0};
    subject->run(subject, &expected);
    seen = 0;
    subject->run(subject, &again); /* libraries have made what they make only once */
    size_t total = seen;
    bool sound = expected.count > 0 && expected.failures == 0 && again.count == expected.count && again.failures == 0 &&
                 agrees(&again, &expected);
    if (!sound)
        printf("FAILED: %s: not every document has its record when nothing fails\n", path);
    for (size_t n = 1; n <= total && sound; n++) {
        enum ending ending = try_apart(subject, &expected, n);
        counts[ending - NO_EFFECT]++;
        sound = !complaints[ending - NO_EFFECT];
        if (!sound)
            printf("FAILED: %s: allocation %zu: %s\n", path, n, complaints[ending - NO_EFFECT]);
    }
    printf("%s: %zu documents, %zu allocations: %zu failed it, %zu had no effect, %zu ended libarchive\n", path,
           expected.count, total, counts[FAILED - NO_EFFECT], counts[0], counts[LIBRARY_ENDED - NO_EFFECT]);
    return sound;
}

/* fail_allocations RULES PATH… --exchange PATH… --rules PATH… */
int main(int count, char **arguments)
{
    struct subject subject = {.run = run_documents};
    struct mn_rules *rules;
    struct mn_error error;
    refused = mmap(NULL, sizeof *refused, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count < 3 || refused == MAP_FAILED ||
        mn_rules_load((const char *const *)&arguments[1], 1, &rules, NULL, &error) != MN_OK)
        return EXIT_FAILURE;
    subject.rules = rules;
    backtrace(refused->items, MOST_CALLERS); /* loads what it needs */
    bool sound = true;
    for (int i = 2; i < count; i++) {
        subject.path = arguments[i];
        if (strcmp(arguments[i], "--exchange") == 0)
            subject.run = run_exchange;
        else if (strcmp(arguments[i], "--rules") == 0)
            subject.run = run_rules;
        else
            sound = try_all(&subject) && sound;
    }
    mn_rules_free(rules);
    return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}
