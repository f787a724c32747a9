#include "interpret/extent.h"
#include <stdio.h>

/* Years (or months) around the anchor that are tried: leap days may be eight years apart, and a winter or a financial
 * year begins in the year before. */
#define STEPS_AROUND 9

/* Nine months ahead; a month and three months behind (calendar.h says why). */
#define DAYS_AHEAD_IN_DOUBT 273
#define DAYS_JUST_PAST 31
#define DAYS_NEARLY_PAST 92

#define WORKING_DAYS_IN_WEEK 5
#define DAYS_OF_WEEKEND 2

/* Does the extent lie on the side of the anchor that is meant? */
static bool is_meant(const struct mn_parts *parts, const struct mn_extent *extent, struct mn_date anchor, bool past)
{
    bool open = extent->latest.year == 0;
    if (parts->direction > 0)
        return mn_date_compare(extent->earliest, anchor) > 0;
    if (parts->direction < 0)
        return !open && mn_date_compare(extent->latest, anchor) < 0;
    return past ? mn_date_compare(extent->earliest, anchor) <= 0 : open || mn_date_compare(extent->latest, anchor) >= 0;
}

static bool fits_weekday(const struct mn_parts *parts, const struct mn_extent *extent)
{
    return !parts->weekday || extent->form != MN_EXTENT_DATE || !extent->start.day ||
           mn_date_weekday(extent->start) == parts->weekday;
}

/* A weekday that does not fit the year chooses the one before or after it; one that fits neither is a slip. */
static void heed_weekday(const struct mn_parts *parts, int64_t step, struct mn_extent *extent)
{
    struct mn_extent other;
    for (int64_t near = step - 1; !fits_weekday(parts, extent) && near <= step + 1; near += 2)
        if (mn_extent_place(parts, near, &other) && fits_weekday(parts, &other))
            *extent = other;
}

/* Has the time been, and will it not come round for long? See calendar.h. */
static void prefer_just_past(const struct mn_parts *parts, int64_t step, struct mn_date anchor,
                             struct mn_extent *extent)
{
    struct mn_extent before;
    if (mn_extent_is_monthly(parts) || (parts->weekday && !parts->rank) ||
        mn_date_days(extent->earliest) - mn_date_days(anchor) < DAYS_AHEAD_IN_DOUBT ||
        (extent->earliest.year == anchor.year && !parts->near) || !mn_extent_place(parts, step - 1, &before) ||
        !before.latest.year)
        return;
    int64_t since = mn_date_days(anchor) - mn_date_days(before.latest);
    if (since > 0 && since <= (parts->near ? DAYS_NEARLY_PAST : DAYS_JUST_PAST))
        *extent = before;
}

/* Finds the year (or month) that is missing: the nearest on the meant side of the anchor. */
static bool infer(const struct mn_parts *parts, struct mn_date anchor, bool past, struct mn_extent *extent)
{
    bool backwards = parts->direction ? parts->direction < 0 : past;
    int64_t here = mn_extent_is_monthly(parts) ? (int64_t)anchor.year * 12 + anchor.month - 1 : anchor.year;
    for (int64_t i = -1; i < STEPS_AROUND; i++) {
        int64_t step = backwards ? here - i : here + i;
        if (mn_extent_place(parts, step, extent) && is_meant(parts, extent, anchor, past)) {
            if (!parts->direction)
                heed_weekday(parts, step, extent);
            if (!parts->direction && !past)
                prefer_just_past(parts, step, anchor, extent);
            return true;
        }
    }
    return false;
}

/* One time expression on its way to its value. */
struct evaluation {
    struct mn_arena *arena;
    struct mn_parts parts;
    struct mn_date anchor;
    bool past;
    struct mn_time_value *value;
};

static bool put(const struct evaluation *time, const char *text, size_t size, struct mn_slice type)
{
    time->value->edtf = mn_arena_copy(time->arena, (struct mn_slice){text, size});
    time->value->type = type;
    return true;
}

static bool put_extent(const struct evaluation *time, const struct mn_extent *extent)
{
    char text[MN_EDTF_SIZE];
    size_t size = mn_extent_write(extent, text);
    if (time->parts.has_clock && extent->form == MN_EXTENT_DATE && extent->start.day) {
        size += (size_t)snprintf(text + size, sizeof text - size, "T%02d:%02d", (int)time->parts.hour,
                                 (int)time->parts.minute);
    }
    time->value->earliest = extent->earliest;
    time->value->latest = extent->latest;
    return put(time, text, size, MN_LITERAL("date"));
}

/* A month, or a day of one, in no known year. A leap day is possible. */
static bool put_yearless(const struct evaluation *time)
{
    const int32_t leap_year = 2000;
    const struct mn_parts *parts = &time->parts;
    struct mn_date date = {0, parts->month, parts->day};
    char text[MN_EDTF_SIZE];
    bool bare = parts->type == MN_TIME_DATE && !parts->end_day && !parts->end_month && !parts->open_end &&
                !parts->rank && !parts->has_years;
    if (!bare || !date.month || date.day > mn_month_days(leap_year, date.month))
        return false;
    return put(time, text, mn_date_write(date, text), MN_LITERAL("date"));
}

static bool is_bare_weekday(const struct mn_parts *parts)
{
    return parts->type == MN_TIME_DATE && parts->weekday && !parts->day && !parts->month;
}

/* Are there parts that come round, so that a year or month can be inferred? */
static bool comes_round(const struct mn_parts *parts)
{
    return parts->type != MN_TIME_DATE || parts->month || parts->day;
}

static bool evaluate_dated(const struct evaluation *time)
{
    const struct mn_parts *parts = &time->parts;
    struct mn_extent extent;
    if (parts->year || parts->end_year) {
        int32_t year = parts->year ? parts->year : parts->end_year;
        return mn_extent_place(parts, year, &extent) && put_extent(time, &extent);
    }
    if (!mn_date_is_full(time->anchor))
        return put_yearless(time);
    if (parts->has_years)
        return mn_extent_place(parts, time->anchor.year + parts->years, &extent) && put_extent(time, &extent);
    bool found = is_bare_weekday(parts) ? mn_extent_weekday(parts, time->anchor, time->past, &extent)
                                        : comes_round(parts) && infer(parts, time->anchor, time->past, &extent);
    return found && put_extent(time, &extent);
}

static bool evaluate_relative(const struct evaluation *time)
{
    struct mn_extent extent;
    return mn_date_is_full(time->anchor) && mn_extent_relative(&time->parts, time->anchor, &extent) &&
           put_extent(time, &extent);
}

/* Working days as calendar days: see calendar.h. */
static void count_working_days(int32_t *count, char *unit)
{
    int32_t weeks = *count / WORKING_DAYS_IN_WEEK, remainder = *count % WORKING_DAYS_IN_WEEK;
    *unit = remainder ? 'D' : 'W';
    *count = remainder ? weeks * 7 + remainder + DAYS_OF_WEEKEND : weeks;
}

static size_t write_period(int32_t count, char unit, char *out, size_t room)
{
    if (unit == 'Q') {
        count *= 3;
        unit = 'M';
    }
    return (size_t)snprintf(out, room, "P%s%d%c", unit == 'H' ? "T" : "", (int)count, unit);
}

static bool evaluate_period(const struct evaluation *time)
{
    int32_t count = time->parts.count;
    char text[MN_EDTF_SIZE], unit = time->parts.unit;
    if (!unit || count < 1)
        return false;
    if (unit == 'B')
        count_working_days(&count, &unit);
    return put(time, text, write_period(count, unit, text, sizeof text), MN_LITERAL("period"));
}

static bool evaluate_recurring(const struct evaluation *time)
{
    int32_t count = time->parts.count ? time->parts.count : 1;
    char text[MN_EDTF_SIZE] = "R/", unit = time->parts.unit;
    if (!unit || count < 1)
        return false;
    if (unit == 'B') {
        bool weeks = count % WORKING_DAYS_IN_WEEK == 0;
        count = weeks ? count / WORKING_DAYS_IN_WEEK : count;
        unit = weeks ? 'W' : 'D';
    }
    return put(time, text, 2 + write_period(count, unit, text + 2, sizeof text - 2), MN_LITERAL("set"));
}

static bool evaluate_symbol(const struct evaluation *time)
{
    struct mn_slice symbol = time->parts.symbol;
    bool made = mn_value_token(time->arena, &symbol);
    time->value->edtf = made ? symbol : MN_EMPTY;
    time->value->type = MN_LITERAL("symbol");
    return !made || symbol.size > 0;
}

bool mn_time_evaluate(struct mn_arena *arena, const struct mn_document *document, const struct mn_fields *fields,
                      struct mn_date anchor, bool past, struct mn_time_value *value)
{
    static bool (*const evaluations[MN_TIME_TYPE_COUNT])(const struct evaluation *) = {
        [MN_TIME_DATE] = evaluate_dated,           [MN_TIME_PERIOD] = evaluate_period,
        [MN_TIME_RECURRING] = evaluate_recurring,  [MN_TIME_QUARTER] = evaluate_dated,
        [MN_TIME_HALF] = evaluate_dated,           [MN_TIME_SEASON] = evaluate_dated,
        [MN_TIME_FINANCIAL_YEAR] = evaluate_dated, [MN_TIME_RELATIVE] = evaluate_relative,
        [MN_TIME_EASTER] = evaluate_dated,         [MN_TIME_SYMBOL] = evaluate_symbol,
    };
    struct evaluation time = {.arena = arena, .anchor = anchor, .past = past, .value = value};
    *value = (struct mn_time_value){0};
    return mn_parts_read(document, fields, anchor, &time.parts) && evaluations[time.parts.type](&time);
}

/* A digit, perhaps behind the dashes that stand for a missing year. */
static bool looks_like_date(struct mn_slice edtf)
{
    size_t at = mn_slice_starts(edtf, MN_LITERAL("--")) ? 2 : 0;
    return at < edtf.size && edtf.data[at] >= '0' && edtf.data[at] <= '9';
}

static bool looks_like_period(struct mn_slice edtf)
{
    size_t at = mn_slice_starts(edtf, MN_LITERAL("PT")) ? 2 : 1;
    return edtf.size > at && edtf.data[0] == 'P' && edtf.data[at] >= '0' && edtf.data[at] <= '9';
}

void mn_time_of_edtf(struct mn_slice edtf, struct mn_time_value *value)
{
    struct mn_date date;
    size_t day_size = sizeof "2021-06-29" - 1;
    bool has_clock = edtf.size > day_size && edtf.data[day_size] == 'T';
    *value = (struct mn_time_value){.edtf = edtf, .type = MN_LITERAL("symbol")};
    if (mn_slice_starts(edtf, MN_LITERAL("R/")))
        value->type = MN_LITERAL("set");
    else if (looks_like_period(edtf))
        value->type = MN_LITERAL("period");
    else if (looks_like_date(edtf))
        value->type = MN_LITERAL("date");
    if (mn_date_parse(has_clock ? mn_slice_cut(edtf, 0, day_size) : edtf, &date)) {
        value->earliest = mn_date_first(date);
        value->latest = mn_date_last(date);
    }
}
