#include "record/kinds.h"

const struct mn_record_kind mn_record_kinds[] = {
    [MN_GRADE] = {.element = "grade",
                  .letter = 'g',
                  .key = "value",
                  .part = "subject",
                  .attributes = {"scale", "value", "modality", "aspect", "formal", "assessor", "when"}},
    [MN_RECOMMENDATION] = {.element = "recommendation", .letter = 'c', .attributes = {"number", "by", "to", "due"}},
    [MN_DEADLINE] = {.element = "deadline",
                     .letter = 'd',
                     .key = "due",
                     .part = "what",
                     .attributes = {"due", "earliest", "latest", "type"}},
    [MN_RESOLUTION] = {.element = "resolution",
                       .letter = 'r',
                       .key = "action",
                       .part = "motion",
                       .part_holds_evidence = true,
                       .attributes = {"number", "action", "form", "mover", "seconder", "for", "against", "abstain",
                                      "outcome", "as-recommended", "due"}},
};
_Static_assert(sizeof mn_record_kinds / sizeof *mn_record_kinds == MN_FINDING_KIND_COUNT, "one row for each kind");
