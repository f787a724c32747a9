/* match: runs the compiled rules over the tokens. Fills document->spans (finds of every kind, those of helper kinds
 * such as `time` too) and the roles of sections.
 *
 * Semantics. Rules run in dependency order, each over all scopes that one of its triggers occurs in. Within a scope
 * matches are leftmost and do not overlap; at a start the patterns are tried in the order written. Conditions are
 * checked per match. When all rules of a kind have run, conflicts among their spans (overlapping keys) are settled:
 * higher priority, then longer evidence, then earlier start, then the rule that stands first; the loser is dropped.
 *
 * Cost: at most states × tokens per pattern and scope, counted in mn_match_steps. */
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

/* State-token pairs visited by the last mn_match. */
uint64_t mn_match_steps(const struct mn_match_scratch *scratch);

#endif
