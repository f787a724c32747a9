/* The command line of minutiae-evaluate. */
#ifndef EVALUATE_COMMAND_H
#define EVALUATE_COMMAND_H

#include <stdio.h>

/* Runs the program: 0 done; 1 an input could not be read, output could not be written or a --minimum was not reached;
 * 2 wrong command line. Report to `out`, messages to `err`. */
int evaluate_command(int count, const char **arguments, FILE *out, FILE *err);

#endif
