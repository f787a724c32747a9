#include "fixture.h"

#include "data.h"
#include "read/read.h"
#include "segment/segment.h"
#include "tree.h"
#include <criterion/criterion.h>

struct fixture fixture_open(void)
{
    struct mn_error error = {0};
    struct fixture fixture = {.rules = mn_arena_create(), .documents = mn_arena_create()};
    cr_assert(fixture.rules && fixture.documents);
    fixture.segmentation = load_segmentation(fixture.rules, MN_TEST_SOURCE_DIR "/rules/segmentation.xml", &error);
    cr_assert(fixture.segmentation, "%s", error.message);
    return fixture;
}

void fixture_close(struct fixture *fixture)
{
    mn_segmentation_destroy(fixture->segmentation);
    mn_arena_destroy(fixture->documents);
    mn_arena_destroy(fixture->rules);
}

struct mn_document *fixture_segment(struct fixture *fixture, struct mn_slice source)
{
    struct mn_error error = {0};
    mn_arena_reset(fixture->documents);
    struct mn_document *document = mn_document_create(fixture->documents);
    cr_assert(document);
    if (mn_read(source, &(struct mn_read_options){0}, document, &error) != MN_OK)
        return NULL;
    cr_assert_eq(mn_segment(document, fixture->segmentation, &error), MN_OK, "%s", error.message);
    return document;
}

char *fixture_tree(struct fixture *fixture, struct mn_slice source)
{
    struct mn_document *document = fixture_segment(fixture, source);
    cr_assert(document);
    char *tree = print_tree(document);
    cr_assert(tree);
    return tree;
}

struct mn_document *fixture_lines(struct fixture *fixture, const struct mn_slice *lines, size_t count)
{
    struct mn_error error = {0};
    struct mn_builder builder;
    mn_arena_reset(fixture->documents);
    struct mn_document *document = mn_document_create(fixture->documents);
    cr_assert(document);
    mn_builder_init(&builder, document);
    for (size_t i = 0; i < count; ++i)
        mn_builder_leaf(&builder, MN_AB, lines[i], 0);
    cr_assert_eq(mn_builder_finish(&builder, &error), MN_OK);
    document->layer = MN_LAYER_READ;
    return document;
}
