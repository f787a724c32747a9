#include "interpret/extent.h"
#include <stdio.h>

#define MOST_YEAR 9999
#define SPRING 21
#define FIRST_FINANCIAL_MONTH 4

static bool is_possible(struct mn_date date)
{
    return date.year >= 1 && date.year <= MOST_YEAR && date.month <= 12 && (date.day == 0 || date.month) &&
           (date.day == 0 || date.day <= mn_month_days(date.year, date.month));
}

struct mn_extent mn_extent_of_date(struct mn_date date)
{
    return (struct mn_extent){MN_EXTENT_DATE, date, date, 0, mn_date_first(date), mn_date_last(date)};
}

/* Two dates as written, the second not before the first; the same date twice is one date. */
static bool make_interval(struct mn_date start, struct mn_date end, struct mn_extent *extent)
{
    if (!is_possible(start) || !is_possible(end) || mn_date_compare(mn_date_first(start), mn_date_last(end)) > 0)
        return false;
    bool same = mn_date_compare(start, end) == 0;
    *extent = (struct mn_extent){
        same ? MN_EXTENT_DATE : MN_EXTENT_INTERVAL, start, end, 0, mn_date_first(start), mn_date_last(end)};
    return true;
}

/* `count` months, counted from a month of a year that may lie beyond its December. */
static bool make_months(int64_t year, int32_t month, int32_t count, struct mn_extent *extent)
{
    int64_t first = year * 12 + month - 1;
    int64_t last = first + count - 1;
    struct mn_date start = {(int32_t)(first / 12), (int32_t)(first % 12) + 1, 0};
    struct mn_date end = {(int32_t)(last / 12), (int32_t)(last % 12) + 1, 0};
    return make_interval(start, end, extent);
}

static bool has_end(const struct mn_parts *parts)
{
    return parts->end_year || parts->end_month || parts->end_day;
}

bool mn_extent_is_monthly(const struct mn_parts *parts)
{
    return parts->type == MN_TIME_DATE && parts->day && !parts->month && !parts->year;
}

/* A range whose year is printed once has it at its end: "December/January 2018" begins in 2017. */
static bool place_range(const struct mn_parts *parts, struct mn_date start, struct mn_extent *extent)
{
    struct mn_date end = {parts->end_year ? parts->end_year : start.year,
                          parts->end_month ? parts->end_month : start.month, parts->end_day};
    bool one_year = !parts->year || !parts->end_year;
    if (one_year)
        start.year = end.year;
    if (!is_possible(start) || !is_possible(end))
        return false;
    if (one_year && mn_date_compare(mn_date_first(start), mn_date_last(end)) > 0)
        start.year--;
    return make_interval(start, end, extent);
}

/* The second Tuesday, the last Friday of a month. */
static bool place_ranked(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    struct mn_date month = {(int32_t)step, parts->month, 0};
    if (!is_possible(month) || !parts->month || !parts->weekday)
        return false;
    struct mn_date edge = parts->rank > 0 ? mn_date_first(month) : mn_date_last(month);
    int32_t away = parts->weekday - mn_date_weekday(edge);
    month.day = parts->rank > 0 ? edge.day + (away + 7) % 7 + 7 * (parts->rank - 1) : edge.day - (7 - away) % 7;
    *extent = mn_extent_of_date(month);
    return is_possible(month);
}

static bool place_date(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    struct mn_date start = {(int32_t)step, parts->month, parts->day};
    if (parts->rank)
        return place_ranked(parts, step, extent);
    if (mn_extent_is_monthly(parts)) {
        start.year = (int32_t)(step / 12);
        start.month = (int32_t)(step % 12) + 1;
    }
    if (has_end(parts))
        return place_range(parts, start, extent);
    if (!is_possible(start))
        return false;
    *extent = mn_extent_of_date(start);
    if (parts->open_end) {
        extent->form = MN_EXTENT_OPEN;
        extent->latest = (struct mn_date){0};
    }
    return true;
}

/* A quarter or a half: of a financial year (from April) where two years or the word say so. */
static bool place_share(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    int32_t months = parts->type == MN_TIME_QUARTER ? 3 : 6;
    int32_t number = parts->type == MN_TIME_QUARTER ? parts->quarter : parts->half;
    bool financial = parts->financial || (parts->end_year && !parts->calendar);
    int32_t first = (financial ? FIRST_FINANCIAL_MONTH : 1) + (number - 1) * months;
    int32_t last_number = parts->end_quarter ? parts->end_quarter : number;
    return number && last_number >= number && make_months(step, first, months * (last_number - number + 1), extent);
}

/* Spring begins in March, winter in December. Two seasons are their months, as level 1 has no intervals of seasons. */
static bool place_season(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    int32_t last = parts->end_season ? parts->end_season : parts->season;
    int32_t months = 3 * (last - parts->season + 1);
    if (!parts->season || months < 3 || !make_months(step, 3 + (parts->season - SPRING) * 3, months, extent))
        return false;
    if (parts->end_season)
        return true;
    extent->form = MN_EXTENT_SEASON;
    extent->season = parts->season;
    return true;
}

static bool place_financial_year(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    int32_t year = (int32_t)step;
    int32_t end_year = parts->end_year > year ? parts->end_year : year + 1;
    if (!make_interval((struct mn_date){year, 0, 0}, (struct mn_date){end_year, 0, 0}, extent))
        return false;
    extent->earliest = (struct mn_date){year, FIRST_FINANCIAL_MONTH, 1};
    extent->latest = mn_date_last((struct mn_date){end_year, FIRST_FINANCIAL_MONTH - 1, 0});
    if (parts->ends && !parts->year)
        *extent = mn_extent_of_date(extent->latest);
    return true;
}

static bool extent_of_days(int64_t days, struct mn_extent *extent)
{
    *extent = mn_extent_of_date(mn_date_of_days(days));
    return is_possible(extent->start);
}

static bool place_easter(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    if (!is_possible((struct mn_date){(int32_t)step, 0, 0}))
        return false;
    return extent_of_days(mn_date_days(mn_date_easter((int32_t)step)) + parts->count, extent);
}

bool mn_extent_place(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    static bool (*const places[MN_TIME_TYPE_COUNT])(const struct mn_parts *, int64_t, struct mn_extent *) = {
        [MN_TIME_DATE] = place_date,
        [MN_TIME_QUARTER] = place_share,
        [MN_TIME_HALF] = place_share,
        [MN_TIME_SEASON] = place_season,
        [MN_TIME_FINANCIAL_YEAR] = place_financial_year,
        [MN_TIME_EASTER] = place_easter,
    };
    return places[parts->type] && places[parts->type](parts, step, extent);
}

bool mn_extent_weekday(const struct mn_parts *parts, struct mn_date anchor, bool past, struct mn_extent *extent)
{
    int ahead = (parts->weekday - mn_date_weekday(anchor) + 7) % 7;
    bool back = parts->direction ? parts->direction < 0 : past;
    ahead = back ? ahead - 7 : (ahead ? ahead : 7);
    return extent_of_days(mn_date_days(anchor) + ahead + (int64_t)parts->count * 7, extent);
}

static bool relative_day(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    return extent_of_days(mn_date_days(anchor) + parts->count, extent);
}

static bool relative_week(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    int64_t monday = mn_date_days(anchor) - (mn_date_weekday(anchor) - 1) + (int64_t)parts->count * 7;
    if (parts->weekday)
        return extent_of_days(monday + parts->weekday - 1, extent);
    if (!extent_of_days(monday, extent))
        return false;
    extent->form = MN_EXTENT_WEEK;
    extent->latest = mn_date_of_days(monday + 6);
    return true;
}

static bool relative_month(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    int64_t months = (int64_t)anchor.year * 12 + anchor.month - 1 + parts->count;
    struct mn_date date = {(int32_t)(months / 12), (int32_t)(months % 12) + 1, parts->day};
    *extent = mn_extent_of_date(date);
    return is_possible(date);
}

static bool relative_quarter(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    int64_t quarters = (int64_t)anchor.year * 4 + (anchor.month - 1) / 3 + parts->count;
    return make_months(quarters / 4, (int32_t)(quarters % 4) * 3 + 1, 3, extent);
}

static bool relative_year(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    if (parts->financial)
        return place_financial_year(parts, anchor.year + parts->count - (anchor.month < FIRST_FINANCIAL_MONTH), extent);
    struct mn_date date = {anchor.year + parts->count, parts->month, parts->day};
    if (parts->ends && !parts->month)
        date = (struct mn_date){date.year, 12, 31};
    if (!is_possible(date))
        return false;
    *extent = mn_extent_of_date(date);
    return true;
}

bool mn_extent_relative(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent)
{
    static const struct {
        char unit;
        bool (*place)(const struct mn_parts *, struct mn_date, struct mn_extent *);
    } units[] = {
        {'D', relative_day}, {'W', relative_week}, {'M', relative_month}, {'Q', relative_quarter}, {'Y', relative_year},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].unit == parts->unit)
            return units[i].place(parts, anchor, extent);
    return false;
}

size_t mn_date_write(struct mn_date date, char out[MN_EDTF_SIZE])
{
    int size = date.year ? snprintf(out, MN_EDTF_SIZE, "%04d", (int)date.year) : snprintf(out, MN_EDTF_SIZE, "-");
    if (date.month)
        size += snprintf(out + size, MN_EDTF_SIZE - (size_t)size, "-%02d", (int)date.month);
    if (date.day)
        size += snprintf(out + size, MN_EDTF_SIZE - (size_t)size, "-%02d", (int)date.day);
    return (size_t)size;
}

/* ISO 8601: the week belongs to the year that its Thursday is in. */
static size_t write_week(struct mn_date monday, char out[MN_EDTF_SIZE])
{
    struct mn_date thursday = mn_date_of_days(mn_date_days(monday) + 3);
    int64_t new_year = mn_date_days((struct mn_date){thursday.year, 1, 1});
    int week = (int)((mn_date_days(thursday) - new_year) / 7) + 1;
    return (size_t)snprintf(out, MN_EDTF_SIZE, "%04d-W%02d", (int)thursday.year, week);
}

size_t mn_extent_write(const struct mn_extent *extent, char out[MN_EDTF_SIZE])
{
    char end[MN_EDTF_SIZE];
    size_t size;
    switch (extent->form) {
    case MN_EXTENT_WEEK:
        return write_week(extent->start, out);
    case MN_EXTENT_SEASON:
        return (size_t)snprintf(out, MN_EDTF_SIZE, "%04d-%02d", (int)extent->start.year, (int)extent->season);
    case MN_EXTENT_OPEN:
        size = mn_date_write(extent->start, out);
        return size + (size_t)snprintf(out + size, MN_EDTF_SIZE - size, "/..");
    case MN_EXTENT_INTERVAL:
        size = mn_date_write(extent->start, out);
        mn_date_write(extent->end, end);
        return size + (size_t)snprintf(out + size, MN_EDTF_SIZE - size, "/%s", end);
    case MN_EXTENT_DATE:
        break;
    }
    return mn_date_write(extent->start, out);
}
