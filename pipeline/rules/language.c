#include "rules/language.h"

#include <stdlib.h>

static const char *const by_words[] = {"exact", "fold", "stem", NULL};
static const char *const scope_words[] = {"sentence", "block", "head",    "item",    "list",     "cell",
                                          "row",      "table", "section", "opening", "document", NULL};
static const char *const evidence_words[] = {"match", "sentence", "block", "item", NULL};
static const char *const items_words[] = {"list", "paragraphs", "either", NULL};
static const char *const headers_words[] = {"top", "side", "either", NULL};
static const char *const values_words[] = {"right", "below", "either", NULL};
static const char *const overlap_words[] = {"settle", "allow", NULL};
static const char *const side_words[] = {"either", "before", "after", NULL};
static const char *const at_words[] = {"item", "lead-in", NULL};
static const char *const from_words[] = {"inside", "before", "after", "around", NULL};
static const char *const give_in_words[] = {"sentence", "block", "item", "list", "table", "section", "document", NULL};
static const char *const before_words[] = {"number", NULL};
static const char *const truth_words[] = {"false", "true", NULL};

static const struct mn_grammar_attribute none[] = {{0}};
static const struct mn_grammar_attribute rules_attributes[] = {{"pack", MN_VALUE_PACK, true, NULL}, {0}};
static const struct mn_grammar_attribute named_attributes[] = {{"name", MN_VALUE_NAME, true, NULL}, {0}};
static const struct mn_grammar_attribute use_attributes[] = {{"pack", MN_VALUE_PACK, true, NULL}, {0}};
static const struct mn_grammar_attribute off_attributes[] = {{"rule", MN_VALUE_NAME, true, NULL}, {0}};
static const struct mn_grammar_attribute lexicon_attributes[] = {{"name", MN_VALUE_NAME, true, NULL},
                                                                 {"by", MN_VALUE_WORDS, false, by_words},
                                                                 {"file", MN_VALUE_FILE, false, NULL},
                                                                 {0}};
static const struct mn_grammar_attribute entry_attributes[] = {
    {"value", MN_VALUE_SOME_TEXT, false, NULL}, {"by", MN_VALUE_WORDS, false, by_words}, {0}};
static const struct mn_grammar_attribute rule_attributes[] = {{"name", MN_VALUE_NAME, true, NULL},
                                                              {"finds", MN_VALUE_NAME, false, NULL},
                                                              {"in", MN_VALUE_SCOPE, false, scope_words},
                                                              {"section", MN_VALUE_NAMES, false, NULL},
                                                              {"priority", MN_VALUE_NUMBER, false, NULL},
                                                              {"evidence", MN_VALUE_WORDS, false, evidence_words},
                                                              {"key", MN_VALUE_NAME, false, NULL},
                                                              {"overlap", MN_VALUE_WORDS, false, overlap_words},
                                                              {0}};
static const struct mn_grammar_attribute list_attributes[] = {{"name", MN_VALUE_NAME, true, NULL},
                                                              {"finds", MN_VALUE_NAME, false, NULL},
                                                              {"items", MN_VALUE_WORDS, false, items_words},
                                                              {"section", MN_VALUE_NAMES, false, NULL},
                                                              {"priority", MN_VALUE_NUMBER, false, NULL},
                                                              {"key", MN_VALUE_NAME, false, NULL},
                                                              {"overlap", MN_VALUE_WORDS, false, overlap_words},
                                                              {0}};
static const struct mn_grammar_attribute table_attributes[] = {{"name", MN_VALUE_NAME, true, NULL},
                                                               {"finds", MN_VALUE_NAME, false, NULL},
                                                               {"headers", MN_VALUE_WORDS, false, headers_words},
                                                               {"values", MN_VALUE_WORDS, false, values_words},
                                                               {"section", MN_VALUE_NAMES, false, NULL},
                                                               {"priority", MN_VALUE_NUMBER, false, NULL},
                                                               {"key", MN_VALUE_NAME, false, NULL},
                                                               {"overlap", MN_VALUE_WORDS, false, overlap_words},
                                                               {0}};
static const struct mn_grammar_attribute section_attributes[] = {{"name", MN_VALUE_NAME, true, NULL},
                                                                 {"role", MN_VALUE_NAME, true, NULL},
                                                                 {"section", MN_VALUE_NAMES, false, NULL},
                                                                 {"priority", MN_VALUE_NUMBER, false, NULL},
                                                                 {0}};
static const struct mn_grammar_attribute abbreviation_attributes[] = {{"before", MN_VALUE_WORDS, false, before_words},
                                                                      {0}};
static const struct mn_grammar_attribute common_attributes[] = {{"per-thousand", MN_VALUE_COUNT, false, NULL}, {0}};
static const struct mn_grammar_attribute label_attributes[] = {
    {"role", MN_VALUE_NAME, true, NULL}, {"inline", MN_VALUE_WORDS, false, truth_words}, {0}};
static const struct mn_grammar_attribute condition_attributes[] = {
    {"near", MN_VALUE_NAME, false, NULL},        {"within", MN_VALUE_COUNT, false, NULL},
    {"side", MN_VALUE_WORDS, false, side_words}, {"in", MN_VALUE_WORDS, false, give_in_words},
    {"at", MN_VALUE_WORDS, false, at_words},     {0}};
static const struct mn_grammar_attribute give_attributes[] = {{"to", MN_VALUE_NAME, true, NULL},
                                                              {"from", MN_VALUE_WORDS, false, from_words},
                                                              {"in", MN_VALUE_WORDS, false, give_in_words},
                                                              {"within", MN_VALUE_COUNT, false, NULL},
                                                              {"tokens", MN_VALUE_COUNT, false, NULL},
                                                              {"lacking", MN_VALUE_NAME, false, NULL},
                                                              {"priority", MN_VALUE_NUMBER, false, NULL},
                                                              {0}};
static const struct mn_grammar_attribute example_attributes[] = {{"date", MN_VALUE_DATE, false, NULL}, {0}};
static const struct mn_grammar_attribute mark_attributes[] = {{"is", MN_VALUE_SOME_TEXT, false, NULL}, {0}};

#define BIT(element) MN_GRAMMAR_BIT(MN_EL_##element)
#define RULE_KINDS (BIT(RULE) | BIT(LIST_RULE) | BIT(TABLE_RULE) | BIT(SECTION_RULE))
#define FINDING_RULES (BIT(RULE) | BIT(LIST_RULE) | BIT(TABLE_RULE))
#define NOTED (BIT(RULES) | BIT(LEXICON) | BIT(SEGMENTATION) | RULE_KINDS)

/* The language in one table: where an element may stand, what it holds, what it needs. */
static const struct mn_grammar_element elements[MN_ELEMENT_COUNT] = {
    [MN_EL_RULES] = {"rules", MN_HOLDS_ELEMENTS, 0, 0, 0, false, rules_attributes},
    [MN_EL_NOTE] = {"note", MN_HOLDS_TEXT, NOTED, 0, 0, false, none},
    [MN_EL_USE] = {"use", MN_HOLDS_NOTHING, BIT(RULES), 0, 0, false, use_attributes},
    [MN_EL_OFF] = {"off", MN_HOLDS_TEXT, BIT(RULES), 0, 0, false, off_attributes},
    [MN_EL_COMMON] = {"common", MN_HOLDS_TEXT, BIT(RULES), 0, 0, false, common_attributes},
    [MN_EL_CLASS] = {"class", MN_HOLDS_TEXT, BIT(RULES), 0, 0, false, named_attributes},
    [MN_EL_LEXICON] = {"lexicon", MN_HOLDS_ELEMENTS, BIT(RULES), 0, 0, false, lexicon_attributes},
    [MN_EL_ENTRY] = {"entry", MN_HOLDS_TEXT, BIT(LEXICON), 0, 0, false, entry_attributes},
    [MN_EL_DEFINE] = {"define", MN_HOLDS_TEXT, BIT(RULES), 0, 0, false, named_attributes},
    [MN_EL_RULE] = {"rule", MN_HOLDS_ELEMENTS, BIT(RULES), BIT(PATTERN), 0, false, rule_attributes},
    [MN_EL_LIST_RULE] = {"list-rule", MN_HOLDS_ELEMENTS, BIT(RULES), BIT(LEAD_IN), 0, false, list_attributes},
    [MN_EL_TABLE_RULE] = {"table-rule", MN_HOLDS_ELEMENTS, BIT(RULES), 0, 0, false, table_attributes},
    [MN_EL_SECTION_RULE] = {"section-rule", MN_HOLDS_ELEMENTS, BIT(RULES), BIT(PATTERN), 0, false, section_attributes},
    [MN_EL_SEGMENTATION] = {"segmentation", MN_HOLDS_ELEMENTS, BIT(RULES), 0, 0, false, none},
    [MN_EL_ABBREVIATION] = {"abbreviation", MN_HOLDS_TEXT, BIT(SEGMENTATION), 0, 0, false, abbreviation_attributes},
    [MN_EL_LABEL] = {"label", MN_HOLDS_TEXT, BIT(SEGMENTATION), 0, 0, false, label_attributes},
    [MN_EL_COLUMN_TITLE] = {"column-title", MN_HOLDS_TEXT, BIT(SEGMENTATION), 0, 0, false, none},
    [MN_EL_FURNITURE] = {"furniture", MN_HOLDS_TEXT, BIT(SEGMENTATION), 0, 0, false, none},
    [MN_EL_RESULT] = {"result", MN_HOLDS_TEXT, BIT(SEGMENTATION), 0, 0, false, none},
    [MN_EL_PATTERN] = {"pattern", MN_HOLDS_TEXT, BIT(RULE) | BIT(SECTION_RULE), 0, 0, false, none},
    [MN_EL_LEAD_IN] = {"lead-in", MN_HOLDS_TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_ITEM] = {"item", MN_HOLDS_TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_NESTED] = {"nested", MN_HOLDS_TEXT, BIT(LIST_RULE), 0, 0, false, none},
    [MN_EL_COLUMN] = {"column", MN_HOLDS_ELEMENTS, BIT(TABLE_RULE), BIT(HEADER), BIT(HEADER) | BIT(CELL), false,
                      named_attributes},
    [MN_EL_HEADER] = {"header", MN_HOLDS_TEXT, BIT(COLUMN), 0, 0, false, none},
    [MN_EL_CELL] = {"cell", MN_HOLDS_TEXT, BIT(COLUMN), 0, 0, false, none},
    [MN_EL_CELL_LABEL] = {"label", MN_HOLDS_TEXT, BIT(TABLE_RULE), 0, 0, false, none},
    [MN_EL_CELL_VALUE] = {"value", MN_HOLDS_TEXT, BIT(TABLE_RULE), 0, 0, false, none},
    [MN_EL_UNLESS] = {"unless", MN_HOLDS_TEXT, RULE_KINDS, 0, 0, false, condition_attributes},
    [MN_EL_REQUIRES] = {"requires", MN_HOLDS_TEXT, RULE_KINDS, 0, 0, false, condition_attributes},
    [MN_EL_SET] = {"set", MN_HOLDS_NOTHING, FINDING_RULES, 0, 0, true, none},
    [MN_EL_GIVE] = {"give", MN_HOLDS_NOTHING, FINDING_RULES, 0, 0, false, give_attributes},
    [MN_EL_EXAMPLE] = {"example", MN_HOLDS_MIXED, RULE_KINDS, 0, 0, false, example_attributes},
    [MN_EL_COUNTEREXAMPLE] = {"counterexample", MN_HOLDS_MIXED, RULE_KINDS, 0, 0, false, example_attributes},
    [MN_EL_MARK] = {"mark", MN_HOLDS_MIXED, BIT(EXAMPLE) | BIT(COUNTEREXAMPLE) | BIT(MARK), 0, 0, false,
                    mark_attributes},
};

static const struct mn_grammar grammar = {
    .namespace = "urn:minutiae:rules:1",
    .elements = elements,
    .count = MN_ELEMENT_COUNT,
    .root = MN_EL_RULES,
    .mark = MN_EL_MARK,
    .whole_mark = "find",
    .opening = "<rules pack=\"…\">",
};

void mn_language_check(struct mn_rule_file *file, struct mn_report *report)
{
    mn_grammar_check(&grammar, file, report);
    file->pack = file->root ? mn_xml_attribute(file->root, "pack") : MN_EMPTY;
}

unsigned mn_language_word(const struct mn_xml *node, const char *attribute, unsigned absent)
{
    return mn_grammar_word(&grammar, node, attribute, absent);
}

int32_t mn_language_number(const struct mn_xml *node, const char *attribute, int32_t absent)
{
    struct mn_slice value = mn_xml_attribute(node, attribute);
    if (!value.data || !mn_grammar_is_whole_number(value, true))
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
