/* Pairing: which find answers to which gold finding, one to one. */
#ifndef EVALUATE_PAIRING_H
#define EVALUATE_PAIRING_H

#include "findings.h"

#define UNPAIRED SIZE_MAX

/* Findings of one kind in one document, in order; borrowed from its record. */
struct view {
    const struct finding **items;
    size_t count;
};

enum pairing_mode {
    PAIR_OVERLAP, /* quotes overlap; grades agree in value, and in scale where both state it */
    PAIR_STRICT,  /* quotes are equal after folding; grades as before */
    PAIR_PLACE,   /* quotes overlap; grades with any value */
    PAIR_MODES
};

struct pairing {
    size_t *found_of; /* for each gold finding: place in the found view, or UNPAIRED */
    size_t *gold_of;  /* for each find: place in the gold view, or UNPAIRED */
};

/* Pairs so that the sum of the overlaps is greatest; among equal overlaps equal values (grade modality and aspect, due
 * date, action, number) come first, then likeness of subject or action, then text order. Any quote of a finding can
 * match: of its evidence or of its motion. False when memory is out. */
bool pairing_find(struct mn_arena *arena, struct view gold, struct view found, enum pairing_mode mode,
                  struct pairing *out);

/* The finding of the view whose quotes are most like those of `finding`, whatever its value; UNPAIRED where none has a
 * word in common. Likeness in thousandths. False when memory is out. */
bool pairing_nearest(const struct finding *finding, struct view view, size_t *nearest, unsigned *likeness);

#endif
