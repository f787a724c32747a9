/* Fields of a time expression written as one line: NAME=VALUE for a value that a rule or lexicon gives, NAME~WORDS for
 * words of the text (an underscore stands for a space): "type=date day~3rd month=03 year~2020". */
#ifndef TESTS_INTERPRET_FIELDS_H
#define TESTS_INTERPRET_FIELDS_H

#include "interpret/calendar.h"

/* A document in the arena whose text holds the words, and one span of kind `time` with the fields. */
struct mn_document *fields_document(struct mn_arena *arena, const char *line);

/* YYYY-MM-DD or "" into a date; fails the test for anything else. */
struct mn_date date_of(const char *text);

#endif
