/* What segment needs to know about the language and about committee systems, loaded from <segmentation> elements of
 * rule files. Immutable once loaded, so that threads share it.
 *
 *     <segmentation>
 *       <abbreviation>Mr | Mrs | Cllr | e.g</abbreviation>           mn_segmentation_add_abbreviation(…, false, …)
 *       <abbreviation before="number">No | para</abbreviation>       mn_segmentation_add_abbreviation(…, true, …)
 *       <label role="minutes" inline="true">Minutes | Minute</label> mn_segmentation_add_label
 *       <column-title>Recommendation | By when</column-title>        mn_segmentation_add_column_title
 *       <furniture>view directions</furniture>                       mn_segmentation_add_furniture
 *       <result>Carried | Motion carried</result>                    mn_segmentation_add_result
 *     </segmentation>
 *
 * The text of <abbreviation>, <label>, <column-title> and <result> is handed over as it stands: alternatives are
 * separated by `|` here. */
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

/* Is a text the title of a table's column ("Recommendation", "By when:"), compared casefolded, with or without a colon?
 */
bool mn_segmentation_is_column_title(const struct mn_segmentation *segmentation, struct mn_slice text);

/* Does the line tell, with or without a point behind it, what became of what stands before it ("CARRIED")? Compared
 * casefolded and with spaces folded. */
bool mn_segmentation_is_result(const struct mn_segmentation *segmentation, struct mn_slice line);

/* Does a whole line match one of the furniture expressions (PCRE2, anchored at both ends, caseless, under
 * MN_LIMIT_PCRE_STEPS)? Thread-safe. Lines over 200 bytes never do. */
bool mn_segmentation_is_furniture(const struct mn_segmentation *segmentation, struct mn_slice line);

/* A new, empty one in the arena, which has to outlive it; null when memory is out. With nothing in it no word is an
 * abbreviation, no line a label or furniture. Every function above takes a null segmentation for an empty one. */
struct mn_segmentation *mn_segmentation_create(struct mn_arena *arena);

/* Frees what is not in the arena (compiled expressions). Null is allowed. */
void mn_segmentation_destroy(struct mn_segmentation *segmentation);

/* Abbreviations without their points at the end, alternatives separated by `|`; white space around them is dropped.
 * MN_RULE_ERROR for an empty alternative, MN_NO_MEMORY. */
enum mn_status mn_segmentation_add_abbreviation(struct mn_segmentation *segmentation, struct mn_slice words,
                                                bool before_number, struct mn_error *error);

/* Labels of the section role, alternatives separated by `|`, without their colons. `inline_rest`: text may follow the
 * colon on the same line. A label that is there already keeps its first role. */
enum mn_status mn_segmentation_add_label(struct mn_segmentation *segmentation, struct mn_slice words,
                                         struct mn_slice role, bool inline_rest, struct mn_error *error);

/* Titles of columns, alternatives separated by `|`, without their colons. */
enum mn_status mn_segmentation_add_column_title(struct mn_segmentation *segmentation, struct mn_slice words,
                                                struct mn_error *error);

/* Lines that tell a result, alternatives separated by `|`, without their points. */
enum mn_status mn_segmentation_add_result(struct mn_segmentation *segmentation, struct mn_slice words,
                                          struct mn_error *error);

/* One PCRE2 expression for whole lines: UTF, caseless, spaces as they stand, without capturing groups' numbers (write
 * no back references). MN_RULE_ERROR with PCRE2's words and the place in the expression when it does not compile. */
enum mn_status mn_segmentation_add_furniture(struct mn_segmentation *segmentation, struct mn_slice expression,
                                             struct mn_error *error);

/* Call it after the last expression: makes one compiled expression of all of them. Without it lines are matched
 * against one expression after the other, which is slower and gives the same. */
enum mn_status mn_segmentation_finish(struct mn_segmentation *segmentation, struct mn_error *error);

#endif
