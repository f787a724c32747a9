/* Calendar dates in EDTF (ISO 8601-2:2019 level 1) from the parts of a time expression and an anchor. Proleptic
 * Gregorian; no time zones; no English: parts come as numbers and codes, from fields of `time` spans:
 *
 *   type            what is in the other fields
 *   date            day? month? year? weekday? (1 Monday … 7) hour? minute? meridiem? (am, pm); also end-day end-month
 *                   end-year for ranges ("Feb/March 2018", "9 - 13 March 2020"); end-year ".." for an open end ("2025
 *                   onwards"); part (start, mid, end) as in "end of March"; direction (next, last, near) as in "in
 *                   January next", "Wednesday next"; rank (1 … 5, -1 last) with a weekday and a month: "the second
 *                   Tuesday in July"; count weeks behind the nearest with a weekday alone: "Friday week" 1; figures
 *                   for all three in one word (10.02.2020), with months where the month is named in it (10-Feb-2020,
 *                   Dec-19): how the names begin, in order; years as below
 *   period          count, unit (H D W M Y; B working days; Q quarters): P3M
 *   recurring       count?, unit: R/P3M
 *   quarter         quarter (1–4), end-quarter?, year?, end-year? (given: a financial year, April to March), years?,
 *                   calendar (financial|calendar)
 *   half            half (1, 2), year?, end-year?, years?, calendar
 *   season          season (21 spring, 22 summer, 23 autumn, 24 winter: December to February of the next year),
 *                   end-season?, year?, years?
 *   financial-year  year?, end-year?: 2015/2016
 *   relative        unit (D W M Q Y), count (0 this, 1 next, -1 last), part?: "by the end of the current week", "next
 *                   month", "the end of the year" (unit Y, count 0, part end). With unit W a weekday, with M a day,
 *                   with Y a month and day make it that date: "Tuesday of next week". With calendar financial a year
 *                   of that
 *   easter          count days from Easter Sunday (-2 Good Friday), year?
 *   symbol          value: next-meeting, immediate, half-term, …
 *
 * years counts from the anchor's year: 0 this, 1 next ("in the first quarter of next year").
 *
 * Numbers may carry letters around their digits ("3rd", "4.30pm", "Q3"); years of two digits are read in the anchor's
 * century (20xx without one). A field that refers to another span stands for that span's fields where the first has no
 * type of its own.
 *
 * What is decided here, as the guidelines leave room:
 * - A part of a stated time does not change the value: "the end of March 2026" is 2026-03, "the end of 2023" is 2023.
 *   The end of a year that is not stated ("before the end of the year") is that year's last day; so is the end of the
 *   current financial year.
 * - earliest and latest are the first and last day of the value as written; of a financial year 1 April and 31 March.
 *   Periods, sets, symbols and dates without a year have none.
 * - A year that is missing is the one that makes the time the first that does not lie wholly before the anchor; with
 *   `past`, the last that does not lie wholly behind it. A weekday that is stated with a day and a month and does not
 *   fit that year chooses the year before or after, if it fits there. Without an anchor the year stays missing:
 * --11-04,
 *   --11; a range, quarter or season without any year has no value.
 * - But a time whose last turn ended within a month before the anchor, and whose next begins nine months or more behind
 *   it and in another year, is the one that has been: "by 31 March" in minutes of April. With direction near three
 *   months before will do, and the same year: "the December meeting" in minutes of January. A weekday that is stated
 *   speaks first.
 * - A bare weekday is the next one after the anchor (with `past` the last before it), never the anchor's own day.
 * - A clock time without am or pm is read on the 24-hour clock if its hour has two digits ("10.30", "09.00"); a single
 *   digit ("at 7.30") could be either half of the day and is left out: the value is the date.
 * - Working days have no unit in ISO 8601: five are a week (10 working days: P2W); a remainder counts as the longest
 *   stretch of days it can take, with a weekend in it (3 working days: P5D; 7: P11D). Bank holidays are not counted.
 *   Recurring, five are a week and one is a day (R/P1D). */
#ifndef MN_INTERPRET_CALENDAR_H
#define MN_INTERPRET_CALENDAR_H

#include "document/document.h"

struct mn_date {
    int32_t year;  /* 0: unknown */
    int32_t month; /* 0: unknown */
    int32_t day;   /* 0: unknown */
};

struct mn_time_value {
    /* 2020-02-10, 2015-12, 2022-04/2022-06, 2021-23, --11-04, P3M, R/P1Y, next-meeting, 2021-06-29T10:30 … */
    struct mn_slice edtf;
    struct mn_slice type; /* date, period, set (recurring), symbol: TIMEX3's DATE, DURATION, SET in lower case */
    struct mn_date earliest, latest; /* year 0: not determined */
};

/* Parses YYYY, YYYY-MM or YYYY-MM-DD; false for anything else or for a day that does not exist. */
bool mn_date_parse(struct mn_slice text, struct mn_date *date);
int mn_date_compare(struct mn_date a, struct mn_date b);
/* Days since 1970-01-01 and back. The date is complete. */
int64_t mn_date_days(struct mn_date date);
struct mn_date mn_date_of_days(int64_t days);
int mn_date_weekday(struct mn_date date); /* 1 Monday … 7 Sunday */
/* Easter Sunday of the Gregorian calendar. */
struct mn_date mn_date_easter(int32_t year);
/* Days of the month: 28 to 31. */
int32_t mn_month_days(int32_t year, int32_t month);
/* Year, month and day are all known. */
bool mn_date_is_full(struct mn_date date);
/* The first and the last day that a date with a year can mean: 2020-02 is 2020-02-01 … 2020-02-29. */
struct mn_date mn_date_first(struct mn_date date);
struct mn_date mn_date_last(struct mn_date date);

/* The value of a time expression. A year that is missing is inferred from a full anchor: the first such date on or
 * after it, or with `past` the last one before it. False when the parts make no value (31 February, no type). Strings
 * are put into the arena, and when that is full value->edtf.data is null. */
bool mn_time_evaluate(struct mn_arena *arena, const struct mn_document *document, const struct mn_fields *fields,
                      struct mn_date anchor, bool past, struct mn_time_value *value);

/* The value of a time that a rule or a user states in EDTF already: the type by its form, the bounds of plain dates.
 * Anything that is no date, period or set is a symbol. */
void mn_time_of_edtf(struct mn_slice edtf, struct mn_time_value *value);

#endif
