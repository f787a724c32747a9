/* What the rules know about words: symbols (exact, casefolded and stemmed words that occur in rules), token classes
 * (PCRE2 expressions on whole tokens), lexicons (word sequences with values). Built once by rules/, then immutable and
 * shared by all threads; forms.h analyses the words of documents against it. */
#ifndef MN_LEXIS_VOCABULARY_H
#define MN_LEXIS_VOCABULARY_H

#include "base/arena.h"
#include "base/error.h"

struct mn_vocabulary;

/* In which shape words are compared. */
enum mn_by { MN_BY_EXACT, MN_BY_FOLD, MN_BY_STEM, MN_BY_COUNT };

#define MN_NO_SYMBOL UINT32_MAX

/* An English vocabulary (Snowball "english"); null when memory is out. */
struct mn_vocabulary *mn_vocabulary_create(void);
void mn_vocabulary_destroy(struct mn_vocabulary *vocabulary);

/* The symbol of one token compared in this shape, added if new; the token is given as it stands in the rule file and is
 * casefolded (and stemmed) here. MN_NO_SYMBOL when memory is out. Symbols of the three shapes are numbered apart. */
uint32_t mn_vocabulary_symbol(struct mn_vocabulary *vocabulary, enum mn_by by, struct mn_slice token);

/* A symbol's word in its shape, for people. */
struct mn_slice mn_vocabulary_symbol_text(const struct mn_vocabulary *vocabulary, enum mn_by by, uint32_t symbol);

/* Adds a token class: a PCRE2 expression that must match a whole token (UTF and UCP on). Index in *id, from 0; the same
 * name twice is an error. PCRE2's message and offset go into the error (MN_RULE_ERROR, no file name). */
enum mn_status mn_vocabulary_class(struct mn_vocabulary *vocabulary, struct mn_slice name, struct mn_slice expression,
                                   uint32_t *id, struct mn_error *error);
/* Index of a class or MN_NO_SYMBOL. */
uint32_t mn_vocabulary_find_class(const struct mn_vocabulary *vocabulary, struct mn_slice name);

struct mn_slice mn_vocabulary_class_name(const struct mn_vocabulary *vocabulary, uint32_t class_id);

/* Is the token in the class? For checks of rules; documents are analysed by forms.h. False when memory is out. */
bool mn_vocabulary_in_class(const struct mn_vocabulary *vocabulary, uint32_t class_id, struct mn_slice token);
/* The bits of the classes so far that a token is in. False when memory is out. */
bool mn_vocabulary_classes(const struct mn_vocabulary *vocabulary, struct mn_slice token, uint64_t bits[2]);

/* Adds a lexicon, or finds it again; index from 0, MN_NO_SYMBOL when memory is out. */
uint32_t mn_vocabulary_lexicon(struct mn_vocabulary *vocabulary, struct mn_slice name);
uint32_t mn_vocabulary_find_lexicon(const struct mn_vocabulary *vocabulary, struct mn_slice name);
struct mn_slice mn_vocabulary_lexicon_name(const struct mn_vocabulary *vocabulary, uint32_t lexicon);

/* Adds an entry: the words (cut into tokens here) compared in this shape stand for the value. When an entry of the
 * same lexicon has the same words already, *duplicate is set and the earlier value stays. MN_RULE_ERROR for no words.
 */
enum mn_status mn_vocabulary_entry(struct mn_vocabulary *vocabulary, uint32_t lexicon, enum mn_by by,
                                   struct mn_slice words, struct mn_slice value, bool *duplicate,
                                   struct mn_error *error);
/* Number of an entry value within its vocabulary (values are interned over all lexicons), or MN_NO_SYMBOL. */
uint32_t mn_vocabulary_find_value(const struct mn_vocabulary *vocabulary, struct mn_slice value);
struct mn_slice mn_vocabulary_value(const struct mn_vocabulary *vocabulary, uint32_t value);

/* Is the one word with this symbol an entry of the lexicon, with one of these values (`value_count` 0: with any)? For
 * checks of rules; documents are looked through by forms.h. */
bool mn_vocabulary_has_word(const struct mn_vocabulary *vocabulary, uint32_t lexicon, enum mn_by by, uint32_t symbol,
                            const uint32_t *values, size_t value_count);

/* --- Sets of words ---
 * What rules ask of one token: is it in the set? Every form knows the sets that it is in (forms.h), so that the answer
 * takes one look however large the set is. */

/* What a set consists of: a form is in it that has the symbol, is in the class, or begins an entry of the lexicon (of
 * keys and marks: where an entry stands). */
enum mn_atom_kind {
    MN_ATOM_SYMBOL, /* by, id */
    MN_ATOM_CLASS,
    MN_ATOM_LEXICON,
    MN_ATOM_SPAN /* no word: something found by rules; no form has it */
};

struct mn_atom {
    uint16_t kind, by;
    uint32_t id;
};

/* What a set is for; sets of different uses are numbered apart. */
enum mn_set_use {
    MN_SET_TEST, /* tested token by token: a bit in every form (mn_form_in) */
    MN_SET_KEY,  /* looked up: every form lists the sets that it is in (mn_signature.keys) */
    MN_SET_MARK, /* for a quick look: set number % MN_MARKS in every form's marks */
    MN_SET_USES
};

/* The number of the set of these atoms (in any order, which changes; repeats do not count), added if new: from 1. 0
 * when memory is out, the vocabulary is sealed, or there are MN_LIMIT_TEST_SETS for MN_SET_TEST already. */
uint32_t mn_vocabulary_set(struct mn_vocabulary *vocabulary, enum mn_set_use use, struct mn_atom *atoms, size_t count);
/* How many sets of this use there are: numbers go from 1 to this. */
uint32_t mn_vocabulary_set_count(const struct mn_vocabulary *vocabulary, enum mn_set_use use);
/* The atoms of a set, sorted. Valid until a set is added. */
const struct mn_atom *mn_vocabulary_atoms(const struct mn_vocabulary *vocabulary, enum mn_set_use use, uint32_t set,
                                          uint32_t *count);
/* A set that something is in. */
struct mn_membership {
    uint32_t use, set; /* enum mn_set_use */
};
/* The sets that a lexicon is in. Valid until a set is added. */
const struct mn_membership *mn_vocabulary_lexicon_sets(const struct mn_vocabulary *vocabulary, uint32_t lexicon,
                                                       size_t *count);
/* Sorts atoms and drops repeats: how many are left. */
size_t mn_sort_atoms(struct mn_atom *atoms, size_t count);

/* No more additions after this; needed before forms are made. */
enum mn_status mn_vocabulary_seal(struct mn_vocabulary *vocabulary, struct mn_error *error);

#endif
