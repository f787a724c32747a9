/* schemas/rules.rng and schemas/scheme.rng against the shipped files and those of these tests. */
#include "support.h"

#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

static xmlRelaxNGPtr schema;

static bool is_valid(const char *path)
{
    xmlDocPtr document = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    cr_assert(document, "%s", path);
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema);
    cr_assert(context);
    bool valid = xmlRelaxNGValidateDoc(context, document) == 0;
    xmlRelaxNGFreeValidCtxt(context);
    xmlFreeDoc(document);
    return valid;
}

static void load_from(const char *path)
{
    xmlRelaxNGParserCtxtPtr context = xmlRelaxNGNewParserCtxt(path);
    cr_assert(context);
    schema = xmlRelaxNGParse(context);
    xmlRelaxNGFreeParserCtxt(context);
    cr_assert(schema);
}

static void load_schema(void)
{
    load_from(MN_TEST_SOURCE_DIR "/schemas/rules.rng");
}

static void load_scheme_schema(void)
{
    load_from(MN_TEST_SOURCE_DIR "/schemas/scheme.rng");
}

static void free_schema(void)
{
    xmlRelaxNGFree(schema);
    xmlCleanupParser();
}

/* The element behind a node, passing over text and comments. */
static const xmlNode *element_from(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node && strcmp((const char *)node->name, name) == 0;
}

static bool has_child(const xmlNode *node, const char *name)
{
    const xmlNode *child = element_from(node->children);
    while (child && !is_named(child, name))
        child = element_from(child->next);
    return child != NULL;
}

static const xmlNode *next_element(const xmlNode *node)
{
    if (element_from(node->children))
        return element_from(node->children);
    while (node && !element_from(node->next))
        node = node->parent;
    return node ? element_from(node->next) : NULL;
}

/* What an editor offers has its explanation: elements and attributes in them, values behind them. */
static void check_documented(const char *path)
{
    xmlDocPtr document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    cr_assert(document);
    size_t count = 0;
    for (const xmlNode *node = xmlDocGetRootElement(document); node; node = next_element(node)) {
        bool declares = is_named(node, "element") || is_named(node, "attribute");
        bool documented = declares ? has_child(node, "documentation")
                                   : !is_named(node, "value") || is_named(element_from(node->next), "documentation");
        count += declares;
        cr_expect(documented, "%s:%ld: this <%s> has no documentation", path, xmlGetLineNo(node), node->name);
    }
    cr_expect(count > 10);
    xmlFreeDoc(document);
}

Test(schema_documentation, of_rules)
{
    check_documented(MN_TEST_SOURCE_DIR "/schemas/rules.rng");
}

Test(schema_documentation, of_schemes)
{
    check_documented(MN_TEST_SOURCE_DIR "/schemas/scheme.rng");
}

/* The files name their schema, so that editors find it. */
static void check_model(const char *path)
{
    xmlDocPtr document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    cr_assert(document, "%s", path);
    const xmlNode *node = document->children;
    while (node && node->type != XML_PI_NODE)
        node = node->next;
    cr_expect(node && strcmp((const char *)node->name, "xml-model") == 0, "%s does not name its schema", path);
    xmlFreeDoc(document);
}

Test(schema_documentation, shipped_files_name_their_schemas)
{
    cr_expect(for_each_rule_file(MN_TEST_SOURCE_DIR "/rules", check_model) > 0);
    cr_expect(for_each_rule_file(MN_TEST_SOURCE_DIR "/rules/schemes", check_model) > 0);
}

static void check_valid(const char *path)
{
    cr_expect(is_valid(path), "%s is not valid", path);
}

TestSuite(rules_schema, .init = load_schema, .fini = free_schema);

Test(rules_schema, shipped_rules_are_valid)
{
    cr_expect(for_each_rule_file(MN_TEST_SOURCE_DIR "/rules", check_valid) > 0);
}

Test(rules_schema, good_files_are_valid)
{
    cr_expect(for_each_rule_file(RULES_FOLDER "/good", check_valid) > 0);
}

static void check_refused(const char *const *names, size_t count)
{
    char path[512];
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/broken/%s.xml", RULES_FOLDER, names[i]);
        cr_expect(!is_valid(path), "%s is valid", names[i]);
    }
}

/* What the loader refuses for its elements and attributes, the schema refuses too. */
Test(rules_schema, wrong_elements_and_attributes_are_not)
{
    static const char *const names[] = {
        "attribute-unknown", "attribute-values",
        "attribute-scope",   "attributes-missing",
        "pack-missing",      "pack-wrong",
        "element-unknown",   "element-misplaced",
        "element-missing",   "element-twice",
        "text-misplaced",    "namespace",
        "namespace-inside",  "root",
        "no-finds",          "table-labels",
    };
    check_refused(names, sizeof names / sizeof *names);
}

TestSuite(scheme_schema, .init = load_scheme_schema, .fini = free_schema);

Test(scheme_schema, shipped_schemes_are_valid)
{
    cr_expect(for_each_rule_file(MN_TEST_SOURCE_DIR "/rules/schemes", check_valid) > 0);
}

Test(scheme_schema, wrong_elements_and_attributes_are_not)
{
    static const char *const names[] = {"scheme-elements", "scheme-namespace", "scheme-example"};
    check_refused(names, sizeof names / sizeof *names);
}

/* ---- the scales' names, which the record's schema, the schemes' schema and the loader each have ---- */

static bool is_value(const xmlNode *node, const char *value)
{
    xmlChar *content = is_named(node, "value") ? xmlNodeGetContent(node) : NULL;
    bool is = content && strcmp((const char *)content, value) == 0;
    xmlFree(content);
    return is;
}

/* The names in the <choice> that has "ofsted" in it, sorted as they stand; their number. */
static size_t scales_of(const char *path, char names[][32], size_t most)
{
    xmlDocPtr document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    size_t count = 0;
    cr_assert(document, "%s", path);
    const xmlNode *node = xmlDocGetRootElement(document);
    while (node && !is_value(node, "ofsted"))
        node = next_element(node);
    for (; node && count < most; node = element_from(node->next)) {
        xmlChar *content = is_named(node, "value") ? xmlNodeGetContent(node) : NULL;
        if (content)
            snprintf(names[count++], 32, "%s", (const char *)content);
        xmlFree(content);
    }
    xmlFreeDoc(document);
    return count;
}

/* Does the loader take a scheme of this scale? */
static bool is_loaded(const char *scale)
{
    char text[512];
    struct mn_rules *rules = NULL;
    struct mn_error error;
    snprintf(
        text, sizeof text,
        "<schemes xmlns=\"urn:minutiae:schemes:1\" inspectorate=\"X\" scale=\"%s\"><grade value=\"g\">good</grade>"
        "<scheme name=\"s\"><title>T</title><judgement name=\"j\"><label>care</label></judgement></scheme></schemes>",
        scale);
    enum mn_status status = mn_rules_load_text("s.xml", mn_slice_of(text), &rules, NULL, &error);
    mn_rules_free(rules);
    return status == MN_OK;
}

Test(scheme_schema, has_the_scales_of_the_record)
{
    char of_record[32][32], of_schemes[32][32];
    size_t count = scales_of(MN_TEST_SOURCE_DIR "/schemas/record.rng", of_record, 32);
    cr_expect_geq(count, 8u);
    cr_expect_eq(count, scales_of(MN_TEST_SOURCE_DIR "/schemas/scheme.rng", of_schemes, 32));
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k < count && !known; k++)
            known = strcmp(of_record[i], of_schemes[k]) == 0;
        cr_expect(known, "scheme.rng lacks the scale %s", of_record[i]);
        cr_expect(is_loaded(of_record[i]), "schemes cannot have the scale %s", of_record[i]);
    }
    cr_expect(!is_loaded("unheard-of"));
}
