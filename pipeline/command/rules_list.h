/* rules list: what the rules say, for people, as text or as one HTML page. What both have in common: which items are
 * shown, in what words a rule's parts are put, and how an example is walked through. */
#ifndef MN_COMMAND_RULES_LIST_H
#define MN_COMMAND_RULES_LIST_H

#include "base/writer.h"
#include "rules/listing.h"
#include "rules/schemes.h"

struct mn_profile;

struct rules_list {
    const struct mn_rules *rules;
    const char *const *prefixes; /* only items whose full names start with one of these; none: all */
    size_t prefix_count;
    struct mn_arena *arena;           /* for what is made on the way */
    const struct mn_profile *profile; /* what the rules did over documents (explain/profile.h); may be null */
};

/* The listing in a format. What goes wrong is remembered by the writer. */
void rules_list_text(struct mn_writer *out, const struct rules_list *list);
void rules_list_html(struct mn_writer *out, const struct rules_list *list);

/* One line a rule, the dearest first: estimate, states, triggers, name. Only rules whose names start with `only`
 * (empty: all). */
void rules_list_costs(struct mn_writer *out, const struct mn_rules *rules, struct mn_slice only);

bool rules_list_shows(const struct rules_list *list, const struct mn_listed *item);
bool rules_list_shows_file(const struct rules_list *list, const struct mn_listed_file *file); /* anything of it */

/* Is it the first shown file of its pack? Packs are listed where their first file stands, with all their files. */
bool rules_list_opens_pack(const struct rules_list *list, size_t file);

/* Grade schemes: which are shown, how many of them, and what one says, row by row: a label and words. `phrase` writes
 * to memory. */
bool rules_list_shows_scheme(const struct rules_list *list, const struct mn_scheme *scheme);
size_t rules_list_schemes(const struct rules_list *list);
void rules_list_scheme_rows(struct mn_writer *phrase, const struct mn_scheme *scheme,
                            void (*each)(void *context, struct mn_slice label, struct mn_slice words), void *context);

/* A rule's parts in words. Each writes a phrase, or nothing where there is nothing to say. */
struct rule_fact {
    const char *label;
    void (*say)(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule);
};
extern const struct rule_fact rule_facts_before[]; /* what it finds and where; to be told before its patterns */
extern const struct rule_fact rule_facts_after[];  /* what it makes of it; after them. Both end in a null label */

/* What is around a find, of conditions and gifts: " in its sentence" … */
extern const char *const rule_around_words[MN_SCOPE_COUNT];

/* A pattern of a rule, with what it is for. */
struct rule_pattern {
    const char *label;      /* "pattern", "lead-in", "not where" … */
    struct mn_slice detail; /* which column; where a condition must stand; may be empty */
    struct mn_slice text;   /* as written */
};
/* Calls `each` for all patterns of the rule in the order in which they are read. */
void rule_patterns(struct mn_writer *out, const struct mn_rule *rule,
                   void (*each)(void *context, const struct rule_pattern *pattern), void *context);

/* What a kind is to the reader: "a finding of the record", "a helper for other rules" … */
const char *rule_kind_words(struct mn_slice kind);
bool rule_kind_is_helper(struct mn_slice kind);
/* Does the rule only hand fields on, without a kind of its own? */
bool rule_only_gives(const struct mn_rule *rule);

/* How the words of a lexicon are compared, and what a line of the segmentation is. */
const char *listed_by_words(enum mn_by by);
/* How many of a lexicon's entries are shown: of a list only the first few; and what is said of the others. */
size_t listed_shown(const struct mn_listed *item);
void listed_rest(struct mn_writer *out, const struct mn_listed *item);
bool listed_alike(const struct mn_listed *item); /* all its entries in the same way */
const char *listed_entry_words(const struct mn_listed_entry *entry);

/* The next of several alternatives separated by `|`, trimmed; false at the end. *at is 0 at first. */
bool next_alternative(struct mn_slice words, size_t *at, struct mn_slice *alternative);

/* An example piece by piece: text, marks that open (a <find> with its attributes at once) and close. */
enum example_step { EXAMPLE_END, EXAMPLE_TEXT, EXAMPLE_OPEN, EXAMPLE_CLOSE };
struct example_walk {
    const struct mn_example *example;
    struct mn_arena *arena;
    size_t next; /* mark */
    uint32_t at;
    MN_VECTOR(const struct mn_field_mark *) open;
    struct mn_slice text;              /* after EXAMPLE_TEXT */
    const struct mn_field_mark *marks; /* after EXAMPLE_OPEN: the mark, then what is expected of it */
    size_t mark_count;
};
enum example_step example_next(struct example_walk *walk);

#endif
