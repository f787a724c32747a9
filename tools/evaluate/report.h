/* Reports: an evaluation as text, XML or a page. */
#ifndef EVALUATE_REPORT_H
#define EVALUATE_REPORT_H

#include "base/writer.h"
#include "changes.h"
#include "score.h"

/* What a report is made from. */
struct report {
    struct mn_arena *arena;
    const struct evaluation *evaluation;
    struct score_list scores[MEASURE_COUNT];
    struct tally_list tallies;
    struct fact_tallies facts;
    const struct evaluation *before; /* of the older records compared with; null without --compare */
    struct score_list scores_before[MEASURE_COUNT];
    struct change_list changes;
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

/* A report in one of the formats; MN_NO_MEMORY, or what reading a text gives. Failed writes are remembered by the
 * writer. */
typedef enum mn_status write_report(const struct report *report, struct mn_writer *writer, struct mn_error *error);

write_report report_text;
/* Elements in urn:minutiae:evaluation:1. Figures that are not defined are left out. */
write_report report_xml;
/* One page that needs nothing else: tables, and per document the text with its findings marked, and the mistakes. */
write_report report_html;

#endif
