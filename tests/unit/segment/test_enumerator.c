/* What is read as an enumerator. */
#include "segment/enumerator.h"

#include <criterion/criterion.h>

struct mark_case {
    const char *text;
    uint8_t shape, numbering;
    uint32_t value;
    uint16_t size;
};

static const struct mark_case marks[] = {
    {"1. Noted", SHAPE_DOT, MN_DECIMAL, 1, 3},
    {"12. Noted", SHAPE_DOT, MN_DECIMAL, 12, 4},
    {"1.MINUTES", SHAPE_DOT, MN_DECIMAL, 1, 2},
    {"1) Noted", SHAPE_PAREN, MN_DECIMAL, 1, 3},
    {"1.) Noted", SHAPE_PAREN, MN_DECIMAL, 1, 4},
    {"(1) Noted", SHAPE_PARENS, MN_DECIMAL, 1, 4},
    {"(1)the", SHAPE_PARENS, MN_DECIMAL, 1, 3},
    {"[a] That", SHAPE_PARENS, MN_LOWER_ALPHA, 1, 4},
    {"a) That", SHAPE_PAREN, MN_LOWER_ALPHA, 1, 3},
    {"(aa) That", SHAPE_PARENS, MN_LOWER_ALPHA, 27, 5},
    {"A. Note", SHAPE_DOT, MN_UPPER_ALPHA, 1, 3},
    {"(i) that", SHAPE_PARENS, MN_LOWER_ROMAN, 1, 4},
    {"iv. that", SHAPE_DOT, MN_LOWER_ROMAN, 4, 4},
    {"(XII) That", SHAPE_PARENS, MN_UPPER_ROMAN, 12, 6},
    {"(ii) that", SHAPE_PARENS, MN_LOWER_ROMAN, 2, 5},
    {"1", SHAPE_BARE, MN_DECIMAL, 1, 1},
    {"1.", SHAPE_DOT, MN_DECIMAL, 1, 2},
    {"(a)", SHAPE_PARENS, MN_LOWER_ALPHA, 1, 3},
    {"2.1 Adoption", SHAPE_LEVELS, MN_DECIMAL, 1, 4},
    {"2.1.3. Adoption", SHAPE_LEVELS, MN_DECIMAL, 3, 7},
    {"16/01/12.01 That", SHAPE_MINUTE, MN_DECIMAL, 1, 12},
    {"• One", SHAPE_BULLET, MN_BULLET, 0x2022, 4},
    {"·One", SHAPE_BULLET, MN_BULLET, 0xB7, 2},
    {"\xEF\x82\xB7 One", SHAPE_BULLET, MN_BULLET, 0xF0B7, 4},
    {"◼(ii) noted", SHAPE_PARENS, MN_LOWER_ROMAN, 2, 8},
    {"• a) noted", SHAPE_PAREN, MN_LOWER_ALPHA, 1, 7},
    {"• 1. Noted", SHAPE_BULLET, MN_BULLET, 0x2022, 4},
    {"- One", SHAPE_BULLET, MN_BULLET, '-', 2},
    {"– One", SHAPE_BULLET, MN_BULLET, 0x2013, 4},
    {"* One", SHAPE_BULLET, MN_BULLET, '*', 2},
    {"o One", SHAPE_BULLET, MN_BULLET, 'o', 2},
    {"§ One", SHAPE_BULLET, MN_BULLET, 0xA7, 3},
    {"e The works", SHAPE_BULLET, MN_BULLET, 'e', 2},
    {"@ The crews", SHAPE_BULLET, MN_BULLET, 'e', 2},
};

static const char *const no_marks[] = {
    "",
    "The report",
    "2015. A year",
    "2.00 pm on Friday",
    "10.30 a.m. on Friday",
    "1.5 million",
    "24 members of the consortium",
    "3,118 responses",
    "14/03/2023 - Cabinet",
    "e.g. this",
    "i.e. that",
    "a.m. or p.m.",
    "(see below) for",
    "(10 votes) for",
    "(mix) and match",
    "mild) weather",
    "-5 degrees",
    "online",
    "o 5",
    "€4,000 Tidy Towns",
    "12345. Too long",
    "(iiii) no numeral",
    "12.01.2016 was a date",
};

Test(enumerator, marks)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; ++i) {
        struct mark mark = mn_mark_read(mn_slice_of(marks[i].text));
        cr_expect_eq(mark.shape, marks[i].shape, "%s: shape %u", marks[i].text, mark.shape);
        cr_expect_eq(mark.numbering, marks[i].numbering, "%s: numbering %u", marks[i].text, mark.numbering);
        cr_expect_eq(mark.value, marks[i].value, "%s: value %u", marks[i].text, mark.value);
        cr_expect_eq(mark.size, marks[i].size, "%s: size %u", marks[i].text, mark.size);
    }
}

Test(enumerator, no_marks)
{
    for (size_t i = 0; i < sizeof no_marks / sizeof *no_marks; ++i)
        cr_expect_eq(mn_mark_read(mn_slice_of(no_marks[i])).shape, SHAPE_NONE, "%s", no_marks[i]);
}

Test(enumerator, two_readings)
{
    struct mark h = mn_mark_read(MN_LITERAL("(h) x"));
    struct mark i = mn_mark_read(MN_LITERAL("(i) x"));
    struct mark ii = mn_mark_read(MN_LITERAL("(ii) x"));
    struct mark j = mn_mark_read(MN_LITERAL("(j) x"));
    cr_expect(mn_mark_follows(&h, &i));
    cr_expect(mn_mark_follows(&i, &ii));
    cr_expect(mn_mark_follows(&i, &j));
    cr_expect_not(mn_mark_follows(&h, &ii));
    cr_expect(mn_mark_starts(&i));
    cr_expect_not(mn_mark_starts(&h));
}

Test(enumerator, numbers_of_minutes_that_a_sequence_shows)
{
    static const struct mark_case references[] = {
        {"18/58 Apologies", SHAPE_BARE, MN_DECIMAL, 58, 6},
        {"23/045: Roads", SHAPE_BARE, MN_DECIMAL, 45, 8},
        {"C/208 Minutes", SHAPE_BARE, MN_DECIMAL, 208, 6},
        {"GBP/2122/214: Welcome", SHAPE_BARE, MN_DECIMAL, 214, 14},
        {"PLA146/14 Apologies", SHAPE_BARE, MN_DECIMAL, 14, 10},
        {"18/58 apologies", SHAPE_NONE, MN_UNNUMBERED, 0, 0},
        {"19/01131/FUL New porch", SHAPE_NONE, MN_UNNUMBERED, 0, 0},
        {"Minutes 18/58", SHAPE_NONE, MN_UNNUMBERED, 0, 0},
        {"B12 Roads", SHAPE_NONE, MN_UNNUMBERED, 0, 0},
    };
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        const struct mark_case *expected = &references[i];
        struct mark mark = mn_mark_reference(mn_slice_of(expected->text));
        cr_expect_eq(mark.shape, expected->shape, "%s", expected->text);
        cr_expect_eq(mark.size, expected->size, "%s: %u", expected->text, mark.size);
        cr_expect(mark.shape == SHAPE_NONE || mark.value == expected->value, "%s: %u", expected->text, mark.value);
    }
    struct mark alone = mn_mark_minute_number(MN_LITERAL("C/208"));
    cr_expect_eq(alone.shape, SHAPE_MINUTE);
    cr_expect_eq(mn_mark_minute_number(MN_LITERAL("B12")).shape, SHAPE_NONE);
    cr_expect_eq(mn_mark_minute_number(MN_LITERAL("14/03/2023")).shape, SHAPE_NONE);
}
