/* A segmentation loaded from rules/segmentation.xml and an arena for documents. */
#ifndef MN_TEST_SEGMENT_FIXTURE_H
#define MN_TEST_SEGMENT_FIXTURE_H

#include "document/document.h"
#include "rules/segmentation.h"

struct fixture {
    struct mn_arena *rules, *documents;
    struct mn_segmentation *segmentation;
};

struct fixture fixture_open(void);
void fixture_close(struct fixture *fixture);

/* Reads and segments; the document lives until the next call. Null when read says that there is no text. */
struct mn_document *fixture_segment(struct fixture *fixture, struct mn_slice source);

/* The printed tree, to be freed. */
char *fixture_tree(struct fixture *fixture, struct mn_slice source);

/* A document of physical lines (MN_AB) without gaps, as read makes them, not yet segmented. */
struct mn_document *fixture_lines(struct fixture *fixture, const struct mn_slice *lines, size_t count);

#endif
