/* Looks through XML before libxml2's pull reader gets it, for what the reader does not stop by itself:
 *
 * - a document type: its declarations are read, and parameter entities in them expanded, before the reader tells of it;
 * - a tag, comment, processing instruction or CDATA section without end: the reader gets its input in small pieces and
 *   looks through unfinished markup again with every piece, which takes quadratic time. */
#ifndef MN_DOCUMENT_GUARD_H
#define MN_DOCUMENT_GUARD_H

#include "base/slice.h"

enum mn_guard_finding { MN_GUARD_NOTHING, MN_GUARD_DOCUMENT_TYPE, MN_GUARD_LONG_MARKUP };

/* Zero-initialise it. */
struct mn_guard {
    int state;
    size_t markup; /* bytes of the tag, comment … so far */
    bool root;     /* a tag was seen */
    enum mn_guard_finding finding;
};

/* Looks through the next piece of the stream; what was found stays found. */
enum mn_guard_finding mn_guard_look(struct mn_guard *guard, struct mn_slice piece);

#endif
