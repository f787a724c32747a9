/* record: the XML record of one document (namespace urn:minutiae:record:1; schemas/record.rng is normative,
 * schemas/record.xsd equivalent). Same document and rules, same bytes. */
#ifndef MN_RECORD_RECORD_H
#define MN_RECORD_RECORD_H

#include "base/writer.h"
#include "document/document.h"

/* Writes the record of an interpreted document, without an XML declaration; when it fails nothing is written. Findings
 * stand by kind, each kind in the order of the text. Every evidence quote is the canonical text between its offsets
 * (code points), white space as it stands there (newlines between blocks as they are). Whether the values are what the
 * schemas allow is for mn_validate to say: they come from the rules.
 *
 * xml:id: kind letter (g, d, c for recommendations, r) and 16 hexadecimal digits of a hash over kind, canonical text
 * digest, evidence offsets and value; a number is appended where two finds would share one. */
enum mn_status mn_record_write(const struct mn_document *document, struct mn_writer *writer, struct mn_error *error);

#endif
