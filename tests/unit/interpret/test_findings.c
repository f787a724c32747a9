#include "scene.h"
#include <criterion/criterion.h>

Test(findings, fields_become_attributes_in_the_records_order)
{
    static const char *const order[] = {"scale", "value", "modality", "assessor"};
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Adoption work was judged by “Ofsted” to be Requires Improvement.");
    scene_text(&scene);
    scene_span(&scene, "t.judged", "grade", "Adoption work was judged by “Ofsted” to be Requires Improvement");
    scene_words(&scene, "value", "Requires Improvement");
    scene_set(&scene, "colour", "ignored");
    scene_words(&scene, "assessor", "“Ofsted”");
    scene_words(&scene, "subject", "Adoption work");
    scene_set(&scene, "scale", "ofsted");
    scene_interpret(&scene, "");
    cr_assert_eq(scene.document->findings.count, 1);
    const struct mn_finding *grade = &scene.document->findings.items[0];
    cr_expect_eq(grade->kind, MN_GRADE);
    cr_expect(is(grade->rule, "t.judged"));
    cr_assert_eq(grade->attributes.count, sizeof order / sizeof *order);
    for (size_t i = 0; i < grade->attributes.count; i++)
        cr_expect(is(grade->attributes.items[i].name, order[i]), "%s", order[i]);
    cr_expect(scene_has(&scene, 0, "value", "requires-improvement"), "as a name");
    cr_expect(scene_has(&scene, 0, "assessor", "Ofsted"), "without quotes");
    cr_expect(scene_has(&scene, 0, "modality", "asserted"), "where no rule says otherwise");
    cr_assert_eq(grade->parts.count, 1);
    cr_expect(is(grade->parts.items[0].name, "subject"));
    cr_expect(
        is(mn_document_text(scene.document, grade->parts.items[0].start, grade->parts.items[0].end), "Adoption work"));
    scene_end(&scene);
}

Test(findings, the_lexicons_value_goes_before_the_words)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "It was judged RI.");
    scene_text(&scene);
    scene_span(&scene, "t.judged", "grade", "It was judged RI");
    scene_words(&scene, "value", "RI");
    scene.document->spans.items[0].fields.items[0].value = MN_LITERAL("requires-improvement");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "value", "requires-improvement"));
    scene_end(&scene);
}

Test(findings, a_rules_value_may_name_a_fact_that_the_document_states)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Minutes of the Cabinet. RECOMMENDED that it be let.");
    scene_text(&scene);
    scene_span(&scene, "t.body", "fact", "Minutes of the Cabinet");
    scene_set(&scene, "name", "body");
    scene_words(&scene, "value", "Cabinet");
    scene_span(&scene, "t.recommended", "recommendation", "that it be let");
    scene_set(&scene, "by", "{body}");
    scene_set(&scene, "to", "{authority}");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "by", "Cabinet"));
    cr_expect(scene_has(&scene, 0, "to", ""), "nothing where the document does not say");
    scene_end(&scene);
}

Test(findings, a_fact_that_is_only_mentioned_is_no_value)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "The Cabinet met. RECOMMENDED that it be let.");
    scene_text(&scene);
    scene_span(&scene, "t.body", "fact", "Cabinet");
    scene_set(&scene, "name", "body");
    scene_set(&scene, "basis", "inferred");
    scene_words(&scene, "value", "Cabinet");
    scene_span(&scene, "t.recommended", "recommendation", "that it be let");
    scene_set(&scene, "by", "{body}");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "by", ""));
    scene_end(&scene);
}

Test(findings, a_grade_without_a_value_is_none)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "It was judged.");
    scene_text(&scene);
    scene_span(&scene, "t.judged", "grade", "It was judged");
    scene_set(&scene, "scale", "ofsted");
    scene_interpret(&scene, "");
    cr_expect_eq(scene.document->findings.count, 0);
    scene_end(&scene);
}

Test(findings, what_holds_in_reports_only_is_dropped_elsewhere)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Planning requires improvement.");
    scene_text(&scene);
    scene_span(&scene, "t.practice", "grade", "Planning requires improvement");
    scene_words(&scene, "value", "requires improvement");
    scene_set(&scene, "needs", "report");
    scene_interpret(&scene, "");
    cr_expect_eq(scene.document->findings.count, 0);
    scene_end(&scene);
}

Test(findings, a_resolution_has_an_action_and_a_form)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Resolved.");
    scene_text(&scene);
    scene_span(&scene, "t.resolved", "resolution", "Resolved");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "action", "other"));
    cr_expect(scene_has(&scene, 0, "form", "narrative"));
    scene_end(&scene);
}

Test(findings, votes_are_numbers)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "That it be let (For: 09 votes, against (none))");
    scene_text(&scene);
    scene_span(&scene, "t.resolved", "resolution", "That it be let (For: 09 votes, against (none))");
    scene_words(&scene, "for", "09 votes");
    scene_words(&scene, "against", "(none)");
    scene_set(&scene, "abstain", "0");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "for", "9"));
    cr_expect(scene_has(&scene, 0, "against", ""), "words without digits are no number");
    cr_expect(scene_has(&scene, 0, "abstain", "0"));
    scene_end(&scene);
}

Test(findings, quotes_around_words_go_and_apostrophes_stay)
{
    static const struct {
        const char *words, *value;
    } rows[] = {
        {"“Councillor Hale”", "Councillor Hale"},
        {"‘Hale’", "Hale"},
        {"\"Hale", "Hale"},
        {"Hale”", "Hale"},
        {"the Members’", "the Members’"},
        {"“A” and “B", "“A” and “B"},
        {"«Hale»", "Hale"},
        {" Hale ", "Hale"},
        {"““Hale””", "Hale"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        scene_leaf(&scene, MN_P, rows[i].words);
        scene_text(&scene);
        scene_span(&scene, "t.resolved", "resolution", rows[i].words);
        scene_words(&scene, "mover", rows[i].words);
        scene_interpret(&scene, "");
        cr_expect(scene_has(&scene, 0, "mover", rows[i].value), "%s", rows[i].words);
        scene_end(&scene);
    }
}

/* One deadline "by 10 February 2020" with what is to be done. */
static void deadline_scene(struct scene *scene, int year)
{
    scene_begin(scene);
    scene_leaf(scene, MN_P, "A plan would be sent by 10 February.");
    scene_text(scene);
    uint32_t date = scene_date(scene, "10 February", year, 2, 10);
    struct mn_span *span = &scene->document->spans.items[scene_span(scene, "t.by", "deadline", "10 February")];
    span->start -= (uint32_t)strlen("by ");
    scene_words(scene, "what", "A plan would be sent");
    scene_refer(scene, "due", date);
}

Test(findings, a_deadline_has_its_due_time_and_bounds)
{
    struct scene scene;
    deadline_scene(&scene, 0);
    scene_interpret(&scene, "2019-12-01");
    cr_expect(scene_has(&scene, 0, "due", "2020-02-10"));
    cr_expect(scene_has(&scene, 0, "earliest", "2020-02-10"));
    cr_expect(scene_has(&scene, 0, "latest", "2020-02-10"));
    cr_expect(scene_has(&scene, 0, "type", "date"));
    cr_assert_eq(scene.document->findings.items[0].parts.count, 1);
    cr_expect(is(scene.document->findings.items[0].parts.items[0].name, "what"));
    scene_end(&scene);
}

Test(findings, a_deadline_of_no_known_year_has_no_bounds)
{
    struct scene scene;
    deadline_scene(&scene, 0);
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "due", "--02-10"));
    cr_expect(scene_has(&scene, 0, "earliest", ""));
    cr_expect(scene_has(&scene, 0, "latest", ""));
    cr_expect(scene_has(&scene, 0, "type", "date"));
    scene_end(&scene);
}

Test(findings, a_deadline_in_the_past_is_none)
{
    static const struct {
        int year;
        const char *given;
        size_t count;
    } rows[] = {
        {2020, "2020-02-09", 1}, {2020, "2020-02-10", 1}, {2020, "2020-02-11", 0}, {2020, "2021", 0},
        {2020, "2020", 1},       {2020, "", 1},           {0, "2020-02-11", 0},    {0, "2020-04-11", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        deadline_scene(&scene, rows[i].year);
        scene_interpret(&scene, rows[i].given);
        cr_expect_eq(scene.document->findings.count, rows[i].count, "%d from “%s”", rows[i].year, rows[i].given);
        scene_end(&scene);
    }
}

Test(findings, a_due_time_that_makes_no_date_is_left_out)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "A plan would be sent by 31 February 2020.");
    scene_text(&scene);
    uint32_t date = scene_date(&scene, "31 February 2020", 2020, 2, 31);
    scene_span(&scene, "t.by", "deadline", "31 February 2020");
    scene_refer(&scene, "due", date);
    scene_interpret(&scene, "2019-12-01");
    cr_assert_eq(scene.document->findings.count, 1);
    cr_expect_eq(scene.document->findings.items[0].attributes.count, 0);
    scene_end(&scene);
}

Test(findings, due_times_may_be_set_by_a_rule)
{
    static const struct {
        const char *value, *type, *latest;
    } rows[] = {
        {"immediate", "symbol", ""},
        {"P3M", "period", ""},
        {"R/P1Y", "set", ""},
        {"2020-03", "date", "2020-03-31"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        scene_leaf(&scene, MN_P, "Lock the gate.");
        scene_text(&scene);
        scene_span(&scene, "t.at-once", "deadline", "Lock the gate");
        scene_set(&scene, "due", rows[i].value);
        scene_interpret(&scene, "2020-01-01");
        cr_expect(scene_has(&scene, 0, "due", rows[i].value), "%s", rows[i].value);
        cr_expect(scene_has(&scene, 0, "type", rows[i].type), "%s", rows[i].value);
        cr_expect(scene_has(&scene, 0, "latest", rows[i].latest), "%s", rows[i].value);
        scene_end(&scene);
    }
}

/* "to the next meeting", with or without that meeting's date further on. */
static void next_meeting_scene(struct scene *scene, bool stated, bool own)
{
    scene_begin(scene);
    scene_leaf(scene, MN_P, "A report would be brought to the next meeting.");
    scene_leaf(scene, MN_P, "Next on 6 December 2017.");
    scene_text(scene);
    uint32_t next = scene_span(scene, "dates.next-meeting", "meeting-time", "the next meeting");
    scene_set(scene, "type", "symbol");
    scene_set(scene, "value", "next-meeting");
    if (!own)
        scene_set(scene, "own", "false");
    scene_span(scene, "t.by", "deadline", "the next meeting");
    scene_refer(scene, "due", next);
    uint32_t date = scene_date(scene, "6 December 2017", 2017, 12, 6);
    if (!stated)
        return;
    scene_span(scene, "t.next", "fact", "6 December 2017");
    scene_set(scene, "name", "date");
    scene_set(scene, "role", "next-meeting");
    scene_refer(scene, "value", date);
}

Test(findings, the_next_meeting_has_the_date_that_is_stated)
{
    struct scene scene;
    next_meeting_scene(&scene, true, true);
    scene_interpret(&scene, "2017-09-27");
    cr_expect(scene_has(&scene, 0, "due", "2017-12-06"));
    cr_expect(scene_has(&scene, 0, "type", "date"));
    cr_expect(scene_has(&scene, 0, "latest", "2017-12-06"));
    scene_end(&scene);
}

Test(findings, the_next_meeting_of_another_body_stays_a_symbol)
{
    struct scene scene;
    next_meeting_scene(&scene, true, false);
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "due", "next-meeting"));
    scene_end(&scene);
}

Test(findings, the_next_meeting_stays_a_symbol_otherwise)
{
    struct scene scene;
    next_meeting_scene(&scene, false, true);
    scene_interpret(&scene, "2017-09-27");
    cr_expect(scene_has(&scene, 0, "due", "next-meeting"));
    cr_expect(scene_has(&scene, 0, "type", "symbol"));
    scene_end(&scene);
}

Test(findings, findings_stand_by_start_then_kind_then_rule)
{
    static const struct {
        enum mn_finding_kind kind;
        const char *rule;
    } order[] = {{MN_RECOMMENDATION, "t.b"}, {MN_RESOLUTION, "t.a"}, {MN_RESOLUTION, "t.c"}, {MN_DEADLINE, "t.z"}};
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "That it be done at once.");
    scene_text(&scene);
    scene_span(&scene, "t.c", "resolution", "That it be done");
    scene_span(&scene, "t.a", "resolution", "That it be done");
    scene_span(&scene, "t.b", "recommendation", "That it be done");
    scene_span(&scene, "t.z", "deadline", "at once");
    scene_interpret(&scene, "");
    cr_assert_eq(scene.document->findings.count, sizeof order / sizeof *order);
    for (size_t i = 0; i < scene.document->findings.count; i++) {
        cr_expect_eq(scene.document->findings.items[i].kind, order[i].kind, "%zu", i);
        cr_expect(is(scene.document->findings.items[i].rule, order[i].rule), "%zu", i);
    }
    scene_end(&scene);
}

Test(findings, interpreting_twice_gives_the_same)
{
    struct scene scene;
    deadline_scene(&scene, 2020);
    scene_interpret(&scene, "2019-12-01");
    scene_interpret(&scene, "2019-12-01");
    cr_expect_eq(scene.document->findings.count, 1);
    cr_expect_eq(scene.document->facts.count, 2);
    scene_end(&scene);
}
