#include "facts.h"
#include "words.h"

const char *fact_name(enum fact fact)
{
    static const char *const names[] = {
#define FACT_WORD(name, word) [FACT_##name] = word,
        DOCUMENT_FACTS(FACT_WORD)
#undef FACT_WORD
    };
    return names[fact];
}

static bool contains(struct mn_arena *scratch, struct mn_slice a, struct mn_slice b, bool *agreed)
{
    struct token_list left, right;
    if (*agreed || !a.size || !b.size)
        return true;
    if (!text_tokens(scratch, a, &left) || !text_tokens(scratch, b, &right))
        return false;
    *agreed = tokens_contain(left, right);
    return true;
}

/* By words and by usual names, either way. */
static bool names_agree(struct mn_arena *scratch, const struct fact_value *a, const struct fact_value *b, bool *agreed)
{
    return contains(scratch, a->words, b->words, agreed) && contains(scratch, a->usual, b->words, agreed) &&
           contains(scratch, a->words, b->usual, agreed) && contains(scratch, a->usual, b->usual, agreed);
}

bool fact_compare(struct mn_arena *scratch, enum fact fact, const struct record *gold, const struct record *found,
                  enum comparison *out)
{
    const struct fact_value *a = &gold->facts[fact];
    const struct fact_value *b = &found->facts[fact];
    bool agreed = mn_slice_equal(a->words, b->words);
    *out = COMPARED_SILENT;
    if (!gold->has_facts || (!a->words.size && !b->words.size))
        return true;
    if (fact >= FACT_AUTHORITY && fact < FACT_MEETING && !names_agree(scratch, a, b, &agreed))
        return false;
    if (!a->words.size)
        *out = COMPARED_EXTRA;
    else if (!b->words.size)
        *out = COMPARED_ABSENT;
    else
        *out = agreed ? COMPARED_RIGHT : COMPARED_WRONG;
    return true;
}

bool facts_mistaken(struct mn_arena *scratch, const struct record *gold, const struct record *found,
                    bool mistaken[FACT_COUNT])
{
    for (enum fact fact = 0; fact < FACT_COUNT; fact++) {
        enum comparison comparison;
        if (!fact_compare(scratch, fact, gold, found, &comparison))
            return false;
        mistaken[fact] = comparison == COMPARED_WRONG || comparison == COMPARED_ABSENT;
    }
    return true;
}
