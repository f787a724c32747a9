/* Loading rule files: XML in, compiled rules out (program.h). The language's reference is rules/README.md, its schema
 * schemas/rules.rng. Rule files are untrusted: sizes, nesting and states are bounded, no entities, no network. */
#ifndef MN_RULES_RULES_H
#define MN_RULES_RULES_H

#include "base/writer.h"
#include "rules/program.h"
#include "rules/segmentation.h"

/* A rule file, or a list that a rule file names, as a text. */
struct mn_rules_text {
    const char *name; /* as in messages; *.xml: a rule file */
    struct mn_slice text;
};

/* What is known about the fields of a kind of find, for checks: their names and, where only some will do, values. */
struct mn_known_field {
    struct mn_slice name;
    const struct mn_slice *values; /* null: any */
    size_t value_count;
};
struct mn_known_kind {
    struct mn_slice name;
    const struct mn_known_field *fields;
    size_t field_count;
    bool is_finding; /* rules can give to it */
};

/* Where rules come from: files and folders. Where there are texts, these are all the files that there are; paths then
 * name those that are loaded, without paths all of them are. */
struct mn_rules_source {
    const char *const *paths;
    size_t path_count;
    const char *library; /* folder in which packs are looked for that do not stand beside the file that uses them, or
                          * null */
    const struct mn_rules_text *texts;
    size_t text_count;
    bool lean;                         /* without what only people read: examples, notes, the listing */
    bool check;                        /* look for what can hardly be meant, too (checks.c, check_fields.c) … */
    const struct mn_known_kind *kinds; /* … and for fields that nobody will read; null: all are read */
    size_t kind_count;
};

/* Loads every *.xml directly in each of the folders and in its folder `schemes`, and each file, and the packs that they
 * use, in the order of their names (bytes); compiles them together. Messages read `FILE:LINE:COLUMN: what is wrong;
 * what was expected; a hint`. On failure *rules is null and error holds the first message; `all`, when not null, gets
 * every message, one to a line, sorted by file and place. Warnings (`FILE:LINE:COLUMN: warning: …`) go to `all` too,
 * also on success; they are no failure. */
enum mn_status mn_rules_load_source(const struct mn_rules_source *source, struct mn_rules **rules,
                                    struct mn_writer *all, struct mn_error *error);
/* The same for files and folders. */
enum mn_status mn_rules_load(const char *const *paths, size_t path_count, struct mn_rules **rules,
                             struct mn_writer *all, struct mn_error *error);
/* The same for one rule file given as text; `name` (NUL-terminated) stands for the file in messages. */
enum mn_status mn_rules_load_text(const char *name, struct mn_slice text, struct mn_rules **rules,
                                  struct mn_writer *all, struct mn_error *error);
void mn_rules_free(struct mn_rules *rules); /* null is allowed */

/* The element that a state was made from, as it is written in its pattern or definition: [ofsted.grade], ~judge. A
 * slice of that text; `work` is for what is made on the way. */
struct mn_slice mn_rules_element(const struct mn_rules *rules, const struct mn_program *program,
                                 const struct mn_state *state, struct mn_arena *work);

/* The rule with this full name, or null. */
const struct mn_rule *mn_rules_find(const struct mn_rules *rules, struct mn_slice name);

#endif
