/* Grade schemes, as interpret/ reads them: of each framework of an inspectorate its grades, the judgements that a
 * report under it must contain with the words of their labels, and between which days it was in force. Loaded from
 * rules/schemes/ together with the rules (schemas/scheme.rng); immutable, shared by all threads. */
#ifndef MN_RULES_SCHEMES_H
#define MN_RULES_SCHEMES_H

#include "rules/program.h"

/* What a phrase asks of one place: a word (casefolded, U+2019 as '), which may be absent; or up to
 * MN_LONGEST_NAME words of a name. */
struct mn_phrase_part {
    struct mn_slice word; /* empty: a name */
    uint32_t number;      /* of the word, in mn_rules.phrase_words; MN_NO_SYMBOL: a name */
    bool optional;
};

/* A name's words begin with a capital or a digit; between such words others may stand that have at most this many
 * letters ("of", "the", "upon"). */
#define MN_SHORT_NAME_WORD 4
#define MN_LONGEST_NAME 10
#define MN_LONGEST_PHRASE 40 /* parts */

struct mn_phrase {
    const struct mn_phrase_part *parts;
    size_t count;
    uint64_t needs; /* bits (number % 64) of the words that must be there */
    bool plain;     /* they are all its parts */
};

/* Alternatives. */
struct mn_phrases {
    const struct mn_phrase *items;
    size_t count;
    uint64_t begins; /* bits (number % 64) of the words that they may begin with */
    bool any;        /* one of them may begin with any word: with a name */
};

struct mn_scheme_grade {
    struct mn_slice value;   /* the record's word; empty: the judgement was not made */
    struct mn_phrases words; /* no names in them */
};

/* A heading under which labels mean something of their own. */
struct mn_scheme_group {
    struct mn_slice name;
    struct mn_phrases labels;
};

struct mn_scheme_judgement {
    struct mn_slice name;   /* unique in the scheme; the slot when it is missing */
    struct mn_slice aspect; /* the record's canonical name */
    struct mn_slice rule;   /* "SCHEME.NAME" */
    uint32_t group;         /* index of the group it stands in, or MN_NO_SYMBOL */
    bool optional;          /* reports may lack it */
    struct mn_phrases labels;
};

struct mn_scheme {
    struct mn_slice name;
    struct mn_slice title; /* the framework's, for people */
    struct mn_slice inspectorate;
    struct mn_slice addressee;   /* whom its recommendations are for; may be empty */
    struct mn_slice scale;       /* the record's */
    struct mn_slice from, until; /* ISO days, first and last of inspections under it; empty: open */
    struct mn_phrases signs;     /* words in a report's opening by which it is recognised; may be none */
    struct mn_phrases links;     /* what may stand between label and grade: "is judged to be" */
    struct mn_phrases ignored;   /* what may stand beside a grade and says nothing: "grade" */
    struct mn_phrases earlier;   /* which say that what follows was judged before: "last inspection" */
    const struct mn_scheme_grade *grades;
    size_t grade_count;
    const struct mn_scheme_group *groups;
    size_t group_count;
    const struct mn_scheme_judgement *judgements; /* none: reports of this kind give none */
    size_t judgement_count;
    const struct mn_slice *abolished; /* names of judgements that earlier frameworks had */
    size_t abolished_count;
    const struct mn_example *examples;
    size_t example_count;
    const struct mn_slice *notes;
    size_t note_count;
    struct mn_slice file; /* path, as in messages */
    uint32_t line;
};

/* A token as phrases compare it: casefolded, U+2019 as '. Null data when memory is out. */
struct mn_slice mn_phrase_word(struct mn_arena *arena, struct mn_slice token);

/* Is this token (of mn_cut_next) a word or a number? Phrases pass over everything else. */
bool mn_phrase_is_word(struct mn_slice token);

#endif
