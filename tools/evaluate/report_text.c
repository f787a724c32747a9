#include "layout.h"
#include "report.h"

static size_t missing_records(const struct evaluation *evaluation)
{
    size_t missing = 0;
    for (size_t d = 0; d < evaluation->document_count; d++)
        missing += !evaluation->documents[d].has_record;
    return missing;
}

static void write_place(struct mn_writer *writer, const struct document *document)
{
    mn_write(writer, document->folder);
    mn_write_char(writer, '/');
    mn_write(writer, document->name);
}

static void write_missing(const struct evaluation *evaluation, struct mn_writer *writer)
{
    for (size_t d = 0; d < evaluation->document_count; d++) {
        if (evaluation->documents[d].has_record)
            continue;
        mn_write_literal(writer, "no record: ");
        write_place(writer, &evaluation->documents[d]);
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

static void write_score(const struct report *report, const struct score *score, size_t width, struct mn_writer *writer)
{
    layout_left(writer, score_label(report->arena, score), width);
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
    size_t width = label_width(report->arena, list, 16);
    mn_write_char(writer, '\n');
    layout_left(writer, mn_slice_of(heading), width);
    layout_print(writer, "  %5s  %5s  %5s  %5s  %7s  %-20s  %-20s  %-20s  %s\n", "docs", "gold", "found", "right",
                 "neutral", "precision", "recall", "F1", "strict F1");
    for (size_t i = 0; i < list->count; i++)
        write_score(report, &list->items[i], width, writer);
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

static void write_value(const struct finding *finding, enum attribute attribute, struct mn_writer *writer)
{
    struct mn_slice value = attribute_value(finding, attribute);
    layout_print(writer, "%s=", attribute_name(attribute));
    mn_write(writer, value.size ? value : MN_LITERAL("-"));
}

/* Main attributes, place, quote and rule. */
static void write_finding(const struct finding *finding, struct mn_writer *writer)
{
    const struct quote *quote = &finding->quotes[0];
    write_value(finding, main_attribute(finding->kind), writer);
    if (finding->kind == KIND_GRADE) {
        mn_write_char(writer, ' ');
        write_value(finding, ATTRIBUTE_MODALITY, writer);
    }
    if (quote->placed)
        layout_print(writer, " at %zu", quote->start);
    mn_write_literal(writer, " \"");
    mn_write(writer, quote->text);
    mn_write_char(writer, '"');
    if (finding->attributes[ATTRIBUTE_RULE].size) {
        mn_write_literal(writer, " by ");
        mn_write(writer, finding->attributes[ATTRIBUTE_RULE]);
    }
}

static void write_nearest(const struct mistake *mistake, struct mn_writer *writer)
{
    layout_print(writer, "\n    nearest %s %.2f%s: ", mistake->type == MISTAKE_MISS ? "find" : "gold",
                 mistake->likeness / 1000.0, mistake->taken ? " (paired)" : "");
    write_finding(mistake->other, writer);
}

static void write_differing(const struct mistake *mistake, struct mn_writer *writer)
{
    mn_write_literal(writer, "gold ");
    write_value(mistake->other, mistake->attribute, writer);
    mn_write_literal(writer, " found ");
    write_value(mistake->finding, mistake->attribute, writer);
    mn_write_literal(writer, ": ");
    write_finding(mistake->finding, writer);
}

static void write_mistake(const struct document *document, const struct mistake *mistake, struct mn_writer *writer)
{
    layout_print(writer, "%s %s ", mistake_word(mistake->type), kind_name(mistake->finding->kind));
    write_place(writer, document);
    mn_write_char(writer, ' ');
    if (mistake->type == MISTAKE_DIFFERS) {
        write_differing(mistake, writer);
    } else {
        write_finding(mistake->finding, writer);
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
        if (!document_mistakes(report->arena, document, &mistakes))
            return false;
        for (size_t i = 0; i < mistakes.count; i++)
            write_mistake(document, &mistakes.items[i], writer);
    }
    return true;
}

bool report_text(const struct report *report, struct mn_writer *writer)
{
    write_head(report, writer);
    for (enum measure measure = 0; measure < MEASURE_COUNT; measure++)
        write_measure(report, measure, writer);
    write_tallies(report, writer);
    return !report->list || write_list(report, writer);
}
