/* Any bytes through read: no crash, no leak, no undefined behaviour; and a tree that holds together whenever it
 * succeeds. */
#include "read/read.h"
#include "tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = arena ? mn_document_create(arena) : NULL;
    if (document) {
        document->source.name = MN_LITERAL("input");
        struct mn_error error;
        if (mn_read((struct mn_slice){(const char *)data, size}, NULL, document, &error) == MN_OK)
            check_nodes(document);
    }
    mn_arena_destroy(arena);
    return 0;
}
