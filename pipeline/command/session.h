/* What every command that runs stages shares: options, rules, a worker, and the way problems are told. */
#ifndef MN_COMMAND_SESSION_H
#define MN_COMMAND_SESSION_H

#include "command/inputs.h"
#include "command/options.h"
#include "record/validate.h"
#include "run/run.h"

struct session {
    /* set from options */
    struct option_list rule_paths;
    const char *date, *charset;
    size_t max_bytes;
    bool quiet;
    /* opened by session_open */
    struct mn_rules *rules;
    struct mn_worker *worker;
    struct mn_run_options run;
    /* reused from document to document */
    char *buffer;
    size_t buffer_size;
    size_t failed; /* documents */
};

/* The options that these commands have in common; append the command's own. */
#define SESSION_OPTIONS(session)                                                                                       \
    {"rules",     'r',                                                                                                 \
     OPTION_LIST, &(session)->rule_paths,                                                                              \
     "PATH",      "rule file or folder instead of the shipped rules (repeatable)"},                                    \
    {                                                                                                                  \
        "quiet", 'q', OPTION_FLAG, &(session)->quiet, NULL, "no notices and no summary, only failures"                 \
    }
#define SESSION_READ_OPTIONS(session)                                                                                  \
    {"charset",           0,      OPTION_TEXT,                                                                         \
     &(session)->charset, "NAME", "character encoding, instead of what the documents state or seem to be in"},         \
    {                                                                                                                  \
        "max-bytes", 0, OPTION_NUMBER, &(session)->max_bytes, "N",                                                     \
            "largest document to read (default 64 MiB, at most 1 GiB)"                                                 \
    }
#define SESSION_DATE_OPTION(session)                                                                                   \
    {                                                                                                                  \
        "date", 'd', OPTION_TEXT, &(session)->date, "DATE", "date of the meeting or inspection, as YYYY-MM-DD"         \
    }

/* Checks the options, loads the rules and makes the worker. -1, or the exit code after a message. */
int session_open(struct session *session);
void session_close(struct session *session);

/* Reads an input and runs the stages up to `until`. On failure the message is printed and counted, and *document still
 * holds the source's name. Notices of the document are printed. */
enum mn_status session_run(struct session *session, const struct input *input, enum mn_layer until,
                           struct mn_document **document, struct mn_error *error);

/* Prints "minutiae: NAME: message" and counts a failed document. */
void session_failure(struct session *session, struct mn_slice name, const struct mn_error *error);
void session_notices(const struct session *session, const struct mn_document *document);

/* The exit code of a run that went to its end. */
int session_exit(const struct session *session);

#endif
