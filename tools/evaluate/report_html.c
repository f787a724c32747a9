#include "describe.h"
#include "layout.h"
#include "marks.h"
#include "report.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Evaluation</title>\n<style>\n"
    "body{font:15px/1.5 sans-serif;max-width:75em;margin:2em auto;padding:0 1em}\n"
    "table{border-collapse:collapse;margin:1em 0}td{white-space:nowrap}th,td{padding:.15em "
    ".7em;text-align:right;border-bottom:1px solid "
    "#ddd}\n"
    "th:first-child,td:first-child,td.text{text-align:left}td.summary{font-weight:bold}\n"
    "pre{white-space:pre-wrap;font:inherit;background:#fafafa;padding:1em}\n"
    ".found{background:#cfeccf}.missed{background:#ffd9a8}.false{background:#f6c4c4}.neutral{background:#e4e4e4}\n"
    ".grade{border-bottom:2px solid #36c}.recommendation{border-bottom:2px dashed #36c}\n"
    ".deadline{border-bottom:2px dotted #36c}.resolution{border-bottom:2px double #36c}\n"
    ".better{color:#161}.worse{color:#a11}summary{cursor:pointer;margin:.5em 0}\n"
    "</style>\n</head>\n<body>\n<h1>Evaluation</h1>\n";

static const char legend[] =
    "<p>Quotes matched by overlap; 95&#160;% intervals from bootstrap rounds over documents. In texts: "
    "<span class=\"found\">found</span>, <span class=\"missed\">missed</span>, <span class=\"false\">false</span>, "
    "<span class=\"neutral\">borderline</span>; <span class=\"grade\">grade</span>, "
    "<span class=\"recommendation\">recommendation</span>, <span class=\"deadline\">deadline</span>, "
    "<span class=\"resolution\">resolution</span>.</p>\n";

static void write_estimate(struct mn_writer *writer, const struct estimate *estimate)
{
    mn_write_literal(writer, "<td>");
    if (estimate->value < 0)
        mn_write_literal(writer, "–");
    else
        layout_print(writer, "%.3f [%.3f–%.3f]", estimate->value, estimate->low, estimate->high);
    mn_write_literal(writer, "</td>");
}

static void write_score(const struct score *score, struct mn_writer *writer)
{
    bool summary = score->group == GROUP_MICRO || score->group == GROUP_MACRO;
    mn_write_literal(writer, "<tr><td");
    if (summary)
        mn_write_attribute(writer, "class", MN_LITERAL("summary"));
    mn_write_char(writer, '>');
    mn_write_text(writer, score->label);
    layout_print(writer, "</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td>", score->documents,
                 score->overlap.gold, score->overlap.found, score->overlap.right, score->neutral);
    for (enum figure figure = 0; figure < FIGURE_COUNT; figure++)
        write_estimate(writer, &score->figures[figure]);
    layout_print(writer, "<td>%s</td></tr>\n", figure_text(score->strict_f1).text);
}

static void write_measure(const struct report *report, enum measure measure, struct mn_writer *writer)
{
    layout_print(writer,
                 "<h2>%s</h2>\n<table>\n<tr><th>source</th><th>documents</th><th>gold</th><th>found</th><th>right</th>"
                 "<th>neutral</th><th>precision</th><th>recall</th><th>F1</th><th>strict F1</th></tr>\n",
                 measure_heading(measure));
    for (size_t i = 0; i < report->scores[measure].count; i++)
        write_score(&report->scores[measure].items[i], writer);
    mn_write_literal(writer, "</table>\n");
}

static void write_tallies(const struct report *report, struct mn_writer *writer)
{
    mn_write_literal(writer, "<h2>attributes of matched pairs</h2>\n<table>\n<tr><th>kind</th><th>attribute</th>"
                             "<th>right</th><th>wrong</th><th>absent</th><th>extra</th></tr>\n");
    for (size_t i = 0; i < report->tallies.count; i++) {
        const struct tally *tally = &report->tallies.items[i];
        layout_print(writer,
                     "<tr><td>%s</td><td class=\"text\">%s</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td></tr>\n",
                     kind_name(tally->kind), attribute_name(tally->attribute), tally->times[COMPARED_RIGHT],
                     tally->times[COMPARED_WRONG], tally->times[COMPARED_ABSENT], tally->times[COMPARED_EXTRA]);
    }
    mn_write_literal(writer, "</table>\n");
}

static void write_changes(const struct report *report, struct mn_writer *writer)
{
    if (!report->before)
        return;
    mn_write_literal(writer, "<h2>changes</h2>\n<ul>\n");
    for (size_t i = 0; i < report->changes.count; i++) {
        const struct change *change = &report->changes.items[i];
        layout_print(writer, "<li class=\"%s\">%s: %s ", change_is_better(change->type) ? "better" : "worse",
                     change_words(change->type), kind_name(change->finding->kind));
        describe_document(writer, mn_write_text, change->document);
        mn_write_char(writer, ' ');
        if (change->type == CHANGE_RIGHT || change->type == CHANGE_WRONG) {
            describe_value(writer, mn_write_text, change->finding, change->attribute);
            mn_write_literal(writer, ": ");
        }
        describe_finding(writer, mn_write_text, change->finding);
        mn_write_literal(writer, "</li>\n");
    }
    mn_write_literal(writer, "</ul>\n");
}

/* Titles and classes of the marks that hold the bytes at `start`. */
static void open_span(struct mn_writer *writer, const struct mark_list *marks, size_t start)
{
    enum mark_type first = MARK_TYPES;
    mn_write_literal(writer, "<span title=\"");
    for (size_t i = 0; i < marks->count && marks->items[i].start <= start; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->end <= start)
            continue;
        layout_print(writer, "%s%s %s ", first == MARK_TYPES ? "" : "; ", mark_word(mark->type),
                     kind_name(mark->finding->kind));
        first = mark->type < first ? mark->type : first;
        describe_values(writer, mn_write_text, mark->finding);
    }
    layout_print(writer, "\" class=\"%s", mark_word(first));
    for (size_t i = 0; i < marks->count && marks->items[i].start <= start; i++) {
        if (marks->items[i].end > start)
            layout_print(writer, " %s", kind_name(marks->items[i].finding->kind));
    }
    mn_write_literal(writer, "\">");
}

/* The next place behind `at` at which a mark begins or ends. */
static size_t next_boundary(const struct mark_list *marks, size_t at, size_t size, bool *inside)
{
    size_t next = size;
    *inside = false;
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        *inside |= mark->start <= at && at < mark->end;
        if (mark->start > at)
            return mark->start < next ? mark->start : next;
        if (mark->end > at && mark->end < next)
            next = mark->end;
    }
    return next;
}

static void write_marked(struct mn_writer *writer, struct mn_slice text, const struct mark_list *marks)
{
    mn_write_literal(writer, "<pre>");
    for (size_t at = 0, next; at < text.size; at = next) {
        bool inside;
        next = next_boundary(marks, at, text.size, &inside);
        if (inside)
            open_span(writer, marks, at);
        mn_write_text(writer, mn_slice_cut(text, at, next));
        if (inside)
            mn_write_literal(writer, "</span>");
    }
    mn_write_literal(writer, "</pre>\n");
}

static bool write_text(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    struct mark_list marks;
    if (!marks_find(report->arena, document, document->text, &marks))
        return false;
    write_marked(writer, document->text, &marks);
    return true;
}

static void write_mistake(const struct mistake *mistake, struct mn_writer *writer)
{
    static const char *const classes[] = {"missed", "false", "neutral"};
    layout_print(writer, "<li><span class=\"%s\">%s</span> %s ", classes[mistake->type], mistake_word(mistake->type),
                 kind_name(mistake->finding->kind));
    if (mistake->type == MISTAKE_DIFFERS) {
        mn_write_literal(writer, "gold ");
        describe_value(writer, mn_write_text, mistake->other, mistake->attribute);
        mn_write_literal(writer, " found ");
        describe_value(writer, mn_write_text, mistake->finding, mistake->attribute);
        mn_write_literal(writer, ": ");
    }
    describe_finding(writer, mn_write_text, mistake->finding);
    if (mistake->type != MISTAKE_DIFFERS && mistake->other) {
        layout_print(writer, "<br>nearest %.2f: ", mistake->likeness / 1000.0);
        describe_finding(writer, mn_write_text, mistake->other);
    }
    mn_write_literal(writer, "</li>\n");
}

static bool write_fact_mistakes(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    bool mistaken[FACT_COUNT];
    if (!facts_mistaken(report->arena, &document->gold, &document->found, mistaken))
        return false;
    for (enum fact fact = 0; fact < FACT_COUNT && document->has_record; fact++) {
        if (!mistaken[fact])
            continue;
        mn_write_literal(writer, "<li><span class=\"neutral\">differs</span> document gold ");
        describe_fact(writer, mn_write_text, fact, &document->gold);
        mn_write_literal(writer, " found ");
        describe_fact(writer, mn_write_text, fact, &document->found);
        mn_write_literal(writer, "</li>\n");
    }
    return true;
}

static bool write_document(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    struct mistake_list mistakes;
    if (!document_mistakes(report->arena, document, &mistakes))
        return false;
    mn_write_literal(writer, "<details><summary>");
    describe_document(writer, mn_write_text, document);
    layout_print(writer, "%s: %zu to look at</summary>\n<ul>\n", document->has_record ? "" : " (no record)",
                 mistakes.count);
    if (!write_fact_mistakes(report, document, writer))
        return false;
    for (size_t i = 0; i < mistakes.count; i++)
        write_mistake(&mistakes.items[i], writer);
    mn_write_literal(writer, "</ul>\n");
    if (document->text.size && !write_text(report, document, writer))
        return false;
    mn_write_literal(writer, "</details>\n");
    return true;
}

static void write_facts(const struct report *report, struct mn_writer *writer)
{
    mn_write_literal(writer,
                     "<h2>facts about the documents</h2>\n<table>\n<tr><th>fact</th><th>right</th><th>wrong</th>"
                     "<th>absent</th><th>extra</th></tr>\n");
    for (enum fact fact = 0; fact < FACT_COUNT; fact++) {
        const size_t *times = report->facts.times[fact];
        layout_print(writer, "<tr><td>%s</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td></tr>\n", fact_name(fact),
                     times[COMPARED_RIGHT], times[COMPARED_WRONG], times[COMPARED_ABSENT], times[COMPARED_EXTRA]);
    }
    mn_write_literal(writer, "</table>\n");
}

enum mn_status report_html(const struct report *report, struct mn_writer *writer, struct mn_error *error)
{
    const struct evaluation *evaluation = report->evaluation;
    mn_write_literal(writer, head);
    mn_write_literal(writer, legend);
    for (enum measure measure = 0; measure < MEASURE_COUNT; measure++)
        write_measure(report, measure, writer);
    write_tallies(report, writer);
    write_facts(report, writer);
    write_changes(report, writer);
    mn_write_literal(writer, "<h2>documents</h2>\n");
    for (size_t d = 0; d < evaluation->document_count; d++)
        if (!write_document(report, &evaluation->documents[d], writer))
            return mn_fail_memory(error);
    mn_write_literal(writer, "</body>\n</html>\n");
    return MN_OK;
}
