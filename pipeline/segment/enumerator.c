#include "segment/enumerator.h"

#include "base/utf8.h"

#define LONGEST_NUMBER 4
#define LONGEST_LETTERS 6
#define MOST_LEVELS 5
#define LONGEST_PREFIX 5
#define HIGHEST_ROMAN 89 /* longer ones are words: mix, dim, civil */
#define FIRST_YEAR 1900  /* "2015." at the start of a line is a year */
#define LAST_YEAR 2100

/* Signs that open a point of a list with or without a space behind them. U+E000 … U+F8FF, where word processors keep
 * the signs of their symbol fonts, are bullets too. */
static const int32_t bullets[] = {0x2022, 0xB7,   0x25CF, 0x25AA, 0x25AB, 0x25A0, 0x25A1, 0x25E6, 0x25CB, 0x2023,
                                  0x2043, 0x2219, 0x25C6, 0x25C7, 0x2756, 0x27A2, 0x27A4, 0x25BA, 0x25B6, 0x25B8,
                                  0x25FC, 0x25FB, 0x25FE, 0x25FD, 0x2714, 0x2713, 0x2611, 0x2605, 0x2606, 0x29BF,
                                  0x29BE, 0x204C, 0x204D, 0x2192, 0x21D2, 0x25C9, 0x2B9A, 0x2B25, 0x25B7, 0x2794};

/* Signs that do so only with a space behind them. */
static const int32_t spaced_bullets[] = {'-', 0x2013, 0x2014, '*', '+', '>', 'o', 0xA7, 0x2212, 0x2010, 0x2011, 0x2015};

/* What reading by machine leaves of a bullet, with a space behind it: in one list now this, now that. */
static const int32_t misread_bullets[] = {'e', '@', 0xA2, 0xA9, 0xAE, 0xB0, 0xBB, 0xA4};

static bool among(const int32_t *table, size_t count, int32_t c)
{
    for (size_t i = 0; i < count; ++i)
        if (table[i] == c)
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_year(uint32_t number)
{
    return number >= FIRST_YEAR && number <= LAST_YEAR;
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char at(struct mn_slice text, size_t place)
{
    return place < text.size ? text.data[place] : '\0';
}

static int32_t code_point_at(struct mn_slice text, size_t place)
{
    return place < text.size ? mn_utf8_next(text, &place) : 0;
}

/* ---- values ---- */

/* Reads up to LONGEST_NUMBER digits; 0 bytes when there are more or none. */
static size_t read_number(struct mn_slice text, size_t from, uint32_t *value)
{
    size_t size = 0;
    *value = 0;
    while (is_digit(at(text, from + size)) && size <= LONGEST_NUMBER)
        *value = *value * 10 + (uint32_t)(text.data[from + size++] - '0');
    return size <= LONGEST_NUMBER ? size : 0;
}

static uint32_t roman_digit(char c)
{
    switch (c | 0x20) {
    case 'i':
        return 1;
    case 'v':
        return 5;
    case 'x':
        return 10;
    case 'l':
        return 50;
    default:
        return 0;
    }
}

/* The value of a Roman numeral written as it should be, else 0. */
static uint32_t read_roman(struct mn_slice letters)
{
    static const char *const tens[] = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"};
    static const char *const units[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    uint32_t value = 0;
    for (size_t i = 0; i < letters.size; ++i) {
        uint32_t digit = roman_digit(letters.data[i]);
        uint32_t next = i + 1 < letters.size ? roman_digit(letters.data[i + 1]) : 0;
        if (digit == 0)
            return 0;
        value = digit < next ? value - digit : value + digit;
    }
    if (value == 0 || value > HIGHEST_ROMAN)
        return 0;
    size_t ten_size = strlen(tens[value / 10]);
    if (ten_size + strlen(units[value % 10]) != letters.size)
        return 0;
    for (size_t i = 0; i < letters.size; ++i) {
        char expected = i < ten_size ? tens[value / 10][i] : units[value % 10][i - ten_size];
        if ((letters.data[i] | 0x20) != expected)
            return 0;
    }
    return value;
}

/* a = 1 … z = 26, aa = 27, bb = 28 …; 0 for anything else. */
static uint32_t read_alpha(struct mn_slice letters)
{
    uint32_t value = (uint32_t)((letters.data[0] | 0x20) - 'a') + 1;
    if (letters.size == 1)
        return value;
    return letters.size == 2 && letters.data[0] == letters.data[1] ? value + 26 : 0;
}

/* ---- bodies: what stands between the brackets or before the point ---- */

/* 12  2.1  2.1.3 */
static size_t read_levels(struct mn_slice text, size_t from, struct mark *mark)
{
    size_t size = read_number(text, from, &mark->value);
    if (size == 0)
        return 0;
    mark->numbering = MN_DECIMAL;
    mark->depth = 1;
    while (at(text, from + size) == '.' && is_digit(at(text, from + size + 1))) {
        size_t part = read_number(text, from + size + 1, &mark->value);
        if (part == 0 || part > 3 || mark->depth == MOST_LEVELS)
            return 0;
        size += 1 + part;
        ++mark->depth;
    }
    return size;
}

static size_t read_letters(struct mn_slice text, size_t from, struct mark *mark)
{
    size_t size = 0;
    char first = at(text, from);
    while (is_ascii_letter(at(text, from + size)) && ((at(text, from + size) ^ first) & 0x20) == 0 &&
           size <= LONGEST_LETTERS)
        ++size;
    if (size == 0 || size > LONGEST_LETTERS)
        return 0;
    bool lower = first & 0x20;
    struct mn_slice letters = mn_slice_cut(text, from, from + size);
    uint32_t roman = read_roman(letters);
    uint32_t alpha = read_alpha(letters);
    uint8_t as_roman = lower ? MN_LOWER_ROMAN : MN_UPPER_ROMAN;
    uint8_t as_alpha = lower ? MN_LOWER_ALPHA : MN_UPPER_ALPHA;
    bool roman_first = roman && (roman == 1 || size > 1);
    if (!roman && !alpha)
        return 0;
    mark->numbering = roman_first ? as_roman : as_alpha;
    mark->value = roman_first ? roman : alpha;
    if (roman && alpha) {
        mark->other = roman_first ? as_alpha : as_roman;
        mark->other_value = roman_first ? alpha : roman;
    }
    mark->depth = 1;
    return size;
}

static size_t read_body(struct mn_slice text, size_t from, struct mark *mark)
{
    return is_digit(at(text, from)) ? read_levels(text, from, mark) : read_letters(text, from, mark);
}

/* ---- whole enumerators ---- */

static struct mark nothing(void)
{
    return (struct mark){.shape = SHAPE_NONE};
}

/* Sets shape and size; `end` is behind the printed enumerator. */
static struct mark finish(struct mark mark, enum mark_shape shape, struct mn_slice text, size_t end)
{
    if (at(text, end) == ' ')
        ++end;
    mark.shape = (uint8_t)shape;
    mark.size = (uint16_t)end;
    return mark;
}

static bool ends_or_spaced(struct mn_slice text, size_t end)
{
    return end == text.size || text.data[end] == ' ';
}

/* Is what follows directly a letter, a quotation mark or an opening bracket: "(1)the", "1.MINUTES"? */
static bool text_follows(struct mn_slice text, size_t end, bool capital)
{
    int32_t c = code_point_at(text, end);
    if (mn_is_letter(c))
        return !capital || mn_is_upper(c);
    return c == '(' || c == '"' || c == '\'' || c == 0x201C || c == 0x2018;
}

/* (1)  [a]  (iv.) */
static struct mark read_in_brackets(struct mn_slice text)
{
    struct mark mark = nothing();
    char close = text.data[0] == '(' ? ')' : ']';
    size_t from = at(text, 1) == ' ' ? 2 : 1;
    size_t size = read_body(text, from, &mark);
    size_t end = from + size;
    if (at(text, end) == '.' || at(text, end) == ' ')
        ++end;
    if (size == 0 || at(text, end) != close || mark.depth > 1)
        return nothing();
    ++end;
    if (at(text, end) == '.' || at(text, end) == ':')
        ++end;
    return ends_or_spaced(text, end) || text_follows(text, end, false) ? finish(mark, SHAPE_PARENS, text, end)
                                                                       : nothing();
}

/* 16/01/12.01 */
static struct mark read_minute_number(struct mn_slice text)
{
    struct mark mark = {.numbering = MN_DECIMAL, .depth = 1};
    size_t end = 0;
    int slashes = 0, points = 0;
    for (;;) {
        size_t size = read_number(text, end, &mark.value);
        if (size == 0)
            return nothing();
        end += size;
        char c = at(text, end);
        if ((c != '/' && c != '.') || !is_digit(at(text, end + 1)))
            break;
        slashes += c == '/';
        points += c == '.';
        ++end;
    }
    if (slashes < 2 || points != 1)
        return nothing();
    if (at(text, end) == '.' || at(text, end) == ')' || at(text, end) == ':')
        ++end;
    return ends_or_spaced(text, end) ? finish(mark, SHAPE_MINUTE, text, end) : nothing();
}

/* 2.1 Title, 2.1.3. Title; not 10.30 a.m., 1.5 miles, 2.00 */
static struct mark finish_levels(struct mark mark, struct mn_slice text, size_t end)
{
    bool closed = at(text, end) == '.' || at(text, end) == ')' || at(text, end) == ':';
    end += closed;
    if (!ends_or_spaced(text, end))
        return nothing();
    bool leading_zero = text.data[end - closed - 1] == '0' || (mark.depth == 2 && mark.value == 0);
    bool words = end + 1 < text.size && text_follows(text, end + 1, true);
    if (mark.value == 0 || (!closed && !words && end < text.size) || (leading_zero && !words && !closed))
        return nothing();
    return finish(mark, SHAPE_LEVELS, text, end);
}

/* 1.  1)  1.)  a)  iv.  and 1 alone */
static struct mark read_open(struct mn_slice text)
{
    struct mark mark = nothing();
    size_t end = read_body(text, 0, &mark);
    if (end == 0)
        return nothing();
    bool decimal = mark.numbering == MN_DECIMAL;
    if (mark.depth > 1)
        return finish_levels(mark, text, end);
    if (decimal && end == text.size)
        return finish(mark, SHAPE_BARE, text, end);
    bool point = at(text, end) == '.';
    bool paren = at(text, end + point) == ')';
    end += (size_t)point + paren;
    if (paren)
        return ends_or_spaced(text, end) || text_follows(text, end, false) ? finish(mark, SHAPE_PAREN, text, end)
                                                                           : nothing();
    bool year = is_year(mark.value) && end < text.size;
    if (!point || (decimal && (mark.value == 0 || year)))
        return nothing();
    return ends_or_spaced(text, end) || (decimal && text_follows(text, end, true)) ? finish(mark, SHAPE_DOT, text, end)
                                                                                   : nothing();
}

static struct mark read_bullet(struct mn_slice text)
{
    size_t end = 0;
    int32_t c = mn_utf8_next(text, &end);
    bool plain = among(bullets, sizeof bullets / sizeof *bullets, c) || (c >= 0xE000 && c <= 0xF8FF);
    bool misread = !plain && among(misread_bullets, sizeof misread_bullets / sizeof *misread_bullets, c);
    bool spaced = misread || among(spaced_bullets, sizeof spaced_bullets / sizeof *spaced_bullets, c);
    if (!plain && !(spaced && at(text, end) == ' ') && !(spaced && end == text.size && !is_ascii_letter((char)c)))
        return nothing();
    if (spaced && is_ascii_letter((char)c) && !mn_is_letter(code_point_at(text, end + 1)))
        return nothing();
    struct mark mark = {.numbering = MN_BULLET, .value = misread ? 'e' : (uint32_t)c, .depth = 1};
    return finish(mark, SHAPE_BULLET, text, end);
}

/* The letters of a committee before the number, with their slash: C/, RC/, PLA. */
static size_t read_prefix(struct mn_slice text, bool *slash)
{
    size_t size = 0;
    while (size <= LONGEST_PREFIX && is_ascii_letter(at(text, size)))
        ++size;
    *slash = size > 0 && at(text, size) == '/';
    return size <= LONGEST_PREFIX ? size + *slash : 0;
}

/* 16/01/08  C/208  PLA146/14  Cou/285/07-08: bytes of it; 0 when it is none. The last number goes up by one, or else
 * the first. */
static size_t read_reference(struct mn_slice text, struct mark *mark)
{
    bool slash;
    size_t size = read_prefix(text, &slash);
    for (bool first = true;; first = false) {
        size_t part = read_number(text, size, &mark->value);
        if (part == 0)
            return 0;
        if (first)
            mark->other_value = mark->value;
        size += part;
        char sign = at(text, size);
        if ((sign != '/' && sign != '.' && sign != '-') || !is_digit(at(text, size + 1)))
            return slash ? size : 0;
        slash |= sign == '/';
        ++size;
    }
}

struct mark mn_mark_minute_number(struct mn_slice text)
{
    struct mark mark = {.shape = SHAPE_MINUTE, .numbering = MN_DECIMAL, .other = MN_DECIMAL, .depth = 1};
    size_t size = read_reference(text, &mark);
    if (size == 0 || size != text.size || size > UINT16_MAX || is_year(mark.value) || is_year(mark.other_value))
        return nothing();
    mark.size = (uint16_t)size;
    return mark;
}

struct mark mn_mark_reference(struct mn_slice text)
{
    struct mark mark = {.shape = SHAPE_BARE, .numbering = MN_DECIMAL, .other = MN_DECIMAL, .depth = 1};
    size_t size = read_reference(text, &mark);
    size += size > 0 && (at(text, size) == ':' || at(text, size) == '.' || at(text, size) == ')');
    if (size == 0 || size >= UINT16_MAX || at(text, size) != ' ' || !text_follows(text, size + 1, true))
        return nothing();
    mark.size = (uint16_t)(size + 1);
    return mark;
}

struct mark mn_mark_spaced(struct mn_slice text, bool capital)
{
    struct mark mark = {.shape = SHAPE_BARE, .numbering = MN_DECIMAL, .depth = 1};
    size_t size = read_number(text, 0, &mark.value);
    if (size == 0 || mark.value == 0 || at(text, size) != ' ' || !text_follows(text, size + 1, capital))
        return nothing();
    mark.size = (uint16_t)(size + 1);
    return mark;
}

/* The enumerator in brackets or with a bracket behind a bullet, "• (ii) …": the bullet is what the word processor put
 * before every point. */
static struct mark read_behind_bullet(struct mn_slice text, struct mark bullet)
{
    struct mn_slice rest = mn_slice_cut(text, bullet.size, text.size);
    struct mark mark = nothing();
    if (bullet.shape != SHAPE_BULLET || rest.size == 0 || mn_mark_is_weak_bullet(&bullet))
        return bullet;
    if (rest.data[0] == '(')
        mark = read_in_brackets(rest);
    else if (is_digit(rest.data[0]) || is_ascii_letter(rest.data[0]))
        mark = read_open(rest);
    if (mark.shape != SHAPE_PARENS && mark.shape != SHAPE_PAREN)
        return bullet;
    mark.size = (uint16_t)(mark.size + bullet.size);
    return mark;
}

struct mark mn_mark_read(struct mn_slice text)
{
    if (text.size == 0)
        return nothing();
    char first = text.data[0];
    if (first == '(' || first == '[')
        return read_in_brackets(text);
    struct mark mark = nothing();
    if (is_digit(first))
        mark = read_minute_number(text);
    if (mark.shape == SHAPE_NONE && (is_digit(first) || is_ascii_letter(first)))
        mark = read_open(text);
    return mark.shape == SHAPE_NONE ? read_behind_bullet(text, read_bullet(text)) : mark;
}

bool mn_mark_starts(const struct mark *mark)
{
    return mark->shape == SHAPE_BULLET || (mark->shape != SHAPE_NONE && mark->value == 1);
}

bool mn_mark_is_weak_bullet(const struct mark *mark)
{
    int32_t sign = (int32_t)mark->value;
    return mark->shape == SHAPE_BULLET && sign != 'o' && sign != 0xA7 &&
           (sign == 'e' || among(spaced_bullets, sizeof spaced_bullets / sizeof *spaced_bullets, sign));
}

bool mn_mark_reads_as(const struct mark *mark, uint8_t shape, uint8_t numbering, uint32_t value)
{
    if (mark->shape != shape)
        return false;
    return (mark->numbering == numbering && mark->value == value) ||
           (mark->other != MN_UNNUMBERED && mark->other == numbering && mark->other_value == value);
}

bool mn_mark_follows(const struct mark *mark, const struct mark *next)
{
    if (mark->shape == SHAPE_BULLET)
        return mn_mark_reads_as(next, SHAPE_BULLET, MN_BULLET, mark->value);
    if (mark->shape == SHAPE_NONE || mark->depth != next->depth)
        return false;
    return mn_mark_reads_as(next, mark->shape, mark->numbering, mark->value + 1) ||
           (mark->other != MN_UNNUMBERED && mn_mark_reads_as(next, mark->shape, mark->other, mark->other_value + 1));
}
