/* Shared by the parts of the reader of document XML: what is being read, and the rows of the table of elements. Every
 * element has a row: where it may stand, what it fills from its attributes, and what happens when it opens and closes.
 */
#ifndef MN_DOCUMENT_READING_H
#define MN_DOCUMENT_READING_H

#include "document/attributes.h"
#include "document/exchange.h"
#include "document/leaf.h"
#include "document/stream.h"

#define MN_READING_DEEPEST 8 /* open elements, containers counted as one: documents, document, body, p, s, w */

/* Where an element stands. */
enum mn_place {
    MN_PLACE_OUTSIDE,
    MN_PLACE_STREAM,
    MN_PLACE_DOCUMENT,
    MN_PLACE_TREE,
    MN_PLACE_LEAF,
    MN_PLACE_FURNITURE,
    MN_PLACE_NUMBER,
    MN_PLACE_SENTENCE,
    MN_PLACE_TOKEN,
    MN_PLACE_NOTE, /* text that is kept as it is */
    MN_PLACE_SPAN,
    MN_PLACE_FINDING,
    MN_PLACE_EMPTY
};

struct mn_exchange_reader;

struct mn_element {
    const char *name;
    unsigned inside;     /* set of places it may stand in */
    enum mn_place place; /* that it makes */
    enum mn_layer layer; /* it does not stand in documents of layers before this one */
    bool behind_body;    /* it points into the text */
    uint8_t kind;        /* of nodes */
    const struct mn_attributes *attributes;
    /* Gives the struct that the attributes fill, or null when memory is out. Null: it has no attributes. */
    void *(*begin)(struct mn_exchange_reader *reader);
    enum mn_status (*opened)(struct mn_exchange_reader *reader, const struct mn_element *element);
    enum mn_status (*closed)(struct mn_exchange_reader *reader, const struct mn_element *element);
};
#define MN_IN(place) (1u << MN_PLACE_##place)

struct mn_elements {
    const struct mn_element *items;
    size_t count;
};
extern const struct mn_elements mn_tree_elements, mn_found_elements; /* the body; what was found in it */

struct mn_field_list {
    struct mn_field *items;
    size_t count, capacity;
};

struct mn_exchange_reader {
    struct mn_stream *stream;
    struct mn_arena *scratch; /* what is needed until the document ends */
    struct mn_error *error;
    bool can_go_on;

    const struct mn_element *open[MN_READING_DEEPEST];
    size_t depth;
    size_t nested;   /* open containers inside the body; they are not in `open` */
    size_t too_deep; /* those of them that are past MN_LIMIT_NESTING and not built */

    struct mn_document *document;
    mn_token_intern *intern;
    void *forms;
    struct mn_builder builder;
    bool has_body, has_seal;
    struct mn_offsets offsets; /* ready when the body is closed */
    struct mn_seal seal;

    struct mn_node node; /* attributes of the container or leaf that was opened last */
    size_t notes_size;   /* bytes of title and notices so far */
    size_t elements;     /* with attributes, so far */

    struct mn_leaf leaf;     /* also takes the text of title and notices */
    uint32_t leaf_start;     /* where the leaf will stand in the document's text */
    uint32_t first_sentence; /* of the leaf */
    uint32_t first_token;
    uint32_t sentence_token; /* first token of the sentence */

    struct mn_field_list fields, parts; /* of the span or finding that is open */
    struct mn_failure failure;
};

#define MN_READING_FAIL(reader, status, ...) mn_stream_fail((reader)->stream, (reader)->error, (status), __VA_ARGS__)

static inline enum mn_status mn_reading_no_memory(struct mn_exchange_reader *reader)
{
    return mn_fail_memory(reader->error);
}

/* Closes the innermost container inside the body. */
void mn_reading_close_container(struct mn_exchange_reader *reader);

/* Is there room for `size` more bytes in the document's text, furniture and notes? */
enum mn_status mn_reading_check_size(struct mn_exchange_reader *reader, size_t size);

/* Adds text to the open leaf. */
enum mn_status mn_reading_add_text(struct mn_exchange_reader *reader, struct mn_slice text);

/* At the end of a document: checks that what was found belongs to its text. */
enum mn_status mn_reading_check(struct mn_exchange_reader *reader);

#endif
