#include "agreement.h"
#include "pairing.h"
#include "words.h"
#include <criterion/criterion.h>

static struct mn_arena *arena;

static void set_up(void)
{
    arena = mn_arena_create();
}

static void tear_down(void)
{
    mn_arena_destroy(arena);
}

TestSuite(pairing, .init = set_up, .fini = tear_down);

static struct quote make_quote(const char *text)
{
    struct quote quote = {.text = mn_slice_of(text)};
    cr_assert(text_strict(arena, quote.text, &quote.strict));
    cr_assert(text_tokens(arena, quote.text, &quote.tokens));
    return quote;
}

static struct finding *make(enum kind kind, const char *value, const char *text)
{
    static const enum attribute main[] = {ATTRIBUTE_VALUE, ATTRIBUTE_NUMBER, ATTRIBUTE_DUE, ATTRIBUTE_ACTION};
    struct finding *finding = mn_arena_zero(arena, sizeof *finding);
    finding->kind = kind;
    finding->attributes[main[kind]] = mn_slice_of(value);
    finding->quotes = mn_arena_zero(arena, 2 * sizeof(struct quote));
    finding->quotes[0] = make_quote(text);
    finding->quote_count = 1;
    return finding;
}

static struct pairing pair(const struct finding **gold, size_t gold_count, const struct finding **found,
                           size_t found_count, enum pairing_mode mode)
{
    struct pairing pairs;
    cr_assert(pairing_find(arena, (struct view){gold, gold_count}, (struct view){found, found_count}, mode, &pairs));
    return pairs;
}

Test(pairing, identical_quotes_pair_in_text_order)
{
    const struct finding *gold[3];
    const struct finding *found[3];
    for (size_t i = 0; i < 3; i++) {
        gold[i] = make(KIND_DEADLINE, "next-meeting", "at the next meeting");
        found[i] = make(KIND_DEADLINE, "next-meeting", "at the next meeting");
    }
    struct pairing pairs = pair(gold, 3, found, 3, PAIR_OVERLAP);
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(pairs.found_of[i], i);
}

Test(pairing, equal_values_come_first_among_equal_quotes)
{
    const struct finding *gold[] = {make(KIND_DEADLINE, "2024", "by then"), make(KIND_DEADLINE, "2025", "by then")};
    const struct finding *found[] = {make(KIND_DEADLINE, "2025", "by then")};
    struct pairing pairs = pair(gold, 2, found, 1, PAIR_OVERLAP);
    cr_expect_eq(pairs.found_of[0], UNPAIRED);
    cr_expect_eq(pairs.found_of[1], 0);
    cr_expect_eq(pairs.gold_of[0], 1);
}

Test(pairing, agree_and_other_are_the_same_action)
{
    const struct finding *gold[] = {make(KIND_RESOLUTION, "note", "Agreed"), make(KIND_RESOLUTION, "other", "Agreed")};
    const struct finding *found[] = {make(KIND_RESOLUTION, "agree", "Agreed")};
    cr_expect_eq(pair(gold, 2, found, 1, PAIR_OVERLAP).gold_of[0], 1);
}

Test(pairing, better_overlap_comes_before_equal_value)
{
    const struct finding *gold[] = {make(KIND_DEADLINE, "2024-05", "by May 2024")};
    const struct finding *found[] = {make(KIND_DEADLINE, "2024-05", "May"), make(KIND_DEADLINE, "?", "by May 2024")};
    cr_expect_eq(pair(gold, 1, found, 2, PAIR_OVERLAP).found_of[0], 1);
}

Test(pairing, grades_agree_in_value_and_scale)
{
    struct finding *gold = make(KIND_GRADE, "good", "Leadership is good");
    struct finding *found = make(KIND_GRADE, "outstanding", "Leadership is good");
    const struct finding *golds[] = {gold};
    const struct finding *founds[] = {found};
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_OVERLAP).found_of[0], UNPAIRED);
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_PLACE).found_of[0], 0);
    found->attributes[ATTRIBUTE_VALUE] = MN_LITERAL("good");
    found->attributes[ATTRIBUTE_SCALE] = MN_LITERAL("cqc");
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_OVERLAP).found_of[0], 0, "gold states no scale");
    gold->attributes[ATTRIBUTE_SCALE] = MN_LITERAL("ofsted");
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_OVERLAP).found_of[0], UNPAIRED);
}

Test(pairing, motion_matches_too)
{
    struct finding *gold = make(KIND_RESOLUTION, "agree", "The motion was seconded and agreed");
    const struct finding *golds[] = {gold};
    const struct finding *founds[] = {make(KIND_RESOLUTION, "agree", "That the hedge be cut.")};
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_STRICT).found_of[0], UNPAIRED);
    gold->quotes[1] = make_quote("That the hedge be cut");
    gold->quote_count = 2;
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_STRICT).found_of[0], 0);
    cr_expect_eq(pair(golds, 1, founds, 1, PAIR_OVERLAP).found_of[0], 0);
}

Test(pairing, strict_needs_the_whole_quote)
{
    const struct finding *gold[] = {make(KIND_DEADLINE, "2024-05", "by May 2024")};
    const struct finding *found[] = {make(KIND_DEADLINE, "2024-05", "May 2024")};
    cr_expect_eq(pair(gold, 1, found, 1, PAIR_STRICT).found_of[0], UNPAIRED);
    cr_expect_eq(pair(gold, 1, found, 1, PAIR_OVERLAP).found_of[0], 0);
}

Test(pairing, nothing_pairs_with_nothing)
{
    const struct finding *found[] = {make(KIND_DEADLINE, "2024-05", "May 2024")};
    cr_expect_eq(pair(NULL, 0, found, 1, PAIR_OVERLAP).gold_of[0], UNPAIRED);
    cr_expect_eq(pair(found, 1, NULL, 0, PAIR_OVERLAP).found_of[0], UNPAIRED);
}

Test(pairing, attributes_agree_by_their_words)
{
    static const struct {
        enum attribute attribute;
        const char *gold, *found;
        enum comparison comparison;
    } cases[] = {
        {ATTRIBUTE_NUMBER, "2", "2.", COMPARED_RIGHT},
        {ATTRIBUTE_NUMBER, "a", "(b)", COMPARED_WRONG},
        {ATTRIBUTE_MOVER, "Cllr. Hale", "Councillor Hale", COMPARED_RIGHT},
        {ATTRIBUTE_MOVER, "Hale", "Councillor Hale", COMPARED_RIGHT},
        {ATTRIBUTE_MOVER, "Councillor A Hale", "Councillor B Hale", COMPARED_WRONG},
        {ATTRIBUTE_SECONDER, "Hale", "Orme", COMPARED_WRONG},
        {ATTRIBUTE_TO, "local authority", "the local authority", COMPARED_RIGHT},
        {ATTRIBUTE_TO, "the Council", "the Cabinet", COMPARED_WRONG},
        {ATTRIBUTE_DUE, "2024-09", "2024/09", COMPARED_WRONG},
        {ATTRIBUTE_ACTION, "agree", "other", COMPARED_RIGHT},
        {ATTRIBUTE_ACTION, "agree", "note", COMPARED_WRONG},
        {ATTRIBUTE_MODALITY, "asserted", "", COMPARED_RIGHT},
        {ATTRIBUTE_FORMAL, "", "false", COMPARED_SILENT},
        {ATTRIBUTE_FORMAL, "", "true", COMPARED_EXTRA},
        {ATTRIBUTE_OUTCOME, "lost", "", COMPARED_ABSENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct finding gold = {.kind = KIND_RESOLUTION};
        struct finding found = {.kind = KIND_RESOLUTION};
        enum comparison comparison;
        gold.attributes[cases[i].attribute] = mn_slice_of(cases[i].gold);
        found.attributes[cases[i].attribute] = mn_slice_of(cases[i].found);
        cr_assert(attribute_compare(arena, cases[i].attribute, &gold, &found, &comparison));
        cr_expect_eq(comparison, cases[i].comparison, "%s / %s: %d", cases[i].gold, cases[i].found, (int)comparison);
    }
}
