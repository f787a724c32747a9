#include "lexis/keyed_hash.h"

#include <sys/random.h>
#include <time.h>

enum { ROUNDS_PER_WORD = 2, LAST_ROUNDS = 4 };

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void turn(uint64_t v[4], int rounds)
{
    for (int i = 0; i < rounds; i++) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] = rotate(v[2], 32);
    }
}

/* Up to 8 bytes, least significant first. */
static uint64_t load(const unsigned char *bytes, size_t size)
{
    uint64_t word = 0;
    for (size_t i = size; i-- > 0;)
        word = word << 8 | bytes[i];
    return word;
}

static void take(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    turn(v, ROUNDS_PER_WORD);
    v[0] ^= word;
}

uint64_t mn_keyed_hash(const struct mn_hash_key *key, struct mn_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    uint64_t v[4] = {key->words[0] ^ UINT64_C(0x736f6d6570736575), key->words[1] ^ UINT64_C(0x646f72616e646f6d),
                     key->words[0] ^ UINT64_C(0x6c7967656e657261), key->words[1] ^ UINT64_C(0x7465646279746573)};
    size_t at = 0;
    for (; text.size - at >= 8; at += 8)
        take(v, load(bytes + at, 8));
    take(v, (uint64_t)text.size << 56 | (at < text.size ? load(bytes + at, text.size - at) : 0));
    v[2] ^= 0xff;
    turn(v, LAST_ROUNDS);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct mn_hash_key mn_hash_key_make(const void *address)
{
    struct mn_hash_key key;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) == (ssize_t)sizeof key)
        return key;
    struct timespec now = {0};
    timespec_get(&now, TIME_UTC);
    return (struct mn_hash_key){{(uint64_t)(uintptr_t)address, (uint64_t)now.tv_sec ^ (uint64_t)now.tv_nsec << 34}};
}
