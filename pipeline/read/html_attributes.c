#include "read/html_attributes.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What style declarations say; other properties and values say nothing here. */
enum style {
    STYLE_HIDDEN,
    STYLE_BOLD,
    STYLE_PAGE,
    STYLE_UNNUMBERED,
    STYLE_BULLET,
    STYLE_DECIMAL,
    STYLE_LOWER_ALPHA,
    STYLE_UPPER_ALPHA,
    STYLE_LOWER_ROMAN,
    STYLE_UPPER_ROMAN
};

static const struct {
    const char *property, *value;
    enum style style;
} styles[] = {
    {"display", "none", STYLE_HIDDEN},
    {"visibility", "hidden", STYLE_HIDDEN},
    {"mso-hide", "all", STYLE_HIDDEN},
    {"font-weight", "bold", STYLE_BOLD},
    {"font-weight", "bolder", STYLE_BOLD},
    {"font-weight", "700", STYLE_BOLD},
    {"font-weight", "800", STYLE_BOLD},
    {"page-break-before", "always", STYLE_PAGE},
    {"break-before", "page", STYLE_PAGE},
    {"list-style", "none", STYLE_UNNUMBERED},
    {"list-style-type", "none", STYLE_UNNUMBERED},
    {"list-style-type", "disc", STYLE_BULLET},
    {"list-style-type", "circle", STYLE_BULLET},
    {"list-style-type", "square", STYLE_BULLET},
    {"list-style-type", "decimal", STYLE_DECIMAL},
    {"list-style-type", "lower-alpha", STYLE_LOWER_ALPHA},
    {"list-style-type", "lower-latin", STYLE_LOWER_ALPHA},
    {"list-style-type", "upper-alpha", STYLE_UPPER_ALPHA},
    {"list-style-type", "upper-latin", STYLE_UPPER_ALPHA},
    {"list-style-type", "lower-roman", STYLE_LOWER_ROMAN},
    {"list-style-type", "upper-roman", STYLE_UPPER_ROMAN},
};

static const enum mn_numbering numberings[] = {
    [STYLE_UNNUMBERED] = MN_UNNUMBERED,   [STYLE_BULLET] = MN_BULLET,           [STYLE_DECIMAL] = MN_DECIMAL,
    [STYLE_LOWER_ALPHA] = MN_LOWER_ALPHA, [STYLE_UPPER_ALPHA] = MN_UPPER_ALPHA, [STYLE_LOWER_ROMAN] = MN_LOWER_ROMAN,
    [STYLE_UPPER_ROMAN] = MN_UPPER_ROMAN,
};

/* Names of metadata that state when a page was published, the best first. */
static const char *const date_names[] = {
    "article:published_time", "dcterms.issued", "dc.date.issued",  "datepublished",
    "dcterms.date",           "dc.date",        "dcterms.created", "dc.date.created",
};

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

static bool is_text(struct mn_slice text, const char *wanted)
{
    for (size_t i = 0; i < text.size; i++) {
        if (lower(text.data[i]) != wanted[i])
            return false; /* also at the end of `wanted` */
    }
    return wanted[text.size] == '\0';
}

static void apply_style(struct mn_html_attributes *attributes, enum style style)
{
    if (style == STYLE_HIDDEN) {
        attributes->is_hidden = true;
    } else if (style == STYLE_BOLD) {
        attributes->is_bold = true;
    } else if (style == STYLE_PAGE) {
        attributes->breaks_page = true;
    } else {
        attributes->has_numbering = true;
        attributes->numbering = numberings[style];
    }
}

static void read_declaration(struct mn_html_attributes *attributes, struct mn_slice declaration)
{
    const char *colon = declaration.size ? memchr(declaration.data, ':', declaration.size) : NULL;
    if (!colon)
        return;
    size_t at = (size_t)(colon - declaration.data);
    struct mn_slice property = mn_slice_trim(mn_slice_cut(declaration, 0, at));
    struct mn_slice value = mn_slice_trim(mn_slice_cut(declaration, at + 1, declaration.size));
    const char *mark = value.size ? memchr(value.data, '!', value.size) : NULL;
    if (mark)
        value = mn_slice_trim(mn_slice_cut(value, 0, (size_t)(mark - value.data))); /* "!important" */
    for (size_t i = 0; i < COUNT(styles); i++) {
        if (is_text(property, styles[i].property) && is_text(value, styles[i].value))
            apply_style(attributes, styles[i].style);
    }
}

static void read_style(struct mn_html_attributes *attributes, struct mn_slice style)
{
    for (size_t start = 0; start < style.size;) {
        const char *end = memchr(style.data + start, ';', style.size - start);
        size_t stop = end ? (size_t)(end - style.data) : style.size;
        read_declaration(attributes, mn_slice_cut(style, start, stop));
        start = stop + 1;
    }
}

/* A number up to `most`; `otherwise` when there is none. */
static uint32_t number(struct mn_slice value, uint32_t otherwise, uint32_t most)
{
    value = mn_slice_trim(value);
    uint32_t result = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return i ? result : otherwise;
        result = result * 10 + (uint32_t)(value.data[i] - '0');
        if (result > most)
            return most;
    }
    return value.size ? result : otherwise;
}

static void read_type(struct mn_html_attributes *attributes, struct mn_slice value)
{
    static const struct {
        const char *type;
        enum mn_numbering numbering;
    } types[] = {{"1", MN_DECIMAL},     {"a", MN_LOWER_ALPHA}, {"A", MN_UPPER_ALPHA}, {"i", MN_LOWER_ROMAN},
                 {"I", MN_UPPER_ROMAN}, {"disc", MN_BULLET},   {"circle", MN_BULLET}, {"square", MN_BULLET}};
    for (size_t i = 0; i < COUNT(types); i++) {
        if (mn_slice_equal(value, mn_slice_of(types[i].type))) {
            attributes->has_numbering = true;
            attributes->numbering = types[i].numbering;
        }
    }
}

static void read_name(const struct mn_html_element *element, struct mn_html_attributes *attributes,
                      struct mn_slice value, bool is_id)
{
    static const char *const main_ids[] = {"content",      "main",        "main-content", "maincontent",
                                           "page-content", "pagecontent", "modgov"};
    for (size_t i = 0; is_id && i < COUNT(main_ids); i++)
        attributes->is_main = attributes->is_main || is_text(value, main_ids[i]);
    if (element->traits & MN_HTML_MAY_FURNISH)
        attributes->is_furniture = attributes->is_furniture || mn_html_is_furniture_name(value);
}

/* Attributes that say something here, with their names. */
#define ATTRIBUTES(X)                                                                                                  \
    X(CLASS, "class")                                                                                                  \
    X(ID, "id")                                                                                                        \
    X(STYLE, "style")                                                                                                  \
    X(ROLE, "role")                                                                                                    \
    X(HIDDEN, "hidden")                                                                                                \
    X(ARIA_HIDDEN, "aria-hidden")                                                                                      \
    X(TYPE, "type")                                                                                                    \
    X(START, "start")                                                                                                  \
    X(VALUE, "value")                                                                                                  \
    X(COLSPAN, "colspan")                                                                                              \
    X(ROWSPAN, "rowspan")                                                                                              \
    X(LANG, "lang")                                                                                                    \
    X(XML_LANG, "xml:lang")                                                                                            \
    X(NAME, "name")                                                                                                    \
    X(PROPERTY, "property")                                                                                            \
    X(ITEMPROP, "itemprop")                                                                                            \
    X(CONTENT, "content")

enum attribute {
#define ID_OF(id, name) id,
    ATTRIBUTES(ID_OF)
#undef ID_OF
        OTHER
};

static const char *const attribute_names[] = {
#define NAME_OF(id, name) [id] = name,
    ATTRIBUTES(NAME_OF)
#undef NAME_OF
};

static enum attribute find_attribute(const char *name)
{
    for (size_t i = 0; i < COUNT(attribute_names); i++) {
        if (name[0] == attribute_names[i][0] && strcmp(name, attribute_names[i]) == 0)
            return (enum attribute)i;
    }
    return OTHER;
}

static void read_attribute(const struct mn_html_element *element, struct mn_html_attributes *attributes,
                           enum attribute attribute, struct mn_slice value)
{
    switch (attribute) {
    case CLASS:
        if (element->traits & MN_HTML_PARAGRAPH)
            attributes->heading = mn_html_heading_of_class(value);
        read_name(element, attributes, value, false);
        break;
    case ID:
        read_name(element, attributes, value, true);
        break;
    case ROLE:
        attributes->is_main = attributes->is_main || is_text(value, "main");
        attributes->is_furniture =
            attributes->is_furniture || ((element->traits & MN_HTML_MAY_FURNISH) && mn_html_is_furniture_role(value));
        break;
    case STYLE:
        read_style(attributes, value);
        break;
    case HIDDEN:
        attributes->is_hidden = true;
        break;
    case ARIA_HIDDEN:
        attributes->is_hidden = attributes->is_hidden || is_text(value, "true");
        break;
    case TYPE:
        read_type(attributes, value);
        break;
    case START:
        attributes->start = number(value, 1, 1000000);
        break;
    case VALUE:
        attributes->value = number(value, 0, 1000000);
        break;
    case COLSPAN:
        attributes->columns = number(value, 1, UINT8_MAX);
        break;
    case ROWSPAN:
        attributes->rows = number(value, 1, UINT8_MAX);
        break;
    case LANG:
    case XML_LANG:
        attributes->language = value;
        break;
    case NAME:
    case PROPERTY:
    case ITEMPROP:
        attributes->name = value;
        break;
    case CONTENT:
        attributes->content = value;
        break;
    case OTHER:
        break;
    }
}

void mn_html_attributes_read(const struct mn_html_element *element, const char *const *list,
                             struct mn_html_attributes *attributes)
{
    *attributes = (struct mn_html_attributes){.start = 1, .columns = 1, .rows = 1};
    for (; list && list[0]; list += 2)
        read_attribute(element, attributes, find_attribute(list[0]), mn_slice_of(list[1]));
}

int mn_html_date_rank(struct mn_slice name)
{
    for (size_t i = 0; i < COUNT(date_names); i++) {
        if (is_text(name, date_names[i]))
            return (int)i;
    }
    return -1;
}

static bool is_digits(struct mn_slice text, size_t start, size_t end)
{
    if (end > text.size)
        return false;
    for (size_t i = start; i < end; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return true;
}

/* Is "-NN" at `at`, from 01 to `most`, with no digit behind it? */
static bool is_part(struct mn_slice text, size_t at, int most)
{
    if (!is_digits(text, at + 1, at + 3) || text.data[at] != '-' || is_digits(text, at + 3, at + 4))
        return false;
    int value = (text.data[at + 1] - '0') * 10 + text.data[at + 2] - '0';
    return value >= 1 && value <= most;
}

struct mn_slice mn_html_date(struct mn_slice content)
{
    content = mn_slice_trim(content);
    if (!is_digits(content, 0, 4))
        return MN_EMPTY;
    if (!is_part(content, 4, 12))
        return content.size == 4 ? content : MN_EMPTY;
    if (is_part(content, 7, 31))
        return mn_slice_cut(content, 0, 10);
    return content.size == 7 ? content : MN_EMPTY;
}
