#include "command/summary.h"

#include "command/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name, *plural, *attribute;
} kinds[MN_FINDING_KIND_COUNT] = {
    [MN_GRADE] = {"grade", "grades", "modality"},
    [MN_RECOMMENDATION] = {"recommendation", "recommendations", "by"},
    [MN_DEADLINE] = {"deadline", "deadlines", "type"},
    [MN_RESOLUTION] = {"resolution", "resolutions", "action"},
};

const char *summary_kind_name(enum mn_finding_kind kind)
{
    return kinds[kind].name;
}

enum mn_finding_kind summary_kind_of(struct mn_slice name)
{
    unsigned kind = 0;
    while (kind < MN_FINDING_KIND_COUNT && !mn_slice_equal(name, mn_slice_of(kinds[kind].name)))
        kind++;
    return kind;
}

static void count_value(struct summary_kind *kind, struct mn_slice value, size_t count)
{
    size_t i = 0;
    while (i < kind->value_count && !mn_slice_equal(mn_slice_of(kind->values[i].name), value))
        i++;
    if (value.size == 0 || value.size >= sizeof kind->values[0].name || i == SUMMARY_VALUES)
        return;
    if (i == kind->value_count) {
        memset(&kind->values[i], 0, sizeof kind->values[i]);
        memcpy(kind->values[i].name, value.data, value.size);
        kind->value_count++;
    }
    kind->values[i].count += count;
}

void summary_count(struct summary *summary, enum mn_finding_kind kind, struct mn_slice value, size_t count)
{
    summary->kinds[kind].findings += count;
    count_value(&summary->kinds[kind], value, count);
}

void summary_add(struct summary *summary, const struct mn_document *document)
{
    for (size_t i = 0; i < document->findings.count; i++) {
        const struct mn_finding *finding = &document->findings.items[i];
        const struct mn_field *field =
            mn_fields_find(&finding->attributes, mn_slice_of(kinds[finding->kind].attribute));
        summary_count(summary, finding->kind, field ? field->value : MN_EMPTY, 1);
    }
    summary->documents++;
    summary->empty += document->findings.count == 0;
    summary->bytes += document->source.size;
}

void summary_merge(struct summary *summary, const struct summary *one)
{
    for (size_t k = 0; k < MN_FINDING_KIND_COUNT; k++) {
        struct summary_kind *kind = &summary->kinds[k];
        const struct summary_kind *added = &one->kinds[k];
        kind->findings += added->findings;
        kind->documents += added->findings > 0;
        for (size_t i = 0; i < added->value_count; i++)
            count_value(kind, mn_slice_of(added->values[i].name), added->values[i].count);
    }
    summary->documents += one->documents;
    summary->empty += one->empty;
    summary->bytes += one->bytes;
}

/* Most frequent first, then by name. */
static int compare_values(const void *a, const void *b)
{
    const struct summary_value *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->name, y->name);
}

/* A line put together from parts; what has no room is left out. */
struct line {
    char text[1024];
    size_t size;
};

static void add(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct line *line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line->text + line->size, sizeof line->text - line->size, format, arguments);
    va_end(arguments);
    if (size > 0 && (size_t)size < sizeof line->text - line->size)
        line->size += (size_t)size;
}

static void print_kind(const struct summary_kind *kind, const char *plural)
{
    struct summary_value values[SUMMARY_VALUES];
    struct line line = {.size = 0};
    memcpy(values, kind->values, sizeof values);
    qsort(values, kind->value_count, sizeof *values, compare_values);
    add(&line, "  %-16s %6zu  in %4zu document%s", plural, kind->findings, kind->documents, plural_s(kind->documents));
    for (size_t i = 0; i < kind->value_count && i < 6; i++)
        add(&line, "%s%s %zu", i ? ", " : "   ", values[i].name, values[i].count);
    log_line("%s%s", line.text, kind->value_count > 6 ? ", …" : "");
}

static void print_failures(const struct summary_run *run)
{
    struct line line = {.size = 0};
    for (size_t i = 0; i < MN_STATUS_COUNT; i++)
        if (run->status_counts[i])
            add(&line, "%s%s %zu", line.size ? ", " : "", mn_status_word((enum mn_status)i), run->status_counts[i]);
    if (line.size)
        log_line("  failed: %s", line.text);
}

void summary_print(const struct summary *summary, const struct summary_run *run)
{
    struct line line = {.size = 0};
    add(&line, "%zu record%s%s%s", summary->documents, plural_s(summary->documents), run->where ? " in " : "",
        run->where ? run->where : "");
    add(&line, " from %.1f kB in %.2f s", (double)summary->bytes / 1000, run->seconds);
    if (run->reused)
        add(&line, "; %zu of them from before", run->reused);
    if (run->failed)
        add(&line, "; %zu input%s failed (named above)", run->failed, plural_s(run->failed));
    if (run->left_aside)
        add(&line, "; %zu file%s left aside (never documents, or by patterns)", run->left_aside,
            plural_s(run->left_aside));
    if (run->special)
        add(&line, "; %zu not followed (links to folders, pipes, devices)", run->special);
    log_line("%s", line.text);
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++)
        print_kind(&summary->kinds[i], kinds[i].plural);
    if (summary->empty)
        log_line("  %zu record%s no finding", summary->empty, summary->empty == 1 ? " holds" : "s hold");
    print_failures(run);
    if (run->ended_by)
        log_line("  ended early: %s", run->ended_by);
    if (run->report)
        log_line("  report: %s", run->report);
}
