#include "match/finder.h"

#include "match/sketch.h"
#include "match/trace.h"

#include <stdlib.h>

static bool reserve_parts(struct mn_finder *finder, size_t count)
{
    if (!MN_POOL_RESERVE(&finder->parts, count))
        return false;
    for (; finder->ready < count; finder->ready++)
        memset(&finder->parts.items[finder->ready], 0, sizeof *finder->parts.items);
    return true;
}

/* The next program from number `from` on that is worth looking for. */
static size_t next_program(const struct mn_ground *ground, struct mn_program *const *programs, size_t from,
                           size_t count, struct mn_place scope)
{
    return ground->everywhere ? from : mn_index_candidate(ground->index, programs, from, count, scope);
}

bool mn_finder_begin(struct mn_finder *finder, struct mn_ground *ground, struct mn_program *const *programs,
                     size_t count, struct mn_place scope)
{
    MN_TRACE(ground, .kind = MN_TRACE_TRY, .place = scope, .programs = programs, .program_count = count);
    finder->count = 0;
    finder->scope = scope;
    finder->start = scope.start;
    finder->part = 0;
    if (!reserve_parts(finder, count)) {
        ground->failed = true;
        return false;
    }
    for (size_t i = next_program(ground, programs, 0, count, scope); i < count;
         i = next_program(ground, programs, i + 1, count, scope)) {
        struct mn_finder_part *part = &finder->parts.items[finder->count];
        part->resume = scope.start;
        if (!mn_run_begin(&part->run, ground, programs[i], scope, false))
            return false;
        finder->count += mn_sketch_allows(&part->run);
    }
    return !ground->failed;
}

/* Tries one pattern at the finder's start; part->resume then says where it is worth trying next. */
static bool try_part(struct mn_finder *finder, struct mn_finder_part *part)
{
    if (finder->start < part->resume)
        return false;
    part->resume = mn_run_skip(&part->run, finder->start);
    if (finder->start < part->resume)
        return false;
    bool over = part->run.program->anchored && finder->start > finder->scope.start;
    if (!over && mn_run_at(&part->run, finder->start, &finder->match)) {
        part->resume = finder->match.end;
        finder->run = &part->run;
        return true;
    }
    part->resume = over ? finder->scope.end : finder->start + 1;
    return false;
}

/* The next token at which some pattern is worth trying. */
static void move_on(struct mn_finder *finder)
{
    uint32_t next = finder->scope.end;
    for (size_t i = 0; i < finder->count; i++)
        if (finder->parts.items[i].resume < next)
            next = finder->parts.items[i].resume;
    finder->start = next > finder->start ? next : finder->start + 1;
    finder->part = 0;
}

static void tell_match(const struct mn_finder *finder)
{
    const struct mn_ground *ground = finder->run->ground;
    MN_TRACE(ground, .kind = MN_TRACE_MATCH, .place = finder->match, .run = finder->run);
}

bool mn_finder_next(struct mn_finder *finder)
{
    for (; finder->start < finder->scope.end; move_on(finder))
        while (finder->part < finder->count)
            if (try_part(finder, &finder->parts.items[finder->part++])) {
                tell_match(finder);
                return true;
            }
    return false;
}

void mn_finder_take(struct mn_finder *finder)
{
    finder->start = finder->match.end;
    finder->part = 0;
}

void mn_finder_free(struct mn_finder *finder)
{
    for (size_t i = 0; i < finder->ready; i++)
        mn_run_free(&finder->parts.items[i].run);
    free(finder->parts.items);
    memset(finder, 0, sizeof *finder);
}
