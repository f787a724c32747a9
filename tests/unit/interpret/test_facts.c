#include "scene.h"
#include <criterion/criterion.h>

static void fact(struct scene *scene, const char *rule, const char *words, const char *name, const char *role)
{
    scene_span(scene, rule, "fact", words);
    scene_set(scene, "name", name);
    if (*role)
        scene_set(scene, "role", role);
}

/* A dated fact over a date that stands in its words. */
static void date_fact(struct scene *scene, const char *rule, const char *role, uint32_t date)
{
    const struct mn_span *span = &scene->document->spans.items[date];
    struct mn_slice words = mn_document_text(scene->document, span->start, span->end);
    char copy[64] = "";
    memcpy(copy, words.data, words.size);
    fact(scene, rule, copy, "date", role);
    scene_refer(scene, "value", date);
}

static bool fact_is(const struct scene *scene, const char *name, const char *role, const char *value, const char *basis)
{
    const struct mn_fact *found = scene_fact(scene, name, role);
    return found && is(found->value, value) && is(found->basis, basis);
}

Test(facts, what_nothing_tells_is_another_document)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Some words.");
    scene_text(&scene);
    scene_interpret(&scene, "");
    cr_expect_eq(scene.document->facts.count, 1);
    cr_expect(fact_is(&scene, "kind", "", "other", "inferred"));
    cr_expect_eq(scene.document->missing.count, 0);
    scene_end(&scene);
}

Test(facts, the_higher_priority_wins_then_the_earlier)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "The Board, the Panel, the Cabinet");
    scene_text(&scene);
    scene_rule(&scene, "t.low")->priority = 1;
    scene_rule(&scene, "t.high")->priority = 2;
    fact(&scene, "t.low", "Board", "body", "");
    scene_words(&scene, "value", "Board");
    fact(&scene, "t.high", "Panel", "body", "");
    scene_words(&scene, "value", "Panel");
    fact(&scene, "t.high", "Cabinet", "body", "");
    scene_words(&scene, "value", "Cabinet");
    scene_interpret(&scene, "");
    const struct mn_fact *body = scene_fact(&scene, "body", "");
    cr_expect(fact_is(&scene, "body", "", "Panel", "stated"));
    cr_expect(is(body->rule, "t.high"));
    cr_expect(is(mn_document_text(scene.document, body->start, body->end), "Panel"));
    scene_end(&scene);
}

Test(facts, a_full_date_wins_over_a_partial_one_of_higher_priority)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 22 June at 3pm, that is on 22 June 2023");
    scene_text(&scene);
    scene_rule(&scene, "t.low")->priority = 1;
    scene_rule(&scene, "t.high")->priority = 9;
    uint32_t partial = scene_date(&scene, "22 June at", 0, 6, 22);
    date_fact(&scene, "t.high", "meeting", partial);
    uint32_t full = scene_date(&scene, "22 June 2023", 2023, 6, 22);
    date_fact(&scene, "t.low", "meeting", full);
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "date", "meeting", "2023-06-22", "stated"));
    scene_end(&scene);
}

Test(facts, a_partial_date_stays_partial_without_an_anchor)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 22 June");
    scene_text(&scene);
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "22 June", 0, 6, 22));
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "date", "meeting", "--06-22", "stated"));
    scene_end(&scene);
}

Test(facts, a_partial_date_takes_the_year_before_the_publication)
{
    struct scene scene;
    scene_begin(&scene);
    scene.document->published = MN_LITERAL("2023-07-04T10:00:00Z");
    scene_leaf(&scene, MN_P, "held on 22 June; next meeting 5 January");
    scene_text(&scene);
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "22 June", 0, 6, 22));
    date_fact(&scene, "t.b", "next-meeting", scene_date(&scene, "5 January", 0, 1, 5));
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "date", "published", "2023-07-04", "stated"));
    cr_expect(fact_is(&scene, "date", "meeting", "2023-06-22", "inferred"));
    cr_expect(fact_is(&scene, "date", "next-meeting", "2024-01-05", "inferred"), "seen from the meeting, ahead");
    scene_end(&scene);
}

/* The meeting was on a Thursday; the text names other years. */
Test(facts, a_weekday_and_the_years_in_the_text_may_tell_the_year)
{
    static const struct {
        int first, second;
        const char *when, *basis;
    } rows[] = {
        {2023, 2022, "2023-06-22", "inferred"}, /* a Thursday in 2023 only */
        {2022, 2021, "--06-22", "stated"},      /* in neither */
        {2023, 2017, "--06-22", "stated"},      /* in both */
        {2023, 2023, "2023-06-22", "inferred"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        scene_leaf(&scene, MN_P, "held on Thursday 22nd June, before the year ends, or the next year");
        scene_text(&scene);
        uint32_t day = scene_date(&scene, "Thursday 22nd June", 0, 6, 22);
        scene_set(&scene, "weekday", "4");
        date_fact(&scene, "t.a", "meeting", day);
        scene_date(&scene, "the year", rows[i].first, 0, 0);
        scene_date(&scene, "the next year", rows[i].second, 0, 0);
        scene_interpret(&scene, "");
        cr_expect(fact_is(&scene, "date", "meeting", rows[i].when, rows[i].basis), "row %zu", i);
        scene_end(&scene);
    }
}

Test(facts, the_given_date_wins_and_a_difference_is_noticed)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 22 June 2023");
    scene_text(&scene);
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "22 June 2023", 2023, 6, 22));
    scene_interpret(&scene, "2023-06-23");
    cr_expect(fact_is(&scene, "date", "meeting", "2023-06-23", "given"));
    cr_expect_eq(scene_fact(&scene, "date", "meeting")->rule.size, 0);
    cr_assert_eq(scene.document->notices.count, 1);
    cr_expect(is(scene.document->notices.items[0].text,
                 "the date given, 2023-06-23, is taken instead of the meeting's date in the text, 2023-06-22"));
    scene_end(&scene);
}

Test(facts, the_given_date_that_agrees_says_nothing)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 22 June 2023");
    scene_text(&scene);
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "22 June 2023", 2023, 6, 22));
    scene_interpret(&scene, " 2023-06-22 ");
    cr_expect(fact_is(&scene, "date", "meeting", "2023-06-22", "given"));
    cr_expect_eq(scene.document->notices.count, 0);
    scene_end(&scene);
}

Test(facts, a_given_date_has_to_be_one)
{
    struct scene scene;
    struct mn_error error;
    struct mn_interpret_options options = {.date = MN_LITERAL("22/06/2023")};
    scene_begin(&scene);
    scene_text(&scene);
    scene.document->source.name = MN_LITERAL("a.txt");
    cr_expect_eq(mn_interpret(scene.document, &scene.rules, &options, &error), MN_USAGE);
    cr_expect_str_eq(error.message, "a.txt: “22/06/2023” is no date; expected YYYY-MM-DD, YYYY-MM or YYYY");
    scene_end(&scene);
}

Test(facts, an_inspection_of_several_days_gives_its_first_and_last)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Inspection dates: 9 to 13 March 2020");
    scene_text(&scene);
    uint32_t dates = scene_date(&scene, "9 to 13 March 2020", 2020, 3, 9);
    scene_set(&scene, "end-day", "13");
    date_fact(&scene, "t.a", "inspection-start", dates);
    date_fact(&scene, "t.a", "inspection-end", dates);
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "date", "inspection-start", "2020-03-09", "stated"));
    cr_expect(fact_is(&scene, "date", "inspection-end", "2020-03-13", "stated"));
    scene_end(&scene);
}

Test(facts, a_meeting_has_a_day_and_no_clock)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 22 June 2023");
    scene_text(&scene);
    uint32_t date = scene_date(&scene, "22 June 2023", 2023, 6, 22);
    scene_set(&scene, "hour", "3pm");
    date_fact(&scene, "t.a", "meeting", date);
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "date", "meeting", "2023-06-22", "stated"));
    scene_end(&scene);
}

Test(facts, minutes_without_a_date_are_missing_it)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Minutes of the Board");
    scene_text(&scene);
    fact(&scene, "t.a", "Minutes", "kind", "");
    scene_set(&scene, "value", "minutes");
    scene_interpret(&scene, "");
    cr_assert_eq(scene.document->missing.count, 1);
    cr_expect(is(scene.document->missing.items[0].slot, "date"));
    cr_expect(is(scene.document->missing.items[0].reason, "not-stated"));
    scene_end(&scene);
}

Test(facts, the_title_of_the_format_stands_where_no_rule_finds_one)
{
    struct scene scene;
    scene_begin(&scene);
    scene.document->title = MN_LITERAL("Agenda item");
    scene_leaf(&scene, MN_P, "“The Board\nof Trade”");
    scene_text(&scene);
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "title", "", "Agenda item", "stated"));
    fact(&scene, "t.a", "“The Board\nof Trade”", "title", "");
    scene_words(&scene, "value", "“The Board\nof Trade”");
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "title", "", "The Board of Trade", "stated"), "on one line, without quotes");
    scene_end(&scene);
}

Test(facts, facts_stand_in_one_order)
{
    static const char *const order[] = {"kind", "title", "body", "date", "date", "ward"};
    struct scene scene;
    scene_begin(&scene);
    scene.document->title = MN_LITERAL("Title");
    scene.document->published = MN_LITERAL("2020-01-01");
    scene_leaf(&scene, MN_P, "North ward, the Board, 22 June 2023");
    scene_text(&scene);
    fact(&scene, "t.a", "North", "ward", "");
    scene_words(&scene, "value", "North");
    fact(&scene, "t.a", "Board", "body", "");
    scene_words(&scene, "value", "Board");
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "22 June 2023", 2023, 6, 22));
    scene_interpret(&scene, "");
    cr_assert_eq(scene.document->facts.count, sizeof order / sizeof *order);
    for (size_t i = 0; i < scene.document->facts.count; i++)
        cr_expect(is(scene.document->facts.items[i].name, order[i]), "%zu: %s", i, order[i]);
    cr_expect(is(scene.document->facts.items[3].role, "meeting"));
    cr_expect(is(scene.document->facts.items[4].role, "published"));
    scene_end(&scene);
}

Test(facts, words_that_make_no_value_make_no_fact)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "held on 31 February 2023 or thereabouts");
    scene_text(&scene);
    date_fact(&scene, "t.a", "meeting", scene_date(&scene, "31 February 2023", 2023, 2, 31));
    fact(&scene, "t.a", "thereabouts", "body", "");
    scene_interpret(&scene, "");
    cr_expect_null(scene_fact(&scene, "date", "meeting"));
    cr_expect_null(scene_fact(&scene, "body", ""));
    scene_end(&scene);
}

static void mention(struct scene *scene, const char *words, const char *value)
{
    fact(scene, "t.mention", words, "authority", "");
    scene_set(scene, "basis", "inferred");
    scene_set(scene, "value", value);
}

Test(facts, what_is_only_mentioned_counts_by_how_often)
{
    static const struct {
        const char *values[3], *authority;
    } rows[] = {
        {{"Leeds", "Leeds", "York"}, "Leeds"},
        {{"Leeds", "York", "York"}, "York"},
        {{"Leeds", "York", "Hull"}, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        scene_leaf(&scene, MN_P, "one two three");
        scene_text(&scene);
        mention(&scene, "one", rows[i].values[0]);
        mention(&scene, "two", rows[i].values[1]);
        mention(&scene, "three", rows[i].values[2]);
        scene_interpret(&scene, "");
        cr_expect_eq(scene_fact(&scene, "authority", "") != NULL, *rows[i].authority != '\0', "row %zu", i);
        cr_expect(!*rows[i].authority || fact_is(&scene, "authority", "", rows[i].authority, "inferred"), "row %zu", i);
        scene_end(&scene);
    }
}

Test(facts, what_is_stated_goes_before_what_is_mentioned)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "one two three");
    scene_text(&scene);
    mention(&scene, "one", "Leeds");
    mention(&scene, "two", "Leeds");
    fact(&scene, "t.a", "three", "authority", "");
    scene_words(&scene, "value", "three");
    scene_interpret(&scene, "");
    cr_expect(fact_is(&scene, "authority", "", "three", "stated"));
    scene_end(&scene);
}

Test(facts, names_that_are_given_stand_over_the_text)
{
    struct scene scene;
    struct mn_error error;
    const struct mn_interpret_options options = {
        .title = MN_LITERAL("Minutes"), .authority = MN_LITERAL(" Leeds City Council "), .body = MN_LITERAL("Cabinet")};
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "one two three");
    scene_text(&scene);
    fact(&scene, "t.a", "two", "body", "");
    scene_words(&scene, "value", "two");
    cr_assert_eq(mn_interpret(scene.document, &scene.rules, &options, &error), MN_OK);
    cr_expect(fact_is(&scene, "title", "", "Minutes", "given"));
    cr_expect(fact_is(&scene, "authority", "", "Leeds City Council", "given"));
    cr_expect(fact_is(&scene, "body", "", "Cabinet", "given"));
    cr_expect_eq(scene_fact(&scene, "body", "")->end, 0);
    scene_end(&scene);
}

Test(facts, minutes_that_state_no_date_may_be_named_after_it)
{
    static const struct {
        const char *name, *when;
    } rows[] = {
        {"2020-01-01/council-2024-09-12.txt", "2024-09-12"},
        {"council-2024-09-12-2024-09-12.txt", "2024-09-12"},
        {"2024-09-12", "2024-09-12"},
        {"2024-09-12/council.txt", ""},
        {"council-2024-09-12-to-2024-10-10.txt", ""},
        {"council-12024-09-12.txt", ""},
        {"council-2024-09-123.txt", ""},
        {"council-2024-13-12.txt", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        scene.document->source.name = mn_slice_of(rows[i].name);
        scene_leaf(&scene, MN_P, "Minutes");
        scene_text(&scene);
        fact(&scene, "t.a", "Minutes", "kind", "");
        scene_set(&scene, "value", "minutes");
        scene_interpret(&scene, "");
        cr_expect_eq(scene_fact(&scene, "date", "meeting") != NULL, *rows[i].when != '\0', "%s", rows[i].name);
        cr_expect(!*rows[i].when || fact_is(&scene, "date", "meeting", rows[i].when, "inferred"), "%s", rows[i].name);
        scene_end(&scene);
    }
}
