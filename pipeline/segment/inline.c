#include "segment/inline.h"

#include "base/utf8.h"
#include "segment/sentences.h"

#define FEWEST_WORDS 2    /* in a point of an enumeration: "(a) and" is none */
#define LONGEST_LEAD 2000 /* bytes before a lone "(1)" whose "(2)" stands in the next block */

#define MOST_STARTS 16 /* "(a)" that may begin an enumeration and are tried, so that the search stays linear */

struct candidate {
    size_t start;
    struct mark mark;
};

typedef MN_VECTOR(struct candidate) candidate_vector;

static struct mn_slice rest_of(struct mn_slice text, size_t start)
{
    return mn_slice_cut(text, start, text.size);
}

/* Words of a point up to `end`, trimmed. */
static bool says_something(struct mn_slice text, const struct candidate *candidate, size_t end)
{
    struct mn_slice words = mn_slice_trim(mn_slice_cut(text, candidate->start + candidate->mark.size, end));
    return mn_word_count(words) >= FEWEST_WORDS;
}

/* Before a further point stands ";", "," or a stop, perhaps with a short word ("and") behind it. */
static bool is_separated(struct mn_slice text, size_t start)
{
    struct mn_slice before = mn_slice_trim(mn_slice_cut(text, 0, start));
    struct mn_slice word = mn_last_word(before);
    if (word.size > 0 && word.size <= 3 && mn_starts_lower(word) && word.data[word.size - 1] >= 'a')
        before = mn_slice_trim(mn_slice_cut(before, 0, before.size - word.size));
    if (before.size == 0)
        return false;
    char c = before.data[before.size - 1];
    return c == ';' || c == ',' || c == '.' || c == ':' || mn_is_closer((unsigned char)c);
}

/* "1." inside a text is a point only behind a colon, a dash or a stop, and before a capital. */
static bool is_safe(struct mn_slice text, const struct candidate *candidate)
{
    if (candidate->mark.shape != SHAPE_DOT)
        return true;
    if (!mn_starts_upper(rest_of(text, candidate->start + candidate->mark.size)))
        return false;
    struct mn_slice before = mn_slice_trim(mn_slice_cut(text, 0, candidate->start));
    if (before.size == 0)
        return true;
    char c = before.data[before.size - 1];
    return c == ':' || c == '.' || c == ';' || c == '-' || (unsigned char)c == 0x93 || (unsigned char)c == 0x94;
}

static bool may_start_at(struct mn_slice text, size_t place)
{
    char c = text.data[place];
    bool sign = c == '(' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return sign && text.data[place - 1] == ' ';
}

/* Every enumerator inside a text holds one of these; the first from `place` on. */
static size_t find_sign(struct mn_slice text, size_t place)
{
    while (place < text.size && text.data[place] != ')' && text.data[place] != '.')
        ++place;
    return place;
}

static bool find_candidates(const struct work *work, struct mn_slice text, size_t from, candidate_vector *found)
{
    size_t sign = find_sign(text, from);
    for (size_t place = from; sign < text.size; ++place) {
        if (sign > place + MN_MARK_SIGN_WITHIN)
            place = sign - MN_MARK_SIGN_WITHIN;
        if (sign == place)
            sign = find_sign(text, place + 1);
        if (place == 0 || !may_start_at(text, place))
            continue;
        struct candidate candidate = {.start = place, .mark = mn_mark_read(rest_of(text, place))};
        uint8_t shape = candidate.mark.shape;
        if ((shape != SHAPE_PARENS && shape != SHAPE_PAREN && shape != SHAPE_DOT) ||
            mark_is_alone(&candidate.mark, rest_of(text, place)) || !is_safe(text, &candidate))
            continue;
        struct candidate *slot = MN_APPEND(work->arena, found);
        if (!slot)
            return false;
        *slot = candidate;
    }
    return true;
}

/* The reading of `mark` in which its value is `value`; SHAPE_NONE when there is none. */
static struct mark resolved(struct mark mark, uint8_t numbering, uint32_t value)
{
    if (!mn_mark_reads_as(&mark, mark.shape, numbering, value))
        return (struct mark){.shape = SHAPE_NONE};
    mark.numbering = numbering;
    mark.value = value;
    mark.other = MN_UNNUMBERED;
    return mark;
}

/* Keeps in `chain` the candidates that go on from its first one. */
static void follow(struct mn_slice text, const candidate_vector *found, size_t next, candidate_vector *chain)
{
    for (; next < found->count; ++next) {
        struct candidate candidate = found->items[next];
        const struct candidate *last = &chain->items[chain->count - 1];
        if (candidate.mark.shape != last->mark.shape)
            continue;
        struct mark mark = resolved(candidate.mark, last->mark.numbering, last->mark.value + 1);
        if (mark.shape == SHAPE_NONE || !is_separated(text, candidate.start) ||
            !says_something(text, last, candidate.start))
            continue;
        chain->items[chain->count++] = (struct candidate){candidate.start, mark};
    }
}

static bool starts_chain(const struct candidate *candidate)
{
    const struct mark *mark = &candidate->mark;
    return mark->value == 1 || (mark->other != MN_UNNUMBERED && mark->other_value == 1);
}

/* The longest chain from a first point; `own` goes on from the block's own enumerator. */
static bool find_chain(const struct work *work, struct mn_slice text, const candidate_vector *found,
                       const struct mark *own, candidate_vector *chain)
{
    if (!MN_RESERVE(work->arena, chain, found->count + 1))
        return false;
    if (own->shape >= SHAPE_DOT && own->shape <= SHAPE_PARENS) {
        struct mark mark = *own;
        for (int reading = 0; reading < 2 && chain->count < 2; ++reading) {
            chain->items[0] = (struct candidate){0, mark};
            chain->count = 1;
            follow(text, found, 0, chain);
            mark.numbering = own->other;
            mark.value = own->other_value;
            if (own->other == MN_UNNUMBERED)
                break;
        }
        if (chain->count >= 2)
            return true;
    }
    chain->count = 0;
    size_t tried = 0;
    for (size_t i = 0; i < found->count && chain->count < 2 && tried < MOST_STARTS; ++i) {
        if (!starts_chain(&found->items[i]))
            continue;
        ++tried;
        chain->items[0] = found->items[i];
        if (chain->items[0].mark.value != 1)
            chain->items[0].mark = resolved(found->items[i].mark, found->items[i].mark.other, 1);
        chain->count = 1;
        follow(text, found, i + 1, chain);
    }
    return true;
}

/* A lone "(1)" that the next block's "(2)" goes on from. */
static bool goes_on_behind(const struct block *block, const candidate_vector *chain, const struct mark *next)
{
    const struct candidate *only = &chain->items[0];
    bool ended = block->ending == ENDS_CLAUSE || block->ending == ENDS_SENTENCE || block->ending == ENDS_UNFINISHED;
    if (chain->count != 1)
        return false;
    enum ending lead = mn_text_ending(NULL, mn_slice_trim(mn_slice_cut(block->text, 0, only->start)));
    bool introduced = lead == ENDS_LEADING || lead == ENDS_UNFINISHED;
    return (ended || introduced) && only->start > 0 && only->start <= LONGEST_LEAD &&
           mn_mark_follows(&only->mark, next) && says_something(block->text, only, block->text.size);
}

static bool add_piece(const struct work *work, piece_vector *pieces, struct mn_slice text, struct mark mark)
{
    text = mn_slice_trim(text);
    if (text.size == 0)
        return true;
    struct piece *piece = MN_APPEND(work->arena, pieces);
    if (piece)
        *piece = (struct piece){text, mark};
    return piece != NULL;
}

/* Points divided by ";" or "," are no sentences of their own: the last one ends with the sentence, and what stands
 * behind that is no part of it. */
static size_t last_piece_end(const struct work *work, struct mn_slice text, const candidate_vector *chain)
{
    if (chain->count < 2)
        return text.size;
    struct mn_slice before = mn_slice_trim(mn_slice_cut(text, 0, chain->items[1].start));
    const char *stop = before.size ? memchr(before.data + before.size - 1, '.', 1) : NULL;
    if (stop)
        return text.size;
    const struct candidate *last = &chain->items[chain->count - 1];
    return mn_sentence_end(work->segmentation, text, last->start + last->mark.size);
}

bool mn_split_inline(const struct work *work, const struct block *block, const struct mark *next, piece_vector *pieces)
{
    candidate_vector found = {0}, chain = {0};
    struct mn_slice text = block->text;
    pieces->count = 0;
    if (!find_candidates(work, text, block->mark.size, &found))
        return false;
    if (found.count == 0)
        return true;
    if (!find_chain(work, text, &found, &block->mark, &chain))
        return false;
    if (chain.count == 0 || (chain.count == 1 && !goes_on_behind(block, &chain, next)))
        return true;
    if (chain.items[0].start == block->mark.size && chain.items[0].start > 0) {
        /* "(a) (i) …; (ii) …": the first point carries both enumerators. */
        if (chain.count == 1)
            return true;
        chain.items[0] = (struct candidate){0, block->mark};
    }
    const struct candidate *last = &chain.items[chain.count - 1];
    if (chain.count > 1 && !says_something(text, last, text.size))
        return true;
    struct mark lead = chain.items[0].start == 0 ? (struct mark){0} : block->mark;
    bool added =
        chain.items[0].start == 0 || add_piece(work, pieces, mn_slice_cut(text, 0, chain.items[0].start), lead);
    for (size_t i = 0; added && i + 1 < chain.count; ++i)
        added = add_piece(work, pieces, mn_slice_cut(text, chain.items[i].start, chain.items[i + 1].start),
                          chain.items[i].mark);
    size_t end = last_piece_end(work, text, &chain);
    added = added && add_piece(work, pieces, mn_slice_cut(text, last->start, end), last->mark) &&
            add_piece(work, pieces, rest_of(text, end), (struct mark){0});
    return added;
}
