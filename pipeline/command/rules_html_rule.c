/* A rule on the page: its examples, what it finds and where, what it did. */
#include "command/rules_html.h"
#include "command/rules_page.h"
#include "command/rules_profile.h"

static void fact_label(struct page *page, const char *label)
{
    RAW(page, "<dt>");
    page_words(page, label);
    RAW(page, "</dt><dd>");
}

static void pattern(void *context, const struct rule_pattern *pattern)
{
    struct page *page = context;
    fact_label(page, pattern->label);
    page_pattern(page, pattern->text);
    if (pattern->detail.size) {
        RAW(page, "<small>");
        page_escaped(page, pattern->detail);
        RAW(page, "</small>");
    }
    RAW(page, "</dd>\n");
}

static void facts(struct page *page, const struct rule_fact *fact, const struct mn_rule *rule)
{
    for (; fact->label; fact++) {
        mn_writer_clear(&page->phrase);
        fact->say(&page->phrase, page->list->rules, rule);
        if (!page->phrase.size)
            continue;
        fact_label(page, fact->label);
        page_escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
        RAW(page, "</dd>\n");
    }
}

static void open_mark(struct page *page, const struct mn_field_mark *marks, size_t count)
{
    RAW(page, "<mark class=\"");
    if (mn_slice_equal(marks->name, MN_LITERAL("find"))) {
        RAW(page, "find");
    } else {
        RAW(page, "c");
        mn_write_number(page->out, mn_names_find(&page->names.captures, marks->name) % RULES_PAGE_COLOURS);
    }
    RAW(page, "\"><b>");
    for (size_t i = 0; i < count; i++) {
        page_words(page, i ? " " : "");
        page_escaped(page, marks[i].name);
        page_words(page, marks[i].value.size ? "=" : "");
        page_escaped(page, marks[i].value);
    }
    RAW(page, "</b>");
}

static void example(struct page *page, const struct mn_example *example)
{
    struct example_walk walk = {.example = example, .arena = page->list->arena};
    mn_write(page->out, mn_slice_of(example->counter ? "<li class=\"not\">" : "<li>"));
    RAW(page, "<div class=\"text\">");
    for (enum example_step step; (step = example_next(&walk)) != EXAMPLE_END;) {
        if (step == EXAMPLE_TEXT)
            page_escaped(page, walk.text);
        else if (step == EXAMPLE_OPEN)
            open_mark(page, walk.marks, walk.mark_count);
        else
            RAW(page, "</mark>");
    }
    if (example->date.size) {
        RAW(page, " <small class=\"dim\">(in a document of ");
        page_escaped(page, example->date);
        RAW(page, ")</small>");
    }
    RAW(page, "</div></li>\n");
}

/* Examples in the file's order, those that must not match behind the others. */
static void examples(struct page *page, const struct mn_rule *rule)
{
    if (!rule->example_count)
        return;
    RAW(page, "<ul class=\"examples\">\n");
    for (int counter = 0; counter < 2; counter++)
        for (size_t i = 0; i < rule->example_count; i++)
            if (rule->examples[i].counter == (counter == 1))
                example(page, &rule->examples[i]);
    RAW(page, "</ul>\n");
}

/* Its counts and sample places. */
static void profile(struct page *page, const struct mn_rule *rule)
{
    const struct mn_profile_rule *counts = mn_profile_find(page->list->profile, rule->name);
    mn_writer_clear(&page->phrase);
    rules_profile_counts(&page->phrase, page->list, rule);
    fact_label(page, "profile");
    page_escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
    for (unsigned outcome = 0; counts && outcome < MN_PROFILE_OUTCOMES; outcome++)
        for (uint32_t i = 0; i < counts->sample_counts[outcome]; i++) {
            mn_writer_clear(&page->phrase);
            mn_write(&page->phrase, mn_slice_of(mn_profile_outcomes[outcome]));
            mn_write_literal(&page->phrase, ": ");
            rules_profile_sample(&page->phrase, &counts->samples[outcome][i]);
            RAW(page, "<small>");
            page_escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
            RAW(page, "</small>");
        }
    RAW(page, "</dd>\n");
}

void page_rule(struct page *page, const struct mn_listed *item)
{
    struct rules_target kind = rules_kind_of(item->rule);
    RAW(page, "<article class=\"rule\"");
    page_anchor(page, "id", RULES_NAME_RULE, item->name);
    RAW(page, ">\n<h5><a");
    page_anchor(page, "href", RULES_NAME_RULE, item->name);
    RAW(page, "><code>");
    page_escaped(page, item->name);
    RAW(page, "</code></a> <small>");
    page_words(page, kind.sort == RULES_NAME_ROLE ? "finds sections: " : kind.name.size ? "finds " : "");
    RAW(page, "<a");
    page_anchor(page, "href", kind.sort, kind.name);
    RAW(page, ">");
    page_escaped(page, kind.name.size ? kind.name : MN_LITERAL("hands fields on"));
    RAW(page, "</a></small></h5>\n");
    page_notes(page, item->notes, item->note_count);
    examples(page, item->rule);
    RAW(page, "<dl class=\"facts\">\n");
    facts(page, rule_facts_before, item->rule);
    rule_patterns(page->out, item->rule, pattern, page);
    facts(page, rule_facts_after, item->rule);
    if (page->list->profile)
        profile(page, item->rule);
    RAW(page, "</dl>\n</article>\n");
}
