/* Which item of the agenda a place stands under: sections as the segmenter leaves them, and the leaf that is asked for.
 */
#include "interpret/agenda.h"
#include "scene.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static uint32_t head(struct scene *scene, const char *number, const char *title, enum mn_numbering numbering)
{
    char text[64];
    snprintf(text, sizeof text, "%s%s%s", number, *number ? " " : "", title);
    uint32_t section = mn_builder_open(&scene->builder, MN_DIV);
    uint32_t index = mn_builder_leaf(&scene->builder, MN_HEAD, mn_slice_of(text), *number ? strlen(number) + 1 : 0);
    cr_assert_neq(index, MN_NONE);
    scene->document->nodes.items[index].numbering = (uint8_t)numbering;
    return section;
}

static uint32_t leaf(struct scene *scene)
{
    return mn_builder_leaf(&scene->builder, MN_P, MN_LITERAL("It was agreed."), 0);
}

static void close(struct scene *scene)
{
    mn_builder_close(&scene->builder);
}

static void check(struct scene *scene, uint32_t asked, const char *number, const char *title)
{
    struct mn_agenda agenda;
    scene_text(scene);
    cr_assert(mn_agenda_index(scene->document, NULL, &agenda));
    uint32_t found = mn_agenda_item(&agenda, asked);
    cr_assert_eq(found == MN_NONE, *title == '\0', "“%s”", title);
    if (found != MN_NONE) {
        struct mn_field part = mn_agenda_part(&agenda, found);
        cr_expect(is(part.name, "item"));
        cr_expect(is(part.value, number), "%.*s, not %s", MN_SLICE_ARGS(part.value), number);
        cr_expect(is(mn_document_text(scene->document, part.start, part.end), title));
    }
    scene_end(scene);
}

Test(agenda, a_numbered_section_is_an_item)
{
    struct scene scene;
    scene_begin(&scene);
    head(&scene, "(16.11.3)", "Roads", MN_DECIMAL);
    check(&scene, leaf(&scene), "16.11.3", "Roads");
}

Test(agenda, a_section_with_a_role_names_none)
{
    struct scene scene;
    scene_begin(&scene);
    head(&scene, "7.", "Roads", MN_DECIMAL);
    uint32_t decision = head(&scene, "", "Decision", MN_UNNUMBERED);
    scene.document->nodes.items[decision].role = 1;
    check(&scene, leaf(&scene), "7", "Roads");
}

Test(agenda, a_number_that_goes_on_is_the_finer_item)
{
    struct scene scene;
    scene_begin(&scene);
    head(&scene, "6", "Reports", MN_DECIMAL);
    head(&scene, "6.2", "Bins", MN_DECIMAL);
    check(&scene, leaf(&scene), "6.2", "Bins");
}

Test(agenda, a_number_that_starts_again_is_a_part_of_the_item)
{
    struct scene scene;
    scene_begin(&scene);
    head(&scene, "6.", "Reports", MN_DECIMAL);
    head(&scene, "1.", "Background", MN_DECIMAL);
    check(&scene, leaf(&scene), "6", "Reports");
}

Test(agenda, letters_under_an_item_are_parts_of_it)
{
    struct scene scene;
    scene_begin(&scene);
    head(&scene, "21.", "Recommendations from Cabinet", MN_DECIMAL);
    head(&scene, "(a)", "Budget", MN_LOWER_ALPHA);
    check(&scene, leaf(&scene), "21", "Recommendations from Cabinet");
}

Test(agenda, sections_without_numbers_are_items_when_there_are_three)
{
    for (int sections = 1; sections <= 3; sections++) {
        struct scene scene;
        uint32_t asked = MN_NONE;
        scene_begin(&scene);
        for (int i = 0; i < sections; i++) {
            head(&scene, "", "Roads", MN_UNNUMBERED);
            asked = leaf(&scene);
            close(&scene);
        }
        check(&scene, asked, "", sections == 3 ? "Roads" : "");
    }
}

Test(agenda, what_stands_before_the_first_item_has_none)
{
    struct scene scene;
    scene_begin(&scene);
    uint32_t asked = leaf(&scene);
    head(&scene, "1", "Minutes", MN_DECIMAL);
    check(&scene, asked, "", "");
}
