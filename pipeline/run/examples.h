/* The own examples of rules and grade schemes as tests: each is run through all stages as a small text document, with
 * all loaded rules. */
#ifndef MN_RUN_EXAMPLES_H
#define MN_RUN_EXAMPLES_H

#include "run/run.h"

struct mn_examples_result {
    size_t examples, counterexamples;
    size_t failed;
    size_t without; /* rules and schemes that have no example or no counterexample */
};

/* Runs the examples of every rule and scheme, or only of those whose name starts with `only` (empty: all). Each failure
 * is a line `FILE:LINE:COLUMN: rule NAME: what is wrong` (or `scheme NAME`) in `messages`. A find that interpreting
 * leaves out of the record (a deadline that is past) is none: it satisfies no example and fails no counterexample.
 * Fails only when memory is out. */
enum mn_status mn_examples_check(const struct mn_rules *rules, struct mn_worker *worker, struct mn_slice only,
                                 struct mn_writer *messages, struct mn_examples_result *result, struct mn_error *error);

#endif
