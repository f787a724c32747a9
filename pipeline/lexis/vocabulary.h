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

/* Tags: small numbers (rule numbers, say) hung on a symbol, a class or a lexicon. Every form that has the symbol, is in
 * the class or begins an entry of the lexicon carries the tag: a trigger index. */
enum mn_status mn_vocabulary_tag_symbol(struct mn_vocabulary *vocabulary, enum mn_by by, uint32_t symbol, uint32_t tag);
enum mn_status mn_vocabulary_tag_class(struct mn_vocabulary *vocabulary, uint32_t class_id, uint32_t tag);
enum mn_status mn_vocabulary_tag_lexicon(struct mn_vocabulary *vocabulary, uint32_t lexicon, uint32_t tag);

/* No more additions after this; needed before forms are made. */
enum mn_status mn_vocabulary_seal(struct mn_vocabulary *vocabulary, struct mn_error *error);

#endif
