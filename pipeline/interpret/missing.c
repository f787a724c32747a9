#include "interpret/work.h"

/* What a rule says of a find of the kind "missing": what is not there, and why. */
static struct mn_missing told_by(const struct mn_span *span)
{
    const struct mn_field *slot = mn_fields_find(&span->fields, MN_LITERAL("slot"));
    const struct mn_field *reason = mn_fields_find(&span->fields, MN_LITERAL("reason"));
    return (struct mn_missing){.slot = slot ? slot->value : MN_EMPTY,
                               .reason = reason ? reason->value : MN_LITERAL("not-stated"),
                               .start = span->start,
                               .end = span->end};
}

bool mn_missing_collect(const struct mn_work *work)
{
    struct mn_document *document = work->document;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        if (!mn_slice_equal(span->kind, MN_LITERAL("missing")))
            continue;
        struct mn_missing told = told_by(span);
        struct mn_missing *missing = told.slot.size ? MN_APPEND(document->arena, &document->missing) : NULL;
        if (told.slot.size && !missing)
            return false;
        if (missing)
            *missing = told;
    }
    return true;
}
