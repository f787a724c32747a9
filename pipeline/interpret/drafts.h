/* Findings in the making: for every attribute the best field that was offered, until all rules that give have given. */
#ifndef MN_INTERPRET_DRAFTS_H
#define MN_INTERPRET_DRAFTS_H

#include "interpret/derivation.h"
#include "interpret/leaves.h"
#include "interpret/work.h"

/* What an attribute's value is made from. */
enum mn_value_source {
    MN_FROM_WORDS,  /* the field's value or words */
    MN_FROM_TOKEN,  /* the same as a name: lower case, hyphens */
    MN_FROM_NUMBER, /* the number in them */
    MN_FROM_TIME,   /* the day, month or year in the past that it means */
    MN_FROM_DUE,    /* the time that the field means */
    MN_FROM_EARLIEST,
    MN_FROM_LATEST,
    MN_FROM_TYPE /* first and last day and type of the due time */
};

struct mn_attribute {
    const char *name;
    enum mn_value_source source;
    const char *otherwise; /* the value that the record needs where no rule gives one; null: it is left out */
};

/* Attributes of a finding in the record's order. The slot behind the last attribute is its part's. */
#define MN_MOST_SLOTS 12
struct mn_shape {
    const char *kind;
    const char *part; /* subject, what, motion; null: none */
    size_t count;
    struct mn_attribute attributes[MN_MOST_SLOTS - 1];
};
extern const struct mn_shape mn_shapes[MN_FINDING_KIND_COUNT];

/* A field offered for a slot. A find's own fields go before those that are given; among these the higher priority, then
 * the nearer, then the earlier goes first. */
struct mn_offer {
    const struct mn_field *field; /* null: none yet */
    struct mn_offer *next;        /* that of another slot */
    uint64_t distance;            /* leaves between, then bytes between */
    int32_t priority;
    uint32_t order; /* of the span that offers */
    uint8_t slot;
    bool own;
};

struct mn_draft {
    enum mn_finding_kind kind;
    enum mn_fate fate;
    uint32_t span;
    uint32_t start, end; /* the span's */
    uint32_t node;       /* its leaf */
    struct mn_slice rule;
    uint32_t list;           /* the list whose item it stands in, or MN_NONE */
    struct mn_draft *first;  /* of the finds side by side that rules give to together; itself when alone */
    struct mn_offer *offers; /* the best for each slot that has one */
    struct mn_offer *shared; /* of the first: what is given to all of them */
    bool has_due;
    const struct mn_time_value *due; /* null: none is stated */
    uint32_t inside;                 /* span of the deadline inside that gave the due time, or MN_NONE */
    uint32_t twin;                   /* MN_DROPPED_TWIN: the fuller one's span */
    uint32_t finding;                /* number of the finding that it became, or MN_NONE */
};

struct mn_agenda;

struct mn_drafts {
    struct mn_work *work;
    const struct mn_agenda *agenda; /* null for what is no minutes */
    struct mn_arena *arena;         /* the scratch of the document's */
    MN_VECTOR(struct mn_draft) all; /* in the order of the spans */
    const struct mn_rule **rules;   /* of each span: its rule; null where that is not known */
};

/* Does the span's rule give its fields to other finds, so that it is none itself? */
static inline bool mn_drafts_gives(const struct mn_drafts *drafts, size_t span)
{
    return drafts->rules[span] && drafts->rules[span]->give_count;
}

/* Makes a draft of every find of a finding's kind whose rule does not give, with its own fields. */
bool mn_drafts_make(struct mn_drafts *drafts);

/* The slot of an attribute or part by name, or MN_MOST_SLOTS when the kind has none. */
size_t mn_shape_slot(enum mn_finding_kind kind, struct mn_slice name);

/* The kind with this name, or MN_FINDING_KIND_COUNT. */
enum mn_finding_kind mn_shape_find(struct mn_slice kind);

/* Puts the offered field where it belongs among the offers to a find of a kind, if it is better than what is there.
 * False when memory is out. */
bool mn_offer(struct mn_arena *arena, enum mn_finding_kind kind, struct mn_offer **offers,
              const struct mn_offer *offer);

/* The best offer for a slot, what was given to the whole group included; without a field when there is none. */
const struct mn_offer *mn_draft_offer(const struct mn_draft *draft, size_t slot);

/* Gives one find what another was offered for a slot. False when memory is out. */
bool mn_draft_take(struct mn_arena *arena, struct mn_draft *draft, const struct mn_draft *other, size_t slot);

/* Its field, or null. */
const struct mn_field *mn_draft_field(const struct mn_draft *draft, size_t slot);

/* May the find get what the rule gives, as far as that depends on what it has of its own? */
bool mn_draft_wants(const struct mn_drafts *drafts, const struct mn_draft *draft, const struct mn_give *give);

/* links.c: hands the fields of spans whose rules give to the drafts they are for; false when memory is out. */
bool mn_links_give(struct mn_drafts *drafts);

/* spread.c: the same for rules that give to all finds of a scope. */
bool mn_spread_gifts(struct mn_drafts *drafts, const struct mn_leaves *leaves);

/* links.c: the first kept deadline inside a resolution or recommendation that has no due time becomes its due time;
 * false when memory is out. */
bool mn_links_dues(struct mn_drafts *drafts);

/* twins.c: drops resolutions that another part of their item repeats; false when memory is out. */
bool mn_drafts_drop_twins(struct mn_drafts *drafts);

/* derivation.c: writes down what became of the drafts, when the findings are there; false when memory is out. */
bool mn_drafts_derive(const struct mn_drafts *drafts, struct mn_derivation *derivation);

#endif
