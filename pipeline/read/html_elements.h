/* HTML's elements and what they mean for the document's text, as tables. */
#ifndef MN_READ_HTML_ELEMENTS_H
#define MN_READ_HTML_ELEMENTS_H

#include "base/slice.h"

/* What an element does to the text around and in it. */
enum mn_html_class {
    MN_HTML_INLINE,  /* nothing */
    MN_HTML_BLOCK,   /* its text stands by itself */
    MN_HTML_HEADING, /* a block that is a heading, of `level` */
    MN_HTML_BREAK,   /* ends a line */
    MN_HTML_SPACE,   /* parts words */
    MN_HTML_PRE,     /* its line ends are line ends */
    MN_HTML_QUOTE,
    MN_HTML_LIST,
    MN_HTML_ITEM,
    MN_HTML_TABLE,
    MN_HTML_ROW,
    MN_HTML_CELL,
    MN_HTML_TITLE, /* the page's title */
    MN_HTML_META,
    MN_HTML_SKIPPED /* its text is none of the page's */
};

enum mn_html_trait {
    MN_HTML_BOLD = 1,
    MN_HTML_LINK = 2,
    MN_HTML_FURNITURE = 4,      /* furniture by its name */
    MN_HTML_PAGE_FURNITURE = 8, /* furniture, unless within the main content */
    MN_HTML_MAIN = 16,          /* marks the main content */
    MN_HTML_MAY_FURNISH = 32,   /* its class, id or role may say that it is furniture */
    MN_HTML_ORDERED = 64,
    MN_HTML_HEADER = 128,    /* a header cell, or a group of rows of them */
    MN_HTML_ROOT = 256,      /* html, body: has the language, is never hidden */
    MN_HTML_PARAGRAPH = 512, /* empty, it is an empty line */
    MN_HTML_HEAD = 1024      /* its own text is dropped, not its elements' */
};

struct mn_html_element {
    const char *name;
    enum mn_html_class class;
    unsigned traits;
    unsigned level;
};

/* Null for unknown elements, which are inline. Names in lower case. */
const struct mn_html_element *mn_html_element(struct mn_slice name);

/* Do the words in a class or id attribute say that the element is furniture: "pageFooter", "top-nav", "breadcrumbs"? */
bool mn_html_is_furniture_name(struct mn_slice names);

/* The level that a class attribute gives a paragraph as a heading, or 0. */
unsigned mn_html_heading_of_class(struct mn_slice names);

/* Does a role attribute (ARIA landmarks) say so, or that it is the main content? */
bool mn_html_is_furniture_role(struct mn_slice role);

#endif
