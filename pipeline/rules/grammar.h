/* The elements and attributes of a kind of file, as a table, and the check of a file against it: what is left
 * afterwards has the right elements in the right places with usable attributes, or a message says otherwise. The tables
 * are in language.c (rule files) and scheme_language.c (files of grade schemes). */
#ifndef MN_RULES_GRAMMAR_H
#define MN_RULES_GRAMMAR_H

#include "rules/xml.h"

/* What may stand between an element's tags. */
enum mn_content { MN_HOLDS_NOTHING, MN_HOLDS_ELEMENTS, MN_HOLDS_TEXT, MN_HOLDS_MIXED };

/* What an attribute's value must be. */
enum mn_value {
    MN_VALUE_ANY_TEXT,
    MN_VALUE_SOME_TEXT,
    MN_VALUE_NAME,
    MN_VALUE_NAMES,
    MN_VALUE_PACK,
    MN_VALUE_NUMBER,
    MN_VALUE_COUNT,
    MN_VALUE_WORDS,
    MN_VALUE_SCOPE,
    MN_VALUE_DATE,
    MN_VALUE_FILE /* a file beside this one or below it */
};

struct mn_grammar_attribute {
    const char *name;
    enum mn_value type;
    bool required;
    const char *const *words; /* of MN_VALUE_WORDS and MN_VALUE_SCOPE: the values, ends with null */
};

struct mn_grammar_element {
    const char *name;
    enum mn_content content;
    uint64_t parents;                              /* bits: numbers of elements */
    uint64_t needs;                                /* bits: children it must have */
    uint64_t single;                               /* bits: children it may have only once */
    bool any_attributes;                           /* any names, at least one */
    const struct mn_grammar_attribute *attributes; /* ends with a null name */
};

/* Elements are numbered from 1; 0 is what is not known. There are at most MN_GRAMMAR_ELEMENTS with it. */
#define MN_GRAMMAR_ELEMENTS 64
#define MN_GRAMMAR_BIT(element) (UINT64_C(1) << (element))

struct mn_grammar {
    const char *namespace;
    const struct mn_grammar_element *elements;
    uint8_t count;          /* numbers, 0 among them */
    uint8_t root;           /* the element at the top */
    uint8_t mark;           /* the last: what stands inside MN_HOLDS_MIXED, whatever its name */
    const char *whole_mark; /* a mark with this name may have any attributes */
    const char *opening;    /* what is expected at the top, for messages */
};

/* Checks a parsed file and numbers its elements (mn_xml.element). Elements that are not known, or not here, get 0 and
 * are to be passed over. */
void mn_grammar_check(const struct mn_grammar *grammar, struct mn_rule_file *file, struct mn_report *report);

/* The place of an attribute's value in the table of its words, or `absent` where the attribute is missing or no such
 * word. */
unsigned mn_grammar_word(const struct mn_grammar *grammar, const struct mn_xml *node, const char *attribute,
                         unsigned absent);

/* Letters, digits and hyphens in one or more parts joined by points. */
bool mn_grammar_is_name(struct mn_slice name);

/* Names joined by slashes, none of which begins with a point: nothing above the folder, nothing hidden. */
bool mn_grammar_is_file_name(struct mn_slice text);

/* At most six digits, with `sign` perhaps a sign before them. */
bool mn_grammar_is_whole_number(struct mn_slice text, bool sign);

#endif
