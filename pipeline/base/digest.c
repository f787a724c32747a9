#include "base/digest.h"

#include <openssl/evp.h>

static uint64_t load(const char *data, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, data, size);
    return word;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ b) * UINT64_C(0x9E3779B97F4A7C15);
    return x ^ (x >> 32);
}

/* Eight bytes at a time, each mixed by a multiplication; the length is part of the start. */
uint64_t mn_hash(struct mn_slice text)
{
    uint64_t hash = UINT64_C(0x2545F4914F6CDD1D) ^ text.size;
    size_t at = 0;
    for (; text.size - at >= 8; at += 8)
        hash = mix(hash, load(text.data + at, 8));
    if (at < text.size)
        hash = mix(hash, load(text.data + at, text.size - at));
    return mix(hash, hash >> 29);
}

static bool update(EVP_MD_CTX *context, struct mn_slice text)
{
    return EVP_DigestUpdate(context, text.size ? text.data : "", text.size) == 1;
}

bool mn_sha256(struct mn_slice text, struct mn_sha256 *out)
{
    return EVP_Digest(text.size ? text.data : "", text.size, out->bytes, NULL, EVP_sha256(), NULL) == 1;
}

bool mn_sha256_list(const struct mn_slice *texts, size_t count, struct mn_sha256 *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; ok && i < count; i++) {
        char length[8];
        for (size_t j = 0; j < sizeof length; j++)
            length[j] = (char)(((uint64_t)texts[i].size >> (8 * j)) & 0xff);
        ok = update(context, (struct mn_slice){length, sizeof length}) && update(context, texts[i]);
    }
    ok = ok && EVP_DigestFinal_ex(context, out->bytes, NULL) == 1;
    EVP_MD_CTX_free(context);
    return ok;
}

void mn_sha256_hex(const struct mn_sha256 *digest, char out[64])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        out[2 * i] = digits[digest->bytes[i] >> 4];
        out[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
}
