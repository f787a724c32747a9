/* rules list as one HTML page, well-formed as XML too, that needs nothing from elsewhere. */
#include "command/rules_html.h"
#include "command/rules_page.h"
#include "command/rules_profile.h"

struct sort {
    const char *heading, *before, *after;
    void (*write)(struct page *page, const struct mn_listed *item);
};

static const struct sort sorts[MN_LISTED_COUNT] = {
    [MN_LISTED_COMMON] = {"Common words, which tell little", "", "", page_common},
    [MN_LISTED_CLASS] = {"Classes of words", "<table>\n<tbody>\n", "</tbody>\n</table>\n", page_defined},
    [MN_LISTED_LEXICON] = {"Lexicons", "", "", page_lexicon},
    [MN_LISTED_DEFINE] = {"Definitions", "<table>\n<tbody>\n", "</tbody>\n</table>\n", page_defined},
    [MN_LISTED_SEGMENTATION] = {"Sentences, sections and page furniture", "", "", page_segmentation},
    [MN_LISTED_RULE] = {"Rules", "", "", page_rule},
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
            page_words(page, sorts[kind].heading);
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
    page_words(page, attribute);
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
            page_reference(page, names[sort][i], target);
        }
        RAW(page, "</p>\n");
    }
}

static void file(struct page *page, const struct mn_listed_file *file, size_t number)
{
    RAW(page, "<section");
    file_id(page, "id", number);
    RAW(page, ">\n<h3>");
    page_escaped(page, file->name);
    RAW(page, "</h3>\n");
    page_notes(page, file->notes, file->note_count);
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
    page_anchor(page, "id", RULES_NAME_PACK, page->pack);
    RAW(page, ">\n<h2>Pack <code>");
    page_escaped(page, page->pack);
    RAW(page, "</code></h2>\n");
    pack_files(page, first, file);
    RAW(page, "</section>\n");
}

static void contents_file(struct page *page, const struct mn_listed_file *file, size_t number)
{
    RAW(page, "<li><a");
    file_id(page, "href", number);
    RAW(page, ">");
    page_escaped(page, file->name);
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
        page_anchor(page, "href", RULES_NAME_PACK, listing->files[i].pack);
        RAW(page, ">");
        page_escaped(page, listing->files[i].pack);
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
        page_anchor(page, "href", kind->target.sort, kind->target.name);
        RAW(page, ">");
        page_escaped(page, kind->target.name);
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
        page_escaped(page, captures->items.items[i]);
        RAW(page, "</mark>\n");
    }
    RAW(page, "</p>\n</section>\n");
}

static void kind_rules(struct page *page, const struct rules_kind *kind)
{
    RAW(page, "<tr");
    page_anchor(page, "id", kind->target.sort, kind->target.name);
    RAW(page, "><td><b>");
    page_escaped(page, kind->target.name.size ? kind->target.name : MN_LITERAL("(hands on)"));
    RAW(page, "</b><br /><span class=\"dim\">");
    page_counted(page, kind->rules.count, "rule", "rules");
    RAW(page, "</span></td><td class=\"links\">");
    for (size_t i = 0; i < kind->rules.count; i++) {
        RAW(page, "<a");
        page_anchor(page, "href", RULES_NAME_RULE, kind->rules.items[i]->name);
        RAW(page, "><code>");
        page_escaped(page, kind->rules.items[i]->name);
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
                page_words(page, headings[group]);
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
    page_escaped(page, label);
    RAW(page, "</b></td><td>");
    page_escaped(page, text);
    RAW(page, "</td></tr>\n");
}

static void scheme(struct page *page, const struct mn_scheme *scheme)
{
    RAW(page, "<h3><code>");
    page_escaped(page, scheme->name);
    RAW(page, "</code> <span class=\"dim\">");
    page_escaped(page, scheme->inspectorate);
    RAW(page, "</span></h3>\n<p>");
    page_escaped(page, scheme->title);
    RAW(page, "</p>\n");
    page_notes(page, scheme->notes, scheme->note_count);
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
    page_counted(page, rules, "rule", "rules");
    RAW(page, ", written by <code>minutiae " MN_VERSION " rules list</code> from the rule set <code>");
    page_escaped(page, mn_slice_cut(page->list->rules->sha256, 0, 12));
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
