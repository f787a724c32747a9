#include "input/http.h"

#include <strings.h>

static const char *find_byte(struct mn_slice bytes, size_t from, char byte)
{
    return from < bytes.size ? memchr(bytes.data + from, byte, bytes.size - from) : NULL;
}

size_t mn_head_size(struct mn_slice bytes)
{
    for (const char *line = find_byte(bytes, 0, '\n'); line;) {
        size_t next = (size_t)(line - bytes.data) + 1;
        if (next < bytes.size && bytes.data[next] == '\n')
            return next + 1;
        if (next + 1 < bytes.size && bytes.data[next] == '\r' && bytes.data[next + 1] == '\n')
            return next + 2;
        line = find_byte(bytes, next, '\n');
    }
    return 0;
}

struct mn_slice mn_head_field(struct mn_slice head, struct mn_slice name)
{
    for (const char *end = find_byte(head, 0, '\n'); end;) {
        size_t start = (size_t)(end - head.data) + 1;
        end = find_byte(head, start, '\n');
        struct mn_slice line = mn_slice_cut(head, start, end ? (size_t)(end - head.data) : head.size);
        if (line.size > name.size && line.data[name.size] == ':' && strncasecmp(line.data, name.data, name.size) == 0)
            return mn_slice_trim(mn_slice_cut(line, name.size + 1, line.size));
    }
    return MN_EMPTY;
}

unsigned mn_http_status(struct mn_slice head)
{
    const char *space = find_byte(head, 0, ' ');
    if (!mn_slice_starts(head, MN_LITERAL("HTTP/")) || !space)
        return 0;
    struct mn_slice code = mn_slice_cut(head, (size_t)(space - head.data) + 1, head.size);
    unsigned number = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i >= code.size || code.data[i] < '0' || code.data[i] > '9')
            return 0;
        number = number * 10 + (unsigned)(code.data[i] - '0');
    }
    return number;
}

static bool starts_folded(struct mn_slice text, struct mn_slice prefix)
{
    return text.size >= prefix.size && strncasecmp(text.data, prefix.data, prefix.size) == 0;
}

static bool is_charset_byte(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte && strchr("-_.:+", byte));
}

struct mn_slice mn_http_charset(struct mn_arena *arena, struct mn_slice content_type)
{
    static const struct mn_slice name = MN_LITERAL_ITEM("charset=");
    for (size_t at = 0; at + name.size < content_type.size; at++) {
        if (!starts_folded(mn_slice_cut(content_type, at, content_type.size), name))
            continue;
        size_t start = at + name.size;
        while (start < content_type.size && strchr("\"' ", content_type.data[start]))
            start++;
        size_t end = start;
        while (end < content_type.size && is_charset_byte(content_type.data[end]))
            end++;
        char *copy = end > start ? mn_arena_zero(arena, end - start + 1) : NULL;
        if (!copy)
            return MN_EMPTY;
        memcpy(copy, content_type.data + start, end - start);
        return (struct mn_slice){copy, end - start};
    }
    return MN_EMPTY;
}

bool mn_http_carries_no_text(struct mn_slice content_type)
{
    static const struct mn_slice kinds[] = {
        MN_LITERAL_ITEM("image/"),
        MN_LITERAL_ITEM("video/"),
        MN_LITERAL_ITEM("audio/"),
        MN_LITERAL_ITEM("font/"),
        MN_LITERAL_ITEM("text/css"),
        MN_LITERAL_ITEM("text/javascript"),
        MN_LITERAL_ITEM("application/javascript"),
        MN_LITERAL_ITEM("application/x-javascript"),
        MN_LITERAL_ITEM("application/json"),
        MN_LITERAL_ITEM("application/font"),
        MN_LITERAL_ITEM("application/x-font"),
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (starts_folded(content_type, kinds[i]))
            return true;
    return false;
}

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

bool mn_http_is_chunked(struct mn_slice bytes)
{
    size_t digits = 0;
    while (digits < bytes.size && digits <= 16 && digit_of(bytes.data[digits]) >= 0)
        digits++;
    char next = digits && digits < bytes.size ? bytes.data[digits] : 'x';
    return next == '\r' || next == '\n' || next == ';';
}

/* The size line of a chunk at *at; *at goes behind it. */
static bool chunk_size(const char *data, size_t size, size_t *at, size_t *chunk)
{
    size_t number = 0, digits = 0;
    for (int digit; *at < size && (digit = digit_of(data[*at])) >= 0; (*at)++, digits++) {
        if (number > size)
            return false;
        number = number * 16 + (size_t)digit;
    }
    const char *end = digits ? memchr(data + *at, '\n', size - *at) : NULL;
    if (!end)
        return false;
    *at = (size_t)(end - data) + 1;
    *chunk = number;
    return true;
}

bool mn_http_join_chunks(char *data, size_t size, size_t *joined)
{
    size_t at = 0, out = 0, chunk;
    while (chunk_size(data, size, &at, &chunk)) {
        if (chunk == 0) {
            *joined = out;
            return true;
        }
        if (chunk > size - at)
            return false;
        memmove(data + out, data + at, chunk);
        out += chunk;
        at += chunk;
        if (at < size && data[at] == '\r')
            at++;
        if (at < size && data[at] == '\n')
            at++;
    }
    return false;
}
