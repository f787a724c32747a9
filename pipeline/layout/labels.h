/* The bullet or number that stands before the words of a point. Only its letters are looked at here; whether it is one
 * also depends on where it stands. */
#ifndef MN_LAYOUT_LABELS_H
#define MN_LAYOUT_LABELS_H

#include "base/slice.h"

enum mn_label {
    MN_LABEL_NONE,
    MN_LABEL_APART, /* one only where it stands apart from the words behind it: "12", "A.", "o" */
    MN_LABEL_WEAK,  /* "1.", "(a)", "2.1", "–": a line in the midst of a sentence may begin so too */
    MN_LABEL_SURE   /* "•" and the like */
};

/* What the first word of a line may be, white space aside. */
enum mn_label mn_label_of(struct mn_slice word);

/* A sign of a symbol font, as word processors place it in the private use area, as the bullet that it shows; any other
 * code point as it is. */
int32_t mn_label_sign(int32_t code_point);

#endif
