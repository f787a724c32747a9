/* What the files of this stage share while they work on one document, and how a field becomes a value. */
#ifndef MN_INTERPRET_WORK_H
#define MN_INTERPRET_WORK_H

#include "interpret/calendar.h"
#include "interpret/interpret.h"
#include "rules/rules.h"
#include "rules/schemes.h"

struct mn_work {
    struct mn_document *document;
    struct mn_arena *arena; /* the document's */
    const struct mn_rules *rules;
    struct mn_date anchor;            /* year 0: there is none; it may lack its day or month */
    struct mn_slice next_meeting;     /* EDTF, where the document states it; may be empty */
    const struct mn_scheme *scheme;   /* of the framework that a report was written under; null: none */
    struct mn_derivation *derivation; /* null: nobody asks */
};

/* facts.c: fills document->facts and document->missing, sets work->anchor and work->next_meeting. `given` is what the
 * user gave, its date one that can be read. */
enum mn_status mn_facts_collect(struct mn_work *work, const struct mn_interpret_options *given, struct mn_error *error);

/* missing.c: adds what rules say is missing: finds of the kind "missing" that have a slot. False when memory is out. */
bool mn_missing_collect(const struct mn_work *work);

/* anchor.c: the day, YYYY-MM-DD, that a file is named after; empty when its name holds none or several. */
struct mn_slice mn_anchor_in_name(struct mn_slice name);

/* anchor.c: the year of a date that has a weekday but no year: the only one of the years which the document's times
 * name in which that day falls on that weekday. 0 when there is none or more than one. */
int32_t mn_anchor_year_of_weekday(const struct mn_document *document, const struct mn_fields *fields);

struct mn_judgements;

/* findings.c: fills document->findings, the report's own judgements among them. */
enum mn_status mn_findings_collect(struct mn_work *work, const struct mn_judgements *judgements,
                                   struct mn_error *error);

/* values.c: the value of a field: what the rule says ("{body}": what the document states as its fact of this name), or
 * the words of its range without quotes around them and on one line. False when memory is out. */
bool mn_value_words(const struct mn_work *work, const struct mn_field *field, struct mn_slice *words);

/* values.c: the time that a field means: that of the time span it refers to, or EDTF that the rule or the text states.
 * False when it means none. */
bool mn_value_time(const struct mn_work *work, const struct mn_field *field, struct mn_date anchor, bool past,
                   struct mn_time_value *value);

#endif
