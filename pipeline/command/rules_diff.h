/* rules diff: what is gathered over the documents, and the two ways in which it is shown. */
#ifndef MN_COMMAND_RULES_DIFF_H
#define MN_COMMAND_RULES_DIFF_H

#include "command/rules_list.h"
#include "explain/difference.h"
#include "lexis/names.h"

/* A difference with its document, kept as a sample. */
struct diff_sample {
    struct mn_slice source;
    struct mn_difference difference;
};

/* All that is attributed to one rule. */
struct diff_rule {
    struct mn_slice name; /* empty: no rule */
    uint64_t counts[MN_CHANGE_COUNT];
    MN_VECTOR(struct diff_sample) samples; /* the first, as many as are wanted */
};

/* A document that only one of the rule sets can make a record of. */
struct diff_failure {
    struct mn_slice source, reason;
    bool with_new;
};

struct diff {
    struct mn_arena *arena; /* owns everything below */
    const struct mn_rules *before, *after;
    size_t most_samples;
    uint64_t documents, changed, failed; /* compared; with differences; that neither makes a record of */
    struct mn_names names;
    MN_VECTOR(struct diff_rule) rules; /* by number of their names */
    MN_VECTOR(struct diff_failure) failures;
};

/* The rules in the order of their names; null when memory is out. */
const struct diff_rule **diff_sorted(const struct diff *diff);

/* What differs in the rule sets themselves (rules_diff_sets.c): calls `each` in the order of the names. False when
 * memory is out. */
enum diff_set_change { DIFF_ADDED, DIFF_REMOVED, DIFF_ALTERED, DIFF_SET_CHANGES };
extern const char *const diff_set_words[DIFF_SET_CHANGES]; /* added, removed, changed */
bool diff_sets(const struct diff *diff,
               void (*each)(void *context, enum diff_set_change change, const char *sort, struct mn_slice name),
               void *context);

/* False when memory is out. */
bool diff_text(struct mn_writer *out, const struct diff *diff);
bool diff_xml(struct mn_writer *out, const struct diff *diff);

#endif
