/* Files that tests make, in a folder of their own, and archives in memory. */
#ifndef MN_TEST_INPUT_FILES_H
#define MN_TEST_INPUT_FILES_H

#include "base/slice.h"
#include <archive.h>

enum { MOST_PATH = 512 };

/* An empty folder of the running test's own, which is gone into: names of files are relative. */
void begin_folder(void);

/* Makes a file, and the folders on the way to it. */
void make_file(const char *path, struct mn_slice bytes);

/* An archive in memory; `bytes` is malloc'ed. */
struct packed {
    struct archive *archive;
    char *bytes;
    size_t size;
};

void begin_zip(struct packed *packed);
void begin_tar(struct packed *packed);
void add_file(struct packed *packed, const char *name, struct mn_slice bytes);
void add_link(struct packed *packed, const char *name, const char *target);
void add_folder(struct packed *packed, const char *name);
struct mn_slice end_packed(struct packed *packed);

/* One gzip member. */
struct mn_slice gzipped(struct packed *packed, struct mn_slice bytes);

#endif
