/* A quick look where in a scope a program can match at all. It takes all positions at once: for every state the set of
 * positions from which (backwards: to which) there is a way, 64 to a word, along the plan's order. It takes
 * look-arounds of more than one token to hold, so it may propose starts where there is no match, but leaves out none
 * where there is one. Most scopes that a trigger proposes end here. */
#ifndef MN_MATCH_REACH_H
#define MN_MATCH_REACH_H

#include "document/document.h"
#include "lexis/forms.h"
#include "match/plan.h"
#include "match/pool.h"

/* Larger scopes and programs are searched without a quick look, whose cost grows faster than theirs. */
enum { MN_REACH_WORDS = 4, MN_REACH_TOKENS = MN_REACH_WORDS * 64 - 1, MN_REACH_STATES = 4096 };

struct mn_positions {
    uint64_t words[MN_REACH_WORDS];
};

/* A range of tokens of the document, end exclusive. */
struct mn_place {
    uint32_t start, end;
};

struct mn_ground;

/* One thread's. */
struct mn_reach {
    struct mn_plans plans;
    const struct mn_form *forms[MN_REACH_TOKENS]; /* of the scope at hand */
    uint32_t first, count;                        /* the scope: its first token and their number */
    uint32_t words;                               /* that hold positions 0 … count */
    struct mn_positions tokens, all;              /* the positions of tokens; with the one behind them */
    uint32_t epoch;                               /* of the scope */
    MN_POOL(struct mn_positions) known;           /* for each check: where it holds, if … */
    MN_POOL(uint32_t) known_epochs;               /* … this is the scope's epoch */
    MN_POOL(uint64_t) sets;                 /* for each step: positions reached, then those not yet gone on from */
    uint64_t waiting[MN_REACH_STATES / 64]; /* steps with such positions */
    uint64_t waiting_words;
};

bool mn_reach_open(struct mn_reach *reach);
void mn_reach_close(struct mn_reach *reach);

/* Forgets the document. */
void mn_reach_begin(struct mn_reach *reach);

/* Can the scope be looked at? */
bool mn_reach_can_look(const struct mn_plan *plan, struct mn_place scope);

/* The positions in the scope, counted from its start, at which the plan's program can match; false when there are none.
 * Only for scopes that can be looked at. */
bool mn_reach_starts(struct mn_reach *reach, struct mn_ground *ground, const struct mn_plan *plan,
                     struct mn_place scope, struct mn_positions *starts);

/* The first token from `start` on with which a match of the plan's program can begin; `end` when there is none. For
 * scopes of any size. */
uint32_t mn_reach_skip(const struct mn_reach *reach, const struct mn_ground *ground, const struct mn_plan *plan,
                       uint32_t start, uint32_t end);

#endif
