#include "record/schema_files.h"

#include <libxml/relaxng.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A schema language; schemas are passed as what its parser gives. */
struct language {
    void *(*parse)(const char *path); /* null: it cannot be loaded */
    void (*release)(void *schema);
    int (*check)(void *schema, xmlDoc *document); /* 0 valid, > 0 not, < 0 it failed */
};

static void *parse_xml_schema(const char *path)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
    xmlSchema *schema = parser ? xmlSchemaParse(parser) : NULL;
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

static void release_xml_schema(void *schema)
{
    xmlSchemaFree(schema);
}

static int check_xml_schema(void *schema, xmlDoc *document)
{
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
    int outcome = context ? xmlSchemaValidateDoc(context, document) : -1;
    xmlSchemaFreeValidCtxt(context);
    return outcome;
}

static void *parse_relax_ng(const char *path)
{
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNG *schema = parser ? xmlRelaxNGParse(parser) : NULL;
    xmlRelaxNGFreeParserCtxt(parser);
    return schema;
}

static void release_relax_ng(void *schema)
{
    xmlRelaxNGFree(schema);
}

static int check_relax_ng(void *schema, xmlDoc *document)
{
    xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(schema);
    int outcome = context ? xmlRelaxNGValidateDoc(context, document) : -1;
    xmlRelaxNGFreeValidCtxt(context);
    return outcome;
}

/* XML Schema goes first: libxml2's messages about it say more. */
enum { XML_SCHEMA, RELAX_NG, LANGUAGE_COUNT };
static const struct language languages[LANGUAGE_COUNT] = {
    [XML_SCHEMA] = {parse_xml_schema, release_xml_schema, check_xml_schema},
    [RELAX_NG] = {parse_relax_ng, release_relax_ng, check_relax_ng},
};

static const struct {
    const char *namespace;
    const char *root;                    /* null: any other */
    const char *schemas[LANGUAGE_COUNT]; /* null: there is none in this language */
} vocabularies[] = {
    [MN_RECORDS] = {"urn:minutiae:record:1", NULL, {"record.xsd", "record.rng"}},
    [MN_GOLD] = {"urn:minutiae:record:1", "gold", {NULL, "gold.rng"}},
    [MN_DOCUMENTS] = {"urn:minutiae:document:1", NULL, {NULL, "document.rng"}},
    [MN_RULE_FILES] = {"urn:minutiae:rules:1", NULL, {NULL, "rules.rng"}},
    [MN_EXPLANATIONS] = {"urn:minutiae:explanation:1", NULL, {NULL, "explanation.rng"}},
    [MN_PROFILES] = {"urn:minutiae:profile:1", NULL, {NULL, "profile.rng"}},
    [MN_DIFFERENCES] = {"urn:minutiae:differences:1", NULL, {NULL, "differences.rng"}},
    [MN_RUNS] = {"urn:minutiae:run:1", NULL, {NULL, "run.rng"}},
    [MN_METADATA] = {"urn:minutiae:metadata:1", NULL, {NULL, "metadata.rng"}},
};
_Static_assert(sizeof vocabularies / sizeof *vocabularies == MN_VOCABULARY_COUNT, "one row for each vocabulary");

struct mn_schema_files {
    char *folder;
    void *schemas[MN_VOCABULARY_COUNT][LANGUAGE_COUNT]; /* null: not loaded yet */
};

/* libxml2 sets up its tables of types when they are first needed, which is not safe among threads. */
static void set_up_types(void)
{
    xmlInitParser();
    xmlSchemaInitTypes();
    xmlRelaxNGInitTypes();
}

struct mn_schema_files *mn_schema_files_create(const char *folder)
{
    static pthread_once_t types_ready = PTHREAD_ONCE_INIT;
    pthread_once(&types_ready, set_up_types);
    struct mn_schema_files *files = calloc(1, sizeof *files);
    if (files)
        files->folder = strdup(folder);
    if (files && files->folder)
        return files;
    free(files);
    return NULL;
}

void mn_schema_files_destroy(struct mn_schema_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < MN_VOCABULARY_COUNT; i++)
        for (size_t j = 0; j < LANGUAGE_COUNT; j++)
            if (files->schemas[i][j])
                languages[j].release(files->schemas[i][j]);
    free(files->folder);
    free(files);
}

enum mn_vocabulary mn_vocabulary_of(const xmlNode *root)
{
    enum mn_vocabulary found = MN_VOCABULARY_COUNT;
    if (!root->ns || !root->ns->href)
        return found;
    const char *namespace = (const char *)root->ns->href;
    for (unsigned i = 0; i < MN_VOCABULARY_COUNT; i++) {
        const char *name = vocabularies[i].root;
        if (strcmp(vocabularies[i].namespace, namespace) != 0)
            continue;
        if (name && strcmp(name, (const char *)root->name) == 0)
            return (enum mn_vocabulary)i;
        if (!name)
            found = (enum mn_vocabulary)i;
    }
    return found;
}

const char *mn_vocabulary_schema(enum mn_vocabulary vocabulary)
{
    return vocabularies[vocabulary].schemas[RELAX_NG];
}

/* The schema, loaded if it is not yet; null with the error set when it cannot be. */
static void *get_schema(struct mn_schema_files *files, enum mn_vocabulary vocabulary, unsigned language,
                        const struct mn_complaints *complaints, struct mn_error *error)
{
    void **schema = &files->schemas[vocabulary][language];
    const char *name = vocabularies[vocabulary].schemas[language];
    size_t size = strlen(files->folder) + strlen(name) + sizeof "/";
    if (*schema)
        return *schema;
    char *path = malloc(size);
    if (!path) {
        mn_fail_memory(error);
        return NULL;
    }
    snprintf(path, size, "%s/%s", files->folder, name);
    *schema = languages[language].parse(path);
    if (!*schema)
        mn_fail(error, MN_NOT_READABLE, "%s: the schema cannot be loaded: %s; check the installation", path,
                complaints->count ? complaints->text : "unknown reason");
    free(path);
    return *schema;
}

static enum mn_status check(void *schema, unsigned language, xmlDoc *document, const struct mn_complaints *complaints,
                            struct mn_error *error)
{
    int outcome = languages[language].check(schema, document);
    if (outcome == 0)
        return MN_OK;
    return outcome > 0 && complaints->count ? MN_NOT_VALID : mn_fail_memory(error);
}

enum mn_status mn_schema_files_check(struct mn_schema_files *files, enum mn_vocabulary vocabulary, xmlDoc *document,
                                     const struct mn_complaints *complaints, struct mn_error *error)
{
    enum mn_status status = MN_OK;
    for (unsigned i = 0; i < LANGUAGE_COUNT && status == MN_OK; i++) {
        if (!vocabularies[vocabulary].schemas[i])
            continue;
        void *schema = get_schema(files, vocabulary, i, complaints, error);
        status = schema ? check(schema, i, document, complaints, error) : MN_NOT_READABLE;
    }
    return status;
}
