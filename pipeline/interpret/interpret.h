/* interpret: spans become facts and findings. Time expressions get calendar values (calendar.h), findings get their
 * attributes from the rules' fields, what rules give to other finds is handed over, deadlines inside a resolution or
 * recommendation become its due time, deadlines in the past are no deadlines. No English here: everything comes from
 * the fields of spans. */
#ifndef MN_INTERPRET_INTERPRET_H
#define MN_INTERPRET_INTERPRET_H

#include "interpret/calendar.h"
#include "rules/program.h"

struct mn_derivation;

struct mn_interpret_options {
    /* Given from outside (an option, metadata beside the document), basis "given"; each may be empty. They stand over
     * what the text states. */
    struct mn_slice date; /* ISO 8601 anchor */
    struct mn_slice title, authority, body;
    struct mn_derivation *derivation; /* filled with how the findings came about (derivation.h); null: nobody asks */
};

/* Adds the interpret layer. `rules` must be those that matched (document->rules_sha256). MN_NO_DOCUMENT when the rules
 * found a fact named "unusable" (an error page saved in place of a document) and no finding. */
enum mn_status mn_interpret(struct mn_document *document, const struct mn_rules *rules,
                            const struct mn_interpret_options *options, struct mn_error *error);

/* The anchor: the date that the document's other dates are seen from, that of the first of these facts that is there,
 * complete ones before partial ones: meeting (which a given date has become), end of inspection, its start,
 * publication. Year 0 when there is none. */
struct mn_date mn_anchor_choose(const struct mn_document *document);

#endif
