/* Inputs: the documents that paths on the command line stand for, and their bytes. */
#ifndef MN_COMMAND_INPUTS_H
#define MN_COMMAND_INPUTS_H

#include "base/error.h"
#include "base/slice.h"

struct input {
    char *path;   /* to open; "-" is standard input */
    char *output; /* name of its output below the output folder, without the ending: relative path below a folder that
                     was given, or the file's own name */
    enum mn_status status; /* MN_OK, or why it cannot be an input (a folder that cannot be read) */
    char *reason;          /* the message then; else null */
};

struct inputs {
    struct input *items;
    size_t count, capacity;
    size_t skipped;     /* files in folders that are never documents: hidden ones, README*, *.gold.xml */
    size_t special;     /* links to folders, pipes, devices in folders */
    const char *output; /* folder that is left out within others, as the run's own output goes there; may be null */
};

/* Collects files, and folders with all in them, in the order given and within folders in byte order of the names. Links
 * to folders are not followed inside folders; these and what else is no regular file there are only counted. A path
 * that cannot be read, or a link that leads nowhere, becomes an input with its reason, so that the rest is still done.
 * False when memory is out. */
bool inputs_collect(struct inputs *inputs, const char *const *paths, size_t count);
void inputs_free(struct inputs *inputs);

/* Reads a file (or "-") whole into a buffer that is reused from call to call: *buffer, *capacity start as null, 0 and
 * are freed by the caller. More than `limit` bytes: MN_OVER_LIMIT without reading on. */
enum mn_status input_load(const char *path, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                          struct mn_error *error);

#endif
