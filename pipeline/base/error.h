/* Outcomes and messages. Every function that can fail returns an mn_status and fills the error given to it; library
 * code never prints, exits or aborts. A message names the file, the place in it where there is one, and the remedy. */
#ifndef MN_BASE_ERROR_H
#define MN_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* name, word used in reports and messages */
#define MN_STATUSES(X)                                                                                                 \
    X(MN_OK, "ok")                                                                                                     \
    X(MN_NO_MEMORY, "out-of-memory")                                                                                   \
    X(MN_USAGE, "usage")                                                                                               \
    X(MN_NOT_READABLE, "not-readable")                                                                                 \
    X(MN_NOT_WRITABLE, "not-writable")                                                                                 \
    X(MN_EMPTY_SOURCE, "empty")                                                                                        \
    X(MN_NOT_TEXT, "not-text")                                                                                         \
    X(MN_NO_DOCUMENT, "no-document")                                                                                   \
    X(MN_UNSUPPORTED, "unsupported")                                                                                   \
    X(MN_MALFORMED, "malformed")                                                                                       \
    X(MN_OVER_LIMIT, "over-limit")                                                                                     \
    X(MN_OVER_TIME, "over-time")                                                                                       \
    X(MN_RULE_ERROR, "rule-error")                                                                                     \
    X(MN_NOT_VALID, "not-valid")                                                                                       \
    X(MN_INTERNAL, "internal")

enum mn_status {
#define MN_STATUS_NAME(name, word) name,
    MN_STATUSES(MN_STATUS_NAME)
#undef MN_STATUS_NAME
        MN_STATUS_COUNT
};

#define MN_ERROR_MESSAGE_SIZE 1024

struct mn_error {
    enum mn_status status;
    char message[MN_ERROR_MESSAGE_SIZE]; /* one line, UTF-8, NUL-terminated, without a line end */
};

/* The word of a status, such as "over-limit". */
const char *mn_status_word(enum mn_status status);

/* Sets the error (which may be null) and returns the status, so that a failing function ends in `return mn_fail(…)`. */
enum mn_status mn_fail(struct mn_error *error, enum mn_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed allocation. */
enum mn_status mn_fail_memory(struct mn_error *error);

/* Makes a NUL-terminated message one line of valid UTF-8, in place: control characters become blanks, bytes that are
 * not UTF-8 become question marks; the bytes of a character that was cut at the end (`was_cut`) go. */
void mn_tidy_message(char *message, bool was_cut);

#endif
