/* measure ROUNDS BYTES NAME=COMMAND…: runs the shell commands in turn, ROUNDS times over, and prints for each the
 * median of its CPU time (user and system, children included), MB/s for BYTES of input, its ratio to the first, and the
 * highest peak memory of one process. Interleaved rounds, because machines drift. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ROUNDS = 101, MOST_COMMANDS = 16 };

struct subject {
    const char *name, *command;
    double seconds[MOST_ROUNDS];
    long peak; /* KiB */
};

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* False when the command cannot be run or fails; exit 1 (some documents failed) is no failure. */
static int run(struct subject *subject, int round)
{
    struct rusage usage;
    int status;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", subject->command, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        return 0;
    subject->seconds[round] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    if (usage.ru_maxrss > subject->peak)
        subject->peak = usage.ru_maxrss;
    return 1;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(struct subject *subject, int rounds)
{
    qsort(subject->seconds, (size_t)rounds, sizeof(double), compare);
    return subject->seconds[rounds / 2];
}

int main(int count, char **arguments)
{
    static struct subject subjects[MOST_COMMANDS];
    int rounds = count > 3 ? atoi(arguments[1]) : 0, commands = count - 3;
    double bytes = count > 3 ? atof(arguments[2]) : 0, first = 0;
    if (rounds < 1 || rounds > MOST_ROUNDS || commands < 1 || commands > MOST_COMMANDS) {
        fputs("usage: measure ROUNDS BYTES NAME=COMMAND…\n", stderr);
        return 2;
    }
    for (int i = 0; i < commands; i++) {
        char *equals = strchr(arguments[i + 3], '=');
        if (!equals)
            return 2;
        *equals = '\0';
        subjects[i] = (struct subject){.name = arguments[i + 3], .command = equals + 1};
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < commands; i++)
            if (!run(&subjects[i], round)) {
                fprintf(stderr, "measure: this fails: %s\n", subjects[i].command);
                return 1;
            }
    for (int i = 0; i < commands; i++) {
        double time = median(&subjects[i], rounds);
        first = i ? first : time;
        printf("%-28s %8.3f s %8.1f MB/s %7.2f x %8.1f MB peak\n", subjects[i].name, time, bytes / 1e6 / time,
               first > 0 ? time / first : 0, (double)subjects[i].peak / 1024);
    }
    return 0;
}
