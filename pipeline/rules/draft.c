/* Second pass: rules with all that is in them. */
#include "rules/checks.h"

#include "base/limits.h"
#include <stdlib.h>

/* A pattern of a rule on its way into a program. */
struct slot {
    struct mn_pattern pattern;
    struct mn_program **target;
    bool condition;
};

struct work {
    struct mn_loader *loader;
    struct mn_draft *draft;
    MN_VECTOR(struct slot) slots;
};

static void *allocate(struct mn_loader *loader, size_t count, size_t size)
{
    void *items = count ? mn_arena_zero(loader->rules->arena, count * size) : NULL;
    if (count && !items)
        loader->report.no_memory = true;
    return items;
}

static size_t count_children(const struct mn_xml *xml, enum mn_element element)
{
    size_t count = 0;
    for (const struct mn_xml *child = mn_language_child(xml, element); child; child = mn_language_next(child, element))
        count++;
    return count;
}

static void check_pattern(struct work *work, const struct mn_pattern *pattern, bool condition)
{
    const struct mn_pattern_node *root = &pattern->nodes[pattern->root];
    struct mn_place place = mn_pattern_place(pattern, root->source);
    if (root->shortest == 0)
        mn_report_error(&work->loader->report, place,
                        "this pattern can match nothing at all; expected at least one token: every element is "
                        "optional or only looks");
    if (condition && root->captures)
        mn_report_error(&work->loader->report, place,
                        "a capture in a condition is never read; expected captures only in the rule's own patterns");
}

/* Reads the pattern in `xml`; its program goes to *target when all of the rule's captures are known. */
static void add_slot(struct work *work, const struct mn_xml *xml, struct mn_program **target, bool condition)
{
    struct mn_loader *loader = work->loader;
    struct slot *slot = MN_APPEND(loader->rule, &work->slots);
    struct mn_slice text = mn_xml_text(loader->rules->arena, xml);
    if (!slot || !text.data) {
        loader->report.no_memory = true;
        return;
    }
    *slot = (struct slot){.target = target, .condition = condition};
    slot->pattern = (struct mn_pattern){.text = text, .root = MN_NO_NODE, .file = work->draft->file, .xml = xml};
    mn_pattern_parse(loader->trees, &slot->pattern, &loader->report);
    if (!mn_resolve(loader, &slot->pattern, work->draft->pack, &work->draft->references)) {
        work->draft->captures_unknown |= !condition;
        return;
    }
    check_pattern(work, &slot->pattern, condition);
    if (loader->source->check)
        mn_check_pattern(loader, &slot->pattern);
    if (!condition)
        mn_gather_captures(loader, &slot->pattern, &work->draft->captures);
}

/* All children that are patterns of this sort. */
static size_t add_patterns(struct work *work, enum mn_element element, struct mn_program ***programs)
{
    const struct mn_xml *xml = work->draft->xml;
    size_t count = count_children(xml, element), i = 0;
    *programs = allocate(work->loader, count, sizeof(struct mn_program *));
    if (count && !*programs)
        return 0;
    for (xml = mn_language_child(xml, element); xml; xml = mn_language_next(xml, element), i++)
        add_slot(work, xml, &(*programs)[i], false);
    return count;
}

static void add_columns(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    const struct mn_xml *xml = work->draft->xml;
    rule->column_count = count_children(xml, MN_EL_COLUMN);
    rule->columns = allocate(work->loader, rule->column_count, sizeof *rule->columns);
    struct mn_column *column = rule->columns;
    if (!column)
        rule->column_count = 0;
    for (xml = column ? mn_language_child(xml, MN_EL_COLUMN) : NULL; xml; xml = mn_language_next(xml, MN_EL_COLUMN)) {
        const struct mn_xml *header = mn_language_child(xml, MN_EL_HEADER), *cell = mn_language_child(xml, MN_EL_CELL);
        if (header)
            add_slot(work, header, &column->header, false);
        if (cell)
            add_slot(work, cell, &column->cell, false);
        column++->name = mn_xml_attribute(xml, "name");
    }
}

/* What <give>, <unless> and <requires> may have as `in`: in the order of the words; absent is the last. */
static const enum mn_scope scopes_around[] = {MN_IN_SENTENCE, MN_IN_BLOCK,   MN_IN_ITEM,     MN_IN_LIST,
                                              MN_IN_TABLE,    MN_IN_SECTION, MN_IN_DOCUMENT, MN_SCOPE_COUNT};

/* A whole number that is no limit where it is not given. */
static uint32_t limit_of(const struct mn_xml *xml, const char *attribute)
{
    int32_t number = mn_language_number(xml, attribute, -1);
    return number < 0 ? UINT32_MAX : (uint32_t)number;
}

static void add_condition(struct work *work, const struct mn_xml *xml, struct mn_condition *condition)
{
    struct mn_rule *rule = &work->draft->rule;
    *condition = (struct mn_condition){.unless = xml->element == MN_EL_UNLESS, .near_capture = MN_NO_SYMBOL};
    condition->within = limit_of(xml, "within");
    condition->side = (enum mn_side)mn_language_word(xml, "side", MN_EITHER_SIDE);
    condition->on_lead_in = mn_language_word(xml, "at", 0) == 1;
    condition->in = scopes_around[mn_language_word(xml, "in", sizeof scopes_around / sizeof *scopes_around - 1)];
    if (mn_xml_attribute(xml, "at").data && rule->type != MN_LIST_RULE)
        mn_report_error(&work->loader->report, mn_xml_attribute_place(work->draft->file, xml, "at"),
                        "'at' on a condition of a <%.*s>; expected it only in a <list-rule>",
                        MN_SLICE_ARGS(work->draft->xml->name));
    add_slot(work, xml, &condition->program, true);
}

static void add_conditions(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    const struct mn_xml *xml = work->draft->xml;
    size_t count = count_children(xml, MN_EL_UNLESS) + count_children(xml, MN_EL_REQUIRES);
    rule->conditions = allocate(work->loader, count, sizeof *rule->conditions);
    if (!rule->conditions)
        return;
    for (xml = xml->first; xml; xml = xml->next)
        if (xml->element == MN_EL_UNLESS || xml->element == MN_EL_REQUIRES)
            add_condition(work, xml, &rule->conditions[rule->condition_count++]);
}

/* The captures that `near` names, once all are known. */
static void find_near(struct work *work)
{
    struct mn_draft *draft = work->draft;
    size_t i = 0;
    for (const struct mn_xml *xml = draft->xml->first; xml && i < draft->rule.condition_count; xml = xml->next) {
        if (xml->element != MN_EL_UNLESS && xml->element != MN_EL_REQUIRES)
            continue;
        struct mn_condition *condition = &draft->rule.conditions[i++];
        struct mn_slice near = mn_xml_attribute(xml, "near");
        if (!near.data)
            continue;
        condition->near_capture = mn_names_find(&draft->captures, near);
        if (condition->near_capture == MN_NO_SYMBOL && !draft->captures_unknown)
            mn_report_unknown(work->loader, mn_xml_attribute_place(draft->file, xml, "near"), "capture", "", near,
                              &draft->captures, "a capture of this rule's patterns");
    }
}

static bool is_column(const struct mn_rule *rule, struct mn_slice name)
{
    for (size_t i = 0; i < rule->column_count; i++)
        if (mn_slice_equal(rule->columns[i].name, name))
            return true;
    return false;
}

static void add_key(struct work *work)
{
    struct mn_draft *draft = work->draft;
    draft->rule.key = mn_xml_attribute(draft->xml, "key");
    if (draft->rule.key.data && !draft->captures_unknown &&
        mn_names_find(&draft->captures, draft->rule.key) == MN_NO_SYMBOL && !is_column(&draft->rule, draft->rule.key))
        mn_report_unknown(work->loader, mn_xml_attribute_place(draft->file, draft->xml, "key"), "capture", "",
                          draft->rule.key, &draft->captures, "a capture of this rule's patterns");
}

static void add_sets(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    const struct mn_xml *first = mn_language_child(work->draft->xml, MN_EL_SET);
    size_t count = 0;
    for (const struct mn_xml *xml = first; xml; xml = mn_language_next(xml, MN_EL_SET))
        count += xml->attribute_count;
    rule->sets = allocate(work->loader, count, sizeof *rule->sets);
    for (const struct mn_xml *xml = first; xml && rule->sets; xml = mn_language_next(xml, MN_EL_SET))
        for (size_t i = 0; i < xml->attribute_count; i++)
            rule->sets[rule->set_count++] = (struct mn_set){xml->attributes[i].name, xml->attributes[i].value};
}

static void report_unknown_kind(struct work *work, const struct mn_xml *xml, struct mn_slice kind)
{
    struct mn_names kinds = {0};
    for (size_t i = 0; i < work->loader->drafts.count; i++) {
        const struct mn_rule *rule = &work->loader->drafts.items[i].rule;
        if (rule->kind != MN_NO_SYMBOL)
            mn_names_add(&kinds, work->loader->scratch, rule->finds);
    }
    mn_report_unknown(work->loader, mn_xml_attribute_place(work->draft->file, xml, "to"), "kind", "", kind, &kinds,
                      "the kind that a rule finds");
}

static void add_give(struct work *work, const struct mn_xml *xml, struct mn_give *give)
{
    bool all = mn_xml_attribute(xml, "in").data != NULL, one = mn_xml_attribute(xml, "from").data != NULL;
    give->number = work->loader->gives++;
    give->to = mn_xml_attribute(xml, "to");
    give->lacking = mn_xml_attribute(xml, "lacking");
    give->from = all ? MN_GIVE_ALL : (enum mn_give_from)(mn_language_word(xml, "from", 0) + MN_GIVE_INSIDE);
    give->in = scopes_around[mn_language_word(xml, "in", 0)];
    give->within = limit_of(xml, "within");
    give->tokens = limit_of(xml, "tokens");
    give->priority = mn_language_number(xml, "priority", work->draft->rule.priority);
    if (give->to.size && mn_names_find(&work->loader->references, give->to) == MN_NO_SYMBOL)
        report_unknown_kind(work, xml, give->to);
    if (all == one)
        mn_report_error(
            &work->loader->report, mn_xml_place(work->draft->file, xml),
            "<give> has %s; expected from=\"…\" to give to one find, or in=\"…\" to give to all finds there",
            all ? "both 'from' and 'in'" : "neither 'from' nor 'in'");
}

static void add_gives(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    const struct mn_xml *xml = work->draft->xml;
    rule->gives = allocate(work->loader, count_children(xml, MN_EL_GIVE), sizeof *rule->gives);
    for (xml = mn_language_child(xml, MN_EL_GIVE); xml && rule->gives; xml = mn_language_next(xml, MN_EL_GIVE))
        add_give(work, xml, &rule->gives[rule->give_count++]);
}

static size_t split_names(struct mn_slice text, bool excluded, struct mn_slice *out)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        while (i < text.size && !strchr(" \t\n", text.data[i]))
            i++;
        bool is_excluded = i > start && text.data[start] == '!';
        if (i > start && is_excluded == excluded)
            out[count++] = mn_slice_cut(text, start + is_excluded, i);
        i += i < text.size;
    }
    return count;
}

static void report_unknown_role(struct work *work, struct mn_slice role)
{
    struct mn_loader *loader = work->loader;
    if (mn_report_is_full(&loader->report, true))
        return;
    struct mn_slice near = mn_nearest_name(&loader->role_names, role);
    mn_report_warning(&loader->report, mn_xml_attribute_place(work->draft->file, work->draft->xml, "section"),
                      "no section gets the role '%.*s'; expected the role of a <section-rule> or <label>%s%.*s%s",
                      MN_SLICE_ARGS(role), near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near),
                      near.size ? "'?" : "");
}

static void add_sections(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    struct mn_slice text = mn_xml_attribute(work->draft->xml, "section");
    struct mn_slice *names = allocate(work->loader, text.size, sizeof *names); /* more than enough */
    if (!names)
        return;
    rule->sections = names;
    rule->section_count = split_names(text, false, names);
    rule->not_sections = names + rule->section_count;
    rule->not_section_count = split_names(text, true, names + rule->section_count);
    for (size_t i = 0; i < rule->section_count + rule->not_section_count; i++)
        if (mn_names_find(&work->loader->role_names, names[i]) == MN_NO_SYMBOL)
            report_unknown_role(work, names[i]);
}

static void add_scope(struct work *work)
{
    struct mn_draft *draft = work->draft;
    struct mn_slice in = mn_xml_attribute(draft->xml, "in");
    draft->rule.scope = (enum mn_scope)mn_language_word(draft->xml, "in", MN_IN_SENTENCE);
    draft->rule.scope_span = MN_NO_SYMBOL;
    if (!mn_slice_starts(in, MN_LITERAL("@")))
        return;
    struct mn_slice name = mn_slice_cut(in, 1, in.size);
    if (!mn_grammar_is_name(name)) /* reported already */
        return;
    uint32_t reference = mn_look_up_span(work->loader, draft->pack, name);
    if (reference == MN_NO_SYMBOL) {
        mn_report_unknown_span(work->loader, mn_xml_attribute_place(draft->file, draft->xml, "in"), name);
        return;
    }
    draft->rule.scope = MN_IN_SPAN;
    draft->rule.scope_span = reference;
    mn_refer(work->loader, &draft->references, reference);
}

static void check_capture_count(struct work *work)
{
    if (work->draft->captures.items.count > MN_LIMIT_CAPTURES)
        mn_report_error(&work->loader->report, mn_xml_place(work->draft->file, work->draft->xml),
                        "this rule has %zu captures; expected at most %d", work->draft->captures.items.count,
                        MN_LIMIT_CAPTURES);
}

static void compile_slots(struct work *work)
{
    for (size_t i = 0; i < work->slots.count && !work->loader->report.no_memory; i++) {
        struct slot *slot = &work->slots.items[i];
        if (slot->pattern.root == MN_NO_NODE)
            continue;
        *slot->target = mn_compile(work->loader, &slot->pattern, slot->condition ? NULL : &work->draft->captures);
        if (*slot->target && work->loader->source->check &&
            mn_check_program(work->loader, &slot->pattern, *slot->target))
            mn_check_taken(work->loader, &slot->pattern, *slot->target);
    }
}

static void add_key_set(struct work *work, uint32_t key)
{
    mn_number_list *keys = &work->draft->keys;
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i] == key)
            return;
    uint32_t *slot = MN_APPEND(work->loader->rules->arena, keys);
    if (slot)
        *slot = key;
    else
        work->loader->report.no_memory = true;
}

/* A match needs one of these programs: their keys, if each has one and together they are rarer than what is known. */
static void need_any(struct work *work, struct mn_program *const *programs, size_t count)
{
    uint64_t rate = count ? 0 : UINT32_MAX;
    for (size_t i = 0; i < count; i++)
        rate += programs[i] && programs[i]->key ? programs[i]->key_rate : UINT32_MAX;
    if (rate >= work->draft->key_rate)
        return;
    work->draft->key_rate = (uint32_t)rate;
    work->draft->keys.count = 0;
    for (size_t i = 0; i < count; i++)
        add_key_set(work, programs[i]->key);
}

/* The keys of the whole rule: those of its patterns, or of something that it requires besides. */
static void add_keys(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    work->draft->key_rate = UINT32_MAX;
    need_any(work, rule->patterns, rule->pattern_count);
    if (rule->type == MN_TABLE_RULE)
        need_any(work, rule->items, rule->item_count);
    for (size_t i = 0; i < rule->column_count; i++)
        need_any(work, &rule->columns[i].header, 1);
    for (size_t i = 0; i < rule->condition_count && rule->type == MN_PATTERN_RULE; i++)
        if (!rule->conditions[i].unless && rule->conditions[i].in == MN_SCOPE_COUNT)
            need_any(work, &rule->conditions[i].program, 1);
    rule->keys = work->draft->keys.items;
    rule->key_count = work->draft->keys.count;
}

/* What stands in the rule, where somebody asks. */
static void check_fields(struct work *work)
{
    if (!work->loader->source->check)
        return;
    for (size_t i = 0; i < work->slots.count; i++)
        if (!work->slots.items[i].condition && work->slots.items[i].pattern.root != MN_NO_NODE)
            mn_check_captures(work->loader, work->draft, &work->slots.items[i].pattern);
    mn_check_sets(work->loader, work->draft);
    mn_check_gives(work->loader, work->draft);
}

static void add_list_patterns(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    rule->pattern_count = add_patterns(work, MN_EL_LEAD_IN, &rule->patterns);
    rule->item_count = add_patterns(work, MN_EL_ITEM, &rule->items);
    rule->nested_count = add_patterns(work, MN_EL_NESTED, &rule->nested);
    rule->items_from = (enum mn_items)mn_language_word(work->draft->xml, "items", MN_ITEMS_LIST);
    if (rule->items_from != MN_ITEMS_LIST && !rule->item_count)
        mn_report_error(&work->loader->report, mn_xml_attribute_place(work->draft->file, work->draft->xml, "items"),
                        "items=\"%.*s\" without an <item>; expected an <item> that tells which paragraphs belong to it",
                        MN_SLICE_ARGS(mn_xml_attribute(work->draft->xml, "items")));
}

/* An attribute that says something about what the rule does not have. */
static void check_needless(struct work *work, const char *attribute, const char *element)
{
    const struct mn_xml *xml = work->draft->xml;
    if (mn_xml_attribute(xml, attribute).data)
        mn_report_error(&work->loader->report, mn_xml_attribute_place(work->draft->file, xml, attribute),
                        "'%s' on a <table-rule> without <%s>; it tells where these stand", attribute, element);
}

static void add_labels(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    rule->pattern_count = add_patterns(work, MN_EL_CELL_LABEL, &rule->patterns);
    rule->item_count = add_patterns(work, MN_EL_CELL_VALUE, &rule->items);
    rule->values = (enum mn_values)mn_language_word(work->draft->xml, "values", MN_VALUES_RIGHT);
}

/* A table rule has columns, or labels with their values. */
static void add_table(struct work *work)
{
    const struct mn_xml *xml = work->draft->xml;
    bool columns = mn_language_child(xml, MN_EL_COLUMN) != NULL;
    bool labels = mn_language_child(xml, MN_EL_CELL_LABEL) != NULL;
    bool values = mn_language_child(xml, MN_EL_CELL_VALUE) != NULL;
    if (columns ? labels || values : !labels || !values)
        mn_report_error(&work->loader->report, mn_xml_place(work->draft->file, xml),
                        "this <table-rule> has %s; expected <column> elements, or <label> and <value>",
                        columns  ? "both columns and labels or values"
                        : labels ? "no <value>"
                        : values ? "no <label>"
                                 : "neither columns nor labels");
    work->draft->rule.headers = (enum mn_headers)mn_language_word(xml, "headers", MN_HEADERS_TOP);
    add_columns(work);
    add_labels(work);
    if (columns)
        check_needless(work, "values", "label");
    else
        check_needless(work, "headers", "column");
}

static void add_type(struct work *work)
{
    struct mn_rule *rule = &work->draft->rule;
    switch ((enum mn_element)work->draft->xml->element) {
    case MN_EL_LIST_RULE:
        rule->type = MN_LIST_RULE;
        add_list_patterns(work);
        break;
    case MN_EL_TABLE_RULE:
        rule->type = MN_TABLE_RULE;
        add_table(work);
        break;
    default:
        rule->type = work->draft->xml->element == MN_EL_RULE ? MN_PATTERN_RULE : MN_SECTION_RULE;
        rule->pattern_count = add_patterns(work, MN_EL_PATTERN, &rule->patterns);
    }
}

static void draft_rule(struct mn_loader *loader, struct mn_draft *draft)
{
    struct work work = {.loader = loader, .draft = draft};
    draft->rule.priority = mn_language_number(draft->xml, "priority", 0);
    draft->rule.overlaps = mn_language_word(draft->xml, "overlap", 0) == 1;
    draft->rule.evidence = (enum mn_evidence)mn_language_word(draft->xml, "evidence", MN_EVIDENCE_MATCH);
    add_type(&work);
    add_scope(&work);
    add_conditions(&work);
    find_near(&work);
    check_capture_count(&work);
    add_key(&work);
    add_sets(&work);
    add_gives(&work);
    add_sections(&work);
    compile_slots(&work);
    add_keys(&work);
    check_fields(&work);
    mn_draft_examples(loader, draft);
}

void mn_draft_rules(struct mn_loader *loader)
{
    loader->trees = loader->rule;
    for (size_t i = 0; i < loader->drafts.count && !loader->report.no_memory; i++) {
        draft_rule(loader, &loader->drafts.items[i]);
        mn_arena_reset(loader->rule);
    }
}
