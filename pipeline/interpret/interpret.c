#include "interpret/interpret.h"
#include "interpret/work.h"

enum mn_status mn_interpret(struct mn_document *document, const struct mn_rules *rules,
                            const struct mn_interpret_options *options, struct mn_error *error)
{
    struct mn_work work = {.document = document, .arena = document->arena, .rules = rules};
    struct mn_slice given = options ? mn_slice_trim(options->date) : MN_EMPTY;
    struct mn_date date;
    if (given.size && !mn_date_parse(given, &date)) {
        return mn_fail(error, MN_USAGE, "%.*s: “%.*s” is no date; expected YYYY-MM-DD, YYYY-MM or YYYY",
                       MN_SLICE_ARGS(document->source.name), MN_SLICE_ARGS(given));
    }
    enum mn_status status = mn_facts_collect(&work, given, error);
    if (status == MN_OK)
        status = mn_findings_collect(&work, error);
    if (status == MN_OK)
        document->layer = MN_LAYER_INTERPRET;
    return status;
}
