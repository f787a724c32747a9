/* What a document's outcome depends on, as a digest: while that is the same, the outcome of an earlier run stands. */
#include "command/batch_parts.h"

#include <stdlib.h>

/* The digest of a program; one that cannot be read has none. */
static struct mn_sha256 digest_program(const char *path)
{
    struct mn_sha256 digest = {{0}};
    struct mn_slice bytes;
    char *buffer = NULL;
    size_t capacity = 0;
    if (!path || mn_load_file(path, SIZE_MAX / 4, &buffer, &capacity, &bytes, NULL) != MN_OK ||
        !mn_sha256(bytes, &digest))
        digest = (struct mn_sha256){{0}};
    free(buffer);
    return digest;
}

bool batch_make_basis(struct batch *batch)
{
    const struct session *session = batch->session;
    const struct mn_sha256 program = digest_program("/proc/self/exe");
    batch->pdf_program = digest_program(mn_worker_pdf_program(session->worker));
    uint64_t limits[SESSION_LIMITS] = {0};
    for (size_t i = 0; i < SESSION_LIMITS; i++)
        if (session_limit_kinds[i].place != offsetof(struct session_limits, seconds)) /* those are the machine's */
            limits[i] = session_limit(&session->limits, &session_limit_kinds[i]);
    const struct mn_slice texts[] = {
        MN_LITERAL(MN_VERSION),
        {(const char *)program.bytes, sizeof program},
        {(const char *)batch->pdf_program.bytes, sizeof batch->pdf_program},
        session->rules->sha256,
        mn_slice_of(session->charset),
        mn_slice_of(session->date),
        {(const char *)limits, sizeof limits},
    };
    return mn_sha256_list(texts, sizeof texts / sizeof *texts, &batch->basis);
}

bool batch_make_key(const struct batch *batch, const struct mn_input *input, const struct mn_sha256 *source,
                    struct entry_key *key)
{
    const struct mn_given *given = &input->given;
    const struct mn_slice texts[] = {
        {(const char *)batch->basis.bytes, sizeof batch->basis},
        {(const char *)source->bytes, sizeof *source},
        input->name,
        given->charset,
        given->url,
        given->retrieved,
        given->title,
        given->authority,
        given->body,
        given->date,
    };
    return mn_sha256_list(texts, sizeof texts / sizeof *texts, &key->sha256);
}
