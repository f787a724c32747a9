/* What is no text of the document: the rules' furniture lines, page numbers and running heads. */
#include "segment/blocks.h"

#include "base/digest.h"

/* A bare number so near to a page's edge (lines) is a page number. */
#define EDGE_LINES 2
#define HEAD_EDGE_LINES 3
#define LONGEST_RUNNING_HEAD 140
#define SHORTEST_RUNNING_HEAD 8
#define FEWEST_REPEATS 3
#define NUMBERED_WORDS 4 /* "Recommendation 1", "Notice of Motion 2" are headings of the text */
#define NUMBERED_SIZE 24
/* A number that stands so far to the right, or after so many empty lines, may be a page number of a text without page
 * breaks. */
#define PAGE_NUMBER_INDENT 25
#define PAGE_NUMBER_GAP 2

/* A line without the number at its one end. */
struct trimmed {
    struct mn_slice words;
    uint32_t number;
    bool numbered;
};

struct repeat {
    struct mn_slice words;
    uint32_t count, last_number, steps; /* steps: numbers that follow the one before */
    uint32_t at_edge;
};

struct repeats {
    MN_VECTOR(struct repeat) all;
    uint32_t *slots; /* number in `all`, plus one; 0: a free slot */
    size_t mask;
    uint32_t *of_block; /* the same; 0: no running head */
};

static bool is_line(const struct block *block)
{
    return is_text_leaf(block) && (block->traits & TRAIT_LINE);
}

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct trimmed trim_number(struct mn_slice text, bool leading)
{
    size_t start = 0, end = text.size;
    struct trimmed trimmed = {0};
    if (leading)
        while (start < end && is_ascii_digit(text.data[start]) && start < 5)
            trimmed.number = trimmed.number * 10 + (uint32_t)(text.data[start++] - '0');
    else
        while (end > 0 && is_ascii_digit(text.data[end - 1]) && text.size - end < 5)
            --end;
    for (size_t i = end; !leading && i < text.size; ++i)
        trimmed.number = trimmed.number * 10 + (uint32_t)(text.data[i] - '0');
    trimmed.numbered = start > 0 || end < text.size;
    trimmed.words = mn_slice_trim(mn_slice_cut(text, start, end));
    return trimmed;
}

/* ---- page breaks ---- */

/* For each block the lines to the nearest page break before or after it, capped; 255: none near. */
static void measure_edges(const struct work *work, uint8_t *edges)
{
    size_t count = work->blocks.count;
    unsigned since = 255;
    for (size_t i = 0; i < count; ++i) {
        const struct block *block = &work->blocks.items[i];
        if (block->flags & MN_BROKEN_OFF)
            since = 0;
        edges[i] = (uint8_t)(since < 255 ? since : 255);
        since += is_line(block) && since < 255;
    }
    unsigned until = 255;
    for (size_t i = count; i-- > 0;) {
        const struct block *block = &work->blocks.items[i];
        if (until < edges[i])
            edges[i] = (uint8_t)until;
        until += is_line(block) && until < 255;
        if (block->flags & MN_BROKEN_OFF)
            until = 0;
    }
}

static void make_furniture(struct block *block)
{
    block->use = USE_FURNITURE;
    block->kind = MN_FW;
}

/* ---- the rules' lines ---- */

static void mark_listed(struct work *work)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        struct block *block = &work->blocks.items[i];
        if (is_text_leaf(block) && mn_segmentation_is_furniture(work->segmentation, block->text))
            make_furniture(block);
    }
}

/* ---- bare page numbers ---- */

/* A line drawn with signs, which converters leave at the end of a page. */
static bool is_drawn(const struct block *block)
{
    return block->what == BLOCK_LEAF && block->use == USE_FURNITURE && !mn_has_letters(block->text) &&
           block->mark.shape != SHAPE_BARE;
}

static bool stands_at_drawn_line(const struct work *work, size_t at)
{
    const struct block *blocks = work->blocks.items;
    return (at > 0 && is_drawn(&blocks[at - 1])) || (at + 1 < work->blocks.count && is_drawn(&blocks[at + 1]));
}

static void mark_numbers_at_breaks(struct work *work, const uint8_t *edges)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        struct block *block = &work->blocks.items[i];
        if (is_line(block) && block->mark.shape == SHAPE_BARE &&
            (edges[i] < EDGE_LINES || stands_at_drawn_line(work, i)))
            make_furniture(block);
    }
}

static bool may_be_page_number(const struct work *work, size_t at)
{
    const struct block *block = &work->blocks.items[at];
    if (!is_line(block) || block->mark.shape != SHAPE_BARE)
        return false;
    return block->indent >= PAGE_NUMBER_INDENT || block->gap >= PAGE_NUMBER_GAP || at + 1 == work->blocks.count;
}

/* Without page breaks: bare numbers that go up by one through the whole text. */
static void mark_number_sequence(struct work *work)
{
    uint32_t last = 0, steps = 0;
    for (int pass = 0; pass < 2; ++pass) {
        last = 0;
        for (size_t i = 0; i < work->blocks.count; ++i) {
            struct block *block = &work->blocks.items[i];
            if (!may_be_page_number(work, i) || block->mark.value < last || block->mark.value > last + 1)
                continue;
            steps += pass == 0 && block->mark.value == last + 1;
            last = block->mark.value;
            if (pass == 1)
                make_furniture(block);
        }
        if (steps < 2)
            return;
    }
}

/* ---- running heads and feet ---- */

/* Its number, plus one, added if new; 0 when memory is out. */
static uint32_t find_repeat(struct mn_arena *arena, struct repeats *repeats, struct mn_slice words)
{
    size_t at = (size_t)mn_hash(words) & repeats->mask;
    while (repeats->slots[at] && !mn_slice_equal(repeats->all.items[repeats->slots[at] - 1].words, words))
        at = (at + 1) & repeats->mask;
    if (repeats->slots[at])
        return repeats->slots[at];
    struct repeat *repeat = MN_APPEND(arena, &repeats->all);
    if (!repeat)
        return 0;
    *repeat = (struct repeat){.words = words};
    return repeats->slots[at] = (uint32_t)repeats->all.count;
}

/* Null: no running head. */
static struct repeat *repeat_of(const struct repeats *repeats, size_t block)
{
    uint32_t number = repeats->of_block[block];
    return number ? &repeats->all.items[number - 1] : NULL;
}

static bool may_run(const struct block *block)
{
    return is_line(block) && block->text.size <= LONGEST_RUNNING_HEAD &&
           (block->mark.shape == SHAPE_NONE || block->mark.shape == SHAPE_BULLET) && block->ending != ENDS_LEADING &&
           block->ending != ENDS_CLAUSE;
}

static bool is_head_text(struct mn_slice words)
{
    return words.size >= SHORTEST_RUNNING_HEAD && mn_has_letters(words);
}

static bool make_repeats(const struct work *work, struct repeats *repeats)
{
    size_t slots = 64, heads = 0;
    for (size_t i = 0; i < work->blocks.count; ++i)
        heads += may_run(&work->blocks.items[i]);
    while (slots < heads * 2)
        slots *= 2;
    *repeats = (struct repeats){.mask = slots - 1};
    repeats->slots = mn_arena_zero(work->arena, slots * sizeof *repeats->slots);
    repeats->of_block = mn_arena_zero(work->arena, (work->blocks.count + 1) * sizeof *repeats->of_block);
    return repeats->slots && repeats->of_block;
}

static void free_repeats(const struct work *work, struct repeats *repeats)
{
    mn_arena_release(work->arena, repeats->slots);
    mn_arena_release(work->arena, repeats->of_block);
    MN_RELEASE(work->arena, &repeats->all);
}

static bool count_repeats(const struct work *work, struct repeats *repeats, const uint8_t *edges, bool leading)
{
    for (size_t i = 0; i < work->blocks.count; ++i) {
        const struct block *block = &work->blocks.items[i];
        if (!may_run(block))
            continue;
        struct trimmed trimmed = trim_number(block->text, leading);
        if (!is_head_text(trimmed.words))
            continue;
        repeats->of_block[i] = find_repeat(work->arena, repeats, trimmed.words);
        struct repeat *repeat = repeat_of(repeats, i);
        if (!repeat)
            return false;
        if (repeat->count && trimmed.numbered && trimmed.number == repeat->last_number + 1)
            ++repeat->steps;
        repeat->last_number = trimmed.number;
        repeat->at_edge += edges[i] < HEAD_EDGE_LINES;
        ++repeat->count;
    }
    return true;
}

/* Numbered from page to page, or nearly always at a page's edge and on many pages. */
static bool runs(const struct repeat *repeat, uint32_t pages)
{
    if (repeat->count < FEWEST_REPEATS)
        return false;
    bool long_enough = repeat->words.size >= NUMBERED_SIZE && mn_word_count(repeat->words) >= NUMBERED_WORDS;
    bool counts_up = repeat->steps * 3 >= repeat->count * 2 || repeat->steps + 1 == repeat->count;
    if (counts_up && (long_enough || repeat->at_edge * 2 >= repeat->count))
        return true;
    return repeat->at_edge * 5 >= repeat->count * 4 && repeat->at_edge * 2 >= pages;
}

static bool mark_running_heads(struct work *work, const uint8_t *edges, uint32_t pages, bool leading)
{
    struct repeats repeats;
    if (!make_repeats(work, &repeats) || !count_repeats(work, &repeats, edges, leading))
        return false;
    for (size_t i = 0; i < work->blocks.count; ++i) {
        const struct repeat *repeat = repeat_of(&repeats, i);
        if (repeat && runs(repeat, pages))
            make_furniture(&work->blocks.items[i]);
    }
    free_repeats(work, &repeats);
    return true;
}

static uint32_t count_pages(const struct work *work)
{
    uint32_t pages = 1;
    for (size_t i = 0; i < work->blocks.count; ++i)
        pages += (work->blocks.items[i].flags & MN_BROKEN_OFF) != 0;
    return pages;
}

/* Furniture and page breaks between two leaves are remembered on the second, as its gap says nothing then. */
static void mark_bars(struct work *work)
{
    bool bar = false;
    for (size_t i = 0; i < work->blocks.count; ++i) {
        struct block *block = &work->blocks.items[i];
        bar |= block->use == USE_FURNITURE || (block->flags & MN_BROKEN_OFF);
        if (is_text_leaf(block)) {
            if (bar)
                block->traits |= TRAIT_BAR_BEFORE;
            bar = false;
        }
    }
}

bool mn_mark_furniture(struct work *work)
{
    uint8_t *edges = mn_arena_alloc(work->arena, work->blocks.count ? work->blocks.count : 1);
    if (!edges)
        return false;
    mark_listed(work);
    measure_edges(work, edges);
    mark_numbers_at_breaks(work, edges);
    uint32_t pages = count_pages(work);
    measure_edges(work, edges);
    if (!mark_running_heads(work, edges, pages, false) || !mark_running_heads(work, edges, pages, true))
        return false;
    if (pages == 1)
        mark_number_sequence(work);
    mark_bars(work);
    return true;
}
