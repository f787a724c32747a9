/* What documents hold, in numbers: of one for the run report, of all for a person at the end of a run. */
#ifndef MN_COMMAND_SUMMARY_H
#define MN_COMMAND_SUMMARY_H

#include "document/document.h"

#define SUMMARY_VALUES 32

struct summary_value {
    char name[32];
    size_t count;
};

struct summary_kind {
    size_t findings, documents;
    struct summary_value values[SUMMARY_VALUES]; /* of the attribute that tells most about the kind */
    size_t value_count;
};

struct summary {
    struct summary_kind kinds[MN_FINDING_KIND_COUNT];
    size_t documents, empty; /* records, and those without any finding */
    uint64_t bytes;          /* source */
};

/* The kind's name in reports ("grade"), and MN_FINDING_KIND_COUNT for a name that is none. */
const char *summary_kind_name(enum mn_finding_kind kind);
enum mn_finding_kind summary_kind_of(struct mn_slice name);

/* Counts a document. */
void summary_add(struct summary *summary, const struct mn_document *document);

/* Counts findings of a kind with this value of the attribute that tells most (may be empty), for a document that is
 * added by summary_merge later. */
void summary_count(struct summary *summary, enum mn_finding_kind kind, struct mn_slice value, size_t count);

/* Adds the counts of one document (documents of kinds with findings are counted here). */
void summary_merge(struct summary *summary, const struct summary *one);

/* What became of a run. */
struct summary_run {
    const char *where;  /* the output folder or null */
    const char *report; /* the run report's path or null */
    double seconds;
    size_t failed, reused; /* documents */
    size_t left_aside, special;
    size_t status_counts[MN_STATUS_COUNT]; /* failed documents by what was wrong */
    const char *ended_by;                  /* what ended the run early, for people; null: it came to its end */
};

/* Prints to standard error. */
void summary_print(const struct summary *summary, const struct summary_run *run);

#endif
