/* What the rooms of batch share: the run, what a thread owns, what became of a document.
 *     batch.c          the run from its beginning to its end
 *     batch_key.c      what a document's outcome depends on
 *     batch_settings.c what the run is told, at the head of its report
 *     batch_work.c     a document by one of several threads
 *     batch_delivery.c what became of documents, handed on in their order by one thread
 *     batch_ending.c   how the run ended */
#ifndef MN_COMMAND_BATCH_PARTS_H
#define MN_COMMAND_BATCH_PARTS_H

#include "command/batch.h"
#include "command/log.h"
#include "command/outputs.h"
#include "command/progress.h"
#include "command/records.h"
#include "command/report.h"
#include "command/resume.h"
#include "explain/profile.h"
#include "run/crew.h"

#include <stdatomic.h>

/* What a thread owns. */
struct hand {
    struct mn_worker *worker;
    struct mn_validator *validator;
    struct mn_input input;
    struct mn_writer record; /* where records go to files */
    struct resume_room room;
    struct mn_run_times times;
    uint64_t record_time;        /* nanoseconds */
    struct mn_profiler profiler; /* where a profile is wanted */
};

/* What became of a document, until it is delivered. */
struct outcome {
    struct output output;         /* its record's file, where records go to files */
    struct mn_writer output_name; /* what that is called */
    struct mn_writer name, notices, entry, record;
    enum mn_status status;
    struct mn_error error;
    enum resume_state state;
    bool prepared;      /* the record is written, and waits for its name */
    bool owns_name;     /* if it fails what an earlier run wrote is to go: it would look current */
    bool output_failed; /* nothing more can be written */
    uint64_t bytes;
    struct summary counts;
};

struct batch {
    struct session *session;
    struct batch_options *options;
    struct mn_feed *feed;
    struct resume resume;
    struct report report;
    struct records records;
    struct mn_writer stream; /* standard output, a line to a document; dry runs too */
    struct progress *progress;
    bool keeps;                   /* a report or a folder keeps what became of documents, with keys */
    struct mn_sha256 pdf_program; /* zero: it is not there */
    struct mn_sha256 basis;       /* of what all documents' outcomes depend on */
    size_t taken;                 /* by the threads, one at a time … */
    bool limited;                 /* … as many as --limit allows */
    struct summary summary;
    struct summary_run run;
    struct mn_profile *profile; /* null: none is wanted */
    bool profile_failed;        /* memory was out */
    /* what came by so far */
    size_t documents, failed;
    uint64_t bytes;
    /* why it ends early */
    atomic_bool ended;
    bool output_failed, failed_fast;
};

/* What is in a writer to memory. */
struct mn_slice text_of(const struct mn_writer *writer);

/* ---- batch_key.c ---- */

/* What all documents' outcomes depend on: programs, rules, options. False where SHA-256 is not available. */
bool batch_make_basis(struct batch *batch);

/* What a document's outcome depends on, its bytes too. */
bool batch_make_key(const struct batch *batch, const struct mn_input *input, const struct mn_sha256 *source,
                    struct entry_key *key);

/* ---- batch_settings.c ---- */

/* Begins the report, with what the run is told. */
enum mn_status batch_begin_report(struct batch *batch, const char *path, struct mn_error *error);

/* ---- batch_work.c ---- */

/* Null after a failure. */
struct hand *hand_create(const struct batch *batch, struct mn_error *error);
void hand_destroy(struct hand *hand); /* null is allowed */

/* Takes the hand's next document; false when there is none or the run is to end (mn_crew.take). */
bool batch_take(void *context, void *hand, void *place);

/* Does it; several threads at once (mn_crew.work). */
void batch_work(void *context, void *own, void *place);

/* ---- batch_delivery.c ---- */

/* `number` tells outcomes apart that are open at once. Null when memory is out. */
struct outcome *outcome_create(const struct batch *batch, size_t number);
void outcome_destroy(struct outcome *outcome);

/* For the next document. */
void outcome_clear(struct outcome *outcome);

/* Hands outcomes on, in order (mn_crew.deliver): records get their names, what is to be told is told, and the report
 * has their entries. */
void batch_deliver(void *context, void *const *outcomes, size_t count);

/* ---- batch_ending.c ---- */

/* What ended the run early; null when it came to its end. The first word stands in the report. */
const char *batch_early_end(const struct batch *batch);

/* Ends what is written and tells what came of the run; the exit code. */
int batch_end(struct batch *batch, double started);

#endif
