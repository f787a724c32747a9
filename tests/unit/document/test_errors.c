/* Broken document XML: what is said of it. */
#include "base/limits.h"
#include "document/guard.h"
#include "document/stream.h"
#include "sample.h"
#include <criterion/criterion.h>
#include <stdlib.h>

#define STREAM(content) "<documents xmlns=\"urn:minutiae:document:1\">\n" content "</documents>\n"
#define WITH_BODY(layer, body, rest)                                                                                   \
    STREAM("<document layer=\"" layer "\"><source/>\n<body>" body "</body>\n" rest "</document>\n")

/* Reads the stream to its end or first failure. */
static enum mn_status read_all(struct mn_slice xml, struct mn_error *error)
{
    struct mn_arena *arena = mn_arena_create();
    struct forms forms = {.arena = arena};
    FILE *file = file_with(xml);
    struct mn_exchange_reader *reader = mn_exchange_open(file, "in.xml", error);
    cr_assert_not_null(reader);
    enum mn_status status = MN_OK;
    for (bool more = true; status == MN_OK && more;)
        status = mn_exchange_next(reader, form_intern, &forms, mn_document_create(arena), &more, error);
    cr_expect(status == MN_OK || !mn_exchange_can_go_on(reader));
    mn_exchange_close(reader);
    fclose(file);
    mn_arena_destroy(arena);
    return status;
}

static const struct {
    struct mn_slice xml;
    const char *message; /* beginning */
} cases[] = {
    {MN_LITERAL_ITEM(""), "in.xml: no document XML: a <documents> element was expected"},
    {MN_LITERAL_ITEM("just words"), "in.xml: no document XML: a <documents> element was expected"},
    {MN_LITERAL_ITEM("<html/>"), "in.xml:1: <html> is no element of document XML (namespace urn:minutiae:document:1)"},
    {MN_LITERAL_ITEM("<documents/>"), "in.xml:1: <documents> is no element of document XML"},
    {MN_LITERAL_ITEM("<p xmlns=\"urn:minutiae:document:1\"/>"), "in.xml:1: <p> cannot stand outside <documents>"},
    {MN_LITERAL_ITEM(STREAM("<body/>")), "in.xml:2: <body> cannot stand inside <documents>"},
    {MN_LITERAL_ITEM(STREAM("<document/>")), "in.xml:2: <document> needs layer=\"read\" or that of a later stage"},
    {MN_LITERAL_ITEM(STREAM("<document layer=\"later\"/>")),
     "in.xml:2: layer=\"later\" of <document> is not one of the words that schemas/document.rng allows"},
    {MN_LITERAL_ITEM(STREAM("<document layer=\"read\"><source/></document>")), "in.xml:2: <document> has no <body>"},
    {MN_LITERAL_ITEM(STREAM("<document layer=\"read\" colour=\"red\"/>")),
     "in.xml:2: <document> has no attribute colour"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "", "<body/>")), "in.xml:4: a document has one <body> only"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<div>\nloose words</div>", "")),
     "in.xml:3: text stands directly in <div>; put it into a <p>"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p page=\"-1\">x</p>", "")),
     "in.xml:3: page=\"-1\" of <p> is not a number from 0 to 4294967295"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p level=\"256\">x</p>", "")),
     "in.xml:3: level=\"256\" of <p> is not a number from 0 to 255"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p page=\"\">x</p>", "")), "in.xml:3: page=\"\" of <p> is not a number"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p flags=\"bold red\">x</p>", "")),
     "in.xml:3: flags=\"bold red\" of <p> is not words that schemas/document.rng allows"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>a <num>1</num></p>", "")),
     "in.xml:3: <num> stands before the words of its block"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p><p>x</p></p>", "")), "in.xml:3: <p> cannot stand inside <p>"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p><s>x</s></p>", "")),
     "in.xml:3: <s> does not stand in a document of this layer; has a filter been left out?"},
    {MN_LITERAL_ITEM(WITH_BODY("segment", "<p><s><w>x</w></s></p>", "")),
     "in.xml:3: <w> does not stand in a document of this layer"},
    {MN_LITERAL_ITEM(WITH_BODY("segment", "<fw><s>x</s></fw>", "")), "in.xml:3: <s> cannot stand inside <fw>"},
    {MN_LITERAL_ITEM(WITH_BODY("tokenise", "<p>x</p>", "<span/>")),
     "in.xml:4: <span> does not stand in a document of this layer"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>", "<finding/>")),
     "in.xml:4: <finding> does not stand in a document of this layer"},
    {MN_LITERAL_ITEM(STREAM("<document layer=\"match\"><source/><span/><body/></document>")),
     "in.xml:2: <span> stands behind <body>"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>", "")),
     "in.xml:2: <document> has spans but no <text sha256=\"\xE2\x80\xA6\"/> to check them by"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>",
                               "<text sha256=\"0000000000000000000000000000000000000000000000000000000000000000\"/>")),
     "in.xml:2: the text has been changed since spans were found in it"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>", "<text sha256=\"0123\"/>")),
     "in.xml:4: sha256=\"0123\" of <text> is not a SHA-256 digest: 64 hexadecimal digits in lower case"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>caf\xC3\xA9</p>", "<fact name=\"date\" start=\"1\" end=\"5\"/>")),
     "in.xml:4: end=\"5\" of <fact> is not a position in the text"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>words</p>", "<fact name=\"date\" start=\"3\" end=\"2\"/>")),
     "in.xml:4: <fact> ends before it starts"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>words</p>", "<span node=\"2\"/>")),
     "in.xml:4: <span> stands in node 2, but the body has 2"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>words</p>", "<span end-token=\"1\"/>")),
     "in.xml:4: <span> covers tokens 0 to 1, but the body has 0"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>",
                               "<text sha256=\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\" "
                               "length=\"1\" nodes=\"2\"/><span><field span=\"1\"/></span>")),
     "in.xml:2: a field refers to span 1, but the document has 1"},
    {MN_LITERAL_ITEM(WITH_BODY("match", "<p>x</p>",
                               "<text sha256=\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\" "
                               "length=\"1\" nodes=\"3\"/>")),
     "in.xml:2: the text has been changed since spans were found in it"},
    {MN_LITERAL_ITEM(WITH_BODY("segment", "<p><s>e</s>\xCC\x81</p>", "")),
     "in.xml:3: a tag stands between a letter and the accent that belongs to it"},
    {MN_LITERAL_ITEM(WITH_BODY("tokenise", "<p><s>e<w>\xCC\x81</w></s></p>", "")),
     "in.xml:3: a tag stands between a letter and the accent that belongs to it"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p><num>e</num>\xCC\x81</p>", "")),
     "in.xml:3: a tag stands between a letter and the accent that belongs to it"},
    {MN_LITERAL_ITEM(STREAM("<failure name=\"x\" status=\"ok\"/>")),
     "in.xml:2: <failure> needs a status that is not \"ok\""},
    {MN_LITERAL_ITEM("<!DOCTYPE documents [<!ENTITY a \"b\">]>" STREAM("")),
     "in.xml: document XML has no document type"},
    {MN_LITERAL_ITEM("<?xml version=\"1.0\"?><!-- <a> ? --><?x <a> ?>\n<!DOCTYPE documents>" STREAM("")),
     "in.xml: document XML has no document type: remove the <!DOCTYPE> declaration"},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>&unknown;</p>", "")), "in.xml:3: not well-formed XML: "},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>\n\nx</q>", "")), "in.xml:5: not well-formed XML: "},
    {MN_LITERAL_ITEM(WITH_BODY("read", "<p>\xE9</p>", "")), "in.xml:3: not well-formed XML: "},
    {MN_LITERAL_ITEM("<documents xmlns=\"urn:minutiae:document:1\">\n<document layer=\"read\"><source/>\n<body>"),
     "in.xml:3: not well-formed XML: "},
    {MN_LITERAL_ITEM("<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n+ADwAIQ-DOCTYPE documents+AD4-" STREAM("")),
     "in.xml:2: not well-formed XML: "},
};

Test(errors, name_the_place_and_the_remedy)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mn_error error = {0};
        enum mn_status status = read_all(cases[i].xml, &error);
        cr_expect_eq(status, MN_MALFORMED, "case %zu: %s", i, mn_status_word(status));
        cr_expect_eq(error.status, status);
        cr_expect_eq(strncmp(error.message, cases[i].message, strlen(cases[i].message)), 0, "case %zu: %s, not %s", i,
                     error.message, cases[i].message);
    }
}

/* Documents before the broken one are there, however near the break is. */
static void expect_good_documents(struct mn_slice xml, size_t count)
{
    struct mn_arena *arena = mn_arena_create();
    FILE *file = file_with(xml);
    struct mn_exchange_reader *reader = mn_exchange_open(file, "in.xml", NULL);
    bool more = false;
    for (size_t i = 0; i < count; i++) {
        struct mn_document *document = mn_document_create(arena);
        cr_assert_eq(mn_exchange_next(reader, NULL, NULL, document, &more, NULL), MN_OK, "document %zu", i);
        cr_assert(more);
        cr_expect(mn_slice_equal(document->text, MN_LITERAL("good")));
    }
    cr_assert_eq(mn_exchange_next(reader, NULL, NULL, mn_document_create(arena), &more, NULL), MN_MALFORMED);
    cr_expect_not(mn_exchange_can_go_on(reader));
    cr_assert_eq(mn_exchange_next(reader, NULL, NULL, mn_document_create(arena), &more, NULL), MN_OK);
    cr_expect_not(more);
    mn_exchange_close(reader);
    fclose(file);
    mn_arena_destroy(arena);
}

Test(errors, come_when_their_document_does)
{
    static const char *const breaks[] = {"<document layer=\"read\"><source/><body><p></body>",
                                         "<",
                                         "&",
                                         "</x>",
                                         "\xFF",
                                         "<document layer=\"read\"><body><p>x</p>"};
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++)
        for (size_t filler = 0; filler < 600; filler += 7) {
            struct mn_writer writer;
            mn_writer_init(&writer, NULL);
            mn_exchange_begin(&writer);
            while (writer.size < filler)
                mn_write_char(&writer, ' ');
            for (size_t j = 0; j < 3; j++)
                mn_write_literal(&writer, "<document layer=\"read\"><source/><body><p>good</p></body></document>");
            mn_write(&writer, mn_slice_of(breaks[i]));
            expect_good_documents((struct mn_slice){writer.data, writer.size}, 3);
            mn_writer_free(&writer);
        }
}

Test(errors, unreadable_file)
{
    FILE *directory = fopen("/", "r");
    struct mn_error error = {0};
    struct mn_exchange_reader *reader = directory ? mn_exchange_open(directory, "/", &error) : NULL;
    if (reader == NULL)
        cr_skip_test("directories cannot be opened here");
    struct mn_arena *arena = mn_arena_create();
    bool more;
    cr_expect_eq(mn_exchange_next(reader, NULL, NULL, mn_document_create(arena), &more, &error), MN_NOT_READABLE);
    cr_expect_str_eq(error.message, "/: cannot be read: Is a directory");
    mn_exchange_close(reader);
    fclose(directory);
    mn_arena_destroy(arena);
}

/* Tags, comments and CDATA sections without end would take libxml2's reader quadratic time. */
Test(errors, endless_markup)
{
    static const struct {
        const char *opening, *filler;
    } markup[] = {{"<document layer=\"", "x > y "},
                  {"<!-- ", "x > y "},
                  {"<?x ", "x > y "},
                  {"<![CDATA[", "x > y "},
                  {"<document ", "      "}};
    for (size_t i = 0; i < sizeof markup / sizeof markup[0]; i++) {
        struct mn_writer writer;
        mn_writer_init(&writer, NULL);
        mn_exchange_begin(&writer);
        mn_write(&writer, mn_slice_of(markup[i].opening));
        while (writer.size < 2 * MN_LIMIT_MARKUP_BYTES)
            mn_write(&writer, mn_slice_of(markup[i].filler));
        struct mn_error error = {0};
        cr_expect_eq(read_all((struct mn_slice){writer.data, writer.size}, &error), MN_OVER_LIMIT, "opening %zu: %s", i,
                     error.message);
        mn_writer_free(&writer);
    }
}

static enum mn_status read_and_free(struct mn_writer *writer, struct mn_error *error)
{
    mn_exchange_end(writer);
    enum mn_status status = read_all((struct mn_slice){writer->data, writer->size}, error);
    mn_writer_free(writer);
    return status;
}

Test(errors, long_token)
{
    for (size_t excess = 0; excess < 2; excess++) {
        struct mn_writer writer;
        struct mn_error error = {0};
        mn_writer_init(&writer, NULL);
        mn_exchange_begin(&writer);
        mn_write_literal(&writer, "<document layer=\"tokenise\"><source/><body><p><s><w>");
        for (size_t i = 0; i < MN_LIMIT_TOKEN_BYTES + excess; i++)
            mn_write_char(&writer, 'x');
        mn_write_literal(&writer, "</w></s></p></body></document>");
        cr_expect_eq(read_and_free(&writer, &error), excess ? MN_OVER_LIMIT : MN_OK, "%s", error.message);
    }
}

Test(errors, too_many_roles)
{
    for (size_t excess = 0; excess < 2; excess++) {
        struct mn_writer writer;
        struct mn_error error = {0};
        mn_writer_init(&writer, NULL);
        mn_exchange_begin(&writer);
        mn_write_literal(&writer, "<document layer=\"read\"><source/><body>");
        for (size_t i = 0; i < MN_LIMIT_ROLES + excess; i++) {
            mn_write_literal(&writer, "<div");
            mn_write_attribute_number(&writer, "role", i);
            mn_write_literal(&writer, "/>");
        }
        mn_write_literal(&writer, "</body></document>");
        cr_expect_eq(read_and_free(&writer, &error), excess ? MN_OVER_LIMIT : MN_OK, "%s", error.message);
    }
}

/* A document may be as long as the limit; the next one is counted anew. */
Test(errors, long_document)
{
    static const char xml[] = "<a>\n<b>12345678901234567890</b>\n</a>";
    for (size_t excess = 0; excess < 2; excess++) {
        FILE *file = file_with(MN_LITERAL(xml));
        struct mn_error error = {0};
        struct mn_stream *stream = mn_stream_open(file, "in.xml", sizeof xml - 1 - excess, &error);
        enum mn_event event = MN_EVENT_START;
        while (event != MN_EVENT_OVER && event != MN_EVENT_FAILED)
            event = mn_stream_next(stream, &error);
        cr_expect_eq(event, excess ? MN_EVENT_FAILED : MN_EVENT_OVER, "%s", error.message);
        cr_expect_eq(error.status, excess ? MN_OVER_LIMIT : MN_OK);
        if (excess)
            cr_expect_str_eq(error.message, "in.xml:1: a document's XML is longer than 0 MiB; split the document");
        mn_stream_close(stream);
        fclose(file);
    }
}

Test(errors, documents_are_counted_one_by_one)
{
    static const char xml[] = "<all><document>1234567890</document><document>1234567890</document></all>";
    for (size_t anew = 0; anew < 2; anew++) {
        FILE *file = file_with(MN_LITERAL(xml));
        struct mn_error error = {0};
        struct mn_stream *stream = mn_stream_open(file, "in.xml", sizeof xml - 20, &error);
        enum mn_event event = MN_EVENT_START;
        while (event != MN_EVENT_OVER && event != MN_EVENT_FAILED) {
            event = mn_stream_next(stream, &error);
            if (anew && event == MN_EVENT_END)
                mn_stream_begin_document(stream);
        }
        cr_expect_eq(event, anew ? MN_EVENT_OVER : MN_EVENT_FAILED, "%s", error.message);
        mn_stream_close(stream);
        fclose(file);
    }
}

/* Title and notices are text too. */
Test(errors, long_notes)
{
    struct mn_writer writer;
    struct mn_error error = {0};
    mn_writer_init(&writer, NULL);
    mn_exchange_begin(&writer);
    mn_write_literal(&writer, "<document layer=\"read\"><source/>");
    char *filler = malloc(MN_LIMIT_DOCUMENT_BYTES);
    cr_assert_not_null(filler);
    memset(filler, 'x', MN_LIMIT_DOCUMENT_BYTES);
    for (size_t i = 0; i < 3; i++) {
        mn_write_literal(&writer, "<notice>");
        mn_write(&writer, (struct mn_slice){filler, MN_LIMIT_DOCUMENT_BYTES});
        mn_write_literal(&writer, "</notice>");
    }
    mn_write_literal(&writer, "<title>x</title><body/></document>");
    free(filler);
    cr_expect_eq(read_and_free(&writer, &error), MN_OVER_LIMIT);
    cr_expect_str_eq(error.message, "in.xml:3: the text is longer than 192 MiB; split the document");
}

Test(errors, too_many_elements)
{
    for (size_t excess = 0; excess < 2; excess++) {
        struct mn_writer writer;
        struct mn_error error = {0};
        mn_writer_init(&writer, NULL);
        mn_exchange_begin(&writer);
        mn_write_literal(&writer, "<document layer=\"read\">");
        for (size_t i = 0; i < MN_LIMIT_DOCUMENT_ELEMENTS - 3 + excess; i++)
            mn_write_literal(&writer, "<rules/>");
        mn_write_literal(&writer, "<body/><source/></document><document layer=\"read\"><body/></document>");
        cr_expect_eq(read_and_free(&writer, &error), excess ? MN_OVER_LIMIT : MN_OK, "%s", error.message);
    }
}

/* The guard sees the same whatever the pieces are that it gets. */
Test(errors, guard_in_pieces)
{
    static const struct {
        struct mn_slice xml;
        enum mn_guard_finding finding;
    } streams[] = {
        {MN_LITERAL_ITEM("<!DOCTYPE a>"), MN_GUARD_DOCUMENT_TYPE},
        {MN_LITERAL_ITEM("<?xml version='1.0'?> <!-- -- <a> --> <?p <a> ?? ?><!DOCTYPE a>"), MN_GUARD_DOCUMENT_TYPE},
        {MN_LITERAL_ITEM("<!-- <a> ---><!ELEMENT a>"), MN_GUARD_DOCUMENT_TYPE},
        {MN_LITERAL_ITEM("<!-x"), MN_GUARD_DOCUMENT_TYPE},
        {MN_LITERAL_ITEM("<![CDATA[x]]>"), MN_GUARD_DOCUMENT_TYPE},
        {MN_LITERAL_ITEM("<a b='>' c=\"'>\"><![CDATA[<!DOCTYPE]]]><!-- <!DOCTYPE --></a>"), MN_GUARD_NOTHING},
        {MN_LITERAL_ITEM("<!-- <!DOCTYPE a> --><?p <!DOCTYPE a> ?><a/>"), MN_GUARD_NOTHING},
    };
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++)
        for (size_t size = 1; size <= streams[i].xml.size; size++) {
            struct mn_guard guard = {0};
            for (size_t at = 0; at < streams[i].xml.size; at += size) {
                size_t end = at + size < streams[i].xml.size ? at + size : streams[i].xml.size;
                mn_guard_look(&guard, mn_slice_cut(streams[i].xml, at, end));
            }
            cr_expect_eq(guard.finding, streams[i].finding, "stream %zu in pieces of %zu", i, size);
        }
}
