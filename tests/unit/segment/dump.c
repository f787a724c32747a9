/* Prints the segmentation of files: dump SEGMENTATION.xml FILE… */
#include "data.h"
#include "read/read.h"
#include "segment/segment.h"
#include "tree.h"
#include <stdio.h>
#include <stdlib.h>

static char *load(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = malloc((size_t)64 << 20);
    *size = bytes ? fread(bytes, 1, (size_t)64 << 20, file) : 0;
    fclose(file);
    return bytes;
}

static int dump(const char *path, const struct mn_segmentation *segmentation, struct mn_arena *arena)
{
    size_t size = 0;
    struct mn_error error = {0};
    char *bytes = load(path, &size);
    struct mn_document *document = mn_document_create(arena);
    enum mn_status status = MN_NOT_READABLE;
    if (bytes && document) {
        document->source.name = mn_slice_of(path);
        status = mn_read((struct mn_slice){bytes, size}, &(struct mn_read_options){0}, document, &error);
    }
    char *before = status == MN_OK && getenv("BEFORE") ? print_tree(document) : NULL;
    if (before)
        fputs(before, stdout);
    free(before);
    if (status == MN_OK)
        status = mn_segment(document, segmentation, &error);
    char *tree = status == MN_OK ? print_tree(document) : NULL;
    if (tree)
        fputs(tree, stdout);
    else
        fprintf(stderr, "%s: %s\n", path, error.message);
    free(tree);
    free(bytes);
    mn_arena_reset(arena);
    return status == MN_OK ? 0 : 1;
}

int main(int count, char **arguments)
{
    struct mn_error error = {0};
    struct mn_arena *rules = mn_arena_create();
    struct mn_arena *arena = mn_arena_create();
    struct mn_segmentation *segmentation = count > 1 ? load_segmentation(rules, arguments[1], &error) : NULL;
    int failures = segmentation == NULL;
    if (!segmentation)
        fprintf(stderr, "usage: dump SEGMENTATION.xml FILE…  %s\n", error.message);
    for (int i = 2; segmentation && i < count; ++i)
        failures |= dump(arguments[i], segmentation, arena);
    mn_segmentation_destroy(segmentation);
    mn_arena_destroy(arena);
    mn_arena_destroy(rules);
    return failures;
}
