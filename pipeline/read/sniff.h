/* What are these bytes? Decided by their content alone, in two steps, as text must be decoded before it is looked into.
 */
#ifndef MN_READ_SNIFF_H
#define MN_READ_SNIFF_H

#include "read/formats.h"

/* The format of raw bytes: a binary one by its signature, MN_FORMAT_BINARY by the share of control characters,
 * MN_FORMAT_HTML for what may declare its charset as HTML does, MN_FORMAT_TEXT for all other text. */
enum mn_format mn_sniff_bytes(struct mn_slice bytes);

/* The format of decoded text. Looks at its first 64 KiB. */
enum mn_format mn_sniff_text(struct mn_slice text);

#endif
