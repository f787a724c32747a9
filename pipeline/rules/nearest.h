/* The name that somebody may have meant; names told in a row. */
#ifndef MN_RULES_NEAREST_H
#define MN_RULES_NEAREST_H

#include "lexis/names.h"

/* The known name most like this one, or the empty slice when none is near. What stands behind the last point is
 * compared: "bee" is near "common.be". Compares the first few thousand names only. */
struct mn_slice mn_nearest_name(const struct mn_names *names, struct mn_slice name);

/* How near two names are: number of bytes to change, add, drop or swap; at most `limit` + 1. */
size_t mn_name_distance(struct mn_slice a, struct mn_slice b, size_t limit);

/* "a, b, c" in `out`, cut behind a name where it would not fit. */
void mn_join_names(const struct mn_names *names, char *out, size_t size);

#endif
