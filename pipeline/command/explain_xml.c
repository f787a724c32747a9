/* explain for tools. */
#include "command/explain.h"

#include "record/kinds.h"

static void open_tag(struct mn_writer *out, unsigned depth, const char *name)
{
    for (unsigned i = 0; i < depth; i++)
        mn_write_literal(out, "  ");
    mn_write_char(out, '<');
    mn_write(out, mn_slice_of(name));
}

static void close_tag(struct mn_writer *out, unsigned depth, const char *name)
{
    for (unsigned i = 0; i < depth; i++)
        mn_write_literal(out, "  ");
    mn_write_literal(out, "</");
    mn_write(out, mn_slice_of(name));
    mn_write_literal(out, ">\n");
}

static void attribute(struct mn_writer *out, const char *name, struct mn_slice value)
{
    if (value.size)
        mn_write_attribute(out, name, value);
}

static void range_attributes(struct mn_writer *out, const struct mn_explanation *explanation, struct mn_range range)
{
    mn_write_attribute_number(out, "start", explain_offset(explanation, range.start));
    mn_write_attribute_number(out, "end", explain_offset(explanation, range.end));
}

/* `>words</name>` */
static void words_in(struct mn_writer *out, const struct mn_explanation *explanation, struct mn_range range,
                     const char *name)
{
    mn_write_char(out, '>');
    mn_write_text(out, mn_document_text(explanation->document, range.start, range.end));
    mn_write_literal(out, "</");
    mn_write(out, mn_slice_of(name));
    mn_write_literal(out, ">\n");
}

static void rule_attributes(struct mn_writer *out, const struct mn_explanation *explanation, struct mn_slice name)
{
    const struct mn_rule *rule = mn_rules_find(explanation->rules, name);
    const struct mn_scheme *scheme = explanation->derivation.scheme;
    attribute(out, "rule", name);
    if (rule) {
        attribute(out, "file", rule->file);
        mn_write_attribute_number(out, "line", rule->line);
    } else if (scheme && mn_slice_starts(name, scheme->name)) {
        attribute(out, "file", scheme->file);
        mn_write_attribute_number(out, "line", scheme->line);
    }
}

static struct mn_range range_of(const struct mn_span *span)
{
    return (struct mn_range){span->start, span->end};
}

/* --- Findings --- */

enum { DEEPEST = 4 };

static void write_find(struct mn_writer *out, const struct mn_explanation *explanation, unsigned depth,
                       const struct mn_span *span, unsigned nesting);

static void write_field(struct mn_writer *out, const struct mn_explanation *explanation, unsigned depth,
                        const struct mn_field *field, unsigned nesting)
{
    const struct mn_document *document = explanation->document;
    bool stands = field->end > field->start, refers = field->span < document->spans.count && nesting < DEEPEST;
    open_tag(out, depth, "field");
    attribute(out, "name", field->name);
    attribute(out, "value", field->value);
    if (stands)
        range_attributes(out, explanation, (struct mn_range){field->start, field->end});
    if (refers) {
        mn_write_literal(out, ">\n");
        write_find(out, explanation, depth + 1, &document->spans.items[field->span], nesting + 1);
        close_tag(out, depth, "field");
    } else if (stands) {
        words_in(out, explanation, (struct mn_range){field->start, field->end}, "field");
    } else {
        mn_write_literal(out, "/>\n");
    }
}

/* A find that another one is made from. */
static void write_find(struct mn_writer *out, const struct mn_explanation *explanation, unsigned depth,
                       const struct mn_span *span, unsigned nesting)
{
    open_tag(out, depth, "find");
    attribute(out, "kind", span->kind);
    rule_attributes(out, explanation, span->rule);
    range_attributes(out, explanation, range_of(span));
    mn_write_literal(out, ">\n");
    open_tag(out, depth + 1, "quote");
    words_in(out, explanation, range_of(span), "quote");
    for (size_t i = 0; i < span->fields.count; i++)
        write_field(out, explanation, depth + 1, &span->fields.items[i], nesting);
    close_tag(out, depth, "find");
}

/* The value of the time that the field refers to. */
static void write_time(struct mn_writer *out, const struct mn_explanation *explanation, const struct mn_field *field)
{
    struct explain_time time = explain_time_of(explanation, field);
    if (!time.span)
        return;
    open_tag(out, 3, "time");
    attribute(out, "value", time.value);
    attribute(out, "alone", time.alone);
    mn_write_literal(out, "/>\n");
}

static const char *source_of(const struct mn_derived *derived, const struct mn_derived_slot *slot, bool inside)
{
    if (inside)
        return "deadline";
    if (!slot->field)
        return "default";
    if (slot->span != derived->span)
        return "given";
    return slot->field->end > slot->field->start ? "words" : "set";
}

static void write_slot(struct mn_writer *out, const struct mn_explanation *explanation,
                       const struct mn_derived *derived, const struct mn_derived_slot *slot)
{
    const struct mn_span *spans = explanation->document->spans.items;
    bool due = mn_slice_equal(slot->name, MN_LITERAL("due")), inside = due && derived->inside != MN_NONE;
    if (!slot->field && !slot->value.size)
        return;
    open_tag(out, 2, "slot");
    attribute(out, "name", slot->name);
    attribute(out, "value", slot->value);
    attribute(out, "from", mn_slice_of(source_of(derived, slot, inside)));
    mn_write_literal(out, ">\n");
    if (inside)
        write_find(out, explanation, 3, &spans[derived->inside], 0);
    else if (slot->field && slot->span != derived->span)
        write_find(out, explanation, 3, &spans[slot->span], 0);
    else if (slot->field)
        write_field(out, explanation, 3, slot->field, 0);
    if (due && !inside && slot->field)
        write_time(out, explanation, slot->field);
    close_tag(out, 2, "slot");
}

static void write_derived(struct mn_writer *out, const struct mn_explanation *explanation,
                          const struct mn_derived *derived)
{
    const struct mn_span *span = &explanation->document->spans.items[derived->span];
    open_tag(out, 1, "finding");
    attribute(out, "kind", span->kind);
    rule_attributes(out, explanation, span->rule);
    range_attributes(out, explanation, range_of(span));
    attribute(out, "fate", mn_slice_of(mn_fates[derived->fate]));
    mn_write_literal(out, ">\n");
    open_tag(out, 2, "quote");
    words_in(out, explanation, range_of(span), "quote");
    for (size_t i = 0; i < derived->slot_count; i++)
        write_slot(out, explanation, derived, &derived->slots[i]);
    close_tag(out, 1, "finding");
}

/* Every place in which the report gives the judgement that a finding says. */
static void write_mentions(struct mn_writer *out, const struct mn_explanation *explanation,
                           const struct mn_finding *finding)
{
    const struct mn_derivation *derivation = &explanation->derivation;
    const struct mn_mention *used = NULL;
    if (!explain_judgement_of(explanation, finding, &used))
        return;
    for (size_t i = 0; i < derivation->mention_count; i++) {
        const struct mn_mention *mention = &derivation->mentions[i];
        struct mn_range range = {mention->start, mention->end};
        if (mention->judgement != used->judgement)
            continue;
        open_tag(out, 2, "mention");
        attribute(out, "place", mn_slice_of(explain_mention_places[mention->place]));
        attribute(out, "value", mention->value);
        mn_write(out, mn_slice_of(mention == used ? " used=\"true\"" : ""));
        mn_write(out, mn_slice_of(mention->is_earlier ? " earlier=\"true\"" : ""));
        range_attributes(out, explanation, range);
        words_in(out, explanation, range, "mention");
    }
}

static void write_judgement(struct mn_writer *out, const struct mn_explanation *explanation,
                            const struct mn_finding *finding)
{
    struct mn_range range = {finding->start, finding->end};
    open_tag(out, 1, "finding");
    attribute(out, "kind", mn_slice_of(mn_record_kinds[finding->kind].element));
    rule_attributes(out, explanation, finding->rule);
    range_attributes(out, explanation, range);
    attribute(out, "fate", mn_slice_of(mn_fates[MN_KEPT]));
    mn_write_literal(out, ">\n");
    open_tag(out, 2, "quote");
    words_in(out, explanation, range, "quote");
    for (size_t i = 0; i < finding->attributes.count; i++) {
        open_tag(out, 2, "slot");
        attribute(out, "name", finding->attributes.items[i].name);
        attribute(out, "value", finding->attributes.items[i].value);
        attribute(out, "from", MN_LITERAL("judgement"));
        mn_write_literal(out, "/>\n");
    }
    write_mentions(out, explanation, finding);
    close_tag(out, 1, "finding");
}

static void write_fact(struct mn_writer *out, const struct mn_explanation *explanation, const struct mn_fact *fact)
{
    open_tag(out, 1, "fact");
    attribute(out, "name", fact->name);
    attribute(out, "role", fact->role);
    attribute(out, "value", fact->value);
    attribute(out, "basis", fact->basis);
    rule_attributes(out, explanation, fact->rule);
    if (fact->end > fact->start)
        range_attributes(out, explanation, (struct mn_range){fact->start, fact->end});
    mn_write_literal(out, "/>\n");
}

/* --- Attempts --- */

static void write_miss(struct mn_writer *out, const struct mn_explanation *explanation,
                       const struct mn_attempt *attempt)
{
    const struct mn_miss *miss = &attempt->miss;
    bool inside = miss->token < attempt->end_token;
    struct mn_range token = inside ? mn_explanation_bytes(explanation, (struct mn_place){miss->token, miss->token + 1})
                                   : (struct mn_range){attempt->scope.end, attempt->scope.end};
    if (!miss->program || !miss->state_count)
        return;
    open_tag(out, 2, "miss");
    mn_write_attribute_number(out, "line", miss->program->line);
    mn_write_attribute_number(out, "elements", miss->elements);
    mn_write_attribute_number(out, "there", miss->elements - miss->left);
    mn_write_attribute_number(out, "tokens", miss->places);
    range_attributes(out, explanation, token);
    mn_write_literal(out, ">\n");
    struct explain_elements elements = explain_elements_of(explanation, miss);
    for (size_t i = 0; i < elements.count; i++) {
        open_tag(out, 3, "expected");
        if (elements.items[i].negated)
            mn_write_literal(out, " not=\"true\"");
        attribute(out, "define", elements.items[i].definition);
        mn_write_char(out, '>');
        mn_write_text(out, elements.items[i].text);
        mn_write_literal(out, "</expected>\n");
    }
    if (inside) {
        open_tag(out, 3, "token");
        words_in(out, explanation, token, "token");
    }
    close_tag(out, 2, "miss");
}

static void write_condition(struct mn_writer *out, const struct mn_explanation *explanation,
                            const struct mn_attempt *attempt, const struct mn_attempt_match *match)
{
    const struct mn_condition *condition = &attempt->rule->conditions[match->condition];
    const char *name = explain_condition_word(condition);
    open_tag(out, 3, name);
    mn_write_attribute_number(out, "line", condition->program->line);
    attribute(out, "pattern", mn_slice_trim(condition->program->text));
    if (match->vetoer.end <= match->vetoer.start) {
        mn_write_literal(out, "/>\n");
        return;
    }
    range_attributes(out, explanation, match->vetoer);
    words_in(out, explanation, match->vetoer, name);
}

static void write_winner(struct mn_writer *out, const struct mn_explanation *explanation,
                         const struct mn_attempt_match *match)
{
    struct mn_range range = {match->winner.start, match->winner.end};
    open_tag(out, 3, "winner");
    rule_attributes(out, explanation, match->winner.rule->name);
    range_attributes(out, explanation, range);
    words_in(out, explanation, range, "winner");
}

static void write_match(struct mn_writer *out, const struct mn_explanation *explanation,
                        const struct mn_attempt *attempt, const struct mn_attempt_match *match)
{
    bool found = match->end == MN_END_LOST || match->end == MN_END_DROPPED || match->end == MN_END_FOUND;
    struct mn_range range = found ? match->find : match->words;
    open_tag(out, 2, "match");
    attribute(out, "outcome", mn_slice_of(explain_ends[match->end]));
    if (match->end == MN_END_DROPPED)
        attribute(out, "fate", mn_slice_of(mn_fates[match->fate]));
    range_attributes(out, explanation, range);
    mn_write_literal(out, ">\n");
    open_tag(out, 3, "quote");
    words_in(out, explanation, range, "quote");
    for (size_t i = 0; i < match->capture_count; i++)
        write_field(out, explanation, 3, &match->captures[i], DEEPEST);
    if (match->end == MN_END_VETOED)
        write_condition(out, explanation, attempt, match);
    if (match->end == MN_END_LOST)
        write_winner(out, explanation, match);
    close_tag(out, 2, "match");
}

static void write_attempt(struct mn_writer *out, const struct mn_explanation *explanation,
                          const struct mn_attempt *attempt)
{
    open_tag(out, 1, "attempt");
    rule_attributes(out, explanation, attempt->rule->name);
    attribute(out, "finds", attempt->rule->finds);
    attribute(out, "part", mn_slice_of(explain_parts[attempt->part]));
    attribute(out, "outcome", mn_slice_of(explain_ends[attempt->end]));
    mn_write_attribute_number(out, "scope-start", explain_offset(explanation, attempt->scope.start));
    mn_write_attribute_number(out, "scope-end", explain_offset(explanation, attempt->scope.end));
    mn_write_literal(out, ">\n");
    if (attempt->end == MN_END_MISSED)
        write_miss(out, explanation, attempt);
    for (size_t i = 0; i < attempt->matches.count; i++)
        write_match(out, explanation, attempt, &attempt->matches.items[i]);
    close_tag(out, 1, "attempt");
}

static bool write_untried(struct mn_writer *out, const struct mn_explanation *explanation, const struct mn_rule *rule)
{
    const struct mn_listed *listed = mn_rules_listed(explanation->rules, rule);
    struct mn_writer trigger;
    mn_writer_init(&trigger, NULL);
    open_tag(out, 1, "untried");
    rule_attributes(out, explanation, rule->name);
    if (rule->off)
        mn_write_literal(out, " off=\"true\"");
    mn_write_literal(out, ">\n");
    for (size_t i = 0; listed && i < listed->cost.trigger_count; i++) {
        mn_writer_clear(&trigger);
        mn_trigger_write(&trigger, explanation->rules, &listed->cost.triggers[i]);
        open_tag(out, 2, "trigger");
        mn_write_char(out, '>');
        mn_write_text(out, (struct mn_slice){trigger.data, trigger.size});
        mn_write_literal(out, "</trigger>\n");
    }
    close_tag(out, 1, "untried");
    bool done = trigger.status == MN_OK;
    mn_writer_free(&trigger);
    return done;
}

/* --- All --- */

static void write_place(struct mn_writer *out, const struct mn_explanation *explanation)
{
    if (!explanation->asked_place)
        return;
    open_tag(out, 1, "place");
    range_attributes(out, explanation, explanation->at);
    mn_write_attribute_number(out, "also", explanation->also);
    words_in(out, explanation, explanation->at, "place");
}

static void write_anchor(struct mn_writer *out, const struct mn_explanation *explanation)
{
    const struct mn_fact *anchor = explain_anchor(explanation);
    if (!anchor)
        return;
    open_tag(out, 1, "anchor");
    attribute(out, "value", anchor->value);
    attribute(out, "role", anchor->role);
    attribute(out, "basis", anchor->basis);
    rule_attributes(out, explanation, anchor->rule);
    mn_write_literal(out, "/>\n");
}

bool explain_xml(struct mn_writer *out, const struct mn_explanation *explanation)
{
    const struct mn_document *document = explanation->document;
    bool done = true;
    mn_write_literal(out, "<explanation xmlns=\"urn:minutiae:explanation:1\"");
    attribute(out, "source", document->source.name);
    attribute(out, "rules-sha256", explanation->rules->sha256);
    mn_write_literal(out, ">\n");
    write_place(out, explanation);
    write_anchor(out, explanation);
    for (size_t i = 0; i < document->facts.count; i++)
        if (explain_shows_fact(explanation, &document->facts.items[i]))
            write_fact(out, explanation, &document->facts.items[i]);
    for (size_t i = 0; i < document->missing.count; i++) {
        if (!explain_shows_missing(explanation, &document->missing.items[i]))
            continue;
        open_tag(out, 1, "missing");
        attribute(out, "slot", document->missing.items[i].slot);
        attribute(out, "reason", document->missing.items[i].reason);
        mn_write_literal(out, "/>\n");
    }
    for (size_t i = 0; i < explanation->derivation.finds.count; i++)
        if (explain_shows_span(explanation, explanation->derivation.finds.items[i].span))
            write_derived(out, explanation, &explanation->derivation.finds.items[i]);
    for (uint32_t i = 0; i < document->findings.count; i++)
        if (explain_shows_judgement(explanation, i))
            write_judgement(out, explanation, &document->findings.items[i]);
    for (size_t i = 0; i < explanation->attempts.count; i++)
        write_attempt(out, explanation, &explanation->attempts.items[i]);
    for (size_t i = 0; i < explanation->rules->rule_count && done; i++)
        if (explain_was_untried(explanation, &explanation->rules->rules[i]))
            done = write_untried(out, explanation, &explanation->rules->rules[i]);
    mn_write_literal(out, "</explanation>\n");
    return done;
}
