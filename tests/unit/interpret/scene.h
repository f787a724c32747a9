/* Small documents, rules and spans made by hand, as the stages before interpret would have left them. Spans are added
 * in the order of the text. Everything lives in the scene's arena. */
#ifndef TESTS_INTERPRET_SCENE_H
#define TESTS_INTERPRET_SCENE_H

#include "interpret/interpret.h"

struct scene {
    struct mn_arena *arena;
    struct mn_document *document;
    struct mn_builder builder;
    struct mn_rules rules;
    struct mn_rule rule[16];
};

void scene_begin(struct scene *scene);
void scene_end(struct scene *scene);

/* Leaves and containers, one after the other; scene_text closes the tree. */
void scene_leaf(struct scene *scene, enum mn_node_kind kind, const char *text);
void scene_list(struct scene *scene, const char *const *items, size_t count);
void scene_text(struct scene *scene);

/* A rule: pattern rule, not giving, until the test changes it. */
struct mn_rule *scene_rule(struct scene *scene, const char *name);
struct mn_rule *scene_giver(struct scene *scene, const char *name, enum mn_give_from from, const char *to,
                            uint32_t within);

/* A span of the rule over the first occurrence of the words behind the last span's start; its index. */
uint32_t scene_span(struct scene *scene, const char *rule, const char *kind, const char *words);
/* Fields of the last span: a value, the words in the span's leaf or behind, a reference over the other span's range. */
void scene_set(struct scene *scene, const char *name, const char *value);
void scene_words(struct scene *scene, const char *name, const char *words);
void scene_refer(struct scene *scene, const char *name, uint32_t span);

/* A time span of type date, year-month-day as numbers (0: not stated). */
uint32_t scene_date(struct scene *scene, const char *words, int year, int month, int day);

/* Interprets with this anchor ("" for none). */
void scene_interpret(struct scene *scene, const char *given);

/* Attribute of the nth finding, or "" ; compared as text. */
bool scene_has(const struct scene *scene, size_t finding, const char *name, const char *value);
const struct mn_fact *scene_fact(const struct scene *scene, const char *name, const char *role);

/* Is the slice this text? */
bool is(struct mn_slice slice, const char *text);

#endif
