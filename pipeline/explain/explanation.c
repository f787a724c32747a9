#include "explain/explanation.h"

#include "explain/question.h"

/* --- Places --- */

struct mn_range mn_explanation_bytes(const struct mn_explanation *explanation, struct mn_place place)
{
    const struct mn_document *document = explanation->document;
    if (place.start >= place.end)
        return (struct mn_range){0, 0};
    const struct mn_token *last = &document->tokens.items[place.end - 1];
    uint32_t size = (uint32_t)mn_forms_get(explanation->forms, last->form)->text.size;
    return (struct mn_range){document->tokens.items[place.start].start, last->start + size};
}

static uint32_t leaf_at(const struct mn_document *document, uint32_t byte)
{
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW && byte < node->end)
            return i;
    }
    return MN_NONE;
}

/* Where the items of a lead-in would end: the section under a heading, what stands directly behind a paragraph, with
 * further paragraphs where the rule takes these. */
static uint32_t items_end(const struct mn_document *document, const struct mn_rule *rule, uint32_t leaf)
{
    const struct mn_node *nodes = document->nodes.items;
    const struct mn_node *parent = &nodes[nodes[leaf].parent];
    if (nodes[leaf].kind == MN_HEAD || rule->items_from != MN_ITEMS_LIST)
        return parent->end;
    return nodes[leaf].after < document->nodes.count ? nodes[nodes[leaf].after].end : nodes[leaf].end;
}

/* What the attempt is about: of a lead-in its items too. */
static struct mn_range region(const struct mn_explanation *explanation, const struct mn_rule *rule,
                              enum mn_attempt_part part, struct mn_range scope)
{
    uint32_t leaf = part == MN_PART_LEAD_IN ? leaf_at(explanation->document, scope.start) : MN_NONE;
    if (leaf != MN_NONE && items_end(explanation->document, rule, leaf) > scope.end)
        scope.end = items_end(explanation->document, rule, leaf);
    return scope;
}

static bool is_relevant(const struct mn_explanation *explanation, const struct mn_rule *rule, enum mn_attempt_part part,
                        struct mn_range scope)
{
    return (explanation->asked_rules || explanation->asked_place) && explanation->wanted[rule->number] &&
           (!explanation->asked_place || mn_ranges_touch(region(explanation, rule, part, scope), explanation->at));
}

/* --- Attempts --- */

static bool has_program(struct mn_program *const *programs, size_t count, const struct mn_program *program)
{
    for (size_t i = 0; i < count; i++)
        if (programs[i] == program)
            return true;
    return false;
}

static enum mn_attempt_part part_of_program(const struct mn_rule *rule, const struct mn_program *program)
{
    for (size_t i = 0; i < rule->column_count; i++) {
        if (rule->columns[i].header == program)
            return MN_PART_HEADER;
        if (rule->columns[i].cell == program)
            return MN_PART_CELL;
    }
    if (has_program(rule->patterns, rule->pattern_count, program))
        return rule->type == MN_LIST_RULE ? MN_PART_LEAD_IN : MN_PART_PATTERN;
    return has_program(rule->nested, rule->nested_count, program) ? MN_PART_NESTED : MN_PART_ITEM;
}

/* Of a try without programs: the items of a rule that takes all. */
static enum mn_attempt_part part_of(const struct mn_trace_event *event)
{
    static const enum mn_attempt_part whole[] = {
        [MN_PATTERN_RULE] = MN_PART_PATTERN,
        [MN_LIST_RULE] = MN_PART_LEAD_IN,
        [MN_TABLE_RULE] = MN_PART_ROW,
        [MN_SECTION_RULE] = MN_PART_PATTERN,
    };
    if (event->kind != MN_TRACE_TRY)
        return whole[event->rule->type];
    return event->program_count ? part_of_program(event->rule, event->programs[0]) : MN_PART_ITEM;
}

static struct mn_attempt *current(struct mn_explanation *explanation)
{
    return explanation->current == MN_NONE ? NULL : &explanation->attempts.items[explanation->current];
}

/* The rule's attempt at the same in the same place, if that is tried twice; or at the same header in any cell. */
static struct mn_attempt *again(struct mn_explanation *explanation, const struct mn_attempt *attempt)
{
    bool header = attempt->part == MN_PART_HEADER;
    for (size_t i = explanation->attempts.count; i-- > 0;) {
        struct mn_attempt *known = &explanation->attempts.items[i];
        if (known->rule != attempt->rule)
            return NULL;
        if (known->part == attempt->part &&
            (header ? known->miss.program == attempt->miss.program
                    : known->first_token == attempt->first_token && known->end_token == attempt->end_token))
            return known;
    }
    return NULL;
}

/* Enters an attempt and makes it the current one; of two at one header the one that comes further stays. */
static void enter(struct mn_explanation *explanation, const struct mn_attempt *attempt)
{
    struct mn_attempt *place = again(explanation, attempt);
    explanation->current = MN_NONE;
    if (place && attempt->part == MN_PART_HEADER && (place->matches.count || place->miss.left <= attempt->miss.left))
        return;
    if (!place)
        place = MN_APPEND(explanation->document->arena, &explanation->attempts);
    explanation->failed = explanation->failed || !place;
    if (!place)
        return;
    *place = *attempt;
    explanation->current = (uint32_t)(place - explanation->attempts.items);
}

static uint32_t token_at(const struct mn_explanation *explanation)
{
    const struct mn_document *document = explanation->document;
    uint32_t low = 0, high = (uint32_t)document->tokens.count;
    if (!explanation->asked_place)
        return MN_NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (mn_explanation_bytes(explanation, (struct mn_place){middle, middle + 1}).end <= explanation->at.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How far the rule's patterns come: the one that lacks least is kept. */
static void find_miss(struct mn_explanation *explanation, const struct mn_trace_event *event,
                      struct mn_attempt *attempt)
{
    for (size_t i = 0; i < event->program_count; i++) {
        struct mn_miss miss;
        if (!mn_miss_find(event, i, token_at(explanation), explanation->document->arena, &miss))
            explanation->failed = true;
        else if (miss.state_count && (!attempt->miss.program || miss.left < attempt->miss.left))
            attempt->miss = miss;
    }
}

static void begin_attempt(struct mn_explanation *explanation, const struct mn_trace_event *event,
                          enum mn_attempt_end end)
{
    struct mn_attempt attempt = {.rule = event->rule,
                                 .part = part_of(event),
                                 .end = end,
                                 .scope = mn_explanation_bytes(explanation, event->place),
                                 .first_token = event->place.start,
                                 .end_token = event->place.end};
    explanation->current = MN_NONE;
    if (!is_relevant(explanation, event->rule, attempt.part, attempt.scope))
        return;
    if (event->kind == MN_TRACE_TRY)
        find_miss(explanation, event, &attempt);
    enter(explanation, &attempt);
}

/* --- Matches --- */

static struct mn_attempt_match *add_match(struct mn_explanation *explanation, struct mn_attempt_match match)
{
    struct mn_attempt *attempt = current(explanation);
    struct mn_attempt_match *place = attempt ? MN_APPEND(explanation->document->arena, &attempt->matches) : NULL;
    explanation->failed = explanation->failed || (attempt && !place);
    if (place)
        *place = match;
    return place;
}

static void copy_captures(struct mn_explanation *explanation, const struct mn_run *run, struct mn_attempt_match *match)
{
    const struct mn_program *program = run->program;
    match->captures =
        mn_arena_alloc(explanation->document->arena, (program->capture_count + 1) * sizeof *match->captures);
    explanation->failed = explanation->failed || !match->captures;
    for (uint32_t i = 0; match->captures && i < program->capture_count; i++) {
        const struct mn_captured *captured = &run->captured[i];
        if (captured->place.start == MN_NONE || captured->place.start == captured->place.end)
            continue;
        struct mn_range words = mn_explanation_bytes(explanation, captured->place);
        match->captures[match->capture_count++] = (struct mn_field){
            .name = program->captures[i].name, .start = words.start, .end = words.end, .span = MN_NONE};
    }
}

static void note_match(struct mn_explanation *explanation, const struct mn_trace_event *event)
{
    struct mn_attempt_match *match =
        add_match(explanation, (struct mn_attempt_match){.end = MN_END_MATCHED,
                                                         .program = event->run->program,
                                                         .words = mn_explanation_bytes(explanation, event->place)});
    if (match)
        copy_captures(explanation, event->run, match);
}

/* The last match of the attempt that goes on; a new one where the part has no pattern. Rows are attempts of their own:
 * what goes on is that at their last cell. */
static struct mn_attempt_match *last_match(struct mn_explanation *explanation, const struct mn_trace_event *event)
{
    if (event->rule->type == MN_TABLE_RULE)
        begin_attempt(explanation, event, MN_END_MATCHED);
    struct mn_attempt *attempt = current(explanation);
    if (attempt && attempt->matches.count)
        return &attempt->matches.items[attempt->matches.count - 1];
    return add_match(explanation, (struct mn_attempt_match){.words = mn_explanation_bytes(explanation, event->place)});
}

static void note_veto(struct mn_explanation *explanation, const struct mn_trace_event *event)
{
    if (event->whole_scope)
        begin_attempt(explanation, event, MN_END_VETOED);
    struct mn_attempt_match *match = last_match(explanation, event);
    if (!match)
        return;
    match->end = MN_END_VETOED;
    match->condition = event->condition;
    match->whole_scope = event->whole_scope;
    if (event->words.start != MN_NONE)
        match->vetoer = mn_explanation_bytes(explanation, event->words);
}

static void note_find(struct mn_explanation *explanation, const struct mn_trace_event *event)
{
    struct mn_attempt_match *match = last_match(explanation, event);
    if (!match)
        return;
    match->end = MN_END_FOUND;
    match->find = (struct mn_range){event->find.start, event->find.end};
}

static void note_loss(struct mn_explanation *explanation, const struct mn_trace_event *event)
{
    for (size_t i = 0; i < explanation->attempts.count; i++) {
        struct mn_attempt *attempt = &explanation->attempts.items[i];
        for (size_t j = 0; attempt->rule == event->find.rule && j < attempt->matches.count; j++) {
            struct mn_attempt_match *match = &attempt->matches.items[j];
            if (match->end != MN_END_FOUND || match->find.start != event->find.start ||
                match->find.end != event->find.end)
                continue;
            match->end = MN_END_LOST;
            match->winner = event->other;
        }
    }
}

static void listen(struct mn_trace *trace, const struct mn_trace_event *event)
{
    struct mn_explanation *explanation = (struct mn_explanation *)trace;
    switch (event->kind) {
    case MN_TRACE_SECTION:
        begin_attempt(explanation, event, MN_END_SECTION);
        break;
    case MN_TRACE_TRY:
        begin_attempt(explanation, event, MN_END_MISSED);
        break;
    case MN_TRACE_NO_ITEMS:
        begin_attempt(explanation, event, MN_END_NO_ITEMS);
        break;
    case MN_TRACE_MATCH:
        note_match(explanation, event);
        break;
    case MN_TRACE_VETO:
        note_veto(explanation, event);
        break;
    case MN_TRACE_FIND:
        note_find(explanation, event);
        break;
    case MN_TRACE_LOSS:
        note_loss(explanation, event);
        break;
    }
}

/* --- Before and after --- */

enum mn_status mn_explanation_begin(struct mn_explanation *explanation, struct mn_document *document,
                                    const struct mn_forms *forms, const struct mn_rules *rules,
                                    const struct mn_explanation_question *question, struct mn_error *error)
{
    *explanation = (struct mn_explanation){
        .trace = {.tell = listen}, .document = document, .forms = forms, .rules = rules, .current = MN_NONE};
    if (!mn_offsets_init(&explanation->offsets, document->arena, document->text))
        return mn_fail_memory(error);
    enum mn_status status = mn_question_rules(explanation, question, error);
    return status == MN_OK ? mn_question_place(explanation, question->at, error) : status;
}

/* What interpret dropped. */
static void note_fate(const struct mn_explanation *explanation, const struct mn_attempt *attempt,
                      struct mn_attempt_match *match)
{
    for (size_t i = 0; i < explanation->derivation.finds.count; i++) {
        const struct mn_derived *derived = &explanation->derivation.finds.items[i];
        const struct mn_span *span = &explanation->document->spans.items[derived->span];
        if (derived->fate == MN_KEPT || span->start != match->find.start || span->end != match->find.end ||
            !mn_slice_equal(span->rule, attempt->rule->name))
            continue;
        match->end = MN_END_DROPPED;
        match->fate = derived->fate;
    }
}

/* Takes out the matches of an attempt that lie elsewhere in a wide scope than was asked for. What comes before a list
 * stays. */
static void keep_matches_there(const struct mn_explanation *explanation, struct mn_attempt *attempt)
{
    size_t kept = 0;
    if (!explanation->asked_place || attempt->part == MN_PART_LEAD_IN)
        return;
    for (size_t i = 0; i < attempt->matches.count; i++) {
        const struct mn_attempt_match *match = &attempt->matches.items[i];
        if (match->whole_scope || mn_ranges_touch(match->words, explanation->at) ||
            mn_ranges_touch(match->find, explanation->at))
            attempt->matches.items[kept++] = *match;
    }
    attempt->matches.count = kept;
}

enum mn_status mn_explanation_finish(struct mn_explanation *explanation, struct mn_error *error)
{
    for (size_t i = 0; i < explanation->attempts.count; i++) {
        struct mn_attempt *attempt = &explanation->attempts.items[i];
        keep_matches_there(explanation, attempt);
        for (size_t j = 0; j < attempt->matches.count; j++) {
            struct mn_attempt_match *match = &attempt->matches.items[j];
            if (match->end == MN_END_FOUND)
                note_fate(explanation, attempt, match);
            if (match->end > attempt->end)
                attempt->end = match->end;
        }
    }
    return explanation->failed ? mn_fail_memory(error) : MN_OK;
}
