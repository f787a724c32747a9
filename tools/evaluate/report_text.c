#include "describe.h"
#include "layout.h"
#include "report.h"

static size_t missing_records(const struct evaluation *evaluation)
{
    size_t missing = 0;
    for (size_t d = 0; d < evaluation->document_count; d++)
        missing += !evaluation->documents[d].has_record;
    return missing;
}

static void write_missing(const struct evaluation *evaluation, struct mn_writer *writer)
{
    for (size_t d = 0; d < evaluation->document_count; d++) {
        if (evaluation->documents[d].has_record)
            continue;
        mn_write_literal(writer, "no record: ");
        describe_document(writer, mn_write, &evaluation->documents[d]);
        mn_write_char(writer, '\n');
    }
}

static void write_head(const struct report *report, struct mn_writer *writer)
{
    const struct evaluation *evaluation = report->evaluation;
    layout_print(writer, "documents %zu, without a record %zu, sources %zu\n", evaluation->document_count,
                 missing_records(evaluation), evaluation->folder_count);
    write_missing(evaluation, writer);
    layout_print(
        writer,
        "quotes matched by overlap; [95 %% interval] from %d bootstrap rounds over documents; neutral: finds on "
        "borderline gold\n",
        BOOTSTRAP_ROUNDS);
}

static void write_score(const struct score *score, size_t width, struct mn_writer *writer)
{
    layout_left(writer, score->label, width);
    layout_print(writer, "  %5zu  %5zu  %5zu  %5zu  %7zu", score->documents, score->overlap.gold, score->overlap.found,
                 score->overlap.right, score->neutral);
    for (enum figure figure = 0; figure < FIGURE_COUNT; figure++) {
        mn_write_literal(writer, "  ");
        layout_estimate(writer, &score->figures[figure]);
    }
    layout_print(writer, "  %s\n", figure_text(score->strict_f1).text);
}

static void write_measure(const struct report *report, enum measure measure, struct mn_writer *writer)
{
    const struct score_list *list = &report->scores[measure];
    const char *heading = measure_heading(measure);
    size_t width = label_width(list, 16);
    mn_write_char(writer, '\n');
    layout_left(writer, mn_slice_of(heading), width);
    layout_print(writer, "  %5s  %5s  %5s  %5s  %7s  %-20s  %-20s  %-20s  %s\n", "docs", "gold", "found", "right",
                 "neutral", "precision", "recall", "F1", "strict F1");
    for (size_t i = 0; i < list->count; i++)
        write_score(&list->items[i], width, writer);
}

static void write_tally(const struct tally *tally, struct mn_writer *writer)
{
    size_t stated = tally->times[COMPARED_RIGHT] + tally->times[COMPARED_WRONG] + tally->times[COMPARED_ABSENT];
    double accuracy = stated ? (double)tally->times[COMPARED_RIGHT] / (double)stated : -1;
    layout_print(writer, "%-14s  %-9s  %5zu  %5zu  %5zu  %6zu  %5zu  %s\n", kind_name(tally->kind),
                 attribute_name(tally->attribute), stated, tally->times[COMPARED_RIGHT], tally->times[COMPARED_WRONG],
                 tally->times[COMPARED_ABSENT], tally->times[COMPARED_EXTRA], figure_text(accuracy).text);
}

static void write_tallies(const struct report *report, struct mn_writer *writer)
{
    mn_write_literal(writer,
                     "\nattributes of matched pairs (grades: of pairs at the same place, whatever their value)\n");
    layout_print(writer, "%-14s  %-9s  %5s  %5s  %5s  %6s  %5s  %s\n", "kind", "attribute", "gold", "right", "wrong",
                 "absent", "extra", "accuracy");
    for (size_t i = 0; i < report->tallies.count; i++)
        write_tally(&report->tallies.items[i], writer);
}

static void write_facts(const struct report *report, struct mn_writer *writer)
{
    mn_write_literal(writer, "\nfacts about the documents\n");
    layout_print(writer, "%-16s  %5s  %5s  %5s  %6s  %5s  %s\n", "fact", "gold", "right", "wrong", "absent", "extra",
                 "accuracy");
    for (enum fact fact = 0; fact < FACT_COUNT; fact++) {
        const size_t *times = report->facts.times[fact];
        size_t stated = times[COMPARED_RIGHT] + times[COMPARED_WRONG] + times[COMPARED_ABSENT];
        double accuracy = stated ? (double)times[COMPARED_RIGHT] / (double)stated : -1;
        layout_print(writer, "%-16s  %5zu  %5zu  %5zu  %6zu  %5zu  %s\n", fact_name(fact), stated,
                     times[COMPARED_RIGHT], times[COMPARED_WRONG], times[COMPARED_ABSENT], times[COMPARED_EXTRA],
                     figure_text(accuracy).text);
    }
}

static bool list_facts(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    bool mistaken[FACT_COUNT];
    if (!facts_mistaken(report->arena, &document->gold, &document->found, mistaken))
        return false;
    for (enum fact fact = 0; fact < FACT_COUNT && document->has_record; fact++) {
        if (!mistaken[fact])
            continue;
        mn_write_literal(writer, "differs document ");
        describe_document(writer, mn_write, document);
        mn_write_literal(writer, " gold ");
        describe_fact(writer, mn_write, fact, &document->gold);
        mn_write_literal(writer, " found ");
        describe_fact(writer, mn_write, fact, &document->found);
        mn_write_char(writer, '\n');
    }
    return true;
}

static void write_nearest(const struct mistake *mistake, struct mn_writer *writer)
{
    layout_print(writer, "\n    nearest %s %.2f%s: ", mistake->type == MISTAKE_MISS ? "find" : "gold",
                 mistake->likeness / 1000.0, mistake->taken ? " (paired)" : "");
    describe_finding(writer, mn_write, mistake->other);
}

static void write_differing(const struct mistake *mistake, struct mn_writer *writer)
{
    mn_write_literal(writer, "gold ");
    describe_value(writer, mn_write, mistake->other, mistake->attribute);
    mn_write_literal(writer, " found ");
    describe_value(writer, mn_write, mistake->finding, mistake->attribute);
    mn_write_literal(writer, ": ");
    describe_finding(writer, mn_write, mistake->finding);
}

static void write_mistake(const struct document *document, const struct mistake *mistake, struct mn_writer *writer)
{
    layout_print(writer, "%s %s ", mistake_word(mistake->type), kind_name(mistake->finding->kind));
    describe_document(writer, mn_write, document);
    mn_write_char(writer, ' ');
    if (mistake->type == MISTAKE_DIFFERS) {
        write_differing(mistake, writer);
    } else {
        describe_finding(writer, mn_write, mistake->finding);
        if (mistake->other)
            write_nearest(mistake, writer);
    }
    mn_write_char(writer, '\n');
}

static bool write_list(const struct report *report, struct mn_writer *writer)
{
    mn_write_char(writer, '\n');
    for (size_t d = 0; d < report->evaluation->document_count; d++) {
        const struct document *document = &report->evaluation->documents[d];
        struct mistake_list mistakes;
        if (!list_facts(report, document, writer) || !document_mistakes(report->arena, document, &mistakes))
            return false;
        for (size_t i = 0; i < mistakes.count; i++)
            write_mistake(document, &mistakes.items[i], writer);
    }
    return true;
}

static void write_change_row(const struct report *report, enum measure measure, size_t row, struct mn_writer *writer)
{
    const struct score *score = &report->scores[measure].items[row];
    double after = score->figures[FIGURE_F1].value;
    double before = report->scores_before[measure].items[row].figures[FIGURE_F1].value;
    layout_left(writer, mn_slice_of(measure_heading(measure)), 16);
    mn_write_literal(writer, "  ");
    layout_left(writer, score->label, label_width(&report->scores[measure], 16));
    layout_print(writer, "  %6s  %6s", figure_text(before).text, figure_text(after).text);
    if (before >= 0 && after >= 0)
        layout_print(writer, "  %+.3f", after - before);
    mn_write_char(writer, '\n');
}

static void write_change_table(const struct report *report, struct mn_writer *writer)
{
    size_t width = label_width(&report->scores[0], 16);
    layout_print(writer, "\n%-16s  ", "changes of F1");
    layout_left(writer, MN_LITERAL("source"), width);
    layout_print(writer, "  %6s  %6s  %s\n", "before", "after", "change");
    for (enum measure measure = 0; measure < MEASURE_COUNT; measure++) {
        for (size_t row = 0; row < report->scores[measure].count; row++) {
            if (report->scores[measure].items[row].group != GROUP_WITHOUT)
                write_change_row(report, measure, row, writer);
        }
    }
}

static void write_change_counts(const struct report *report, struct mn_writer *writer)
{
    layout_print(writer, "\n%-16s", "changes");
    for (enum change_type type = 0; type < CHANGE_COUNT; type++)
        layout_print(writer, "  %15s", change_words(type));
    mn_write_char(writer, '\n');
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        layout_print(writer, "%-16s", kind_name(kind));
        for (enum change_type type = 0; type < CHANGE_COUNT; type++)
            layout_print(writer, "  %15zu", changes_count(&report->changes, kind, type));
        mn_write_char(writer, '\n');
    }
}

static void write_change(const struct change *change, struct mn_writer *writer)
{
    layout_print(writer, "%s: %s: %s ", change_is_better(change->type) ? "better" : "worse", change_words(change->type),
                 kind_name(change->finding->kind));
    describe_document(writer, mn_write, change->document);
    mn_write_char(writer, ' ');
    if (change->type == CHANGE_RIGHT || change->type == CHANGE_WRONG) {
        describe_value(writer, mn_write, change->finding, change->attribute);
        mn_write_literal(writer, ": ");
    }
    describe_finding(writer, mn_write, change->finding);
    mn_write_char(writer, '\n');
}

static void write_changes(const struct report *report, struct mn_writer *writer)
{
    write_change_table(report, writer);
    write_change_counts(report, writer);
    mn_write_char(writer, '\n');
    for (size_t i = 0; i < report->changes.count; i++)
        write_change(&report->changes.items[i], writer);
}

enum mn_status report_text(const struct report *report, struct mn_writer *writer, struct mn_error *error)
{
    write_head(report, writer);
    for (enum measure measure = 0; measure < MEASURE_COUNT; measure++)
        write_measure(report, measure, writer);
    write_tallies(report, writer);
    write_facts(report, writer);
    if (report->before)
        write_changes(report, writer);
    if (report->list && !write_list(report, writer))
        return mn_fail_memory(error);
    return MN_OK;
}
