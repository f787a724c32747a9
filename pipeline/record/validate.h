/* Validation of what the program reads and writes against the schemas (libxml2's RELAX NG and XML Schema). */
#ifndef MN_RECORD_VALIDATE_H
#define MN_RECORD_VALIDATE_H

#include "base/error.h"
#include "base/slice.h"

struct mn_validator; /* one thread at a time */

/* A validator with the schemas of a folder: record.rng and record.xsd, gold.rng, document.rng, rules.rng and the
 * others. Each is loaded once, when the first document needs it. */
enum mn_status mn_validator_create(const char *schema_folder, struct mn_validator **validator, struct mn_error *error);
void mn_validator_destroy(struct mn_validator *validator); /* null is allowed */

/* Validates one XML document; which schemas, its root element and namespace say (records are held against both
 * record.rng and record.xsd). MN_OK; MN_MALFORMED: no well-formed XML, or with a document type declaration, which none
 * of ours has; MN_NOT_VALID. The error reads `NAME:LINE: what is wrong; expected: …`. Nothing is fetched: neither
 * entities nor schemas that the document names. */
enum mn_status mn_validate(struct mn_validator *validator, const char *name, struct mn_slice xml,
                           struct mn_error *error);

#endif
