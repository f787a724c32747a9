#include "command/session.h"

#include "base/limits.h"
#include "command/log.h"
#include "command/places.h"
#include "interpret/calendar.h"
#include "record/fields.h"
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* At most: offsets are held in 32 bits, and a document's layers take many times its text. */
const struct session_limit session_limit_kinds[] = {
    {"max-bytes", offsetof(struct session_limits, bytes), MN_LIMIT_DOCUMENT_BYTES, (size_t)1 << 30},
    {"max-expanded", offsetof(struct session_limits, expanded), MN_LIMIT_PACKAGE_BYTES, (size_t)1 << 30},
    {"max-ratio", offsetof(struct session_limits, ratio), MN_LIMIT_RATIO, SIZE_MAX},
    {"max-nesting", offsetof(struct session_limits, nesting), MN_LIMIT_CONTAINER_NESTING, MN_MOST_CONTAINER_NESTING},
    {"max-blocks", offsetof(struct session_limits, blocks), MN_LIMIT_BLOCKS, (size_t)1 << 30},
    {"max-tokens", offsetof(struct session_limits, tokens), MN_LIMIT_TOKENS, (size_t)1 << 30},
    {"max-seconds", offsetof(struct session_limits, seconds), MN_LIMIT_SECONDS, (size_t)7 * 24 * 3600},
};
_Static_assert(sizeof session_limit_kinds / sizeof *session_limit_kinds == SESSION_LIMITS, "a row for each limit");

static size_t given_limit(const struct session_limits *limits, const struct session_limit *kind)
{
    size_t given;
    memcpy(&given, (const char *)limits + kind->place, sizeof given);
    return given;
}

size_t session_limit(const struct session_limits *limits, const struct session_limit *kind)
{
    size_t given = given_limit(limits, kind);
    return given ? given : kind->usual;
}

/* -1, or the exit code after a message. */
static int check_limits(const struct session_limits *limits)
{
    for (size_t i = 0; i < SESSION_LIMITS; i++) {
        const struct session_limit *kind = &session_limit_kinds[i];
        size_t given = given_limit(limits, kind);
        if (given <= kind->most)
            continue;
        message("--%s %zu is too much; it may be up to %zu", kind->name, given, kind->most);
        return EXIT_USAGE_ERROR;
    }
    return -1;
}

/* Loads the rules, and holds them against the record's schema where they are to be checked. */
static enum mn_status load_from(struct session *session, struct mn_writer *all, struct mn_error *error)
{
    struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS];
    struct mn_arena *arena = mn_arena_create();
    struct option_list paths = {0};
    enum mn_status status = arena ? MN_OK : mn_fail_memory(error);
    if (status == MN_OK && session->check)
        status = mn_record_fields(data_folder("schemas"), arena, kinds, error);
    if (status == MN_OK && !rule_paths(&session->rule_paths, &paths))
        status = mn_fail_memory(error);
    struct mn_rules_source source = {.paths = paths.items,
                                     .path_count = paths.count,
                                     .library = data_folder("rules"),
                                     .lean = !session->whole_rules,
                                     .check = session->check,
                                     .kinds = kinds,
                                     .kind_count = session->check ? MN_RECORD_KNOWN_KINDS : 0};
    if (status == MN_OK)
        status = mn_rules_load_source(&source, &session->rules, all, error);
    mn_arena_destroy(arena);
    free(paths.items);
    return status;
}

static int load_rules(struct session *session)
{
    struct mn_error error;
    struct mn_writer all;
    mn_writer_init(&all, NULL);
    enum mn_status status = load_from(session, &all, &error);
    if (all.size && (status != MN_OK || !session->quiet)) /* warnings too */
        fwrite(all.data, 1, all.size, stderr);
    else if (status != MN_OK)
        message("rules: %s", error.message);
    mn_writer_free(&all);
    return status == MN_OK ? -1 : EXIT_RULES_ERROR;
}

static bool is_charset(const char *name)
{
    iconv_t known = iconv_open("UTF-8", name);
    if (known == (iconv_t)-1)
        return false;
    iconv_close(known);
    return true;
}

/* -1, or the exit code after a message. */
static int check_options(const struct session *session)
{
    struct mn_date date;
    const char *form = session->log_format ? session->log_format : "text";
    if (strcmp(form, "text") != 0 && strcmp(form, "json") != 0) {
        message("--log-format '%s' is not known; it is text or json", form);
        return EXIT_USAGE_ERROR;
    }
    log_set_format(strcmp(form, "json") == 0 ? LOG_JSON : LOG_TEXT);
    if (session->date && (!mn_date_parse(mn_slice_of(session->date), &date) || !date.day)) {
        message("--date '%s' is no date; write it as YYYY-MM-DD, for example 2024-09-12", session->date);
        return EXIT_USAGE_ERROR;
    }
    if (session->charset && !is_charset(session->charset)) {
        message("--charset '%s' is not known; write it as utf-8, windows-1252, iso-8859-15, …", session->charset);
        return EXIT_USAGE_ERROR;
    }
    return check_limits(&session->limits);
}

static int load_metadata(struct session *session)
{
    struct mn_error error;
    if (!session->metadata_path || mn_metadata_load(session->metadata_path, &session->metadata, &error) == MN_OK)
        return -1;
    message("--metadata: %s", error.message);
    return EXIT_USAGE_ERROR;
}

static struct mn_patterns patterns_of(const struct option_list *list)
{
    return (struct mn_patterns){list->items, list->count};
}

static void set_up(struct session *session)
{
    const struct session_limits *limits = &session->limits;
    size_t max_bytes = limits->bytes ? limits->bytes : MN_LIMIT_DOCUMENT_BYTES;
    session->run.interpret.date = mn_slice_of(session->date);
    session->run.read.charset = session->charset;
    session->run.read.max_bytes = max_bytes;
    session->run.read.max_expanded = limits->expanded;
    session->run.max_blocks = limits->blocks;
    session->run.max_tokens = limits->tokens;
    session->run.max_seconds = limits->seconds ? (unsigned)limits->seconds : MN_LIMIT_SECONDS;
    session->feed.max_bytes = max_bytes;
    session->feed.max_ratio = limits->ratio;
    session->feed.max_nesting = limits->nesting;
    session->feed.metadata = session->metadata;
    session->feed.walk.include = patterns_of(&session->include);
    session->feed.walk.exclude = patterns_of(&session->exclude);
    session->feed.walk.list = session->files_from;
    session->feed.walk.nul_separated = session->nul_separated;
    session->feed.walk.stop = -1;
}

int session_open(struct session *session)
{
    int code = check_options(session);
    if (code < 0)
        code = load_metadata(session);
    if (code < 0)
        code = load_rules(session);
    if (code >= 0)
        return code;
    set_up(session);
    session->worker = mn_worker_create(session->rules);
    if (session->worker)
        return -1;
    message("out of memory");
    return EXIT_RULES_ERROR;
}

void session_close(struct session *session)
{
    mn_worker_destroy(session->worker);
    mn_rules_free(session->rules);
    mn_metadata_free(session->metadata);
    free(session->rule_paths.items);
    free(session->include.items);
    free(session->exclude.items);
}

int session_paths(struct session *session, const struct command *command, const struct option_list *operands)
{
    session->feed.walk.paths = operands->items;
    session->feed.walk.path_count = operands->count;
    if (operands->count || session->files_from)
        return -1;
    message("%s: a file, a folder or - is expected; 'minutiae %s --help' tells more", command->name, command->name);
    return EXIT_USAGE_ERROR;
}

void session_failure(struct session *session, struct mn_slice name, const struct mn_error *error)
{
    session->failed++;
    log_failure(name, error);
}

struct mn_run_options session_options(const struct session *session, const struct mn_input *input)
{
    struct mn_run_options options = session->run;
    const struct mn_given *given = &input->given;
    if (given->charset.size && !session->charset)
        options.read.charset = given->charset.data;
    return options;
}

static void describe(struct mn_source *source, const struct mn_input *input)
{
    const struct mn_given *given = &input->given;
    source->name = input->name;
    source->url = given->url;
    source->retrieved = given->retrieved;
    source->given_title = given->title;
    source->given_authority = given->authority;
    source->given_body = given->body;
    source->given_date = given->date;
}

enum mn_status session_run(const struct session *session, struct mn_worker *worker, const struct mn_input *input,
                           const struct mn_sha256 *sha256, enum mn_layer until, struct mn_document **document,
                           struct mn_error *error)
{
    struct mn_run_options options = session_options(session, input);
    options.read.sha256 = sha256;
    *error = (struct mn_error){0};
    *document = mn_worker_document(worker);
    if (!*document)
        return mn_fail_memory(error);
    describe(&(*document)->source, input);
    if (input->status != MN_OK)
        return mn_fail(error, input->status, "%s", input->error.message);
    return mn_worker_run(worker, *document, input->bytes, until, &options, error);
}

enum mn_status session_do(struct session *session, const struct mn_input *input, enum mn_layer until,
                          struct mn_document **document, struct mn_error *error)
{
    enum mn_status status = session_run(session, session->worker, input, NULL, until, document, error);
    if (status != MN_OK)
        session_failure(session, input->name, error);
    for (size_t i = 0; *document && !session->quiet && i < (*document)->notices.count; i++)
        log_notice((*document)->source.name, (*document)->notices.items[i].text);
    return status;
}

int session_exit(const struct session *session)
{
    return session->failed ? EXIT_SOME_FAILED : EXIT_DONE;
}
