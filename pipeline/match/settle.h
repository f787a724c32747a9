/* Conflicts among the spans of a kind, and the final order of all spans. */
#ifndef MN_MATCH_SETTLE_H
#define MN_MATCH_SETTLE_H

#include "match/scratch.h"

/* Drops, of every two spans of the group whose keys overlap, the weaker: lower priority, then shorter evidence, then
 * later start, then the rule that stands behind; but for spans of rules whose finds may overlap. The others stay in
 * group->found, by start, longer first. False when memory is out. */
bool mn_settle(struct mn_match_scratch *scratch, struct mn_group *group);

/* Sorts a list of spans by start, longer first. False when memory is out. */
bool mn_sort_spans(struct mn_match_scratch *scratch, mn_span_list *list);

/* Takes dropped spans out of the document, sorts the others by start, longer first, then by rule, and renumbers the
 * fields that refer to spans. False when memory is out. */
bool mn_settle_finish(struct mn_match_scratch *scratch);

#endif
