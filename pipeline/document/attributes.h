/* Attributes of document XML. One table per element says how each attribute is called, what form its value has and
 * which field of the struct holds it; writing and reading both go by the table, so that what is written comes back.
 * A field that has its default (0, empty, MN_NONE) is left out. */
#ifndef MN_DOCUMENT_ATTRIBUTES_H
#define MN_DOCUMENT_ATTRIBUTES_H

#include "base/writer.h"
#include "document/document.h"

#define MN_EXCHANGE_NAMESPACE "urn:minutiae:document:1"

enum mn_form {
    MN_FORM_TEXT,     /* struct mn_slice */
    MN_FORM_COUNT_8,  /* uint8_t */
    MN_FORM_COUNT_32, /* uint32_t */
    MN_FORM_COUNT_64, /* uint64_t */
    MN_FORM_INTEGER,  /* int32_t */
    MN_FORM_POSITION, /* uint32_t: byte in the text; code point in XML */
    MN_FORM_INDEX,    /* uint32_t, MN_NONE left out */
    MN_FORM_DIGEST,   /* struct mn_sha256, in hexadecimal */
    MN_FORM_WORD_8,   /* uint8_t: one of the words */
    MN_FORM_WORD_32,  /* an enumeration: one of the words */
    MN_FORM_FLAGS,    /* uint8_t: a word for each bit */
    MN_FORM_ROLE,     /* uint32_t: index into the document's roles; the name in XML */
    MN_FORM_COUNT
};

struct mn_words {
    const char *const *items;
    size_t count;
};

struct mn_attribute {
    const char *name;
    enum mn_form form;
    size_t offset; /* of the field */
    const struct mn_words *words;
};

struct mn_attributes {
    const struct mn_attribute *items;
    size_t count;
};

/* What document XML says of the whole, for comparison: `<text>`. */
struct mn_seal {
    struct mn_sha256 sha256; /* of the canonical text */
    uint32_t length;         /* code points */
    uint32_t nodes, tokens;
};

/* A document that failed: `<failure>`. */
struct mn_failure {
    struct mn_slice name, message;
    uint32_t status;
};

extern const struct mn_attributes mn_document_attributes, /* struct mn_document */
    mn_source_attributes,                                 /* struct mn_source */
    mn_rules_attributes,                                  /* struct mn_document */
    mn_node_attributes,                                   /* struct mn_node */
    mn_seal_attributes,                                   /* struct mn_seal */
    mn_span_attributes,                                   /* struct mn_span */
    mn_field_attributes,                                  /* struct mn_field */
    mn_fact_attributes,                                   /* struct mn_fact */
    mn_finding_attributes,                                /* struct mn_finding */
    mn_missing_attributes,                                /* struct mn_missing */
    mn_failure_attributes;                                /* struct mn_failure */

/* Writes the attributes of `object`. Positions need `offsets`, which may be null where there are none. */
void mn_attributes_write(struct mn_writer *writer, const struct mn_attributes *attributes, const void *object,
                         const struct mn_document *document, const struct mn_offsets *offsets);

/* The attribute of this name, or null. */
const struct mn_attribute *mn_attributes_find(const struct mn_attributes *attributes, const char *name);

/* Sets the attribute's field in `object` from its value; text is copied into the document's arena. MN_MALFORMED when
 * the value does not have the form, with what was expected in *expected; MN_NO_MEMORY. */
enum mn_status mn_attribute_read(const struct mn_attribute *attribute, struct mn_slice value, void *object,
                                 struct mn_document *document, const struct mn_offsets *offsets, const char **expected);

#endif
