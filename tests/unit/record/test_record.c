#include "base/fault.h"
#include "base/utf8.h"
#include "record/record.h"
#include "sample.h"
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

/* full.xml beside this file is the record of sample_full, byte for byte. */
Test(record, has_everything_in_its_place)
{
    struct mn_document *document = sample_full();
    size_t size;
    char *expected = sample_load(MN_TEST_SOURCE_DIR "/tests/unit/record/full.xml", &size);
    char *record = sample_record(document);
    char *version = strstr(record, " version=\"" MN_VERSION "\"");
    cr_assert_not_null(version, "%s", record);
    memmove(version, version + strlen(" version=\"" MN_VERSION "\""),
            strlen(version + strlen(" version=\"" MN_VERSION "\"")) + 1);
    cr_expect_str_eq(record, expected, "%s", record);
    free(record);
    free(expected);
    sample_free(document);
}

/* What is left of a record when there is nothing to say. */
Test(record, leaves_out_what_does_not_apply)
{
    struct mn_document *document = sample_create("");
    char *record = sample_record(document);
    cr_expect_not_null(strstr(record,
                              "<text sha256=\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\" "
                              "length=\"0\"/>\n  <document kind=\"other\" xml:lang=\"en\">\n  </document>\n"
                              "  <provenance tool=\"minutiae\""),
                       "%s", record);
    cr_expect_null(strstr(record, "charset"));
    cr_expect_null(strstr(record, "anchor"));
    free(record);
    sample_free(document);
}

static const char *const exact_words[] = {
    "plain words",
    "cafe\xCC\x81 with a combining accent e\xCC\x81\xCC\xA7",
    "astral \xF0\x9D\x92\x9C\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8C\xBE",
    "no-break\xC2\xA0space\xE2\x80\xAF narrow",
    "line\r\nends\rof all\nkinds\n\nand a tab\t.",
    "& < > \" ' ]]> &amp; <quote>",
    "\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\xA8 separator",
    "private \xEF\x82\xA7 use",
    "  spaces around  ",
    "d\xCC\xA3\xCC\x87 \xEF\xAC\x81 \xE2\x84\xAB",
};

static xmlNode *find_element(xmlNode *node, const char *name)
{
    for (; node; node = node->next) {
        xmlNode *inside = NULL;
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return node;
        if (node->type == XML_ELEMENT_NODE)
            inside = find_element(node->children, name);
        if (inside)
            return inside;
    }
    return NULL;
}

static size_t number_of(xmlNode *node, const char *attribute)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)attribute);
    cr_assert_not_null(value);
    size_t number = (size_t)strtoul((const char *)value, NULL, 10);
    xmlFree(value);
    return number;
}

static void check_words(const char *words)
{
    static const char before[] = "\xF0\x9F\x8C\xB3 e\xCC\x81 \xC2\xA3 ";
    char text[256];
    snprintf(text, sizeof text, "%s%s%s", before, words, " \xE2\x80\x94 after");
    struct mn_document *document = sample_create(text);
    sample_finding(document, MN_GRADE, words);
    sample_part(document, "subject", words);
    char *record = sample_record(document);
    xmlDoc *read = xmlReadMemory(record, (int)strlen(record), NULL, NULL, 0);
    cr_assert_not_null(read, "%s", record);
    xmlNode *evidence = find_element(xmlDocGetRootElement(read), "evidence");
    xmlChar *quote = xmlNodeGetContent(find_element(evidence, "quote"));
    xmlChar *subject = xmlNodeGetContent(find_element(xmlDocGetRootElement(read), "subject"));
    cr_expect_str_eq((char *)quote, words);
    cr_expect_str_eq((char *)subject, words);
    size_t start = mn_utf8_length(MN_LITERAL(before)), length = mn_utf8_length(mn_slice_of(words));
    cr_expect_eq(number_of(evidence, "start"), start);
    cr_expect_eq(number_of(evidence, "end"), start + length);
    xmlFree(quote);
    xmlFree(subject);
    xmlFreeDoc(read);
    free(record);
    sample_free(document);
}

Test(record, quotes_exactly_with_offsets_in_code_points)
{
    for (size_t i = 0; i < sizeof exact_words / sizeof *exact_words; i++)
        check_words(exact_words[i]);
}

static const struct {
    const char *stated, *written;
} languages[] = {
    {"", "en"},          {"en", "en"},     {"cy", "cy"},       {"en-GB", "en-GB"}, {"gd-x-1", "gd-x-1"},
    {"en_GB", "en"},     {"-en", "en"},    {"en-", "en"},      {"e n", "en"},      {"1en", "en"},
    {"abcdefghi", "en"}, {"en--GB", "en"}, {"\xC3\xA9", "en"},
};

Test(record, states_a_language_that_is_one)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        struct mn_document *document = sample_create("x");
        char expected[64];
        document->language = mn_slice_of(languages[i].stated);
        char *record = sample_record(document);
        snprintf(expected, sizeof expected, " xml:lang=\"%s\"", languages[i].written);
        cr_expect_not_null(strstr(record, expected), "'%s': %s", languages[i].stated, record);
        free(record);
        sample_free(document);
    }
}

static const struct {
    const char *name, *written;
} names[] = {
    {"a b/\xC3\xA9.txt", "a b/\xC3\xA9.txt"},         {"", "-"},
    {"caf\xE9.txt", "caf\xEF\xBF\xBD.txt"},           {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"cut \xE2\x80", "cut \xEF\xBF\xBD\xEF\xBF\xBD"}, {"a\"<&>\nb", "a&quot;&lt;&amp;&gt;&#10;b"},
};

Test(record, names_of_files_may_be_any_bytes)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mn_document *document = sample_create("x");
        char expected[64];
        document->source.name = mn_slice_of(names[i].name);
        char *record = sample_record(document);
        snprintf(expected, sizeof expected, "<source name=\"%s\"", names[i].written);
        cr_expect_not_null(strstr(record, expected), "%zu: %s", i, record);
        free(record);
        sample_free(document);
    }
}

static const struct {
    const char *role, *when, *basis, *expected;
} anchors[] = {
    {"meeting", "2024-03-05", "stated", " anchor=\"2024-03-05\" anchor-basis=\"stated\""},
    {"published", "2024-03-05", "given", " anchor=\"2024-03-05\" anchor-basis=\"given\""},
    {"meeting", "2024-03", "inferred", " anchor=\"2024-03\" anchor-basis=\"inferred\""},
    {"next-meeting", "2024-03-05", "stated", NULL},
    {"meeting", "--03-05", "stated", NULL},
};

Test(record, tells_the_anchor_and_its_basis)
{
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        struct mn_document *document = sample_create("x");
        sample_fact(document, "date", "next-meeting", "2025-01-01", "stated", NULL);
        sample_fact(document, "date", anchors[i].role, anchors[i].when, anchors[i].basis, NULL);
        char *record = sample_record(document);
        cr_expect_not_null(strstr(record, anchors[i].expected ? anchors[i].expected : "ff\"/>\n</record>"), "%zu: %s",
                           i, record);
        free(record);
        sample_free(document);
    }
}

Test(record, writes_nothing_when_memory_is_out)
{
    bool done = false;
    size_t failures = 0;
    for (size_t n = 1; !done; n++) {
        struct mn_document *document = sample_full();
        struct mn_writer writer;
        struct mn_error error = {0};
        mn_writer_init(&writer, NULL);
        document->source.name = MN_LITERAL("bad \xFF name");
        mn_fault_after(n);
        enum mn_status status = mn_record_write(document, &writer, &error);
        if (status == MN_OK)
            status = mn_writer_finish(&writer, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_expect_eq(status, done ? MN_OK : MN_NO_MEMORY);
        cr_expect_eq(writer.size > 0, done);
        failures += !done;
        mn_writer_free(&writer);
        sample_free(document);
    }
    cr_expect_geq(failures, 4u);
}
