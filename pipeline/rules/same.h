/* Programs and rules that are the same but for their names and what they set. */
#ifndef MN_RULES_SAME_H
#define MN_RULES_SAME_H

#include "rules/program.h"

/* Do they match the same, with the same captures? Null is the same as null only. */
bool mn_same_program(const struct mn_program *a, const struct mn_program *b);

bool mn_same_conditions(const struct mn_rule *a, const struct mn_rule *b);

bool mn_same_names(const struct mn_slice *a, size_t a_count, const struct mn_slice *b, size_t b_count);

/* Do two rules find the same at the same places? */
bool mn_find_the_same(const struct mn_rule *a, const struct mn_rule *b);

#endif
