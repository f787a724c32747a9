#include "rules/grammar.h"

#include "rules/nearest.h"
#include <stdio.h>

struct check {
    const struct mn_grammar *grammar;
    struct mn_rule_file *file;
    struct mn_report *report;
    struct mn_arena *arena;
};

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-';
}

bool mn_grammar_is_name(struct mn_slice name)
{
    bool in_part = false;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '.' && !in_part)
            return false;
        if (name.data[i] != '.' && !is_name_byte(name.data[i]))
            return false;
        in_part = name.data[i] != '.';
    }
    return in_part;
}

bool mn_grammar_is_file_name(struct mn_slice text)
{
    bool starts = true;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '/' ? starts : !is_name_byte(byte) && byte != '_' && (byte != '.' || starts))
            return false;
        starts = byte == '/';
    }
    return text.size && !starts && text.size < 200;
}

bool mn_grammar_is_whole_number(struct mn_slice text, bool sign)
{
    size_t start = sign && text.size && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    size_t i = start;
    while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9')
        i++;
    return i == text.size && i > start && i - start <= 6;
}

/* The number that `size` digits make. */
static unsigned digits(const char *text, size_t size)
{
    unsigned number = 0;
    for (size_t i = 0; i < size; i++)
        number = 10 * number + (unsigned)(text[i] - '0');
    return number;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
    static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month] + (month == 2 && leap ? 1u : 0u);
}

static bool is_date(struct mn_slice text)
{
    static const char shape[] = "dddd-dd-dd";
    if (text.size != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (shape[i] == 'd' ? !digit : text.data[i] != '-')
            return false;
    }
    return is_day(digits(text.data, 4), digits(text.data + 5, 2), digits(text.data + 8, 2));
}

static unsigned word_index(const char *const *words, struct mn_slice value)
{
    unsigned i = 0;
    while (words[i] && !mn_slice_equal(mn_slice_of(words[i]), value))
        i++;
    return i;
}

/* Names separated by white space, each with an optional `!` before it. */
static bool are_names(struct mn_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; count++) {
        size_t start = i;
        while (i < text.size && !strchr(" \t\n", text.data[i]))
            i++;
        struct mn_slice name = mn_slice_cut(text, start, i);
        if (mn_slice_starts(name, MN_LITERAL("!")))
            name = mn_slice_cut(name, 1, name.size);
        if (!mn_grammar_is_name(name))
            return false;
        while (i < text.size && strchr(" \t\n", text.data[i]))
            i++;
    }
    return count > 0;
}

static bool is_scope(const char *const *words, struct mn_slice value)
{
    if (mn_slice_starts(value, MN_LITERAL("@")))
        return mn_grammar_is_name(mn_slice_cut(value, 1, value.size));
    return words[word_index(words, value)] != NULL;
}

static bool fits(const struct mn_grammar_attribute *attribute, struct mn_slice value)
{
    switch (attribute->type) {
    case MN_VALUE_ANY_TEXT:
        return true;
    case MN_VALUE_SOME_TEXT:
        return mn_slice_trim(value).size > 0;
    case MN_VALUE_NAME:
        return mn_grammar_is_name(value);
    case MN_VALUE_PACK:
        return mn_grammar_is_name(value) && !memchr(value.data, '.', value.size);
    case MN_VALUE_NAMES:
        return are_names(mn_slice_trim(value));
    case MN_VALUE_NUMBER:
        return mn_grammar_is_whole_number(value, true);
    case MN_VALUE_COUNT:
        return mn_grammar_is_whole_number(value, false);
    case MN_VALUE_WORDS:
        return attribute->words[word_index(attribute->words, value)] != NULL;
    case MN_VALUE_SCOPE:
        return is_scope(attribute->words, value);
    case MN_VALUE_DATE:
        return is_date(value);
    case MN_VALUE_FILE:
        return mn_grammar_is_file_name(value);
    }
    return false;
}

static const char *const expectations[] = {
    [MN_VALUE_ANY_TEXT] = "text",
    [MN_VALUE_SOME_TEXT] = "some text",
    [MN_VALUE_NAME] = "a name: letters, digits, hyphens and points",
    [MN_VALUE_NAMES] = "names of section roles, separated by blanks, each with an optional ! before it",
    [MN_VALUE_PACK] = "a name: letters, digits and hyphens",
    [MN_VALUE_NUMBER] = "a whole number of at most six digits",
    [MN_VALUE_COUNT] = "a whole number from 0 to 999999",
    [MN_VALUE_WORDS] = "one of",
    [MN_VALUE_SCOPE] = "@kind or one of",
    [MN_VALUE_DATE] = "a day of the calendar as YYYY-MM-DD",
    [MN_VALUE_FILE] = "the name of a file beside this one, such as authorities.tsv or lists/authorities.tsv",
};

static struct mn_names names_of(struct check *check, const char *const *words)
{
    struct mn_names names = {0};
    for (size_t i = 0; words[i]; i++)
        mn_names_add(&names, check->arena, mn_slice_of(words[i]));
    return names;
}

static void join_words(struct check *check, const char *const *words, char *out, size_t size)
{
    struct mn_names names = names_of(check, words);
    mn_join_names(&names, out, size);
}

static struct mn_slice nearest_word(struct check *check, const char *const *words, struct mn_slice value)
{
    struct mn_names names = names_of(check, words);
    return mn_nearest_name(&names, value);
}

static void misfit(struct check *check, const struct mn_xml *node, const struct mn_grammar_attribute *attribute,
                   struct mn_slice value)
{
    char words[512] = "";
    struct mn_slice near = MN_EMPTY;
    if (attribute->words) {
        join_words(check, attribute->words, words, sizeof words);
        near = nearest_word(check, attribute->words, value);
    }
    mn_report_error(check->report, mn_xml_attribute_place(check->file, node, attribute->name),
                    "%s=\"%.*s\" on <%.*s>; expected %s%s%s%s%.*s%s", attribute->name, MN_SLICE_ARGS(value),
                    MN_SLICE_ARGS(node->name), expectations[attribute->type], words[0] ? " " : "", words,
                    near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

static const struct mn_grammar_attribute *find_attribute(const struct mn_grammar_element *element, struct mn_slice name)
{
    for (const struct mn_grammar_attribute *attribute = element->attributes; attribute->name; attribute++)
        if (mn_slice_equal(mn_slice_of(attribute->name), name))
            return attribute;
    return NULL;
}

static void unknown_attribute(struct check *check, const struct mn_xml *node, const struct mn_grammar_element *element,
                              struct mn_slice name)
{
    const char *known[16] = {NULL};
    char list[256], written[64];
    size_t count = 0;
    for (const struct mn_grammar_attribute *attribute = element->attributes; attribute->name && count < 15; attribute++)
        known[count++] = attribute->name;
    join_words(check, known, list, sizeof list);
    snprintf(written, sizeof written, "%.*s", MN_SLICE_ARGS(name));
    struct mn_slice near = nearest_word(check, known, name);
    mn_report_error(check->report, mn_xml_attribute_place(check->file, node, written),
                    "<%.*s> has no attribute '%s'; expected %s%s%.*s%s", MN_SLICE_ARGS(node->name), written,
                    list[0] ? list : "none", near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near),
                    near.size ? "'?" : "");
}

static void check_attributes(struct check *check, const struct mn_xml *node)
{
    const struct mn_grammar_element *element = &check->grammar->elements[node->element];
    bool is_free =
        node->element == check->grammar->mark && mn_slice_equal(node->name, mn_slice_of(check->grammar->whole_mark));
    if (element->any_attributes && !node->attribute_count)
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%s> sets nothing; expected at least one name=\"value\"", element->name);
    for (size_t i = 0; i < node->attribute_count && !element->any_attributes && !is_free; i++) {
        const struct mn_xml_attribute *given = &node->attributes[i];
        const struct mn_grammar_attribute *attribute = find_attribute(element, given->name);
        if (!attribute)
            unknown_attribute(check, node, element, given->name);
        else if (!fits(attribute, given->value))
            misfit(check, node, attribute, given->value);
    }
    for (const struct mn_grammar_attribute *attribute = element->attributes; attribute->name; attribute++) {
        char words[256] = " ";
        if (!attribute->required || mn_xml_attribute(node, attribute->name).data)
            continue;
        if (attribute->words)
            join_words(check, attribute->words, words + 1, sizeof words - 1);
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%.*s> lacks the attribute '%s'; expected %s%s", MN_SLICE_ARGS(node->name), attribute->name,
                        expectations[attribute->type], attribute->words ? words : "");
    }
}

/* Names of the elements that may stand in this one. */
static void allowed_children(const struct mn_grammar *grammar, uint8_t parent, const char **names)
{
    size_t count = 0;
    for (size_t i = 1; i < grammar->mark; i++)
        if (grammar->elements[i].parents & MN_GRAMMAR_BIT(parent))
            names[count++] = grammar->elements[i].name;
    names[count] = NULL;
}

static uint8_t identify(const struct mn_grammar *grammar, const struct mn_xml *node, uint8_t parent)
{
    const struct mn_grammar_element *elements = grammar->elements;
    if (elements[parent].content == MN_HOLDS_MIXED)
        return grammar->mark;
    for (size_t i = 1; i < grammar->mark; i++)
        if (mn_slice_equal(mn_slice_of(elements[i].name), node->name) && elements[i].parents & MN_GRAMMAR_BIT(parent))
            return (uint8_t)i;
    return 0;
}

static void misplaced(struct check *check, const struct mn_xml *node)
{
    const char *names[MN_GRAMMAR_ELEMENTS];
    char list[512];
    allowed_children(check->grammar, node->parent->element, names);
    join_words(check, names, list, sizeof list);
    struct mn_slice near = nearest_word(check, names, node->name);
    mn_report_error(check->report, mn_xml_place(check->file, node),
                    "<%.*s> cannot stand in <%.*s>; expected %s%s%.*s%s", MN_SLICE_ARGS(node->name),
                    MN_SLICE_ARGS(node->parent->name), list[0] ? list : "only text",
                    near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

/* Numbers an element by its parent's; false when it is none of the language. */
static bool number_element(struct check *check, struct mn_xml *node)
{
    const struct mn_grammar *grammar = check->grammar;
    if (node->foreign) {
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%.*s> is not in the namespace %s; expected xmlns=\"%s\" on <%s> and no other namespace",
                        MN_SLICE_ARGS(node->name), grammar->namespace, grammar->namespace,
                        grammar->elements[grammar->root].name);
        return false;
    }
    if (node->parent)
        node->element = identify(grammar, node, node->parent->element);
    else if (mn_slice_equal(node->name, mn_slice_of(grammar->elements[grammar->root].name)))
        node->element = grammar->root;
    if (node->element)
        return true;
    if (node->parent)
        misplaced(check, node);
    else
        mn_report_error(check->report, mn_xml_place(check->file, node), "<%.*s> at the top; expected %s",
                        MN_SLICE_ARGS(node->name), grammar->opening);
    return false;
}

static void check_children(struct check *check, const struct mn_xml *node)
{
    const struct mn_grammar_element *element = &check->grammar->elements[node->element];
    uint64_t seen = 0;
    for (const struct mn_xml *child = node->first; child; child = child->next) {
        uint64_t bit = child->name.size ? MN_GRAMMAR_BIT(child->element) : 0;
        if (seen & bit & element->single)
            mn_report_error(check->report, mn_xml_place(check->file, child),
                            "a second <%.*s> in this <%.*s>; expected one at most", MN_SLICE_ARGS(child->name),
                            MN_SLICE_ARGS(node->name));
        seen |= bit;
    }
    for (size_t i = 1; i < check->grammar->count; i++)
        if (element->needs & ~seen & MN_GRAMMAR_BIT(i))
            mn_report_error(check->report, mn_xml_place(check->file, node), "<%.*s> has no <%s>; expected at least one",
                            MN_SLICE_ARGS(node->name), check->grammar->elements[i].name);
}

static void check_text(struct check *check, const struct mn_xml *text)
{
    const struct mn_xml *parent = text->parent;
    enum mn_content content = check->grammar->elements[parent->element].content;
    struct mn_slice words = mn_slice_trim(text->text);
    if (!words.size || content == MN_HOLDS_TEXT || content == MN_HOLDS_MIXED)
        return;
    size_t shown = words.size < 40 ? words.size : 40;
    shown = shown < words.size ? strcspn(words.data, " \t\n") : shown;
    mn_report_error(check->report, mn_xml_place(check->file, parent), "text in <%.*s>: '%.*s'; expected %s",
                    MN_SLICE_ARGS(parent->name), (int)(shown < words.size ? shown : words.size), words.data,
                    content == MN_HOLDS_NOTHING ? "nothing between its tags" : "elements only");
}

/* The node after this one in document order, not going into it when `skip`; null at the end. */
static struct mn_xml *following(struct mn_xml *node, const struct mn_xml *top, bool skip)
{
    if (node->first && !skip)
        return node->first;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

void mn_grammar_check(const struct mn_grammar *grammar, struct mn_rule_file *file, struct mn_report *report)
{
    struct check check = {grammar, file, report, report->arena};
    bool known = false;
    for (struct mn_xml *node = file->root; node; node = following(node, file->root, !known)) {
        known = true;
        if (!node->name.size) {
            check_text(&check, node);
            continue;
        }
        known = number_element(&check, node);
        if (known)
            check_attributes(&check, node);
    }
    for (struct mn_xml *node = file->root; node; node = following(node, file->root, !node->element))
        if (node->element)
            check_children(&check, node);
}

unsigned mn_grammar_word(const struct mn_grammar *grammar, const struct mn_xml *node, const char *attribute,
                         unsigned absent)
{
    const struct mn_grammar_attribute *known =
        find_attribute(&grammar->elements[node->element], mn_slice_of(attribute));
    struct mn_slice value = mn_xml_attribute(node, attribute);
    if (!value.data || !known || !known->words)
        return absent;
    unsigned word = word_index(known->words, value);
    return known->words[word] ? word : absent;
}
