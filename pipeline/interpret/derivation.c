#include "interpret/drafts.h"

const char *const mn_fates[MN_FATE_COUNT] = {
    [MN_KEPT] = "kept",
    [MN_DROPPED_PAST] = "past",
    [MN_DROPPED_NO_VALUE] = "no-value",
    [MN_DROPPED_NO_REPORT] = "no-report",
    [MN_DROPPED_IN_REPORT] = "in-report",
    [MN_DROPPED_JUDGEMENT] = "judgement",
    [MN_DROPPED_TWIN] = "twin",
};

static void derive_slot(const struct mn_document *document, const struct mn_draft *draft, size_t slot,
                        struct mn_derived_slot *derived)
{
    const struct mn_shape *shape = &mn_shapes[draft->kind];
    bool is_part = slot == shape->count;
    const struct mn_offer *offer = mn_draft_offer(draft, slot);
    *derived = (struct mn_derived_slot){.name = mn_slice_of(is_part ? shape->part : shape->attributes[slot].name),
                                        .field = offer->field,
                                        .span = MN_NONE};
    if (offer->field)
        derived->span = offer->own ? draft->span : offer->order;
    if (is_part || draft->finding == MN_NONE)
        return;
    const struct mn_field *attribute =
        mn_fields_find(&document->findings.items[draft->finding].attributes, derived->name);
    derived->value = attribute ? attribute->value : MN_EMPTY;
}

static bool derive(const struct mn_drafts *drafts, const struct mn_draft *draft, struct mn_derived *derived)
{
    const struct mn_shape *shape = &mn_shapes[draft->kind];
    size_t count = shape->count + (shape->part != NULL);
    *derived = (struct mn_derived){.kind = draft->kind,
                                   .fate = draft->fate,
                                   .span = draft->span,
                                   .finding = draft->finding,
                                   .twin = draft->twin,
                                   .inside = draft->inside,
                                   .has_due = draft->has_due,
                                   .due = draft->due ? *draft->due : (struct mn_time_value){.edtf = MN_EMPTY},
                                   .slot_count = count};
    derived->slots = mn_arena_alloc(drafts->work->arena, count * sizeof *derived->slots);
    for (size_t i = 0; derived->slots && i < count; i++)
        derive_slot(drafts->work->document, draft, i, &derived->slots[i]);
    return derived->slots != NULL;
}

bool mn_drafts_derive(const struct mn_drafts *drafts, struct mn_derivation *derivation)
{
    *derivation = (struct mn_derivation){.anchor = drafts->work->anchor, .next_meeting = drafts->work->next_meeting};
    for (size_t i = 0; i < drafts->all.count; i++) {
        struct mn_derived *derived = MN_APPEND(drafts->work->arena, &derivation->finds);
        if (!derived || !derive(drafts, &drafts->all.items[i], derived))
            return false;
    }
    return true;
}
