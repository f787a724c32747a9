/* One function for each type of rule: tries the rule on its scopes and makes its spans, or gives sections their roles.
 * All return false when memory is out. */
#ifndef MN_MATCH_RULE_KINDS_H
#define MN_MATCH_RULE_KINDS_H

#include "match/scratch.h"

bool mn_match_patterns(struct mn_match_scratch *scratch, const struct mn_rule *rule);
bool mn_match_lists(struct mn_match_scratch *scratch, const struct mn_rule *rule);
bool mn_match_tables(struct mn_match_scratch *scratch, const struct mn_rule *rule);
/* A table of a rule that has labels and values instead of columns (labels.c). */
bool mn_match_labels(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table);
bool mn_match_sections(struct mn_match_scratch *scratch, const struct mn_rule *rule);

#endif
