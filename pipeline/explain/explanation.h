/* Explanations: what the rules tried in a place of a document, how far each got and what stopped it, and how its
 * findings came about. The stages do their work as always; they are listened to (match/trace.h, derivation.h), and
 * where a pattern did not match it is searched for once more without quick looks, to see how far the search comes.
 *
 *     run the document up to MN_LAYER_TOKENISE
 *     mn_explanation_begin, and hand trace and derivation to the run
 *     run it up to MN_LAYER_INTERPRET
 *     mn_explanation_finish */
#ifndef MN_EXPLAIN_EXPLANATION_H
#define MN_EXPLAIN_EXPLANATION_H

#include "interpret/derivation.h"
#include "lexis/forms.h"
#include "match/trace.h"
#include "rules/rules.h"

/* What was looked for: the rule's patterns, or a part of a list or table. */
enum mn_attempt_part {
    MN_PART_PATTERN,
    MN_PART_LEAD_IN,
    MN_PART_ITEM,
    MN_PART_NESTED,
    MN_PART_HEADER,
    MN_PART_CELL,
    MN_PART_ROW,
    MN_PART_COUNT
};

/* What became of it, the furthest that came of it last. */
enum mn_attempt_end {
    MN_END_SECTION,  /* the sections around do not allow the rule */
    MN_END_NO_ITEMS, /* a lead-in would have nothing that could be items behind it */
    MN_END_MISSED,   /* nothing matched */
    MN_END_VETOED,   /* a condition did not hold */
    MN_END_MATCHED,  /* it matched, and was no find by itself (lead-in, header, heading) */
    MN_END_LOST,     /* a stronger find of the kind stands there */
    MN_END_DROPPED,  /* interpret dropped it */
    MN_END_FOUND,
    MN_END_COUNT
};

/* A range of the text in bytes. */
struct mn_range {
    uint32_t start, end;
};

/* How far a search came that found nothing: to the stop from which the fewest elements are left on the shortest way to
 * the pattern's end. Gaps and look-arounds are not counted. */
struct mn_miss {
    const struct mn_program *program; /* null: nothing was searched for */
    uint32_t elements, left;
    uint32_t token;   /* where it stopped; the attempt's end_token: at its end */
    uint32_t *states; /* all that failed there with so much left */
    uint32_t state_count;
    uint32_t places; /* tokens at which searches came as far */
};

struct mn_attempt_match {
    enum mn_attempt_end end;
    const struct mn_program *program; /* null: the part has no pattern */
    struct mn_range words;
    struct mn_field *captures; /* names and ranges of those that took part */
    size_t capture_count;
    size_t condition;            /* MN_END_VETOED */
    bool whole_scope;            /* … the scope as a whole lacks what is required */
    struct mn_range vetoer;      /* … the condition's words nearest to the match; empty: there are none */
    struct mn_range find;        /* from MN_END_LOST on: the evidence */
    struct mn_trace_find winner; /* MN_END_LOST */
    enum mn_fate fate;           /* MN_END_DROPPED */
};

struct mn_attempt {
    const struct mn_rule *rule;
    enum mn_attempt_part part;
    enum mn_attempt_end end; /* of its best match */
    struct mn_range scope;
    uint32_t first_token, end_token;
    struct mn_miss miss;
    MN_VECTOR(struct mn_attempt_match) matches;
};

struct mn_explanation_question {
    const char *const *rules; /* names of rules, or how they begin; none: all */
    size_t rule_count;
    struct mn_slice at; /* words of the text, or an offset in code points; empty: everywhere */
};

/* Lies in the document's arena. */
struct mn_explanation {
    struct mn_trace trace; /* first member: match tells it */
    struct mn_derivation derivation;
    struct mn_document *document;
    const struct mn_forms *forms;
    const struct mn_rules *rules;
    struct mn_offsets offsets;
    const bool *wanted;                             /* by number of the rule */
    const struct mn_explanation_question *question; /* as it was put; outlives the explanation */
    bool asked_rules;                               /* only some of them */
    bool asked_place;                               /* only there: */
    struct mn_range at;
    size_t also;                           /* how often the words stand further on in the text */
    MN_VECTOR(struct mn_attempt) attempts; /* in the order in which the rules ran; none where neither was asked for */
    uint32_t current;                      /* attempt that is going on, or MN_NONE */
    bool failed;                           /* memory was out */
};

/* Prepares for a document that is cut into tokens. MN_USAGE: no such rule; no such place. */
enum mn_status mn_explanation_begin(struct mn_explanation *explanation, struct mn_document *document,
                                    const struct mn_forms *forms, const struct mn_rules *rules,
                                    const struct mn_explanation_question *question, struct mn_error *error);

/* Puts together what the stages told. */
enum mn_status mn_explanation_finish(struct mn_explanation *explanation, struct mn_error *error);

/* How far a search for the event's program number `index` comes (nearness.c); `at`: of several stops that are as far,
 * the nearest to this token is taken (MN_NONE: the first). False when memory is out. */
bool mn_miss_find(const struct mn_trace_event *event, size_t index, uint32_t at, struct mn_arena *arena,
                  struct mn_miss *miss);

/* Was it asked for a grade scheme's judgement of this name ("SCHEME.JUDGEMENT")? Where no names were asked for: yes. */
bool mn_explanation_wants(const struct mn_explanation *explanation, struct mn_slice judgement);

/* Bytes of a range of tokens. */
struct mn_range mn_explanation_bytes(const struct mn_explanation *explanation, struct mn_place place);

static inline bool mn_ranges_touch(struct mn_range a, struct mn_range b)
{
    return a.start < b.end && b.start < a.end;
}

#endif
