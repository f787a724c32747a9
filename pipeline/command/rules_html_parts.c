/* The small parts of the page: words, links, patterns. */
#include "command/rules_html.h"

void page_escaped(struct page *page, struct mn_slice text)
{
    mn_write_text(page->out, text);
}

void page_words(struct page *page, const char *text)
{
    mn_write_text(page->out, mn_slice_of(text));
}

void page_counted(struct page *page, size_t count, const char *one, const char *several)
{
    mn_write_number(page->out, count);
    mn_write_char(page->out, ' ');
    page_words(page, count == 1 ? one : several);
}

void page_notes(struct page *page, const struct mn_slice *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        RAW(page, "<p class=\"note\">");
        page_escaped(page, items[i]);
        RAW(page, "</p>\n");
    }
}

void page_anchor(struct page *page, const char *attribute, enum rules_name sort, struct mn_slice name)
{
    mn_write_char(page->out, ' ');
    page_words(page, attribute);
    mn_write(page->out, mn_slice_of(strcmp(attribute, "href") == 0 ? "=\"#" : "=\""));
    page_words(page, rules_name_prefix(sort));
    page_escaped(page, name);
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

void page_reference(struct page *page, struct mn_slice written, const struct rules_target *target)
{
    if (!target) {
        page_escaped(page, written);
        return;
    }
    RAW(page, "<a");
    page_anchor(page, "href", target->sort, target->name);
    if (target->item)
        hover(page, target->item);
    RAW(page, ">");
    page_escaped(page, written);
    RAW(page, "</a>");
}

void page_pattern(struct page *page, struct mn_slice text)
{
    struct rules_reference found;
    RAW(page, "<code class=\"pattern\">");
    for (size_t at = 0; rules_next_reference(text, at, &found); at = found.end) {
        page_escaped(page, mn_slice_cut(text, at, found.start));
        const struct rules_target *target = rules_names_look_up(&page->names, found.sort, page->pack, found.name);
        page_reference(page, mn_slice_cut(text, found.start, found.end), target);
        if (found.end == text.size)
            break;
    }
    RAW(page, "</code>");
}
