#include "lexis/keyed_hash.h"
#include <criterion/criterion.h>

/* From the authors' test vectors: key 00 01 .. 0f, text 00 01 .. (size - 1). */
static const struct {
    size_t size;
    uint64_t hash;
} vectors[] = {
    {0, UINT64_C(0x726fdb47dd0e0e31)},
    {1, UINT64_C(0x74f839c593dc67fd)},
    {8, UINT64_C(0x93f5f5799a932462)},
    {15, UINT64_C(0xa129ca6149be45e5)},
};

Test(keyed_hash, is_siphash_2_4)
{
    struct mn_hash_key key = {{UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}};
    char text[16];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)i;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        cr_expect_eq(mn_keyed_hash(&key, (struct mn_slice){text, vectors[i].size}), vectors[i].hash, "%zu bytes",
                     vectors[i].size);
}

Test(keyed_hash, keys_differ)
{
    struct mn_hash_key one = mn_hash_key_make(vectors), other = mn_hash_key_make(vectors + 1);
    cr_expect(one.words[0] != other.words[0] || one.words[1] != other.words[1]);
}
