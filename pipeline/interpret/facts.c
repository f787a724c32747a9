#include "interpret/parts.h"
#include "interpret/work.h"
#include <stdlib.h>

/* How much of a date is known: of two dates the one that says more is taken. */
enum precision { NO_YEAR, NO_DAY, WHOLE_DAY };

/* The best find so far for one name and role. */
struct candidate {
    struct mn_fact fact;
    const struct mn_field *field; /* the value's; null for what no rule found */
    int32_t priority;
    enum precision precision;
    size_t order; /* of what is only mentioned: how many mentions came before */
};

struct collection {
    struct mn_work *work;
    MN_VECTOR(struct candidate) best;      /* one per name and role, few */
    MN_VECTOR(struct candidate) mentioned; /* each mention */
    bool failed;                           /* memory is out */
};

static struct mn_slice words_of(const struct mn_document *document, const struct mn_fields *fields,
                                struct mn_slice name)
{
    const struct mn_field *field = mn_fields_find(fields, name);
    return field ? mn_field_words(document, field) : MN_EMPTY;
}

static bool is_date(const struct mn_fact *fact)
{
    return mn_slice_equal(fact->name, MN_LITERAL("date"));
}

static enum precision precision_of(const struct mn_time_value *value)
{
    if (value->earliest.year == 0)
        return NO_YEAR;
    return mn_date_compare(value->earliest, value->latest) == 0 ? WHOLE_DAY : NO_DAY;
}

/* Facts are days: of an interval the start or end that the role asks for; no clock. */
static struct mn_slice day_of(struct mn_slice edtf, struct mn_slice role)
{
    const char *slash = edtf.size ? memchr(edtf.data, '/', edtf.size) : NULL;
    const char *clock = edtf.size ? memchr(edtf.data, 'T', edtf.size) : NULL;
    size_t at = slash ? (size_t)(slash - edtf.data) : 0;
    if (slash && mn_slice_equal(role, MN_LITERAL("inspection-start")))
        return mn_slice_cut(edtf, 0, at);
    if (slash && mn_slice_equal(role, MN_LITERAL("inspection-end")))
        return mn_slice_cut(edtf, at + 1, edtf.size);
    return clock ? mn_slice_cut(edtf, 0, (size_t)(clock - edtf.data)) : edtf;
}

/* The next meeting lies ahead; all other dates that documents state of themselves lie behind. */
static bool lies_behind(const struct mn_fact *fact)
{
    return !mn_slice_equal(fact->role, MN_LITERAL("next-meeting"));
}

/* Works the date out; false when the words make none. */
static bool evaluate(struct collection *facts, struct candidate *candidate, struct mn_date anchor)
{
    struct mn_time_value value;
    struct mn_fact *fact = &candidate->fact;
    if (!mn_value_time(facts->work, candidate->field, anchor, lies_behind(fact), &value) ||
        !mn_slice_equal(value.type, MN_LITERAL("date")))
        return false;
    facts->failed = facts->failed || !value.edtf.data;
    fact->value = day_of(value.edtf, fact->role);
    struct mn_time_value narrowed;
    mn_time_of_edtf(fact->value, &narrowed);
    candidate->precision = precision_of(&narrowed);
    return true;
}

/* Where a value that goes over several blocks ends: no later than the first heading or numbered paragraph behind its
 * first block, for there the next thing begins. */
static uint32_t end_of_value(const struct mn_document *document, const struct mn_span *span,
                             const struct mn_field *value)
{
    uint32_t end = span->node < document->nodes.count ? document->nodes.items[span->node].end : value->end;
    for (size_t i = span->node; i < document->nodes.count && document->nodes.items[i].start < value->end; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        bool begins = mn_node_is_leaf(node) && node->kind != MN_FW && node->start > value->start;
        if (begins && (node->kind == MN_HEAD || node->numbering == MN_DECIMAL))
            return end;
        if (mn_node_is_leaf(node) && node->kind != MN_FW)
            end = node->end;
    }
    return value->end;
}

/* Reads a span as a fact; false when it says nothing. */
static bool read_candidate(struct collection *facts, const struct mn_span *span, struct candidate *candidate)
{
    const struct mn_document *document = facts->work->document;
    const struct mn_field *found = mn_fields_find(&span->fields, MN_LITERAL("value"));
    if (!found)
        return false;
    struct mn_field *value = mn_arena_alloc(facts->work->arena, sizeof *value);
    facts->failed = facts->failed || !value;
    if (!value)
        return false;
    *value = *found;
    bool stands = value->end > value->start;
    if (stands)
        value->end = end_of_value(document, span, value);
    *candidate = (struct candidate){.field = value, .priority = span->priority};
    candidate->fact = (struct mn_fact){
        .name = words_of(document, &span->fields, MN_LITERAL("name")),
        .role = words_of(document, &span->fields, MN_LITERAL("role")),
        .basis = MN_LITERAL("stated"),
        .rule = span->rule,
        .start = stands ? value->start : span->start,
        .end = stands ? value->end : span->end,
    };
    if (is_date(&candidate->fact))
        return evaluate(facts, candidate, (struct mn_date){0});
    facts->failed = !mn_value_words(facts->work, value, &candidate->fact.value) || facts->failed;
    return candidate->fact.name.size && candidate->fact.value.size;
}

static struct candidate *find(struct collection *facts, struct mn_slice name, struct mn_slice role)
{
    for (size_t i = 0; i < facts->best.count; i++) {
        struct candidate *known = &facts->best.items[i];
        if (mn_slice_equal(known->fact.name, name) && mn_slice_equal(known->fact.role, role))
            return known;
    }
    return NULL;
}

/* Spans come in the order of the text, so among equals the known one stays. */
static bool is_better(const struct candidate *candidate, const struct candidate *known)
{
    if (candidate->precision != known->precision)
        return candidate->precision > known->precision;
    return candidate->priority > known->priority;
}

static void add(struct collection *facts, const struct candidate *candidate)
{
    struct candidate *slot = MN_APPEND(facts->work->arena, &facts->best);
    facts->failed = facts->failed || !slot;
    if (slot)
        *slot = *candidate;
}

static void offer(struct collection *facts, const struct candidate *candidate)
{
    struct candidate *known = find(facts, candidate->fact.name, candidate->fact.role);
    if (!known)
        add(facts, candidate);
    else if (is_better(candidate, known))
        *known = *candidate;
}

/* A rule that sets basis="inferred" finds what the document only mentions (the name of a council somewhere in its
 * text). */
static bool is_mention(const struct mn_document *document, const struct mn_span *span)
{
    return mn_slice_equal(words_of(document, &span->fields, MN_LITERAL("basis")), MN_LITERAL("inferred"));
}

static void mention(struct collection *facts, const struct candidate *candidate)
{
    size_t order = facts->mentioned.count;
    struct candidate *slot = MN_APPEND(facts->work->arena, &facts->mentioned);
    facts->failed = facts->failed || !slot;
    if (slot) {
        *slot = *candidate;
        slot->order = order;
        slot->fact.basis = MN_LITERAL("inferred");
    }
}

static int compare_keys(const struct mn_fact *a, const struct mn_fact *b)
{
    int order = mn_slice_compare(a->name, b->name);
    return order ? order : mn_slice_compare(a->role, b->role);
}

/* By name, role and value; of one value the first mention comes first. */
static int compare_mentions(const void *first, const void *second)
{
    const struct candidate *a = first, *b = second;
    int order = compare_keys(&a->fact, &b->fact);
    if (order == 0)
        order = mn_slice_compare(a->fact.value, b->fact.value);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* A numbered heading or paragraph is an item of the meeting: a meeting's day in it is that of another one. */
static bool is_in_item(const struct mn_document *document, const struct mn_span *span)
{
    if (span->node >= document->nodes.count ||
        !mn_slice_equal(words_of(document, &span->fields, MN_LITERAL("role")), MN_LITERAL("meeting")))
        return false;
    const struct mn_node *node = &document->nodes.items[span->node];
    return node->numbering == MN_DECIMAL && (node->kind == MN_HEAD || node->ordinal > 1);
}

static void collect_stated(struct collection *facts)
{
    const struct mn_document *document = facts->work->document;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        struct candidate candidate;
        if (!mn_slice_equal(span->kind, MN_LITERAL("fact")) || is_in_item(document, span) ||
            !read_candidate(facts, span, &candidate))
            continue;
        if (is_mention(document, span))
            mention(facts, &candidate);
        else
            offer(facts, &candidate);
    }
}

/* A fact that no rule found, where there is none of its name and role yet. */
static void add_missing(struct collection *facts, struct mn_slice name, struct mn_slice role, struct mn_slice value,
                        struct mn_slice basis)
{
    struct candidate candidate = {.fact = {.name = name, .role = role, .value = value, .basis = basis}};
    if (value.size && !find(facts, name, role))
        add(facts, &candidate);
}

/* The first mention of the value that is mentioned most between `start` and `end`, all of one name and role; null where
 * two are mentioned as often. */
static const struct candidate *mentioned_most(const struct candidate *mentions, size_t start, size_t end)
{
    const struct candidate *most = NULL;
    size_t largest = 0;
    for (size_t next = start; start < end; start = next) {
        while (next < end && mn_slice_equal(mentions[next].fact.value, mentions[start].fact.value))
            next++;
        if (next - start >= largest)
            most = next - start > largest ? &mentions[start] : NULL;
        largest = next - start > largest ? next - start : largest;
    }
    return most;
}

/* What is mentioned most stands where the text states nothing. */
static void add_mentioned(struct collection *facts)
{
    struct candidate *mentions = facts->mentioned.items;
    size_t count = facts->mentioned.count;
    if (count)
        qsort(mentions, count, sizeof *mentions, compare_mentions);
    for (size_t start = 0, end = 0; start < count; start = end) {
        while (end < count && compare_keys(&mentions[start].fact, &mentions[end].fact) == 0)
            end++;
        const struct candidate *most = mentioned_most(mentions, start, end);
        if (most && !find(facts, most->fact.name, most->fact.role))
            add(facts, most);
    }
}

static void add_given(struct collection *facts, struct mn_slice name, struct mn_slice given)
{
    struct mn_slice value = mn_slice_trim(given);
    struct candidate *stated = value.size ? find(facts, name, MN_EMPTY) : NULL;
    if (stated)
        *stated = (struct candidate){
            .fact = {.name = name, .value = mn_arena_copy(facts->work->arena, value), .basis = MN_LITERAL("given")}};
    else
        add_missing(facts, name, MN_EMPTY, mn_arena_copy(facts->work->arena, value), MN_LITERAL("given"));
}

static void add_given_date(struct collection *facts, struct mn_slice given)
{
    struct candidate *stated = find(facts, MN_LITERAL("date"), MN_LITERAL("meeting"));
    struct mn_fact fact = {MN_LITERAL("date"), MN_LITERAL("meeting"), given, MN_LITERAL("given"), MN_EMPTY, 0, 0};
    if (given.size && stated && stated->precision != NO_YEAR && !mn_slice_equal(stated->fact.value, given)) {
        mn_document_notice(facts->work->document,
                           "the date given, %.*s, is taken instead of the meeting's date in the text, %.*s",
                           MN_SLICE_ARGS(given), MN_SLICE_ARGS(stated->fact.value));
    }
    if (given.size && stated)
        *stated = (struct candidate){.fact = fact, .precision = WHOLE_DAY};
    add_missing(facts, fact.name, fact.role, given, fact.basis);
}

/* The day of a date and time in the format's metadata; empty when it is none. */
static struct mn_slice published_day(const struct mn_document *document)
{
    struct mn_slice day = document->published;
    struct mn_date date;
    if (day.size > sizeof "2020-02-10" - 1)
        day.size = sizeof "2020-02-10" - 1;
    return mn_date_parse(day, &date) ? day : MN_EMPTY;
}

/* Order of the facts: what the document is, then its dates, then everything else by name. */
static size_t rank(const struct mn_fact *fact)
{
    static const struct {
        const char *name, *role;
    } order[] = {
        {"kind", ""},
        {"title", ""},
        {"authority", ""},
        {"body", ""},
        {"date", "meeting"},
        {"date", "inspection-start"},
        {"date", "inspection-end"},
        {"date", "published"},
        {"date", "next-meeting"},
        {"date", "previous-inspection"},
    };
    size_t i = 0;
    while (i < sizeof order / sizeof *order && !(mn_slice_equal(fact->name, mn_slice_of(order[i].name)) &&
                                                 mn_slice_equal(fact->role, mn_slice_of(order[i].role))))
        i++;
    return i;
}

static int compare_facts(const void *first, const void *second)
{
    const struct mn_fact *a = &((const struct candidate *)first)->fact;
    const struct mn_fact *b = &((const struct candidate *)second)->fact;
    size_t rank_a = rank(a), rank_b = rank(b);
    if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
    return compare_keys(a, b);
}

/* Reports of inspections are no meeting's: what looks like the date of one is another of the cover's dates. */
static bool is_out_of_place(struct collection *facts, const struct mn_fact *fact)
{
    const struct candidate *kind = find(facts, MN_LITERAL("kind"), MN_EMPTY);
    return kind && mn_slice_equal(kind->fact.value, MN_LITERAL("inspection-report")) && is_date(fact) &&
           mn_slice_equal(fact->role, MN_LITERAL("meeting")) && !mn_slice_equal(fact->basis, MN_LITERAL("given"));
}

/* Sorts the facts and puts them into the document. */
static void publish(struct collection *facts)
{
    struct mn_document *document = facts->work->document;
    if (facts->best.count)
        qsort(facts->best.items, facts->best.count, sizeof *facts->best.items, compare_facts);
    document->facts.count = 0;
    if (!MN_RESERVE(document->arena, &document->facts, facts->best.count)) {
        facts->failed = true;
        return;
    }
    for (size_t i = 0; i < facts->best.count; i++)
        if (!is_out_of_place(facts, &facts->best.items[i].fact))
            document->facts.items[document->facts.count++] = facts->best.items[i].fact;
}

/* Where nothing in minutes dates them, the file's name may: minutes-2024-09-12.txt. */
static void name_date(struct collection *facts)
{
    const struct candidate *kind = find(facts, MN_LITERAL("kind"), MN_EMPTY);
    struct candidate *stated = find(facts, MN_LITERAL("date"), MN_LITERAL("meeting"));
    if (facts->work->anchor.year || stated || !kind || !mn_slice_equal(kind->fact.value, MN_LITERAL("minutes")))
        return;
    add_missing(facts, MN_LITERAL("date"), MN_LITERAL("meeting"), mn_anchor_in_name(facts->work->document->source.name),
                MN_LITERAL("inferred"));
    publish(facts);
    facts->work->anchor = mn_anchor_choose(facts->work->document);
}

static bool lacks_year(const struct candidate *candidate)
{
    return is_date(&candidate->fact) && candidate->field && candidate->precision == NO_YEAR;
}

/* Where nothing else anchors the document, "Thursday 22nd June" and the years in its text may. */
static void complete_weekdays(struct collection *facts)
{
    const struct mn_document *document = facts->work->document;
    for (size_t i = 0; facts->work->anchor.year == 0 && i < facts->best.count; i++) {
        struct candidate *candidate = &facts->best.items[i];
        if (!lacks_year(candidate) || !lies_behind(&candidate->fact) || candidate->field->span >= document->spans.count)
            continue;
        int32_t year = mn_anchor_year_of_weekday(document, &document->spans.items[candidate->field->span].fields);
        if (year && evaluate(facts, candidate, (struct mn_date){year, 12, 31}))
            candidate->fact.basis = MN_LITERAL("inferred");
    }
    publish(facts);
    facts->work->anchor = mn_anchor_choose(document);
}

/* Dates without a year that lie behind (or ahead) take that of the anchor, and may become the anchor then. */
static void complete_dates(struct collection *facts, bool behind)
{
    struct mn_work *work = facts->work;
    for (size_t i = 0; mn_date_is_full(work->anchor) && i < facts->best.count; i++) {
        struct candidate *candidate = &facts->best.items[i];
        const struct mn_fact *fact = &candidate->fact;
        if (lacks_year(candidate) && lies_behind(fact) == behind && evaluate(facts, candidate, work->anchor))
            candidate->fact.basis = MN_LITERAL("inferred");
    }
    publish(facts);
    work->anchor = mn_anchor_choose(work->document);
}

static void note_missing_date(struct collection *facts)
{
    struct mn_document *document = facts->work->document;
    const struct candidate *kind = find(facts, MN_LITERAL("kind"), MN_EMPTY);
    document->missing.count = 0;
    if (!kind || !mn_slice_equal(kind->fact.value, MN_LITERAL("minutes")) ||
        find(facts, MN_LITERAL("date"), MN_LITERAL("meeting")))
        return;
    struct mn_missing *missing = MN_APPEND(document->arena, &document->missing);
    facts->failed = facts->failed || !missing;
    if (missing)
        *missing = (struct mn_missing){.slot = MN_LITERAL("date"), .reason = MN_LITERAL("not-stated")};
}

enum mn_status mn_facts_collect(struct mn_work *work, const struct mn_interpret_options *given, struct mn_error *error)
{
    struct collection facts = {.work = work};
    struct mn_document *document = work->document;
    struct mn_slice date = mn_arena_copy(work->arena, given->date);
    if (given->date.size && !date.data)
        return mn_fail_memory(error);
    collect_stated(&facts);
    add_given_date(&facts, date);
    add_given(&facts, MN_LITERAL("title"), given->title);
    add_given(&facts, MN_LITERAL("authority"), given->authority);
    add_given(&facts, MN_LITERAL("body"), given->body);
    add_mentioned(&facts);
    add_missing(&facts, MN_LITERAL("date"), MN_LITERAL("published"), published_day(document), MN_LITERAL("stated"));
    add_missing(&facts, MN_LITERAL("title"), MN_EMPTY, document->title, MN_LITERAL("stated"));
    add_missing(&facts, MN_LITERAL("kind"), MN_EMPTY, MN_LITERAL("other"), MN_LITERAL("inferred"));
    publish(&facts);
    work->anchor = mn_anchor_choose(document);
    name_date(&facts);
    complete_weekdays(&facts);
    complete_dates(&facts, true);
    complete_dates(&facts, false);
    note_missing_date(&facts);
    const struct candidate *next = find(&facts, MN_LITERAL("date"), MN_LITERAL("next-meeting"));
    work->next_meeting = next ? next->fact.value : MN_EMPTY;
    return facts.failed ? mn_fail_memory(error) : MN_OK;
}
