/* extract --timings: what each stage costs, in CPU time, for who looks for speed. */
#ifndef MN_COMMAND_TIMINGS_H
#define MN_COMMAND_TIMINGS_H

#include "run/run.h"

struct timings {
    bool wanted;
    struct mn_run_times stages;
    uint64_t record; /* nanoseconds: making, checking and writing the records */
};

/* Prints a table to standard error: the stages, then everything since the program began, as the system counts it. */
void timings_print(const struct timings *timings);

#endif
