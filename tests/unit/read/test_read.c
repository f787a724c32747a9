/* mn_read: what the bytes are, facts about the source, limits, failures; real shapes from the corpus. */
#include "base/fault.h"
#include "base/limits.h"
#include "dump.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define BYTES(text)                                                                                                    \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    }

struct refusal {
    struct mn_slice bytes;
    enum mn_status status;
    const char *message;
};

static const struct refusal refusals[] = {
    {BYTES(""), MN_EMPTY_SOURCE, "test: the file is empty: fetch it again or leave it out"},
    {BYTES(" \n\t\r\n "), MN_EMPTY_SOURCE,
     "test: looks like plain text, but holds no text: fetch it again or leave it out"},
    {BYTES("\xFF\xFE"), MN_EMPTY_SOURCE, "test: looks like plain text, but holds no text"},
    {BYTES("\xEF\xBB\xBF"), MN_EMPTY_SOURCE, "test: looks like plain text, but holds no text"},
    {BYTES("\xC2\xA0\n\xE2\x80\x8B"), MN_EMPTY_SOURCE, "test: looks like plain text, but holds no text"},
    {BYTES("<html><body><script>x</script></body></html>"), MN_EMPTY_SOURCE,
     "test: looks like a web page, but holds no text"},
    {BYTES("<html><nav>menu</nav></html>"), MN_EMPTY_SOURCE, "test: looks like a web page, but holds no text"},
    {BYTES("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"), MN_UNSUPPORTED, "test: is a PDF, which is not read here"},
    {BYTES("\r\n%PDF-1.4\n"), MN_UNSUPPORTED, "test: is a PDF, which is not read here"},
    {BYTES("PK\3\4\x14\0\6\0\x08\0\0\0!\0xxxxxxxxxxxxword/document.xml"), MN_MALFORMED, "test: cannot be unpacked"},
    {BYTES("PK\3\4\x14\0\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.text"), MN_MALFORMED,
     "test: cannot be unpacked"},
    {BYTES("PK\3\4\x14\0\0\0\0\0a.txt"), MN_NOT_TEXT, "test: looks like a zip archive"},
    {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), MN_NOT_TEXT, "test: looks like an old Word or Office document"},
    {BYTES("\x1F\x8B\x08\0"), MN_NOT_TEXT, "test: looks like a compressed file"},
    {BYTES("\x89PNG\r\n\x1A\n"), MN_NOT_TEXT, "test: looks like an image"},
    {BYTES("\xFF\xD8\xFF\xE0"), MN_NOT_TEXT, "test: looks like an image"},
    {BYTES("\1\2\3\4\5\6\7\0\0\0\1\2\3"), MN_NOT_TEXT, "test: looks like binary data of no known kind"},
    {BYTES("{\\rtf1\\ansi Hello}"), MN_UNSUPPORTED, "test: looks like a rich text (RTF) document"},
    {BYTES("<?xml version='1.0'?><rss><p>x</p></rss>"), MN_UNSUPPORTED, "test: looks like an XML document"},
    {BYTES("MIME-Version: 1.0\r\nContent-Type: multipart/related"), MN_UNSUPPORTED, "test: looks like a web archive"},
    {BYTES("WARC/1.0\r\n"), MN_UNSUPPORTED, "test: looks like a web crawl"},
};

Test(read, says_what_it_cannot_read)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct reading reading = reading_of(refusals[i].bytes, NULL);
        cr_expect(reading.status == refusals[i].status, "%zu: %s", i, mn_status_word(reading.status));
        cr_expect(strncmp(reading.error.message, refusals[i].message, strlen(refusals[i].message)) == 0, "%zu: %s", i,
                  reading.error.message);
        cr_expect(reading.document->layer == MN_LAYER_NOTHING, "%zu", i);
        reading_free(&reading);
    }
}

struct kind {
    const char *media_type;
    struct mn_slice bytes;
};

static const struct kind kinds[] = {
    {"text/html", BYTES("<!DOCTYPE html><p>x")},
    {"text/html", BYTES(" \n<!-- c --> <HTML><p>x")},
    {"text/html", BYTES("<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC ''><html><p>x</html>")},
    {"text/html", BYTES("\xEF\xBB\xBF<p>x")},
    {"text/html", BYTES("Warning: something\n<html><p>x")},
    {"text/html", BYTES("<b>RESOLVED</b> x")},
    {"text/plain", BYTES("a < b, <noted>, p > q")},
    {"text/plain", BYTES("<a.person@example.org> wrote")},
    {"text/plain", BYTES("The PDF format begins with %PDF-1.4.")},
    {"text/plain", BYTES("\x1B[1mescape\x1B[0m and a bell \7 in a text that is long enough to stay text, all in all")},
    {"text/plain", BYTES("---\ntext\n---\nmore")},
};

Test(read, knows_text_by_its_content)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct reading reading = reading_of(kinds[i].bytes, NULL);
        cr_expect(reading.status == MN_OK, "%zu: %s", i, reading.error.message);
        cr_expect(mn_slice_equal(reading.document->source.media_type, mn_slice_of(kinds[i].media_type)), "%zu: %.*s", i,
                  MN_SLICE_ARGS(reading.document->source.media_type));
        reading_free(&reading);
    }
}

Test(read, sets_the_facts_of_the_source)
{
    struct reading reading = reading_of(MN_LITERAL("abc"), NULL);
    char digest[64];
    mn_sha256_hex(&reading.document->source.sha256, digest);
    cr_expect(memcmp(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 64) == 0);
    cr_expect(reading.document->source.size == 3);
    cr_expect(reading.document->layer == MN_LAYER_READ);
    reading_free(&reading);
}

Test(read, refuses_more_than_the_limit)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = mn_document_create(arena);
    document->source.name = MN_LITERAL("big");
    struct mn_read_options options = {.max_bytes = 10};
    struct mn_error error;
    cr_expect(mn_read(MN_LITERAL("0123456789a"), &options, document, &error) == MN_OVER_LIMIT);
    cr_expect(strcmp(error.message, "big: 11 bytes, more than the 10 that one document may have: split it") == 0, "%s",
              error.message);
    cr_expect(mn_read(MN_LITERAL("0123456789"), &options, document, &error) == MN_OK);
    cr_expect(mn_read(MN_LITERAL("x"), NULL, document, NULL) == MN_OK);
    mn_arena_destroy(arena);
}

/* The tree holds together: children lie within their parents, leaves' ranges cover the text with one newline between.
 */
static void check_tree(const struct mn_document *document, const char *name)
{
    uint32_t expected = 0;
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        cr_assert(node->after > i && node->after <= document->nodes.count, "%s", name);
        if (i > 0)
            cr_assert(node->parent < i && node->after <= document->nodes.items[node->parent].after, "%s", name);
        cr_assert(node->source_start <= node->source_end, "%s", name);
        if (!mn_node_is_leaf(node) || node->kind == MN_FW)
            continue;
        cr_assert(node->start == expected && node->end > node->start && node->content == node->start, "%s", name);
        expected = node->end + 1;
    }
    cr_assert(document->text.size + 1 == expected, "%s", name);
}

static const char *const broken[] = {
    "<table><li>a<tr>b<td>c<ul>d<table>e</ul>f<tr><td>g</table>h",
    "<ul><tr><td>x<li>y</ul>z</td>w",
    "</p></div></b>x</table>",
    "<td>a<th>b<tr>c",
    "<ol><li><table><tr><li>a<td>b</ol>c</table>d",
    "<h1><p>a<h2><table><td>b</h1>c",
    "<pre><table><tr><td>a\nb</pre>c\nd",
    "<div hidden><table><tr><td>a</div>b<td>c",
    "<nav><ul><li>a</nav><li>b</ul>c",
    "<blockquote><li>a</blockquote><ul><blockquote><li>b",
    "<p",
    "<p>a<b",
    "<p>&",
    "<p>a&#",
    "<p>a<!--",
    "<p>a<![if",
    "<p>a</",
    "<title>t",
    "<head><p>x",
    "<p>a<script>b",
    "<p>a<textarea>b",
};

Test(read, broken_markup_makes_a_whole_tree)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct reading reading = reading_of(mn_slice_of(broken[i]), NULL);
        cr_expect(reading.status == MN_OK || reading.status == MN_EMPTY_SOURCE, "%s: %s", broken[i],
                  reading.error.message);
        if (reading.status == MN_OK)
            check_tree(reading.document, broken[i]);
        reading_free(&reading);
    }
}

static const char *const faulty[] = {
    "<html lang=en><title>t</title><meta name=dc.date content=2019-01-01><h1>d</h1>",
    "<table><tr><td rowspan=2>a<ul><li>b</ul><div class=nav>c</div></table>",
    "**bold**\n\n| a | b |\n|---|---|\n| c | d |\n\n> quote\n",
    "plain\n\n  text\n",
    "caf\xE9 \x81",
};

Test(read, survives_each_failed_allocation)
{
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        bool done = false;
        for (size_t n = 1; !done; n++) {
            struct mn_arena *arena = mn_arena_create();
            struct mn_document *document = mn_document_create(arena);
            struct mn_error error;
            mn_fault_after(n);
            enum mn_status status = mn_read(mn_slice_of(faulty[i]), NULL, document, &error);
            done = mn_fault_pending();
            mn_fault_after(0);
            cr_expect(status == MN_OK || (!done && status == MN_NO_MEMORY), "%zu/%zu: %s", i, n,
                      mn_status_word(status));
            mn_arena_destroy(arena);
        }
    }
}

static struct mn_slice contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file, "%s", path);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(size + 1);
    cr_assert(fread(data, 1, size, file) == size);
    fclose(file);
    return (struct mn_slice){data, size};
}

static bool is_source(const char *name)
{
    const char *suffix = strrchr(name, '.');
    return suffix && strcmp(suffix, ".xml") != 0 && name[0] != '.' && strncmp(name, "x-", 2) != 0 &&
           strcmp(name, "COVERAGE.md") != 0;
}

Test(read, the_corpus)
{
    const char *folder = MN_TEST_SOURCE_DIR "/corpus";
    DIR *listing = opendir(folder);
    if (!listing) {
        cr_skip_test("no corpus at %s", folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (!is_source(entry->d_name))
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct mn_slice bytes = contents(path);
        struct reading reading = reading_of(bytes, NULL);
        cr_expect(reading.status == MN_OK, "%s", reading.error.message);
        cr_expect(reading.document->text.size > 1000, "%s", path);
        check_tree(reading.document, path);
        struct mn_slice type = reading.document->source.media_type;
        const char *suffix = strrchr(entry->d_name, '.');
        const char *expected = strncmp(suffix, ".htm", 4) == 0 ? "text/html"
                               : strcmp(suffix, ".md") == 0    ? "text/markdown"
                                                               : "text/plain";
        cr_expect(mn_slice_equal(type, mn_slice_of(expected)), "%s: %.*s", path, MN_SLICE_ARGS(type));
        reading_free(&reading);
        free((void *)(uintptr_t)bytes.data);
    }
    closedir(listing);
}
