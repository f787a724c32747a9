#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Length of the ASCII run at the start, eight bytes at a time. */
static size_t ascii_run(const char *data, size_t size)
{
    size_t at = 0;
    uint64_t word;
    for (; size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, data + at, sizeof word);
        if (word & HIGH_BITS)
            break;
    }
    while (at < size && !((unsigned char)data[at] & 0x80))
        at++;
    return at;
}

/* What may follow a leading byte (Unicode 15, table 3-7): length and bounds of the second byte. */
static size_t lead(unsigned char byte, unsigned char *low, unsigned char *high)
{
    *low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    *high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF)
        return 2;
    if (byte >= 0xE0 && byte <= 0xEF)
        return 3;
    return byte >= 0xF0 && byte <= 0xF4 ? 4 : 0;
}

/* Length of the valid sequence at the start, or 0. The first byte is not ASCII. */
static size_t valid_sequence(const unsigned char *data, size_t size)
{
    unsigned char low, high;
    size_t length = lead(data[0], &low, &high);
    if (!length || size < length || data[1] < low || data[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((data[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

size_t mn_utf8_valid_prefix(struct mn_slice text)
{
    size_t at = 0;
    while (at < text.size) {
        at += ascii_run(text.data + at, text.size - at);
        if (at == text.size)
            break;
        size_t length = valid_sequence((const unsigned char *)text.data + at, text.size - at);
        if (!length)
            break;
        at += length;
    }
    return at;
}

int32_t mn_utf8_next(struct mn_slice text, size_t *position)
{
    const unsigned char *data = (const unsigned char *)text.data + *position;
    if (data[0] < 0x80) {
        *position += 1;
        return data[0];
    }
    if (data[0] < 0xE0) {
        *position += 2;
        return (data[0] & 0x1F) << 6 | (data[1] & 0x3F);
    }
    if (data[0] < 0xF0) {
        *position += 3;
        return (data[0] & 0x0F) << 12 | (data[1] & 0x3F) << 6 | (data[2] & 0x3F);
    }
    *position += 4;
    return (data[0] & 0x07) << 18 | (data[1] & 0x3F) << 12 | (data[2] & 0x3F) << 6 | (data[3] & 0x3F);
}

int32_t mn_utf8_previous(struct mn_slice text, size_t *position)
{
    do
        --*position;
    while (*position && ((unsigned char)text.data[*position] & 0xC0) == 0x80);
    size_t start = *position;
    return mn_utf8_next(text, &start);
}

size_t mn_utf8_encode(int32_t code_point, char out[4])
{
    utf8proc_ssize_t size = utf8proc_encode_char(code_point, (utf8proc_uint8_t *)out);
    return size > 0 ? (size_t)size : 0;
}

size_t mn_utf8_length(struct mn_slice text)
{
    size_t continuation = 0, at = 0;
    uint64_t word;
    for (; text.size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        continuation += (size_t)__builtin_popcountll((word & ~(word << 1)) >> 7 & UINT64_C(0x0101010101010101));
    }
    for (; at < text.size; at++)
        continuation += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.size - continuation;
}

bool mn_is_space(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
           (code_point >= 0x2000 && code_point <= 0x200B) || code_point == 0x2028 || code_point == 0x2029 ||
           code_point == 0x202F || code_point == 0x205F || code_point == 0x3000 || code_point == 0xFEFF;
}

bool mn_is_letter(int32_t code_point)
{
    if (code_point < 0x80)
        return (code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool mn_is_digit(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9';
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool mn_is_upper(int32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z';
    utf8proc_category_t category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

/* Is what the text says dropped from canonical text: controls, soft hyphens, noncharacters? */
static bool is_dropped(int32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0xAD ||
           (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}

/* Can text with this code point be something else in NFC? Below U+0300 only with a mark behind, which is itself not
 * below; the punctuation of U+2010 to U+2027 and U+2030 to U+203E never is. */
static bool may_compose(int32_t code_point)
{
    return code_point >= 0x300 && !(code_point >= 0x2010 && code_point <= 0x203E) && code_point != 0x20AC &&
           code_point != 0x2022;
}

static bool is_plain(unsigned char byte)
{
    return byte > 0x20 && byte < 0x7F;
}

size_t mn_utf8_fold_bound(size_t size)
{
    return size * 3 + 4; /* NFC can grow a text threefold (Unicode Standard Annex 15, table of expansion factors) */
}

/* Folds spaces and drops what is dropped; *compose is set when the rest may not be NFC yet. */
static size_t fold_spaces(struct mn_slice text, char *out, bool *compose)
{
    size_t size = 0;
    bool space = false;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        while (at < text.size && is_plain((unsigned char)text.data[at]))
            at++;
        if (at == start) {
            int32_t code_point = mn_utf8_next(text, &at);
            if (mn_is_space(code_point)) {
                space = size > 0;
                continue;
            }
            if (is_dropped(code_point))
                continue;
            *compose |= may_compose(code_point);
        }
        if (space)
            out[size++] = ' ';
        space = false;
        memcpy(out + size, text.data + start, at - start);
        size += at - start;
    }
    return size;
}

size_t mn_utf8_fold(struct mn_slice text, char *out)
{
    bool compose = false;
    size_t size = fold_spaces(text, out, &compose);
    if (!compose)
        return size;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)out, (utf8proc_ssize_t)size, &composed,
                                           UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length < 0)
        return SIZE_MAX;
    memcpy(out, composed, (size_t)length);
    free(composed);
    return (size_t)length;
}

static struct mn_slice casefold_ascii(struct mn_arena *arena, struct mn_slice text)
{
    struct mn_slice folded = mn_arena_copy(arena, text);
    char *data = (char *)(uintptr_t)folded.data; /* our own copy */
    for (size_t i = 0; i < folded.size; i++)
        if (data[i] >= 'A' && data[i] <= 'Z')
            data[i] = (char)(data[i] | 0x20);
    return folded;
}

struct mn_slice mn_utf8_casefold(struct mn_arena *arena, struct mn_slice text)
{
    if (ascii_run(text.data, text.size) == text.size)
        return casefold_ascii(arena, text);
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, &folded,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (size < 0)
        return MN_EMPTY;
    struct mn_slice copy = mn_arena_copy(arena, (struct mn_slice){(const char *)folded, (size_t)size});
    free(folded);
    return copy;
}
