/* Openings that come again and again on short lines: "Proposed by …", "Motion made by …". Such lines stand for
 * themselves, and they are no headings. */
#include "segment/blocks.h"

#include "base/digest.h"

#define LONGEST_FORMULA 80 /* code points of the line */
#define FEWEST_REPEATS 3
#define COUNT_BITS 0xFF /* the low byte of a slot counts, the rest is the hash */

/* The first two words, or one. */
static struct mn_slice opening_of(struct mn_slice text)
{
    size_t end = mn_first_word_size(text);
    if (end < text.size)
        end += 1 + mn_first_word_size(mn_slice_cut(text, end + 1, text.size));
    return mn_slice_cut(text, 0, end);
}

/* Lines of a table of contents end in their page. */
static bool may_be_formula(const struct block *block)
{
    return is_text_leaf(block) && block->mark.shape == SHAPE_NONE && block->length <= LONGEST_FORMULA &&
           !(block->text.data[block->text.size - 1] >= '0' && block->text.data[block->text.size - 1] <= '9');
}

static uint64_t *find_slot(const struct formulae *formulae, struct mn_slice opening)
{
    uint64_t hash = (mn_hash(opening) | (COUNT_BITS + 1)) & ~(uint64_t)COUNT_BITS;
    size_t at = (size_t)(hash >> 8) & formulae->mask;
    while (formulae->slots[at] && (formulae->slots[at] & ~(uint64_t)COUNT_BITS) != hash)
        at = (at + 1) & formulae->mask;
    if (!formulae->slots[at])
        formulae->slots[at] = hash;
    return &formulae->slots[at];
}

bool mn_count_formulae(struct work *work)
{
    size_t slots = 64, openings = 0;
    for (size_t i = 0; i < work->blocks.count; ++i)
        openings += may_be_formula(&work->blocks.items[i]);
    while (slots < openings * 2)
        slots *= 2;
    work->formulae.mask = slots - 1;
    work->formulae.slots = mn_arena_zero(work->arena, slots * sizeof *work->formulae.slots);
    if (!work->formulae.slots)
        return false;
    for (size_t i = 0; i < work->blocks.count; ++i) {
        if (!may_be_formula(&work->blocks.items[i]))
            continue;
        uint64_t *slot = find_slot(&work->formulae, opening_of(work->blocks.items[i].text));
        *slot += (*slot & COUNT_BITS) < COUNT_BITS;
    }
    return true;
}

bool mn_is_formula(const struct work *work, const struct block *block)
{
    if (!may_be_formula(block))
        return false;
    struct mn_slice opening = opening_of(block->text);
    const struct formulae *formulae = &work->formulae;
    uint64_t hash = (mn_hash(opening) | (COUNT_BITS + 1)) & ~(uint64_t)COUNT_BITS;
    for (size_t at = (size_t)(hash >> 8) & formulae->mask; formulae->slots[at]; at = (at + 1) & formulae->mask)
        if ((formulae->slots[at] & ~(uint64_t)COUNT_BITS) == hash)
            return (formulae->slots[at] & COUNT_BITS) >= FEWEST_REPEATS;
    return false;
}
