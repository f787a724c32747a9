#include "explain/profile.h"

#include <stdlib.h>

const char *const mn_profile_outcomes[MN_PROFILE_OUTCOMES] = {"hit", "veto", "loss", "drop"};

struct mn_profile *mn_profile_create(void)
{
    struct mn_profile *profile = calloc(1, sizeof *profile);
    if (!profile)
        return NULL;
    profile->arena = mn_arena_create();
    if (profile->arena)
        return profile;
    free(profile);
    return NULL;
}

void mn_profile_destroy(struct mn_profile *profile)
{
    if (!profile)
        return;
    mn_arena_destroy(profile->arena);
    free(profile);
}

static bool copy(struct mn_profile *profile, struct mn_slice *text)
{
    size_t size = text->size;
    *text = mn_arena_copy(profile->arena, *text);
    return !size || text->data;
}

/* --- Parts --- */

struct mn_profile_rule *mn_profile_rule(struct mn_profile *profile, struct mn_slice name, struct mn_slice finds)
{
    if (!MN_RESERVE(profile->arena, &profile->rules, profile->rules.count + 1))
        return NULL;
    uint32_t number = mn_names_add(&profile->names, profile->arena, name);
    if (number == MN_NO_SYMBOL)
        return NULL;
    struct mn_profile_rule *rule = &profile->rules.items[number];
    if (number < profile->rules.count)
        return rule;
    profile->rules.count++;
    *rule = (struct mn_profile_rule){.name = profile->names.items.items[number], .finds = finds};
    return copy(profile, &rule->finds) ? rule : NULL;
}

const struct mn_profile_rule *mn_profile_find(const struct mn_profile *profile, struct mn_slice name)
{
    uint32_t number = mn_names_find(&profile->names, name);
    return number == MN_NO_SYMBOL ? NULL : &profile->rules.items[number];
}

struct mn_profile_part *mn_profile_part(struct mn_profile *profile, struct mn_profile_rule *rule,
                                        const struct mn_profile_part *part)
{
    for (size_t i = 0; i < rule->parts.count; i++) {
        struct mn_profile_part *known = &rule->parts.items[i];
        if (known->outcome == part->outcome && mn_slice_equal(known->name, part->name))
            return known;
    }
    struct mn_profile_part *added = MN_APPEND(profile->arena, &rule->parts);
    if (!added)
        return NULL;
    *added = (struct mn_profile_part){.outcome = part->outcome, .name = part->name, .text = part->text};
    return copy(profile, &added->name) && copy(profile, &added->text) ? added : NULL;
}

/* --- Samples --- */

/* FNV-1a over document and place, then mixed (splitmix64), so that the samples come from all over. */
static uint64_t rank_of(const struct mn_profile_sample *sample)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325), place = (uint64_t)sample->start << 32 | sample->end;
    for (size_t i = 0; i < sample->source.size; i++)
        hash = (hash ^ (unsigned char)sample->source.data[i]) * UINT64_C(0x100000001B3);
    for (unsigned i = 0; i < sizeof place; i++)
        hash = (hash ^ (place >> 8 * i & 0xFF)) * UINT64_C(0x100000001B3);
    hash = (hash ^ hash >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ hash >> 27) * UINT64_C(0x94D049BB133111EB);
    return hash ^ hash >> 31;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_samples(const struct mn_profile_sample *a, const struct mn_profile_sample *b)
{
    int order = compare_numbers(a->rank, b->rank);
    order = order ? order : mn_slice_compare(a->source, b->source);
    order = order ? order : compare_numbers(a->start, b->start);
    return order ? order : compare_numbers(a->end, b->end);
}

bool mn_profile_sample(struct mn_profile *profile, struct mn_profile_rule *rule, enum mn_profile_outcome outcome,
                       struct mn_profile_sample sample)
{
    struct mn_profile_sample *samples = rule->samples[outcome];
    uint32_t count = rule->sample_counts[outcome], at = 0;
    sample.rank = rank_of(&sample);
    while (at < count && compare_samples(&samples[at], &sample) < 0)
        at++;
    if (at == MN_PROFILE_SAMPLES || (at < count && compare_samples(&samples[at], &sample) == 0))
        return true;
    if (!copy(profile, &sample.source) || !copy(profile, &sample.words))
        return false;
    count = count < MN_PROFILE_SAMPLES ? count + 1 : count;
    for (uint32_t i = count - 1; i > at; i--)
        samples[i] = samples[i - 1];
    samples[at] = sample;
    rule->sample_counts[outcome] = count;
    return true;
}

/* --- Merging --- */

static bool merge_rule(struct mn_profile *into, const struct mn_profile_rule *from)
{
    struct mn_profile_rule *rule = mn_profile_rule(into, from->name, from->finds);
    if (!rule)
        return false;
    rule->tries += from->tries;
    for (size_t i = 0; i < from->parts.count; i++) {
        struct mn_profile_part *part = mn_profile_part(into, rule, &from->parts.items[i]);
        if (!part)
            return false;
        part->count += from->parts.items[i].count;
    }
    for (unsigned outcome = 0; outcome < MN_PROFILE_OUTCOMES; outcome++) {
        rule->counts[outcome] += from->counts[outcome];
        for (uint32_t i = 0; i < from->sample_counts[outcome]; i++)
            if (!mn_profile_sample(into, rule, (enum mn_profile_outcome)outcome, from->samples[outcome][i]))
                return false;
    }
    return true;
}

enum mn_status mn_profile_merge(struct mn_profile *into, const struct mn_profile *from, struct mn_error *error)
{
    bool done = true;
    if (into->rules_sha256.size && !mn_slice_equal(into->rules_sha256, from->rules_sha256))
        return mn_fail(error, MN_USAGE,
                       "was made with other rules than the profile before it; only profiles of the same rules merge");
    if (!into->rules_sha256.size) {
        into->rules_sha256 = from->rules_sha256;
        done = copy(into, &into->rules_sha256);
    }
    into->documents += from->documents;
    for (size_t i = 0; i < from->rules.count && done; i++)
        done = merge_rule(into, &from->rules.items[i]);
    return done ? MN_OK : mn_fail_memory(error);
}
