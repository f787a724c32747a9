#include "base/writer.h"

#include "base/utf8.h"
#include <errno.h>
#include <stdlib.h>

#define BUFFER_BYTES ((size_t)64 << 10)

void mn_writer_init(struct mn_writer *writer, FILE *file)
{
    *writer = (struct mn_writer){.file = file};
}

void mn_writer_free(struct mn_writer *writer)
{
    free(writer->data);
    *writer = (struct mn_writer){0};
}

void mn_writer_clear(struct mn_writer *writer)
{
    writer->size = 0;
    writer->status = MN_OK;
}

static void hand_on(struct mn_writer *writer)
{
    if (writer->size && fwrite(writer->data, 1, writer->size, writer->file) != writer->size)
        writer->status = MN_NOT_WRITABLE;
    writer->size = 0;
}

enum mn_status mn_writer_finish(struct mn_writer *writer, struct mn_error *error)
{
    if (writer->file && writer->status == MN_OK) {
        errno = 0;
        hand_on(writer);
        if (fflush(writer->file) != 0)
            writer->status = MN_NOT_WRITABLE;
    }
    if (writer->status == MN_NO_MEMORY)
        return mn_fail_memory(error);
    if (writer->status != MN_OK)
        return mn_fail(error, writer->status, "output cannot be written: %s; check the free space and who reads it",
                       errno ? strerror(errno) : "the stream has failed");
    return MN_OK;
}

/* Room for `size` more bytes; false when the writer has failed. */
static bool make_room(struct mn_writer *writer, size_t size)
{
    if (writer->status != MN_OK)
        return false;
    if (writer->capacity - writer->size >= size)
        return true;
    if (writer->file && writer->size) {
        hand_on(writer);
        if (writer->status != MN_OK)
            return false;
        if (writer->capacity >= size)
            return true;
    }
    size_t wanted = writer->capacity ? writer->capacity * 2 : BUFFER_BYTES;
    while (wanted < writer->size + size)
        wanted *= 2;
    char *data = realloc(writer->data, wanted);
    if (!data) {
        writer->status = MN_NO_MEMORY;
        return false;
    }
    writer->data = data;
    writer->capacity = wanted;
    return true;
}

void mn_write(struct mn_writer *writer, struct mn_slice bytes)
{
    if (!bytes.size || !make_room(writer, bytes.size))
        return;
    memcpy(writer->data + writer->size, bytes.data, bytes.size);
    writer->size += bytes.size;
}

void mn_write_char(struct mn_writer *writer, char byte)
{
    mn_write(writer, (struct mn_slice){&byte, 1});
}

void mn_write_number(struct mn_writer *writer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    mn_write(writer, (struct mn_slice){digits + at, sizeof digits - at});
}

/* What a byte becomes; null: itself. */
#define REPLACEMENT "\xEF\xBF\xBD"
static const char *const in_text[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['\r'] = "&#13;",
};
static const char *const in_attribute[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;",
};

static bool is_refused(struct mn_slice text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];
    if (byte < 0x20)
        return byte != '\t' && byte != '\n' && byte != '\r';
    return byte == 0xEF && text.size - at >= 3 && memcmp(text.data + at, "\xEF\xBF", 2) == 0 &&
           (unsigned char)text.data[at + 2] >= 0xBE;
}

static void write_escaped(struct mn_writer *writer, struct mn_slice text, const char *const *table)
{
    size_t plain = 0;
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        const char *escape = table[byte];
        bool refused = !escape && (byte < 0x20 || byte == 0xEF) && is_refused(text, at);
        if (!escape && !refused)
            continue;
        mn_write(writer, mn_slice_cut(text, plain, at));
        mn_write(writer, mn_slice_of(escape ? escape : REPLACEMENT));
        at += refused && byte == 0xEF ? 2 : 0;
        plain = at + 1;
    }
    mn_write(writer, mn_slice_cut(text, plain, text.size));
}

void mn_write_text(struct mn_writer *writer, struct mn_slice text)
{
    write_escaped(writer, text, in_text);
}

void mn_write_attribute(struct mn_writer *writer, const char *name, struct mn_slice value)
{
    mn_write_char(writer, ' ');
    mn_write(writer, mn_slice_of(name));
    mn_write_literal(writer, "=\"");
    write_escaped(writer, value, in_attribute);
    mn_write_char(writer, '"');
}

void mn_write_attribute_number(struct mn_writer *writer, const char *name, uint64_t value)
{
    mn_write_char(writer, ' ');
    mn_write(writer, mn_slice_of(name));
    mn_write_literal(writer, "=\"");
    mn_write_number(writer, value);
    mn_write_char(writer, '"');
}
