/* Any bytes as document XML: they are refused with a message or give documents that can be written again and taken
 * further. */
#include "document/exchange.h"
#include "run/run.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct mn_worker *worker;

static void start(void)
{
    static struct mn_rules *rules;
    const char *path = MN_TEST_SOURCE_DIR "/tests/golden/rules.xml";
    if (mn_rules_load(&path, 1, &rules, NULL, NULL) != MN_OK || !(worker = mn_worker_create(rules)))
        abort();
}

/* False at the end of the stream. */
static bool next(struct mn_exchange_reader *reader)
{
    static const struct mn_run_options options;
    struct mn_document *document = mn_worker_document(worker);
    struct mn_error error;
    struct mn_writer out;
    bool more = false;
    if (!document)
        return false;
    enum mn_status status =
        mn_exchange_next(reader, mn_forms_intern_any, mn_worker_forms(worker), document, &more, &error);
    if (status != MN_OK)
        return mn_exchange_can_go_on(reader);
    mn_writer_init(&out, NULL);
    if (more && document->layer >= MN_LAYER_READ) {
        mn_worker_run(worker, document, MN_EMPTY, MN_LAYER_INTERPRET, &options, &error);
        mn_exchange_write(document, mn_forms_text, mn_worker_forms(worker), &out, &error);
    }
    mn_writer_free(&out);
    return more;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!worker)
        start();
    FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
    struct mn_exchange_reader *reader = file ? mn_exchange_open(file, "fuzz", NULL) : NULL;
    while (reader && next(reader))
        ;
    mn_exchange_close(reader);
    if (file)
        fclose(file);
    return 0;
}
