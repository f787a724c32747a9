/* UTF-8 and Unicode on slices: checking, decoding, counting, normalising. Offsets in memory are bytes; offsets that
 * leave the program are code points (mn_utf8_length converts). Normal form C by utf8proc, behind an ASCII fast path. */
#ifndef MN_BASE_UTF8_H
#define MN_BASE_UTF8_H

#include "base/arena.h"

/* Length of the longest valid UTF-8 prefix, in bytes; equal to text.size when all is valid (Unicode 15, table 3-7:
 * no surrogates, no overlong forms). */
size_t mn_utf8_valid_prefix(struct mn_slice text);

/* Decodes the code point at text.data[*position] and moves *position behind it. The text must be valid UTF-8 and
 * *position < text.size. */
static inline int32_t mn_utf8_next(struct mn_slice text, size_t *position);
int32_t mn_utf8_next_wide(struct mn_slice text, size_t *position); /* the same for what is not ASCII */

/* Decodes the code point that ends at *position and moves *position to its start. Valid UTF-8, *position > 0. */
int32_t mn_utf8_previous(struct mn_slice text, size_t *position);

/* Writes a code point's bytes (1 to 4) and returns their number. */
size_t mn_utf8_encode(int32_t code_point, char out[4]);

/* Number of code points in valid UTF-8. */
size_t mn_utf8_length(struct mn_slice text);

/* Appends `text` (valid UTF-8) to an output of at least mn_utf8_fold_bound(text.size) bytes as canonical text: NFC;
 * every run of white space (Unicode White_Space incl. NBSP, and zero-width space U+200B, BOM U+FEFF) becomes one space;
 * other control characters, soft hyphens (U+00AD) and noncharacters are dropped; no space at the start or end. Returns
 * the bytes written, or SIZE_MAX when memory is out. */
size_t mn_utf8_fold(struct mn_slice text, char *out);
size_t mn_utf8_fold_bound(size_t size);

/* Casefolded NFC copy in the arena (utf8proc's full case folding); ASCII is lowered directly. Null data when memory is
 * out. */
struct mn_slice mn_utf8_casefold(struct mn_arena *arena, struct mn_slice text);

/* Letter or mark, decimal digit, white space, upper-case letter, punctuation or symbol: by utf8proc's categories, ASCII
 * by table. */
static inline bool mn_is_letter(int32_t code_point);
static inline bool mn_is_digit(int32_t code_point);
static inline bool mn_is_upper(int32_t code_point);
bool mn_is_space(int32_t code_point);

/* The same for code points that are not ASCII. */
bool mn_is_wide_letter(int32_t code_point);
bool mn_is_wide_digit(int32_t code_point);
bool mn_is_wide_upper(int32_t code_point);

static inline int32_t mn_utf8_next(struct mn_slice text, size_t *position)
{
    unsigned char first = (unsigned char)text.data[*position];
    if (first >= 0x80)
        return mn_utf8_next_wide(text, position);
    *position += 1;
    return first;
}

static inline bool mn_is_letter(int32_t code_point)
{
    return code_point < 0x80 ? (uint32_t)((code_point | 0x20) - 'a') < 26 : mn_is_wide_letter(code_point);
}

static inline bool mn_is_digit(int32_t code_point)
{
    return code_point < 0x80 ? (uint32_t)(code_point - '0') < 10 : mn_is_wide_digit(code_point);
}

static inline bool mn_is_upper(int32_t code_point)
{
    return code_point < 0x80 ? (uint32_t)(code_point - 'A') < 26 : mn_is_wide_upper(code_point);
}

#endif
