/* The judgements that a report gives itself: exactly one formal grade for each, checked against everything else that
 * the report says about it; and what is missing, with the reason. */
#ifndef MN_INTERPRET_JUDGEMENTS_H
#define MN_INTERPRET_JUDGEMENTS_H

#include "interpret/framework.h"

/* A range that says a judgement: grades that rules find in it are no others. */
struct mn_said {
    uint32_t start, end;
};

struct mn_judgements {
    const struct mn_framework *framework;
    MN_VECTOR(struct mn_finding) findings; /* by start */
    const struct mn_slice *values;  /* of each judgement of the scheme its formal grade's; empty: there is none */
    MN_VECTOR(struct mn_said) said; /* by start; each end is the farthest up to there */
};

/* Of each judgement of the scheme the mention that counts most becomes a formal grade: a table's row before a line
 * or heading, these before a sentence, of equals the first. One that says otherwise becomes a grade that is not formal,
 * and the judgement is noted as missing "conflicting", with both pieces of evidence. Judgements that the framework does
 * not know
 * ("not-in-framework"), that are expected and absent ("not-stated") or stand there without a grade ("unreadable") are
 * added to document->missing. False when memory is out. */
bool mn_judgements_make(struct mn_work *work, const struct mn_framework *framework, struct mn_judgements *judgements);

/* Is a grade that rules found one of the judgements again: in a range that says it, or with a judgement's label for its
 * subject and the judgement's value? */
bool mn_judgements_say(const struct mn_judgements *judgements, struct mn_said grade, struct mn_said subject,
                       struct mn_slice value);

#endif
