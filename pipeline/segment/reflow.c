/* Physical lines become paragraphs. Whether the next line goes on with the paragraph is decided on the two lines that
 * meet, by the document's habits: would the next line's first word have fitted on this one, how does this one end, how
 * does the next one start. */
#include "segment/blocks.h"

#include "lexis/joints.h"

/* Shares of the full width, in per cent, from which a line counts as full: after an open end, and after a full stop
 * with a capital behind it, where a wrong join costs more. */
#define FULL_WHEN_OPEN 86
#define FULL_WHEN_ENDED 93
#define FULL_WHEN_UNFINISHED 40
#define FULL_CAPITALS 35 /* capitals are wider, and a title in capitals is broken where it looks well */
#define FULL_NUMBERED_CAPITALS 65
#define FULL_BEFORE_BRACKET 50
#define LONGEST_LEAD_WORDS 6
#define FULL_BEFORE_ORPHAN 70
#define NARROWEST_COLUMN 65
/* Text that starts so much further to the right or left stands in another column. */
#define COLUMN_SHIFT 16
#define SHAPES (SHAPE_MINUTE + 1)

struct reflow {
    struct work *work;
    size_t kept; /* blocks of the new list; it takes the place of those that have been read */
    struct mn_joints joints;
    struct mark last_of_shape[SHAPES];
    size_t first, lines; /* of the paragraph that is being put together */
    uint32_t longest;    /* code points of its longest line before the newest */
    bool failed;
};

static const struct block *block_at(const struct reflow *reflow, size_t at)
{
    return &reflow->work->blocks.items[at];
}

/* ---- does a line go on? ---- */

static bool fills(const struct reflow *reflow, const struct block *line, const struct block *next, uint32_t percent)
{
    uint64_t width = reflow->work->habits.width;
    uint64_t reach = (uint64_t)line->indent + line->length + 1 + mn_first_word_size(next->text);
    return reach * 100 >= width * percent;
}

/* Full in a narrower column: another line shows how wide it is, and the next line's first word would not have fitted.
 */
static bool fills_column(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    const struct block *first = block_at(reflow, reflow->first);
    if (mark_is_alone(&first->mark, first->text) && reflow->lines == 2)
        return false;
    uint64_t column = next->length > reflow->longest ? next->length : reflow->longest;
    return column * 100 >= (uint64_t)line->length * FULL_WHEN_OPEN &&
           (uint64_t)line->length * 100 >= (uint64_t)reflow->work->habits.width * NARROWEST_COLUMN &&
           line->length + 1 + mn_first_word_size(next->text) > column;
}

/* One word that was left over: "… Friends of the Great Southern / Trail". */
static bool is_orphan(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    return mn_word_count(next->text) == 1 && next->ending == ENDS_OPEN && mn_has_letters(next->text) &&
           fills(reflow, line, next, FULL_BEFORE_ORPHAN);
}

/* "Item 3:" alone on its line, with the item's title on the next. */
static bool is_numbered_word(struct mn_slice text)
{
    size_t word = mn_first_word_size(text);
    size_t end = text.size;
    while (end > word && (text.data[end - 1] == ':' || text.data[end - 1] == ' ' || text.data[end - 1] == '.'))
        --end;
    size_t digits = end;
    while (digits > word && text.data[digits - 1] >= '0' && text.data[digits - 1] <= '9')
        --digits;
    return digits == word + 1 && end > digits && end < text.size && end - digits <= 3 && mn_starts_upper(text);
}

static bool is_title_line(const struct block *next)
{
    return next->ending == ENDS_OPEN && next->mark.shape == SHAPE_NONE && mn_starts_upper(next->text) &&
           !mn_starts_quoted(next->text);
}

/* Could the enumerator at the start of a line be one, after an unfinished line? */
static bool is_plausible_mark(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    const struct mark *mark = &next->mark;
    if (mark->shape == SHAPE_NONE || mark->shape == SHAPE_BARE)
        return false;
    const struct mark *last = &reflow->last_of_shape[mark->shape];
    bool in_sequence = last->shape != SHAPE_NONE && mn_mark_follows(last, mark);
    bool single_capital =
        mark->shape == SHAPE_DOT && mark->numbering >= MN_UPPER_ALPHA && mark->numbering != MN_LOWER_ROMAN;
    bool ended = line->ending == ENDS_SENTENCE || line->ending == ENDS_LEADING || line->ending == ENDS_CLAUSE;
    if (mn_mark_is_weak_bullet(mark) && mark->value != 'e')
        return ended || in_sequence ||
               (mn_starts_upper(mn_slice_cut(next->text, mark->size, next->text.size)) &&
                !fills(reflow, line, next, FULL_WHEN_OPEN));
    if (mark->shape == SHAPE_BULLET)
        return true;
    if (single_capital)
        return in_sequence || (ended && mark->value == 1);
    if (ended || in_sequence)
        return true;
    return line->ending == ENDS_OPEN && (mn_mark_starts(mark) || !fills(reflow, line, next, FULL_WHEN_OPEN));
}

static bool is_quotation_closed(const struct block *first, const struct block *line)
{
    return mn_starts_quoted(first->text) && mn_ends_quoted(line->text) && line->ending == ENDS_SENTENCE;
}

/* The two lines meet in one paragraph for all that typography says: same weight, same column. */
static bool can_meet(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    if (next->use != USE_TEXT || line->use != USE_TEXT || !(next->traits & TRAIT_LINE) || !(line->traits & TRAIT_LINE))
        return false;
    if (((line->flags ^ next->flags) & MN_BOLD) && line->ending != ENDS_UNFINISHED && !mn_starts_lower(next->text) &&
        !mn_leaves_bracket_open(line->text))
        return false;
    int shift = (int)next->indent - (int)line->indent;
    if (shift >= COLUMN_SHIFT || -shift >= COLUMN_SHIFT)
        return false;
    return mn_segmentation_label(reflow->work->segmentation, next->text, NULL).size == 0 &&
           mn_segmentation_label(reflow->work->segmentation, line->text, NULL).size == 0;
}

/* An enumerator alone on its line goes with the line after it. */
static bool takes_next(const struct block *line, const struct block *next)
{
    if (is_numbered_word(line->text) && !((line->flags ^ next->flags) & MN_BOLD) && (next->traits & TRAIT_LINE) &&
        next->use == USE_TEXT)
        return is_title_line(next);
    if (!mark_is_alone(&line->mark, line->text) || line->mark.shape == SHAPE_BARE)
        return false;
    return next->use == USE_TEXT && (next->traits & TRAIT_LINE) &&
           (next->mark.shape == SHAPE_NONE ||
            (mn_mark_starts(&next->mark) &&
             (next->mark.shape != line->mark.shape || next->mark.numbering != line->mark.numbering))) &&
           !mn_mark_follows(&line->mark, &next->mark);
}

/* "OFFICIALS IN ATTENDANCE:", "QUESTIONS", "Proposed by X;": lines that stand for themselves. */
static bool stands_alone(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    if (mn_starts_lower(next->text) || line->ending == ENDS_UNFINISHED)
        return false;
    if (next->ending == ENDS_LEADING && mn_word_count(next->text) <= LONGEST_LEAD_WORDS &&
        !fills(reflow, line, next, FULL_WHEN_ENDED))
        return true;
    size_t word = mn_first_word_size(next->text);
    bool keyed = word > 1 && next->text.data[word - 1] == ':'; /* "REPLY: …" */
    if (line->ending >= ENDS_CLAUSE && (keyed || mn_is_formula(reflow->work, next)))
        return true;
    return mn_all_capitals(next->text) && !mn_mostly_capitals(line->text);
}

/* A title behind its number ends with the bracket at its end: "Notice of motion (to be referred …)". */
static bool is_bracketed_title(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    const struct block *first = block_at(reflow, reflow->first);
    return first != line && mark_is_alone(&first->mark, first->text) && line->ending == ENDS_OPEN &&
           line->text.data[line->text.size - 1] == ')' && !mn_starts_lower(next->text);
}

static bool goes_on_by_width(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    bool capitals = mn_mostly_capitals(line->text);
    bool in_words = line->ending == ENDS_OPEN || line->ending == ENDS_UNFINISHED;
    if (capitals && in_words && mn_mostly_capitals(next->text))
        return fills(reflow, line, next, line->mark.shape == SHAPE_NONE ? FULL_CAPITALS : FULL_NUMBERED_CAPITALS);
    if (stands_alone(reflow, line, next) || is_bracketed_title(reflow, line, next) ||
        (capitals && line->ending == ENDS_OPEN && mn_all_capitals(line->text)))
        return false;
    switch (line->ending) {
    case ENDS_SENTENCE:
        if ((next->traits & TRAIT_BAR_BEFORE) && !mn_starts_lower(next->text))
            return false;
        return !is_quotation_closed(block_at(reflow, reflow->first), line) &&
               (mn_starts_lower(next->text) || fills(reflow, line, next, FULL_WHEN_ENDED));
    case ENDS_CLAUSE:
        return fills(reflow, line, next, FULL_WHEN_ENDED);
    case ENDS_LEADING:
        return fills(reflow, line, next, FULL_WHEN_ENDED) && mn_starts_lower(next->text);
    case ENDS_UNFINISHED:
        return !mn_starts_upper(next->text) || fills(reflow, line, next, FULL_WHEN_UNFINISHED);
    default:
        if (next->text.data[0] == '(' && fills(reflow, line, next, FULL_BEFORE_BRACKET))
            return true;
        return mn_starts_lower(next->text) || mn_leaves_bracket_open(line->text) ||
               fills(reflow, line, next, FULL_WHEN_OPEN) || fills_column(reflow, line, next) ||
               is_orphan(reflow, line, next);
    }
}

/* The lines of a cell are one paragraph where no empty line and no enumerator stands between them. */
static bool goes_on_in_cell(const struct block *line, const struct block *next)
{
    return (next->traits & TRAIT_CELL_LINE) && next->gap == 0 && next->mark.shape == SHAPE_NONE &&
           next->use == USE_TEXT && line->use == USE_TEXT;
}

static bool goes_on(const struct reflow *reflow, const struct block *line, const struct block *next)
{
    const struct habits *habits = &reflow->work->habits;
    if (takes_next(line, next) || goes_on_in_cell(line, next))
        return true;
    if (!habits->wrapped || !can_meet(reflow, line, next) || is_plausible_mark(reflow, line, next))
        return false;
    bool bar = next->traits & TRAIT_BAR_BEFORE;
    if (!habits->gaps_mean_nothing && next->gap > 0 && !bar)
        return false;
    return goes_on_by_width(reflow, line, next);
}

/* ---- hyphens at line ends ---- */

static bool ends_in_hyphen(const struct block *block)
{
    return (block->traits & (TRAIT_LINE | TRAIT_CELL_LINE)) && mn_joint_is_open(block->text);
}

static size_t count_line_end_hyphens(const struct work *work)
{
    size_t count = 0;
    for (size_t i = 0; i < work->blocks.count; ++i)
        count += ends_in_hyphen(&work->blocks.items[i]);
    return count;
}

typedef void at_line_end(struct mn_joints *joints, struct mn_slice line, struct mn_slice next);

static void at_line_ends(struct reflow *reflow, at_line_end *act)
{
    const struct work *work = reflow->work;
    for (size_t i = 0; i < work->blocks.count; ++i) {
        size_t next = ends_in_hyphen(&work->blocks.items[i]) ? mn_next_leaf(work, i) : work->blocks.count;
        if (next < work->blocks.count)
            act(&reflow->joints, work->blocks.items[i].text, work->blocks.items[next].text);
    }
}

/* Finds out which words that line ends may have cut stand elsewhere in the document, whole or in halves. */
static bool learn_words(struct reflow *reflow)
{
    const struct work *work = reflow->work;
    size_t hyphens = count_line_end_hyphens(work);
    if (!mn_joints_open(&reflow->joints, work->arena, hyphens))
        return false;
    if (hyphens == 0)
        return true;
    at_line_ends(reflow, mn_joint_ask);
    for (size_t i = 0; i < work->blocks.count; ++i)
        mn_joint_look(&reflow->joints, work->blocks.items[i].text, i > 0 && ends_in_hyphen(&work->blocks.items[i - 1]));
    at_line_ends(reflow, mn_joint_weigh);
    return true;
}

/* ---- paragraphs ---- */

/* Appends the line's text and returns the new size. */
static size_t append_line(const struct reflow *reflow, char *text, size_t size, struct mn_slice line)
{
    if (size > 0) {
        enum mn_joint joint = mn_joint_of(&reflow->joints, (struct mn_slice){text, size}, line);
        if (joint == MN_JOIN_SPACED)
            text[size++] = ' ';
        else if (joint == MN_JOIN_WITHOUT_HYPHEN)
            --size;
    }
    memcpy(text + size, line.data, line.size);
    return size + line.size;
}

static size_t room_for(const struct reflow *reflow, size_t end)
{
    size_t room = 0;
    for (size_t i = reflow->first; i < end; ++i)
        room += block_at(reflow, i)->use == USE_FURNITURE ? 0 : block_at(reflow, i)->text.size + 1;
    return room;
}

/* Joins the lines [first, end) into the paragraph; furniture among them is skipped. */
static bool join_lines(struct reflow *reflow, struct block *paragraph, size_t end)
{
    char *text = mn_arena_alloc(reflow->work->arena, room_for(reflow, end));
    if (!text)
        return false;
    size_t size = 0;
    for (size_t i = reflow->first; i < end; ++i) {
        const struct block *line = block_at(reflow, i);
        if (line->use == USE_FURNITURE)
            continue;
        if (paragraph->turn == 0 && line->page > paragraph->page)
            paragraph->turn = (uint32_t)size;
        size = append_line(reflow, text, size, line->text);
        paragraph->source_end = line->source_end;
        paragraph->flags &= (uint8_t)(line->flags | ~MN_BOLD);
        if (i > reflow->first && (line->traits & TRAIT_BAR_BEFORE))
            paragraph->traits |= TRAIT_CONTINUES;
    }
    paragraph->text = (struct mn_slice){text, size};
    return true;
}

/* Where an enumerator stood on its own line, its shape is that line's, and weight and style those of the words. */
static void take_number_apart(const struct reflow *reflow, struct block *paragraph, size_t end)
{
    const struct block *first = block_at(reflow, reflow->first);
    if (is_numbered_word(first->text))
        paragraph->traits |= TRAIT_NUMBER_APART;
    if (!mark_is_alone(&first->mark, first->text) || reflow->first + 1 >= end)
        return;
    paragraph->traits |= TRAIT_NUMBER_APART;
    paragraph->mark = first->mark;
    ++paragraph->mark.size;
    for (size_t i = reflow->first + 1; i < end; ++i)
        if (block_at(reflow, i)->use != USE_FURNITURE) {
            paragraph->flags = (uint8_t)((paragraph->flags & ~MN_BOLD) | (block_at(reflow, i)->flags & MN_BOLD));
            return;
        }
}

static void put(struct reflow *reflow, const struct block *block)
{
    reflow->work->blocks.items[reflow->kept++] = *block;
}

static void put_furniture(struct reflow *reflow, size_t end)
{
    for (size_t i = reflow->first; i < end; ++i)
        if (block_at(reflow, i)->use == USE_FURNITURE)
            put(reflow, block_at(reflow, i));
}

static void put_paragraph(struct reflow *reflow, size_t end)
{
    struct block paragraph = *block_at(reflow, reflow->first);
    if (reflow->lines > 1) {
        if (!join_lines(reflow, &paragraph, end)) {
            reflow->failed = true;
            return;
        }
        mn_block_measure(reflow->work, &paragraph);
        take_number_apart(reflow, &paragraph, end);
    }
    if (paragraph.mark.shape != SHAPE_NONE)
        reflow->last_of_shape[paragraph.mark.shape] = paragraph.mark;
    put(reflow, &paragraph);
    if (reflow->lines > 1)
        put_furniture(reflow, end);
}

/* The index behind the paragraph that starts at `first`: the last of its lines, plus one. */
static size_t paragraph_end(struct reflow *reflow)
{
    size_t last = reflow->first;
    const struct block *first = block_at(reflow, last);
    reflow->lines = 1;
    reflow->longest = 0;
    if (first->mark.shape != SHAPE_NONE)
        reflow->last_of_shape[first->mark.shape] = first->mark;
    for (;;) {
        size_t next = mn_next_leaf(reflow->work, last);
        if (next == reflow->work->blocks.count || !goes_on(reflow, block_at(reflow, last), block_at(reflow, next)))
            return last + 1;
        if (block_at(reflow, last)->length > reflow->longest)
            reflow->longest = block_at(reflow, last)->length;
        last = next;
        ++reflow->lines;
    }
}

bool mn_reflow_lines(struct work *work)
{
    struct reflow reflow = {.work = work};
    if (!learn_words(&reflow))
        return false;
    for (size_t i = 0; i < work->blocks.count && !reflow.failed;) {
        if (!is_text_leaf(&work->blocks.items[i])) {
            put(&reflow, &work->blocks.items[i++]);
            continue;
        }
        reflow.first = i;
        i = paragraph_end(&reflow);
        put_paragraph(&reflow, i);
    }
    work->blocks.count = reflow.kept;
    return !reflow.failed;
}
