#include "layout/labels.h"

#include "base/utf8.h"

#define LONGEST_NUMBER 3
#define LONGEST_ROMAN 5
#define MOST_LEVELS 5

#define FIRST_PRIVATE 0xE000
#define LAST_PRIVATE 0xF8FF

/* The symbol fonts' signs that are used as bullets. */
static const struct {
    int32_t symbol, sign;
} signs[] = {
    {0xF0B7, 0x2022}, {0xF0A7, 0x25AA}, {0xF06E, 0x25A0}, {0xF06C, 0x25CF}, {0xF06F, 0x25A1},
    {0xF071, 0x25A1}, {0xF0A8, 0x25A1}, {0xF076, 0x2756}, {0xF0D8, 0x27A2}, {0xF0E0, 0x2192},
    {0xF0E8, 0x2794}, {0xF0FC, 0x2713}, {0xF0FE, 0x2611}, {0xF02D, 0x2022}, {0xF0BE, 0x2022},
};

/* Signs that are also punctuation. */
static const int32_t dashes[] = {'-', '*', '+', '>', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool among(const int32_t *table, size_t count, int32_t code_point)
{
    for (size_t i = 0; i < count; i++)
        if (table[i] == code_point)
            return true;
    return false;
}

int32_t mn_label_sign(int32_t code_point)
{
    for (size_t i = 0; i < COUNT(signs); i++)
        if (signs[i].symbol == code_point)
            return signs[i].sign;
    return code_point >= FIRST_PRIVATE && code_point <= LAST_PRIVATE ? 0x2022 : code_point;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_small(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* One sign: geometric shapes, arrows, dingbats, bullets, private signs. Other symbols (£, ©, §) are no bullets. */
static enum mn_label label_of_sign(int32_t sign)
{
    if (among(dashes, COUNT(dashes), sign))
        return MN_LABEL_WEAK;
    bool shape = (sign >= 0x2190 && sign <= 0x21FF) || (sign >= 0x25A0 && sign <= 0x27BF) ||
                 (sign >= 0x2900 && sign <= 0x2BFF) || (sign >= FIRST_PRIVATE && sign <= LAST_PRIVATE);
    bool bullet = sign == 0x2022 || sign == 0x2023 || sign == 0x2043 || sign == 0x204C || sign == 0x204D ||
                  sign == 0x2219 || sign == 0xB7;
    return shape || bullet ? MN_LABEL_SURE : MN_LABEL_NONE;
}

static size_t count_digits(struct mn_slice text)
{
    size_t count = 0;
    while (count < text.size && is_digit(text.data[count]))
        count++;
    return count;
}

static bool is_roman(struct mn_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("ivxl", text.data[i]))
            return false;
    return text.size > 0 && text.size <= LONGEST_ROMAN;
}

/* "12", "a", "iv": what stands before a point or between brackets. */
static bool is_body(struct mn_slice text)
{
    size_t digits = count_digits(text);
    return (digits > 0 && digits == text.size && digits <= LONGEST_NUMBER) ||
           (text.size == 1 && is_small(text.data[0])) || is_roman(text);
}

/* "2.1", "15.11.1", "2.1." */
static bool is_levels(struct mn_slice text)
{
    size_t levels = 0;
    while (text.size > 0) {
        size_t digits = count_digits(text);
        if (digits == 0 || digits > LONGEST_NUMBER)
            return false;
        levels++;
        text = mn_slice_cut(text, digits, text.size);
        if (text.size > 0 && text.data[0] != '.')
            return false;
        if (text.size > 0)
            text = mn_slice_cut(text, 1, text.size);
    }
    return levels > 1 && levels <= MOST_LEVELS;
}

static enum mn_label label_of_number(struct mn_slice word)
{
    char last = word.data[word.size - 1];
    bool bracket = word.data[0] == '(' && last == ')' && word.size > 2;
    if (bracket)
        return is_body(mn_slice_cut(word, 1, word.size - 1)) ? MN_LABEL_WEAK : MN_LABEL_NONE;
    if (is_levels(word))
        return MN_LABEL_WEAK;
    if (last == '.' || last == ')' || last == ':') {
        struct mn_slice body = mn_slice_cut(word, 0, word.size - 1);
        if (is_body(body))
            return last == ':' ? MN_LABEL_APART : MN_LABEL_WEAK;
        return body.size == 1 && body.data[0] >= 'A' && body.data[0] <= 'Z' ? MN_LABEL_APART : MN_LABEL_NONE;
    }
    return word.size <= LONGEST_NUMBER && count_digits(word) == word.size ? MN_LABEL_APART : MN_LABEL_NONE;
}

enum mn_label mn_label_of(struct mn_slice word)
{
    size_t at = 0;
    if (word.size == 0)
        return MN_LABEL_NONE;
    int32_t first = mn_utf8_next(word, &at);
    if (at < word.size || is_digit(word.data[0]))
        return label_of_number(word);
    if (first == 'o')
        return MN_LABEL_APART;
    return label_of_sign(first);
}
