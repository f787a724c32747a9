/* The run report (schemas/run.rng): what a run was told to do, and an entry for each document as it is done. After each
 * entry the file is complete XML: a run that is killed leaves a report of what it did until then. (Killed within the
 * very write of an entry that runs over a page of memory, it may leave that entry in part.) */
#ifndef MN_COMMAND_REPORT_H
#define MN_COMMAND_REPORT_H

#include "base/writer.h"
#include <sys/types.h>

struct report {
    int descriptor; /* -1: none */
    char *path;
    off_t end; /* where the next entry goes */
    struct mn_writer text;
};

/* What stands at its head; values may be empty. */
struct report_setting {
    const char *name;
    struct mn_slice value;
};

/* Makes the file anew. `path` is copied. */
enum mn_status report_begin(struct report *report, const char *path, const struct report_setting *settings,
                            size_t setting_count, struct mn_error *error);

/* Adds an entry: a whole line. */
enum mn_status report_add(struct report *report, struct mn_slice line, struct mn_error *error);

/* Says how the run ended, syncs and closes. */
enum mn_status report_end(struct report *report, struct mn_slice ending, struct mn_error *error);

/* Closes what is open, and frees. */
void report_close(struct report *report);

#endif
