/* explain for people: the place, and how the findings came about. */
#include "command/explain_view.h"

/* --- The place --- */

static const char *const node_words[MN_NODE_KIND_COUNT] = {
    [MN_BODY] = "the text", [MN_DIV] = "a section", [MN_QUOTE] = "a quotation", [MN_LIST] = "a list",
    [MN_ITEM] = "an item",  [MN_TABLE] = "a table", [MN_ROW] = "a row",         [MN_CELL] = "a cell",
    [MN_HEAD] = "heading",  [MN_P] = "paragraph",   [MN_AB] = "line",           [MN_FW] = "furniture",
};

static uint32_t leaf_around(const struct mn_document *document, uint32_t byte)
{
    uint32_t leaf = MN_NONE;
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW && node->start <= byte)
            leaf = i;
    }
    return leaf;
}

/* " in an item of a list in the section “…” (role …)" for all that is around a leaf. */
static void say_around(struct explain_view *view, uint32_t node)
{
    const struct mn_document *document = view->explanation->document;
    const struct mn_node *nodes = document->nodes.items;
    for (node = nodes[node].parent; node != MN_NONE && node; node = nodes[node].parent) {
        view_say(view, nodes[node].kind == MN_LIST || nodes[node].kind == MN_TABLE ? " of " : " in ");
        if (nodes[node].kind != MN_DIV) {
            view_say(view, node_words[nodes[node].kind]);
            continue;
        }
        bool headed = node + 1 < nodes[node].after && nodes[node + 1].kind == MN_HEAD;
        view_say(view, headed ? "the section " : "a section");
        if (headed)
            view_quote(view, (struct mn_range){nodes[node + 1].start, nodes[node + 1].end});
        if (nodes[node].role) {
            view_say(view, " (role ");
            view_slice(view, document->roles.items[nodes[node].role]);
            view_say(view, ")");
        }
    }
}

static void tell_anchor(struct explain_view *view)
{
    const struct mn_fact *anchor = explain_anchor(view->explanation);
    if (!anchor) {
        view_say(view, "dates are seen from no date: none is stated or given");
    } else {
        view_say(view, "dates are seen from ");
        view_slice(view, anchor->value);
        view_say(view, " (");
        view_slice(view, anchor->role);
        view_say(view, ", ");
        view_slice(view, anchor->basis);
        view_say(view, anchor->rule.size ? " by " : "");
        if (anchor->rule.size)
            view_rule(view, anchor->rule);
        view_say(view, ")");
    }
    view_end_line(view, VIEW_STEP);
}

static void tell_place(struct explain_view *view)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_document *document = explanation->document;
    view_slice(view, document->source.name);
    if (explanation->asked_place) {
        uint32_t leaf = leaf_around(document, explanation->at.start);
        view_say(view, " at ");
        view_range(view, explanation->at);
        view_say(view, ": ");
        view_quote(view, explanation->at);
        view_end_line(view, 0);
        if (leaf != MN_NONE) {
            view_say(view, node_words[document->nodes.items[leaf].kind]);
            say_around(view, leaf);
            view_end_line(view, VIEW_STEP);
        }
        if (explanation->also) {
            view_say(view, "these words stand at ");
            view_number(view, explanation->also);
            view_say(view, explanation->also == 1 ? " more place" : " more places");
            view_say(view, " further on; --at OFFSET asks for one of them");
            view_end_line(view, VIEW_STEP);
        }
    } else {
        view_end_line(view, 0);
    }
    tell_anchor(view);
}

/* --- Findings --- */

/* " (every 6 months)" behind R/P6M, " (3 weeks)" behind P3W: values that are no dates, in words. */
static void say_period(struct explain_view *view, struct mn_slice value)
{
    static const char *const units[] = {"Dday", "Wweek", "Mmonth", "Yyear"};
    bool repeats = mn_slice_starts(value, MN_LITERAL("R/P"));
    size_t start = repeats ? 3 : 1, end = value.size;
    if (!repeats && !mn_slice_starts(value, MN_LITERAL("P")))
        return;
    for (size_t i = start; i + 1 < end; i++)
        if (value.data[i] < '0' || value.data[i] > '9')
            return;
    for (size_t i = 0; i < sizeof units / sizeof *units && end > start + 1; i++) {
        if (value.data[end - 1] != units[i][0])
            continue;
        struct mn_slice number = mn_slice_cut(value, start, end - 1);
        bool one = mn_slice_equal(number, MN_LITERAL("1"));
        view_say(view, repeats ? " (every " : " (");
        view_slice(view, repeats && one ? MN_EMPTY : number);
        view_say(view, repeats && one ? "" : " ");
        view_say(view, units[i] + 1);
        view_say(view, one ? ")" : "s)");
    }
}

/* How the value of a time came about. */
static void tell_time(struct explain_view *view, const struct mn_field *field, size_t indent)
{
    const struct mn_derivation *derivation = &view->explanation->derivation;
    struct explain_time time = explain_time_of(view->explanation, field);
    if (!time.span)
        return;
    if (derivation->next_meeting.size && mn_slice_equal(time.value, MN_LITERAL("next-meeting"))) {
        view_say(view, "the next meeting is on ");
        view_slice(view, derivation->next_meeting);
        view_say(view, ", as the document states");
    } else if (!time.value.size) {
        view_say(view, "its parts make no date");
        view_say(view, derivation->anchor.year ? "" : ": there is no date to see it from (--date gives one)");
    } else if (mn_slice_equal(time.value, time.alone)) {
        view_slice(view, time.value);
        say_period(view, time.value);
        view_say(view, " by itself, whatever the document's date");
    } else {
        view_slice(view, time.value);
        view_say(view, " as seen from the document's date; by itself ");
        view_slice(view, time.alone.size ? time.alone : MN_LITERAL("nothing"));
    }
    view_end_line(view, indent);
}

static bool is_time(const struct mn_derived_slot *slot)
{
    return mn_slice_equal(slot->name, MN_LITERAL("due"));
}

/* first and last day and type of a time: they come from its value */
static bool comes_with_time(const struct mn_derived_slot *slot)
{
    return !slot->field &&
           (mn_slice_equal(slot->name, MN_LITERAL("earliest")) || mn_slice_equal(slot->name, MN_LITERAL("latest")) ||
            mn_slice_equal(slot->name, MN_LITERAL("type")));
}

static void tell_inside(struct explain_view *view, const struct mn_derived *derived)
{
    const struct mn_span *deadline = &view->explanation->document->spans.items[derived->inside];
    view_say(view, "of the deadline in it, ");
    view_quote(view, view_range_of(deadline));
    view_say(view, ", found by ");
    view_rule(view, deadline->rule);
    view_end_line(view, VIEW_INMOST);
}

/* Do the field's words tell more than its value and the words that its giver found? */
static bool tells_more(const struct explain_view *view, const struct mn_derived_slot *slot, const struct mn_span *giver)
{
    const struct mn_field *field = slot->field;
    bool whole = field->start == giver->start && field->end == giver->end;
    struct mn_slice words = mn_document_text(view->explanation->document, field->start, field->end);
    return field->end > field->start && !whole && !mn_slice_equal(words, slot->value);
}

static void tell_given(struct explain_view *view, const struct mn_derived_slot *slot)
{
    const struct mn_span *giver = &view->explanation->document->spans.items[slot->span];
    struct mn_slice value = slot->value.size ? slot->value : slot->field->value;
    view_slice(view, slot->name);
    if (value.size) {
        view_say(view, " = ");
        view_slice(view, value);
    }
    bool refers = slot->field->span != MN_NONE;
    if (!refers && tells_more(view, slot, giver)) {
        view_say(view, value.size ? " for " : " ");
        view_quote(view, (struct mn_range){slot->field->start, slot->field->end});
    }
    view_say(view, ", given by ");
    view_rule(view, giver->rule);
    view_say(view, ", which found ");
    view_quote(view, view_range_of(giver));
    view_end_line(view, VIEW_INNER);
    if (refers)
        view_field(view, slot->field, slot->field->value, VIEW_INMOST, 0);
}

static bool is_set(const struct explain_view *view, const struct mn_derived *derived,
                   const struct mn_derived_slot *slot)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_rule *rule =
        mn_rules_find(explanation->rules, explanation->document->spans.items[derived->span].rule);
    for (size_t i = 0; rule && i < rule->set_count; i++)
        if (mn_slice_equal(rule->sets[i].name, slot->name))
            return true;
    return false;
}

/* What comes from no words of its own. */
static void tell_bare(struct explain_view *view, const struct mn_derived *derived, const struct mn_derived_slot *slot,
                      bool inside)
{
    struct mn_slice value = slot->field && !slot->value.size ? slot->field->value : slot->value;
    view_slice(view, slot->name);
    if (value.size) {
        view_say(view, " = ");
        view_slice(view, value);
        say_period(view, value);
    }
    if (slot->field && !inside)
        view_say(view, is_set(view, derived, slot) ? ", set by the rule" : ", as it is numbered");
    else if (!inside)
        view_say(view, ", by default: no rule says it");
    view_end_line(view, VIEW_INNER);
    if (inside)
        tell_inside(view, derived);
}

static void tell_slot(struct explain_view *view, const struct mn_derived *derived, const struct mn_derived_slot *slot)
{
    bool inside = is_time(slot) && derived->inside != MN_NONE;
    if (comes_with_time(slot) || (!slot->field && !slot->value.size))
        return;
    if (inside || !slot->field || (slot->span == derived->span && slot->field->end == slot->field->start)) {
        tell_bare(view, derived, slot, inside);
        return;
    }
    if (slot->span == derived->span)
        view_field(view, slot->field, slot->value.size ? slot->value : slot->field->value, VIEW_INNER, 0);
    else
        tell_given(view, slot);
    if (is_time(slot))
        tell_time(view, slot->field, VIEW_INMOST);
}

static void say_fate(struct explain_view *view, const struct mn_derived *derived)
{
    const struct mn_document *document = view->explanation->document;
    switch (derived->fate) {
    case MN_KEPT:
    case MN_FATE_COUNT:
        break;
    case MN_DROPPED_PAST:
        view_say(view, "not in the record: its time, ");
        view_slice(view, derived->due.edtf);
        view_say(view, ", lies before the document's date");
        break;
    case MN_DROPPED_NO_VALUE:
        view_say(view, "not in the record: no rule gives it a value");
        break;
    case MN_DROPPED_NO_REPORT:
        view_say(view, "not in the record: its rule holds in inspection reports, and this is none");
        break;
    case MN_DROPPED_IN_REPORT:
        view_say(view, "not in the record: this is an inspection report, and no meeting decides in it");
        break;
    case MN_DROPPED_JUDGEMENT:
        view_say(view, "not in the record: a judgement of the report says it already");
        view_said(view, view_range_of(&document->spans.items[derived->span]));
        break;
    case MN_DROPPED_TWIN:
        view_say(view, "not in the record: printed again, more fully, at ");
        view_range(view, view_range_of(&document->spans.items[derived->twin]));
        break;
    }
}

static void tell_derived(struct explain_view *view, const struct mn_derived *derived)
{
    const struct mn_span *span = &view->explanation->document->spans.items[derived->span];
    view_empty_line(view);
    view_slice(view, span->kind);
    view_say(view, " at ");
    view_range(view, view_range_of(span));
    view_say(view, ": ");
    view_quote(view, view_range_of(span));
    view_end_line(view, 0);
    view_say(view, "found by ");
    view_rule(view, span->rule);
    view_end_line(view, VIEW_STEP);
    if (derived->fate != MN_KEPT) {
        say_fate(view, derived);
        view_end_line(view, VIEW_STEP);
    }
    for (size_t i = 0; i < derived->slot_count; i++)
        tell_slot(view, derived, &derived->slots[i]);
}

/* Does the fact's value stand in the text as it is? */
static bool is_verbatim(const struct explain_view *view, const struct mn_fact *fact)
{
    struct mn_slice words = mn_document_text(view->explanation->document, fact->start, fact->end);
    return mn_slice_equal(words, fact->value) || mn_slice_equal(fact->name, MN_LITERAL("framework"));
}

static void tell_fact(struct explain_view *view, const struct mn_fact *fact)
{
    view_slice(view, fact->name);
    view_say(view, fact->role.size ? " (" : "");
    view_slice(view, fact->role);
    view_say(view, fact->role.size ? ") = " : " = ");
    view_slice(view, fact->value);
    if (fact->end > fact->start && !is_verbatim(view, fact)) {
        view_say(view, " for ");
        view_quote(view, (struct mn_range){fact->start, fact->end});
    }
    view_say(view, ", ");
    view_slice(view, fact->basis);
    if (fact->rule.size) {
        view_say(view, " by ");
        view_source(view, fact->rule);
    }
    view_end_line(view, VIEW_STEP);
    if (mn_slice_equal(fact->name, MN_LITERAL("framework")))
        view_framework(view, fact);
}

/* Finds and the judgements of a report, by place. */
static void tell_findings(struct explain_view *view)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_document *document = explanation->document;
    size_t next = 0;
    for (uint32_t i = 0; i <= document->findings.count; i++) {
        bool last = i == document->findings.count;
        uint32_t start = last ? MN_NONE : document->findings.items[i].start;
        if (!last && !explain_shows_judgement(explanation, i))
            continue;
        for (; next < explanation->derivation.finds.count; next++) {
            const struct mn_derived *derived = &explanation->derivation.finds.items[next];
            if (document->spans.items[derived->span].start >= start)
                break;
            if (explain_shows_span(explanation, derived->span))
                tell_derived(view, derived);
        }
        if (!last)
            view_judgement(view, &document->findings.items[i]);
    }
}

static void tell_found(struct explain_view *view)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_document *document = explanation->document;
    bool told = false;
    for (size_t i = 0; i < document->facts.count; i++)
        if (explain_shows_fact(explanation, &document->facts.items[i])) {
            if (!told)
                view_empty_line(view);
            if (!told)
                mn_write_literal(view->out, "facts about the document\n");
            told = true;
            tell_fact(view, &document->facts.items[i]);
        }
    for (size_t i = 0; i < document->missing.count; i++)
        if (explain_shows_missing(explanation, &document->missing.items[i]))
            view_missing(view, &document->missing.items[i]);
    tell_findings(view);
    view_unchosen(view);
}

bool explain_text(struct mn_writer *out, const struct mn_explanation *explanation, bool all)
{
    struct explain_view view = {.out = out, .explanation = explanation, .all = all};
    mn_writer_init(&view.line, NULL);
    tell_place(&view);
    tell_found(&view);
    bool done = view_attempts(&view);
    view_untried(&view);
    done = done && view.line.status == MN_OK;
    mn_writer_free(&view.line);
    return done;
}
