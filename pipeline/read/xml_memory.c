#include "read/xml_memory.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <pthread.h>

/* The functions that were there before: the library belongs to the whole program. */
static xmlFreeFunc own_free;
static xmlMallocFunc own_malloc, own_malloc_atomic;
static xmlReallocFunc own_realloc;
static xmlStrdupFunc own_strdup;

static pthread_once_t ready = PTHREAD_ONCE_INIT;
static _Thread_local bool is_out;

static void *note(void *memory)
{
    is_out = is_out || !memory;
    return memory;
}

static void *noted_malloc(size_t size)
{
    return note(own_malloc(size));
}

static void *noted_malloc_atomic(size_t size)
{
    return note(own_malloc_atomic(size));
}

static void *noted_realloc(void *old, size_t size)
{
    return note(own_realloc(old, size));
}

static char *noted_strdup(const char *text)
{
    return note(own_strdup(text));
}

static void make_ready(void)
{
    if (xmlGcMemGet(&own_free, &own_malloc, &own_malloc_atomic, &own_realloc, &own_strdup) == 0)
        xmlGcMemSetup(own_free, noted_malloc, noted_malloc_atomic, noted_realloc, noted_strdup);
    xmlInitParser();
}

void mn_xml_memory_begin(void)
{
    pthread_once(&ready, make_ready);
    is_out = false;
}

bool mn_xml_memory_out(void)
{
    return is_out;
}
