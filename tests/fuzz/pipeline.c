/* Any bytes through all stages with the shipped rules: no crash, no leak; findings lie in the text. */
#include "record/record.h"
#include "run/run.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct mn_worker *worker;

static void start(void)
{
    static struct mn_rules *rules;
    const char *path = MN_TEST_SOURCE_DIR "/rules";
    if (mn_rules_load(&path, 1, &rules, NULL, NULL) != MN_OK || !(worker = mn_worker_create(rules)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mn_run_options options;
    if (!worker)
        start();
    struct mn_document *document = mn_worker_document(worker);
    struct mn_writer record;
    struct mn_error error;
    if (!document)
        return 0;
    document->source.name = MN_LITERAL("fuzz");
    mn_writer_init(&record, NULL);
    struct mn_slice bytes = {(const char *)data, size};
    if (mn_worker_run(worker, document, bytes, MN_LAYER_INTERPRET, &options, &error) == MN_OK) {
        for (size_t i = 0; i < document->findings.count; i++)
            if (document->findings.items[i].start >= document->findings.items[i].end ||
                document->findings.items[i].end > document->text.size)
                abort();
        if (mn_record_write(document, &record, &error) != MN_OK)
            abort();
    }
    mn_writer_free(&record);
    return 0;
}
