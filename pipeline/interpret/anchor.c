#include "interpret/parts.h"
#include "interpret/work.h"

/* In the order in which they anchor the document's other dates. */
static const char *const anchor_roles[] = {"meeting", "inspection-end", "inspection-start", "published"};
#define ANCHOR_ROLE_COUNT (sizeof anchor_roles / sizeof *anchor_roles)

static bool is_date_fact(const struct mn_fact *fact)
{
    return mn_slice_equal(fact->name, MN_LITERAL("date"));
}

/* The bounds of what a fact says: plain dates have the same first and last day. */
static struct mn_date date_of(const struct mn_fact *fact)
{
    struct mn_date date = {0};
    struct mn_slice value = fact->value;
    const char *slash = value.size ? memchr(value.data, '/', value.size) : NULL;
    const char *clock = value.size ? memchr(value.data, 'T', value.size) : NULL;
    if (slash) /* an inspection of several days is seen from its last */
        value = mn_slice_cut(value, (size_t)(slash - value.data) + 1, value.size);
    else if (clock)
        value = mn_slice_cut(value, 0, (size_t)(clock - value.data));
    return mn_date_parse(value, &date) ? date : (struct mn_date){0};
}

static const struct mn_fact *fact_of_role(const struct mn_document *document, const char *role)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (is_date_fact(fact) && mn_slice_equal(fact->role, mn_slice_of(role)))
            return fact;
    }
    return NULL;
}

struct mn_date mn_anchor_choose(const struct mn_document *document)
{
    struct mn_date partial = {0};
    for (size_t i = 0; i < ANCHOR_ROLE_COUNT; i++) {
        const struct mn_fact *fact = fact_of_role(document, anchor_roles[i]);
        struct mn_date date = fact ? date_of(fact) : (struct mn_date){0};
        if (mn_date_is_full(date))
            return date;
        partial = partial.year ? partial : date;
    }
    return partial;
}

static bool falls_on(const struct mn_parts *parts, int32_t year)
{
    return parts->day <= mn_month_days(year, parts->month) &&
           mn_date_weekday((struct mn_date){year, parts->month, parts->day}) == parts->weekday;
}

int32_t mn_anchor_year_of_weekday(const struct mn_document *document, const struct mn_fields *fields)
{
    struct mn_parts day, other;
    int32_t year = 0;
    if (!mn_parts_read(document, fields, (struct mn_date){0}, &day) || day.type != MN_TIME_DATE || day.year ||
        !day.weekday || !day.day || !day.month)
        return 0;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_fields *named = &document->spans.items[i].fields;
        if (!mn_fields_find(named, MN_LITERAL("year")) ||
            !mn_parts_read(document, named, (struct mn_date){0}, &other) || !falls_on(&day, other.year))
            continue;
        if (year && year != other.year)
            return 0;
        year = other.year;
    }
    return year;
}

static bool is_digit_at(struct mn_slice text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

struct mn_slice mn_anchor_in_name(struct mn_slice name)
{
    const size_t size = sizeof "2024-09-12" - 1;
    struct mn_slice found = MN_EMPTY;
    struct mn_date date;
    size_t folder = name.size;
    while (folder && name.data[folder - 1] != '/')
        folder--;
    name = mn_slice_cut(name, folder, name.size);
    for (size_t i = 0; i + size <= name.size; i++) {
        struct mn_slice day = mn_slice_cut(name, i, i + size);
        if ((i && is_digit_at(name, i - 1)) || is_digit_at(name, i + size) || !mn_date_parse(day, &date))
            continue;
        if (found.size && !mn_slice_equal(found, day))
            return MN_EMPTY;
        found = day;
    }
    return found;
}
