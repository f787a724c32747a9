/* What holds for every time expression: made from a small generator with a fixed seed. */
#include "fields.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define ROUNDS 20000

static uint64_t state = 1;

/* xorshift64*: the same numbers on every machine. */
static uint32_t draw(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % below;
}

static struct mn_date draw_date(void)
{
    struct mn_date first = {1850, 1, 1};
    return mn_date_of_days(mn_date_days(first) + draw(365 * 300));
}

/* Fields of a dated expression without a year. */
static void draw_yearless(char *line, size_t room)
{
    static const char *const types[] = {"date", "quarter", "half", "season", "financial-year"};
    snprintf(line, room, "type=%s month=%u day=%u quarter=%u half=%u season=%u", types[draw(5)], draw(12) + 1,
             draw(31) + 1, draw(4) + 1, draw(2) + 1, draw(4) + 21);
}

/* Fields of every type, sensible or not. */
static void draw_anything(char *line, size_t room)
{
    static const char *const types[] = {"date",   "period",         "recurring", "quarter", "half",
                                        "season", "financial-year", "relative",  "symbol"};
    static const char *const names[] = {"year",    "month", "day",    "weekday", "end-year", "end-month",
                                        "end-day", "count", "season", "quarter", "half",     "hour"};
    static const char *const rest[] = {" unit=D",         " unit=W",   " unit=M",
                                       " unit=Y",         " unit=B",   " direction=next",
                                       " direction=last", " part=end", " calendar=financial",
                                       " end-year=..",    ""};
    int size = snprintf(line, room, "type=%s", types[draw(9)]);
    for (uint32_t i = draw(6); i > 0; i--) {
        uint32_t name = draw(12);
        uint32_t number = name == 0 || name == 4 ? 1990 + draw(60) : draw(34);
        size += snprintf(line + size, room - (size_t)size, " %s=%u", names[name], number);
    }
    snprintf(line + size, room - (size_t)size, "%s%s", rest[draw(11)], rest[draw(11)]);
}

static bool evaluate(struct mn_arena *arena, const char *line, struct mn_date anchor, bool past,
                     struct mn_time_value *value)
{
    mn_arena_reset(arena);
    struct mn_document *document = fields_document(arena, line);
    return mn_time_evaluate(arena, document, &document->spans.items[0].fields, anchor, past, value);
}

Test(time_properties, earliest_is_never_behind_latest_and_both_are_days)
{
    struct mn_arena *arena = mn_arena_create();
    size_t dated = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char line[256];
        struct mn_time_value value;
        struct mn_date anchor = draw_date();
        draw_anything(line, sizeof line);
        if (!evaluate(arena, line, anchor, draw(2), &value))
            continue;
        cr_assert(value.edtf.size > 0 && value.type.size > 0, "%s", line);
        if (value.earliest.year)
            cr_assert(mn_date_is_full(value.earliest), "%s", line);
        if (!value.latest.year)
            continue;
        cr_assert(mn_date_is_full(value.latest) && mn_date_compare(value.earliest, value.latest) <= 0, "%s", line);
        dated++;
    }
    cr_expect_gt(dated, ROUNDS / 20, "%zu dated values", dated);
    mn_arena_destroy(arena);
}

/* Nor long before it: what has just been and does not come round for long is the one meant. */
Test(time_properties, an_inferred_time_does_not_lie_wholly_before_the_anchor)
{
    const int64_t just_past = 31;
    struct mn_arena *arena = mn_arena_create();
    size_t found = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char line[128];
        struct mn_time_value value;
        struct mn_date anchor = draw_date();
        draw_yearless(line, sizeof line);
        if (!evaluate(arena, line, anchor, false, &value))
            continue;
        cr_assert_geq(mn_date_days(value.latest), mn_date_days(anchor) - just_past, "%s", line);
        cr_assert_leq(value.earliest.year, anchor.year + 8, "%s", line);
        found++;
    }
    cr_expect_gt(found, ROUNDS / 2);
    mn_arena_destroy(arena);
}

Test(time_properties, a_past_time_does_not_lie_wholly_behind_the_anchor)
{
    struct mn_arena *arena = mn_arena_create();
    for (int i = 0; i < ROUNDS; i++) {
        char line[128];
        struct mn_time_value value;
        struct mn_date anchor = draw_date();
        draw_yearless(line, sizeof line);
        if (evaluate(arena, line, anchor, true, &value))
            cr_assert_leq(mn_date_compare(value.earliest, anchor), 0, "%s", line);
    }
    mn_arena_destroy(arena);
}

/* A date inferred from its day and month is the nearest one: the year before would be too early. */
Test(time_properties, the_inferred_year_is_the_first)
{
    struct mn_arena *arena = mn_arena_create();
    for (int i = 0; i < ROUNDS; i++) {
        char line[128];
        struct mn_time_value value;
        struct mn_date anchor = draw_date(), wanted = draw_date();
        snprintf(line, sizeof line, "type=date month=%d day=%d", wanted.month, wanted.day);
        cr_assert(evaluate(arena, line, anchor, false, &value), "%s", line);
        struct mn_date before = value.earliest;
        before.year--;
        bool leap_day = before.month == 2 && before.day == 29;
        cr_assert(leap_day || mn_date_compare(before, anchor) < 0, "%s", line);
    }
    mn_arena_destroy(arena);
}

/* What is written for a plain date is read back as the same first and last day. */
Test(time_properties, plain_dates_come_back_from_their_edtf)
{
    struct mn_arena *arena = mn_arena_create();
    for (int i = 0; i < ROUNDS; i++) {
        char line[128];
        struct mn_time_value value, again;
        struct mn_date date = draw_date();
        uint32_t form = draw(3);
        int size = snprintf(line, sizeof line, "type=date year=%d", date.year);
        if (form > 0)
            size += snprintf(line + size, sizeof line - (size_t)size, " month=%d", date.month);
        if (form > 1)
            snprintf(line + size, sizeof line - (size_t)size, " day=%d", date.day);
        cr_assert(evaluate(arena, line, (struct mn_date){0}, false, &value), "%s", line);
        mn_time_of_edtf(value.edtf, &again);
        cr_assert(mn_slice_equal(again.type, MN_LITERAL("date")));
        cr_assert_eq(mn_date_compare(value.earliest, again.earliest), 0, "%s", line);
        cr_assert_eq(mn_date_compare(value.latest, again.latest), 0, "%s", line);
    }
    mn_arena_destroy(arena);
}
