#include "command/timings.h"

#include <stdio.h>
#include <time.h>

static double per(double amount, uint64_t count)
{
    return count ? amount / (double)count : 0;
}

static void print_row(const struct timings *timings, const char *name, uint64_t nanoseconds)
{
    double seconds = (double)nanoseconds / 1e9, bytes = (double)timings->stages.bytes;
    fprintf(stderr, "  %-10s %9.3f s %9.1f ns/token %9.1f MB/s\n", name, seconds,
            per((double)nanoseconds, timings->stages.tokens), nanoseconds ? bytes / 1e6 / seconds : 0);
}

void timings_print(const struct timings *timings)
{
    static const char *const names[] = {
        [MN_LAYER_READ] = "read",   [MN_LAYER_SEGMENT] = "segment",     [MN_LAYER_TOKENISE] = "tokenise",
        [MN_LAYER_MATCH] = "match", [MN_LAYER_INTERPRET] = "interpret",
    };
    const struct mn_run_times *stages = &timings->stages;
    fprintf(stderr, "CPU time for %llu documents, %.1f MB, %llu tokens (match: %.2f steps a token)\n",
            (unsigned long long)stages->documents, (double)stages->bytes / 1e6, (unsigned long long)stages->tokens,
            per((double)stages->steps, stages->tokens));
    for (int layer = MN_LAYER_READ; layer <= MN_LAYER_INTERPRET; layer++)
        print_row(timings, names[layer], stages->nanoseconds[layer]);
    print_row(timings, "record", timings->record);
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    print_row(timings, "everything", (uint64_t)time.tv_sec * UINT64_C(1000000000) + (uint64_t)time.tv_nsec);
}
