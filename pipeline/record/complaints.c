#include "record/complaints.h"

#include <libxml/globals.h>
#include <libxml/tree.h>
#include <string.h>

/* Copies a message in one line; "{urn:minutiae:record:1}grade" becomes "grade". */
static void put_text(struct mn_complaints *complaints, const char *message)
{
    size_t size = 0;
    bool inside = false; /* of a namespace in braces */
    for (const char *at = message; *at && size + 1 < sizeof complaints->text; at++) {
        inside = inside || strncmp(at, "{urn:", 5) == 0 || strncmp(at, "{http:", 6) == 0;
        if (!inside)
            complaints->text[size++] = (char)(*at == '\n' || *at == '\t' ? ' ' : *at);
        inside = inside && *at != '}';
    }
    while (size && strchr(" .", complaints->text[size - 1]))
        size--;
    complaints->text[size] = '\0';
}

/* In streams of records two equal documents have equal ids; record.xsd says where ids are unique. */
static bool is_of_interest(const xmlError *error)
{
    return error->level >= XML_ERR_ERROR && error->code != XML_DTD_ID_REDEFINED;
}

static void take(void *context, xmlErrorPtr error)
{
    struct mn_complaints *complaints = context;
    if (!error || !is_of_interest(error) || complaints->count++ > 0)
        return;
    complaints->node = error->node;
    complaints->line = error->node ? xmlGetLineNo(error->node) : error->line;
    put_text(complaints, error->message ? error->message : "out of memory");
}

void mn_complaints_begin(struct mn_complaints *complaints)
{
    *complaints = (struct mn_complaints){.handler = xmlStructuredError, .context = xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(complaints, take);
}

void mn_complaints_end(struct mn_complaints *complaints)
{
    xmlSetStructuredErrorFunc(complaints->context, complaints->handler);
}
