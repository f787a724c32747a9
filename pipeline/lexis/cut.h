/* Cutting text into tokens: the one definition of a token, used for documents and for the words of rule files.
 *
 *  - a word: letters, marks and digits, joined by an apostrophe (' or U+2019) or a hyphen (-, U+2010, U+2011) between
 *    two of them where at least one neighbour of a hyphen is a letter: children’s, O’Brien, well-kept, COVID-19,
 *    six-monthly, 15-month; a final apostrophe ("members’") is a token of its own;
 *  - a number: digits, joined by . or , or : between two digits, with letters directly behind them: 318.4, 1,200,
 *    10.30, 3rd, 4.30pm, 16a. Hyphens and slashes between digits separate: 2018-19, 01/12/2019 and 2022/23 are three
 *    or five tokens;
 *  - letters with points: at least two single letters each followed by a point: p.m., e.g., L.M. (the last point may
 *    be absent: p.m);
 *  - anything else that is not white space: one token per code point, but runs of the same of . _ - – — * = are one
 *    token (...., ____).
 *
 * A token longer than MN_LIMIT_TOKEN_BYTES is cut at a code point's boundary. */
#ifndef MN_LEXIS_CUT_H
#define MN_LEXIS_CUT_H

#include "base/slice.h"

/* Finds the next token at or after *position (valid UTF-8, NFC); sets *token and moves *position behind it. False when
 * only white space is left. ASCII goes by a class table, other bytes by utf8proc. */
bool mn_cut_next(struct mn_slice text, size_t *position, struct mn_slice *token);

#endif
