/* Validation of records and document XML against the schemas (libxml2's RELAX NG and XML Schema). */
#ifndef MN_RECORD_VALIDATE_H
#define MN_RECORD_VALIDATE_H

#include "base/error.h"
#include "base/slice.h"

struct mn_validator; /* schemas loaded once; one thread at a time */

/* Loads record.rng, record.xsd, document.rng and rules.rng from a folder. */
enum mn_status mn_validator_create(const char *schema_folder, struct mn_validator **validator, struct mn_error *error);
void mn_validator_destroy(struct mn_validator *validator);

/* Validates one XML document; which schema, the root element's namespace says. The error names `name`, the line, what
 * is wrong and what was expected. */
enum mn_status mn_validate(struct mn_validator *validator, const char *name, struct mn_slice xml,
                           struct mn_error *error);

#endif
