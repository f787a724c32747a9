/* The parts of a record that tell about the document and the run: source, text, document, missing, provenance. */
#ifndef MN_RECORD_ABOUT_H
#define MN_RECORD_ABOUT_H

#include "base/writer.h"
#include "document/document.h"

/* What the parts of one record share. */
struct mn_recording {
    const struct mn_document *document;
    struct mn_writer *out;
    struct mn_offsets offsets;
    struct mn_slice name; /* of the source, as valid UTF-8 */
    char text_sha256[64];
};

/* Spaces before an element at this depth. */
void mn_indent(const struct mn_recording *recording, unsigned depth);

/* ` start="…" end="…"` in code points of the bytes [start, end). */
void mn_write_range(const struct mn_recording *recording, uint32_t start, uint32_t end);

/* Names of files are bytes: what is not UTF-8 in them becomes U+FFFD, no name at all "-". Data null when memory is out.
 */
struct mn_slice mn_valid_name(struct mn_arena *arena, struct mn_slice name);

/* An evidence element with its quote; page 0 is left out. */
void mn_write_evidence(const struct mn_recording *recording, unsigned depth, uint32_t start, uint32_t end,
                       uint32_t page);

/* source, text and document. */
void mn_write_head(const struct mn_recording *recording);

/* missing and provenance. */
void mn_write_tail(const struct mn_recording *recording);

#endif
