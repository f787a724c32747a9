#include "run/run.h"

#include "base/deadline.h"
#include "base/limits.h"
#include "read/xml_memory.h"
#include "segment/segment.h"
#include "tokenise/tokenise.h"
#include <stdlib.h>
#include <time.h>

struct mn_worker {
    const struct mn_rules *rules;
    struct mn_arena *arena;
    struct mn_forms *forms;
    struct mn_match_scratch *scratch;
    struct mn_run_times *times;       /* null: not measured */
    struct mn_derivation *derivation; /* null: nobody asks */
    struct mn_pdf_process *pdf;
};

struct mn_worker *mn_worker_create(const struct mn_rules *rules)
{
    mn_xml_memory_begin(); /* before there are threads: it sets functions of libxml2 for all of them */
    struct mn_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    worker->rules = rules;
    worker->arena = mn_arena_create();
    worker->forms = mn_forms_create(rules->vocabulary);
    worker->scratch = mn_match_scratch_create(rules);
    worker->pdf = mn_pdf_process_create(NULL, 0);
    if (worker->arena && worker->forms && worker->scratch && worker->pdf)
        return worker;
    mn_worker_destroy(worker);
    return NULL;
}

void mn_worker_destroy(struct mn_worker *worker)
{
    if (!worker)
        return;
    mn_pdf_process_destroy(worker->pdf);
    mn_match_scratch_destroy(worker->scratch);
    mn_forms_destroy(worker->forms);
    mn_arena_destroy(worker->arena);
    free(worker);
}

uint64_t mn_thread_time(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * UINT64_C(1000000000) + (uint64_t)time.tv_nsec;
}

void mn_worker_measure(struct mn_worker *worker, struct mn_run_times *times)
{
    worker->times = times;
}

void mn_worker_listen(struct mn_worker *worker, struct mn_trace *trace, struct mn_derivation *derivation)
{
    mn_match_trace(worker->scratch, trace);
    worker->derivation = derivation;
}

struct mn_document *mn_worker_document(struct mn_worker *worker)
{
    mn_arena_reset(worker->arena);
    mn_forms_trim(worker->forms);
    return mn_document_create(worker->arena);
}

const char *mn_worker_pdf_program(const struct mn_worker *worker)
{
    return mn_pdf_process_program(worker->pdf);
}

struct mn_forms *mn_worker_forms(struct mn_worker *worker)
{
    return worker->forms;
}

/* Spans name their rules: they say nothing to other ones. */
static enum mn_status interpret(const struct mn_worker *worker, struct mn_document *document,
                                struct mn_interpret_options options, struct mn_error *error)
{
    options.derivation = worker->derivation;
    if (!mn_slice_equal(document->rules_sha256, worker->rules->sha256))
        return mn_fail(error, MN_USAGE,
                       "%.*s: was matched with other rules than are loaded now: match and interpret need the same",
                       MN_SLICE_ARGS(document->source.name));
    return mn_interpret(document, worker->rules, &options, error);
}

static enum mn_status read_bytes(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                                 struct mn_read_options options, struct mn_error *error)
{
    options.pdf = worker->pdf;
    return mn_read(bytes, &options, document, error);
}

static enum mn_status run_stage(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                                enum mn_layer stage, const struct mn_run_options *options, struct mn_error *error)
{
    switch (stage) {
    case MN_LAYER_READ:
        return read_bytes(worker, document, bytes, options->read, error);
    case MN_LAYER_SEGMENT:
        return mn_segment(document, worker->rules->segmentation, error);
    case MN_LAYER_TOKENISE:
        return mn_tokenise(document, worker->forms, error);
    case MN_LAYER_MATCH:
        return mn_match(document, worker->forms, worker->rules, worker->scratch, error);
    case MN_LAYER_INTERPRET:
        return interpret(worker, document, options->interpret, error);
    case MN_LAYER_NOTHING:
        break;
    }
    return mn_fail(error, MN_INTERNAL, "no stage %d", (int)stage);
}

static enum mn_status measure_stage(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                                    enum mn_layer stage, const struct mn_run_options *options, struct mn_error *error)
{
    uint64_t started = mn_thread_time();
    enum mn_status status = run_stage(worker, document, bytes, stage, options, error);
    worker->times->nanoseconds[stage] += mn_thread_time() - started;
    if (stage == MN_LAYER_READ) {
        worker->times->documents++;
        worker->times->bytes += bytes.size;
    }
    if (stage == MN_LAYER_TOKENISE)
        worker->times->tokens += document->tokens.count;
    if (stage == MN_LAYER_MATCH)
        worker->times->steps += mn_match_steps(worker->scratch);
    return status;
}

static enum mn_status run_stages(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                                 enum mn_layer until, const struct mn_run_options *options, struct mn_error *error)
{
    for (enum mn_layer stage = document->layer + 1; stage <= until; stage++) {
        if (mn_deadline_passed())
            return mn_fail_late(error);
        enum mn_status status = worker->times ? measure_stage(worker, document, bytes, stage, options, error)
                                              : run_stage(worker, document, bytes, stage, options, error);
        if (status != MN_OK)
            return status;
        document->layer = stage;
    }
    return MN_OK;
}

enum mn_status mn_worker_run(struct mn_worker *worker, struct mn_document *document, struct mn_slice bytes,
                             enum mn_layer until, const struct mn_run_options *options, struct mn_error *error)
{
    document->limits.blocks = options->max_blocks ? options->max_blocks : MN_LIMIT_BLOCKS;
    document->limits.tokens = options->max_tokens ? options->max_tokens : MN_LIMIT_TOKENS;
    mn_deadline_set(options->max_seconds);
    enum mn_status status = run_stages(worker, document, bytes, until, options, error);
    mn_deadline_set(0); /* what comes before the next one may wait as long as it likes */
    return status;
}
