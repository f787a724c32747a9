/* Every allocation fails once: layout says so. */
#include "base/fault.h"
#include "scene.h"
#include <criterion/criterion.h>

#define FULL "Xxxx xxx xxxxx xx xxxx xxxxxxxx xxxxxx xxxxx xxx xxxxxxx xxxxxxx xxxx xxx"

static const struct text first[] = {AT(100, 50, "Head"),      AT(100, 100, FULL),   AT(100, 114, "and so on"),
                                    AT(100, 150, "Help and"), AT(100, 164, "care"), AT(400, 157, "Good"),
                                    AT(100, 194, "Leaders"),  AT(400, 194, "Good"), {0}};
static const struct text second[] = {
    AT(100, 50, "Head"), AT(100, 100, "Adoption"), AT(400, 100, "Good"), AT(100, 200, FULL), {0}};

Test(faults, layout_survives_each_failed_allocation)
{
    const struct text *pages[] = {first, second};
    bool done = false;
    size_t failures = 0;
    for (size_t n = 1; !done; n++) {
        struct mn_arena *arena = mn_arena_create();
        struct mn_pages made = scene_pages(arena, pages, 2);
        struct mn_document *document = mn_document_create(arena);
        struct mn_error error;
        mn_fault_after(n);
        enum mn_status status = mn_layout(&made, document, &error);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_expect(status == (done ? MN_OK : MN_NO_MEMORY), "allocation %zu", n);
        failures += status == MN_NO_MEMORY;
        mn_arena_destroy(arena);
    }
    cr_expect(failures > 5);
}
