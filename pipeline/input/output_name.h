/* What the output of a document is called when its name comes from a container, a list or a crawl: such names may be
 * anything, and output stays below its folder whatever they say. */
#ifndef MN_INPUT_OUTPUT_NAME_H
#define MN_INPUT_OUTPUT_NAME_H

#include "base/arena.h"

/* A relative path made from `name`: its parts without empty ones and ".", with ".." written as "%2E%2E", hidden ones
 * with "%2E" for the point; parts of more than 200 bytes are cut and end in a digest of the whole. NUL behind it, in
 * the arena; null data when memory is out. */
struct mn_slice mn_output_name(struct mn_arena *arena, struct mn_slice name);

#endif
