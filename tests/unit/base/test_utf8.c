/* Checking, decoding and counting against a naive decoder that follows the definition of UTF-8 (Unicode 15, D92). */
#include "base/utf8.h"
#include <criterion/criterion.h>
#include <stdlib.h>

/* The code point of a well-formed sequence of `length` bytes, by the bits; -1 when it is none. */
static int32_t decode_naively(const unsigned char *bytes, size_t length)
{
    static const struct {
        unsigned char mask, mark;
        int32_t smallest;
    } shapes[] = {{0, 0, 0}, {0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    if ((bytes[0] & shapes[length].mask) != shapes[length].mark)
        return -1;
    int32_t c = bytes[0] & (unsigned char)~shapes[length].mask;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return -1;
        c = c << 6 | (bytes[i] & 0x3F);
    }
    bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c < shapes[length].smallest || c > 0x10FFFF || surrogate ? -1 : c;
}

static size_t naive_valid_prefix(struct mn_slice text)
{
    size_t at = 0;
    while (at < text.size) {
        size_t length = 1;
        while (length <= 4 &&
               (text.size - at < length || decode_naively((const unsigned char *)text.data + at, length) < 0))
            length++;
        if (length > 4)
            break;
        at += length;
    }
    return at;
}

static void expect_same_prefix(struct mn_slice text)
{
    /* a copy of the exact size: AddressSanitizer sees a read past it */
    char *copy = malloc(text.size ? text.size : 1);
    cr_assert_not_null(copy);
    if (text.size)
        memcpy(copy, text.data, text.size);
    struct mn_slice slice = {copy, text.size};
    cr_expect_eq(mn_utf8_valid_prefix(slice), naive_valid_prefix(slice));
    free(copy);
}

Test(utf8, validity_of_random_bytes)
{
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                                          0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    srand(1);
    for (int round = 0; round < 200000; round++) {
        char text[40];
        size_t size = (size_t)rand() % sizeof text, plain = (size_t)rand() % sizeof text;
        for (size_t i = 0; i < size; i++)
            text[i] = (char)(i < plain ? 'a' : edges[(size_t)rand() % sizeof edges]);
        expect_same_prefix((struct mn_slice){text, size});
    }
}

/* Every lead byte with every second byte, complete and cut short. */
Test(utf8, validity_of_all_starts)
{
    for (unsigned first = 0x80; first <= 0xFF; first++)
        for (unsigned second = 0; second <= 0xFF; second++)
            for (size_t size = 1; size <= 5; size++) {
                char text[5] = {(char)first, (char)second, (char)0x80, (char)0xBF, 'x'};
                expect_same_prefix((struct mn_slice){text, size});
            }
}

Test(utf8, every_code_point_both_ways)
{
    for (int32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[6] = "a";
        size_t size = mn_utf8_encode(c, bytes + 1), at = 1;
        struct mn_slice text = {bytes, 1 + size};
        cr_assert_eq(decode_naively((const unsigned char *)bytes + 1, size), c);
        cr_assert_eq(mn_utf8_next(text, &at), c);
        cr_assert_eq(at, text.size);
        cr_assert_eq(mn_utf8_previous(text, &at), c);
        cr_assert_eq(at, 1);
        cr_assert_eq(mn_utf8_length(text), 2);
    }
}

Test(utf8, length_at_every_alignment)
{
    char text[64];
    size_t size = 0;
    while (size + 10 < sizeof text) {
        memcpy(text + size, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82", 10);
        size += 10;
    }
    for (size_t start = 0; start < size; start++)
        for (size_t end = start; end <= size; end++) {
            size_t expected = 0;
            for (size_t i = start; i < end; i++)
                expected += ((unsigned char)text[i] & 0xC0) != 0x80;
            cr_assert_eq(mn_utf8_length((struct mn_slice){text + start, end - start}), expected);
        }
}

Test(utf8, classes)
{
    static const struct {
        int32_t code_point;
        const char *classes; /* l: letter, u: upper, d: digit, s: space */
    } cases[] = {
        {'a', "l"},   {'Z', "lu"},   {'@', ""},     {'[', ""},       {'`', ""},     {'{', ""},
        {'0', "d"},   {'9', "d"},    {'/', ""},     {' ', "s"},      {'\t', "s"},   {'\r', "s"},
        {0x08, ""},   {0x0E, ""},    {0xE9, "l"},   {0xC9, "lu"},    {0xA0, "s"},   {0x85, "s"},
        {0x301, "l"}, {0x660, "d"},  {0x200B, "s"}, {0xFEFF, "s"},   {0x2013, ""},  {0x1C5, "lu"},
        {0x2167, ""}, {0x3000, "s"}, {0x200C, ""},  {0x10400, "lu"}, {0x1F642, ""}, {0x1D7CE, "d"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t c = cases[i].code_point;
        const char *classes = cases[i].classes;
        cr_expect_eq(mn_is_letter(c), strchr(classes, 'l') != NULL, "letter U+%04X", (unsigned)c);
        cr_expect_eq(mn_is_upper(c), strchr(classes, 'u') != NULL, "upper U+%04X", (unsigned)c);
        cr_expect_eq(mn_is_digit(c), strchr(classes, 'd') != NULL, "digit U+%04X", (unsigned)c);
        cr_expect_eq(mn_is_space(c), strchr(classes, 's') != NULL, "space U+%04X", (unsigned)c);
    }
}

Test(slice, trim_and_order)
{
    cr_expect(mn_slice_equal(mn_slice_trim(MN_LITERAL(" \t a b\r\n")), MN_LITERAL("a b")));
    cr_expect_eq(mn_slice_trim(MN_LITERAL(" \n ")).size, 0);
    cr_expect_eq(mn_slice_trim(MN_EMPTY).size, 0);
    cr_expect_lt(mn_slice_compare(MN_LITERAL("ab"), MN_LITERAL("abc")), 0);
    cr_expect_gt(mn_slice_compare(MN_LITERAL("b"), MN_LITERAL("abc")), 0);
    cr_expect_gt(mn_slice_compare(MN_LITERAL("\xC3\xA9"), MN_LITERAL("z")), 0);
    cr_expect_eq(mn_slice_compare(MN_EMPTY, MN_LITERAL("")), 0);
}
