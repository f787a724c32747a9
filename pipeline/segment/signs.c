#include "segment/signs.h"

#include "base/utf8.h"

/* Up to so many letters a lower-case word at the end of a line is a preposition, an article or the like. */
#define SHORT_WORD 3
#define FEWEST_CAPITALS 4

bool mn_is_quote(int32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == '`' || c == 0xB4;
}

bool mn_is_closer(int32_t c)
{
    return mn_is_quote(c) || c == ')' || c == ']' || c == '}';
}

bool mn_is_opener(int32_t c)
{
    return mn_is_quote(c) || c == '(' || c == '[' || c == '{';
}

static int32_t first_code_point(struct mn_slice text)
{
    size_t place = 0;
    return text.size > 0 ? mn_utf8_next(text, &place) : 0;
}

static int32_t last_code_point(struct mn_slice text)
{
    size_t place = text.size;
    return text.size > 0 ? mn_utf8_previous(text, &place) : 0;
}

struct mn_slice mn_trim_closers(struct mn_slice text)
{
    size_t end = text.size;
    while (end > 0) {
        size_t place = end;
        int32_t c = mn_utf8_previous(text, &place);
        if (!mn_is_closer(c) && c != ' ')
            break;
        end = place;
    }
    return mn_slice_cut(text, 0, end);
}

struct mn_slice mn_last_word(struct mn_slice text)
{
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != ' ')
        --start;
    return mn_slice_cut(text, start, text.size);
}

size_t mn_first_word_size(struct mn_slice text)
{
    const char *space = text.size ? memchr(text.data, ' ', text.size) : NULL;
    return space ? (size_t)(space - text.data) : text.size;
}

size_t mn_word_count(struct mn_slice text)
{
    size_t words = text.size > 0;
    for (size_t i = 0; i < text.size; ++i)
        words += text.data[i] == ' ';
    return words;
}

/* A word of one to SHORT_WORD small ASCII letters. */
static bool is_short_word(struct mn_slice word)
{
    if (word.size == 0 || word.size > SHORT_WORD)
        return false;
    for (size_t i = 0; i < word.size; ++i)
        if (word.data[i] < 'a' || word.data[i] > 'z')
            return false;
    return true;
}

/* "1.30 pm", "5 km". */
static bool follows_number(struct mn_slice text, struct mn_slice word)
{
    size_t before = text.size - word.size;
    return before >= 2 && text.data[before - 2] >= '0' && text.data[before - 2] <= '9';
}

/* "…; and" ends an item as a semicolon does. */
static bool ends_clause_with_word(struct mn_slice text, struct mn_slice word)
{
    size_t before = text.size - word.size;
    return before >= 2 && text.data[before - 2] == ';';
}

static enum ending point_ending(const struct mn_segmentation *segmentation, struct mn_slice text)
{
    struct mn_slice word = mn_last_word(mn_slice_cut(text, 0, text.size - 1));
    while (word.size > 0 && mn_is_opener(first_code_point(word))) {
        size_t place = 0;
        mn_utf8_next(word, &place);
        word = mn_slice_cut(word, place, word.size);
    }
    bool initial = word.size == 1 && mn_is_upper(first_code_point(word));
    if (initial || mn_segmentation_is_abbreviation(segmentation, word))
        return ENDS_UNFINISHED;
    /* "No." at the end of a line waits for its number; "p.m." and "pp." do not. */
    if (word.size >= 2 && mn_is_upper(first_code_point(word)) && !memchr(word.data, '.', word.size) &&
        mn_segmentation_binds_number(segmentation, word))
        return ENDS_UNFINISHED;
    return ENDS_SENTENCE;
}

enum ending mn_text_ending(const struct mn_segmentation *segmentation, struct mn_slice text)
{
    struct mn_slice bare = mn_trim_closers(text);
    bool closed = bare.size < text.size;
    int32_t c = last_code_point(bare);
    switch (c) {
    case '.':
        return closed ? ENDS_SENTENCE : point_ending(segmentation, bare);
    case '!':
    case '?':
    case 0x2026:
        return ENDS_SENTENCE;
    case ';':
        return ENDS_CLAUSE;
    case ':':
        return ENDS_LEADING;
    case ',':
    case '&':
    case '/':
        return ENDS_UNFINISHED;
    case '-':
    case 0x2013:
    case 0x2014:
        return bare.size >= 2 && bare.data[bare.size - 2] == ':' ? ENDS_LEADING : ENDS_UNFINISHED;
    case '(':
        return ENDS_UNFINISHED;
    default:
        break;
    }
    struct mn_slice word = mn_last_word(bare);
    if (closed || !is_short_word(word) || follows_number(bare, word))
        return ENDS_OPEN;
    return ends_clause_with_word(bare, word) ? ENDS_CLAUSE : ENDS_UNFINISHED;
}

bool mn_starts_lower(struct mn_slice text)
{
    int32_t c = first_code_point(text);
    return mn_is_letter(c) && !mn_is_upper(c);
}

bool mn_starts_upper(struct mn_slice text)
{
    for (size_t place = 0; place < text.size;) {
        int32_t c = mn_utf8_next(text, &place);
        if (!mn_is_opener(c))
            return mn_is_upper(c);
    }
    return false;
}

bool mn_starts_quoted(struct mn_slice text)
{
    return mn_is_quote(first_code_point(text));
}

bool mn_ends_quoted(struct mn_slice text)
{
    while (text.size > 0 && (text.data[text.size - 1] == '.' || text.data[text.size - 1] == ' '))
        --text.size;
    return mn_is_quote(last_code_point(text));
}

/* The letters of "4th" and "’s" may be small in a line of capitals. */
bool mn_all_capitals(struct mn_slice text)
{
    size_t capitals = 0;
    bool small_allowed = false;
    for (size_t place = 0; place < text.size;) {
        int32_t c = mn_utf8_next(text, &place);
        bool upper = mn_is_upper(c);
        bool small = !upper && mn_is_letter(c);
        if (small && !small_allowed)
            return false;
        capitals += upper;
        small_allowed = small || mn_is_digit(c) || c == '\'' || c == 0x2019;
    }
    return capitals >= FEWEST_CAPITALS;
}

bool mn_mostly_capitals(struct mn_slice text)
{
    size_t capitals = 0, others = 0;
    for (size_t place = 0; place < text.size && others * 4 <= text.size;) { /* more others than that: too many */
        int32_t c = mn_utf8_next(text, &place);
        bool capital = mn_is_upper(c);
        capitals += capital;
        others += !capital && mn_is_letter(c);
    }
    return capitals + others >= 2 && capitals >= others * 3;
}

bool mn_has_letters(struct mn_slice text)
{
    for (size_t place = 0; place < text.size;)
        if (mn_is_letter(mn_utf8_next(text, &place)))
            return true;
    return false;
}

bool mn_leaves_bracket_open(struct mn_slice text)
{
    size_t open = 0;
    for (size_t i = 0; i < text.size; ++i) {
        if (text.data[i] == '(')
            ++open;
        else if (text.data[i] == ')' && open > 0)
            --open;
    }
    return open > 0;
}
