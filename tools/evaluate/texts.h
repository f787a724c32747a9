/* Texts: the documents' own, beside the evaluation. */
#ifndef EVALUATE_TEXTS_H
#define EVALUATE_TEXTS_H

#include "evaluation.h"

/* Reads the NAME.txt files of a folder (from minutiae text) into the documents they belong to, and tells where gold
 * findings stand that state no place. Afterwards, as places must not change which findings pair. MN_NOT_TEXT for a text
 * that is not UTF-8; whatever reading files gives. */
enum mn_status texts_read(struct mn_arena *arena, const char *folder, struct evaluation *evaluation,
                          struct mn_error *error);

#endif
