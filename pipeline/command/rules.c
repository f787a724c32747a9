/* rules check: loads rule files and runs their examples. rules list: what they say, for people. */
#include "command/commands.h"
#include "command/profiles.h"
#include "command/rules_list.h"
#include "command/session.h"
#include "run/examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hands on what is waiting for standard output; the exit code. */
static int finish_output(struct mn_writer *out, int code)
{
    struct mn_error error;
    enum mn_status status = mn_writer_finish(out, &error);
    mn_writer_free(out);
    if (status == MN_OK)
        return code;
    message("standard output: %s", error.message);
    return status == MN_NO_MEMORY ? EXIT_SOME_FAILED : EXIT_OUTPUT_ERROR;
}

static int print_costs(const struct session *session, const char *only)
{
    struct mn_writer out;
    mn_writer_init(&out, stdout);
    rules_list_costs(&out, session->rules, mn_slice_of(only));
    return finish_output(&out, EXIT_DONE);
}

static void print_checked(const struct mn_rules *rules, const struct mn_examples_result *result)
{
    char schemes[64] = "", without[64] = "";
    if (rules->scheme_count)
        snprintf(schemes, sizeof schemes, " and %zu grade scheme%s", rules->scheme_count,
                 plural_s(rules->scheme_count));
    if (result->without)
        snprintf(without, sizeof without, "; %zu lack%s one of them", result->without, result->without == 1 ? "s" : "");
    fprintf(stderr, "%zu rule%s%s: %zu example%s and %zu counterexample%s, %zu failed%s\n", rules->rule_count,
            plural_s(rules->rule_count), schemes, result->examples, plural_s(result->examples), result->counterexamples,
            plural_s(result->counterexamples), result->failed, without);
}

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
        print_checked(session->rules, &result);
    return result.failed ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int run_check(const struct command *command, int count, char **arguments)
{
    struct session session = {.whole_rules = true, .check = true};
    const char *only = NULL;
    bool costs = false;
    const struct option options[] = {
        {"costs", 0, OPTION_FLAG, &costs, NULL, "print what each rule costs, the dearest first"},
        {"only", 0, OPTION_TEXT, &only, "PREFIX", "only rules whose names start so"},
        {"quiet", 'q', OPTION_FLAG, &session.quiet, NULL, "no summary, only failures"},
    };
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &session.rule_paths);
    if (code < 0)
        code = session_open(&session);
    if (code < 0 && costs)
        code = print_costs(&session, only);
    if (code <= 0 && session.worker)
        code = check(&session, only);
    session_close(&session);
    return code;
}

static bool shows_anything(const struct rules_list *list)
{
    const struct mn_listing *listing = mn_rules_listing(list->rules);
    for (size_t i = 0; i < listing->file_count; i++)
        if (rules_list_shows_file(list, &listing->files[i]))
            return true;
    return rules_list_schemes(list) > 0;
}

static int list_rules(const struct session *session, const struct option_list *prefixes,
                      const struct mn_profile *profile, bool html)
{
    struct rules_list list = {session->rules, prefixes->items, prefixes->count, mn_arena_create(), profile};
    struct mn_writer out;
    if (!list.arena) {
        message("out of memory");
        return EXIT_SOME_FAILED;
    }
    int code = shows_anything(&list) ? EXIT_DONE : EXIT_SOME_FAILED;
    if (code != EXIT_DONE)
        message(
            "rules list: no rule, lexicon or scheme has a name that starts so; names begin with their pack: grades.");
    mn_writer_init(&out, stdout);
    if (code == EXIT_DONE)
        (html ? rules_list_html : rules_list_text)(&out, &list);
    code = finish_output(&out, code);
    mn_arena_destroy(list.arena);
    return code;
}

/* The profiles merged into one; null when none is wanted. -1, or the exit code after a message. */
static int load_profiles(const struct session *session, const struct option_list *paths, struct mn_profile **profile)
{
    struct mn_error error;
    if (!paths->count)
        return -1;
    if (profiles_load(paths, profile, &error) != MN_OK) {
        message("rules list: %s", error.message);
        return EXIT_SOME_FAILED;
    }
    if (!mn_slice_equal((*profile)->rules_sha256, session->rules->sha256))
        message(
            "rules list: the profile was made with other rules than are listed: counts are told by the rules' names");
    return -1;
}

static int run_list(const struct command *command, int count, char **arguments)
{
    struct session session = {.whole_rules = true};
    struct option_list prefixes = {0}, profile_paths = {0};
    struct mn_profile *profile = NULL;
    const char *format = "text";
    const struct option options[] = {
        {"format", 'f', OPTION_TEXT, &format, "FORMAT", "text (default) or html: one page that needs nothing else"},
        {"profile", 'p', OPTION_LIST, &profile_paths, "FILE",
         "what each rule did, as 'extract --profile FILE' counted it (repeatable: they are added up)"},
        {"rules", 'r', OPTION_LIST, &session.rule_paths, "PATH",
         "rule file or folder instead of the shipped rules (repeatable)"},
    };
    int code = options_parse(command, options, sizeof options / sizeof *options, count, arguments, &prefixes);
    bool html = strcmp(format, "html") == 0;
    if (code < 0 && !html && strcmp(format, "text") != 0) {
        message("rules list: there is no format '%s'; expected text or html", format);
        code = EXIT_USAGE_ERROR;
    }
    if (code < 0)
        code = session_open(&session);
    if (code < 0)
        code = load_profiles(&session, &profile_paths, &profile);
    if (code < 0)
        code = list_rules(&session, &prefixes, profile, html);
    mn_profile_destroy(profile);
    session_close(&session);
    free(prefixes.items);
    free(profile_paths.items);
    return code;
}

static const struct command actions[] = {
    {"rules check", "[OPTION]… [PATH]…", "Loads rule files and runs the examples in them.",
     "Without PATH the rules that are found without --rules are checked (see 'minutiae --help'). Messages name file, "
     "line and column.\n"
     "Told are mistakes that keep the rules from loading; patterns that can never match, fields and values that the\n"
     "record does not know; as warnings what stands there twice, is never used, never read or lacks examples; and\n"
     "examples that do not hold. Packs that a file uses (<use pack=\"…\"/>) are loaded too; their own examples are "
     "not\n"
     "run.\n\n"
     "--costs prints a line for each rule: an estimate, which is the states of its patterns times how often they are\n"
     "tried; the states; the number of words, classes, lexicons and spans of which one must occur where it is tried, "
     "or\n"
     "'always' for rules that are tried everywhere.\n"
     "exit: 0 all well, 1 an example fails, 2 wrong command line, 3 a rule file is wrong, 4 output not writable",
     "  minutiae rules check\n  minutiae rules check rules mine.xml\n  minutiae rules check --costs --only grades.",
     run_check},
    {"rules list", "[OPTION]… [PREFIX]…",
     "Lists every rule with what it finds, its examples, the lexicons and the grade schemes.",
     "With PREFIX only rules, lexicons, definitions and schemes whose full names start so are listed. Examples show "
     "what is\n"
     "found as [name: words] or, where they stand for a value, [name=value: words].\n"
     "exit: 0 all well, 1 no name starts so, 2 wrong command line, 3 a rule file is wrong, 4 output not writable",
     "  minutiae rules list grades.judged\n  minutiae rules list --format html > rules.html", run_list},
    {"rules diff", "[OPTION]… OLD NEW PATH…", "Shows what differs in the records under two rule sets.",
     "OLD and NEW are rule files or folders, several separated by colons; an empty one stands for the shipped rules\n"
     "(:mine.xml adds a file to them). First it tells what differs in the rules themselves, then, rule by rule, which\n"
     "findings and facts appear (+), vanish (-) and change (~), each put down to the rule that found it, that gives "
     "it\n"
     "the changed value, or to whose find it lost.\n"
     "exit: 0 all compared, 1 some documents failed, 2 wrong command line, 3 a rule file is wrong, 4 output not "
     "writable",
     "  minutiae rules diff '' :mine.xml corpus\n  minutiae rules diff old/rules rules --format xml minutes",
     run_rules_diff},
};
enum { ACTION_COUNT = sizeof actions / sizeof *actions };

/* The action's name is the second word of the command. */
static const struct command *find_action(const char *name)
{
    for (size_t i = 0; i < ACTION_COUNT; i++)
        if (strcmp(strchr(actions[i].name, ' ') + 1, name) == 0)
            return &actions[i];
    return NULL;
}

int run_rules(const struct command *command, int count, char **arguments)
{
    const struct command *action = count > 0 ? find_action(arguments[0]) : NULL;
    if (action)
        return action->run(action, count - 1, arguments + 1);
    struct option_list operands = {0};
    int code = options_parse(command, NULL, 0, count, arguments, &operands);
    if (code < 0) {
        message("rules: 'check', 'list' or 'diff' is expected; 'minutiae rules --help' tells more");
        code = EXIT_USAGE_ERROR;
    }
    free(operands.items);
    return code;
}
