/* The two ways in which `explain` shows an explanation. */
#ifndef MN_COMMAND_EXPLAIN_H
#define MN_COMMAND_EXPLAIN_H

#include "base/writer.h"
#include "explain/explanation.h"
#include "rules/listing.h"
#include "rules/schemes.h"

/* For people. `all`: attempts that came less far too. False when memory is out. */
bool explain_text(struct mn_writer *out, const struct mn_explanation *explanation, bool all);

/* For tools: schemas/explanation.rng describes it. False when memory is out. */
bool explain_xml(struct mn_writer *out, const struct mn_explanation *explanation);

/* What both need. */

/* Is the find (by its span's number) in what was asked for? */
bool explain_shows_span(const struct mn_explanation *explanation, uint32_t span);
bool explain_shows_fact(const struct mn_explanation *explanation, const struct mn_fact *fact);

/* Is the finding a judgement's, which is made from no single find, and in what was asked for? */
bool explain_shows_judgement(const struct mn_explanation *explanation, uint32_t finding);

/* Was the rule asked for and never tried there? */
bool explain_was_untried(const struct mn_explanation *explanation, const struct mn_rule *rule);

/* The date fact that is the anchor of the document's dates, or null. */
const struct mn_fact *explain_anchor(const struct mn_explanation *explanation);

/* The value of the field's time with and without the anchor; empty: none. */
struct explain_time {
    const struct mn_span *span; /* the time expression; null: the field is no reference */
    struct mn_slice value, alone;
};
struct explain_time explain_time_of(const struct mn_explanation *explanation, const struct mn_field *field);

/* The judgement of the scheme that a finding says; null: it is no such finding. *mention is what it rests on. */
const struct mn_scheme_judgement *explain_judgement_of(const struct mn_explanation *explanation,
                                                       const struct mn_finding *finding,
                                                       const struct mn_mention **mention);
extern const char *const explain_mention_places[]; /* row, line, head, blocks, sentence, label */

/* Is what is missing in what was asked for? */
bool explain_shows_missing(const struct mn_explanation *explanation, const struct mn_missing *missing);

/* Code points. */
uint32_t explain_offset(const struct mn_explanation *explanation, uint32_t byte);

/* The elements that failed where the search stopped, each once: [element, definition] pairs in the document's arena. */
struct explain_element {
    struct mn_slice text;       /* as written; "!" goes before it when `negated` */
    struct mn_slice definition; /* in which it is written; empty: the pattern itself */
    bool negated;
};
struct explain_elements {
    struct explain_element *items;
    size_t count;
};
struct explain_elements explain_elements_of(const struct mn_explanation *explanation, const struct mn_miss *miss);

/* The words of the condition's element, "unless" or "requires". */
const char *explain_condition_word(const struct mn_condition *condition);

extern const char *const explain_parts[MN_PART_COUNT]; /* pattern, lead-in, item, nested, header, cell, row */
extern const char *const explain_ends[MN_END_COUNT];   /* section, no-items, missed, vetoed, matched, lost, … */

#endif
