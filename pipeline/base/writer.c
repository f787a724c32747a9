#include "base/writer.h"
#include "base/fault.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdlib.h>

#define BUFFER_SIZE ((size_t)64 << 10)

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

static void not_written(struct mn_writer *writer)
{
    writer->reason = errno;
    writer->status = MN_NOT_WRITABLE;
}

static void hand_on(struct mn_writer *writer, const char *data, size_t size)
{
    if (size && fwrite(data, 1, size, writer->file) != size)
        not_written(writer);
}

enum mn_status mn_writer_finish(struct mn_writer *writer, struct mn_error *error)
{
    if (writer->file && writer->status == MN_OK) {
        hand_on(writer, writer->data, writer->size);
        writer->size = 0;
        if (writer->status == MN_OK && fflush(writer->file) != 0)
            not_written(writer);
    }
    if (writer->status == MN_NOT_WRITABLE)
        return mn_fail(error, MN_NOT_WRITABLE,
                       "output cannot be written: %s; check the free space and the program that reads it",
                       strerror(writer->reason));
    return writer->status == MN_OK ? MN_OK : mn_fail_memory(error);
}

static bool grow(struct mn_writer *writer, size_t size)
{
    size_t capacity = writer->capacity ? writer->capacity : BUFFER_SIZE;
    while (capacity < size && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    char *data = capacity < size || mn_fault_due() ? NULL : realloc(writer->data, capacity);
    if (data == NULL) {
        writer->status = MN_NO_MEMORY;
        return false;
    }
    writer->data = data;
    writer->capacity = capacity;
    return true;
}

/* Makes room for `size` more bytes in the buffer; false when that failed or when they are too many for a writer to a
 * stream, whose buffer is then empty. */
static bool make_room(struct mn_writer *writer, size_t size)
{
    if (writer->status != MN_OK)
        return false;
    if (writer->file == NULL)
        return size <= SIZE_MAX - writer->size && grow(writer, writer->size + size);
    hand_on(writer, writer->data, writer->size);
    writer->size = 0;
    if (writer->status != MN_OK || size > BUFFER_SIZE)
        return false;
    return writer->capacity || grow(writer, BUFFER_SIZE);
}

void mn_write(struct mn_writer *writer, struct mn_slice bytes)
{
    if (bytes.size == 0)
        return;
    if (writer->capacity - writer->size >= bytes.size && writer->status == MN_OK) {
        memcpy(writer->data + writer->size, bytes.data, bytes.size);
        writer->size += bytes.size;
    } else if (make_room(writer, bytes.size)) {
        memcpy(writer->data + writer->size, bytes.data, bytes.size);
        writer->size += bytes.size;
    } else if (writer->status == MN_OK && writer->file) {
        hand_on(writer, bytes.data, bytes.size);
    }
}

void mn_write_char(struct mn_writer *writer, char byte)
{
    mn_write(writer, (struct mn_slice){&byte, 1});
}

void mn_write_number(struct mn_writer *writer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    mn_write(writer, (struct mn_slice){digits + at, sizeof digits - at});
}

/* What becomes of a byte in XML. */
enum {
    PLAIN,
    AMPERSAND,
    LESS,
    GREATER,
    QUOTE,
    TAB,
    LINE_FEED,
    RETURN,
    FORBIDDEN, /* not allowed in XML 1.0 */
    SPECIAL,   /* the first byte of U+FFFE and U+FFFF among others */
    ESCAPE_COUNT
};

static const struct mn_slice escapes[ESCAPE_COUNT] = {
    [AMPERSAND] = {"&amp;", 5}, [LESS] = {"&lt;", 4},       [GREATER] = {"&gt;", 4}, [QUOTE] = {"&quot;", 6},
    [TAB] = {"&#9;", 4},        [LINE_FEED] = {"&#10;", 5}, [RETURN] = {"&#13;", 5}, [FORBIDDEN] = {"\xEF\xBF\xBD", 3},
};

#define COMMON_ESCAPES                                                                                                 \
    [0] = FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,                      \
    FORBIDDEN, [0x0B] = FORBIDDEN, FORBIDDEN, [0x0E] = FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,          \
    FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN,      \
    FORBIDDEN, FORBIDDEN,                                                                                              \
    FORBIDDEN, ['&'] = AMPERSAND, ['<'] = LESS, ['>'] = GREATER, ['\r'] = RETURN, [0xEF] = SPECIAL

static const unsigned char in_text[256] = {COMMON_ESCAPES};
static const unsigned char in_attribute[256] = {COMMON_ESCAPES, ['"'] = QUOTE, ['\t'] = TAB, ['\n'] = LINE_FEED};

/* Writes the character that stands at `at` and does not go through as it is; returns the byte behind it. */
static size_t write_special(struct mn_writer *writer, struct mn_slice text, size_t at, unsigned char escape)
{
    if (escape != SPECIAL) {
        mn_write(writer, escapes[escape]);
        return at + 1;
    }
    bool forbidden = (unsigned char)text.data[at + 1] == 0xBF && (unsigned char)text.data[at + 2] >= 0xBE;
    mn_write(writer, forbidden ? escapes[FORBIDDEN] : mn_slice_cut(text, at, at + 3));
    return at + 3;
}

static void write_valid(struct mn_writer *writer, struct mn_slice text, const unsigned char *table)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        while (at < text.size && table[(unsigned char)text.data[at]] == PLAIN)
            at++;
        mn_write(writer, mn_slice_cut(text, start, at));
        if (at < text.size)
            at = write_special(writer, text, at, table[(unsigned char)text.data[at]]);
    }
}

/* Names of files may be anything: bytes that are not UTF-8 are replaced like forbidden characters. */
static void write_escaped(struct mn_writer *writer, struct mn_slice text, const unsigned char *table)
{
    while (text.size) {
        size_t valid = mn_utf8_valid_prefix(text);
        write_valid(writer, mn_slice_cut(text, 0, valid), table);
        if (valid == text.size)
            return;
        mn_write(writer, escapes[FORBIDDEN]);
        text = mn_slice_cut(text, valid + 1, text.size);
    }
}

void mn_write_text(struct mn_writer *writer, struct mn_slice text)
{
    write_escaped(writer, text, in_text);
}

static void open_attribute(struct mn_writer *writer, const char *name)
{
    mn_write_char(writer, ' ');
    mn_write(writer, mn_slice_of(name));
    mn_write_literal(writer, "=\"");
}

void mn_write_attribute(struct mn_writer *writer, const char *name, struct mn_slice value)
{
    open_attribute(writer, name);
    write_escaped(writer, value, in_attribute);
    mn_write_char(writer, '"');
}

void mn_write_attribute_number(struct mn_writer *writer, const char *name, uint64_t value)
{
    open_attribute(writer, name);
    mn_write_number(writer, value);
    mn_write_char(writer, '"');
}
