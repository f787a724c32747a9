/* Containers: zip, tar, what gzip, zstd, bzip2 and xz make of them or of a single file, and crawls (WARC). They are
 * read as streams, one document at a time; nothing in them is ever written anywhere under the names they say. Zip files
 * that are documents themselves (DOCX, ODT …) are no containers. */
#ifndef MN_INPUT_CONTAINER_H
#define MN_INPUT_CONTAINER_H

#include "base/arena.h"
#include "base/error.h"
#include "input/given.h"
#include "input/walk.h"

struct mn_container_options {
    size_t max_bytes;                   /* of one document, expanded */
    size_t max_ratio;                   /* expanded to compressed bytes of a container; 0: MN_LIMIT_RATIO */
    int stop;                           /* descriptor that becomes readable when the run is to end; -1: none */
    const struct mn_walk_options *walk; /* whose patterns hold for members too */
};

struct mn_member {
    struct mn_slice name; /* inside the container, in the arena; of a crawl the record's number; empty: the container is
                             one compressed file */
    struct mn_given given;
};

/* True for bytes that start like a container. */
bool mn_is_container(struct mn_slice start);

struct mn_container;

/* Opens a file or pipe from which the bytes `ahead` were read already (copied; regular files are read from their
 * start again). The descriptor stays the caller's. Options must outlive the container. */
enum mn_status mn_container_open_file(int descriptor, struct mn_slice ahead, const struct mn_container_options *options,
                                      struct mn_container **out, struct mn_error *error);
/* The same for bytes in memory, which must outlive it. */
enum mn_status mn_container_open_bytes(struct mn_slice bytes, const struct mn_container_options *options,
                                       struct mn_container **out, struct mn_error *error);
void mn_container_close(struct mn_container *container); /* null is allowed */

/* Goes to the next document; *more is false at the end. After a failure the container is at its end. */
enum mn_status mn_container_next(struct mn_container *container, struct mn_arena *arena, bool *more,
                                 struct mn_member *member, struct mn_error *error);

/* Reads the document's bytes into a buffer that is grown with realloc. After a failure the next one can be gone to. */
enum mn_status mn_container_load(struct mn_container *container, char **buffer, size_t *capacity,
                                 struct mn_slice *bytes, struct mn_error *error);

/* What was passed over so far. */
struct mn_walk_counts mn_container_counts(const struct mn_container *container);

/* Bytes of the container itself that were read so far. */
uint64_t mn_container_consumed(const struct mn_container *container);

#endif
