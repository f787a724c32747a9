#include "base/digest.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static void expect_sha256(const struct mn_sha256 *digest, const char *expected)
{
    char hex[65] = {0};
    mn_sha256_hex(digest, hex);
    cr_expect_str_eq(hex, expected);
}

/* The examples of FIPS 180-4. */
Test(digest, sha256)
{
    struct mn_sha256 digest;
    cr_assert(mn_sha256(MN_LITERAL("abc"), &digest));
    expect_sha256(&digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cr_assert(mn_sha256(MN_EMPTY, &digest));
    expect_sha256(&digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

Test(digest, sha256_of_lists_knows_the_boundaries)
{
    struct mn_slice one[] = {MN_LITERAL("ab"), MN_LITERAL("c")}, other[] = {MN_LITERAL("a"), MN_LITERAL("bc")};
    struct mn_sha256 first, second, single;
    cr_assert(mn_sha256_list(one, 2, &first) && mn_sha256_list(other, 2, &second));
    cr_expect_neq(memcmp(&first, &second, sizeof first), 0);
    cr_assert(mn_sha256(MN_LITERAL("\2\0\0\0\0\0\0\0ab\1\0\0\0\0\0\0\0c"), &single));
    cr_expect_eq(memcmp(&first, &single, sizeof first), 0);
    cr_assert(mn_sha256_list(NULL, 0, &first) && mn_sha256(MN_EMPTY, &single));
    cr_expect_eq(memcmp(&first, &single, sizeof first), 0);
}

/* The same on every machine: tables written by one and read by another, and the order of anything hashed. */
Test(digest, hash_is_pinned)
{
    cr_expect_eq(mn_hash(MN_EMPTY), 0);
    cr_expect_eq(mn_hash(MN_LITERAL("committee")), UINT64_C(0xb5fedd8fd047d1b8));
}

static int compare_hashes(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* A hundred thousand words that differ little: no two alike in 64 bits, and the low and high bits well spread. */
Test(digest, hash_spreads)
{
    enum { WORDS = 100000, BINS = 1 << 16 };
    static uint64_t hashes[WORDS];
    static unsigned low[BINS], high[BINS];
    for (size_t i = 0; i < WORDS; i++) {
        char word[32];
        int size = snprintf(word, sizeof word, "%s%zu", i % 2 ? "item " : "recommendation ", i);
        hashes[i] = mn_hash((struct mn_slice){word, (size_t)size});
        low[hashes[i] % BINS]++;
        high[hashes[i] >> 48]++;
    }
    for (size_t i = 0; i < BINS; i++)
        cr_assert(low[i] < 14 && high[i] < 14, "bin %zu holds %u and %u", i, low[i], high[i]);
    qsort(hashes, WORDS, sizeof hashes[0], compare_hashes);
    for (size_t i = 1; i < WORDS; i++)
        cr_assert_neq(hashes[i - 1], hashes[i]);
}

Test(digest, hash_sees_every_byte_and_the_length)
{
    char text[41] = {0};
    for (size_t size = 1; size < sizeof text; size++) {
        uint64_t before = mn_hash((struct mn_slice){text, size});
        cr_expect_neq(before, mn_hash((struct mn_slice){text, size - 1}), "%zu zero bytes and one less", size);
        for (size_t i = 0; i < size; i++) {
            text[i] = 1;
            cr_expect_neq(before, mn_hash((struct mn_slice){text, size}), "byte %zu of %zu", i, size);
            text[i] = 0;
        }
    }
}
