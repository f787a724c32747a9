#include "agreement.h"
#include "words.h"

static const enum attribute grade_attributes[] = {ATTRIBUTE_VALUE, ATTRIBUTE_SCALE, ATTRIBUTE_MODALITY,
                                                  ATTRIBUTE_ASPECT, ATTRIBUTE_FORMAL};
static const enum attribute recommendation_attributes[] = {ATTRIBUTE_NUMBER, ATTRIBUTE_BY, ATTRIBUTE_TO, ATTRIBUTE_DUE};
static const enum attribute deadline_attributes[] = {ATTRIBUTE_DUE};
static const enum attribute resolution_attributes[] = {
    ATTRIBUTE_ACTION, ATTRIBUTE_FORM,    ATTRIBUTE_NUMBER,  ATTRIBUTE_MOVER,   ATTRIBUTE_SECONDER,
    ATTRIBUTE_FOR,    ATTRIBUTE_AGAINST, ATTRIBUTE_ABSTAIN, ATTRIBUTE_OUTCOME, ATTRIBUTE_DUE};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct {
    const enum attribute *compared;
    size_t count;
    enum attribute telling[2]; /* of equal pairs, those that agree here are meant */
} kinds[] = {
    [KIND_GRADE] = {grade_attributes, COUNT_OF(grade_attributes), {ATTRIBUTE_VALUE, ATTRIBUTE_ASPECT}},
    [KIND_RECOMMENDATION] = {recommendation_attributes,
                             COUNT_OF(recommendation_attributes),
                             {ATTRIBUTE_NUMBER, ATTRIBUTE_TO}},
    [KIND_DEADLINE] = {deadline_attributes, COUNT_OF(deadline_attributes), {ATTRIBUTE_DUE, ATTRIBUTE_DUE}},
    [KIND_RESOLUTION] = {resolution_attributes, COUNT_OF(resolution_attributes), {ATTRIBUTE_ACTION, ATTRIBUTE_NUMBER}},
};
_Static_assert(COUNT_OF(kinds) == KIND_COUNT, "every kind has its attributes");

typedef bool agree(struct token_list a, struct token_list b);

static bool agree_all_but_first(struct token_list a, struct token_list b)
{
    if (tokens_contain(a, b))
        return true;
    if (a.count < 2 || a.count != b.count)
        return false;
    return tokens_equal((struct token_list){a.items + 1, a.count - 1}, (struct token_list){b.items + 1, b.count - 1});
}

static agree *agreement_of(enum attribute attribute)
{
    switch (attribute) {
    case ATTRIBUTE_MOVER:
    case ATTRIBUTE_SECONDER:
        return agree_all_but_first;
    case ATTRIBUTE_BY:
    case ATTRIBUTE_TO:
        return tokens_contain;
    default:
        return tokens_equal;
    }
}

struct mn_slice attribute_value(const struct finding *finding, enum attribute attribute)
{
    struct mn_slice value = finding->attributes[attribute];
    if (attribute == ATTRIBUTE_MODALITY && !value.size)
        return MN_LITERAL("asserted");
    if (attribute == ATTRIBUTE_FORMAL && mn_slice_equal(value, MN_LITERAL("false")))
        return MN_EMPTY;
    return value;
}

/* The value under which an action is scored. */
static struct mn_slice action_class(struct mn_slice action)
{
    return mn_slice_equal(action, MN_LITERAL("agree")) ? MN_LITERAL("other") : action;
}

static bool plain_equal(enum attribute attribute, const struct finding *a, const struct finding *b)
{
    struct mn_slice left = attribute_value(a, attribute);
    struct mn_slice right = attribute_value(b, attribute);
    if (attribute == ATTRIBUTE_ACTION)
        return mn_slice_equal(action_class(left), action_class(right));
    return mn_slice_equal(left, right);
}

bool findings_compatible(const struct finding *a, const struct finding *b)
{
    if (a->kind != KIND_GRADE || b->kind != KIND_GRADE)
        return true;
    bool scales_stated = a->attributes[ATTRIBUTE_SCALE].size && b->attributes[ATTRIBUTE_SCALE].size;
    return plain_equal(ATTRIBUTE_VALUE, a, b) && (!scales_stated || plain_equal(ATTRIBUTE_SCALE, a, b));
}

unsigned findings_agreement(const struct finding *a, const struct finding *b)
{
    unsigned agreed = 0;
    for (size_t i = 0; i < 2; i++)
        agreed += plain_equal(kinds[a->kind].telling[i], a, b);
    return agreed;
}

/* Dates and periods differ by their punctuation too ("2024-09" and "2024/09"), so they are compared as written. */
static bool compare_values(struct mn_arena *scratch, enum attribute attribute, const struct finding *gold,
                           const struct finding *found, bool *agreed)
{
    struct token_list a;
    struct token_list b;
    *agreed = plain_equal(attribute, gold, found);
    if (*agreed || attribute == ATTRIBUTE_DUE || attribute == ATTRIBUTE_ACTION)
        return true;
    if (!text_tokens(scratch, attribute_value(gold, attribute), &a) ||
        !text_tokens(scratch, attribute_value(found, attribute), &b))
        return false;
    *agreed = agreement_of(attribute)(a, b);
    return true;
}

bool attribute_compare(struct mn_arena *scratch, enum attribute attribute, const struct finding *gold,
                       const struct finding *found, enum comparison *out)
{
    bool in_gold = attribute_value(gold, attribute).size > 0;
    bool in_found = attribute_value(found, attribute).size > 0;
    bool agreed = false;
    if (in_gold && in_found && !compare_values(scratch, attribute, gold, found, &agreed))
        return false;
    if (in_gold && in_found)
        *out = agreed ? COMPARED_RIGHT : COMPARED_WRONG;
    else if (in_gold)
        *out = COMPARED_ABSENT;
    else
        *out = in_found ? COMPARED_EXTRA : COMPARED_SILENT;
    return true;
}

const enum attribute *compared_attributes(enum kind kind, size_t *count)
{
    *count = kinds[kind].count;
    return kinds[kind].compared;
}
