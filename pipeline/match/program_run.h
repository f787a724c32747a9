/* Running one program over one scope: a depth-first search through the pairs of a state and a token position, in the
 * order of preference that the states give, so that the first way found is the one Perl would take. A pair from which
 * no match came is not visited again, whatever start the search came from: the cost is states × tokens, however the
 * pattern nests its repetitions. What captures held before is restored from the search's own stack when a way fails
 * (as in RE2's bit-state search). */
#ifndef MN_MATCH_PROGRAM_RUN_H
#define MN_MATCH_PROGRAM_RUN_H

#include "base/limits.h"
#include "document/document.h"
#include "lexis/forms.h"
#include "match/index.h"
#include "rules/program.h"

/* Bytes of visited pairs that one search holds at most. A scope that needs more (from 1.6 thousand tokens for the
 * largest pattern allowed, from 300 thousand for one of 100 states) is searched in windows of this size that overlap by
 * half: a match is found if it is no longer than half a window. */
#define MN_VISITED_BYTES ((size_t)4 << 20)

struct mn_captured {
    struct mn_place place; /* start MN_NONE: took no part in the match */
    uint32_t value;        /* of the lexicon entry that it consists of, or MN_NONE */
    uint32_t span;         /* number of the span that it consists of, or MN_NONE */
};

/* A step over a lexicon entry (with its value) or over a span; the other is MN_NONE. */
struct mn_jump {
    uint32_t start, end; /* tokens */
    uint32_t value, span;
};

struct mn_sketches;
struct mn_trace;

/* What all programs run on, and what they count. */
struct mn_ground {
    const struct mn_document *document;
    const struct mn_forms *forms;
    const mn_span_list *spans; /* for each reference of the rules: spans found so far, by first token, longer first */
    struct mn_index *index;
    struct mn_sketches *sketches; /* null: programs are run without asking their sketches */
    bool everywhere;              /* programs are run from every start, also where they cannot match */
    struct mn_trace *trace;       /* to be told what happens; null: nobody asks */
    uint64_t steps;               /* pairs of state and token come to, those come to before included */
    bool failed;                  /* memory was out: nothing found counts */
};

/* Index of the first span of the reference that starts at or behind a token. */
uint32_t mn_first_span(const struct mn_ground *ground, uint32_t reference, uint32_t token);

struct mn_frame;

/* One program in one scope. Zero-initialise it once; its memory serves for one scope after the other. */
struct mn_run {
    const struct mn_program *program;
    struct mn_ground *ground;
    const struct mn_spot *spots; /* the index's, by token */
    uint32_t reach;              /* where steps end: the scope's end or the window's */
    struct mn_place scope;
    struct mn_place window;                         /* positions that `visited` covers, end inclusive */
    uint32_t must_end;                              /* where a match has to end, or MN_NONE */
    uint32_t from;                                  /* no match starts before this token, as far as is known */
    bool empty;                                     /* a match may be empty */
    bool over;                                      /* no later start can match */
    bool matched;                                   /* the captures are those of a match */
    size_t posted;                                  /* of the program's key: first that a match at hand can use */
    struct mn_jump last;                            /* on the way */
    struct mn_captured captured[MN_LIMIT_CAPTURES]; /* after a match, by capture */
    uint32_t opened[MN_LIMIT_CAPTURES];
    size_t row_words;
    MN_POOL(uint64_t) visited; /* a row of state bits for each position … */
    MN_POOL(uint32_t) epochs;  /* … which holds if it is of this window's epoch; those behind `count` are not set */
    uint32_t epoch;
    MN_POOL(struct mn_frame) frames;
    struct mn_run *inner; /* for look-arounds */
};

/* Prepares for a scope. `empty`: matches of no token count too. False when memory is out (ground->failed is set). */
bool mn_run_begin(struct mn_run *run, struct mn_ground *ground, const struct mn_program *program, struct mn_place scope,
                  bool empty);

/* Is there a match that starts at this token (or at the scope's end)? Starts must not descend from call to call, nor
 * lie before the end of a match that the last call gave. The captures stand in run->captured until the next call. */
bool mn_run_at(struct mn_run *run, uint32_t start, struct mn_place *match);

/* The first token from `start` on (start <= scope.end) at which a match may start; the scope's end when there is none.
 * Starts must not descend from call to call. */
uint32_t mn_run_skip(struct mn_run *run, uint32_t start);

/* The next starts, from `start` on, that have something of the program's key at the right distance; none when the range
 * begins at the scope's end. Starts must not descend from call to call. */
struct mn_place mn_run_starts(struct mn_run *run, uint32_t start);

/* Where the entry that a lexicon state takes at the position ends, no later than `end`, and its value; the position
 * itself when there is none. */
uint32_t mn_run_entry(const struct mn_run *run, const struct mn_state *state, uint32_t position, uint32_t end,
                      uint32_t *value);

/* Where the span with this index in its reference's list ends if it begins at the position; MN_NONE. */
uint32_t mn_run_span_end(const struct mn_run *run, uint32_t reference, uint32_t index, uint32_t position);

struct mn_trace_stop;

/* Calls `each` for every pair that the searches of the run came to and whose own test fails (of a scope searched in
 * windows: in the last one). No search may follow before the next mn_run_begin. */
void mn_run_stops(struct mn_run *run, void (*each)(void *context, const struct mn_trace_stop *stop), void *context);

void mn_run_free(struct mn_run *run);

#endif
