/* Words that a line end has cut: does the hyphen there belong to the word? The document's own words decide. */
#ifndef MN_LEXIS_JOINTS_H
#define MN_LEXIS_JOINTS_H

#include "base/arena.h"

/* The words of a document, as a set of hashes. Zero-initialise it; an empty one knows no word. */
struct mn_joint_words {
    uint64_t *slots;
    size_t mask, count;
};

/* Adds the words of a line of text, but for those at its ends that a line end may have cut, and words joined by
 * hyphens as wholes. False when memory is out. */
bool mn_joint_learn(struct mn_joint_words *words, struct mn_arena *arena, struct mn_slice line);

enum mn_joint {
    MN_JOIN_SPACED,        /* the line ends between words */
    MN_JOIN_DIRECTLY,      /* its hyphen stays: "decision-/making" */
    MN_JOIN_WITHOUT_HYPHEN /* its hyphen was put there by the line end: "inspec-/tion" */
};

/* How a line is to be joined with the next one. */
enum mn_joint mn_joint_of(const struct mn_joint_words *words, struct mn_slice line, struct mn_slice next);

#endif
