/* XML answers of web services, such as committee systems give for a meeting, alone or in a SOAP envelope: elements that
 * nest as the things they describe do, with the values in the innermost ones or in attributes, some of them pieces of
 * HTML, escaped or as elements. The answer becomes a page, which is read as such: what is called a title or name is a
 * heading, behind its number where one is beside it; a long or marked-up value stands under the name of its element
 * ("decisionnonemptyhtmlbody": "Decision:"), as the same systems' web pages have it; what describes another document by
 * its address is furniture. Numbers, flags, keys and addresses alone are no text. */
#include "base/deadline.h"
#include "base/limits.h"
#include "base/writer.h"
#include "read/formats.h"
#include "read/xml_memory.h"
#include <ctype.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <strings.h>

#define OURS "urn:minutiae:"

/* A value shorter than LABELLED that has no markup says its piece without a label; what describes a document is shorter
 * than LONGEST_DESCRIPTION; the number of a heading is so NEAR to it. */
enum { LABELLED = 80, LONGEST_DESCRIPTION = 400, NEAR = 24, MOST_DEPTH = MN_LIMIT_NESTING };

/* The page, and the pieces of it that are being made. */
struct answer {
    struct mn_writer page;
    xmlBuffer *markup;
};

static struct mn_slice name_of(const xmlNode *node)
{
    return mn_slice_of((const char *)node->name);
}

static bool equals_folded(struct mn_slice text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i < text.size && i < size; i++)
        if (tolower((unsigned char)text.data[i]) != word[i])
            return false;
    return text.size == size;
}

static bool ends_folded(struct mn_slice text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size && equals_folded(mn_slice_cut(text, text.size - size, text.size), word);
}

/* The name without the name of what it belongs to, and without what says only that it is text. */
static struct mn_slice own_name(const xmlNode *node)
{
    static const char *const endings[] = {"text", "html", "body", "nonempty"};
    struct mn_slice name = name_of(node), parent = node->parent ? name_of(node->parent) : MN_EMPTY;
    if (parent.size && name.size > parent.size && strncasecmp(name.data, parent.data, parent.size) == 0)
        name = mn_slice_cut(name, parent.size, name.size);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (name.size <= strlen(endings[i]) || !ends_folded(name, endings[i]))
            continue;
        name.size -= strlen(endings[i]);
        i = SIZE_MAX; /* from the first again */
    }
    return name;
}

static bool is_heading(struct mn_slice name)
{
    return ends_folded(name, "title") || ends_folded(name, "name") || ends_folded(name, "subject");
}

static bool has_markup(struct mn_slice value)
{
    for (size_t i = 0; i + 1 < value.size; i++)
        if (value.data[i] == '<' && (isalpha((unsigned char)value.data[i + 1]) || value.data[i + 1] == '/'))
            return true;
    return false;
}

static bool has_address(struct mn_slice value)
{
    for (size_t i = 0; i + 2 < value.size; i++)
        if (memcmp(value.data + i, "://", 3) == 0)
            return true;
    return false;
}

/* "12", "12.", "12a." */
static bool is_number(struct mn_slice value)
{
    size_t digits = 0;
    while (digits < value.size && isdigit((unsigned char)value.data[digits]))
        digits++;
    size_t end = digits + (digits < value.size && islower((unsigned char)value.data[digits]));
    return digits > 0 && (end == value.size || (end + 1 == value.size && value.data[end] == '.'));
}

/* "&amp;", "&#39;": text that was escaped twice */
static bool has_reference(struct mn_slice value)
{
    const char *start = value.size ? memchr(value.data, '&', value.size) : NULL;
    struct mn_slice rest = start ? mn_slice_cut(value, (size_t)(start - value.data) + 1, value.size) : MN_EMPTY;
    size_t size = 0;
    while (size < rest.size && (isalnum((unsigned char)rest.data[size]) || rest.data[size] == '#'))
        size++;
    return size > 1 && size < rest.size && rest.data[size] == ';';
}

/* Words, or a date: something with a blank, or with marks between digits. */
static bool says_something(struct mn_slice value)
{
    static const char *const flags[] = {"true", "false", "yes", "no"};
    bool letters = false, digits = false, blanks = false, marks = false;
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        letters = letters || isalpha(byte) || byte >= 0x80;
        digits = digits || isdigit(byte);
        blanks = blanks || isspace(byte);
        marks = marks || byte == '/' || byte == '-' || byte == '.';
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (equals_folded(value, flags[i]))
            return false;
    if (has_address(value))
        return blanks;
    if (blanks)
        return letters || digits;
    return letters ? !digits : digits && marks && !is_number(value);
}

static void write_label(struct mn_writer *page, struct mn_slice name)
{
    char first = (char)toupper((unsigned char)name.data[0]);
    mn_write_literal(page, "<h4>");
    mn_write_text(page, (struct mn_slice){&first, 1});
    mn_write_text(page, mn_slice_cut(name, 1, name.size));
    mn_write_literal(page, ":</h4>\n");
}

static void write_words(struct mn_writer *page, struct mn_slice value)
{
    if (has_reference(value) && !has_markup(value))
        mn_write(page, value);
    else
        mn_write_text(page, value);
}

static bool is_element(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE;
}

static const xmlNode *next_element(const xmlNode *node)
{
    while (node && !is_element(node))
        node = node->next;
    return node;
}

static bool is_leaf(const xmlNode *node)
{
    return !next_element(node->children);
}

/* True for a value whose pieces of HTML are elements of the answer. */
static bool holds_markup(const xmlNode *node)
{
    static const char *const names[] = {"p",  "div",    "span", "ul", "ol",  "li",   "table",     "br", "hr",
                                        "b",  "strong", "em",   "i",  "u",   "font", "a",         "h1", "h2",
                                        "h3", "h4",     "h5",   "h6", "sup", "sub",  "blockquote"};
    const xmlNode *first = next_element(node->children);
    for (size_t i = 0; first && i < sizeof names / sizeof *names; i++)
        if (equals_folded(name_of(first), names[i]))
            return true;
    return false;
}

/* The text of an element; the caller frees it. */
static xmlChar *content_of(const xmlNode *node)
{
    return node->children ? xmlNodeGetContent(node) : NULL;
}

static bool is_number_of_heading(const xmlNode *node)
{
    struct mn_slice name = name_of(node);
    for (size_t i = 0; i + 6 <= name.size; i++)
        if (strncasecmp(name.data + i, "number", 6) == 0)
            return is_leaf(node);
    return false;
}

/* The element that stands so many elements before this one, or the first. */
static const xmlNode *go_back(const xmlNode *node, size_t count)
{
    while (count && node->prev) {
        node = node->prev;
        count -= is_element(node);
    }
    return next_element(node);
}

/* Before a heading, its number: the one among its neighbours that is written as such ("5."), else the first. */
static void write_number(struct answer *answer, const xmlNode *heading)
{
    struct mn_slice best = MN_EMPTY;
    xmlChar *kept = NULL;
    const xmlNode *node = go_back(heading, NEAR);
    for (size_t i = 0; node && i < (size_t)2 * NEAR; i++, node = next_element(node->next)) {
        xmlChar *content = is_number_of_heading(node) ? content_of(node) : NULL;
        struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
        bool pointed = value.size && value.data[value.size - 1] == '.';
        if (is_number(value) && value.data[0] != '0' && (!best.size || (pointed && best.data[best.size - 1] != '.'))) {
            xmlFree(kept);
            kept = content;
            best = value;
        } else {
            xmlFree(content);
        }
    }
    mn_write(&answer->page, best);
    mn_write(&answer->page, mn_slice_of(!best.size ? "" : best.data[best.size - 1] == '.' ? " " : ". "));
    xmlFree(kept);
}

static void write_heading(struct answer *answer, const xmlNode *node, struct mn_slice value, unsigned depth)
{
    char level = (char)('1' + (depth > 3 ? 2 : depth > 1 ? 1 : 0));
    mn_write_literal(&answer->page, "<h");
    mn_write_char(&answer->page, level);
    mn_write_char(&answer->page, '>');
    write_number(answer, node);
    write_words(&answer->page, value);
    mn_write_literal(&answer->page, "</h");
    mn_write_char(&answer->page, level);
    mn_write_literal(&answer->page, ">\n");
}

static void write_block(struct mn_writer *page, struct mn_slice value, bool marked)
{
    mn_write(page, mn_slice_of(marked ? "<div>" : "<p>"));
    if (marked)
        mn_write(page, value);
    else
        write_words(page, value);
    mn_write(page, mn_slice_of(marked ? "</div>\n" : "</p>\n"));
}

static void write_value(struct answer *answer, const xmlNode *node, struct mn_slice value, unsigned depth)
{
    struct mn_slice name = own_name(node);
    bool marked = has_markup(value);
    if (is_heading(name) && !marked) {
        write_heading(answer, node, value, depth);
        return;
    }
    if (name.size && (marked || value.size >= LABELLED))
        write_label(&answer->page, name);
    write_block(&answer->page, value, marked);
}

/* An element that says all in its attributes: they make one line. */
static void write_attributes(struct answer *answer, const xmlNode *node)
{
    bool begun = false;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        xmlChar *content = content_of((const xmlNode *)attribute);
        struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
        if (value.size && says_something(value)) {
            mn_write(&answer->page, mn_slice_of(begun ? ", " : "<p>"));
            write_words(&answer->page, value);
            begun = true;
        }
        xmlFree(content);
    }
    if (begun)
        mn_write_literal(&answer->page, "</p>\n");
}

static void write_leaf(struct answer *answer, const xmlNode *node, unsigned depth)
{
    xmlChar *content = content_of(node);
    struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
    if (!node->children)
        write_attributes(answer, node);
    else if (value.size && says_something(value))
        write_value(answer, node, value, depth);
    xmlFree(content);
}

static void write_markup(struct answer *answer, const xmlNode *node)
{
    struct mn_slice name = own_name(node);
    if (name.size)
        write_label(&answer->page, name);
    mn_write_literal(&answer->page, "<div>");
    for (xmlNode *child = node->children; child; child = child->next) {
        xmlBufferEmpty(answer->markup);
        htmlNodeDump(answer->markup, node->doc, child);
        mn_write(&answer->page, (struct mn_slice){(const char *)xmlBufferContent(answer->markup),
                                                  (size_t)xmlBufferLength(answer->markup)});
    }
    mn_write_literal(&answer->page, "</div>\n");
}

/* True for an element that describes a document elsewhere: short values, an address among them. */
static bool is_reference(const xmlNode *node)
{
    bool addressed = false, plain = !is_leaf(node);
    for (const xmlNode *child = next_element(node->children); child && plain; child = next_element(child->next)) {
        xmlChar *content = is_leaf(child) ? content_of(child) : NULL;
        struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
        plain = is_leaf(child) && !has_markup(value) && value.size <= LONGEST_DESCRIPTION;
        addressed = addressed || has_address(value);
        xmlFree(content);
    }
    return plain && addressed;
}

static void write_reference(struct answer *answer, const xmlNode *node)
{
    mn_write_literal(&answer->page, "<nav>\n");
    for (const xmlNode *child = next_element(node->children); child; child = next_element(child->next)) {
        xmlChar *content = content_of(child);
        struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
        if (value.size && says_something(value))
            write_block(&answer->page, value, false);
        xmlFree(content);
    }
    mn_write_literal(&answer->page, "</nav>\n");
}

/* Text between elements that are no markup. */
static void write_between(struct answer *answer, const xmlNode *node)
{
    struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)node->content));
    if (value.size && says_something(value))
        write_block(&answer->page, value, has_markup(value));
}

/* True when what is in the node is still to be visited. */
static bool visit(struct answer *answer, const xmlNode *node, unsigned depth)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        write_between(answer, node);
    if (!is_element(node))
        return false;
    if (is_leaf(node))
        write_leaf(answer, node, depth);
    else if (holds_markup(node))
        write_markup(answer, node);
    else if (is_reference(node))
        write_reference(answer, node);
    else
        return depth < MOST_DEPTH;
    return false;
}

/* Envelopes that hold one element, which holds others, are no levels of their own. */
static const xmlNode *unwrap(const xmlNode *root)
{
    for (;;) {
        const xmlNode *only = next_element(root->children);
        if (!only || next_element(only->next) || is_leaf(only) || holds_markup(only) || holds_markup(root))
            return root;
        root = only;
    }
}

/* All elements in document order. */
static void write_page(struct answer *answer, const xmlNode *root)
{
    unsigned depth = 0;
    mn_write_literal(&answer->page, "<html><body>\n");
    for (const xmlNode *node = root; node;) {
        if (visit(answer, node, depth)) {
            node = node->children;
            depth++;
            continue;
        }
        while (node && node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node && node != root ? node->next : NULL;
    }
    mn_write_literal(&answer->page, "</body></html>\n");
}

static void silent(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

/* How far the parser came, and why it was stopped. */
struct progress {
    size_t elements, most;
    bool over_limit, is_late;
};

static void start_element(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                          const xmlChar **attributes)
{
    xmlParserCtxt *parser = context;
    struct progress *progress = parser->_private;
    progress->over_limit = ++progress->elements > progress->most;
    progress->is_late = progress->is_late || mn_deadline_passed();
    if (progress->over_limit || progress->is_late)
        xmlStopParser(parser);
    else
        xmlSAX2StartElementNs(context, local, prefix, uri, namespace_count, namespaces, count, defaulted, attributes);
}

/* Null when memory is out, it is no XML or it was stopped. */
static xmlDoc *parse(struct mn_slice text, struct progress *progress)
{
    xmlParserCtxt *parser =
        text.size && text.size <= INT32_MAX ? xmlCreateMemoryParserCtxt(text.data, (int)text.size) : NULL;
    if (!parser)
        return NULL;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                                  XML_PARSE_IGNORE_ENC);
    parser->sax->serror = silent;
    parser->sax->startElementNs = start_element;
    parser->_private = progress;
    xmlParseDocument(parser);
    xmlDoc *document = parser->myDoc;
    if (!parser->wellFormed || progress->over_limit || progress->is_late) {
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(parser);
    return document;
}

static enum mn_status refuse(const struct mn_document *document, enum mn_status status, const char *why,
                             struct mn_error *error)
{
    return mn_fail(error, status, "%.*s: looks like an XML document, which %s", MN_SLICE_ARGS(document->source.name),
                   why);
}

/* Lists of addresses, pictures and style sheets are no answers about a meeting. */
static bool is_other(const xmlNode *root)
{
    static const char *const roots[] = {"rss", "feed", "rdf", "urlset", "sitemapindex", "svg", "stylesheet", "schema"};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (equals_folded(name_of(root), roots[i]))
            return true;
    return false;
}

static enum mn_status check_root(const xmlDoc *answer, const struct mn_document *document, struct mn_error *error)
{
    const xmlNode *root = answer ? xmlDocGetRootElement(answer) : NULL;
    if (!root)
        return refuse(document, MN_MALFORMED, "is not well-formed: fetch it again", error);
    if (answer->intSubset)
        return refuse(document, MN_UNSUPPORTED, "declares a document type: convert it to HTML or text first", error);
    if (root->ns && root->ns->href && strncmp((const char *)root->ns->href, OURS, sizeof OURS - 1) == 0)
        return refuse(document, MN_UNSUPPORTED, "this program has written: leave it out", error);
    if (is_other(root))
        return refuse(document, MN_UNSUPPORTED, "is no answer about a meeting: convert it to HTML or text first",
                      error);
    return MN_OK;
}

static enum mn_status check(const xmlDoc *answer, const struct progress *progress, const struct mn_document *document,
                            struct mn_error *error)
{
    if (mn_xml_memory_out())
        return mn_fail_memory(error);
    if (progress->is_late)
        return mn_fail_late(error);
    if (progress->over_limit)
        return refuse(document, MN_OVER_LIMIT,
                      "has more elements than one document may have: split it, or raise --max-blocks", error);
    return check_root(answer, document, error);
}

/* Places in the page are not places in the source. */
static void forget_places(struct mn_document *document)
{
    for (size_t i = 0; i < document->nodes.count; i++)
        document->nodes.items[i].source_start = document->nodes.items[i].source_end = 0;
}

static enum mn_status make_page(struct answer *answer, const xmlDoc *document, struct mn_error *error)
{
    answer->markup = xmlBufferCreate();
    if (answer->markup)
        write_page(answer, unwrap(xmlDocGetRootElement(document)));
    xmlBufferFree(answer->markup);
    return mn_xml_memory_out() ? mn_fail_memory(error) : mn_writer_finish(&answer->page, error);
}

static enum mn_status read_page(const struct mn_read_input *input, const struct mn_writer *page,
                                struct mn_document *document, struct mn_error *error)
{
    struct mn_read_input as_page = *input;
    as_page.text = (struct mn_slice){page->data, page->size};
    enum mn_status status = mn_read_html(&as_page, document, error);
    forget_places(document);
    return status;
}

enum mn_status mn_read_xml(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct answer answer = {.markup = NULL};
    mn_writer_init(&answer.page, NULL);
    mn_xml_memory_begin();
    size_t blocks = document->limits.blocks;
    struct progress progress = {.most = blocks > MN_LIMIT_BLOCKS ? blocks : MN_LIMIT_BLOCKS};
    xmlDoc *parsed = parse(input->text, &progress);
    enum mn_status status = check(parsed, &progress, document, error);
    if (status == MN_OK)
        status = make_page(&answer, parsed, error);
    xmlFreeDoc(parsed);
    if (status == MN_OK)
        status = read_page(input, &answer.page, document, error);
    mn_writer_free(&answer.page);
    return status;
}
