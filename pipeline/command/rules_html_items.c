/* What else stands in a rule file, as tables: lexicons, segmentation, common words, classes and definitions. */
#include "command/rules_html.h"

static void alternatives(struct page *page, const struct mn_listed_entry *entry)
{
    struct mn_slice part;
    RAW(page, "<td class=\"words\">");
    for (size_t at = 0; next_alternative(entry->words, &at, &part);) {
        RAW(page, "<span>");
        page_escaped(page, part);
        RAW(page, "</span> ");
    }
    RAW(page, "</td>");
}

static void lexicon_entry(struct page *page, const struct mn_listed_entry *entry, bool tell_by)
{
    RAW(page, "<tr><td>");
    page_escaped(page, entry->value);
    mn_write(page->out, mn_slice_of(entry->value.size ? "" : "<span class=\"dim\">each itself</span>"));
    RAW(page, "</td>");
    alternatives(page, entry);
    if (tell_by) {
        RAW(page, "<td>");
        page_words(page, listed_by_words(entry->by));
        RAW(page, "</td>");
    }
    RAW(page, "</tr>\n");
}

void page_lexicon(struct page *page, const struct mn_listed *item)
{
    bool alike = listed_alike(item);
    RAW(page, "<table");
    page_anchor(page, "id", RULES_NAME_LEXICON, item->name);
    RAW(page, ">\n<caption><code>[");
    page_escaped(page, item->name);
    RAW(page, "]</code>");
    if (alike) {
        RAW(page, " <small>compared ");
        page_words(page, listed_by_words(item->by));
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
        page_escaped(page, (struct mn_slice){page->phrase.data, page->phrase.size});
        mn_write(page->out, mn_slice_of(alike ? "</td></tr>\n" : "</td><td></td></tr>\n"));
    }
    RAW(page, "</tbody>\n</table>\n");
    page_notes(page, item->notes, item->note_count);
}

void page_segmentation(struct page *page, const struct mn_listed *item)
{
    page_notes(page, item->notes, item->note_count);
    RAW(page, "<table>\n<thead><tr><th scope=\"col\">says</th><th scope=\"col\">of</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < item->entry_count; i++) {
        const struct mn_listed_entry *entry = &item->entries[i];
        RAW(page, "<tr><td>");
        page_words(page, listed_entry_words(entry));
        page_words(page, entry->value.size ? ": " : "");
        page_escaped(page, entry->value);
        RAW(page, "</td>");
        if (mn_slice_equal(entry->element, MN_LITERAL("furniture"))) {
            RAW(page, "<td><code>");
            page_escaped(page, entry->words);
            RAW(page, "</code></td>");
        } else {
            alternatives(page, entry);
        }
        RAW(page, "</tr>\n");
    }
    RAW(page, "</tbody>\n</table>\n");
}

void page_common(struct page *page, const struct mn_listed *item)
{
    struct mn_listed_entry entry = {.words = item->text};
    page_notes(page, item->notes, item->note_count);
    RAW(page, "<table>\n<tbody><tr>");
    alternatives(page, &entry);
    RAW(page, "</tr></tbody>\n</table>\n");
}

/* A class or a definition: a row. */
void page_defined(struct page *page, const struct mn_listed *item)
{
    bool is_class = item->kind == MN_LISTED_CLASS;
    RAW(page, "<tr");
    page_anchor(page, "id", is_class ? RULES_NAME_CLASS : RULES_NAME_DEFINE, item->name);
    RAW(page, "><td><code>");
    page_words(page, is_class ? "#" : "$");
    page_escaped(page, item->name);
    RAW(page, "</code></td><td>");
    if (is_class) {
        RAW(page, "<code class=\"pattern\">");
        page_escaped(page, item->text);
        RAW(page, "</code>");
    } else {
        page_pattern(page, item->text);
    }
    page_notes(page, item->notes, item->note_count);
    RAW(page, "</td></tr>\n");
}
