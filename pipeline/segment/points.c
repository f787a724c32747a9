/* Points that have lost the sign behind their number, "1 to agree the plan; 2 to defer the rest": a run of paragraphs
 * from one up that begin small, each ending as a point of a list does. */
#include "segment/blocks.h"

#define LOOK_AHEAD 12 /* leaves between two points: those of a list inside the first */
#define FEWEST 2

static bool ends_as_point(const struct block *block)
{
    return block->ending == ENDS_CLAUSE || block->ending == ENDS_SENTENCE || block->ending == ENDS_LEADING ||
           block->ending == ENDS_UNFINISHED;
}

/* The number of a block that may be such a point; SHAPE_NONE when it is none. */
static struct mark point_of(const struct block *block)
{
    struct mark none = {.shape = SHAPE_NONE};
    if (!is_text_leaf(block) || block->mark.shape != SHAPE_NONE || !ends_as_point(block))
        return none;
    struct mark mark = mn_mark_spaced(block->text, false);
    return mark.shape != SHAPE_NONE && mn_starts_lower(mn_slice_cut(block->text, mark.size, block->text.size)) ? mark
                                                                                                               : none;
}

/* The block with the next number, no heading between; the count of blocks when there is none within reach. */
static size_t next_point(const struct work *work, size_t at, uint32_t value)
{
    for (int seen = 0; seen < LOOK_AHEAD; ++seen) {
        at = mn_next_leaf(work, at);
        if (at == work->blocks.count || work->blocks.items[at].use != USE_TEXT)
            break;
        struct mark mark = point_of(&work->blocks.items[at]);
        if (mark.shape != SHAPE_NONE && mark.value == value)
            return at;
    }
    return work->blocks.count;
}

static uint32_t length_of_run(const struct work *work, size_t at)
{
    uint32_t length = 0;
    while (at < work->blocks.count)
        at = next_point(work, at, ++length + 1);
    return length;
}

void mn_find_points(struct work *work)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        struct mark mark = point_of(&work->blocks.items[i]);
        if (mark.shape == SHAPE_NONE || mark.value != 1 || length_of_run(work, i) < FEWEST)
            continue;
        for (size_t at = i; at < work->blocks.count;) {
            struct block *block = &work->blocks.items[at];
            size_t next = next_point(work, at, mark.value + 1);
            block->mark = mark;
            if (next < work->blocks.count)
                mark = point_of(&work->blocks.items[next]);
            at = next;
        }
    }
}
