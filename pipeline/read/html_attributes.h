/* What an element's attributes mean for its text. */
#ifndef MN_READ_HTML_ATTRIBUTES_H
#define MN_READ_HTML_ATTRIBUTES_H

#include "document/document.h"
#include "read/html_elements.h"

struct mn_html_attributes {
    bool is_hidden;     /* hidden, aria-hidden, display:none … */
    bool is_furniture;  /* by its class, id or role, where its element allows that */
    bool is_main;       /* role="main", id="content" */
    bool is_bold;       /* by its style */
    bool breaks_page;   /* by its style: a page begins with it */
    unsigned heading;   /* of p: the level of heading that its class makes it, or 0 */
    bool has_numbering; /* of a list: `numbering` is stated, by type or style */
    enum mn_numbering numbering;
    uint32_t start;   /* of ol; 1 when not stated */
    uint32_t value;   /* of li; 0 when not stated */
    uint32_t columns; /* colspan, rowspan; at least 1 */
    uint32_t rows;
    struct mn_slice language;
    struct mn_slice name, content; /* of meta: name, property or itemprop */
};

/* Reads an attribute list as libxml2's SAX gives it: name, value (perhaps null), name, …, null; or null. */
void mn_html_attributes_read(const struct mn_html_element *element, const char *const *list,
                             struct mn_html_attributes *attributes);

/* The rank of a meta name that states when the page was published, 0 the best; -1 for every other name. */
int mn_html_date_rank(struct mn_slice name);

/* The date at the start of a meta value, to the day, month or year; empty when it begins with none. */
struct mn_slice mn_html_date(struct mn_slice content);

#endif
