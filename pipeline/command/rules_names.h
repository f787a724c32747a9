/* What on the page of the rules can be led to by its name, and where patterns refer to it. */
#ifndef MN_COMMAND_RULES_NAMES_H
#define MN_COMMAND_RULES_NAMES_H

#include "command/rules_list.h"
#include "lexis/names.h"

enum rules_name {
    RULES_NAME_PACK,
    RULES_NAME_LEXICON,
    RULES_NAME_CLASS,
    RULES_NAME_DEFINE,
    RULES_NAME_RULE,
    RULES_NAME_KIND,
    RULES_NAME_ROLE,
    RULES_NAME_GIVER, /* one for all, without a name */
    RULES_NAME_COUNT
};

struct rules_target {
    enum rules_name sort;
    struct mn_slice name;         /* in full */
    const struct mn_listed *item; /* null: a kind, a role */
};

enum rules_group { RULES_FINDINGS, RULES_ROLES, RULES_HELPERS, RULES_GIVERS, RULES_GROUP_COUNT };

/* What rules find, in the order in which it comes first. */
struct rules_kind {
    struct rules_target target;
    enum rules_group group;
    MN_VECTOR(const struct mn_listed *) rules; /* that find it */
};

struct rules_names {
    struct mn_arena *arena; /* the list's */
    struct mn_names keys;   /* of the targets, by number */
    MN_VECTOR(struct rules_target) targets;
    struct mn_names kind_keys; /* of the kinds, by number */
    MN_VECTOR(struct rules_kind) kinds;
    struct mn_names captures; /* names of marks in examples but `find` */
};

/* Gathers the names of everything that is shown; false when memory is out. */
bool rules_names_fill(struct rules_names *names, const struct rules_list *list);

/* What a reference in a pattern of the pack leads to (a lexicon, class, definition, or, for a kind, the kind or else
 * the rule); null when it is not shown. */
const struct rules_target *rules_names_look_up(const struct rules_names *names, enum rules_name sort,
                                               struct mn_slice pack, struct mn_slice name);

/* The start of the ids of a sort: "rule-". */
const char *rules_name_prefix(enum rules_name sort);

/* What the rule finds, as a target. */
struct rules_target rules_kind_of(const struct mn_rule *rule);

/* The next reference in a pattern at or behind `at`: [start, end), the name without its signs. With none, an empty one
 * at the end. False only when `at` is behind the end. */
struct rules_reference {
    size_t start, end;
    enum rules_name sort;
    struct mn_slice name;
};
bool rules_next_reference(struct mn_slice pattern, size_t at, struct rules_reference *reference);

#endif
