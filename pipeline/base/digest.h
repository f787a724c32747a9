/* Hashes: a fast 64-bit one for tables (the same on every machine, not for untrusted equality) and SHA-256 for
 * provenance (libcrypto). */
#ifndef MN_BASE_DIGEST_H
#define MN_BASE_DIGEST_H

#include "base/slice.h"

uint64_t mn_hash(struct mn_slice text);

struct mn_sha256 {
    unsigned char bytes[32];
};

/* SHA-256 of a slice (FIPS 180-4); false when libcrypto fails. */
bool mn_sha256(struct mn_slice text, struct mn_sha256 *out);

/* SHA-256 of several slices one after the other, each preceded by its length as 8 little-endian bytes, so that moving
 * a boundary changes the digest. */
bool mn_sha256_list(const struct mn_slice *texts, size_t count, struct mn_sha256 *out);

/* 64 lower-case hexadecimal digits, no NUL. */
void mn_sha256_hex(const struct mn_sha256 *digest, char out[64]);

#endif
