/* How long something takes. */
#ifndef MN_COMMAND_CLOCK_H
#define MN_COMMAND_CLOCK_H

#include <time.h>

/* Seconds of a clock that only goes forward; from when, does not matter. */
static inline double clock_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

#endif
