#include "fields.h"
#include <criterion/criterion.h>

static bool same(struct mn_date a, struct mn_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static const struct {
    const char *date;
    int64_t days;
    int weekday;
} known_days[] = {
    {"1970-01-01", 0, 4},     {"1969-12-31", -1, 3},      {"2000-01-01", 10957, 6},
    {"2000-02-29", 11016, 2}, {"1600-01-01", -135140, 6}, {"1900-03-01", -25508, 4},
    {"2020-02-10", 18302, 1}, {"2024-02-29", 19782, 4},   {"2400-12-31", 157419, 7},
};

Test(calendar, days_and_weekdays_of_known_dates)
{
    for (size_t i = 0; i < sizeof known_days / sizeof *known_days; i++) {
        struct mn_date date = date_of(known_days[i].date);
        cr_expect_eq(mn_date_days(date), known_days[i].days, "%s: %lld", known_days[i].date,
                     (long long)mn_date_days(date));
        cr_expect_eq(mn_date_weekday(date), known_days[i].weekday, "%s", known_days[i].date);
    }
}

/* Every day of eight centuries: back and forth, one more than the day before, the next weekday. */
Test(calendar, every_day_from_1600_to_2400_comes_back)
{
    struct mn_date date = {1600, 1, 1};
    int64_t expected = mn_date_days(date);
    int weekday = mn_date_weekday(date);
    while (date.year <= 2400) {
        cr_assert_eq(mn_date_days(date), expected);
        cr_assert(same(mn_date_of_days(expected), date));
        cr_assert_eq(mn_date_weekday(date), weekday);
        bool month_ends = date.day == mn_month_days(date.year, date.month);
        bool year_ends = month_ends && date.month == 12;
        date = (struct mn_date){date.year + year_ends, year_ends ? 1 : date.month + month_ends,
                                month_ends ? 1 : date.day + 1};
        weekday = weekday % 7 + 1;
        expected++;
    }
}

Test(calendar, leap_years_are_gregorian)
{
    cr_expect_eq(mn_month_days(2000, 2), 29);
    cr_expect_eq(mn_month_days(1900, 2), 28);
    cr_expect_eq(mn_month_days(2024, 2), 29);
    cr_expect_eq(mn_month_days(2023, 2), 28);
}

static const struct {
    const char *text;
    bool good;
    struct mn_date date;
} parses[] = {
    {"2020", true, {2020, 0, 0}},
    {"2020-02", true, {2020, 2, 0}},
    {"2020-02-29", true, {2020, 2, 29}},
    {"2019-02-29", false, {0, 0, 0}},
    {"2020-13", false, {0, 0, 0}},
    {"2020-00-01", false, {0, 0, 0}},
    {"2020-2-1", false, {0, 0, 0}},
    {"", false, {0, 0, 0}},
    {"20", false, {0, 0, 0}},
    {"2020-02-30", false, {0, 0, 0}},
    {"2020/02/10", false, {0, 0, 0}},
    {"2020-02-10T10:00", false, {0, 0, 0}},
    {"0000", false, {0, 0, 0}},
    {"2020-02-1x", false, {0, 0, 0}},
    {"--11-04", false, {0, 0, 0}},
    {"2020-04-31", false, {0, 0, 0}},
    {"9999-12-31", true, {9999, 12, 31}},
};

Test(calendar, iso_dates_are_parsed_strictly)
{
    for (size_t i = 0; i < sizeof parses / sizeof *parses; i++) {
        struct mn_date date = {0};
        cr_expect_eq(mn_date_parse(mn_slice_of(parses[i].text), &date), parses[i].good, "“%s”", parses[i].text);
        cr_expect(same(date, parses[i].date), "“%s”", parses[i].text);
    }
}

Test(calendar, partial_dates_have_first_and_last_days)
{
    cr_expect(same(mn_date_first((struct mn_date){2020, 2, 0}), (struct mn_date){2020, 2, 1}));
    cr_expect(same(mn_date_last((struct mn_date){2020, 2, 0}), (struct mn_date){2020, 2, 29}));
    cr_expect(same(mn_date_last((struct mn_date){2021, 0, 0}), (struct mn_date){2021, 12, 31}));
    cr_expect(same(mn_date_last((struct mn_date){2021, 6, 3}), (struct mn_date){2021, 6, 3}));
}

Test(calendar, dates_compare_by_year_month_day)
{
    static const char *const rising[] = {"1999-12-31", "2020", "2020-02", "2020-02-09", "2020-02-10", "2020-11-01"};
    for (size_t i = 0; i + 1 < sizeof rising / sizeof *rising; i++) {
        cr_expect_lt(mn_date_compare(date_of(rising[i]), date_of(rising[i + 1])), 0);
        cr_expect_gt(mn_date_compare(date_of(rising[i + 1]), date_of(rising[i])), 0);
        cr_expect_eq(mn_date_compare(date_of(rising[i]), date_of(rising[i])), 0);
    }
}

static const struct {
    const char *edtf, *type, *earliest, *latest;
} stated[] = {
    {"2020-02-10", "date", "2020-02-10", "2020-02-10"},
    {"2020-02-10T10:30", "date", "2020-02-10", "2020-02-10"},
    {"2020-02", "date", "2020-02-01", "2020-02-29"},
    {"--11-04", "date", "", ""},
    {"2022-04/2022-06", "date", "", ""},
    {"P3M", "period", "", ""},
    {"PT48H", "period", "", ""},
    {"R/P3M", "set", "", ""},
    {"immediate", "symbol", "", ""},
    {"next-meeting", "symbol", "", ""},
};

Test(calendar, edtf_that_is_stated_tells_its_type)
{
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        struct mn_time_value value;
        mn_time_of_edtf(mn_slice_of(stated[i].edtf), &value);
        cr_expect(mn_slice_equal(value.type, mn_slice_of(stated[i].type)), "%s", stated[i].edtf);
        cr_expect(same(value.earliest, date_of(stated[i].earliest)), "%s", stated[i].edtf);
        cr_expect(same(value.latest, date_of(stated[i].latest)), "%s", stated[i].edtf);
    }
}

Test(calendar, easter)
{
    /* The earliest and latest that there are among them. */
    static const char *const sundays[] = {"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23",
                                          "2019-04-21", "2024-03-31", "2025-04-20", "2038-04-25"};
    for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++) {
        struct mn_date expected;
        cr_assert(mn_date_parse(mn_slice_of(sundays[i]), &expected));
        cr_expect_eq(mn_date_compare(mn_date_easter(expected.year), expected), 0, "%s", sundays[i]);
        cr_expect_eq(mn_date_weekday(expected), 7);
    }
}
