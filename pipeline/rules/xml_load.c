#include "rules/xml.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "rules/scheme_language.h"
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#define NAMESPACE "urn:minutiae:rules:1"
#define MAX_DEPTH 32 /* the language needs eight */

struct load {
    struct mn_arena *arena, *strings;
    struct mn_rule_file *file;
    struct mn_report *report;
    xmlParserCtxtPtr parser;
    struct mn_xml *open;
    struct mn_xml *root;
    MN_VECTOR(char) pending; /* text seen since the last tag: libxml2 hands it over in pieces */
    unsigned depth;
    bool lean;        /* elements for people are left out … */
    unsigned skipped; /* … one is open: it and those in it */
    bool failed;
};

/* Nothing of libxml2's may be touched in a handler once it has been stopped: its buffers are gone. */
static void stop(struct load *load)
{
    load->failed = true;
    xmlStopParser(load->parser);
}

static void out_of_memory(struct load *load)
{
    load->report->no_memory = true;
    stop(load);
}

/* Where the parser stands, in the file's bytes: the file is UTF-8, so nothing was converted. */
static size_t position(const struct load *load)
{
    const xmlParserInput *input = load->parser->input;
    size_t offset = (size_t)input->consumed + (size_t)(input->cur - input->base);
    return offset < load->file->bytes.size ? offset : load->file->bytes.size;
}

/* The `<` of the start tag that ends at the parser's position: attribute values cannot hold one. */
static size_t tag_start(const struct load *load)
{
    size_t offset = position(load);
    while (offset && load->file->bytes.data[offset - 1] != '<')
        offset--;
    return offset ? offset - 1 : 0;
}

static struct mn_xml *append(struct load *load, struct mn_slice name)
{
    struct mn_xml *node = mn_arena_zero(load->arena, sizeof *node);
    if (!node) {
        out_of_memory(load);
        return NULL;
    }
    node->name = name;
    node->parent = load->open;
    if (!load->open)
        load->root = node;
    else if (load->open->last)
        load->open->last->next = node;
    else
        load->open->first = node;
    if (load->open)
        load->open->last = node;
    return node;
}

static struct mn_slice copy_bytes(struct load *load, const xmlChar *text, size_t size)
{
    /* One byte is taken for the empty value too, so that it differs from none. */
    char *copy = mn_arena_alloc(load->strings, size + 1);
    if (!copy) {
        out_of_memory(load);
        return MN_EMPTY;
    }
    if (size)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return (struct mn_slice){copy, size};
}

/* The text that stood before the tag becomes a node. */
static void flush_text(struct load *load)
{
    if (!load->pending.count || !load->open)
        return;
    struct mn_xml *node = append(load, MN_EMPTY);
    if (node && !load->failed)
        node->text = copy_bytes(load, (const xmlChar *)load->pending.items, load->pending.count);
    load->pending.count = 0;
}

static void copy_attributes(struct load *load, struct mn_xml *node, const xmlChar **given, int count)
{
    node->attributes = mn_arena_zero(load->arena, (size_t)count * sizeof *node->attributes);
    if (!node->attributes) {
        out_of_memory(load);
        return;
    }
    /* five pointers each: local name, prefix, namespace, value's start and end */
    for (int i = 0; i < count && !load->failed; i++, given += 5) {
        if (given[1]) /* xml:lang, xsi:… say nothing about rules */
            continue;
        struct mn_xml_attribute *attribute = &node->attributes[node->attribute_count++];
        attribute->name = copy_bytes(load, given[0], strlen((const char *)given[0]));
        if (!load->failed)
            attribute->value = copy_bytes(load, given[3], (size_t)(given[4] - given[3]));
    }
}

/* Documents need no element of these names, in rules or schemes. */
static bool is_for_people(const char *name)
{
    return strcmp(name, "example") == 0 || strcmp(name, "counterexample") == 0 || strcmp(name, "note") == 0;
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    struct load *load = data;
    (void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    if (load->failed)
        return;
    if (load->skipped || (load->lean && is_for_people((const char *)name))) {
        load->skipped++;
        return;
    }
    size_t offset = tag_start(load);
    if (++load->depth > MAX_DEPTH) {
        mn_report_error(load->report, (struct mn_place){load->file, offset},
                        "elements are nested deeper than %d; no rule needs more", MAX_DEPTH);
        stop(load);
        return;
    }
    struct mn_slice copy = copy_bytes(load, name, strlen((const char *)name));
    flush_text(load);
    struct mn_xml *node = load->failed ? NULL : append(load, copy);
    if (!node)
        return;
    node->offset = offset;
    if (!node->parent)
        load->file->is_schemes = strcmp((const char *)name, "schemes") == 0;
    node->foreign = !uri || strcmp((const char *)uri, load->file->is_schemes ? MN_SCHEME_NAMESPACE : NAMESPACE) != 0;
    if (attribute_count > 0)
        copy_attributes(load, node, attributes, attribute_count);
    load->open = node;
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct load *load = data;
    (void)name, (void)prefix, (void)uri;
    if (load->failed || !load->open)
        return;
    if (load->skipped) {
        load->skipped--;
        return;
    }
    flush_text(load);
    if (load->failed)
        return;
    load->depth--;
    load->open = load->open->parent;
}

static void on_text(void *data, const xmlChar *text, int size)
{
    struct load *load = data;
    if (load->failed || load->skipped || !load->open || size <= 0)
        return;
    size_t before = load->pending.count;
    if (!MN_RESERVE(load->arena, &load->pending, before + (size_t)size)) {
        out_of_memory(load);
        return;
    }
    memcpy(load->pending.items + before, text, (size_t)size);
    load->pending.count = before + (size_t)size;
}

static void on_document_type(void *data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct load *load = data;
    (void)name, (void)public_id, (void)system_id;
    if (load->failed)
        return;
    struct mn_place place = {load->file, tag_start(load)};
    mn_report_error(load->report, place, "a document type declaration; none is read here; remove <!DOCTYPE …>");
    stop(load);
}

/* What helps against the mistakes that are made most. */
static const char *hint_of(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
    case XML_ERR_TAG_NOT_FINISHED:
    case XML_ERR_DOCUMENT_END:
        return "; what opens as <name> has to close as </name>, the inner one first";
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return "; write & as &amp; and < as &lt;, all other characters as they are";
    case XML_ERR_LT_IN_ATTRIBUTE:
        return "; a quote is missing before it, or < has to be written as &lt;";
    case XML_ERR_DOCUMENT_EMPTY:
        return "; a rule file begins with <rules xmlns=\"urn:minutiae:rules:1\" pack=\"…\">";
    case XML_ERR_SPACE_REQUIRED:
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return "; expected name=\"value\"";
    default:
        return "";
    }
}

__attribute__((format(printf, 2, 3))) static void on_error(void *data, const char *format, ...)
{
    struct load *load = data;
    (void)format;
    if (load->failed)
        return;
    const char *text = load->parser->lastError.message ? load->parser->lastError.message : "damaged";
    int size = (int)strcspn(text, "\n");
    struct mn_place place = {load->file, position(load)};
    mn_report_error(load->report, place, "this is not well-formed XML: %.*s%s", size, text,
                    hint_of(load->parser->lastError.code));
    load->failed = true;
}

__attribute__((format(printf, 2, 3))) static void on_warning(void *data, const char *format, ...)
{
    (void)data, (void)format;
}

static void set_handlers(xmlSAXHandler *handler)
{
    *handler = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_document_type,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .warning = on_warning,
        .error = on_error,
        .fatalError = on_error,
    };
}

static bool is_sane(const struct mn_rule_file *file, struct mn_report *report)
{
    size_t valid = mn_utf8_valid_prefix(file->bytes);
    if (valid < file->bytes.size) {
        mn_report_error(report, (struct mn_place){file, valid}, "this byte is not UTF-8; save the file as UTF-8");
        return false;
    }
    if (mn_slice_trim(file->bytes).size == 0) {
        mn_report_error(report, (struct mn_place){file, 0},
                        "the file is empty; expected <rules xmlns=\"%s\" pack=\"…\">", NAMESPACE);
        return false;
    }
    return true;
}

void mn_xml_load(struct mn_arena *arena, struct mn_arena *strings, struct mn_rule_file *file, bool lean,
                 struct mn_report *report)
{
    if (!is_sane(file, report))
        return;
    struct load load = {.arena = arena, .strings = strings, .file = file, .report = report, .lean = lean};
    load.parser = xmlCreateMemoryParserCtxt(file->bytes.data, (int)file->bytes.size);
    if (!load.parser) {
        report->no_memory = true;
        return;
    }
    set_handlers(load.parser->sax);
    load.parser->userData = &load;
    xmlCtxtUseOptions(load.parser, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    xmlSwitchEncoding(load.parser, XML_CHAR_ENCODING_UTF8);
    xmlParseDocument(load.parser);
    if (!load.failed && load.root)
        file->root = load.root;
    else if (!load.failed)
        mn_report_error(report, (struct mn_place){file, 0}, "this is not XML");
    xmlFreeParserCtxt(load.parser);
}

struct mn_slice mn_xml_attribute(const struct mn_xml *node, const char *name)
{
    struct mn_slice wanted = mn_slice_of(name);
    for (size_t i = 0; i < node->attribute_count; i++)
        if (mn_slice_equal(node->attributes[i].name, wanted))
            return node->attributes[i].value;
    return MN_EMPTY;
}

struct mn_slice mn_xml_text(struct mn_arena *arena, const struct mn_xml *node)
{
    const struct mn_xml *child = node->first;
    if (!child)
        return MN_LITERAL("");
    if (!child->next && !child->name.size)
        return child->text;
    size_t size = 0;
    for (; child; child = child->next)
        size += child->text.size;
    char *text = mn_arena_alloc(arena, size + 1), *end = text;
    for (child = node->first; text && child; child = child->next) {
        if (child->text.size)
            memcpy(end, child->text.data, child->text.size);
        end += child->text.size;
    }
    return (struct mn_slice){text, text ? size : 0};
}

struct mn_place mn_xml_place(const struct mn_rule_file *file, const struct mn_xml *node)
{
    return (struct mn_place){file, node->offset};
}

/* One past the `>` of the start tag at `offset`; *attribute gets the place of the attribute with this name. */
static size_t scan_tag(struct mn_slice bytes, size_t offset, struct mn_slice name, size_t *attribute)
{
    char quote = '\0';
    for (size_t i = offset; i < bytes.size; i++) {
        char byte = bytes.data[i];
        if (quote && byte == quote)
            quote = '\0';
        else if (quote)
            continue;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '>')
            return i + 1;
        else if (i > offset && strchr(" \t\r\n", bytes.data[i - 1]) && name.size &&
                 mn_slice_starts(mn_slice_cut(bytes, i, bytes.size), name) && i + name.size < bytes.size &&
                 strchr("= \t\r\n", bytes.data[i + name.size]))
            *attribute = i;
    }
    return bytes.size;
}

struct mn_place mn_xml_attribute_place(const struct mn_rule_file *file, const struct mn_xml *node, const char *name)
{
    size_t offset = node->offset;
    scan_tag(file->bytes, node->offset, mn_slice_of(name), &offset);
    return (struct mn_place){file, offset};
}

/* Bytes of the character that an entity or character reference stands for. */
static size_t reference_size(struct mn_slice reference)
{
    char encoded[4];
    if (reference.size < 2 || reference.data[1] != '#')
        return 1;
    bool hexadecimal = reference.size > 2 && reference.data[2] == 'x';
    long code_point = strtol(reference.data + (hexadecimal ? 3 : 2), NULL, hexadecimal ? 16 : 10);
    return code_point > 0 && code_point <= 0x10FFFF ? mn_utf8_encode((int32_t)code_point, encoded) : 1;
}

/* Offset behind the markup at `at` (a comment, a CDATA section's sign, a child's tag) when there is one, else `at`. */
static size_t skip_markup(struct mn_slice bytes, size_t at)
{
    static const struct {
        const char *start, *end;
    } kinds[] = {{"<!--", "-->"}, {"<![CDATA[", "["}, {"]]>", ">"}, {"<?", "?>"}, {"<", ">"}};
    struct mn_slice rest = mn_slice_cut(bytes, at, bytes.size);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct mn_slice start = mn_slice_of(kinds[i].start), end = mn_slice_of(kinds[i].end);
        if (!mn_slice_starts(rest, start))
            continue;
        size_t from = i == 1 ? start.size - 1 : i == 2 ? 2 : start.size;
        while (from < rest.size && !mn_slice_starts(mn_slice_cut(rest, from, rest.size), end))
            from++;
        return at + (from + end.size < rest.size ? from + end.size : rest.size);
    }
    return at;
}

struct mn_place mn_xml_text_place(const struct mn_rule_file *file, const struct mn_xml *node, size_t offset)
{
    struct mn_slice bytes = file->bytes;
    size_t ignored = 0, at = scan_tag(bytes, node->offset, MN_EMPTY, &ignored);
    for (size_t text = 0; at < bytes.size;) {
        struct mn_slice rest = mn_slice_cut(bytes, at, bytes.size);
        if (text >= offset && mn_slice_starts(rest, MN_LITERAL("</")))
            break;
        size_t behind = skip_markup(bytes, at), size = 1;
        if (behind > at) {
            at = behind;
            continue;
        }
        if (text >= offset)
            break;
        if (bytes.data[at] == '&') {
            const char *end = memchr(bytes.data + at, ';', bytes.size - at);
            size_t length = end ? (size_t)(end - bytes.data) - at + 1 : 1;
            size = reference_size(mn_slice_cut(bytes, at, at + length));
            at += length;
        } else if (bytes.data[at] == '\r' && at + 1 < bytes.size && bytes.data[at + 1] == '\n') {
            at += 2;
        } else {
            at++;
        }
        text += size;
    }
    return (struct mn_place){file, at < bytes.size ? at : bytes.size};
}
