/* rules/segmentation.xml for tests, without the rule loader: the elements are read straight from the file. */
#ifndef MN_TEST_SEGMENT_DATA_H
#define MN_TEST_SEGMENT_DATA_H

#include "rules/segmentation.h"

/* Null when the file cannot be read. mn_segmentation_destroy and then the arena are the caller's to free. */
struct mn_segmentation *load_segmentation(struct mn_arena *arena, const char *path, struct mn_error *error);

#endif
