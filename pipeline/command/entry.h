/* An entry of the run report: what became of one document, as one line of XML (schemas/run.rng). Entries are also what
 * the next run knows of this one, so they are read back. */
#ifndef MN_COMMAND_ENTRY_H
#define MN_COMMAND_ENTRY_H

#include "base/digest.h"
#include "base/writer.h"
#include "command/summary.h"
#include "input/feed.h"

/* The digest of everything that a document's outcome depends on. */
struct entry_key {
    struct mn_sha256 sha256;
};

/* What names a document from run to run: a digest of its output's name. */
uint64_t entry_id(struct mn_slice output);

/* What an entry says. Slices borrow from what it was made of. */
struct entry {
    uint64_t id;
    struct mn_slice name, output, url, retrieved;
    enum mn_status status;
    struct mn_slice kind; /* of document */
    uint64_t bytes;
    bool has_source, has_key, has_record, reused;
    struct mn_sha256 source_sha256;
    struct entry_key key;
    struct mn_sha256 record_sha256;
    uint64_t milliseconds;
    struct mn_slice reason;  /* of a failure */
    struct mn_slice notices; /* each followed by a NUL */
    struct summary counts;
};

/* Writes it, with the line's end. */
void entry_write(const struct entry *entry, struct mn_writer *writer);

/* The id of a line that is a whole entry; false for any other line. */
bool entry_line_id(struct mn_slice line, uint64_t *id);

/* Reads a line back: all but name, output, url, retrieved and notices. `text` takes the reason. False when it is none.
 */
bool entry_read(struct mn_slice line, struct entry *entry, char text[MN_ERROR_MESSAGE_SIZE]);

/* Writes a line as a document of its own, outside a report: with the namespace. */
void entry_write_alone(struct mn_slice line, struct mn_writer *writer);

/* The same for a document of which only its name and what was wrong are known. */
void entry_write_failure(struct mn_slice name, const struct mn_error *error, struct mn_writer *writer);

/* Writes a line of a document that was done as that of one that has failed after all. */
void entry_write_failed(struct mn_slice line, const struct mn_error *error, struct mn_writer *writer);

/* Writes a line of an earlier run as one of this run: marked as reused. */
void entry_write_reused(struct mn_slice line, struct mn_writer *writer);

#endif
