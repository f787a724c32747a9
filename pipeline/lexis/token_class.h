/* Token classes: PCRE2 expressions that must match a whole token. The compiled classes are immutable and shared; what
 * matching needs to write stands in a matcher, one per thread. */
#ifndef MN_LEXIS_TOKEN_CLASS_H
#define MN_LEXIS_TOKEN_CLASS_H

#include "base/limits.h"
#include "lexis/vocabulary.h"

struct mn_token_classes {
    void *codes[MN_LIMIT_TOKEN_CLASSES];                    /* pcre2_code */
    uint32_t least_bytes[MN_LIMIT_TOKEN_CLASSES];           /* shorter tokens cannot match */
    uint64_t first_bytes[256][MN_LIMIT_TOKEN_CLASSES / 64]; /* classes that a token with this first byte may match */
    uint32_t count;
};

_Static_assert(MN_LIMIT_TOKEN_CLASSES == 128, "struct mn_form holds two words of class bits");

/* Compiles one more class; MN_RULE_ERROR with PCRE2's message, MN_OVER_LIMIT for too many. */
enum mn_status mn_token_classes_add(struct mn_token_classes *classes, struct mn_slice expression,
                                    struct mn_error *error);
void mn_token_classes_free(struct mn_token_classes *classes);

struct mn_class_matcher {
    void *match;   /* pcre2_match_data */
    void *context; /* pcre2_match_context */
};

bool mn_class_matcher_open(struct mn_class_matcher *matcher);
void mn_class_matcher_close(struct mn_class_matcher *matcher);

/* The bits of the classes that the token is in. A match that would take more than MN_LIMIT_PCRE_STEPS counts as none.
 */
void mn_token_classes_test(const struct mn_token_classes *classes, const struct mn_class_matcher *matcher,
                           struct mn_slice token, uint64_t bits[MN_LIMIT_TOKEN_CLASSES / 64]);

#endif
