/* Where a report gives the judgements of a grade scheme: rows of tables, lines, headings and sentences that consist of
 * a judgement's label and a grade and of nothing else. What stands only near a label is no mention. */
#ifndef MN_INTERPRET_MENTIONS_H
#define MN_INTERPRET_MENTIONS_H

#include "interpret/words.h"

/* Where it stands. */
enum mn_mention_place {
    MN_MENTION_ROW,      /* of a table */
    MN_MENTION_LINE,     /* a block by itself that is no heading */
    MN_MENTION_HEAD,     /* a heading */
    MN_MENTION_BLOCKS,   /* the label in one block or several, the grade in the next or in their midst */
    MN_MENTION_SENTENCE, /* a sentence of running text */
    MN_MENTION_LABEL     /* a table's row or a line with the label, but no grade that can be read */
};

struct mn_mention {
    uint32_t judgement;    /* index in the scheme */
    struct mn_slice value; /* empty: the report says that it was not made; or MN_MENTION_LABEL */
    enum mn_mention_place place;
    uint32_t start, end;                 /* bytes: label and grade */
    uint32_t subject_start, subject_end; /* the label, or the part of it before the grade */
    uint32_t value_start, value_end;     /* the grade; of MN_MENTION_LABEL start == end */
    uint32_t line;                       /* index in words->lines */
    uint32_t node;
    uint32_t company;      /* how many mentions stand together, this one among them: a table printed line by line */
    bool is_beside;        /* MN_MENTION_LABEL: one that can be read stands near by */
    bool is_earlier;       /* the report says that it was judged before … */
    uint32_t earlier_node; /* … in this leaf */
};

struct mn_mentions {
    MN_VECTOR(struct mn_mention) items; /* in reading order */
};

/* Finds all mentions. False when memory is out. */
bool mn_mentions_find(const struct mn_document *document, const struct mn_words *words, const struct mn_scheme *scheme,
                      struct mn_mentions *mentions);

#endif
