/* What fields the record has and which values they may have, read from its schema, so that rules can be checked against
 * it: the four findings with their attributes and parts, facts with their names and roles, and what is missing. */
#ifndef MN_RECORD_FIELDS_H
#define MN_RECORD_FIELDS_H

#include "base/arena.h"
#include "base/error.h"
#include "rules/rules.h"

#define MN_RECORD_KNOWN_KINDS 6

/* Fills `kinds` from record.rng in the folder of schemas; everything lies in the arena. MN_NOT_READABLE when the schema
 * cannot be read or lacks an element. */
enum mn_status mn_record_fields(const char *folder, struct mn_arena *arena,
                                struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS], struct mn_error *error);

#endif
