#include "base/fault.h"
#include "base/writer.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static struct mn_slice waiting(const struct mn_writer *writer)
{
    return (struct mn_slice){writer->data, writer->size};
}

Test(writer, escapes)
{
    static const struct {
        struct mn_slice raw;
        const char *text, *attribute;
    } cases[] = {
        {MN_LITERAL_ITEM(""), "", ""},
        {MN_LITERAL_ITEM("plain \xC3\xA9"), "plain \xC3\xA9", "plain \xC3\xA9"},
        {MN_LITERAL_ITEM("a<b>&\"'"), "a&lt;b&gt;&amp;\"'", "a&lt;b&gt;&amp;&quot;'"},
        {MN_LITERAL_ITEM("a\tb\nc\rd"), "a\tb\nc&#13;d", "a&#9;b&#10;c&#13;d"},
        {MN_LITERAL_ITEM("]]>"), "]]&gt;", "]]&gt;"},
        {MN_LITERAL_ITEM("\x01\x0B\x1F\x00z"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz",
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
        {MN_LITERAL_ITEM("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD\xEF\xBB\xBF"),
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBB\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBB\xBF"},
        {MN_LITERAL_ITEM("name\xFF.pdf\xE2\x82"), "name\xEF\xBF\xBD.pdf\xEF\xBF\xBD\xEF\xBF\xBD",
         "name\xEF\xBF\xBD.pdf\xEF\xBF\xBD\xEF\xBF\xBD"},
        {MN_LITERAL_ITEM("cut \xEF"), "cut \xEF\xBF\xBD", "cut \xEF\xBF\xBD"},
    };
    struct mn_writer writer;
    mn_writer_init(&writer, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mn_writer_clear(&writer);
        mn_write_text(&writer, cases[i].raw);
        cr_expect(mn_slice_equal(waiting(&writer), mn_slice_of(cases[i].text)), "text %zu: '%.*s'", i,
                  MN_SLICE_ARGS(waiting(&writer)));
        char expected[200];
        snprintf(expected, sizeof expected, " n=\"%s\"", cases[i].attribute);
        mn_writer_clear(&writer);
        mn_write_attribute(&writer, "n", cases[i].raw);
        cr_expect(mn_slice_equal(waiting(&writer), mn_slice_of(expected)), "attribute %zu: '%.*s'", i,
                  MN_SLICE_ARGS(waiting(&writer)));
    }
    mn_writer_free(&writer);
}

Test(writer, numbers)
{
    struct mn_writer writer;
    mn_writer_init(&writer, NULL);
    mn_write_number(&writer, 0);
    mn_write_char(&writer, ',');
    mn_write_number(&writer, UINT64_MAX);
    mn_write_attribute_number(&writer, "level", 42);
    cr_expect(mn_slice_equal(waiting(&writer), MN_LITERAL("0,18446744073709551615 level=\"42\"")));
    cr_expect_eq(mn_writer_finish(&writer, NULL), MN_OK);
    mn_writer_free(&writer);
}

/* Pieces of all sizes around the buffer's, to memory and to a stream. */
Test(writer, buffers_of_all_sizes)
{
    static const size_t sizes[] = {1, 65535, 65536, 65537, 3, 200000, 10, 65530};
    char *piece = malloc(200000);
    cr_assert_not_null(piece);
    FILE *file = tmpfile();
    struct mn_writer memory, stream;
    mn_writer_init(&memory, NULL);
    mn_writer_init(&stream, file);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        memset(piece, (int)('a' + i), sizes[i]);
        mn_write(&memory, (struct mn_slice){piece, sizes[i]});
        mn_write(&stream, (struct mn_slice){piece, sizes[i]});
    }
    cr_assert_eq(mn_writer_finish(&memory, NULL), MN_OK);
    cr_assert_eq(mn_writer_finish(&stream, NULL), MN_OK);
    size_t total = memory.size;
    char *back = malloc(total + 1);
    cr_assert_not_null(back);
    rewind(file);
    cr_assert_eq(fread(back, 1, total + 1, file), total);
    cr_expect_eq(memcmp(back, memory.data, total), 0);
    size_t at = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; at += sizes[i++])
        cr_expect(memory.data[at] == (char)('a' + i) && memory.data[at + sizes[i] - 1] == (char)('a' + i));
    fclose(file);
    free(back);
    free(piece);
    mn_writer_free(&memory);
    mn_writer_free(&stream);
}

Test(writer, full_disk)
{
    static char large[300000];
    memset(large, 'x', sizeof large);
    static const size_t sizes[] = {10, 65536, sizeof large};
    for (size_t i = 0; i < 3; i++) {
        FILE *full = fopen("/dev/full", "w");
        if (full == NULL)
            cr_skip_test("no /dev/full here");
        struct mn_writer writer;
        struct mn_error error;
        mn_writer_init(&writer, full);
        mn_write(&writer, (struct mn_slice){large, sizes[i]});
        mn_write_literal(&writer, "more");
        cr_expect_eq(mn_writer_finish(&writer, &error), MN_NOT_WRITABLE);
        cr_expect_not_null(strstr(error.message, "No space left on device"), "%s", error.message);
        mn_write_literal(&writer, "still more");
        cr_expect_eq(mn_writer_finish(&writer, &error), MN_NOT_WRITABLE, "it stays failed");
        mn_writer_free(&writer);
        fclose(full);
    }
}

Test(writer, out_of_memory)
{
    FILE *files[] = {NULL, tmpfile()};
    for (size_t i = 0; i < 2; i++) {
        struct mn_writer writer;
        struct mn_error error;
        mn_writer_init(&writer, files[i]);
        mn_fault_after(1);
        mn_write_literal(&writer, "words");
        cr_expect_not(mn_fault_pending());
        mn_write_literal(&writer, "later");
        cr_expect_eq(writer.size, 0);
        cr_expect_eq(mn_writer_finish(&writer, &error), MN_NO_MEMORY);
        mn_writer_free(&writer);
    }
    fclose(files[1]);
}
