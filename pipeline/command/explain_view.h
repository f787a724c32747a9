/* explain for people: what its parts share. What is said gathers in a line, which is then laid out. */
#ifndef MN_COMMAND_EXPLAIN_VIEW_H
#define MN_COMMAND_EXPLAIN_VIEW_H

#include "command/explain.h"

/* Columns by which lines are indented, and how long words are that are told in full. */
enum { VIEW_STEP = 2, VIEW_INNER = 4, VIEW_INMOST = 6, VIEW_MOST_WORDS = 160, VIEW_SHORT = 320 };

enum { VIEW_DEEPEST = 4 }; /* finds within finds */

struct explain_view {
    struct mn_writer *out;
    struct mn_writer line; /* to memory */
    const struct mn_explanation *explanation;
    bool all;
};

void view_say(struct explain_view *view, const char *text);
void view_slice(struct explain_view *view, struct mn_slice text);
void view_number(struct explain_view *view, uint64_t number);

/* Words on one line, the middle of long ones left out; in quotation marks. */
void view_words(struct explain_view *view, struct mn_range range);
void view_quote(struct explain_view *view, struct mn_range range);
/* In code points: "12–40" */
void view_range(struct explain_view *view, struct mn_range range);
/* A pattern on one line. */
void view_pattern(struct explain_view *view, struct mn_slice pattern);
/* "decisions.noted (decisions.xml:12)" */
void view_rule(struct explain_view *view, struct mn_slice name);

/* Lays out what was said. */
void view_end_line(struct explain_view *view, size_t indent);
void view_empty_line(struct explain_view *view);

struct mn_range view_range_of(const struct mn_span *span);

/* A field as this value (its own, or what became of it) with its words, and behind them what the words are themselves,
 * unless that is `depth` finds deep. */
void view_field(struct explain_view *view, const struct mn_field *field, struct mn_slice value, size_t indent,
                unsigned depth);

/* The same, or the grade scheme that has the judgement of this name: "ofsted-ilacs-2018.leadership
 * (schemes/ofsted-children.xml:30)". */
void view_source(struct explain_view *view, struct mn_slice name);

/* explain_judgements.c: what the judgements of a report rest on. A grade that is one of them; why something is missing;
 * why the framework was chosen; ": NAME, at …" where a judgement is told in this range. */
void view_judgement(struct explain_view *view, const struct mn_finding *finding);
void view_missing(struct explain_view *view, const struct mn_missing *missing);
void view_framework(struct explain_view *view, const struct mn_fact *fact);
void view_said(struct explain_view *view, struct mn_range range);
/* Where judgements were asked for of a grade scheme that was not chosen. */
void view_unchosen(struct explain_view *view);

/* explain_attempts.c: what was tried, and what was not. False when memory is out. */
bool view_attempts(struct explain_view *view);
void view_untried(struct explain_view *view);

#endif
