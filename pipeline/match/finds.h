/* Making spans: evidence and fields of one find. */
#ifndef MN_MATCH_FINDS_H
#define MN_MATCH_FINDS_H

#include "match/scratch.h"

/* A find before it becomes a span. Its fields wait in scratch->fields. */
struct mn_draft {
    const struct mn_rule *rule;
    uint32_t start, end;   /* evidence, bytes */
    struct mn_place place; /* the same in tokens */
};

/* Bytes of a range of tokens. */
void mn_place_bytes(const struct mn_match_scratch *scratch, struct mn_place place, uint32_t *start, uint32_t *end);

/* Starts a find whose evidence is these tokens: forgets the fields. */
void mn_draft_begin(struct mn_match_scratch *scratch, const struct mn_rule *rule, struct mn_place place,
                    struct mn_draft *draft);

/* Adds a field, unless there is one of that name. False when memory is out. */
bool mn_find_field(struct mn_match_scratch *scratch, struct mn_field field);

/* Adds the captures of a match as fields; one named "evidence" becomes the evidence instead, as when the rule asks for
 * the sentence, the block or the item around the match. */
bool mn_draft_captures(struct mn_match_scratch *scratch, struct mn_draft *draft, const struct mn_run *run);

/* Makes the span, in the document's arena. False when memory is out. */
bool mn_draft_finish(struct mn_match_scratch *scratch, const struct mn_draft *draft);

#endif
