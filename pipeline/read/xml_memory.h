/* libxml2 goes on without what it has no room for, and does not always say so: its HTML parser leaves a tag out. Here
 * every allocation that it is refused is noted. */
#ifndef MN_READ_XML_MEMORY_H
#define MN_READ_XML_MEMORY_H

#include <stdbool.h>

/* Makes libxml2 ready; from now on what it is refused on this thread is noted. The first call sets functions of the
 * library for the whole program: nothing else may use libxml2 meanwhile. mn_worker_create makes it. */
void mn_xml_memory_begin(void);

/* True if it was refused any since then. */
bool mn_xml_memory_out(void);

#endif
