#include "command/batch.h"

#include "command/batch_parts.h"
#include "command/clock.h"
#include "command/stop.h"

#include <stdlib.h>

enum { MOST_THREADS = 512, TICK_MILLISECONDS = 100 };

/* Tasks that may be open at once, for each thread: one that is long holds up the delivery of those behind it, and
 * meanwhile the others find work. Of records that go to files hardly anything is held in memory, and the more of them
 * are synced at once, the less each costs. */
enum { PLACES_PER_HAND = 8, PLACES_OF_FILES = 128 };

struct mn_slice text_of(const struct mn_writer *writer)
{
    return (struct mn_slice){writer->data, writer->size};
}

static void tick(void *context)
{
    struct batch *batch = context;
    progress_tick(batch->progress, batch->documents, batch->failed, batch->bytes, mn_feed_consumed(batch->feed));
}

/* Fills both arrays as far as memory goes; false where that is not far enough. */
static bool make_crew(struct batch *batch, struct mn_crew *crew, size_t places, struct mn_error *error)
{
    bool ok = crew->hands && crew->places;
    if (!ok)
        mn_fail_memory(error);
    while (ok && crew->hand_count < batch->options->threads) {
        void *hand = hand_create(batch, error);
        if (!hand)
            break;
        crew->hands[crew->hand_count++] = hand;
    }
    ok = crew->hand_count > 0;
    while (ok && crew->place_count < places) {
        struct outcome *outcome = outcome_create(batch, crew->place_count);
        if (!outcome)
            break;
        crew->places[crew->place_count++] = outcome;
    }
    return ok && crew->place_count >= crew->hand_count;
}

static void add_times(struct timings *timings, const struct hand *hand)
{
    for (size_t i = 0; i < sizeof timings->stages.nanoseconds / sizeof *timings->stages.nanoseconds; i++)
        timings->stages.nanoseconds[i] += hand->times.nanoseconds[i];
    timings->stages.documents += hand->times.documents;
    timings->stages.bytes += hand->times.bytes;
    timings->stages.tokens += hand->times.tokens;
    timings->stages.steps += hand->times.steps;
    timings->record += hand->record_time;
}

static void add_profile(struct batch *batch, const struct hand *hand)
{
    struct mn_error error;
    if (!hand->profiler.profile)
        return;
    batch->profile_failed = batch->profile_failed || hand->profiler.failed ||
                            mn_profile_merge(batch->profile, hand->profiler.profile, &error) != MN_OK;
}

static void free_crew(struct batch *batch, struct mn_crew *crew)
{
    for (size_t i = 0; i < crew->hand_count; i++) {
        add_times(&batch->options->timings, crew->hands[i]);
        add_profile(batch, crew->hands[i]);
        hand_destroy(crew->hands[i]);
    }
    for (size_t i = 0; i < crew->place_count; i++)
        outcome_destroy(crew->places[i]);
    free(crew->hands);
    free(crew->places);
}

static int run_crew(struct batch *batch)
{
    size_t threads = batch->options->threads;
    size_t places = threads * PLACES_PER_HAND;
    if (batch->options->output && places < PLACES_OF_FILES)
        places = PLACES_OF_FILES;
    struct mn_error error;
    struct mn_crew crew = {
        .context = batch,
        .take = batch_take,
        .work = batch_work,
        .deliver = batch_deliver,
        .tick = batch->progress ? tick : NULL,
        .tick_milliseconds = TICK_MILLISECONDS,
        .hands = calloc(threads, sizeof(void *)),
        .places = calloc(places, sizeof(void *)),
    };
    bool made = make_crew(batch, &crew, places, &error);
    if (made && !mn_crew_run(&crew)) {
        made = false;
        mn_fail_memory(&error);
    }
    free_crew(batch, &crew);
    if (made)
        return -1;
    message("%s", error.message);
    return error.status == MN_NO_MEMORY ? EXIT_SOME_FAILED : EXIT_RULES_ERROR;
}

/* What must be there before the first document: -1, or the exit code after a message. */
static int open_batch(struct batch *batch)
{
    const struct batch_options *options = batch->options;
    struct mn_error error;
    batch->report.descriptor = batch->resume.lock = -1;
    mn_writer_init(&batch->stream, stdout);
    records_begin(&batch->records);
    batch->profile = options->profile ? mn_profile_create() : NULL;
    if (options->profile && !batch->profile) {
        message("out of memory");
        return EXIT_SOME_FAILED;
    }
    batch->keeps = options->output || options->report;
    enum mn_status status = !batch->keeps || batch_make_basis(batch)
                                ? MN_OK
                                : mn_fail(&error, MN_INTERNAL, "libcrypto gave no SHA-256; check its installation");
    if (status == MN_OK && options->output)
        status =
            resume_open(&batch->resume, options->output, options->report, !options->dry_run, options->force, &error);
    const char *report = options->output ? batch->resume.report : options->report;
    if (status == MN_OK && report && !options->dry_run)
        status = batch_begin_report(batch, report, &error);
    if (status == MN_OK) {
        batch->feed = mn_feed_open(&batch->session->feed);
        status = batch->feed ? MN_OK : mn_fail_memory(&error);
    }
    if (status == MN_OK)
        return -1;
    message("%s", error.message);
    return status == MN_NOT_WRITABLE ? EXIT_OUTPUT_ERROR : EXIT_SOME_FAILED;
}

static void close_batch(struct batch *batch, bool complete)
{
    progress_close(batch->progress);
    mn_feed_close(batch->feed);
    report_close(&batch->report);
    if (batch->options->output)
        resume_close(&batch->resume, complete && !batch->options->dry_run);
    records_free(&batch->records);
    mn_profile_destroy(batch->profile);
    mn_writer_free(&batch->stream);
}

static size_t thread_count(size_t wanted)
{
    size_t threads = wanted ? wanted : mn_crew_processors();
    return threads < MOST_THREADS ? threads : MOST_THREADS;
}

int batch_run(struct session *session, struct batch_options *options)
{
    struct batch batch = {.session = session, .options = options};
    double started = clock_seconds();
    options->threads = thread_count(options->threads);
    session->feed.walk.left_out = options->output;
    session->feed.walk.stop = stop_listen();
    session->feed.output_ending = options->output ? ".xml" : NULL;
    int code = open_batch(&batch);
    if (code < 0 && !session->quiet)
        batch.progress = progress_open(&session->feed.walk);
    if (code < 0)
        code = run_crew(&batch);
    bool ran = code < 0;
    if (ran)
        code = batch_end(&batch, started);
    close_batch(&batch, ran && !batch_early_end(&batch));
    return code;
}
