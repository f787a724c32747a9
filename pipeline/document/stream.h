/* XML events out of a stream, by libxml2's pull reader: no network, no entities, no document type, UTF-8 only. What
 * goes wrong is said once, with the stream's name and the line. */
#ifndef MN_DOCUMENT_STREAM_H
#define MN_DOCUMENT_STREAM_H

#include "base/error.h"
#include "base/slice.h"
#include <stdio.h>

enum mn_event {
    MN_EVENT_START, /* an element opens: mn_stream_name */
    MN_EVENT_END,   /* it closes; also after an empty element */
    MN_EVENT_TEXT,  /* mn_stream_text */
    MN_EVENT_OVER,  /* the stream ends after a complete root element */
    MN_EVENT_FAILED /* *error says why */
};

struct mn_stream;

/* Null and *error when it cannot be opened. The caller owns the file; `name` is copied. `limit`: bytes that a document
 * may have. */
struct mn_stream *mn_stream_open(FILE *file, const char *name, size_t limit, struct mn_error *error);
void mn_stream_close(struct mn_stream *stream);

/* The bytes from here on are another document's: they are counted anew. */
void mn_stream_begin_document(struct mn_stream *stream);

/* The next event. After MN_EVENT_OVER and MN_EVENT_FAILED the stream is at its end. */
enum mn_event mn_stream_next(struct mn_stream *stream, struct mn_error *error);

/* The element that opened or closed: its local name and namespace ("" for none), valid until the next event. */
const char *mn_stream_name(const struct mn_stream *stream);
const char *mn_stream_namespace(const struct mn_stream *stream);

/* The text of a text event, valid until the next event. */
struct mn_slice mn_stream_text(const struct mn_stream *stream);

/* Moves to the next attribute of the element that opened; false after the last one. Namespace declarations are passed
 * over. The name is the qualified one. */
bool mn_stream_next_attribute(struct mn_stream *stream, const char **name, struct mn_slice *value);

/* Fails with the stream's name and the line of the event before the message. */
enum mn_status mn_stream_fail(struct mn_stream *stream, struct mn_error *error, enum mn_status status,
                              const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
