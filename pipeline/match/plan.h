/* Plans: what a quick look at a scope (reach.h) needs to know about a program. A plan is the program's states in an
 * order in which a state stands behind those that lead to it (but for loops), with every test numbered, so that the
 * same test is made once for a scope, whatever rule asks. Made when a program is first run, kept by the thread. */
#ifndef MN_MATCH_PLAN_H
#define MN_MATCH_PLAN_H

#include "base/arena.h"
#include "lexis/names.h"
#include "rules/program.h"

/* A test of single tokens by number. */
enum mn_check_kind {
    MN_CHECK_ANY,
    MN_CHECK_SYMBOL,  /* by, argument */
    MN_CHECK_CLASS,   /* argument */
    MN_CHECK_LEXICON, /* an entry of lexicon `argument` begins here */
    MN_CHECK_EITHER   /* one of the checks in `parts` */
};

struct mn_check {
    uint32_t kind, by, argument;
    const struct mn_check_part *parts;
    uint32_t part_count;
};

struct mn_check_part {
    uint32_t check, negated;
};

struct mn_plan_step {
    uint8_t op;           /* enum mn_op; look-arounds that are not simple are MN_OP_OPEN: taken to hold */
    bool negated;         /* MN_OP_TOKEN, MN_OP_LOOK: where the check fails */
    bool behind;          /* MN_OP_LOOK: the check is of the token before */
    uint32_t check;       /* MN_OP_TOKEN, MN_OP_LOOK, MN_OP_LEXICON */
    uint32_t state;       /* number in the program */
    uint32_t next, other; /* numbers of steps */
};

/* What a match has to begin or to end with: one of these. */
struct mn_edge_test {
    bool span;    /* `number` is a span reference; else a check */
    bool negated; /* the check fails */
    uint32_t number;
};
enum { MN_PLAN_EDGE_TESTS = 12 };

struct mn_edge {
    struct mn_edge_test tests[MN_PLAN_EDGE_TESTS];
    uint32_t count; /* 0: not known, too many, or a match may be empty */
};

struct mn_plan {
    const struct mn_program *program;
    struct mn_edge first, last;
    struct mn_plan_step *steps; /* step 0 is the start; null: the program is too large */
    uint32_t step_count;
    uint32_t accept;         /* the accepting step */
    uint32_t *before;        /* steps that lead to step i: before[before_starts[i]] … */
    uint32_t *before_starts; /* … up to before[before_starts[i + 1]] */
};

struct mn_plans {
    struct mn_arena *arena;
    struct mn_plan **slots; /* open addressing by the program's address */
    size_t slot_count, plan_count;
    struct mn_names keys; /* checks by their bytes: number in `checks` */
    MN_VECTOR(struct mn_check) checks;
};

/* False when memory is out; mn_plans_close is needed all the same. */
bool mn_plans_open(struct mn_plans *plans);
void mn_plans_close(struct mn_plans *plans);

/* The plan of a program; null when memory is out. */
const struct mn_plan *mn_plans_get(struct mn_plans *plans, const struct mn_program *program);

#endif
