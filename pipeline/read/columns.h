/* Tables that stand in plain text by blanks alone. */
#ifndef MN_READ_COLUMNS_H
#define MN_READ_COLUMNS_H

#include "read/leaves.h"

/* Adds the table whose titles `line` holds, the line before `lines`, and moves `lines` behind it; false, with nothing
 * moved, when none begins there. */
bool mn_columns_take(struct mn_leaves *leaves, struct mn_lines *lines, const struct mn_line *line);

#endif
