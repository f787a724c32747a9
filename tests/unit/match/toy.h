/* Rules and documents made by hand for the tests of match/. Patterns are written in a toy language: words, `.` any
 * token, `[lexicon]` or `[lexicon=value]`, `@kind` or `@@rule`, `name:(…)`, ( | ), ? * + with a further ? for lazy,
 * `^` `$`, `>(…)` ahead, `<(…)` behind, `!>(…)` `!<(…)` negated (at most TOY_LOOK tokens). */
#ifndef MN_TEST_TOY_H
#define MN_TEST_TOY_H

#include "match/match.h"
#include "match/program_run.h"

enum { TOY_RULES = 12, TOY_REFERENCES = 24, TOY_KEYS = 16, TOY_LOOK = 4 };

struct toy {
    struct mn_arena *arena;
    struct mn_rules rules;
    struct mn_rule rule[TOY_RULES];
    struct mn_span_reference references[TOY_REFERENCES];
    struct mn_span_sets span_sets[TOY_REFERENCES];
    struct mn_atom keys[TOY_RULES][TOY_KEYS];
    size_t key_counts[TOY_RULES];
    uint32_t key_sets[TOY_RULES];
    struct mn_index index; /* for toy_ground */
    struct mn_forms *forms;
    struct mn_match_scratch *scratch;
    struct mn_document *document;
    struct mn_builder builder;
};

void toy_open(struct toy *toy);
void toy_close(struct toy *toy);

struct mn_program *toy_program(struct toy *toy, const char *pattern);
uint32_t toy_reference(struct toy *toy, const char *name, bool is_rule);
void toy_entry(struct toy *toy, const char *lexicon, const char *words, const char *value);

/* The next rule in run order; `pattern` may be null. Words, entries and spans that trigger it are named by toy_trigger;
 * without any it is tried everywhere. */
struct mn_rule *toy_rule(struct toy *toy, const char *name, const char *finds, const char *pattern);
struct mn_program **toy_programs(struct toy *toy, const char *pattern, size_t *count); /* one program */
void toy_add_pattern(struct toy *toy, struct mn_rule *rule, const char *pattern);
struct mn_condition *toy_condition(struct toy *toy, struct mn_rule *rule, bool unless, const char *pattern);
void toy_trigger_word(struct toy *toy, const struct mn_rule *rule, const char *word);
void toy_trigger_entry(struct toy *toy, const struct mn_rule *rule, const char *lexicon);
void toy_trigger_span(struct toy *toy, const struct mn_rule *rule, const char *name, bool is_rule);

/* Seals the rules. Then a document: leaves by toy->builder or toy_leaf, and toy_match, as often as wanted. */
void toy_seal(struct toy *toy);
void toy_begin(struct toy *toy);
uint32_t toy_leaf(struct toy *toy, enum mn_node_kind kind, const char *text, size_t enumerator);
void toy_tokenise(struct toy *toy); /* a sentence ends behind " ." and at the leaf's end */
void toy_match(struct toy *toy);

/* The tokens at hand to run programs on, with spans by reference (or null). */
struct mn_ground toy_ground(struct toy *toy, const mn_span_list *spans);

/* The evidence of span `index`; its field's value, or its words; "-" when there is none. All as C strings. */
const char *toy_evidence(struct toy *toy, size_t index);
const char *toy_field(struct toy *toy, size_t index, const char *name);

/* All evidences with " | " between them. */
const char *toy_finds(struct toy *toy);

#endif
