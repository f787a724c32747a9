/* The parts of a time expression as numbers and codes, read from the fields of a span (calendar.h lists them). */
#ifndef MN_INTERPRET_PARTS_H
#define MN_INTERPRET_PARTS_H

#include "interpret/calendar.h"

enum mn_time_type {
    MN_TIME_NONE,
    MN_TIME_DATE,
    MN_TIME_PERIOD,
    MN_TIME_RECURRING,
    MN_TIME_QUARTER,
    MN_TIME_HALF,
    MN_TIME_SEASON,
    MN_TIME_FINANCIAL_YEAR,
    MN_TIME_RELATIVE,
    MN_TIME_EASTER,
    MN_TIME_SYMBOL,
    MN_TIME_TYPE_COUNT
};

/* Numbers are 0 where the field is missing. */
struct mn_parts {
    enum mn_time_type type;
    int32_t year, month, day, weekday;
    int32_t end_year, end_month, end_day;
    int32_t quarter, half, season;
    int32_t end_quarter, end_season;
    int32_t rank;  /* of the weekday in its month, -1 the last */
    int32_t years; /* from the anchor's, where has_years */
    bool has_years;
    int32_t count; /* of periods and sets 0: not stated; of relative times as it is, 0 this one; of weekdays the
                      weeks behind the nearest; of Easter the days from its Sunday */
    char unit;     /* H D B W M Q Y; 0: none */
    int direction; /* 1 next, -1 last, 0 none */
    bool near;     /* of two that are meant perhaps the nearer */
    bool open_end; /* end-year ".." */
    bool ends;     /* part "end" */
    bool financial, calendar;
    bool has_clock; /* hour and minute are stated and unambiguous */
    int32_t hour, minute;
    struct mn_slice symbol;
};

/* False when a field that is there cannot be read: a month 13, a count without digits. Years of two digits are read in
 * the century of the anchor. */
bool mn_parts_read(const struct mn_document *document, const struct mn_fields *fields, struct mn_date anchor,
                   struct mn_parts *parts);

/* The words of a field: its value, or else what stands in its range, without spaces around it. */
struct mn_slice mn_field_words(const struct mn_document *document, const struct mn_field *field);

/* Turns words into a name as the record writes it: ASCII letters and digits in lower case, hyphens for everything
 * between them; empty when that does not begin with a letter. False when memory is out. */
bool mn_value_token(struct mn_arena *arena, struct mn_slice *words);

/* The first run of digits in a text, with what stands behind it; false without digits, for decimals, and for more than
 * nine digits. */
bool mn_number_read(struct mn_slice text, int32_t *number, size_t *digit_count, struct mn_slice *rest);

#endif
