/* How the lines of a document were made, measured on the lines: where a wrapped line ends, and whether an empty line
 * means anything. The sign is a certain continuation: a line without punctuation at its end, and a small letter at the
 * start of the next. */
#include "segment/blocks.h"

#define SHORTEST_FULL_LINE 40 /* code points: shorter lines say nothing about the width */
#define WIDEST 400            /* wider "lines" are paragraphs */
#define CONTINUATIONS_PER_LINE 8
#define WIDTH_PERCENT 90

struct counts {
    uint32_t by_width[WIDEST + 1]; /* right edges of the lines that are long enough */
    uint32_t lines, wide, after_gap;
    uint32_t continuations, over_gaps;
};

static uint32_t right_edge(const struct block *line)
{
    return line->length + line->indent;
}

static bool continues_certainly(const struct block *line, const struct block *next)
{
    return line->length >= SHORTEST_FULL_LINE && right_edge(line) <= WIDEST &&
           (line->ending == ENDS_OPEN || line->ending == ENDS_UNFINISHED) && mn_starts_lower(next->text) &&
           next->mark.shape == SHAPE_NONE && !(next->traits & TRAIT_BAR_BEFORE);
}

static void count_line(struct counts *counts, const struct block *line)
{
    uint32_t edge = right_edge(line);
    if (line->length < SHORTEST_FULL_LINE)
        return;
    ++counts->lines;
    counts->wide += edge > WIDEST;
    ++counts->by_width[edge < WIDEST ? edge : WIDEST];
}

static void count_lines(const struct work *work, struct counts *counts)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        const struct block *line = &work->blocks.items[i];
        if (!is_text_leaf(line) || !(line->traits & TRAIT_LINE))
            continue;
        count_line(counts, line);
        counts->after_gap += line->length >= SHORTEST_FULL_LINE && line->gap > 0;
        size_t following = mn_next_leaf(work, i);
        if (following == work->blocks.count)
            continue;
        const struct block *next = &work->blocks.items[following];
        if (continues_certainly(line, next)) {
            ++counts->continuations;
            counts->over_gaps += next->gap > 0;
        }
    }
}

/* The edge that WIDTH_PERCENT of the lines do not pass. */
static uint32_t usual_width(const struct counts *counts)
{
    uint32_t seen = 0;
    for (uint32_t width = 0; width <= WIDEST; ++width) {
        seen += counts->by_width[width];
        if (seen * 100 >= counts->lines * WIDTH_PERCENT)
            return width;
    }
    return WIDEST;
}

void mn_measure_habits(struct work *work)
{
    struct counts counts = {0};
    count_lines(work, &counts);
    struct habits *habits = &work->habits;
    habits->wrapped = counts.continuations >= 2 && counts.continuations * CONTINUATIONS_PER_LINE >= counts.lines &&
                      counts.wide * 4 <= counts.lines;
    habits->width = habits->wrapped ? usual_width(&counts) : UINT32_MAX;
    habits->gaps_mean_nothing = habits->wrapped && counts.over_gaps * 2 >= counts.continuations;
    habits->gaps_are_used = !habits->gaps_mean_nothing && counts.after_gap > 1;
}
