/* Does a line go on with the paragraph before it? Where it stands, how far, and whether its first word would have
 * fitted on the line above say so. */
#include "layout/building.h"

#define SAME_LEFT 40 /* left edges that differ less are the same */
#define SLACK 30     /* a word that would have fitted by so much would have been put there */
#define MUCH_ROOM 800
#define LOOSE_PITCH 125 /* per cent of the document's own pitch: from here on a new paragraph */

/* Would the next line's first word have fitted behind this line? */
static bool had_room(const struct flow *flow, const struct line *line, const struct line *next)
{
    return line->box.right + mn_share(line, SLACK) + next->first_word + mn_share(line, SLACK) < flow->right;
}

bool mn_had_much_room(const struct flow *flow, const struct line *line, const struct line *next)
{
    return line->box.right + next->first_word + mn_share(line, MUCH_ROOM) < flow->right;
}

static bool same_size(const struct line *a, const struct line *b)
{
    int difference = (int)a->size - (int)b->size;
    return difference <= 5 && difference >= -5;
}

static bool same_left(const struct line *line, int32_t a, int32_t b)
{
    int32_t difference = a < b ? b - a : a - b;
    return difference <= mn_share(line, SAME_LEFT);
}

/* Does the line stand where a paragraph that begins with `first` goes on? */
static bool is_aligned(const struct line *first, const struct line *above, const struct line *line)
{
    if (same_left(line, line->box.left, above->box.left) && (above != first || first->label == 0))
        return true;
    if (above == first && same_left(line, line->box.left, first->text_left))
        return true;
    if (first->label > 0 && same_left(line, line->box.left, first->box.left))
        return true;                                           /* without a hanging indent */
    return above == first && line->box.left < first->box.left; /* the first line alone is indented */
}

bool mn_is_loose(const struct building *building, const struct line *above, const struct line *line)
{
    return (uint64_t)mn_pitch_of(above, line) * 100 > (uint64_t)building->pitch * LOOSE_PITCH ||
           line->box.bottom <= above->box.bottom;
}

/* Is the number at the line's start a point's, or does it only happen to stand there? */
static bool begins_point(const struct flow *flow, const struct line *above, const struct line *line)
{
    if (line->label == 0 || line->sure_label)
        return line->label > 0;
    return mn_text_ends_sentence(above->text) || had_room(flow, above, line) ||
           line->box.left + mn_share(line, SAME_LEFT) < above->box.left;
}

bool mn_line_goes_on(const struct building *building, const struct flow *flow, uint32_t first_index,
                     uint32_t above_index, uint32_t index)
{
    const struct line *first = mn_line_at(building, first_index), *above = mn_line_at(building, above_index),
                      *line = mn_line_at(building, index);
    bool lower = mn_text_starts_lower(line->text), ended = mn_text_ends_sentence(above->text);
    if (!same_size(above, line) || mn_is_loose(building, above, line) || begins_point(flow, above, line))
        return false;
    if (above->bold != line->bold && (ended || !lower))
        return false;
    if (mn_is_large(building->work, line))
        return lower || !had_room(flow, above, line);
    if (had_room(flow, above, line))
        return lower && !ended && !mn_had_much_room(flow, above, line) && is_aligned(first, above, line);
    return is_aligned(first, above, line) || (lower && !ended);
}

bool mn_block_continues(const struct building *building, const struct flow *flow, const struct block *before,
                        const struct line *line)
{
    if (!before || before->kind != BLOCK_PARAGRAPH || line->label > 0)
        return false;
    const struct line *first = mn_line_at(building, before->first_line),
                      *last = mn_line_at(building, before->last_line);
    struct flow old = {.left = building->last_left, .right = building->last_right};
    bool lower = mn_text_starts_lower(line->text), ended = mn_text_ends_sentence(before->text);
    if (!same_size(last, line) || (last->bold != line->bold && (ended || !lower)))
        return false;
    if (lower && !ended)
        return true;
    bool title = line->box.right + mn_share(line, MUCH_ROOM) < flow->right && !mn_text_ends_sentence(line->text);
    int32_t place = line->box.left - flow->left;
    int32_t expected = (first == last ? first->text_left : last->box.left) - old.left;
    return !title && !had_room(&old, last, line) && same_left(line, place, expected);
}
