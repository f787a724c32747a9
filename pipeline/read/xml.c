/* XML answers of web services, such as committee systems give for a meeting: elements that nest as the things they
 * describe do, with the values in the innermost ones, some of them pieces of HTML. The answer becomes a page, which is
 * read as such: what is called a title or name is a heading, a long or marked-up value stands under the name of its
 * element ("agendaitemdecision" in an "agendaitem": "Decision:"), as the same systems' web pages have it. Numbers,
 * flags, keys and addresses alone are no text. */
#include "base/limits.h"
#include "base/writer.h"
#include "read/formats.h"
#include <ctype.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <strings.h>

#define OURS "urn:minutiae:"

/* A value shorter than this that has no markup says its piece without a label. */
enum { LABELLED = 80, MOST_DEPTH = MN_LIMIT_NESTING };

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
    static const char *const endings[] = {"text", "html"};
    struct mn_slice name = name_of(node), parent = node->parent ? name_of(node->parent) : MN_EMPTY;
    if (parent.size && name.size > parent.size && strncasecmp(name.data, parent.data, parent.size) == 0)
        name = mn_slice_cut(name, parent.size, name.size);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.size > strlen(endings[i]) && ends_folded(name, endings[i]))
            name.size -= strlen(endings[i]);
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
    for (size_t i = 0; i + 2 < value.size; i++)
        if (memcmp(value.data + i, "://", 3) == 0)
            return blanks;
    if (blanks)
        return letters || digits;
    return letters ? !digits : digits && marks;
}

static void write_label(struct mn_writer *page, struct mn_slice name)
{
    char first = (char)toupper((unsigned char)name.data[0]);
    mn_write_literal(page, "<h4>");
    mn_write_text(page, (struct mn_slice){&first, 1});
    mn_write_text(page, mn_slice_cut(name, 1, name.size));
    mn_write_literal(page, ":</h4>\n");
}

static void write_value(struct mn_writer *page, const xmlNode *node, struct mn_slice value, unsigned depth)
{
    struct mn_slice name = own_name(node);
    bool marked = has_markup(value);
    if (is_heading(name) && !marked) {
        char level = (char)('1' + (depth > 3 ? 2 : depth > 1 ? 1 : 0));
        mn_write_literal(page, "<h");
        mn_write_char(page, level);
        mn_write_char(page, '>');
        mn_write_text(page, value);
        mn_write_literal(page, "</h");
        mn_write_char(page, level);
        mn_write_literal(page, ">\n");
        return;
    }
    if (name.size && (marked || value.size >= LABELLED))
        write_label(page, name);
    mn_write(page, mn_slice_of(marked ? "<div>" : "<p>"));
    if (marked)
        mn_write(page, value);
    else
        mn_write_text(page, value);
    mn_write(page, mn_slice_of(marked ? "</div>\n" : "</p>\n"));
}

static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

static void visit(struct mn_writer *page, const xmlNode *node, unsigned depth)
{
    xmlChar *content = has_elements(node) ? NULL : xmlNodeGetContent(node);
    struct mn_slice value = mn_slice_trim(mn_slice_of((const char *)content));
    if (value.size && says_something(value))
        write_value(page, node, value, depth);
    xmlFree(content);
}

/* All elements in document order. */
static void write_page(struct mn_writer *page, const xmlNode *root)
{
    unsigned depth = 0;
    mn_write_literal(page, "<html><body>\n");
    for (const xmlNode *node = root; node;) {
        if (node->type == XML_ELEMENT_NODE)
            visit(page, node, depth);
        if (node->type == XML_ELEMENT_NODE && node->children && depth < MOST_DEPTH) {
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
    mn_write_literal(page, "</body></html>\n");
}

static void silent(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static xmlDoc *parse(struct mn_slice text)
{
    xmlParserCtxt *parser = text.size <= INT32_MAX ? xmlNewParserCtxt() : NULL;
    if (!parser)
        return NULL;
    parser->sax->serror = silent;
    xmlDoc *document = xmlCtxtReadMemory(parser, text.data, (int)text.size, NULL, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
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

static enum mn_status check(const xmlDoc *answer, const struct mn_document *document, struct mn_error *error)
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

/* Places in the page are not places in the source. */
static void forget_places(struct mn_document *document)
{
    for (size_t i = 0; i < document->nodes.count; i++)
        document->nodes.items[i].source_start = document->nodes.items[i].source_end = 0;
}

enum mn_status mn_read_xml(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct mn_writer page;
    xmlDoc *answer = parse(input->text);
    enum mn_status status = check(answer, document, error);
    mn_writer_init(&page, NULL);
    if (status == MN_OK) {
        write_page(&page, xmlDocGetRootElement(answer));
        status = mn_writer_finish(&page, error);
    }
    xmlFreeDoc(answer);
    if (status == MN_OK) {
        struct mn_read_input as_page = *input;
        as_page.text = (struct mn_slice){page.data, page.size};
        status = mn_read_html(&as_page, document, error);
        forget_places(document);
    }
    mn_writer_free(&page);
    return status;
}
