/* Files that stand at a place relative to the running program. */
#ifndef MN_BASE_BESIDE_H
#define MN_BASE_BESIDE_H

#include <stddef.h>

/* DIR/suffix in `out`, NUL-terminated, where DIR is the running program's folder; empty where that cannot be
 * told or has no room. */
void mn_beside_program(const char *suffix, char *out, size_t size);

#endif
