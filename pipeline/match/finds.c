#include "match/finds.h"

#include "match/scopes.h"
#include "match/trace.h"

static const struct mn_slice evidence_name = {"evidence", 8};

void mn_place_bytes(const struct mn_match_scratch *scratch, struct mn_place place, uint32_t *start, uint32_t *end)
{
    const struct mn_token *tokens = scratch->document->tokens.items;
    *start = *end = 0;
    if (place.start >= place.end)
        return;
    const struct mn_token *last = &tokens[place.end - 1];
    *start = tokens[place.start].start;
    *end = last->start + (uint32_t)mn_forms_get(scratch->ground.forms, last->form)->text.size;
}

void mn_draft_begin(struct mn_match_scratch *scratch, const struct mn_rule *rule, struct mn_place place,
                    struct mn_draft *draft)
{
    scratch->fields.count = 0;
    *draft = (struct mn_draft){.rule = rule, .place = place};
    mn_place_bytes(scratch, place, &draft->start, &draft->end);
}

bool mn_find_field(struct mn_match_scratch *scratch, struct mn_field field)
{
    for (size_t i = 0; i < scratch->fields.count; i++)
        if (mn_slice_equal(scratch->fields.items[i].name, field.name))
            return true;
    struct mn_field *place = MN_POOL_ADD(&scratch->fields);
    if (place)
        *place = field;
    return place != NULL;
}

static struct mn_field capture_field(const struct mn_match_scratch *scratch, const struct mn_capture *capture,
                                     const struct mn_captured *captured)
{
    struct mn_field field = {.name = capture->name, .value = MN_EMPTY, .span = MN_NONE};
    mn_place_bytes(scratch, captured->place, &field.start, &field.end);
    if (capture->lexicon_value && captured->value != MN_NONE)
        field.value = mn_vocabulary_value(scratch->rules->vocabulary, captured->value);
    if (capture->span)
        field.span = captured->span;
    return field;
}

static void set_evidence(const struct mn_match_scratch *scratch, struct mn_draft *draft, struct mn_place place)
{
    draft->place = place;
    mn_place_bytes(scratch, place, &draft->start, &draft->end);
}

static void widen_to_sentence(const struct mn_match_scratch *scratch, struct mn_draft *draft)
{
    const struct mn_document *document = scratch->document;
    uint32_t first = mn_sentence_of(document, draft->place.start);
    uint32_t last = mn_sentence_of(document, draft->place.end - 1);
    set_evidence(
        scratch, draft,
        (struct mn_place){document->sentences.items[first].first_token, document->sentences.items[last].end_token});
}

static void widen_to_block(const struct mn_match_scratch *scratch, struct mn_draft *draft)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    const struct mn_node *first = &nodes[mn_leaf_of(scratch->document, draft->place.start)];
    const struct mn_node *last = &nodes[mn_leaf_of(scratch->document, draft->place.end - 1)];
    set_evidence(scratch, draft, (struct mn_place){first->first_token, last->end_token});
}

/* To the item around the start; to the block where there is none, or the item ends within the match. */
static void widen_to_item(const struct mn_match_scratch *scratch, struct mn_draft *draft)
{
    const struct mn_document *document = scratch->document;
    uint32_t item = mn_ancestor(document, mn_leaf_of(document, draft->place.start), MN_ITEM);
    if (item == MN_NONE || document->nodes.items[item].end_token < draft->place.end) {
        widen_to_block(scratch, draft);
        return;
    }
    set_evidence(scratch, draft, mn_node_place(document, item));
}

static void widen(const struct mn_match_scratch *scratch, struct mn_draft *draft)
{
    switch (draft->rule->evidence) {
    case MN_EVIDENCE_SENTENCE:
        widen_to_sentence(scratch, draft);
        break;
    case MN_EVIDENCE_BLOCK:
        widen_to_block(scratch, draft);
        break;
    case MN_EVIDENCE_ITEM:
        widen_to_item(scratch, draft);
        break;
    case MN_EVIDENCE_MATCH:
        break;
    }
}

bool mn_draft_captures(struct mn_match_scratch *scratch, struct mn_draft *draft, const struct mn_run *run)
{
    bool named = false;
    for (uint32_t i = 0; i < run->program->capture_count; i++) {
        const struct mn_captured *captured = &run->captured[i];
        if (captured->place.start == MN_NONE)
            continue;
        const struct mn_capture *capture = &run->program->captures[i];
        if (!mn_slice_equal(capture->name, evidence_name)) {
            if (!mn_find_field(scratch, capture_field(scratch, capture, captured)))
                return false;
        } else if (captured->place.start < captured->place.end) {
            set_evidence(scratch, draft, captured->place);
            named = true;
        }
    }
    if (!named)
        widen(scratch, draft);
    return true;
}

static struct mn_fields copy_fields(const struct mn_match_scratch *scratch, bool *done)
{
    struct mn_fields fields = {NULL, scratch->fields.count};
    *done = true;
    if (fields.count == 0)
        return fields;
    fields.items = mn_arena_alloc(scratch->document->arena, fields.count * sizeof *fields.items);
    *done = fields.items != NULL;
    if (*done)
        memcpy(fields.items, scratch->fields.items, fields.count * sizeof *fields.items);
    return fields;
}

static bool add_sets(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool done = true;
    for (size_t i = 0; i < rule->set_count && done; i++)
        done = mn_find_field(
            scratch, (struct mn_field){.name = rule->sets[i].name, .value = rule->sets[i].value, .span = MN_NONE});
    return done;
}

/* What decides conflicts: the rule's key capture where it took part and has words, else the evidence. */
static struct mn_found make_found(const struct mn_draft *draft, const struct mn_span *span)
{
    const struct mn_rule *rule = draft->rule;
    struct mn_found found = {rule->number, draft->start, draft->end, false};
    const struct mn_field *key = rule->key.size ? mn_fields_find(&span->fields, rule->key) : NULL;
    if (key && key->start < key->end) {
        found.key_start = key->start;
        found.key_end = key->end;
    }
    return found;
}

bool mn_draft_finish(struct mn_match_scratch *scratch, const struct mn_draft *draft)
{
    struct mn_document *document = scratch->document;
    bool done = add_sets(scratch, draft->rule);
    struct mn_span span = {.rule = draft->rule->name,
                           .kind = draft->rule->finds,
                           .priority = draft->rule->priority,
                           .start = draft->start,
                           .end = draft->end,
                           .first_token = draft->place.start,
                           .end_token = draft->place.end,
                           .node = mn_leaf_of(document, draft->place.start)};
    if (done)
        span.fields = copy_fields(scratch, &done);
    if (!done || !MN_RESERVE(document->arena, &document->spans, document->spans.count + 1) ||
        !MN_POOL_RESERVE(&scratch->found, scratch->found.count + 1))
        return false;
    uint32_t *member = MN_POOL_ADD(&scratch->groups[scratch->group_of[draft->rule->number]].found);
    if (!member)
        return false;
    *member = (uint32_t)document->spans.count;
    document->spans.items[document->spans.count++] = span;
    scratch->found.items[scratch->found.count++] = make_found(draft, &span);
    MN_TRACE(&scratch->ground, .kind = MN_TRACE_FIND, .place = draft->place,
             .find = {draft->rule, draft->start, draft->end});
    return true;
}
