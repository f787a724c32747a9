/* Files of grade schemes: from the checked tree to schemes.h. */
#include "rules/schemes.h"

#include "base/utf8.h"
#include "lexis/cut.h"
#include "rules/loader.h"
#include "rules/scheme_language.h"

#define APOSTROPHE "\xE2\x80\x99"
#define GAP "\xE2\x80\xA6"

/* One file, and the elements that all of its schemes share. */
struct source {
    struct mn_loader *loader;
    const struct mn_rule_file *file;
    const struct mn_xml *root;
};

struct phrase_list {
    MN_VECTOR(struct mn_phrase) items;
};

static void no_memory(struct mn_loader *loader)
{
    loader->report.no_memory = true;
}

static const struct mn_xml *child_of(const struct mn_xml *node, enum mn_scheme_element element)
{
    return mn_language_child(node, (enum mn_element)element);
}

static const struct mn_xml *next_of(const struct mn_xml *node, enum mn_scheme_element element)
{
    return mn_language_next(node, (enum mn_element)element);
}

/* Text on one line, without spaces around it. */
static struct mn_slice words_of(const struct source *source, const struct mn_xml *node)
{
    struct mn_slice text = mn_xml_text(source->loader->scratch, node);
    char *line = text.data ? mn_arena_alloc(source->loader->rules->arena, mn_utf8_fold_bound(text.size) + 1) : NULL;
    size_t size = line ? mn_utf8_fold(text, line) : SIZE_MAX;
    if (size == SIZE_MAX) {
        no_memory(source->loader);
        return MN_EMPTY;
    }
    return (struct mn_slice){line, size};
}

/* ---- phrases ---- */

struct mn_slice mn_phrase_word(struct mn_arena *arena, struct mn_slice token)
{
    struct mn_slice folded = mn_utf8_casefold(arena, token);
    char *plain = folded.data ? mn_arena_alloc(arena, folded.size + 1) : NULL;
    if (!plain)
        return MN_EMPTY;
    size_t size = 0;
    for (size_t i = 0; i < folded.size; i++) {
        bool curly = mn_slice_starts(mn_slice_cut(folded, i, folded.size), MN_LITERAL(APOSTROPHE));
        plain[size++] = curly ? '\'' : folded.data[i];
        i += curly ? sizeof APOSTROPHE - 2 : 0;
    }
    return (struct mn_slice){plain, size};
}

bool mn_phrase_is_word(struct mn_slice token)
{
    size_t position = 0;
    int32_t first = mn_utf8_next(token, &position);
    return mn_is_letter(first) || mn_is_digit(first);
}

static bool read_word(const struct source *source, struct mn_slice token, struct mn_phrase_part *part)
{
    struct mn_rules *rules = source->loader->rules;
    struct mn_slice word = mn_phrase_word(source->loader->scratch, token);
    part->number = word.data ? mn_names_add(rules->phrase_words, rules->arena, word) : MN_NO_SYMBOL;
    if (part->number == MN_NO_SYMBOL)
        return false;
    part->word = rules->phrase_words->items.items[part->number];
    return true;
}

/* Reads the parts of one alternative. In brackets stands what may be absent; punctuation says nothing. */
static bool read_parts(const struct source *source, struct mn_slice text, struct mn_phrase_part *parts, size_t *count)
{
    struct mn_slice token;
    bool optional = false;
    for (size_t position = 0; mn_cut_next(text, &position, &token);) {
        bool is_name = mn_slice_equal(token, MN_LITERAL(GAP)), is_word = mn_phrase_is_word(token);
        if (token.data[0] == '(' || token.data[0] == ')')
            optional = token.data[0] == '(';
        if (!is_name && !is_word)
            continue;
        if (*count == MN_LONGEST_PHRASE)
            return false;
        parts[*count] = (struct mn_phrase_part){MN_EMPTY, MN_NO_SYMBOL, optional};
        if (is_word && !read_word(source, token, &parts[*count]))
            no_memory(source->loader);
        ++*count;
    }
    return true;
}

static bool has_words(const struct mn_phrase_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].word.size && !parts[i].optional)
            return true;
    return false;
}

static bool has_names(const struct mn_phrase_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!parts[i].word.size)
            return true;
    return false;
}

static void keep_phrase(const struct source *source, const struct mn_phrase_part *parts, size_t count,
                        struct phrase_list *list)
{
    struct mn_arena *arena = source->loader->rules->arena;
    struct mn_phrase_part *kept = mn_arena_alloc(arena, count * sizeof *kept);
    struct mn_phrase *phrase = MN_APPEND(arena, &list->items);
    if (!kept || !phrase) {
        list->items.count -= phrase != NULL;
        no_memory(source->loader);
        return;
    }
    memcpy(kept, parts, count * sizeof *kept);
    *phrase = (struct mn_phrase){.parts = kept, .count = count, .plain = true};
    for (size_t i = 0; i < count; i++) {
        bool needed = parts[i].word.size && !parts[i].optional;
        phrase->needs |= needed ? UINT64_C(1) << (parts[i].number % 64) : 0;
        phrase->plain = phrase->plain && needed;
    }
}

static struct mn_phrases phrases_in(const struct phrase_list *list)
{
    struct mn_phrases phrases = {.items = list->items.items, .count = list->items.count};
    for (size_t i = 0; i < phrases.count; i++) {
        const struct mn_phrase_part *parts = phrases.items[i].parts;
        size_t part = 0;
        do {
            phrases.any = phrases.any || !parts[part].word.size;
            phrases.begins |= UINT64_C(1) << (parts[part].number % 64);
        } while (parts[part++].optional && part < phrases.items[i].count);
    }
    return phrases;
}

static void add_alternative(const struct source *source, const struct mn_xml *node, struct mn_slice text, size_t offset,
                            bool names, struct phrase_list *list)
{
    struct mn_phrase_part parts[MN_LONGEST_PHRASE];
    struct mn_report *report = &source->loader->report;
    size_t count = 0;
    bool read = read_parts(source, text, parts, &count);
    if (read && has_words(parts, count) && (names || !has_names(parts, count))) {
        if (!report->no_memory)
            keep_phrase(source, parts, count, list);
        return;
    }
    struct mn_place place = mn_xml_text_place(source->file, node, offset);
    if (!read)
        mn_report_error(report, place, "more than %d words in '%.*s'; separate alternatives by |", MN_LONGEST_PHRASE,
                        MN_SLICE_ARGS(text));
    else if (!has_words(parts, count))
        mn_report_error(report, place,
                        "no words in this alternative of <%.*s>; expected at least one outside of brackets",
                        MN_SLICE_ARGS(node->name));
    else
        mn_report_error(report, place, "a name (" GAP ") in <%.*s>; names may stand in <label> and <sign> only",
                        MN_SLICE_ARGS(node->name));
}

/* Adds the alternatives of an element, which are separated by `|`. */
static void add_phrases(const struct source *source, const struct mn_xml *node, bool names, struct phrase_list *list)
{
    struct mn_slice text = mn_xml_text(source->loader->scratch, node);
    if (!text.data) {
        no_memory(source->loader);
        return;
    }
    for (size_t start = 0, end = 0; end <= text.size; end++) {
        if (end < text.size && text.data[end] != '|')
            continue;
        struct mn_slice piece = mn_slice_cut(text, start, end), words = mn_slice_trim(piece);
        size_t offset = words.size ? (size_t)(words.data - text.data) : start;
        add_alternative(source, node, words, offset, names, list);
        start = end + 1;
    }
}

/* The alternatives of all elements of a kind in a node and, where it shares them with others, in its parent. */
static struct mn_phrases phrases_of(const struct source *source, const struct mn_xml *node,
                                    enum mn_scheme_element element, bool names)
{
    struct phrase_list list = {0};
    for (; node && !source->loader->report.no_memory; node = node->parent)
        for (const struct mn_xml *xml = child_of(node, element); xml; xml = next_of(xml, element))
            add_phrases(source, xml, names, &list);
    return phrases_in(&list);
}

/* ---- the parts of a scheme ---- */

static void read_grades(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_scheme_grade) grades = {0};
    const struct mn_xml *holder = child_of(node, MN_SE_GRADE) ? node : source->root;
    for (const struct mn_xml *xml = child_of(holder, MN_SE_GRADE); xml; xml = next_of(xml, MN_SE_GRADE)) {
        struct mn_scheme_grade *grade = MN_APPEND(source->loader->rules->arena, &grades);
        struct phrase_list list = {0};
        if (!grade) {
            no_memory(source->loader);
            return;
        }
        add_phrases(source, xml, false, &list);
        *grade = (struct mn_scheme_grade){mn_xml_attribute(xml, "value"), phrases_in(&list)};
    }
    scheme->grades = grades.items;
    scheme->grade_count = grades.count;
}

static void read_groups(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_scheme_group) groups = {0};
    for (const struct mn_xml *xml = child_of(node, MN_SE_GROUP); xml; xml = next_of(xml, MN_SE_GROUP)) {
        struct mn_scheme_group *group = MN_APPEND(source->loader->rules->arena, &groups);
        struct phrase_list list = {0};
        if (!group) {
            no_memory(source->loader);
            return;
        }
        for (const struct mn_xml *label = child_of(xml, MN_SE_LABEL); label; label = next_of(label, MN_SE_LABEL))
            add_phrases(source, label, true, &list);
        *group = (struct mn_scheme_group){mn_xml_attribute(xml, "name"), phrases_in(&list)};
    }
    scheme->groups = groups.items;
    scheme->group_count = groups.count;
}

/* The group that a judgement names, or MN_NO_SYMBOL. */
static uint32_t find_group(const struct source *source, const struct mn_xml *node, const struct mn_scheme *scheme)
{
    struct mn_slice name = mn_xml_attribute(node, "group");
    struct mn_names names = {0};
    for (uint32_t i = 0; name.data && i < scheme->group_count; i++)
        if (mn_slice_equal(scheme->groups[i].name, name))
            return i;
    for (size_t i = 0; name.data && i < scheme->group_count; i++)
        mn_names_add(&names, source->loader->scratch, scheme->groups[i].name);
    if (name.data)
        mn_report_unknown(source->loader, mn_xml_attribute_place(source->file, node, "group"), "group", "", name,
                          &names, "the name of a <group> of this scheme");
    return MN_NO_SYMBOL;
}

static bool has_judgement(const struct mn_scheme_judgement *judgements, size_t count, struct mn_slice name)
{
    for (size_t i = 0; i < count; i++)
        if (mn_slice_equal(judgements[i].name, name))
            return true;
    return false;
}

static struct mn_scheme_judgement read_judgement(const struct source *source, const struct mn_xml *node,
                                                 const struct mn_scheme *scheme)
{
    struct phrase_list list = {0};
    struct mn_slice name = mn_xml_attribute(node, "name"), aspect = mn_xml_attribute(node, "aspect");
    for (const struct mn_xml *label = child_of(node, MN_SE_LABEL); label; label = next_of(label, MN_SE_LABEL))
        add_phrases(source, label, true, &list);
    return (struct mn_scheme_judgement){
        .name = name,
        .aspect = aspect.data ? aspect : name,
        .rule = mn_full_name(source->loader, scheme->name, name),
        .group = find_group(source, node, scheme),
        .optional = mn_scheme_language_is_true(node, "optional"),
        .labels = phrases_in(&list),
    };
}

static void read_judgements(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_scheme_judgement) judgements = {0};
    for (const struct mn_xml *xml = child_of(node, MN_SE_JUDGEMENT); xml; xml = next_of(xml, MN_SE_JUDGEMENT)) {
        struct mn_slice name = mn_xml_attribute(xml, "name");
        if (has_judgement(judgements.items, judgements.count, name))
            mn_report_error(&source->loader->report, mn_xml_attribute_place(source->file, xml, "name"),
                            "a second judgement '%.*s' in this scheme; expected a name of its own",
                            MN_SLICE_ARGS(name));
        struct mn_scheme_judgement *judgement = MN_APPEND(source->loader->rules->arena, &judgements);
        if (!judgement) {
            no_memory(source->loader);
            return;
        }
        *judgement = read_judgement(source, xml, scheme);
    }
    scheme->judgements = judgements.items;
    scheme->judgement_count = judgements.count;
}

static void read_abolished(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_slice) names = {0};
    for (const struct mn_xml *xml = child_of(node, MN_SE_ABOLISHED); xml; xml = next_of(xml, MN_SE_ABOLISHED)) {
        struct mn_slice name = mn_xml_attribute(xml, "name");
        if (has_judgement(scheme->judgements, scheme->judgement_count, name))
            mn_report_error(&source->loader->report, mn_xml_place(source->file, xml),
                            "'%.*s' is a judgement of this scheme and abolished too; expected one of the two",
                            MN_SLICE_ARGS(name));
        struct mn_slice *slot = MN_APPEND(source->loader->rules->arena, &names);
        if (!slot) {
            no_memory(source->loader);
            return;
        }
        *slot = name;
    }
    scheme->abolished = names.items;
    scheme->abolished_count = names.count;
}

static void read_notes(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_slice) notes = {0};
    for (const struct mn_xml *xml = child_of(node, MN_SE_NOTE); xml; xml = next_of(xml, MN_SE_NOTE)) {
        struct mn_slice *note = MN_APPEND(source->loader->rules->arena, &notes);
        if (!note) {
            no_memory(source->loader);
            return;
        }
        *note = words_of(source, xml);
    }
    scheme->notes = notes.items;
    scheme->note_count = notes.count;
}

/* ---- examples ---- */

/* Each <find> names a judgement, or an abolished one, of the scheme. */
static void check_marks(const struct source *source, const struct mn_xml *node, const struct mn_scheme *scheme)
{
    for (const struct mn_xml *mark = node->first; mark; mark = mark->next) {
        struct mn_slice name = mn_xml_attribute(mark, "judgement");
        struct mn_names known = {0};
        if (!mark->name.size)
            continue;
        for (size_t i = 0; i < scheme->judgement_count; i++)
            mn_names_add(&known, source->loader->scratch, scheme->judgements[i].name);
        for (size_t i = 0; i < scheme->abolished_count; i++)
            mn_names_add(&known, source->loader->scratch, scheme->abolished[i]);
        if (!name.data)
            mn_report_error(&source->loader->report, mn_xml_place(source->file, mark),
                            "<%.*s> in an example of a scheme; expected <find judgement=\"…\" value=\"…\"> or "
                            "<find judgement=\"…\" missing=\"…\"/>",
                            MN_SLICE_ARGS(mark->name));
        else if (mn_names_find(&known, name) == MN_NO_SYMBOL)
            mn_report_unknown(source->loader, mn_xml_attribute_place(source->file, mark, "judgement"), "judgement", "",
                              name, &known, "a judgement of this scheme");
    }
}

static void read_examples(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    MN_VECTOR(struct mn_example) examples = {0};
    for (const struct mn_xml *xml = node->first; xml && !source->loader->report.no_memory; xml = xml->next) {
        if (xml->element != MN_SE_EXAMPLE && xml->element != MN_SE_COUNTEREXAMPLE)
            continue;
        struct mn_example *example = MN_APPEND(source->loader->rules->arena, &examples);
        if (!example || !mn_read_example(source->loader, source->file, NULL, xml, example)) {
            no_memory(source->loader);
            return;
        }
        example->counter = xml->element == MN_SE_COUNTEREXAMPLE;
        check_marks(source, xml, scheme);
    }
    scheme->examples = examples.items;
    scheme->example_count = examples.count;
}

/* ---- schemes ---- */

static void check_days(const struct source *source, const struct mn_xml *node, const struct mn_scheme *scheme)
{
    if (scheme->from.size && scheme->until.size && mn_slice_compare(scheme->from, scheme->until) > 0)
        mn_report_error(&source->loader->report, mn_xml_attribute_place(source->file, node, "until"),
                        "until=\"%.*s\" is before from=\"%.*s\"; expected the last day on which inspections began "
                        "under this scheme",
                        MN_SLICE_ARGS(scheme->until), MN_SLICE_ARGS(scheme->from));
}

static void check_name(const struct source *source, const struct mn_xml *node, struct mn_slice name)
{
    if (mn_names_find(&source->loader->scheme_names, name) != MN_NO_SYMBOL)
        mn_report_error(&source->loader->report, mn_xml_attribute_place(source->file, node, "name"),
                        "'%.*s' is the name of a scheme already; expected a name of its own", MN_SLICE_ARGS(name));
    else if (mn_names_add(&source->loader->scheme_names, source->loader->scratch, name) == MN_NO_SYMBOL)
        no_memory(source->loader);
}

static void check_grades(const struct source *source, const struct mn_xml *node, const struct mn_scheme *scheme)
{
    if (scheme->judgement_count && !scheme->grade_count)
        mn_report_error(&source->loader->report, mn_xml_place(source->file, node),
                        "judgements, but no <grade> in this scheme or its <schemes>; expected the words of its scale");
}

static void read_scheme(const struct source *source, const struct mn_xml *node, struct mn_scheme *scheme)
{
    const struct mn_xml *title = child_of(node, MN_SE_TITLE);
    *scheme = (struct mn_scheme){
        .name = mn_xml_attribute(node, "name"),
        .title = title ? words_of(source, title) : MN_EMPTY,
        .inspectorate = mn_xml_attribute(source->root, "inspectorate"),
        .addressee = mn_xml_attribute(source->root, "addressee"),
        .scale = mn_xml_attribute(source->root, "scale"),
        .from = mn_xml_attribute(node, "from"),
        .until = mn_xml_attribute(node, "until"),
        .signs = phrases_of(source, node, MN_SE_SIGN, true),
        .links = phrases_of(source, node, MN_SE_LINK, false),
        .ignored = phrases_of(source, node, MN_SE_IGNORE, false),
        .earlier = phrases_of(source, node, MN_SE_EARLIER, false),
        .file = source->file->path,
        .line = mn_place_line(mn_xml_place(source->file, node), NULL),
    };
    check_name(source, node, scheme->name);
    check_days(source, node, scheme);
    read_grades(source, node, scheme);
    read_groups(source, node, scheme);
    read_judgements(source, node, scheme);
    read_abolished(source, node, scheme);
    read_notes(source, node, scheme);
    check_grades(source, node, scheme);
    read_examples(source, node, scheme);
}

void mn_load_schemes(struct mn_loader *loader)
{
    MN_VECTOR(struct mn_scheme) schemes = {0};
    for (size_t i = 0; i < loader->files.count; i++) {
        const struct mn_rule_file *file = loader->files.items[i];
        struct source source = {loader, file, file->root};
        const struct mn_xml *node = file->is_schemes ? child_of(file->root, MN_SE_SCHEME) : NULL;
        for (; node && !loader->report.no_memory; node = next_of(node, MN_SE_SCHEME)) {
            struct mn_scheme *scheme = MN_APPEND(loader->rules->arena, &schemes);
            if (scheme)
                read_scheme(&source, node, scheme);
            else
                no_memory(loader);
        }
    }
    loader->rules->schemes = schemes.items;
    loader->rules->scheme_count = schemes.count;
}
