/* What match's parts share: the scratch of one thread, with the document that is being matched. */
#ifndef MN_MATCH_SCRATCH_H
#define MN_MATCH_SCRATCH_H

#include "match/finder.h"
#include "match/match.h"
#include "match/sketch.h"

/* A scope that a rule is tried on. */
struct mn_instance {
    struct mn_place place;
    uint32_t node; /* the leaf or container; decides the sections it lies in */
    uint32_t from; /* the first of the rule's patterns that may match there */
};

/* A span before conflicts are settled; stands in document->spans under the same number. */
struct mn_found {
    uint32_t rule;
    uint32_t key_start, key_end; /* bytes: what it may not share with another of its kind */
    bool dropped;
};

/* Spans among which conflicts are settled: those of one kind. Rules that find nothing named are a group each. */
struct mn_group {
    mn_span_list found;
    uint32_t last_rule; /* settled when this one has run */
    uint32_t reference; /* its kind as a reference, or MN_NO_SYMBOL */
};

/* Places of a condition's pattern in the scope at hand, looked for when first asked for. */
struct mn_condition_places {
    MN_POOL(struct mn_place) places; /* by start, disjoint */
    bool known;
};

/* The same in what is around a match, for conditions that say in what. */
struct mn_places_around {
    struct mn_condition_places found;
    uint32_t around; /* node; or sentence */
};

struct mn_order; /* settle.c */
struct mn_holder;

struct mn_match_scratch {
    const struct mn_rules *rules;
    struct mn_document *document;
    struct mn_ground ground;
    struct mn_index index;
    struct mn_sketches sketches;
    struct mn_trace *trace;     /* null: nobody asks */
    mn_span_list keyed;         /* tokens at which one of the keys of the rule at hand stands */
    MN_POOL(uint64_t) key_bits; /* by token, while they are gathered; else clear */
    uint32_t *group_of;         /* for each rule: index into groups */
    struct mn_group *groups;
    size_t group_count;
    mn_span_list *spans; /* for each reference: what was found */
    MN_POOL(struct mn_found) found;
    MN_POOL(struct mn_instance) instances;
    MN_POOL(uint32_t) stamps; /* for each node: the last generation that took it */
    uint32_t generation;
    uint32_t opening_end; /* first leaf behind the document's opening */
    struct mn_finder finder;
    struct mn_run condition_run;
    MN_POOL(struct mn_condition_places) conditions;
    struct mn_place condition_scope;
    /* By condition of the rule, and by how deep the node lies in others of its kind: matches come in the order of the
     * text, so that each node is looked through once. */
    MN_POOL(struct mn_places_around) around;
    const struct mn_rule *around_rule; /* that they are about; null: nothing is known yet */
    MN_POOL(struct mn_field) fields;   /* of the span at hand */
    MN_POOL(struct mn_field) lead_in_fields;
    MN_POOL(uint32_t) numbers; /* columns of a table, items of a nested list */
    MN_POOL(struct mn_order) order;
    MN_POOL(struct mn_holder) holders; /* where somebody listens */
    MN_POOL(uint32_t) renumbered;      /* for each span found: its final number */
    MN_POOL(uint64_t) taken;           /* one bit for each byte of text: lies in a key that stays */
    MN_POOL(int32_t) role_priorities;  /* for each node: of the rule that gave its role */
};

/* Takes a node for this generation: false when it was taken already. */
static inline bool mn_stamp(struct mn_match_scratch *scratch, uint32_t node)
{
    if (scratch->stamps.items[node] == scratch->generation)
        return false;
    scratch->stamps.items[node] = scratch->generation;
    return true;
}

#endif
