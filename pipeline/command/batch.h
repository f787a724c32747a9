/* batch: the main job, over any number of documents: all stages by several threads, records in a folder or in a stream,
 * a report, resuming. What is written does not depend on the number of threads; only the report's milliseconds depend
 * on time. */
#ifndef MN_COMMAND_BATCH_H
#define MN_COMMAND_BATCH_H

#include "command/session.h"
#include "command/timings.h"

struct batch_options {
    const char *output;  /* folder for the records; null: they go to standard output */
    const char *report;  /* null: in the output folder, or none */
    const char *profile; /* file for the rules' profile; null: none */
    bool stream;         /* to standard output, one record or failure to a line, each flushed */
    bool validate;
    bool force;     /* do everything again */
    bool dry_run;   /* only tell what would be done */
    bool fail_fast; /* end at the first failure */
    size_t limit;   /* documents; 0: all */
    size_t threads; /* 0: as many as there are processors */
    struct timings timings;
};

/* Does it, with the documents that session->feed names; the exit code. */
int batch_run(struct session *session, struct batch_options *options);

#endif
