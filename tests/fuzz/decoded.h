/* One reader over the bytes of an input, whatever they look like: mn_read would take most of what has been mutated for
 * plain text. */
#ifndef MN_TEST_FUZZ_DECODED_H
#define MN_TEST_FUZZ_DECODED_H

#include "read/charset.h"
#include "read/formats.h"
#include "tree.h"

static inline void read_decoded(struct mn_slice bytes, bool is_html, mn_reader *const *readers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mn_arena *arena = mn_arena_create();
        struct mn_document *document = arena ? mn_document_create(arena) : NULL;
        struct mn_read_input input = {.bytes = bytes};
        struct mn_error error;
        if (document && mn_charset_decode(bytes, NULL, is_html, document, &input.text, &error) == MN_OK &&
            readers[i](&input, document, &error) == MN_OK && document->text.size > 0)
            check_nodes(document);
        mn_arena_destroy(arena);
    }
}

#endif
