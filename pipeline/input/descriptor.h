/* Reading from files and pipes so that a run can be stopped while it waits for more. */
#ifndef MN_INPUT_DESCRIPTOR_H
#define MN_INPUT_DESCRIPTOR_H

#include "base/error.h"
#include "base/slice.h"
#include <sys/types.h>

/* Like read(2), taken up again after signals. `stop` (-1: none) is a descriptor that becomes readable when the run is
 * to end: then -1 with errno ECANCELED. Regular files are not waited for. */
ssize_t mn_descriptor_read(int descriptor, int stop, char *out, size_t size);

/* Lines or NUL-ended names out of a descriptor. Zero-initialise, set descriptor and stop; free with mn_free_lines. */
struct mn_line_reader {
    int descriptor, stop;
    char end; /* of a line */
    char *buffer;
    size_t start, size, capacity;
    bool ended;
    int reason; /* errno of what ended it too early, or 0 */
};

/* The next line without its end, NUL behind it, valid until the next call; null at the end. Empty lines are passed
 * over. */
char *mn_next_line(struct mn_line_reader *lines);
void mn_free_lines(struct mn_line_reader *lines);

#endif
