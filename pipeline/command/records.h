/* Records on standard output: one alone, or several in a <records> element. */
#ifndef MN_COMMAND_RECORDS_H
#define MN_COMMAND_RECORDS_H

#include "base/writer.h"

struct records {
    struct mn_writer out;   /* standard output */
    struct mn_writer first; /* the first record, held back until it is known whether another document follows */
    size_t entries;         /* documents so far, failed ones too */
};

void records_begin(struct records *records);

/* A document comes: where to write its record (nothing is written for a failed one). */
struct mn_writer *records_entry(struct records *records);

/* Ends the output. */
enum mn_status records_end(struct records *records, struct mn_error *error);

void records_free(struct records *records);

#endif
