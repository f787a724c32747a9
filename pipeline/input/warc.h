/* WARC (ISO 28500): the records of a crawl out of a stream of bytes. Documents are responses with status 200 and
 * records of type resource or conversion; what else a crawl holds is passed over. */
#ifndef MN_INPUT_WARC_H
#define MN_INPUT_WARC_H

#include "input/given.h"
#include "input/http.h"
#include <sys/types.h>

/* Gives up to `size` more bytes: how many, 0 at the end, -1 with *error when they cannot be had. */
typedef ssize_t mn_warc_source(void *context, char *out, size_t size, struct mn_error *error);

struct mn_warc;

/* Null when memory is out. */
struct mn_warc *mn_warc_open(mn_warc_source *source, void *context);
void mn_warc_close(struct mn_warc *warc); /* null is allowed */

/* Goes to the next record that is a document: *ordinal is its place among all records of the crawl, from 1; url,
 * retrieved and charset go into *given, in the arena. *more is false at the end. What is passed over although it
 * answers a request for a document (redirects, errors, images, scripts) is counted in *left_aside. After a failure the
 * crawl is at its end. */
enum mn_status mn_warc_next(struct mn_warc *warc, struct mn_arena *arena, bool *more, uint64_t *ordinal,
                            struct mn_given *given, size_t *left_aside, struct mn_error *error);

/* Reads the document's bytes, without the HTTP head and in no transfer coding, into a buffer that is grown with
 * realloc. *coding: its content coding ("gzip"), empty for none; borrowed until the next call. More than `limit`
 * bytes: MN_OVER_LIMIT; the crawl goes on. */
enum mn_status mn_warc_load(struct mn_warc *warc, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                            struct mn_slice *coding, struct mn_error *error);

#endif
