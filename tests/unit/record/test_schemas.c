/* record.rng and record.xsd against each other: what the writer writes is valid by both, and both refuse the same. */
#include "sample.h"

#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDER MN_TEST_SOURCE_DIR "/schemas/"

static void swallow(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static bool relax_ng_accepts(xmlDoc *document)
{
    static xmlRelaxNG *schema;
    xmlRelaxNGParserCtxt *parser = schema ? NULL : xmlRelaxNGNewParserCtxt(FOLDER "record.rng");
    schema = schema ? schema : xmlRelaxNGParse(parser);
    cr_assert_not_null(schema);
    xmlRelaxNGFreeParserCtxt(parser);
    xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(schema);
    int outcome = xmlRelaxNGValidateDoc(context, document);
    xmlRelaxNGFreeValidCtxt(context);
    return outcome == 0;
}

static bool xml_schema_accepts(xmlDoc *document)
{
    static xmlSchema *schema;
    xmlSchemaParserCtxt *parser = schema ? NULL : xmlSchemaNewParserCtxt(FOLDER "record.xsd");
    schema = schema ? schema : xmlSchemaParse(parser);
    cr_assert_not_null(schema);
    xmlSchemaFreeParserCtxt(parser);
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
    int outcome = xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    return outcome == 0;
}

enum refusal { BY_NONE = 0, BY_RELAX_NG = 1, BY_XML_SCHEMA = 2, BY_BOTH = 3 };

static enum refusal refusal_of(const char *record)
{
    xmlSetStructuredErrorFunc(NULL, swallow);
    xmlDoc *document = xmlReadMemory(record, (int)strlen(record), NULL, NULL, 0);
    cr_assert_not_null(document, "not well-formed: %s", record);
    enum refusal refusal =
        (relax_ng_accepts(document) ? 0 : BY_RELAX_NG) | (xml_schema_accepts(document) ? 0 : BY_XML_SCHEMA);
    xmlFreeDoc(document);
    xmlSetStructuredErrorFunc(NULL, NULL);
    return refusal;
}

/* The record with the first `from` replaced; owned by the caller. */
static char *replaced(const char *record, const char *from, const char *to)
{
    const char *at = strstr(record, from);
    cr_assert_not_null(at, "'%s' is not in the record", from);
    size_t size = strlen(record) - strlen(from) + strlen(to) + 1;
    char *out = malloc(size);
    cr_assert_not_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(at - record), record, to, at + strlen(from));
    return out;
}

static const char *const whole_records[] = {"", "is good", "\xF0\x9F\x8C\xB3\n\xC2\xA0"};

Test(schemas, accept_what_the_writer_writes)
{
    struct mn_document *full = sample_full();
    char *record = sample_record(full);
    cr_expect_eq(refusal_of(record), BY_NONE);
    free(record);
    sample_free(full);
    for (size_t i = 0; i < sizeof whole_records / sizeof *whole_records; i++) {
        struct mn_document *document = sample_create(whole_records[i]);
        record = sample_record(document);
        cr_expect_eq(refusal_of(record), BY_NONE, "%s", record);
        free(record);
        sample_free(document);
    }
}

static const struct {
    const char *from, *to;
    enum refusal refusal;
} mutations[] = {
    /* structure */
    {"<text ", "<text extra=\"1\" ", BY_BOTH},
    {"<record xmlns=\"urn:minutiae:record:1\">", "<record xmlns=\"urn:minutiae:record:2\">", BY_BOTH},
    {"<record xmlns=\"urn:minutiae:record:1\">", "<record xmlns=\"urn:minutiae:record:1\" extra=\"1\">", BY_BOTH},
    {"<record xmlns=\"urn:minutiae:record:1\">", "<record xmlns=\"urn:minutiae:record:1\"><extra/>", BY_BOTH},
    {"<record xmlns=\"urn:minutiae:record:1\">", "<record xmlns=\"urn:minutiae:record:1\">words", BY_BOTH},
    {"  <missing slot=\"care-leavers\" reason=\"not-stated\"/>\n  <provenance", "  <provenance", BY_NONE},
    {"  <missing slot=\"care-leavers\" reason=\"not-stated\"/>", "  <grade/>", BY_BOTH},
    {"<title", "<title xmlns=\"\"", BY_BOTH},
    {"  <missing slot=\"care-leavers\" reason=\"not-stated\"/>", "<missing reason=\"not-stated\"/>", BY_BOTH},
    {"  <missing slot=\"care-leavers\" reason=\"not-stated\"/>", "<missing slot=\"care-leavers\"/>", BY_BOTH},
    {"reason=\"not-stated\"", "reason=\"unknown\"", BY_BOTH},
    {"slot=\"care-leavers\"", "slot=\"Care leavers\"", BY_BOTH},
    {"<quote>The", "<quote/><quote>The", BY_BOTH},
    {"Minutes of Caf\xC3\xA9 \"Hill\" &amp; &lt;Dale&gt;", "", BY_BOTH},
    /* the document */
    {" name=\"minutes.txt\"", "", BY_BOTH},
    {" name=\"minutes.txt\"", " name=\"\"", BY_BOTH},
    {"media-type=\"text/plain\"", "media-type=\"text\"", BY_BOTH},
    {" charset=\"windows-1252\" charset-basis=\"detected\"", "", BY_NONE},
    {"charset=\"windows-1252\"", "charset=\"\"", BY_BOTH},
    {"kind=\"minutes\"", "kind=\"novel\"", BY_BOTH},
    {" xml:lang=\"en-GB\"", "", BY_BOTH},
    {"xml:lang=\"en-GB\"", "xml:lang=\"en_GB\"", BY_BOTH},
    {"role=\"meeting\"", "role=\"lunch\"", BY_BOTH},
    {"when=\"2024-03-05\"", "when=\"5 March\"", BY_BOTH},
    {"when=\"2024-03-05\"", "when=\"P3M\"", BY_BOTH},
    {" when=\"2024-03-05\"", "", BY_BOTH},
    {"basis=\"given\"", "basis=\"guessed\"", BY_BOTH},
    {"length=\"", "length=\"-", BY_BOTH},
    {"length=\"", "length=\"0", BY_BOTH},
    {"<text sha256=\"", "<text sha256=\"0", BY_BOTH},
    {"<text sha256=\"", "<text hash=\"", BY_BOTH},
    {"rules-sha256=\"0011", "rules-sha256=\"XX11", BY_BOTH},
    {"tool=\"minutiae\"", "tool=\"other\"", BY_BOTH},
    {" version=\"", " version=\"v", BY_BOTH},
    {"anchor=\"2024-03-05\"", "anchor=\"immediate\"", BY_BOTH},
    {"anchor-basis=\"given\"", "anchor-basis=\"\"", BY_BOTH},
    /* grades */
    {"<grade xml:id=\"g", "<grade xml:id=\"x", BY_BOTH},
    {"<grade xml:id=\"g", "<grade xml:id=\"g0", BY_BOTH},
    {"<grade xml:id", "<grade id", BY_BOTH},
    {"scale=\"ofsted\"", "scale=\"ofstead\"", BY_BOTH},
    {" scale=\"ofsted\"", "", BY_BOTH},
    {" value=\"good\"", "", BY_BOTH},
    {"value=\"good\"", "value=\"Good\"", BY_BOTH},
    {"value=\"good\"", "value=\"requires improvement\"", BY_BOTH},
    {"modality=\"asserted\"", "modality=\"wished\"", BY_BOTH},
    {" modality=\"asserted\"", "", BY_BOTH},
    {"formal=\"true\"", "formal=\"yes\"", BY_BOTH},
    {"formal=\"true\"", "formal=\"false\"", BY_BOTH},
    {"assessor=\"Ofsted\"", "assessor=\"\"", BY_BOTH},
    {" rule=\"pack.rule\"", "", BY_BOTH},
    {"rule=\"pack.rule\"", "rule=\"rule\"", BY_BOTH},
    /* recommendations, deadlines */
    {"due=\"--05-01\"", "due=\"1 May\"", BY_BOTH},
    {"number=\"1\"", "number=\"\"", BY_BOTH},
    {"by=\"Board\"", "from=\"Board\"", BY_BOTH},
    {"earliest=\"2024-05-01\"", "earliest=\"2024-05\"", BY_BOTH},
    {"earliest=\"2024-05-01\"", "earliest=\"2024-02-30\"", BY_BOTH},
    {"latest=\"2024-05-01\"", "latest=\"2024-05-01Z\"", BY_BOTH},
    {"type=\"date\"", "type=\"DATE\"", BY_BOTH},
    /* resolutions */
    {"action=\"agree\"", "action=\"agreed\"", BY_BOTH},
    {" action=\"agree\"", "", BY_BOTH},
    {"form=\"narrative\"", "form=\"story\"", BY_BOTH},
    {" form=\"narrative\"", "", BY_BOTH},
    {"for=\"13\"", "for=\"thirteen\"", BY_BOTH},
    {"for=\"13\"", "for=\"+13\"", BY_BOTH},
    {"abstain=\"2\"", "abstain=\"-2\"", BY_BOTH},
    {"outcome=\"carried\"", "outcome=\"fell\"", BY_BOTH},
    {"<motion>", "<motion/><motion>", BY_BOTH},
    /* evidence */
    {" page=\"3\"", "", BY_NONE},
    {"page=\"3\"", "page=\"0\"", BY_BOTH},
    {"<evidence start=\"", "<evidence at=\"", BY_BOTH},
    {"<evidence start=\"", "<evidence start=\"x", BY_BOTH},
    /* what XML Schema 1.0 cannot say */
    {" anchor=\"2024-03-05\"", "", BY_RELAX_NG},
    {"<subject start=\"26\"", "<subject", BY_RELAX_NG},
};

Test(schemas, refuse_the_same)
{
    struct mn_document *document = sample_full();
    char *record = sample_record(document);
    for (size_t i = 0; i < sizeof mutations / sizeof *mutations; i++) {
        char *mutation = replaced(record, mutations[i].from, mutations[i].to);
        cr_expect_eq(refusal_of(mutation), mutations[i].refusal, "%s -> %s", mutations[i].from, mutations[i].to);
        free(mutation);
    }
    free(record);
    sample_free(document);
}

static const char *const dues[] = {
    "2020-02-10",
    "2015-12",
    "2024",
    "--11-04",
    "--04",
    "2022-04/2022-06",
    "2021-23",
    "2021-21",
    "2021-W26",
    "2025/..",
    "../2025",
    "2015/2016",
    "2015-03-11/2015-03-12",
    "2016-05-26T09:00",
    "2019-05-14T16:30",
    "P3M",
    "P6W",
    "P2D",
    "P10Y",
    "PT48H",
    "P1Y6M",
    "R/P3M",
    "R/P1Y",
    "R/P1D",
    "R5/P1W",
    "immediate",
    "next-meeting",
    "half-term",
};
static const char *const no_dues[] = {
    "",
    " ",
    "2020-2-10",
    "2020-13",
    "2020-02-32",
    "2020-00",
    "20",
    "-11-04",
    "--13",
    "--11-31T10:00",
    "2020-25",
    "2020-W54",
    "2020/",
    "/2020",
    "../..",
    "2019-05-14T24:00",
    "2019-05-14T9:00",
    "P",
    "P3",
    "PM",
    "P3m",
    "3M",
    "R/",
    "R/3M",
    "R/2020",
    "PT",
    "Immediate",
    "next meeting",
    "-next",
    "next-",
    "1st-of-may",
    "2020-02-10 ",
    "2020-02-10\n",
};

static enum refusal refusal_of_due(const char *record, const char *due)
{
    char attribute[80];
    snprintf(attribute, sizeof attribute, "<deadline due=\"%s\" xml:id", due);
    char *once = replaced(record, "due=\"2024-05-01\" ", "");
    char *mutation = replaced(once, "<deadline xml:id", attribute);
    enum refusal refusal = refusal_of(mutation);
    free(once);
    free(mutation);
    return refusal;
}

Test(schemas, know_the_forms_of_due)
{
    struct mn_document *document = sample_full();
    char *record = sample_record(document);
    for (size_t i = 0; i < sizeof dues / sizeof *dues; i++)
        cr_expect_eq(refusal_of_due(record, dues[i]), BY_NONE, "%s", dues[i]);
    for (size_t i = 0; i < sizeof no_dues / sizeof *no_dues; i++)
        cr_expect_eq(refusal_of_due(record, no_dues[i]), BY_BOTH, "%s", no_dues[i]);
    free(record);
    sample_free(document);
}

/* Ids are unique in a record, which only XML Schema can say; in a stream two equal documents have equal ids. */
Test(schemas, want_unique_ids_in_a_record)
{
    struct mn_document *document = sample_full();
    char *record = sample_record(document), stream[16384], id[32];
    const char *grade = strstr(record, "<grade xml:id=\"");
    cr_assert_not_null(grade);
    snprintf(id, sizeof id, "%.17s", grade + strlen("<grade xml:id=\""));
    char *other = strstr(record, "<resolution xml:id=\"");
    cr_assert_not_null(other);
    snprintf(stream, sizeof stream, "<records xmlns=\"urn:minutiae:record:1\">%s%s</records>", record, record);
    cr_expect_eq(refusal_of(stream), BY_NONE);
    memcpy(other + strlen("<resolution xml:id=\""), id, strlen(id));
    cr_expect_eq(refusal_of(record), BY_XML_SCHEMA);
    cr_expect_eq(refusal_of("<records xmlns=\"urn:minutiae:record:1\"/>"), BY_NONE);
    free(record);
    sample_free(document);
}
