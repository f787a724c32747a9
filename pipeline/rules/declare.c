/* First pass over the files: whatever has a name is entered, so that the second pass finds it wherever it stands. */
#include "rules/declare.h"
#include "rules/checks.h"
#include "rules/grammar.h"

#include "base/limits.h"
#include "base/utf8.h"

/* What is told of a regular expression that PCRE2 does not take. */
static const char of_expression[] =
    "; expected a regular expression: a sign that is meant as it stands has \\ before it, "
    "as \\( and \\.";

static struct mn_slice join_name(struct mn_loader *loader, struct mn_arena *arena, struct mn_slice pack,
                                 struct mn_slice name)
{
    char *text = mn_arena_alloc(arena, pack.size + name.size + 1);
    if (!text) {
        loader->report.no_memory = true;
        return MN_EMPTY;
    }
    if (pack.size)
        memcpy(text, pack.data, pack.size);
    text[pack.size] = '.';
    if (name.size)
        memcpy(text + pack.size + 1, name.data, name.size);
    return (struct mn_slice){text, pack.size + 1 + name.size};
}

struct mn_slice mn_full_name(struct mn_loader *loader, struct mn_slice pack, struct mn_slice name)
{
    return join_name(loader, loader->rules->arena, pack, name);
}

uint32_t mn_look_up(struct mn_loader *loader, const struct mn_names *names, struct mn_slice pack, struct mn_slice name)
{
    uint32_t number = mn_names_find(names, join_name(loader, loader->scratch, pack, name));
    if (number == MN_NO_SYMBOL)
        number = mn_names_find(names, join_name(loader, loader->scratch, MN_LITERAL("common"), name));
    return number != MN_NO_SYMBOL ? number : mn_names_find(names, name);
}

/* The pack before a name's last point that is not loaded: its files may not be in use. Empty when it is, or the name
 * names none. */
static struct mn_slice absent_pack(const struct mn_loader *loader, struct mn_slice name)
{
    const char *point = name.size ? memchr(name.data, '.', name.size) : NULL;
    struct mn_slice pack = mn_slice_cut(name, 0, point ? (size_t)(point - name.data) : 0);
    for (size_t i = 0; i < loader->files.count; i++)
        if (mn_slice_equal(loader->files.items[i]->pack, pack))
            return MN_EMPTY;
    return pack;
}

void mn_report_unknown(struct mn_loader *loader, struct mn_place place, const char *what, const char *sign,
                       struct mn_slice name, const struct mn_names *names, const char *expected)
{
    struct mn_slice pack = absent_pack(loader, name);
    if (pack.size) {
        mn_report_error(&loader->report, place,
                        "there is no %s '%s%.*s'; expected %s; its pack is loaded by <use pack=\"%.*s\"/>", what, sign,
                        MN_SLICE_ARGS(name), expected, MN_SLICE_ARGS(pack));
        return;
    }
    struct mn_slice near = mn_report_is_full(&loader->report, false) ? MN_EMPTY : mn_nearest_name(names, name);
    mn_report_error(&loader->report, place, "there is no %s '%s%.*s'; expected %s%s%s%.*s%s", what, sign,
                    MN_SLICE_ARGS(name), expected, near.size ? "; did you mean '" : "", near.size ? sign : "",
                    MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

static bool is_rule(const struct mn_xml *xml)
{
    return xml->element == MN_EL_RULE || xml->element == MN_EL_LIST_RULE || xml->element == MN_EL_TABLE_RULE ||
           xml->element == MN_EL_SECTION_RULE;
}

static bool is_full_name(struct mn_slice full, struct mn_slice pack, struct mn_slice name)
{
    return full.size == pack.size + 1 + name.size && mn_slice_starts(full, pack) &&
           mn_slice_equal(mn_slice_cut(full, pack.size + 1, full.size), name);
}

/* The name of `xml` is taken: tells by what. Only here is it looked for again. */
static void report_second(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                          struct mn_slice full)
{
    const struct mn_rule_file *first_file = NULL;
    const struct mn_xml *first = NULL;
    if (mn_report_is_full(&loader->report, false)) {
        loader->report.errors++;
        return;
    }
    for (size_t i = 0; i < loader->files.count && !first; i++) {
        first_file = loader->files.items[i];
        for (first = first_file->root->first; first; first = first->next) {
            bool same_sort = first->element == xml->element || (is_rule(first) && is_rule(xml));
            struct mn_slice name = mn_xml_attribute(first, "name");
            if (same_sort && is_full_name(full, first_file->pack, name))
                break;
        }
    }
    if (!first)
        return;
    mn_report_error(&loader->report, mn_xml_attribute_place(file, xml, "name"),
                    "'%.*s' is the name of the <%.*s> in line %u of %.*s already; expected a name of its own",
                    MN_SLICE_ARGS(full), MN_SLICE_ARGS(first->name),
                    mn_place_line(mn_xml_place(first_file, first), NULL), MN_SLICE_ARGS(first_file->name));
}

uint32_t mn_enter(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                  struct mn_names *names)
{
    struct mn_slice name = mn_xml_attribute(xml, "name");
    if (!mn_grammar_is_name(name))
        return MN_NO_SYMBOL;
    struct mn_slice full = mn_full_name(loader, file->pack, name);
    size_t before = names->items.count;
    uint32_t number = mn_names_add(names, loader->scratch, full);
    if (number == MN_NO_SYMBOL)
        loader->report.no_memory = true;
    if (number == before)
        return number;
    if (number != MN_NO_SYMBOL)
        report_second(loader, file, xml, full);
    return MN_NO_SYMBOL;
}

bool mn_next_part(struct mn_slice text, size_t *at, struct mn_slice *part)
{
    if (*at > text.size)
        return false;
    size_t end = *at;
    while (end < text.size && text.data[end] != '|')
        end++;
    *part = mn_slice_trim(mn_slice_cut(text, *at, end));
    *at = end + 1;
    return true;
}

struct mn_slice mn_normal_form(struct mn_loader *loader, struct mn_slice words)
{
    char *folded = mn_arena_alloc(loader->scratch, mn_utf8_fold_bound(words.size) + 1);
    size_t size = folded ? mn_utf8_fold(words, folded) : SIZE_MAX;
    if (size != SIZE_MAX)
        return (struct mn_slice){folded, size};
    loader->report.no_memory = true;
    return MN_LITERAL("");
}

struct mn_slice mn_casefold_text(struct mn_loader *loader, struct mn_slice text)
{
    struct mn_slice folded = mn_utf8_casefold(loader->scratch, mn_normal_form(loader, text));
    if (folded.data)
        return folded;
    loader->report.no_memory = true;
    return MN_LITERAL("");
}

struct mn_slice mn_text_of(struct mn_loader *loader, const struct mn_xml *xml)
{
    struct mn_slice text = mn_xml_text(loader->rules->arena, xml);
    if (text.data)
        return text;
    loader->report.no_memory = true;
    return MN_LITERAL("");
}

struct mn_place mn_text_place(const struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                              size_t offset, bool warning)
{
    return mn_report_is_full(&loader->report, warning) ? mn_xml_place(file, xml) : mn_xml_text_place(file, xml, offset);
}

static void enter_common(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    struct mn_slice text = mn_text_of(loader, xml), part;
    uint32_t rate = 1000 * (uint32_t)mn_language_number(xml, "per-thousand", 1);
    for (size_t at = 0; mn_next_part(text, &at, &part);) {
        if (!part.size)
            mn_report_error(&loader->report, mn_text_place(loader, file, xml, at > 1 ? at - 1 : 0, false),
                            "a word is missing here; expected words separated by |");
        else
            mn_rates_word(loader, mn_normal_form(loader, part), rate);
    }
}

static void enter_class(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    struct mn_slice expression = mn_slice_trim(mn_text_of(loader, xml));
    uint32_t index = mn_enter(loader, file, xml, &loader->class_names), id = 0;
    if (index == MN_NO_SYMBOL)
        return;
    struct mn_error error = {0};
    uint32_t *slot = MN_APPEND(loader->scratch, &loader->classes);
    if (!slot) {
        loader->report.no_memory = true;
        return;
    }
    *slot = 0;
    bool *used = MN_APPEND(loader->scratch, &loader->class_uses);
    if (!used) {
        loader->report.no_memory = true;
        return;
    }
    *used = false;
    if (!expression.size) {
        mn_report_error(&loader->report, mn_xml_place(file, xml),
                        "this <class> is empty; expected a regular expression for whole tokens");
        return;
    }
    enum mn_status status =
        mn_vocabulary_class(loader->rules->vocabulary, loader->class_names.items.items[index], expression, &id, &error);
    if (status == MN_NO_MEMORY)
        loader->report.no_memory = true;
    else if (status != MN_OK)
        mn_report_error(&loader->report, mn_xml_text_place(file, xml, 0), "this <class> cannot be used: %s%s",
                        error.message, status == MN_RULE_ERROR ? of_expression : "");
    else if (loader->source->check)
        mn_check_class(loader, file, xml, expression);
    *slot = id;
}

static void enter_define(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    if (mn_enter(loader, file, xml, &loader->define_names) == MN_NO_SYMBOL)
        return;
    struct mn_define *define = MN_APPEND(loader->scratch, &loader->defines);
    if (!define) {
        loader->report.no_memory = true;
        return;
    }
    *define = (struct mn_define){.pack = file->pack};
    define->pattern =
        (struct mn_pattern){.text = mn_text_of(loader, xml), .root = MN_NO_NODE, .file = file, .xml = xml};
}

static void enter_segmentation(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    struct mn_error error = {0};
    for (const struct mn_xml *child = xml->first; child; child = child->next) {
        struct mn_slice text = mn_text_of(loader, child), role = mn_xml_attribute(child, "role");
        enum mn_status status = MN_OK;
        if (child->element == MN_EL_ABBREVIATION) {
            bool before_number = mn_language_word(child, "before", 1) == 0;
            status = mn_segmentation_add_abbreviation(loader->segmentation, text, before_number, &error);
        } else if (child->element == MN_EL_LABEL && role.size) {
            bool rest = mn_language_word(child, "inline", 0) == 1;
            status = mn_segmentation_add_label(loader->segmentation, text, role, rest, &error);
            if (mn_names_add(&loader->role_names, loader->scratch, role) == MN_NO_SYMBOL)
                loader->report.no_memory = true;
        } else if (child->element == MN_EL_COLUMN_TITLE) {
            status = mn_segmentation_add_column_title(loader->segmentation, text, &error);
        } else if (child->element == MN_EL_FURNITURE) {
            status = mn_segmentation_add_furniture(loader->segmentation, mn_slice_trim(text), &error);
        } else if (child->element == MN_EL_RESULT) {
            status = mn_segmentation_add_result(loader->segmentation, text, &error);
        }
        if (status == MN_NO_MEMORY)
            loader->report.no_memory = true;
        else if (status != MN_OK)
            mn_report_error(&loader->report, mn_xml_place(file, child), "this <%.*s> cannot be used: %s%s",
                            MN_SLICE_ARGS(child->name), error.message,
                            child->element == MN_EL_FURNITURE ? of_expression : "");
    }
}

/* The kind of what a rule finds gets its reference number. */
static void enter_kind(struct mn_loader *loader, struct mn_draft *draft)
{
    struct mn_slice finds = mn_xml_attribute(draft->xml, "finds");
    if (draft->xml->element == MN_EL_SECTION_RULE) {
        draft->rule.finds = mn_xml_attribute(draft->xml, "role");
        draft->rule.kind = MN_NO_SYMBOL;
        if (draft->rule.finds.size &&
            mn_names_add(&loader->role_names, loader->scratch, draft->rule.finds) == MN_NO_SYMBOL)
            loader->report.no_memory = true;
        return;
    }
    if (!finds.size && !mn_language_child(draft->xml, MN_EL_GIVE))
        mn_report_error(&loader->report, mn_xml_place(draft->file, draft->xml),
                        "<%.*s> lacks the attribute 'finds'; expected the kind of what it finds, or a <give>",
                        MN_SLICE_ARGS(draft->xml->name));
    draft->rule.finds = finds.size ? finds : draft->rule.name;
    draft->rule.kind = mn_names_add(&loader->references, loader->rules->arena, draft->rule.finds);
    if (draft->rule.kind == MN_NO_SYMBOL)
        loader->report.no_memory = true;
}

static void enter_rule(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml)
{
    uint32_t index = mn_enter(loader, file, xml, &loader->rule_names);
    if (index == MN_NO_SYMBOL)
        return;
    struct mn_draft *draft = index < MN_LIMIT_RULES ? MN_APPEND(loader->scratch, &loader->drafts) : NULL;
    if (!draft && index >= MN_LIMIT_RULES)
        mn_report_error(&loader->report, mn_xml_place(file, xml), "more than %d rules; expected fewer", MN_LIMIT_RULES);
    else if (!draft)
        loader->report.no_memory = true;
    if (!draft)
        return;
    *draft = (struct mn_draft){.file = file, .xml = xml, .pack = file->pack};
    draft->rule.name = mn_full_name(loader, file->pack, mn_xml_attribute(xml, "name"));
    draft->rule.file = file->path;
    draft->rule.line = mn_place_line(mn_xml_place(file, xml), NULL);
    draft->rule.self = MN_NO_SYMBOL;
    draft->rule.used = file->wanted_pack.size > 0;
    enter_kind(loader, draft);
}

static void enter_all(struct mn_loader *loader, const struct mn_rule_file *file)
{
    if (file->is_schemes)
        return;
    for (const struct mn_xml *xml = file->root->first; xml && !loader->report.no_memory; xml = xml->next) {
        if (xml->element == MN_EL_CLASS)
            enter_class(loader, file, xml);
        else if (xml->element == MN_EL_LEXICON)
            mn_enter_lexicon(loader, file, xml);
        else if (xml->element == MN_EL_DEFINE)
            enter_define(loader, file, xml);
        else if (xml->element == MN_EL_SEGMENTATION)
            enter_segmentation(loader, file, xml);
        else if (is_rule(xml))
            enter_rule(loader, file, xml);
    }
}

/* Rules that a file switches off. */
static void switch_off(struct mn_loader *loader, const struct mn_rule_file *file)
{
    const struct mn_xml *xml = file->is_schemes ? NULL : mn_language_child(file->root, MN_EL_OFF);
    for (; xml; xml = mn_language_next(xml, MN_EL_OFF)) {
        struct mn_slice name = mn_xml_attribute(xml, "rule");
        uint32_t index = mn_grammar_is_name(name) ? mn_look_up(loader, &loader->rule_names, file->pack, name) : 0;
        if (index == MN_NO_SYMBOL)
            mn_report_unknown(loader, mn_xml_attribute_place(file, xml, "rule"), "rule", "", name, &loader->rule_names,
                              "the full name of a rule, pack.name");
        else if (index < loader->drafts.count && mn_grammar_is_name(name))
            loader->drafts.items[index].rule.off = true;
    }
}

void mn_declare(struct mn_loader *loader)
{
    for (size_t i = 0; i < loader->files.count; i++) {
        const struct mn_rule_file *file = loader->files.items[i];
        const struct mn_xml *xml = file->is_schemes ? NULL : mn_language_child(file->root, MN_EL_COMMON);
        for (; xml; xml = mn_language_next(xml, MN_EL_COMMON))
            enter_common(loader, file, xml);
    }
    for (size_t i = 0; i < loader->files.count && !loader->report.no_memory; i++)
        enter_all(loader, loader->files.items[i]);
    for (size_t i = 0; i < loader->files.count && !loader->report.no_memory; i++)
        switch_off(loader, loader->files.items[i]);
    if (!loader->report.no_memory)
        mn_rates_classes(loader);
}
