/* What the parts of the first pass over rule files share. */
#ifndef MN_RULES_DECLARE_H
#define MN_RULES_DECLARE_H

#include "rules/loader.h"

/* Enters the full name of a named element; MN_NO_SYMBOL when there is one of this name already, or none given. */
uint32_t mn_enter(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                  struct mn_names *names);

/* The next part of a text whose parts are separated by `|`, trimmed; false at the end. *at is 0 at first. */
bool mn_next_part(struct mn_slice text, size_t *at, struct mn_slice *part);

/* The text in normal form C with spaces folded; casefolded, too. The empty text when memory is out. */
struct mn_slice mn_normal_form(struct mn_loader *loader, struct mn_slice words);
struct mn_slice mn_casefold_text(struct mn_loader *loader, struct mn_slice text);

/* What an element says; the empty text when memory is out. */
struct mn_slice mn_text_of(struct mn_loader *loader, const struct mn_xml *xml);

/* Where a byte of an element's text stands. That takes reading the element from its start: where nobody will be told,
 * the element's own place does. */
struct mn_place mn_text_place(const struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                              size_t offset, bool warning);

/* Enters a lexicon with its entries and those of the list it names (lexicons.c). */
void mn_enter_lexicon(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml);

#endif
