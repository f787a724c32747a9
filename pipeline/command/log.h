/* What the program says on standard error: lines for people, or one JSON object to a line for programs that watch it.
 * Every line is one line: control characters, which names of files may hold, become spaces. Any
 * thread may speak. */
#ifndef MN_COMMAND_LOG_H
#define MN_COMMAND_LOG_H

#include "base/error.h"
#include "base/slice.h"

enum log_format { LOG_TEXT, LOG_JSON };

/* Before anything is said; LOG_TEXT otherwise. */
void log_set_format(enum log_format format);

/* "minutiae: message"; in JSON {"level": "error", "message": …}. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A document that failed: "minutiae: NAME: reason", the name once only; in JSON with "document" and "status". */
void log_failure(struct mn_slice name, const struct mn_error *error);

/* Something worth telling about a document: "minutiae: NAME: note: text". */
void log_notice(struct mn_slice name, struct mn_slice notice);

/* How far a run has come. */
struct log_progress {
    size_t documents, failed;
    double megabytes, documents_per_second;
    double seconds_left; /* negative: not known */
};

/* A line about it. On a terminal it is written over by the next one; `log_progress_end` takes the last one away. */
void log_progress(const struct log_progress *progress, bool on_terminal);
void log_progress_end(void);

/* A line of a summary: as it is, in JSON as {"level": "info", "message": …}. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The end of a noun behind this number. */
static inline const char *plural_s(size_t count)
{
    return count == 1 ? "" : "s";
}

#endif
