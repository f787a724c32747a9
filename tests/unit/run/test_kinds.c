/* interpret and record each have a table of the kinds of finding: what one makes, the other must write. */
#include "interpret/drafts.h"
#include "record/kinds.h"
#include <criterion/criterion.h>

static bool is_written(const struct mn_record_kind *kind, const char *name)
{
    for (size_t i = 0; kind->attributes[i]; i++)
        if (strcmp(kind->attributes[i], name) == 0)
            return true;
    return false;
}

Test(kinds, what_interpret_makes_is_written)
{
    for (size_t kind = 0; kind < MN_FINDING_KIND_COUNT; kind++) {
        const struct mn_shape *shape = &mn_shapes[kind];
        const struct mn_record_kind *written = &mn_record_kinds[kind];
        cr_expect_str_eq(shape->kind, written->element);
        for (size_t i = 0; i < shape->count; i++)
            cr_expect(is_written(written, shape->attributes[i].name), "%s/@%s", shape->kind, shape->attributes[i].name);
        cr_expect_eq(!shape->part, !written->part, "%s", shape->kind);
        if (shape->part && written->part)
            cr_expect_str_eq(shape->part, written->part);
    }
}
