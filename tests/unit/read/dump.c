#include "dump.h"
#include "base/writer.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static size_t depth_of(const struct mn_document *document, const struct mn_node *node)
{
    size_t depth = 0;
    for (uint32_t up = node->parent; up != MN_NONE && up != 0; up = document->nodes.items[up].parent)
        depth++;
    return depth;
}

static void write_mark(struct mn_writer *out, char mark, uint64_t number)
{
    mn_write_char(out, mark);
    mn_write_number(out, number);
}

static void write_node(struct mn_writer *out, const struct mn_document *document, const struct mn_node *node)
{
    for (size_t depth = depth_of(document, node); depth > 0; depth--)
        mn_write_char(out, ' ');
    mn_write(out, mn_slice_of(mn_node_element((enum mn_node_kind)node->kind)));
    if (node->level)
        mn_write_number(out, node->level);
    if (node->flags & MN_BOLD)
        mn_write_char(out, '*');
    if (node->flags & MN_HEADER_CELL)
        mn_write_char(out, '#');
    if (node->flags & MN_BROKEN_OFF)
        mn_write_char(out, '^');
    if (node->numbering) {
        write_mark(out, '=', node->numbering);
        write_mark(out, ':', node->ordinal);
    }
    if (node->page)
        write_mark(out, '@', node->page);
    if (node->gap)
        write_mark(out, '/', node->gap);
    if (mn_node_is_leaf(node)) {
        mn_write_char(out, ' ');
        mn_write(out, mn_slice_cut(node->kind == MN_FW ? document->furniture : document->text, node->start, node->end));
    }
    mn_write_char(out, '\n');
}

static char *dump_of(const struct mn_document *document)
{
    struct mn_writer out;
    mn_writer_init(&out, NULL);
    for (size_t i = 1; i < document->nodes.count; i++)
        write_node(&out, document, &document->nodes.items[i]);
    mn_write_char(&out, '\0');
    struct mn_error error;
    cr_assert(mn_writer_finish(&out, &error) == MN_OK, "%s", error.message);
    return out.data;
}

static struct reading read_bytes(struct mn_slice bytes, const struct mn_read_options *options)
{
    struct reading reading = {.arena = mn_arena_create()};
    reading.document = mn_document_create(reading.arena);
    reading.document->source.name = MN_LITERAL("test");
    /* A copy of the exact size, so that AddressSanitizer sees every byte read beyond it. */
    char *copy = malloc(bytes.size ? bytes.size : 1);
    if (bytes.size)
        memcpy(copy, bytes.data, bytes.size);
    reading.status = mn_read((struct mn_slice){copy, bytes.size}, options, reading.document, &reading.error);
    free(copy);
    if (reading.status == MN_OK)
        reading.dump = dump_of(reading.document);
    return reading;
}

struct reading reading_of(struct mn_slice bytes, const char *charset)
{
    struct mn_read_options options = {.charset = charset};
    return read_bytes(bytes, &options);
}

struct reading reading_with(struct mn_slice bytes, struct mn_pdf_process *pdf)
{
    struct mn_read_options options = {.pdf = pdf};
    return read_bytes(bytes, &options);
}

void reading_free(struct reading *reading)
{
    free(reading->dump);
    mn_arena_destroy(reading->arena);
}

void check_bytes(struct mn_slice source, const char *expected)
{
    struct reading reading = reading_of(source, NULL);
    cr_expect(reading.status == MN_OK, "%.*s: %s", MN_SLICE_ARGS(source), reading.error.message);
    if (reading.status == MN_OK)
        cr_expect(strcmp(reading.dump, expected) == 0, "source:\n%.*s\nread:\n%s\nexpected:\n%s", MN_SLICE_ARGS(source),
                  reading.dump, expected);
    reading_free(&reading);
}

void check_dump(const char *source, const char *expected)
{
    check_bytes(mn_slice_of(source), expected);
}

bool has_notice(const struct reading *reading, const char *text)
{
    for (size_t i = 0; i < reading->document->notices.count; i++) {
        struct mn_slice notice = reading->document->notices.items[i].text;
        for (size_t at = 0; at + strlen(text) <= notice.size; at++) {
            if (memcmp(notice.data + at, text, strlen(text)) == 0)
                return true;
        }
    }
    return false;
}
