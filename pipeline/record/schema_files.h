/* The schemas in their folder, each loaded when first needed. Functions that use libxml2 run inside
 * mn_complaints_begin and _end of the caller. */
#ifndef MN_RECORD_SCHEMA_FILES_H
#define MN_RECORD_SCHEMA_FILES_H

#include "base/error.h"
#include "record/complaints.h"
#include <libxml/tree.h>

/* What documents are written in. */
enum mn_vocabulary {
    MN_RECORDS,
    MN_GOLD,
    MN_DOCUMENTS,
    MN_RULE_FILES,
    MN_EXPLANATIONS,
    MN_PROFILES,
    MN_DIFFERENCES,
    MN_RUNS,
    MN_METADATA,
    MN_VOCABULARY_COUNT
};

struct mn_schema_files;

/* Null when memory is out. */
struct mn_schema_files *mn_schema_files_create(const char *folder);
void mn_schema_files_destroy(struct mn_schema_files *files); /* null is allowed */

/* The vocabulary of a root element; MN_VOCABULARY_COUNT: none of ours. */
enum mn_vocabulary mn_vocabulary_of(const xmlNode *root);

/* File name of the vocabulary's normative schema. */
const char *mn_vocabulary_schema(enum mn_vocabulary vocabulary);

/* Holds a document against the vocabulary's schemas, until one refuses it. MN_NOT_VALID: the first complaint is in
 * `complaints`, which has none before, and `error` is not set. Any other failure sets it: a schema cannot be loaded,
 * memory is out. */
enum mn_status mn_schema_files_check(struct mn_schema_files *files, enum mn_vocabulary vocabulary, xmlDoc *document,
                                     const struct mn_complaints *complaints, struct mn_error *error);

#endif
