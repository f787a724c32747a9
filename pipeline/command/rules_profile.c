#include "command/rules_profile.h"

const char *const rules_use_words[RULES_USE_COUNT] = {
    [RULES_UNTRIED] = "never tried",
    [RULES_UNMATCHED] = "tried, but nothing matched",
    [RULES_BARRED] = "matched, but always forbidden, lost or dropped",
    [RULES_USED] = "of use",
};

static const struct mn_profile_rule *counts_of(const struct rules_list *list, const struct mn_rule *rule)
{
    return mn_profile_find(list->profile, rule->name);
}

enum rules_use rules_use_of(const struct rules_list *list, const struct mn_rule *rule)
{
    const struct mn_profile_rule *counts = counts_of(list, rule);
    uint64_t barred = 0;
    for (unsigned i = MN_PROFILE_VETO; counts && i < MN_PROFILE_OUTCOMES; i++)
        barred += counts->counts[i];
    if (!counts || (counts->tries == 0 && barred == 0 && counts->counts[MN_PROFILE_HIT] == 0))
        return RULES_UNTRIED;
    if (counts->counts[MN_PROFILE_HIT] || rule->type == MN_SECTION_RULE)
        return RULES_USED;
    return barred ? RULES_BARRED : RULES_UNMATCHED;
}

static void say_count(struct mn_writer *out, uint64_t count, const char *one, const char *several)
{
    mn_write_number(out, count);
    mn_write_char(out, ' ');
    mn_write(out, mn_slice_of(count == 1 ? one : several));
}

/* " (to decisions.noted: 4, to …: 1)" */
static void say_parts(struct mn_writer *out, const struct mn_profile_rule *counts, enum mn_profile_outcome outcome)
{
    bool any = false;
    for (size_t i = 0; i < counts->parts.count; i++) {
        const struct mn_profile_part *part = &counts->parts.items[i];
        if (part->outcome != outcome)
            continue;
        mn_write(out, mn_slice_of(any ? ", " : " ("));
        mn_write(out, mn_slice_of(outcome == MN_PROFILE_LOSS ? "to " : ""));
        mn_write(out, part->name);
        mn_write_literal(out, ": ");
        mn_write_number(out, part->count);
        any = true;
    }
    mn_write(out, mn_slice_of(any ? ")" : ""));
}

void rules_profile_counts(struct mn_writer *out, const struct rules_list *list, const struct mn_rule *rule)
{
    static const struct {
        const char *one, *several;
    } words[MN_PROFILE_OUTCOMES] = {{"hit", "hits"}, {"veto", "vetoes"}, {"loss", "losses"}, {"drop", "drops"}};
    const struct mn_profile_rule *counts = counts_of(list, rule);
    if (!counts || rules_use_of(list, rule) == RULES_UNTRIED) {
        mn_write(out, mn_slice_of(rules_use_words[RULES_UNTRIED]));
        return;
    }
    mn_write_literal(out, "tried on ");
    say_count(out, counts->tries, "place", "places");
    for (unsigned i = 0; i < MN_PROFILE_OUTCOMES; i++) {
        if (!counts->counts[i] && (i != MN_PROFILE_HIT || rule->type == MN_SECTION_RULE))
            continue;
        mn_write(out, mn_slice_of(i == 0 ? ": " : ", "));
        say_count(out, counts->counts[i], words[i].one, words[i].several);
        say_parts(out, counts, (enum mn_profile_outcome)i);
    }
}

void rules_profile_sample(struct mn_writer *out, const struct mn_profile_sample *sample)
{
    mn_write(out, sample->source);
    mn_write_char(out, ' ');
    mn_write_number(out, sample->start);
    mn_write_literal(out, "–");
    mn_write_number(out, sample->end);
    mn_write_literal(out, " “");
    mn_write(out, sample->words);
    mn_write_literal(out, "”");
}

static bool is_known(const struct mn_profile *profile, size_t count, struct mn_slice kind)
{
    for (size_t i = 0; i < count; i++)
        if (mn_slice_equal(profile->rules.items[i].finds, kind))
            return true;
    return false;
}

static bool goes_before(const struct mn_profile_rule *a, const struct mn_profile_rule *b)
{
    uint64_t hits_a = a->counts[MN_PROFILE_HIT], hits_b = b->counts[MN_PROFILE_HIT];
    return hits_a != hits_b ? hits_a > hits_b : mn_slice_compare(a->name, b->name) < 0;
}

static void add_leader(struct rules_leaders *leaders, const struct mn_profile_rule *rule)
{
    size_t at = leaders->rule_count;
    leaders->hits += rule->counts[MN_PROFILE_HIT];
    while (at && goes_before(rule, leaders->rules[at - 1]))
        at--;
    if (!rule->counts[MN_PROFILE_HIT] || at == RULES_LEADERS)
        return;
    leaders->rule_count += leaders->rule_count < RULES_LEADERS;
    for (size_t i = leaders->rule_count - 1; i > at; i--)
        leaders->rules[i] = leaders->rules[i - 1];
    leaders->rules[at] = rule;
}

void rules_profile_leaders(const struct rules_list *list,
                           void (*each)(void *context, const struct rules_leaders *leaders), void *context)
{
    const struct mn_profile *profile = list->profile;
    for (size_t i = 0; i < profile->rules.count; i++) {
        struct rules_leaders leaders = {.kind = profile->rules.items[i].finds};
        if (!leaders.kind.size || rule_kind_is_helper(leaders.kind) || is_known(profile, i, leaders.kind))
            continue;
        for (size_t j = i; j < profile->rules.count; j++)
            if (mn_slice_equal(profile->rules.items[j].finds, leaders.kind))
                add_leader(&leaders, &profile->rules.items[j]);
        if (leaders.hits)
            each(context, &leaders);
    }
}

unsigned rules_profile_share(const struct rules_leaders *leaders, size_t rule)
{
    return (unsigned)((leaders->rules[rule]->counts[MN_PROFILE_HIT] * 100 + leaders->hits / 2) / leaders->hits);
}
