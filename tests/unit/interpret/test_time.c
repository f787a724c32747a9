/* What time expressions mean: the words as minutes print them, the parts that rules find in them, the date they are
 * seen from, and the value. Dates of anchors and bounds are YYYY-MM-DD; an empty value means that there is none. */
#include "fields.h"
#include <criterion/criterion.h>

struct row {
    const char *words, *fields, *anchor, *edtf, *earliest, *latest;
};

static void check(const struct row *rows, size_t count, bool past)
{
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        mn_arena_reset(arena);
        struct mn_document *document = fields_document(arena, row->fields);
        struct mn_time_value value;
        bool found =
            mn_time_evaluate(arena, document, &document->spans.items[0].fields, date_of(row->anchor), past, &value);
        cr_expect_eq(found, *row->edtf != '\0', "“%s” from “%s” has %s value", row->words, row->anchor,
                     found ? "a" : "no");
        if (!found || !*row->edtf)
            continue;
        cr_expect(mn_slice_equal(value.edtf, mn_slice_of(row->edtf)), "“%s” from “%s”: %.*s, not %s", row->words,
                  row->anchor, MN_SLICE_ARGS(value.edtf), row->edtf);
        cr_expect_eq(mn_date_compare(value.earliest, date_of(row->earliest)), 0, "“%s”: earliest %d-%d-%d", row->words,
                     value.earliest.year, value.earliest.month, value.earliest.day);
        cr_expect_eq(mn_date_compare(value.latest, date_of(row->latest)), 0, "“%s”: latest %d-%d-%d", row->words,
                     value.latest.year, value.latest.month, value.latest.day);
    }
    mn_arena_destroy(arena);
}
#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows), false)
#define CHECK_PAST(rows) check(rows, sizeof(rows) / sizeof *(rows), true)

static const struct row dates[] = {
    {"10 February 2020", "type=date day~10 month=02 year~2020", "", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"3rd March 2021", "type=date day~3rd month=03 year~2021", "", "2021-03-03", "2021-03-03", "2021-03-03"},
    {"1st of January 2019", "type=date day~1st month=01 year~2019", "", "2019-01-01", "2019-01-01", "2019-01-01"},
    {"22nd June, 2023", "type=date day~22nd month=06 year~2023", "", "2023-06-22", "2023-06-22", "2023-06-22"},
    {"31ST DECEMBER 2014", "type=date day~31ST month=12 year~2014", "", "2014-12-31", "2014-12-31", "2014-12-31"},
    {"June 30, 2020", "type=date month=06 day~30 year~2020", "", "2020-06-30", "2020-06-30", "2020-06-30"},
    {"Thursday 18th May, 2023", "type=date weekday=4 day~18th month=05 year~2023", "", "2023-05-18", "2023-05-18",
     "2023-05-18"},
    {"Monday 18th May, 2023 (a Thursday)", "type=date weekday=1 day~18th month=05 year~2023", "", "2023-05-18",
     "2023-05-18", "2023-05-18"},
    {"01/12/2019", "type=date day~01 month~12 year~2019", "", "2019-12-01", "2019-12-01", "2019-12-01"},
    {"1/4/18", "type=date day~1 month~4 year~18", "", "2018-04-01", "2018-04-01", "2018-04-01"},
    {"1/4/18 in 2017", "type=date day~1 month~4 year~18", "2017-11-01", "2018-04-01", "2018-04-01", "2018-04-01"},
    {"1/4/98 in 1997", "type=date day~1 month~4 year~98", "1997-11-01", "1998-04-01", "1998-04-01", "1998-04-01"},
    {"29 February 2024", "type=date day~29 month=02 year~2024", "", "2024-02-29", "2024-02-29", "2024-02-29"},
    {"29 February 2023", "type=date day~29 month=02 year~2023", "", "", "", ""},
    {"31 February", "type=date day~31 month=02", "2020-01-01", "", "", ""},
    {"31 April 2024", "type=date day~31 month=04 year~2024", "", "", "", ""},
    {"32 May 2024", "type=date day~32 month=05 year~2024", "", "", "", ""},
    {"0 May 2024", "type=date day~0 month=05 year~2024", "", "", "", ""},
    {"month 13", "type=date day~1 month~13 year~2024", "", "", "", ""},
    {"year of three digits", "type=date day~1 month=01 year~202", "", "", "", ""},
    {"a stated year is kept, whatever the anchor", "type=date day~10 month=02 year~2020", "2021-06-01", "2020-02-10",
     "2020-02-10", "2020-02-10"},
    {"December 2015", "type=date month=12 year~2015", "", "2015-12", "2015-12-01", "2015-12-31"},
    {"Feb 2019", "type=date month=02 year~2019", "", "2019-02", "2019-02-01", "2019-02-28"},
    {"Feb 2020", "type=date month=02 year~2020", "", "2020-02", "2020-02-01", "2020-02-29"},
    {"in 2024", "type=date year~2024", "", "2024", "2024-01-01", "2024-12-31"},
    {"the end of March 2026", "type=date part=end month=03 year~2026", "", "2026-03", "2026-03-01", "2026-03-31"},
    {"early May 2015", "type=date part=start month=05 year~2015", "", "2015-05", "2015-05-01", "2015-05-31"},
    {"mid-June 2018", "type=date part=mid month=06 year~2018", "", "2018-06", "2018-06-01", "2018-06-30"},
    {"before the end of 2023", "type=date part=end year~2023", "2023-02-01", "2023", "2023-01-01", "2023-12-31"},
    {"no parts", "type=date", "2020-01-01", "", "", ""},
    {"no type", "day~10 month=02 year~2020", "2020-01-01", "", "", ""},
    {"a type that is none", "type=moment day~10 month=02 year~2020", "", "", "", ""},
    {"a clock alone", "type=date hour~10.30 meridiem=am", "2021-06-29", "", "", ""},
};

Test(time, dates)
{
    CHECK(dates);
}

static const struct row clocks[] = {
    {"4.30pm", "type=date day~3 month=06 year~2022 hour~4.30pm", "", "2022-06-03T16:30", "2022-06-03", "2022-06-03"},
    {"4:30 PM", "type=date day~3 month=06 year~2022 hour~4:30 meridiem~PM", "", "2022-06-03T16:30", "2022-06-03",
     "2022-06-03"},
    {"3pm", "type=date day~23 month=11 year~2023 hour~3pm", "", "2023-11-23T15:00", "2023-11-23", "2023-11-23"},
    {"10.00 a.m.", "type=date day~3 month=06 year~2022 hour~10.00 meridiem~a.m.", "", "2022-06-03T10:00", "2022-06-03",
     "2022-06-03"},
    {"2.30 p.m", "type=date day~18 month=06 year~2018 hour~2.30 meridiem=pm", "", "2018-06-18T14:30", "2018-06-18",
     "2018-06-18"},
    {"9 a.m.", "type=date day~1 month=06 year~2016 hour~9 meridiem=am", "", "2016-06-01T09:00", "2016-06-01",
     "2016-06-01"},
    {"12 noon", "type=date day~19 month=06 year~2023 hour=12", "", "2023-06-19T12:00", "2023-06-19", "2023-06-19"},
    {"12 p.m.", "type=date day~19 month=06 year~2023 hour~12 meridiem=pm", "", "2023-06-19T12:00", "2023-06-19",
     "2023-06-19"},
    {"12.15 a.m.", "type=date day~19 month=06 year~2023 hour~12.15 meridiem=am", "", "2023-06-19T00:15", "2023-06-19",
     "2023-06-19"},
    {"10.30", "type=date day~29 month=06 year~2021 hour~10.30", "", "2021-06-29T10:30", "2021-06-29", "2021-06-29"},
    {"09:00", "type=date day~29 month=06 year~2021 hour~09:00", "", "2021-06-29T09:00", "2021-06-29", "2021-06-29"},
    {"14.00", "type=date day~29 month=06 year~2021 hour~14.00", "", "2021-06-29T14:00", "2021-06-29", "2021-06-29"},
    {"hour and minute apart", "type=date day~29 month=06 year~2021 hour=17 minute=45", "", "2021-06-29T17:45",
     "2021-06-29", "2021-06-29"},
    {"7.30: morning or evening", "type=date day~29 month=06 year~2021 hour~7.30", "", "2021-06-29", "2021-06-29",
     "2021-06-29"},
    {"25.00 is no clock", "type=date day~29 month=06 year~2021 hour~25.00", "", "2021-06-29", "2021-06-29",
     "2021-06-29"},
    {"10.75 is no clock", "type=date day~29 month=06 year~2021 hour~10.75", "", "2021-06-29", "2021-06-29",
     "2021-06-29"},
    {"13.00pm", "type=date day~29 month=06 year~2021 hour~13.00pm", "", "2021-06-29T13:00", "2021-06-29", "2021-06-29"},
    {"a clock in a month", "type=date month=06 year~2021 hour~10.30", "", "2021-06", "2021-06-01", "2021-06-30"},
    {"3pm on Thursday 23rd November", "type=date weekday=4 day~23rd month=11 hour~3pm", "2023-09-11",
     "2023-11-23T15:00", "2023-11-23", "2023-11-23"},
};

Test(time, clocks)
{
    CHECK(clocks);
}

static const struct row ranges[] = {
    {"9 - 13 March 2020", "type=date day~9 end-day~13 month=03 year~2020", "", "2020-03-09/2020-03-13", "2020-03-09",
     "2020-03-13"},
    {"6th to 9th September, 2021", "type=date day~6th end-day~9th month=09 year~2021", "", "2021-09-06/2021-09-09",
     "2021-09-06", "2021-09-09"},
    {"11th and 12th March, 2015", "type=date day~11th end-day~12th month=03 year~2015", "", "2015-03-11/2015-03-12",
     "2015-03-11", "2015-03-12"},
    {"28 March - 2 April 2020", "type=date day~28 month=03 end-day~2 end-month=04 year~2020", "",
     "2020-03-28/2020-04-02", "2020-03-28", "2020-04-02"},
    {"29 December - 3 January 2020", "type=date day~29 month=12 end-day~3 end-month=01 year~2020", "",
     "2019-12-29/2020-01-03", "2019-12-29", "2020-01-03"},
    {"1 April 2017 to 31 March 2018", "type=date day~1 month=04 year~2017 end-day~31 end-month=03 end-year~2018", "",
     "2017-04-01/2018-03-31", "2017-04-01", "2018-03-31"},
    {"29 December to 3 January 2020 (end-year)", "type=date day~29 month=12 end-day~3 end-month=01 end-year~2020", "",
     "2019-12-29/2020-01-03", "2019-12-29", "2020-01-03"},
    {"Feb/March 2018", "type=date month=02 end-month=03 year~2018", "", "2018-02/2018-03", "2018-02-01", "2018-03-31"},
    {"May/June 2019", "type=date month=05 end-month=06 year~2019", "", "2019-05/2019-06", "2019-05-01", "2019-06-30"},
    {"December/January 2018", "type=date month=12 end-month=01 year~2018", "", "2017-12/2018-01", "2017-12-01",
     "2018-01-31"},
    {"November 2017/February 2018", "type=date month=11 year~2017 end-month=02 end-year~2018", "", "2017-11/2018-02",
     "2017-11-01", "2018-02-28"},
    {"2017 to 2019", "type=date year~2017 end-year~2019", "", "2017/2019", "2017-01-01", "2019-12-31"},
    {"2017-18 as calendar years", "type=date year~2017 end-year~18", "", "2017/2018", "2017-01-01", "2018-12-31"},
    {"1999-00", "type=date year~1999 end-year~00", "", "1999/2000", "1999-01-01", "2000-12-31"},
    {"2019 to 2017", "type=date year~2019 end-year~2017", "", "", "", ""},
    {"the same day twice", "type=date day~9 end-day~9 month=03 year~2020", "", "2020-03-09", "2020-03-09",
     "2020-03-09"},
    {"30 February - 2 March 2020", "type=date day~30 month=02 end-day~2 end-month=03 year~2020", "", "", "", ""},
    {"2025+", "type=date year~2025+ end-year=..", "", "2025/..", "2025-01-01", ""},
    {"April 2025 onwards", "type=date month=04 year~2025 end-year=..", "", "2025-04/..", "2025-04-01", ""},
    {"9 - 13 March", "type=date day~9 end-day~13 month=03", "2020-03-01", "2020-03-09/2020-03-13", "2020-03-09",
     "2020-03-13"},
    {"9 - 13 March, seen on the 11th", "type=date day~9 end-day~13 month=03", "2020-03-11", "2020-03-09/2020-03-13",
     "2020-03-09", "2020-03-13"},
    {"9 - 13 March, seen on the 14th", "type=date day~9 end-day~13 month=03", "2020-03-14", "2020-03-09/2020-03-13",
     "2020-03-09", "2020-03-13"},
    {"January/February", "type=date month=01 end-month=02", "2016-11-01", "2017-01/2017-02", "2017-01-01",
     "2017-02-28"},
    {"December/January, seen in January", "type=date month=12 end-month=01", "2017-01-10", "2016-12/2017-01",
     "2016-12-01", "2017-01-31"},
    {"9 - 13 March of no known year", "type=date day~9 end-day~13 month=03", "", "", "", ""},
};

Test(time, ranges)
{
    CHECK(ranges);
}

static const struct row inferred[] = {
    {"10 February, later this year", "type=date day~10 month=02", "2020-01-15", "2020-02-10", "2020-02-10",
     "2020-02-10"},
    {"10 February, on the day", "type=date day~10 month=02", "2020-02-10", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"10 February, a day late", "type=date day~10 month=02", "2020-02-11", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"10 February, two months late", "type=date day~10 month=02", "2020-04-11", "2021-02-10", "2021-02-10",
     "2021-02-10"},
    {"the 10 February meeting, two months later", "type=date day~10 month=02 direction=near", "2020-04-11",
     "2020-02-10", "2020-02-10", "2020-02-10"},
    {"13 January in December", "type=date day~13 month=01", "2016-12-06", "2017-01-13", "2017-01-13", "2017-01-13"},
    {"30th September in February", "type=date day~30th month=09", "2019-02-13", "2019-09-30", "2019-09-30",
     "2019-09-30"},
    {"29 February, next leap year", "type=date day~29 month=02", "2021-01-01", "2024-02-29", "2024-02-29",
     "2024-02-29"},
    {"29 February around 1900", "type=date day~29 month=02", "1896-03-01", "1904-02-29", "1904-02-29", "1904-02-29"},
    {"September in February", "type=date month=09", "2023-02-01", "2023-09", "2023-09-01", "2023-09-30"},
    {"September in September", "type=date month=09", "2023-09-11", "2023-09", "2023-09-01", "2023-09-30"},
    {"September in October", "type=date month=09", "2023-10-01", "2023-09", "2023-09-01", "2023-09-30"},
    {"next September in October", "type=date month=09 direction=next", "2023-10-01", "2024-09", "2024-09-01",
     "2024-09-30"},
    {"the end of September", "type=date part=end month=09", "2025-09-18", "2025-09", "2025-09-01", "2025-09-30"},
    {"January next", "type=date month=01 direction~next", "2017-10-09", "2018-01", "2018-01-01", "2018-01-31"},
    {"January next, in January", "type=date month=01 direction~next", "2018-01-09", "2019-01", "2019-01-01",
     "2019-01-31"},
    {"3rd April next", "type=date day~3rd month=04 direction~Next", "2015-03-04", "2015-04-03", "2015-04-03",
     "2015-04-03"},
    {"March last", "type=date month=03 direction=last", "2018-01-09", "2017-03", "2017-03-01", "2017-03-31"},
    {"March last, in March", "type=date month=03 direction=last", "2018-03-09", "2017-03", "2017-03-01", "2017-03-31"},
    {"Thursday 22nd June fits the next one", "type=date weekday=4 day~22nd month=06", "2023-01-10", "2023-06-22",
     "2023-06-22", "2023-06-22"},
    {"Thursday 22nd June fits the last one", "type=date weekday=4 day~22nd month=06", "2023-06-29", "2023-06-22",
     "2023-06-22", "2023-06-22"},
    {"Thursday 22nd June fits one further on", "type=date weekday=4 day~22nd month=06", "2022-01-10", "2023-06-22",
     "2023-06-22", "2023-06-22"},
    {"Tuesday 22nd June fits none: a slip", "type=date weekday=2 day~22nd month=06", "2023-01-10", "2023-06-22",
     "2023-06-22", "2023-06-22"},
    {"the 15th", "type=date day~15th", "2020-03-01", "2020-03-15", "2020-03-15", "2020-03-15"},
    {"the 15th, later", "type=date day~15th", "2020-03-16", "2020-04-15", "2020-04-15", "2020-04-15"},
    {"the 31st, in April", "type=date day~31st", "2020-04-02", "2020-05-31", "2020-05-31", "2020-05-31"},
    {"the 10th, in December", "type=date day~10th", "2020-12-12", "2021-01-10", "2021-01-10", "2021-01-10"},
    {"Wednesday the 15th", "type=date weekday=3 day~15th", "2020-04-01", "2020-04-15", "2020-04-15", "2020-04-15"},
    {"4 November of no known year", "type=date day~4 month=11", "", "--11-04", "", ""},
    {"29 February of no known year", "type=date day~29 month=02", "", "--02-29", "", ""},
    {"30 February of no known year", "type=date day~30 month=02", "", "", "", ""},
    {"by September of no known year", "type=date month=09", "", "--09", "", ""},
    {"Thursday 22nd June of no known year", "type=date weekday=4 day~22nd month=06", "", "--06-22", "", ""},
    {"an anchor without its day is no help", "type=date month=09", "2023-02", "--09", "", ""},
    {"the 15th of no known month", "type=date day~15th", "", "", "", ""},
};

Test(time, missing_years_follow_from_the_anchor)
{
    CHECK(inferred);
}

static const struct row behind[] = {
    {"22 June, before today", "type=date day~22 month=06", "2023-09-01", "2023-06-22", "2023-06-22", "2023-06-22"},
    {"22 June, today", "type=date day~22 month=06", "2023-06-22", "2023-06-22", "2023-06-22", "2023-06-22"},
    {"22 June, tomorrow", "type=date day~22 month=06", "2023-06-21", "2022-06-22", "2022-06-22", "2022-06-22"},
    {"29 February, last leap year", "type=date day~29 month=02", "2023-09-01", "2020-02-29", "2020-02-29",
     "2020-02-29"},
    {"September, in September", "type=date month=09", "2023-09-11", "2023-09", "2023-09-01", "2023-09-30"},
    {"September, in August", "type=date month=09", "2023-08-11", "2022-09", "2022-09-01", "2022-09-30"},
    {"on Sunday", "type=date weekday=7", "2018-05-08", "2018-05-06", "2018-05-06", "2018-05-06"},
    {"on Tuesday, said on a Tuesday", "type=date weekday=2", "2018-05-08", "2018-05-01", "2018-05-01", "2018-05-01"},
    {"the autumn", "type=season season=23", "2018-05-08", "2017-23", "2017-09-01", "2017-11-30"},
    {"the 15th", "type=date day~15th", "2020-03-01", "2020-02-15", "2020-02-15", "2020-02-15"},
    {"March next", "type=date month=03 direction=next", "2020-05-01", "2021-03", "2021-03-01", "2021-03-31"},
};

Test(time, missing_years_of_what_is_past)
{
    CHECK_PAST(behind);
}

static const struct row weekdays[] = {
    {"on Sunday", "type=date weekday=7", "2018-05-08", "2018-05-13", "2018-05-13", "2018-05-13"},
    {"on Sunday at 10am", "type=date weekday=7 hour~10am", "2018-05-08", "2018-05-13T10:00", "2018-05-13",
     "2018-05-13"},
    {"by Friday", "type=date weekday=5", "2021-12-30", "2021-12-31", "2021-12-31", "2021-12-31"},
    {"by Monday, over New Year", "type=date weekday=1", "2021-12-30", "2022-01-03", "2022-01-03", "2022-01-03"},
    {"on Tuesday, said on a Tuesday", "type=date weekday=2", "2018-05-08", "2018-05-15", "2018-05-15", "2018-05-15"},
    {"Wednesday next", "type=date weekday=3 direction=next", "2018-05-08", "2018-05-09", "2018-05-09", "2018-05-09"},
    {"Wednesday last", "type=date weekday=3 direction=last", "2018-05-08", "2018-05-02", "2018-05-02", "2018-05-02"},
    {"on Sunday, seen from nowhere", "type=date weekday=7", "", "", "", ""},
    {"weekday 8", "type=date weekday=8", "2018-05-08", "", "", ""},
};

Test(time, weekdays)
{
    CHECK(weekdays);
}

static const struct row quarters[] = {
    {"Quarter 1 of 2022/23", "type=quarter quarter~1 year~2022 end-year~23", "", "2022-04/2022-06", "2022-04-01",
     "2022-06-30"},
    {"Quarter 4 of 2022/23", "type=quarter quarter~4 year~2022 end-year~23", "", "2023-01/2023-03", "2023-01-01",
     "2023-03-31"},
    {"the fourth quarter of 2016/17", "type=quarter quarter=4 year~2016 end-year~17", "", "2017-01/2017-03",
     "2017-01-01", "2017-03-31"},
    {"Q3 2023", "type=quarter quarter~Q3 year~2023", "", "2023-07/2023-09", "2023-07-01", "2023-09-30"},
    {"q2, 2023", "type=quarter quarter~q2 year~2023", "", "2023-04/2023-06", "2023-04-01", "2023-06-30"},
    {"the last Quarter of 2020", "type=quarter quarter=4 year~2020", "", "2020-10/2020-12", "2020-10-01", "2020-12-31"},
    {"Q1 of the financial year 2024", "type=quarter quarter~1 year~2024 calendar=financial", "", "2024-04/2024-06",
     "2024-04-01", "2024-06-30"},
    {"Q1 2022/23 by the calendar", "type=quarter quarter~1 year~2022 end-year~23 calendar=calendar", "",
     "2022-01/2022-03", "2022-01-01", "2022-03-31"},
    {"Q3, in May", "type=quarter quarter~Q3", "2023-05-01", "2023-07/2023-09", "2023-07-01", "2023-09-30"},
    {"Q3, in Q3", "type=quarter quarter~Q3", "2023-08-01", "2023-07/2023-09", "2023-07-01", "2023-09-30"},
    {"Q3, in October", "type=quarter quarter~Q3", "2023-10-01", "2023-07/2023-09", "2023-07-01", "2023-09-30"},
    {"Q4 of the financial year, in May", "type=quarter quarter~4 calendar=financial", "2023-05-01", "2024-01/2024-03",
     "2024-01-01", "2024-03-31"},
    {"Q4 of the financial year, in February", "type=quarter quarter~4 calendar=financial", "2023-02-01",
     "2023-01/2023-03", "2023-01-01", "2023-03-31"},
    {"Q3 of no known year", "type=quarter quarter~Q3", "", "", "", ""},
    {"quarter 5", "type=quarter quarter~5 year~2020", "", "", "", ""},
    {"no quarter", "type=quarter year~2020", "", "", "", ""},
    {"the first half of 2021", "type=half half=1 year~2021", "", "2021-01/2021-06", "2021-01-01", "2021-06-30"},
    {"the second half of 2021", "type=half half=2 year~2021", "", "2021-07/2021-12", "2021-07-01", "2021-12-31"},
    {"the first half of 2022/23", "type=half half=1 year~2022 end-year~23", "", "2022-04/2022-09", "2022-04-01",
     "2022-09-30"},
    {"the second half of 2022/23", "type=half half=2 year~2022 end-year~23", "", "2022-10/2023-03", "2022-10-01",
     "2023-03-31"},
};

Test(time, quarters_and_halves)
{
    CHECK(quarters);
}

static const struct row seasons[] = {
    {"Autumn 2021", "type=season season=23 year~2021", "", "2021-23", "2021-09-01", "2021-11-30"},
    {"the summer of 2022", "type=season season=22 year~2022", "", "2022-22", "2022-06-01", "2022-08-31"},
    {"Spring 2017", "type=season season=21 year~2017", "", "2017-21", "2017-03-01", "2017-05-31"},
    {"Winter 2019", "type=season season=24 year~2019", "", "2019-24", "2019-12-01", "2020-02-29"},
    {"Winter 2021/22", "type=season season=24 year~2021 end-year~22", "", "2021-24", "2021-12-01", "2022-02-28"},
    {"in Spring, in November", "type=season season=21", "2016-11-01", "2017-21", "2017-03-01", "2017-05-31"},
    {"in the autumn, in May", "type=season season=23", "2015-05-01", "2015-23", "2015-09-01", "2015-11-30"},
    {"this summer, in July", "type=season season=22", "2017-07-01", "2017-22", "2017-06-01", "2017-08-31"},
    {"in the winter, in January", "type=season season=24", "2018-01-10", "2017-24", "2017-12-01", "2018-02-28"},
    {"in the winter, in March", "type=season season=24", "2018-03-10", "2018-24", "2018-12-01", "2019-02-28"},
    {"next summer, in July", "type=season season=22 direction=next", "2017-07-01", "2018-22", "2018-06-01",
     "2018-08-31"},
    {"last summer, in July", "type=season season=22 direction=last", "2017-07-01", "2016-22", "2016-06-01",
     "2016-08-31"},
    {"in Spring, of no known year", "type=season season=21", "", "", "", ""},
    {"season 25", "type=season season=25 year~2020", "", "", "", ""},
    {"2015-16", "type=financial-year year~2015 end-year~16", "", "2015/2016", "2015-04-01", "2016-03-31"},
    {"2020/2021", "type=financial-year year~2020 end-year~2021", "", "2020/2021", "2020-04-01", "2021-03-31"},
    {"the financial year 2015", "type=financial-year year~2015", "", "2015/2016", "2015-04-01", "2016-03-31"},
    {"the end of 2015/16", "type=financial-year part=end year~2015 end-year~16", "", "2015/2016", "2015-04-01",
     "2016-03-31"},
    {"this financial year, in May", "type=financial-year", "2016-05-01", "2016/2017", "2016-04-01", "2017-03-31"},
    {"this financial year, in February", "type=financial-year", "2016-02-01", "2015/2016", "2015-04-01", "2016-03-31"},
    {"the end of the financial year", "type=financial-year part=end", "2016-02-01", "2016-03-31", "2016-03-31",
     "2016-03-31"},
    {"the financial year, seen from nowhere", "type=financial-year", "", "", "", ""},
};

Test(time, seasons_and_financial_years)
{
    CHECK(seasons);
}

static const struct row relatives[] = {
    {"that afternoon", "type=relative unit=D count=0", "2019-05-14", "2019-05-14", "2019-05-14", "2019-05-14"},
    {"4.30pm that afternoon", "type=relative unit=D count=0 hour~4.30pm", "2019-05-14", "2019-05-14T16:30",
     "2019-05-14", "2019-05-14"},
    {"tomorrow", "type=relative unit=D count=1", "2019-12-31", "2020-01-01", "2020-01-01", "2020-01-01"},
    {"the end of the current week", "type=relative unit=W count=0 part=end", "2021-06-29", "2021-W26", "2021-06-28",
     "2021-07-04"},
    {"next week", "type=relative unit=W count=1", "2021-06-29", "2021-W27", "2021-07-05", "2021-07-11"},
    {"this week, on a Monday", "type=relative unit=W count=0", "2021-06-28", "2021-W26", "2021-06-28", "2021-07-04"},
    {"this week, on a Sunday", "type=relative unit=W count=0", "2021-07-04", "2021-W26", "2021-06-28", "2021-07-04"},
    {"the week of 1 January 2021", "type=relative unit=W count=0", "2021-01-01", "2020-W53", "2020-12-28",
     "2021-01-03"},
    {"the week of 31 December 2019", "type=relative unit=W count=0", "2019-12-31", "2020-W01", "2019-12-30",
     "2020-01-05"},
    {"Tuesday of next week", "type=relative unit=W count=1 weekday=2", "2021-06-29", "2021-07-06", "2021-07-06",
     "2021-07-06"},
    {"last week", "type=relative unit=W count=-1", "2021-06-29", "2021-W25", "2021-06-21", "2021-06-27"},
    {"that month", "type=relative unit=M count=0", "2016-05-10", "2016-05", "2016-05-01", "2016-05-31"},
    {"the end of next month", "type=relative unit=M count=1 part=end", "2016-05-10", "2016-06", "2016-06-01",
     "2016-06-30"},
    {"next month, in December", "type=relative unit=M count=1", "2016-12-10", "2017-01", "2017-01-01", "2017-01-31"},
    {"last month, in January", "type=relative unit=M count=-1", "2016-01-10", "2015-12", "2015-12-01", "2015-12-31"},
    {"the 15th of next month", "type=relative unit=M count=1 day~15th", "2016-12-10", "2017-01-15", "2017-01-15",
     "2017-01-15"},
    {"the 31st of next month, in May", "type=relative unit=M count=1 day~31st", "2016-05-10", "", "", ""},
    {"next quarter, in May", "type=relative unit=Q count=1", "2016-05-10", "2016-07/2016-09", "2016-07-01",
     "2016-09-30"},
    {"next quarter, in November", "type=relative unit=Q count=1", "2016-11-10", "2017-01/2017-03", "2017-01-01",
     "2017-03-31"},
    {"later this year", "type=relative unit=Y count=0", "2015-05-10", "2015", "2015-01-01", "2015-12-31"},
    {"this year, without a count", "type=relative unit=Y", "2015-05-10", "2015", "2015-01-01", "2015-12-31"},
    {"next year", "type=relative unit=Y count=1", "2015-05-10", "2016", "2016-01-01", "2016-12-31"},
    {"before the end of the year", "type=relative unit=Y count=0 part=end", "2015-05-10", "2015-12-31", "2015-12-31",
     "2015-12-31"},
    {"the end of next year", "type=relative unit=Y count=1 part=end", "2015-05-10", "2016-12-31", "2016-12-31",
     "2016-12-31"},
    {"March of next year", "type=relative unit=Y count=1 month=03", "2015-05-10", "2016-03", "2016-03-01",
     "2016-03-31"},
    {"1 March of next year", "type=relative unit=Y count=1 month=03 day~1", "2015-05-10", "2016-03-01", "2016-03-01",
     "2016-03-01"},
    {"next week, seen from nowhere", "type=relative unit=W count=1", "", "", "", ""},
    {"relative, without a unit", "type=relative count=1", "2015-05-10", "", "", ""},
    {"in hours", "type=relative unit=H count=1", "2015-05-10", "", "", ""},
};

Test(time, relative_times)
{
    CHECK(relatives);
}

static const struct row periods[] = {
    {"within six weeks", "type=period count=6 unit=W", "2020-01-01", "P6W", "", ""},
    {"within three months", "type=period count=3 unit=M", "", "P3M", "", ""},
    {"in the next 12 months", "type=period count~12 unit=M", "", "P12M", "", ""},
    {"within ten years", "type=period count=10 unit=Y", "", "P10Y", "", ""},
    {"within 28 days", "type=period count~28 unit=D", "", "P28D", "", ""},
    {"within 48 hours", "type=period count~48 unit=H", "", "PT48H", "", ""},
    {"within two quarters", "type=period count=2 unit=Q", "", "P6M", "", ""},
    {"within 10 working days", "type=period count~10 unit=B", "", "P2W", "", ""},
    {"within five working days", "type=period count=5 unit=B", "", "P1W", "", ""},
    {"within 20 working days", "type=period count~20 unit=B", "", "P4W", "", ""},
    {"within one working day (from a Friday: Monday)", "type=period count=1 unit=B", "", "P3D", "", ""},
    {"within three working days", "type=period count=3 unit=B", "", "P5D", "", ""},
    {"within seven working days", "type=period count=7 unit=B", "", "P11D", "", ""},
    {"within 1,000 days", "type=period count~1,000 unit=D", "", "", "", ""},
    {"within 2.5 years", "type=period count~2.5 unit=Y", "", "", "", ""},
    {"within no weeks", "type=period count~0 unit=W", "", "", "", ""},
    {"within weeks", "type=period unit=W", "", "", "", ""},
    {"within six", "type=period count=6", "", "", "", ""},
    {"within six moons", "type=period count=6 unit=moon", "", "", "", ""},
    {"within 12345678901 days", "type=period count~12345678901 unit=D", "", "", "", ""},
    {"annually", "type=recurring unit=Y", "", "R/P1Y", "", ""},
    {"every quarter", "type=recurring count=3 unit=M", "", "R/P3M", "", ""},
    {"quarterly", "type=recurring unit=Q", "", "R/P3M", "", ""},
    {"six-monthly", "type=recurring count=6 unit=M", "", "R/P6M", "", ""},
    {"monthly", "type=recurring count=1 unit=M", "", "R/P1M", "", ""},
    {"every two weeks", "type=recurring count=2 unit=W", "", "R/P2W", "", ""},
    {"every day", "type=recurring unit=D", "", "R/P1D", "", ""},
    {"every hour", "type=recurring unit=H", "", "R/PT1H", "", ""},
    {"every working day", "type=recurring unit=B", "", "R/P1D", "", ""},
    {"every 10 working days", "type=recurring count~10 unit=B", "", "R/P2W", "", ""},
    {"every time", "type=recurring", "", "", "", ""},
};

Test(time, periods_and_recurring_times)
{
    CHECK(periods);
}

static const struct row symbols[] = {
    {"the next meeting", "type=symbol value=next-meeting", "2020-01-01", "next-meeting", "", ""},
    {"with immediate effect", "type=symbol value=immediate", "", "immediate", "", ""},
    {"by half term", "type=symbol value=half-term", "", "half-term", "", ""},
    {"Half Term, in the words of the text", "type=symbol value~Half_Term", "", "half-term", "", ""},
    {"a symbol without a value", "type=symbol", "", "", "", ""},
    {"a symbol that is no name", "type=symbol value~24/7", "", "", "", ""},
};

Test(time, symbols)
{
    CHECK(symbols);
}

Test(time, types_tell_how_to_read_the_value)
{
    static const struct {
        const char *fields, *type;
    } rows[] = {
        {"type=date year~2020", "date"},           {"type=relative unit=Y count=0", "date"},
        {"type=period count=1 unit=W", "period"},  {"type=recurring unit=W", "set"},
        {"type=symbol value=immediate", "symbol"}, {"type=season season=21", "date"},
    };
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mn_document *document = fields_document(arena, rows[i].fields);
        struct mn_time_value value;
        cr_expect(
            mn_time_evaluate(arena, document, &document->spans.items[0].fields, date_of("2020-06-01"), false, &value));
        cr_expect(mn_slice_equal(value.type, mn_slice_of(rows[i].type)), "%s", rows[i].fields);
    }
    mn_arena_destroy(arena);
}

/* "the meeting of the Committee on 21 January 2020": a span without a type of its own stands for the one it holds. */
Test(time, a_reference_stands_for_what_it_refers_to)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = fields_document(arena, "type=date day~21 month=01 year~2020");
    struct mn_span *outer = MN_APPEND(arena, &document->spans);
    struct mn_field held = {.name = MN_LITERAL("value"), .start = 0, .end = 2, .span = 0};
    struct mn_time_value value;
    *outer = (struct mn_span){.kind = MN_LITERAL("meeting-time"), .fields = {&held, 1}};
    cr_expect(mn_time_evaluate(arena, document, &outer->fields, date_of(""), false, &value));
    cr_expect(mn_slice_equal(value.edtf, MN_LITERAL("2020-01-21")));
    held.span = 1; /* a circle ends */
    cr_expect_not(mn_time_evaluate(arena, document, &outer->fields, date_of(""), false, &value));
    held.span = 7; /* no such span */
    cr_expect_not(mn_time_evaluate(arena, document, &outer->fields, date_of(""), false, &value));
    mn_arena_destroy(arena);
}

static const struct row feasts_ranks_and_shifts[] = {
    {"10.02.2020", "type=date figures~10.02.2020", "", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"10.02.20", "type=date figures~10.02.20", "", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"10.13.2020", "type=date figures~10.13.2020", "", "", "", ""},
    {"10-Feb-2020", "type=date figures~10-Feb-2020 months~jan_feb_mar", "", "2020-02-10", "2020-02-10", "2020-02-10"},
    {"9-Mar-21", "type=date figures~9-Mar-21 months~jan_feb_mar", "", "2021-03-09", "2021-03-09", "2021-03-09"},
    {"February-19", "type=date figures~February-19 months~jan_feb", "", "2019-02", "2019-02-01", "2019-02-28"},
    {"no month of these", "type=date figures~Dec-19 months~jan_feb", "", "", "", ""},
    {"no such day", "type=date figures~32-Feb-2020 months~jan_feb", "", "", "", ""},
    {"Christmas", "type=date figures=25.12", "2020-01-10", "2020-12-25", "2020-12-25", "2020-12-25"},
    {"Christmas 2021", "type=date figures=25.12 year~2021", "", "2021-12-25", "2021-12-25", "2021-12-25"},
    {"Easter", "type=easter count=0", "2020-01-10", "2020-04-12", "2020-04-12", "2020-04-12"},
    {"Good Friday 2024", "type=easter count=-2 year~2024", "", "2024-03-29", "2024-03-29", "2024-03-29"},
    {"Easter without an anchor", "type=easter count=0", "", "", "", ""},
    {"the second Tuesday in July", "type=date rank=2 weekday=2 month=07", "2021-05-11", "2021-07-13", "2021-07-13",
     "2021-07-13"},
    {"the last Friday of May 2021", "type=date rank=-1 weekday=5 month=05 year~2021", "", "2021-05-28", "2021-05-28",
     "2021-05-28"},
    {"the last Monday of May 2021", "type=date rank=-1 weekday=1 month=05 year~2021", "", "2021-05-31", "2021-05-31",
     "2021-05-31"},
    {"the fifth Monday of June 2021", "type=date rank=5 weekday=1 month=06 year~2021", "", "", "", ""},
    {"Friday week", "type=date weekday=5 count=1", "2020-01-08", "2020-01-17", "2020-01-17", "2020-01-17"},
    {"the first quarter of next year", "type=quarter quarter=1 years=1", "2023-06-12", "2024-01/2024-03", "2024-01-01",
     "2024-03-31"},
    {"the same without an anchor", "type=quarter quarter=1 years=1", "", "", "", ""},
    {"Q1/Q2 2023", "type=quarter quarter~Q1 end-quarter~Q2 year~2023", "", "2023-01/2023-06", "2023-01-01",
     "2023-06-30"},
    {"Q2/Q1 2023", "type=quarter quarter~Q2 end-quarter~Q1 year~2023", "", "", "", ""},
    {"Autumn/Winter 2021", "type=season season=23 end-season=24 year~2021", "", "2021-09/2022-02", "2021-09-01",
     "2022-02-28"},
    {"this financial year, in March", "type=relative unit=Y count=0 calendar=financial", "2021-03-10", "2020/2021",
     "2020-04-01", "2021-03-31"},
    {"the end of the next financial year", "type=relative unit=Y count=1 part=end calendar=financial", "2021-05-10",
     "2023-03-31", "2023-03-31", "2023-03-31"},
    {"1930hrs", "type=date day~7 month=06 year~2022 hour~1930hrs", "", "2022-06-07T19:30", "2022-06-07", "2022-06-07"},
    {"the December meeting, in January", "type=date month=12 direction=near", "2023-01-10", "2022-12", "2022-12-01",
     "2022-12-31"},
    {"by December, in January", "type=date month=12", "2023-01-10", "2023-12", "2023-12-01", "2023-12-31"},
};

Test(time, feasts_ranks_and_shifts)
{
    CHECK(feasts_ranks_and_shifts);
}
