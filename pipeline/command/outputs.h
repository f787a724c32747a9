/* Outputs: files that appear whole or not at all. */
#ifndef MN_COMMAND_OUTPUTS_H
#define MN_COMMAND_OUTPUTS_H

#include "base/error.h"
#include "base/slice.h"

/* Writes FOLDER/NAME + ending: to a temporary file beside it, synced, renamed. Missing folders are made. On failure
 * nothing is left behind. */
enum mn_status output_write(const char *folder, const char *name, const char *ending, struct mn_slice bytes,
                            struct mn_error *error);

/* Takes away what an earlier run wrote under this name, if anything: it would look current. */
void output_remove(const char *folder, const char *name, const char *ending);

#endif
