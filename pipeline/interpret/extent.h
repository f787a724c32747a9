/* Stretches of the calendar: what a dated time expression means once its year is known, and how EDTF writes it. */
#ifndef MN_INTERPRET_EXTENT_H
#define MN_INTERPRET_EXTENT_H

#include "interpret/parts.h"

enum mn_extent_form {
    MN_EXTENT_DATE,     /* start: 2020, 2020-02, 2020-02-10 */
    MN_EXTENT_INTERVAL, /* start/end */
    MN_EXTENT_OPEN,     /* start/.. */
    MN_EXTENT_SEASON,   /* start's year and the season */
    MN_EXTENT_WEEK      /* the ISO week that begins with start */
};

struct mn_extent {
    enum mn_extent_form form;
    struct mn_date start, end; /* as written: what is not stated is 0 */
    int32_t season;
    struct mn_date earliest, latest; /* complete; latest year 0: open */
};

/* Makes the extent of a time in a given step of its cycle: a year, or for a day without a month the months since year
 * 0. False when there is no such day in it, or the type has none. */
bool mn_extent_place(const struct mn_parts *parts, int64_t step, struct mn_extent *extent);

/* Does the time come round every month (a day without month and year) rather than every year? */
bool mn_extent_is_monthly(const struct mn_parts *parts);

/* The extent of a relative time, or of a bare weekday, counted from a complete anchor. */
bool mn_extent_relative(const struct mn_parts *parts, struct mn_date anchor, struct mn_extent *extent);
bool mn_extent_weekday(const struct mn_parts *parts, struct mn_date anchor, bool past, struct mn_extent *extent);

/* The extent of one date as written. */
struct mn_extent mn_extent_of_date(struct mn_date date);

/* The EDTF of an extent, into a buffer that holds every one. */
#define MN_EDTF_SIZE 64
size_t mn_extent_write(const struct mn_extent *extent, char out[MN_EDTF_SIZE]);

/* The EDTF of a date; without a year --MM-DD or --MM. */
size_t mn_date_write(struct mn_date date, char out[MN_EDTF_SIZE]);

#endif
