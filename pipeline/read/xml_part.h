/* One XML file of an office document, heard element by element. Names come as "w:p": the prefix stands for the
 * namespace, whichever prefix the file itself uses; elements and attributes of other namespaces have the empty prefix.
 * A document type is refused, and with it every entity but XML's own five. */
#ifndef MN_READ_XML_PART_H
#define MN_READ_XML_PART_H

#include "base/error.h"
#include "base/slice.h"

struct mn_part_attributes; /* of the element at hand */

/* What is heard. `name` is valid during the call. */
struct mn_part_ears {
    void (*start)(void *user, const char *name, const struct mn_part_attributes *attributes);
    void (*end)(void *user, const char *name);
    void (*text)(void *user, struct mn_slice text);
};

/* An attribute's value, valid during the call; null data: it is not there. */
struct mn_slice mn_part_attribute(const struct mn_part_attributes *attributes, const char *name);

/* The same as a number; `otherwise` where it is none. */
uint32_t mn_part_number(const struct mn_part_attributes *attributes, const char *name, uint32_t otherwise);

/* Hears the file. `what` and `document` are for messages. MN_MALFORMED where it is no XML, MN_OVER_TIME, MN_NO_MEMORY.
 */
enum mn_status mn_part_hear(struct mn_slice bytes, const struct mn_part_ears *ears, void *user, const char *what,
                            struct mn_slice document, struct mn_error *error);

#endif
