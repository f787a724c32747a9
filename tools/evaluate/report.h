/* Reports: an evaluation as text, XML or a page. */
#ifndef EVALUATE_REPORT_H
#define EVALUATE_REPORT_H

#include "base/writer.h"
#include "score.h"

/* What a report is made from. */
struct report {
    struct mn_arena *arena;
    const struct evaluation *evaluation;
    struct score_list scores[MEASURE_COUNT];
    struct tally_list tallies;
    bool list; /* every miss, false find and differing attribute too */
};

/* One line of the list. */
enum mistake_type { MISTAKE_MISS, MISTAKE_FALSE, MISTAKE_DIFFERS };

struct mistake {
    enum mistake_type type;
    const struct finding *finding; /* missed, false, or for MISTAKE_DIFFERS the find */
    const struct finding *other;   /* the nearest on the other side, or the gold finding; may be null */
    bool taken;                    /* the nearest is paired with something else */
    unsigned likeness;             /* of the nearest, in thousandths */
    enum attribute attribute;      /* MISTAKE_DIFFERS */
};

struct mistake_list {
    struct mistake *items;
    size_t count, capacity;
};

/* The mistakes in a document, by kind; within a kind misses, false finds, differing attributes. False when memory is
 * out. */
bool document_mistakes(struct mn_arena *arena, const struct document *document, struct mistake_list *out);

const char *mistake_word(enum mistake_type type);

/* The attribute that says most about a finding of a kind: value, due, action or number. */
enum attribute main_attribute(enum kind kind);

/* False when memory is out. Failed writes are remembered by the writer. */
bool report_text(const struct report *report, struct mn_writer *writer);

#endif
