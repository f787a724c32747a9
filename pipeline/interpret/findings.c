#include "interpret/agenda.h"
#include "interpret/drafts.h"
#include "interpret/judgements.h"
#include "interpret/parts.h"
#include <stdio.h>
#include <stdlib.h>

/* True when the time ended before the first day that the anchor can be. */
static bool is_past(const struct mn_time_value *time, struct mn_date anchor)
{
    return time->latest.year && anchor.year && mn_date_compare(time->latest, mn_date_first(anchor)) < 0;
}

/* A rule may say that a meeting is not of the body that met: own="false". */
static bool is_own(const struct mn_work *work, const struct mn_field *field)
{
    const struct mn_document *document = work->document;
    if (field->span >= document->spans.count)
        return true;
    const struct mn_field *own = mn_fields_find(&document->spans.items[field->span].fields, MN_LITERAL("own"));
    return !own || !mn_slice_equal(own->value, MN_LITERAL("false"));
}

static void put_next_meeting(const struct mn_work *work, const struct mn_field *field, struct mn_time_value *due)
{
    if (work->next_meeting.size && is_own(work, field) && mn_slice_equal(due->edtf, MN_LITERAL("next-meeting")))
        mn_time_of_edtf(work->next_meeting, due);
}

/* Works out the draft's own due time. A deadline in the past is dropped, a due time in the past left out. False when
 * memory is out. */
static bool resolve_due(const struct mn_work *work, struct mn_draft *draft)
{
    size_t slot = mn_shape_slot(draft->kind, MN_LITERAL("due"));
    const struct mn_field *field = slot < MN_MOST_SLOTS ? mn_draft_field(draft, slot) : NULL;
    struct mn_time_value value;
    if (!field || !mn_value_time(work, field, work->anchor, false, &value))
        return true;
    put_next_meeting(work, field, &value);
    draft->has_due = !is_past(&value, work->anchor);
    if (!draft->has_due && draft->kind == MN_DEADLINE)
        draft->fate = MN_DROPPED_PAST;
    struct mn_time_value *due = value.edtf.data ? mn_arena_alloc(work->arena, sizeof *due) : NULL;
    if (due)
        *due = value;
    draft->due = due;
    return due != NULL;
}

/* What the record cannot say without. */
static void drop_valueless(struct mn_draft *draft)
{
    if (draft->kind == MN_GRADE && !mn_draft_field(draft, mn_shape_slot(MN_GRADE, MN_LITERAL("value"))))
        draft->fate = MN_DROPPED_NO_VALUE;
}

/* A rule may hold in reports of a known framework only: needs="report". Resolutions do not, for no meeting is minuted
 * there. */
static void drop_by_document(const struct mn_work *work, struct mn_draft *draft)
{
    const struct mn_fields *fields = &work->document->spans.items[draft->span].fields;
    const struct mn_field *needs = mn_fields_find(fields, MN_LITERAL("needs"));
    if (!work->scheme && needs && mn_slice_equal(needs->value, MN_LITERAL("report")))
        draft->fate = MN_DROPPED_NO_REPORT;
    if (work->scheme && draft->kind == MN_RESOLUTION)
        draft->fate = MN_DROPPED_IN_REPORT;
}

static bool resolve(struct mn_drafts *drafts)
{
    for (size_t i = 0; i < drafts->all.count; i++) {
        drop_valueless(&drafts->all.items[i]);
        drop_by_document(drafts->work, &drafts->all.items[i]);
        if (!resolve_due(drafts->work, &drafts->all.items[i]))
            return false;
    }
    return true;
}

/* Puts a copy of short text into the arena; false when memory is out. */
static bool keep(const struct mn_work *work, const char *text, int size, struct mn_slice *kept)
{
    *kept = mn_arena_copy(work->arena, (struct mn_slice){text, (size_t)size});
    return kept->data != NULL;
}

static bool day_value(const struct mn_work *work, struct mn_date date, struct mn_slice *value)
{
    char text[40];
    if (!mn_date_is_full(date))
        return true;
    return keep(work, text,
                snprintf(text, sizeof text, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day), value);
}

/* A count as digits, whatever stands around it; words without digits give no value. */
static bool number_value(const struct mn_work *work, const struct mn_field *field, struct mn_slice *value)
{
    struct mn_slice rest;
    size_t digits;
    int32_t number;
    char text[16];
    if (!mn_number_read(mn_field_words(work->document, field), &number, &digits, &rest))
        return true;
    return keep(work, text, snprintf(text, sizeof text, "%d", (int)number), value);
}

static bool time_value(const struct mn_work *work, const struct mn_draft *draft, enum mn_value_source source,
                       struct mn_slice *value)
{
    const struct mn_time_value *due = draft->due;
    if (!draft->has_due)
        return true;
    if (source == MN_FROM_EARLIEST || source == MN_FROM_LATEST)
        return day_value(work, source == MN_FROM_EARLIEST ? due->earliest : due->latest, value);
    *value = source == MN_FROM_DUE ? due->edtf : due->type;
    return true;
}

/* A day, month or year that lies behind; spells of time give no value. */
static bool past_value(const struct mn_work *work, const struct mn_field *field, struct mn_slice *value)
{
    struct mn_time_value time;
    struct mn_date date;
    if (!mn_value_time(work, field, work->anchor, true, &time) || !mn_date_parse(time.edtf, &date))
        return true;
    *value = time.edtf;
    return value->data != NULL;
}

/* The value that the attribute's field gives; empty when it gives none. False when memory is out. */
static bool field_value(const struct mn_work *work, const struct mn_draft *draft, size_t slot, struct mn_slice *value)
{
    enum mn_value_source source = mn_shapes[draft->kind].attributes[slot].source;
    const struct mn_field *field = mn_draft_field(draft, slot);
    if (source >= MN_FROM_DUE)
        return time_value(work, draft, source, value);
    if (!field)
        return true;
    if (source == MN_FROM_NUMBER)
        return number_value(work, field, value);
    if (source == MN_FROM_TIME)
        return past_value(work, field, value);
    return mn_value_words(work, field, value) && (source == MN_FROM_WORDS || mn_value_token(work->arena, value));
}

/* What a report's framework says of all its recommendations: who makes them, and to whom if nobody else is named. */
static struct mn_slice value_of_scheme(const struct mn_scheme *scheme, enum mn_finding_kind kind, struct mn_slice name)
{
    if (!scheme || kind != MN_RECOMMENDATION)
        return MN_EMPTY;
    if (mn_slice_equal(name, MN_LITERAL("by")))
        return scheme->inspectorate;
    return mn_slice_equal(name, MN_LITERAL("to")) ? scheme->addressee : MN_EMPTY;
}

static bool keep_fields(struct mn_arena *arena, const struct mn_field *fields, size_t count, struct mn_fields *kept)
{
    if (!count)
        return true;
    kept->items = mn_arena_alloc(arena, count * sizeof *kept->items);
    if (!kept->items)
        return false;
    memcpy(kept->items, fields, count * sizeof *fields);
    kept->count = count;
    return true;
}

static bool put_attributes(const struct mn_work *work, const struct mn_draft *draft, struct mn_finding *finding)
{
    const struct mn_shape *shape = &mn_shapes[draft->kind];
    struct mn_field given[MN_MOST_SLOTS];
    size_t count = 0;
    for (size_t i = 0; i < shape->count; i++) {
        struct mn_field attribute = {.name = mn_slice_of(shape->attributes[i].name), .span = MN_NONE};
        if (!field_value(work, draft, i, &attribute.value))
            return false;
        if (attribute.value.size == 0)
            attribute.value = value_of_scheme(work->scheme, draft->kind, attribute.name);
        if (attribute.value.size == 0)
            attribute.value = mn_slice_of(shape->attributes[i].otherwise);
        if (attribute.value.size)
            given[count++] = attribute;
    }
    return keep_fields(work->arena, given, count, &finding->attributes);
}

/* In minutes each finding names the item of the agenda that it stands under. */
static struct mn_field item_of(const struct mn_agenda *agenda, const struct mn_finding *finding)
{
    uint32_t head = agenda ? mn_agenda_item(agenda, finding->node) : MN_NONE;
    return head == MN_NONE ? (struct mn_field){0} : mn_agenda_part(agenda, head);
}

static bool put_parts(const struct mn_drafts *drafts, const struct mn_draft *draft, struct mn_finding *finding)
{
    const struct mn_shape *shape = &mn_shapes[draft->kind];
    const struct mn_field *field = mn_draft_field(draft, shape->count);
    struct mn_field parts[2], item = item_of(drafts->agenda, finding);
    size_t count = 0;
    if (field)
        parts[count++] = (struct mn_field){mn_slice_of(shape->part), MN_EMPTY, field->start, field->end, MN_NONE};
    if (item.end > item.start)
        parts[count++] = item;
    return keep_fields(drafts->work->arena, parts, count, &finding->parts);
}

static bool put_finding(const struct mn_drafts *drafts, struct mn_draft *draft)
{
    const struct mn_work *work = drafts->work;
    struct mn_document *document = work->document;
    const struct mn_span *span = &document->spans.items[draft->span];
    struct mn_finding *finding = MN_APPEND(document->arena, &document->findings);
    if (!finding)
        return false;
    draft->finding = (uint32_t)(document->findings.count - 1);
    *finding = (struct mn_finding){
        .kind = draft->kind, .rule = span->rule, .start = span->start, .end = span->end, .node = span->node};
    return put_attributes(work, draft, finding) && put_parts(drafts, draft, finding);
}

/* By start, kind and rule; the order of the spans settles the rest, so that the same input gives the same order. */
static int compare_drafts(const void *first, const void *second)
{
    const struct mn_draft *a = *(const struct mn_draft *const *)first, *b = *(const struct mn_draft *const *)second;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = mn_slice_compare(a->rule, b->rule);
    return order ? order : (a->span > b->span) - (a->span < b->span);
}

/* Appends the report's judgements that stand before this place. */
static bool put_judgements(struct mn_document *document, const struct mn_judgements *judgements, uint32_t start,
                           size_t *next)
{
    for (; *next < judgements->findings.count && judgements->findings.items[*next].start <= start; ++*next) {
        struct mn_finding *finding = MN_APPEND(document->arena, &document->findings);
        if (!finding)
            return false;
        *finding = judgements->findings.items[*next];
    }
    return true;
}

static bool publish(struct mn_drafts *drafts, const struct mn_judgements *judgements)
{
    struct mn_document *document = drafts->work->document;
    MN_VECTOR(struct mn_draft *) kept = {0};
    size_t total = drafts->all.count + judgements->findings.count, next = 0;
    document->findings.count = 0;
    if (total == 0)
        return true;
    if (!MN_RESERVE(drafts->arena, &kept, total) || !MN_RESERVE(document->arena, &document->findings, total))
        return false;
    for (size_t i = 0; i < drafts->all.count; i++)
        if (drafts->all.items[i].fate == MN_KEPT)
            kept.items[kept.count++] = &drafts->all.items[i];
    qsort(kept.items, kept.count, sizeof(struct mn_draft *), compare_drafts);
    for (size_t i = 0; i < kept.count; i++)
        if (!put_judgements(document, judgements, kept.items[i]->start, &next) || !put_finding(drafts, kept.items[i]))
            return false;
    return put_judgements(document, judgements, UINT32_MAX, &next);
}

static bool is_said(const struct mn_work *work, const struct mn_draft *draft, const struct mn_judgements *judgements)
{
    const struct mn_field *value = mn_draft_field(draft, mn_shape_slot(MN_GRADE, MN_LITERAL("value")));
    const struct mn_field *subject = mn_draft_field(draft, mn_shapes[MN_GRADE].count);
    bool dated = mn_draft_field(draft, mn_shape_slot(MN_GRADE, MN_LITERAL("when"))) != NULL;
    struct mn_said words = subject && !dated ? (struct mn_said){subject->start, subject->end} : (struct mn_said){0, 0};
    return mn_judgements_say(judgements, (struct mn_said){draft->start, draft->end}, words,
                             value ? mn_field_words(work->document, value) : MN_EMPTY);
}

/* Grades that a judgement of the report says. */
static void drop_said(struct mn_drafts *drafts, const struct mn_judgements *judgements)
{
    for (size_t i = 0; i < drafts->all.count; i++) {
        struct mn_draft *draft = &drafts->all.items[i];
        if (draft->kind == MN_GRADE && draft->fate == MN_KEPT && is_said(drafts->work, draft, judgements))
            draft->fate = MN_DROPPED_JUDGEMENT;
    }
}

static bool are_minutes(const struct mn_document *document)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (mn_slice_equal(fact->name, MN_LITERAL("kind")))
            return mn_slice_equal(fact->value, MN_LITERAL("minutes"));
    }
    return false;
}

enum mn_status mn_findings_collect(struct mn_work *work, const struct mn_judgements *judgements, struct mn_error *error)
{
    struct mn_drafts drafts = {.work = work, .arena = mn_arena_scratch(work->arena)};
    struct mn_agenda agenda;
    if (!drafts.arena)
        return mn_fail_memory(error);
    if (are_minutes(work->document)) {
        if (!mn_agenda_index(work->document, work->rules->segmentation, &agenda))
            return mn_fail_memory(error);
        drafts.agenda = &agenda;
    }
    bool done = mn_drafts_make(&drafts) && mn_links_give(&drafts) && resolve(&drafts) && mn_links_dues(&drafts);
    if (done) {
        drop_said(&drafts, judgements);
        done = mn_drafts_drop_twins(&drafts) && publish(&drafts, judgements) &&
               (!work->derivation || mn_drafts_derive(&drafts, work->derivation));
    }
    mn_arena_reset(drafts.arena);
    return done ? MN_OK : mn_fail_memory(error);
}
