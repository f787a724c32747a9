/* Tables that stand in plain text by blanks alone. */
#ifndef MN_READ_COLUMNS_H
#define MN_READ_COLUMNS_H

#include "read/leaves.h"

/* Adds the table whose titles `line` holds, the line before `lines`, and moves `lines` behind it; false, with nothing
 * moved, when none begins there. A cell of several lines has the source range from its first word to its last, with
 * what stands beside it in other columns. Works in the arena's scratch. `plain` (0 at first) is where lines that turned
 * out to be no table end: none is looked for before it, so that no line is gone through again and again. */
bool mn_columns_take(struct mn_leaves *leaves, struct mn_lines *lines, const struct mn_line *line, size_t *plain);

#endif
