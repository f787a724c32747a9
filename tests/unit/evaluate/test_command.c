#include "base/fault.h"
#include "command.h"
#include <criterion/criterion.h>
#include <libxml/relaxng.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATA MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data"

struct outcome {
    int code;
    char *out, *err;
};

enum { MOST_ARGUMENTS = 8 };

/* Runs the program in the data folder. */
static struct outcome run(const char *const given[MOST_ARGUMENTS])
{
    const char *arguments[MOST_ARGUMENTS + 1] = {"minutiae-evaluate"};
    struct outcome outcome = {0};
    size_t sizes[2];
    int count = 1;
    cr_assert_eq(chdir(DATA), 0);
    for (; count <= MOST_ARGUMENTS && given[count - 1]; count++)
        arguments[count] = given[count - 1];
    FILE *out = open_memstream(&outcome.out, &sizes[0]);
    FILE *err = open_memstream(&outcome.err, &sizes[1]);
    cr_assert(out && err);
    outcome.code = evaluate_command(count, arguments, out, err);
    fclose(out);
    fclose(err);
    return outcome;
}

static void forget(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
}

static char *read_text(const char *path)
{
    char *text = calloc(1, 1 << 16);
    FILE *file = fopen(path, "rb");
    cr_assert(text && file, "%s", path);
    size_t size = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);
    text[size] = '\0';
    return text;
}

/* Every report, byte for byte. */
Test(command, reports)
{
    static const struct {
        const char *arguments[MOST_ARGUMENTS];
        const char *expected;
    } cases[] = {
        {{"--list", "gold", "records"}, "expected/list.txt"},
        {{"--list", "--text", "text", "gold", "records"}, "expected/placed.txt"},
        {{"--compare", "older", "gold", "records"}, "expected/compare.txt"},
        {{"-l", "-c", "older", "--format=xml", "gold", "records"}, "expected/report.xml"},
        {{"-f", "html", "-t", "text", "gold", "records"}, "expected/report.html"},
        {{"-f", "html", "-c", "older", "gold/parish", "gold/reports/school.gold.xml", "records"},
         "expected/compare.html"},
        {{"gold", "gold"}, "expected/itself.txt"},
        {{"--help"}, "expected/help.txt"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = run(cases[i].arguments);
        char *expected = read_text(cases[i].expected);
        cr_expect_eq(outcome.code, 0, "%s: %s", cases[i].expected, outcome.err);
        cr_expect_str_eq(outcome.out, expected, "%s", cases[i].expected);
        cr_expect_str_eq(outcome.err, "", "%s", cases[i].expected);
        free(expected);
        forget(&outcome);
    }
}

Test(command, messages)
{
    static const struct {
        const char *arguments[MOST_ARGUMENTS];
        int code;
        const char *message;
    } cases[] = {
        {{NULL}, 2, "expected GOLD... and RECORDS; see --help"},
        {{"gold"}, 2, "expected GOLD... and RECORDS; see --help"},
        {{"--format", "pdf", "gold", "records"}, 2, "--format pdf: expected text, xml or html"},
        {{"--fast", "gold", "records"}, 2, "--fast: no such option; see --help"},
        {{"--list=all", "gold", "records"}, 2, "--list=all: --list takes no value"},
        {{"gold", "records", "-t"}, 2, "--text: a value is missing; see --help"},
        {{"-m", "deadline", "gold", "records"}, 2, "--minimum deadline: expected KIND=F1 such as resolution=0.85"},
        {{"-m", "deadline=85", "gold", "records"},
         2,
         "--minimum deadline=85: expected KIND=F1 such as resolution=0.85"},
        {{"-m", "dead=0.1", "gold", "records"}, 2, "--minimum dead=0.1: expected KIND=F1 such as resolution=0.85"},
        {{"nowhere", "records"}, 1, "nowhere: cannot be read: No such file or directory"},
        {{"text", "records"}, 1, "text: holds no .xml file"},
        {{"bad/mismatch.gold.xml", "records"},
         1,
         "bad/mismatch.gold.xml:3: not well-formed XML: Opening and ending tag mismatch: deadline line 2 and gold"},
        {{"bad/no-quote.gold.xml", "records"},
         1,
         "bad/no-quote.gold.xml:2: <deadline> without <evidence><quote>: add the words it rests on"},
        {{"bad/other-root.gold.xml", "records"},
         1,
         "bad/other-root.gold.xml: neither a record nor gold: the root is to be <record> or <gold> in "
         "urn:minutiae:record:1"},
        {{"bad/doctype.gold.xml", "records"}, 1, "bad/doctype.gold.xml: has a document type declaration: remove it"},
        {{"bad/offset.gold.xml", "records"},
         1,
         "bad/offset.gold.xml:2: start=\"x\" is no offset: expected a number of code points"},
        {{"-m", "deadline=0.7", "gold", "records"}, 1, "F1 of deadline is 0.667, below the minimum of 0.700"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = run(cases[i].arguments);
        char expected[512];
        snprintf(expected, sizeof expected, "minutiae-evaluate: %s\n", cases[i].message);
        cr_expect_eq(outcome.code, cases[i].code, "%s", cases[i].message);
        cr_expect_str_eq(outcome.err, expected);
        forget(&outcome);
    }
}

Test(command, minimum_reached)
{
    struct outcome outcome =
        run((const char *const[MOST_ARGUMENTS]){"-m", "deadline=0.66", "--minimum=grade=0.5", "--", "gold", "records"});
    cr_expect_eq(outcome.code, 0, "%s", outcome.err);
    forget(&outcome);
}

/* Borderline gold is neutral both ways: with and without finds on it the figures are the same. */
Test(command, borderline_gold_is_neutral)
{
    struct outcome outcome =
        run((const char *const[MOST_ARGUMENTS]){"gold/parish/march.gold.xml", "records/parish/march.txt.xml"});
    cr_expect(strstr(outcome.out, "all, micro            1      3      3      2        1  0.667 [0.667, 0.667]"));
    forget(&outcome);
}

Test(command, xml_is_valid)
{
    struct outcome outcome =
        run((const char *const[MOST_ARGUMENTS]){"-l", "-c", "older", "-f", "xml", "gold", "records"});
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(MN_TEST_SOURCE_DIR "/tools/evaluate/evaluation.rng");
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGValidCtxtPtr validation = xmlRelaxNGNewValidCtxt(schema);
    xmlDocPtr tree = xmlReadMemory(outcome.out, (int)strlen(outcome.out), NULL, NULL, XML_PARSE_NONET);
    cr_assert(schema && validation && tree);
    cr_expect_eq(xmlRelaxNGValidateDoc(validation, tree), 0);
    xmlFreeDoc(tree);
    xmlRelaxNGFreeValidCtxt(validation);
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
    forget(&outcome);
}

/* An allocation of the project's own fails: the program says so and ends with 1. Every one of the first 64 in turn,
 * then in growing steps up to the last. */
Test(command, survives_failed_allocations)
{
    static const char *const formats[] = {"text", "xml", "html"};
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        bool done = false;
        for (size_t n = 1; !done; n += 1 + n / 64) {
            mn_fault_after(n);
            struct outcome outcome = run((const char *const[MOST_ARGUMENTS]){
                "-f", formats[f], "-ttext", "-colder/reports", "-l", "gold/reports", "records/reports"});
            done = mn_fault_pending();
            mn_fault_after(0);
            cr_assert_eq(outcome.code, done ? 0 : 1, "%s, allocation %zu: %s", formats[f], n, outcome.err);
            forget(&outcome);
        }
    }
}
