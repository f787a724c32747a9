/* A document by one of several threads: whether an earlier outcome stands, else all stages and the record. */
#include "command/batch_parts.h"

#include "command/clock.h"
#include "command/places.h"
#include "command/stop.h"
#include "record/record.h"

#include <stdlib.h>

bool batch_take(void *context, void *hand, void *place)
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

/* The finished record is checked when that is asked for, then written whole to a file or to the outcome. */
static enum mn_status make_record(const struct batch *batch, struct hand *hand, const struct mn_document *document,
                                  struct outcome *outcome, struct entry *entry, struct mn_error *error)
{
    bool to_file = batch->options->output != NULL;
    struct mn_writer *writer = to_file ? &hand->record : &outcome->record;
    mn_writer_clear(writer);
    if (to_file)
        mn_write_literal(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    enum mn_status status = mn_record_write(document, writer, error);
    if (status == MN_OK)
        status = mn_writer_finish(writer, error);
    if (status == MN_OK && hand->validator)
        status = mn_validate(hand->validator, hand->input.name.data, text_of(writer), error);
    if (status != MN_OK || !to_file)
        return status;
    entry->has_record = mn_sha256(text_of(writer), &entry->record_sha256);
    status = output_prepare(&outcome->output, text_of(writer), error);
    outcome->prepared = status == MN_OK;
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
    const struct mn_sha256 *sha256 = entry->has_source ? &entry->source_sha256 : NULL;
    outcome->status =
        session_run(batch->session, hand->worker, &hand->input, sha256, MN_LAYER_INTERPRET, &document, &outcome->error);
    if (outcome->status == MN_OK && batch->options->profile)
        mn_profiler_end(&hand->profiler, document);
    uint64_t started = batch->options->timings.wanted ? mn_thread_time() : 0;
    if (outcome->status == MN_OK)
        outcome->status = make_record(batch, hand, document, outcome, entry, &outcome->error);
    if (batch->options->timings.wanted)
        hand->record_time += mn_thread_time() - started;
    if (document)
        keep_notices(document, &outcome->notices);
    outcome->owns_name = !hand->input.output_taken;
    if (outcome->status == MN_OK && document) {
        entry->kind = kind_of(document);
        summary_add(&outcome->counts, document);
    }
}

/* Whether the outcome of an earlier run stands: then it is taken over. */
static void look_back(struct batch *batch, struct hand *hand, struct outcome *outcome, struct entry *entry)
{
    const struct mn_input *input = &hand->input;
    struct entry before;
    struct mn_slice line;
    outcome->state = RESUME_NEW;
    entry->has_source = input->status == MN_OK && mn_sha256(input->bytes, &entry->source_sha256);
    entry->has_key =
        entry->has_source && batch->keeps && batch_make_key(batch, input, &entry->source_sha256, &entry->key);
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
    const struct mn_writer *writers[] = {&outcome->name, &outcome->output_name, &outcome->notices, &outcome->entry,
                                         &outcome->record};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (writers[i]->status != MN_OK)
            outcome->status = mn_fail_memory(&outcome->error);
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

void batch_work(void *context, void *own, void *place)
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
    outcome_clear(outcome);
    mn_write(&outcome->name, input->name);
    mn_write(&outcome->output_name, input->output);
    outcome->output.name = text_of(&outcome->output_name);
    outcome->bytes = input->bytes.size;
    look_back(batch, hand, outcome, &entry);
    if (outcome->state != RESUME_DONE && !batch->options->dry_run) {
        extract_document(batch, hand, outcome, &entry);
        finish_entry(hand, outcome, &entry, started);
    }
    check_memory(outcome);
}

void hand_destroy(struct hand *hand)
{
    if (!hand)
        return;
    mn_worker_destroy(hand->worker);
    mn_profiler_close(&hand->profiler);
    mn_validator_destroy(hand->validator);
    mn_input_free(&hand->input);
    mn_writer_free(&hand->record);
    free(hand->room.line);
    free(hand);
}

static bool fill(struct hand *hand, const struct batch *batch, struct mn_error *error)
{
    const struct batch_options *options = batch->options;
    mn_writer_init(&hand->record, NULL);
    hand->worker = mn_worker_create(batch->session->rules);
    if (!hand->worker || !mn_input_init(&hand->input) ||
        (options->profile && !mn_profiler_open(&hand->profiler, batch->session->rules))) {
        mn_fail_memory(error);
        return false;
    }
    if (options->validate && mn_validator_create(data_folder("schemas"), &hand->validator, error) != MN_OK)
        return false;
    if (options->timings.wanted)
        mn_worker_measure(hand->worker, &hand->times);
    if (options->profile)
        mn_worker_listen(hand->worker, &hand->profiler.trace, &hand->profiler.derivation);
    return true;
}

struct hand *hand_create(const struct batch *batch, struct mn_error *error)
{
    struct hand *hand = calloc(1, sizeof *hand);
    if (!hand)
        mn_fail_memory(error);
    if (hand && fill(hand, batch, error))
        return hand;
    hand_destroy(hand);
    return NULL;
}
