/* What can be told when everything is loaded. */
#include "rules/checks.h"

#include "rules/same.h"

#define MOST_PATTERNS ((size_t)50) /* of a rule that are compared with each other */

/* A pattern that stands in its rule already. */
static void check_repeated_patterns(struct mn_loader *loader, const struct mn_draft *draft)
{
    const struct mn_rule *rule = &draft->rule;
    size_t most = rule->pattern_count < MOST_PATTERNS ? rule->pattern_count : MOST_PATTERNS;
    const struct mn_xml *xml = draft->xml->first;
    for (size_t i = 0; xml && i < most; xml = xml->next) {
        if (xml->element != MN_EL_PATTERN && xml->element != MN_EL_LEAD_IN && xml->element != MN_EL_CELL_LABEL)
            continue;
        for (size_t k = 0; k < i; k++)
            if (mn_same_program(rule->patterns[k], rule->patterns[i])) {
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

/* Values of a lexicon that nobody asks for, where all ask for some. */
static void check_entries(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                          const struct mn_lexicon_facts *lexicon)
{
    struct mn_names idle = {0};
    char list[300];
    for (size_t i = 0; i < lexicon->values.items.count && !lexicon->whole; i++)
        if (mn_names_find(&lexicon->asked, lexicon->values.items.items[i]) == MN_NO_SYMBOL)
            mn_names_add(&idle, loader->scratch, lexicon->values.items.items[i]);
    if (!lexicon->used || idle.items.count == 0)
        return;
    mn_join_names(&idle, list, sizeof list);
    mn_report_warning(&loader->report, mn_xml_attribute_place(file, xml, "name"),
                      "entries of this lexicon are never found: no pattern asks for %s; ask for them, or remove them",
                      list);
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
        if (number != MN_NO_SYMBOL && xml->element == MN_EL_LEXICON)
            check_entries(loader, file, xml, &loader->lexicons.items[number]);
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
        if (!mn_is_checked(loader->files.items[i]))
            return false;
    return loader->drafts.count > 0;
}

void mn_check_rules(struct mn_loader *loader)
{
    bool complete = is_complete(loader);
    const uint8_t *used = used_references(loader);
    mn_check_shadows(loader);
    for (size_t i = 0; used && i < loader->drafts.count; i++) {
        const struct mn_draft *draft = &loader->drafts.items[i];
        if (!mn_is_checked(draft->file))
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
