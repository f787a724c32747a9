#include "command.h"
#include "options.h"
#include "report.h"

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

static enum mn_status make_report(const struct options *options, const struct evaluation *evaluation,
                                  struct report *report, struct mn_error *error)
{
    report->evaluation = evaluation;
    report->list = options->list;
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        if (!scores_of(report->arena, evaluation, (enum measure)m, &report->scores[m]))
            return mn_fail_memory(error);
    }
    return evaluation_tally(report->arena, evaluation, &report->tallies) ? MN_OK : mn_fail_memory(error);
}

static enum mn_status write_report(const struct report *report, FILE *out, struct mn_error *error)
{
    struct mn_writer writer;
    mn_writer_init(&writer, out);
    bool written = report_text(report, &writer);
    enum mn_status status = mn_writer_finish(&writer, error);
    mn_writer_free(&writer);
    return written ? status : mn_fail_memory(error);
}

static enum mn_status evaluate_records(struct mn_arena *arena, const struct file_list *gold, char *records_path,
                                       struct evaluation *evaluation, struct mn_error *error)
{
    struct file_list records;
    enum mn_status status = files_gather(arena, &records_path, 1, PREFER_RECORDS, &records, error);
    return status == MN_OK ? evaluation_run(arena, gold, &records, evaluation, error) : status;
}

static enum mn_status evaluate(const struct options *options, struct report *report, FILE *out, struct mn_error *error)
{
    struct file_list gold;
    struct evaluation evaluation;
    size_t last = options->operand_count - 1;
    enum mn_status status = files_gather(report->arena, options->operands, last, PREFER_GOLD, &gold, error);
    if (status == MN_OK)
        status = evaluate_records(report->arena, &gold, options->operands[last], &evaluation, error);
    if (status == MN_OK)
        status = make_report(options, &evaluation, report, error);
    return status == MN_OK ? write_report(report, out, error) : status;
}

/* Names the kinds whose F1 is below what was asked for; true if there are none. A kind that is neither in the gold nor
 * found has no F1 and passes. */
static bool minimums_reached(const struct options *options, const struct report *report, FILE *err)
{
    bool reached = true;
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        double f1 = score_micro(&report->scores[m])->figures[FIGURE_F1].value;
        if (f1 < 0 || f1 >= options->minimum[m])
            continue;
        fprintf(err, "minutiae-evaluate: F1 of %s is %.3f, below the minimum of %.3f\n", measure_word((enum measure)m),
                f1, options->minimum[m]);
        reached = false;
    }
    return reached;
}

int evaluate_command(int count, char **arguments, FILE *out, FILE *err)
{
    struct options options;
    struct mn_error error;
    enum mn_status status = options_read(count, arguments, &options, &error);
    if (status == MN_OK && options.help) {
        options_help(out);
        return EXIT_DONE;
    }
    struct report report = {.arena = mn_arena_create()};
    if (status == MN_OK)
        status = report.arena ? evaluate(&options, &report, out, &error) : mn_fail_memory(&error);
    if (status != MN_OK)
        fprintf(err, "minutiae-evaluate: %s\n", error.message);
    bool reached = status != MN_OK || minimums_reached(&options, &report, err);
    mn_arena_destroy(report.arena);
    if (status == MN_USAGE)
        return EXIT_USAGE;
    return status == MN_OK && reached ? EXIT_DONE : EXIT_FAILED;
}
