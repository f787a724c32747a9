/* Documents made by hand, as interpret leaves them, and their records. */
#ifndef TEST_RECORD_SAMPLE_H
#define TEST_RECORD_SAMPLE_H

#include "document/document.h"

/* A document of an arena of its own with this canonical text; sample_free takes both back. */
struct mn_document *sample_create(const char *text);
void sample_free(struct mn_document *document);

/* Where these words stand first in the text; the test fails if they do not. */
struct mn_field sample_words(const struct mn_document *document, const char *words);

/* A finding on these words. The next two add to the last one. */
void sample_finding(struct mn_document *document, enum mn_finding_kind kind, const char *words);
void sample_attribute(struct mn_document *document, const char *name, const char *value);
void sample_part(struct mn_document *document, const char *name, const char *words);

/* A fact; the words may be null: it stands nowhere. */
void sample_fact(struct mn_document *document, const char *name, const char *role, const char *value, const char *basis,
                 const char *words);

/* A document with everything that a record can have. */
struct mn_document *sample_full(void);

/* The record, NUL-terminated, owned by the caller (free); the test fails if it cannot be written. */
char *sample_record(const struct mn_document *document);

/* The contents of a file, NUL-terminated, owned by the caller; its size. */
char *sample_load(const char *path, size_t *size);

#endif
