/* Word forms: each distinct token of the documents a thread has seen, analysed once (casefold, stem, token classes,
 * lexicon beginnings, sets) and from then on a number. One table per thread, bounded by MN_LIMIT_FORMS between
 * documents; the vocabulary is shared. */
#ifndef MN_LEXIS_FORMS_H
#define MN_LEXIS_FORMS_H

#include "lexis/vocabulary.h"

/* Which mark sets words are in, by number modulo MN_MARKS: about as many as the shipped rules have. */
enum { MN_MARKS = 2560 };

struct mn_marks {
    uint64_t words[MN_MARKS / 64];
};

/* Ascending. */
struct mn_numbers {
    const uint32_t *items;
    uint32_t count;
};

/* The sets that a form is in (vocabulary.h); shared by all forms that are in the same. A form that is no entry of a
 * lexicon, but begins entries of several words, is in the lexicon's test sets only: of its keys and marks is what
 * stands there, if it is an entry. */
struct mn_signature {
    struct mn_marks marks;
    uint32_t number;         /* from 0, in the order of coming */
    struct mn_numbers keys;  /* MN_SET_KEY */
    struct mn_numbers leads; /* lexicons with keys, marks … of which it begins entries but is none */
    uint64_t entries;        /* other lexicons (mn_lexicon_bit) of which it is an entry or begins one */
    uint64_t tests[];        /* MN_SET_TEST: a bit by the set's number */
};

/* One cache line. */
struct mn_form {
    struct mn_slice text;          /* as in the document */
    uint32_t symbols[MN_BY_COUNT]; /* exact, folded, stemmed; MN_NO_SYMBOL where no rule knows it */
    uint32_t roots[MN_BY_COUNT];   /* lexicon trie nodes reached by this token, 0 where none */
    uint64_t classes[2];           /* bit i: is in token class i */
    const struct mn_signature *signature;
};

static inline bool mn_form_in(const struct mn_form *form, uint32_t test_set)
{
    return form->signature->tests[test_set / 64] >> (test_set % 64) & 1;
}

/* The mark of a mark set. */
static inline uint16_t mn_mark_of(uint32_t mark_set)
{
    return (uint16_t)(mark_set % MN_MARKS);
}

static inline void mn_marks_set(struct mn_marks *marks, uint32_t mark)
{
    marks->words[mark / 64] |= UINT64_C(1) << (mark % 64);
}

static inline bool mn_marks_have(const struct mn_marks *marks, uint32_t mark)
{
    return marks->words[mark / 64] >> (mark % 64) & 1;
}

static inline void mn_marks_add(struct mn_marks *marks, const struct mn_marks *more)
{
    for (int i = 0; i < MN_MARKS / 64; i++)
        marks->words[i] |= more->words[i];
}

struct mn_forms;

/* An empty table over a sealed vocabulary, which must outlive it; null when memory is out. */
struct mn_forms *mn_forms_create(const struct mn_vocabulary *vocabulary);
void mn_forms_destroy(struct mn_forms *forms);

/* The id of a token (1 to MN_LIMIT_TOKEN_BYTES bytes); analysed when it is new. MN_NO_SYMBOL when memory is out.
 * Ids and pointers stay valid until mn_forms_trim empties the table. */
uint32_t mn_forms_intern(struct mn_forms *forms, struct mn_slice token);
const struct mn_form *mn_forms_get(const struct mn_forms *forms, uint32_t id);
size_t mn_forms_count(const struct mn_forms *forms);

/* How many wrong places the slowest look-up passes now. Words that were chosen to collide do not make it grow with
 * their number: the table then changes to a hash with a key of its own. Ids are numbers in the order of coming. */
size_t mn_forms_longest_run(const struct mn_forms *forms);

/* Between documents: empties the table when it has outgrown MN_LIMIT_FORMS. */
void mn_forms_trim(struct mn_forms *forms);

/* How often the table was emptied: while it says the same, numbers of signatures mean the same. */
size_t mn_forms_trims(const struct mn_forms *forms);

/* Lexicons share bits. */
static inline uint64_t mn_lexicon_bit(uint32_t lexicon)
{
    return UINT64_C(1) << (lexicon % 64);
}

/* Of which lexicons (mn_lexicon_bit) entries may begin with the form and the one behind it. */
uint64_t mn_forms_lead_on(const struct mn_forms *forms, const struct mn_form *form, const struct mn_form *behind);

/* May an entry of the lexicon begin with the form? */
bool mn_forms_begins(const struct mn_forms *forms, const struct mn_form *form, uint32_t lexicon);

/* The same as mn_forms_get(…)->text / mn_forms_intern, for document/exchange.h. */
struct mn_slice mn_forms_text(const void *forms, uint32_t id);
uint32_t mn_forms_intern_any(void *forms, struct mn_slice token);

/* The longest entry of `lexicon` that begins at ids[0] (ids stand `stride` uint32_t apart), comparing at most `count`
 * tokens: its length in tokens and its value in *value, or 0. With `values` not null only entries whose value is among
 * the `value_count` numbers count. */
size_t mn_forms_lexicon(const struct mn_forms *forms, const uint32_t *ids, size_t stride, size_t count,
                        uint32_t lexicon, const uint32_t *values, size_t value_count, uint32_t *value);

#endif
