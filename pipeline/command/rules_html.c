/* rules list as one HTML page, well-formed as XML too, that needs nothing from elsewhere. */
#include "command/rules_list.h"
#include "command/rules_names.h"
#include "command/rules_page.h"
#include "command/rules_profile.h"

struct page {
    struct mn_writer *out;
    struct mn_writer phrase; /* to memory */
    const struct rules_list *list;
    struct rules_names names;
    struct mn_slice pack; /* of the item that is being written */
};

#define RAW(page, text) mn_write_literal((page)->out, text)

static void escaped(struct page *page, struct mn_slice text)
{
    mn_write_text(page->out, text);
}

static void words(struct page *page, const char *text)
{
    mn_write_text(page->out, mn_slice_of(text));
}

/* "1 rule", "7 rules" */
static void counted(struct page *page, size_t count, const char *one, const char *several)
{
    mn_write_number(page->out, count);
    mn_write_char(page->out, ' ');
    words(page, count == 1 ? one : several);
}

static void notes(struct page *page, const struct mn_slice *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        RAW(page, "<p class=\"note\">");
        escaped(page, items[i]);
        RAW(page, "</p>\n");
    }
}

/* `id="…"` and `href="#…"` of a name of a sort. */
static void anchor(struct page *page, const char *attribute, enum rules_name sort, struct mn_slice name)
{
    mn_write_char(page->out, ' ');
    words(page, attribute);
    mn_write(page->out, mn_slice_of(strcmp(attribute, "href") == 0 ? "=\"#" : "=\""));
    words(page, rules_name_prefix(sort));
    escaped(page, name);
    RAW(page, "\"");
}

/* What a reference stands for, to be seen when it is pointed at. */
static void hover(struct page *page, const struct mn_listed *item)
{
    enum { ENOUGH = 300 };
    mn_writer_clear(&page->phrase);
    if (item->kind == MN_LISTED_CLASS || item->kind == MN_LISTED_DEFINE)
        mn_write(&page->phrase, item->text);
    for (size_t i = 0; i < item->entry_count && page->phrase.size < ENOUGH; i++) {
        mn_write(&page->phrase, i ? MN_LITERAL(" | ") : MN_EMPTY);
        mn_write(&page->phrase, item->entries[i].words);
        if (page->phrase.size >= ENOUGH && i + 1 < item->entry_count)
            mn_write_literal(&page->phrase, " | …");
    }
    if (page->phrase.size)
        mn_write_attribute(page->out, "title", (struct mn_slice){page->phrase.data, page->phrase.size});
}

static void reference(struct page *page, struct mn_slice written, const struct rules_target *target)
{
    if (!target) {
        escaped(page, written);
        return;
    }
    RAW(page, "<a");
    anchor(page, "href", target->sort, target->name);
    if (target->item)
        hover(page, target->item);
    RAW(page, ">");
    escaped(page, written);
    RAW(page, "</a>");
}

/* A pattern with its references as links. */
static void pattern_code(struct page *page, struct mn_slice text)
{
    struct rules_reference found;
    RAW(page, "<code class=\"pattern\">");
    for (size_t at = 0; rules_next_reference(text, at, &found); at = found.end) {
        escaped(page, mn_slice_cut(text, at, found.start));
        const struct rules_target *target = rules_names_look_up(&page->names, found.sort, page->pack, found.name);
        reference(page, mn_slice_cut(text, found.start, found.end), target);
        if (found.end == text.size)
            break;
    }
    RAW(page, "</code>");
}

static void fact_label(struct page *page, const char *label)
{
    RAW(page, "<dt>");
    words(page, label);
    RAW(page, "</dt><dd>");
}

static void pattern(void *context, const struct rule_pattern *pattern)
{
    struct page *page = context;
    fact_label(page, pattern->label);
    pattern_code(page, pattern->text);
    if (pattern->detail.size) {
        RAW(page, "<small>");
        escaped(page, pattern->detail);
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
        escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
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
        words(page, i ? " " : "");
        escaped(page, marks[i].name);
        words(page, marks[i].value.size ? "=" : "");
        escaped(page, marks[i].value);
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
            escaped(page, walk.text);
        else if (step == EXAMPLE_OPEN)
            open_mark(page, walk.marks, walk.mark_count);
        else
            RAW(page, "</mark>");
    }
    if (example->date.size) {
        RAW(page, " <small class=\"dim\">(in a document of ");
        escaped(page, example->date);
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
    escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
    for (unsigned outcome = 0; counts && outcome < MN_PROFILE_OUTCOMES; outcome++)
        for (uint32_t i = 0; i < counts->sample_counts[outcome]; i++) {
            mn_writer_clear(&page->phrase);
            mn_write(&page->phrase, mn_slice_of(mn_profile_outcomes[outcome]));
            mn_write_literal(&page->phrase, ": ");
            rules_profile_sample(&page->phrase, &counts->samples[outcome][i]);
            RAW(page, "<small>");
            escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
            RAW(page, "</small>");
        }
    RAW(page, "</dd>\n");
}

static void rule(struct page *page, const struct mn_listed *item)
{
    struct rules_target kind = rules_kind_of(item->rule);
    RAW(page, "<article class=\"rule\"");
    anchor(page, "id", RULES_NAME_RULE, item->name);
    RAW(page, ">\n<h5><a");
    anchor(page, "href", RULES_NAME_RULE, item->name);
    RAW(page, "><code>");
    escaped(page, item->name);
    RAW(page, "</code></a> <small>");
    words(page, kind.sort == RULES_NAME_ROLE ? "finds sections: " : kind.name.size ? "finds " : "");
    RAW(page, "<a");
    anchor(page, "href", kind.sort, kind.name);
    RAW(page, ">");
    escaped(page, kind.name.size ? kind.name : MN_LITERAL("hands fields on"));
    RAW(page, "</a></small></h5>\n");
    notes(page, item->notes, item->note_count);
    examples(page, item->rule);
    RAW(page, "<dl class=\"facts\">\n");
    facts(page, rule_facts_before, item->rule);
    rule_patterns(page->out, item->rule, pattern, page);
    facts(page, rule_facts_after, item->rule);
    if (page->list->profile)
        profile(page, item->rule);
    RAW(page, "</dl>\n</article>\n");
}

static void alternatives(struct page *page, const struct mn_listed_entry *entry)
{
    struct mn_slice part;
    RAW(page, "<td class=\"words\">");
    for (size_t at = 0; next_alternative(entry->words, &at, &part);) {
        RAW(page, "<span>");
        escaped(page, part);
        RAW(page, "</span> ");
    }
    RAW(page, "</td>");
}

static void lexicon_entry(struct page *page, const struct mn_listed_entry *entry, bool tell_by)
{
    RAW(page, "<tr><td>");
    escaped(page, entry->value);
    mn_write(page->out, mn_slice_of(entry->value.size ? "" : "<span class=\"dim\">each itself</span>"));
    RAW(page, "</td>");
    alternatives(page, entry);
    if (tell_by) {
        RAW(page, "<td>");
        words(page, listed_by_words(entry->by));
        RAW(page, "</td>");
    }
    RAW(page, "</tr>\n");
}

static void lexicon(struct page *page, const struct mn_listed *item)
{
    bool alike = listed_alike(item);
    RAW(page, "<table");
    anchor(page, "id", RULES_NAME_LEXICON, item->name);
    RAW(page, ">\n<caption><code>[");
    escaped(page, item->name);
    RAW(page, "]</code>");
    if (alike) {
        RAW(page, " <small>compared ");
        words(page, listed_by_words(item->by));
        RAW(page, "</small>");
    }
    RAW(page, "</caption>\n<thead><tr><th scope=\"col\">stands for</th><th scope=\"col\">words</th>");
    mn_write(page->out, mn_slice_of(alike ? "" : "<th scope=\"col\">compared</th>"));
    RAW(page, "</tr></thead>\n<tbody>\n");
    size_t shown = listed_shown(item);
    for (size_t i = 0; i < shown; i++)
        lexicon_entry(page, &item->entries[i], !alike);
    if (item->list.size) {
        mn_writer_clear(&page->phrase);
        listed_rest(&page->phrase, item);
        RAW(page, "<tr><td></td><td class=\"dim\">");
        escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
        mn_write(page->out, mn_slice_of(alike ? "</td></tr>\n" : "</td><td></td></tr>\n"));
    }
    RAW(page, "</tbody>\n</table>\n");
    notes(page, item->notes, item->note_count);
}

static void segmentation(struct page *page, const struct mn_listed *item)
{
    notes(page, item->notes, item->note_count);
    RAW(page, "<table>\n<thead><tr><th scope=\"col\">says</th><th scope=\"col\">of</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < item->entry_count; i++) {
        const struct mn_listed_entry *entry = &item->entries[i];
        RAW(page, "<tr><td>");
        words(page, listed_entry_words(entry));
        words(page, entry->value.size ? ": " : "");
        escaped(page, entry->value);
        RAW(page, "</td>");
        if (mn_slice_equal(entry->element, MN_LITERAL("furniture"))) {
            RAW(page, "<td><code>");
            escaped(page, entry->words);
            RAW(page, "</code></td>");
        } else {
            alternatives(page, entry);
        }
        RAW(page, "</tr>\n");
    }
    RAW(page, "</tbody>\n</table>\n");
}

static void common(struct page *page, const struct mn_listed *item)
{
    struct mn_listed_entry entry = {.words = item->text};
    notes(page, item->notes, item->note_count);
    RAW(page, "<table>\n<tbody><tr>");
    alternatives(page, &entry);
    RAW(page, "</tr></tbody>\n</table>\n");
}

/* A class or a definition: a row. */
static void defined(struct page *page, const struct mn_listed *item)
{
    bool is_class = item->kind == MN_LISTED_CLASS;
    RAW(page, "<tr");
    anchor(page, "id", is_class ? RULES_NAME_CLASS : RULES_NAME_DEFINE, item->name);
    RAW(page, "><td><code>");
    words(page, is_class ? "#" : "$");
    escaped(page, item->name);
    RAW(page, "</code></td><td>");
    if (is_class) {
        RAW(page, "<code class=\"pattern\">");
        escaped(page, item->text);
        RAW(page, "</code>");
    } else {
        pattern_code(page, item->text);
    }
    notes(page, item->notes, item->note_count);
    RAW(page, "</td></tr>\n");
}

struct sort {
    const char *heading, *before, *after;
    void (*write)(struct page *page, const struct mn_listed *item);
};

static const struct sort sorts[MN_LISTED_COUNT] = {
    [MN_LISTED_COMMON] = {"Common words, which tell little", "", "", common},
    [MN_LISTED_CLASS] = {"Classes of words", "<table>\n<tbody>\n", "</tbody>\n</table>\n", defined},
    [MN_LISTED_LEXICON] = {"Lexicons", "", "", lexicon},
    [MN_LISTED_DEFINE] = {"Definitions", "<table>\n<tbody>\n", "</tbody>\n</table>\n", defined},
    [MN_LISTED_SEGMENTATION] = {"Sentences, sections and page furniture", "", "", segmentation},
    [MN_LISTED_RULE] = {"Rules", "", "", rule},
};

static void file_sort(struct page *page, const struct mn_listed_file *file, int kind)
{
    bool any = false;
    for (size_t i = 0; i < file->item_count; i++) {
        const struct mn_listed *item = &file->items[i];
        if (item->kind != (enum mn_listed_kind)kind || !rules_list_shows(page->list, item))
            continue;
        if (!any) {
            RAW(page, "<h4>");
            words(page, sorts[kind].heading);
            RAW(page, "</h4>\n");
            mn_write(page->out, mn_slice_of(sorts[kind].before));
        }
        any = true;
        sorts[kind].write(page, item);
    }
    mn_write(page->out, mn_slice_of(any ? sorts[kind].after : ""));
}

static void file_id(struct page *page, const char *attribute, size_t number)
{
    RAW(page, " ");
    words(page, attribute);
    mn_write(page->out, mn_slice_of(strcmp(attribute, "href") == 0 ? "=\"#file-" : "=\"file-"));
    mn_write_number(page->out, number);
    RAW(page, "\"");
}

/* "Uses the packs people and common. Switches off grades.bare." */
static void used(struct page *page, const struct mn_listed_file *file)
{
    static const enum rules_name sorts_of[] = {RULES_NAME_PACK, RULES_NAME_RULE};
    const struct mn_slice *const names[] = {file->uses, file->offs};
    const size_t counts[] = {file->use_count, file->off_count};
    for (size_t sort = 0; sort < 2; sort++) {
        if (!counts[sort])
            continue;
        mn_write(page->out, mn_slice_of(sort ? "<p class=\"uses\">Switches off" : "<p class=\"uses\">Uses the packs"));
        for (size_t i = 0; i < counts[sort]; i++) {
            const struct rules_target *target =
                rules_names_look_up(&page->names, sorts_of[sort], file->pack, names[sort][i]);
            mn_write(page->out, mn_slice_of(i ? ", " : " "));
            reference(page, names[sort][i], target);
        }
        RAW(page, "</p>\n");
    }
}

static void file(struct page *page, const struct mn_listed_file *file, size_t number)
{
    RAW(page, "<section");
    file_id(page, "id", number);
    RAW(page, ">\n<h3>");
    escaped(page, file->name);
    RAW(page, "</h3>\n");
    notes(page, file->notes, file->note_count);
    used(page, file);
    for (int kind = 0; kind < MN_LISTED_COUNT; kind++)
        file_sort(page, file, kind);
    RAW(page, "</section>\n");
}

static size_t count_rules(const struct page *page, const struct mn_listed_file *file)
{
    size_t count = 0;
    for (size_t i = 0; i < file->item_count; i++)
        count += file->items[i].rule && rules_list_shows(page->list, &file->items[i]);
    return count;
}

/* Calls for all shown files of the pack that file number `first` opens. */
static void pack_files(struct page *page, size_t first,
                       void (*each)(struct page *page, const struct mn_listed_file *file, size_t number))
{
    const struct mn_listing *listing = mn_rules_listing(page->list->rules);
    for (size_t i = first; i < listing->file_count; i++)
        if (mn_slice_equal(listing->files[i].pack, listing->files[first].pack) &&
            rules_list_shows_file(page->list, &listing->files[i]))
            each(page, &listing->files[i], i);
}

static void pack(struct page *page, size_t first)
{
    page->pack = mn_rules_listing(page->list->rules)->files[first].pack;
    RAW(page, "<section");
    anchor(page, "id", RULES_NAME_PACK, page->pack);
    RAW(page, ">\n<h2>Pack <code>");
    escaped(page, page->pack);
    RAW(page, "</code></h2>\n");
    pack_files(page, first, file);
    RAW(page, "</section>\n");
}

static void contents_file(struct page *page, const struct mn_listed_file *file, size_t number)
{
    RAW(page, "<li><a");
    file_id(page, "href", number);
    RAW(page, ">");
    escaped(page, file->name);
    RAW(page, "</a> <small>");
    mn_write_number(page->out, count_rules(page, file));
    RAW(page, "</small></li>\n");
}

static void contents_packs(struct page *page)
{
    const struct mn_listing *listing = mn_rules_listing(page->list->rules);
    RAW(page, "<h2>Packs</h2>\n<ul>\n");
    for (size_t i = 0; i < listing->file_count; i++) {
        if (!rules_list_opens_pack(page->list, i))
            continue;
        RAW(page, "<li><a");
        anchor(page, "href", RULES_NAME_PACK, listing->files[i].pack);
        RAW(page, ">");
        escaped(page, listing->files[i].pack);
        RAW(page, "</a>\n<ul>\n");
        pack_files(page, i, contents_file);
        RAW(page, "</ul></li>\n");
    }
    RAW(page, "</ul>\n");
}

static void contents_kinds(struct page *page)
{
    RAW(page, "<h2>What is found</h2>\n<ul>\n");
    for (size_t i = 0; i < page->names.kinds.count; i++) {
        const struct rules_kind *kind = &page->names.kinds.items[i];
        if (kind->group != RULES_FINDINGS)
            continue;
        RAW(page, "<li><a");
        anchor(page, "href", kind->target.sort, kind->target.name);
        RAW(page, ">");
        escaped(page, kind->target.name);
        RAW(page, "</a> <small>");
        mn_write_number(page->out, kind->rules.count);
        RAW(page, "</small></li>\n");
    }
    RAW(page, "<li><a href=\"#found\">all kinds</a></li>\n</ul>\n");
}

static void contents(struct page *page)
{
    RAW(page, "<nav aria-label=\"Contents\">\n<ul>\n<li><a href=\"#reading\">How to read this page</a></li>\n");
    if (page->list->profile)
        RAW(page, "<li><a href=\"#profile\">Profile</a></li>\n");
    if (page->names.captures.items.count)
        RAW(page, "<li><a href=\"#legend\">Colours</a></li>\n");
    RAW(page, "</ul>\n");
    contents_kinds(page);
    contents_packs(page);
    mn_write(page->out, mn_slice_of(rules_list_schemes(page->list)
                                        ? "<ul>\n<li><a href=\"#schemes\">Grade schemes</a></li>\n</ul>\n"
                                        : ""));
    RAW(page, "</nav>\n");
}

static void legend(struct page *page)
{
    const struct mn_names *captures = &page->names.captures;
    if (!captures->items.count)
        return;
    RAW(page, "<section id=\"legend\">\n<h2>Colours</h2>\n<p>In the examples what a rule takes from the text is marked "
              "and named, and where the words stand for a value this follows: <code>value=good</code>. The frame "
              "“find” is all that is quoted as evidence.</p>\n<p class=\"legend\"><mark class=\"find\">find</mark>\n");
    for (size_t i = 0; i < captures->items.count; i++) {
        RAW(page, "<mark class=\"c");
        mn_write_number(page->out, i % RULES_PAGE_COLOURS);
        RAW(page, "\">");
        escaped(page, captures->items.items[i]);
        RAW(page, "</mark>\n");
    }
    RAW(page, "</p>\n</section>\n");
}

static void kind_rules(struct page *page, const struct rules_kind *kind)
{
    RAW(page, "<tr");
    anchor(page, "id", kind->target.sort, kind->target.name);
    RAW(page, "><td><b>");
    escaped(page, kind->target.name.size ? kind->target.name : MN_LITERAL("(hands on)"));
    RAW(page, "</b><br /><span class=\"dim\">");
    counted(page, kind->rules.count, "rule", "rules");
    RAW(page, "</span></td><td class=\"links\">");
    for (size_t i = 0; i < kind->rules.count; i++) {
        RAW(page, "<a");
        anchor(page, "href", RULES_NAME_RULE, kind->rules.items[i]->name);
        RAW(page, "><code>");
        escaped(page, kind->rules.items[i]->name);
        RAW(page, "</code></a> ");
    }
    RAW(page, "</td></tr>\n");
}

static void found(struct page *page)
{
    static const char *const headings[RULES_GROUP_COUNT] = {
        [RULES_FINDINGS] = "Findings, facts and times",
        [RULES_ROLES] = "Roles of sections, told by their headings",
        [RULES_HELPERS] = "Helpers that other rules refer to",
        [RULES_GIVERS] = "Rules that only hand something on to another find",
    };
    RAW(page, "<section id=\"found\">\n<h2>What is found</h2>\n");
    for (int group = 0; group < RULES_GROUP_COUNT; group++) {
        bool any = false;
        for (size_t i = 0; i < page->names.kinds.count; i++) {
            const struct rules_kind *kind = &page->names.kinds.items[i];
            if (kind->group != (enum rules_group)group)
                continue;
            if (!any) {
                RAW(page, "<h3>");
                words(page, headings[group]);
                RAW(page, "</h3>\n<table>\n<tbody>\n");
            }
            any = true;
            kind_rules(page, kind);
        }
        mn_write(page->out, mn_slice_of(any ? "</tbody>\n</table>\n" : ""));
    }
    RAW(page, "</section>\n");
}

static void scheme_row(void *context, struct mn_slice label, struct mn_slice text)
{
    struct page *page = context;
    RAW(page, "<tr><td><b>");
    escaped(page, label);
    RAW(page, "</b></td><td>");
    escaped(page, text);
    RAW(page, "</td></tr>\n");
}

static void scheme(struct page *page, const struct mn_scheme *scheme)
{
    RAW(page, "<h3><code>");
    escaped(page, scheme->name);
    RAW(page, "</code> <span class=\"dim\">");
    escaped(page, scheme->inspectorate);
    RAW(page, "</span></h3>\n<p>");
    escaped(page, scheme->title);
    RAW(page, "</p>\n");
    notes(page, scheme->notes, scheme->note_count);
    RAW(page, "<table>\n<tbody>\n");
    rules_list_scheme_rows(&page->phrase, scheme, scheme_row, page);
    RAW(page, "</tbody>\n</table>\n");
}

static void schemes(struct page *page)
{
    const struct mn_rules *rules = page->list->rules;
    if (!rules_list_schemes(page->list))
        return;
    RAW(page, "<section id=\"schemes\">\n<h2>Grade schemes</h2>\n");
    for (size_t i = 0; i < rules->scheme_count; i++)
        if (rules_list_shows_scheme(page->list, &rules->schemes[i]))
            scheme(page, &rules->schemes[i]);
    RAW(page, "</section>\n");
}

static void head(struct page *page)
{
    const struct mn_listing *listing = mn_rules_listing(page->list->rules);
    size_t rules = 0;
    for (size_t i = 0; i < listing->file_count; i++)
        rules += count_rules(page, &listing->files[i]);
    RAW(page, "<header>\n<h1>The rules of minutiae</h1>\n<p class=\"dim\">");
    counted(page, rules, "rule", "rules");
    RAW(page, ", written by <code>minutiae " MN_VERSION " rules list</code> from the rule set <code>");
    escaped(page, mn_slice_cut(page->list->rules->sha256, 0, 12));
    RAW(page, "</code></p>\n</header>\n");
}

static void write_page(struct page *page)
{
    const struct mn_listing *listing = mn_rules_listing(page->list->rules);
    RAW(page, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en-GB\">\n<head>\n"
              "<meta charset=\"utf-8\" />\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
              "<title>The rules of minutiae</title>\n");
    rules_page_style(page->out);
    RAW(page, "</head>\n<body>\n");
    contents(page);
    RAW(page, "<main>\n");
    head(page);
    rules_page_reader(page->out);
    legend(page);
    found(page);
    if (page->list->profile)
        rules_profile_html(page->out, page->list);
    for (size_t i = 0; i < listing->file_count; i++)
        if (rules_list_opens_pack(page->list, i))
            pack(page, i);
    schemes(page);
    RAW(page, "</main>\n</body>\n</html>\n");
}

void rules_list_html(struct mn_writer *out, const struct rules_list *list)
{
    struct page page = {.out = out, .list = list};
    mn_writer_init(&page.phrase, NULL);
    if (rules_names_fill(&page.names, list))
        write_page(&page);
    else
        out->status = MN_NO_MEMORY;
    if (out->status == MN_OK)
        out->status = page.phrase.status;
    mn_writer_free(&page.phrase);
}
