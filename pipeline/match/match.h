/* match: runs the compiled rules over the tokens. Fills document->spans (finds of every kind, those of helper kinds
 * such as `time` too) and the roles of sections.
 *
 * Semantics. Rules run in dependency order, each over all scopes that one of its keys occurs in. Within a scope
 * matches are leftmost and do not overlap; at a start the patterns are tried in the order written. A match is never
 * empty. Conditions are checked per match: where they do not hold, the match is passed over, its pattern goes on behind
 * it and the other patterns at its start. When all rules of a kind have run, conflicts among their spans (overlapping
 * keys) are settled: higher priority, then longer evidence, then earlier start, then the rule that stands first; the
 * loser is dropped. Where a capture of a kept span refers to a dropped one (a rule that refers to another rule of its
 * own kind), the reference becomes MN_NONE and the words remain. Spans of rules without a kind, which only hand on
 * their fields, conflict with those of the same rule only.
 *
 * Sections: a heading gives its role to the nearest section around it; of several section rules the one with the higher
 * priority does, then the one that stands first. A role that segment gave is replaced.
 *
 * Lists: each item is a find with the item's captures, its number and the captures of the lead-in. The lead-in is the
 * last leaf before the list but for furniture, or else the heading that the list's section begins with, for the
 * section's first list. Conditions of table rules are measured from the row.
 *
 * Cost: at most twice states × tokens per pattern and scope (with a look-around's states × MN_LIMIT_LOOK_TOKENS at
 * every place where one stands), counted in mn_match_steps; a pattern is run only where what it needs is (index.h) and
 * its sketch, for at most elements × tokens, does not tell that it cannot match (sketch.h).
 * Scopes of very many tokens are searched in windows, see MN_VISITED_BYTES in program_run.h: there a match is found if
 * it is no longer than half a window. */
#ifndef MN_MATCH_MATCH_H
#define MN_MATCH_MATCH_H

#include "document/document.h"
#include "lexis/forms.h"
#include "rules/program.h"

struct mn_match_scratch; /* one per thread; grows to the largest scope seen */

struct mn_match_scratch *mn_match_scratch_create(const struct mn_rules *rules);
void mn_match_scratch_destroy(struct mn_match_scratch *scratch);

enum mn_status mn_match(struct mn_document *document, const struct mn_forms *forms, const struct mn_rules *rules,
                        struct mn_match_scratch *scratch, struct mn_error *error);

/* From now on mn_match tells the trace what happens (trace.h); null: nobody. */
struct mn_trace;
void mn_match_trace(struct mn_match_scratch *scratch, struct mn_trace *trace);

/* Steps of the last mn_match: pairs of a state and a token visited. */
uint64_t mn_match_steps(const struct mn_match_scratch *scratch);

#endif
