#include "interpret/judgements.h"

#include "base/bisect.h"

#include <stdlib.h>

/* What a report says about one judgement. */
struct verdict {
    const struct mn_mention *given;   /* null: nothing that counts */
    const struct mn_mention *against; /* null: nothing says otherwise */
    const struct mn_mention *label;   /* the label without a grade, beside judgements that can be read */
    bool not_made;                    /* the report says so */
};

/* How far behind a table's row a mention counts. Plain text does not tell lines from headings, so these are alike, and
 * where most judgements stand together counts, then the first. */
static const uint8_t ranks[] = {[MN_MENTION_ROW] = 0,
                                [MN_MENTION_LINE] = 1,
                                [MN_MENTION_HEAD] = 1,
                                [MN_MENTION_BLOCKS] = 1,
                                [MN_MENTION_SENTENCE] = 2};

static bool is_better(const struct mn_mention *a, const struct mn_mention *b)
{
    if (!b || ranks[a->place] != ranks[b->place])
        return !b || ranks[a->place] < ranks[b->place];
    return a->company > b->company;
}

static struct verdict judge(const struct mn_mentions *mentions, uint32_t judgement)
{
    struct verdict verdict = {0};
    for (size_t i = 0; i < mentions->items.count; i++) {
        const struct mn_mention *mention = &mentions->items.items[i];
        if (mention->judgement != judgement || mention->is_earlier)
            continue;
        if (mention->place == MN_MENTION_LABEL)
            verdict.label = !verdict.label && mention->is_beside ? mention : verdict.label;
        else if (!mention->value.size)
            verdict.not_made = true;
        else if (is_better(mention, verdict.given))
            verdict.given = mention;
    }
    for (size_t i = 0; verdict.given && i < mentions->items.count; i++) {
        const struct mn_mention *mention = &mentions->items.items[i];
        if (!verdict.against && mention->judgement == judgement && mention->value.size && !mention->is_earlier &&
            !mn_slice_equal(mention->value, verdict.given->value))
            verdict.against = mention;
    }
    return verdict;
}

/* ---- findings ---- */

/* The first span that starts at this byte or behind it; spans stand by start. */
static size_t first_span(const struct mn_document *document, uint32_t start)
{
    return MN_COUNT_BELOW(struct mn_span, start, document->spans.items, document->spans.count, start);
}

/* The last day, month or year that is named where the report says that something was judged before. */
static struct mn_slice time_of_earlier(const struct mn_work *work, const struct mn_mention *mention)
{
    const struct mn_document *document = work->document;
    const struct mn_node *node = &document->nodes.items[mention->earlier_node];
    struct mn_slice when = MN_EMPTY;
    for (size_t i = first_span(document, node->start); i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        struct mn_time_value time;
        struct mn_date date;
        if (span->start >= node->end)
            break;
        if (mn_slice_equal(span->kind, MN_LITERAL("time")) && span->end <= node->end &&
            mn_time_evaluate(work->arena, document, &span->fields, work->anchor, true, &time) &&
            mn_date_parse(time.edtf, &date))
            when = time.edtf;
    }
    return when;
}

static struct mn_field attribute(const char *name, struct mn_slice value)
{
    return (struct mn_field){mn_slice_of(name), value, 0, 0, MN_NONE};
}

static bool add_finding(const struct mn_work *work, const struct mn_scheme *scheme, const struct mn_mention *mention,
                        bool formal, struct mn_judgements *judgements)
{
    const struct mn_scheme_judgement *judgement = &scheme->judgements[mention->judgement];
    struct mn_slice when = mention->is_earlier ? time_of_earlier(work, mention) : MN_EMPTY;
    const struct mn_field attributes[] = {
        attribute("scale", scheme->scale),
        attribute("value", mention->value),
        attribute("modality", MN_LITERAL("asserted")),
        attribute("aspect", judgement->aspect),
        attribute("assessor", scheme->inspectorate),
        formal ? attribute("formal", MN_LITERAL("true")) : attribute("when", when),
    };
    size_t count = sizeof attributes / sizeof *attributes - (!formal && !when.size);
    struct mn_finding *finding = MN_APPEND(work->arena, &judgements->findings);
    struct mn_field *fields = mn_arena_alloc(work->arena, (count + 1) * sizeof *fields);
    if (!finding || !fields)
        return false;
    memcpy(fields, attributes, count * sizeof *fields);
    fields[count] =
        (struct mn_field){MN_LITERAL("subject"), MN_EMPTY, mention->subject_start, mention->subject_end, MN_NONE};
    *finding = (struct mn_finding){.kind = MN_GRADE,
                                   .rule = judgement->rule,
                                   .start = mention->start,
                                   .end = mention->end,
                                   .node = mention->node,
                                   .attributes = {fields, count},
                                   .parts = {fields + count, 1}};
    return true;
}

static bool add_missing(const struct mn_work *work, struct mn_slice slot, struct mn_slice reason,
                        const struct mn_mention *first, const struct mn_mention *second)
{
    struct mn_missing *missing = MN_APPEND(work->arena, &work->document->missing);
    if (!missing)
        return false;
    *missing = (struct mn_missing){.slot = slot, .reason = reason};
    if (first) {
        missing->start = first->start;
        missing->end = first->end;
    }
    if (second) {
        missing->other_start = second->start;
        missing->other_end = second->end;
    }
    return true;
}

static bool note_absent(const struct mn_work *work, const struct mn_scheme_judgement *judgement,
                        const struct verdict *verdict)
{
    if (verdict->label && !verdict->not_made)
        return add_missing(work, judgement->name, MN_LITERAL("unreadable"), verdict->label, NULL);
    if (judgement->optional && !verdict->not_made)
        return true;
    return add_missing(work, judgement->name, MN_LITERAL("not-stated"), NULL, NULL);
}

static bool put_judgement(const struct mn_work *work, const struct mn_framework *framework, uint32_t index,
                          struct mn_slice *value, struct mn_judgements *judgements)
{
    const struct mn_scheme_judgement *judgement = &framework->scheme->judgements[index];
    struct verdict verdict = judge(&framework->mentions, index);
    if (!verdict.given)
        return note_absent(work, judgement, &verdict);
    *value = verdict.given->value;
    if (!add_finding(work, framework->scheme, verdict.given, true, judgements))
        return false;
    return !verdict.against ||
           (add_finding(work, framework->scheme, verdict.against, false, judgements) &&
            add_missing(work, judgement->name, MN_LITERAL("conflicting"), verdict.given, verdict.against));
}

/* What was judged before, as the report says in the form of its own judgements. */
static bool put_earlier(const struct mn_work *work, const struct mn_framework *framework,
                        struct mn_judgements *judgements)
{
    for (size_t i = 0; i < framework->mentions.items.count; i++) {
        const struct mn_mention *mention = &framework->mentions.items.items[i];
        if (mention->is_earlier && mention->value.size && mention->place != MN_MENTION_SENTENCE &&
            !add_finding(work, framework->scheme, mention, false, judgements))
            return false;
    }
    return true;
}

static int compare_said(const void *first, const void *second)
{
    const struct mn_said *a = first, *b = second;
    return (a->start > b->start) - (a->start < b->start);
}

/* Whatever says a judgement is evidence of one and the same grade; a sentence about an earlier one is not. */
static bool note_said(const struct mn_work *work, const struct mn_mentions *mentions, struct mn_judgements *judgements)
{
    for (size_t i = 0; i < mentions->items.count; i++) {
        const struct mn_mention *mention = &mentions->items.items[i];
        bool other = mention->is_earlier && mention->place == MN_MENTION_SENTENCE;
        struct mn_said *said = NULL;
        if (mention->place == MN_MENTION_LABEL || other)
            continue;
        said = MN_APPEND(work->arena, &judgements->said);
        if (!said)
            return false;
        *said = (struct mn_said){mention->start, mention->end};
    }
    struct mn_said *items = judgements->said.items;
    if (!items)
        return true;
    qsort(items, judgements->said.count, sizeof *items, compare_said);
    for (size_t i = 1; i < judgements->said.count; i++)
        items[i].end = items[i].end > items[i - 1].end ? items[i].end : items[i - 1].end;
    return true;
}

static int compare_findings(const void *first, const void *second)
{
    const struct mn_finding *a = first, *b = second;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return mn_slice_compare(a->rule, b->rule);
}

bool mn_judgements_make(struct mn_work *work, const struct mn_framework *framework, struct mn_judgements *judgements)
{
    const struct mn_scheme *scheme = framework->scheme;
    *judgements = (struct mn_judgements){.framework = framework};
    if (!scheme)
        return true;
    struct mn_slice *values = mn_arena_zero(work->arena, (scheme->judgement_count + 1) * sizeof *values);
    judgements->values = values;
    if (!values)
        return false;
    for (uint32_t i = 0; i < scheme->judgement_count; i++)
        if (!put_judgement(work, framework, i, &values[i], judgements))
            return false;
    if (!put_earlier(work, framework, judgements))
        return false;
    for (size_t i = 0; i < scheme->abolished_count; i++)
        if (!add_missing(work, scheme->abolished[i], MN_LITERAL("not-in-framework"), NULL, NULL))
            return false;
    if (judgements->findings.count)
        qsort(judgements->findings.items, judgements->findings.count, sizeof *judgements->findings.items,
              compare_findings);
    return note_said(work, &framework->mentions, judgements);
}

/* ---- grades that rules found ---- */

/* The words in a range, as pointers; their number, or `most` + 1 when there are more. */
static size_t words_in(const struct mn_words *words, struct mn_said range, const struct mn_word **found, size_t most)
{
    size_t at = MN_COUNT_BELOW(struct mn_word, start, words->items, words->count, range.start), count = 0;
    for (; at < words->count && words->items[at].end <= range.end; at++) {
        if (count == most)
            return most + 1;
        found[count++] = &words->items[at];
    }
    return count;
}

static bool repeats(const struct mn_judgements *judgements, struct mn_said subject, struct mn_slice value)
{
    const struct mn_scheme *scheme = judgements->framework->scheme;
    const struct mn_word *words[MN_LONGEST_PHRASE];
    size_t count = words_in(&judgements->framework->words, subject, words, MN_LONGEST_PHRASE);
    for (size_t i = 0; count && count <= MN_LONGEST_PHRASE && i < scheme->judgement_count; i++)
        if (mn_phrases_are(&scheme->judgements[i].labels, words, count) && mn_slice_equal(judgements->values[i], value))
            return true;
    return false;
}

bool mn_judgements_say(const struct mn_judgements *judgements, struct mn_said grade, struct mn_said subject,
                       struct mn_slice value)
{
    size_t before = MN_COUNT_BELOW(struct mn_said, start, judgements->said.items, judgements->said.count, grade.end);
    if (before && judgements->said.items[before - 1].end > grade.start)
        return true;
    return judgements->framework->scheme && subject.end > subject.start && repeats(judgements, subject, value);
}
