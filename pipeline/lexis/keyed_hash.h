/* SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, section 2): a hash for words that
 * strangers choose. Who does not know the key cannot prepare words that collide. */
#ifndef MN_LEXIS_KEYED_HASH_H
#define MN_LEXIS_KEYED_HASH_H

#include "base/slice.h"

struct mn_hash_key {
    uint64_t words[2];
};

/* A key that is another one in every process: from the system's random numbers, or, where it has none ready, from
 * `address` and the time. */
struct mn_hash_key mn_hash_key_make(const void *address);

uint64_t mn_keyed_hash(const struct mn_hash_key *key, struct mn_slice text);

#endif
