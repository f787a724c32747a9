/* How far a run has come, told while it goes on: on a terminal twice a second in one line, elsewhere once a minute. */
#ifndef MN_COMMAND_PROGRESS_H
#define MN_COMMAND_PROGRESS_H

#include "input/feed.h"

struct progress;

/* Null when memory is out; then nothing is told. What `walk` names is counted beside the work, so that the time left
 * can be estimated. */
struct progress *progress_open(const struct mn_walk_options *walk);
void progress_close(struct progress *progress); /* null is allowed */

/* To be called often; tells when it is time. `consumed`: bytes of files (mn_feed_consumed). */
void progress_tick(struct progress *progress, size_t documents, size_t failed, uint64_t bytes, uint64_t consumed);

#endif
