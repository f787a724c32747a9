/* HTTP responses as crawls keep them (RFC 9112): head, blank line, body in its transfer coding. */
#ifndef MN_INPUT_HTTP_H
#define MN_INPUT_HTTP_H

#include "base/arena.h"
#include "base/error.h"

/* Bytes of the head with its blank line, 0 when its end is not in `bytes`. */
size_t mn_head_size(struct mn_slice bytes);

/* The value of a field of a head, trimmed; `name` in lower case. Empty when it is not there. */
struct mn_slice mn_head_field(struct mn_slice head, struct mn_slice name);

/* The status code of a response's head; 0 when it is none. */
unsigned mn_http_status(struct mn_slice head);

/* The charset that a Content-Type names, NUL behind it, in the arena; empty when it names none. */
struct mn_slice mn_http_charset(struct mn_arena *arena, struct mn_slice content_type);

/* True for content types that carry no text: images, sound, video, fonts, styles, scripts. */
bool mn_http_carries_no_text(struct mn_slice content_type);

/* True if the bytes begin like a chunk: its size in hexadecimal digits alone on a line, or before ";". */
bool mn_http_is_chunked(struct mn_slice bytes);

/* Undoes the chunked transfer coding in place: *joined bytes stand at data then. False when the chunks break off. */
bool mn_http_join_chunks(char *data, size_t size, size_t *joined);

#endif
