/* The elements and attributes of rule files, as tables, and the check of a file against them (grammar.h). */
#ifndef MN_RULES_LANGUAGE_H
#define MN_RULES_LANGUAGE_H

#include "rules/grammar.h"

enum mn_element {
    MN_EL_UNKNOWN,
    MN_EL_RULES,
    MN_EL_NOTE,
    MN_EL_USE,
    MN_EL_OFF,
    MN_EL_COMMON,
    MN_EL_CLASS,
    MN_EL_LEXICON,
    MN_EL_ENTRY,
    MN_EL_DEFINE,
    MN_EL_RULE,
    MN_EL_LIST_RULE,
    MN_EL_TABLE_RULE,
    MN_EL_SECTION_RULE,
    MN_EL_SEGMENTATION,
    MN_EL_ABBREVIATION,
    MN_EL_LABEL,
    MN_EL_COLUMN_TITLE,
    MN_EL_FURNITURE,
    MN_EL_RESULT,
    MN_EL_PATTERN,
    MN_EL_LEAD_IN,
    MN_EL_ITEM,
    MN_EL_NESTED,
    MN_EL_COLUMN,
    MN_EL_HEADER,
    MN_EL_CELL,
    MN_EL_CELL_LABEL,
    MN_EL_CELL_VALUE,
    MN_EL_UNLESS,
    MN_EL_REQUIRES,
    MN_EL_SET,
    MN_EL_GIVE,
    MN_EL_EXAMPLE,
    MN_EL_COUNTEREXAMPLE,
    MN_EL_MARK, /* inside examples: any name */
    MN_ELEMENT_COUNT
};

/* Checks a parsed file and numbers its elements (mn_xml.element). Elements that are not known, or not here, get
 * MN_EL_UNKNOWN and are to be passed over. */
void mn_language_check(struct mn_rule_file *file, struct mn_report *report);

/* The place of an attribute's value in the table of its words (in the order of the enums in program.h), or `absent`
 * where the attribute is missing or no such word. */
unsigned mn_language_word(const struct mn_xml *node, const char *attribute, unsigned absent);

/* An attribute's whole number, or `absent` where it is missing or none. */
int32_t mn_language_number(const struct mn_xml *node, const char *attribute, int32_t absent);

/* The first child that is such an element, the next sibling that is; null when there is none. */
const struct mn_xml *mn_language_child(const struct mn_xml *node, enum mn_element element);
const struct mn_xml *mn_language_next(const struct mn_xml *node, enum mn_element element);

#endif
