#include "lexis/cut.h"

#include "base/limits.h"
#include "base/utf8.h"

/* What a code point is to the tokeniser. */
enum sort {
    OTHER, /* a token by itself */
    SPACE,
    LETTER,
    DIGIT,
    APOSTROPHE,
    HYPHEN, /* joins words; "-" also makes runs */
    POINT,  /* joins digits, makes runs and initials */
    JOINER, /* , : join digits */
    RUN     /* makes runs */
};

static const uint8_t ascii_sorts[128] = {
    ['\t'] = SPACE, ['\n'] = SPACE, ['\v'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,       ['0'] = DIGIT,
    ['1'] = DIGIT,  ['2'] = DIGIT,  ['3'] = DIGIT,  ['4'] = DIGIT,  ['5'] = DIGIT,  ['6'] = DIGIT,       ['7'] = DIGIT,
    ['8'] = DIGIT,  ['9'] = DIGIT,  ['A'] = LETTER, ['B'] = LETTER, ['C'] = LETTER, ['D'] = LETTER,      ['E'] = LETTER,
    ['F'] = LETTER, ['G'] = LETTER, ['H'] = LETTER, ['I'] = LETTER, ['J'] = LETTER, ['K'] = LETTER,      ['L'] = LETTER,
    ['M'] = LETTER, ['N'] = LETTER, ['O'] = LETTER, ['P'] = LETTER, ['Q'] = LETTER, ['R'] = LETTER,      ['S'] = LETTER,
    ['T'] = LETTER, ['U'] = LETTER, ['V'] = LETTER, ['W'] = LETTER, ['X'] = LETTER, ['Y'] = LETTER,      ['Z'] = LETTER,
    ['a'] = LETTER, ['b'] = LETTER, ['c'] = LETTER, ['d'] = LETTER, ['e'] = LETTER, ['f'] = LETTER,      ['g'] = LETTER,
    ['h'] = LETTER, ['i'] = LETTER, ['j'] = LETTER, ['k'] = LETTER, ['l'] = LETTER, ['m'] = LETTER,      ['n'] = LETTER,
    ['o'] = LETTER, ['p'] = LETTER, ['q'] = LETTER, ['r'] = LETTER, ['s'] = LETTER, ['t'] = LETTER,      ['u'] = LETTER,
    ['v'] = LETTER, ['w'] = LETTER, ['x'] = LETTER, ['y'] = LETTER, ['z'] = LETTER, ['.'] = POINT,       [','] = JOINER,
    [':'] = JOINER, ['-'] = HYPHEN, ['_'] = RUN,    ['*'] = RUN,    ['='] = RUN,    ['\''] = APOSTROPHE,
};

static enum sort wide_sort(int32_t code_point)
{
    switch (code_point) {
    case 0x2019:
        return APOSTROPHE;
    case 0x2010:
    case 0x2011:
        return HYPHEN;
    case 0x2013:
    case 0x2014:
        return RUN;
    default:
        break;
    }
    if (mn_is_letter(code_point))
        return LETTER;
    if (mn_is_digit(code_point))
        return DIGIT;
    return mn_is_space(code_point) ? SPACE : OTHER;
}

/* The sort of the code point at `position` and where it ends; OTHER with *end == position at the end of the text. */
static inline enum sort sort_at(struct mn_slice text, size_t position, size_t *end)
{
    *end = position;
    if (position >= text.size)
        return OTHER;
    unsigned char byte = (unsigned char)text.data[position];
    if (byte < 0x80) {
        *end = position + 1;
        return ascii_sorts[byte];
    }
    return wide_sort(mn_utf8_next(text, end));
}

static bool is_word(enum sort sort)
{
    return sort == LETTER || sort == DIGIT;
}

/* Does this code point, standing in a token behind `last`, join it to what follows? `number`: only digits so far. */
static bool joins(enum sort sort, enum sort last, enum sort following, bool number)
{
    switch (sort) {
    case APOSTROPHE:
        return is_word(following);
    case HYPHEN:
        return is_word(following) && (last == LETTER || following == LETTER);
    case POINT:
    case JOINER:
        return number && following == DIGIT;
    default:
        return false;
    }
}

/* The end of the run of ASCII of one sort at `position`, at most at `limit`. */
static size_t run_of(struct mn_slice text, size_t position, size_t limit, enum sort sort)
{
    size_t most = text.size < limit ? text.size : limit;
    while (position < most && (unsigned char)text.data[position] < 0x80 &&
           ascii_sorts[(unsigned char)text.data[position]] == sort)
        position++;
    return position;
}

/* The end of the word or number that starts with the word character at `position`. */
static size_t word_end(struct mn_slice text, size_t position)
{
    size_t start = position;
    enum sort last = OTHER;
    bool number = true;
    for (;;) {
        size_t end, behind;
        enum sort sort = sort_at(text, position, &end);
        if (!is_word(sort)) {
            enum sort following = sort_at(text, end, &behind);
            if (last == OTHER || !joins(sort, last, following, number))
                return position;
            end = behind;
            sort = following;
        }
        if (end - start > MN_LIMIT_TOKEN_BYTES)
            return position;
        number = number && sort == DIGIT;
        last = sort;
        position = run_of(text, end, start + MN_LIMIT_TOKEN_BYTES, sort);
    }
}

/* The end of letters with points ("p.m.", "e.g") that start with the letter at `position`, or `position`. */
static size_t initials_end(struct mn_slice text, size_t position)
{
    size_t start = position, taken = position, letters = 0;
    for (;;) {
        size_t letter, point, behind;
        if (sort_at(text, position, &letter) != LETTER || letter - start >= MN_LIMIT_TOKEN_BYTES)
            break;
        enum sort next = sort_at(text, letter, &point);
        if (next != POINT) {
            bool whole = !is_word(next) && !(joins(next, LETTER, sort_at(text, point, &behind), false));
            if (whole && letters)
                return letter;
            break;
        }
        letters++;
        taken = position = point;
    }
    return letters >= 2 ? taken : start;
}

/* The end of the run of one punctuation code point, [start, end) being its first. */
static size_t run_end(struct mn_slice text, size_t start, size_t end)
{
    size_t width = end - start;
    while (text.size - end >= width && memcmp(text.data + start, text.data + end, width) == 0 &&
           end + width - start <= MN_LIMIT_TOKEN_BYTES)
        end += width;
    return end;
}

static size_t token_end(struct mn_slice text, size_t start, enum sort sort, size_t end)
{
    switch (sort) {
    case LETTER: {
        size_t initials = end < text.size && text.data[end] == '.' ? initials_end(text, start) : start;
        return initials > start ? initials : word_end(text, start);
    }
    case DIGIT:
        return word_end(text, start);
    case POINT:
    case RUN:
        return run_end(text, start, end);
    case HYPHEN:
        return end - start == 1 ? run_end(text, start, end) : end;
    default:
        return end;
    }
}

bool mn_cut_next(struct mn_slice text, size_t *position, struct mn_slice *token)
{
    size_t start = *position, end;
    enum sort sort;
    while ((sort = sort_at(text, start, &end)) == SPACE)
        start = end;
    if (start >= text.size) {
        *position = text.size;
        return false;
    }
    *position = token_end(text, start, sort, end);
    *token = mn_slice_cut(text, start, *position);
    return true;
}
