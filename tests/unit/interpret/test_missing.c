/* What rules say is missing. */
#include "scene.h"
#include <criterion/criterion.h>

/* A document with the finds of two rules: the second names no slot. */
static void build(struct scene *scene)
{
    scene_begin(scene);
    scene_leaf(scene, MN_P, "Decision:");
    scene_leaf(scene, MN_P, "The report was long.");
    scene_text(scene);
    scene_span(scene, "t.none", "missing", "Decision:");
    scene_set(scene, "slot", "resolution");
    scene_set(scene, "reason", "unreadable");
    scene_span(scene, "t.idle", "missing", "The report was long.");
    scene_interpret(scene, "");
}

/* The one with this slot: what interpret itself finds missing stands beside it. */
static const struct mn_missing *with_slot(const struct scene *scene, const char *slot)
{
    const struct mn_missing *items = scene->document->missing.items;
    for (size_t i = 0; i < scene->document->missing.count; i++)
        if (is(items[i].slot, slot))
            return &items[i];
    return NULL;
}

Test(missing, a_find_says_what_is_missing_why_and_where)
{
    struct scene scene;
    build(&scene);
    const struct mn_missing *missing = with_slot(&scene, "resolution");
    cr_assert(missing);
    cr_expect(is(missing->reason, "unreadable"));
    cr_expect(is(mn_document_text(scene.document, missing->start, missing->end), "Decision:"));
    scene_end(&scene);
}

Test(missing, a_find_without_a_slot_says_nothing)
{
    struct scene scene;
    build(&scene);
    for (size_t i = 0; i < scene.document->missing.count; i++)
        cr_expect(scene.document->missing.items[i].slot.size > 0);
    scene_end(&scene);
}

Test(missing, interpreting_twice_tells_it_once)
{
    struct scene scene;
    build(&scene);
    size_t count = scene.document->missing.count;
    scene_interpret(&scene, "");
    cr_expect_eq(scene.document->missing.count, count);
    scene_end(&scene);
}
