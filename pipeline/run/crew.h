/* crew: threads over a sequence of tasks. Tasks are taken one at a time in the order in which they come, worked on by
 * several threads at once, and delivered by the calling thread in the order in which they were taken: what is delivered
 * does not depend on the number of threads. A thread that is ahead waits, so that no more tasks are open than there are
 * places for them. */
#ifndef MN_RUN_CREW_H
#define MN_RUN_CREW_H

#include <stdbool.h>
#include <stddef.h>

struct mn_crew {
    void *context;
    /* Takes the next task into a place; false when there is none. `hand` is what the calling thread owns. */
    bool (*take)(void *context, void *hand, void *place);
    /* Does the task: several threads at once, each with its own hand and place. */
    void (*work)(void *context, void *hand, void *place);
    /* Hands on the outcomes that are due, in order; at least one. While it is at it, more become due. */
    void (*deliver)(void *context, void *const *places, size_t count);
    /* Called every `tick_milliseconds` on the calling thread, between deliveries, where that does none of the work
     * itself; may be null. */
    void (*tick)(void *context);
    unsigned tick_milliseconds;
    void **hands; /* one to a thread; at least one */
    size_t hand_count;
    void **places; /* of tasks that are open; as many as hands or more */
    size_t place_count;
};

/* Works until `take` says that there is no more and everything is delivered. Where the system gives fewer threads than
 * there are hands, these do the work; where it gives none, the caller's does. False when the system has no locks. */
bool mn_crew_run(const struct mn_crew *crew);

/* Processors that this process may use; at least 1. */
size_t mn_crew_processors(void);

#endif
