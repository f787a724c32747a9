/* rules check: loads rule files and runs their examples. */
#include "command/commands.h"
#include "command/session.h"
#include "run/examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check(struct session *session, const char *only)
{
    struct mn_examples_result result = {0};
    struct mn_writer messages;
    struct mn_error error;
    mn_writer_init(&messages, stderr);
    enum mn_status status =
        mn_examples_check(session->rules, session->worker, mn_slice_of(only), &messages, &result, &error);
    if (status == MN_OK)
        status = mn_writer_finish(&messages, &error);
    mn_writer_free(&messages);
    if (status != MN_OK) {
        message("%s", error.message);
        return EXIT_SOME_FAILED;
    }
    if (!session->quiet)
        fprintf(stderr, "%zu rules: %zu examples and %zu counterexamples, %zu failed; %zu rules lack one of them\n",
                session->rules->rule_count, result.examples, result.counterexamples, result.failed, result.without);
    return result.failed ? EXIT_SOME_FAILED : EXIT_DONE;
}

int run_rules(const struct command *command, int count, char **arguments)
{
    struct session session = {0};
    const char *only = NULL;
    const struct option options[] = {
        {"only", 0, OPTION_TEXT, &only, "PREFIX", "run only the examples of rules whose names start so"},
        {"quiet", 'q', OPTION_FLAG, &session.quiet, NULL, "no summary, only failures"},
    };
    struct option_list operands = {0};
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &operands);
    if (code < 0 && (operands.count == 0 || strcmp(operands.items[0], "check") != 0)) {
        message("rules: 'check' is expected; 'minutiae rules --help' tells more");
        code = EXIT_USAGE_ERROR;
    }
    for (size_t i = 1; code < 0 && i < operands.count; i++) {
        const char **items = realloc(session.rule_paths.items, i * sizeof *items);
        if (!items) {
            message("out of memory");
            code = EXIT_SOME_FAILED;
            break;
        }
        session.rule_paths.items = items;
        items[session.rule_paths.count++] = operands.items[i];
    }
    if (code < 0)
        code = session_open(&session);
    if (code < 0)
        code = check(&session, only);
    session_close(&session);
    free(operands.items);
    return code;
}
