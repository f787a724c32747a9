#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const words[] = {
#define WORD(name, word) [name] = word,
    MN_STATUSES(WORD)
#undef WORD
};
_Static_assert(sizeof words / sizeof *words == MN_STATUS_COUNT, "every status has its word");

const char *mn_status_word(enum mn_status status)
{
    return (unsigned)status < MN_STATUS_COUNT ? words[status] : "unknown";
}

enum mn_status mn_fail(struct mn_error *error, enum mn_status status, const char *format, ...)
{
    if (!error)
        return status;
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    for (char *byte = error->message; *byte; byte++)
        if (*byte == '\n' || *byte == '\r')
            *byte = ' ';
    return status;
}

enum mn_status mn_fail_memory(struct mn_error *error)
{
    return mn_fail(error, MN_NO_MEMORY, "out of memory; run it on a machine with more, or on fewer documents at once");
}
