/* Taking a run into a folder up again: what earlier runs have done and what is still as it was need not be done again.
 * Their reports are the memory: that of the last run, and, until a run comes to its end, what was known before it. */
#ifndef MN_COMMAND_RESUME_H
#define MN_COMMAND_RESUME_H

#include "command/entry.h"
#include "command/journal.h"
#include "command/outputs.h"

struct resume {
    const char *folder;
    char *report, *previous; /* paths */
    struct journal *journal;
    int lock; /* -1: none */
};

/* Reads what is known. `report` may be null: then it is FOLDER/.minutiae/report.xml. With `writes` the folder is made
 * and locked against other runs, what a killed run has left is taken away, and what is known is put aside so that a new
 * report can be begun. With `forget` nothing is known. Zero it first; resume_close also after a failure. */
enum mn_status resume_open(struct resume *resume, const char *folder, const char *report, bool writes, bool forget,
                           struct mn_error *error);

/* `complete`: all documents have come by, the report of this run is all that is to be known from now on. */
void resume_close(struct resume *resume, bool complete);

/* What becomes of a document whose bytes have come. */
enum resume_state {
    RESUME_NEW,     /* nothing is known of it */
    RESUME_CHANGED, /* it, the rules, the program, the options or its record are not what they were */
    RESUME_DONE     /* its outcome stands: *entry and *line say what it was */
};

/* Room that a thread owns. */
struct resume_room {
    char *line;
    size_t capacity;
    char reason[MN_ERROR_MESSAGE_SIZE];
};

/* Several threads may ask at once. */
enum resume_state resume_look(struct resume *resume, uint64_t id, struct mn_slice output_name,
                              const struct entry_key *key, struct resume_room *room, struct entry *entry,
                              struct mn_slice *line);

#endif
