/* Helpers of the rule tests: files with expected outcomes beside them. */
#ifndef TEST_RULES_SUPPORT_H
#define TEST_RULES_SUPPORT_H

#include "rules/rules.h"

#define RULES_FOLDER MN_TEST_SOURCE_DIR "/tests/unit/rules"

/* Calls `check` with the path of every *.xml in the folder, sorted; their number. */
size_t for_each_rule_file(const char *folder, void (*check)(const char *path));

/* Loads one file; messages (without the folders' names) are appended to `messages`. Null when it has mistakes. */
struct mn_rules *load_rules(const char *path, struct mn_writer *messages);

/* The same for the first path of a source. */
struct mn_rules *load_source(const struct mn_rules_source *source, struct mn_writer *messages);

/* The same for rules given as text: what stands inside <rules>. */
struct mn_rules *load_text(const char *inside, struct mn_writer *messages);

/* Fails the test unless the file beside `path` with .txt for .xml holds exactly this text. With MN_ACCEPT set in the
 * environment it is written instead. */
void expect_beside(const char *path, const struct mn_writer *actual);

/* Everything that was compiled, as text: rules in run order, programs, examples, triggers. */
void dump_rules(struct mn_writer *out, const struct mn_rules *rules);

/* printf into a writer. */
void print(struct mn_writer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
