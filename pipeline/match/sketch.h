/* Running sketches (rules/program.h): most scopes in which a program is tried hold no match, and of those the program's
 * sketch refuses most, for a few instructions a token. Which elements take a form is found out when its signature is
 * first met. What is known is one thread's and bounded, and makes no difference but to time. */
#ifndef MN_MATCH_SKETCH_H
#define MN_MATCH_SKETCH_H

#include "match/program_run.h"

/* Signatures with a number from here on are looked at each time: words that come late are rare. Bytes for each
 * program. */
enum { MN_SKETCH_SIGNATURES = 1 << 13 };

/* Of one program: which elements take a form, by its signature. Many signatures have the same: such are one class. */
struct mn_sketch_table {
    MN_POOL(uint8_t) classes; /* by signature; 0: not known yet */
    MN_POOL(uint64_t) takers; /* by class - 1: elements */
};

/* Zero-initialise it. */
struct mn_sketches {
    struct mn_sketch_table *tables; /* by program */
    size_t count;
    const struct mn_forms *forms; /* whose signatures … */
    size_t trims;                 /* … while this was mn_forms_trims */
};

/* False when memory is out; mn_sketches_close is needed all the same. */
bool mn_sketches_open(struct mn_sketches *sketches, const struct mn_rules *rules);
void mn_sketches_close(struct mn_sketches *sketches);

/* To be called for each document. A table of forms must live as long as documents with its forms are matched. */
void mn_sketches_begin(struct mn_sketches *sketches, const struct mn_forms *forms);

/* May the run's program match in its scope? To be asked between mn_run_begin and the first mn_run_at. */
bool mn_sketch_allows(struct mn_run *run);

#endif
