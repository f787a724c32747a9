#include "base/digest.h"
#include <openssl/evp.h>
#include <pthread.h>

#define MULTIPLIER_1 UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio */
#define MULTIPLIER_2 UINT64_C(0xbf58476d1ce4e5b9) /* of SplitMix64 */
#define MULTIPLIER_3 UINT64_C(0x94d049bb133111eb)

/* Compilers make one load of it on a little-endian machine. */
static uint64_t load_64(const unsigned char *bytes)
{
    uint64_t word = 0;
    for (int i = 7; i >= 0; i--)
        word = word << 8 | bytes[i];
    return word;
}

static uint64_t load_32(const unsigned char *bytes)
{
    return bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}

/* The last bytes of a text: 1 to 7, least significant first. What is read twice is the same both times. */
static uint64_t load_tail(const unsigned char *bytes, size_t size)
{
    if (size >= 4)
        return load_32(bytes) | load_32(bytes + size - 4) << 8 * (size - 4);
    return bytes[0] | (uint64_t)bytes[size / 2] << 8 * (size / 2) | (uint64_t)bytes[size - 1] << 8 * (size - 1);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * MULTIPLIER_1;
    return hash ^ hash >> 32;
}

uint64_t mn_hash(struct mn_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    uint64_t hash = (uint64_t)text.size * MULTIPLIER_3;
    size_t at = 0;
    for (; text.size - at >= 8; at += 8)
        hash = mix(hash, load_64(bytes + at));
    if (at < text.size)
        hash = mix(hash, load_tail(bytes + at, text.size - at));
    hash = (hash ^ hash >> 30) * MULTIPLIER_2;
    hash = (hash ^ hash >> 27) * MULTIPLIER_3;
    return hash ^ hash >> 31;
}

static EVP_MD *sha256;

static void fetch_sha256(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

/* Looked up once: EVP_sha256(), which is taken where that has failed, would have it looked up for each digest. */
static const EVP_MD *the_sha256(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, fetch_sha256) == 0 && sha256 ? sha256 : EVP_sha256();
}

static bool update(EVP_MD_CTX *context, struct mn_slice text)
{
    return text.size == 0 || EVP_DigestUpdate(context, text.data, text.size) == 1;
}

static bool update_list(EVP_MD_CTX *context, const struct mn_slice *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char length[8];
        for (unsigned byte = 0; byte < 8; byte++)
            length[byte] = (char)((uint64_t)texts[i].size >> 8 * byte & 0xff);
        if (!update(context, (struct mn_slice){length, sizeof length}) || !update(context, texts[i]))
            return false;
    }
    return true;
}

bool mn_sha256(struct mn_slice text, struct mn_sha256 *out)
{
    const EVP_MD *type = the_sha256();
    return type && EVP_Digest(text.size ? text.data : "", text.size, out->bytes, NULL, type, NULL) == 1;
}

bool mn_sha256_list(const struct mn_slice *texts, size_t count, struct mn_sha256 *out)
{
    const EVP_MD *type = the_sha256();
    EVP_MD_CTX *context = type ? EVP_MD_CTX_new() : NULL;
    bool done = context && EVP_DigestInit_ex(context, type, NULL) == 1 && update_list(context, texts, count) &&
                EVP_DigestFinal_ex(context, out->bytes, NULL) == 1;
    EVP_MD_CTX_free(context);
    return done;
}

void mn_sha256_hex(const struct mn_sha256 *digest, char out[64])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        out[2 * i] = digits[digest->bytes[i] >> 4];
        out[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
}
