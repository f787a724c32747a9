/* What was found, in document XML: spans, facts, findings, and the check that they belong to the text. */
#include "base/utf8.h"
#include "document/reading.h"

static void *begin_seal(struct mn_exchange_reader *reader)
{
    reader->has_seal = true;
    reader->seal = (struct mn_seal){0};
    return &reader->seal;
}

static void *begin_span(struct mn_exchange_reader *reader)
{
    struct mn_span *span = MN_APPEND(reader->document->arena, &reader->document->spans);
    if (span)
        *span = (struct mn_span){.node = MN_NONE};
    reader->fields.count = 0;
    return span;
}

static void *begin_in_list(struct mn_exchange_reader *reader, struct mn_field_list *list)
{
    struct mn_field *field = MN_APPEND(reader->scratch, list);
    if (field)
        *field = (struct mn_field){.span = MN_NONE};
    return field;
}

static void *begin_field(struct mn_exchange_reader *reader)
{
    return begin_in_list(reader, &reader->fields);
}

static void *begin_part(struct mn_exchange_reader *reader)
{
    return begin_in_list(reader, &reader->parts);
}

static void *begin_fact(struct mn_exchange_reader *reader)
{
    struct mn_fact *fact = MN_APPEND(reader->document->arena, &reader->document->facts);
    return fact ? memset(fact, 0, sizeof *fact) : NULL;
}

static void *begin_finding(struct mn_exchange_reader *reader)
{
    struct mn_finding *finding = MN_APPEND(reader->document->arena, &reader->document->findings);
    if (finding)
        *finding = (struct mn_finding){.node = MN_NONE};
    reader->fields.count = reader->parts.count = 0;
    return finding;
}

static void *begin_missing(struct mn_exchange_reader *reader)
{
    struct mn_missing *missing = MN_APPEND(reader->document->arena, &reader->document->missing);
    return missing ? memset(missing, 0, sizeof *missing) : NULL;
}

static enum mn_status check_range(struct mn_exchange_reader *reader, const struct mn_element *element, uint32_t start,
                                  uint32_t end)
{
    if (start > end)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<%s> ends before it starts", element->name);
    return MN_OK;
}

static enum mn_status check_node(struct mn_exchange_reader *reader, const struct mn_element *element, uint32_t node)
{
    size_t count = reader->document->nodes.count;
    if (node == MN_NONE || node < count)
        return MN_OK;
    return MN_READING_FAIL(reader, MN_MALFORMED, "<%s> stands in node %u, but the body has %zu", element->name, node,
                           count);
}

static bool keep_fields(struct mn_exchange_reader *reader, const struct mn_field_list *list, struct mn_fields *fields)
{
    size_t size = list->count * sizeof *list->items;
    if (size == 0)
        return true;
    fields->items = mn_arena_alloc(reader->document->arena, size);
    if (fields->items == NULL)
        return false;
    memcpy(fields->items, list->items, size);
    fields->count = list->count;
    return true;
}

static enum mn_status span_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    const struct mn_document *document = reader->document;
    struct mn_span *span = &document->spans.items[document->spans.count - 1];
    if (span->first_token > span->end_token || span->end_token > document->tokens.count)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<span> covers tokens %u to %u, but the body has %zu",
                               span->first_token, span->end_token, document->tokens.count);
    enum mn_status status = check_range(reader, element, span->start, span->end);
    if (status == MN_OK)
        status = check_node(reader, element, span->node);
    if (status != MN_OK)
        return status;
    return keep_fields(reader, &reader->fields, &span->fields) ? MN_OK : mn_reading_no_memory(reader);
}

static enum mn_status finding_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    struct mn_finding *finding = &reader->document->findings.items[reader->document->findings.count - 1];
    enum mn_status status = check_range(reader, element, finding->start, finding->end);
    if (status == MN_OK)
        status = check_node(reader, element, finding->node);
    if (status != MN_OK)
        return status;
    bool kept = keep_fields(reader, &reader->fields, &finding->attributes) &&
                keep_fields(reader, &reader->parts, &finding->parts);
    return kept ? MN_OK : mn_reading_no_memory(reader);
}

static enum mn_status check_field(struct mn_exchange_reader *reader, const struct mn_element *element,
                                  const struct mn_field_list *list)
{
    const struct mn_field *field = &list->items[list->count - 1];
    return check_range(reader, element, field->start, field->end);
}

static enum mn_status field_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    return check_field(reader, element, &reader->fields);
}

static enum mn_status part_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    return check_field(reader, element, &reader->parts);
}

static enum mn_status fact_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    const struct mn_fact *fact = &reader->document->facts.items[reader->document->facts.count - 1];
    return check_range(reader, element, fact->start, fact->end);
}

static enum mn_status missing_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    const struct mn_missing *missing = &reader->document->missing.items[reader->document->missing.count - 1];
    enum mn_status status = check_range(reader, element, missing->start, missing->end);
    return status == MN_OK ? check_range(reader, element, missing->other_start, missing->other_end) : status;
}

/* The end of a document: does what was found belong to this text? */

static bool seal_fits(const struct mn_exchange_reader *reader)
{
    const struct mn_document *document = reader->document;
    struct mn_sha256 sha256;
    return mn_sha256(document->text, &sha256) && memcmp(&sha256, &reader->seal.sha256, sizeof sha256) == 0 &&
           mn_utf8_length(document->text) == reader->seal.length && document->nodes.count == reader->seal.nodes &&
           document->tokens.count == reader->seal.tokens;
}

static enum mn_status check_references(struct mn_exchange_reader *reader, const struct mn_fields *fields)
{
    size_t count = reader->document->spans.count;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].span != MN_NONE && fields->items[i].span >= count)
            return MN_READING_FAIL(reader, MN_MALFORMED, "a field refers to span %u, but the document has %zu",
                                   fields->items[i].span, count);
    return MN_OK;
}

static enum mn_status check_all_references(struct mn_exchange_reader *reader)
{
    const struct mn_document *document = reader->document;
    enum mn_status status = MN_OK;
    for (size_t i = 0; i < document->spans.count && status == MN_OK; i++)
        status = check_references(reader, &document->spans.items[i].fields);
    for (size_t i = 0; i < document->findings.count && status == MN_OK; i++) {
        status = check_references(reader, &document->findings.items[i].attributes);
        if (status == MN_OK)
            status = check_references(reader, &document->findings.items[i].parts);
    }
    return status;
}

static const struct mn_element items[] = {
    {"field", MN_IN(SPAN), MN_PLACE_EMPTY, MN_LAYER_MATCH, true, 0, &mn_field_attributes, begin_field, NULL,
     field_closed},
    {"span", MN_IN(DOCUMENT), MN_PLACE_SPAN, MN_LAYER_MATCH, true, 0, &mn_span_attributes, begin_span, NULL,
     span_closed},
    {"attribute", MN_IN(FINDING), MN_PLACE_EMPTY, MN_LAYER_INTERPRET, true, 0, &mn_field_attributes, begin_field, NULL,
     field_closed},
    {"part", MN_IN(FINDING), MN_PLACE_EMPTY, MN_LAYER_INTERPRET, true, 0, &mn_field_attributes, begin_part, NULL,
     part_closed},
    {"finding", MN_IN(DOCUMENT), MN_PLACE_FINDING, MN_LAYER_INTERPRET, true, 0, &mn_finding_attributes, begin_finding,
     NULL, finding_closed},
    {"fact", MN_IN(DOCUMENT), MN_PLACE_EMPTY, MN_LAYER_READ, true, 0, &mn_fact_attributes, begin_fact, NULL,
     fact_closed},
    {"missing", MN_IN(DOCUMENT), MN_PLACE_EMPTY, MN_LAYER_READ, true, 0, &mn_missing_attributes, begin_missing, NULL,
     missing_closed},
    {"text", MN_IN(DOCUMENT), MN_PLACE_EMPTY, MN_LAYER_READ, true, 0, &mn_seal_attributes, begin_seal, NULL, NULL},
};
const struct mn_elements mn_found_elements = {items, sizeof items / sizeof items[0]};

enum mn_status mn_reading_check(struct mn_exchange_reader *reader)
{
    if (!reader->has_body)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<document> has no <body>");
    if (reader->document->layer >= MN_LAYER_MATCH && !reader->has_seal)
        return MN_READING_FAIL(reader, MN_MALFORMED,
                               "<document> has spans but no <text sha256=\"…\"/> to check them by");
    if (reader->has_seal && !seal_fits(reader))
        return MN_READING_FAIL(
            reader, MN_MALFORMED,
            "the text has been changed since spans were found in it; change it before match, or run match again "
            "on what tokenise wrote");
    return check_all_references(reader);
}
