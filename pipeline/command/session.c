#include "command/session.h"

#include "base/limits.h"
#include "command/places.h"
#include "interpret/calendar.h"
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What --max-bytes may be at most: offsets are held in 32 bits, and a document's layers take many times its text. */
#define MOST_BYTES ((size_t)1 << 30)

static int load_rules(struct session *session)
{
    struct option_list paths = {0};
    struct mn_error error;
    struct mn_writer all;
    mn_writer_init(&all, NULL);
    enum mn_status status = mn_fail_memory(&error);
    if (rule_paths(&session->rule_paths, &paths)) {
        struct mn_rules_source source = {
            .paths = paths.items, .path_count = paths.count, .library = data_folder("rules")};
        status = mn_rules_load_source(&source, &session->rules, &all, &error);
    }
    if (all.size && (status != MN_OK || !session->quiet)) /* warnings too */
        fwrite(all.data, 1, all.size, stderr);
    else if (status != MN_OK)
        message("rules: %s", error.message);
    mn_writer_free(&all);
    free(paths.items);
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

int session_open(struct session *session)
{
    struct mn_date date;
    struct mn_slice given = mn_slice_of(session->date);
    if (session->date && (!mn_date_parse(given, &date) || !date.day)) {
        message("--date '%s' is no date; write it as YYYY-MM-DD, for example 2024-09-12", session->date);
        return EXIT_USAGE_ERROR;
    }
    if (session->charset && !is_charset(session->charset)) {
        message("--charset '%s' is not known; write it as utf-8, windows-1252, iso-8859-15, …", session->charset);
        return EXIT_USAGE_ERROR;
    }
    if (session->max_bytes > MOST_BYTES) {
        message("--max-bytes %zu is more than one document may have, %zu", session->max_bytes, MOST_BYTES);
        return EXIT_USAGE_ERROR;
    }
    session->run.interpret.date = given;
    session->run.read.charset = session->charset;
    session->run.read.max_bytes = session->max_bytes ? session->max_bytes : MN_LIMIT_DOCUMENT_BYTES;
    int code = load_rules(session);
    if (code >= 0)
        return code;
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
    free(session->rule_paths.items);
    free(session->buffer);
}

void session_failure(struct session *session, struct mn_slice name, const struct mn_error *error)
{
    struct mn_error tidy; /* the name as it stands in messages */
    session->failed++;
    mn_fail(&tidy, error->status, "%.*s", MN_SLICE_ARGS(name));
    if (strcmp(error->message, tidy.message) == 0) /* a name so long that nothing else had room */
        message("%.*s: %s", MN_SLICE_ARGS(name), mn_status_word(error->status));
    else if (mn_slice_starts(mn_slice_of(error->message), mn_slice_of(tidy.message)))
        message("%s", error->message);
    else
        message("%.*s: %s", MN_SLICE_ARGS(name), error->message);
}

void session_notices(const struct session *session, const struct mn_document *document)
{
    if (session->quiet)
        return;
    for (size_t i = 0; i < document->notices.count; i++)
        message("%.*s: note: %.*s", MN_SLICE_ARGS(document->source.name),
                MN_SLICE_ARGS(document->notices.items[i].text));
}

enum mn_status session_run(struct session *session, const struct input *input, enum mn_layer until,
                           struct mn_document **document, struct mn_error *error)
{
    struct mn_slice bytes = MN_EMPTY;
    *error = (struct mn_error){0};
    *document = mn_worker_document(session->worker);
    enum mn_status status = *document ? MN_OK : mn_fail_memory(error);
    if (*document)
        (*document)->source.name = mn_slice_of(input->path);
    if (status == MN_OK && input->status != MN_OK)
        status = mn_fail(error, input->status, "%s", input->reason);
    if (status == MN_OK)
        status = input_load(input->path, session->run.read.max_bytes, &session->buffer, &session->buffer_size, &bytes,
                            error);
    if (status == MN_OK)
        status = mn_worker_run(session->worker, *document, bytes, until, &session->run, error);
    if (status != MN_OK)
        session_failure(session, mn_slice_of(input->path), error);
    if (*document)
        session_notices(session, *document);
    return status;
}

int session_exit(const struct session *session)
{
    return session->failed ? EXIT_SOME_FAILED : EXIT_DONE;
}
