/* Patterns as trees. pattern_parse.c reads the text (pattern_parser.h), resolve.c looks up the names, compile.c makes
 * programs, needs.c finds out what must occur in every match. Nodes stand in an array, children before their parents,
 * so that what is worked out from the children is one pass without recursion. */
#ifndef MN_RULES_PATTERN_H
#define MN_RULES_PATTERN_H

#include "lexis/vocabulary.h"
#include "rules/program.h"
#include "rules/report.h"
#include "rules/xml.h"

#define MN_NO_NODE UINT32_MAX
#define MN_UNBOUNDED UINT32_MAX

enum mn_pattern_kind {
    MN_PATTERN_TOKEN,
    MN_PATTERN_LEXICON,
    MN_PATTERN_SPAN,
    MN_PATTERN_DEFINE,
    MN_PATTERN_START,
    MN_PATTERN_END,
    MN_PATTERN_LOOK,
    MN_PATTERN_NOT,
    MN_PATTERN_CAPTURE,
    MN_PATTERN_REPEAT,
    MN_PATTERN_SEQUENCE,
    MN_PATTERN_ALTERNATIVES
};

/* Of these atoms one stands in every match, at least `least` and at most `most` tokens behind its start. */
struct mn_need {
    struct mn_atom *atoms;
    uint32_t atom_count;
    uint32_t rate; /* how many of a million tokens are one of them, roughly */
    uint32_t least, most;
};

/* So many words at most are tested as one set. */
enum { MN_MOST_WORDS = 512 };

struct mn_pattern_node {
    uint8_t kind;            /* enum mn_pattern_kind */
    uint8_t test;            /* enum mn_test, of tokens */
    uint8_t by;              /* enum mn_by, of tokens that are symbols */
    bool lazy;               /* repetition */
    bool negated;            /* look-around */
    bool behind;             /* look-around */
    bool spans;              /* resolved: a span reference is in it */
    bool captures;           /* resolved: a capture is written in it (not only in a definition it uses) */
    bool single;             /* resolved: one test of what stands at a token, or alternatives of such */
    uint8_t pure;            /* resolved: enum mn_pure */
    uint8_t looks;           /* resolved: how deep look-arounds stand in look-arounds in it */
    uint32_t source;         /* bytes of the pattern's text */
    uint32_t last, previous; /* last child; sibling before it; MN_NO_NODE */
    uint32_t min, max;       /* repetition; MN_UNBOUNDED */
    struct mn_slice name;    /* word or name */
    struct mn_slice filter;  /* lexicon: values separated by `|` */
    /* resolved: */
    uint32_t argument; /* symbol, class, lexicon, reference, definition */
    uint32_t *values;  /* lexicon */
    uint32_t value_count;
    uint32_t words;              /* of one test of a word or a class, or alternatives of such: their number; else 0 */
    uint32_t shortest, longest;  /* tokens, span references not counted in `longest`; MN_UNBOUNDED */
    const struct mn_need *needs; /* the rarest first */
    uint32_t need_count;
};

/* What a part consists of, so that a capture of it has that as its value. */
enum mn_pure { MN_PURE_NOT, MN_PURE_LEXICON, MN_PURE_SPAN };

struct mn_pattern {
    struct mn_slice text;
    struct mn_pattern_node *nodes;
    uint32_t count;
    uint32_t root; /* MN_NO_NODE: it could not be read */
    const struct mn_rule_file *file;
    const struct mn_xml *xml; /* the element it is the text of */
};

/* Reads pattern->text. A mistake goes to the report and leaves root MN_NO_NODE. */
void mn_pattern_parse(struct mn_arena *arena, struct mn_pattern *pattern, struct mn_report *report);

/* Where a byte of the pattern's text stands in the file. */
struct mn_place mn_pattern_place(const struct mn_pattern *pattern, uint32_t offset);

#endif
