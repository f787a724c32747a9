/* What segment needs to know about the language and about committee systems, loaded from <segmentation> elements of
 * rule files. Immutable once loaded. */
#ifndef MN_RULES_SEGMENTATION_H
#define MN_RULES_SEGMENTATION_H

#include "base/arena.h"
#include "base/error.h"

struct mn_segmentation;

/* Is `word` (without its point, as printed) an abbreviation after which a point ends no sentence: No, Cllr, Mr, e.g?
 * Compared casefolded. */
bool mn_segmentation_is_abbreviation(const struct mn_segmentation *segmentation, struct mn_slice word);

/* Is it one that may end a sentence when a capital follows and only binds a number (“No. 3”, “para. 4”)? */
bool mn_segmentation_binds_number(const struct mn_segmentation *segmentation, struct mn_slice word);

/* The role of a label line ("Minutes:", "Supporting documents:"), compared casefolded, with or without the final colon
 * and with spaces folded; the empty slice when it is none. `rest`, when not null, gets the offset of what follows the
 * label on the same line ("Purpose: To consider…"): only labels declared with inline="true" match then; otherwise it is
 * the line's size. */
struct mn_slice mn_segmentation_label(const struct mn_segmentation *segmentation, struct mn_slice line, size_t *rest);

/* Does a whole line match one of the furniture expressions (PCRE2, anchored at both ends, caseless, under
 * MN_LIMIT_PCRE_STEPS)? Thread-safe. Lines over 200 bytes never do. */
bool mn_segmentation_is_furniture(const struct mn_segmentation *segmentation, struct mn_slice line);

#endif
