/* times.tsv: what expressions of time mean, by the shipped rules and the calendar together. */
#include "run/run.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define FIRST_WORDS "It will be done "
enum { COLUMNS = 5, LONGEST_LINE = 500 };

struct row {
    struct mn_slice columns[COLUMNS]; /* expression, seen from, value, first day, last day; empty where not given */
    size_t line;
};

struct bench {
    struct mn_rules *rules;
    struct mn_worker *worker;
    struct mn_arena *arena;
};

static struct bench bench_open(void)
{
    struct bench bench = {.arena = mn_arena_create()};
    struct mn_error error;
    const char *rules = MN_TEST_SOURCE_DIR "/rules";
    cr_assert_eq(mn_rules_load(&rules, 1, &bench.rules, NULL, &error), MN_OK, "%s", error.message);
    bench.worker = mn_worker_create(bench.rules);
    cr_assert(bench.worker && bench.arena);
    return bench;
}

static void bench_close(struct bench *bench)
{
    mn_worker_destroy(bench->worker);
    mn_rules_free(bench->rules);
    mn_arena_destroy(bench->arena);
}

/* A line without its newline, cut at tabs; false for a comment and an empty line. */
static bool read_row(const char *line, struct row *row)
{
    struct mn_slice rest = mn_slice_trim(mn_slice_of(line));
    if (rest.size == 0 || *rest.data == '#')
        return false;
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *tab = rest.size ? memchr(rest.data, '\t', rest.size) : NULL;
        size_t size = tab ? (size_t)(tab - rest.data) : rest.size;
        row->columns[i] = mn_slice_cut(rest, 0, size);
        rest = mn_slice_cut(rest, tab ? size + 1 : size, rest.size);
    }
    return true;
}

static struct mn_document *run(struct bench *bench, const struct row *row)
{
    char text[LONGEST_LINE + sizeof FIRST_WORDS + 1];
    static const struct mn_run_options options;
    struct mn_error error;
    struct mn_document *document = mn_worker_document(bench->worker);
    int size = snprintf(text, sizeof text, FIRST_WORDS "%.*s.", MN_SLICE_ARGS(row->columns[0]));
    document->source.name = MN_LITERAL("times.txt");
    cr_assert_eq(
        mn_worker_run(bench->worker, document, (struct mn_slice){text, (size_t)size}, MN_LAYER_MATCH, &options, &error),
        MN_OK, "line %zu: %s", row->line, error.message);
    return document;
}

static bool is_time(const struct mn_span *span)
{
    return mn_slice_starts(span->rule, MN_LITERAL("dates.")) && !mn_slice_equal(span->kind, MN_LITERAL("part"));
}

/* The first and longest time that begins at or behind `from`; null when there is none. */
static const struct mn_span *next_time(const struct mn_document *document, uint32_t from)
{
    const struct mn_span *best = NULL;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        if (!is_time(span) || span->start < from)
            continue;
        if (!best || span->start < best->start || (span->start == best->start && span->end > best->end))
            best = span;
    }
    return best;
}

struct found {
    char text[LONGEST_LINE]; /* the values, "; " between them; - for none */
    struct mn_date earliest, latest;
};

static void find_values(struct bench *bench, const struct row *row, struct found *found)
{
    struct mn_document *document = run(bench, row);
    struct mn_date anchor = {0};
    size_t size = 0;
    *found = (struct found){.text = "-"};
    mn_date_parse(row->columns[1], &anchor);
    for (const struct mn_span *span = next_time(document, 0); span; span = next_time(document, span->end)) {
        struct mn_time_value value;
        if (!mn_time_evaluate(bench->arena, document, &span->fields, anchor, false, &value))
            continue;
        size += (size_t)snprintf(found->text + size, sizeof found->text - size, "%s%.*s", size ? "; " : "",
                                 MN_SLICE_ARGS(value.edtf));
        found->earliest = value.earliest;
        found->latest = value.latest;
    }
}

static void check_day(const struct row *row, size_t column, struct mn_date day)
{
    struct mn_date expected = {0};
    if (row->columns[column].size && mn_date_parse(row->columns[column], &expected))
        cr_expect_eq(mn_date_compare(day, expected), 0, "times.tsv:%zu: “%.*s” %s on %d-%02d-%02d, not %.*s", row->line,
                     MN_SLICE_ARGS(row->columns[0]), column == 3 ? "begins" : "ends", day.year, day.month, day.day,
                     MN_SLICE_ARGS(row->columns[column]));
}

static void check_row(struct bench *bench, const struct row *row)
{
    struct found found;
    mn_arena_reset(bench->arena);
    find_values(bench, row, &found);
    cr_expect(mn_slice_equal(mn_slice_of(found.text), row->columns[2]),
              "times.tsv:%zu: “%.*s” from %.*s is %s, not %.*s", row->line, MN_SLICE_ARGS(row->columns[0]),
              MN_SLICE_ARGS(row->columns[1]), found.text, MN_SLICE_ARGS(row->columns[2]));
    check_day(row, 3, found.earliest);
    check_day(row, 4, found.latest);
}

Test(times, expressions)
{
    struct bench bench = bench_open();
    FILE *file = fopen(MN_TEST_SOURCE_DIR "/tests/unit/run/times.tsv", "r");
    char line[LONGEST_LINE];
    size_t rows = 0;
    cr_assert(file != NULL);
    for (size_t number = 1; fgets(line, sizeof line, file); number++) {
        struct row row = {.line = number};
        if (read_row(line, &row)) {
            check_row(&bench, &row);
            rows++;
        }
    }
    fclose(file);
    cr_expect_geq(rows, 300, "only %zu expressions", rows);
    bench_close(&bench);
}
