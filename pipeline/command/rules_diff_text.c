/* rules diff for people. */
#include "command/rules_diff.h"
#include "command/wrap.h"

#include <stdlib.h>

enum { MOST_WORDS = 120 };

struct view {
    struct mn_writer *out;
    struct mn_writer line; /* to memory */
};

static void say(struct view *view, const char *text)
{
    mn_write(&view->line, mn_slice_of(text));
}

static void end_line(struct view *view, size_t indent)
{
    wrap_spaces(view->out, indent);
    wrap_text(view->out, (struct mn_slice){view->line.data, view->line.size}, indent, indent + 4);
    mn_writer_clear(&view->line);
}

/* On one line, cut where it is long. */
static void say_words(struct view *view, struct mn_slice words)
{
    size_t size = words.size;
    if (size > MOST_WORDS) {
        size = MOST_WORDS;
        while (size && words.data[size] != ' ')
            size--;
    }
    for (size_t i = 0; i < size; i++)
        mn_write_char(&view->line, words.data[i] == '\n' ? ' ' : words.data[i]);
    say(view, size < words.size ? " …" : "");
}

static void say_value(struct view *view, struct mn_slice value)
{
    if (value.size)
        say_words(view, value);
    else
        say(view, "–");
}

static void say_cause(struct view *view, const struct mn_difference *difference)
{
    switch (difference->cause) {
    case MN_CAUSE_GONE:
        say(view, ": the rule is gone");
        break;
    case MN_CAUSE_LOST:
        say(view, ": lost to ");
        mn_write(&view->line, difference->by);
        break;
    case MN_CAUSE_VETOED:
        say(view, ": a condition forbids it");
        break;
    case MN_CAUSE_DROPPED:
        say(view, ": dropped, ");
        mn_write(&view->line, difference->by);
        break;
    case MN_CAUSE_UNKNOWN:
    case MN_CAUSE_COUNT:
        break;
    }
}

static void tell_sample(struct view *view, const struct diff_sample *sample)
{
    static const char *const signs[MN_CHANGE_COUNT] = {"+ ", "- ", "~ "};
    const struct mn_difference *difference = &sample->difference;
    say(view, signs[difference->change]);
    mn_write(&view->line, sample->source);
    mn_write_char(&view->line, ' ');
    mn_write_number(&view->line, difference->start);
    say(view, "–");
    mn_write_number(&view->line, difference->end);
    mn_write_char(&view->line, ' ');
    mn_write(&view->line, difference->kind);
    say(view, " “");
    say_words(view, difference->words);
    say(view, "”");
    say_cause(view, difference);
    for (size_t i = 0; i < difference->value_count; i++) {
        const struct mn_value_change *value = &difference->values[i];
        say(view, i ? ", " : ": ");
        mn_write(&view->line, value->name);
        mn_write_char(&view->line, ' ');
        say_value(view, value->before);
        say(view, " → ");
        say_value(view, value->after);
    }
    end_line(view, 2);
}

static void say_counts(struct view *view, const uint64_t counts[MN_CHANGE_COUNT])
{
    static const char *const one[] = {" appears", " vanishes", " changes"}, *const several[] = {" appear", " vanish",
                                                                                                " change"};
    bool any = false;
    for (unsigned i = 0; i < MN_CHANGE_COUNT; i++) {
        if (!counts[i])
            continue;
        say(view, any ? ", " : "");
        mn_write_number(&view->line, counts[i]);
        say(view, counts[i] == 1 ? one[i] : several[i]);
        any = true;
    }
    say(view, any ? "" : "nothing differs");
}

static void tell_rule(struct view *view, const struct diff_rule *rule)
{
    uint64_t total = rule->counts[0] + rule->counts[1] + rule->counts[2];
    mn_write_char(view->out, '\n');
    mn_write(&view->line, rule->name.size ? rule->name : MN_LITERAL("(no rule)"));
    say(view, ": ");
    say_counts(view, rule->counts);
    end_line(view, 0);
    for (size_t i = 0; i < rule->samples.count; i++)
        tell_sample(view, &rule->samples.items[i]);
    if (total == rule->samples.count)
        return;
    say(view, "… and ");
    mn_write_number(&view->line, total - rule->samples.count);
    say(view, " more (--samples N shows N)");
    end_line(view, 2);
}

static void tell_set(void *context, enum diff_set_change change, const char *sort, struct mn_slice name)
{
    struct view *view = context;
    say(view, sort);
    mn_write_char(&view->line, ' ');
    mn_write(&view->line, name);
    mn_write_char(&view->line, ' ');
    say(view, diff_set_words[change]);
    end_line(view, 2);
}

static void tell_failures(struct view *view, const struct diff *diff)
{
    for (size_t i = 0; i < diff->failures.count; i++) {
        const struct diff_failure *failure = &diff->failures.items[i];
        if (i == 0)
            mn_write_literal(view->out, "\ndocuments that only one of the rule sets refuses\n");
        say(view, failure->with_new ? "new: " : "old: ");
        mn_write(&view->line, failure->reason);
        end_line(view, 2);
    }
}

static void tell_total(struct view *view, const struct diff *diff)
{
    uint64_t totals[MN_CHANGE_COUNT] = {0};
    for (size_t i = 0; i < diff->rules.count; i++)
        for (unsigned change = 0; change < MN_CHANGE_COUNT; change++)
            totals[change] += diff->rules.items[i].counts[change];
    mn_write_char(view->out, '\n');
    mn_write_number(&view->line, diff->documents);
    say(view, diff->documents == 1 ? " document compared, " : " documents compared, ");
    mn_write_number(&view->line, diff->changed);
    say(view, diff->changed == 1 ? " differs: " : " differ: ");
    say_counts(view, totals);
    end_line(view, 0);
}

bool diff_text(struct mn_writer *out, const struct diff *diff)
{
    struct view view = {.out = out};
    const struct diff_rule **rules = diff_sorted(diff);
    mn_writer_init(&view.line, NULL);
    mn_write_literal(out, "rules\n");
    bool done = rules && diff_sets(diff, tell_set, &view);
    for (size_t i = 0; done && i < diff->rules.count; i++)
        tell_rule(&view, rules[i]);
    tell_failures(&view, diff);
    tell_total(&view, diff);
    done = done && view.line.status == MN_OK;
    mn_writer_free(&view.line);
    return done;
}
