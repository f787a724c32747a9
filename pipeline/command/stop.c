#include "command/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static atomic_int came;        /* other threads look at it, so that sig_atomic_t is not enough */
static int ends[2] = {-1, -1}; /* of the pipe */

static void note(int signal_number)
{
    int reason = errno;
    if (atomic_exchange(&came, signal_number)) {
        signal(signal_number, SIG_DFL);
        raise(signal_number); /* takes effect when this returns */
    }
    if (write(ends[1], "", 1) < 0) {
        /* The pipe is full: it is readable anyway. */
    }
    errno = reason;
}

int stop_listen(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action, before;
        memset(&action, 0, sizeof action);
        action.sa_handler = note;
        action.sa_flags = SA_RESTART; /* what waits for input looks at the pipe */
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
    return ends[0];
}

int stop_signal(void)
{
    return atomic_load(&came);
}
