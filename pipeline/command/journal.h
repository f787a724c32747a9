/* What earlier runs into a folder have said of their documents: their reports, an entry found by its id. In memory are
 * 24 bytes for each document. */
#ifndef MN_COMMAND_JOURNAL_H
#define MN_COMMAND_JOURNAL_H

#include "base/writer.h"

struct journal;

/* An empty one; null when memory is out. */
struct journal *journal_open(void);
void journal_close(struct journal *journal); /* null is allowed */

/* Takes the entries of a report in; they go before those of the same ids that were there. A report that is not there
 * has none; a line that a kill has torn is none. */
enum mn_status journal_add(struct journal *journal, const char *path, struct mn_error *error);

/* The line of an entry into *line (malloc'ed, *capacity bytes, reused), and marks it as seen; false when there is none.
 * Several threads may ask at once. */
bool journal_find(struct journal *journal, uint64_t id, char **line, size_t *capacity, struct mn_slice *found);

/* Entries that nobody has asked for. */
size_t journal_unseen(const struct journal *journal);

/* Writes all entries, one line each, in the order in which they came. */
enum mn_status journal_write(const struct journal *journal, struct mn_writer *writer, struct mn_error *error);

size_t journal_count(const struct journal *journal);

#endif
