/* When a fact of a record agrees with that of the gold. */
#include "facts.h"
#include <criterion/criterion.h>

static struct fact_value value(const char *words, const char *usual)
{
    return (struct fact_value){mn_slice_of(words), mn_slice_of(usual)};
}

Test(facts, agree_by_words_or_usual_names)
{
    static const struct {
        enum fact fact;
        const char *gold, *gold_usual, *found, *found_usual;
        enum comparison expected;
    } rows[] = {
        {FACT_KIND, "minutes", "", "minutes", "", COMPARED_RIGHT},
        {FACT_KIND, "minutes", "", "agenda", "", COMPARED_WRONG},
        {FACT_MEETING, "2024-03-14", "", "2024-03-14", "", COMPARED_RIGHT},
        {FACT_MEETING, "2024-03-14", "", "2024-03", "", COMPARED_WRONG},
        {FACT_MEETING, "2024-03-14", "", "", "", COMPARED_ABSENT},
        {FACT_MEETING, "", "", "2024-03-14", "", COMPARED_EXTRA},
        {FACT_MEETING, "", "", "", "", COMPARED_SILENT},
        {FACT_BODY, "Planning Committee", "", "PLANNING COMMITTEE", "", COMPARED_RIGHT},
        {FACT_BODY, "Planning Committee", "", "the Planning Committee", "", COMPARED_RIGHT},
        {FACT_BODY, "Planning Committee", "", "Planning Panel", "", COMPARED_WRONG},
        {FACT_AUTHORITY, "Leeds City Council", "", "the City of Leeds", "Leeds City Council", COMPARED_RIGHT},
        {FACT_AUTHORITY, "the City of Leeds", "Leeds City Council", "Leeds City Council", "", COMPARED_RIGHT},
        {FACT_AUTHORITY, "Leeds City Council", "", "York City Council", "City of York Council", COMPARED_WRONG},
    };
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct record gold = {.has_facts = true}, found = {.has_facts = true};
        enum comparison comparison;
        gold.facts[rows[i].fact] = value(rows[i].gold, rows[i].gold_usual);
        found.facts[rows[i].fact] = value(rows[i].found, rows[i].found_usual);
        cr_assert(fact_compare(arena, rows[i].fact, &gold, &found, &comparison));
        cr_expect_eq(comparison, rows[i].expected, "row %zu", i);
    }
    mn_arena_destroy(arena);
}

Test(facts, gold_without_a_document_says_nothing)
{
    struct mn_arena *arena = mn_arena_create();
    struct record gold = {0}, found = {.has_facts = true};
    enum comparison comparison;
    found.facts[FACT_KIND] = value("minutes", "");
    cr_assert(fact_compare(arena, FACT_KIND, &gold, &found, &comparison));
    cr_expect_eq(comparison, COMPARED_SILENT);
    mn_arena_destroy(arena);
}
