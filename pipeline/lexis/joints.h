/* Words that a line end has cut: does the hyphen there belong to the word? The document's own words decide. First the
 * words that line ends may have cut are asked for, then the document's text is looked through for them, then its line
 * ends are weighed, which shows its habit, then each of them can be judged. */
#ifndef MN_LEXIS_JOINTS_H
#define MN_LEXIS_JOINTS_H

#include "base/arena.h"

struct mn_joints {
    struct mn_joint_word *slots; /* null: nothing is asked for */
    size_t mask;
    uint32_t wholes, compounds; /* line ends of either kind that were weighed */
    uint32_t sizes[256];        /* by first byte: bit n: a word of n bytes (modulo 32) is asked for */
};

/* Makes room for so many line ends; 0 is well too. False when memory is out. */
bool mn_joints_open(struct mn_joints *joints, struct mn_arena *arena, size_t line_ends);

/* Does the line end in a hyphen with a letter before it? */
bool mn_joint_is_open(struct mn_slice line);

/* Asks for the words that `line` and `next` may make together; of a line without a hyphen at its end for none. */
void mn_joint_ask(struct mn_joints *joints, struct mn_slice line, struct mn_slice next);

/* Notes which of the words asked for stand in a text; `begins_cut`: its first word may be the rest of one that the line
 * before began. */
void mn_joint_look(struct mn_joints *joints, struct mn_slice text, bool begins_cut);

/* Counts the line end if the document shows what it is. */
void mn_joint_weigh(struct mn_joints *joints, struct mn_slice line, struct mn_slice next);

enum mn_joint {
    MN_JOIN_SPACED,        /* the line ends between words */
    MN_JOIN_DIRECTLY,      /* its hyphen stays: "decision-/making" */
    MN_JOIN_WITHOUT_HYPHEN /* its hyphen was put there by the line end: "inspec-/tion" */
};

/* How a line is to be joined with the next one. */
enum mn_joint mn_joint_of(const struct mn_joints *joints, struct mn_slice line, struct mn_slice next);

#endif
