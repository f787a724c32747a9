/* Trace: what match tells while it works to somebody who asks why something was or was not found. There is usually no
 * trace, and then every place where one would be told costs the test of a pointer, once for a scope, a match or a find.
 */
#ifndef MN_MATCH_TRACE_H
#define MN_MATCH_TRACE_H

#include "match/program_run.h"

enum mn_trace_kind {
    MN_TRACE_SECTION,  /* the scope is left out: the sections around it do not allow the rule */
    MN_TRACE_TRY,      /* programs are looked for in the place */
    MN_TRACE_MATCH,    /* one of them matched: the place and `run` */
    MN_TRACE_VETO,     /* a condition does not hold for the match in the place, or (a requirement) in the whole scope */
    MN_TRACE_NO_ITEMS, /* list rules: behind the leaf in the place stands nothing that could be items */
    MN_TRACE_FIND,     /* a find was made: its evidence is the place */
    MN_TRACE_LOSS      /* a find was dropped, as its key overlaps that of a stronger one */
};

/* Evidence in bytes. */
struct mn_trace_find {
    const struct mn_rule *rule;
    uint32_t start, end;
};

/* Valid during the call. */
struct mn_trace_event {
    enum mn_trace_kind kind;
    const struct mn_rule *rule;
    const struct mn_ground *ground;
    struct mn_place place;
    struct mn_program *const *programs; /* TRY */
    size_t program_count;
    const struct mn_run *run;   /* MATCH */
    size_t condition;           /* VETO: index into the rule's conditions */
    bool whole_scope;           /* VETO: no match in the scope could count, so none is looked for */
    struct mn_place words;      /* VETO: nearest place of the condition's pattern; start MN_NONE: there is none */
    struct mn_trace_find find;  /* FIND, LOSS */
    struct mn_trace_find other; /* LOSS: the stronger one */
};

struct mn_trace {
    void (*tell)(struct mn_trace *trace, const struct mn_trace_event *event);
    const struct mn_rule *rule; /* at work; match's own */
};

/* Tells an event, given by its fields but the rule and the ground, if there is a trace: otherwise it is not even made.
 */
#define MN_TRACE(ground, ...)                                                                                          \
    do {                                                                                                               \
        if ((ground)->trace)                                                                                           \
            mn_trace_tell((ground), (struct mn_trace_event){__VA_ARGS__});                                             \
    } while (0)

/* Fills in the rule and the ground and tells; there is a trace. */
void mn_trace_tell(const struct mn_ground *ground, struct mn_trace_event event);

/* A pair of state and token at which a search ended: the search came there, and there the state's own test failed. The
 * position may be the end of the place. */
struct mn_trace_stop {
    uint32_t state, position;
};

/* Looks for the program in the place as match does where it runs it at all, and calls `each` for every
 * stop. To be called while the event is told, as what other rules found changes later. False when memory is out. */
bool mn_trace_search(const struct mn_trace_event *event, const struct mn_program *program,
                     void (*each)(void *context, const struct mn_trace_stop *stop), void *context);

#endif
