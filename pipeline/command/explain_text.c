/* explain for people: the place, and how the findings came about. */
#include "command/explain_view.h"
#include "record/kinds.h"

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

static void tell_source(struct explain_view *view, const struct mn_derived *derived, const struct mn_derived_slot *slot)
{
    const struct mn_span *giver = slot->span == MN_NONE || slot->span == derived->span
                                      ? NULL
                                      : &view->explanation->document->spans.items[slot->span];
    if (giver) {
        view_say(view, "given by ");
        view_rule(view, giver->rule);
        view_say(view, ", which found ");
        view_quote(view, view_range_of(giver));
        view_end_line(view, VIEW_INMOST);
    }
    view_field(view, slot->field, VIEW_INMOST, 0);
    if (is_time(slot))
        tell_time(view, slot->field, VIEW_INMOST);
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

static void tell_slot(struct explain_view *view, const struct mn_derived *derived, const struct mn_derived_slot *slot)
{
    bool inside = is_time(slot) && derived->inside != MN_NONE;
    bool own = slot->field && slot->span == derived->span && slot->field->end == slot->field->start;
    if (comes_with_time(slot) || (!slot->field && !slot->value.size))
        return;
    view_slice(view, slot->name);
    if (slot->value.size) {
        view_say(view, " = ");
        view_slice(view, slot->value);
    }
    if (own)
        view_say(view, is_set(view, derived, slot) ? ", set by the rule" : ", as it is numbered");
    else if (!slot->field && !inside)
        view_say(view, ", as no rule says it");
    view_end_line(view, VIEW_INNER);
    if (inside)
        tell_inside(view, derived);
    else if (slot->field && !own)
        tell_source(view, derived, slot);
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
    case MN_DROPPED_JUDGEMENT:
        view_say(view, "not in the record: a judgement of the report says it already");
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

/* A finding that the judgements of a report make, whatever finds they rest on. */
static void tell_judgement(struct explain_view *view, const struct mn_finding *finding)
{
    struct mn_range range = {finding->start, finding->end};
    view_empty_line(view);
    view_slice(view, mn_slice_of(mn_record_kinds[finding->kind].element));
    view_say(view, " at ");
    view_range(view, range);
    view_say(view, ": ");
    view_quote(view, range);
    view_end_line(view, 0);
    view_say(view, "a judgement of the report, ");
    view_rule(view, finding->rule);
    view_end_line(view, VIEW_STEP);
    for (size_t i = 0; i < finding->attributes.count; i++) {
        view_slice(view, finding->attributes.items[i].name);
        view_say(view, " = ");
        view_slice(view, finding->attributes.items[i].value);
        view_end_line(view, VIEW_INNER);
    }
}

static void tell_fact(struct explain_view *view, const struct mn_fact *fact)
{
    view_slice(view, fact->name);
    view_say(view, fact->role.size ? " (" : "");
    view_slice(view, fact->role);
    view_say(view, fact->role.size ? ") = " : " = ");
    view_slice(view, fact->value);
    view_say(view, ", ");
    view_slice(view, fact->basis);
    if (fact->rule.size) {
        view_say(view, " by ");
        view_rule(view, fact->rule);
    }
    view_end_line(view, VIEW_STEP);
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
    for (size_t i = 0; i < document->missing.count && !explanation->asked_place && !explanation->asked_rules; i++) {
        view_slice(view, document->missing.items[i].slot);
        view_say(view, " is missing: ");
        view_slice(view, document->missing.items[i].reason);
        view_end_line(view, VIEW_STEP);
    }
    for (size_t i = 0; i < explanation->derivation.finds.count; i++)
        if (explain_shows_span(explanation, explanation->derivation.finds.items[i].span))
            tell_derived(view, &explanation->derivation.finds.items[i]);
    for (uint32_t i = 0; i < document->findings.count; i++)
        if (explain_shows_judgement(explanation, i))
            tell_judgement(view, &document->findings.items[i]);
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
