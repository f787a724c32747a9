#include "command/progress.h"

#include "command/clock.h"
#include "command/log.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Seconds of each tick that go into counting. */
#define COUNTING 0.01

struct progress {
    bool on_terminal;
    double started, told;
    struct mn_walk_options options;
    struct mn_walk *walk; /* null once everything is counted, or when it cannot be */
    struct mn_arena *arena;
    uint64_t total; /* bytes of files */
    bool is_known;  /* total is all there is */
};

/* What comes from standard input is not known before it has come. */
static bool can_count(const struct mn_walk_options *walk)
{
    for (size_t i = 0; i < walk->path_count; i++)
        if (mn_slice_equal(mn_slice_of(walk->paths[i]), MN_LITERAL("-")))
            return false;
    return !walk->list;
}

struct progress *progress_open(const struct mn_walk_options *walk)
{
    struct progress *progress = calloc(1, sizeof *progress);
    if (!progress)
        return NULL;
    progress->on_terminal = isatty(STDERR_FILENO) == 1;
    progress->started = progress->told = clock_seconds();
    progress->options = *walk;
    if (can_count(walk) && (progress->arena = mn_arena_create()))
        progress->walk = mn_walk_open(&progress->options);
    return progress;
}

static void end_counting(struct progress *progress)
{
    mn_walk_close(progress->walk);
    mn_arena_destroy(progress->arena);
    progress->walk = NULL;
    progress->arena = NULL;
}

void progress_close(struct progress *progress)
{
    if (!progress)
        return;
    log_progress_end();
    end_counting(progress);
    free(progress);
}

/* Counts some files more, not so many that what is done waits for its delivery. */
static void count_some(struct progress *progress)
{
    struct mn_file file;
    struct stat facts;
    const double until = clock_seconds() + COUNTING;
    while (progress->walk && clock_seconds() < until) {
        mn_arena_reset(progress->arena);
        if (!mn_walk_next(progress->walk, progress->arena, &file)) {
            progress->is_known = true;
            end_counting(progress);
        } else if (file.status == MN_OK && stat(file.path.data, &facts) == 0) {
            progress->total += (uint64_t)facts.st_size;
        }
    }
}

static double estimate_left(const struct progress *progress, double elapsed, uint64_t consumed)
{
    if (!progress->is_known || consumed == 0 || elapsed < 2)
        return -1;
    uint64_t left = progress->total > consumed ? progress->total - consumed : 0;
    return elapsed * (double)left / (double)consumed;
}

void progress_tick(struct progress *progress, size_t documents, size_t failed, uint64_t bytes, uint64_t consumed)
{
    if (!progress)
        return;
    count_some(progress);
    double time = clock_seconds(), elapsed = time - progress->started;
    if (time - progress->told < (progress->on_terminal ? 0.4 : 60))
        return;
    progress->told = time;
    const struct log_progress line = {
        .documents = documents,
        .failed = failed,
        .megabytes = (double)bytes / 1e6,
        .documents_per_second = (double)documents / elapsed,
        .seconds_left = estimate_left(progress, elapsed, consumed),
    };
    log_progress(&line, progress->on_terminal);
}
