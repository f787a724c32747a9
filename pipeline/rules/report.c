#include "rules/report.h"

#include "base/bisect.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool mn_rule_file_index(struct mn_arena *arena, struct mn_rule_file *file)
{
    struct mn_slice bytes = file->bytes;
    for (size_t at = 0;;) {
        uint32_t *line = MN_APPEND(arena, &file->lines);
        if (!line)
            return false;
        *line = (uint32_t)at;
        const char *end = at < bytes.size ? memchr(bytes.data + at, '\n', bytes.size - at) : NULL;
        if (!end)
            return true;
        at = (size_t)(end - bytes.data) + 1;
    }
}

uint32_t mn_place_line(struct mn_place place, uint32_t *column)
{
    const struct mn_rule_file *file = place.file;
    size_t line =
        mn_count_below(file->lines.items, sizeof *file->lines.items, 0, file->lines.count, (uint64_t)place.offset + 1);
    if (column && line == 0)
        *column = 1;
    else if (column) {
        struct mn_slice before = mn_slice_cut(file->bytes, file->lines.items[line - 1], place.offset);
        *column = (uint32_t)mn_utf8_length(mn_slice_cut(before, 0, mn_utf8_valid_prefix(before))) + 1;
    }
    return line ? (uint32_t)line : 1;
}

bool mn_report_is_full(const struct mn_report *report, bool warning)
{
    /* the first mistake is always told: it may come after many warnings */
    return report->messages.count >= MN_MOST_MESSAGES && (warning || report->errors > 0);
}

static void add(struct mn_report *report, struct mn_place place, bool warning, const char *format, va_list arguments)
{
    char text[MN_ERROR_MESSAGE_SIZE];
    bool full = mn_report_is_full(report, warning);
    report->errors += !warning;
    if (full)
        return;
    struct mn_message message = {.file = place.file, .warning = warning};
    message.line = mn_place_line(place, &message.column);
    int head = snprintf(text, sizeof text, "%.*s:%u:%u: %s", MN_SLICE_ARGS(place.file->path), message.line,
                        message.column, warning ? "warning: " : "");
    size_t size = head < 0 ? 0 : (size_t)head;
    int rest = size < sizeof text ? vsnprintf(text + size, sizeof text - size, format, arguments) : 0;
    mn_tidy_message(text, size + (rest < 0 ? 0 : (size_t)rest) >= sizeof text);
    message.number = (uint32_t)report->messages.count;
    message.text = mn_arena_copy(report->arena, mn_slice_of(text));
    struct mn_message *slot = MN_APPEND(report->arena, &report->messages);
    if (!slot || !message.text.data)
        report->no_memory = true;
    if (slot)
        *slot = message;
}

void mn_report_error(struct mn_report *report, struct mn_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(report, place, false, format, arguments);
    va_end(arguments);
}

void mn_report_warning(struct mn_report *report, struct mn_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(report, place, true, format, arguments);
    va_end(arguments);
}

static int compare_messages(const void *left, const void *right)
{
    const struct mn_message *a = left, *b = right;
    if (a->file->number != b->file->number)
        return a->file->number < b->file->number ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

enum mn_status mn_report_finish(struct mn_report *report, struct mn_writer *all, struct mn_error *error)
{
    if (report->no_memory)
        return mn_fail_memory(error);
    if (report->messages.count)
        qsort(report->messages.items, report->messages.count, sizeof *report->messages.items, compare_messages);
    const struct mn_message *first = NULL;
    for (size_t i = 0; i < report->messages.count; i++) {
        const struct mn_message *message = &report->messages.items[i];
        if (!first && !message->warning)
            first = message;
        if (all) {
            mn_write(all, message->text);
            mn_write_char(all, '\n');
        }
    }
    return first ? mn_fail(error, MN_RULE_ERROR, "%.*s", MN_SLICE_ARGS(first->text)) : MN_OK;
}
