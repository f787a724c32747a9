/* Whole documents: every route through the stages gives the same record, the record is valid, and every quote is the
 * canonical text between its offsets. Runs over the corpus and, where they are, over real documents. */
#include "base/utf8.h"
#include "document/exchange.h"
#include "record/record.h"
#include "record/validate.h"
#include "run/run.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench {
    struct mn_rules *rules;
    struct mn_worker *worker, *other;
    struct mn_validator *validator;
    char *bytes;
};

enum { LARGEST = 4 << 20 };

static struct bench bench_open(void)
{
    struct bench bench = {0};
    struct mn_error error;
    const char *rules = MN_TEST_SOURCE_DIR "/rules";
    cr_assert_eq(mn_rules_load(&rules, 1, &bench.rules, NULL, &error), MN_OK, "%s", error.message);
    bench.worker = mn_worker_create(bench.rules);
    bench.other = mn_worker_create(bench.rules);
    bench.bytes = malloc(LARGEST);
    cr_assert(bench.worker && bench.other && bench.bytes);
    cr_assert_eq(mn_validator_create(MN_TEST_SOURCE_DIR "/schemas", &bench.validator, &error), MN_OK, "%s",
                 error.message);
    return bench;
}

static void bench_close(struct bench *bench)
{
    mn_validator_destroy(bench->validator);
    mn_worker_destroy(bench->worker);
    mn_worker_destroy(bench->other);
    mn_rules_free(bench->rules);
    free(bench->bytes);
}

/* The record by the fused route; false when the document cannot be read. */
static bool fused(struct bench *bench, struct mn_slice bytes, struct mn_writer *record, struct mn_document **document)
{
    static const struct mn_run_options options;
    struct mn_error error;
    *document = mn_worker_document(bench->worker);
    (*document)->source.name = MN_LITERAL("a document");
    mn_writer_clear(record);
    if (mn_worker_run(bench->worker, *document, bytes, MN_LAYER_INTERPRET, &options, &error) != MN_OK)
        return false;
    cr_assert_eq(mn_record_write(*document, record, &error), MN_OK, "%s", error.message);
    return true;
}

/* Writes the document of one worker as document XML and reads it into the other. */
static struct mn_document *carry_over(struct mn_worker *from, const struct mn_document *document, struct mn_worker *to)
{
    struct mn_error error;
    struct mn_writer xml;
    mn_writer_init(&xml, NULL);
    mn_exchange_begin(&xml);
    cr_assert_eq(mn_exchange_write(document, mn_forms_text, mn_worker_forms(from), &xml, &error), MN_OK);
    mn_exchange_end(&xml);
    FILE *file = fmemopen(xml.data, xml.size, "r");
    struct mn_exchange_reader *reader = mn_exchange_open(file, "memory", &error);
    cr_assert(reader != NULL, "%s", error.message);
    struct mn_document *copy = mn_worker_document(to);
    bool more = false;
    enum mn_status status = mn_exchange_next(reader, mn_forms_intern_any, mn_worker_forms(to), copy, &more, &error);
    cr_assert(status == MN_OK && more, "%s", error.message);
    mn_exchange_close(reader);
    fclose(file);
    mn_writer_free(&xml);
    return copy;
}

/* The record by the filters' route: after every stage the document goes through XML. */
static void piped(struct bench *bench, struct mn_slice bytes, struct mn_writer *record)
{
    static const struct mn_run_options options;
    struct mn_error error;
    struct mn_worker *workers[2] = {bench->worker, bench->other};
    struct mn_document *document = mn_worker_document(workers[0]);
    document->source.name = MN_LITERAL("a document");
    for (enum mn_layer layer = MN_LAYER_READ; layer <= MN_LAYER_INTERPRET; layer++) {
        struct mn_worker *here = workers[layer % 2 == 0], *there = workers[layer % 2];
        cr_assert_eq(mn_worker_run(here, document, bytes, layer, &options, &error), MN_OK, "%s", error.message);
        document = carry_over(here, document, there);
    }
    mn_writer_clear(record);
    cr_assert_eq(mn_record_write(document, record, &error), MN_OK, "%s", error.message);
}

static void check_quote(const struct mn_document *document, const struct mn_offsets *offsets, xmlNode *element,
                        const char *name)
{
    xmlChar *start = xmlGetProp(element, BAD_CAST "start"), *end = xmlGetProp(element, BAD_CAST "end");
    xmlNode *quote = element;
    for (xmlNode *child = element->children; child; child = child->next)
        if (xmlStrEqual(child->name, BAD_CAST "quote"))
            quote = child;
    xmlChar *text = start && end && quote->children ? xmlNodeGetContent(quote) : NULL;
    if (text) {
        uint32_t from = mn_offsets_byte(offsets, (uint32_t)strtoul((const char *)start, NULL, 10));
        uint32_t to = mn_offsets_byte(offsets, (uint32_t)strtoul((const char *)end, NULL, 10));
        cr_assert(from != MN_NONE && to != MN_NONE && from < to, "%s", name);
        struct mn_slice words = mn_document_text(document, from, to);
        cr_expect(mn_slice_equal(words, mn_slice_of((const char *)text)), "%s: quote '%s', text '%.*s'", name, text,
                  MN_SLICE_ARGS(words));
    }
    xmlFree(text);
    xmlFree(start);
    xmlFree(end);
}

static void check_quotes(const struct mn_document *document, const struct mn_writer *record, const char *name)
{
    struct mn_offsets offsets;
    cr_assert(mn_offsets_init(&offsets, document->arena, document->text));
    xmlDoc *xml = xmlReadMemory(record->data, (int)record->size, NULL, NULL, XML_PARSE_NONET);
    cr_assert(xml != NULL, "%s", name);
    for (xmlNode *node = xmlDocGetRootElement(xml), *next; node; node = next) {
        if (node->type == XML_ELEMENT_NODE)
            check_quote(document, &offsets, node, name);
        for (next = node->children; !next && node; node = node->parent)
            next = node->next;
    }
    xmlFreeDoc(xml);
}

static void check_document(struct bench *bench, struct mn_slice bytes, const char *name, unsigned *records)
{
    struct mn_writer first, again;
    struct mn_document *document;
    struct mn_error error = {0};
    mn_writer_init(&first, NULL);
    mn_writer_init(&again, NULL);
    if (fused(bench, bytes, &first, &document)) {
        ++*records;
        struct mn_slice record = {first.data, first.size};
        cr_expect_eq(mn_validate(bench->validator, name, record, &error), MN_OK, "%s", error.message);
        check_quotes(document, &first, name);
        cr_assert(fused(bench, bytes, &again, &document));
        cr_expect(mn_slice_equal(record, (struct mn_slice){again.data, again.size}), "%s: two runs differ", name);
        piped(bench, bytes, &again);
        cr_expect(mn_slice_equal(record, (struct mn_slice){again.data, again.size}), "%s: the piped route differs",
                  name);
    }
    mn_writer_free(&first);
    mn_writer_free(&again);
}

static size_t load(const char *path, char *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(bytes, 1, LARGEST, file) : 0;
    if (file)
        fclose(file);
    return size;
}

/* The number of records made from the folder's documents. */
static unsigned check_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    if (!stream) {
        fprintf(stderr, "skipped: there is no folder %s\n", folder); /* cr_skip_test leaks */
        return 0;
    }
    struct bench bench = bench_open();
    unsigned records = 0;
    for (struct dirent *entry; (entry = readdir(stream));) {
        char path[1024];
        if (entry->d_name[0] == '.' || strstr(entry->d_name, ".gold.xml") || strstr(entry->d_name, "README"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_document(&bench, (struct mn_slice){bench.bytes, load(path, bench.bytes)}, entry->d_name, &records);
    }
    closedir(stream);
    bench_close(&bench);
    return records;
}

Test(routes, corpus)
{
    cr_expect_geq(check_folder(MN_TEST_SOURCE_DIR "/corpus"), 35);
}

Test(routes, real_english_minutes)
{
    check_folder(MN_TEST_SOURCE_DIR "/../shared/data/minutes-england");
}

Test(routes, real_irish_minutes)
{
    check_folder(MN_TEST_SOURCE_DIR "/../shared/data/minutes-ireland");
}

/* What an offset means, pinned: code points of canonical text, which is NFC with folded spaces. */
Test(routes, offsets_on_difficult_text)
{
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"\xEF\xBB\xBFRESOLVED:\r\n\r\n1.\xC2\xA0\xC2\xA0That the cafe\xCC\x81\xC2\xA0lease be noted.\r\n\r\n2. That "
         "\xF0\x9D\x94\xB8 be "
         "approved.\r\n",
         "RESOLVED:\n1. That the caf\xC3\xA9 lease be noted.\n2. That \xF0\x9D\x94\xB8 be approved."},
        {"RESOLVED:\r\r1) That soft\xC2\xADly be noted.\r\r2) That e\xCC\xA7\xCC\x81 be noted.",
         "RESOLVED:\n1) That softly be noted.\n2) That \xC8\xA9\xCC\x81 be noted."},
    };
    struct bench bench = bench_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mn_writer record;
        struct mn_document *document;
        unsigned records = 0;
        mn_writer_init(&record, NULL);
        cr_assert(fused(&bench, mn_slice_of(cases[i].bytes), &record, &document));
        cr_expect(mn_slice_equal(document->text, mn_slice_of(cases[i].text)), "'%.*s'", MN_SLICE_ARGS(document->text));
        cr_expect_eq(document->findings.count, 2);
        mn_writer_free(&record);
        check_document(&bench, mn_slice_of(cases[i].bytes), "a difficult text", &records);
        cr_expect_eq(records, 1);
    }
    bench_close(&bench);
}

static size_t resolutions_in(struct bench *bench, const char *text)
{
    struct mn_writer record;
    struct mn_document *document;
    size_t count = 0;
    mn_writer_init(&record, NULL);
    cr_assert(fused(bench, mn_slice_of(text), &record, &document));
    mn_writer_free(&record);
    for (size_t i = 0; i < document->findings.count; i++)
        count += document->findings.items[i].kind == MN_RESOLUTION;
    return count;
}

Test(routes, a_decision_printed_twice_counts_once)
{
    static const char *const start =
        "<html><body><h2>Library hours</h2><p>The Committee had before it a report on the hours of the library.</p>"
        "<p><b>Decision:</b></p><p>That the hours be kept.</p><p><b>Minutes:</b></p><p>The librarian spoke.</p>";
    static const struct {
        const char *end;
        size_t resolutions;
    } cases[] = {
        {"<p>RESOLVED:</p><p>(a) That the hours be kept until March;</p><p>(b) That the staff be thanked.</p>", 2},
        {"<p>RESOLVED:</p><p>(a) That the fees be raised;</p><p>(b) That the staff be thanked.</p>", 3},
        {"<h2>Museum hours</h2><p>The Committee had a report on the museum too, which was shorter.</p>"
         "<p>RESOLVED:</p><p>(a) That the hours be kept;</p><p>(b) That the staff be thanked.</p>",
         3},
    };
    struct bench bench = bench_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%s%s</body></html>", start, cases[i].end);
        cr_expect_eq(resolutions_in(&bench, text), cases[i].resolutions, "case %zu: %zu", i,
                     resolutions_in(&bench, text));
    }
    bench_close(&bench);
}
