#include "scene.h"
#include <criterion/criterion.h>

#define TEXT(scene, ...)                                                                                               \
    do {                                                                                                               \
        static const char *const leaves[] = {__VA_ARGS__};                                                             \
        paragraphs(scene, leaves, sizeof leaves / sizeof *leaves);                                                     \
    } while (0)

static void paragraphs(struct scene *scene, const char *const *leaves, size_t count)
{
    scene_begin(scene);
    for (size_t i = 0; i < count; i++)
        scene_leaf(scene, MN_P, leaves[i]);
    scene_text(scene);
}

static void resolution(struct scene *scene, const char *words)
{
    scene_span(scene, "t.that", "resolution", words);
}

/* A find of the rule `t.give` with the field `mover`. */
static void mover(struct scene *scene, const char *words, const char *name)
{
    scene_span(scene, "t.give", "moved", words);
    scene_words(scene, "mover", name);
}

Test(give, before_gives_to_the_next_find_within_reach)
{
    for (uint32_t within = 0; within < 3; within++) {
        struct scene scene;
        TEXT(&scene, "That A be done.", "Moved by Hale", "Seconded by Flynn", "That B be done.", "That C be done.");
        scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", within);
        resolution(&scene, "That A be done");
        mover(&scene, "Moved by Hale", "Hale");
        resolution(&scene, "That B be done");
        resolution(&scene, "That C be done");
        scene_interpret(&scene, "");
        cr_expect(scene_has(&scene, 0, "mover", ""));
        cr_expect(scene_has(&scene, 1, "mover", within ? "Hale" : ""), "one leaf between, at most %u", within);
        cr_expect(scene_has(&scene, 2, "mover", ""));
        scene_end(&scene);
    }
}

Test(give, after_gives_to_the_previous_find)
{
    struct scene scene;
    TEXT(&scene, "That A be done.", "That B be done.", "Moved by Hale", "That C be done.");
    scene_giver(&scene, "t.give", MN_GIVE_AFTER, "resolution", 0);
    resolution(&scene, "That A be done");
    resolution(&scene, "That B be done");
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That C be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", ""));
    cr_expect(scene_has(&scene, 1, "mover", "Hale"));
    cr_expect(scene_has(&scene, 2, "mover", ""));
    scene_end(&scene);
}

Test(give, inside_gives_to_the_smallest_find_that_holds_it)
{
    struct scene scene;
    TEXT(&scene, "Agreed, that the Clerk write, as Hale moved, and pay.");
    scene_giver(&scene, "t.give", MN_GIVE_INSIDE, "resolution", 0);
    resolution(&scene, "Agreed, that the Clerk write, as Hale moved, and pay");
    resolution(&scene, "that the Clerk write, as Hale moved");
    resolution(&scene, "the Clerk");
    mover(&scene, "Hale moved", "Hale");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", ""));
    cr_expect(scene_has(&scene, 1, "mover", "Hale"));
    cr_expect(scene_has(&scene, 2, "mover", ""));
    scene_end(&scene);
}

Test(give, inside_gives_to_the_first_of_equal_finds_and_to_no_other)
{
    struct scene scene;
    TEXT(&scene, "As Hale moved.", "As Flynn moved.");
    scene_giver(&scene, "t.give", MN_GIVE_INSIDE, "resolution", 9);
    resolution(&scene, "As Hale moved");
    resolution(&scene, "As Hale moved");
    mover(&scene, "Hale moved", "Hale");
    mover(&scene, "Flynn moved", "Flynn");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Hale"));
    cr_expect(scene_has(&scene, 1, "mover", ""));
    scene_end(&scene);
}

/* Where the giver stands among other leaves, and who gets what it gives. */
static const struct {
    const char *name;
    const char *leaves[13]; /* R a resolution, G the giver, - anything, H a heading */
    uint32_t within;
    const char *gets; /* for each R, + when it gets the field */
} around_rows[] = {
    {"the nearer behind", {"R", "-", "G", "R"}, 9, "-+"},
    {"the nearer before", {"R", "G", "-", "R"}, 9, "+-"},
    {"as near: the next", {"R", "G", "R"}, 9, "-+"},
    {"as near, further off: the next", {"R", "-", "G", "-", "R"}, 9, "-+"},
    {"only one before", {"R", "-", "G"}, 9, "+"},
    {"only one behind", {"G", "-", "R"}, 9, "+"},
    {"none within reach", {"R", "-", "-", "G", "-", "-", "R"}, 1, "--"},
    {"the next out of reach", {"R", "G", "-", "-", "R"}, 1, "+-"},
    {"behind a heading it is for the next", {"R", "H", "G", "-", "-", "R"}, 9, "-+"},
    {"behind a heading nothing goes back", {"R", "H", "G"}, 9, "-"},
    {"close behind the one before, as the next is in another section", {"R", "-", "G", "H", "-", "R"}, 9, "+-"},
    {"close behind the one before, but the heading leads in the next", {"R", "-", "G", "H", "R"}, 9, "-+"},
    {"where the first stands before its find, the others do",
     {"-", "G", "-", "R", "G", "-", "R", "G", "-", "R"},
     3,
     "+++"},
    {"where the last stands behind its find, the others do",
     {"R", "-", "G", "R", "-", "G", "R", "-", "G", "-"},
     3,
     "+++"},
    {"a heading before the next is no bar", {"R", "-", "-", "G", "H", "R"}, 9, "-+"},
};

/* The nth leaf's text and span; all texts differ. */
static void around_leaf(struct scene *scene, char sign, size_t n, bool build)
{
    static const char *const texts[] = {"That A be.", "That B be.", "That C be.", "That D be.", "That E be.",
                                        "That F be.", "That G be.", "That H be.", "That I be.", "That J be."};
    if (build) {
        scene_leaf(scene, sign == 'H' ? MN_HEAD : MN_P, texts[n]);
    } else if (sign == 'R') {
        resolution(scene, texts[n]);
    } else if (sign == 'G') {
        scene_span(scene, "t.give", "moved", texts[n]);
        scene_set(scene, "mover", "Hale");
    }
}

Test(give, around_gives_to_the_nearest)
{
    for (size_t i = 0; i < sizeof around_rows / sizeof *around_rows; i++) {
        struct scene scene;
        scene_begin(&scene);
        for (size_t n = 0; n < 13 && around_rows[i].leaves[n]; n++)
            around_leaf(&scene, around_rows[i].leaves[n][0], n, true);
        scene_text(&scene);
        scene_giver(&scene, "t.give", MN_GIVE_AROUND, "resolution", around_rows[i].within);
        for (size_t n = 0; n < 13 && around_rows[i].leaves[n]; n++)
            around_leaf(&scene, around_rows[i].leaves[n][0], n, false);
        scene_interpret(&scene, "");
        cr_assert_eq(scene.document->findings.count, strlen(around_rows[i].gets));
        for (size_t n = 0; around_rows[i].gets[n]; n++)
            cr_expect(scene_has(&scene, n, "mover", around_rows[i].gets[n] == '+' ? "Hale" : ""), "%s: %zu",
                      around_rows[i].name, n);
        scene_end(&scene);
    }
}

Test(give, around_gives_to_the_find_that_holds_it)
{
    struct scene scene;
    TEXT(&scene, "That A be done.", "On the motion of Hale it was agreed to do B.", "That C be done.");
    scene_giver(&scene, "t.give", MN_GIVE_AROUND, "resolution", 0);
    resolution(&scene, "That A be done");
    resolution(&scene, "On the motion of Hale it was agreed to do B");
    mover(&scene, "On the motion of Hale", "Hale");
    resolution(&scene, "That C be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", ""));
    cr_expect(scene_has(&scene, 1, "mover", "Hale"));
    cr_expect(scene_has(&scene, 2, "mover", ""));
    scene_end(&scene);
}

static const char *const items[] = {"That A be done.", "That B be done.", "That C be done."};

/* Before or behind a list, or in one of its items. */
static void list_scene(struct scene *scene, const char *before, const char *behind)
{
    scene_begin(scene);
    if (before)
        scene_leaf(scene, MN_P, before);
    scene_list(scene, items, 3);
    if (behind)
        scene_leaf(scene, MN_P, behind);
    scene_leaf(scene, MN_P, "That D be done.");
    scene_text(scene);
}

static void list_resolutions(struct scene *scene)
{
    for (size_t i = 0; i < 3; i++)
        resolution(scene, items[i]);
}

Test(give, all_items_of_a_list_get_what_stands_before_it)
{
    struct scene scene;
    list_scene(&scene, "Moved by Hale", NULL);
    scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 1);
    mover(&scene, "Moved by Hale", "Hale");
    list_resolutions(&scene);
    resolution(&scene, "That D be done");
    scene_interpret(&scene, "");
    for (size_t i = 0; i < 3; i++)
        cr_expect(scene_has(&scene, i, "mover", "Hale"), "%zu", i);
    cr_expect(scene_has(&scene, 3, "mover", ""), "outside the list");
    scene_end(&scene);
}

Test(give, all_items_of_a_list_get_what_stands_behind_it)
{
    struct scene scene;
    list_scene(&scene, NULL, "Motion passed (15 to 0)");
    scene_giver(&scene, "t.vote", MN_GIVE_AFTER, "resolution", 0);
    list_resolutions(&scene);
    scene_span(&scene, "t.vote", "vote", "Motion passed (15 to 0)");
    scene_words(&scene, "for", "15");
    scene_words(&scene, "against", "0");
    resolution(&scene, "That D be done");
    scene_interpret(&scene, "");
    for (size_t i = 0; i < 3; i++) {
        cr_expect(scene_has(&scene, i, "for", "15"), "%zu", i);
        cr_expect(scene_has(&scene, i, "against", "0"), "%zu", i);
    }
    cr_expect(scene_has(&scene, 3, "for", ""));
    scene_end(&scene);
}

Test(give, what_stands_in_an_item_is_for_this_item)
{
    struct scene scene;
    list_scene(&scene, NULL, NULL);
    scene_giver(&scene, "t.give", MN_GIVE_AROUND, "resolution", 9);
    resolution(&scene, items[0]);
    resolution(&scene, items[1]);
    scene_span(&scene, "t.give", "moved", "B be done");
    scene_set(&scene, "mover", "Hale");
    resolution(&scene, items[2]);
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", ""));
    cr_expect(scene_has(&scene, 1, "mover", "Hale"));
    cr_expect(scene_has(&scene, 2, "mover", ""));
    scene_end(&scene);
}

Test(give, items_that_other_rules_found_do_not_share)
{
    struct scene scene;
    list_scene(&scene, "Moved by Hale", NULL);
    scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 1);
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, items[0]);
    scene_span(&scene, "t.other", "resolution", items[1]);
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Hale"));
    cr_expect(scene_has(&scene, 1, "mover", ""));
    scene_end(&scene);
}

Test(give, two_lists_side_by_side_share)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_P, "Moved by Hale");
    scene_list(&scene, items, 2);
    scene_list(&scene, items + 2, 1);
    scene_text(&scene);
    scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 0);
    mover(&scene, "Moved by Hale", "Hale");
    list_resolutions(&scene);
    scene_interpret(&scene, "");
    for (size_t i = 0; i < 3; i++)
        cr_expect(scene_has(&scene, i, "mover", "Hale"), "%zu", i);
    scene_end(&scene);
}

Test(give, paragraphs_of_a_list_rule_share)
{
    for (int listed = 0; listed < 2; listed++) {
        struct scene scene;
        TEXT(&scene, "Moved by Hale", "That A be done.", "That B be done.", "Well.", "That C be done.");
        scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 0);
        scene_rule(&scene, "t.that")->type = listed ? MN_LIST_RULE : MN_PATTERN_RULE;
        mover(&scene, "Moved by Hale", "Hale");
        list_resolutions(&scene);
        scene_interpret(&scene, "");
        cr_expect(scene_has(&scene, 0, "mover", "Hale"));
        cr_expect(scene_has(&scene, 1, "mover", listed ? "Hale" : ""), "directly behind, of a list rule");
        cr_expect(scene_has(&scene, 2, "mover", ""), "something between");
        scene_end(&scene);
    }
}

Test(give, fields_that_a_find_has_are_kept)
{
    struct scene scene;
    TEXT(&scene, "Moved by Hale", "That A be done, as Flynn said.");
    scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 0)->gives->priority = 99;
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That A be done, as Flynn said");
    scene_words(&scene, "mover", "Flynn");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Flynn"));
    scene_end(&scene);
}

Test(give, the_higher_priority_wins_then_the_nearer_then_the_earlier)
{
    static const struct {
        int32_t first, second;
        const char *wins;
    } rows[] = {{5, 1, "Hale"}, {1, 5, "Flynn"}, {1, 1, "Flynn"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        TEXT(&scene, "Moved by Hale", "Moved by Flynn", "That A be done.");
        scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "resolution", 9)->gives->priority = rows[i].first;
        scene_giver(&scene, "t.second", MN_GIVE_BEFORE, "resolution", 9)->gives->priority = rows[i].second;
        mover(&scene, "Moved by Hale", "Hale");
        scene_span(&scene, "t.second", "moved", "Moved by Flynn");
        scene_words(&scene, "mover", "Flynn");
        resolution(&scene, "That A be done");
        scene_interpret(&scene, "");
        cr_expect(scene_has(&scene, 0, "mover", rows[i].wins), "row %zu", i);
        scene_end(&scene);
    }
}

Test(give, inside_the_earlier_verb_wins)
{
    struct scene scene;
    TEXT(&scene, "That A be noted and B be approved.");
    scene_giver(&scene, "t.verb", MN_GIVE_INSIDE, "resolution", 0);
    resolution(&scene, "That A be noted and B be approved");
    scene_span(&scene, "t.verb", "verb", "be noted");
    scene_set(&scene, "action", "note");
    scene_span(&scene, "t.verb", "verb", "be approved");
    scene_set(&scene, "action", "approve");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "action", "note"));
    scene_end(&scene);
}

Test(give, a_span_of_a_giving_rule_is_no_finding)
{
    struct scene scene;
    TEXT(&scene, "That A be done at once.");
    scene_giver(&scene, "t.give", MN_GIVE_INSIDE, "resolution", 0);
    resolution(&scene, "That A be done at once");
    scene_span(&scene, "t.give", "deadline", "at once");
    scene_set(&scene, "due", "immediate");
    scene_interpret(&scene, "");
    cr_expect_eq(scene.document->findings.count, 1);
    cr_expect(scene_has(&scene, 0, "due", "immediate"));
    scene_end(&scene);
}

Test(give, a_due_time_that_is_given_refers_to_a_time_too)
{
    struct scene scene;
    scene_begin(&scene);
    scene_leaf(&scene, MN_HEAD, "Within three months:");
    scene_list(&scene, items, 3);
    scene_text(&scene);
    scene_giver(&scene, "t.within", MN_GIVE_BEFORE, "recommendation", 0);
    uint32_t period = scene_span(&scene, "dates.period", "period", "three months");
    scene_set(&scene, "type", "period");
    scene_set(&scene, "count", "3");
    scene_set(&scene, "unit", "M");
    scene.document->spans.items[scene_span(&scene, "t.within", "sub-head", "three months:")].start -= 7;
    scene_refer(&scene, "due", period);
    for (size_t i = 0; i < 3; i++)
        scene_span(&scene, "t.item", "recommendation", items[i]);
    scene_interpret(&scene, "");
    for (size_t i = 0; i < 3; i++)
        cr_expect(scene_has(&scene, i, "due", "P3M"), "%zu", i);
    scene_end(&scene);
}

Test(give, rules_that_give_to_what_is_no_finding_do_nothing)
{
    struct scene scene;
    TEXT(&scene, "Moved by Hale", "That A be done.");
    scene_giver(&scene, "t.give", MN_GIVE_BEFORE, "walk", 9);
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That A be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", ""));
    scene_end(&scene);
}

/* "That A be done by 1 May and again by 1 June." */
static void due_scene(struct scene *scene, const char *kind)
{
    TEXT(scene, "That A be done by 1 May and again by 1 June.", "By 1 July.");
    scene_span(scene, "t.that", kind, "That A be done by 1 May and again by 1 June");
    uint32_t may = scene_date(scene, "1 May", 0, 5, 1);
    scene_span(scene, "t.by", "deadline", "1 May");
    scene_refer(scene, "due", may);
    uint32_t june = scene_date(scene, "1 June", 0, 6, 1);
    scene_span(scene, "t.by", "deadline", "1 June");
    scene_refer(scene, "due", june);
}

Test(dues, the_first_deadline_inside_is_the_due_time)
{
    static const char *const kinds[] = {"resolution", "recommendation"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct scene scene;
        due_scene(&scene, kinds[i]);
        scene_interpret(&scene, "2020-01-01");
        cr_expect(scene_has(&scene, 0, "due", "2020-05-01"), "%s", kinds[i]);
        cr_expect_eq(scene.document->findings.count, 3);
        scene_end(&scene);
    }
}

Test(dues, a_deadline_in_the_past_is_no_due_time)
{
    struct scene scene;
    due_scene(&scene, "resolution");
    struct mn_fields *may = &scene.document->spans.items[1].fields;
    may->items[may->count++] = (struct mn_field){MN_LITERAL("year"), MN_LITERAL("2019"), 0, 0, MN_NONE};
    scene_interpret(&scene, "2020-01-01");
    cr_expect_eq(scene.document->findings.count, 2);
    cr_expect(scene_has(&scene, 0, "due", "2020-06-01"));
    scene_end(&scene);
}

Test(dues, its_own_due_time_is_kept)
{
    struct scene scene;
    due_scene(&scene, "resolution");
    struct mn_fields *fields = &scene.document->spans.items[0].fields;
    fields->items[fields->count++] = (struct mn_field){MN_LITERAL("due"), MN_LITERAL("immediate"), 0, 0, MN_NONE};
    scene_interpret(&scene, "2020-01-01");
    cr_expect(scene_has(&scene, 0, "due", "immediate"));
    scene_end(&scene);
}

Test(dues, a_deadline_that_only_overlaps_is_not_inside)
{
    struct scene scene;
    TEXT(&scene, "That A be done by 1 May.");
    scene_span(&scene, "t.that", "resolution", "That A be done by");
    uint32_t may = scene_date(&scene, "1 May", 0, 5, 1);
    scene.document->spans.items[scene_span(&scene, "t.by", "deadline", "1 May")].start -= 3;
    scene_refer(&scene, "due", may);
    scene_interpret(&scene, "2020-01-01");
    cr_expect(scene_has(&scene, 0, "due", ""));
    scene_end(&scene);
}

/* ---- to all finds of a scope ---- */

static struct mn_give *giver_to_all(struct scene *scene, enum mn_scope in)
{
    struct mn_give *give = scene_giver(scene, "t.give", MN_GIVE_ALL, "resolution", UINT32_MAX)->gives;
    give->in = in;
    return give;
}

static void section(struct scene *scene)
{
    mn_builder_open(&scene->builder, MN_DIV);
}

static void sections_end(struct scene *scene)
{
    mn_builder_close(&scene->builder);
}

/* Two sections, one with another in it; finds in each, givers in the first and in the inner one. */
static void sections(struct scene *scene, enum mn_scope in)
{
    scene_begin(scene);
    scene_leaf(scene, MN_P, "That A be done.");
    section(scene);
    scene_leaf(scene, MN_HEAD, "Moved by Hale");
    scene_leaf(scene, MN_P, "That B be done.");
    section(scene);
    scene_leaf(scene, MN_P, "That C be done.");
    scene_leaf(scene, MN_P, "Moved by Flynn");
    scene_leaf(scene, MN_P, "That D be done.");
    sections_end(scene);
    scene_leaf(scene, MN_P, "That E be done.");
    sections_end(scene);
    scene_leaf(scene, MN_P, "That F be done.");
    scene_text(scene);
    giver_to_all(scene, in);
    resolution(scene, "That A be done");
    mover(scene, "Moved by Hale", "Hale");
    resolution(scene, "That B be done");
    resolution(scene, "That C be done");
    mover(scene, "Moved by Flynn", "Flynn");
    resolution(scene, "That D be done");
    resolution(scene, "That E be done");
    resolution(scene, "That F be done");
    scene_interpret(scene, "");
}

static void expect_movers(const struct scene *scene, const char *const expected[6])
{
    for (size_t i = 0; i < 6; i++)
        cr_expect(scene_has(scene, i, "mover", expected[i]), "find %zu: %s", i, expected[i]);
}

Test(give, all_finds_of_the_section_get_it_from_the_nearest_giver)
{
    struct scene scene;
    sections(&scene, MN_IN_SECTION);
    expect_movers(&scene, (const char *const[6]){"", "Hale", "Flynn", "Flynn", "Hale", ""});
    scene_end(&scene);
}

Test(give, all_finds_of_the_document_get_it_from_the_nearest_giver)
{
    struct scene scene;
    sections(&scene, MN_IN_DOCUMENT);
    expect_movers(&scene, (const char *const[6]){"Hale", "Hale", "Flynn", "Flynn", "Flynn", "Flynn"});
    scene_end(&scene);
}

Test(give, a_section_outside_all_sections_is_the_document)
{
    struct scene scene;
    TEXT(&scene, "Moved by Hale", "That A be done.", "That B be done.");
    giver_to_all(&scene, MN_IN_SECTION);
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That A be done");
    resolution(&scene, "That B be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Hale") && scene_has(&scene, 1, "mover", "Hale"));
    scene_end(&scene);
}

Test(give, in_a_block_only_what_stands_in_it_gets_it)
{
    struct scene scene;
    TEXT(&scene, "That A be done. Moved by Hale. That B be done.", "That C be done.");
    giver_to_all(&scene, MN_IN_BLOCK);
    resolution(&scene, "That A be done");
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That B be done");
    resolution(&scene, "That C be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Hale") && scene_has(&scene, 1, "mover", "Hale"));
    cr_expect(scene_has(&scene, 2, "mover", ""));
    scene_end(&scene);
}

Test(give, limits_hold_for_all_finds_too)
{
    for (uint32_t within = 0; within < 3; within++) {
        struct scene scene;
        TEXT(&scene, "Moved by Hale", "That A be done.", "That B be done.", "That C be done.");
        giver_to_all(&scene, MN_IN_DOCUMENT)->within = within;
        mover(&scene, "Moved by Hale", "Hale");
        resolution(&scene, "That A be done");
        resolution(&scene, "That B be done");
        resolution(&scene, "That C be done");
        scene_interpret(&scene, "");
        for (size_t i = 0; i < 3; i++)
            cr_expect(scene_has(&scene, i, "mover", i <= within ? "Hale" : ""), "%zu within %u", i, within);
        scene_end(&scene);
    }
}

Test(give, finds_that_have_the_field_named_get_nothing)
{
    struct scene scene;
    TEXT(&scene, "Moved by Hale", "That A be done.", "That B be done.");
    giver_to_all(&scene, MN_IN_DOCUMENT)->lacking = mn_slice_of("action");
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That A be done");
    scene_set(&scene, "action", "note");
    resolution(&scene, "That B be done");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "") && scene_has(&scene, 1, "mover", "Hale"));
    scene_end(&scene);
}

Test(give, of_several_givers_the_higher_priority_wins_before_the_nearer)
{
    struct scene scene;
    TEXT(&scene, "Moved by Hale", "That A be done.", "Put by Flynn");
    giver_to_all(&scene, MN_IN_DOCUMENT)->priority = 2;
    struct mn_give *other = scene_giver(&scene, "t.other", MN_GIVE_ALL, "resolution", UINT32_MAX)->gives;
    other->in = MN_IN_DOCUMENT;
    other->priority = 1;
    mover(&scene, "Moved by Hale", "Hale");
    resolution(&scene, "That A be done");
    scene_span(&scene, "t.other", "moved", "Put by Flynn");
    scene_words(&scene, "mover", "Flynn");
    scene_interpret(&scene, "");
    cr_expect(scene_has(&scene, 0, "mover", "Hale"));
    scene_end(&scene);
}
