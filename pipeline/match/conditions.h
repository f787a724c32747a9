/* Conditions: what must, or must not, stand around a match. The places of a condition's pattern in a scope are looked
 * for once, when a match first asks; distances are then found by bisection. */
#ifndef MN_MATCH_CONDITIONS_H
#define MN_MATCH_CONDITIONS_H

#include "match/scratch.h"

/* Prepares for the matches of a rule in a scope. False when memory is out. */
bool mn_conditions_begin(struct mn_match_scratch *scratch, const struct mn_rule *rule, struct mn_place scope);

/* False when the scope clearly lacks something that the rule requires, so that no match in it can count. */
bool mn_conditions_can_hold(struct mn_match_scratch *scratch, const struct mn_rule *rule);

/* Do all conditions of the rule hold for this match (those on the lead-in, or the others)? `run` holds the captures;
 * null for none. */
bool mn_conditions_hold(struct mn_match_scratch *scratch, const struct mn_rule *rule, bool on_lead_in,
                        struct mn_place match, const struct mn_run *run);

#endif
