/* What is written comes back, at every layer. */
#include "base/fault.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "document/leaf.h"
#include "sample.h"
#include <criterion/criterion.h>
#include <stdlib.h>

struct fixture {
    struct mn_arena *arena, *back, *words;
    struct forms written, read;
    struct mn_writer writer;
};

static void begin(struct fixture *fixture)
{
    *fixture = (struct fixture){mn_arena_create(), mn_arena_create(), mn_arena_create(), {0}, {0}, {0}};
    fixture->written.arena = fixture->read.arena = fixture->words;
    mn_writer_init(&fixture->writer, NULL);
}

static void end(struct fixture *fixture)
{
    mn_writer_free(&fixture->writer);
    mn_arena_destroy(fixture->arena);
    mn_arena_destroy(fixture->back);
    mn_arena_destroy(fixture->words);
}

static void write_document(struct fixture *fixture, const struct mn_document *document)
{
    struct mn_error error = {0};
    cr_assert_eq(mn_exchange_write(document, form_text, &fixture->written, &fixture->writer, &error), MN_OK, "%s",
                 error.message);
}

static struct mn_slice written(const struct fixture *fixture)
{
    return (struct mn_slice){fixture->writer.data, fixture->writer.size};
}

static struct mn_document *read_next(struct fixture *fixture, struct mn_exchange_reader *reader)
{
    struct mn_error error = {0};
    bool more = false;
    struct mn_document *document = mn_document_create(fixture->back);
    enum mn_status status = mn_exchange_next(reader, form_intern, &fixture->read, document, &more, &error);
    cr_assert_eq(status, MN_OK, "%s", error.message);
    return more ? document : NULL;
}

/* Reads the only document of what was written. */
static struct mn_document *read_back(struct fixture *fixture)
{
    FILE *file = file_with(written(fixture));
    struct mn_exchange_reader *reader = mn_exchange_open(file, "sample", NULL);
    cr_assert_not_null(reader);
    struct mn_document *document = read_next(fixture, reader);
    cr_assert_not_null(document);
    cr_assert_null(read_next(fixture, reader));
    mn_exchange_close(reader);
    fclose(file);
    return document;
}

static void write_alone(struct fixture *fixture, const struct mn_document *document)
{
    mn_exchange_begin(&fixture->writer);
    write_document(fixture, document);
    mn_exchange_end(&fixture->writer);
}

Test(exchange, every_layer_comes_back)
{
    for (enum mn_layer layer = MN_LAYER_READ; layer <= MN_LAYER_INTERPRET; layer++)
        for (unsigned seed = 0; seed < 60; seed++) {
            struct fixture fixture;
            begin(&fixture);
            struct mn_document *document = sample_document(fixture.arena, &fixture.written, layer, seed);
            write_alone(&fixture, document);
            expect_same_documents(document, &fixture.written, read_back(&fixture), &fixture.read);
            end(&fixture);
        }
}

/* Writing what was read gives the same bytes: a filter that changes nothing is the identity. */
Test(exchange, bytes_come_back)
{
    struct fixture fixture;
    begin(&fixture);
    write_alone(&fixture, sample_document(fixture.arena, &fixture.written, MN_LAYER_INTERPRET, 5));
    struct mn_slice first = mn_arena_copy(fixture.arena, written(&fixture));
    struct mn_document *document = read_back(&fixture);
    mn_writer_clear(&fixture.writer);
    mn_exchange_begin(&fixture.writer);
    cr_assert_eq(mn_exchange_write(document, form_text, &fixture.read, &fixture.writer, NULL), MN_OK);
    mn_exchange_end(&fixture.writer);
    cr_expect(mn_slice_equal(first, written(&fixture)));
    end(&fixture);
}

Test(exchange, many_documents_and_failures)
{
    struct fixture fixture;
    begin(&fixture);
    struct mn_error failure;
    mn_fail(&failure, MN_NOT_TEXT, "scan.pdf: \"no text\" <in it> & nothing else");
    mn_exchange_begin(&fixture.writer);
    for (unsigned i = 0; i < 30; i++) {
        write_document(&fixture, sample_document(fixture.arena, &fixture.written, MN_LAYER_MATCH, i));
        if (i % 3 == 0)
            mn_exchange_write_failure(MN_LITERAL("scan.pdf"), &failure, &fixture.writer);
    }
    mn_exchange_end(&fixture.writer);
    FILE *file = file_with(written(&fixture));
    struct mn_exchange_reader *reader = mn_exchange_open(file, "many", NULL);
    for (unsigned i = 0; i < 30; i++) {
        mn_arena_reset(fixture.back);
        struct mn_document *document = sample_document(fixture.arena, &fixture.written, MN_LAYER_MATCH, i);
        expect_same_documents(document, &fixture.written, read_next(&fixture, reader), &fixture.read);
        if (i % 3)
            continue;
        struct mn_error error = {0};
        bool more = true;
        struct mn_document *none = mn_document_create(fixture.back);
        cr_assert_eq(mn_exchange_next(reader, form_intern, &fixture.read, none, &more, &error), MN_NOT_TEXT);
        cr_expect_str_eq(error.message, failure.message);
        cr_expect(mn_slice_equal(none->source.name, MN_LITERAL("scan.pdf")));
        cr_expect(mn_exchange_can_go_on(reader));
    }
    cr_expect_null(read_next(&fixture, reader));
    cr_expect_null(read_next(&fixture, reader));
    mn_exchange_close(reader);
    fclose(file);
    end(&fixture);
}

/* White space around tags comes from editors; it makes no difference to the text. Non-canonical text becomes canonical.
 */
Test(exchange, edited_by_hand)
{
    static const char xml[] =
        "<!-- mine --><document xmlns='urn:minutiae:document:1' layer='tokenise'><source/>\n"
        "<body>\n <p>\n  <num> 1. </num>\r\n  <s>\n <w> Cafe\xCC\x81</w>\n\t<!-- c --><w>is</w><pc>.</pc> </s>\n"
        "  <s><w><![CDATA[a<b]]></w></s><s> </s><s><w/></s>\n </p> <p> </p><fw> Page\n 3 </fw>\n"
        "<div><p><s>\xC2\xA0<w>End</w>\xC2\xAD</s></p></div></body></document>";
    struct fixture fixture;
    begin(&fixture);
    mn_write(&fixture.writer, MN_LITERAL(xml));
    struct mn_document *document = read_back(&fixture);
    cr_expect(mn_slice_equal(document->text, MN_LITERAL("1. Caf\xC3\xA9 is. a<b\nEnd")), "'%.*s'",
              MN_SLICE_ARGS(document->text));
    cr_expect(mn_slice_equal(document->furniture, MN_LITERAL("Page 3")));
    cr_assert_eq(document->nodes.count, 5);
    cr_expect_eq(document->nodes.items[1].content, 3);
    cr_assert_eq(document->sentences.count, 3);
    static const struct {
        uint32_t start, end, node;
    } sentences[] = {{3, 12, 1}, {13, 16, 1}, {17, 20, 4}};
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(document->sentences.items[i].start, sentences[i].start);
        cr_expect_eq(document->sentences.items[i].end, sentences[i].end);
        cr_expect_eq(document->sentences.items[i].node, sentences[i].node);
    }
    static const struct {
        uint32_t start;
        const char *text;
    } tokens[] = {{3, "Caf\xC3\xA9"}, {9, "is"}, {11, "."}, {13, "a<b"}, {17, "End"}};
    cr_assert_eq(document->tokens.count, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_expect_eq(document->tokens.items[i].start, tokens[i].start);
        cr_expect(
            mn_slice_equal(form_text(&fixture.read, document->tokens.items[i].form), mn_slice_of(tokens[i].text)));
    }
    end(&fixture);
}

/* Text is put together across what parts it without a meaning; what starts or ends there moves along. */
Test(exchange, text_in_pieces)
{
#define PARTED "<!-- c -->"
    static const struct {
        const char *body, *text;
        uint32_t content, sentence; /* where they start */
    } cases[] = {
        {"<p>e" PARTED "\xCC\x81</p>", "\xC3\xA9", 0, 0},
        {"<p>e" PARTED "\xCC\x81" PARTED "\xCC\xA3 x</p>", "\xE1\xBA\xB9\xCC\x81 x", 0, 0},
        {"<p>b\xCC\x81" PARTED "\xCC\xA3</p>", "\xE1\xB8\x85\xCC\x81", 0, 0},
        {"<p>e" PARTED "\xC2\xAD" PARTED "\xC2\xAD\xCC\x81</p>", "\xC3\xA9", 0, 0},
        {"<p>e " PARTED "\xCC\x81</p>", "e \xCC\x81", 0, 0},
        {"<p>x \xE0\xA6\x95\xE0\xA7\x87" PARTED "\xE0\xA6\xBE</p>", "x \xE0\xA6\x95\xE0\xA7\x8B", 0, 0},
        {"<p>\xE1\x84\x92" PARTED "\xE1\x85\xA1" PARTED "\xE1\x86\xAB</p>", "\xED\x95\x9C", 0, 0},
        {"<p><num>1\xCC\xA3.</num><s>e" PARTED "\xCC\x81</s></p>", "1\xCC\xA3.\xC3\xA9", 4, 4},
        {"<p><num>e" PARTED "\xCC\x81</num> <s>e" PARTED "\xCC\x81t</s></p>", "\xC3\xA9 \xC3\xA9t", 3, 3},
        {"<p>b<s>\xCC\x81x</s></p>", "b\xCC\x81x", 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture fixture;
        begin(&fixture);
        mn_exchange_begin(&fixture.writer);
        mn_write_literal(&fixture.writer, "<document layer=\"segment\"><source/><body>");
        mn_write(&fixture.writer, mn_slice_of(cases[i].body));
        mn_write_literal(&fixture.writer, "</body></document>");
        mn_exchange_end(&fixture.writer);
        const struct mn_document *document = read_back(&fixture);
        cr_expect(mn_slice_equal(document->text, mn_slice_of(cases[i].text)), "case %zu: '%.*s'", i,
                  MN_SLICE_ARGS(document->text));
        cr_expect_eq(document->nodes.items[1].content, cases[i].content, "case %zu", i);
        if (document->sentences.count) {
            cr_expect_eq(document->sentences.items[0].start, cases[i].sentence, "case %zu", i);
            cr_expect_eq(document->sentences.items[0].end, document->text.size, "case %zu", i);
        }
        end(&fixture);
    }
}

/* Whatever the pieces are, the text is what it is in one piece. */
Test(exchange, text_in_every_piece)
{
    static const int32_t letters[] = {'a',    'e',    0xEA,   0x301,  0x323,  0x302,  0x34F, 0x1100,
                                      0x1161, 0x11A8, 0xAC00, 0x9C7,  0x9BE,  0xF71,  0xF72, 0xF73,
                                      0x344,  0xAD,   ' ',    0x3099, 0x304B, 0x4E2D, 0x958, 0x1D15E};
    const size_t count = sizeof letters / sizeof letters[0];
    struct mn_arena *arena = mn_arena_create();
    for (size_t seed = 0; seed < count * count * count * count; seed += 5) {
        struct mn_leaf leaf = {.arena = arena};
        char raw[16], folded[64];
        size_t size = 0;
        mn_leaf_begin(&leaf);
        for (size_t rest = seed, i = 0; i < 4; i++, rest /= count) {
            size_t start = size;
            size += mn_utf8_encode(letters[rest % count], raw + size);
            cr_assert_eq(mn_leaf_add(&leaf, (struct mn_slice){raw + start, size - start}), MN_OK);
        }
        size = mn_utf8_fold((struct mn_slice){raw, size}, folded);
        cr_assert(mn_slice_equal((struct mn_slice){leaf.text.items, leaf.text.count}, (struct mn_slice){folded, size}),
                  "%zu: '%.*s', not '%.*s'", seed, (int)leaf.text.count, leaf.text.items, (int)size, folded);
        mn_arena_reset(arena);
    }
    mn_arena_destroy(arena);
}

/* Deeper containers are read as if they stood in the deepest one that is remembered; their blocks are all there. */
Test(exchange, nests_to_the_limit)
{
    for (size_t deeper = 0; deeper <= 5000; deeper += 5000) {
        struct fixture fixture;
        begin(&fixture);
        size_t depth = MN_LIMIT_NESTING + deeper;
        mn_exchange_begin(&fixture.writer);
        mn_write_literal(&fixture.writer, "<document layer=\"read\"><source/><body>");
        for (size_t i = 0; i < depth; i++)
            mn_write_literal(&fixture.writer, "<div>");
        mn_write_literal(&fixture.writer, "<p>deep</p>");
        for (size_t i = 0; i < depth; i++)
            mn_write_literal(&fixture.writer, "</div>");
        mn_write_literal(&fixture.writer, "<p>end</p></body></document>");
        mn_exchange_end(&fixture.writer);
        struct mn_document *document = read_back(&fixture);
        cr_assert_eq(document->nodes.count, MN_LIMIT_NESTING + 3);
        cr_expect_eq(document->nodes.items[MN_LIMIT_NESTING + 1].parent, MN_LIMIT_NESTING);
        cr_expect_eq(document->nodes.items[MN_LIMIT_NESTING + 2].parent, 0);
        cr_expect(mn_slice_equal(document->text, MN_LITERAL("deep\nend")));
        end(&fixture);
    }
}

/* A block of many MiB: libxml2's own limit on text nodes is 10 million bytes. */
Test(exchange, large_blocks)
{
    struct fixture fixture;
    begin(&fixture);
    size_t words = 3 << 20;
    mn_exchange_begin(&fixture.writer);
    mn_write_literal(&fixture.writer, "<document layer=\"read\"><source/><body><p>x");
    for (size_t i = 0; i < words; i++)
        mn_write_literal(&fixture.writer, " w\xC3\xB6rd");
    mn_write_literal(&fixture.writer, "</p></body></document>");
    mn_exchange_end(&fixture.writer);
    cr_expect_eq(read_back(&fixture)->text.size, 1 + 6 * words);
    end(&fixture);
}

/* Every allocation of ours fails in turn: each time that is said, and nothing is lost or read twice. */
Test(exchange, out_of_memory)
{
    struct fixture fixture;
    begin(&fixture);
    write_alone(&fixture, sample_document(fixture.arena, &fixture.written, MN_LAYER_INTERPRET, 7));
    size_t failed = 0;
    for (bool done = false; !done; failed++) {
        FILE *file = file_with(written(&fixture));
        mn_arena_reset(fixture.back);
        struct mn_document *document = mn_document_create(fixture.back);
        struct mn_error error = {0};
        bool more = false;
        enum mn_status status = MN_NO_MEMORY;
        mn_fault_after(failed + 1);
        struct mn_exchange_reader *reader = mn_exchange_open(file, "sample", &error);
        if (reader)
            status = mn_exchange_next(reader, form_intern, &fixture.read, document, &more, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(status, done ? MN_OK : MN_NO_MEMORY, "allocation %zu: %s", failed, error.message);
        cr_assert_eq(error.status, status);
        mn_exchange_close(reader);
        fclose(file);
    }
    cr_expect_gt(failed, 50);
    end(&fixture);
}

Test(exchange, writing_reports_its_failures)
{
    struct fixture fixture;
    begin(&fixture);
    struct mn_document *document = sample_document(fixture.arena, &fixture.written, MN_LAYER_MATCH, 3);
    struct mn_error error = {0};
    cr_expect_eq(mn_exchange_write(document, NULL, NULL, &fixture.writer, &error), MN_INTERNAL);
    cr_assert_gt(document->sentences.count, 1);
    mn_writer_free(&fixture.writer);
    mn_fault_after(2);
    cr_expect_eq(mn_exchange_write(document, form_text, &fixture.written, &fixture.writer, &error), MN_NO_MEMORY);
    mn_fault_after(0);
    mn_writer_clear(&fixture.writer);
    document->sentences.items[1].start = 0;
    cr_expect_eq(mn_exchange_write(document, form_text, &fixture.written, &fixture.writer, &error), MN_INTERNAL);
    cr_expect_not_null(strstr(error.message, "overlap"), "%s", error.message);
    end(&fixture);
}
