#include "base/limits.h"
#include "lexis/cut.h"
#include <criterion/criterion.h>
#include <stdlib.h>

/* The tokens of a text with | between them. */
static void cut(const char *text, char *out, size_t size)
{
    struct mn_slice token;
    size_t used = 0;
    for (size_t position = 0; mn_cut_next(mn_slice_of(text), &position, &token);) {
        cr_assert_gt(token.size, 0u);
        cr_assert_lt(used + token.size + 2, size);
        if (used)
            out[used++] = '|';
        memcpy(out + used, token.data, token.size);
        used += token.size;
    }
    out[used] = '\0';
}

static const struct {
    const char *text, *tokens;
} cuts[] = {
    {"", ""},
    {" \t\n\xC2\xA0", ""},
    {"It was agreed.", "It|was|agreed|."},
    {"children\xE2\x80\x99s O'Brien members'", "children\xE2\x80\x99s|O'Brien|members|'"},
    {"well-kept COVID-19 six-monthly 15-month", "well-kept|COVID-19|six-monthly|15-month"},
    {"2018-19 01/12/2019 2022/23", "2018|-|19|01|/|12|/|2019|2022|/|23"},
    {"318.4 1,200 10.30 10:30", "318.4|1,200|10.30|10:30"},
    {"3rd 4.30pm 16a 1st.", "3rd|4.30pm|16a|1st|."},
    {"16/01/12.01 That", "16|/|01|/|12.01|That"},
    {"p.m. e.g. L.M. p.m", "p.m.|e.g.|L.M.|p.m"},
    {"J.Smith and A.Jones", "J|.|Smith|and|A|.|Jones"},
    {"Mr J. Smith", "Mr|J|.|Smith"},
    {"e.g.the", "e.g.|the"},
    {".... ____ --- \xE2\x80\x94\xE2\x80\x94 ***", "....|____|---|\xE2\x80\x94\xE2\x80\x94|***"},
    {"?? ((", "?|?|(|("},
    {"end-", "end|-"},
    {"-19 -x", "-|19|-|x"},
    {"\xE2\x80\x9CThat\xE2\x80\x9D", "\xE2\x80\x9C|That|\xE2\x80\x9D"},
    {"\xC3\x89ire D\xC3\xBAn-na-nGall", "\xC3\x89ire|D\xC3\xBAn-na-nGall"},
    {"1,200,000.50.", "1,200,000.50|."},
    {"B12.3", "B12|.|3"},
    {"a, b", "a|,|b"},
    {"well\xE2\x80\x90kept", "well\xE2\x80\x90kept"},
    {"(15 to 0)", "(|15|to|0|)"},
    {"\xC2\xA3"
     "5m",
     "\xC2\xA3|5m"},
};

Test(cut, tokens_as_the_header_says)
{
    char out[256];
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        cut(cuts[i].text, out, sizeof out);
        cr_expect_str_eq(out, cuts[i].tokens, "\"%s\": %s instead of %s", cuts[i].text, out, cuts[i].tokens);
    }
}

/* Every byte lies in a token or is white space; no token is too long; a long one is cut between code points. */
static void check_long(const char *unit, size_t size)
{
    enum { UNITS = 1000 };
    char *text = malloc(size * UNITS);
    struct mn_slice token, whole = {text, size * UNITS};
    size_t covered = 0;
    cr_assert_not_null(text);
    for (size_t i = 0; i < UNITS; i++)
        memcpy(text + i * size, unit, size);
    for (size_t position = 0; mn_cut_next(whole, &position, &token);) {
        cr_assert_leq(token.size, MN_LIMIT_TOKEN_BYTES);
        cr_assert_neq((unsigned char)token.data[0] & 0xC0, 0x80);
        cr_assert_eq(token.data, text + covered);
        covered += token.size;
    }
    cr_assert_eq(covered, whole.size);
    free(text);
}

Test(cut, long_tokens_are_cut)
{
    check_long("x", 1);
    check_long("7", 1);
    check_long("=", 1);
    check_long("\xC3\xA9", 2);
    check_long("\xE2\x80\x94", 3);
    check_long("a.", 2);
    check_long("a-", 2);
}
