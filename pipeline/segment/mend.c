/* Paragraphs that a stray break has cut are made whole: a text that cannot end where it ends, and one behind it that
 * has no enumerator and goes on with it. */
#include "segment/blocks.h"

#define SHORTEST_CUT 40 /* code points: shorter texts end where they please */
#define FEWEST_WORDS 6
#define WIDEST_SHIFT 16

struct mending {
    struct work *work;
    size_t kept; /* blocks of the new list; it takes the place of those that have been read */
    bool failed;
};

/* "that / officers seek …; / the question be left over; and / …": clauses of a list without enumerators. */
static bool is_clause_of_list(const struct work *work, size_t at)
{
    const struct block *block = &work->blocks.items[at];
    if (block->ending != ENDS_CLAUSE)
        return false;
    size_t next = mn_next_leaf(work, at);
    return next < work->blocks.count && work->blocks.items[next].mark.shape == SHAPE_NONE &&
           mn_starts_lower(work->blocks.items[next].text);
}

static bool is_cut_before(const struct work *work, const struct block *block, size_t next_at)
{
    const struct block *next = &work->blocks.items[next_at];
    if (block->use != USE_TEXT || next->use != USE_TEXT || (next->flags & MN_SET_OFF) ||
        next->mark.shape != SHAPE_NONE || block->length < SHORTEST_CUT || mn_word_count(block->text) < FEWEST_WORDS)
        return false;
    struct mn_slice first_word = mn_slice_cut(next->text, 0, mn_first_word_size(next->text));
    if (mn_all_capitals(first_word) || first_word.data[first_word.size - 1] == ':')
        return false;
    int shift = (int)next->indent - (int)block->indent;
    if (shift >= WIDEST_SHIFT || -shift >= WIDEST_SHIFT || is_clause_of_list(work, next_at))
        return false;
    if (block->ending == ENDS_UNFINISHED)
        return !mn_starts_quoted(next->text) || mn_leaves_bracket_open(block->text);
    return block->ending == ENDS_OPEN && mn_starts_lower(next->text);
}

static void put(struct mending *mending, const struct block *block)
{
    mending->work->blocks.items[mending->kept++] = *block;
}

/* Where the pieces that start at `first` end: the last piece's index. */
static size_t find_last_piece(const struct work *work, size_t first)
{
    size_t last = first;
    for (;;) {
        size_t next = mn_next_leaf(work, last);
        const struct block *block = &work->blocks.items[last];
        if (next == work->blocks.count || !is_cut_before(work, block, next))
            return last;
        last = next;
    }
}

static bool ends_in_hyphen(struct mn_slice text)
{
    return text.size > 1 && text.data[text.size - 1] == '-' && text.data[text.size - 2] != ' ';
}

static void put_whole(struct mending *mending, size_t first, size_t last)
{
    struct work *work = mending->work;
    size_t room = 0, size = 0;
    for (size_t i = first; i <= last; ++i)
        room += is_text_leaf(&work->blocks.items[i]) ? work->blocks.items[i].text.size + 1 : 0;
    char *text = mn_arena_alloc(work->arena, room);
    if (!text) {
        mending->failed = true;
        return;
    }
    struct block whole = work->blocks.items[first];
    for (size_t i = first; i <= last; ++i) {
        const struct block *piece = &work->blocks.items[i];
        if (!is_text_leaf(piece))
            continue;
        if (size > 0 && !ends_in_hyphen((struct mn_slice){text, size}))
            text[size++] = ' ';
        if (whole.turn == 0 && piece->page > whole.page)
            whole.turn = (uint32_t)size;
        if (whole.turn == 0 && piece->turn > 0)
            whole.turn = (uint32_t)size + piece->turn;
        memcpy(text + size, piece->text.data, piece->text.size);
        size += piece->text.size;
        whole.source_end = piece->source_end;
        whole.flags &= (uint8_t)(piece->flags | ~MN_BOLD);
    }
    struct mark mark = whole.mark;
    whole.text = (struct mn_slice){text, size};
    mn_block_measure(work, &whole);
    whole.mark = mark;
    whole.traits |= TRAIT_CONTINUES;
    put(mending, &whole);
    for (size_t i = first; i <= last; ++i)
        if (!is_text_leaf(&work->blocks.items[i]))
            put(mending, &work->blocks.items[i]);
}

bool mn_mend_blocks(struct work *work)
{
    struct mending mending = {.work = work};
    for (size_t i = 0; i < work->blocks.count && !mending.failed; ++i) {
        size_t last = is_text_leaf(&work->blocks.items[i]) ? find_last_piece(work, i) : i;
        if (last == i) {
            put(&mending, &work->blocks.items[i]);
            continue;
        }
        put_whole(&mending, i, last);
        i = last;
    }
    work->blocks.count = mending.kept;
    return !mending.failed;
}
