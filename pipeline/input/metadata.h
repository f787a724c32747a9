/* Metadata that somebody keeps beside documents: a table (CSV with a header line, RFC 4180) or XML
 * (schemas/metadata.rng), a row for each document with its name and what is known of it: title, authority, body, date,
 * charset, url. Other columns are passed over. */
#ifndef MN_INPUT_METADATA_H
#define MN_INPUT_METADATA_H

#include "base/error.h"
#include "input/given.h"

struct mn_metadata;

/* Messages name the file and the line. A name twice, a date that is none or a table without a column "name" fail. */
enum mn_status mn_metadata_load(const char *path, struct mn_metadata **out, struct mn_error *error);
void mn_metadata_free(struct mn_metadata *metadata); /* null is allowed */

/* Adds what the row of this name says to *given, before what was known already; false when there is no row. */
bool mn_metadata_find(const struct mn_metadata *metadata, struct mn_slice name, struct mn_given *given);

size_t mn_metadata_count(const struct mn_metadata *metadata); /* rows */

#endif
