#include "interpret/calendar.h"

#define DAYS_IN_ERA 146097 /* 400 years */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t mn_month_days(int32_t year, int32_t month)
{
    static const int8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month];
}

bool mn_date_is_full(struct mn_date date)
{
    return date.year && date.month && date.day;
}

struct mn_date mn_date_first(struct mn_date date)
{
    return (struct mn_date){date.year, date.month ? date.month : 1, date.day ? date.day : 1};
}

struct mn_date mn_date_last(struct mn_date date)
{
    int32_t month = date.month ? date.month : 12;
    return (struct mn_date){date.year, month, date.day ? date.day : mn_month_days(date.year, month)};
}

int mn_date_compare(struct mn_date a, struct mn_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Years are counted from March, so that the leap day is a year's last; eras of 400 years have the same length. */
int64_t mn_date_days(struct mn_date date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_ERA + day_of_era - EPOCH_SHIFT;
}

struct mn_date mn_date_of_days(int64_t days)
{
    int64_t shifted = days + EPOCH_SHIFT;
    int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
    int64_t day_of_era = shifted - era * DAYS_IN_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    return (struct mn_date){(int32_t)(year_of_era + era * 400 + (month <= 2)), (int32_t)month, (int32_t)day};
}

int mn_date_weekday(struct mn_date date)
{
    int64_t from_monday = (mn_date_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

/* By the anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8). */
struct mn_date mn_date_easter(int32_t year)
{
    int32_t golden = year % 19, century = year / 100, rest = year % 100;
    int32_t correction = (century - (century + 8) / 25 + 1) / 3;
    int32_t epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int32_t to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int32_t late = (golden + 11 * epact + 22 * to_sunday) / 451;
    int32_t days = epact + to_sunday - 7 * late + 114;
    return (struct mn_date){year, days / 31, days % 31 + 1};
}

/* `count` digits at text.data[at]; -1 when there are not that many. */
static int32_t digits(struct mn_slice text, size_t at, size_t count)
{
    int32_t number = 0;
    if (at + count > text.size)
        return -1;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

bool mn_date_parse(struct mn_slice text, struct mn_date *date)
{
    struct mn_date parsed = {digits(text, 0, 4), 0, 0};
    if (parsed.year < 1 || (text.size != 4 && text.size != 7 && text.size != 10))
        return false;
    if (text.size >= 7) {
        parsed.month = text.data[4] == '-' ? digits(text, 5, 2) : -1;
        if (parsed.month < 1 || parsed.month > 12)
            return false;
    }
    if (text.size == 10) {
        parsed.day = text.data[7] == '-' ? digits(text, 8, 2) : -1;
        if (parsed.day < 1 || parsed.day > mn_month_days(parsed.year, parsed.month))
            return false;
    }
    *date = parsed;
    return true;
}
