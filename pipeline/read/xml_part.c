#include "read/xml_part.h"

#include "base/deadline.h"
#include "read/xml_memory.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>

#define LONGEST_NAME 64
#define LARGEST_NUMBER 1000000

/* Namespaces by what their URI ends with: the two editions of a standard differ in what stands before. */
static const struct {
    const char *ending, *prefix;
} spaces[] = {
    {"wordprocessingml/2006/main", "w"},         {"ooxml/wordprocessingml/main", "w"},
    {"markup-compatibility/2006", "mc"},         {"purl.org/dc/elements/1.1/", "dc"},
    {"opendocument:xmlns:office:1.0", "office"}, {"opendocument:xmlns:text:1.0", "text"},
    {"opendocument:xmlns:table:1.0", "table"},   {"opendocument:xmlns:drawing:1.0", "draw"},
    {"opendocument:xmlns:style:1.0", "style"},   {"opendocument:xmlns:xsl-fo-compatible:1.0", "fo"},
};

struct mn_part_attributes {
    const xmlChar **items; /* five pointers each: name, prefix, URI, value, its end */
    int count;
};

struct hearing {
    const struct mn_part_ears *ears;
    void *user;
    xmlParserCtxtPtr parser;
    bool has_document_type, is_late;
};

static const char *prefix_of(const xmlChar *uri)
{
    struct mn_slice text = mn_slice_of((const char *)uri);
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        struct mn_slice ending = mn_slice_of(spaces[i].ending);
        if (text.size >= ending.size && mn_slice_equal(mn_slice_cut(text, text.size - ending.size, text.size), ending))
            return spaces[i].prefix;
    }
    return "";
}

/* "w:p"; empty when it is too long to be a name that anybody asks for. */
static void make_name(char *out, const xmlChar *uri, const xmlChar *local)
{
    const char *prefix = prefix_of(uri);
    size_t before = strlen(prefix), size = strlen((const char *)local);
    out[0] = '\0';
    if (before + 1 + size >= LONGEST_NAME)
        return;
    memcpy(out, prefix, before);
    out[before] = ':';
    memcpy(out + before + 1, local, size + 1);
}

struct mn_slice mn_part_attribute(const struct mn_part_attributes *attributes, const char *name)
{
    char own[LONGEST_NAME];
    for (int i = 0; i < attributes->count; i++) {
        const xmlChar **item = attributes->items + (size_t)i * 5;
        make_name(own, item[2], item[0]);
        if (strcmp(own, name) == 0)
            return (struct mn_slice){(const char *)item[3], (size_t)(item[4] - item[3])};
    }
    return MN_EMPTY;
}

uint32_t mn_part_number(const struct mn_part_attributes *attributes, const char *name, uint32_t otherwise)
{
    struct mn_slice value = mn_part_attribute(attributes, name);
    uint32_t number = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' || number > LARGEST_NUMBER)
            return otherwise;
        number = number * 10 + (uint32_t)(value.data[i] - '0');
    }
    return value.size > 0 ? number : otherwise;
}

static void start_element(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                          const xmlChar **attributes)
{
    struct hearing *hearing = context;
    struct mn_part_attributes own = {attributes, count};
    char name[LONGEST_NAME];
    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (mn_deadline_passed()) {
        hearing->is_late = true;
        xmlStopParser(hearing->parser);
        return;
    }
    make_name(name, uri, local);
    hearing->ears->start(hearing->user, name, &own);
}

static void end_element(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct hearing *hearing = context;
    char name[LONGEST_NAME];
    (void)prefix;
    make_name(name, uri, local);
    hearing->ears->end(hearing->user, name);
}

static void hear_text(void *context, const xmlChar *text, int size)
{
    struct hearing *hearing = context;
    hearing->ears->text(hearing->user, (struct mn_slice){(const char *)text, (size_t)size});
}

static void refuse_document_type(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct hearing *hearing = context;
    (void)name, (void)public_id, (void)system_id;
    hearing->has_document_type = true;
    xmlStopParser(hearing->parser);
}

/* libxml2's own functions would build a tree and print messages. */
static xmlSAXHandler make_handler(void)
{
    return (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
                           .startElementNs = start_element,
                           .endElementNs = end_element,
                           .characters = hear_text,
                           .cdataBlock = hear_text,
                           .internalSubset = refuse_document_type};
}

static enum mn_status tell(const struct hearing *hearing, const char *what, struct mn_slice document,
                           struct mn_error *error)
{
    if (hearing->has_document_type)
        return mn_fail(error, MN_MALFORMED,
                       "%.*s: %s has a document type, as no word processor writes it: leave it out",
                       MN_SLICE_ARGS(document), what);
    if (hearing->is_late)
        return mn_fail_late(error);
    if (mn_xml_memory_out())
        return mn_fail_memory(error);
    const xmlError *found = xmlCtxtGetLastError(hearing->parser);
    if (hearing->parser->wellFormed)
        return MN_OK;
    char message[200] = "no XML";
    if (found && found->message)
        snprintf(message, sizeof message, "%.*s", (int)strcspn(found->message, "\n"), found->message);
    return mn_fail(error, MN_MALFORMED, "%.*s: %s, line %d: %s: save it again with a word processor",
                   MN_SLICE_ARGS(document), what, found ? found->line : 0, message);
}

enum mn_status mn_part_hear(struct mn_slice bytes, const struct mn_part_ears *ears, void *user, const char *what,
                            struct mn_slice document, struct mn_error *error)
{
    struct hearing hearing = {.ears = ears, .user = user};
    xmlSAXHandler handler = make_handler();
    mn_xml_memory_begin();
    if (bytes.size == 0 || bytes.size > INT32_MAX)
        return mn_fail(error, MN_MALFORMED, "%.*s: %s is empty: save it again with a word processor",
                       MN_SLICE_ARGS(document), what);
    hearing.parser = xmlCreateMemoryParserCtxt(bytes.data, (int)bytes.size);
    if (!hearing.parser)
        return mn_fail_memory(error);
    xmlCtxtUseOptions(hearing.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    *hearing.parser->sax = handler;
    hearing.parser->userData = &hearing;
    xmlParseDocument(hearing.parser);
    enum mn_status status = tell(&hearing, what, document, error);
    xmlFreeParserCtxt(hearing.parser);
    return status;
}
