/* Facts: what gold and record say about the document itself, compared one by one. */
#ifndef EVALUATE_FACTS_H
#define EVALUATE_FACTS_H

#include "agreement.h"

const char *fact_name(enum fact fact);

/* How a fact of the record compares with that of the gold. Kinds and dates must be the same; of an authority or a body
 * one's words must contain the other's, by what the document calls it or by its usual name. What gold without
 * <document> would say is not known: silent. False when memory is out. */
bool fact_compare(struct mn_arena *scratch, enum fact fact, const struct record *gold, const struct record *found,
                  enum comparison *out);

/* The facts that the gold states and the record states otherwise or not at all. False when memory is out. */
bool facts_mistaken(struct mn_arena *scratch, const struct record *gold, const struct record *found,
                    bool mistaken[FACT_COUNT]);

#endif
