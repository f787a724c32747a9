/* Canonical text and case folding against utf8proc run on the whole text. */
#include "base/fault.h"
#include "base/utf8.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <utf8proc.h>

/* The folded text, malloc'ed; the buffer is of exactly the size that the bound states, so that ASan guards it. */
static struct mn_slice fold(struct mn_slice text)
{
    char *out = malloc(mn_utf8_fold_bound(text.size));
    cr_assert_not_null(out);
    size_t size = mn_utf8_fold(text, out);
    cr_assert_neq(size, SIZE_MAX);
    return (struct mn_slice){out, size};
}

static void release(struct mn_slice slice)
{
    free((char *)(uintptr_t)slice.data);
}

static bool is_dropped_by_definition(int32_t c)
{
    return utf8proc_category(c) == UTF8PROC_CATEGORY_CC || c == 0xAD || (c >= 0xFDD0 && c <= 0xFDEF) ||
           (c & 0xFFFE) == 0xFFFE;
}

/* The same by the definition, slowly: spaces folded, characters dropped, then everything normalised at once. */
static struct mn_slice fold_slowly(struct mn_slice text)
{
    char *gathered = malloc(text.size + 8);
    size_t size = 0;
    cr_assert_not_null(gathered);
    for (size_t at = 0; at < text.size;) {
        int32_t c = mn_utf8_next(text, &at);
        if (mn_is_space(c))
            c = ' ';
        else if (is_dropped_by_definition(c))
            continue;
        if (c != ' ' || (size && gathered[size - 1] != ' '))
            size += mn_utf8_encode(c, gathered + size);
    }
    if (size && gathered[size - 1] == ' ')
        size--;
    utf8proc_uint8_t *normal = NULL;
    utf8proc_ssize_t normal_size = utf8proc_map((const utf8proc_uint8_t *)gathered, (utf8proc_ssize_t)size, &normal,
                                                UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    free(gathered);
    cr_assert(normal_size >= 0);
    return (struct mn_slice){(const char *)normal, (size_t)normal_size};
}

static void expect_folds_like_definition(struct mn_slice text)
{
    struct mn_slice fast = fold(text), slow = fold_slowly(text), twice = fold(fast);
    cr_expect(mn_slice_equal(fast, slow), "'%.*s' folds to '%.*s', not '%.*s'", MN_SLICE_ARGS(text),
              MN_SLICE_ARGS(fast), MN_SLICE_ARGS(slow));
    cr_expect(mn_slice_equal(fast, twice), "'%.*s' folds differently the second time", MN_SLICE_ARGS(text));
    release(fast);
    release(slow);
    release(twice);
}

Test(fold, known_texts)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {" ", ""},
        {" \t\r\n ", ""},
        {"one", "one"},
        {"  one\r\ntwo  ", "one two"},
        {"The Committee  agreed", "The Committee agreed"},
        {"1234567 89", "1234567 89"},
        {"12345678 9", "12345678 9"},
        {"1234567  9abcdefgh", "1234567 9abcdefgh"},
        {"1234567\t9abcdefgh", "1234567 9abcdefgh"},
        {"no\xC2\xA0"
         "break",
         "no break"},
        {"\xEF\xBB\xBFmark", "mark"},
        {"zero\xE2\x80\x8Bwidth", "zero width"},
        {"soft\xC2\xADhyphen", "softhyphen"},
        {"next\xC2\x85line", "next line"},
        {"line\xE2\x80\xA8paragraph\xE2\x80\xA9"
         "end",
         "line paragraph end"},
        {"thin\xE2\x80\x89\xE3\x80\x80wide", "thin wide"},
        {"bell\x07ring\x7F", "bellring"},
        {"c1\xC2\x90"
         "control",
         "c1control"},
        {"not\xEF\xBF\xBE"
         "a\xEF\xB7\x90"
         "char\xF0\x9F\xBF\xBF",
         "notachar"},
        {"cafe\xCC\x81", "caf\xC3\xA9"},
        {"cafe\xC2\xAD\xCC\x81", "caf\xC3\xA9"},                                  /* composed across what is dropped */
        {"a\xCC\x87\xCC\xA3", "\xE1\xBA\xA1\xCC\x87"},                            /* marks put in order */
        {"\xCC\x81x", "\xCC\x81x"},                                               /* a mark with nothing before it */
        {"\xE2\x84\xA6", "\xCE\xA9"},                                             /* ohm sign: a singleton */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"},                 /* Hangul jamo */
        {"\xF0\x9D\x85\xA0", "\xF0\x9D\x85\x98\xF0\x9D\x85\xA5\xF0\x9D\x85\xAE"}, /* grows threefold */
        {"\xF0\x9F\x99\x82 ok", "\xF0\x9F\x99\x82 ok"},
        {"\xE2\x80\x9Cgood\xE2\x80\x9D \xE2\x80\x93 \xC2\xA3"
         "5",
         "\xE2\x80\x9Cgood\xE2\x80\x9D \xE2\x80\x93 \xC2\xA3"
         "5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mn_slice folded = fold(mn_slice_of(cases[i].text));
        cr_expect(mn_slice_equal(folded, mn_slice_of(cases[i].folded)), "case %zu: '%.*s', not '%s'", i,
                  MN_SLICE_ARGS(folded), cases[i].folded);
        release(folded);
    }
}

/* Every code point by itself, after a letter and a mark, and before a mark. */
Test(fold, every_code_point)
{
    for (int32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char text[32] = "a\xCC\xA3";
        size_t size = 3;
        size += mn_utf8_encode(c, text + size);
        memcpy(text + size, "\xCC\x80 b", 4);
        size += 4;
        expect_folds_like_definition((struct mn_slice){text, size});
        size = mn_utf8_encode(c, text);
        expect_folds_like_definition((struct mn_slice){text, size});
    }
}

/* Pairs out of a set in which every kind of character is. */
Test(fold, random_mixtures)
{
    static const int32_t set[] = {' ',    'a',    'E',    '\n',   0xA0,    0xAD,    0xE9,    0x301,   0x323,   0x344,
                                  0x345,  0x439,  0x5D0,  0x5BC,  0x915,   0x93C,   0x9C7,   0x9BE,   0xF71,   0xF72,
                                  0xF73,  0x1100, 0x1161, 0x11A8, 0x1B35,  0x1E9B,  0x2013,  0x2028,  0x212B,  0x3099,
                                  0xAC00, 0xFB2C, 0xFEFF, 0xFFFE, 0x1D15F, 0x1D165, 0x110BA, 0x11099, 0x1F642, 7};
    srand(7);
    for (int round = 0; round < 20000; round++) {
        char text[160];
        size_t size = 0, length = 1 + (size_t)rand() % 24;
        for (size_t i = 0; i < length; i++)
            size += mn_utf8_encode(set[(size_t)rand() % (sizeof set / sizeof set[0])], text + size);
        expect_folds_like_definition((struct mn_slice){text, size});
    }
}

/* A sequence of marks without end is broken up (UAX #15, Stream-Safe Text Format), so that its order costs linear time,
 * and nothing is lost. */
Test(fold, endless_marks)
{
    static const char *const marks[] = {"\xCC\x81\xCC\xA3", "\xCD\x84", "\xE0\xBD\xB3", "\xCC\x81\x07"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t unit = strlen(marks[i]), count = 100000;
        char *text = malloc(count * unit);
        cr_assert_not_null(text);
        for (size_t n = 0; n < count; n++)
            memcpy(text + n * unit, marks[i], unit);
        struct mn_slice folded = fold((struct mn_slice){text, count * unit}), twice = fold(folded);
        size_t run = 0, longest = 0;
        for (size_t at = 0; at < folded.size;) {
            run = utf8proc_get_property(mn_utf8_next(folded, &at))->combining_class ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
        cr_expect_gt(longest, 0, "marks %zu", i);
        cr_expect_leq(longest, 30, "marks %zu", i);
        cr_expect(mn_slice_equal(folded, twice), "marks %zu: folds differently the second time", i);
        release(folded);
        release(twice);
        free(text);
    }
}

Test(fold, out_of_memory)
{
    char text[1024], out[4096];
    size_t size = 0;
    for (int i = 0; i < 200; i++) /* more than the stack buffer holds */
        size += mn_utf8_encode(0x439, text + size);
    mn_fault_after(1);
    cr_assert_eq(mn_utf8_fold((struct mn_slice){text, size}, out), SIZE_MAX);
    cr_assert_not(mn_fault_pending());
    cr_assert_eq(mn_utf8_fold((struct mn_slice){text, size}, out), size);
}

Test(casefold, known_words)
{
    static const struct {
        const char *word, *folded;
    } cases[] = {
        {"", ""},
        {"Good", "good"},
        {"REQUIRES 2[", "requires 2["},
        {"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83"},
        {"\xC4\xB0", "i\xCC\x87"},
        {"E\xCC\x81", "\xC3\xA9"},
        {"\xF0\x90\x90\x80", "\xF0\x90\x90\xA8"},
    };
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mn_slice folded = mn_utf8_casefold(arena, mn_slice_of(cases[i].word));
        cr_expect(mn_slice_equal(folded, mn_slice_of(cases[i].folded)), "'%s' becomes '%.*s'", cases[i].word,
                  MN_SLICE_ARGS(folded));
    }
    mn_arena_destroy(arena);
}

Test(casefold, long_words_and_no_memory)
{
    char word[1200];
    for (size_t i = 0; i < sizeof word; i += 2)
        memcpy(word + i, "\xC3\x89", 2);
    struct mn_slice long_word = {word, sizeof word};
    struct mn_arena *arena = mn_arena_create();
    struct mn_slice folded = mn_utf8_casefold(arena, long_word);
    cr_assert_eq(folded.size, sizeof word);
    cr_expect_eq(memcmp(folded.data + sizeof word - 2, "\xC3\xA9", 2), 0);
    static const size_t sizes[] = {sizeof word, 4};
    for (size_t i = 0; i < 2; i++) {
        mn_fault_after(1);
        cr_expect_null(mn_utf8_casefold(arena, (struct mn_slice){word, sizes[i]}).data);
    }
    mn_arena_destroy(arena);
}
