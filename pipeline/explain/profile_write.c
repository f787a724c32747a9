#include "explain/profile.h"

#include <stdlib.h>

static void write_part(struct mn_writer *out, const struct mn_profile_part *part)
{
    static const char *const attributes[MN_PROFILE_OUTCOMES] = {NULL, "condition", "to", "fate"};
    const char *name = mn_profile_outcomes[part->outcome];
    mn_write_literal(out, "    <");
    mn_write(out, mn_slice_of(name));
    mn_write_attribute(out, attributes[part->outcome], part->name);
    mn_write_attribute_number(out, "count", part->count);
    if (!part->text.size) {
        mn_write_literal(out, "/>\n");
        return;
    }
    mn_write_char(out, '>');
    mn_write_text(out, part->text);
    mn_write_literal(out, "</");
    mn_write(out, mn_slice_of(name));
    mn_write_literal(out, ">\n");
}

static void write_sample(struct mn_writer *out, enum mn_profile_outcome outcome, const struct mn_profile_sample *sample)
{
    mn_write_literal(out, "    <sample");
    mn_write_attribute(out, "of", mn_slice_of(mn_profile_outcomes[outcome]));
    mn_write_attribute(out, "source", sample->source);
    mn_write_attribute_number(out, "start", sample->start);
    mn_write_attribute_number(out, "end", sample->end);
    mn_write_char(out, '>');
    mn_write_text(out, sample->words);
    mn_write_literal(out, "</sample>\n");
}

static int compare_parts(const void *left, const void *right)
{
    const struct mn_profile_part *a = left, *b = right;
    if (a->outcome != b->outcome)
        return a->outcome < b->outcome ? -1 : 1;
    return mn_slice_compare(a->name, b->name);
}

/* The parts come as documents meet them: they are sorted. */
static bool write_parts(struct mn_writer *out, const struct mn_profile *profile, const struct mn_profile_rule *rule)
{
    size_t count = rule->parts.count;
    struct mn_profile_part *sorted = mn_arena_alloc(profile->arena, (count + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    if (count) {
        memcpy(sorted, rule->parts.items, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_parts);
    }
    for (size_t i = 0; i < count; i++)
        write_part(out, &sorted[i]);
    return true;
}

static bool write_rule(struct mn_writer *out, const struct mn_profile *profile, const struct mn_profile_rule *rule)
{
    static const char *const counts[MN_PROFILE_OUTCOMES] = {"hits", "vetoes", "losses", "drops"};
    mn_write_literal(out, "  <rule");
    mn_write_attribute(out, "name", rule->name);
    if (rule->finds.size)
        mn_write_attribute(out, "finds", rule->finds);
    mn_write_attribute_number(out, "tries", rule->tries);
    for (unsigned i = 0; i < MN_PROFILE_OUTCOMES; i++)
        mn_write_attribute_number(out, counts[i], rule->counts[i]);
    mn_write_literal(out, ">\n");
    bool done = write_parts(out, profile, rule);
    for (unsigned outcome = 0; outcome < MN_PROFILE_OUTCOMES; outcome++)
        for (uint32_t i = 0; i < rule->sample_counts[outcome]; i++)
            write_sample(out, (enum mn_profile_outcome)outcome, &rule->samples[outcome][i]);
    mn_write_literal(out, "  </rule>\n");
    return done;
}

static int compare_rules(const void *left, const void *right)
{
    const struct mn_profile_rule *a = *(const struct mn_profile_rule *const *)left;
    const struct mn_profile_rule *b = *(const struct mn_profile_rule *const *)right;
    return mn_slice_compare(a->name, b->name);
}

bool mn_profile_write(const struct mn_profile *profile, struct mn_writer *out)
{
    size_t count = profile->rules.count;
    const struct mn_profile_rule **sorted = mn_arena_alloc(profile->arena, (count + 1) * sizeof(*sorted));
    bool done = sorted != NULL;
    for (size_t i = 0; done && i < count; i++)
        sorted[i] = &profile->rules.items[i];
    if (done && count)
        qsort(sorted, count, sizeof(*sorted), compare_rules);
    mn_write_literal(out, "<profile xmlns=\"urn:minutiae:profile:1\"");
    mn_write_attribute(out, "rules-sha256", profile->rules_sha256);
    mn_write_attribute_number(out, "documents", profile->documents);
    mn_write_literal(out, ">\n");
    for (size_t i = 0; i < count && done; i++)
        done = write_rule(out, profile, sorted[i]);
    mn_write_literal(out, "</profile>\n");
    return done;
}
