#include "run/minutiae.h"

#include "record/record.h"
#include "run/run.h"
#include <stdio.h>
#include <stdlib.h>

struct mn_extractor {
    struct mn_worker *worker;
    struct mn_writer record;
};

static void tell(char *message, size_t size, const struct mn_error *error)
{
    if (message && size)
        snprintf(message, size, "%s: %s", mn_status_word(error->status), error->message);
}

struct mn_rules *mn_open_rules(const char *path, char *message, size_t size)
{
    struct mn_rules *rules;
    struct mn_error error;
    if (mn_rules_load(&path, 1, &rules, NULL, &error) == MN_OK)
        return rules;
    tell(message, size, &error);
    return NULL;
}

void mn_close_rules(struct mn_rules *rules)
{
    mn_rules_free(rules);
}

struct mn_extractor *mn_open_extractor(const struct mn_rules *rules)
{
    struct mn_extractor *extractor = malloc(sizeof *extractor);
    if (!extractor)
        return NULL;
    mn_writer_init(&extractor->record, NULL);
    extractor->worker = mn_worker_create(rules);
    if (extractor->worker)
        return extractor;
    mn_close_extractor(extractor);
    return NULL;
}

void mn_close_extractor(struct mn_extractor *extractor)
{
    if (!extractor)
        return;
    mn_worker_destroy(extractor->worker);
    mn_writer_free(&extractor->record);
    free(extractor);
}

const char *mn_extract(struct mn_extractor *extractor, const char *name, const char *bytes, size_t byte_count,
                       const char *date, size_t *size, char *message, size_t message_size)
{
    struct mn_error error;
    struct mn_run_options options = {.interpret = {.date = mn_slice_of(date)}};
    struct mn_document *document = mn_worker_document(extractor->worker);
    mn_writer_clear(&extractor->record);
    if (!document) {
        mn_fail_memory(&error);
        tell(message, message_size, &error);
        return NULL;
    }
    document->source.name = mn_slice_of(name);
    enum mn_status status = mn_worker_run(extractor->worker, document, (struct mn_slice){bytes, byte_count},
                                          MN_LAYER_INTERPRET, &options, &error);
    if (status == MN_OK)
        status = mn_record_write(document, &extractor->record, &error);
    if (status == MN_OK)
        status = mn_writer_finish(&extractor->record, &error);
    if (status != MN_OK) {
        tell(message, message_size, &error);
        return NULL;
    }
    *size = extractor->record.size;
    return extractor->record.data;
}
