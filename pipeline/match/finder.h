/* Looking through a scope for the matches of several patterns: leftmost first, at one start in the order of the
 * patterns. */
#ifndef MN_MATCH_FINDER_H
#define MN_MATCH_FINDER_H

#include "match/program_run.h"

/* One pattern's search. */
struct mn_finder_part {
    struct mn_run run;
    uint32_t resume; /* not tried before this token: its own match was passed over, or none can start before */
};

/* Zero-initialise it once; its memory serves for one scope after the other. */
struct mn_finder {
    MN_POOL(struct mn_finder_part) parts;
    size_t ready; /* parts that have been zero-initialised */
    size_t count; /* patterns at hand: those that may match in the scope */
    struct mn_place scope;
    uint32_t start; /* where the next match is looked for … */
    size_t part;    /* … from this pattern on */
    /* After mn_finder_next: */
    struct mn_place match;
    const struct mn_run *run; /* with the captures and the program */
};

/* Prepares for a scope. False when memory is out. */
bool mn_finder_begin(struct mn_finder *finder, struct mn_ground *ground, struct mn_program *const *programs,
                     size_t count, struct mn_place scope);

/* The next match, in finder->match and finder->run; false when there is none. If the last one was not taken it is
 * passed over: its pattern goes on behind it, the other patterns at its start. */
bool mn_finder_next(struct mn_finder *finder);

/* Takes the last match: all patterns go on behind it. */
void mn_finder_take(struct mn_finder *finder);

void mn_finder_free(struct mn_finder *finder);

#endif
