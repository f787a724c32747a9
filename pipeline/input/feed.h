/* feed: documents as they come, one after the other: files, those in folders, those in containers and in containers in
 * these, with what is known of them from outside. The order is that of the paths, within folders that of the names,
 * within containers theirs: the same whenever the same is there. */
#ifndef MN_INPUT_FEED_H
#define MN_INPUT_FEED_H

#include "input/container.h"
#include "input/metadata.h"

struct mn_feed_options {
    struct mn_walk_options walk;
    size_t max_bytes;                   /* of one document, expanded */
    size_t max_ratio;                   /* expanded to compressed bytes of a container; 0: MN_LIMIT_RATIO */
    size_t max_nesting;                 /* containers in one another; 0: MN_LIMIT_CONTAINER_NESTING */
    const char *output_ending;          /* of outputs' names: a document whose output would have another's name, or that
                                           of a folder that another's lies in, fails; null: no outputs are written */
    const struct mn_metadata *metadata; /* joined by name; may be null */
};

/* A document that came. It owns its memory, which is used again for the next one. */
struct mn_input {
    struct mn_arena *arena;
    char *buffer;
    size_t capacity;
    struct mn_slice name;   /* a path as given or found, with "!" and the name inside for what is in a container:
                               "crawl.warc.gz!17"; "-" for standard input. NUL behind it. */
    struct mn_slice output; /* what its output is called: a relative path that never leads out. NUL behind it. */
    struct mn_given given;
    struct mn_slice bytes; /* in the buffer */
    enum mn_status status; /* MN_OK, or why its bytes cannot be had, with the error filled in */
    struct mn_error error;
    bool output_taken; /* it failed because its output's name is another's */
};

/* False when memory is out. */
bool mn_input_init(struct mn_input *input);
void mn_input_free(struct mn_input *input);

struct mn_feed;

/* Null when memory is out. The options must outlive the feed. */
struct mn_feed *mn_feed_open(const struct mn_feed_options *options);
void mn_feed_close(struct mn_feed *feed); /* null is allowed */

/* The next document; false when there is none, or when the run is to be stopped. What cannot be read comes as an input
 * with its failure. One thread at a time. */
bool mn_feed_next(struct mn_feed *feed, struct mn_input *input);

/* What was passed over so far. */
struct mn_walk_counts mn_feed_counts(const struct mn_feed *feed);

/* Bytes of files that have been taken so far, as they lie on the disk. Any thread may ask. */
uint64_t mn_feed_consumed(const struct mn_feed *feed);

/* Reads a file (or "-") whole, as it is. More than `limit` bytes: MN_OVER_LIMIT without reading on. */
enum mn_status mn_load_file(const char *path, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                            struct mn_error *error);

#endif
