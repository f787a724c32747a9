/* Sequences of enumerators as lists and lists inside items. */
#include "segment/outline.h"

#define LOOK_AHEAD 8      /* leaves that may decide between two readings */
#define MOST_INTERPOSED 3 /* paragraphs without enumerator between two points of one list */
#define LONGEST_INTERPOSED 600
#define LONGEST_AFTER_BULLET 200
#define LONGEST_TITLE 80 /* that an item does not run on over */
#define LARGEST_JUMP 3   /* numbers that may be missing in a sequence */
#define INDENT_STEP 2

static struct mark as_other(struct mark mark)
{
    mark.numbering = mark.other;
    mark.value = mark.other_value;
    mark.other = MN_UNNUMBERED;
    return mark;
}

static struct mark as_first(struct mark mark)
{
    mark.other = MN_UNNUMBERED;
    return mark;
}

/* The reading of `mark` that goes on from `last`, up to `jump` higher; SHAPE_NONE when there is none. */
static struct mark reading_after(const struct mark *last, struct mark mark, uint32_t jump)
{
    if (last->shape != mark.shape || last->depth != mark.depth)
        return (struct mark){0};
    if (mark.shape == SHAPE_BULLET)
        return last->value == mark.value || jump > 1 ? mark : (struct mark){0};
    if (mark.numbering == last->numbering && mark.value > last->value && mark.value <= last->value + jump)
        return as_first(mark);
    if (mark.other != MN_UNNUMBERED && mark.other == last->numbering && mark.other_value > last->value &&
        mark.other_value <= last->value + jump)
        return as_other(mark);
    return (struct mark){0};
}

void mn_close_lists(struct outline *outline, size_t count)
{
    while (outline->list_count > count) {
        struct open_list *list = &outline->lists[--outline->list_count];
        if (outline->dormant_count == DORMANT_LISTS) {
            memmove(outline->dormant, outline->dormant + 1, (DORMANT_LISTS - 1) * sizeof *outline->dormant);
            --outline->dormant_count;
        }
        outline->dormant[outline->dormant_count++] = list->last;
        mn_builder_close(&outline->builder);
        mn_builder_close(&outline->builder);
    }
}

/* The next enumerator of this shape after `at`, within reach. */
static struct mark next_of_shape(const struct outline *outline, size_t at, uint8_t shape)
{
    const struct work *work = outline->work;
    for (int seen = 0; seen < LOOK_AHEAD; ++seen) {
        at = mn_next_leaf(work, at);
        if (at == work->blocks.count)
            break;
        if (work->blocks.items[at].mark.shape == shape)
            return work->blocks.items[at].mark;
    }
    return (struct mark){0};
}

/* "(i)" after "(h)": a new Roman list all the same when "(ii)" follows. */
static bool starts_roman(const struct outline *outline, size_t at, struct mark mark)
{
    bool first_of_both = mark.value == 1 && mark.other != MN_UNNUMBERED;
    struct mark next = first_of_both ? next_of_shape(outline, at, mark.shape) : (struct mark){0};
    return first_of_both && mn_mark_reads_as(&next, mark.shape, mark.numbering, 2);
}

/* The open list that the enumerator goes on with: its index + 1, and the reading. */
static size_t find_open(const struct outline *outline, struct mark mark, uint8_t indent, struct mark *reading)
{
    size_t base = outline->contexts.items[outline->contexts.count - 1].lists;
    for (uint32_t jump = 1; jump <= LARGEST_JUMP; jump += LARGEST_JUMP - 1) {
        for (size_t i = outline->list_count; i-- > base;) {
            const struct open_list *list = &outline->lists[i];
            /* Another bullet goes on with a list whose last point says that one more follows. */
            if (mark.shape == SHAPE_BULLET && jump > 1 && (list->ending != ENDS_CLAUSE || i + 1 < outline->list_count))
                continue;
            *reading = reading_after(&list->last, mark, jump);
            bool deeper = mark.shape == SHAPE_BULLET && indent > list->indent + INDENT_STEP;
            bool shallower = mark.shape == SHAPE_BULLET && i > base && indent + INDENT_STEP < list->indent;
            if (reading->shape != SHAPE_NONE && !deeper && !shallower)
                return i + 1;
        }
    }
    return 0;
}

/* Kinds of enumerators from outer to inner. */
static int rank_of(const struct mark *mark)
{
    static const int ranks[MN_NUMBERING_COUNT] = {[MN_UPPER_ROMAN] = 0, [MN_UPPER_ALPHA] = 1, [MN_DECIMAL] = 2,
                                                  [MN_LOWER_ALPHA] = 3, [MN_LOWER_ROMAN] = 3, [MN_BULLET] = 4};
    return ranks[mark->numbering] * SHAPE_MINUTE + mark->shape;
}

static bool is_same_kind(const struct mark *a, const struct mark *b)
{
    return a->shape == b->shape && a->numbering == b->numbering && a->depth == b->depth &&
           (a->shape != SHAPE_BULLET || a->value == b->value);
}

/* "• A", "o a", "o b", "• B": the outer bullet comes again directly behind inner ones. */
static bool bullet_returns(const struct outline *outline, size_t at, const struct mark *outer)
{
    const struct work *work = outline->work;
    for (int seen = 0; seen < LOOK_AHEAD; ++seen) {
        at = mn_next_leaf(work, at);
        if (at == work->blocks.count || work->blocks.items[at].mark.shape != SHAPE_BULLET)
            return false;
        if (work->blocks.items[at].mark.value == outer->value)
            return true;
    }
    return false;
}

/* Closes the open lists that a new list of this kind cannot stand in. */
static void make_room(struct outline *outline, size_t at, const struct mark *mark, uint8_t indent)
{
    size_t base = innermost(outline)->lists;
    for (size_t i = base; i < outline->list_count; ++i) {
        bool deeper = indent > outline->lists[i].indent + INDENT_STEP;
        if (is_same_kind(&outline->lists[i].last, mark) && !(deeper && mark->shape == SHAPE_BULLET)) {
            mn_close_lists(outline, i);
            return;
        }
    }
    while (outline->list_count > base) {
        const struct open_list *top = &outline->lists[outline->list_count - 1];
        bool introduced = top->ending == ENDS_LEADING || top->ending == ENDS_UNFINISHED;
        bool inner =
            top->last.shape != SHAPE_LEVELS && (mark->numbering == MN_LOWER_ALPHA || mark->numbering == MN_LOWER_ROMAN);
        bool inside =
            mark->shape == SHAPE_BULLET && top->last.shape == SHAPE_BULLET && bullet_returns(outline, at, &top->last);
        if (introduced || inner || inside || indent > top->indent + INDENT_STEP || rank_of(mark) > rank_of(&top->last))
            break;
        mn_close_lists(outline, outline->list_count - 1);
    }
    if (outline->list_count == MOST_LISTS)
        mn_close_lists(outline, MOST_LISTS - 1);
}

/* Does the text before it end in a colon? */
static bool is_introduced(const struct work *work, size_t at)
{
    size_t previous = mn_previous_leaf(work, at);
    return previous < work->blocks.count && work->blocks.items[previous].ending == ENDS_LEADING;
}

static bool is_single_capital(const struct mark *mark)
{
    return mark->shape == SHAPE_DOT && (mark->numbering == MN_UPPER_ALPHA || mark->numbering == MN_UPPER_ROMAN);
}

/* The reading in which an enumerator begins a list, or goes on with one that was closed; SHAPE_NONE: it is none. */
static struct mark reading_of_new(const struct outline *outline, size_t at, struct mark mark)
{
    struct mark next = next_of_shape(outline, at, mark.shape);
    if (mark.shape == SHAPE_BULLET)
        return mn_mark_is_weak_bullet(&mark) && !mn_mark_follows(&mark, &next) && !is_introduced(outline->work, at)
                   ? (struct mark){0}
                   : mark;
    if (mark.value == 1 || (mark.other != MN_UNNUMBERED && mark.other_value == 1)) {
        if (is_single_capital(&mark) && !mn_mark_follows(&mark, &next))
            return (struct mark){0};
        return mark.value == 1 ? as_first(mark) : as_other(mark);
    }
    for (size_t i = outline->dormant_count; i-- > 0;) {
        struct mark reading = reading_after(&outline->dormant[i], mark, LARGEST_JUMP);
        if (reading.shape != SHAPE_NONE)
            return reading;
    }
    if (is_single_capital(&mark))
        return (struct mark){0};
    if (mark.other != MN_UNNUMBERED && next.shape != SHAPE_NONE &&
        mn_mark_reads_as(&next, mark.shape, mark.other, mark.other_value + 1))
        return as_other(mark);
    return as_first(mark);
}

static void begin_item(struct outline *outline, const struct mark *mark)
{
    uint32_t item = mn_builder_open(&outline->builder, MN_ITEM);
    if (item == MN_NONE)
        return;
    struct mn_node *node = &outline->work->document->nodes.items[item];
    node->numbering = mark->numbering;
    node->ordinal = mark->numbering == MN_BULLET ? 0 : mark->value;
}

struct mark mn_open_item(struct outline *outline, size_t at, struct mark mark, uint8_t indent)
{
    struct mark reading = {0};
    size_t open = find_open(outline, mark, indent, &reading);
    if (open > 0 && !(reading.numbering != mark.numbering && starts_roman(outline, at, mark))) {
        mn_close_lists(outline, open);
        mn_builder_close(&outline->builder);
        outline->lists[open - 1].last = reading;
        begin_item(outline, &reading);
        return reading;
    }
    reading = reading_of_new(outline, at, mark);
    if (reading.shape == SHAPE_NONE)
        return reading;
    make_room(outline, at, &reading, indent);
    uint32_t list = mn_builder_open(&outline->builder, MN_LIST);
    if (list != MN_NONE)
        outline->work->document->nodes.items[list].numbering = reading.numbering;
    outline->lists[outline->list_count++] = (struct open_list){.last = reading, .indent = indent};
    begin_item(outline, &reading);
    return reading;
}

/* A whole sentence set to the left of the points, with an empty line before it and a point's full stop before that:
 * text between two lists, not a paragraph of the point. */
static bool stands_between(const struct outline *outline, size_t at)
{
    const struct block *block = &outline->work->blocks.items[at];
    size_t previous = mn_previous_leaf(outline->work, at);
    return (block->traits & TRAIT_LINE) && outline->work->habits.gaps_are_used && block->gap > 0 &&
           block->indent + INDENT_STEP <= outline->lists[outline->list_count - 1].indent &&
           block->ending == ENDS_SENTENCE && mn_starts_upper(block->text) && previous < outline->work->blocks.count &&
           outline->work->blocks.items[previous].ending == ENDS_SENTENCE;
}

/* The open list (index + 1) that an enumerator within reach goes on with, no lead-in or long text between; 0: none. */
static size_t find_resumption(const struct outline *outline, size_t at)
{
    const struct work *work = outline->work;
    for (int seen = 0; seen <= MOST_INTERPOSED && at < work->blocks.count; ++seen) {
        const struct block *block = &work->blocks.items[at];
        struct mark reading;
        if (block->use != USE_TEXT)
            return 0;
        size_t open = block->mark.shape ? find_open(outline, block->mark, block->indent, &reading) : 0;
        if (block->mark.shape != SHAPE_NONE)
            return open;
        bool title = outline->work->habits.gaps_are_used && block->gap > 0 && block->ending == ENDS_OPEN &&
                     block->length < LONGEST_TITLE && mn_starts_upper(block->text) && block->text.data[0] != '(';
        if (title || stands_between(outline, at))
            return 0;
        bool after_bullet = outline->lists[outline->list_count - 1].last.shape == SHAPE_BULLET;
        if (block->ending == ENDS_LEADING || block->length > (after_bullet ? LONGEST_AFTER_BULLET : LONGEST_INTERPOSED))
            return 0;
        at = mn_next_leaf(work, at);
    }
    return 0;
}

bool mn_stays_in_item(struct outline *outline, size_t at)
{
    const struct block *block = &outline->work->blocks.items[at];
    size_t base = innermost(outline)->lists;
    if (outline->list_count == base)
        return false;
    const struct open_list *top = &outline->lists[outline->list_count - 1];
    bool hangs = (block->traits & TRAIT_LINE) && outline->work->habits.gaps_are_used && block->gap == 0 &&
                 block->indent >= top->indent + INDENT_STEP;
    size_t resumed = hangs ? outline->list_count : find_resumption(outline, at);
    mn_close_lists(outline, resumed > base ? resumed : base);
    return resumed > base;
}
