/* Documents to document XML (mn_exchange_write). */
#include "base/utf8.h"
#include "document/attributes.h"
#include "document/exchange.h"

struct writing {
    const struct mn_document *document;
    struct mn_writer *out;
    struct mn_offsets offsets; /* ready for layers that have positions */
    mn_token_text *text_of;
    const void *forms;
    bool damaged; /* ranges that do not fit into each other */
};

void mn_exchange_begin(struct mn_writer *writer)
{
    mn_write_literal(writer,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<documents xmlns=\"" MN_EXCHANGE_NAMESPACE "\">\n");
}

void mn_exchange_end(struct mn_writer *writer)
{
    mn_write_literal(writer, "</documents>\n");
}

static void open_tag(struct writing *writing, const char *element)
{
    mn_write_char(writing->out, '<');
    mn_write(writing->out, mn_slice_of(element));
}

static void close_tag(struct writing *writing, const char *element)
{
    mn_write_literal(writing->out, "</");
    mn_write(writing->out, mn_slice_of(element));
    mn_write_char(writing->out, '>');
}

static void write_attributes(struct writing *writing, const struct mn_attributes *attributes, const void *object)
{
    mn_attributes_write(writing->out, attributes, object, writing->document, &writing->offsets);
}

/* `<element …/>` and a newline. */
static void write_empty(struct writing *writing, const char *element, const struct mn_attributes *attributes,
                        const void *object)
{
    open_tag(writing, element);
    write_attributes(writing, attributes, object);
    mn_write_literal(writing->out, "/>\n");
}

static void write_text_element(struct writing *writing, const char *element, struct mn_slice text)
{
    open_tag(writing, element);
    mn_write_char(writing->out, '>');
    mn_write_text(writing->out, text);
    close_tag(writing, element);
    mn_write_char(writing->out, '\n');
}

static void write_header(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    open_tag(writing, "document");
    write_attributes(writing, &mn_document_attributes, document);
    mn_write_literal(writing->out, ">\n");
    write_empty(writing, "source", &mn_source_attributes, &document->source);
    if (document->title.size)
        write_text_element(writing, "title", document->title);
    for (size_t i = 0; i < document->notices.count; i++)
        write_text_element(writing, "notice", document->notices.items[i].text);
    if (document->rules_sha256.size)
        write_empty(writing, "rules", &mn_rules_attributes, document);
}

/* Writes what stands between *position and `end` and moves *position there. */
static void write_up_to(struct writing *writing, struct mn_slice text, uint32_t *position, uint32_t end)
{
    if (end < *position || end > text.size) {
        writing->damaged = true;
        return;
    }
    mn_write_text(writing->out, mn_slice_cut(text, *position, end));
    *position = end;
}

/* Words are `w`, everything else is `pc` (TEI's punctuation character). */
static const char *token_element(struct mn_slice text)
{
    size_t at = 0;
    int32_t first = text.size ? mn_utf8_next(text, &at) : ' ';
    return mn_is_letter(first) || mn_is_digit(first) ? "w" : "pc";
}

static void write_tokens(struct writing *writing, const struct mn_sentence *sentence, uint32_t *position)
{
    const struct mn_document *document = writing->document;
    for (uint32_t i = sentence->first_token; i < sentence->end_token && !writing->damaged; i++) {
        const struct mn_token *token = &document->tokens.items[i];
        struct mn_slice text = writing->text_of(writing->forms, token->form);
        const char *element = token_element(text);
        write_up_to(writing, document->text, position, token->start);
        open_tag(writing, element);
        mn_write_char(writing->out, '>');
        mn_write_text(writing->out, text);
        close_tag(writing, element);
        *position += (uint32_t)text.size;
    }
}

static void write_sentences(struct writing *writing, const struct mn_node *node, uint32_t *position)
{
    const struct mn_document *document = writing->document;
    for (uint32_t i = node->first_sentence; i < node->end_sentence && !writing->damaged; i++) {
        const struct mn_sentence *sentence = &document->sentences.items[i];
        write_up_to(writing, document->text, position, sentence->start);
        mn_write_literal(writing->out, "<s>");
        if (document->layer >= MN_LAYER_TOKENISE)
            write_tokens(writing, sentence, position);
        write_up_to(writing, document->text, position, sentence->end);
        mn_write_literal(writing->out, "</s>");
    }
}

static void write_leaf(struct writing *writing, const struct mn_node *node, const char *element)
{
    const struct mn_document *document = writing->document;
    struct mn_slice text = node->kind == MN_FW ? document->furniture : document->text;
    uint32_t position = node->start;
    struct mn_node outside = *node; /* where offsets count code points */
    if (node->turn > 0 && node->turn < node->end - node->start && node->end <= text.size)
        outside.turn = (uint32_t)mn_utf8_length(mn_slice_cut(text, node->start, node->start + node->turn));
    open_tag(writing, element);
    write_attributes(writing, &mn_node_attributes, &outside);
    mn_write_char(writing->out, '>');
    if (node->content > node->start && node->content <= text.size) {
        uint32_t end = node->content;
        while (end > node->start && text.data[end - 1] == ' ')
            end--;
        mn_write_literal(writing->out, "<num>");
        write_up_to(writing, text, &position, end);
        mn_write_literal(writing->out, "</num>");
    }
    if (node->kind != MN_FW && document->layer >= MN_LAYER_SEGMENT)
        write_sentences(writing, node, &position);
    write_up_to(writing, text, &position, node->end);
    close_tag(writing, element);
    mn_write_char(writing->out, '\n');
}

/* Closes containers from `open` outwards until `parent` is the innermost open one. */
static void close_up_to(struct writing *writing, uint32_t open, uint32_t parent)
{
    const struct mn_node *nodes = writing->document->nodes.items;
    for (; open != parent && open != MN_NONE; open = nodes[open].parent) {
        close_tag(writing, mn_node_element(nodes[open].kind));
        mn_write_char(writing->out, '\n');
    }
}

/* Nodes are in document order, so the tree is written without recursion: parents say what has to be closed. */
static void write_tree(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    uint32_t open = MN_NONE;
    for (uint32_t i = 0; i < document->nodes.count && !writing->damaged; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        const char *element = mn_node_element(node->kind);
        close_up_to(writing, open, node->parent);
        open = node->parent;
        if (mn_node_is_leaf(node)) {
            write_leaf(writing, node, element);
            continue;
        }
        open_tag(writing, element);
        write_attributes(writing, &mn_node_attributes, node);
        mn_write_literal(writing->out, ">\n");
        open = i;
    }
    close_up_to(writing, open, MN_NONE);
}

static bool write_seal(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    struct mn_seal seal = {.length = (uint32_t)mn_utf8_length(document->text),
                           .nodes = (uint32_t)document->nodes.count,
                           .tokens = (uint32_t)document->tokens.count};
    if (!mn_sha256(document->text, &seal.sha256))
        return false;
    write_empty(writing, "text", &mn_seal_attributes, &seal);
    return true;
}

static void write_fields(struct writing *writing, const char *element, const struct mn_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        write_empty(writing, element, &mn_field_attributes, &fields->items[i]);
}

static void write_spans(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    for (size_t i = 0; i < document->spans.count; i++) {
        const struct mn_span *span = &document->spans.items[i];
        open_tag(writing, "span");
        write_attributes(writing, &mn_span_attributes, span);
        mn_write_literal(writing->out, ">\n");
        write_fields(writing, "field", &span->fields);
        mn_write_literal(writing->out, "</span>\n");
    }
}

static void write_findings(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    for (size_t i = 0; i < document->findings.count; i++) {
        const struct mn_finding *finding = &document->findings.items[i];
        open_tag(writing, "finding");
        write_attributes(writing, &mn_finding_attributes, finding);
        mn_write_literal(writing->out, ">\n");
        write_fields(writing, "attribute", &finding->attributes);
        write_fields(writing, "part", &finding->parts);
        mn_write_literal(writing->out, "</finding>\n");
    }
}

static bool write_stand_off(struct writing *writing)
{
    const struct mn_document *document = writing->document;
    if (document->layer >= MN_LAYER_MATCH && !write_seal(writing))
        return false;
    write_spans(writing);
    for (size_t i = 0; i < document->facts.count; i++)
        write_empty(writing, "fact", &mn_fact_attributes, &document->facts.items[i]);
    write_findings(writing);
    for (size_t i = 0; i < document->missing.count; i++)
        write_empty(writing, "missing", &mn_missing_attributes, &document->missing.items[i]);
    return true;
}

enum mn_status mn_exchange_write(const struct mn_document *document, mn_token_text *text_of, const void *forms,
                                 struct mn_writer *writer, struct mn_error *error)
{
    struct writing writing = {.document = document, .out = writer, .text_of = text_of, .forms = forms};
    if (document->layer >= MN_LAYER_TOKENISE && text_of == NULL)
        return mn_fail(error, MN_INTERNAL, "%.*s: writing tokens needs their texts",
                       MN_SLICE_ARGS(document->source.name));
    if (!mn_offsets_init(&writing.offsets, document->arena, document->text))
        return mn_fail_memory(error);
    write_header(&writing);
    write_tree(&writing);
    if (writing.damaged)
        return mn_fail(error, MN_INTERNAL, "%.*s: sentences or tokens overlap or leave their block",
                       MN_SLICE_ARGS(document->source.name));
    if (!write_stand_off(&writing))
        return mn_fail(error, MN_INTERNAL, "%.*s: SHA-256 is not available from libcrypto",
                       MN_SLICE_ARGS(document->source.name));
    mn_write_literal(writer, "</document>\n");
    return writer->status == MN_OK ? MN_OK : mn_writer_finish(writer, error);
}

void mn_exchange_write_failure(struct mn_slice name, const struct mn_error *failure, struct mn_writer *writer)
{
    struct mn_failure attributes = {name, mn_slice_of(failure->message), failure->status};
    mn_write_literal(writer, "<failure");
    mn_attributes_write(writer, &mn_failure_attributes, &attributes, NULL, NULL);
    mn_write_literal(writer, "/>\n");
}
