/* What a run found, in numbers, for a person at the end of it. */
#ifndef MN_COMMAND_SUMMARY_H
#define MN_COMMAND_SUMMARY_H

#include "command/inputs.h"
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

void summary_add(struct summary *summary, const struct mn_document *document);

/* Prints to standard error. `where` is the output folder or null. */
void summary_print(const struct summary *summary, const struct inputs *inputs, size_t failed, double seconds,
                   const char *where);

#endif
