#include "command/batch.h"

#include "base/limits.h"
#include "command/clock.h"
#include "command/log.h"
#include "command/oneline.h"
#include "command/places.h"
#include "command/profiles.h"
#include "command/progress.h"
#include "command/records.h"
#include "command/report.h"
#include "command/resume.h"
#include "command/stop.h"
#include "record/record.h"
#include "run/crew.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* Tasks that may be open at once, for each thread: one that is long holds up the delivery of those behind it, and
 * meanwhile the others find work. */
enum { PLACES_PER_HAND = 8 };

enum { MOST_THREADS = 512, TICK_MILLISECONDS = 100 };

/* What a thread owns. */
struct hand {
    struct output output;
    struct mn_worker *worker;
    struct mn_validator *validator;
    struct mn_input input;
    struct mn_writer record; /* where records go to files */
    struct resume_room room;
    struct mn_run_times times;
    uint64_t record_time;        /* nanoseconds */
    struct mn_profiler profiler; /* where a profile is wanted */
};

/* What became of a document, until it is delivered. */
struct outcome {
    struct mn_writer name, notices, entry, record;
    enum mn_status status;
    struct mn_error error;
    enum resume_state state;
    bool output_failed;
    uint64_t bytes;
    struct summary counts;
};

struct batch {
    struct session *session;
    struct batch_options *options;
    struct mn_feed *feed;
    struct resume resume;
    struct report report;
    struct records records;
    struct mn_writer stream; /* standard output, a line to a document; dry runs too */
    struct progress *progress;
    struct mn_sha256 basis; /* of what all documents' outcomes depend on */
    size_t taken;
    struct summary summary;
    struct summary_run run;
    struct mn_profile *profile; /* null: none is wanted */
    bool profile_failed;        /* memory was out */
    /* read by the thread that tells of the progress */
    _Atomic size_t documents, failed;
    _Atomic uint64_t bytes;
    /* why it ends early */
    atomic_bool ended;
    bool output_failed, failed_fast, limited;
};

static struct mn_slice text_of(const struct mn_writer *writer)
{
    return (struct mn_slice){writer->data, writer->size};
}

/* The next document. */
static bool take(void *context, void *hand, void *place)
{
    struct batch *batch = context;
    (void)place;
    if (atomic_load(&batch->ended) || stop_signal())
        return false;
    if (batch->options->limit && batch->taken == batch->options->limit) {
        batch->limited = true;
        return false;
    }
    batch->taken++;
    return mn_feed_next(batch->feed, &((struct hand *)hand)->input);
}

/* Everything that the outcome depends on, the document's bytes too. */
static bool make_key(const struct batch *batch, const struct mn_input *input, const struct mn_sha256 *source,
                     struct entry_key *key)
{
    const struct mn_given *given = &input->given;
    const struct mn_slice texts[] = {
        {(const char *)batch->basis.bytes, sizeof batch->basis},
        {(const char *)source->bytes, sizeof *source},
        input->name,
        given->charset,
        given->url,
        given->retrieved,
        given->title,
        given->authority,
        given->body,
        given->date,
    };
    return mn_sha256_list(texts, sizeof texts / sizeof *texts, &key->sha256);
}

/* The digest of a program; one that cannot be read has none. */
static struct mn_sha256 digest_program(const char *path)
{
    struct mn_sha256 digest = {{0}};
    struct mn_slice bytes;
    char *buffer = NULL;
    size_t capacity = 0;
    if (!path || mn_load_file(path, SIZE_MAX / 4, &buffer, &capacity, &bytes, NULL) != MN_OK ||
        !mn_sha256(bytes, &digest))
        digest = (struct mn_sha256){{0}};
    free(buffer);
    return digest;
}

/* The same for all documents: programs, rules, options. */
static bool make_basis(struct batch *batch)
{
    const struct session *session = batch->session;
    const struct mn_sha256 program = digest_program("/proc/self/exe");
    const struct mn_sha256 pdf_program = digest_program(mn_worker_pdf_program(session->worker));
    char limits[64];
    snprintf(limits, sizeof limits, "%zu %zu", session->feed.max_bytes, session->feed.max_ratio);
    const struct mn_slice texts[] = {
        MN_LITERAL(MN_VERSION),
        {(const char *)program.bytes, sizeof program},
        {(const char *)pdf_program.bytes, sizeof pdf_program},
        session->rules->sha256,
        mn_slice_of(session->charset),
        mn_slice_of(session->date),
        mn_slice_of(limits),
    };
    return mn_sha256_list(texts, sizeof texts / sizeof *texts, &batch->basis);
}

/* The finished record is checked when that is asked for, then written whole to a file or to the outcome. */
static enum mn_status make_record(const struct batch *batch, struct hand *hand, const struct mn_document *document,
                                  struct outcome *outcome, struct entry *entry, struct mn_error *error)
{
    const char *folder = batch->options->output;
    struct mn_writer *writer = folder ? &hand->record : &outcome->record;
    mn_writer_clear(writer);
    if (folder)
        mn_write_literal(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    enum mn_status status = mn_record_write(document, writer, error);
    if (status == MN_OK)
        status = mn_writer_finish(writer, error);
    if (status == MN_OK && hand->validator)
        status = mn_validate(hand->validator, hand->input.name.data, text_of(writer), error);
    if (status != MN_OK || !folder)
        return status;
    entry->has_record = mn_sha256(text_of(writer), &entry->record_sha256);
    status = output_write(&hand->output, hand->input.output, ".xml", text_of(writer), error);
    outcome->output_failed = status == MN_NOT_WRITABLE;
    return status;
}

static void keep_notices(const struct mn_document *document, struct mn_writer *notices)
{
    for (size_t i = 0; i < document->notices.count; i++) {
        mn_write(notices, document->notices.items[i].text);
        mn_write_char(notices, '\0');
    }
}

static struct mn_slice kind_of(const struct mn_document *document)
{
    for (size_t i = 0; i < document->facts.count; i++)
        if (mn_slice_equal(document->facts.items[i].name, MN_LITERAL("kind")))
            return document->facts.items[i].value;
    return MN_EMPTY;
}

/* Runs the stages and makes the record. */
static void extract_document(const struct batch *batch, struct hand *hand, struct outcome *outcome, struct entry *entry)
{
    struct mn_document *document;
    if (batch->options->profile)
        mn_profiler_begin(&hand->profiler);
    outcome->status =
        session_run(batch->session, hand->worker, &hand->input, MN_LAYER_INTERPRET, &document, &outcome->error);
    if (outcome->status == MN_OK && batch->options->profile)
        mn_profiler_end(&hand->profiler, document);
    uint64_t started = batch->options->timings.wanted ? mn_thread_time() : 0;
    if (outcome->status == MN_OK)
        outcome->status = make_record(batch, hand, document, outcome, entry, &outcome->error);
    if (batch->options->timings.wanted)
        hand->record_time += mn_thread_time() - started;
    if (document)
        keep_notices(document, &outcome->notices);
    if (outcome->status == MN_OK && document) {
        entry->kind = kind_of(document);
        summary_add(&outcome->counts, document);
    } else if (batch->options->output && !hand->input.output_taken) {
        output_remove(&hand->output, hand->input.output, ".xml");
    }
}

/* Whether the outcome of an earlier run stands: then it is taken over. */
static void look_back(struct batch *batch, struct hand *hand, struct outcome *outcome, struct entry *entry)
{
    const struct mn_input *input = &hand->input;
    struct entry before;
    struct mn_slice line;
    outcome->state = RESUME_NEW;
    entry->has_key = input->status == MN_OK && mn_sha256(input->bytes, &entry->source_sha256) &&
                     make_key(batch, input, &entry->source_sha256, &entry->key);
    if (!batch->options->output || !entry->has_key)
        return;
    outcome->state = resume_look(&batch->resume, entry->id, input->output, &entry->key, &hand->room, &before, &line);
    if (outcome->state != RESUME_DONE)
        return;
    outcome->status = before.status;
    outcome->counts = before.counts;
    if (before.status != MN_OK)
        mn_fail(&outcome->error, before.status, "%.*s", MN_SLICE_ARGS(before.reason));
    entry_write_reused(line, &outcome->entry);
}

/* Records that do not come: an outcome without one must not be taken for a document without findings. */
static void check_memory(struct outcome *outcome)
{
    if (outcome->name.status == MN_OK && outcome->notices.status == MN_OK && outcome->entry.status == MN_OK &&
        outcome->record.status == MN_OK)
        return;
    outcome->status = mn_fail_memory(&outcome->error);
}

static void clear(struct outcome *outcome)
{
    mn_writer_clear(&outcome->name);
    mn_writer_clear(&outcome->notices);
    mn_writer_clear(&outcome->entry);
    mn_writer_clear(&outcome->record);
    outcome->status = MN_OK;
    outcome->error = (struct mn_error){0};
    outcome->output_failed = false;
    memset(&outcome->counts, 0, sizeof outcome->counts);
}

static void finish_entry(const struct hand *hand, struct outcome *outcome, struct entry *entry, double started)
{
    entry->status = outcome->status;
    entry->bytes = hand->input.bytes.size;
    entry->counts = outcome->counts;
    entry->reason = mn_slice_of(outcome->error.message);
    entry->notices = text_of(&outcome->notices);
    entry->milliseconds = (uint64_t)((clock_seconds() - started) * 1000);
    entry_write(entry, &outcome->entry);
}

static void work(void *context, void *own, void *place)
{
    struct batch *batch = context;
    struct hand *hand = own;
    struct outcome *outcome = place;
    const struct mn_input *input = &hand->input;
    double started = clock_seconds();
    struct entry entry = {.id = entry_id(input->output),
                          .name = input->name,
                          .output = input->output,
                          .url = input->given.url,
                          .retrieved = input->given.retrieved};
    clear(outcome);
    mn_write(&outcome->name, input->name);
    outcome->bytes = input->bytes.size;
    look_back(batch, hand, outcome, &entry);
    if (outcome->state != RESUME_DONE && !batch->options->dry_run) {
        extract_document(batch, hand, outcome, &entry);
        finish_entry(hand, outcome, &entry, started);
    }
    check_memory(outcome);
}

static void tell(const struct batch *batch, const struct outcome *outcome)
{
    struct mn_slice name = text_of(&outcome->name), notices = text_of(&outcome->notices);
    if (outcome->status != MN_OK)
        log_failure(name, &outcome->error);
    for (size_t at = 0; !batch->session->quiet && at < notices.size; at += strlen(notices.data + at) + 1)
        log_notice(name, mn_slice_of(notices.data + at));
}

static void count(struct batch *batch, const struct outcome *outcome)
{
    atomic_fetch_add(&batch->documents, 1);
    atomic_fetch_add(&batch->bytes, outcome->bytes);
    batch->run.reused += outcome->state == RESUME_DONE && outcome->status == MN_OK;
    if (outcome->status == MN_OK) {
        summary_merge(&batch->summary, &outcome->counts);
        return;
    }
    atomic_fetch_add(&batch->failed, 1);
    batch->session->failed++;
    batch->run.status_counts[outcome->status]++;
    batch->output_failed |= outcome->output_failed;
}

/* The record or the failure to standard output. */
static void print_outcome(struct batch *batch, const struct outcome *outcome)
{
    if (batch->options->output)
        return;
    if (!batch->options->stream) {
        mn_write(records_entry(&batch->records), outcome->status == MN_OK ? text_of(&outcome->record) : MN_EMPTY);
        batch->output_failed |= batch->records.out.status == MN_NOT_WRITABLE;
        return;
    }
    struct mn_error error;
    if (outcome->status == MN_OK)
        write_one_line(&batch->stream, text_of(&outcome->record));
    else
        entry_write_alone(text_of(&outcome->entry), &batch->stream);
    batch->output_failed |= mn_writer_finish(&batch->stream, &error) != MN_OK;
}

static void print_plan(struct batch *batch, const struct outcome *outcome)
{
    static const char *const words[] = {
        [RESUME_NEW] = "new\t", [RESUME_CHANGED] = "changed\t", [RESUME_DONE] = "done\t"};
    struct mn_slice name = text_of(&outcome->name);
    mn_write(&batch->stream, mn_slice_of(words[outcome->state]));
    mn_write(&batch->stream, name);
    mn_write_char(&batch->stream, '\n');
}

static void deliver(void *context, void *place)
{
    struct batch *batch = context;
    const struct outcome *outcome = place;
    struct mn_error error;
    if (batch->failed_fast)
        return;
    if (batch->options->dry_run) {
        print_plan(batch, outcome);
        batch->summary.documents += outcome->state != RESUME_DONE;
        batch->run.reused += outcome->state == RESUME_DONE;
        return;
    }
    tell(batch, outcome);
    count(batch, outcome);
    print_outcome(batch, outcome);
    if (report_add(&batch->report, text_of(&outcome->entry), &error) != MN_OK) {
        message("%s", error.message);
        batch->output_failed = true;
    }
    batch->failed_fast = batch->options->fail_fast && outcome->status != MN_OK;
    if (batch->failed_fast || batch->output_failed)
        atomic_store(&batch->ended, true);
}

static void tick(void *context)
{
    struct batch *batch = context;
    progress_tick(batch->progress, atomic_load(&batch->documents), atomic_load(&batch->failed),
                  atomic_load(&batch->bytes), mn_feed_consumed(batch->feed));
}

static void free_hand(struct hand *hand)
{
    mn_worker_destroy(hand->worker);
    mn_profiler_close(&hand->profiler);
    mn_validator_destroy(hand->validator);
    mn_input_free(&hand->input);
    mn_writer_free(&hand->record);
    free(hand->room.line);
    free(hand);
}

static struct hand *make_hand(const struct batch *batch, size_t number, struct mn_error *error)
{
    struct hand *hand = calloc(1, sizeof *hand);
    if (!hand) {
        mn_fail_memory(error);
        return NULL;
    }
    hand->output = (struct output){batch->options->output, number};
    mn_writer_init(&hand->record, NULL);
    hand->worker = mn_worker_create(batch->session->rules);
    bool ok = hand->worker && mn_input_init(&hand->input) &&
              (!batch->options->profile || mn_profiler_open(&hand->profiler, batch->session->rules));
    if (!ok)
        mn_fail_memory(error);
    if (ok && batch->options->validate)
        ok = mn_validator_create(data_folder("schemas"), &hand->validator, error) == MN_OK;
    if (ok) {
        if (batch->options->timings.wanted)
            mn_worker_measure(hand->worker, &hand->times);
        if (batch->options->profile)
            mn_worker_listen(hand->worker, &hand->profiler.trace, &hand->profiler.derivation);
        return hand;
    }
    free_hand(hand);
    return NULL;
}

static void free_outcome(struct outcome *outcome)
{
    mn_writer_free(&outcome->name);
    mn_writer_free(&outcome->notices);
    mn_writer_free(&outcome->entry);
    mn_writer_free(&outcome->record);
    free(outcome);
}

/* Fills both arrays as far as memory goes; false where that is not far enough. */
static bool make_crew(struct batch *batch, struct mn_crew *crew, struct mn_error *error)
{
    bool ok = crew->hands && crew->places;
    if (!ok)
        mn_fail_memory(error);
    while (ok && crew->hand_count < batch->options->threads) {
        void *hand = make_hand(batch, crew->hand_count, error);
        if (!hand)
            break;
        crew->hands[crew->hand_count++] = hand;
    }
    ok = crew->hand_count > 0;
    while (ok && crew->place_count < crew->hand_count * PLACES_PER_HAND) {
        struct outcome *outcome = calloc(1, sizeof *outcome);
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
        free_hand(crew->hands[i]);
    }
    for (size_t i = 0; i < crew->place_count; i++)
        free_outcome(crew->places[i]);
    free(crew->hands);
    free(crew->places);
}

static int run_crew(struct batch *batch)
{
    size_t threads = batch->options->threads;
    struct mn_error error;
    struct mn_crew crew = {
        .context = batch,
        .take = take,
        .work = work,
        .deliver = deliver,
        .tick = batch->progress ? tick : NULL,
        .tick_milliseconds = TICK_MILLISECONDS,
        .hands = calloc(threads, sizeof(void *)),
        .places = calloc(threads * PLACES_PER_HAND, sizeof(void *)),
    };
    bool made = make_crew(batch, &crew, &error);
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

static enum mn_status begin_report(struct batch *batch, const char *path, struct mn_error *error)
{
    const struct session *session = batch->session;
    char threads[32], limit[32], max_bytes[32], started[32];
    time_t seconds = time(NULL);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &utc);
    snprintf(threads, sizeof threads, "%zu", batch->options->threads);
    snprintf(limit, sizeof limit, "%zu", batch->options->limit);
    snprintf(max_bytes, sizeof max_bytes, "%zu", session->feed.max_bytes);
    const struct report_setting settings[] = {
        {"tool", MN_LITERAL("minutiae")},
        {"version", MN_LITERAL(MN_VERSION)},
        {"rules-sha256", session->rules->sha256},
        {"started", mn_slice_of(started)},
        {"output", mn_slice_of(batch->options->output)},
        {"date", mn_slice_of(session->date)},
        {"charset", mn_slice_of(session->charset)},
        {"metadata", mn_slice_of(session->metadata_path)},
        {"max-bytes", mn_slice_of(max_bytes)},
        {"limit", batch->options->limit ? mn_slice_of(limit) : MN_EMPTY},
        {"threads", mn_slice_of(threads)},
        {"validate", batch->options->validate ? MN_LITERAL("true") : MN_EMPTY},
    };
    return report_begin(&batch->report, path, settings, sizeof settings / sizeof *settings, error);
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
    enum mn_status status = make_basis(batch) ? MN_OK : mn_fail(&error, MN_INTERNAL, "SHA-256 is not available");
    if (status == MN_OK && options->output)
        status =
            resume_open(&batch->resume, options->output, options->report, !options->dry_run, options->force, &error);
    const char *report = options->output ? batch->resume.report : options->report;
    if (status == MN_OK && report && !options->dry_run)
        status = begin_report(batch, report, &error);
    if (status == MN_OK) {
        batch->feed = mn_feed_open(&batch->session->feed);
        status = batch->feed ? MN_OK : mn_fail_memory(&error);
    }
    if (status == MN_OK)
        return -1;
    message("%s", error.message);
    return status == MN_NOT_WRITABLE ? EXIT_OUTPUT_ERROR : EXIT_SOME_FAILED;
}

/* What ended the run early; null when it came to its end. The first word stands in the report. */
static const char *early_end(const struct batch *batch)
{
    if (stop_signal())
        return "interrupted";
    if (batch->output_failed)
        return "output cannot be written";
    if (batch->failed_fast)
        return "first failure";
    return batch->limited ? "limit" : NULL;
}

static enum mn_status write_ending(struct batch *batch, const char *early, struct mn_error *error)
{
    struct mn_writer line;
    mn_writer_init(&line, NULL);
    mn_write_literal(&line, "<end");
    mn_write_attribute(&line, "status", mn_slice_of(early ? early : "complete"));
    mn_write_attribute_number(&line, "records", batch->summary.documents);
    mn_write_attribute_number(&line, "reused", batch->run.reused);
    mn_write_attribute_number(&line, "failed", batch->session->failed);
    mn_write_attribute_number(&line, "left-aside", batch->run.left_aside);
    mn_write_attribute_number(&line, "not-followed", batch->run.special);
    mn_write_attribute_number(&line, "milliseconds", (uint64_t)(batch->run.seconds * 1000));
    mn_write_literal(&line, "/>\n");
    enum mn_status status = mn_writer_finish(&line, error);
    if (status == MN_OK)
        status = report_end(&batch->report, text_of(&line), error);
    mn_writer_free(&line);
    return status;
}

static void end_standard_output(struct batch *batch)
{
    struct mn_error error;
    bool plain = !batch->options->output && !batch->options->stream && !batch->options->dry_run;
    enum mn_status status = plain ? records_end(&batch->records, &error) : mn_writer_finish(&batch->stream, &error);
    if (status != MN_OK)
        message("standard output: %s", error.message);
    batch->output_failed |= status != MN_OK;
}

static void print_end(struct batch *batch, const char *early)
{
    batch->run.where = batch->options->output;
    batch->run.report = batch->options->dry_run ? NULL : batch->report.path;
    batch->run.ended_by = early;
    batch->run.failed = batch->session->failed;
    if (batch->options->dry_run)
        log_line("%zu document%s to be done, %zu done already", batch->summary.documents,
                 plural_s(batch->summary.documents), batch->run.reused);
    else if (!batch->session->quiet && (batch->options->output || batch->options->report))
        summary_print(&batch->summary, &batch->run);
    size_t unseen = batch->options->output && !early ? journal_unseen(batch->resume.journal) : 0;
    if (unseen && !batch->session->quiet)
        log_line("  %zu document%s of the run before did not come this time; what %s records stay", unseen,
                 plural_s(unseen), unseen == 1 ? "it has of" : "they have of");
}

/* A run that ended early has come to documents by chance: it leaves no profile. */
static void save_profile(struct batch *batch, const char *early)
{
    struct mn_error error;
    const char *path = batch->options->profile;
    if (early && !batch->limited) {
        message("%s: no profile is written, as the run ended early", path);
        return;
    }
    enum mn_status status = batch->profile_failed ? mn_fail_memory(&error) : profile_save(path, batch->profile, &error);
    if (status == MN_OK)
        return;
    message("%s", error.message);
    batch->output_failed = true;
}

static int end_code(const struct batch *batch)
{
    if (stop_signal())
        return EXIT_SIGNAL + stop_signal();
    return batch->output_failed ? EXIT_OUTPUT_ERROR : session_exit(batch->session);
}

static int end_batch(struct batch *batch, double started)
{
    struct mn_error error;
    struct mn_walk_counts counts = mn_feed_counts(batch->feed);
    batch->run.left_aside = counts.left_aside;
    batch->run.special = counts.special;
    end_standard_output(batch);
    if (batch->options->output && !batch->options->dry_run)
        output_close(batch->options->output);
    batch->run.seconds = clock_seconds() - started;
    const char *early = early_end(batch);
    if (write_ending(batch, early, &error) != MN_OK && !batch->output_failed) {
        message("%s", error.message);
        batch->output_failed = true;
    }
    if (batch->profile)
        save_profile(batch, early);
    progress_close(batch->progress);
    batch->progress = NULL;
    print_end(batch, early);
    if (batch->options->timings.wanted)
        timings_print(&batch->options->timings);
    return end_code(batch);
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
    session->feed.unique_outputs = options->output != NULL;
    int code = open_batch(&batch);
    if (code < 0 && !session->quiet)
        batch.progress = progress_open(&session->feed.walk);
    if (code < 0)
        code = run_crew(&batch);
    bool ran = code < 0;
    if (ran)
        code = end_batch(&batch, started);
    close_batch(&batch, ran && !early_end(&batch));
    return code;
}
