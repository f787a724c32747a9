/* The four kinds of finding as the record has them. */
#ifndef MN_RECORD_KINDS_H
#define MN_RECORD_KINDS_H

#include "document/document.h"

#define MN_RECORD_ATTRIBUTES 11

struct mn_record_kind {
    const char *element;
    char letter;              /* first letter of its ids */
    const char *key;          /* the attribute whose value goes into the id; null: none */
    const char *part;         /* the quoted part beside the evidence; null: none */
    bool part_holds_evidence; /* the part has an <evidence> of its own and stands behind the finding's */
    const char *attributes[MN_RECORD_ATTRIBUTES + 1]; /* in their order, up to a null; no others are written */
};

extern const struct mn_record_kind mn_record_kinds[MN_FINDING_KIND_COUNT];

#endif
