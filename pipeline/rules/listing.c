#include "rules/listing.h"

#include "rules/loader.h"
#include <stdlib.h>

struct notes {
    MN_VECTOR(struct mn_slice) items;
};

static const enum mn_listed_kind kinds[MN_ELEMENT_COUNT] = {
    [MN_EL_CLASS] = MN_LISTED_CLASS,     [MN_EL_LEXICON] = MN_LISTED_LEXICON,
    [MN_EL_DEFINE] = MN_LISTED_DEFINE,   [MN_EL_SEGMENTATION] = MN_LISTED_SEGMENTATION,
    [MN_EL_RULE] = MN_LISTED_RULE,       [MN_EL_LIST_RULE] = MN_LISTED_RULE,
    [MN_EL_TABLE_RULE] = MN_LISTED_RULE, [MN_EL_SECTION_RULE] = MN_LISTED_RULE,
    [MN_EL_COMMON] = MN_LISTED_COMMON,
};

static void *allocate(struct mn_loader *loader, size_t size)
{
    void *memory = mn_arena_zero(loader->rules->arena, size ? size : 1);
    if (!memory)
        loader->report.no_memory = true;
    return memory;
}

static struct mn_slice text_of(struct mn_loader *loader, const struct mn_xml *xml)
{
    struct mn_slice text = mn_xml_text(loader->rules->arena, xml);
    if (!text.data)
        loader->report.no_memory = true;
    return mn_slice_trim(text);
}

static void add_note(struct mn_loader *loader, struct notes *notes, const struct mn_xml *xml)
{
    struct mn_slice *note = MN_APPEND(loader->rules->arena, &notes->items);
    if (note)
        *note = text_of(loader, xml);
    else
        loader->report.no_memory = true;
}

static void fill_entry(struct mn_loader *loader, const struct mn_xml *xml, unsigned by, struct mn_listed_entry *entry)
{
    bool is_label = xml->element == MN_EL_LABEL;
    *entry = (struct mn_listed_entry){.element = xml->name, .words = text_of(loader, xml)};
    entry->value = mn_xml_attribute(xml, is_label ? "role" : "value");
    entry->by = (enum mn_by)mn_language_word(xml, "by", by);
    entry->special = is_label ? mn_language_word(xml, "inline", 0) == 1 : mn_xml_attribute(xml, "before").size > 0;
}

static size_t count_lines(const struct mn_rule_file *list)
{
    size_t count = 0, at = 0;
    struct mn_slice line;
    while (list && mn_list_next(list->bytes, &at, &line))
        count++;
    return count;
}

static void fill_lines(const struct mn_rule_file *list, unsigned by, struct mn_listed_entry *entries,
                       struct mn_listed *item)
{
    struct mn_slice line;
    for (size_t at = 0; list && mn_list_next(list->bytes, &at, &line);) {
        const char *tab = memchr(line.data, '\t', line.size);
        size_t size = tab ? (size_t)(tab - line.data) : line.size;
        struct mn_listed_entry *entry = &entries[item->entry_count++];
        *entry = (struct mn_listed_entry){.element = MN_LITERAL("line"), .by = (enum mn_by)by};
        entry->words = mn_slice_trim(mn_slice_cut(line, 0, size));
        if (tab)
            entry->value = mn_slice_trim(mn_slice_cut(line, size + 1, line.size));
    }
}

static void add_entries(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                        struct mn_listed *item)
{
    unsigned by = mn_language_word(xml, "by", MN_BY_FOLD);
    bool has_list = mn_xml_attribute(xml, "file").size > 0;
    const struct mn_rule_file *list = has_list ? mn_files_list(loader, file, xml) : NULL;
    size_t count = count_lines(list);
    for (const struct mn_xml *child = xml->first; child; child = child->next)
        count++;
    struct mn_listed_entry *entries = allocate(loader, count * sizeof *entries);
    if (!entries)
        return;
    item->entries = entries;
    for (const struct mn_xml *child = xml->first; child && !loader->report.no_memory; child = child->next)
        if (child->name.size && child->element != MN_EL_NOTE)
            fill_entry(loader, child, by, &entries[item->entry_count++]);
    item->list = list ? list->name : MN_EMPTY;
    item->line_count = count_lines(list);
    fill_lines(list, by, entries, item);
    item->by = item->entry_count ? entries[0].by : (enum mn_by)by;
}

static uint32_t count_states(const struct mn_program *program)
{
    uint32_t count = program ? program->state_count : 0;
    for (uint32_t i = 0; program && i < program->look_count; i++)
        count += count_states(program->looks[i].program); /* at most three deep */
    return count;
}

static uint32_t count_rule_states(const struct mn_rule *rule)
{
    uint32_t count = 0;
    for (size_t i = 0; i < rule->pattern_count; i++)
        count += count_states(rule->patterns[i]);
    for (size_t i = 0; i < rule->item_count; i++)
        count += count_states(rule->items[i]);
    for (size_t i = 0; i < rule->nested_count; i++)
        count += count_states(rule->nested[i]);
    for (size_t i = 0; i < rule->column_count; i++)
        count += count_states(rule->columns[i].header) + count_states(rule->columns[i].cell);
    for (size_t i = 0; i < rule->condition_count; i++)
        count += count_states(rule->conditions[i].program);
    return count;
}

/* Roughly. */
enum { TOKENS_OF_SENTENCE = 20 };

/* Counts what the rule is tried for, each once. */
static void count_keys(struct mn_loader *loader, const struct mn_draft *draft, struct mn_listed_cost *cost)
{
    uint32_t counts[MN_ATOM_SPAN + 1] = {0};
    MN_VECTOR(struct mn_atom) all = {NULL, 0, 0};
    for (size_t i = 0; i < draft->keys.count; i++) {
        uint32_t count;
        const struct mn_atom *atoms =
            mn_vocabulary_atoms(loader->rules->vocabulary, MN_SET_KEY, draft->keys.items[i], &count);
        if (!MN_RESERVE(loader->rules->arena, &all, all.count + count)) {
            loader->report.no_memory = true;
            return;
        }
        memcpy(all.items + all.count, atoms, count * sizeof *atoms);
        all.count += count;
    }
    size_t kept = all.items ? mn_sort_atoms(all.items, all.count) : 0;
    cost->triggers = all.items;
    cost->trigger_count = kept;
    for (size_t i = 0; i < kept; i++)
        counts[all.items[i].kind]++;
    cost->words = counts[MN_ATOM_SYMBOL];
    cost->classes = counts[MN_ATOM_CLASS];
    cost->lexicons = counts[MN_ATOM_LEXICON];
    cost->spans = counts[MN_ATOM_SPAN];
}

static void add_rule(struct mn_loader *loader, const struct mn_draft *draft, struct mn_listed *item)
{
    item->rule = &loader->rules->rules[draft->rule.number];
    item->cost.states = count_rule_states(item->rule);
    bool in_span = item->rule->scope == MN_IN_SPAN && !draft->keys.count;
    item->cost.chance = draft->key_rate / (1000000 / (1000 * TOKENS_OF_SENTENCE));
    item->cost.always = !draft->keys.count && !in_span;
    count_keys(loader, draft, &item->cost);
    item->cost.spans += in_span;
}

static void add_item(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                     struct notes *notes, struct mn_listed *item)
{
    struct mn_slice name = mn_xml_attribute(xml, "name");
    item->kind = kinds[xml->element];
    item->name = name.size ? mn_full_name(loader, file->pack, name) : file->pack;
    item->line = mn_place_line(mn_xml_place(file, xml), NULL);
    if (item->kind == MN_LISTED_LEXICON || item->kind == MN_LISTED_SEGMENTATION)
        add_entries(loader, file, xml, item);
    else if (item->kind != MN_LISTED_RULE)
        item->text = text_of(loader, xml);
    const struct mn_xml *note = mn_language_child(xml, MN_EL_NOTE);
    for (; note && !loader->report.no_memory; note = mn_language_next(note, MN_EL_NOTE))
        add_note(loader, notes, note);
    item->notes = notes->items.items;
    item->note_count = notes->items.count;
    *notes = (struct notes){0}; /* the item keeps them */
}

/* Elements that stand for nothing that could be listed tell something about the file. */
static bool is_item(const struct mn_xml *xml)
{
    return xml->name.size && xml->element != MN_EL_NOTE && xml->element != MN_EL_USE && xml->element != MN_EL_OFF;
}

static const struct mn_xml *last_item(const struct mn_xml *root)
{
    const struct mn_xml *last = NULL;
    for (const struct mn_xml *xml = root->first; xml; xml = xml->next)
        if (is_item(xml))
            last = xml;
    return last;
}

static size_t count_items(const struct mn_rule_file *file)
{
    size_t count = 0;
    for (const struct mn_xml *xml = file->root->first; xml; xml = xml->next)
        count += is_item(xml);
    return count;
}

/* Rules stand in loader->drafts in the order of the files, too: *draft is the next one. Notes before the first item and
 * notes behind the last belong to the file. */
static void add_file(struct mn_loader *loader, const struct mn_rule_file *file, size_t *draft,
                     struct mn_listed_file *listed)
{
    struct notes own = {0}, notes = {0};
    struct mn_listed *items = allocate(loader, count_items(file) * sizeof *items);
    *listed = (struct mn_listed_file){.name = file->name, .pack = file->pack, .items = items};
    const struct mn_xml *xml = file->root->first, *last = last_item(file->root);
    bool in_items = false;
    for (; xml && items && !loader->report.no_memory; xml = xml->next) {
        if (xml->element == MN_EL_NOTE)
            add_note(loader, in_items ? &notes : &own, xml);
        else if (is_item(xml)) {
            struct mn_listed *item = &items[listed->item_count++];
            add_item(loader, file, xml, &notes, item);
            if (item->kind == MN_LISTED_RULE)
                add_rule(loader, &loader->drafts.items[(*draft)++], item);
            in_items = xml != last;
        }
    }
    listed->notes = own.items.items;
    listed->note_count = own.items.count;
}

/* The values of an attribute of all elements of a sort, as they stand in the file. */
static void add_names(struct mn_loader *loader, const struct mn_xml *root, enum mn_element element,
                      const char *attribute, struct notes *names)
{
    const struct mn_xml *xml = mn_language_child(root, element);
    for (; xml && !loader->report.no_memory; xml = mn_language_next(xml, element)) {
        struct mn_slice *name = MN_APPEND(loader->rules->arena, &names->items);
        if (name)
            *name = mn_xml_attribute(xml, attribute);
        else
            loader->report.no_memory = true;
    }
}

static void add_uses(struct mn_loader *loader, const struct mn_rule_file *file, struct mn_listed_file *listed)
{
    struct notes uses = {0}, offs = {0};
    add_names(loader, file->root, MN_EL_USE, "pack", &uses);
    add_names(loader, file->root, MN_EL_OFF, "rule", &offs);
    listed->uses = uses.items.items;
    listed->use_count = uses.items.count;
    listed->offs = offs.items.items;
    listed->off_count = offs.items.count;
}

void mn_list_files(struct mn_loader *loader)
{
    size_t draft = 0, listed = 0;
    struct mn_listing *listing = allocate(loader, sizeof *listing);
    struct mn_listed_file *files = allocate(loader, loader->files.count * sizeof *files);
    if (!listing || !files)
        return;
    for (size_t i = 0; i < loader->files.count && !loader->report.no_memory; i++) {
        if (loader->files.items[i]->is_schemes)
            continue;
        add_file(loader, loader->files.items[i], &draft, &files[listed]);
        add_uses(loader, loader->files.items[i], &files[listed++]);
    }
    *listing = (struct mn_listing){files, listed};
    loader->rules->listing = listing;
}

const struct mn_listed *mn_rules_listed(const struct mn_rules *rules, const struct mn_rule *rule)
{
    const struct mn_listing *listing = mn_rules_listing(rules);
    for (size_t i = 0; i < listing->file_count; i++)
        for (size_t j = 0; j < listing->files[i].item_count; j++)
            if (listing->files[i].items[j].rule == rule)
                return &listing->files[i].items[j];
    return NULL;
}

static struct mn_slice symbol_text(const struct mn_rules *rules, const struct mn_atom *trigger)
{
    return mn_vocabulary_symbol_text(rules->vocabulary, (enum mn_by)trigger->by, trigger->id);
}

static void write_symbol(struct mn_writer *out, const struct mn_rules *rules, const struct mn_atom *trigger)
{
    static const char *const signs[MN_BY_COUNT] = {[MN_BY_EXACT] = "'", [MN_BY_FOLD] = "", [MN_BY_STEM] = "~"};
    mn_write(out, mn_slice_of(signs[trigger->by]));
    mn_write(out, symbol_text(rules, trigger));
    if (trigger->by == MN_BY_EXACT)
        mn_write_literal(out, "'");
}

void mn_trigger_write(struct mn_writer *out, const struct mn_rules *rules, const struct mn_atom *trigger)
{
    switch ((enum mn_atom_kind)trigger->kind) {
    case MN_ATOM_SYMBOL:
        write_symbol(out, rules, trigger);
        break;
    case MN_ATOM_CLASS:
        mn_write_literal(out, "#");
        mn_write(out, mn_vocabulary_class_name(rules->vocabulary, trigger->id));
        break;
    case MN_ATOM_LEXICON:
        mn_write_literal(out, "[");
        mn_write(out, mn_vocabulary_lexicon_name(rules->vocabulary, trigger->id));
        mn_write_literal(out, "]");
        break;
    case MN_ATOM_SPAN:
        mn_write_literal(out, "@");
        mn_write(out, rules->references[trigger->id].name);
        break;
    }
}

const struct mn_listing *mn_rules_listing(const struct mn_rules *rules)
{
    static const struct mn_listing nothing = {NULL, 0};
    return rules->listing ? rules->listing : &nothing;
}
