/* Document XML: how a document travels between filters (schemas/document.rng). Text stands in the elements, so a
 * stream can be looked at and edited by hand as long as no spans have been found in it; from match on offsets are
 * code points and the text's SHA-256 is checked. One or many documents to a stream:
 *
 *     <documents xmlns="urn:minutiae:document:1"> <document layer="segment" …> … </document> … </documents>
 *
 * What is read back equals what was written, field by field, so piped and fused runs agree. */
#ifndef MN_DOCUMENT_EXCHANGE_H
#define MN_DOCUMENT_EXCHANGE_H

#include "base/writer.h"
#include "document/document.h"
#include <stdio.h>

/* Text of a token for writing: the tokeniser's forms table gives it. */
typedef struct mn_slice mn_token_text(const void *forms, uint32_t form);
/* Interns a token's text while reading; MN_NONE when memory is out. */
typedef uint32_t mn_token_intern(void *forms, struct mn_slice text);

/* Opening and closing tags of a stream of documents. */
void mn_exchange_begin(struct mn_writer *writer);
void mn_exchange_end(struct mn_writer *writer);

/* Writes one document, followed by a newline. `text_of` and `forms` may be null before tokenise. */
enum mn_status mn_exchange_write(const struct mn_document *document, mn_token_text *text_of, const void *forms,
                                 struct mn_writer *writer, struct mn_error *error);

/* Writes a document that failed in an earlier stage: `<failure name= status= message=/>`, handed on by every stage. */
void mn_exchange_write_failure(struct mn_slice name, const struct mn_error *failure, struct mn_writer *writer);

struct mn_exchange_reader;

/* Reads a stream (libxml2 pull reader: no network, no entities). The caller owns the file. `name` is used in messages.
 */
struct mn_exchange_reader *mn_exchange_open(FILE *file, const char *name, struct mn_error *error);

/* The next document into `document` (freshly created): MN_OK with *more false at the end of the stream. A `<failure>`
 * comes back as that status and message, with document->source.name set; reading can go on after it. Any other failure
 * ends the stream: malformed XML, wrong layer order, an offset outside the text or off by the text's SHA-256, a
 * document over a limit. The documents before it have come by then; only where a tag is written `</document >`, with a
 * space, a break within some hundred bytes behind it can take its document along. */
enum mn_status mn_exchange_next(struct mn_exchange_reader *reader, mn_token_intern *intern, void *forms,
                                struct mn_document *document, bool *more, struct mn_error *error);
/* True after a failure from which the stream can go on. */
bool mn_exchange_can_go_on(const struct mn_exchange_reader *reader);
void mn_exchange_close(struct mn_exchange_reader *reader);

#endif
