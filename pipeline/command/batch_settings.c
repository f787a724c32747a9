/* What a run is told: the head of its report. */
#include "command/batch_parts.h"

#include <stdlib.h>
#include <time.h>

/* Beside limits and lists. */
enum { OWN_SETTINGS = 16, NUMBER = 24, HEX = 64 };

struct settings {
    struct report_setting *items;
    size_t count;
    char pdf_program[HEX], threads[NUMBER], limit[NUMBER], limits[SESSION_LIMITS][NUMBER];
};

static void add(struct settings *settings, const char *name, struct mn_slice value)
{
    settings->items[settings->count++] = (struct report_setting){name, value};
}

static void add_list(struct settings *settings, const char *name, const char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(settings, name, mn_slice_of(items[i]));
}

static void add_number(struct settings *settings, const char *name, size_t number, char text[NUMBER])
{
    snprintf(text, NUMBER, "%zu", number);
    add(settings, name, mn_slice_of(text));
}

static void add_flag(struct settings *settings, const char *name, bool is_set)
{
    add(settings, name, is_set ? MN_LITERAL("true") : MN_EMPTY);
}

static void add_program(struct settings *settings, const struct batch *batch, const char *started)
{
    const struct session *session = batch->session;
    mn_sha256_hex(&batch->pdf_program, settings->pdf_program);
    add(settings, "tool", MN_LITERAL("minutiae"));
    add(settings, "version", MN_LITERAL(MN_VERSION));
    add(settings, "pdf-program-sha256", (struct mn_slice){settings->pdf_program, HEX});
    add_list(settings, "rules", session->rule_paths.items, session->rule_paths.count);
    add(settings, "rules-sha256", session->rules->sha256);
    add(settings, "started", mn_slice_of(started));
}

static void add_documents(struct settings *settings, const struct session *session)
{
    const struct mn_walk_options *walk = &session->feed.walk;
    add_list(settings, "path", walk->paths, walk->path_count);
    add(settings, "files-from", mn_slice_of(session->files_from));
    add_list(settings, "include", walk->include.items, walk->include.count);
    add_list(settings, "exclude", walk->exclude.items, walk->exclude.count);
    add(settings, "date", mn_slice_of(session->date));
    add(settings, "charset", mn_slice_of(session->charset));
    add(settings, "metadata", mn_slice_of(session->metadata_path));
}

static void add_options(struct settings *settings, const struct batch *batch)
{
    const struct batch_options *options = batch->options;
    add(settings, "output", mn_slice_of(options->output));
    if (options->limit)
        add_number(settings, "limit", options->limit, settings->limit);
    add_number(settings, "threads", options->threads, settings->threads);
    add_flag(settings, "validate", options->validate);
    add_flag(settings, "force", options->force);
    add_flag(settings, "fail-fast", options->fail_fast);
    for (size_t i = 0; i < SESSION_LIMITS; i++) {
        const struct session_limit *kind = &session_limit_kinds[i];
        add_number(settings, kind->name, session_limit(&batch->session->limits, kind), settings->limits[i]);
    }
}

enum mn_status batch_begin_report(struct batch *batch, const char *path, struct mn_error *error)
{
    const struct session *session = batch->session;
    const struct mn_walk_options *walk = &session->feed.walk;
    size_t listed = session->rule_paths.count + walk->path_count + walk->include.count + walk->exclude.count;
    struct settings settings = {.items = calloc(OWN_SETTINGS + SESSION_LIMITS + listed, sizeof *settings.items)};
    char started[sizeof "2026-01-01T00:00:00Z"];
    time_t seconds = time(NULL);
    struct tm utc;
    if (!settings.items)
        return mn_fail_memory(error);
    gmtime_r(&seconds, &utc);
    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &utc);
    add_program(&settings, batch, started);
    add_documents(&settings, session);
    add_options(&settings, batch);
    enum mn_status status = report_begin(&batch->report, path, settings.items, settings.count, error);
    free(settings.items);
    return status;
}
