/* What `rules check` looks for beyond what keeps rules from loading: patterns and parts of them that can never match,
 * rules that are never needed, names that nobody uses, fields that nobody reads. Sound: what is told is so; what is not
 * told may be so all the same. Nothing of it is done where rules are only loaded. */
#ifndef MN_RULES_CHECKS_H
#define MN_RULES_CHECKS_H

#include "rules/loader.h"

/* A pattern, read and resolved: alternatives that stand there twice (check_patterns.c). */
void mn_check_pattern(struct mn_loader *loader, const struct mn_pattern *pattern);

/* Its program: states that lie on no way from the start to the end (check_programs.c). False when there is something to
 * tell of it. */
bool mn_check_program(struct mn_loader *loader, const struct mn_pattern *pattern, const struct mn_program *program);

/* A token class that no token is in (check_patterns.c). */
void mn_check_class(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                    struct mn_slice expression);

/* Captures of one of the rule's patterns, fields that it sets, finds that it gives to (check_fields.c). */
void mn_check_captures(struct mn_loader *loader, const struct mn_draft *draft, const struct mn_pattern *pattern);
void mn_check_sets(struct mn_loader *loader, const struct mn_draft *draft);
void mn_check_gives(struct mn_loader *loader, const struct mn_draft *draft);

/* Its elements that are never come to, as what is tried before them leads to a match wherever they would
 * (check_taken.c). */
void mn_check_taken(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_program *program);

/* When all is compiled: rules that others leave nothing to, conditions that decide nothing (check_shadows.c); names and
 * entries that nobody uses, rules without examples (check_rules.c). */
void mn_check_shadows(struct mn_loader *loader);
void mn_check_rules(struct mn_loader *loader);

/* Files of packs that were loaded because these use them are somebody else's concern. */
static inline bool mn_is_checked(const struct mn_rule_file *file)
{
    return file->wanted_pack.size == 0;
}

#endif
