/* What every command that runs stages shares: options, rules, a worker, and the way problems are told. */
#ifndef MN_COMMAND_SESSION_H
#define MN_COMMAND_SESSION_H

#include "command/options.h"
#include "input/feed.h"
#include "record/validate.h"
#include "run/run.h"

/* What one document may cost (base/limits.h); 0: as usual. */
struct session_limits {
    size_t bytes, expanded, ratio, nesting, blocks, tokens, seconds;
};

/* How the limits are named, in options and reports, what is usual and the most that can be. */
extern const struct session_limit {
    const char *name;
    size_t place; /* in struct session_limits */
    size_t usual, most;
} session_limit_kinds[];
enum { SESSION_LIMITS = 7 };

/* The limit that holds. */
size_t session_limit(const struct session_limits *limits, const struct session_limit *kind);

struct session {
    /* set from options */
    struct option_list rule_paths;
    const char *date, *charset, *log_format;
    struct session_limits limits;
    bool quiet;
    bool whole_rules; /* with what only people read in them … */
    bool check;       /* … and a look for what can hardly be meant */
    struct option_list include, exclude;
    const char *files_from, *metadata_path;
    bool nul_separated;
    /* opened by session_open */
    struct mn_rules *rules;
    struct mn_worker *worker;
    struct mn_run_options run;
    struct mn_metadata *metadata;
    struct mn_feed_options feed; /* paths, what is left out and the stop are the command's to set */
    size_t failed;               /* documents */
};

/* The options that these commands have in common; append the command's own. */
#define SESSION_OPTIONS(session)                                                                                       \
    {"rules",     'r',                                                                                                 \
     OPTION_LIST, &(session)->rule_paths,                                                                              \
     "PATH",      "rule file or folder instead of the shipped rules (repeatable)"},                                    \
        {"quiet", 'q', OPTION_FLAG, &(session)->quiet, NULL, "no notices, no progress and no summary, only failures"}, \
    {                                                                                                                  \
        "log-format", 0, OPTION_TEXT, &(session)->log_format, "FORM",                                                  \
            "how messages are written: text, or json, an object to a line"                                             \
    }
#define SESSION_LIMIT_OPTIONS(session)                                                                                 \
    {"max-blocks",  0,                                                                                                 \
     OPTION_NUMBER, &(session)->limits.blocks,                                                                         \
     "N",           "paragraphs, items, cells … of a document (default 4194304)"},                                     \
        {"max-tokens",  0,                                                                                             \
         OPTION_NUMBER, &(session)->limits.tokens,                                                                     \
         "N",           "words and signs of a document (default 33554432)"},                                           \
    {                                                                                                                  \
        "max-seconds", 0, OPTION_NUMBER, &(session)->limits.seconds, "N",                                              \
            "seconds that a document may take (default 600)"                                                           \
    }
#define SESSION_READ_OPTIONS(session)                                                                                  \
    {"charset",           0,      OPTION_TEXT,                                                                         \
     &(session)->charset, "NAME", "character encoding, instead of what the documents state or seem to be in"},         \
        {"max-bytes",   0,                                                                                             \
         OPTION_NUMBER, &(session)->limits.bytes,                                                                      \
         "N",           "bytes of a document, as it comes out of a container (default 64 MiB)"},                       \
        {"max-expanded",                                                                                               \
         0,                                                                                                            \
         OPTION_NUMBER,                                                                                                \
         &(session)->limits.expanded,                                                                                  \
         "N",                                                                                                          \
         "bytes that a Word or OpenDocument file unpacks to (default 256 MiB)"},                                       \
        {"max-ratio",   0,                                                                                             \
         OPTION_NUMBER, &(session)->limits.ratio,                                                                      \
         "N",           "bytes that one byte of a container may expand to (default 400)"},                             \
        {"max-nesting", 0,                                                                                             \
         OPTION_NUMBER, &(session)->limits.nesting,                                                                    \
         "N",           "containers that may lie in one another (default 2)"},                                         \
        SESSION_LIMIT_OPTIONS(session),                                                                                \
        {"include",           0,         OPTION_LIST,                                                                  \
         &(session)->include, "PATTERN", "of folders and containers only what matches, as '*.html' (repeatable)"},     \
        {"exclude",           0,         OPTION_LIST,                                                                  \
         &(session)->exclude, "PATTERN", "of folders and containers not what matches (repeatable)"},                   \
        {"files-from",           'T',    OPTION_TEXT,                                                                  \
         &(session)->files_from, "FILE", "reads more paths from FILE, one to a line; - is standard input"},            \
        {"null", '0', OPTION_FLAG, &(session)->nul_separated, NULL, "the paths in FILE end in NUL, not in newlines"},  \
    {                                                                                                                  \
        "metadata", 0, OPTION_TEXT, &(session)->metadata_path, "FILE",                                                 \
            "CSV or XML with name, title, authority, body, date, charset, url of documents"                            \
    }
#define SESSION_DATE_OPTION(session)                                                                                   \
    {                                                                                                                  \
        "date", 'd', OPTION_TEXT, &(session)->date, "DATE", "date of the meeting or inspection, as YYYY-MM-DD"         \
    }

/* Checks the options, loads the rules and makes the worker. -1, or the exit code after a message. */
int session_open(struct session *session);
void session_close(struct session *session);

/* Makes the operands the feed's paths, for a command that reads documents. -1, or the exit code after a message where
 * neither they nor --files-from name any. */
int session_paths(struct session *session, const struct command *command, const struct option_list *operands);

/* How an input's document is to be run: with the charset that is known from outside, unless the options say one for
 * all. */
struct mn_run_options session_options(const struct session *session, const struct mn_input *input);

/* Runs the stages up to `until` over an input that has come, on this worker; `sha256` is of its bytes, null where it is
 * not known. Says nothing; *document (null when memory
 * is out) holds the source's name and what notices there are also when it fails. */
enum mn_status session_run(const struct session *session, struct mn_worker *worker, const struct mn_input *input,
                           const struct mn_sha256 *sha256, enum mn_layer until, struct mn_document **document,
                           struct mn_error *error);

/* The same for commands that do one document after the other, on the session's worker: notices are told, and a failure
 * is told and counted. */
enum mn_status session_do(struct session *session, const struct mn_input *input, enum mn_layer until,
                          struct mn_document **document, struct mn_error *error);

/* Tells and counts a failed document. */
void session_failure(struct session *session, struct mn_slice name, const struct mn_error *error);

/* The exit code of a run that went to its end. */
int session_exit(const struct session *session);

#endif
