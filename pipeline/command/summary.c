#include "command/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *plural, *attribute;
} kinds[MN_FINDING_KIND_COUNT] = {
    [MN_GRADE] = {"grades", "modality"},
    [MN_RECOMMENDATION] = {"recommendations", "by"},
    [MN_DEADLINE] = {"deadlines", "type"},
    [MN_RESOLUTION] = {"resolutions", "action"},
};

static void count_value(struct summary_kind *kind, struct mn_slice value)
{
    size_t i = 0;
    while (i < kind->value_count && !mn_slice_equal(mn_slice_of(kind->values[i].name), value))
        i++;
    if (value.size == 0 || value.size >= sizeof kind->values[0].name || i == SUMMARY_VALUES)
        return;
    if (i == kind->value_count) {
        memcpy(kind->values[i].name, value.data, value.size);
        kind->value_count++;
    }
    kind->values[i].count++;
}

void summary_add(struct summary *summary, const struct mn_document *document)
{
    bool seen[MN_FINDING_KIND_COUNT] = {false};
    for (size_t i = 0; i < document->findings.count; i++) {
        const struct mn_finding *finding = &document->findings.items[i];
        struct summary_kind *kind = &summary->kinds[finding->kind];
        kind->findings++;
        kind->documents += !seen[finding->kind];
        seen[finding->kind] = true;
        const struct mn_field *field =
            mn_fields_find(&finding->attributes, mn_slice_of(kinds[finding->kind].attribute));
        if (field)
            count_value(kind, field->value);
    }
    summary->documents++;
    summary->empty += document->findings.count == 0;
    summary->bytes += document->source.size;
}

/* Most frequent first, then by name. */
static int compare_values(const void *a, const void *b)
{
    const struct summary_value *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->name, y->name);
}

static void print_kind(const struct summary_kind *kind, const char *plural)
{
    struct summary_value values[SUMMARY_VALUES];
    memcpy(values, kind->values, sizeof values);
    qsort(values, kind->value_count, sizeof *values, compare_values);
    fprintf(stderr, "  %-16s %6zu  in %4zu documents", plural, kind->findings, kind->documents);
    for (size_t i = 0; i < kind->value_count && i < 6; i++)
        fprintf(stderr, "%s%s %zu", i ? ", " : "   ", values[i].name, values[i].count);
    fprintf(stderr, "%s\n", kind->value_count > 6 ? ", …" : "");
}

static const char *plural_s(size_t count)
{
    return count == 1 ? "" : "s";
}

void summary_print(const struct summary *summary, const struct inputs *inputs, size_t failed, double seconds,
                   const char *where)
{
    fprintf(stderr, "%zu record%s%s%s", summary->documents, plural_s(summary->documents), where ? " in " : "",
            where ? where : "");
    fprintf(stderr, " from %.1f kB in %.2f s", (double)summary->bytes / 1000, seconds);
    if (failed)
        fprintf(stderr, "; %zu input%s failed (named above)", failed, plural_s(failed));
    if (inputs->skipped)
        fprintf(stderr, "; %zu file%s left aside (hidden, README*, *.gold.xml)", inputs->skipped,
                plural_s(inputs->skipped));
    if (inputs->special)
        fprintf(stderr, "; %zu not followed (links to folders, pipes, devices)", inputs->special);
    fputs("\n", stderr);
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++)
        print_kind(&summary->kinds[i], kinds[i].plural);
    if (summary->empty)
        fprintf(stderr, "  %zu record%s no finding\n", summary->empty, summary->empty == 1 ? " holds" : "s hold");
}
