#include "record/validate.h"
#include "sample.h"
#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#define SCHEMAS MN_TEST_SOURCE_DIR "/schemas"
#define RECORD "<record xmlns=\"urn:minutiae:record:1\">"
#define GOLD "<gold xmlns=\"urn:minutiae:record:1\">"

static struct mn_validator *open_validator(void)
{
    struct mn_validator *validator;
    struct mn_error error = {0};
    cr_assert_eq(mn_validator_create(SCHEMAS, &validator, &error), MN_OK, "%s", error.message);
    return validator;
}

Test(validate, accepts_what_the_writer_writes)
{
    struct mn_validator *validator = open_validator();
    struct mn_document *document = sample_full();
    char *record = sample_record(document);
    struct mn_error error = {0};
    for (int i = 0; i < 3; i++)
        cr_expect_eq(mn_validate(validator, "full", mn_slice_of(record), &error), MN_OK, "%s", error.message);
    free(record);
    sample_free(document);
    mn_validator_destroy(validator);
}

static const struct {
    const char *xml;
    enum mn_status status;
    const char *message;
} mistakes[] = {
    {"", MN_MALFORMED, "x.xml:1: the file is empty; expected: an XML document"},
    {"words", MN_MALFORMED, "x.xml:1: not well-formed: Start tag expected, '<' not found; expected: an XML document"},
    {"<a>\n<b>\n</a>", MN_MALFORMED,
     "x.xml:3: not well-formed: Opening and ending tag mismatch: b line 2 and a; expected: an XML document"},
    {"<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a/>", MN_MALFORMED,
     "x.xml:1: it has a document type declaration; expected: none"},
    {"\n<a/>", MN_NOT_VALID,
     "x.xml:2: the root element is <a> in the namespace ''; expected: one of urn:minutiae:record:1, "
     "urn:minutiae:document:1, urn:minutiae:rules:1, urn:minutiae:run:1, urn:minutiae:metadata:1"},
    {RECORD "</record>", MN_NOT_VALID,
     "x.xml:1: Element 'record': Missing child element(s). Expected is ( source ); expected: what record.rng allows in "
     "<record>"},
    {RECORD "\n<source name='n' media-type='a/b' bytes='-1' sha256=''/></record>", MN_NOT_VALID,
     "x.xml:2: Element 'source', attribute 'bytes': '-1' is not a valid value of the atomic type 'number'; expected: "
     "what "
     "record.rng allows in <source>"},
    {"<records xmlns=\"urn:minutiae:record:1\">\n\n<other/></records>", MN_NOT_VALID,
     "x.xml:3: Element 'other': This element is not expected. Expected is ( record ); expected: what record.rng allows "
     "in "
     "<other>"},
    {GOLD "\n<document kind='book'/></gold>", MN_NOT_VALID, NULL},
    {GOLD "<document kind='other'/>\n<grade rule='a.b' value='good' "
          "modality='asserted'><evidence><quote>x</quote></evidence>"
          "</grade></gold>",
     MN_NOT_VALID, "x.xml:2: Invalid attribute rule for element grade; expected: what gold.rng allows in <grade>"},
};

Test(validate, says_what_is_wrong_and_where)
{
    struct mn_validator *validator = open_validator();
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct mn_error error = {0};
        cr_expect_eq(mn_validate(validator, "x.xml", mn_slice_of(mistakes[i].xml), &error), mistakes[i].status);
        cr_expect_eq(error.status, mistakes[i].status);
        cr_expect_eq(mn_validate(validator, "x.xml", mn_slice_of(mistakes[i].xml), NULL), mistakes[i].status);
        const char *expected = mistakes[i].message ? mistakes[i].message : "x.xml:2: ";
        cr_expect_eq(strncmp(error.message, expected, strlen(expected)), 0, "%s\ninstead of\n%s", error.message,
                     expected);
    }
    mn_validator_destroy(validator);
}

/* Mistakes of one document do not show in the next. */
Test(validate, forgets)
{
    struct mn_validator *validator = open_validator();
    struct mn_slice good = MN_LITERAL(GOLD "<document kind='other'/></gold>");
    struct mn_slice bad = MN_LITERAL(GOLD "<document kind='novel'/></gold>");
    struct mn_error error = {0};
    cr_expect_eq(mn_validate(validator, "a", good, &error), MN_OK);
    cr_expect_eq(mn_validate(validator, "b", bad, &error), MN_NOT_VALID);
    cr_expect_eq(mn_validate(validator, "c", good, &error), MN_OK);
    mn_validator_destroy(validator);
}

Test(validate, needs_schemas)
{
    struct mn_validator *validator;
    struct mn_error error = {0};
    cr_expect_eq(mn_validator_create("no/such/folder", &validator, &error), MN_NOT_READABLE);
    cr_expect_null(validator);
    cr_expect_str_eq(error.message,
                     "no/such/folder: no schemas are there (record.rng is missing); check the installation");
    mn_validator_destroy(NULL);
}

/* A folder that has record.rng alone: records cannot be checked, and the message says why. */
Test(validate, needs_the_schema_of_the_document)
{
    char folder[] = MN_TEST_BINARY_DIR "/schemas-XXXXXX", command[1024];
    struct mn_validator *validator;
    struct mn_error error = {0};
    cr_assert_not_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp '%s/record.rng' '%s'", SCHEMAS, folder);
    cr_assert_eq(system(command), 0);
    cr_assert_eq(mn_validator_create(folder, &validator, &error), MN_OK);
    cr_expect_eq(mn_validate(validator, "x", MN_LITERAL(RECORD "</record>"), &error), MN_NOT_READABLE);
    cr_expect_not_null(strstr(error.message, "record.xsd: the schema cannot be loaded: "), "%s", error.message);
    mn_validator_destroy(validator);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    cr_expect_eq(system(command), 0);
}

Test(validate, gold_of_the_corpus_is_valid)
{
    struct mn_validator *validator = open_validator();
    glob_t found;
    cr_assert_eq(glob(MN_TEST_SOURCE_DIR "/corpus/*.gold.xml", 0, NULL, &found), 0);
    cr_expect_geq(found.gl_pathc, 39u);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct mn_error error = {0};
        size_t size;
        char *bytes = sample_load(found.gl_pathv[i], &size);
        cr_expect_eq(mn_validate(validator, found.gl_pathv[i], (struct mn_slice){bytes, size}, &error), MN_OK, "%s",
                     error.message);
        free(bytes);
    }
    globfree(&found);
    mn_validator_destroy(validator);
}
