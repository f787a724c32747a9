/* What libxml2 has to say while it works: it is kept instead of being printed. */
#ifndef MN_RECORD_COMPLAINTS_H
#define MN_RECORD_COMPLAINTS_H

#include <libxml/xmlerror.h>
#include <stdbool.h>
#include <stddef.h>

struct mn_complaints {
    size_t count;
    /* the first */
    long line; /* from 1; 0 unknown */
    const void *node;
    char text[512]; /* one line, without the namespaces in braces */
    /* what was set before */
    xmlStructuredErrorFunc handler;
    void *context;
};

/* From now on this thread's complaints go here, until mn_complaints_end with the same object. */
void mn_complaints_begin(struct mn_complaints *complaints);
void mn_complaints_end(struct mn_complaints *complaints);

#endif
