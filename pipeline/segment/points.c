/* Points that have lost the sign behind their number or letter: "1 to agree the plan; 2 to defer the rest", a run of
 * paragraphs from one up that begin small; "A Note the plan.", "B Adopt it.", which begin large. Each ends as a point
 * of a list does. */
#include "segment/blocks.h"

#define LOOK_AHEAD 12  /* leaves between two points: those of a list inside the first */
#define FEWEST_WORDS 4 /* of a point with a letter */

static bool ends_as_point(const struct block *block)
{
    return block->ending == ENDS_CLAUSE || block->ending == ENDS_SENTENCE || block->ending == ENDS_LEADING ||
           block->ending == ENDS_UNFINISHED;
}

/* "A Note the report.": no article, as a capital follows, and no name, as a line of names is shorter. */
static struct mark letter_of(const struct block *block)
{
    struct mark none = {.shape = SHAPE_NONE};
    struct mn_slice text = block->text;
    bool lettered = text.size > 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] == ' ';
    if (!lettered || mn_word_count(text) < FEWEST_WORDS || !mn_starts_upper(mn_slice_cut(text, 2, text.size)) ||
        mn_all_capitals(text))
        return none;
    return (struct mark){.shape = SHAPE_BARE,
                         .numbering = MN_UPPER_ALPHA,
                         .value = (uint32_t)(text.data[0] - 'A') + 1,
                         .depth = 1,
                         .size = 2};
}

/* The number of a block that may be such a point; SHAPE_NONE when it is none. */
static struct mark point_of(const struct block *block)
{
    struct mark none = {.shape = SHAPE_NONE};
    if (!is_text_leaf(block) || block->mark.shape != SHAPE_NONE || !ends_as_point(block))
        return none;
    struct mark letter = letter_of(block);
    if (letter.shape != SHAPE_NONE)
        return letter;
    struct mark mark = mn_mark_spaced(block->text, false);
    return mark.shape != SHAPE_NONE && mn_starts_lower(mn_slice_cut(block->text, mark.size, block->text.size)) ? mark
                                                                                                               : none;
}

/* The block with the number behind `last`, no heading between; the count of blocks when there is none within reach. */
static size_t next_point(const struct work *work, size_t at, const struct mark *last)
{
    for (int seen = 0; seen < LOOK_AHEAD; ++seen) {
        at = mn_next_leaf(work, at);
        if (at == work->blocks.count || work->blocks.items[at].use != USE_TEXT)
            break;
        struct mark mark = point_of(&work->blocks.items[at]);
        if (mark.shape != SHAPE_NONE && mark.numbering == last->numbering && mark.value == last->value + 1)
            return at;
    }
    return work->blocks.count;
}

/* Did wide blanks stand in the line, which were folded? */
static bool had_wide_blanks(const struct block *block)
{
    return (block->traits & TRAIT_LINE) && block->source_end - block->source_start > block->text.size;
}

/* Does a list begin here: with a letter behind a colon, where the next one follows or wide blanks set it apart from the
 * words, so that it is no name; with a number where the next one follows? */
static bool begins_list(const struct work *work, size_t at, const struct mark *mark)
{
    size_t previous = mn_previous_leaf(work, at);
    bool follows = next_point(work, at, mark) < work->blocks.count;
    if (mark->numbering != MN_UPPER_ALPHA)
        return follows;
    return previous < work->blocks.count && work->blocks.items[previous].ending == ENDS_LEADING &&
           (follows || had_wide_blanks(&work->blocks.items[at]));
}

void mn_find_points(struct work *work)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        struct mark mark = point_of(&work->blocks.items[i]);
        if (mark.shape == SHAPE_NONE || mark.value != 1 || !begins_list(work, i, &mark))
            continue;
        for (size_t at = i; at < work->blocks.count;) {
            struct block *block = &work->blocks.items[at];
            size_t next = next_point(work, at, &mark);
            block->mark = mark;
            if (next < work->blocks.count)
                mark = point_of(&work->blocks.items[next]);
            at = next;
        }
    }
}
