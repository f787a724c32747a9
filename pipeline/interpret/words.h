/* The words of a document as the phrases of grade schemes compare them: casefolded, punctuation passed over; and
 * comparing phrases with them. */
#ifndef MN_INTERPRET_WORDS_H
#define MN_INTERPRET_WORDS_H

#include "document/document.h"
#include "rules/schemes.h"

struct mn_word {
    struct mn_slice text;
    uint32_t number;     /* as a phrase's word (mn_phrase_part.number); MN_NO_SYMBOL: no phrase has it */
    uint32_t start, end; /* bytes in the document's text */
    bool is_capital;     /* begins with a capital or a digit: a name begins and ends with such words */
    bool is_short;       /* a name may hold it between others: "of", "upon" */
    bool is_number;
};

/* A leaf with words: [first, end) of them. */
struct mn_word_leaf {
    uint32_t node;
    uint32_t first, end;
};

/* What is read as one line: a table's row with all its leaves, or a leaf outside of tables. */
struct mn_word_line {
    uint32_t node;       /* the row or the leaf */
    uint32_t first, end; /* words */
    uint32_t first_leaf, end_leaf;
};

struct mn_words {
    struct mn_word *items;
    size_t count;
    struct mn_word_leaf *leaves; /* in reading order */
    size_t leaf_count;
    struct mn_word_line *lines; /* the same leaves as lines */
    size_t line_count;
};

/* Cuts the document's leaves into words, without their enumerators. False when memory is out. */
bool mn_words_cut(const struct mn_document *document, const struct mn_rules *rules, struct mn_words *words);

/* Do these words, all of them, make the phrase? `words` are pointers, as what is compared need not stand together. */
bool mn_phrase_is(const struct mn_phrase *phrase, const struct mn_word *const *words, size_t count);
bool mn_phrases_are(const struct mn_phrases *phrases, const struct mn_word *const *words, size_t count);

/* May one of the phrases begin with this word? Most begin with others. */
static inline bool mn_phrases_may_begin(const struct mn_phrases *phrases, const struct mn_word *word)
{
    return phrases->any || (word->number != MN_NO_SYMBOL && phrases->begins >> (word->number % 64) & 1);
}

/* The number of words, at most `count`, that the longest phrase takes which begins at words[0]; 0 when none does. */
size_t mn_phrase_length(const struct mn_phrase *phrase, const struct mn_word *words, size_t count);
size_t mn_phrases_length(const struct mn_phrases *phrases, const struct mn_word *words, size_t count);

#endif
