/* Which findings of two runs over one document are the same, told by their kinds, places and words. */
#ifndef MN_EXPLAIN_PAIRING_H
#define MN_EXPLAIN_PAIRING_H

#include "document/document.h"

struct mn_pairing {
    uint32_t *after;  /* for each finding before: its partner's number, or MN_NONE */
    uint32_t *before; /* and the other way round */
};

/* Findings of one kind are paired when their evidence is the same: its bytes where both texts are the same, else its
 * words; of equals the first with the first. Where the texts are the same, each that is left over, in their order, gets
 * the one that it overlaps most, of equals the first. False when memory is out. */
bool mn_findings_pair(const struct mn_document *before, const struct mn_document *after, struct mn_arena *arena,
                      struct mn_pairing *pairing);

#endif
