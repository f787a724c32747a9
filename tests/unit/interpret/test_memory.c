/* Every allocation fails once: the stage says so and leaves nothing half done that could be read as a result. */
#include "base/fault.h"
#include "scene.h"
#include <criterion/criterion.h>

static void build(struct scene *scene)
{
    static const char *const items[] = {"That A be done by 1 May.", "That B be\ndone."};
    scene_begin(scene);
    scene->document->published = MN_LITERAL("2020-02-01");
    scene_leaf(scene, MN_P, "Minutes of 3 January, moved by Hale");
    scene_list(scene, items, 2);
    scene_text(scene);
    scene_giver(scene, "t.give", MN_GIVE_BEFORE, "resolution", 3);
    uint32_t day = scene_date(scene, "3 January", 0, 1, 3);
    scene_span(scene, "t.held", "fact", "3 January");
    scene_set(scene, "name", "date");
    scene_set(scene, "role", "meeting");
    scene_refer(scene, "value", day);
    scene_span(scene, "t.give", "moved", "Hale");
    scene_words(scene, "mover", "Hale");
    scene_span(scene, "t.that", "resolution", "That A be done by 1 May");
    scene_set(scene, "for", "9");
    uint32_t may = scene_date(scene, "1 May", 0, 5, 1);
    scene_span(scene, "t.by", "deadline", "1 May");
    scene_refer(scene, "due", may);
    scene_span(scene, "t.that", "resolution", "That B be\ndone");
    scene_words(scene, "motion", "B be\ndone");
    scene_words(scene, "seconder", "B be\ndone");
}

static void check_whole(const struct scene *scene)
{
    cr_assert_eq(scene->document->findings.count, 3);
    cr_expect(is(scene_fact(scene, "date", "meeting")->value, "2020-01-03"));
    cr_expect(scene_has(scene, 0, "mover", "Hale"));
    cr_expect(scene_has(scene, 0, "due", "2020-05-01"));
    cr_expect(scene_has(scene, 2, "seconder", "B be done"));
}

Test(memory, each_failed_allocation_is_reported)
{
    struct mn_interpret_options options = {.date = MN_EMPTY};
    size_t failures = 0;
    for (bool done = false; !done; failures++) {
        struct scene scene;
        struct mn_error error;
        build(&scene);
        mn_fault_after(failures + 1);
        enum mn_status status = mn_interpret(scene.document, &scene.rules, &options, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(status, done ? MN_OK : MN_NO_MEMORY, "allocation %zu", failures + 1);
        cr_assert_eq(scene.document->layer == MN_LAYER_INTERPRET, done);
        if (done)
            check_whole(&scene);
        scene_end(&scene);
    }
    cr_expect_gt(failures, 1);
}
