#include "explain/profile.h"

#include <stdio.h>

enum { MOST_WORDS = 120 };

static struct mn_profile_rule *rule_of(struct mn_profiler *profiler, const struct mn_rule *rule)
{
    return &profiler->profile->rules.items[rule->number];
}

static bool prepare_offsets(struct mn_profiler *profiler, const struct mn_document *document)
{
    if (profiler->document == document)
        return true;
    profiler->document = document;
    return mn_offsets_init(&profiler->offsets, document->arena, document->text);
}

/* The text on one line, cut where it is long, in the document's arena. */
static struct mn_slice one_line(const struct mn_document *document, uint32_t start, uint32_t end)
{
    struct mn_slice text = mn_document_text(document, start, end);
    size_t size = text.size;
    if (size > MOST_WORDS) {
        size = MOST_WORDS;
        while (size && text.data[size] != ' ')
            size--;
        size = size ? size : MOST_WORDS;
        while (((unsigned char)text.data[size] & 0xC0) == 0x80)
            size--;
    }
    char *line = mn_arena_alloc(document->arena, size + sizeof " …");
    if (!line)
        return MN_EMPTY;
    for (size_t i = 0; i < size; i++)
        line[i] = text.data[i] == '\n' ? ' ' : text.data[i];
    size_t more = text.size > size ? sizeof " …" - 1 : 0;
    memcpy(line + size, " …", more);
    return (struct mn_slice){line, size + more};
}

/* Counts an outcome and keeps its place as a sample. */
static void count(struct mn_profiler *profiler, const struct mn_document *document, struct mn_profile_rule *rule,
                  enum mn_profile_outcome outcome, uint32_t start, uint32_t end)
{
    rule->counts[outcome]++;
    if (!prepare_offsets(profiler, document)) {
        profiler->failed = true;
        return;
    }
    struct mn_profile_sample sample = {.source = document->source.name,
                                       .words = one_line(document, start, end),
                                       .start = mn_offsets_code_point(&profiler->offsets, start),
                                       .end = mn_offsets_code_point(&profiler->offsets, end)};
    if (!mn_profile_sample(profiler->profile, rule, outcome, sample))
        profiler->failed = true;
}

static void count_part(struct mn_profiler *profiler, struct mn_profile_rule *rule, struct mn_profile_part part)
{
    struct mn_profile_part *counted = mn_profile_part(profiler->profile, rule, &part);
    if (counted)
        counted->count++;
    else
        profiler->failed = true;
}

/* Is it the search that makes a place a try, not one for a part of a list or table? */
static bool is_main(const struct mn_trace_event *event)
{
    const struct mn_rule *rule = event->rule;
    if (rule->column_count)
        return event->program_count && event->programs[0] == rule->columns[0].header;
    return event->program_count && rule->pattern_count && event->programs[0] == rule->patterns[0];
}

static void count_veto(struct mn_profiler *profiler, const struct mn_trace_event *event)
{
    const struct mn_condition *condition = &event->rule->conditions[event->condition];
    const struct mn_document *document = event->ground->document;
    struct mn_profile_rule *rule = rule_of(profiler, event->rule);
    const struct mn_token *tokens = document->tokens.items;
    uint32_t start = tokens[event->place.start].start, end = start;
    if (event->place.end > event->place.start) {
        const struct mn_token *last = &tokens[event->place.end - 1];
        end = last->start + (uint32_t)mn_forms_get(event->ground->forms, last->form)->text.size;
    }
    char name[32];
    int size = snprintf(name, sizeof name, "%s %zu", condition->unless ? "unless" : "requires", event->condition + 1);
    rule->tries += event->whole_scope;
    count(profiler, document, rule, MN_PROFILE_VETO, start, end);
    count_part(profiler, rule,
               (struct mn_profile_part){.outcome = MN_PROFILE_VETO,
                                        .name = {name, (size_t)size},
                                        .text = mn_slice_trim(condition->program->text)});
}

static void listen(struct mn_trace *trace, const struct mn_trace_event *event)
{
    struct mn_profiler *profiler = (struct mn_profiler *)trace;
    if (event->kind == MN_TRACE_TRY && is_main(event))
        rule_of(profiler, event->rule)->tries++;
    if (event->kind == MN_TRACE_VETO)
        count_veto(profiler, event);
    if (event->kind != MN_TRACE_LOSS)
        return;
    struct mn_profile_rule *rule = rule_of(profiler, event->find.rule);
    count(profiler, event->ground->document, rule, MN_PROFILE_LOSS, event->find.start, event->find.end);
    count_part(profiler, rule, (struct mn_profile_part){.outcome = MN_PROFILE_LOSS, .name = event->other.rule->name});
}

bool mn_profiler_open(struct mn_profiler *profiler, const struct mn_rules *rules)
{
    *profiler = (struct mn_profiler){.trace = {.tell = listen}, .rules = rules, .profile = mn_profile_create()};
    if (!profiler->profile)
        return false;
    profiler->profile->rules_sha256 = rules->sha256;
    for (size_t i = 0; i < rules->rule_count; i++)
        if (!mn_profile_rule(profiler->profile, rules->rules[i].name, rules->rules[i].finds))
            return false;
    return true;
}

void mn_profiler_close(struct mn_profiler *profiler)
{
    mn_profile_destroy(profiler->profile);
    profiler->profile = NULL;
}

void mn_profiler_begin(struct mn_profiler *profiler)
{
    profiler->document = NULL;
    profiler->derivation.finds.count = 0;
}

/* What interpret dropped; null: it kept the span, or has no say in it. */
static const struct mn_derived *dropped(const struct mn_profiler *profiler, size_t span, size_t *next)
{
    const struct mn_derivation *derivation = &profiler->derivation;
    while (*next < derivation->finds.count && derivation->finds.items[*next].span < span)
        ++*next;
    const struct mn_derived *derived = *next < derivation->finds.count ? &derivation->finds.items[*next] : NULL;
    return derived && derived->span == span && derived->fate != MN_KEPT ? derived : NULL;
}

void mn_profiler_end(struct mn_profiler *profiler, const struct mn_document *document)
{
    size_t next = 0;
    profiler->profile->documents++;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        uint32_t number = mn_names_find(&profiler->profile->names, span->rule);
        const struct mn_derived *drop = dropped(profiler, i, &next);
        if (number == MN_NO_SYMBOL)
            continue;
        struct mn_profile_rule *rule = &profiler->profile->rules.items[number];
        count(profiler, document, rule, drop ? MN_PROFILE_DROP : MN_PROFILE_HIT, span->start, span->end);
        if (drop)
            count_part(profiler, rule,
                       (struct mn_profile_part){.outcome = MN_PROFILE_DROP, .name = mn_slice_of(mn_fates[drop->fate])});
    }
}
