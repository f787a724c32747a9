/* Differences: what two rule sets make of the same document. Findings are paired by kind and evidence (where the
 * rules cut the text differently, by its words), what is left by overlap; facts by name and role. Every difference is
 * attributed to a rule, and to a cause where the new rules tell one. */
#ifndef MN_EXPLAIN_DIFFERENCE_H
#define MN_EXPLAIN_DIFFERENCE_H

#include "interpret/derivation.h"
#include "match/trace.h"
#include "rules/rules.h"

enum mn_change { MN_APPEARS, MN_VANISHES, MN_CHANGES, MN_CHANGE_COUNT };
extern const char *const mn_changes[MN_CHANGE_COUNT]; /* appears, vanishes, changes */

/* Why something vanishes, as far as the new rules tell. */
enum mn_cause {
    MN_CAUSE_UNKNOWN, /* its rule no longer matches there */
    MN_CAUSE_GONE,    /* its rule is no longer there, or switched off */
    MN_CAUSE_LOST,    /* to a stronger find of the rule `by` */
    MN_CAUSE_VETOED,  /* a condition of its rule forbids it */
    MN_CAUSE_DROPPED, /* by interpret: `by` is the fate */
    MN_CAUSE_COUNT
};
extern const char *const mn_causes[MN_CAUSE_COUNT]; /* unknown, gone, lost, vetoed, dropped */

struct mn_value_change {
    struct mn_slice name, before, after; /* an empty value: it is not there */
};

struct mn_difference {
    enum mn_change change;
    struct mn_slice kind; /* grade …; "fact" */
    struct mn_slice rule; /* it is attributed to this one; empty: to none (a fact that no rule found) */
    uint32_t start, end;  /* code points: where it stands; of a change in the new one */
    struct mn_slice words;
    enum mn_cause cause;
    struct mn_slice by;
    struct mn_value_change *values; /* of a change; "evidence", "rule" and parts by their names */
    size_t value_count;
};

/* One rule set's view. `listener` as mn_difference_listen made it; null for the old rules. */
struct mn_difference_side {
    const struct mn_document *document;
    const struct mn_rules *rules;
    struct mn_derivation derivation;
    struct mn_difference_listener *listener;
};

/* Listens to match under the new rules: what is lost and what is vetoed. Begin it before each document. */
struct mn_difference_event;
struct mn_difference_listener {
    struct mn_trace trace;                        /* first member: match tells it */
    MN_VECTOR(struct mn_difference_event) events; /* in the document's arena */
    bool failed;                                  /* memory was out */
};
void mn_difference_listen(struct mn_difference_listener *listener);

struct mn_differences {
    MN_VECTOR(struct mn_difference)
    items; /* findings that appear or change by their place, then what vanishes, facts */
};

/* Finds them; all lies in the arena and nothing of the documents is needed any more. False when memory is out. */
bool mn_differences_find(const struct mn_difference_side *before, const struct mn_difference_side *after,
                         struct mn_arena *arena, struct mn_differences *differences);

#endif
