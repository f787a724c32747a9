/* The commands, one function each; main.c has their table. */
#ifndef MN_COMMAND_COMMANDS_H
#define MN_COMMAND_COMMANDS_H

#include "command/log.h"
#include "command/options.h"

int run_extract(const struct command *command, int count, char **arguments);
int run_read(const struct command *command, int count, char **arguments);
/* segment tokenise match interpret record */
int run_filter(const struct command *command, int count, char **arguments);
int run_text(const struct command *command, int count, char **arguments);
int run_explain(const struct command *command, int count, char **arguments);
int run_validate(const struct command *command, int count, char **arguments);
int run_rules(const struct command *command, int count, char **arguments);
/* actions of rules that have files of their own */
int run_rules_diff(const struct command *command, int count, char **arguments);

#endif
