/* Enumerations inside one block: "Resolved that (1) …; and (2) …". */
#ifndef MN_SEGMENT_INLINE_H
#define MN_SEGMENT_INLINE_H

#include "segment/blocks.h"

/* A part of a block's text; `mark` is its enumerator, SHAPE_NONE for the words before and after the enumeration. */
struct piece {
    struct mn_slice text;
    struct mark mark;
};

typedef MN_VECTOR(struct piece) piece_vector;

/* Cuts the block's text into pieces: at least two, or none when there is no enumeration in it. `next` is the
 * enumerator of the block behind it: a lone "(1)" counts when that one is "(2)". The block's own enumerator is a
 * piece's mark only if the enumeration goes on from it. False when memory is out. */
bool mn_split_inline(const struct work *work, const struct block *block, const struct mark *next, piece_vector *pieces);

#endif
