#include "read/html_elements.h"
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* In order of their names. */
static const struct mn_html_element elements[] = {
    {"a", MN_HTML_INLINE, MN_HTML_LINK | MN_HTML_MAY_FURNISH, 0},
    {"address", MN_HTML_BLOCK, 0, 0},
    {"applet", MN_HTML_SKIPPED, 0, 0},
    {"article", MN_HTML_BLOCK, MN_HTML_MAIN, 0},
    {"aside", MN_HTML_BLOCK, MN_HTML_FURNITURE, 0},
    {"audio", MN_HTML_SKIPPED, 0, 0},
    {"b", MN_HTML_INLINE, MN_HTML_BOLD, 0},
    {"base", MN_HTML_INLINE, 0, 0},
    {"blockquote", MN_HTML_QUOTE, 0, 0},
    {"body", MN_HTML_BLOCK, MN_HTML_ROOT, 0},
    {"br", MN_HTML_BREAK, 0, 0},
    {"button", MN_HTML_SKIPPED, 0, 0},
    {"canvas", MN_HTML_SKIPPED, 0, 0},
    {"caption", MN_HTML_BLOCK, 0, 0},
    {"center", MN_HTML_BLOCK, 0, 0},
    {"cite", MN_HTML_INLINE, 0, 0},
    {"code", MN_HTML_INLINE, 0, 0},
    {"datalist", MN_HTML_SKIPPED, 0, 0},
    {"dd", MN_HTML_BLOCK, 0, 0},
    {"del", MN_HTML_INLINE, 0, 0},
    {"details", MN_HTML_BLOCK, 0, 0},
    {"dialog", MN_HTML_BLOCK, MN_HTML_FURNITURE, 0},
    {"dir", MN_HTML_LIST, 0, 0},
    {"div", MN_HTML_BLOCK, MN_HTML_MAY_FURNISH, 0},
    {"dl", MN_HTML_BLOCK, MN_HTML_MAY_FURNISH, 0},
    {"dt", MN_HTML_BLOCK, 0, 0},
    {"em", MN_HTML_INLINE, 0, 0},
    {"embed", MN_HTML_SKIPPED, 0, 0},
    {"fieldset", MN_HTML_BLOCK, 0, 0},
    {"figcaption", MN_HTML_BLOCK, 0, 0},
    {"figure", MN_HTML_BLOCK, 0, 0},
    {"font", MN_HTML_INLINE, 0, 0},
    {"footer", MN_HTML_BLOCK, MN_HTML_PAGE_FURNITURE, 0},
    {"form", MN_HTML_BLOCK, 0, 0},
    {"frameset", MN_HTML_BLOCK, 0, 0},
    {"h1", MN_HTML_HEADING, 0, 1},
    {"h2", MN_HTML_HEADING, 0, 2},
    {"h3", MN_HTML_HEADING, 0, 3},
    {"h4", MN_HTML_HEADING, 0, 4},
    {"h5", MN_HTML_HEADING, 0, 5},
    {"h6", MN_HTML_HEADING, 0, 6},
    {"head", MN_HTML_BLOCK, MN_HTML_HEAD, 0},
    {"header", MN_HTML_BLOCK, MN_HTML_PAGE_FURNITURE, 0},
    {"hgroup", MN_HTML_BLOCK, 0, 0},
    {"hr", MN_HTML_BLOCK, MN_HTML_PARAGRAPH, 0},
    {"html", MN_HTML_BLOCK, MN_HTML_ROOT, 0},
    {"i", MN_HTML_INLINE, 0, 0},
    {"iframe", MN_HTML_SKIPPED, 0, 0},
    {"img", MN_HTML_SPACE, 0, 0},
    {"input", MN_HTML_INLINE, 0, 0},
    {"ins", MN_HTML_INLINE, 0, 0},
    {"label", MN_HTML_INLINE, 0, 0},
    {"legend", MN_HTML_BLOCK, 0, 0},
    {"li", MN_HTML_ITEM, 0, 0},
    {"link", MN_HTML_INLINE, 0, 0},
    {"listing", MN_HTML_PRE, 0, 0},
    {"main", MN_HTML_BLOCK, MN_HTML_MAIN, 0},
    {"map", MN_HTML_SKIPPED, 0, 0},
    {"math", MN_HTML_INLINE, 0, 0},
    {"menu", MN_HTML_LIST, 0, 0},
    {"meta", MN_HTML_META, 0, 0},
    {"nav", MN_HTML_BLOCK, MN_HTML_FURNITURE, 0},
    {"noframes", MN_HTML_BLOCK, 0, 0},
    {"noscript", MN_HTML_SKIPPED, 0, 0},
    {"object", MN_HTML_SKIPPED, 0, 0},
    {"ol", MN_HTML_LIST, MN_HTML_ORDERED | MN_HTML_MAY_FURNISH, 0},
    {"optgroup", MN_HTML_SKIPPED, 0, 0},
    {"option", MN_HTML_SKIPPED, 0, 0},
    {"output", MN_HTML_SKIPPED, 0, 0},
    {"p", MN_HTML_BLOCK, MN_HTML_PARAGRAPH | MN_HTML_MAY_FURNISH, 0},
    {"plaintext", MN_HTML_PRE, 0, 0},
    {"pre", MN_HTML_PRE, 0, 0},
    {"progress", MN_HTML_SKIPPED, 0, 0},
    {"s", MN_HTML_INLINE, 0, 0},
    {"script", MN_HTML_SKIPPED, 0, 0},
    {"search", MN_HTML_BLOCK, MN_HTML_FURNITURE, 0},
    {"section", MN_HTML_BLOCK, MN_HTML_MAY_FURNISH, 0},
    {"select", MN_HTML_SKIPPED, 0, 0},
    {"small", MN_HTML_INLINE, 0, 0},
    {"span", MN_HTML_INLINE, MN_HTML_MAY_FURNISH, 0},
    {"strike", MN_HTML_INLINE, 0, 0},
    {"strong", MN_HTML_INLINE, MN_HTML_BOLD, 0},
    {"style", MN_HTML_SKIPPED, 0, 0},
    {"sub", MN_HTML_INLINE, 0, 0},
    {"summary", MN_HTML_BLOCK, 0, 0},
    {"sup", MN_HTML_INLINE, 0, 0},
    {"svg", MN_HTML_SKIPPED, 0, 0},
    {"table", MN_HTML_TABLE, 0, 0},
    {"tbody", MN_HTML_BLOCK, 0, 0},
    {"td", MN_HTML_CELL, 0, 0},
    {"template", MN_HTML_SKIPPED, 0, 0},
    {"textarea", MN_HTML_SKIPPED, 0, 0},
    {"tfoot", MN_HTML_BLOCK, 0, 0},
    {"th", MN_HTML_CELL, MN_HTML_HEADER, 0},
    {"thead", MN_HTML_BLOCK, MN_HTML_HEADER, 0},
    {"title", MN_HTML_TITLE, 0, 0},
    {"tr", MN_HTML_ROW, 0, 0},
    {"u", MN_HTML_INLINE, 0, 0},
    {"ul", MN_HTML_LIST, MN_HTML_MAY_FURNISH, 0},
    {"video", MN_HTML_SKIPPED, 0, 0},
    {"xml", MN_HTML_SKIPPED, 0, 0},
    {"xmp", MN_HTML_PRE, 0, 0},
};

/* Words that make a class or id name furniture, at most three words long: "top-nav", "pageFooter", "cookie-banner". */
static const char *const furniture_words[] = {
    "banner", "bc",       "breadcrumb", "breadcrumbs", "cookie",    "cookies", "crumb",      "crumbs",     "footer",
    "login",  "masthead", "megamenu",   "menu",        "nav",       "navbar",  "navigation", "pagination", "search",
    "share",  "sidebar",  "skip",       "skiplink",    "skiplinks", "sidenav", "topnav",
};

/* Names that are furniture as a whole only: their words are too common in other names. */
static const char *const furniture_names[] = {
    "foot",         "global-header", "header",      "main-header", "page-head",  "page-header", "page-top",
    "site-footer",  "site-head",     "site-header", "site-top",    "social",     "social-bar",  "social-icons",
    "social-links", "social-media",  "top-header",  "trail",       "web-header",
};

/* First words of names that say how a page is laid out, not what the element is: "no-sidebar", "has-nav". */
static const char *const layout_words[] = {"has", "is", "js", "no", "not", "one", "two", "with", "without"};

/* Classes of paragraphs that are headings, as ModernGov's committee pages have them: an item's title is a heading below
 * the page's h1 and the meeting's h2, a label ("Minutes:") one below that. */
static const struct {
    const char *name;
    unsigned level;
} heading_classes[] = {
    {"mgMainTitleTxt", 1},
    {"mgSubTitleTxt", 2},
    {"mgAiTitleTxt", 3},
    {"mgSubItemTitleTxt", 4},
};

static int compare_name(const void *key, const void *row)
{
    const struct mn_slice *name = key;
    const struct mn_html_element *element = row;
    int order = strncmp(name->data, element->name, name->size);
    return order ? order : -(element->name[name->size] != '\0');
}

const struct mn_html_element *mn_html_element(struct mn_slice name)
{
    if (name.size == 0)
        return NULL;
    return bsearch(&name, elements, COUNT(elements), sizeof *elements, compare_name);
}

#define NAME_SIZE 40
#define NAME_WORDS 3

/* A class or id name as lower-case words with hyphens between them. */
struct name {
    char text[NAME_SIZE];
    size_t size;
    size_t starts[NAME_WORDS];
    size_t words;
};

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_name_byte(char byte)
{
    return is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

/* Cuts a name into words at capitals, digits and marks. False when it is too long to be looked at. */
static bool split_name(struct mn_slice raw, struct name *name)
{
    *name = (struct name){0};
    bool in_word = false;
    for (size_t i = 0; i < raw.size; i++) {
        char byte = raw.data[i];
        bool starts = is_name_byte(byte) && (!in_word || (is_upper(byte) && !is_upper(raw.data[i - 1])));
        in_word = is_name_byte(byte);
        if (!in_word)
            continue;
        if (name->size + 2 >= NAME_SIZE || (starts && name->words == NAME_WORDS))
            return false;
        if (starts) {
            if (name->words)
                name->text[name->size++] = '-';
            name->starts[name->words++] = name->size;
        }
        name->text[name->size++] = (char)(byte | 0x20);
    }
    return name->words > 0;
}

static bool is_one_of(const char *text, size_t size, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i][0] == text[0] && strncmp(text, list[i], size) == 0 && list[i][size] == '\0')
            return true;
    }
    return false;
}

static bool is_furniture(const struct name *name)
{
    if (is_one_of(name->text, name->size, furniture_names, COUNT(furniture_names)))
        return true;
    for (size_t i = 0; i < name->words; i++) {
        const char *word = name->text + name->starts[i];
        size_t end = i + 1 < name->words ? name->starts[i + 1] - 1 : name->size;
        size_t size = end - name->starts[i];
        if (i == 0 && is_one_of(word, size, layout_words, COUNT(layout_words)))
            return false;
        if (is_one_of(word, size, furniture_words, COUNT(furniture_words)))
            return true;
    }
    return false;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The next of the names in a class or id attribute, from *at on; empty at the end. */
static struct mn_slice next_name(struct mn_slice names, size_t *at)
{
    while (*at < names.size && is_space(names.data[*at]))
        ++*at;
    size_t start = *at;
    while (*at < names.size && !is_space(names.data[*at]))
        ++*at;
    return *at > start ? mn_slice_cut(names, start, *at) : MN_EMPTY;
}

bool mn_html_is_furniture_name(struct mn_slice names)
{
    size_t at = 0;
    for (struct mn_slice raw; (raw = next_name(names, &at)).size > 0;) {
        struct name name;
        if (split_name(raw, &name) && is_furniture(&name))
            return true;
    }
    return false;
}

unsigned mn_html_heading_of_class(struct mn_slice names)
{
    size_t at = 0;
    for (struct mn_slice raw; (raw = next_name(names, &at)).size > 0;) {
        for (size_t i = 0; i < COUNT(heading_classes); i++) {
            if (mn_slice_equal(raw, mn_slice_of(heading_classes[i].name)))
                return heading_classes[i].level;
        }
    }
    return 0;
}

bool mn_html_is_furniture_role(struct mn_slice role)
{
    static const char *const roles[] = {"banner", "complementary", "contentinfo", "navigation", "search"};
    return role.size && is_one_of(role.data, role.size, roles, COUNT(roles));
}
