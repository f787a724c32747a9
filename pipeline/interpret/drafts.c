#include "interpret/drafts.h"
#include "interpret/leaves.h"

// clang-format off
const struct mn_shape mn_shapes[] = {
    [MN_GRADE] = {"grade", "subject", 7, {
        {"scale", MN_FROM_TOKEN, "other"},
        {"value", MN_FROM_TOKEN, NULL},
        {"modality", MN_FROM_TOKEN, "asserted"},
        {"aspect", MN_FROM_TOKEN, NULL},
        {"formal", MN_FROM_TOKEN, NULL},
        {"assessor", MN_FROM_WORDS, NULL},
        {"when", MN_FROM_TIME, NULL},
    }},
    [MN_RECOMMENDATION] = {"recommendation", NULL, 4, {
        {"number", MN_FROM_WORDS, NULL},
        {"by", MN_FROM_WORDS, NULL},
        {"to", MN_FROM_WORDS, NULL},
        {"due", MN_FROM_DUE, NULL},
    }},
    [MN_DEADLINE] = {"deadline", "what", 4, {
        {"due", MN_FROM_DUE, NULL},
        {"earliest", MN_FROM_EARLIEST, NULL},
        {"latest", MN_FROM_LATEST, NULL},
        {"type", MN_FROM_TYPE, NULL},
    }},
    [MN_RESOLUTION] = {"resolution", "motion", 11, {
        {"number", MN_FROM_WORDS, NULL},
        {"action", MN_FROM_TOKEN, "other"},
        {"form", MN_FROM_TOKEN, "narrative"},
        {"mover", MN_FROM_WORDS, NULL},
        {"seconder", MN_FROM_WORDS, NULL},
        {"for", MN_FROM_NUMBER, NULL},
        {"against", MN_FROM_NUMBER, NULL},
        {"abstain", MN_FROM_NUMBER, NULL},
        {"outcome", MN_FROM_TOKEN, NULL},
        {"as-recommended", MN_FROM_TOKEN, NULL},
        {"due", MN_FROM_DUE, NULL},
    }},
};
// clang-format on
_Static_assert(sizeof mn_shapes / sizeof *mn_shapes == MN_FINDING_KIND_COUNT, "a shape for every kind");

enum mn_finding_kind mn_shape_find(struct mn_slice kind)
{
    size_t i = 0;
    while (i < MN_FINDING_KIND_COUNT && !mn_slice_equal(kind, mn_slice_of(mn_shapes[i].kind)))
        i++;
    return (enum mn_finding_kind)i;
}

size_t mn_shape_slot(enum mn_finding_kind kind, struct mn_slice name)
{
    const struct mn_shape *shape = &mn_shapes[kind];
    for (size_t i = 0; i < shape->count; i++)
        if (mn_slice_equal(name, mn_slice_of(shape->attributes[i].name)))
            return i;
    return shape->part && mn_slice_equal(name, mn_slice_of(shape->part)) ? shape->count : MN_MOST_SLOTS;
}

static bool is_better(const struct mn_offer *a, const struct mn_offer *b)
{
    if (!a->field || !b->field)
        return a->field != NULL;
    if (a->own != b->own)
        return a->own;
    if (a->priority != b->priority)
        return a->priority > b->priority;
    return a->distance != b->distance ? a->distance < b->distance : a->order < b->order;
}

static const struct mn_offer no_offer = {0};

/* The offer for the slot; without a field when there is none. */
static const struct mn_offer *offer_for(const struct mn_offer *offers, size_t slot)
{
    while (offers && offers->slot != slot)
        offers = offers->next;
    return offers ? offers : &no_offer;
}

/* Puts it in the place of the slot's offer, or before all when there is none. False when memory is out. */
static bool put_offer(struct mn_arena *arena, struct mn_offer **offers, const struct mn_offer *offer, size_t slot)
{
    struct mn_offer *place = *offers;
    while (place && place->slot != slot)
        place = place->next;
    struct mn_offer *next = place ? place->next : *offers;
    if (!place)
        place = *offers = mn_arena_alloc(arena, sizeof *place);
    if (!place)
        return false;
    *place = *offer;
    place->slot = (uint8_t)slot;
    place->next = next;
    return true;
}

bool mn_offer(struct mn_arena *arena, enum mn_finding_kind kind, struct mn_offer **offers, const struct mn_offer *offer)
{
    const struct mn_field *field = offer->field;
    size_t slot = mn_shape_slot(kind, field->name);
    bool stands = field->end > field->start;
    bool is_part = slot == mn_shapes[kind].count; /* parts are quoted: they have to stand in the text */
    bool says_something = stands || (field->value.size && !is_part);
    if (slot == MN_MOST_SLOTS || !says_something || !is_better(offer, offer_for(*offers, slot)))
        return true;
    return put_offer(arena, offers, offer, slot);
}

const struct mn_offer *mn_draft_offer(const struct mn_draft *draft, size_t slot)
{
    const struct mn_offer *single = offer_for(draft->offers, slot), *shared = offer_for(draft->first->shared, slot);
    return is_better(shared, single) ? shared : single;
}

bool mn_draft_take(struct mn_arena *arena, struct mn_draft *draft, const struct mn_draft *other, size_t slot)
{
    const struct mn_offer *offer = mn_draft_offer(other, slot);
    return !offer->field || put_offer(arena, &draft->offers, offer, slot);
}

const struct mn_field *mn_draft_field(const struct mn_draft *draft, size_t slot)
{
    return mn_draft_offer(draft, slot)->field;
}

bool mn_draft_wants(const struct mn_drafts *drafts, const struct mn_draft *draft, const struct mn_give *give)
{
    const struct mn_span *span = &drafts->work->document->spans.items[draft->span];
    return !give->lacking.size || !mn_fields_find(&span->fields, give->lacking);
}

enum { KNOWN_NAMES = 256 };

/* Few rules find most spans, and name them by the same bytes in memory. */
static bool find_rules(struct mn_drafts *drafts)
{
    const struct mn_document *document = drafts->work->document;
    const char *names[KNOWN_NAMES] = {NULL};
    const struct mn_rule *rules[KNOWN_NAMES] = {NULL};
    drafts->rules = mn_arena_alloc(drafts->arena, (document->spans.count + 1) * sizeof(const struct mn_rule *));
    for (size_t i = 0; drafts->rules && i < document->spans.count; i++) {
        struct mn_slice name = document->spans.items[i].rule;
        size_t place = (uintptr_t)name.data / 16 % KNOWN_NAMES;
        if (!rules[place] || names[place] != name.data || rules[place]->name.size != name.size) {
            rules[place] = mn_rules_find(drafts->work->rules, name);
            names[place] = rules[place] ? name.data : NULL;
        }
        drafts->rules[i] = rules[place];
    }
    return drafts->rules != NULL;
}

/* Does it stand where its point's number is its own: at the point's start, or up to its end where nothing tells formal
 * findings from others? */
static bool stands_for_point(const struct mn_node *leaf, const struct mn_draft *draft, bool has_form)
{
    return leaf->content == draft->start || (!has_form && leaf->end == draft->end);
}

/* Is it a point of a list, with its number, that is a finding in itself: not a sentence that happens to begin a
 * numbered paragraph of the minutes? */
static bool is_numbered_point(const struct mn_document *document, const struct mn_draft *draft)
{
    const struct mn_node *leaf = &document->nodes.items[draft->node];
    size_t slot = mn_shape_slot(draft->kind, MN_LITERAL("form"));
    const struct mn_field *form = slot < MN_MOST_SLOTS ? offer_for(draft->offers, slot)->field : NULL;
    return leaf->numbering > MN_BULLET && leaf->content > leaf->start &&
           stands_for_point(leaf, draft, slot < MN_MOST_SLOTS) && mn_leaf_list(document, draft->node) != MN_NONE &&
           (slot == MN_MOST_SLOTS || (form && mn_slice_equal(form->value, MN_LITERAL("formal"))));
}

/* The number printed before the find, where its rule gave none. */
static bool offer_number(const struct mn_drafts *drafts, struct mn_draft *draft)
{
    const struct mn_document *document = drafts->work->document;
    size_t slot = mn_shape_slot(draft->kind, MN_LITERAL("number"));
    if (slot == MN_MOST_SLOTS || offer_for(draft->offers, slot)->field || !is_numbered_point(document, draft))
        return true;
    struct mn_field *number = mn_arena_zero(document->arena, sizeof *number); /* the derivation keeps it */
    if (!number)
        return false;
    *number = (struct mn_field){.name = MN_LITERAL("number"),
                                .value = mn_node_number(document, &document->nodes.items[draft->node]),
                                .span = MN_NONE};
    return mn_offer(drafts->arena, draft->kind, &draft->offers, &(struct mn_offer){.field = number, .own = true});
}

static bool add_draft(struct mn_drafts *drafts, uint32_t index, enum mn_finding_kind kind)
{
    const struct mn_document *document = drafts->work->document;
    const struct mn_span *span = &document->spans.items[index];
    struct mn_draft *draft = MN_APPEND(drafts->arena, &drafts->all);
    if (!draft)
        return false;
    *draft = (struct mn_draft){.kind = kind,
                               .span = index,
                               .start = span->start,
                               .end = span->end,
                               .node = span->node,
                               .rule = span->rule,
                               .list = MN_NONE,
                               .inside = MN_NONE,
                               .twin = MN_NONE,
                               .finding = MN_NONE};
    for (size_t i = 0; i < span->fields.count; i++) {
        struct mn_offer offer = {.field = &span->fields.items[i], .own = true, .order = (uint32_t)i};
        if (!mn_offer(drafts->arena, kind, &draft->offers, &offer))
            return false;
    }
    return offer_number(drafts, draft);
}

bool mn_drafts_make(struct mn_drafts *drafts)
{
    const struct mn_document *document = drafts->work->document;
    if (!find_rules(drafts))
        return false;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        enum mn_finding_kind kind = mn_shape_find(span->kind);
        if (kind != MN_FINDING_KIND_COUNT && !mn_drafts_gives(drafts, i) && !add_draft(drafts, (uint32_t)i, kind))
            return false;
    }
    for (size_t i = 0; i < drafts->all.count; i++)
        drafts->all.items[i].first = &drafts->all.items[i];
    return true;
}
