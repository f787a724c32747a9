#include "record/validate.h"

#include "record/schema_files.h"
#include <libxml/parser.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct mn_validator {
    struct mn_schema_files *files;
};

static bool holds_schemas(const char *folder)
{
    char path[PATH_MAX];
    int size = snprintf(path, sizeof path, "%s/%s", folder, mn_vocabulary_schema(MN_RECORDS));
    return size > 0 && (size_t)size < sizeof path && access(path, R_OK) == 0;
}

enum mn_status mn_validator_create(const char *schema_folder, struct mn_validator **validator, struct mn_error *error)
{
    *validator = NULL;
    if (!holds_schemas(schema_folder))
        return mn_fail(error, MN_NOT_READABLE, "%s: no schemas are there (%s is missing); check the installation",
                       schema_folder, mn_vocabulary_schema(MN_RECORDS));
    struct mn_validator *new = malloc(sizeof *new);
    if (new)
        new->files = mn_schema_files_create(schema_folder);
    if (!new || !new->files) {
        free(new);
        return mn_fail_memory(error);
    }
    *validator = new;
    return MN_OK;
}

void mn_validator_destroy(struct mn_validator *validator)
{
    if (!validator)
        return;
    mn_schema_files_destroy(validator->files);
    free(validator);
}

/* The parsed document, or null with the error set. */
static xmlDoc *parse(const char *name, struct mn_slice xml, const struct mn_complaints *complaints,
                     struct mn_error *error)
{
    if (xml.size == 0 || xml.size > INT_MAX) {
        mn_fail(error, xml.size ? MN_OVER_LIMIT : MN_MALFORMED, "%s:1: %s; expected: an XML document of up to 2 GiB",
                name, xml.size ? "too large" : "the file is empty");
        return NULL;
    }
    xmlDoc *document = xmlReadMemory(xml.data, (int)xml.size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (!document)
        mn_fail(error, MN_MALFORMED, "%s:%ld: not well-formed: %s; expected: an XML document", name, complaints->line,
                complaints->text);
    return document;
}

static enum mn_status unknown_root(const char *name, const xmlNode *root, struct mn_error *error)
{
    return mn_fail(error, MN_NOT_VALID,
                   "%s:%ld: the root element is <%s> in the namespace '%s'; expected: one of urn:minutiae:record:1, "
                   "urn:minutiae:document:1, urn:minutiae:rules:1, urn:minutiae:run:1, urn:minutiae:metadata:1",
                   name, xmlGetLineNo(root), (const char *)root->name,
                   root->ns && root->ns->href ? (const char *)root->ns->href : "");
}

static enum mn_status not_valid(const char *name, enum mn_vocabulary vocabulary, const struct mn_complaints *complaints,
                                struct mn_error *error)
{
    const xmlNode *node = complaints->node;
    const char *element = node && node->type == XML_ELEMENT_NODE ? (const char *)node->name : "the document";
    return mn_fail(error, MN_NOT_VALID, "%s:%ld: %s; expected: what %s allows in <%s>", name, complaints->line,
                   complaints->text, mn_vocabulary_schema(vocabulary), element);
}

static enum mn_status check(const struct mn_validator *validator, const char *name, xmlDoc *document,
                            const struct mn_complaints *complaints, struct mn_error *error)
{
    const xmlNode *root = xmlDocGetRootElement(document);
    if (document->intSubset)
        return mn_fail(error, MN_MALFORMED, "%s:1: it has a document type declaration; expected: none", name);
    enum mn_vocabulary vocabulary = mn_vocabulary_of(root);
    if (vocabulary == MN_VOCABULARY_COUNT)
        return unknown_root(name, root, error);
    enum mn_status status = mn_schema_files_check(validator->files, vocabulary, document, complaints, error);
    return status == MN_NOT_VALID ? not_valid(name, vocabulary, complaints, error) : status;
}

enum mn_status mn_validate(struct mn_validator *validator, const char *name, struct mn_slice xml,
                           struct mn_error *error)
{
    struct mn_complaints complaints;
    struct mn_error reason = {MN_INTERNAL, ""};
    mn_complaints_begin(&complaints);
    xmlDoc *document = parse(name, xml, &complaints, &reason);
    enum mn_status status = document ? check(validator, name, document, &complaints, &reason) : reason.status;
    xmlFreeDoc(document);
    mn_complaints_end(&complaints);
    if (status != MN_OK && error)
        *error = reason;
    return status;
}
