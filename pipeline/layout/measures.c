/* The measures of the document's own type: how far its lines stand apart, which sizes its headings have. */
#include "layout/building.h"

#define NARROW_PITCH 70 /* pitches of lines, from one base line to the next, as they are measured */
#define WIDE_PITCH 250
#define PITCH_STEP 5
#define USUAL_PITCH 124
#define FREQUENT 5       /* a pitch that a fifth as many lines have as have the most frequent one */
#define HEADING_SIZE 112 /* per cent of the body's size */

uint32_t mn_pitch_of(const struct line *above, const struct line *below)
{
    int64_t pitch = (int64_t)below->box.bottom - above->box.bottom;
    int64_t size = (int64_t)below->size * SIZE_UNIT;
    return size > 0 && pitch > 0 && pitch < 10 * size ? (uint32_t)(pitch * 100 / size) : 0;
}

uint32_t mn_find_pitch(const struct work *work)
{
    uint32_t counts[WIDE_PITCH / PITCH_STEP + 2] = {0}, most = 0, usual = 0;
    for (size_t i = 1; i < work->lines.count; i++) {
        const struct line *above = &work->lines.items[i - 1], *below = &work->lines.items[i];
        uint32_t pitch = mn_pitch_of(above, below);
        if (above->page == below->page && above->size == below->size && below->size == work->body_size &&
            pitch >= NARROW_PITCH && pitch <= WIDE_PITCH)
            counts[pitch / PITCH_STEP]++;
    }
    for (uint32_t i = 0; i <= WIDE_PITCH / PITCH_STEP; i++)
        most = counts[i] + counts[i + 1] > most ? counts[i] + counts[i + 1] : most;
    if (most == 0)
        return USUAL_PITCH;
    while ((counts[usual] + counts[usual + 1]) * FREQUENT < most)
        usual++;
    if (counts[usual + 1] > counts[usual])
        usual++;
    return usual * PITCH_STEP + PITCH_STEP - 1;
}

bool mn_is_large(const struct work *work, const struct line *line)
{
    return (uint32_t)line->size * 100 >= (uint32_t)work->body_size * HEADING_SIZE;
}

void mn_find_heading_sizes(struct building *building)
{
    const struct work *work = building->work;
    for (size_t i = 0; i < work->lines.count; i++) {
        uint16_t size = work->lines.items[i].size;
        if (work->lines.items[i].use != LINE_TEXT || !mn_is_large(work, &work->lines.items[i]))
            continue;
        uint32_t at = 0;
        while (at < building->heading_count && building->heading_sizes[at] > size)
            at++;
        if (at == MN_HEADING_LEVELS || (at < building->heading_count && building->heading_sizes[at] == size))
            continue;
        building->heading_count += building->heading_count < MN_HEADING_LEVELS;
        for (uint32_t j = building->heading_count - 1; j > at; j--)
            building->heading_sizes[j] = building->heading_sizes[j - 1];
        building->heading_sizes[at] = size;
    }
}

uint8_t mn_level_of(const struct building *building, uint16_t size)
{
    uint32_t level = 0;
    while (level + 1 < building->heading_count && building->heading_sizes[level] > size)
        level++;
    return (uint8_t)(level + 1);
}
