/* A document may cost so much and no more: the process is ended by the system where one goes beyond, and the program
 * that asked says so. */
#include "base/limits.h"
#include "pdf/pdf.h"
#include <sys/resource.h>

/* Sanitizers of addresses and threads reserve address space of many tebibytes, which the bound would forbid. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void set_bound(int what, rlim_t value)
{
    struct rlimit limit;
    if (getrlimit(what, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || value < limit.rlim_max ? value : limit.rlim_max;
    setrlimit(what, &limit);
}

void bound_memory(void)
{
    if (!SANITIZED)
        set_bound(RLIMIT_AS, MN_LIMIT_PDF_MEMORY);
    set_bound(RLIMIT_CORE, 0);
    set_bound(RLIMIT_FSIZE, 0); /* it has nothing to write but its answer */
}

void bound_time(unsigned seconds)
{
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) != 0)
        return;
    rlim_t until_now = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1; /* and nearly a second more each */
    set_bound(RLIMIT_CPU, until_now + seconds);
}
