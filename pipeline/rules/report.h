/* Messages about rule files. All are gathered, sorted by file and place and written at the end, one to a line:
 * `FILE:LINE:COLUMN: what is wrong; what was expected; a hint`. Lines and columns count from 1, columns in code
 * points. */
#ifndef MN_RULES_REPORT_H
#define MN_RULES_REPORT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/writer.h"

struct mn_rules_text;

struct mn_rule_file {
    struct mn_slice path; /* as in messages */
    struct mn_slice name; /* without its folder */
    struct mn_slice bytes;
    struct mn_slice pack;
    struct mn_xml *root;       /* null when the file could not be read */
    bool is_schemes;           /* its root is <schemes>: rules have nothing to seek in it */
    uint32_t number;           /* place in the order of names; lists stand behind rule files */
    MN_VECTOR(uint32_t) lines; /* where each line starts */
    /* While files are looked for (files.c): */
    const struct mn_rules_text *text; /* null: it lies on disk */
    struct mn_slice wanted_pack;      /* a <use> asked for it as a part of this pack */
    uint64_t device, inode;
    size_t size; /* as the disk says */
    bool is_regular;
    bool is_list;   /* words of a lexicon */
    bool is_usable; /* a list that was read without a mistake */
};

/* A byte in a file. */
struct mn_place {
    const struct mn_rule_file *file;
    size_t offset;
};

struct mn_message {
    struct mn_slice text; /* whole line */
    const struct mn_rule_file *file;
    uint32_t line, column, number;
    bool warning;
};

/* More than this is not told: who repairs files reads the first ones. */
#define MN_MOST_MESSAGES 1000

struct mn_report {
    struct mn_arena *arena;
    MN_VECTOR(struct mn_message) messages;
    size_t errors;
    bool no_memory;
};

/* Line of a byte, from 1; and its column, where `column` is not null. */
uint32_t mn_place_line(struct mn_place place, uint32_t *column);

/* Finds the line starts of a file whose bytes are set; false when memory is out. */
bool mn_rule_file_index(struct mn_arena *arena, struct mn_rule_file *file);

/* Would one more message only be counted? Then its place and hint need not be worked out. */
bool mn_report_is_full(const struct mn_report *report, bool warning);

/* A mistake: loading fails in the end. */
void mn_report_error(struct mn_report *report, struct mn_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Something that is most likely not meant, but harmless. */
void mn_report_warning(struct mn_report *report, struct mn_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sorts the messages, writes them to `all` (null is allowed), and the first error into `error`. MN_OK when there is
 * none. */
enum mn_status mn_report_finish(struct mn_report *report, struct mn_writer *all, struct mn_error *error);

#endif
