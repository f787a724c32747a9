#include "rules/scheme_language.h"

static const char *const truth_words[] = {"false", "true", NULL};
static const char *const scale_words[] = {"ofsted", "cqc",       "hmicfrs", "estyn", "care-inspectorate",
                                          "rag",    "assurance", "other",   NULL};

static const struct mn_grammar_attribute none[] = {{0}};
static const struct mn_grammar_attribute schemes_attributes[] = {{"inspectorate", MN_VALUE_SOME_TEXT, true, NULL},
                                                                 {"addressee", MN_VALUE_SOME_TEXT, false, NULL},
                                                                 {"scale", MN_VALUE_WORDS, true, scale_words},
                                                                 {0}};
static const struct mn_grammar_attribute grade_attributes[] = {{"value", MN_VALUE_NAME, false, NULL}, {0}};
static const struct mn_grammar_attribute scheme_attributes[] = {{"name", MN_VALUE_PACK, true, NULL},
                                                                {"from", MN_VALUE_DATE, false, NULL},
                                                                {"until", MN_VALUE_DATE, false, NULL},
                                                                {0}};
static const struct mn_grammar_attribute group_attributes[] = {{"name", MN_VALUE_PACK, true, NULL}, {0}};
static const struct mn_grammar_attribute judgement_attributes[] = {{"name", MN_VALUE_PACK, true, NULL},
                                                                   {"aspect", MN_VALUE_PACK, false, NULL},
                                                                   {"group", MN_VALUE_PACK, false, NULL},
                                                                   {"optional", MN_VALUE_WORDS, false, truth_words},
                                                                   {0}};
static const struct mn_grammar_attribute abolished_attributes[] = {{"name", MN_VALUE_PACK, true, NULL}, {0}};
static const struct mn_grammar_attribute example_attributes[] = {{"date", MN_VALUE_DATE, false, NULL}, {0}};

#define BIT(element) (1u << MN_SE_##element)
#define NOTED (BIT(SCHEMES) | BIT(SCHEME))
#define SHARED (BIT(SCHEMES) | BIT(SCHEME))

/* The language in one table: where an element may stand, what it holds, what it needs. */
static const struct mn_grammar_element elements[MN_SCHEME_ELEMENT_COUNT] = {
    [MN_SE_SCHEMES] = {"schemes", MN_HOLDS_ELEMENTS, 0, BIT(SCHEME), 0, false, schemes_attributes},
    [MN_SE_NOTE] = {"note", MN_HOLDS_TEXT, NOTED, 0, 0, false, none},
    [MN_SE_GRADE] = {"grade", MN_HOLDS_TEXT, SHARED, 0, 0, false, grade_attributes},
    [MN_SE_LINK] = {"link", MN_HOLDS_TEXT, SHARED, 0, 0, false, none},
    [MN_SE_IGNORE] = {"ignore", MN_HOLDS_TEXT, SHARED, 0, 0, false, none},
    [MN_SE_EARLIER] = {"earlier", MN_HOLDS_TEXT, SHARED, 0, 0, false, none},
    [MN_SE_SCHEME] = {"scheme", MN_HOLDS_ELEMENTS, BIT(SCHEMES), BIT(TITLE), BIT(TITLE), false, scheme_attributes},
    [MN_SE_TITLE] = {"title", MN_HOLDS_TEXT, BIT(SCHEME), 0, 0, false, none},
    [MN_SE_SIGN] = {"sign", MN_HOLDS_TEXT, BIT(SCHEME), 0, 0, false, none},
    [MN_SE_GROUP] = {"group", MN_HOLDS_ELEMENTS, BIT(SCHEME), BIT(LABEL), 0, false, group_attributes},
    [MN_SE_JUDGEMENT] = {"judgement", MN_HOLDS_ELEMENTS, BIT(SCHEME), BIT(LABEL), 0, false, judgement_attributes},
    [MN_SE_LABEL] = {"label", MN_HOLDS_TEXT, BIT(JUDGEMENT) | BIT(GROUP), 0, 0, false, none},
    [MN_SE_ABOLISHED] = {"abolished", MN_HOLDS_NOTHING, BIT(SCHEME), 0, 0, false, abolished_attributes},
    [MN_SE_EXAMPLE] = {"example", MN_HOLDS_MIXED, BIT(SCHEME), 0, 0, false, example_attributes},
    [MN_SE_COUNTEREXAMPLE] = {"counterexample", MN_HOLDS_MIXED, BIT(SCHEME), 0, 0, false, example_attributes},
    [MN_SE_MARK] = {"mark", MN_HOLDS_MIXED, BIT(EXAMPLE) | BIT(COUNTEREXAMPLE) | BIT(MARK), 0, 0, false, none},
};

static const struct mn_grammar grammar = {
    .namespace = MN_SCHEME_NAMESPACE,
    .elements = elements,
    .count = MN_SCHEME_ELEMENT_COUNT,
    .root = MN_SE_SCHEMES,
    .mark = MN_SE_MARK,
    .whole_mark = "find",
    .opening = "<schemes inspectorate=\"…\" scale=\"…\">",
};

void mn_scheme_language_check(struct mn_rule_file *file, struct mn_report *report)
{
    mn_grammar_check(&grammar, file, report);
}

bool mn_scheme_language_is_true(const struct mn_xml *node, const char *attribute)
{
    return mn_grammar_word(&grammar, node, attribute, 0) == 1;
}
