#include "describe.h"
#include "layout.h"
#include "report.h"
#include <stdio.h>

#define EVALUATION_NAMESPACE "urn:minutiae:evaluation:1"

static void write_figure(struct mn_writer *writer, const char *name, double figure)
{
    char text[32];
    if (figure < 0)
        return;
    int size = snprintf(text, sizeof text, "%.4f", figure);
    mn_write_attribute(writer, name, (struct mn_slice){text, size > 0 ? (size_t)size : 0});
}

static void write_estimate(struct mn_writer *writer, const char *const names[3], const struct estimate *estimate)
{
    write_figure(writer, names[0], estimate->value);
    write_figure(writer, names[1], estimate->low);
    write_figure(writer, names[2], estimate->high);
}

static void write_counts(struct mn_writer *writer, const struct score *score)
{
    mn_write_attribute_number(writer, "documents", score->documents);
    mn_write_attribute_number(writer, "gold", score->overlap.gold);
    mn_write_attribute_number(writer, "found", score->overlap.found);
    mn_write_attribute_number(writer, "right", score->overlap.right);
    mn_write_attribute_number(writer, "neutral", score->neutral);
}

static void write_score(struct mn_writer *writer, const struct score *score, const struct score *before)
{
    static const char *const groups[] = {"source", "micro", "macro", "all-but"};
    static const char *const names[FIGURE_COUNT][3] = {{"precision", "precision-low", "precision-high"},
                                                       {"recall", "recall-low", "recall-high"},
                                                       {"f1", "f1-low", "f1-high"}};
    _Static_assert(sizeof groups / sizeof *groups == GROUP_COUNT, "every group has a word");
    mn_write_literal(writer, "    <score");
    mn_write_attribute(writer, "group", mn_slice_of(groups[score->group]));
    if (score->folder.size)
        mn_write_attribute(writer, "source", score->folder);
    write_counts(writer, score);
    for (enum figure figure = 0; figure < FIGURE_COUNT; figure++)
        write_estimate(writer, names[figure], &score->figures[figure]);
    write_figure(writer, "strict-f1", score->strict_f1);
    if (before)
        write_figure(writer, "f1-before", before->figures[FIGURE_F1].value);
    mn_write_literal(writer, "/>\n");
}

static void write_measure(const struct report *report, enum measure measure, struct mn_writer *writer)
{
    const struct score_list *list = &report->scores[measure];
    mn_write_literal(writer, "  <measure");
    mn_write_attribute(writer, "name", mn_slice_of(measure_word(measure)));
    mn_write_literal(writer, ">\n");
    for (size_t i = 0; i < list->count; i++)
        write_score(writer, &list->items[i], report->before ? &report->scores_before[measure].items[i] : NULL);
    mn_write_literal(writer, "  </measure>\n");
}

static void write_times(struct mn_writer *writer, const size_t times[COMPARISON_COUNT])
{
    static const char *const words[] = {"silent", "right", "wrong", "absent", "extra"};
    _Static_assert(sizeof words / sizeof *words == COMPARISON_COUNT, "every comparison has a word");
    for (size_t c = 0; c < COMPARISON_COUNT; c++)
        mn_write_attribute_number(writer, words[c], times[c]);
    mn_write_literal(writer, "/>\n");
}

static void write_tally(struct mn_writer *writer, const struct tally *tally)
{
    mn_write_literal(writer, "  <attribute");
    mn_write_attribute(writer, "kind", mn_slice_of(kind_name(tally->kind)));
    mn_write_attribute(writer, "name", mn_slice_of(attribute_name(tally->attribute)));
    write_times(writer, tally->times);
}

static void write_facts(struct mn_writer *writer, const struct fact_tallies *facts)
{
    for (enum fact fact = 0; fact < FACT_COUNT; fact++) {
        mn_write_literal(writer, "  <fact");
        mn_write_attribute(writer, "name", mn_slice_of(fact_name(fact)));
        write_times(writer, facts->times[fact]);
    }
}

/* Attributes and quote of a finding, closing the start tag that was begun and the element. */
static void write_finding(struct mn_writer *writer, const char *element, const struct finding *finding)
{
    const struct quote *quote = &finding->quotes[0];
    mn_write_attribute(writer, "kind", mn_slice_of(kind_name(finding->kind)));
    if (quote->placed) {
        mn_write_attribute_number(writer, "start", quote->start);
        mn_write_attribute_number(writer, "end", quote->end);
    }
    for (enum attribute attribute = 0; attribute < ATTRIBUTE_COUNT; attribute++) {
        if (finding->attributes[attribute].size)
            mn_write_attribute(writer, attribute_name(attribute), finding->attributes[attribute]);
    }
    mn_write_literal(writer, "><quote>");
    mn_write_text(writer, quote->text);
    layout_print(writer, "</quote></%s>", element);
}

static void write_other(struct mn_writer *writer, const struct mistake *mistake)
{
    const char *element = mistake->type == MISTAKE_DIFFERS ? "gold" : "nearest";
    layout_print(writer, "      <%s", element);
    if (mistake->type != MISTAKE_DIFFERS) {
        write_figure(writer, "likeness", mistake->likeness / 1000.0);
        mn_write_attribute(writer, "paired", mistake->taken ? MN_LITERAL("true") : MN_LITERAL("false"));
    }
    write_finding(writer, element, mistake->other);
    mn_write_char(writer, '\n');
}

static void write_mistake(struct mn_writer *writer, const struct mistake *mistake)
{
    layout_print(writer, "    <%s", mistake_word(mistake->type));
    if (mistake->type == MISTAKE_DIFFERS)
        mn_write_attribute(writer, "attribute", mn_slice_of(attribute_name(mistake->attribute)));
    mn_write_literal(writer, ">\n      <finding");
    write_finding(writer, "finding", mistake->finding);
    mn_write_char(writer, '\n');
    if (mistake->other)
        write_other(writer, mistake);
    layout_print(writer, "    </%s>\n", mistake_word(mistake->type));
}

static bool list_facts(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    bool mistaken[FACT_COUNT];
    if (!facts_mistaken(report->arena, &document->gold, &document->found, mistaken))
        return false;
    for (enum fact fact = 0; fact < FACT_COUNT && document->has_record; fact++) {
        if (!mistaken[fact])
            continue;
        mn_write_literal(writer, "    <fact-differs");
        mn_write_attribute(writer, "name", mn_slice_of(fact_name(fact)));
        mn_write_attribute(writer, "gold", document->gold.facts[fact].words);
        if (document->found.facts[fact].words.size)
            mn_write_attribute(writer, "found", document->found.facts[fact].words);
        mn_write_literal(writer, "/>\n");
    }
    return true;
}

static bool write_document(const struct report *report, const struct document *document, struct mn_writer *writer)
{
    struct mistake_list mistakes = {0};
    if (report->list && !document_mistakes(report->arena, document, &mistakes))
        return false;
    if (document->has_record && !mistakes.count && !(report->list && document->gold.has_facts))
        return true;
    mn_write_literal(writer, "  <document");
    mn_write_attribute(writer, "source", document->folder);
    mn_write_attribute(writer, "name", document->name);
    mn_write_attribute(writer, "record", document->has_record ? MN_LITERAL("true") : MN_LITERAL("false"));
    mn_write_literal(writer, ">\n");
    if (report->list && !list_facts(report, document, writer))
        return false;
    for (size_t i = 0; i < mistakes.count; i++)
        write_mistake(writer, &mistakes.items[i]);
    mn_write_literal(writer, "  </document>\n");
    return true;
}

static void write_change(struct mn_writer *writer, const struct change *change)
{
    mn_write_literal(writer, "  <change");
    mn_write_attribute(writer, "to-the", change_is_better(change->type) ? MN_LITERAL("better") : MN_LITERAL("worse"));
    mn_write_attribute(writer, "what", mn_slice_of(change_words(change->type)));
    mn_write_attribute(writer, "source", change->document->folder);
    mn_write_attribute(writer, "name", change->document->name);
    if (change->type == CHANGE_RIGHT || change->type == CHANGE_WRONG)
        mn_write_attribute(writer, "attribute", mn_slice_of(attribute_name(change->attribute)));
    mn_write_literal(writer, "><finding");
    write_finding(writer, "finding", change->finding);
    mn_write_literal(writer, "</change>\n");
}

enum mn_status report_xml(const struct report *report, struct mn_writer *writer, struct mn_error *error)
{
    const struct evaluation *evaluation = report->evaluation;
    mn_write_literal(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<evaluation");
    mn_write_attribute(writer, "xmlns", MN_LITERAL(EVALUATION_NAMESPACE));
    mn_write_attribute_number(writer, "documents", evaluation->document_count);
    mn_write_attribute_number(writer, "sources", evaluation->folder_count);
    mn_write_attribute_number(writer, "rounds", BOOTSTRAP_ROUNDS);
    mn_write_literal(writer, ">\n");
    for (enum measure measure = 0; measure < MEASURE_COUNT; measure++)
        write_measure(report, measure, writer);
    for (size_t i = 0; i < report->tallies.count; i++)
        write_tally(writer, &report->tallies.items[i]);
    write_facts(writer, &report->facts);
    for (size_t d = 0; d < evaluation->document_count; d++) {
        if (!write_document(report, &evaluation->documents[d], writer))
            return mn_fail_memory(error);
    }
    for (size_t i = 0; i < report->changes.count; i++)
        write_change(writer, &report->changes.items[i]);
    mn_write_literal(writer, "</evaluation>\n");
    return MN_OK;
}
