/* What rule files say, in the order in which they say it, for people: `rules list` and `rules check --costs`. Matching
 * needs none of it. Lies in the rules' arena and lives as long as they do. */
#ifndef MN_RULES_LISTING_H
#define MN_RULES_LISTING_H

#include "base/writer.h"
#include "rules/program.h"

enum mn_listed_kind {
    MN_LISTED_COMMON,
    MN_LISTED_CLASS,
    MN_LISTED_LEXICON,
    MN_LISTED_DEFINE,
    MN_LISTED_SEGMENTATION,
    MN_LISTED_RULE,
    MN_LISTED_COUNT
};

/* A line of a lexicon or of the segmentation. */
struct mn_listed_entry {
    struct mn_slice element; /* "entry", "line", "abbreviation", "label", "column-title", "result", "furniture" */
    struct mn_slice words;   /* alternatives as written, separated by `|`; of furniture: the expression */
    struct mn_slice value;   /* what they stand for, a label's role; data null: each alternative for itself */
    enum mn_by by;           /* how a lexicon's words are compared */
    bool special;            /* abbreviation: only before a number; label: text may follow on its line */
};

/* What a rule costs wherever it is tried, and how often that is. Without triggers it is tried everywhere. */
struct mn_listed_cost {
    uint32_t states;                          /* of all its programs and their look-arounds */
    uint32_t words, classes, lexicons, spans; /* triggers of each sort, each once */
    uint32_t chance;                          /* how many of a thousand sentences hold one of them, roughly */
    bool always;
    const struct mn_atom *triggers; /* sorted, each once */
    size_t trigger_count;
};

struct mn_listed {
    enum mn_listed_kind kind;
    struct mn_slice name;         /* in full, "pack.name"; of what has none: the pack's */
    struct mn_slice text;         /* class: the expression; definition: the pattern; common: the words */
    const struct mn_slice *notes; /* those before it in the file and those in it */
    size_t note_count;
    const struct mn_listed_entry *entries; /* lexicon, segmentation */
    size_t entry_count;
    enum mn_by by;        /* lexicon: how the words of its first entry are compared */
    struct mn_slice list; /* lexicon: name of the file that its last line_count entries are from; may be empty */
    size_t line_count;
    const struct mn_rule *rule; /* null where it is none */
    struct mn_listed_cost cost; /* of a rule */
    uint32_t line;
};

struct mn_listed_file {
    struct mn_slice name; /* without its folder */
    struct mn_slice pack;
    const struct mn_slice *notes; /* those at its start */
    size_t note_count;
    const struct mn_slice *uses; /* packs that it uses */
    size_t use_count;
    const struct mn_slice *offs; /* rules that it switches off, as it names them */
    size_t off_count;
    const struct mn_listed *items; /* in the order of the file */
    size_t item_count;
};

/* In the order of their names. Files of one pack need not stand together. */
struct mn_listing {
    const struct mn_listed_file *files;
    size_t file_count;
};

/* The rules' listing, empty when they were loaded lean; never null. */
const struct mn_listing *mn_rules_listing(const struct mn_rules *rules);

/* The item of a rule, or null. */
const struct mn_listed *mn_rules_listed(const struct mn_rules *rules, const struct mn_rule *rule);

/* Writes a trigger as patterns have it: word, 'Word', ~stem, #class, [lexicon], @span. */
void mn_trigger_write(struct mn_writer *out, const struct mn_rules *rules, const struct mn_atom *trigger);

#endif
