/* Options of minutiae-evaluate. */
#ifndef EVALUATE_OPTIONS_H
#define EVALUATE_OPTIONS_H

#include "evaluation.h"
#include <stdio.h>

enum format { FORMAT_TEXT, FORMAT_XML, FORMAT_HTML, FORMAT_COUNT };

struct options {
    enum format format;
    bool help;
    bool list;
    const char *compare;           /* folder of older records, or null */
    const char *text;              /* folder of NAME.txt files, or null */
    double minimum[MEASURE_COUNT]; /* F1 that micro must reach; 0: none */
    const char **operands;         /* GOLD…, RECORDS: moved to the front of the argument array */
    size_t operand_count;
};

/* Parses the arguments behind the program's name; reorders them. MN_USAGE with a message for a wrong command line. */
enum mn_status options_read(int count, const char **arguments, struct options *options, struct mn_error *error);

void options_help(FILE *out);

#endif
