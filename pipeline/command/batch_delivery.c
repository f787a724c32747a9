/* What became of documents, handed on in their order by one thread: records get their names, messages are told, the
 * report and standard output get what is theirs. */
#include "command/batch_parts.h"

#include "command/oneline.h"

#include <stdlib.h>

struct outcome *outcome_create(const struct batch *batch, size_t number)
{
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (!outcome)
        return NULL;
    outcome->output = (struct output){.folder = batch->options->output, .number = number, .ending = ".xml"};
    return outcome;
}

void outcome_destroy(struct outcome *outcome)
{
    mn_writer_free(&outcome->output_name);
    mn_writer_free(&outcome->name);
    mn_writer_free(&outcome->notices);
    mn_writer_free(&outcome->entry);
    mn_writer_free(&outcome->record);
    free(outcome);
}

void outcome_clear(struct outcome *outcome)
{
    mn_writer_clear(&outcome->output_name);
    mn_writer_clear(&outcome->name);
    mn_writer_clear(&outcome->notices);
    mn_writer_clear(&outcome->entry);
    mn_writer_clear(&outcome->record);
    outcome->status = MN_OK;
    outcome->error = (struct mn_error){0};
    outcome->prepared = outcome->owns_name = outcome->output_failed = false;
    memset(&outcome->counts, 0, sizeof outcome->counts);
}

/* The record that was to be there cannot be: the document has failed after all. */
static void fail_late(struct outcome *outcome, enum mn_status status)
{
    struct mn_writer entry;
    mn_writer_init(&entry, NULL);
    entry_write_failed(text_of(&outcome->entry), &outcome->error, &entry);
    mn_writer_free(&outcome->entry);
    outcome->entry = entry;
    outcome->status = entry.status == MN_OK ? status : mn_fail_memory(&outcome->error);
    outcome->output_failed = status == MN_NOT_WRITABLE;
    memset(&outcome->counts, 0, sizeof outcome->counts);
}

/* The record that is prepared gets its name, or what an earlier run left under it goes. */
static void settle_file(struct outcome *outcome, bool synced)
{
    enum mn_status status = outcome->status;
    if (outcome->prepared && status != MN_OK)
        output_drop(&outcome->output);
    if (outcome->prepared && status == MN_OK)
        status = output_place(&outcome->output, synced, &outcome->error);
    if (status != MN_OK && outcome->owns_name && outcome->output_name.status == MN_OK)
        output_remove(&outcome->output);
    if (status != outcome->status)
        fail_late(outcome, status);
}

static void tell(const struct batch *batch, const struct outcome *outcome)
{
    struct mn_slice name = text_of(&outcome->name), notices = text_of(&outcome->notices);
    if (outcome->status != MN_OK)
        log_failure(name, &outcome->error);
    for (size_t at = 0; !batch->session->quiet && at < notices.size; at += strlen(notices.data + at) + 1)
        log_notice(name, mn_slice_of(notices.data + at));
}

static void count_outcome(struct batch *batch, const struct outcome *outcome)
{
    batch->documents++;
    batch->bytes += outcome->bytes;
    batch->run.reused += outcome->state == RESUME_DONE && outcome->status == MN_OK;
    if (outcome->status == MN_OK) {
        summary_merge(&batch->summary, &outcome->counts);
        return;
    }
    batch->failed++;
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
    mn_write(&batch->stream, mn_slice_of(words[outcome->state]));
    mn_write(&batch->stream, text_of(&outcome->name));
    mn_write_char(&batch->stream, '\n');
    batch->summary.documents += outcome->state != RESUME_DONE;
    batch->run.reused += outcome->state == RESUME_DONE;
}

static void report_outcome(struct batch *batch, const struct outcome *outcome)
{
    struct mn_error error;
    if (outcome->entry.status != MN_OK)
        return; /* memory was out, which was told */
    if (report_add(&batch->report, text_of(&outcome->entry), &error) == MN_OK)
        return;
    message("%s", error.message);
    batch->output_failed = true;
}

/* After the end nothing is handed on. */
static void deliver_one(struct batch *batch, struct outcome *outcome, bool synced)
{
    if (batch->failed_fast || batch->output_failed) {
        if (outcome->prepared)
            output_drop(&outcome->output);
        return;
    }
    if (batch->options->output)
        settle_file(outcome, synced);
    tell(batch, outcome);
    count_outcome(batch, outcome);
    print_outcome(batch, outcome);
    report_outcome(batch, outcome);
    batch->failed_fast = batch->options->fail_fast && outcome->status != MN_OK;
    if (batch->failed_fast || batch->output_failed)
        atomic_store(&batch->ended, true);
}

/* Many files are synced in one go where that can be done, which takes hardly longer than one does. */
static bool sync_files(const struct batch *batch, void *const *outcomes, size_t count)
{
    size_t prepared = 0;
    for (size_t i = 0; i < count; i++)
        prepared += ((const struct outcome *)outcomes[i])->prepared;
    return prepared > 1 && output_sync(batch->options->output);
}

void batch_deliver(void *context, void *const *outcomes, size_t count)
{
    struct batch *batch = context;
    if (batch->options->dry_run) {
        for (size_t i = 0; i < count; i++)
            print_plan(batch, outcomes[i]);
        return;
    }
    bool synced = sync_files(batch, outcomes, count);
    for (size_t i = 0; i < count; i++)
        deliver_one(batch, outcomes[i], synced);
}
