/* Calendar dates in EDTF (ISO 8601-2:2019 level 1) from the parts of a time expression and an anchor. Proleptic
 * Gregorian; no time zones; no English: parts come as numbers and codes, from fields of `time` spans:
 *
 *   type        what is in the other fields
 *   date        day? month? year? weekday? (1 Monday … 7) hour? minute? meridiem? (am, pm); also end-day end-month
 *               end-year for ranges ("Feb/March 2018", "9 - 13 March 2020"); part (start, mid, end) as in "end of March";
 *               direction (next, last) as in "in January next", "Wednesday next"
 *   period      count, unit (H D W M Y; B working days): P3M
 *   recurring   count?, unit: R/P3M
 *   quarter     quarter (1–4), year?, end-year? (given: a financial year, April to March), calendar (financial|calendar)
 *   half        half (1, 2), year?, end-year?, calendar
 *   season      season (21 spring, 22 summer, 23 autumn, 24 winter), year?
 *   financial-year  year, end-year?
 *   relative    unit (D W M Y), count (0 this, 1 next, -1 last), part?: "by the end of the current week", "next month",
 *               "year's end" (unit Y, count 0)
 *   symbol      value: next-meeting, immediate, half-term, …
 *
 * Numbers may carry letters behind their digits ("3rd", "4.30pm"); years of two digits are read in the anchor's century
 * (20xx without one). Without an anchor a missing year stays missing: --11-04. */
#ifndef MN_INTERPRET_CALENDAR_H
#define MN_INTERPRET_CALENDAR_H

#include "document/document.h"

struct mn_date {
    int32_t year;  /* 0: unknown */
    int32_t month; /* 0: unknown */
    int32_t day;   /* 0: unknown */
};

struct mn_time_value {
    struct mn_slice edtf; /* 2020-02-10, 2015-12, 2022-04/2022-06, 2021-23, --11-04, P3M, R/P1Y, next-meeting, 2021-06-29T10:30 … */
    struct mn_slice type; /* date, period, set (recurring), symbol: TIMEX3's DATE, DURATION, SET in lower case */
    struct mn_date earliest, latest; /* year 0: not determined */
};

/* Parses YYYY, YYYY-MM or YYYY-MM-DD; false for anything else or for a day that does not exist. */
bool mn_date_parse(struct mn_slice text, struct mn_date *date);
int mn_date_compare(struct mn_date a, struct mn_date b);
/* Days since 1970-01-01 and back. */
int64_t mn_date_days(struct mn_date date);
struct mn_date mn_date_of_days(int64_t days);
int mn_date_weekday(struct mn_date date); /* 1 Monday … 7 Sunday */

/* The value of a time expression. A year that is missing is inferred from a full anchor: the first such date on or
 * after it, or with `past` the last one before it. False when the parts make no value (31 February, no type). Strings
 * are put into the arena. */
bool mn_time_evaluate(struct mn_arena *arena, const struct mn_document *document, const struct mn_fields *fields,
                      struct mn_date anchor, bool past, struct mn_time_value *value);

#endif
