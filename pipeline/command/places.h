/* Where the program finds its rules and schemas. */
#ifndef MN_COMMAND_PLACES_H
#define MN_COMMAND_PLACES_H

#include "command/options.h"

/* The path of a folder of shipped data ("rules", "schemas") in a static buffer: in $MINUTIAE_DATA, or else, whichever
 * is there first, beside the program (../share/minutiae), in the installed data folder, in the source tree that it was
 * built from. */
const char *data_folder(const char *name);

/* The rule files and folders to load: those that are given (--rules), or else those in $MINUTIAE_RULES, separated by
 * colons, where an empty part stands for the shipped rules; or else the shipped rules. The paths stay valid until the
 * next call; the array of *paths is the caller's (free). False when memory is out. */
bool rule_paths(const struct option_list *given, struct option_list *paths);

/* The same for one list with colons. *memory holds the paths: the caller's (free), also when false is returned. */
bool rule_paths_in(const char *list, char **memory, struct option_list *paths);

#endif
