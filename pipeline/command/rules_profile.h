/* rules list --profile: what the rules did over the documents of a profile, in words. */
#ifndef MN_COMMAND_RULES_PROFILE_H
#define MN_COMMAND_RULES_PROFILE_H

#include "command/rules_list.h"
#include "explain/profile.h"
#include "rules/rules.h"

/* Of what use a rule was. Those before RULES_USED are dead. */
enum rules_use {
    RULES_UNTRIED,   /* nothing of what it needs stood anywhere */
    RULES_UNMATCHED, /* tried, and nothing matched */
    RULES_BARRED,    /* what matched was always forbidden, lost or dropped */
    RULES_USED,
    RULES_USE_COUNT
};
extern const char *const rules_use_words[RULES_USE_COUNT];

/* A rule that is not in the profile was not tried. Section rules make no finds: they are used when they are tried. */
enum rules_use rules_use_of(const struct rules_list *list, const struct mn_rule *rule);

/* "tried on 210 places: 72 hits, 3 vetoes (unless 1: 3), 4 losses (to decisions.noted: 4)" */
void rules_profile_counts(struct mn_writer *out, const struct rules_list *list, const struct mn_rule *rule);

/* "minutes.html 2962–2986 “be and is hereby adopted”" */
void rules_profile_sample(struct mn_writer *out, const struct mn_profile_sample *sample);

/* Calls `each` for the kinds of which something was found, helpers left out, with the rules that have most hits. */
enum { RULES_LEADERS = 5 };
struct rules_leaders {
    struct mn_slice kind;
    uint64_t hits; /* of all rules of the kind */
    const struct mn_profile_rule *rules[RULES_LEADERS];
    size_t rule_count;
};
void rules_profile_leaders(const struct rules_list *list,
                           void (*each)(void *context, const struct rules_leaders *leaders), void *context);

/* The rule's share of its kind's hits in per cent, rounded. */
unsigned rules_profile_share(const struct rules_leaders *leaders, size_t rule);

/* rules_profile_pages.c: which rules are dead and which find most, to stand before the list. */
void rules_profile_text(struct mn_writer *out, const struct rules_list *list);
void rules_profile_html(struct mn_writer *out, const struct rules_list *list);

#endif
