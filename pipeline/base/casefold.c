/* Case folding for the comparison of words (mn_utf8_casefold). */
#include "base/utf8.h"
#include <utf8proc.h>

#define OPTIONS (UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD)
#define STACK_CODE_POINTS 128 /* longer words go through the arena */

static struct mn_slice lower_ascii(struct mn_arena *arena, struct mn_slice text)
{
    char *out = mn_arena_alloc(arena, text.size);
    if (out == NULL)
        return MN_EMPTY;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        out[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
    }
    return (struct mn_slice){out, text.size};
}

static bool is_ascii(struct mn_slice text)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < text.size; i++)
        seen |= (unsigned char)text.data[i];
    return seen < 0x80;
}

struct mn_slice mn_utf8_casefold(struct mn_arena *arena, struct mn_slice text)
{
    if (is_ascii(text))
        return lower_ascii(arena, text);
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    utf8proc_ssize_t size = (utf8proc_ssize_t)text.size;
    utf8proc_int32_t stack[STACK_CODE_POINTS + 1], *points = stack;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, size, points, STACK_CODE_POINTS, OPTIONS);
    if (count > STACK_CODE_POINTS) {
        points = mn_arena_alloc(arena, ((size_t)count + 1) * sizeof *points);
        if (points == NULL)
            return MN_EMPTY;
        count = utf8proc_decompose(bytes, size, points, count, OPTIONS);
    }
    utf8proc_ssize_t folded = count < 0 ? count : utf8proc_reencode(points, count, OPTIONS);
    if (folded < 0)
        return mn_arena_copy(arena, text);
    if (points != stack)
        return (struct mn_slice){(const char *)points, (size_t)folded};
    return mn_arena_copy(arena, (struct mn_slice){(const char *)points, (size_t)folded});
}
