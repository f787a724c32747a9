/* How the run ended: in the report, on standard output and on the terminal, and as an exit code. */
#include "command/batch_parts.h"

#include "command/clock.h"
#include "command/profiles.h"
#include "command/stop.h"

const char *batch_early_end(const struct batch *batch)
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
        message("%s: no profile is written, as the run ended early; run again", path);
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

int batch_end(struct batch *batch, double started)
{
    struct mn_error error;
    struct mn_walk_counts counts = mn_feed_counts(batch->feed);
    batch->run.left_aside = counts.left_aside;
    batch->run.special = counts.special;
    end_standard_output(batch);
    if (batch->options->output && !batch->options->dry_run)
        output_close(batch->options->output);
    batch->run.seconds = clock_seconds() - started;
    const char *early = batch_early_end(batch);
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
