/* The elements and attributes of files of grade schemes, as a table, and the check of a file against it (grammar.h). */
#ifndef MN_RULES_SCHEME_LANGUAGE_H
#define MN_RULES_SCHEME_LANGUAGE_H

#include "rules/grammar.h"

#define MN_SCHEME_NAMESPACE "urn:minutiae:schemes:1"

enum mn_scheme_element {
    MN_SE_UNKNOWN,
    MN_SE_SCHEMES,
    MN_SE_NOTE,
    MN_SE_GRADE,
    MN_SE_LINK,
    MN_SE_IGNORE,
    MN_SE_EARLIER,
    MN_SE_SCHEME,
    MN_SE_TITLE,
    MN_SE_SIGN,
    MN_SE_GROUP,
    MN_SE_JUDGEMENT,
    MN_SE_LABEL,
    MN_SE_ABOLISHED,
    MN_SE_EXAMPLE,
    MN_SE_COUNTEREXAMPLE,
    MN_SE_MARK, /* inside examples: <find> */
    MN_SCHEME_ELEMENT_COUNT
};

void mn_scheme_language_check(struct mn_rule_file *file, struct mn_report *report);

/* Is an attribute of truth "true"? */
bool mn_scheme_language_is_true(const struct mn_xml *node, const char *attribute);

#endif
