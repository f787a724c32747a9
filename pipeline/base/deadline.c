#define _GNU_SOURCE /* CLOCK_MONOTONIC_COARSE: it is read without asking the system */
#include "base/deadline.h"

#include <time.h>

static _Thread_local int64_t deadline; /* seconds of the clock; 0: none */
static _Thread_local unsigned allowed;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return (int64_t)time.tv_sec;
}

void mn_deadline_set(unsigned seconds)
{
    allowed = seconds;
    deadline = seconds ? now() + (int64_t)seconds + 1 : 0; /* the second that has begun is not counted */
}

bool mn_deadline_passed(void)
{
    return deadline && now() >= deadline;
}

int64_t mn_deadline_left(void)
{
    if (!deadline)
        return INT64_MAX;
    int64_t left = deadline - now();
    return left > 0 ? left : 0;
}

enum mn_status mn_fail_late(struct mn_error *error)
{
    return mn_fail(error, MN_OVER_TIME, "takes longer than %u s; raise --max-seconds if it is worth that", allowed);
}
