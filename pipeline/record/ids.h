/* Ids of findings: the same finding in the same text has the same id in every run and on every machine. How they are
 * made is told in schemas/record.rng, so that others can make them too. */
#ifndef MN_RECORD_IDS_H
#define MN_RECORD_IDS_H

#include "base/writer.h"
#include "document/document.h"

struct mn_id {
    char kind;       /* its letter */
    char digits[16]; /* hexadecimal */
    uint32_t repeat; /* 1; 2, 3 … where findings before it have the same kind and digits */
};

/* The ids of document->findings, in their order, in the document's arena. `text_sha256`: 64 hexadecimal digits of the
 * canonical text's digest. */
enum mn_status mn_ids_make(const struct mn_document *document, const struct mn_offsets *offsets,
                           struct mn_slice text_sha256, struct mn_id **ids, struct mn_error *error);

/* Writes ` xml:id="…"`. */
void mn_id_write(struct mn_writer *writer, const struct mn_id *id);

#endif
