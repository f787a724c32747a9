/* What an explanation is asked for: the place in the text, the rules. */
#ifndef MN_EXPLAIN_QUESTION_H
#define MN_EXPLAIN_QUESTION_H

#include "explain/explanation.h"

/* Sets the explanation's place. MN_USAGE when there is none such. */
enum mn_status mn_question_place(struct mn_explanation *explanation, struct mn_slice at, struct mn_error *error);

/* Sets which rules are wanted. MN_USAGE when there are none such. */
enum mn_status mn_question_rules(struct mn_explanation *explanation, const struct mn_explanation_question *question,
                                 struct mn_error *error);

#endif
