/* Output: bytes gathered in a buffer and handed on. XML text and attribute values are escaped by table. A failed write
 * or allocation is remembered, later calls do nothing, and mn_writer_finish reports it: callers check once. */
#ifndef MN_BASE_WRITER_H
#define MN_BASE_WRITER_H

#include "base/error.h"
#include "base/slice.h"
#include <stdio.h>

struct mn_writer {
    char *data;  /* malloc'ed, owned */
    size_t size; /* bytes waiting (all bytes when file is null) */
    size_t capacity;
    FILE *file; /* where full buffers go; null: everything stays in memory */
    enum mn_status status;
    int reason; /* errno of the first failed write */
};

/* A writer to memory (file null) or to a stream that the caller owns and closes. */
void mn_writer_init(struct mn_writer *writer, FILE *file);

/* Hands on what is waiting and flushes the stream. The status of the worst that happened, with the reason in error. */
enum mn_status mn_writer_finish(struct mn_writer *writer, struct mn_error *error);

/* Frees the buffer. Does not close the file. */
void mn_writer_free(struct mn_writer *writer);

/* Forgets what is waiting and what failed; keeps the buffer. For writers to memory. */
void mn_writer_clear(struct mn_writer *writer);

void mn_write(struct mn_writer *writer, struct mn_slice bytes);
void mn_write_char(struct mn_writer *writer, char byte);
void mn_write_number(struct mn_writer *writer, uint64_t number);
#define mn_write_literal(writer, text) mn_write(writer, MN_LITERAL(text))

/* Escapes & < > and, in attributes, " and white space other than the space (&#10; …). Characters that XML 1.0 does not
 * allow are written as U+FFFD. */
void mn_write_text(struct mn_writer *writer, struct mn_slice text);
void mn_write_attribute(struct mn_writer *writer, const char *name, struct mn_slice value); /* ` name="value"` */
void mn_write_attribute_number(struct mn_writer *writer, const char *name, uint64_t value);

#endif
