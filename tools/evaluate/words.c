#include "words.h"
#include "base/digest.h"
#include "base/utf8.h"
#include <string.h>

/* Scores of the alignment: a matched token; each of the first tokens of a gap; each further one (page furniture and
 * footnotes in the middle of a quote are long). */
enum { MATCH_SCORE = 8, GAP_COST = 4, GAP_LONG = 4, GAP_LONG_COST = 1 };
/* Matched tokens that outweigh one differing token. */
enum { MATCHES_PER_CLASH = 8 };
/* Shortest word from whose end digits are taken for a footnote mark. */
enum { FOOTNOTE_WORD = 4 };

/* Typographic variants, each written as one ASCII character; 0: dropped. */
static const struct {
    int32_t from;
    char to;
} variants[] = {
    {'"', '\''},    {'`', '\''},    {0x00B4, '\''}, {0x02BC, '\''}, {0x2018, '\''}, {0x2019, '\''},
    {0x201A, '\''}, {0x201B, '\''}, {0x201C, '\''}, {0x201D, '\''}, {0x201E, '\''}, {0x201F, '\''},
    {0x00AB, '\''}, {0x00BB, '\''}, {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'},
    {0x2014, '-'},  {0x2015, '-'},  {0x2212, '-'},  {'*', 0},       {'#', 0},
};

static bool variant_of(int32_t code_point, char *out)
{
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (variants[i].from == code_point) {
            *out = variants[i].to;
            return true;
        }
    }
    return false;
}

bool text_fold(struct mn_arena *arena, struct mn_slice text, struct mn_slice *out)
{
    *out = MN_EMPTY;
    char *folded = mn_arena_alloc(arena, mn_utf8_fold_bound(text.size) + 1);
    if (!folded)
        return false;
    size_t size = mn_utf8_fold(text, folded);
    if (size == SIZE_MAX)
        return false;
    *out = (struct mn_slice){folded, size};
    return true;
}

static struct mn_slice strip_ends(struct mn_slice text)
{
    static const char droppable[] = "' .;,:";
    while (text.size && memchr(droppable, text.data[0], sizeof droppable - 1))
        text = mn_slice_cut(text, 1, text.size);
    while (text.size && memchr(droppable, text.data[text.size - 1], sizeof droppable - 1))
        text.size--;
    return text;
}

bool text_strict(struct mn_arena *arena, struct mn_slice folded, struct mn_slice *out)
{
    struct mn_slice lower = mn_utf8_casefold(arena, folded);
    char *written = mn_arena_alloc(arena, lower.size + 1);
    if (!written || (folded.size && !lower.data))
        return false;
    size_t size = 0;
    for (size_t at = 0; at < lower.size;) {
        size_t start = at;
        char plain;
        int32_t code_point = mn_utf8_next(lower, &at);
        if (!variant_of(code_point, &plain)) {
            memcpy(written + size, lower.data + start, at - start);
            size += at - start;
        } else if (plain) {
            written[size++] = plain;
        }
    }
    if (!text_fold(arena, (struct mn_slice){written, size}, out))
        return false;
    *out = strip_ends(*out);
    return true;
}

static bool in_word(int32_t code_point)
{
    return mn_is_letter(code_point) || mn_is_digit(code_point);
}

static struct mn_slice without_footnote(struct mn_slice word)
{
    size_t size = word.size;
    while (size && word.data[size - 1] >= '0' && word.data[size - 1] <= '9')
        size--;
    bool mark = size < word.size && size >= FOOTNOTE_WORD && !(word.data[0] >= '0' && word.data[0] <= '9');
    return mark ? mn_slice_cut(word, 0, size) : word;
}

/* The next word at or behind *at; empty at the end. */
static struct mn_slice next_word(struct mn_slice text, size_t *at)
{
    size_t start = text.size;
    while (*at < text.size) {
        size_t here = *at;
        bool inside = in_word(mn_utf8_next(text, at));
        if (inside && start == text.size)
            start = here;
        else if (!inside && start < text.size)
            return mn_slice_cut(text, start, here);
    }
    return start < text.size ? mn_slice_cut(text, start, text.size) : MN_EMPTY;
}

bool text_tokens(struct mn_arena *arena, struct mn_slice text, struct token_list *out)
{
    MN_VECTOR(struct token) list = {0};
    *out = (struct token_list){0};
    size_t at = 0;
    for (struct mn_slice word = next_word(text, &at); word.size; word = next_word(text, &at)) {
        struct token *token = MN_APPEND(arena, &list);
        struct mn_slice lower = mn_utf8_casefold(arena, without_footnote(word));
        if (!token || !lower.data)
            return false;
        size_t start = (size_t)(word.data - text.data);
        *token = (struct token){lower, mn_hash(lower), start, start + word.size};
    }
    *out = (struct token_list){list.items, list.count};
    return true;
}

static bool same(const struct token *a, const struct token *b)
{
    return a->hash == b->hash && mn_slice_equal(a->text, b->text);
}

/* True if two tokens written together are the third: "co-operation" and "cooperation". */
static bool joined(const struct token *first, const struct token *second, const struct token *whole)
{
    size_t cut = first->text.size;
    return cut + second->text.size == whole->text.size && memcmp(whole->text.data, first->text.data, cut) == 0 &&
           memcmp(whole->text.data + cut, second->text.data, second->text.size) == 0;
}

/* The best alignment that ends at a place in both sequences. */
struct cell {
    int32_t score;                 /* 0: no alignment ends here */
    uint32_t matched_a, matched_b; /* tokens matched */
    uint32_t open_a, open_b;       /* tokens passed over since the last match */
    uint32_t clashes;              /* passed over on both sides at the same place, before the last match */
    uint32_t start_a, start_b;     /* tokens in front of the alignment */
};

static uint32_t smaller(size_t a, size_t b)
{
    size_t value = a < b ? a : b;
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

/* Matches `a` and `b` tokens behind `before`, ending in front of places i and j. */
static struct cell cell_match(struct cell before, uint32_t a, uint32_t b, size_t i, size_t j)
{
    if (before.score <= 0)
        before = (struct cell){.start_a = (uint32_t)i - a, .start_b = (uint32_t)j - b};
    before.score += MATCH_SCORE;
    before.matched_a += a;
    before.matched_b += b;
    before.clashes += smaller(before.open_a, before.open_b);
    before.open_a = before.open_b = 0;
    return before;
}

static struct cell cell_gap(struct cell before, bool in_a)
{
    uint32_t open = in_a ? before.open_a++ : before.open_b++;
    before.score -= open < GAP_LONG ? GAP_COST : GAP_LONG_COST;
    return before.score > 0 ? before : (struct cell){0};
}

static struct cell better(struct cell a, struct cell b)
{
    return b.score > a.score ? b : a;
}

/* rows[0] is being filled; rows[1] and rows[2] stand one and two tokens of `a` before it. Column j: j tokens of b. */
static struct cell cell_at(struct cell *const rows[3], struct token_list a, struct token_list b, size_t i, size_t j)
{
    const struct token *last_a = &a.items[i - 1];
    const struct token *last_b = &b.items[j - 1];
    struct cell cell = better(cell_gap(rows[1][j], true), cell_gap(rows[0][j - 1], false));
    if (same(last_a, last_b))
        cell = better(cell, cell_match(rows[1][j - 1], 1, 1, i, j));
    else if (i > 1 && joined(last_a - 1, last_a, last_b))
        cell = better(cell, cell_match(rows[2][j - 1], 2, 1, i, j));
    else if (j > 1 && joined(last_b - 1, last_b, last_a))
        cell = better(cell, cell_match(rows[1][j - 2], 1, 2, i, j));
    return cell;
}

struct alignment {
    struct cell cell;
    size_t end_a, end_b;
};

static bool align(struct mn_arena *scratch, struct token_list a, struct token_list b, struct alignment *best)
{
    struct cell *rows[3];
    for (size_t r = 0; r < 3; r++) {
        rows[r] = mn_arena_zero(scratch, (b.count + 1) * sizeof **rows);
        if (!rows[r])
            return false;
    }
    *best = (struct alignment){0};
    for (size_t i = 1; i <= a.count; i++) {
        struct cell *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        for (size_t j = 1; j <= b.count; j++) {
            rows[0][j] = cell_at(rows, a, b, i, j);
            if (rows[0][j].score > best->cell.score)
                *best = (struct alignment){rows[0][j], i, j};
        }
    }
    return true;
}

bool tokens_overlap(struct mn_arena *scratch, struct token_list a, struct token_list b, struct overlap *out)
{
    struct alignment best;
    *out = (struct overlap){0};
    if (!a.count || !b.count)
        return true;
    if (!align(scratch, a, b, &best))
        return false;
    size_t matched = smaller(best.cell.matched_a, best.cell.matched_b);
    size_t clashes = best.cell.clashes + smaller(best.cell.start_a, best.cell.start_b) +
                     smaller(a.count - best.end_a, b.count - best.end_b);
    size_t both = (size_t)best.cell.matched_a + best.cell.matched_b;
    out->score = (unsigned)(both * 1000 / (a.count + b.count));
    out->possible = matched && matched * 2 >= smaller(a.count, b.count) && clashes * MATCHES_PER_CLASH <= matched;
    return true;
}

static bool run_at(struct token_list longer, size_t at, struct token_list shorter)
{
    for (size_t i = 0; i < shorter.count; i++) {
        if (!same(&longer.items[at + i], &shorter.items[i]))
            return false;
    }
    return true;
}

bool tokens_equal(struct token_list a, struct token_list b)
{
    return a.count == b.count && run_at(a, 0, b);
}

bool tokens_contain(struct token_list a, struct token_list b)
{
    struct token_list longer = a.count >= b.count ? a : b;
    struct token_list shorter = a.count >= b.count ? b : a;
    if (!shorter.count)
        return false;
    for (size_t at = 0; at + shorter.count <= longer.count; at++) {
        if (run_at(longer, at, shorter))
            return true;
    }
    return false;
}

bool tokens_locate(struct mn_arena *scratch, struct token_list quote, struct token_list text, size_t skip,
                   size_t *start, size_t *end)
{
    struct alignment best;
    *start = *end = 0;
    for (size_t at = 0; quote.count && at + quote.count <= text.count; at++) {
        if (!run_at(text, at, quote))
            continue;
        *start = at;
        *end = at + quote.count;
        if (!skip--)
            return true;
    }
    if (*end || !quote.count)
        return true;
    if (!align(scratch, quote, text, &best))
        return false;
    if ((size_t)best.cell.matched_a * 5 >= quote.count * 4) {
        *start = best.cell.start_b;
        *end = best.end_b;
    }
    return true;
}
