/* What can be told when everything is loaded. */
#include "rules/checks.h"

#include "base/digest.h"
#include <stdlib.h>

#define MOST_CANDIDATES ((size_t)50) /* rules with the same first pattern that one is compared with */

/* Files of packs that were loaded because these use them are somebody else's concern. */
static bool is_checked(const struct mn_rule_file *file)
{
    return file->wanted_pack.size == 0;
}

/* ---- rules that others leave nothing to ---- */

static bool same_program(const struct mn_program *a, const struct mn_program *b);

static bool same_values(const struct mn_program *a, const struct mn_state *x, const struct mn_program *b,
                        const struct mn_state *y)
{
    if (x->op != MN_OP_LEXICON) /* of tokens they are places in the text */
        return true;
    if (x->value_count != y->value_count)
        return false;
    for (uint32_t i = 0; i < x->value_count; i++)
        if (a->values[x->values + i] != b->values[y->values + i])
            return false;
    return true;
}

static bool same_argument(const struct mn_program *a, const struct mn_state *x, const struct mn_program *b,
                          const struct mn_state *y)
{
    switch ((enum mn_op)x->op) {
    case MN_OP_OPEN:
    case MN_OP_CLOSE:
        return mn_slice_equal(a->captures[x->argument].name, b->captures[y->argument].name);
    case MN_OP_LOOK: {
        const struct mn_look *look = &a->looks[x->argument], *other = &b->looks[y->argument];
        return look->behind == other->behind && same_program(look->program, other->program);
    }
    default:
        return x->argument == y->argument;
    }
}

/* States stand in the order in which they are tried, so equal patterns have equal programs. Look-arounds nest at most
 * three deep. */
static bool same_program(const struct mn_program *a, const struct mn_program *b)
{
    if (!a || !b)
        return a == b;
    if (a->state_count != b->state_count)
        return false;
    for (uint32_t i = 0; i < a->state_count; i++) {
        const struct mn_state *x = &a->states[i], *y = &b->states[i];
        if (x->op != y->op || x->test != y->test || x->by != y->by || x->negated != y->negated || x->next != y->next ||
            x->other != y->other || !same_argument(a, x, b, y) || !same_values(a, x, b, y))
            return false;
    }
    return true;
}

static bool same_programs(struct mn_program *const *a, size_t a_count, struct mn_program *const *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!same_program(a[i], b[i]))
            return false;
    return true;
}

static bool same_columns(const struct mn_rule *a, const struct mn_rule *b)
{
    if (a->column_count != b->column_count || a->headers != b->headers || a->values != b->values)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (!mn_slice_equal(a->columns[i].name, b->columns[i].name) ||
            !same_program(a->columns[i].header, b->columns[i].header) ||
            !same_program(a->columns[i].cell, b->columns[i].cell))
            return false;
    return true;
}

static bool same_conditions(const struct mn_rule *a, const struct mn_rule *b)
{
    if (a->condition_count != b->condition_count)
        return false;
    for (size_t i = 0; i < a->condition_count; i++) {
        const struct mn_condition *x = &a->conditions[i], *y = &b->conditions[i];
        if (x->unless != y->unless || x->within != y->within || x->side != y->side || x->on_lead_in != y->on_lead_in ||
            !mn_slice_equal(mn_rule_capture(a, x->near_capture), mn_rule_capture(b, y->near_capture)) ||
            !same_program(x->program, y->program))
            return false;
    }
    return true;
}

static bool same_names(const struct mn_slice *a, size_t a_count, const struct mn_slice *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!mn_slice_equal(a[i], b[i]))
            return false;
    return true;
}

/* The same finds at the same places. */
static bool find_the_same(const struct mn_rule *a, const struct mn_rule *b)
{
    return a->type == b->type && a->scope == b->scope && a->scope_span == b->scope_span && a->evidence == b->evidence &&
           a->items_from == b->items_from && mn_slice_equal(a->finds, b->finds) && mn_slice_equal(a->key, b->key) &&
           same_names(a->sections, a->section_count, b->sections, b->section_count) &&
           same_names(a->not_sections, a->not_section_count, b->not_sections, b->not_section_count) &&
           same_programs(a->patterns, a->pattern_count, b->patterns, b->pattern_count) &&
           same_programs(a->items, a->item_count, b->items, b->item_count) &&
           same_programs(a->nested, a->nested_count, b->nested, b->nested_count) && same_columns(a, b) &&
           same_conditions(a, b);
}

/* Of two rules that find the same, does the other one win every conflict? */
static bool wins(const struct mn_rule *other, const struct mn_rule *rule)
{
    return other->priority != rule->priority ? other->priority > rule->priority : other->number < rule->number;
}

struct hashed {
    uint64_t hash;
    uint32_t draft;
};

static uint64_t hash_rule(const struct mn_rule *rule)
{
    uint64_t hash = mn_hash(rule->finds) + (uint64_t)rule->type;
    const struct mn_program *program = rule->pattern_count  ? rule->patterns[0]
                                       : rule->column_count ? rule->columns[0].header
                                                            : NULL;
    for (uint32_t i = 0; program && i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        bool counts = state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
        hash = (hash ^ ((uint64_t)state->op << 40 | (uint64_t)state->by << 36 | (counts ? state->argument : 0))) *
               UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash;
}

static int compare_hashed(const void *left, const void *right)
{
    const struct hashed *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->draft > b->draft) - (a->draft < b->draft);
}

static void tell_shadowed(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_rule *other)
{
    mn_report_warning(&loader->report, mn_xml_attribute_place(draft->file, draft->xml, "name"),
                      "every find of this rule loses to the same find of %.*s, which %s; remove one of them, or let "
                      "their patterns differ",
                      MN_SLICE_ARGS(other->name),
                      other->priority > draft->rule.priority ? "has the higher priority" : "runs before it");
}

static void check_shadowed(struct mn_loader *loader, const struct hashed *order, size_t count, size_t at)
{
    const struct mn_draft *draft = &loader->drafts.items[order[at].draft];
    size_t low = at;
    while (low && at - low < MOST_CANDIDATES && order[low - 1].hash == order[at].hash)
        low--;
    for (size_t i = low; i < count && i < low + 2 * MOST_CANDIDATES && order[i].hash == order[at].hash; i++) {
        const struct mn_rule *other = &loader->drafts.items[order[i].draft].rule;
        if (i == at || other->overlaps || draft->rule.overlaps || other->off || draft->rule.off ||
            !wins(other, &draft->rule) || !find_the_same(other, &draft->rule))
            continue;
        tell_shadowed(loader, draft, other);
        return;
    }
}

static void check_all_shadowed(struct mn_loader *loader)
{
    size_t count = loader->drafts.count;
    struct hashed *order = mn_arena_alloc(loader->scratch, (count + 1) * sizeof *order);
    if (!order) {
        loader->report.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = (struct hashed){hash_rule(&loader->drafts.items[i].rule), i};
    if (count)
        qsort(order, count, sizeof *order, compare_hashed);
    for (size_t i = 0; i < count; i++)
        if (is_checked(loader->drafts.items[order[i].draft].file))
            check_shadowed(loader, order, count, i);
}

/* A pattern that stands in its rule already. */
static void check_repeated_patterns(struct mn_loader *loader, const struct mn_draft *draft)
{
    const struct mn_rule *rule = &draft->rule;
    size_t most = rule->pattern_count < MOST_CANDIDATES ? rule->pattern_count : MOST_CANDIDATES;
    const struct mn_xml *xml = draft->xml->first;
    for (size_t i = 0; xml && i < most; xml = xml->next) {
        if (xml->element != MN_EL_PATTERN && xml->element != MN_EL_LEAD_IN && xml->element != MN_EL_CELL_LABEL)
            continue;
        for (size_t k = 0; k < i; k++)
            if (same_program(rule->patterns[k], rule->patterns[i])) {
                mn_report_warning(&loader->report, mn_xml_place(draft->file, xml),
                                  "this <%.*s> stands in the rule already; remove one of them",
                                  MN_SLICE_ARGS(xml->name));
                break;
            }
        i++;
    }
}

/* ---- what nobody uses ---- */

/* Counts references, by number: patterns', scopes'. */
static uint8_t *used_references(struct mn_loader *loader)
{
    uint8_t *used = mn_arena_zero(loader->scratch, loader->references.items.count + 1);
    for (size_t i = 0; used && i < loader->drafts.count; i++) {
        const struct mn_reference_list *list = &loader->drafts.items[i].references;
        for (size_t r = 0; r < list->items.count; r++)
            used[list->items.items[r]] = 1;
    }
    loader->report.no_memory |= !used;
    return used;
}

static bool is_known_kind(const struct mn_loader *loader, struct mn_slice name)
{
    for (size_t i = 0; i < loader->source->kind_count; i++)
        if (mn_slice_equal(loader->source->kinds[i].name, name))
            return true;
    return false;
}

/* Helpers that no rule refers to, and that give nothing. */
static void check_helper(struct mn_loader *loader, const struct mn_draft *draft, const uint8_t *used)
{
    const struct mn_rule *rule = &draft->rule;
    bool referred =
        (rule->kind != MN_NO_SYMBOL && used[rule->kind]) || (rule->self != MN_NO_SYMBOL && used[rule->self]);
    if (rule->type == MN_SECTION_RULE || rule->give_count || referred || is_known_kind(loader, rule->finds))
        return;
    mn_report_warning(&loader->report, mn_xml_attribute_place(draft->file, draft->xml, "finds"),
                      "no rule refers to @%.*s, and the record has no such finding; refer to it, give its fields to a "
                      "finding, or remove the rule",
                      MN_SLICE_ARGS(rule->finds));
}

struct named {
    enum mn_element element;
    const char *sign;
    const struct mn_names *names;
};

static bool is_used(const struct mn_loader *loader, enum mn_element element, uint32_t number)
{
    if (element == MN_EL_CLASS)
        return number < loader->class_uses.count && loader->class_uses.items[number];
    return element == MN_EL_LEXICON ? loader->lexicons.items[number].used : loader->defines.items[number].used;
}

static void check_unused(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    const struct named sorts[] = {{MN_EL_CLASS, "#", &loader->class_names},
                                  {MN_EL_LEXICON, "", &loader->lexicon_names},
                                  {MN_EL_DEFINE, "$", &loader->define_names}};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (xml->element != sorts[i].element)
            continue;
        struct mn_slice full = mn_full_name(loader, file->pack, mn_xml_attribute(xml, "name"));
        uint32_t number = mn_names_find(sorts[i].names, full);
        if (number != MN_NO_SYMBOL && !is_used(loader, sorts[i].element, number))
            mn_report_warning(&loader->report, mn_xml_attribute_place(file, xml, "name"),
                              "no pattern uses %s%.*s; use it or remove it", sorts[i].sign, MN_SLICE_ARGS(full));
    }
}

/* ---- examples ---- */

static void check_examples(struct mn_loader *loader, const struct mn_draft *draft)
{
    static const char *const missing[] = {"an example and a counterexample", "a counterexample", "an example"};
    bool example = mn_language_child(draft->xml, MN_EL_EXAMPLE) != NULL;
    bool counterexample = mn_language_child(draft->xml, MN_EL_COUNTEREXAMPLE) != NULL;
    if (!example || !counterexample)
        mn_report_warning(&loader->report, mn_xml_place(draft->file, draft->xml),
                          "rule %.*s lacks %s; expected text in which it finds something, and text that looks alike "
                          "in which it must not",
                          MN_SLICE_ARGS(draft->rule.name),
                          missing[example          ? 1
                                  : counterexample ? 2
                                                   : 0]);
}

/* Names may be there for packs that are not loaded: so it is where a pack uses another one, or has no rules. */
static bool is_complete(const struct mn_loader *loader)
{
    for (size_t i = 0; i < loader->files.count; i++)
        if (!is_checked(loader->files.items[i]))
            return false;
    return loader->drafts.count > 0;
}

void mn_check_rules(struct mn_loader *loader)
{
    bool complete = is_complete(loader);
    const uint8_t *used = used_references(loader);
    check_all_shadowed(loader);
    for (size_t i = 0; used && i < loader->drafts.count; i++) {
        const struct mn_draft *draft = &loader->drafts.items[i];
        if (!is_checked(draft->file))
            continue;
        check_repeated_patterns(loader, draft);
        check_examples(loader, draft);
        if (complete && loader->source->kind_count)
            check_helper(loader, draft, used);
    }
    for (size_t i = 0; complete && i < loader->files.count; i++)
        for (const struct mn_xml *xml = loader->files.items[i]->root->first; xml; xml = xml->next)
            check_unused(loader, loader->files.items[i], xml);
}
