/* Grade schemes at work: which one is chosen, what becomes a formal judgement, and what is missing why. */
#include "base/fault.h"
#include "rules/rules.h"
#include "scene.h"
#include <criterion/criterion.h>

static const char schemes[] =
    "<schemes xmlns='urn:minutiae:schemes:1' inspectorate='Inspectors' scale='ofsted'>"
    "<grade value='good'>good</grade><grade value='poor'>needs work to be good | needs work</grade>"
    "<grade>not judged</grade><link>is | is judged to be</link><ignore>grade</ignore>"
    "<earlier>last inspection</earlier>"
    "<scheme name='old' until='2019-12-31'><title>The old one</title><sign>inspection of …</sign>"
    "<judgement name='overall' aspect='overall-effectiveness'><label>overall quality | services in "
    "…</label></judgement>"
    "<judgement name='care'><label>the care of children and families</label></judgement>"
    "<judgement name='extra' optional='true'><label>night school</label></judgement></scheme>"
    "<scheme name='new' from='2020-01-01'><title>The new one</title><sign>inspection of …</sign>"
    "<judgement name='care'><label>the care of children and families</label></judgement>"
    "<judgement name='staff'><label>staff</label></judgement><abolished name='overall'/></scheme>"
    "<scheme name='grouped'><title>In groups</title><sign>double inspection</sign>"
    "<group name='day'><label>by day</label></group><group name='night'><label>by night</label></group>"
    "<judgement name='day-staff' group='day'><label>staff</label></judgement>"
    "<judgement name='night-staff' group='night'><label>staff</label></judgement></scheme></schemes>";

static struct mn_rules *loaded;

static void load(void)
{
    struct mn_error error = {0};
    enum mn_status status = mn_rules_load_text("schemes.xml", mn_slice_of(schemes), &loaded, NULL, &error);
    cr_assert_eq(status, MN_OK, "%s", error.message);
}

static void unload(void)
{
    mn_rules_free(loaded);
}

TestSuite(judgements, .init = load, .fini = unload);

/* A document under construction whose first block says what it is. */
static void begin(struct scene *scene, const char *title)
{
    scene_begin(scene);
    scene->rules.schemes = loaded->schemes;
    scene->rules.scheme_count = loaded->scheme_count;
    scene->rules.phrase_words = loaded->phrase_words;
    scene_leaf(scene, MN_P, title);
}

static void row(struct scene *scene, const char *first, const char *second)
{
    const char *const cells[] = {first, second};
    mn_builder_open(&scene->builder, MN_ROW);
    for (size_t i = 0; i < 2 && cells[i]; i++) {
        mn_builder_open(&scene->builder, MN_CELL);
        scene_leaf(scene, MN_P, cells[i]);
        mn_builder_close(&scene->builder);
    }
    mn_builder_close(&scene->builder);
}

/* Says that the document is a report, whose first line is its title. */
static void report(struct scene *scene)
{
    scene_text(scene);
    struct mn_slice text = scene->document->text;
    const char *end = memchr(text.data, '\n', text.size);
    struct mn_slice title = mn_slice_cut(text, 0, end ? (size_t)(end - text.data) : text.size);
    char words[80];
    cr_assert_lt(title.size, sizeof words);
    memcpy(words, title.data, title.size);
    words[title.size] = '\0';
    scene_span(scene, "t.report", "fact", words);
    scene_set(scene, "name", "kind");
    scene_set(scene, "value", "inspection-report");
}

static void finish(struct scene *scene, const char *date)
{
    report(scene);
    scene_interpret(scene, date);
}

/* The number of the formal grade of a judgement, or the number of findings. */
static size_t formal(const struct scene *scene, const char *rule)
{
    size_t i = 0;
    while (i < scene->document->findings.count &&
           !(is(scene->document->findings.items[i].rule, rule) && scene_has(scene, i, "formal", "true")))
        i++;
    return i;
}

static bool is_given(const struct scene *scene, const char *rule, const char *value)
{
    return scene_has(scene, formal(scene, rule), "value", value);
}

static const struct mn_missing *missing(const struct scene *scene, const char *slot)
{
    for (size_t i = 0; i < scene->document->missing.count; i++)
        if (is(scene->document->missing.items[i].slot, slot))
            return &scene->document->missing.items[i];
    return NULL;
}

static bool is_missing(const struct scene *scene, const char *slot, const char *reason)
{
    const struct mn_missing *found = missing(scene, slot);
    return reason ? found && is(found->reason, reason) : !found;
}

Test(judgements, of_a_table_whatever_the_order_of_its_cells)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "Judgement", "Grade");
    row(&scene, "2.1 The care of children and families", "Good Grade 2");
    row(&scene, "Needs work", "Overall quality");
    mn_builder_close(&scene.builder);
    finish(&scene, "2018-05-01");
    cr_expect_eq(scene.document->findings.count, 2);
    cr_expect(is_given(&scene, "old.care", "good"));
    cr_expect(is_given(&scene, "old.overall", "poor"));
    cr_expect(scene_has(&scene, formal(&scene, "old.overall"), "aspect", "overall-effectiveness"));
    cr_expect(scene_has(&scene, formal(&scene, "old.care"), "assessor", "Inspectors"));
    cr_expect_eq(scene.document->missing.count, 0);
    scene_end(&scene);
}

Test(judgements, wrapped_round_each_other)
{
    static const char *const wrapped[][3] = {
        {"The care of children Good and families"},
        {"The care of children Needs work and families to be good"},
        {"The care of children", "Needs work to be good", "and families"},
        {"Needs work", "The care of children and families", "to be good"},
        {"The care of children Needs work", "and families"},
        {"The care of children and families", "needs", "work"},
        {"The care of children and families needs", "work"},
        {"The care of children and families", "needs work to be good"},
        {"The care of children and families is judged to be: good."},
    };
    static const char *const values[] = {"good", "poor", "poor", "poor", "poor", "poor", "poor", "poor", "good"};
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        struct scene scene;
        begin(&scene, "Inspection of Borset");
        for (size_t line = 0; line < 3 && wrapped[i][line]; line++)
            scene_leaf(&scene, MN_P, wrapped[i][line]);
        finish(&scene, "2018-05-01");
        cr_expect(is_given(&scene, "old.care", values[i]), "%s", wrapped[i][0]);
        cr_expect_eq(scene.document->findings.count, 1, "%s", wrapped[i][0]);
        scene_end(&scene);
    }
}

/* Rows that a reader cut at the wrong places. */
Test(judgements, of_rows_that_were_cut_in_two_or_ran_into_each_other)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "The care of children", "Needs work");
    row(&scene, "and families", "to be good");
    row(&scene, "Overall quality", "Good");
    mn_builder_close(&scene.builder);
    finish(&scene, "2018-05-01");
    cr_expect(is_given(&scene, "old.care", "poor"));
    cr_expect(is_given(&scene, "old.overall", "good"));
    cr_expect_eq(scene.document->findings.count, 2);
    scene_end(&scene);

    begin(&scene, "Inspection of Borset");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "The care of children and families: good", "Overall quality: needs work");
    mn_builder_close(&scene.builder);
    finish(&scene, "2018-05-01");
    cr_expect(is_given(&scene, "old.care", "good"));
    cr_expect(is_given(&scene, "old.overall", "poor"));
    scene_end(&scene);

    begin(&scene, "Inspection of Borset");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "Overall quality", NULL);
    row(&scene, "The care of children and families", NULL);
    row(&scene, "Good", NULL);
    row(&scene, "Needs work", NULL);
    mn_builder_close(&scene.builder);
    finish(&scene, "2018-05-01");
    cr_expect_eq(scene.document->findings.count, 0, "no judgement by position alone");
    scene_end(&scene);
}

Test(judgements, never_by_position_alone)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality");
    scene_leaf(&scene, MN_P, "The care of children and families");
    scene_leaf(&scene, MN_P, "Good");
    scene_leaf(&scene, MN_P, "Needs work");
    finish(&scene, "2018-05-01");
    cr_expect_eq(scene.document->findings.count, 0);
    cr_expect(is_missing(&scene, "overall", "not-stated"));
    scene_end(&scene);
}

Test(judgements, not_where_a_label_only_stands_near)
{
    static const char *const texts[] = {
        "The care of children and families had been good.",
        "The care of children and families is not good.",
        "The care of children and families is judged to be good by its own managers.",
        "Good: the care of children, families and others",
        "Services in Borset that need work are good.",
        "Services in the towns of Borset which were closed in the spring are good.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct scene scene;
        begin(&scene, "Inspection of Borset");
        scene_leaf(&scene, MN_P, texts[i]);
        finish(&scene, "2018-05-01");
        cr_expect_eq(scene.document->findings.count, 0, "%s", texts[i]);
        scene_end(&scene);
    }
}

Test(judgements, say_what_is_missing_and_why)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "Staff", "Good");
    row(&scene, "The care of children and families", "☐");
    mn_builder_close(&scene.builder);
    finish(&scene, "2021-05-01");
    cr_expect(is_given(&scene, "new.staff", "good"));
    cr_expect(is_missing(&scene, "care", "unreadable"));
    cr_expect(is_missing(&scene, "overall", "not-in-framework"));
    scene_end(&scene);

    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality: good");
    scene_leaf(&scene, MN_P, "Night school: not judged");
    finish(&scene, "2018-05-01");
    cr_expect(is_given(&scene, "old.overall", "good"));
    cr_expect(is_missing(&scene, "care", "not-stated"));
    cr_expect(is_missing(&scene, "extra", "not-stated"), "the report says that it was not judged");
    scene_end(&scene);

    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality: good");
    finish(&scene, "2018-05-01");
    cr_expect(is_missing(&scene, "extra", NULL), "it may be absent");
    scene_end(&scene);
}

Test(judgements, that_contradict_each_other_are_both_shown)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_HEAD, "Overall quality: needs work");
    mn_builder_open(&scene.builder, MN_TABLE);
    row(&scene, "Overall quality", "Good");
    row(&scene, "The care of children and families", "Good");
    mn_builder_close(&scene.builder);
    scene_leaf(&scene, MN_HEAD, "The care of children and families: good");
    finish(&scene, "2018-05-01");
    const struct mn_missing *conflict = missing(&scene, "overall");
    cr_assert(conflict);
    cr_expect(is(conflict->reason, "conflicting"));
    cr_expect(is(mn_document_text(scene.document, conflict->start, conflict->end), "Overall quality\nGood"));
    cr_expect(is(mn_document_text(scene.document, conflict->other_start, conflict->other_end),
                 "Overall quality: needs work"));
    cr_expect(is_given(&scene, "old.overall", "good"), "the table counts");
    cr_expect_eq(scene.document->findings.count, 3, "two formal grades and the one that contradicts");
    cr_expect(is_missing(&scene, "care", NULL), "a repeat is no contradiction");
    scene_end(&scene);
}

Test(judgements, of_an_earlier_inspection_are_not_formal)
{
    struct scene scene;
    static const char *const items[] = {"overall quality: needs work", "the care of children and families: needs work"};
    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality: good");
    scene_leaf(&scene, MN_P, "The last inspection was in 2014. The judgements were:");
    scene_list(&scene, items, 2);
    report(&scene);
    scene_date(&scene, "2014", 2014, 0, 0);
    scene_interpret(&scene, "2018-05-01");
    cr_expect(is_given(&scene, "old.overall", "good"));
    cr_expect(is_missing(&scene, "overall", NULL));
    cr_expect(is_missing(&scene, "care", "not-stated"));
    cr_assert_eq(scene.document->findings.count, 3);
    for (size_t i = 1; i < 3; i++) {
        cr_expect(scene_has(&scene, i, "formal", ""));
        cr_expect(scene_has(&scene, i, "value", "poor"));
        cr_expect(scene_has(&scene, i, "when", "2014"));
    }
    scene_end(&scene);
}

Test(judgements, mean_what_the_heading_over_them_says)
{
    struct scene scene;
    begin(&scene, "Double inspection");
    scene_leaf(&scene, MN_HEAD, "By day");
    scene_leaf(&scene, MN_P, "Staff: good");
    scene_leaf(&scene, MN_HEAD, "By night");
    scene_leaf(&scene, MN_P, "Staff: needs work");
    finish(&scene, "2018-05-01");
    cr_expect(is_given(&scene, "grouped.day-staff", "good"));
    cr_expect(is_given(&scene, "grouped.night-staff", "poor"));
    cr_expect_eq(scene.document->findings.count, 2);
    scene_end(&scene);
}

/* A grade that a rule found where a judgement stands, or that says it again, is no other. */
Test(judgements, take_the_place_of_what_rules_found)
{
    struct scene scene;
    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality: good");
    scene_leaf(&scene, MN_P,
               "The mill is good. Thus the overall quality is good. Some say that overall quality needs work.");
    report(&scene);
    scene_rule(&scene, "t.grade");
    scene_span(&scene, "t.grade", "grade", "quality: good");
    scene_set(&scene, "value", "good");
    scene_span(&scene, "t.grade", "grade", "The mill is good");
    scene_set(&scene, "value", "good");
    scene_words(&scene, "subject", "The mill");
    scene_span(&scene, "t.grade", "grade", "overall quality is good");
    scene_set(&scene, "value", "good");
    scene_words(&scene, "subject", "overall quality is");
    scene.document->spans.items[3].fields.items[1].end -= 3;
    scene_span(&scene, "t.grade", "grade", "overall quality needs work");
    scene_set(&scene, "value", "poor");
    scene_words(&scene, "subject", "overall quality");
    scene_interpret(&scene, "2018-05-01");
    cr_assert_eq(scene.document->findings.count, 3);
    cr_expect(is(scene.document->findings.items[0].rule, "old.overall"));
    cr_expect(is(mn_document_text(scene.document, scene.document->findings.items[1].start,
                                  scene.document->findings.items[1].end),
                 "The mill is good"));
    cr_expect(scene_has(&scene, 2, "value", "poor"), "another value is another grade");
    scene_end(&scene);
}

Test(judgements, each_failed_allocation_is_reported)
{
    size_t failures = 0;
    for (bool done = false; !done; failures++) {
        struct mn_interpret_options options = {.date = MN_LITERAL("2018-05-01")};
        struct mn_error error;
        struct scene scene;
        begin(&scene, "Inspection of Borset");
        scene_leaf(&scene, MN_P, "Overall quality: good");
        scene_leaf(&scene, MN_P, "Overall quality: needs work");
        report(&scene);
        mn_fault_after(failures + 1);
        enum mn_status status = mn_interpret(scene.document, &scene.rules, &options, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(status, done ? MN_OK : MN_NO_MEMORY, "allocation %zu", failures + 1);
        cr_expect(!done || is_missing(&scene, "overall", "conflicting"));
        scene_end(&scene);
    }
    cr_expect_gt(failures, 5);
}

Test(framework, is_chosen_by_words_and_day_or_by_the_judgements)
{
    static const struct {
        const char *title, *date, *scheme, *by;
    } cases[] = {
        {"Inspection of Borset", "2019-12-31", "old", "words date"},
        {"Inspection of Borset", "2020-01-01", "new", "words date"},
        {"Inspection of Borset", "2020", "new", "words date"},
        {"Inspection of Borset", "", "old", "words"}, /* both fit alike: the first in the file */
        {"Double inspection", "2020-01-01", "grouped", "words"},
        {"A report on Borset", "2020-01-01", "new", "judgements date"},
    };
    load();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene;
        begin(&scene, cases[i].title);
        if (strcmp(cases[i].by, "judgements date") == 0) {
            scene_leaf(&scene, MN_P, "Staff: good");
            scene_leaf(&scene, MN_P, "The care of children and families: good");
        }
        finish(&scene, cases[i].date);
        const struct mn_fact *fact = scene_fact(&scene, "framework", cases[i].by);
        cr_expect(fact && is(fact->rule, cases[i].scheme), "%s %s", cases[i].title, cases[i].date);
        scene_end(&scene);
    }
    unload();
}

Test(framework, is_for_inspection_reports_only)
{
    struct scene scene;
    load();
    begin(&scene, "Inspection of Borset");
    scene_leaf(&scene, MN_P, "Overall quality: good");
    scene_text(&scene);
    scene_interpret(&scene, "2018-05-01");
    cr_expect_not(scene_fact(&scene, "framework", "words date"));
    cr_expect_eq(scene.document->findings.count, 0);
    cr_expect_eq(scene.document->missing.count, 0);
    scene_end(&scene);
    unload();
}
