/* What the parts of the loader share while rule files are loaded. Everything that the compiled rules keep lies in
 * rules->arena; trees, patterns and tables lie in `scratch` and go when loading is done. Functions report mistakes and
 * go on; running out of memory is noted in report.no_memory, and who sees it stops. */
#ifndef MN_RULES_LOADER_H
#define MN_RULES_LOADER_H

#include "base/limits.h"
#include "rules/language.h"
#include "rules/listing.h"
#include "rules/nearest.h"
#include "rules/order.h"
#include "rules/pattern.h"
#include "rules/rules.h"

struct mn_lexicon_facts {
    uint32_t longest; /* tokens of its longest entry */
    uint32_t entries;
    uint32_t rate;                 /* how many of a million tokens begin an entry, roughly */
    struct mn_names firsts;        /* the words that entries begin with: shape and symbol as bytes */
    uint32_t number;               /* in the vocabulary */
    bool used;                     /* in a pattern */
    bool whole;                    /* in one that does not ask for values */
    struct mn_names values, asked; /* of its entries; those that patterns ask for */
};

/* Numbers of span references, each once. */
struct mn_reference_list {
    MN_VECTOR(uint32_t) items;
};

struct mn_define {
    struct mn_pattern pattern;
    struct mn_slice pack;
    struct mn_reference_list references;
    struct mn_names captures;
    bool used; /* in a pattern */
};

/* A rule on its way. */
struct mn_draft {
    struct mn_rule rule;
    const struct mn_rule_file *file;
    const struct mn_xml *xml;
    struct mn_slice pack;
    struct mn_names captures;            /* of all its patterns */
    bool captures_unknown;               /* one of them could not be read, which is told already */
    struct mn_reference_list references; /* spans it refers to */
    mn_number_list keys;                 /* of the rule */
    uint32_t key_rate; /* how many of a million tokens are in one of them; UINT32_MAX: some pattern has no key */
};

struct mn_rule_files {
    struct mn_rule_file **items;
    size_t count, capacity;
};

/* What <common> says of a word. */
struct mn_common {
    struct mn_slice word;
    uint32_t rate; /* of a million tokens */
};

struct mn_rates {
    MN_VECTOR(struct mn_common) common;
    MN_VECTOR(uint32_t) symbols[MN_BY_COUNT]; /* by symbol; 0 where nothing is said */
    uint32_t classes[MN_LIMIT_TOKEN_CLASSES];
};

struct mn_loader {
    const struct mn_rules_source *source;
    struct mn_arena *scratch;
    struct mn_arena *trees;     /* of patterns: `scratch` for definitions, `rule` for what is in a rule */
    struct mn_arena *rule;      /* while one rule is drafted */
    struct mn_arena *work;      /* while one pattern is compiled */
    struct mn_word_list *words; /* made once for all patterns: compile.c … */
    struct mn_firsts *firsts;   /* … and needs.c */
    struct mn_rules *rules;
    struct mn_segmentation *segmentation;
    struct mn_report report;
    struct mn_rule_files files; /* in the order of their names once all are found */
    struct mn_rule_files lists; /* that lexicons are read from */
    size_t bytes;               /* of both */
    size_t list_bytes;          /* of lists, as often as a lexicon reads them */
    struct mn_names uses;       /* packs in use that were looked for, each with the folder it was looked for in */
    uint64_t checked;           /* states that checks have looked at */
    struct mn_inclusion_search *inclusion; /* made once for all questions (inclusion.c) */
    struct mn_names class_names, lexicon_names, define_names, rule_names, role_names, scheme_names;
    struct mn_rates rates;
    MN_VECTOR(struct mn_lexicon_facts) lexicons;
    MN_VECTOR(struct mn_define) defines;
    MN_VECTOR(struct mn_span_sets) span_sets; /* by reference, as far as there are any */
    MN_VECTOR(uint32_t) classes;              /* numbers in the vocabulary */
    MN_VECTOR(bool) class_uses;               /* by the same numbers as `classes`: in a pattern */
    MN_VECTOR(struct mn_draft) drafts;        /* in the order of the files; numbers of rule_names */
    uint32_t *order;                          /* drafts in the order in which they run */
    struct mn_names references;               /* kinds by their name; rules by `@` and their full name */
    struct mn_names span_names; /* all that `@` may stand before; made for the first message that needs them */
    bool has_span_names;
    uint32_t entries; /* of all lexicons */
    uint32_t gives;   /* of all rules */
    bool states_told; /* that there are too many of them */
    uint32_t states;  /* of all patterns so far, at most MN_LIMIT_RULE_SET_STATES */
};

/* Finds, reads and checks all rule files, those of packs in use too. False when one of them could not be: what stands
 * in it would seem unknown everywhere (files.c). */
bool mn_files_load(struct mn_loader *loader);

/* The list that a lexicon in `file` names, read if it has not been; null on a mistake, which is told once. */
const struct mn_rule_file *mn_files_list(struct mn_loader *loader, const struct mn_rule_file *file,
                                         const struct mn_xml *xml);

/* The next line of a list that holds words, without its end; false behind the last. *at is 0 at first (lexicons.c). */
bool mn_list_next(struct mn_slice bytes, size_t *at, struct mn_slice *line);

/* Sets rules->sha256: over all files by name, then all lists by name. */
void mn_files_digest(struct mn_loader *loader);

/* Enters all classes, lexicons, definitions, rules' names and segmentation data (declare.c). */
void mn_declare(struct mn_loader *loader);

/* "pack.name" in the permanent arena; null data when memory is out. */
struct mn_slice mn_full_name(struct mn_loader *loader, struct mn_slice pack, struct mn_slice name);

/* Looks a name up as the README says: in its own pack, in `common`, in full. MN_NO_SYMBOL when there is none. */
uint32_t mn_look_up(struct mn_loader *loader, const struct mn_names *names, struct mn_slice pack, struct mn_slice name);

/* The number of a span reference (a kind or a rule), or MN_NO_SYMBOL. */
uint32_t mn_look_up_span(struct mn_loader *loader, struct mn_slice pack, struct mn_slice name);

/* Parses all definitions, puts them in order and resolves them; a circle is an error (resolve.c). */
void mn_resolve_defines(struct mn_loader *loader);

/* Looks up every name of a parsed pattern, works out lengths and costs, and gathers the spans it refers to. False, and
 * root MN_NO_NODE, on a mistake. */
bool mn_resolve(struct mn_loader *loader, struct mn_pattern *pattern, struct mn_slice pack,
                struct mn_reference_list *references);

void mn_refer(struct mn_loader *loader, struct mn_reference_list *list, uint32_t reference);

void mn_report_unknown_span(struct mn_loader *loader, struct mn_place place, struct mn_slice name);

/* Makes the program of a resolved pattern, in the permanent arena. Captures are numbered by the names in `captures`;
 * without it (conditions, look-arounds) they are left out. Null on a mistake (compile.c). */
struct mn_program *mn_compile(struct mn_loader *loader, const struct mn_pattern *pattern,
                              const struct mn_names *captures);

/* Adds the names of a resolved pattern's captures, those in its definitions too. */
void mn_gather_captures(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_names *captures);

/* Reads all rules into loader->drafts (draft.c). */
void mn_draft_rules(struct mn_loader *loader);

/* The examples of a rule (examples.c). */
void mn_draft_examples(struct mn_loader *loader, struct mn_draft *draft);

/* Reads one example, of a rule on its way or, with `draft` null, of something else; false when memory is out. Whether
 * it is a counterexample the caller says. */
bool mn_read_example(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_draft *draft,
                     const struct mn_xml *xml, struct mn_example *example);

/* Makes rules->schemes of the files of grade schemes (schemes.c). */
void mn_load_schemes(struct mn_loader *loader);

/* Rates: how many of a million tokens are of a kind, roughly (rates.c). */
void mn_rates_word(struct mn_loader *loader, struct mn_slice word, uint32_t rate);
/* Works out the rates of all classes, once they and all common words are known. */
void mn_rates_classes(struct mn_loader *loader);
uint32_t mn_rate_of_class(const struct mn_loader *loader, uint32_t class_id);
uint32_t mn_rate_of_symbol(const struct mn_loader *loader, enum mn_by by, uint32_t symbol);
/* Counts the word that an entry begins with, once for a lexicon. */
void mn_rates_entry(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, enum mn_by by, struct mn_slice words);
uint32_t mn_rate_sum(uint32_t a, uint32_t b); /* at most UINT32_MAX */

/* The sum of two lengths in tokens, at most MN_UNBOUNDED. */
uint32_t mn_add_length(uint32_t a, uint32_t b);

/* What a match of the node needs, given its children's needs (needs.c). */
void mn_needs_of(struct mn_loader *loader, const struct mn_pattern *pattern, struct mn_pattern_node *node);
/* Sets the program's key and marks, by the needs of the pattern's root. A condition has a key only if that is rare, as
 * it is not what scopes are found by. */
void mn_needs_tell(struct mn_loader *loader, const struct mn_pattern_node *root, bool condition,
                   struct mn_program *program);
/* The test set of these atoms; 0 when there are too many sets already (or memory is out). */
uint32_t mn_test_set(struct mn_loader *loader, struct mn_atom *atoms, size_t count);
/* Sets what matches of the program, and ways from its splits, begin and end with. */
void mn_needs_first(struct mn_loader *loader, struct mn_program *program);

/* Makes the program's sketch, if it can have one (sketch.c). */
void mn_sketch(struct mn_loader *loader, struct mn_program *program);

/* Puts the drafts into rules->rules, in an order in which every rule stands behind those it refers to; a
 * circle is an error (run_order.c). */
void mn_order_rules(struct mn_loader *loader);

/* Makes rules->listing of what was loaded without a mistake (listing.c). */
void mn_list_files(struct mn_loader *loader);

/* Reports an unknown name with the one that may be meant. */
void mn_report_unknown(struct mn_loader *loader, struct mn_place place, const char *what, const char *sign,
                       struct mn_slice name, const struct mn_names *names, const char *expected);

#endif
