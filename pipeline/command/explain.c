/* explain: why something was found, or was not. */
#include "command/explain.h"
#include "command/commands.h"
#include "command/session.h"

#include <stdlib.h>
#include <string.h>

struct explain {
    struct session session;
    struct option_list rules;
    const char *at;
    bool all, xml;
};

static bool write_explanation(const struct explain *explain, struct mn_writer *out,
                              const struct mn_explanation *explanation)
{
    if (!explain->xml)
        return explain_text(out, explanation, explain->all);
    mn_write_literal(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return explain_xml(out, explanation);
}

static int print_explanation(const struct explain *explain, const struct mn_explanation *explanation)
{
    struct mn_writer out;
    struct mn_error error = {0};
    mn_writer_init(&out, stdout);
    enum mn_status status = write_explanation(explain, &out, explanation) ? MN_OK : mn_fail_memory(&error);
    if (status == MN_OK)
        status = mn_writer_finish(&out, &error);
    mn_writer_free(&out);
    if (status == MN_OK)
        return EXIT_DONE;
    message("standard output: %s", error.message);
    return status == MN_NO_MEMORY ? EXIT_SOME_FAILED : EXIT_OUTPUT_ERROR;
}

/* The rest of the document's way, listened to. */
static enum mn_status run_listened(const struct session *session, const struct mn_input *input,
                                   struct mn_document *document, struct mn_explanation *explanation,
                                   struct mn_error *error)
{
    struct mn_run_options options = session_options(session, input);
    mn_worker_listen(session->worker, &explanation->trace, &explanation->derivation);
    enum mn_status status = mn_worker_run(session->worker, document, MN_EMPTY, MN_LAYER_INTERPRET, &options, error);
    return status == MN_OK ? mn_explanation_finish(explanation, error) : status;
}

static int explain_input(struct explain *explain, const struct mn_input *input)
{
    struct session *session = &explain->session;
    struct mn_explanation explanation;
    struct mn_explanation_question question = {explain->rules.items, explain->rules.count, mn_slice_of(explain->at)};
    struct mn_document *document;
    struct mn_error error;
    if (session_do(session, input, MN_LAYER_TOKENISE, &document, &error) != MN_OK)
        return EXIT_SOME_FAILED;
    enum mn_status status = mn_explanation_begin(&explanation, document, mn_worker_forms(session->worker),
                                                 session->rules, &question, &error);
    if (status == MN_USAGE) {
        message("explain: %s", error.message);
        return EXIT_USAGE_ERROR;
    }
    if (status == MN_OK)
        status = run_listened(session, input, document, &explanation, &error);
    if (status == MN_OK)
        return print_explanation(explain, &explanation);
    session_failure(session, document->source.name, &error);
    return EXIT_SOME_FAILED;
}

/* The only document that the operand leads to. */
static int explain_only(struct explain *explain)
{
    struct mn_input input, other;
    bool ready = mn_input_init(&input);
    ready = mn_input_init(&other) && ready;
    struct mn_feed *feed = ready ? mn_feed_open(&explain->session.feed) : NULL;
    bool one = feed && mn_feed_next(feed, &input), several = one && mn_feed_next(feed, &other);
    int code = EXIT_SOME_FAILED;
    if (!feed) {
        message("out of memory");
    } else if (!one || several) {
        message("explain: one document is expected; %s",
                several ? "there are several (--include chooses)" : "there is none");
        code = EXIT_USAGE_ERROR;
    } else {
        code = explain_input(explain, &input);
    }
    mn_feed_close(feed);
    mn_input_free(&input);
    mn_input_free(&other);
    return code;
}

static int check_operands(const struct explain *explain, const struct option_list *paths, const char *format)
{
    if (paths->count != 1) {
        message("explain: one file or - is expected; 'minutiae explain --help' tells more");
        return EXIT_USAGE_ERROR;
    }
    if (strcmp(format, "text") != 0 && !explain->xml) {
        message("explain: there is no format '%s'; expected text or xml", format);
        return EXIT_USAGE_ERROR;
    }
    return -1;
}

int run_explain(const struct command *command, int count, char **arguments)
{
    struct explain explain = {.session.whole_rules = true};
    const char *format = "text";
    const struct option options[] = {
        {"at", 'a', OPTION_TEXT, &explain.at, "TEXT|OFFSET",
         "this place: where these words first stand, or a character's number"},
        {"rule", 0, OPTION_LIST, &explain.rules, "NAME",
         "this rule or judgement of a grade scheme, or those whose names start so (repeatable)"},
        {"all", 0, OPTION_FLAG, &explain.all, NULL, "attempts that came less far, and what helps others, too"},
        {"format", 'f', OPTION_TEXT, &format, "FORMAT", "text (default) or xml: for tools"},
        SESSION_DATE_OPTION(&explain.session),
        SESSION_READ_OPTIONS(&explain.session),
        SESSION_OPTIONS(&explain.session),
    };
    struct option_list paths = {0};
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &paths);
    explain.xml = strcmp(format, "xml") == 0;
    if (code < 0)
        code = check_operands(&explain, &paths, format);
    if (code < 0)
        code = session_paths(&explain.session, command, &paths);
    if (code < 0)
        code = session_open(&explain.session);
    if (code < 0)
        code = explain_only(&explain);
    session_close(&explain.session);
    free(explain.rules.items);
    free(paths.items);
    return code;
}
