#include "explain/difference.h"

#include "explain/pairing.h"
#include "record/kinds.h"

const char *const mn_changes[MN_CHANGE_COUNT] = {"appears", "vanishes", "changes"};
const char *const mn_causes[MN_CAUSE_COUNT] = {"unknown", "gone", "lost", "vetoed", "dropped"};

/* --- Listening --- */

struct mn_difference_event {
    bool veto;
    struct mn_trace_find find; /* of a veto: the match */
    const struct mn_rule *other;
};

static struct mn_trace_find find_of_match(const struct mn_trace_event *event)
{
    const struct mn_document *document = event->ground->document;
    struct mn_trace_find find = {event->rule, 0, 0};
    if (event->place.start >= event->place.end)
        return find;
    const struct mn_token *last = &document->tokens.items[event->place.end - 1];
    find.start = document->tokens.items[event->place.start].start;
    find.end = last->start + (uint32_t)mn_forms_get(event->ground->forms, last->form)->text.size;
    return find;
}

static void listen(struct mn_trace *trace, const struct mn_trace_event *event)
{
    struct mn_difference_listener *listener = (struct mn_difference_listener *)trace;
    bool veto = event->kind == MN_TRACE_VETO && !event->whole_scope;
    if (!veto && event->kind != MN_TRACE_LOSS)
        return;
    struct mn_difference_event *kept = MN_APPEND(event->ground->document->arena, &listener->events);
    if (kept)
        *kept = (struct mn_difference_event){veto, veto ? find_of_match(event) : event->find, event->other.rule};
    else
        listener->failed = true;
}

void mn_difference_listen(struct mn_difference_listener *listener)
{
    *listener = (struct mn_difference_listener){.trace = {.tell = listen}};
}

/* --- Comparing --- */

struct comparison {
    const struct mn_difference_side *before, *after;
    struct mn_offsets offsets[2]; /* of the documents: before, after */
    bool same_text;
    struct mn_pairing pairing;
    struct mn_arena *arena;
    struct mn_differences *differences;
    bool failed; /* memory is out */
};

static struct mn_slice keep(struct comparison *comparison, struct mn_slice text)
{
    struct mn_slice copy = mn_arena_copy(comparison->arena, text);
    comparison->failed = comparison->failed || (text.size && !copy.data);
    return copy;
}

static struct mn_slice words_of(const struct mn_difference_side *side, const struct mn_finding *finding)
{
    return mn_document_text(side->document, finding->start, finding->end);
}

static const struct mn_finding *finding_at(const struct mn_difference_side *side, size_t number)
{
    return &side->document->findings.items[number];
}

static struct mn_difference *add(struct comparison *comparison, struct mn_difference difference)
{
    struct mn_difference *place = MN_APPEND(comparison->arena, &comparison->differences->items);
    comparison->failed = comparison->failed || !place;
    if (place)
        *place = difference;
    return place;
}

/* A finding as a difference, its text copied. */
static struct mn_difference describe(struct comparison *comparison, enum mn_change change, size_t number)
{
    bool old = change == MN_VANISHES;
    const struct mn_difference_side *side = old ? comparison->before : comparison->after;
    const struct mn_finding *finding = finding_at(side, number);
    const struct mn_offsets *offsets = &comparison->offsets[!old];
    return (struct mn_difference){.change = change,
                                  .kind = mn_slice_of(mn_record_kinds[finding->kind].element),
                                  .rule = keep(comparison, finding->rule),
                                  .start = mn_offsets_code_point(offsets, finding->start),
                                  .end = mn_offsets_code_point(offsets, finding->end),
                                  .words = keep(comparison, words_of(side, finding))};
}

/* --- Why something vanishes --- */

static bool touches(const struct mn_trace_find *find, const struct mn_finding *finding)
{
    return find->start < finding->end && finding->start < find->end && mn_slice_equal(find->rule->name, finding->rule);
}

static void find_event(const struct comparison *comparison, const struct mn_finding *finding,
                       struct mn_difference *difference)
{
    const struct mn_difference_listener *listener = comparison->after->listener;
    for (size_t i = 0; listener && i < listener->events.count; i++) {
        const struct mn_difference_event *event = &listener->events.items[i];
        if (!touches(&event->find, finding))
            continue;
        difference->cause = event->veto ? MN_CAUSE_VETOED : MN_CAUSE_LOST;
        difference->by = event->veto ? MN_EMPTY : event->other->name;
        if (!event->veto)
            return; /* a loss says more than a veto somewhere in the same words */
    }
}

static void find_fate(const struct comparison *comparison, const struct mn_finding *finding,
                      struct mn_difference *difference)
{
    const struct mn_difference_side *side = comparison->after;
    for (size_t i = 0; i < side->derivation.finds.count; i++) {
        const struct mn_derived *derived = &side->derivation.finds.items[i];
        const struct mn_span *span = &side->document->spans.items[derived->span];
        struct mn_trace_find find = {mn_rules_find(side->rules, span->rule), span->start, span->end};
        if (derived->fate == MN_KEPT || !find.rule || !touches(&find, finding))
            continue;
        difference->cause = MN_CAUSE_DROPPED;
        difference->by = mn_slice_of(mn_fates[derived->fate]);
    }
}

static void find_cause(struct comparison *comparison, const struct mn_finding *finding,
                       struct mn_difference *difference)
{
    const struct mn_rule *old = mn_rules_find(comparison->before->rules, finding->rule);
    const struct mn_rule *rule = mn_rules_find(comparison->after->rules, finding->rule);
    if (old && (!rule || rule->off)) {
        difference->cause = MN_CAUSE_GONE;
    } else if (comparison->same_text) {
        find_event(comparison, finding, difference);
        find_fate(comparison, finding, difference);
    }
    difference->by = keep(comparison, difference->by);
}

/* --- What changes --- */

static struct mn_slice value_of(const struct mn_finding *finding, struct mn_slice name)
{
    const struct mn_field *field = mn_fields_find(&finding->attributes, name);
    return field ? field->value : MN_EMPTY;
}

static struct mn_slice part_of(const struct mn_difference_side *side, const struct mn_finding *finding,
                               struct mn_slice name)
{
    const struct mn_field *field = mn_fields_find(&finding->parts, name);
    return field ? mn_document_text(side->document, field->start, field->end) : MN_EMPTY;
}

/* Notes a value that is not the same in both. */
static void note_value(struct comparison *comparison, struct mn_difference *difference, struct mn_slice name,
                       struct mn_slice before, struct mn_slice after)
{
    if (mn_slice_equal(before, after))
        return;
    difference->values[difference->value_count++] =
        (struct mn_value_change){keep(comparison, name), keep(comparison, before), keep(comparison, after)};
}

/* The rule that the new value comes from: that of the find that gives it, else the finding's. */
static struct mn_slice source_of(const struct mn_difference_side *side, uint32_t number, struct mn_slice name)
{
    const struct mn_span *spans = side->document->spans.items;
    for (size_t i = 0; i < side->derivation.finds.count; i++) {
        const struct mn_derived *derived = &side->derivation.finds.items[i];
        bool due = mn_slice_equal(name, MN_LITERAL("due"));
        if (derived->finding != number)
            continue;
        if (due && derived->inside != MN_NONE)
            return spans[derived->inside].rule;
        for (size_t j = 0; j < derived->slot_count; j++)
            if (mn_slice_equal(derived->slots[j].name, name) && derived->slots[j].span != MN_NONE)
                return spans[derived->slots[j].span].rule;
    }
    return MN_EMPTY;
}

static bool same_fact_value(const struct mn_document *document, const struct mn_fact *fact)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *other = &document->facts.items[i];
        if (mn_slice_equal(other->name, fact->name) && mn_slice_equal(other->role, fact->role) &&
            mn_slice_equal(other->value, fact->value))
            return true;
    }
    return false;
}

/* The rule of the document's date, where that is another one now: all its times are seen from it. */
static struct mn_slice anchor_rule(const struct comparison *comparison)
{
    const struct mn_document *documents[2] = {comparison->after->document, comparison->before->document};
    if (mn_date_compare(comparison->before->derivation.anchor, comparison->after->derivation.anchor) == 0)
        return MN_EMPTY;
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < documents[side]->facts.count; i++) {
            const struct mn_fact *fact = &documents[side]->facts.items[i];
            if (mn_slice_equal(fact->name, MN_LITERAL("date")) && fact->rule.size &&
                !same_fact_value(documents[1 - side], fact))
                return fact->rule;
        }
    return MN_EMPTY;
}

static bool is_time(struct mn_slice name)
{
    return mn_slice_equal(name, MN_LITERAL("due")) || mn_slice_equal(name, MN_LITERAL("earliest")) ||
           mn_slice_equal(name, MN_LITERAL("latest")) || mn_slice_equal(name, MN_LITERAL("type"));
}

/* To whom the change is put down: for a time, to the rule of the document's date if that has changed; else to the rule
 * that gives the first changed value now, or gave it before. */
static struct mn_slice attribute(const struct comparison *comparison, const struct mn_difference *difference,
                                 uint32_t before, uint32_t after)
{
    const struct mn_value_change *first = &difference->values[0];
    bool lost = first->before.size && !first->after.size;
    struct mn_slice anchor = is_time(first->name) ? anchor_rule(comparison) : MN_EMPTY;
    if (anchor.size)
        return anchor;
    struct mn_slice rule = lost ? MN_EMPTY : source_of(comparison->after, after, first->name);
    if (!rule.size)
        rule = source_of(comparison->before, before, first->name);
    return rule.size ? rule : difference->rule;
}

static void compare_pair(struct comparison *comparison, uint32_t before, uint32_t after)
{
    const struct mn_finding *a = finding_at(comparison->before, before), *b = finding_at(comparison->after, after);
    const struct mn_record_kind *kind = &mn_record_kinds[a->kind];
    struct mn_difference difference = describe(comparison, MN_CHANGES, after);
    difference.values = mn_arena_alloc(comparison->arena, (MN_RECORD_ATTRIBUTES + 3) * sizeof *difference.values);
    if (!difference.values) {
        comparison->failed = true;
        return;
    }
    note_value(comparison, &difference, MN_LITERAL("evidence"), words_of(comparison->before, a),
               words_of(comparison->after, b));
    note_value(comparison, &difference, MN_LITERAL("rule"), a->rule, b->rule);
    for (const char *const *name = kind->attributes; *name; name++)
        note_value(comparison, &difference, mn_slice_of(*name), value_of(a, mn_slice_of(*name)),
                   value_of(b, mn_slice_of(*name)));
    if (kind->part)
        note_value(comparison, &difference, mn_slice_of(kind->part),
                   part_of(comparison->before, a, mn_slice_of(kind->part)),
                   part_of(comparison->after, b, mn_slice_of(kind->part)));
    if (!difference.value_count)
        return;
    difference.rule = keep(comparison, attribute(comparison, &difference, before, after));
    add(comparison, difference);
}

static void compare_findings(struct comparison *comparison)
{
    const struct mn_pairing *pairing = &comparison->pairing;
    for (uint32_t i = 0; i < comparison->after->document->findings.count; i++) {
        if (pairing->before[i] != MN_NONE)
            compare_pair(comparison, pairing->before[i], i);
        else
            add(comparison, describe(comparison, MN_APPEARS, i));
    }
    for (uint32_t i = 0; i < comparison->before->document->findings.count; i++) {
        if (pairing->after[i] != MN_NONE)
            continue;
        struct mn_difference difference = describe(comparison, MN_VANISHES, i);
        find_cause(comparison, finding_at(comparison->before, i), &difference);
        add(comparison, difference);
    }
}

/* --- Facts --- */

static const struct mn_fact *same_fact(const struct mn_document *document, const struct mn_fact *fact)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *other = &document->facts.items[i];
        if (mn_slice_equal(other->name, fact->name) && mn_slice_equal(other->role, fact->role))
            return other;
    }
    return NULL;
}

static bool facts_agree(const struct mn_fact *a, const struct mn_fact *b)
{
    return mn_slice_equal(a->value, b->value) && mn_slice_equal(a->basis, b->basis) && mn_slice_equal(a->rule, b->rule);
}

/* In place of a fact that is not there. */
static const struct mn_fact no_fact;

static void add_fact(struct comparison *comparison, enum mn_change change, const struct mn_fact *before,
                     const struct mn_fact *after)
{
    bool old = change == MN_VANISHES;
    const struct mn_fact *fact = old ? before : after;
    const struct mn_difference_side *side = old ? comparison->before : comparison->after;
    const struct mn_offsets *offsets = &comparison->offsets[!old];
    struct mn_difference difference = {
        .change = change,
        .kind = MN_LITERAL("fact"),
        .rule = keep(comparison, fact->rule.size ? fact->rule : before->rule),
        .start = mn_offsets_code_point(offsets, fact->start),
        .end = mn_offsets_code_point(offsets, fact->end),
        .words = keep(comparison, mn_document_text(side->document, fact->start, fact->end)),
    };
    difference.values = mn_arena_alloc(comparison->arena, 3 * sizeof *difference.values);
    if (!difference.values) {
        comparison->failed = true;
        return;
    }
    note_value(comparison, &difference, fact->role.size ? fact->role : fact->name, before->value, after->value);
    note_value(comparison, &difference, MN_LITERAL("rule"), before->rule, after->rule);
    if (change == MN_CHANGES)
        note_value(comparison, &difference, MN_LITERAL("basis"), before->basis, after->basis);
    add(comparison, difference);
}

static void compare_facts(struct comparison *comparison)
{
    const struct mn_document *before = comparison->before->document, *after = comparison->after->document;
    for (size_t i = 0; i < after->facts.count; i++) {
        const struct mn_fact *fact = &after->facts.items[i], *old = same_fact(before, fact);
        if (!old)
            add_fact(comparison, MN_APPEARS, &no_fact, fact);
        else if (!facts_agree(old, fact))
            add_fact(comparison, MN_CHANGES, old, fact);
    }
    for (size_t i = 0; i < before->facts.count; i++)
        if (!same_fact(after, &before->facts.items[i]))
            add_fact(comparison, MN_VANISHES, &before->facts.items[i], &no_fact);
}

bool mn_differences_find(const struct mn_difference_side *before, const struct mn_difference_side *after,
                         struct mn_arena *arena, struct mn_differences *differences)
{
    struct comparison comparison = {.before = before,
                                    .after = after,
                                    .same_text = mn_slice_equal(before->document->text, after->document->text),
                                    .arena = arena,
                                    .differences = differences};
    if ((after->listener && after->listener->failed) ||
        !mn_findings_pair(before->document, after->document, arena, &comparison.pairing) ||
        !mn_offsets_init(&comparison.offsets[0], arena, before->document->text) ||
        !mn_offsets_init(&comparison.offsets[1], arena, after->document->text))
        return false;
    compare_findings(&comparison);
    compare_facts(&comparison);
    return !comparison.failed;
}
