/* Words: quotes made comparable. */
#ifndef EVALUATE_WORDS_H
#define EVALUATE_WORDS_H

#include "findings.h"

/* White space folded (canonical text); the empty slice for text that holds nothing else. False when memory is out. */
bool text_fold(struct mn_arena *arena, struct mn_slice text, struct mn_slice *out);

/* Folded text for strict comparison: casefolded, one kind of quotation mark and dash, markdown's * and # dropped;
 * quotation marks, spaces and . ; , : stripped from both ends. */
bool text_strict(struct mn_arena *arena, struct mn_slice folded, struct mn_slice *out);

/* The words of a text: runs of letters and digits, casefolded. Digits glued to the end of a word of four letters
 * or more are left off: in text from PDF they are footnote marks. */
bool text_tokens(struct mn_arena *arena, struct mn_slice text, struct token_list *out);

/* How two token sequences overlap. Quotes cut from the same place of a text either hold one another or dovetail; tokens
 * that differ on both sides at the same place ("by June" against "by July") speak against it. */
struct overlap {
    unsigned score; /* thousandths: F of the matched tokens, 1000 for equal sequences */
    bool possible;  /* they can be cuts of the same place: at least half of the shorter one is matched, in order, and at
                     * most one differing token stands against eight matched ones */
};

/* Local alignment (Smith and Waterman 1981, gaps cheaper when long); O(a.count * b.count) time, O(b.count) memory taken
 * from the scratch arena. False when memory is out. */
bool tokens_overlap(struct mn_arena *scratch, struct token_list a, struct token_list b, struct overlap *out);

/* Where a quote stands in a text: the run of the text's tokens [*start, *end) that equals it, the one after `skip`
 * others; where there is none, the best alignment, if it matches at least four fifths of the quote; *start == *end
 * where that fails too. False when memory is out. */
bool tokens_locate(struct mn_arena *scratch, struct token_list quote, struct token_list text, size_t skip,
                   size_t *start, size_t *end);

bool tokens_equal(struct token_list a, struct token_list b);
/* True if the shorter sequence, not empty, stands in the longer as a contiguous run. */
bool tokens_contain(struct token_list a, struct token_list b);

#endif
