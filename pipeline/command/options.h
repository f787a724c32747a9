/* Command lines: each command has a table of options, from which they are parsed and its --help is printed. */
#ifndef MN_COMMAND_OPTIONS_H
#define MN_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* What scripts can rely on. */
enum exit_code {
    EXIT_DONE = 0,         /* everything was done */
    EXIT_SOME_FAILED = 1,  /* the run went on, but some documents or files failed */
    EXIT_USAGE_ERROR = 2,  /* the command line is wrong; nothing was done */
    EXIT_RULES_ERROR = 3,  /* the rules or schemas cannot be loaded; nothing was done */
    EXIT_OUTPUT_ERROR = 4, /* output cannot be written */
    EXIT_SIGNAL = 128      /* plus the signal that ended the run early */
};

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_LIST, OPTION_NUMBER };

struct option_list {
    const char **items;
    size_t count;
};

/* Adds an item, which stays the caller's; false when memory is out. */
bool option_list_add(struct option_list *list, const char *text);

struct option {
    const char *name; /* long name, without dashes */
    char letter;      /* short name or 0 */
    enum option_type type;
    void *target;         /* bool *, const char **, struct option_list *, size_t * */
    const char *argument; /* name of the value in the help; null for flags */
    const char *help;
};

struct command {
    const char *name;
    const char *arguments; /* "[OPTION]… PATH…" */
    const char *summary;   /* one line */
    const char *details;   /* paragraphs for --help; may be null */
    const char *example;   /* command lines for --help; may be null */
    int (*run)(const struct command *command, int count, char **arguments);
};

/* Parses the options of a command; what is left are operands, in order, in *operands (borrowed from arguments, the
 * array owned by the caller: free). A lone "-" is an operand; "--" ends the options. -1: go on; otherwise the exit code
 * to end with (help printed, or the mistake named on standard error). An empty value is a mistake. */
int options_parse(const struct command *command, const struct option *options, size_t option_count, int count,
                  char **arguments, struct option_list *operands);

#endif
