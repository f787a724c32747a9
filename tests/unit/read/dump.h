/* Reads a source and shows what came of it in a few characters a node, for tests to compare. */
#ifndef MN_TEST_READ_DUMP_H
#define MN_TEST_READ_DUMP_H

#include "read/read.h"

struct reading {
    struct mn_arena *arena;
    struct mn_document *document;
    enum mn_status status;
    struct mn_error error;
    char *dump;
};

/* Reads bytes; the caller frees with reading_free. The dump has a line for each node: a space for each level of depth,
 * the element's name, then what is there of: the level of a head or the columns of an ab; "*" bold, "#" header cell,
 * "^" page break before it; "=N:O" numbering and ordinal; "@P" page; "/G" the gap, unless 0; and the text. */
struct reading reading_of(struct mn_slice bytes, const char *charset);
struct reading reading_with(struct mn_slice bytes, struct mn_pdf_process *pdf);
void reading_free(struct reading *reading);

/* The dump of a reading that must succeed, compared with what is expected. */
void check_dump(const char *source, const char *expected);
void check_bytes(struct mn_slice source, const char *expected);

/* Does a notice hold this text? */
bool has_notice(const struct reading *reading, const char *text);

#endif
