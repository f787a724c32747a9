/* Document XML to documents (mn_exchange_next): the stream and the heads of documents, and the way through the table
 * of elements. */
#include "base/fault.h"
#include "base/limits.h"
#include "document/reading.h"
#include <stdlib.h>

static void *begin_document(struct mn_exchange_reader *reader)
{
    return reader->document;
}

static enum mn_status document_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    if (reader->document->layer == MN_LAYER_NOTHING)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<document> needs layer=\"read\" or that of a later stage");
    if (reader->document->layer >= MN_LAYER_TOKENISE && reader->intern == NULL)
        return MN_READING_FAIL(reader, MN_INTERNAL, "reading tokens needs a table of forms");
    return MN_OK;
}

static void *begin_source(struct mn_exchange_reader *reader)
{
    return &reader->document->source;
}

static void *begin_failure(struct mn_exchange_reader *reader)
{
    reader->failure = (struct mn_failure){0};
    return &reader->failure;
}

static enum mn_status failure_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    const struct mn_failure *failure = &reader->failure;
    if (failure->status == MN_OK)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<failure> needs a status that is not \"ok\"");
    reader->document->source.name = failure->name;
    reader->can_go_on = true;
    return mn_fail(reader->error, (enum mn_status)failure->status, "%.*s", MN_SLICE_ARGS(failure->message));
}

/* Title and notices: text that is kept as it is. */

static enum mn_status note_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    mn_leaf_begin(&reader->leaf);
    return MN_OK;
}

static enum mn_status add_note(struct mn_exchange_reader *reader, struct mn_slice text)
{
    struct mn_leaf *leaf = &reader->leaf;
    enum mn_status status = mn_reading_check_size(reader, text.size);
    if (status != MN_OK)
        return status;
    if (!MN_RESERVE(leaf->arena, &leaf->text, leaf->text.count + text.size))
        return mn_reading_no_memory(reader);
    memcpy(leaf->text.items + leaf->text.count, text.data, text.size);
    leaf->text.count += text.size;
    return MN_OK;
}

static bool copy_note(struct mn_exchange_reader *reader, struct mn_slice *copy)
{
    struct mn_slice note = {reader->leaf.text.items, reader->leaf.text.count};
    *copy = mn_arena_copy(reader->document->arena, note);
    reader->notes_size += note.size;
    return copy->size == note.size;
}

static enum mn_status title_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    return copy_note(reader, &reader->document->title) ? MN_OK : mn_reading_no_memory(reader);
}

static enum mn_status notice_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    struct mn_notice *notice = MN_APPEND(reader->document->arena, &reader->document->notices);
    return notice && copy_note(reader, &notice->text) ? MN_OK : mn_reading_no_memory(reader);
}

static enum mn_status document_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    return mn_reading_check(reader);
}

static const struct mn_element items[] = {
    {"source", MN_IN(DOCUMENT), MN_PLACE_EMPTY, MN_LAYER_READ, false, 0, &mn_source_attributes, begin_source, NULL,
     NULL},
    {"rules", MN_IN(DOCUMENT), MN_PLACE_EMPTY, MN_LAYER_READ, false, 0, &mn_rules_attributes, begin_document, NULL,
     NULL},
    {"title", MN_IN(DOCUMENT), MN_PLACE_NOTE, MN_LAYER_READ, .opened = note_opened, .closed = title_closed},
    {"notice", MN_IN(DOCUMENT), MN_PLACE_NOTE, MN_LAYER_READ, .opened = note_opened, .closed = notice_closed},
    {"document", MN_IN(STREAM) | MN_IN(OUTSIDE), MN_PLACE_DOCUMENT, MN_LAYER_NOTHING, false, 0, &mn_document_attributes,
     begin_document, document_opened, document_closed},
    {"failure", MN_IN(STREAM) | MN_IN(OUTSIDE), MN_PLACE_EMPTY, MN_LAYER_NOTHING, false, 0, &mn_failure_attributes,
     begin_failure, NULL, failure_closed},
    {"documents", MN_IN(OUTSIDE), MN_PLACE_STREAM, MN_LAYER_NOTHING, .opened = NULL},
};
static const struct mn_elements stream_elements = {items, sizeof items / sizeof items[0]};

/* The most frequent elements first. */
static const struct mn_elements *const tables[] = {&mn_tree_elements, &mn_found_elements, &stream_elements};

static enum mn_place current_place(const struct mn_exchange_reader *reader)
{
    return reader->depth ? reader->open[reader->depth - 1]->place : MN_PLACE_OUTSIDE;
}

static const char *current_element(const struct mn_exchange_reader *reader)
{
    if (reader->nested && current_place(reader) == MN_PLACE_TREE)
        return mn_node_element(reader->document->nodes.items[reader->builder.open].kind);
    return reader->depth ? reader->open[reader->depth - 1]->name : "";
}

static const struct mn_element *find_element(const char *name)
{
    for (size_t table = 0; table < sizeof tables / sizeof tables[0]; table++)
        for (size_t i = 0; i < tables[table]->count; i++)
            if (strcmp(tables[table]->items[i].name, name) == 0)
                return &tables[table]->items[i];
    return NULL;
}

/* The element that opened, if it may stand here; else null and the error. */
static const struct mn_element *admit(struct mn_exchange_reader *reader)
{
    const char *name = mn_stream_name(reader->stream);
    const struct mn_element *element = find_element(name);
    bool ours = strcmp(mn_stream_namespace(reader->stream), MN_EXCHANGE_NAMESPACE) == 0;
    if (!ours || element == NULL)
        MN_READING_FAIL(reader, MN_MALFORMED,
                        "<%s> is no element of document XML (namespace " MN_EXCHANGE_NAMESPACE ")", name);
    else if ((element->inside & (1u << current_place(reader))) == 0 && reader->depth == 0)
        MN_READING_FAIL(reader, MN_MALFORMED, "<%s> cannot stand outside <documents>", name);
    else if ((element->inside & (1u << current_place(reader))) == 0)
        MN_READING_FAIL(reader, MN_MALFORMED, "<%s> cannot stand inside <%s>", name, current_element(reader));
    else if (element->layer > reader->document->layer)
        MN_READING_FAIL(reader, MN_MALFORMED,
                        "<%s> does not stand in a document of this layer; has a filter been left out?", name);
    else if (element->behind_body && !reader->has_body)
        MN_READING_FAIL(reader, MN_MALFORMED, "<%s> stands behind <body>", name);
    else
        return element;
    return NULL;
}

static enum mn_status read_attributes(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    if (element->begin && ++reader->elements > MN_LIMIT_DOCUMENT_ELEMENTS)
        return MN_READING_FAIL(reader, MN_OVER_LIMIT,
                               "the document has more than %zu blocks, spans, fields and findings; split it",
                               MN_LIMIT_DOCUMENT_ELEMENTS);
    void *object = element->begin ? element->begin(reader) : NULL;
    if (element->begin && object == NULL)
        return mn_reading_no_memory(reader);
    const char *name, *expected = "";
    struct mn_slice value;
    while (mn_stream_next_attribute(reader->stream, &name, &value)) {
        const struct mn_attribute *attribute = object ? mn_attributes_find(element->attributes, name) : NULL;
        if (attribute == NULL)
            return MN_READING_FAIL(reader, MN_MALFORMED, "<%s> has no attribute %s", element->name, name);
        enum mn_status status =
            mn_attribute_read(attribute, value, object, reader->document, &reader->offsets, &expected);
        if (status == MN_NO_MEMORY)
            return mn_reading_no_memory(reader);
        if (status != MN_OK)
            return MN_READING_FAIL(reader, status, "%s=\"%.*s\" of <%s> is not %s", name, MN_SLICE_ARGS(value),
                                   element->name, expected);
    }
    return MN_OK;
}

static enum mn_status start_element(struct mn_exchange_reader *reader)
{
    const struct mn_element *element = admit(reader);
    if (element == NULL)
        return MN_MALFORMED;
    enum mn_status status = read_attributes(reader, element);
    if (status == MN_OK && element->opened)
        status = element->opened(reader, element);
    if (element->place != MN_PLACE_TREE || element->kind == MN_BODY)
        reader->open[reader->depth++] = element;
    return status;
}

static enum mn_status end_element(struct mn_exchange_reader *reader)
{
    if (reader->nested && current_place(reader) == MN_PLACE_TREE) {
        mn_reading_close_container(reader);
        return MN_OK;
    }
    const struct mn_element *element = reader->depth ? reader->open[--reader->depth] : NULL;
    return element && element->closed ? element->closed(reader, element) : MN_OK;
}

static enum mn_status add_text(struct mn_exchange_reader *reader)
{
    struct mn_slice text = mn_stream_text(reader->stream);
    switch (current_place(reader)) {
    case MN_PLACE_LEAF:
    case MN_PLACE_FURNITURE:
    case MN_PLACE_NUMBER:
    case MN_PLACE_SENTENCE:
    case MN_PLACE_TOKEN:
        return mn_reading_add_text(reader, text);
    case MN_PLACE_NOTE:
        return add_note(reader, text);
    default:
        break;
    }
    if (mn_slice_trim(text).size == 0)
        return MN_OK;
    return MN_READING_FAIL(reader, MN_MALFORMED, "text stands directly in <%s>; put it into a <p>",
                           current_element(reader));
}

static enum mn_status handle(struct mn_exchange_reader *reader, enum mn_event event)
{
    switch (event) {
    case MN_EVENT_START:
        return start_element(reader);
    case MN_EVENT_END:
        return end_element(reader);
    case MN_EVENT_TEXT:
        return add_text(reader);
    case MN_EVENT_FAILED:
        return reader->error->status;
    case MN_EVENT_OVER:
        break;
    }
    return MN_OK;
}

static void begin_reading(struct mn_exchange_reader *reader, struct mn_document *document)
{
    mn_arena_reset(reader->scratch);
    mn_stream_begin_document(reader->stream);
    reader->document = document;
    reader->can_go_on = reader->has_body = reader->has_seal = false;
    reader->nested = reader->too_deep = reader->notes_size = reader->elements = 0;
    reader->builder = (struct mn_builder){0};
    reader->offsets = (struct mn_offsets){0};
    reader->leaf = (struct mn_leaf){.arena = reader->scratch};
    reader->fields = reader->parts = (struct mn_field_list){0};
}

enum mn_status mn_exchange_next(struct mn_exchange_reader *reader, mn_token_intern *intern, void *forms,
                                struct mn_document *document, bool *more, struct mn_error *error)
{
    struct mn_error unasked;
    begin_reading(reader, document);
    reader->error = error ? error : &unasked;
    reader->intern = intern;
    reader->forms = forms;
    *more = false;
    for (;;) {
        enum mn_event event = mn_stream_next(reader->stream, reader->error);
        if (event == MN_EVENT_OVER)
            return MN_OK;
        *more = event == MN_EVENT_END && current_place(reader) == MN_PLACE_DOCUMENT;
        enum mn_status status = handle(reader, event);
        if (status != MN_OK || *more)
            return status;
    }
}

struct mn_exchange_reader *mn_exchange_open(FILE *file, const char *name, struct mn_error *error)
{
    struct mn_exchange_reader *reader = mn_fault_due() ? NULL : calloc(1, sizeof *reader);
    if (reader)
        reader->scratch = mn_arena_create();
    if (reader == NULL || reader->scratch == NULL) {
        mn_exchange_close(reader);
        mn_fail_memory(error);
        return NULL;
    }
    reader->stream = mn_stream_open(file, name, MN_LIMIT_DOCUMENT_XML_BYTES, error);
    if (reader->stream)
        return reader;
    mn_exchange_close(reader);
    return NULL;
}

bool mn_exchange_can_go_on(const struct mn_exchange_reader *reader)
{
    return reader->can_go_on;
}

void mn_exchange_close(struct mn_exchange_reader *reader)
{
    if (reader == NULL)
        return;
    mn_stream_close(reader->stream);
    mn_arena_destroy(reader->scratch);
    free(reader);
}
