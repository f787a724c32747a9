/* The body of document XML: containers, leaves, sentences, tokens. Containers nest to any depth without a stack of
 * their own: the builder knows what is open. */
#include "base/limits.h"
#include "base/utf8.h"
#include "document/reading.h"

/* NFC and the decoding of one-byte charsets make a text three times as long as its source at most. */
#define TEXT_LIMIT (3 * MN_LIMIT_DOCUMENT_BYTES)

static void *begin_node(struct mn_exchange_reader *reader)
{
    reader->node = (struct mn_node){0};
    return &reader->node;
}

/* Gives a node that the builder made the attributes that were read. */
static struct mn_node *set_node(struct mn_exchange_reader *reader, uint32_t index)
{
    struct mn_node *node = &reader->document->nodes.items[index];
    const struct mn_node *read = &reader->node;
    node->numbering = read->numbering;
    node->flags = read->flags;
    node->level = read->level;
    node->ordinal = read->ordinal;
    node->page = read->page;
    node->gap = read->gap;
    node->role = read->role;
    node->source_start = read->source_start;
    node->source_end = read->source_end;
    return node;
}

static void end_ranges(const struct mn_document *document, struct mn_node *node)
{
    node->end_sentence = (uint32_t)document->sentences.count;
    node->end_token = (uint32_t)document->tokens.count;
}

static void begin_ranges(const struct mn_document *document, struct mn_node *node)
{
    node->first_sentence = (uint32_t)document->sentences.count;
    node->first_token = (uint32_t)document->tokens.count;
}

static enum mn_status body_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    if (reader->has_body)
        return MN_READING_FAIL(reader, MN_MALFORMED, "a document has one <body> only");
    mn_builder_init(&reader->builder, reader->document);
    if (reader->builder.failed)
        return mn_reading_no_memory(reader);
    set_node(reader, 0);
    reader->has_body = true;
    return MN_OK;
}

static enum mn_status body_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    struct mn_document *document = reader->document;
    enum mn_status status = mn_builder_finish(&reader->builder, reader->error);
    if (status != MN_OK)
        return status;
    end_ranges(document, &document->nodes.items[0]);
    bool ready = mn_offsets_init(&reader->offsets, document->arena, document->text);
    return ready ? MN_OK : mn_reading_no_memory(reader);
}

static enum mn_status container_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    reader->nested++;
    if (reader->builder.depth >= MN_LIMIT_NESTING) {
        reader->too_deep++;
        return MN_OK;
    }
    uint32_t index = mn_builder_open(&reader->builder, element->kind);
    if (index == MN_NONE)
        return mn_reading_no_memory(reader);
    begin_ranges(reader->document, set_node(reader, index));
    return MN_OK;
}

/* Leaves. */

static enum mn_status leaf_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    const struct mn_builder *builder = &reader->builder;
    size_t size = element->kind == MN_FW ? builder->furniture_size : builder->size;
    reader->leaf_start = (uint32_t)(size + (size > 0));
    reader->first_sentence = (uint32_t)reader->document->sentences.count;
    reader->first_token = (uint32_t)reader->document->tokens.count;
    mn_leaf_begin(&reader->leaf);
    return MN_OK;
}

/* Bytes of so many code points, or 0 when the text does not go on behind them. */
static uint32_t bytes_of(struct mn_slice text, uint32_t code_points)
{
    size_t at = 0;
    for (uint32_t i = 0; i < code_points && at < text.size; i++)
        mn_utf8_next(text, &at);
    return at < text.size ? (uint32_t)at : 0;
}

static enum mn_status leaf_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    struct mn_document *document = reader->document;
    struct mn_slice text = {reader->leaf.text.items, reader->leaf.text.count};
    size_t enumerator = text.size - mn_leaf_take(&reader->leaf, MN_LEAF_CONTENT).size;
    uint32_t index = mn_builder_leaf(&reader->builder, element->kind, text, enumerator);
    if (reader->builder.failed)
        return mn_reading_no_memory(reader);
    if (index == MN_NONE)
        return MN_OK; /* an empty block is none */
    struct mn_node *node = set_node(reader, index);
    node->turn = bytes_of(text, reader->node.turn);
    node->first_sentence = reader->first_sentence;
    node->first_token = element->kind == MN_FW ? 0 : reader->first_token;
    end_ranges(document, node);
    if (element->kind == MN_FW)
        node->end_token = 0; /* furniture stands in another text */
    return MN_OK;
}

static enum mn_status number_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    if (reader->leaf.text.count)
        return MN_READING_FAIL(reader, MN_MALFORMED, "<num> stands before the words of its block");
    return MN_OK;
}

static enum mn_status number_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    if (reader->leaf.text.count)
        mn_leaf_mark(&reader->leaf, MN_LEAF_CONTENT);
    return MN_OK;
}

static enum mn_status sentence_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    mn_leaf_mark(&reader->leaf, MN_LEAF_SENTENCE);
    reader->sentence_token = (uint32_t)reader->document->tokens.count;
    return MN_OK;
}

static enum mn_status sentence_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    struct mn_document *document = reader->document;
    struct mn_slice text = mn_leaf_take(&reader->leaf, MN_LEAF_SENTENCE);
    if (text.size == 0)
        return MN_OK;
    struct mn_sentence *sentence = MN_APPEND(document->arena, &document->sentences);
    if (sentence == NULL)
        return mn_reading_no_memory(reader);
    uint32_t end = reader->leaf_start + (uint32_t)reader->leaf.text.count;
    *sentence = (struct mn_sentence){.start = end - (uint32_t)text.size,
                                     .end = end,
                                     .node = (uint32_t)document->nodes.count, /* what the leaf will be */
                                     .first_token = reader->sentence_token,
                                     .end_token = (uint32_t)document->tokens.count};
    return MN_OK;
}

static enum mn_status token_opened(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    mn_leaf_mark(&reader->leaf, MN_LEAF_TOKEN);
    return MN_OK;
}

static enum mn_status token_closed(struct mn_exchange_reader *reader, const struct mn_element *element)
{
    (void)element;
    struct mn_document *document = reader->document;
    struct mn_slice text = mn_leaf_take(&reader->leaf, MN_LEAF_TOKEN);
    if (text.size == 0)
        return MN_OK;
    if (text.size > MN_LIMIT_TOKEN_BYTES)
        return MN_READING_FAIL(reader, MN_OVER_LIMIT, "a token is longer than %zu bytes; cut it into several",
                               MN_LIMIT_TOKEN_BYTES);
    struct mn_token *token = MN_APPEND(document->arena, &document->tokens);
    uint32_t form = token ? reader->intern(reader->forms, text) : MN_NONE;
    if (form == MN_NONE)
        return mn_reading_no_memory(reader);
    uint32_t end = reader->leaf_start + (uint32_t)reader->leaf.text.count;
    *token = (struct mn_token){.start = end - (uint32_t)text.size, .form = form};
    return MN_OK;
}

/* Elements, the most frequent first. */

#define TREE_ROW(name, kind)                                                                                           \
    {                                                                                                                  \
        name, MN_IN(TREE), MN_PLACE_TREE, MN_LAYER_READ, false, kind, &mn_node_attributes, begin_node,                 \
            container_opened, NULL                                                                                     \
    }
#define LEAF_ROW(name, kind, place)                                                                                    \
    {                                                                                                                  \
        name, MN_IN(TREE), MN_PLACE_##place, MN_LAYER_READ, false, kind, &mn_node_attributes, begin_node, leaf_opened, \
            leaf_closed                                                                                                \
    }

static const struct mn_element items[] = {
    {"w", MN_IN(SENTENCE), MN_PLACE_TOKEN, MN_LAYER_TOKENISE, .opened = token_opened, .closed = token_closed},
    {"pc", MN_IN(SENTENCE), MN_PLACE_TOKEN, MN_LAYER_TOKENISE, .opened = token_opened, .closed = token_closed},
    {"s", MN_IN(LEAF), MN_PLACE_SENTENCE, MN_LAYER_SEGMENT, .opened = sentence_opened, .closed = sentence_closed},
    LEAF_ROW("p", MN_P, LEAF),
    LEAF_ROW("ab", MN_AB, LEAF),
    LEAF_ROW("head", MN_HEAD, LEAF),
    LEAF_ROW("fw", MN_FW, FURNITURE),
    {"num", MN_IN(LEAF) | MN_IN(FURNITURE), MN_PLACE_NUMBER, MN_LAYER_READ, .opened = number_opened,
     .closed = number_closed},
    TREE_ROW("item", MN_ITEM),
    TREE_ROW("cell", MN_CELL),
    TREE_ROW("row", MN_ROW),
    TREE_ROW("list", MN_LIST),
    TREE_ROW("table", MN_TABLE),
    TREE_ROW("div", MN_DIV),
    TREE_ROW("quote", MN_QUOTE),
    {"body", MN_IN(DOCUMENT), MN_PLACE_TREE, MN_LAYER_READ, false, MN_BODY, &mn_node_attributes, begin_node,
     body_opened, body_closed},
};
const struct mn_elements mn_tree_elements = {items, sizeof items / sizeof items[0]};

void mn_reading_close_container(struct mn_exchange_reader *reader)
{
    reader->nested--;
    if (reader->too_deep) {
        reader->too_deep--;
        return;
    }
    end_ranges(reader->document, &reader->document->nodes.items[reader->builder.open]);
    mn_builder_close(&reader->builder);
}

enum mn_status mn_reading_check_size(struct mn_exchange_reader *reader, size_t size)
{
    const struct mn_builder *builder = &reader->builder;
    size_t kept = builder->size + builder->furniture_size + reader->notes_size + reader->leaf.text.count;
    if (kept + size > TEXT_LIMIT)
        return MN_READING_FAIL(reader, MN_OVER_LIMIT, "the text is longer than %zu MiB; split the document",
                               TEXT_LIMIT >> 20);
    return MN_OK;
}

enum mn_status mn_reading_add_text(struct mn_exchange_reader *reader, struct mn_slice text)
{
    enum mn_status status = mn_reading_check_size(reader, text.size);
    if (status == MN_OK)
        status = mn_leaf_add(&reader->leaf, text);
    if (status == MN_NO_MEMORY)
        return mn_reading_no_memory(reader);
    if (status == MN_MALFORMED)
        return MN_READING_FAIL(reader, status,
                               "a tag stands between a letter and the accent that belongs to it; put both into one "
                               "element");
    return status;
}
