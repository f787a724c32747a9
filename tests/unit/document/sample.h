/* Documents made up for the tests, out of a seed: trees, texts with every kind of character, and all layers. */
#ifndef MN_TEST_SAMPLE_H
#define MN_TEST_SAMPLE_H

#include "document/exchange.h"

/* A table of forms: every text it gets is a new form. */
struct forms {
    struct mn_arena *arena;
    struct {
        struct mn_slice *items;
        size_t count, capacity;
    } texts;
};
struct mn_slice form_text(const void *forms, uint32_t form);
uint32_t form_intern(void *forms, struct mn_slice text);

/* A document of this layer, the same for the same seed. */
struct mn_document *sample_document(struct mn_arena *arena, struct forms *forms, enum mn_layer layer, unsigned seed);

/* Fails the test unless the documents are alike, field by field. */
void expect_same_documents(const struct mn_document *one, const struct forms *forms_of_one,
                           const struct mn_document *other, const struct forms *forms_of_other);

/* A file that holds this text, at its start. The caller closes it. */
FILE *file_with(struct mn_slice text);

#endif
