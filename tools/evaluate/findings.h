/* The findings of one gold file or record, read from its XML. Both are written in the record's vocabulary
 * (urn:minutiae:record:1) and read by the same function, so that a reviewed record can stand as gold. */
#ifndef EVALUATE_FINDINGS_H
#define EVALUATE_FINDINGS_H

#include "base/arena.h"
#include "base/error.h"

#define RECORD_NAMESPACE "urn:minutiae:record:1"

enum kind { KIND_GRADE, KIND_RECOMMENDATION, KIND_DEADLINE, KIND_RESOLUTION, KIND_COUNT };

/* name in C, name in the XML */
#define FINDING_ATTRIBUTES(X)                                                                                          \
    X(NUMBER, "number")                                                                                                \
    X(BY, "by")                                                                                                        \
    X(TO, "to")                                                                                                        \
    X(DUE, "due")                                                                                                      \
    X(VALUE, "value")                                                                                                  \
    X(SCALE, "scale")                                                                                                  \
    X(MODALITY, "modality")                                                                                            \
    X(ASPECT, "aspect")                                                                                                \
    X(FORMAL, "formal")                                                                                                \
    X(ACTION, "action")                                                                                                \
    X(FORM, "form")                                                                                                    \
    X(MOVER, "mover")                                                                                                  \
    X(SECONDER, "seconder")                                                                                            \
    X(FOR, "for")                                                                                                      \
    X(AGAINST, "against")                                                                                              \
    X(ABSTAIN, "abstain")                                                                                              \
    X(OUTCOME, "outcome")                                                                                              \
    X(RULE, "rule")

enum attribute {
#define ATTRIBUTE_NAME(name, word) ATTRIBUTE_##name,
    FINDING_ATTRIBUTES(ATTRIBUTE_NAME)
#undef ATTRIBUTE_NAME
        ATTRIBUTE_COUNT
};

/* A word: casefolded letters and digits. */
struct token {
    struct mn_slice text;
    uint64_t hash;
    size_t start, end; /* bytes of the text it was cut from */
};

struct token_list {
    struct token *items;
    size_t count;
};

/* Exact words that a finding rests on: of its evidence or of its motion. */
struct quote {
    struct mn_slice text;     /* white space folded, otherwise as written */
    struct mn_slice strict;   /* case and quotation marks folded too, ends stripped: see text_strict */
    struct token_list tokens; /* in order */
    bool placed;              /* start and end are stated */
    size_t start, end;        /* code points of the document's text */
};

struct finding {
    enum kind kind;
    bool borderline;
    struct mn_slice attributes[ATTRIBUTE_COUNT]; /* trimmed; empty where not stated */
    struct mn_slice note;                        /* the subject of a grade, the `what` of a deadline */
    struct token_list note_tokens;
    struct quote *quotes; /* at least one, evidence before motion */
    size_t quote_count;
    size_t order; /* of standing in the file */
};

/* What is said about the document: name in C, name in reports. Of dates the name is their role. */
#define DOCUMENT_FACTS(X)                                                                                              \
    X(KIND, "kind")                                                                                                    \
    X(AUTHORITY, "authority")                                                                                          \
    X(BODY, "body")                                                                                                    \
    X(VENUE, "venue")                                                                                                  \
    X(PRESENT, "present")                                                                                              \
    X(MEETING, "meeting")                                                                                              \
    X(NEXT_MEETING, "next-meeting")                                                                                    \
    X(INSPECTION_START, "inspection-start")                                                                            \
    X(INSPECTION_END, "inspection-end")                                                                                \
    X(PUBLISHED, "published")

enum fact {
#define FACT_NAME(name, word) FACT_##name,
    DOCUMENT_FACTS(FACT_NAME)
#undef FACT_NAME
        FACT_COUNT
};

struct fact_value {
    struct mn_slice words; /* empty where it is not stated */
    struct mn_slice usual; /* of an authority or body the usual name, where it stands beside its words */
};

/* Findings of one file, by kind, within a kind in text order where places are stated and else as they stand. */
struct record {
    const char *path;
    struct finding *items;
    size_t count;
    bool has_facts; /* there is a <document> */
    struct fact_value facts[FACT_COUNT];
};

/* Reads a file; everything is allocated in the arena. MN_NOT_READABLE, MN_OVER_LIMIT, or MN_MALFORMED for what is no
 * XML, no record or gold, or holds a finding without a quote; the message names file and line. */
enum mn_status record_read(struct mn_arena *arena, const char *path, struct record *record, struct mn_error *error);

const char *kind_name(enum kind kind);
const char *attribute_name(enum attribute attribute);

#endif
