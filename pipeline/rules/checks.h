/* What `rules check` looks for beyond what keeps rules from loading: patterns and parts of them that can never match,
 * rules that are never needed, names that nobody uses, fields that nobody reads. Sound: what is told is so; what is not
 * told may be so all the same. Nothing of it is done where rules are only loaded. */
#ifndef MN_RULES_CHECKS_H
#define MN_RULES_CHECKS_H

#include "rules/loader.h"

/* A pattern, read and resolved: alternatives that stand there twice (check_patterns.c). */
void mn_check_pattern(struct mn_loader *loader, const struct mn_pattern *pattern);

/* Its program: states that lie on no way from the start to the end (check_programs.c). */
void mn_check_program(struct mn_loader *loader, const struct mn_pattern *pattern, const struct mn_program *program);

/* A token class that no token is in (check_patterns.c). */
void mn_check_class(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                    struct mn_slice expression);

/* Captures of one of the rule's patterns, fields that it sets, finds that it gives to (check_fields.c). */
void mn_check_captures(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_pattern *pattern);
void mn_check_sets(struct mn_loader *loader, const struct mn_draft *draft);
void mn_check_gives(struct mn_loader *loader, const struct mn_draft *draft);

/* When all is compiled: rules that others leave nothing to, names that nobody uses, rules without examples
 * (check_rules.c). */
void mn_check_rules(struct mn_loader *loader);

#endif
