/* extract: the main job, all stages in one process on one arena. */
#include "command/commands.h"
#include "command/outputs.h"
#include "command/places.h"
#include "command/records.h"
#include "command/session.h"
#include "command/summary.h"
#include "command/timings.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct extract {
    struct session session;
    const char *output;
    bool validate;
    struct inputs inputs;
    struct summary summary;
    struct timings timings;
    struct mn_validator *validator;
    struct mn_writer record; /* of one document, with --output */
    struct records records;  /* without */
    bool output_failed;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int compare_outputs(const void *a, const void *b)
{
    const struct input *x = *(const struct input *const *)a, *y = *(const struct input *const *)b;
    int order = strcmp(x->output, y->output);
    return order ? order : (x > y) - (x < y);
}

/* Two inputs whose records would have the same name: all but the first fail, so that none overwrites another. */
static bool refuse_duplicates(struct inputs *inputs)
{
    const struct input **sorted = malloc((inputs->count + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < inputs->count; i++)
        if (inputs->items[i].status == MN_OK)
            sorted[count++] = &inputs->items[i];
    qsort(sorted, count, sizeof *sorted, compare_outputs);
    bool ok = true;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i]->output, sorted[i - 1]->output) != 0)
            continue;
        struct input *input = &inputs->items[sorted[i] - inputs->items];
        input->status = MN_NOT_WRITABLE;
        input->reason = strdup("another input has the same name and its record would be overwritten; "
                               "give their common folder instead, or run twice with two output folders");
        ok = ok && input->reason;
    }
    free(sorted);
    return ok;
}

static enum mn_status check_record(struct extract *extract, const char *name, struct mn_slice record,
                                   struct mn_error *error)
{
    return extract->validator ? mn_validate(extract->validator, name, record, error) : MN_OK;
}

/* The finished record is checked when that is asked for, then written whole. */
static enum mn_status deliver(struct extract *extract, const struct input *input, const struct mn_document *document,
                              struct mn_error *error)
{
    uint64_t started = extract->timings.wanted ? mn_thread_time() : 0;
    struct mn_writer *writer = &extract->record;
    mn_writer_clear(writer);
    if (extract->output)
        mn_write_literal(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    enum mn_status status = mn_record_write(document, writer, error);
    if (status == MN_OK)
        status = mn_writer_finish(writer, error);
    struct mn_slice record = {writer->data, writer->size};
    if (status == MN_OK)
        status = check_record(extract, input->path, record, error);
    if (status == MN_OK && extract->output)
        status = output_write(extract->output, input->output, ".xml", record, error);
    if (extract->timings.wanted)
        extract->timings.record += mn_thread_time() - started;
    return status;
}

static void extract_one(struct extract *extract, const struct input *input)
{
    struct mn_document *document;
    struct mn_error error;
    struct mn_writer *stream = extract->output ? NULL : records_entry(&extract->records);
    bool taken = input->status == MN_NOT_WRITABLE; /* its record's name is another's */
    enum mn_status status = session_run(&extract->session, input, MN_LAYER_INTERPRET, &document, &error);
    if (status == MN_OK) {
        status = deliver(extract, input, document, &error);
        extract->output_failed |= status == MN_NOT_WRITABLE;
        if (status != MN_OK)
            session_failure(&extract->session, mn_slice_of(input->path), &error);
    }
    if (status != MN_OK) {
        if (extract->output && !taken)
            output_remove(extract->output, input->output, ".xml");
        return;
    }
    if (stream)
        mn_write(stream, (struct mn_slice){extract->record.data, extract->record.size});
    summary_add(&extract->summary, document);
}

static int open_validator(struct extract *extract)
{
#ifndef NDEBUG
    extract->validate = true;
#endif
    struct mn_error error;
    if (!extract->validate || mn_validator_create(data_folder("schemas"), &extract->validator, &error) == MN_OK)
        return -1;
    message("schemas: %s", error.message);
    return EXIT_RULES_ERROR;
}

static int extract_all(struct extract *extract)
{
    double started = now();
    if (extract->timings.wanted)
        mn_worker_measure(extract->session.worker, &extract->timings.stages);
    mn_writer_init(&extract->record, NULL);
    if (!extract->output)
        records_begin(&extract->records);
    for (size_t i = 0; i < extract->inputs.count; i++)
        extract_one(extract, &extract->inputs.items[i]);
    mn_writer_free(&extract->record);
    struct mn_error error;
    if (!extract->output && records_end(&extract->records, &error) != MN_OK) {
        message("standard output: %s", error.message);
        extract->output_failed = true;
    }
    if (!extract->session.quiet && extract->output)
        summary_print(&extract->summary, &extract->inputs, extract->session.failed, now() - started, extract->output);
    if (extract->timings.wanted)
        timings_print(&extract->timings);
    return extract->output_failed ? EXIT_OUTPUT_ERROR : session_exit(&extract->session);
}

int run_extract(const struct command *command, int count, char **arguments)
{
    struct extract extract = {0};
    const struct option options[] = {
        {"output", 'o', OPTION_TEXT, &extract.output, "DIR",
         "folder for the records, one per document; not read itself"},
        SESSION_DATE_OPTION(&extract.session),
        SESSION_READ_OPTIONS(&extract.session),
        {"validate", 0, OPTION_FLAG, &extract.validate, NULL,
         "check each record against the schemas before writing it"},
        {"timings", 0, OPTION_FLAG, &extract.timings.wanted, NULL, "print at the end what each stage took"},
        SESSION_OPTIONS(&extract.session),
    };
    struct option_list paths = {0};
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &paths);
    if (code < 0 && paths.count == 0) {
        message("extract: a file, a folder or - is expected; 'minutiae extract --help' tells more");
        code = EXIT_USAGE_ERROR;
    }
    if (code < 0)
        code = session_open(&extract.session);
    if (code < 0)
        code = open_validator(&extract);
    extract.inputs.output = extract.output;
    if (code < 0 && (!inputs_collect(&extract.inputs, paths.items, paths.count) ||
                     (extract.output && !refuse_duplicates(&extract.inputs)))) {
        message("out of memory");
        code = EXIT_SOME_FAILED;
    }
    if (code < 0)
        code = extract_all(&extract);
    inputs_free(&extract.inputs);
    mn_validator_destroy(extract.validator);
    session_close(&extract.session);
    free(paths.items);
    return code;
}
