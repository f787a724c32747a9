#include "rules/language.h"

#include "rules/nearest.h"
#include <stdlib.h>

enum content { NOTHING, ELEMENTS, TEXT, MIXED };
enum value { ANY_TEXT, SOME_TEXT, NAME, NAMES, PACK, NUMBER, COUNT, WORDS, SCOPE, DATE };

struct attribute {
    const char *name;
    enum value type;
    bool required;
    const char *const *words;
};

struct element {
    const char *name;
    enum content content;
    uint32_t parents;                   /* bits: enum mn_element */
    uint32_t needs;                     /* bits: children it must have */
    uint32_t single;                    /* bits: children it may have only once */
    bool any_attributes;                /* any names, at least one for `set` */
    const struct attribute *attributes; /* ends with a null name */
};

static const char *const by_words[] = {"exact", "fold", "stem", NULL};
static const char *const scope_words[] = {"sentence", "block", "head",    "item",    "list",     "cell",
                                          "row",      "table", "section", "opening", "document", NULL};
static const char *const evidence_words[] = {"match", "sentence", "block", "item", NULL};
static const char *const items_words[] = {"list", "paragraphs", "either", NULL};
static const char *const side_words[] = {"either", "before", "after", NULL};
static const char *const at_words[] = {"item", "lead-in", NULL};
static const char *const from_words[] = {"inside", "before", "after", "around", NULL};
static const char *const before_words[] = {"number", NULL};
static const char *const truth_words[] = {"false", "true", NULL};

static const struct attribute none[] = {{0}};
static const struct attribute rules_attributes[] = {{"pack", PACK, true, NULL}, {0}};
static const struct attribute named_attributes[] = {{"name", NAME, true, NULL}, {0}};
static const struct attribute lexicon_attributes[] = {{"name", NAME, true, NULL}, {"by", WORDS, false, by_words}, {0}};
static const struct attribute entry_attributes[] = {
    {"value", SOME_TEXT, false, NULL}, {"by", WORDS, false, by_words}, {0}};
static const struct attribute rule_attributes[] = {
    {"name", NAME, true, NULL},        {"finds", NAME, false, NULL},
    {"in", SCOPE, false, scope_words}, {"section", NAMES, false, NULL},
    {"priority", NUMBER, false, NULL}, {"evidence", WORDS, false, evidence_words},
    {"key", NAME, false, NULL},        {0}};
static const struct attribute list_attributes[] = {{"name", NAME, true, NULL},
                                                   {"finds", NAME, false, NULL},
                                                   {"items", WORDS, false, items_words},
                                                   {"section", NAMES, false, NULL},
                                                   {"priority", NUMBER, false, NULL},
                                                   {"key", NAME, false, NULL},
                                                   {0}};
static const struct attribute table_attributes[] = {{"name", NAME, true, NULL},      {"finds", NAME, false, NULL},
                                                    {"section", NAMES, false, NULL}, {"priority", NUMBER, false, NULL},
                                                    {"key", NAME, false, NULL},      {0}};
static const struct attribute section_attributes[] = {{"name", NAME, true, NULL},
                                                      {"role", NAME, true, NULL},
                                                      {"section", NAMES, false, NULL},
                                                      {"priority", NUMBER, false, NULL},
                                                      {0}};
static const struct attribute abbreviation_attributes[] = {{"before", WORDS, false, before_words}, {0}};
static const struct attribute label_attributes[] = {
    {"role", NAME, true, NULL}, {"inline", WORDS, false, truth_words}, {0}};
static const struct attribute condition_attributes[] = {{"near", NAME, false, NULL},
                                                        {"within", COUNT, false, NULL},
                                                        {"side", WORDS, false, side_words},
                                                        {"at", WORDS, false, at_words},
                                                        {0}};
static const struct attribute give_attributes[] = {
    {"to", NAME, true, NULL}, {"from", WORDS, true, from_words}, {"within", COUNT, false, NULL}, {0}};
static const struct attribute example_attributes[] = {{"date", DATE, false, NULL}, {0}};
static const struct attribute mark_attributes[] = {{"is", SOME_TEXT, false, NULL}, {0}};

#define BIT(element) (1u << MN_EL_##element)
#define RULE_KINDS (BIT(RULE) | BIT(LIST_RULE) | BIT(TABLE_RULE) | BIT(SECTION_RULE))
#define FINDING_RULES (BIT(RULE) | BIT(LIST_RULE) | BIT(TABLE_RULE))
#define NOTED (BIT(RULES) | BIT(LEXICON) | BIT(SEGMENTATION) | RULE_KINDS)

/* The language in one table: where an element may stand, what it holds, what it needs. */
static const struct element elements[MN_ELEMENT_COUNT] = {
    [MN_EL_RULES] = {"rules", ELEMENTS, 0, 0, 0, false, rules_attributes},
    [MN_EL_NOTE] = {"note", TEXT, NOTED, 0, 0, false, none},
    [MN_EL_COMMON] = {"common", TEXT, BIT(RULES), 0, 0, false, none},
    [MN_EL_CLASS] = {"class", TEXT, BIT(RULES), 0, 0, false, named_attributes},
    [MN_EL_LEXICON] = {"lexicon", ELEMENTS, BIT(RULES), BIT(ENTRY), 0, false, lexicon_attributes},
    [MN_EL_ENTRY] = {"entry", TEXT, BIT(LEXICON), 0, 0, false, entry_attributes},
    [MN_EL_DEFINE] = {"define", TEXT, BIT(RULES), 0, 0, false, named_attributes},
    [MN_EL_RULE] = {"rule", ELEMENTS, BIT(RULES), BIT(PATTERN), BIT(GIVE), false, rule_attributes},
    [MN_EL_LIST_RULE] = {"list-rule", ELEMENTS, BIT(RULES), BIT(LEAD_IN), BIT(GIVE), false, list_attributes},
    [MN_EL_TABLE_RULE] = {"table-rule", ELEMENTS, BIT(RULES), BIT(COLUMN), BIT(GIVE), false, table_attributes},
    [MN_EL_SECTION_RULE] = {"section-rule", ELEMENTS, BIT(RULES), BIT(PATTERN), 0, false, section_attributes},
    [MN_EL_SEGMENTATION] = {"segmentation", ELEMENTS, BIT(RULES), 0, 0, false, none},
    [MN_EL_ABBREVIATION] = {"abbreviation", TEXT, BIT(SEGMENTATION), 0, 0, false, abbreviation_attributes},
    [MN_EL_LABEL] = {"label", TEXT, BIT(SEGMENTATION), 0, 0, false, label_attributes},
    [MN_EL_FURNITURE] = {"furniture", TEXT, BIT(SEGMENTATION), 0, 0, false, none},
    [MN_EL_PATTERN] = {"pattern", TEXT, BIT(RULE) | BIT(SECTION_RULE), 0, 0, false, none},
    [MN_EL_LEAD_IN] = {"lead-in", TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_ITEM] = {"item", TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_NESTED] = {"nested", TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_COLUMN] = {"column", ELEMENTS, BIT(TABLE_RULE), BIT(HEADER), BIT(HEADER) | BIT(CELL), false,
                      named_attributes},
    [MN_EL_HEADER] = {"header", TEXT, BIT(COLUMN), 0, 0, false, none},
    [MN_EL_CELL] = {"cell", TEXT, BIT(COLUMN), 0, 0, false, none},
    [MN_EL_UNLESS] = {"unless", TEXT, RULE_KINDS, 0, 0, false, condition_attributes},
    [MN_EL_REQUIRES] = {"requires", TEXT, RULE_KINDS, 0, 0, false, condition_attributes},
    [MN_EL_SET] = {"set", NOTHING, FINDING_RULES, 0, 0, true, none},
    [MN_EL_GIVE] = {"give", NOTHING, FINDING_RULES, 0, 0, false, give_attributes},
    [MN_EL_EXAMPLE] = {"example", MIXED, RULE_KINDS, 0, 0, false, example_attributes},
    [MN_EL_COUNTEREXAMPLE] = {"counterexample", MIXED, RULE_KINDS, 0, 0, false, example_attributes},
    [MN_EL_MARK] = {"mark", MIXED, BIT(EXAMPLE) | BIT(COUNTEREXAMPLE) | BIT(MARK), 0, 0, false, mark_attributes},
};

struct check {
    struct mn_rule_file *file;
    struct mn_report *report;
    struct mn_arena *arena;
};

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-';
}

bool mn_language_is_name(struct mn_slice name)
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

static bool is_whole_number(struct mn_slice text, bool sign)
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
        if (!mn_language_is_name(name))
            return false;
        while (i < text.size && strchr(" \t\n", text.data[i]))
            i++;
    }
    return count > 0;
}

static bool is_scope(const char *const *words, struct mn_slice value)
{
    if (mn_slice_starts(value, MN_LITERAL("@")))
        return mn_language_is_name(mn_slice_cut(value, 1, value.size));
    return words[word_index(words, value)] != NULL;
}

static bool fits(const struct attribute *attribute, struct mn_slice value)
{
    switch (attribute->type) {
    case ANY_TEXT:
        return true;
    case SOME_TEXT:
        return mn_slice_trim(value).size > 0;
    case NAME:
        return mn_language_is_name(value);
    case PACK:
        return mn_language_is_name(value) && !memchr(value.data, '.', value.size);
    case NAMES:
        return are_names(mn_slice_trim(value));
    case NUMBER:
        return is_whole_number(value, true);
    case COUNT:
        return is_whole_number(value, false);
    case WORDS:
        return attribute->words[word_index(attribute->words, value)] != NULL;
    case SCOPE:
        return is_scope(attribute->words, value);
    case DATE:
        return is_date(value);
    }
    return false;
}

static const char *const expectations[] = {
    [ANY_TEXT] = "text",
    [SOME_TEXT] = "some text",
    [NAME] = "a name: letters, digits, hyphens and points",
    [NAMES] = "names of section roles, separated by blanks, each with an optional ! before it",
    [PACK] = "a name: letters, digits and hyphens",
    [NUMBER] = "a whole number of at most six digits",
    [COUNT] = "a whole number from 0 to 999999",
    [WORDS] = "one of",
    [SCOPE] = "@kind or one of",
    [DATE] = "a day of the calendar as YYYY-MM-DD",
};

/* "a, b, c" in `out`, cut where it would not fit. */
static void join_words(const char *const *words, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; words[i]; i++) {
        int wrote = snprintf(out + used, size - used, "%s%s", i ? ", " : "", words[i]);
        if (wrote < 0 || (size_t)wrote >= size - used)
            return;
        used += (size_t)wrote;
    }
}

static struct mn_slice nearest_word(struct check *check, const char *const *words, struct mn_slice value)
{
    struct mn_names names = {0};
    for (size_t i = 0; words[i]; i++)
        mn_names_add(&names, check->arena, mn_slice_of(words[i]));
    return mn_nearest_name(&names, value);
}

static void misfit(struct check *check, const struct mn_xml *node, const struct attribute *attribute,
                   struct mn_slice value)
{
    char words[512] = "";
    struct mn_slice near = MN_EMPTY;
    if (attribute->words) {
        join_words(attribute->words, words, sizeof words);
        near = nearest_word(check, attribute->words, value);
    }
    mn_report_error(check->report, mn_xml_attribute_place(check->file, node, attribute->name),
                    "%s=\"%.*s\" on <%.*s>; expected %s%s%s%s%.*s%s", attribute->name, MN_SLICE_ARGS(value),
                    MN_SLICE_ARGS(node->name), expectations[attribute->type], words[0] ? " " : "", words,
                    near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

static const struct attribute *find_attribute(const struct element *element, struct mn_slice name)
{
    for (const struct attribute *attribute = element->attributes; attribute->name; attribute++)
        if (mn_slice_equal(mn_slice_of(attribute->name), name))
            return attribute;
    return NULL;
}

static void unknown_attribute(struct check *check, const struct mn_xml *node, const struct element *element,
                              struct mn_slice name)
{
    const char *known[16] = {NULL};
    char list[256], written[64];
    size_t count = 0;
    for (const struct attribute *attribute = element->attributes; attribute->name && count < 15; attribute++)
        known[count++] = attribute->name;
    join_words(known, list, sizeof list);
    snprintf(written, sizeof written, "%.*s", MN_SLICE_ARGS(name));
    struct mn_slice near = nearest_word(check, known, name);
    mn_report_error(check->report, mn_xml_attribute_place(check->file, node, written),
                    "<%.*s> has no attribute '%s'; expected %s%s%.*s%s", MN_SLICE_ARGS(node->name), written,
                    list[0] ? list : "none", near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near),
                    near.size ? "'?" : "");
}

static void check_attributes(struct check *check, const struct mn_xml *node)
{
    const struct element *element = &elements[node->element];
    bool is_find = node->element == MN_EL_MARK && mn_slice_equal(node->name, MN_LITERAL("find"));
    if (node->element == MN_EL_SET && !node->attribute_count)
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<set> sets nothing; expected at least one name=\"value\"");
    for (size_t i = 0; i < node->attribute_count && !element->any_attributes && !is_find; i++) {
        const struct mn_xml_attribute *given = &node->attributes[i];
        const struct attribute *attribute = find_attribute(element, given->name);
        if (!attribute)
            unknown_attribute(check, node, element, given->name);
        else if (!fits(attribute, given->value))
            misfit(check, node, attribute, given->value);
    }
    for (const struct attribute *attribute = element->attributes; attribute->name; attribute++) {
        char words[256] = " ";
        if (!attribute->required || mn_xml_attribute(node, attribute->name).data)
            continue;
        if (attribute->words)
            join_words(attribute->words, words + 1, sizeof words - 1);
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%.*s> lacks the attribute '%s'; expected %s%s", MN_SLICE_ARGS(node->name), attribute->name,
                        expectations[attribute->type], attribute->words ? words : "");
    }
}

/* Names of the elements that may stand in this one. */
static void allowed_children(enum mn_element parent, const char **names)
{
    size_t count = 0;
    for (size_t i = 1; i < MN_EL_MARK; i++)
        if (elements[i].parents & 1u << parent)
            names[count++] = elements[i].name;
    names[count] = NULL;
}

static enum mn_element identify(const struct mn_xml *node, enum mn_element parent)
{
    if (elements[parent].content == MIXED)
        return MN_EL_MARK;
    for (size_t i = 1; i < MN_EL_MARK; i++)
        if (mn_slice_equal(mn_slice_of(elements[i].name), node->name) && elements[i].parents & 1u << parent)
            return (enum mn_element)i;
    return MN_EL_UNKNOWN;
}

static void misplaced(struct check *check, const struct mn_xml *node)
{
    const char *names[MN_ELEMENT_COUNT];
    char list[512];
    allowed_children((enum mn_element)node->parent->element, names);
    join_words(names, list, sizeof list);
    struct mn_slice near = nearest_word(check, names, node->name);
    mn_report_error(check->report, mn_xml_place(check->file, node),
                    "<%.*s> cannot stand in <%.*s>; expected %s%s%.*s%s", MN_SLICE_ARGS(node->name),
                    MN_SLICE_ARGS(node->parent->name), list[0] ? list : "only text",
                    near.size ? "; did you mean '" : "", MN_SLICE_ARGS(near), near.size ? "'?" : "");
}

/* Numbers an element by its parent's; false when it is none of the language. */
static bool number_element(struct check *check, struct mn_xml *node)
{
    if (node->foreign) {
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%.*s> is not in the namespace urn:minutiae:rules:1; expected xmlns=\"urn:minutiae:rules:1\" "
                        "on <rules> and no other namespace",
                        MN_SLICE_ARGS(node->name));
        return false;
    }
    if (node->parent)
        node->element = (uint8_t)identify(node, (enum mn_element)node->parent->element);
    else if (mn_slice_equal(node->name, MN_LITERAL("rules")))
        node->element = MN_EL_RULES;
    if (node->element != MN_EL_UNKNOWN)
        return true;
    if (node->parent)
        misplaced(check, node);
    else
        mn_report_error(check->report, mn_xml_place(check->file, node),
                        "<%.*s> at the top; expected <rules pack=\"…\">", MN_SLICE_ARGS(node->name));
    return false;
}

static void check_children(struct check *check, const struct mn_xml *node)
{
    const struct element *element = &elements[node->element];
    uint32_t seen = 0;
    for (const struct mn_xml *child = node->first; child; child = child->next) {
        uint32_t bit = child->name.size ? 1u << child->element : 0;
        if (seen & bit & element->single)
            mn_report_error(check->report, mn_xml_place(check->file, child),
                            "a second <%.*s> in this <%.*s>; expected one at most", MN_SLICE_ARGS(child->name),
                            MN_SLICE_ARGS(node->name));
        seen |= bit;
    }
    for (size_t i = 1; i < MN_ELEMENT_COUNT; i++)
        if (element->needs & ~seen & 1u << i)
            mn_report_error(check->report, mn_xml_place(check->file, node), "<%.*s> has no <%s>; expected at least one",
                            MN_SLICE_ARGS(node->name), elements[i].name);
}

static void check_text(struct check *check, const struct mn_xml *text)
{
    const struct mn_xml *parent = text->parent;
    enum content content = elements[parent->element].content;
    struct mn_slice words = mn_slice_trim(text->text);
    if (!words.size || content == TEXT || content == MIXED)
        return;
    size_t shown = words.size < 40 ? words.size : 40;
    shown = shown < words.size ? strcspn(words.data, " \t\n") : shown;
    mn_report_error(check->report, mn_xml_place(check->file, parent), "text in <%.*s>: '%.*s'; expected %s",
                    MN_SLICE_ARGS(parent->name), (int)(shown < words.size ? shown : words.size), words.data,
                    content == NOTHING ? "nothing between its tags" : "elements only");
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

void mn_language_check(struct mn_rule_file *file, struct mn_report *report)
{
    struct check check = {file, report, report->arena};
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
    file->pack = file->root ? mn_xml_attribute(file->root, "pack") : MN_EMPTY;
}

unsigned mn_language_word(const struct mn_xml *node, const char *attribute, unsigned absent)
{
    const struct attribute *known = find_attribute(&elements[node->element], mn_slice_of(attribute));
    struct mn_slice value = mn_xml_attribute(node, attribute);
    if (!value.data || !known || !known->words)
        return absent;
    unsigned word = word_index(known->words, value);
    return known->words[word] ? word : absent;
}

int32_t mn_language_number(const struct mn_xml *node, const char *attribute, int32_t absent)
{
    struct mn_slice value = mn_xml_attribute(node, attribute);
    if (!value.data || !is_whole_number(value, true))
        return absent;
    return (int32_t)strtol(value.data, NULL, 10); /* the tree's values end in a NUL */
}

const struct mn_xml *mn_language_child(const struct mn_xml *node, enum mn_element element)
{
    const struct mn_xml *child = node->first;
    while (child && child->element != element)
        child = child->next;
    return child;
}

const struct mn_xml *mn_language_next(const struct mn_xml *node, enum mn_element element)
{
    do
        node = node->next;
    while (node && node->element != element);
    return node;
}
