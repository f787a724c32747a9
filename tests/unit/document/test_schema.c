/* All document XML that is written is valid against schemas/document.rng. */
#include "sample.h"
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

static xmlRelaxNGPtr load_schema(void)
{
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(MN_TEST_SOURCE_DIR "/schemas/document.rng");
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    cr_assert_not_null(schema);
    return schema;
}

/* 0: valid */
static int validate(xmlRelaxNGPtr schema, struct mn_slice xml)
{
    xmlDocPtr document = xmlReadMemory(xml.data, (int)xml.size, "written", NULL, XML_PARSE_NONET);
    cr_assert_not_null(document);
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema);
    int outcome = xmlRelaxNGValidateDoc(context, document);
    xmlRelaxNGFreeValidCtxt(context);
    xmlFreeDoc(document);
    return outcome;
}

Test(schema, everything_written_is_valid)
{
    xmlRelaxNGPtr schema = load_schema();
    struct mn_arena *arena = mn_arena_create();
    struct forms forms = {.arena = arena};
    struct mn_writer writer;
    mn_writer_init(&writer, NULL);
    for (unsigned seed = 0; seed < 8; seed++) {
        mn_writer_clear(&writer);
        mn_exchange_begin(&writer);
        for (enum mn_layer layer = MN_LAYER_READ; layer <= MN_LAYER_INTERPRET; layer++)
            cr_assert_eq(
                mn_exchange_write(sample_document(arena, &forms, layer, seed), form_text, &forms, &writer, NULL),
                MN_OK);
        for (enum mn_status status = MN_OK + 1; status < MN_STATUS_COUNT; status++) {
            struct mn_error error;
            mn_fail(&error, status, "what & why");
            mn_exchange_write_failure(MN_LITERAL("name \xFF\x01"), &error, &writer);
        }
        mn_exchange_end(&writer);
        cr_assert_eq(validate(schema, (struct mn_slice){writer.data, writer.size}), 0, "seed %u", seed);
    }
    mn_writer_free(&writer);
    mn_arena_destroy(arena);
    xmlRelaxNGFree(schema);
    xmlRelaxNGCleanupTypes();
    xmlCleanupParser();
}

static void keep_silent(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

Test(schema, refuses_what_the_reader_refuses)
{
    static const char *const broken[] = {
        "<documents/>",
        "<documents xmlns='urn:minutiae:document:1'><document><source/><body/></document></documents>",
        "<document xmlns='urn:minutiae:document:1' layer='read'><source/></document>",
        "<document xmlns='urn:minutiae:document:1' layer='read'><source/><body page='x'/></document>",
        "<document xmlns='urn:minutiae:document:1' layer='read'><source/><body><p><p/></p></body></document>",
        "<document xmlns='urn:minutiae:document:1' layer='match'><source/><body/></document>",
        "<document xmlns='urn:minutiae:document:1' layer='read'><source/><body flags='red'/></document>",
    };
    xmlRelaxNGPtr schema = load_schema();
    xmlSetGenericErrorFunc(NULL, keep_silent);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        cr_expect_gt(validate(schema, mn_slice_of(broken[i])), 0, "case %zu", i);
    xmlRelaxNGFree(schema);
    xmlRelaxNGCleanupTypes();
    xmlCleanupParser();
}
