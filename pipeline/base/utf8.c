#include "base/utf8.h"
#include <utf8proc.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

static uint64_t eight_bytes(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

static size_t skip_ascii(struct mn_slice text, size_t at)
{
    while (text.size - at >= 8 && (eight_bytes(text.data + at) & HIGH_BITS) == 0)
        at += 8;
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

/* Unicode 15, table 3-7: the length of a sequence and the range of its second byte, by its first. */
struct lead {
    unsigned char first, last, length, second_from, second_to;
};
static const struct lead leads[] = {
    {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF}, {0xE1, 0xEC, 3, 0x80, 0xBF}, {0xED, 0xED, 3, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x80, 0xBF}, {0xF0, 0xF0, 4, 0x90, 0xBF}, {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

/* The length of the valid sequence that stands at the start of `size` bytes, the first not ASCII; 0 when not valid. */
static size_t sequence_length(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        const struct lead *lead = &leads[i];
        if (bytes[0] < lead->first || bytes[0] > lead->last)
            continue;
        if (size < lead->length || bytes[1] < lead->second_from || bytes[1] > lead->second_to)
            return 0;
        for (size_t next = 2; next < lead->length; next++)
            if ((bytes[next] & 0xC0) != 0x80)
                return 0;
        return lead->length;
    }
    return 0;
}

size_t mn_utf8_valid_prefix(struct mn_slice text)
{
    size_t at = 0;
    while ((at = skip_ascii(text, at)) < text.size) {
        size_t length = sequence_length((const unsigned char *)text.data + at, text.size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return at;
}

int32_t mn_utf8_next_wide(struct mn_slice text, size_t *position)
{
    const unsigned char *bytes = (const unsigned char *)text.data + *position;
    if (bytes[0] < 0xE0) {
        *position += 2;
        return (bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
    }
    if (bytes[0] < 0xF0) {
        *position += 3;
        return (bytes[0] & 0x0F) << 12 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
    }
    *position += 4;
    return (bytes[0] & 0x07) << 18 | (bytes[1] & 0x3F) << 12 | (bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
}

int32_t mn_utf8_previous(struct mn_slice text, size_t *position)
{
    size_t start = *position - 1;
    while (start > 0 && (text.data[start] & 0xC0) == 0x80)
        start--;
    *position = start;
    size_t at = start;
    return mn_utf8_next(text, &at);
}

size_t mn_utf8_encode(int32_t code_point, char out[4])
{
    unsigned bits = (unsigned)code_point;
    if (bits < 0x80) {
        out[0] = (char)bits;
        return 1;
    }
    size_t length = bits < 0x800 ? 2 : bits < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {[2] = 0xC0, [3] = 0xE0, [4] = 0xF0};
    for (size_t i = length - 1; i > 0; i--, bits >>= 6)
        out[i] = (char)(0x80 | (bits & 0x3F));
    out[0] = (char)(marks[length] | bits);
    return length;
}

/* Number of continuation bytes (10xxxxxx) among eight. */
static size_t continuations(uint64_t word)
{
    uint64_t ones = (word >> 7) & ~(word >> 6) & UINT64_C(0x0101010101010101);
    return (size_t)(ones * UINT64_C(0x0101010101010101) >> 56);
}

size_t mn_utf8_length(struct mn_slice text)
{
    size_t at = 0, length = text.size;
    for (; text.size - at >= 8; at += 8)
        length -= continuations(eight_bytes(text.data + at));
    for (; at < text.size; at++)
        length -= (text.data[at] & 0xC0) == 0x80;
    return length;
}

bool mn_is_wide_letter(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool mn_is_wide_digit(int32_t code_point)
{
    return utf8proc_category(code_point) == UTF8PROC_CATEGORY_ND;
}

/* White_Space of Unicode 15 (PropList), zero-width space and byte-order mark. */
bool mn_is_space(int32_t code_point)
{
    if (code_point <= 0x20)
        return code_point == 0x20 || (code_point >= 0x09 && code_point <= 0x0D);
    switch (code_point) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return code_point >= 0x2000 && code_point <= 0x200B;
    }
}

bool mn_is_wide_upper(int32_t code_point)
{
    utf8proc_category_t category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}
