/* Evaluation: every gold document beside its record, with pairs and counts for every measure. */
#ifndef EVALUATE_EVALUATION_H
#define EVALUATE_EVALUATION_H

#include "facts.h"
#include "files.h"
#include "pairing.h"

/* name in C, word on the command line and in XML, heading */
#define MEASURES(X)                                                                                                    \
    X(GRADE, "grade", "grade")                                                                                         \
    X(GRADE_ASSERTED, "grade-asserted", "grade, asserted")                                                             \
    X(RECOMMENDATION, "recommendation", "recommendation")                                                              \
    X(DEADLINE, "deadline", "deadline")                                                                                \
    X(RESOLUTION, "resolution", "resolution")

enum measure {
#define MEASURE_NAME(name, word, heading) MEASURE_##name,
    MEASURES(MEASURE_NAME)
#undef MEASURE_NAME
        MEASURE_COUNT
};

const char *measure_word(enum measure measure);
const char *measure_heading(enum measure measure);
/* The measure of a kind with all its findings. */
enum measure measure_of(enum kind kind);

/* What is counted: gold without the borderline ones, finds without those paired with borderline gold. */
struct counts {
    size_t gold, found, right;
};

/* One measure in one document. A find paired with borderline gold is neutral. */
struct result {
    struct view gold, found;
    struct pairing pairs; /* by overlap */
    struct counts overlap, strict;
    size_t neutral; /* finds paired with borderline gold */
};

struct document {
    struct mn_slice folder, name;
    struct mn_slice text; /* as minutiae text prints it; empty where it is not given */
    struct record gold;
    struct record found; /* empty where there is none */
    bool has_record;
    struct result results[MEASURE_COUNT];
    struct pairing places; /* grades paired by place, whatever their value: for the attributes */
};

/* Documents of one source, contiguous. */
struct folder {
    struct mn_slice name;
    size_t first, count;
};

struct evaluation {
    struct document *documents; /* in order of folder and name */
    size_t document_count;
    struct folder *folders;
    size_t folder_count;
};

/* Reads and pairs everything; all is allocated in the arena. */
enum mn_status evaluation_run(struct mn_arena *arena, const struct file_list *gold, const struct file_list *records,
                              struct evaluation *out, struct mn_error *error);

/* The pairs on which the attributes of a kind are compared: grades by place, the others by overlap. */
const struct pairing *attribute_pairs(const struct document *document, enum kind kind);

/* True if the gold finding counts and is not found. */
bool is_miss(const struct result *result, size_t gold);
/* True if the find counts and is not in the gold. */
bool is_false_find(const struct result *result, size_t found);

/* How often one attribute came out how, among the pairs with gold that is not borderline. */
struct tally {
    enum kind kind;
    enum attribute attribute;
    size_t times[COMPARISON_COUNT];
};

struct tally_list {
    struct tally *items;
    size_t count;
};

/* A tally for each attribute of each kind, over all documents. False when memory is out. */
bool evaluation_tally(struct mn_arena *arena, const struct evaluation *evaluation, struct tally_list *out);

/* How often each fact came out how, over the documents that have a record and whose gold says what they are. */
struct fact_tallies {
    size_t times[FACT_COUNT][COMPARISON_COUNT];
};

bool evaluation_tally_facts(struct mn_arena *scratch, const struct evaluation *evaluation, struct fact_tallies *out);

#endif
