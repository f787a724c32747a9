#include "interpret/parts.h"

#define MOST_DIGITS 9     /* fit into 32 bits */
#define MOST_REFERENCES 8 /* from span to span until one has a type */

static const char *const type_codes[] = {
    [MN_TIME_NONE] = "",
    [MN_TIME_DATE] = "date",
    [MN_TIME_PERIOD] = "period",
    [MN_TIME_RECURRING] = "recurring",
    [MN_TIME_QUARTER] = "quarter",
    [MN_TIME_HALF] = "half",
    [MN_TIME_SEASON] = "season",
    [MN_TIME_FINANCIAL_YEAR] = "financial-year",
    [MN_TIME_RELATIVE] = "relative",
    [MN_TIME_EASTER] = "easter",
    [MN_TIME_SYMBOL] = "symbol",
};
_Static_assert(sizeof type_codes / sizeof *type_codes == MN_TIME_TYPE_COUNT, "a code for every type");

/* Fields that hold one number, and the numbers they may hold. Only where the least is negative does a sign count. */
static const struct number_field {
    const char *name;
    size_t offset;
    int32_t least, most;
} number_fields[] = {
    {"month", offsetof(struct mn_parts, month), 1, 12},
    {"day", offsetof(struct mn_parts, day), 1, 31},
    {"weekday", offsetof(struct mn_parts, weekday), 1, 7},
    {"end-month", offsetof(struct mn_parts, end_month), 1, 12},
    {"end-day", offsetof(struct mn_parts, end_day), 1, 31},
    {"quarter", offsetof(struct mn_parts, quarter), 1, 4},
    {"half", offsetof(struct mn_parts, half), 1, 2},
    {"season", offsetof(struct mn_parts, season), 21, 24},
    {"end-quarter", offsetof(struct mn_parts, end_quarter), 1, 4},
    {"end-season", offsetof(struct mn_parts, end_season), 21, 24},
    {"rank", offsetof(struct mn_parts, rank), -1, 5},
    {"years", offsetof(struct mn_parts, years), -99, 99},
    {"count", offsetof(struct mn_parts, count), -99999, 99999},
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Codes are compared without regard to case, as they may be words of the text ("Next"). */
static bool is_code(struct mn_slice text, const char *code)
{
    size_t i = 0;
    while (i < text.size && code[i] && lower(text.data[i]) == code[i])
        i++;
    return i == text.size && !code[i];
}

struct mn_slice mn_field_words(const struct mn_document *document, const struct mn_field *field)
{
    struct mn_slice words = field->value;
    if (words.size == 0 && field->end > field->start && field->end <= document->text.size)
        words = mn_document_text(document, field->start, field->end);
    return mn_slice_trim(words);
}

/* Is it such a name already, as most values are that rules state? */
static bool is_token(struct mn_slice words)
{
    bool good = false;
    for (size_t i = 0; i < words.size; i++) {
        char byte = words.data[i];
        bool letter = byte >= 'a' && byte <= 'z';
        if (!letter && (i == 0 || !(is_digit(byte) || (byte == '-' && good))))
            return false;
        good = byte != '-';
    }
    return good;
}

bool mn_value_token(struct mn_arena *arena, struct mn_slice *words)
{
    if (is_token(*words))
        return true;
    char *token = mn_arena_alloc(arena, words->size + 1);
    size_t size = 0;
    if (!token)
        return false;
    for (size_t i = 0; i < words->size; i++) {
        char byte = lower(words->data[i]);
        bool good = is_digit(byte) || (byte >= 'a' && byte <= 'z');
        if (good || (size && token[size - 1] != '-'))
            token[size++] = good ? byte : '-';
    }
    size -= size && token[size - 1] == '-';
    *words = size && token[0] >= 'a' ? (struct mn_slice){token, size} : MN_EMPTY;
    return true;
}

bool mn_number_read(struct mn_slice text, int32_t *number, size_t *digit_count, struct mn_slice *rest)
{
    size_t start = 0;
    while (start < text.size && !is_digit(text.data[start]))
        start++;
    size_t end = start;
    int32_t read = 0;
    while (end < text.size && is_digit(text.data[end]) && end - start <= MOST_DIGITS) {
        read = end - start < MOST_DIGITS ? read * 10 + (text.data[end] - '0') : read;
        end++;
    }
    if (end == start || end - start > MOST_DIGITS)
        return false;
    *number = read;
    *digit_count = end - start;
    *rest = mn_slice_cut(text, end, text.size);
    return true;
}

/* Do digits follow a point, comma or colon? */
static bool goes_on_with(struct mn_slice rest, const char *signs)
{
    return rest.size >= 2 && strchr(signs, rest.data[0]) && rest.data[0] && is_digit(rest.data[1]);
}

static struct mn_slice words_of(const struct mn_document *document, const struct mn_fields *fields, const char *name)
{
    const struct mn_field *field = mn_fields_find(fields, mn_slice_of(name));
    return field ? mn_field_words(document, field) : MN_EMPTY;
}

static bool read_number(struct mn_slice words, int32_t least, int32_t most, int32_t *number)
{
    struct mn_slice rest;
    size_t size;
    if (!mn_number_read(words, number, &size, &rest) || goes_on_with(rest, ".,"))
        return false;
    if (least < 0 && words.data[0] == '-')
        *number = -*number;
    return *number >= least && *number <= most;
}

static bool read_numbers(const struct mn_document *document, const struct mn_fields *fields, struct mn_parts *parts)
{
    for (size_t i = 0; i < sizeof number_fields / sizeof *number_fields; i++) {
        const struct number_field *field = &number_fields[i];
        struct mn_slice words = words_of(document, fields, field->name);
        int32_t *number = (int32_t *)(void *)((char *)parts + field->offset);
        if (words.size && !read_number(words, field->least, field->most, number))
            return false;
    }
    return true;
}

/* A year of one or two digits belongs to the century of `near`, or to the next one where it would lie before `least`.
 */
static bool read_year(struct mn_slice words, int32_t near, int32_t least, int32_t *year)
{
    struct mn_slice rest;
    size_t size;
    if (!mn_number_read(words, year, &size, &rest))
        return false;
    if (size <= 2) {
        *year += near ? near / 100 * 100 : 2000;
        *year += *year < least ? 100 : 0;
    }
    return (size <= 2 || size == 4) && *year > 0 && *year >= least;
}

/* Day, month and perhaps year in one word: 10.02.2020, 25.12. False when it holds anything else. */
static bool read_figures(struct mn_slice words, int32_t near, struct mn_parts *parts)
{
    struct mn_slice rest;
    size_t size;
    return mn_number_read(words, &parts->day, &size, &rest) && mn_number_read(rest, &parts->month, &size, &rest) &&
           (rest.size == 0 || read_year(rest, near, 0, &parts->year)) && parts->day >= 1 && parts->month >= 1 &&
           parts->month <= 12;
}

/* The letters in a word. */
static struct mn_slice letters_of(struct mn_slice word)
{
    size_t start = 0;
    while (start < word.size && (lower(word.data[start]) < 'a' || lower(word.data[start]) > 'z'))
        start++;
    size_t end = start;
    while (end < word.size && lower(word.data[end]) >= 'a' && lower(word.data[end]) <= 'z')
        end++;
    return mn_slice_cut(word, start, end);
}

static bool begins_with(struct mn_slice letters, struct mn_slice beginning)
{
    for (size_t i = 0; i < beginning.size; i++)
        if (i == letters.size || lower(letters.data[i]) != beginning.data[i])
            return false;
    return beginning.size > 0;
}

/* The month whose beginning in `months` (in lower case, in order, with blanks between) these letters begin with; 0:
 * none. */
static int32_t month_of(struct mn_slice letters, struct mn_slice months)
{
    for (int32_t month = 1; months.size && month <= 12; month++) {
        const char *blank = memchr(months.data, ' ', months.size);
        size_t end = blank ? (size_t)(blank - months.data) : months.size;
        if (begins_with(letters, mn_slice_cut(months, 0, end)))
            return month;
        months = mn_slice_cut(months, blank ? end + 1 : end, months.size);
    }
    return 0;
}

/* Day, perhaps, month by name and year in one word: 10-Feb-2020, Dec-19. False when it holds anything else. */
static bool read_named_figures(struct mn_slice words, struct mn_slice months, int32_t near, struct mn_parts *parts)
{
    struct mn_slice letters = letters_of(words), rest;
    size_t size, place = (size_t)(letters.data - words.data);
    parts->month = month_of(letters, months);
    if (mn_number_read(mn_slice_cut(words, 0, place), &parts->day, &size, &rest) && (parts->day < 1 || parts->day > 31))
        return false;
    return parts->month && read_year(mn_slice_cut(words, place + letters.size, words.size), near, 0, &parts->year);
}

static bool read_years(const struct mn_document *document, const struct mn_fields *fields, struct mn_date anchor,
                       struct mn_parts *parts)
{
    struct mn_slice year = words_of(document, fields, "year");
    struct mn_slice end = words_of(document, fields, "end-year");
    struct mn_slice figures = words_of(document, fields, "figures");
    parts->has_years = words_of(document, fields, "years").size > 0;
    struct mn_slice months = words_of(document, fields, "months");
    if (figures.size && months.size && !read_named_figures(figures, months, anchor.year, parts))
        return false;
    if (figures.size && !months.size && !read_figures(figures, anchor.year, parts))
        return false;
    if (year.size && !read_year(year, anchor.year, 0, &parts->year))
        return false;
    parts->open_end = is_code(end, "..");
    if (parts->open_end || end.size == 0)
        return true;
    return read_year(end, parts->year ? parts->year : anchor.year, parts->year, &parts->end_year);
}

/* 'a' or 'p' for am and pm, however they are printed; 0 for anything else. */
static char meridiem_of(struct mn_slice words)
{
    size_t at = 0;
    while (at < words.size && words.data[at] == ' ')
        at++;
    char half = at < words.size ? lower(words.data[at]) : '\0';
    at += at + 1 < words.size && words.data[at + 1] == '.' ? 2 : 1;
    bool whole = at < words.size && lower(words.data[at]) == 'm';
    return whole && (half == 'a' || half == 'p') ? half : '\0';
}

/* "4.30pm", "10:30", "4" with the other half of the clock in fields of its own. A clock that cannot be read or that
 * could be either half of the day is left out: the date stays. */
static void read_clock(const struct mn_document *document, const struct mn_fields *fields, struct mn_parts *parts)
{
    struct mn_slice rest, words = words_of(document, fields, "hour");
    struct mn_slice minute_words = words_of(document, fields, "minute");
    size_t size, ignored;
    int32_t hour, minute = 0;
    if (!mn_number_read(words, &hour, &size, &rest))
        return;
    if (goes_on_with(rest, ".:") && !mn_number_read(rest, &minute, &ignored, &rest))
        return;
    if (size == 4) { /* 1930 hours */
        minute = hour % 100;
        hour /= 100;
        size = 2;
    }
    if (minute_words.size && !read_number(minute_words, 0, 59, &minute))
        return;
    char half = meridiem_of(rest);
    half = half ? half : meridiem_of(words_of(document, fields, "meridiem"));
    if (half && hour <= 12)
        hour = hour % 12 + (half == 'p' ? 12 : 0);
    parts->has_clock = (half || size == 2) && hour <= 23 && minute <= 59;
    parts->hour = hour;
    parts->minute = minute;
}

static bool read_unit(struct mn_slice words, char *unit)
{
    static const char units[] = "HDBWMQY";
    if (words.size == 0)
        return true;
    *unit = lower(words.data[0]) == words.data[0] ? (char)(words.data[0] - 'a' + 'A') : words.data[0];
    return words.size == 1 && *unit && strchr(units, *unit);
}

static void read_codes(const struct mn_document *document, const struct mn_fields *fields, struct mn_parts *parts)
{
    struct mn_slice direction = words_of(document, fields, "direction");
    struct mn_slice calendar = words_of(document, fields, "calendar");
    parts->direction = is_code(direction, "next") - is_code(direction, "last");
    parts->near = is_code(direction, "near");
    parts->ends = is_code(words_of(document, fields, "part"), "end");
    parts->financial = is_code(calendar, "financial");
    parts->calendar = is_code(calendar, "calendar");
    parts->symbol = words_of(document, fields, "value");
}

static enum mn_time_type type_of(const struct mn_document *document, const struct mn_fields *fields)
{
    struct mn_slice words = words_of(document, fields, "type");
    for (size_t i = MN_TIME_NONE + 1; i < MN_TIME_TYPE_COUNT; i++)
        if (is_code(words, type_codes[i]))
            return (enum mn_time_type)i;
    return MN_TIME_NONE;
}

/* The fields of the first span that these fields refer to, or null. */
static const struct mn_fields *referred(const struct mn_document *document, const struct mn_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].span < document->spans.count)
            return &document->spans.items[fields->items[i].span].fields;
    return NULL;
}

bool mn_parts_read(const struct mn_document *document, const struct mn_fields *fields, struct mn_date anchor,
                   struct mn_parts *parts)
{
    *parts = (struct mn_parts){.type = type_of(document, fields)};
    for (int i = 0; parts->type == MN_TIME_NONE && fields && i < MOST_REFERENCES; i++) {
        fields = referred(document, fields);
        parts->type = fields ? type_of(document, fields) : MN_TIME_NONE;
    }
    if (parts->type == MN_TIME_NONE || !read_numbers(document, fields, parts) ||
        !read_years(document, fields, anchor, parts) || !read_unit(words_of(document, fields, "unit"), &parts->unit))
        return false;
    read_clock(document, fields, parts);
    read_codes(document, fields, parts);
    return true;
}
