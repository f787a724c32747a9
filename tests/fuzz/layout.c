/* Any bytes as the answer of the process that parses PDF files: refused, or laid out to a tree that holds together. */
#include "layout/layout.h"
#include "tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = arena ? mn_document_create(arena) : NULL;
    struct mn_pages pages;
    struct mn_error error;
    if (document && mn_pages_read((struct mn_slice){(const char *)data, size}, arena, &pages, &error) == MN_OK &&
        mn_layout(&pages, document, &error) == MN_OK && document->text.size > 0)
        check_nodes(document);
    mn_arena_destroy(arena);
    return 0;
}
