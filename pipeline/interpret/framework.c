#include "interpret/framework.h"

#define OPENING_LEAVES 60
#define OPENING_WORDS 800
#define FEWEST_FOUND 2 /* judgements without any other sign */

struct candidate {
    const struct mn_scheme *scheme;
    struct mn_mentions mentions;
    uint32_t sign, sign_end; /* words; sign MN_NO_SYMBOL: none stands there */
    bool in_force;
    size_t found; /* distinct judgements */
    int32_t net;  /* found less missing */
};

static const struct mn_fact *find_fact(const struct mn_document *document, const char *name, const char *role)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (mn_slice_equal(fact->name, mn_slice_of(name)) && mn_slice_equal(fact->role, mn_slice_of(role)))
            return fact;
    }
    return NULL;
}

static bool is_report(const struct mn_document *document)
{
    const struct mn_fact *kind = find_fact(document, "kind", "");
    return kind && mn_slice_equal(kind->value, MN_LITERAL("inspection-report"));
}

/* The day on which the inspection began, or the nearest to it that is known; empty when none is. */
static struct mn_slice day_of_report(const struct mn_document *document)
{
    static const char *const roles[] = {"inspection-start", "inspection-end", "published", "meeting"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct mn_fact *fact = find_fact(document, "date", roles[i]);
        struct mn_date date;
        if (fact && mn_date_parse(fact->value, &date))
            return fact->value;
    }
    return MN_EMPTY;
}

/* Days that lack their month or day fit when one of the days that they can be does. */
static bool is_in_force(const struct mn_scheme *scheme, struct mn_slice day)
{
    struct mn_slice from = scheme->from, until = scheme->until;
    from.size = from.size < day.size ? from.size : day.size;
    until.size = until.size < day.size ? until.size : day.size;
    return (!from.size || mn_slice_compare(day, from) >= 0) && (!until.size || mn_slice_compare(day, until) <= 0);
}

static uint32_t opening_end(const struct mn_words *words)
{
    size_t leaves = words->leaf_count < OPENING_LEAVES ? words->leaf_count : OPENING_LEAVES;
    uint32_t end = leaves ? words->leaves[leaves - 1].end : 0;
    return end < OPENING_WORDS ? end : OPENING_WORDS;
}

static void find_sign(const struct mn_words *words, struct candidate *candidate)
{
    uint32_t end = opening_end(words);
    candidate->sign = MN_NO_SYMBOL;
    for (uint32_t i = 0; i < end && candidate->sign == MN_NO_SYMBOL; i++) {
        if (!mn_phrases_may_begin(&candidate->scheme->signs, &words->items[i]))
            continue;
        size_t length = mn_phrases_length(&candidate->scheme->signs, &words->items[i], end - i);
        if (!length)
            continue;
        candidate->sign = i;
        candidate->sign_end = i + (uint32_t)length;
    }
}

static bool is_mentioned(const struct mn_mentions *mentions, uint32_t judgement)
{
    for (size_t i = 0; i < mentions->items.count; i++)
        if (mentions->items.items[i].judgement == judgement && mentions->items.items[i].place != MN_MENTION_LABEL &&
            !mentions->items.items[i].is_earlier)
            return true;
    return false;
}

/* Counts the scheme's judgements in the report. */
static bool weigh(const struct mn_work *work, const struct mn_words *words, struct candidate *candidate)
{
    const struct mn_scheme *scheme = candidate->scheme;
    if (!mn_mentions_find(work->document, words, scheme, &candidate->mentions))
        return false;
    for (uint32_t i = 0; i < scheme->judgement_count; i++) {
        bool found = is_mentioned(&candidate->mentions, i);
        candidate->found += found;
        candidate->net += found ? 1 : scheme->judgements[i].optional ? 0 : -1;
    }
    return true;
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->in_force != b->in_force)
        return a->in_force;
    if (a->sign != b->sign)
        return a->sign < b->sign;
    return a->net > b->net;
}

static bool consider(const struct mn_work *work, const struct mn_words *words, const struct mn_scheme *scheme,
                     struct mn_slice day, bool by_words, struct candidate *best)
{
    struct candidate candidate = {.scheme = scheme, .in_force = is_in_force(scheme, day)};
    find_sign(words, &candidate);
    if (by_words ? candidate.sign == MN_NO_SYMBOL : !candidate.in_force)
        return true;
    if (!weigh(work, words, &candidate))
        return false;
    bool enough = by_words || candidate.found >= FEWEST_FOUND;
    if (enough && (!best->scheme || is_better(&candidate, best)))
        *best = candidate;
    return true;
}

/* What the choice rests on. */
static struct mn_slice reason_of(const struct candidate *chosen, struct mn_slice day, bool by_words)
{
    bool by_date = day.size && chosen->in_force && (chosen->scheme->from.size || chosen->scheme->until.size);
    if (!by_words)
        return by_date ? MN_LITERAL("judgements date") : MN_LITERAL("judgements");
    return by_date ? MN_LITERAL("words date") : MN_LITERAL("words");
}

static bool add_fact(struct mn_work *work, const struct mn_words *words, const struct candidate *chosen,
                     struct mn_slice reason)
{
    struct mn_fact *fact = MN_APPEND(work->arena, &work->document->facts);
    if (!fact)
        return false;
    *fact = (struct mn_fact){.name = MN_LITERAL("framework"),
                             .role = reason,
                             .value = chosen->scheme->title,
                             .basis = MN_LITERAL("inferred"),
                             .rule = chosen->scheme->name};
    if (chosen->sign != MN_NO_SYMBOL) {
        fact->start = words->items[chosen->sign].start;
        fact->end = words->items[chosen->sign_end - 1].end;
    }
    return true;
}

bool mn_framework_choose(struct mn_work *work, struct mn_framework *framework)
{
    const struct mn_rules *rules = work->rules;
    struct mn_words words;
    struct candidate best = {0};
    bool by_words = true;
    *framework = (struct mn_framework){0};
    if (!rules->scheme_count || !is_report(work->document))
        return true;
    if (!mn_words_cut(work->document, rules, &words))
        return false;
    struct mn_slice day = day_of_report(work->document);
    for (int pass = 0; pass < 2 && !best.scheme; pass++) {
        by_words = pass == 0;
        for (size_t i = 0; i < rules->scheme_count; i++)
            if (!consider(work, &words, &rules->schemes[i], day, by_words, &best))
                return false;
    }
    *framework = (struct mn_framework){best.scheme, words, best.mentions};
    return !best.scheme || add_fact(work, &words, &best, reason_of(&best, day, by_words));
}
