/* The shapes in which words are compared: as they stand, casefolded, stemmed. Not thread-safe: a Snowball stemmer has
 * state. */
#ifndef MN_LEXIS_SHAPE_H
#define MN_LEXIS_SHAPE_H

#include "lexis/vocabulary.h"

struct sb_stemmer;

struct mn_shaper {
    struct sb_stemmer *stemmer;
    struct mn_arena *arena; /* the last folded word */
};

/* An English shaper; false when memory is out (mn_shaper_close is needed all the same). */
bool mn_shaper_open(struct mn_shaper *shaper);
void mn_shaper_close(struct mn_shaper *shaper);

/* The casefolded token with ’ (U+2019) as ', valid until the next call; null data when memory is out. */
struct mn_slice mn_shaper_fold(struct mn_shaper *shaper, struct mn_slice token);

/* The stem of what mn_shaper_fold gave, valid until the next call of either; null data when memory is out. */
struct mn_slice mn_shaper_stem(struct mn_shaper *shaper, struct mn_slice folded);

#endif
