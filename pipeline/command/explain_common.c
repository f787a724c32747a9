#include "command/explain.h"

#include <stdio.h>

const char *const explain_parts[MN_PART_COUNT] = {
    [MN_PART_PATTERN] = "pattern", [MN_PART_LEAD_IN] = "lead-in", [MN_PART_ITEM] = "item", [MN_PART_NESTED] = "nested",
    [MN_PART_HEADER] = "header",   [MN_PART_CELL] = "cell",       [MN_PART_ROW] = "row",
};

const char *const explain_ends[MN_END_COUNT] = {
    [MN_END_SECTION] = "section", [MN_END_NO_ITEMS] = "no-items", [MN_END_MISSED] = "missed",
    [MN_END_VETOED] = "vetoed",   [MN_END_MATCHED] = "matched",   [MN_END_LOST] = "lost",
    [MN_END_DROPPED] = "dropped", [MN_END_FOUND] = "found",
};

const char *const explain_mention_places[] = {
    [MN_MENTION_ROW] = "row",       [MN_MENTION_LINE] = "line",         [MN_MENTION_HEAD] = "head",
    [MN_MENTION_BLOCKS] = "blocks", [MN_MENTION_SENTENCE] = "sentence", [MN_MENTION_LABEL] = "label",
};

uint32_t explain_offset(const struct mn_explanation *explanation, uint32_t byte)
{
    return mn_offsets_code_point(&explanation->offsets, byte);
}

static bool in_place(const struct mn_explanation *explanation, uint32_t start, uint32_t end)
{
    return !explanation->asked_place || mn_ranges_touch((struct mn_range){start, end}, explanation->at);
}

static bool is_wanted(const struct mn_explanation *explanation, struct mn_slice name)
{
    const struct mn_rule *rule = mn_rules_find(explanation->rules, name);
    return rule && explanation->wanted[rule->number];
}

/* Has a match in the place made the find, whose evidence may lie elsewhere? */
static bool was_made_there(const struct mn_explanation *explanation, const struct mn_span *span)
{
    for (size_t i = 0; i < explanation->attempts.count; i++) {
        const struct mn_attempt *attempt = &explanation->attempts.items[i];
        for (size_t j = 0; j < attempt->matches.count; j++) {
            const struct mn_attempt_match *match = &attempt->matches.items[j];
            if (match->find.start == span->start && match->find.end == span->end &&
                mn_ranges_touch(match->words, explanation->at) && mn_slice_equal(attempt->rule->name, span->rule))
                return true;
        }
    }
    return false;
}

bool explain_shows_span(const struct mn_explanation *explanation, uint32_t number)
{
    const struct mn_span *span = &explanation->document->spans.items[number];
    return is_wanted(explanation, span->rule) &&
           (in_place(explanation, span->start, span->end) || was_made_there(explanation, span));
}

bool explain_shows_fact(const struct mn_explanation *explanation, const struct mn_fact *fact)
{
    bool asked = explanation->asked_place || explanation->asked_rules;
    return !asked ||
           (fact->rule.size && in_place(explanation, fact->start, fact->end) && is_wanted(explanation, fact->rule));
}

bool explain_shows_judgement(const struct mn_explanation *explanation, uint32_t number)
{
    const struct mn_finding *finding = &explanation->document->findings.items[number];
    for (size_t i = 0; i < explanation->derivation.finds.count; i++)
        if (explanation->derivation.finds.items[i].finding == number)
            return false;
    return in_place(explanation, finding->start, finding->end) && mn_explanation_wants(explanation, finding->rule);
}

const struct mn_scheme_judgement *explain_judgement_of(const struct mn_explanation *explanation,
                                                       const struct mn_finding *finding,
                                                       const struct mn_mention **mention)
{
    const struct mn_derivation *derivation = &explanation->derivation;
    for (size_t i = 0; i < derivation->mention_count; i++) {
        const struct mn_scheme_judgement *judgement =
            &derivation->scheme->judgements[derivation->mentions[i].judgement];
        *mention = &derivation->mentions[i];
        if ((*mention)->start == finding->start && (*mention)->end == finding->end &&
            mn_slice_equal(judgement->rule, finding->rule))
            return judgement;
    }
    return NULL;
}

bool explain_shows_missing(const struct mn_explanation *explanation, const struct mn_missing *missing)
{
    const struct mn_scheme *scheme = explanation->derivation.scheme;
    bool wanted = !explanation->asked_rules;
    for (size_t i = 0; scheme && i < scheme->judgement_count && !wanted; i++)
        wanted = mn_slice_equal(scheme->judgements[i].name, missing->slot) &&
                 mn_explanation_wants(explanation, scheme->judgements[i].rule);
    return wanted && (missing->end > missing->start ? in_place(explanation, missing->start, missing->end)
                                                    : !explanation->asked_place);
}

bool explain_was_untried(const struct mn_explanation *explanation, const struct mn_rule *rule)
{
    if (!explanation->asked_rules || !explanation->wanted[rule->number])
        return false;
    for (size_t i = 0; i < explanation->attempts.count; i++)
        if (explanation->attempts.items[i].rule == rule)
            return false;
    return true;
}

const struct mn_fact *explain_anchor(const struct mn_explanation *explanation)
{
    const struct mn_document *document = explanation->document;
    struct mn_date anchor = explanation->derivation.anchor;
    char text[16];
    int size = snprintf(text, sizeof text,
                        anchor.day     ? "%04d-%02d-%02d"
                        : anchor.month ? "%04d-%02d"
                                       : "%04d",
                        (int)anchor.year, (int)anchor.month, (int)anchor.day);
    for (size_t i = 0; anchor.year && size > 0 && i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (mn_slice_equal(fact->name, MN_LITERAL("date")) && fact->value.size >= (size_t)size &&
            memcmp(fact->value.data + fact->value.size - (size_t)size, text, (size_t)size) == 0)
            return fact;
    }
    return NULL;
}

struct explain_time explain_time_of(const struct mn_explanation *explanation, const struct mn_field *field)
{
    struct mn_document *document = explanation->document;
    struct explain_time time = {0};
    struct mn_time_value value;
    if (field->span >= document->spans.count)
        return time;
    time.span = &document->spans.items[field->span];
    if (mn_time_evaluate(document->arena, document, &time.span->fields, explanation->derivation.anchor, false, &value))
        time.value = value.edtf;
    if (mn_time_evaluate(document->arena, document, &time.span->fields, (struct mn_date){0}, false, &value))
        time.alone = value.edtf;
    return time;
}

static bool same_element(const struct explain_element *a, const struct explain_element *b)
{
    return a->negated == b->negated && mn_slice_equal(a->text, b->text) && mn_slice_equal(a->definition, b->definition);
}

static bool is_set(const struct mn_state *state)
{
    return state->op == MN_OP_TOKEN && state->test == MN_TEST_SET;
}

static struct explain_element element_of(const struct mn_explanation *explanation, const struct mn_miss *miss,
                                         const struct mn_state *state)
{
    const struct mn_rules *rules = explanation->rules;
    struct explain_element element = {
        .text = mn_rules_element(rules, miss->program, state, explanation->document->arena),
        .negated = state->op == MN_OP_TOKEN && state->negated && !is_set(state), /* a set is written with its sign */
    };
    if (state->definition < rules->definition_count)
        element.definition = rules->definitions[state->definition].name;
    return element;
}

static void add_element(struct explain_elements *elements, struct explain_element element)
{
    size_t known = 0;
    while (known < elements->count && !same_element(&elements->items[known], &element))
        known++;
    if (known == elements->count)
        elements->items[elements->count++] = element;
}

/* Words that are tested together are elements each, but not where none of them may stand. */
static uint32_t count_words(const struct mn_state *state)
{
    return is_set(state) && !state->negated ? state->value_count / 2 : 0;
}

static void add_words(struct explain_elements *elements, const struct mn_explanation *explanation,
                      const struct mn_miss *miss, const struct mn_state *state)
{
    struct mn_state word = {.op = MN_OP_TOKEN};
    for (uint32_t i = 0; i < state->value_count; i += 2) {
        word.source = miss->program->values[state->values + i];
        word.definition = miss->program->values[state->values + i + 1];
        add_element(elements, element_of(explanation, miss, &word));
    }
}

struct explain_elements explain_elements_of(const struct mn_explanation *explanation, const struct mn_miss *miss)
{
    struct explain_elements elements = {0};
    const struct mn_state *states = miss->program->states;
    size_t most = 1;
    for (uint32_t i = 0; i < miss->state_count; i++)
        most += 1 + count_words(&states[miss->states[i]]);
    elements.items = mn_arena_alloc(explanation->document->arena, most * sizeof *elements.items);
    for (uint32_t i = 0; elements.items && i < miss->state_count; i++) {
        const struct mn_state *state = &states[miss->states[i]];
        if (count_words(state))
            add_words(&elements, explanation, miss, state);
        else
            add_element(&elements, element_of(explanation, miss, state));
    }
    return elements;
}

const char *explain_condition_word(const struct mn_condition *condition)
{
    return condition->unless ? "unless" : "requires";
}
