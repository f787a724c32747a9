#include "base/error.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

static const char *const words[] = {
#define STATUS_WORD(name, word) [name] = (word),
    MN_STATUSES(STATUS_WORD)
#undef STATUS_WORD
};
_Static_assert(sizeof words / sizeof words[0] == MN_STATUS_COUNT, "a word for every status");

const char *mn_status_word(enum mn_status status)
{
    return (size_t)status < MN_STATUS_COUNT ? words[status] : words[MN_INTERNAL];
}

/* A message may quote bytes of a damaged file, and may be cut in the middle of a character. */
void mn_tidy_message(char *message, bool was_cut)
{
    size_t size = strlen(message);
    for (size_t at = 0; at < size; at++) {
        at += mn_utf8_valid_prefix((struct mn_slice){message + at, size - at});
        if (at < size && was_cut && size - at < 4)
            message[size = at] = '\0';
        else if (at < size)
            message[at] = '?';
    }
    for (size_t at = 0; at < size; at++)
        if ((unsigned char)message[at] < ' ' || message[at] == 0x7f)
            message[at] = ' ';
}

enum mn_status mn_fail(struct mn_error *error, enum mn_status status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (size < 0)
        error->message[0] = '\0';
    error->status = status;
    mn_tidy_message(error->message, size >= (int)sizeof error->message);
    return status;
}

enum mn_status mn_fail_memory(struct mn_error *error)
{
    return mn_fail(error, MN_NO_MEMORY, "out of memory");
}
