/* run: chains the stages over one document, on one thread's memory. */
#ifndef MN_RUN_RUN_H
#define MN_RUN_RUN_H

#include "base/writer.h"
#include "document/document.h"
#include "interpret/interpret.h"
#include "lexis/forms.h"
#include "match/match.h"
#include "read/read.h"
#include "rules/rules.h"

/* What one thread needs: an arena, a forms table, match scratch, a process that parses PDF files. Rules are shared and
 * must outlive it. */
struct mn_worker;

struct mn_worker *mn_worker_create(const struct mn_rules *rules);
void mn_worker_destroy(struct mn_worker *worker);

struct mn_run_options {
    unsigned max_seconds; /* that a document may take: MN_OVER_TIME; 0: as long as it takes */
    size_t max_blocks;    /* 0: MN_LIMIT_BLOCKS */
    size_t max_tokens;    /* 0: MN_LIMIT_TOKENS */
    struct mn_read_options read;
    struct mn_interpret_options interpret;
};

/* What the stages cost, added up over documents. */
struct mn_run_times {
    uint64_t nanoseconds[MN_LAYER_INTERPRET + 1]; /* CPU time of the thread, by the layer that a stage adds */
    uint64_t documents, bytes, tokens;
    uint64_t steps; /* of match (mn_match_steps) */
};

/* CPU time that this thread has taken so far, in nanoseconds. */
uint64_t mn_thread_time(void);

/* From now on adds what each run costs to `times`, which must outlive the worker; null: no longer. */
void mn_worker_measure(struct mn_worker *worker, struct mn_run_times *times);

/* From now on `trace` is told what match does (match/trace.h), and `derivation` is filled with how the findings of each
 * document came about (interpret/derivation.h). Both must outlive the worker; null: nobody asks. */
void mn_worker_listen(struct mn_worker *worker, struct mn_trace *trace, struct mn_derivation *derivation);

/* Takes the document of the worker's last call back and makes a fresh one. Null when memory is out. */
struct mn_document *mn_worker_document(struct mn_worker *worker);

/* Runs the stages that the document's layer lacks, up to `until`. The first stage reads `bytes`; the document borrows
 * nothing from them. */
enum mn_status mn_worker_run(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                             enum mn_layer until, const struct mn_run_options *options, struct mn_error *error);

/* The program that parses PDF files for the worker (read/pdf_process.h). */
const char *mn_worker_pdf_program(const struct mn_worker *worker);

/* The worker's forms table, for document XML. */
struct mn_forms *mn_worker_forms(struct mn_worker *worker);

#endif
