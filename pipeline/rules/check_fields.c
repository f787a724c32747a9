/* Fields against what is known of the kinds that get them: those that the rule's finds have, and those that are given.
 */
#include "rules/checks.h"

#include <stdio.h>

enum { MOST_STATES = 100000000 }; /* looked at for all rules */

static const struct mn_known_kind *find_kind(const struct mn_loader *loader, struct mn_slice name)
{
    const struct mn_rules_source *source = loader->source;
    for (size_t i = 0; i < source->kind_count; i++)
        if (mn_slice_equal(source->kinds[i].name, name))
            return &source->kinds[i];
    return NULL;
}

static const struct mn_known_field *field_of(const struct mn_known_kind *kind, struct mn_slice name)
{
    for (size_t i = 0; kind && i < kind->field_count; i++)
        if (mn_slice_equal(kind->fields[i].name, name))
            return &kind->fields[i];
    return NULL;
}

/* The kinds that get a rule's fields: of what it finds, of what it gives to. Kind number `i` of them; false at the end.
 */
static bool next_kind(const struct mn_loader *loader, const struct mn_rule *rule, size_t i,
                      const struct mn_known_kind **kind)
{
    if (i > rule->give_count)
        return false;
    *kind = find_kind(loader, i == 0 ? rule->finds : rule->gives[i - 1].to);
    return true;
}

static bool has_known_kind(const struct mn_loader *loader, const struct mn_rule *rule)
{
    const struct mn_known_kind *kind;
    for (size_t i = 0; rule->type != MN_SECTION_RULE && next_kind(loader, rule, i, &kind); i++)
        if (kind)
            return true;
    return false;
}

/* Does a kind that gets the rule's fields read this one? *field is what is known of it there. */
static bool is_read(const struct mn_loader *loader, const struct mn_rule *rule, struct mn_slice name,
                    const struct mn_known_field **field)
{
    const struct mn_known_kind *kind;
    for (size_t i = 0; next_kind(loader, rule, i, &kind); i++) {
        *field = field_of(kind, name);
        if (*field)
            return true;
    }
    return false;
}

/* Tells that nobody reads a capture (which may still be a help to people) or a field that is set. */
static void report_unread(struct mn_loader *loader, const struct mn_draft *draft, struct mn_place place,
                          bool is_capture, struct mn_slice name)
{
    const struct mn_known_kind *kind, *first = NULL;
    struct mn_names names = {0};
    char list[300];
    for (size_t i = 0; next_kind(loader, &draft->rule, i, &kind); i++) {
        first = first ? first : kind;
        for (size_t f = 0; kind && f < kind->field_count; f++)
            mn_names_add(&names, loader->scratch, kind->fields[f].name);
    }
    mn_join_names(&names, list, sizeof list);
    struct mn_slice near = mn_nearest_name(&names, name), kind_name = first ? first->name : draft->rule.finds;
    void (*report)(struct mn_report *, struct mn_place, const char *, ...) =
        is_capture ? mn_report_warning : mn_report_error;
    report(&loader->report, place, "the %s '%.*s' is read by nobody; a %.*s has %s%s%.*s%s",
           is_capture ? "capture" : "field", MN_SLICE_ARGS(name), MN_SLICE_ARGS(kind_name), list,
           near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

static bool is_value(const struct mn_known_field *field, struct mn_slice value)
{
    for (size_t i = 0; i < field->value_count; i++)
        if (mn_slice_equal(field->values[i], value))
            return true;
    return field->value_count == 0;
}

static void report_value(struct mn_loader *loader, struct mn_place place, const struct mn_known_field *field,
                         struct mn_slice value)
{
    struct mn_names names = {0};
    char list[400];
    for (size_t i = 0; i < field->value_count; i++)
        mn_names_add(&names, loader->scratch, field->values[i]);
    mn_join_names(&names, list, sizeof list);
    struct mn_slice near = mn_nearest_name(&names, value);
    mn_report_error(&loader->report, place, "'%.*s' is no %.*s; expected one of %s%s%.*s%s", MN_SLICE_ARGS(value),
                    MN_SLICE_ARGS(field->name), list, near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near),
                    near.size ? "'?" : "");
}

/* Captures are of use without being read where the rule's own attributes name them. */
static bool is_of_use(const struct mn_draft *draft, struct mn_slice name)
{
    bool used = mn_slice_equal(name, MN_LITERAL("evidence")) || mn_slice_equal(name, draft->rule.key);
    for (const struct mn_xml *xml = draft->xml->first; xml && !used; xml = xml->next)
        used = mn_slice_equal(mn_xml_attribute(xml, "near"), name);
    return used;
}

/* A lexicon that a capture consists of: all its values, or those that it is filtered by. */
static void check_lexicon(struct mn_loader *loader, const struct mn_pattern *pattern,
                          const struct mn_pattern_node *node, const struct mn_known_field *field)
{
    const struct mn_names *values = &loader->lexicons.items[node->argument].values;
    size_t count = node->filter.size ? node->value_count : values->items.count;
    for (size_t i = 0; i < count; i++) {
        struct mn_slice value = node->filter.size ? mn_vocabulary_value(loader->rules->vocabulary, node->values[i])
                                                  : values->items.items[i];
        if (is_value(field, value))
            continue;
        report_value(loader, mn_pattern_place(pattern, node->source), field, value);
        return; /* one is enough to find the others */
    }
}

/* The lexicons that a capture consists of: itself one, or alternatives of such. */
static void check_values(struct mn_loader *loader, const struct mn_pattern *pattern, uint32_t capture,
                         const struct mn_known_field *field)
{
    const struct mn_pattern_node *inside = &pattern->nodes[pattern->nodes[capture].last];
    if (inside->pure != MN_PURE_LEXICON || !field->value_count)
        return;
    if (inside->kind == MN_PATTERN_LEXICON)
        check_lexicon(loader, pattern, inside, field);
    if (inside->kind != MN_PATTERN_ALTERNATIVES)
        return;
    for (uint32_t i = inside->last; i != MN_NO_NODE; i = pattern->nodes[i].previous)
        if (pattern->nodes[i].kind == MN_PATTERN_LEXICON)
            check_lexicon(loader, pattern, &pattern->nodes[i], field);
}

void mn_check_captures(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_pattern *pattern)
{
    if (!has_known_kind(loader, &draft->rule))
        return;
    for (uint32_t i = 0; i < pattern->count; i++) {
        const struct mn_pattern_node *node = &pattern->nodes[i];
        const struct mn_known_field *field;
        if (node->kind != MN_PATTERN_CAPTURE)
            continue;
        if (is_read(loader, &draft->rule, node->name, &field))
            check_values(loader, pattern, i, field);
        else if (!is_of_use(draft, node->name))
            report_unread(loader, draft, mn_pattern_place(pattern, node->source), true, node->name);
    }
}

/* Does every match of the program fill the capture? Programs that are too many to look through do not, as far as is
 * known. */
static bool is_always_filled(struct mn_loader *loader, const struct mn_program *program, struct mn_slice name)
{
    loader->checked += program->state_count;
    if (loader->checked > MOST_STATES)
        return false;
    uint32_t depth = 0, *stack = mn_arena_alloc(loader->work, 2 * ((size_t)program->state_count + 1) * sizeof *stack);
    bool *seen = mn_arena_zero(loader->work, program->state_count), ends = !stack || !seen;
    if (!ends)
        stack[depth++] = 0;
    while (depth && !ends) {
        uint32_t number = stack[--depth];
        const struct mn_state *state = &program->states[number];
        if (seen[number] || (state->op == MN_OP_OPEN && mn_slice_equal(program->captures[state->argument].name, name)))
            continue;
        seen[number] = true;
        ends = state->op == MN_OP_ACCEPT;
        stack[depth++] = state->next;
        if (state->op == MN_OP_SPLIT)
            stack[depth++] = state->other;
    }
    mn_arena_reset(loader->work);
    return !ends;
}

/* What a match captures goes before what its rule sets. */
static bool is_captured(struct mn_loader *loader, const struct mn_rule *rule, struct mn_slice name)
{
    for (size_t i = 0; i < rule->pattern_count; i++)
        if (!rule->patterns[i] || !is_always_filled(loader, rule->patterns[i], name))
            return false;
    return rule->type == MN_PATTERN_RULE && rule->pattern_count > 0;
}

static void check_set(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_xml *xml,
                      const struct mn_xml_attribute *set)
{
    const struct mn_known_field *field;
    char name[64];
    snprintf(name, sizeof name, "%.*s", MN_SLICE_ARGS(set->name));
    struct mn_place place = mn_xml_attribute_place(draft->file, xml, name);
    if (!is_read(loader, &draft->rule, set->name, &field))
        report_unread(loader, draft, place, false, set->name);
    else if (!is_value(field, set->value))
        report_value(loader, place, field, set->value);
    else if (is_captured(loader, &draft->rule, set->name))
        mn_report_warning(&loader->report, place,
                          "'%s' is never set to this: every match captures it, which goes before; remove the <set> or "
                          "the capture",
                          name);
}

void mn_check_sets(struct mn_loader *loader, const struct mn_draft *draft)
{
    if (!has_known_kind(loader, &draft->rule))
        return;
    const struct mn_xml *xml = mn_language_child(draft->xml, MN_EL_SET);
    for (; xml; xml = mn_language_next(xml, MN_EL_SET))
        for (size_t i = 0; i < xml->attribute_count; i++)
            check_set(loader, draft, xml, &xml->attributes[i]);
}

void mn_check_gives(struct mn_loader *loader, const struct mn_draft *draft)
{
    const struct mn_xml *xml = mn_language_child(draft->xml, MN_EL_GIVE);
    for (size_t i = 0; xml && loader->source->kind_count; xml = mn_language_next(xml, MN_EL_GIVE), i++) {
        const struct mn_known_kind *kind = find_kind(loader, draft->rule.gives[i].to);
        if (!kind || !kind->is_finding)
            mn_report_error(&loader->report, mn_xml_attribute_place(draft->file, xml, "to"),
                            "nothing can be given to '%.*s'; expected a finding of the record",
                            MN_SLICE_ARGS(draft->rule.gives[i].to));
    }
}
