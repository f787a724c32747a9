/* Compiled rules, as match/ runs them: plain immutable arrays shared by all threads. rules.h makes them.
 *
 * A pattern is a nondeterministic automaton whose steps consume a token (a test on the token's form: integers only), a
 * lexicon entry or a span that another rule found (several tokens at once), or nothing. Alternatives are ordered:
 * `next` is preferred to `other`, which gives Perl's semantics (leftmost; greedy and lazy repetition). match/ visits
 * each pair of state and token at most once per scope, so a rule costs at most states × tokens of the scope. Bounded
 * repetition is written out; no cycle of states consumes nothing. */
#ifndef MN_RULES_PROGRAM_H
#define MN_RULES_PROGRAM_H

#include "lexis/forms.h"

enum mn_op {
    MN_OP_ACCEPT,
    MN_OP_TOKEN,   /* consume one token that passes the test: next */
    MN_OP_LEXICON, /* consume the longest entry of lexicon `argument` (filtered by values): next */
    MN_OP_SPAN,    /* consume a span of kind or rule `argument`, the longest that starts here first: next */
    MN_OP_SPLIT,   /* consume nothing: next, else other */
    MN_OP_OPEN,    /* note the start of capture `argument`: next */
    MN_OP_CLOSE,   /* note the end of capture `argument`: next */
    MN_OP_START,   /* only at the scope's start: next */
    MN_OP_END,     /* only at the scope's end: next */
    MN_OP_LOOK,    /* look-around `argument` must hold (or not, when negated): next */
    MN_OP_COUNT
};

enum mn_test {
    MN_TEST_ANY,
    MN_TEST_SYMBOL,
    MN_TEST_CLASS,
    MN_TEST_SET /* the form is in test set `argument` (vocabulary.h): alternatives of words and classes */
};

struct mn_state {
    uint8_t op;      /* enum mn_op */
    uint8_t test;    /* enum mn_test, of MN_OP_TOKEN */
    uint8_t by;      /* enum mn_by, of MN_TEST_SYMBOL */
    uint8_t negated; /* MN_OP_TOKEN: any token that fails the test; MN_OP_LOOK: must not hold */
    uint32_t argument;
    uint32_t next, other;
    /* A search comes here at a token by one way at most, if it comes by one only to what stands before: it need not
     * remember that it was here. */
    bool single;
    /* In mn_program.values: of MN_OP_LEXICON accepted value numbers (count 0: all); of MN_TEST_SET where its words are
     * written, pairs of `source` and `definition`. Of MN_OP_SPLIT `argument` and `values` are numbers in
     * mn_program.firsts: what the ways by `next` and by `other` begin with. */
    uint32_t values, value_count;
    /* For explain: the definition in which the element is written (MN_NO_SYMBOL: the pattern itself), and the byte at
     * which it begins there. */
    uint32_t definition, source;
    /* The element of the pattern that it was made for, a hash: what repetition writes out several times is one. */
    uint32_t element;
};

/* What a way through the states begins with: the token passes the test of a state, or it is in a set, or a span begins
 * there. */
struct mn_first {
    uint32_t state; /* number + 1 of the only state there, which consumes a token; 0: see below */
    uint32_t set;   /* test set; 0: none */
    uint64_t spans; /* bits by mn_span_bit */
};

/* References share bits. */
static inline uint64_t mn_span_bit(uint32_t reference)
{
    return UINT64_C(1) << (reference % 64);
}

/* A simplification of a program that is quick to run: what it does not match the program does not match either. It has
 * no captures and no preference, look-arounds always hold, and all states made for one element of the pattern are one,
 * so that a bounded repetition goes on for ever. It is the position automaton of Glushkov (1961) run by bits, as
 * Navarro and Raffinot do ("Flexible pattern matching in strings", 2002, section 5.2.3). Sets of elements are words: a
 * bit each, and two for the ends of matches. */
enum { MN_SKETCH_ELEMENTS = 62 };
#define MN_SKETCH_END (UINT64_C(1) << 62)       /* a match may end here */
#define MN_SKETCH_SCOPE_END (UINT64_C(1) << 63) /* if the scope does so too */

struct mn_sketch_element {
    uint64_t follow; /* what may come behind it */
    uint32_t state;  /* of the program: one that the element stands for; it consumes something */
};

struct mn_sketch {
    const struct mn_sketch_element *elements;
    uint32_t count;
    uint64_t first; /* what a match may begin with */
    uint64_t jumps; /* elements that take an entry or a span */
};

struct mn_program;

struct mn_look {
    struct mn_program *program; /* bounded: needs at most `longest` tokens */
    bool behind;                /* must end here instead of start here */
    uint32_t shortest, longest; /* tokens, at most MN_LIMIT_LOOK_TOKENS */
};

struct mn_capture {
    struct mn_slice name;
    /* Somewhere in the pattern the capture is one lexicon reference, or alternatives of such: where it was filled
     * there, its value is the entry's. The same for span references: the field refers to that span. */
    bool lexicon_value, span;
};

/* So many things that matches need are known of a program at most. */
enum { MN_MOST_NEEDS = 8 };

struct mn_program {
    /* What a match cannot do without, together as it is asked for first. Key: a token of this key set, or the start of
     * a span in it, stands key_least to key_most tokens behind the match's start; 0: not known. First and last: what
     * the match begins with and what it ends with, where it ends at the scope's end; numbers in `firsts`, 0: anything.
     * Marks: the scope has all of them, that of the key first, then that of the rarest. */
    uint32_t key, key_least, key_most, first, last;
    bool anchored; /* every way in passes MN_OP_START first */
    bool floats;   /* it begins with any number of any tokens: where it does not match, it matches nowhere behind */
    uint16_t mark_count;
    uint16_t marks[MN_MOST_NEEDS];
    uint32_t state_count;
    struct mn_state *states; /* state 0 is where it starts */
    /* Of the ways from a split on, by the numbers in its state; number 0 is not used: anything, or nothing, may come.
     */
    const struct mn_first *firsts;
    struct mn_look *looks;
    uint32_t *values;
    struct mn_capture *captures; /* the same names in the same order in all programs of a rule; conditions have none */
    uint32_t capture_count;
    uint32_t look_count;
    uint32_t key_rate;              /* of a million tokens so many are in the key set, roughly */
    uint32_t number;                /* among all patterns and conditions of the rule set */
    const struct mn_sketch *sketch; /* null: none */
    struct mn_slice text;           /* the pattern as written, for explain */
    uint32_t line;
};

/* Does a token pass the test of a state that consumes one? */
static inline bool mn_state_takes(const struct mn_state *state, const struct mn_form *form)
{
    bool passes = true;
    switch ((enum mn_test)state->test) {
    case MN_TEST_ANY:
        break;
    case MN_TEST_SYMBOL:
        passes = form->symbols[state->by] == state->argument;
        break;
    case MN_TEST_CLASS:
        passes = form->classes[state->argument / 64] >> (state->argument % 64) & 1;
        break;
    case MN_TEST_SET:
        passes = mn_form_in(form, state->argument);
        break;
    }
    return passes != (state->negated != 0);
}

/* Is a match one token that passes the test of state 0? */
static inline bool mn_program_is_test(const struct mn_program *program)
{
    return program->state_count == 2 && program->states[0].op == MN_OP_TOKEN && program->states[1].op == MN_OP_ACCEPT;
}

/* Can what has this number in `firsts` begin at a token of this form, at which spans with these bits begin? */
static inline bool mn_first_begins(const struct mn_program *program, uint32_t number, const struct mn_form *form,
                                   uint64_t spans)
{
    if (number == 0)
        return true;
    const struct mn_first *first = &program->firsts[number];
    if (first->state)
        return mn_state_takes(&program->states[first->state - 1], form);
    return (first->set && mn_form_in(form, first->set)) || (spans & first->spans);
}

/* Spans are referred to by number: a kind ("@time") or one rule ("@pack.name"). */
struct mn_span_reference {
    struct mn_slice name;
    bool is_rule;
};

enum mn_scope {
    MN_IN_SENTENCE,
    MN_IN_BLOCK, /* a leaf's words */
    MN_IN_HEAD,  /* a heading's words */
    MN_IN_ITEM,  /* a list item with all that is in it */
    MN_IN_LIST,
    MN_IN_CELL,
    MN_IN_ROW,
    MN_IN_TABLE,
    MN_IN_SECTION, /* a div */
    MN_IN_OPENING, /* each of the document's first 60 leaves */
    MN_IN_DOCUMENT,
    MN_IN_SPAN, /* the words of each span of kind `scope_span` */
    MN_SCOPE_COUNT
};

enum mn_side { MN_EITHER_SIDE, MN_BEFORE, MN_AFTER };

struct mn_condition {
    struct mn_program *program;
    bool unless;           /* the rule does not match where this does; otherwise only where this does */
    uint32_t near_capture; /* index into the captures of the rule's programs, MN_NO_SYMBOL: the evidence */
    uint32_t within;       /* tokens between them at most; UINT32_MAX: anywhere in the scope */
    enum mn_side side;     /* where it must stand relative to near */
    bool on_lead_in;       /* list rules: looked for in the lead-in instead of the item */
    /* Looked for in the sentence, block … that the match starts in (one of those that mn_give has); MN_SCOPE_COUNT: in
     * the scope of the rule. */
    enum mn_scope in;
};

struct mn_set {
    struct mn_slice name, value;
};

enum mn_rule_type { MN_PATTERN_RULE, MN_LIST_RULE, MN_TABLE_RULE, MN_SECTION_RULE };
enum mn_evidence { MN_EVIDENCE_MATCH, MN_EVIDENCE_SENTENCE, MN_EVIDENCE_BLOCK, MN_EVIDENCE_ITEM };
enum mn_items { MN_ITEMS_LIST, MN_ITEMS_PARAGRAPHS, MN_ITEMS_EITHER };
enum mn_headers { MN_HEADERS_TOP, MN_HEADERS_SIDE, MN_HEADERS_EITHER };
enum mn_values { MN_VALUES_RIGHT, MN_VALUES_BELOW, MN_VALUES_EITHER };

/* Where what a rule found is handed on as fields of other finds. */
enum mn_give_from {
    MN_GIVE_ALL, /* to every find in the scope */
    MN_GIVE_INSIDE,
    MN_GIVE_BEFORE,
    MN_GIVE_AFTER,
    MN_GIVE_AROUND
};

struct mn_give {
    uint32_t number;         /* among all of the rule set */
    struct mn_slice to;      /* kind of the finds that get the fields */
    struct mn_slice lacking; /* finds that have this field of their own get nothing; may be empty */
    enum mn_give_from from;
    enum mn_scope in;        /* MN_GIVE_ALL: MN_IN_SENTENCE, _BLOCK, _ITEM, _LIST, _TABLE, _SECTION or _DOCUMENT */
    uint32_t within, tokens; /* leaves, tokens between them at most; UINT32_MAX: any number */
    int32_t priority;        /* of several givers the higher one wins */
};

struct mn_column {
    struct mn_slice name;
    struct mn_program *header; /* must match the column's header cell */
    struct mn_program *cell;   /* null: any text; its captures become fields, the whole cell the field `name` */
};

struct mn_example {
    struct mn_slice text;            /* blocks separated by newlines */
    bool counter;                    /* must not match */
    struct mn_field_mark {           /* marked parts, in order */
        struct mn_slice name, value; /* value empty: not checked */
        uint32_t start, end;         /* bytes of text */
        uint32_t line, column;       /* in the file */
    } * marks;
    size_t mark_count;
    struct mn_slice date; /* anchor for the example, or empty */
    uint32_t line, column;
};

struct mn_rule {
    struct mn_slice name; /* "pack.name" */
    struct mn_slice file;
    uint32_t line;
    uint32_t number; /* in run order: a rule only refers to spans of rules before it */
    enum mn_rule_type type;
    struct mn_slice finds; /* kind of the spans; of section rules: the role */
    uint32_t kind;         /* reference number of `finds` as a kind */
    uint32_t self;         /* reference number of this rule, MN_NO_SYMBOL when nobody refers to it */
    enum mn_scope scope;
    uint32_t scope_span; /* MN_IN_SPAN: reference number */
    bool off;            /* never tried: a file of the rule set switches it off */
    bool used;           /* of a pack that is loaded because another one uses it: its examples are not run */
    int32_t priority;
    enum mn_evidence evidence;
    bool overlaps;                   /* its finds stay whatever else is found there, and drive out nothing */
    struct mn_slice key;             /* capture whose overlap decides conflicts within a kind; empty: the evidence */
    const struct mn_slice *sections; /* scopes must lie in a section of one of these roles (any depth) */
    size_t section_count;
    const struct mn_slice *not_sections; /* and in none of these */
    size_t not_section_count;
    struct mn_program **patterns; /* pattern rules: tried in order at each start; list rules: lead-ins; table rules
                                     without columns: labels; sections: headings */
    size_t pattern_count;
    struct mn_program **items; /* list rules: an item must match one of them, if there are any; of labels: values */
    size_t item_count;
    struct mn_program **nested; /* list rules: sub-items are finds of their own if each matches one of these */
    size_t nested_count;
    enum mn_items items_from;
    struct mn_column *columns; /* table rules; where there are none, `patterns` are labels and `items` their values */
    size_t column_count;
    enum mn_headers headers; /* where the columns' headers stand */
    enum mn_values values;   /* where a label's value stands */
    /* Key sets: the rule is tried on the scopes in which one of them occurs; none: on every scope. */
    const uint32_t *keys;
    size_t key_count;
    struct mn_condition *conditions;
    size_t condition_count;
    struct mn_set *sets;
    size_t set_count;
    struct mn_give *gives;
    size_t give_count;
    struct mn_example *examples;
    size_t example_count;
};

/* The name of a capture by its number, which is the same in all programs of the rule; empty when there is none. */
static inline struct mn_slice mn_rule_capture(const struct mn_rule *rule, uint32_t number)
{
    const struct mn_program *program = rule->pattern_count  ? rule->patterns[0]
                                       : rule->column_count ? rule->columns[0].header
                                       : rule->item_count   ? rule->items[0]
                                                            : NULL;
    return program && number < program->capture_count ? program->captures[number].name : MN_EMPTY;
}

/* A pattern with a name, for explain. */
struct mn_definition {
    struct mn_slice name; /* in full */
    struct mn_slice text;
};

typedef MN_VECTOR(uint32_t) mn_number_list;

/* The sets that spans of a reference are in. */
struct mn_span_sets {
    struct mn_marks marks;
    mn_number_list keys;
};

struct mn_names;
struct mn_segmentation;
struct mn_listing;
struct mn_scheme;

struct mn_rules {
    struct mn_vocabulary *vocabulary; /* sealed */
    struct mn_rule *rules;            /* in run order */
    size_t rule_count;
    size_t give_count;      /* of all rules */
    uint32_t program_count; /* patterns and conditions */
    struct mn_span_reference *references;
    size_t reference_count;
    struct mn_span_sets *span_sets; /* for each reference */
    const struct mn_definition *definitions;
    size_t definition_count;
    const struct mn_segmentation *segmentation;
    const struct mn_listing *listing; /* what the files say, for people (listing.h); null: loaded lean */
    const struct mn_scheme *schemes;  /* in the order of the files (schemes.h) */
    size_t scheme_count;
    struct mn_names *phrase_words; /* the words of the schemes' phrases */
    struct mn_slice sha256;        /* 64 hexadecimal digits: over all rule files, by name */
    struct mn_arena *arena;        /* owns all of the above but the vocabulary */
};

#endif
