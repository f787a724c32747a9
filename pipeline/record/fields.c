#include "record/fields.h"

#include "record/complaints.h"
#include "record/kinds.h"
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#define MOST_FIELDS (MN_RECORD_ATTRIBUTES + 2) /* a kind's attributes, its part, and what its finds need */
#define MOST_DEPTH 20                          /* the schema's references */

struct reader {
    struct mn_arena *arena;
    const xmlNode *grammar;
    bool failed; /* memory is out */
};

struct values {
    MN_VECTOR(struct mn_slice) items;
    bool open; /* something else may stand there, too */
};

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static bool has_name(const xmlNode *node, const char *name)
{
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (strcmp((const char *)at->name, "name") == 0 && at->children &&
            strcmp((const char *)at->children->content, name) == 0)
            return true;
    return false;
}

static const char *name_of(const xmlNode *node)
{
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (strcmp((const char *)at->name, "name") == 0 && at->children)
            return (const char *)at->children->content;
    return "";
}

/* What a <ref> stands for; null when there is no such definition. */
static const xmlNode *definition(const struct reader *reader, const xmlNode *reference)
{
    for (const xmlNode *node = reader->grammar->children; node; node = node->next)
        if (is(node, "define") && has_name(node, name_of(reference)))
            return node;
    return NULL;
}

/* The first <element> or <attribute> of this name in a part of the schema, references followed. Elements inside are not
 * gone into. */
static const xmlNode *find(const struct reader *reader, const xmlNode *part, const char *sort, const char *name,
                           unsigned depth)
{
    const xmlNode *found = NULL;
    for (const xmlNode *node = part->children; node && !found && depth < MOST_DEPTH; node = node->next) {
        if (is(node, sort) && has_name(node, name))
            found = node;
        else if (is(node, "ref") && definition(reader, node))
            found = find(reader, definition(reader, node), sort, name, depth + 1);
        else if (node->type == XML_ELEMENT_NODE && !is(node, "element") && !is(node, "attribute"))
            found = find(reader, node, sort, name, depth + 1);
    }
    return found;
}

static struct mn_slice copy(struct reader *reader, const char *text)
{
    struct mn_slice made = mn_arena_copy(reader->arena, mn_slice_of(text));
    reader->failed |= !made.data;
    return made;
}

static void add(struct reader *reader, struct values *values, const char *text)
{
    struct mn_slice *slot = MN_APPEND(reader->arena, &values->items);
    if (slot)
        *slot = copy(reader, text);
    else
        reader->failed = true;
}

/* All values that an attribute may have. */
static void gather_values(struct reader *reader, const xmlNode *part, struct values *values, unsigned depth)
{
    for (const xmlNode *node = part->children; node && depth < MOST_DEPTH; node = node->next) {
        if (is(node, "value") && node->children)
            add(reader, values, (const char *)node->children->content);
        else if (is(node, "data") || is(node, "text"))
            values->open = true;
        else if (is(node, "ref") && definition(reader, node))
            gather_values(reader, definition(reader, node), values, depth + 1);
        else if (is(node, "choice"))
            gather_values(reader, node, values, depth + 1);
    }
}

static struct mn_known_field field_of(struct reader *reader, const char *name, const struct values *values)
{
    struct mn_known_field field = {.name = copy(reader, name)};
    if (values->open || !values->items.count)
        return field;
    field.values = values->items.items;
    field.value_count = values->items.count;
    return field;
}

static const xmlNode *find_element(const struct reader *reader, const char *name)
{
    const xmlNode *found = NULL;
    for (const xmlNode *node = reader->grammar->children; node && !found; node = node->next)
        if (is(node, "define"))
            found = find(reader, node, "element", name, 0);
    return found;
}

/* A finding's rule may say needs="report": it holds in inspection reports only. The record does not say so. */
static void add_needs(struct reader *reader, struct mn_known_field *fields, size_t *count)
{
    struct values needs = {0};
    add(reader, &needs, "report");
    if (fields)
        fields[(*count)++] = field_of(reader, "needs", &needs);
}

/* A kind whose fields are these attributes of its element, up to a null, and perhaps a part. */
static bool fill_kind(struct reader *reader, const char *name, const char *const *attributes, const char *part,
                      struct mn_known_kind *known)
{
    struct mn_known_field *fields = mn_arena_zero(reader->arena, MOST_FIELDS * sizeof *fields);
    const xmlNode *element = find_element(reader, name);
    *known = (struct mn_known_kind){.name = copy(reader, name), .fields = fields};
    reader->failed |= !fields;
    for (size_t i = 0; element && fields && attributes[i]; i++) {
        const xmlNode *attribute = find(reader, element, "attribute", attributes[i], 0);
        struct values values = {0};
        if (!attribute)
            return false;
        gather_values(reader, attribute, &values, 0);
        fields[known->field_count++] = field_of(reader, attributes[i], &values);
    }
    if (part && fields)
        fields[known->field_count++] = (struct mn_known_field){.name = copy(reader, part)};
    add_needs(reader, fields, &known->field_count);
    return element != NULL;
}

/* The names of the elements in a part of the schema, those in them left out. */
static void gather_elements(struct reader *reader, const xmlNode *part, struct values *names, unsigned depth)
{
    for (const xmlNode *node = part->children; node && depth < MOST_DEPTH; node = node->next) {
        if (is(node, "element"))
            add(reader, names, name_of(node));
        else if (is(node, "ref") && definition(reader, node))
            gather_elements(reader, definition(reader, node), names, depth + 1);
        else if (node->type == XML_ELEMENT_NODE && !is(node, "attribute"))
            gather_elements(reader, node, names, depth + 1);
    }
}

/* Facts: their names are the elements of <document>, its kind and status, and what says that there is no document. */
static bool fill_facts(struct reader *reader, struct mn_known_kind *known)
{
    struct mn_known_field *fields = mn_arena_zero(reader->arena, 4 * sizeof *fields);
    struct values facts = {0}, roles = {0}, bases = {0}, any = {.open = true};
    const xmlNode *document = find_element(reader, "document");
    const xmlNode *date = document ? find(reader, document, "element", "date", 0) : NULL;
    const xmlNode *role = date ? find(reader, date, "attribute", "role", 0) : NULL;
    const xmlNode *basis = date ? find(reader, date, "attribute", "basis", 0) : NULL;
    if (!role || !basis || !fields)
        return false;
    gather_elements(reader, document, &facts, 0);
    add(reader, &facts, "kind");
    add(reader, &facts, "status");
    add(reader, &facts, "unusable");
    gather_values(reader, role, &roles, 0);
    gather_values(reader, basis, &bases, 0);
    fields[0] = field_of(reader, "name", &facts);
    fields[1] = field_of(reader, "role", &roles);
    fields[2] = field_of(reader, "value", &any);
    fields[3] = field_of(reader, "basis", &bases);
    *known = (struct mn_known_kind){.name = copy(reader, "fact"), .fields = fields, .field_count = 4};
    return true;
}

static bool fill(struct reader *reader, struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS])
{
    static const char *const missing[] = {"slot", "reason", NULL};
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++) {
        const struct mn_record_kind *kind = &mn_record_kinds[i];
        if (!fill_kind(reader, kind->element, kind->attributes, kind->part, &kinds[i]))
            return false;
        kinds[i].is_finding = true;
    }
    return fill_facts(reader, &kinds[MN_FINDING_KIND_COUNT]) &&
           fill_kind(reader, "missing", missing, NULL, &kinds[MN_FINDING_KIND_COUNT + 1]);
}
_Static_assert(MN_FINDING_KIND_COUNT + 2 == MN_RECORD_KNOWN_KINDS, "the findings, facts, what is missing");

enum mn_status mn_record_fields(const char *folder, struct mn_arena *arena,
                                struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS], struct mn_error *error)
{
    char path[4096];
    struct mn_complaints complaints;
    snprintf(path, sizeof path, "%s/record.rng", folder);
    mn_complaints_begin(&complaints);
    xmlDoc *schema = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    mn_complaints_end(&complaints);
    struct reader reader = {.arena = arena, .grammar = schema ? xmlDocGetRootElement(schema) : NULL};
    bool filled = reader.grammar && fill(&reader, kinds);
    xmlFreeDoc(schema);
    if (reader.failed)
        return mn_fail_memory(error);
    return filled ? MN_OK : mn_fail(error, MN_NOT_READABLE, "%s: this schema cannot be used", path);
}
