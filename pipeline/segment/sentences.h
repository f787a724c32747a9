/* Cutting text into sentences. */
#ifndef MN_SEGMENT_SENTENCES_H
#define MN_SEGMENT_SENTENCES_H

#include "rules/segmentation.h"

/* The end of the sentence that starts at `from` in folded text, behind its closing quotes and brackets. */
size_t mn_sentence_end(const struct mn_segmentation *segmentation, struct mn_slice text, size_t from);

#endif
