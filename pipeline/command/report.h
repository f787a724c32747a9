/* The run report (schemas/run.rng): what a run was told to do, and an entry for each document as it is done. The file
 * is complete XML at every moment, so that a run that is killed leaves a report of what it did until then, and whoever
 * looks meanwhile can read it.
 *
 * A kill can cut a write off where a page of the file ends. So behind the closing tag stands an empty processing
 * instruction, which may stand there:
 *     …</run><?next ?>
 * To add an entry, such an end is put far enough behind it, the first instruction is opened, so that it reaches as far
 * as the second one, the entry but for its start is written into it, and at last the entry's start is written over the
 * closing tag and the instruction's opening. Each step but those which write into blanks or into an instruction lies
 * within a page. */
#ifndef MN_COMMAND_REPORT_H
#define MN_COMMAND_REPORT_H

#include "base/writer.h"
#include <sys/types.h>

struct report {
    int descriptor; /* -1: none */
    char *path;
    off_t end;   /* where the next entry goes, and the closing tag stands */
    bool broken; /* a write has failed: what is there stays as it is */
    struct mn_writer text, blanks;
};

/* What stands at its head; values may be empty. */
struct report_setting {
    const char *name;
    struct mn_slice value;
};

/* Makes the file anew: until it has its head, what was there before stays. `path` is copied. */
enum mn_status report_begin(struct report *report, const char *path, const struct report_setting *settings,
                            size_t setting_count, struct mn_error *error);

/* Adds an entry: a whole line of at least 16 bytes, without "?>". */
enum mn_status report_add(struct report *report, struct mn_slice line, struct mn_error *error);

/* Says how the run ended, and syncs. */
enum mn_status report_end(struct report *report, struct mn_slice ending, struct mn_error *error);

/* Closes what is open, and frees. */
void report_close(struct report *report);

#endif
