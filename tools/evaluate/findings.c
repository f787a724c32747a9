#include "facts.h"
#include "files.h"
#include "words.h"
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
    [KIND_GRADE] = "grade",
    [KIND_RECOMMENDATION] = "recommendation",
    [KIND_DEADLINE] = "deadline",
    [KIND_RESOLUTION] = "resolution",
};
_Static_assert(sizeof kind_names / sizeof *kind_names == KIND_COUNT, "every kind has a name");

static const char *const attribute_names[] = {
#define ATTRIBUTE_WORD(name, word) [ATTRIBUTE_##name] = word,
    FINDING_ATTRIBUTES(ATTRIBUTE_WORD)
#undef ATTRIBUTE_WORD
};

/* What a reading function needs at hand. */
struct reading {
    struct mn_arena *arena;
    const char *path;
    struct mn_error *error;
};

typedef MN_VECTOR(struct quote) quote_list;
typedef MN_VECTOR(struct finding) finding_list;

const char *kind_name(enum kind kind)
{
    return kind_names[kind];
}

const char *attribute_name(enum attribute attribute)
{
    return attribute_names[attribute];
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && strcmp((const char *)node->ns->href, RECORD_NAMESPACE) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *next_child(const xmlNode *child, const char *name)
{
    while (child && !is_element(child, name))
        child = child->next;
    return child;
}

static enum mn_status memory_out(const struct reading *reading)
{
    return mn_fail_memory(reading->error);
}

/* An attribute's value, trimmed, in the arena; empty where there is none. */
static enum mn_status read_attribute(const struct reading *reading, const xmlNode *node, const char *name,
                                     struct mn_slice *out)
{
    *out = MN_EMPTY;
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!value)
        return MN_OK;
    struct mn_slice text = mn_slice_of((const char *)value);
    bool copied = text_fold(reading->arena, text, out);
    xmlFree(value);
    return copied ? MN_OK : memory_out(reading);
}

/* An element's text, white space folded, and its words. */
static enum mn_status read_text(const struct reading *reading, const xmlNode *node, struct mn_slice *text,
                                struct token_list *tokens)
{
    xmlChar *content = xmlNodeGetContent(node);
    if (!content)
        return memory_out(reading);
    bool read = text_fold(reading->arena, mn_slice_of((const char *)content), text) &&
                text_tokens(reading->arena, *text, tokens);
    xmlFree(content);
    return read ? MN_OK : memory_out(reading);
}

/* An offset attribute; false in *stated where there is none. */
static enum mn_status read_offset(const struct reading *reading, const xmlNode *node, const char *name, size_t *value,
                                  bool *stated)
{
    char digits[24];
    struct mn_slice text;
    enum mn_status status = read_attribute(reading, node, name, &text);
    *stated = text.size > 0;
    if (status != MN_OK || !*stated)
        return status;
    char *end = digits;
    if (text.size < sizeof digits && text.data[0] >= '0' && text.data[0] <= '9') {
        memcpy(digits, text.data, text.size);
        digits[text.size] = '\0';
        errno = 0;
        *value = strtoul(digits, &end, 10);
    }
    if (end == digits || *end || errno)
        return mn_fail(reading->error, MN_MALFORMED,
                       "%s:%ld: %s=\"%.*s\" is no offset: expected a number of code points", reading->path,
                       xmlGetLineNo(node), name, MN_SLICE_ARGS(text));
    return MN_OK;
}

/* The quote in `holder` (<evidence>, or <motion> in gold), if there is one. */
static enum mn_status read_quote(const struct reading *reading, const xmlNode *holder, quote_list *list)
{
    bool has_start = false;
    bool has_end = false;
    const xmlNode *node = next_child(holder->children, "quote");
    if (!node)
        return MN_OK;
    struct quote *quote = MN_APPEND(reading->arena, list);
    if (!quote)
        return memory_out(reading);
    *quote = (struct quote){0};
    enum mn_status status = read_text(reading, node, &quote->text, &quote->tokens);
    if (status == MN_OK && !text_strict(reading->arena, quote->text, &quote->strict))
        status = memory_out(reading);
    if (status == MN_OK)
        status = read_offset(reading, holder, "start", &quote->start, &has_start);
    if (status == MN_OK)
        status = read_offset(reading, holder, "end", &quote->end, &has_end);
    quote->placed = has_start && has_end;
    return status;
}

static enum mn_status read_evidence(const struct reading *reading, const xmlNode *parent, quote_list *list)
{
    enum mn_status status = MN_OK;
    const xmlNode *evidence = next_child(parent->children, "evidence");
    for (; evidence && status == MN_OK; evidence = next_child(evidence->next, "evidence"))
        status = read_quote(reading, evidence, list);
    return status;
}

/* All quotes of a finding: of its evidence, then of its motion, whose quote stands in it directly or in an <evidence>.
 */
static enum mn_status read_quotes(const struct reading *reading, const xmlNode *node, struct finding *finding)
{
    quote_list list = {0};
    enum mn_status status = read_evidence(reading, node, &list);
    if (status == MN_OK && !list.count)
        return mn_fail(reading->error, MN_MALFORMED,
                       "%s:%ld: <%s> without <evidence><quote>: add the words it rests on", reading->path,
                       xmlGetLineNo(node), kind_name(finding->kind));
    const xmlNode *motion = next_child(node->children, "motion");
    for (; motion && status == MN_OK; motion = next_child(motion->next, "motion")) {
        status = read_quote(reading, motion, &list);
        if (status == MN_OK)
            status = read_evidence(reading, motion, &list);
    }
    finding->quotes = list.items;
    finding->quote_count = list.count;
    return status;
}

static enum mn_status read_note(const struct reading *reading, const xmlNode *node, struct finding *finding)
{
    const xmlNode *note = next_child(node->children, "subject");
    if (!note)
        note = next_child(node->children, "what");
    return note ? read_text(reading, note, &finding->note, &finding->note_tokens) : MN_OK;
}

static enum mn_status read_finding(const struct reading *reading, const xmlNode *node, struct finding *finding)
{
    struct mn_slice borderline;
    enum mn_status status = read_attribute(reading, node, "borderline", &borderline);
    finding->borderline = mn_slice_equal(borderline, MN_LITERAL("true"));
    for (size_t a = 0; a < ATTRIBUTE_COUNT && status == MN_OK; a++)
        status = read_attribute(reading, node, attribute_names[a], &finding->attributes[a]);
    if (status == MN_OK)
        status = read_note(reading, node, finding);
    return status == MN_OK ? read_quotes(reading, node, finding) : status;
}

static enum mn_status read_findings(const struct reading *reading, const xmlNode *root, finding_list *list)
{
    enum mn_status status = MN_OK;
    for (const xmlNode *child = root->children; child && status == MN_OK; child = child->next) {
        for (size_t k = 0; k < KIND_COUNT && status == MN_OK; k++) {
            if (!is_element(child, kind_names[k]))
                continue;
            struct finding *finding = MN_APPEND(reading->arena, list);
            if (!finding)
                return memory_out(reading);
            *finding = (struct finding){.kind = (enum kind)k, .order = list->count};
            status = read_finding(reading, child, finding);
        }
    }
    return status;
}

static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;
    const struct quote *p = a->quotes;
    const struct quote *q = b->quotes;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (p->placed != q->placed)
        return p->placed ? -1 : 1;
    if (p->placed && p->start != q->start)
        return p->start < q->start ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static enum mn_status read_name(const struct reading *reading, const xmlNode *document, enum fact fact,
                                struct record *record)
{
    struct token_list tokens;
    const xmlNode *node = next_child(document->children, fact_name(fact));
    if (!node)
        return MN_OK;
    enum mn_status status = read_text(reading, node, &record->facts[fact].words, &tokens);
    return status == MN_OK ? read_attribute(reading, node, "name", &record->facts[fact].usual) : status;
}

static enum mn_status read_date(const struct reading *reading, const xmlNode *node, struct record *record)
{
    struct mn_slice role;
    enum mn_status status = read_attribute(reading, node, "role", &role);
    for (enum fact fact = FACT_MEETING; fact < FACT_COUNT && status == MN_OK; fact++)
        if (mn_slice_equal(role, mn_slice_of(fact_name(fact))))
            status = read_attribute(reading, node, "when", &record->facts[fact].words);
    return status;
}

static enum mn_status read_facts(const struct reading *reading, const xmlNode *root, struct record *record)
{
    const xmlNode *document = next_child(root->children, "document");
    record->has_facts = document;
    if (!document)
        return MN_OK;
    enum mn_status status = read_attribute(reading, document, "kind", &record->facts[FACT_KIND].words);
    for (enum fact fact = FACT_AUTHORITY; fact < FACT_MEETING && status == MN_OK; fact++)
        status = read_name(reading, document, fact, record);
    const xmlNode *date = next_child(document->children, "date");
    for (; date && status == MN_OK; date = next_child(date->next, "date"))
        status = read_date(reading, date, record);
    return status;
}

static enum mn_status read_root(const struct reading *reading, const xmlNode *root, struct record *record)
{
    finding_list list = {0};
    if (!root || (!is_element(root, "record") && !is_element(root, "gold")))
        return mn_fail(reading->error, MN_MALFORMED,
                       "%s: neither a record nor gold: the root is to be <record> or <gold> in %s", reading->path,
                       RECORD_NAMESPACE);
    enum mn_status status = read_findings(reading, root, &list);
    if (status == MN_OK && list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_findings);
    *record = (struct record){.path = reading->path, .items = list.items, .count = list.count};
    return status == MN_OK ? read_facts(reading, root, record) : status;
}

/* The first thing that was wrong; what the parser says later mostly follows from it. */
struct complaint {
    int line;
    char text[200]; /* empty: none */
};

#if LIBXML_VERSION >= 21200
typedef const xmlError parser_error;
#else
typedef xmlError parser_error;
#endif

static void note_complaint(void *context, parser_error *error)
{
    struct complaint *complaint = ((xmlParserCtxtPtr)context)->_private;
    if (complaint->text[0] || !error->message)
        return;
    complaint->line = error->line;
    snprintf(complaint->text, sizeof complaint->text, "%.*s", (int)strcspn(error->message, "\n"), error->message);
}

static enum mn_status read_tree(const struct reading *reading, xmlDocPtr tree, const struct complaint *complaint,
                                struct record *record)
{
    if (!tree)
        return mn_fail(reading->error, MN_MALFORMED, "%s:%d: not well-formed XML: %s", reading->path, complaint->line,
                       complaint->text);
    if (tree->intSubset)
        return mn_fail(reading->error, MN_MALFORMED, "%s: has a document type declaration: remove it", reading->path);
    return read_root(reading, xmlDocGetRootElement(tree), record);
}

static enum mn_status parse(const struct reading *reading, struct mn_slice bytes, struct record *record)
{
    struct complaint complaint = {0};
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (!context)
        return memory_out(reading);
    context->_private = &complaint;
    context->sax->serror = note_complaint;
    xmlDocPtr tree =
        xmlCtxtReadMemory(context, bytes.data, (int)bytes.size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    enum mn_status status = read_tree(reading, tree, &complaint, record);
    xmlFreeDoc(tree);
    xmlFreeParserCtxt(context);
    return status;
}

enum mn_status record_read(struct mn_arena *arena, const char *path, struct record *record, struct mn_error *error)
{
    const struct reading reading = {arena, path, error};
    struct mn_slice bytes;
    enum mn_status status = file_read(arena, path, &bytes, error);
    return status == MN_OK ? parse(&reading, bytes, record) : status;
}
