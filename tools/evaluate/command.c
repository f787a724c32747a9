#include "command.h"
#include "options.h"
#include "report.h"
#include "texts.h"

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

static enum mn_status score_all(struct mn_arena *arena, const struct evaluation *evaluation, struct score_list *scores,
                                struct mn_error *error)
{
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        if (!scores_of(arena, evaluation, (enum measure)m, &scores[m]))
            return mn_fail_memory(error);
    }
    return MN_OK;
}

/* Evaluates one folder of records. */
static enum mn_status evaluate_records(struct mn_arena *arena, const struct file_list *gold, const char *path,
                                       struct evaluation *evaluation, struct score_list *scores, struct mn_error *error)
{
    struct file_list records;
    enum mn_status status = files_gather(arena, &path, 1, PREFER_RECORDS, &records, error);
    if (status == MN_OK)
        status = evaluation_run(arena, gold, &records, evaluation, error);
    return status == MN_OK ? score_all(arena, evaluation, scores, error) : status;
}

/* The older records, if asked for. */
static enum mn_status compare(const struct options *options, const struct file_list *gold, struct evaluation *before,
                              struct report *report, struct mn_error *error)
{
    if (!options->compare)
        return MN_OK;
    report->before = before;
    enum mn_status status =
        evaluate_records(report->arena, gold, options->compare, before, report->scores_before, error);
    if (status == MN_OK && !changes_find(report->arena, before, report->evaluation, &report->changes))
        status = mn_fail_memory(error);
    return status;
}

static enum mn_status write_out(const struct options *options, const struct report *report, FILE *out,
                                struct mn_error *error)
{
    static write_report *const formats[] = {report_text, report_xml, report_html};
    _Static_assert(sizeof formats / sizeof *formats == FORMAT_COUNT, "every format is written");
    struct mn_writer writer;
    mn_writer_init(&writer, out);
    enum mn_status status = formats[options->format](report, &writer, error);
    if (status == MN_OK)
        status = mn_writer_finish(&writer, error);
    mn_writer_free(&writer);
    return status;
}

static enum mn_status evaluate(const struct options *options, struct report *report, FILE *out, struct mn_error *error)
{
    struct file_list gold;
    struct evaluation after;
    struct evaluation before;
    struct mn_arena *arena = report->arena;
    size_t last = options->operand_count - 1;
    report->evaluation = &after;
    report->list = options->list;
    enum mn_status status = files_gather(arena, options->operands, last, PREFER_GOLD, &gold, error);
    if (status == MN_OK)
        status = evaluate_records(arena, &gold, options->operands[last], &after, report->scores, error);
    if (status == MN_OK &&
        (!evaluation_tally(arena, &after, &report->tallies) || !evaluation_tally_facts(arena, &after, &report->facts)))
        status = mn_fail_memory(error);
    if (status == MN_OK)
        status = compare(options, &gold, &before, report, error);
    if (status == MN_OK && options->text)
        status = texts_read(arena, options->text, &after, error);
    if (status == MN_OK)
        status = write_out(options, report, out, error);
    report->evaluation = report->before = NULL; /* they end here */
    return status;
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

int evaluate_command(int count, const char **arguments, FILE *out, FILE *err)
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
