/* Signs on a text that say something about what it is without knowing its words: how it ends, how it starts, how it is
 * written. */
#ifndef MN_SEGMENT_SIGNS_H
#define MN_SEGMENT_SIGNS_H

#include "base/slice.h"
#include "rules/segmentation.h"

enum ending {
    ENDS_OPEN,       /* in a word or a number */
    ENDS_UNFINISHED, /* in a comma, a dash, an opening bracket, a very short lower-case word, an abbreviation */
    ENDS_CLAUSE,     /* in a semicolon, or in one with "and" behind it */
    ENDS_LEADING,    /* in a colon */
    ENDS_SENTENCE    /* in a full stop, ? or !, also with closing quotes or brackets behind it */
};

enum ending mn_text_ending(const struct mn_segmentation *segmentation, struct mn_slice text);

bool mn_is_closer(int32_t code_point); /* closing quotes and brackets */
bool mn_is_opener(int32_t code_point); /* opening quotes and brackets; straight quotes are both */
bool mn_is_quote(int32_t code_point);

bool mn_starts_lower(struct mn_slice text);  /* with a lower-case letter */
bool mn_starts_upper(struct mn_slice text);  /* with a capital, also behind openers */
bool mn_starts_quoted(struct mn_slice text); /* with a quotation mark */
bool mn_ends_quoted(struct mn_slice text);   /* in a quotation mark, a point behind it allowed */
bool mn_all_capitals(struct mn_slice text);  /* at least four letters, none of them lower-case but in ordinals (4th) */
bool mn_mostly_capitals(struct mn_slice text); /* two letters at least, three in four of them capitals */
bool mn_has_letters(struct mn_slice text);
bool mn_leaves_bracket_open(struct mn_slice text); /* more round brackets opened than closed */

size_t mn_word_count(struct mn_slice text);
size_t mn_first_word_size(struct mn_slice text); /* bytes up to the first space */
struct mn_slice mn_last_word(struct mn_slice text);
struct mn_slice mn_trim_closers(struct mn_slice text); /* without closing quotes and brackets at its end */

#endif
