/* extract: the main job, all stages in one process. */
#include "command/batch.h"
#include "command/commands.h"

#include <stdlib.h>

/* Options that say nothing together. -1, or the exit code after a message. */
static int check_options(const struct batch_options *options)
{
    if (options->stream && options->output) {
        message("extract: --stream writes to standard output; leave --output out");
        return EXIT_USAGE_ERROR;
    }
    if (options->dry_run && options->profile) {
        message("extract: --dry-run does nothing that a profile could count; leave --profile out");
        return EXIT_USAGE_ERROR;
    }
    if (options->dry_run && !options->output) {
        message("extract: --dry-run tells what is still to be done in an output folder; give it with --output");
        return EXIT_USAGE_ERROR;
    }
    return -1;
}

int run_extract(const struct command *command, int count, char **arguments)
{
    struct session session = {0};
    struct batch_options batch = {0};
    const struct option options[] = {
        {"output", 'o', OPTION_TEXT, &batch.output, "DIR", "folder for the records, one per document; not read itself"},
        {"stream", 's', OPTION_FLAG, &batch.stream, NULL,
         "records to standard output, each on a line of its own as it comes, failures too"},
        {"report", 0, OPTION_TEXT, &batch.report, "FILE",
         "where the run report goes (default DIR/.minutiae/report.xml)"},
        {"profile", 0, OPTION_TEXT, &batch.profile, "FILE",
         "count what each rule did ('minutiae rules list --profile FILE'); nothing is taken over from earlier runs"},
        {"threads", 'j', OPTION_NUMBER, &batch.threads, "N", "threads (default: as many as there are processors)"},
        {"force", 'f', OPTION_FLAG, &batch.force, NULL, "do again what an earlier run into DIR has done"},
        {"dry-run", 'n', OPTION_FLAG, &batch.dry_run, NULL, "only print what is new, changed, done"},
        {"fail-fast", 0, OPTION_FLAG, &batch.fail_fast, NULL, "end at the first document that fails"},
        {"limit", 0, OPTION_NUMBER, &batch.limit, "N", "end after the first N documents"},
        SESSION_DATE_OPTION(&session),
        SESSION_READ_OPTIONS(&session),
        {"validate", 0, OPTION_FLAG, &batch.validate, NULL, "check each record against the schemas before writing it"},
        {"timings", 0, OPTION_FLAG, &batch.timings.wanted, NULL, "print at the end what each stage took"},
        SESSION_OPTIONS(&session),
    };
    struct option_list paths = {0};
#ifndef NDEBUG
    batch.validate = true;
#endif
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &paths);
    if (code < 0)
        code = session_paths(&session, command, &paths);
    if (code < 0)
        code = check_options(&batch);
    batch.force = batch.force || batch.profile; /* a profile counts every document */
    if (code < 0)
        code = session_open(&session);
    if (code < 0)
        code = batch_run(&session, &batch);
    session_close(&session);
    free(paths.items);
    return code;
}
