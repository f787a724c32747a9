/* Enumerators: the "1.", "(a)", "iv)", "2.1" or "•" at the start of a text. What is read here is only what is printed;
 * whether it is one, and whether "(i)" is a letter or a Roman one, is decided by the sequence it stands in. */
#ifndef MN_SEGMENT_ENUMERATOR_H
#define MN_SEGMENT_ENUMERATOR_H

#include "document/document.h"

enum mark_shape {
    SHAPE_NONE,
    SHAPE_BULLET,
    SHAPE_BARE,   /* 1      nothing else in the text */
    SHAPE_DOT,    /* 1.  a. */
    SHAPE_PAREN,  /* 1)  1.) */
    SHAPE_PARENS, /* (1) */
    SHAPE_LEVELS, /* 2.1  2.1.3. */
    SHAPE_MINUTE  /* 16/01/12.01: numbers of minutes */
};

struct mark {
    uint32_t value;       /* 1 for 1, a, i; the bullet's code point for bullets */
    uint32_t other_value; /* in the other reading */
    uint16_t size;        /* bytes from the text's start to where its words start */
    uint8_t shape;        /* enum mark_shape */
    uint8_t numbering;    /* enum mn_numbering, the likelier reading */
    uint8_t other;        /* the other reading: Roman numerals that are letters too; else MN_UNNUMBERED */
    uint8_t depth;        /* numbers joined by points: 1; 2 for 2.1 … */
};

/* Within so many bytes stands the point or the closing bracket of every SHAPE_DOT, SHAPE_PAREN and SHAPE_PARENS. */
#define MN_MARK_SIGN_WITHIN 8

/* The enumerator at the start of folded text; shape SHAPE_NONE when there is none. */
struct mark mn_mark_read(struct mn_slice text);

/* The number of a minute that is the whole text, where its place shows that it is one: C/208, 16/01/08, which elsewhere
 * would be a date. SHAPE_NONE when it is no such number. */
struct mark mn_mark_minute_number(struct mn_slice text);

/* "14 Minutes": a number without any sign and a letter behind it, with `capital` only a capital, which only a sequence
 * of them makes an enumerator. */
struct mark mn_mark_spaced(struct mn_slice text, bool capital);

/* "18/58 Minutes", "GBP/2122/214: Welcome": the number of a minute and a capital behind it, which only a sequence of
 * them makes an enumerator. */
struct mark mn_mark_reference(struct mn_slice text);

/* An enumerator with no words behind it. */
static inline bool mark_is_alone(const struct mark *mark, struct mn_slice text)
{
    return mark->shape != SHAPE_NONE && mark->size == text.size;
}

/* 1, (a), i. and every bullet. */
bool mn_mark_starts(const struct mark *mark);

/* A dash, an asterisk or the like, which may be punctuation or a misread letter just as well. */
bool mn_mark_is_weak_bullet(const struct mark *mark);

/* Same way of printing, and a reading in which `mark` has the value `value` of this numbering. Bullets: the same sign.
 */
bool mn_mark_reads_as(const struct mark *mark, uint8_t shape, uint8_t numbering, uint32_t value);

/* Does `next` follow `mark` in one sequence: same shape and numbering, value one higher; the same bullet? */
bool mn_mark_follows(const struct mark *mark, const struct mark *next);

#endif
