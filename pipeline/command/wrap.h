/* Text for a terminal: paragraphs of at most WRAP_WIDTH columns. */
#ifndef MN_COMMAND_WRAP_H
#define MN_COMMAND_WRAP_H

#include "base/writer.h"

enum { WRAP_WIDTH = 100 };

/* Columns that a text takes: its code points. */
size_t wrap_columns(struct mn_slice text);
void wrap_spaces(struct mn_writer *out, size_t count);

/* Writes the words of a text, the cursor being at `column`; further lines begin at `indent`. Each of its lines stays
 * one. */
void wrap_text(struct mn_writer *out, struct mn_slice text, size_t column, size_t indent);

#endif
