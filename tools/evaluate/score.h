/* Scores: precision, recall and F1 with bootstrap intervals, per source and over all. */
#ifndef EVALUATE_SCORE_H
#define EVALUATE_SCORE_H

#include "evaluation.h"

enum { BOOTSTRAP_ROUNDS = 1000 };

enum figure { FIGURE_PRECISION, FIGURE_RECALL, FIGURE_F1, FIGURE_COUNT };

/* A figure with its interval; -1 where it is not defined (nothing found, nothing in the gold, neither). */
struct estimate {
    double value, low, high;
};

enum group { GROUP_FOLDER, GROUP_MICRO, GROUP_MACRO, GROUP_WITHOUT, GROUP_COUNT };

/* A row of a measure's table. */
struct score {
    enum group group;
    struct mn_slice folder; /* the source, or the source left out; empty for micro and macro */
    struct mn_slice label;  /* "SOURCE", "all, micro", "all, macro", "all but SOURCE" */
    size_t documents;
    struct counts overlap, strict; /* sums; for macro too */
    size_t neutral;
    struct estimate figures[FIGURE_COUNT];
    double strict_f1;
};

struct score_list {
    struct score *items;
    size_t count;
};

/* The rows of a measure: each source; micro (counts summed); macro (figures averaged over the sources in which they are
 * defined); and, with more than one source, micro without each source in turn. Intervals: percentiles 2.5 and 97.5 of
 * BOOTSTRAP_ROUNDS draws of as many documents as there are, with replacement, within each source, from a generator with
 * a fixed seed: the same input gives the same intervals. False when memory is out. */
bool scores_of(struct mn_arena *arena, const struct evaluation *evaluation, enum measure measure,
               struct score_list *out);

/* The micro row. */
const struct score *score_micro(const struct score_list *list);

#endif
