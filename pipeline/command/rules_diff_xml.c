/* rules diff for tools: schemas/differences.rng describes it. */
#include "command/rules_diff.h"

static void write_set(void *context, enum diff_set_change change, const char *sort, struct mn_slice name)
{
    struct mn_writer *out = context;
    mn_write_literal(out, "  <written");
    mn_write_attribute(out, "sort", mn_slice_of(sort));
    mn_write_attribute(out, "name", name);
    mn_write_attribute(out, "change", mn_slice_of(diff_set_words[change]));
    mn_write_literal(out, "/>\n");
}

static void write_value(struct mn_writer *out, const struct mn_value_change *value)
{
    mn_write_literal(out, "      <value");
    mn_write_attribute(out, "name", value->name);
    if (value->before.size)
        mn_write_attribute(out, "before", value->before);
    if (value->after.size)
        mn_write_attribute(out, "after", value->after);
    mn_write_literal(out, "/>\n");
}

static void write_sample(struct mn_writer *out, const struct diff_sample *sample)
{
    const struct mn_difference *difference = &sample->difference;
    mn_write_literal(out, "    <difference");
    mn_write_attribute(out, "change", mn_slice_of(mn_changes[difference->change]));
    mn_write_attribute(out, "kind", difference->kind);
    mn_write_attribute(out, "source", sample->source);
    mn_write_attribute_number(out, "start", difference->start);
    mn_write_attribute_number(out, "end", difference->end);
    if (difference->change == MN_VANISHES)
        mn_write_attribute(out, "cause", mn_slice_of(mn_causes[difference->cause]));
    if (difference->by.size)
        mn_write_attribute(out, "by", difference->by);
    mn_write_literal(out, ">\n      <quote>");
    mn_write_text(out, difference->words);
    mn_write_literal(out, "</quote>\n");
    for (size_t i = 0; i < difference->value_count; i++)
        write_value(out, &difference->values[i]);
    mn_write_literal(out, "    </difference>\n");
}

static void write_rule(struct mn_writer *out, const struct diff_rule *rule)
{
    static const char *const counts[MN_CHANGE_COUNT] = {"appear", "vanish", "change"};
    mn_write_literal(out, "  <rule");
    if (rule->name.size)
        mn_write_attribute(out, "name", rule->name);
    for (unsigned i = 0; i < MN_CHANGE_COUNT; i++)
        mn_write_attribute_number(out, counts[i], rule->counts[i]);
    mn_write_literal(out, ">\n");
    for (size_t i = 0; i < rule->samples.count; i++)
        write_sample(out, &rule->samples.items[i]);
    mn_write_literal(out, "  </rule>\n");
}

static void write_failure(struct mn_writer *out, const struct diff_failure *failure)
{
    mn_write_literal(out, "  <refused");
    mn_write_attribute(out, "source", failure->source);
    mn_write_attribute(out, "by", failure->with_new ? MN_LITERAL("new") : MN_LITERAL("old"));
    mn_write_literal(out, ">");
    mn_write_text(out, failure->reason);
    mn_write_literal(out, "</refused>\n");
}

bool diff_xml(struct mn_writer *out, const struct diff *diff)
{
    const struct diff_rule **rules = diff_sorted(diff);
    mn_write_literal(out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<differences xmlns=\"urn:minutiae:differences:1\"");
    mn_write_attribute(out, "old-sha256", diff->before->sha256);
    mn_write_attribute(out, "new-sha256", diff->after->sha256);
    mn_write_attribute_number(out, "documents", diff->documents);
    mn_write_attribute_number(out, "changed", diff->changed);
    mn_write_attribute_number(out, "failed", diff->failed);
    mn_write_literal(out, ">\n");
    bool done = rules && diff_sets(diff, write_set, out);
    for (size_t i = 0; done && i < diff->rules.count; i++)
        write_rule(out, rules[i]);
    for (size_t i = 0; i < diff->failures.count; i++)
        write_failure(out, &diff->failures.items[i]);
    mn_write_literal(out, "</differences>\n");
    return done;
}
