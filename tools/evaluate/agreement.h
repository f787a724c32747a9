/* Agreement: when two attribute values count as the same. */
#ifndef EVALUATE_AGREEMENT_H
#define EVALUATE_AGREEMENT_H

#include "findings.h"

/* True unless both are grades that differ in value, or in scale where both state it. */
bool findings_compatible(const struct finding *a, const struct finding *b);

/* How many of the two telling attributes of their kind agree, 0 to 2: which of several pairs with the same words is
 * meant. */
unsigned findings_agreement(const struct finding *a, const struct finding *b);

/* A value as it is compared: a modality not stated is asserted, "false" is not stated. */
struct mn_slice attribute_value(const struct finding *finding, enum attribute attribute);

/* Outcome of comparing one attribute of a pair. */
enum comparison {
    COMPARED_SILENT, /* neither states it */
    COMPARED_RIGHT,
    COMPARED_WRONG,
    COMPARED_ABSENT, /* gold states it, the find does not */
    COMPARED_EXTRA,  /* the find states it, gold does not */
    COMPARISON_COUNT
};

/* Values are compared by their words, so case and punctuation do not matter; actions `agree` and `other` are the same;
 * names of persons agree if one's words contain the other's or all but the first (a title) are the same; other names if
 * one's words contain the other's. False when memory is out. */
bool attribute_compare(struct mn_arena *scratch, enum attribute attribute, const struct finding *gold,
                       const struct finding *found, enum comparison *out);

/* The attributes that are compared for a kind; *count of them. */
const enum attribute *compared_attributes(enum kind kind, size_t *count);

#endif
