/* Profiles: what each rule did over many documents, counted, with a few sample places. The same documents give the same
 * profile, however they are shared out among threads and runs: counts are added up, and the samples are those places
 * that come first by a hash over document and place, as many as are kept of each outcome. */
#ifndef MN_EXPLAIN_PROFILE_H
#define MN_EXPLAIN_PROFILE_H

#include "base/writer.h"
#include "document/document.h"
#include "interpret/derivation.h"
#include "lexis/names.h"
#include "match/trace.h"

enum { MN_PROFILE_SAMPLES = 3 };

/* What can become of a match. */
enum mn_profile_outcome {
    MN_PROFILE_HIT,  /* found; of findings: in the record */
    MN_PROFILE_VETO, /* a condition did not hold */
    MN_PROFILE_LOSS, /* a stronger find of the kind stands there */
    MN_PROFILE_DROP, /* interpret dropped it */
    MN_PROFILE_OUTCOMES
};
extern const char *const mn_profile_outcomes[MN_PROFILE_OUTCOMES]; /* hit, veto, loss, drop */

struct mn_profile_sample {
    uint64_t rank;
    struct mn_slice source, words;
    uint32_t start, end; /* code points */
};

/* Vetoes of one condition, losses to one rule, drops for one reason. */
struct mn_profile_part {
    enum mn_profile_outcome outcome;
    struct mn_slice name; /* of the condition: "unless 1", by its number; of the rule; of the fate */
    struct mn_slice text; /* the condition's pattern */
    uint64_t count;
};

struct mn_profile_rule {
    struct mn_slice name, finds;
    uint64_t tries; /* places searched, or given up as a requirement stands nowhere in them; of tables: header cells */
    uint64_t counts[MN_PROFILE_OUTCOMES];
    MN_VECTOR(struct mn_profile_part) parts;
    struct mn_profile_sample samples[MN_PROFILE_OUTCOMES][MN_PROFILE_SAMPLES];
    uint32_t sample_counts[MN_PROFILE_OUTCOMES];
};

struct mn_profile {
    struct mn_arena *arena;
    struct mn_slice rules_sha256; /* empty: nothing was merged into it yet */
    uint64_t documents;
    struct mn_names names;
    MN_VECTOR(struct mn_profile_rule) rules; /* by number of their names */
};

/* An empty profile; null when memory is out. */
struct mn_profile *mn_profile_create(void);
void mn_profile_destroy(struct mn_profile *profile); /* null is allowed */

/* Adds what `from` counts. MN_USAGE: it was made with other rules. */
enum mn_status mn_profile_merge(struct mn_profile *into, const struct mn_profile *from, struct mn_error *error);

/* The rule of this name, or null. */
const struct mn_profile_rule *mn_profile_find(const struct mn_profile *profile, struct mn_slice name);

/* As XML (schemas/profile.rng), rules by name. False when memory is out. */
bool mn_profile_write(const struct mn_profile *profile, struct mn_writer *out);

/* Reads what mn_profile_write wrote; `name` stands for the file in messages. */
enum mn_status mn_profile_read(const char *name, struct mn_slice xml, struct mn_profile **profile,
                               struct mn_error *error);

/* One thread's profile in the making. Before each document mn_profiler_begin; the trace and the derivation go into the
 * run's options; when the document has gone through, mn_profiler_end. A document that fails leaves the tries that it
 * came to. */
struct mn_profiler {
    struct mn_trace trace; /* first member: match tells it */
    struct mn_derivation derivation;
    const struct mn_rules *rules;
    struct mn_profile *profile; /* rules by their numbers */
    struct mn_offsets offsets;  /* of the document at hand, once they are needed */
    const struct mn_document *document;
    bool failed; /* memory was out: the profile does not count */
};

/* False when memory is out; mn_profiler_close is needed all the same. */
bool mn_profiler_open(struct mn_profiler *profiler, const struct mn_rules *rules);
void mn_profiler_close(struct mn_profiler *profiler);
void mn_profiler_begin(struct mn_profiler *profiler);
void mn_profiler_end(struct mn_profiler *profiler, const struct mn_document *document);

/* For profile_read.c: the rule of this name, added if new, null when memory is out; the part; a sample, kept if it
 * ranks among the first. All text is copied. */
struct mn_profile_rule *mn_profile_rule(struct mn_profile *profile, struct mn_slice name, struct mn_slice finds);
struct mn_profile_part *mn_profile_part(struct mn_profile *profile, struct mn_profile_rule *rule,
                                        const struct mn_profile_part *part);
bool mn_profile_sample(struct mn_profile *profile, struct mn_profile_rule *rule, enum mn_profile_outcome outcome,
                       struct mn_profile_sample sample);

#endif
