#include "interpret/interpret.h"
#include "interpret/derivation.h"
#include "interpret/judgements.h"

/* A page that stands in place of a document: its words say so, and nothing is found in it. */
static enum mn_status refuse_unusable(const struct mn_document *document, struct mn_error *error)
{
    for (size_t i = 0; i < document->facts.count && document->findings.count == 0; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (mn_slice_equal(fact->name, MN_LITERAL("unusable")))
            return mn_fail(error, MN_NO_DOCUMENT,
                           "%.*s: “%.*s” says that this is %.*s (rule %.*s): fetch the document again or leave it out",
                           MN_SLICE_ARGS(document->source.name),
                           MN_SLICE_ARGS(mn_document_text(document, fact->start, fact->end)),
                           MN_SLICE_ARGS(fact->value), MN_SLICE_ARGS(fact->rule));
    }
    return MN_OK;
}

static void derive_framework(const struct mn_framework *framework, struct mn_derivation *derivation)
{
    derivation->scheme = framework->scheme;
    derivation->mentions = framework->mentions.items.items;
    derivation->mention_count = framework->mentions.items.count;
}

/* What was given with this document goes before what was given for all. */
static void take_given(struct mn_slice *value, struct mn_slice given)
{
    if (given.size)
        *value = given;
}

enum mn_status mn_interpret(struct mn_document *document, const struct mn_rules *rules,
                            const struct mn_interpret_options *options, struct mn_error *error)
{
    struct mn_work work = {.document = document,
                           .arena = document->arena,
                           .rules = rules,
                           .derivation = options ? options->derivation : NULL};
    struct mn_interpret_options given = options ? *options : (struct mn_interpret_options){0};
    take_given(&given.date, document->source.given_date);
    take_given(&given.title, document->source.given_title);
    take_given(&given.authority, document->source.given_authority);
    take_given(&given.body, document->source.given_body);
    struct mn_date date;
    given.date = mn_slice_trim(given.date);
    if (given.date.size && !mn_date_parse(given.date, &date)) {
        return mn_fail(error, MN_USAGE, "%.*s: “%.*s” is no date; expected YYYY-MM-DD, YYYY-MM or YYYY",
                       MN_SLICE_ARGS(document->source.name), MN_SLICE_ARGS(given.date));
    }
    enum mn_status status = mn_facts_collect(&work, &given, error);
    struct mn_framework framework;
    struct mn_judgements judgements;
    if (status == MN_OK &&
        (!mn_framework_choose(&work, &framework) || !mn_judgements_make(&work, &framework, &judgements)))
        status = mn_fail_memory(error);
    work.scheme = status == MN_OK ? framework.scheme : NULL;
    if (status == MN_OK)
        status = mn_findings_collect(&work, &judgements, error);
    if (status == MN_OK && work.derivation)
        derive_framework(&framework, work.derivation);
    if (status == MN_OK && !mn_missing_collect(&work))
        status = mn_fail_memory(error);
    if (status == MN_OK)
        status = refuse_unusable(document, error);
    if (status == MN_OK)
        document->layer = MN_LAYER_INTERPRET;
    return status;
}
