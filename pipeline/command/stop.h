/* Ctrl-C and the like: the first one asks the run to end, the second one, of whichever kind, ends the program at once.
 */
#ifndef MN_COMMAND_STOP_H
#define MN_COMMAND_STOP_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP only ask. The descriptor becomes readable when one has come; -1 when the
 * system has none, and signals do what they always do. */
int stop_listen(void);

/* The signal that has come, or 0. */
int stop_signal(void);

#endif
