/* rules list as one HTML page: what its parts share. */
#ifndef MN_COMMAND_RULES_HTML_H
#define MN_COMMAND_RULES_HTML_H

#include "command/rules_list.h"
#include "command/rules_names.h"

struct page {
    struct mn_writer *out;
    struct mn_writer phrase; /* to memory */
    const struct rules_list *list;
    struct rules_names names;
    struct mn_slice pack; /* of the item that is being written */
};

/* Markup as it is. */
#define RAW(page, text) mn_write_literal((page)->out, text)

void page_escaped(struct page *page, struct mn_slice text);
void page_words(struct page *page, const char *text);
/* "1 rule", "7 rules" */
void page_counted(struct page *page, size_t count, const char *one, const char *several);
void page_notes(struct page *page, const struct mn_slice *items, size_t count);

/* `id="…"` and `href="#…"` of a name of a sort. */
void page_anchor(struct page *page, const char *attribute, enum rules_name sort, struct mn_slice name);
/* What is written as a link to the target; null: without a link. */
void page_reference(struct page *page, struct mn_slice written, const struct rules_target *target);
/* A pattern with its references as links. */
void page_pattern(struct page *page, struct mn_slice text);

/* What stands in a rule file. */
void page_rule(struct page *page, const struct mn_listed *item);
void page_lexicon(struct page *page, const struct mn_listed *item);
void page_segmentation(struct page *page, const struct mn_listed *item);
void page_common(struct page *page, const struct mn_listed *item);
void page_defined(struct page *page, const struct mn_listed *item); /* a class or a definition: a row */

#endif
