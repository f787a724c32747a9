/* Does one pattern find something wherever another one does? Answered on their programs, side by side: every way
 * through the one is followed with all states that the other can be in. Sound, not complete: tests of one token are
 * compared by what they say, look-arounds of the one are taken to hold and those of the other not to, and what takes
 * too long is not known to be so. */
#ifndef MN_RULES_INCLUSION_H
#define MN_RULES_INCLUSION_H

#include "rules/loader.h"

struct mn_inclusion {
    const struct mn_program *inner;
    uint32_t inner_start;            /* the state from which its ways are followed */
    struct mn_program *const *outer; /* one of these has to match */
    size_t outer_count;
    uint32_t outer_start; /* of each of them */
    bool anywhere;        /* it may start at a token behind the start, too */
};

/* True when, wherever `inner` matches, one of `outer` matches from the same token on (or, with `anywhere`, from a token
 * of the match on): at most as far, but for a last element that is a lexicon, which may take a longer entry. False when
 * that is not so or not known. */
bool mn_is_included(struct mn_loader *loader, const struct mn_inclusion *question);

/* Does a match begin with this capture, and not with nothing of it? With `to_end`: does it end with it as well? */
bool mn_capture_begins(struct mn_loader *loader, const struct mn_program *program, uint32_t capture, bool to_end);

#endif
