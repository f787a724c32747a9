#include "command/log.h"

#include "base/writer.h"

#include <stdarg.h>

static enum log_format log_form;
static bool progress_shown; /* a line on the terminal that the next one writes over; under stderr's lock */

void log_set_format(enum log_format format)
{
    log_form = format;
}

static void write_json_string(struct mn_writer *out, struct mn_slice text)
{
    mn_write_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '"' || byte == '\\')
            mn_write_char(out, '\\');
        mn_write_char(out, (unsigned char)byte < ' ' || byte == 0x7f ? ' ' : byte);
    }
    mn_write_char(out, '"');
}

static void write_json_field(struct mn_writer *out, const char *name, struct mn_slice value)
{
    if (!value.size)
        return;
    mn_write_literal(out, ", \"");
    mn_write(out, mn_slice_of(name));
    mn_write_literal(out, "\": ");
    write_json_string(out, value);
}

/* Text that is valid UTF-8 in one line. */
static struct mn_slice tidy(char *text, size_t capacity, struct mn_slice from)
{
    size_t size = from.size < capacity ? from.size : capacity - 1;
    memcpy(text, from.data ? from.data : "", size);
    for (size_t i = 0; i < size; i++)
        text[i] = text[i] ? text[i] : ' ';
    text[size] = '\0';
    mn_tidy_message(text, size < from.size);
    return mn_slice_of(text);
}

static void write_json(const char *level, struct mn_slice name, struct mn_slice status, struct mn_slice text)
{
    struct mn_writer out;
    char tidy_name[8192];
    mn_writer_init(&out, stderr);
    mn_write_literal(&out, "{\"level\": ");
    write_json_string(&out, mn_slice_of(level));
    if (name.size)
        write_json_field(&out, "document", tidy(tidy_name, sizeof tidy_name, name));
    write_json_field(&out, "status", status);
    write_json_field(&out, "message", text);
    mn_write_literal(&out, "}\n");
    mn_writer_finish(&out, NULL);
    mn_writer_free(&out);
}

void log_progress_end(void)
{
    flockfile(stderr);
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
    funlockfile(stderr);
}

static void say(const char *level, struct mn_slice name, struct mn_slice status, const char *text)
{
    flockfile(stderr);
    log_progress_end();
    if (log_form == LOG_JSON)
        write_json(level, name, status, mn_slice_of(text));
    else
        fprintf(stderr, "minutiae: %s\n", text);
    funlockfile(stderr);
}

static void format_line(char *text, size_t capacity, const char *format, va_list arguments)
{
    int size = vsnprintf(text, capacity, format, arguments);
    if (size < 0)
        text[0] = '\0';
    for (char *byte = text; *byte; byte++)
        if ((unsigned char)*byte < ' ' || *byte == 0x7f)
            *byte = ' ';
    if (size >= (int)capacity)
        mn_tidy_message(text, true);
}

void message(const char *format, ...)
{
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    format_line(text, sizeof text, format, arguments);
    va_end(arguments);
    say("error", MN_EMPTY, MN_EMPTY, text);
}

void log_line(const char *format, ...)
{
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    format_line(text, sizeof text, format, arguments);
    va_end(arguments);
    flockfile(stderr);
    log_progress_end();
    if (log_form == LOG_JSON)
        write_json("info", MN_EMPTY, MN_EMPTY, mn_slice_trim(mn_slice_of(text)));
    else
        fprintf(stderr, "%s\n", text);
    funlockfile(stderr);
}

void log_failure(struct mn_slice name, const struct mn_error *error)
{
    struct mn_error tidy_name; /* as it stands in messages */
    char text[8192];
    struct mn_slice reason = mn_slice_of(error->message), status = mn_slice_of(mn_status_word(error->status));
    mn_fail(&tidy_name, error->status, "%.*s", MN_SLICE_ARGS(name));
    struct mn_slice stated = mn_slice_of(tidy_name.message);
    if (mn_slice_equal(reason, stated)) /* a name so long that nothing else had room */
        snprintf(text, sizeof text, "%.*s: %.*s", MN_SLICE_ARGS(name), MN_SLICE_ARGS(status));
    else if (mn_slice_starts(reason, stated))
        snprintf(text, sizeof text, "%s", error->message);
    else
        snprintf(text, sizeof text, "%.*s: %s", MN_SLICE_ARGS(name), error->message);
    mn_tidy_message(text, strlen(text) == sizeof text - 1);
    say("error", name, status, text);
}

void log_notice(struct mn_slice name, struct mn_slice notice)
{
    char text[8192];
    snprintf(text, sizeof text, "%.*s: note: %.*s", MN_SLICE_ARGS(name), MN_SLICE_ARGS(notice));
    mn_tidy_message(text, strlen(text) == sizeof text - 1);
    say("note", name, MN_EMPTY, text);
}

static void format_left(char *text, size_t capacity, double seconds)
{
    text[0] = '\0';
    if (seconds >= 3600)
        snprintf(text, capacity, ", %.0f h %.0f min left", seconds / 3600 - 0.5,
                 seconds / 60 - 60 * (double)(int)(seconds / 3600));
    else if (seconds >= 60)
        snprintf(text, capacity, ", %.0f min left", seconds / 60);
    else if (seconds >= 0)
        snprintf(text, capacity, ", %.0f s left", seconds);
}

void log_progress(const struct log_progress *progress, bool on_terminal)
{
    char left[64], text[256];
    format_left(left, sizeof left, progress->seconds_left);
    snprintf(text, sizeof text, "%zu document%s, %.1f MB, %.0f documents/s%s; %zu failed", progress->documents,
             plural_s(progress->documents), progress->megabytes, progress->documents_per_second, left,
             progress->failed);
    if (!on_terminal || log_form == LOG_JSON) {
        log_line("%s", text);
        return;
    }
    flockfile(stderr);
    fprintf(stderr, "\r%s\033[K", text);
    progress_shown = true;
    funlockfile(stderr);
}
