/* XML on one line, for programs that read a document to a line. */
#ifndef MN_COMMAND_ONELINE_H
#define MN_COMMAND_ONELINE_H

#include "base/writer.h"

/* Writes XML that has white space between its elements for people: that goes, and line ends in text become references,
 * so that a parser sees the same text. The line's end is written. */
void write_one_line(struct mn_writer *writer, struct mn_slice xml);

#endif
