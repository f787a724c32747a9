/* explain for people: what the judgements of a report rest on. */
#include "command/explain_view.h"
#include "record/kinds.h"

static const char *const places[] = {
    [MN_MENTION_ROW] = "a row of a table", [MN_MENTION_LINE] = "a line by itself",
    [MN_MENTION_HEAD] = "a heading",       [MN_MENTION_BLOCKS] = "lines one behind the other",
    [MN_MENTION_SENTENCE] = "a sentence",  [MN_MENTION_LABEL] = "a label without a grade that can be read",
};

static struct mn_range range_of(const struct mn_mention *mention)
{
    return (struct mn_range){mention->start, mention->end};
}

static void say_mention(struct explain_view *view, const struct mn_mention *mention)
{
    view_say(view, places[mention->place]);
    view_say(view, " at ");
    view_range(view, range_of(mention));
    view_say(view, ", ");
    view_quote(view, range_of(mention));
}

/* ---- a judgement ---- */

/* Where an attribute's value comes from. */
static void say_origin(struct explain_view *view, const struct mn_mention *mention, struct mn_slice name)
{
    if (mn_slice_equal(name, MN_LITERAL("value"))) {
        view_say(view, " for ");
        view_quote(view, (struct mn_range){mention->value_start, mention->value_end});
    } else if (mn_slice_equal(name, MN_LITERAL("aspect"))) {
        view_say(view, " for ");
        view_quote(view, (struct mn_range){mention->subject_start, mention->subject_end});
    } else if (mn_slice_equal(name, MN_LITERAL("scale")) || mn_slice_equal(name, MN_LITERAL("assessor"))) {
        view_say(view, ", as the grade scheme says");
    } else if (mn_slice_equal(name, MN_LITERAL("formal"))) {
        view_say(view, ", as the grade scheme asks for this judgement");
    }
}

static void tell_attributes(struct explain_view *view, const struct mn_finding *finding,
                            const struct mn_mention *mention)
{
    for (size_t i = 0; i < finding->attributes.count; i++) {
        view_slice(view, finding->attributes.items[i].name);
        view_say(view, " = ");
        view_slice(view, finding->attributes.items[i].value);
        if (mention)
            say_origin(view, mention, finding->attributes.items[i].name);
        view_end_line(view, VIEW_INNER);
    }
}

/* The other places in which the report gives the same judgement. */
static void tell_others(struct explain_view *view, const struct mn_mention *mention)
{
    const struct mn_derivation *derivation = &view->explanation->derivation;
    for (size_t i = 0; i < derivation->mention_count; i++) {
        const struct mn_mention *other = &derivation->mentions[i];
        if (other == mention || other->judgement != mention->judgement || other->place == MN_MENTION_LABEL)
            continue;
        if (other->is_earlier != mention->is_earlier)
            view_say(view, other->is_earlier ? "of an earlier inspection: " : "of this inspection: ");
        else
            view_say(view, mn_slice_equal(other->value, mention->value) ? "says the same: " : "says otherwise: ");
        say_mention(view, other);
        view_end_line(view, VIEW_INNER);
    }
}

static void tell_mention(struct explain_view *view, const struct mn_mention *mention)
{
    const struct mn_document *document = view->explanation->document;
    view_say(view, "read from ");
    view_say(view, places[mention->place]);
    view_say(view, " with a label of this judgement and a grade, and nothing else");
    view_end_line(view, VIEW_INNER);
    if (mention->is_earlier && mention->earlier_node < document->nodes.count) {
        const struct mn_node *node = &document->nodes.items[mention->earlier_node];
        view_say(view, "of an earlier inspection, as ");
        view_quote(view, (struct mn_range){node->start, node->end});
        view_say(view, " says");
        view_end_line(view, VIEW_INNER);
    }
}

void view_judgement(struct explain_view *view, const struct mn_finding *finding)
{
    struct mn_range range = {finding->start, finding->end};
    const struct mn_mention *mention = NULL;
    bool known = explain_judgement_of(view->explanation, finding, &mention) != NULL;
    view_empty_line(view);
    view_slice(view, mn_slice_of(mn_record_kinds[finding->kind].element));
    view_say(view, " at ");
    view_range(view, range);
    view_say(view, ": ");
    view_quote(view, range);
    view_end_line(view, 0);
    view_say(view, "a judgement of the report, ");
    view_source(view, finding->rule);
    view_end_line(view, VIEW_STEP);
    if (known)
        tell_mention(view, mention);
    tell_attributes(view, finding, known ? mention : NULL);
    if (known)
        tell_others(view, mention);
}

/* The formal grade of a judgement. */
static const struct mn_finding *find_formal(const struct mn_document *document, struct mn_slice rule)
{
    for (size_t i = 0; i < document->findings.count; i++) {
        const struct mn_finding *finding = &document->findings.items[i];
        if (mn_slice_equal(finding->rule, rule) && mn_fields_find(&finding->attributes, MN_LITERAL("formal")))
            return finding;
    }
    return NULL;
}

void view_said(struct explain_view *view, struct mn_range range)
{
    const struct mn_derivation *derivation = &view->explanation->derivation;
    for (size_t i = 0; i < derivation->mention_count; i++) {
        const struct mn_mention *mention = &derivation->mentions[i];
        struct mn_slice rule = derivation->scheme->judgements[mention->judgement].rule;
        const struct mn_finding *formal = find_formal(view->explanation->document, rule);
        if (mention->place == MN_MENTION_LABEL || !mn_ranges_touch(range_of(mention), range) || !formal)
            continue;
        view_say(view, ", that at ");
        view_range(view, (struct mn_range){formal->start, formal->end});
        view_say(view, ", ");
        view_source(view, rule);
        return;
    }
}

/* ---- what is missing ---- */

struct reason {
    struct mn_slice word;
    const char *text;
};

static const struct reason reasons[] = {
    {MN_LITERAL_ITEM("not-in-framework"), "the report's framework has no such judgement; others have"},
    {MN_LITERAL_ITEM("not-stated"), "it is expected, and nothing in the report is its label with a grade"},
    {MN_LITERAL_ITEM("unreadable"), "its label stands there with something that is no grade of the scheme"},
    {MN_LITERAL_ITEM("conflicting"), "the report gives it twice, differently"},
};

static void tell_evidence(struct explain_view *view, uint32_t start, uint32_t end)
{
    struct mn_range range = {start, end};
    if (end <= start)
        return;
    view_range(view, range);
    view_say(view, " ");
    view_quote(view, range);
    view_end_line(view, VIEW_INNER);
}

void view_missing(struct explain_view *view, const struct mn_missing *missing)
{
    view_slice(view, missing->slot);
    view_say(view, " is missing, ");
    view_slice(view, missing->reason);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (mn_slice_equal(reasons[i].word, missing->reason)) {
            view_say(view, ": ");
            view_say(view, reasons[i].text);
        }
    view_end_line(view, VIEW_STEP);
    tell_evidence(view, missing->start, missing->end);
    tell_evidence(view, missing->other_start, missing->other_end);
}

/* ---- the framework ---- */

void view_framework(struct explain_view *view, const struct mn_fact *fact)
{
    const struct mn_scheme *scheme = view->explanation->derivation.scheme;
    if (!scheme || !mn_slice_equal(scheme->name, fact->rule))
        return;
    if (fact->end > fact->start) {
        view_say(view, "its words stand in the report's opening: ");
        view_quote(view, (struct mn_range){fact->start, fact->end});
        view_end_line(view, VIEW_INNER);
    }
    if (!scheme->from.size && !scheme->until.size)
        return;
    view_say(view, "it was in force");
    view_say(view, scheme->from.size ? " from " : "");
    view_slice(view, scheme->from);
    view_say(view, scheme->until.size ? " until " : "");
    view_slice(view, scheme->until);
    view_end_line(view, VIEW_INNER);
}

static bool is_wanted(const struct mn_explanation *explanation, const struct mn_scheme *scheme)
{
    for (size_t i = 0; i < scheme->judgement_count; i++)
        if (mn_explanation_wants(explanation, scheme->judgements[i].rule))
            return true;
    return false;
}

void view_unchosen(struct explain_view *view)
{
    const struct mn_explanation *explanation = view->explanation;
    const struct mn_scheme *chosen = explanation->derivation.scheme;
    bool wanted = false;
    for (size_t i = 0; i < explanation->rules->scheme_count && explanation->asked_rules; i++)
        wanted |= is_wanted(explanation, &explanation->rules->schemes[i]);
    if (!wanted || (chosen && is_wanted(explanation, chosen)))
        return;
    view_empty_line(view);
    if (chosen) {
        view_say(view, "the document is read under the grade scheme ");
        view_source(view, chosen->name);
        view_say(view, ", not under one that was asked for");
    } else {
        view_say(view,
                 "the document is read under no grade scheme: it is no inspection report, or no scheme of its day "
                 "has its words or judgements");
    }
    view_end_line(view, 0);
}
