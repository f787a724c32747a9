/* measure [wall] ROUNDS BYTES NAME=COMMAND…: runs the shell commands in turn, ROUNDS times over, and prints for each
 * the median of its CPU time (user and system, children included; with `wall` the time on the clock), MB/s for BYTES of
 * input, the median of its ratios to the first command in the same round, and the highest peak memory of one process.
 * Interleaved rounds and ratios within a round, because machines drift. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROUNDS = 101, MOST_COMMANDS = 16 };

struct subject {
    const char *name, *command;
    double seconds[MOST_ROUNDS], ratios[MOST_ROUNDS];
    long peak; /* KiB */
};

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* False when the command cannot be run or fails; exit 1 (some documents failed) is no failure. */
static int run(struct subject *subject, int round, int wall)
{
    struct rusage usage;
    int status;
    double begin = clock_seconds();
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", subject->command, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        return 0;
    subject->seconds[round] = wall ? clock_seconds() - begin : seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    if (usage.ru_maxrss > subject->peak)
        subject->peak = usage.ru_maxrss;
    return 1;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static void print(struct subject *subject, int rounds, double bytes)
{
    double ratio = median(subject->ratios, rounds), time = median(subject->seconds, rounds);
    printf("  %-34s %9.3f s", subject->name, time);
    if (bytes > 0)
        printf(" %8.1f MB/s", bytes / 1e6 / time);
    printf(" %8.2f x %8.1f MB peak\n", ratio, (double)subject->peak / 1024);
}

/* Splits NAME=COMMAND; false when there is no equals sign. */
static int take(char *argument, struct subject *subject)
{
    char *equals = strchr(argument, '=');
    if (!equals)
        return 0;
    *equals = '\0';
    *subject = (struct subject){.name = argument, .command = equals + 1};
    return 1;
}

int main(int count, char **arguments)
{
    static struct subject subjects[MOST_COMMANDS];
    int wall = count > 1 && strcmp(arguments[1], "wall") == 0;
    arguments += wall, count -= wall;
    int rounds = count > 3 ? atoi(arguments[1]) : 0, commands = count - 3;
    if (rounds < 1 || rounds > MOST_ROUNDS || commands < 1 || commands > MOST_COMMANDS) {
        fputs("usage: measure [wall] ROUNDS BYTES NAME=COMMAND…\n", stderr);
        return 2;
    }
    for (int i = 0; i < commands; i++)
        if (!take(arguments[i + 3], &subjects[i]))
            return 2;
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < commands; i++) {
            if (!run(&subjects[i], round, wall)) {
                fprintf(stderr, "measure: this fails: %s\n", subjects[i].command);
                return 1;
            }
            subjects[i].ratios[round] = subjects[i].seconds[round] / subjects[0].seconds[round];
        }
    for (int i = 0; i < commands; i++)
        print(&subjects[i], rounds, atof(arguments[2]));
    return 0;
}
