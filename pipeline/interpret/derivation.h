/* Derivation: how the findings of a document came about, for those who ask: for every find of a finding's kind what
 * became of it, and for every attribute the field that it was made from and whose field that is. */
#ifndef MN_INTERPRET_DERIVATION_H
#define MN_INTERPRET_DERIVATION_H

#include "interpret/calendar.h"
#include "interpret/mentions.h"

enum mn_fate {
    MN_KEPT,
    MN_DROPPED_PAST,      /* a deadline wholly before the anchor */
    MN_DROPPED_NO_VALUE,  /* a grade without its value */
    MN_DROPPED_NO_REPORT, /* what its rule takes for a finding in inspection reports only */
    MN_DROPPED_IN_REPORT, /* a resolution in an inspection report: what some body decided, not the report */
    MN_DROPPED_JUDGEMENT, /* a grade that a judgement of the report says already */
    MN_DROPPED_TWIN,      /* a resolution printed again, more fully, in another part of its item */
    MN_FATE_COUNT
};
extern const char *const mn_fates[MN_FATE_COUNT]; /* kept, past, no-value, no-report, in-report, judgement, twin */

/* An attribute, or the part, of a finding. */
struct mn_derived_slot {
    struct mn_slice name;
    struct mn_slice value;        /* as it stands in the record; empty: left out; of parts: empty */
    const struct mn_field *field; /* what it is made from; null: nothing was offered */
    uint32_t span;                /* whose field it is: the find itself, or one whose rule gives; else MN_NONE */
};

struct mn_derived {
    enum mn_finding_kind kind;
    enum mn_fate fate;
    uint32_t span;    /* the find */
    uint32_t finding; /* index into document->findings; MN_NONE when it was dropped */
    uint32_t twin;    /* MN_DROPPED_TWIN: the fuller one's span */
    uint32_t inside;  /* span of the deadline inside, whose time is its due time; or MN_NONE */
    bool has_due;
    struct mn_time_value due; /* edtf empty: no time was worked out; also of those dropped */
    struct mn_derived_slot *slots;
    size_t slot_count;
};

/* Filled by interpret; lies in the document's arena. */
struct mn_derivation {
    MN_VECTOR(struct mn_derived) finds; /* in the order of their spans */
    struct mn_date anchor;              /* that dates of findings are seen from; year 0: none */
    struct mn_slice next_meeting;       /* the date for it that the document states; may be empty */
    const struct mn_scheme *scheme;     /* of the framework that the report was written under; null: none */
    const struct mn_mention *mentions;  /* of its judgements, in reading order */
    size_t mention_count;
};

#endif
