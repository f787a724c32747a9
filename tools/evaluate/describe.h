/* Descriptions of findings, for people: the same words in text, XML and HTML. */
#ifndef EVALUATE_DESCRIBE_H
#define EVALUATE_DESCRIBE_H

#include "base/writer.h"
#include "evaluation.h"

/* How text is written: mn_write (as it stands) or mn_write_text (escaped). */
typedef void put_text(struct mn_writer *writer, struct mn_slice text);

/* The attribute that says most about a finding of a kind: value, due, action or number. */
enum attribute main_attribute(enum kind kind);

/* "due=2019-05"; "due=-" where it is not stated. */
void describe_value(struct mn_writer *writer, put_text *put, const struct finding *finding, enum attribute attribute);

/* The main attribute; for grades the modality too. */
void describe_values(struct mn_writer *writer, put_text *put, const struct finding *finding);

/* Values, place, quote and rule: `due=2019-05 at 1204 "by May 2019" by RULE`. */
void describe_finding(struct mn_writer *writer, put_text *put, const struct finding *finding);

/* "meeting=2024-09-12"; "meeting=-" where it is not stated. */
void describe_fact(struct mn_writer *writer, put_text *put, enum fact fact, const struct record *record);

/* "SOURCE/NAME". */
void describe_document(struct mn_writer *writer, put_text *put, const struct document *document);

#endif
