#include "lexis/shape.h"

#include "base/utf8.h"
#include <libstemmer.h>

bool mn_shaper_open(struct mn_shaper *shaper)
{
    shaper->stemmer = sb_stemmer_new("english", NULL);
    shaper->arena = mn_arena_create();
    return shaper->stemmer && shaper->arena;
}

void mn_shaper_close(struct mn_shaper *shaper)
{
    if (shaper->stemmer)
        sb_stemmer_delete(shaper->stemmer);
    mn_arena_destroy(shaper->arena);
    *shaper = (struct mn_shaper){NULL, NULL};
}

/* Lowers ASCII in place of folding; false at the first byte that is not ASCII. */
static bool lower_ascii(struct mn_slice token, char *out)
{
    for (size_t i = 0; i < token.size; i++) {
        unsigned char byte = (unsigned char)token.data[i];
        if (byte >= 0x80)
            return false;
        out[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    return true;
}

/* A copy with every ’ as '. */
static struct mn_slice plain_apostrophes(struct mn_arena *arena, struct mn_slice word)
{
    static const char curly[] = "\xE2\x80\x99";
    char *out = mn_arena_alloc(arena, word.size + 1);
    size_t size = 0;
    if (!out)
        return MN_EMPTY;
    for (size_t i = 0; i < word.size;) {
        bool is_curly = word.size - i >= 3 && memcmp(word.data + i, curly, 3) == 0;
        out[size++] = is_curly ? '\'' : word.data[i];
        i += is_curly ? 3 : 1;
    }
    return (struct mn_slice){out, size};
}

struct mn_slice mn_shaper_fold(struct mn_shaper *shaper, struct mn_slice token)
{
    mn_arena_reset(shaper->arena);
    char *lower = mn_arena_alloc(shaper->arena, token.size + 1);
    if (!lower)
        return MN_EMPTY;
    if (lower_ascii(token, lower))
        return (struct mn_slice){lower, token.size};
    struct mn_slice folded = mn_utf8_casefold(shaper->arena, token);
    return folded.data ? plain_apostrophes(shaper->arena, folded) : MN_EMPTY;
}

struct mn_slice mn_shaper_stem(struct mn_shaper *shaper, struct mn_slice folded)
{
    const sb_symbol *stem = sb_stemmer_stem(shaper->stemmer, (const sb_symbol *)folded.data, (int)folded.size);
    if (!stem)
        return MN_EMPTY;
    return (struct mn_slice){(const char *)stem, (size_t)sb_stemmer_length(shaper->stemmer)};
}
