/* Which blocks are headings and labels. The format's own headings stay. In plain text the signs are numbers that go on
 * through the document, bold type, capitals, and short lines over longer text. A wrong heading costs more than a missed
 * one: lines in a run of short lines (names, addresses, cells of a table) are none, nor are formulae that come again
 * and again ("Proposed by …"). */
#include "segment/blocks.h"

#include "segment/headings.h"
#include "segment/sentences.h"

#define LONGEST_TITLE 130       /* code points of a numbered, bold or capital heading */
#define LONGEST_NUMBERED 320    /* of one that the numbers around it vouch for */
#define LONGEST_PLAIN_TITLE 80  /* of one that only its shortness speaks for */
#define SHORT_LINE 60           /* lines of names and cells are shorter */
#define LONGEST_RUN_OF_TITLES 3 /* so many short lines may stand together and still be headings */
#define SHORTEST_PROSE 60
#define FEWEST_WORDS_OF_PROSE 5
#define FEWEST_REPEATS 3 /* of a formula */
#define FEWEST_SPACED 3  /* headings in a run of numbers without signs */
#define OPEN_RUNS 8      /* numbered sequences that can go on at one time */

/* A sequence of numbers through the document: are its members headings? */
struct number_run {
    struct mark last;
    uint32_t members, titles;
    bool heads, spaced; /* spaced: "14 Minutes", without a sign at the number */
};

struct headings {
    struct work *work;
    MN_VECTOR(struct number_run) runs;
    uint32_t *run_of;   /* block → run + 1 */
    uint8_t *depth;     /* containers around it: headings stand in none */
    uint8_t *short_run; /* length of the run of short lines it stands in, capped */
};

static struct block *block_at(const struct headings *headings, size_t at)
{
    return &headings->work->blocks.items[at];
}

static struct mn_slice words_of(const struct block *block)
{
    return mn_slice_cut(block->text, block->mark.size < block->text.size ? block->mark.size : 0, block->text.size);
}

static bool is_apart(const struct block *block)
{
    return block->traits & TRAIT_NUMBER_APART;
}

/* "Proposed by the chair, and": a comma and a small word wait for another clause. */
static bool awaits_clause(struct mn_slice text)
{
    size_t size = text.size;
    while (size > 0 && text.data[size - 1] >= 'a' && text.data[size - 1] <= 'z')
        --size;
    return text.size - size >= 2 && text.size - size <= 3 && size > 1 && text.data[size - 1] == ' ' &&
           text.data[size - 2] == ',';
}

/* Ends in a word, be it as short as "log" or "at". */
static bool ends_in_word(const struct block *block)
{
    char last = block->text.data[block->text.size - 1];
    if (awaits_clause(block->text))
        return false;
    return block->ending == ENDS_OPEN || (block->ending == ENDS_UNFINISHED && last >= 'a' && last <= 'z');
}

/* A line of a table of contents has a row of points in it. */
static bool has_leader(struct mn_slice text)
{
    for (size_t i = 0; i + 4 <= text.size; ++i)
        if (memcmp(text.data + i, "....", 4) == 0)
            return true;
    return false;
}

static bool is_short(const struct block *block)
{
    return block->what == BLOCK_LEAF && block->use == USE_TEXT && block->mark.shape == SHAPE_NONE &&
           block->length <= SHORT_LINE && ends_in_word(block) && !has_leader(block->text);
}

/* "Item 8. Appeals update": where its title starts, or 0. */
static size_t numbered_word_size(struct mn_slice text)
{
    size_t at = mn_first_word_size(text) + 1;
    size_t digits = at;
    while (digits < text.size && digits - at < 3 && text.data[digits] >= '0' && text.data[digits] <= '9')
        ++digits;
    bool closed = digits > at && digits + 2 < text.size && (text.data[digits] == '.' || text.data[digits] == ':') &&
                  text.data[digits + 1] == ' ';
    return closed && mn_starts_upper(text) ? digits + 2 : 0;
}

static bool is_prose(const struct block *block)
{
    return block->length >= SHORTEST_PROSE || block->ending == ENDS_LEADING ||
           (block->ending == ENDS_SENTENCE && mn_word_count(block->text) >= FEWEST_WORDS_OF_PROSE);
}

/* ---- what stands around ---- */

static bool prepare(struct headings *headings)
{
    struct work *work = headings->work;
    size_t count = work->blocks.count ? work->blocks.count : 1;
    headings->run_of = mn_arena_zero(work->arena, count * sizeof *headings->run_of);
    headings->depth = mn_arena_zero(work->arena, count);
    headings->short_run = mn_arena_zero(work->arena, count);
    return headings->run_of && headings->depth && headings->short_run;
}

static void measure_depth(struct headings *headings)
{
    uint8_t depth = 0;
    for (size_t i = 0; i < headings->work->blocks.count; ++i) {
        uint8_t what = block_at(headings, i)->what;
        depth = (uint8_t)(depth - (what == BLOCK_CLOSE && depth > 0));
        headings->depth[i] = depth;
        depth = (uint8_t)(depth + (what == BLOCK_OPEN && depth < UINT8_MAX));
    }
}

static void set_run(struct headings *headings, size_t start, size_t end, size_t length)
{
    for (size_t i = start; i < end; ++i)
        headings->short_run[i] = (uint8_t)(length < UINT8_MAX ? length : UINT8_MAX);
}

static void measure_short_runs(struct headings *headings)
{
    size_t start = 0, length = 0;
    size_t count = headings->work->blocks.count;
    for (size_t i = 0; i < count; ++i) {
        const struct block *block = block_at(headings, i);
        if (block->use == USE_FURNITURE)
            continue;
        bool breaks = (block->traits & TRAIT_BAR_BEFORE) || block->gap > 1;
        if (is_short(block) && !breaks) {
            ++length;
            continue;
        }
        set_run(headings, start, i, length);
        start = i;
        length = is_short(block);
    }
    set_run(headings, start, count, length);
}

/* ---- numbered headings ---- */

static bool is_numbered(const struct block *block)
{
    return is_text_leaf(block) && block->mark.numbering == MN_DECIMAL &&
           (block->mark.shape == SHAPE_DOT || block->mark.shape == SHAPE_LEVELS || block->mark.shape == SHAPE_MINUTE ||
            (block->mark.shape == SHAPE_BARE && is_apart(block)));
}

/* Reads as a title as far as its own text goes. */
static bool reads_as_title(const struct block *block, size_t longest)
{
    struct mn_slice words = words_of(block);
    bool question = words.size > 0 && words.data[words.size - 1] == '?';
    bool dash = words.size > 1 && words.data[words.size - 1] == '-' && block->mark.shape != SHAPE_NONE;
    bool ends_well = ends_in_word(block) || question || dash || (block->ending == ENDS_LEADING && block->mark.shape);
    return words.size > 0 && block->length <= longest && ends_well && mn_has_letters(words) &&
           !mn_starts_lower(words) && !mn_starts_quoted(words) && words.data[0] != '(' &&
           !mn_leaves_bracket_open(words);
}

static bool container_follows(const struct headings *headings, size_t at)
{
    size_t next = at + 1;
    while (next < headings->work->blocks.count && block_at(headings, next)->use == USE_FURNITURE)
        ++next;
    return next < headings->work->blocks.count && block_at(headings, next)->what == BLOCK_OPEN;
}

/* Is there text that this can be the heading of: the next block, or the one behind up to two more titles? */
static bool leads_prose(const struct headings *headings, size_t at)
{
    size_t next = at;
    for (int titles = 0; titles < LONGEST_RUN_OF_TITLES; ++titles) {
        size_t title = next;
        next = mn_next_leaf(headings->work, title);
        if (next == headings->work->blocks.count)
            return container_follows(headings, title);
        const struct block *block = block_at(headings, next);
        if (block->use == USE_HEAD || block->mark.shape != SHAPE_NONE || is_prose(block))
            return true;
        if (mn_segmentation_label(headings->work->segmentation, block->text, NULL).size > 0)
            return true;
    }
    return false;
}

/* Is there text under it that it can be the heading of, not the next number and not a line that hangs on it? */
static bool has_content(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    size_t following = mn_next_leaf(headings->work, at);
    if (following == headings->work->blocks.count)
        return container_follows(headings, at);
    const struct block *next = block_at(headings, following);
    if (mn_mark_follows(&block->mark, &next->mark))
        return false;
    if ((next->traits & TRAIT_LINE) && headings->work->habits.gaps_are_used && next->gap == 0 &&
        next->indent > block->indent)
        return false;
    return next->use == USE_HEAD || next->mark.shape != SHAPE_NONE || is_prose(next) || (next->flags & MN_BOLD) ||
           (next->ending == ENDS_SENTENCE && mn_word_count(next->text) > 1) || leads_prose(headings, at) ||
           mn_all_capitals(next->text) ||
           mn_segmentation_label(headings->work->segmentation, next->text, NULL).size > 0;
}

static uint32_t find_run(struct headings *headings, const struct block *block)
{
    size_t count = headings->runs.count;
    for (size_t i = count; i-- > 0 && count - i <= OPEN_RUNS;)
        if (mn_mark_follows(&headings->runs.items[i].last, &block->mark))
            return (uint32_t)i;
    struct number_run *run = MN_APPEND(headings->work->arena, &headings->runs);
    if (!run)
        return MN_NONE;
    *run = (struct number_run){0};
    return (uint32_t)(headings->runs.count - 1);
}

/* Takes the number of "14 Minutes" for an enumerator until judge_runs has seen how many there are. */
static bool try_spaced(struct block *block)
{
    if (!is_text_leaf(block) || block->mark.shape != SHAPE_NONE || block->length > LONGEST_TITLE)
        return false;
    struct mark mark = mn_mark_spaced(block->text, true);
    if (mark.shape == SHAPE_NONE)
        mark = mn_mark_reference(block->text);
    if (mark.shape == SHAPE_NONE)
        return false;
    block->mark = mark;
    return true;
}

static bool survey_numbers(struct headings *headings)
{
    for (size_t i = 0; i < headings->work->blocks.count; ++i) {
        struct block *block = block_at(headings, i);
        if (headings->depth[i] > 0)
            continue;
        bool spaced = try_spaced(block);
        if (!spaced && !is_numbered(block))
            continue;
        uint32_t index = find_run(headings, block);
        if (index == MN_NONE)
            return false;
        struct number_run *run = &headings->runs.items[index];
        run->last = block->mark;
        run->spaced |= spaced;
        ++run->members;
        run->titles += block->use == USE_HEAD || (reads_as_title(block, LONGEST_TITLE) && has_content(headings, i));
        headings->run_of[i] = index + 1;
    }
    return true;
}

static void judge_runs(struct headings *headings)
{
    for (size_t i = 0; i < headings->runs.count; ++i) {
        struct number_run *run = &headings->runs.items[i];
        run->heads = run->titles * 3 >= run->members * 2 && (!run->spaced || run->titles >= FEWEST_SPACED);
    }
    for (size_t i = 0; i < headings->work->blocks.count; ++i) {
        struct block *block = block_at(headings, i);
        const struct number_run *runs = headings->runs.items;
        bool heads = runs && headings->run_of[i] > 0 && runs[headings->run_of[i] - 1].heads;
        if (block->mark.shape == SHAPE_BARE && !is_apart(block) && block->mark.size < block->text.size && !heads)
            block->mark = (struct mark){.shape = SHAPE_NONE};
    }
}

/* A member of a run of headings; with a full stop at its end it may be one too ("To appoint a clerk."). */
static bool is_numbered_head(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    if (headings->run_of[at] == 0 || !has_content(headings, at))
        return false;
    const struct number_run *run = &headings->runs.items[headings->run_of[at] - 1];
    if (!run->heads)
        return is_apart(block) && (block->flags & MN_BOLD) && reads_as_title(block, LONGEST_TITLE);
    if (reads_as_title(block, LONGEST_NUMBERED))
        return true;
    struct mn_slice words = words_of(block);
    return run->members >= 3 && block->length <= LONGEST_NUMBERED && block->ending == ENDS_SENTENCE &&
           mn_word_count(words) > 1 && !mn_starts_lower(words) && !mn_starts_quoted(words) &&
           (is_apart(block) || mn_word_count(words) <= 24);
}

/* (a) and (i) head a part of an item when they stood apart or are set in bold. */
static bool is_lettered_head(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    bool lettered = block->mark.shape >= SHAPE_DOT && block->mark.shape <= SHAPE_PARENS;
    if (!lettered || block->mark.numbering == MN_BULLET || !(is_apart(block) || (block->flags & MN_BOLD)))
        return false;
    size_t following = mn_next_leaf(headings->work, at);
    if (following == headings->work->blocks.count || block_at(headings, following)->mark.shape != SHAPE_NONE)
        return false;
    return reads_as_title(block, LONGEST_TITLE) && is_prose(block_at(headings, following)) &&
           !(block_at(headings, following)->flags & MN_BOLD);
}

/* ---- headings without numbers ---- */

/* "Item 3: Minutes" is a heading, "Proposed: Councillor X" is none. */
static bool states_something(struct mn_slice text)
{
    const char *colon = text.size ? memchr(text.data, ':', text.size) : NULL;
    return colon && colon > text.data && !(colon[-1] >= '0' && colon[-1] <= '9');
}

static bool is_money_or_number(struct mn_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.size; ++i)
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    return digits * 2 >= text.size;
}

/* In "Adoption, fostering" a small letter follows the comma; in "Councillor J Egan, Chair" a capital. */
static bool lists_names(struct mn_slice text)
{
    for (size_t i = 0; i + 2 < text.size; ++i)
        if (text.data[i] == ',' && text.data[i + 1] == ' ' && !mn_starts_lower(mn_slice_cut(text, i + 2, text.size)))
            return true;
    return false;
}

static bool stands_free(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    size_t previous = mn_previous_leaf(headings->work, at);
    if (previous == headings->work->blocks.count)
        return true;
    const struct block *before = block_at(headings, previous);
    if (before->ending == ENDS_LEADING && before->use == USE_TEXT) {
        size_t next = mn_next_leaf(headings->work, at);
        bool over_list = next < headings->work->blocks.count && mn_mark_starts(&block_at(headings, next)->mark);
        return over_list && ((block->flags & MN_BOLD) || mn_all_capitals(block->text));
    }
    if (before->use == USE_HEAD || before->use == USE_LABEL)
        return true;
    if ((block->flags & MN_BOLD) || mn_all_capitals(block->text))
        return before->ending != ENDS_UNFINISHED;
    if (headings->work->habits.gaps_are_used)
        return block->gap > 0 || (block->traits & TRAIT_BAR_BEFORE);
    return before->ending == ENDS_SENTENCE;
}

static bool has_digit(struct mn_slice text)
{
    for (size_t i = 0; i < text.size; ++i)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* What stands behind a formula: a name or a number ("Proposed by Councillor X"), not "What we found". */
static bool names_somebody(struct mn_slice text)
{
    size_t from = mn_first_word_size(text);
    while (from + 1 < text.size) {
        struct mn_slice rest = mn_slice_cut(text, from + 1, text.size);
        if (mn_starts_upper(rest) || has_digit(mn_slice_cut(rest, 0, mn_first_word_size(rest))))
            return true;
        from += 1 + mn_first_word_size(rest);
    }
    return false;
}

/* "Dilys Hartnoll" under a foreword: every word has a capital. */
static bool may_be_name(struct mn_slice text)
{
    size_t words = 0;
    for (size_t from = 0; from < text.size; ++words) {
        struct mn_slice rest = mn_slice_cut(text, from, text.size);
        if (!mn_starts_upper(rest))
            return false;
        from += 1 + mn_first_word_size(rest);
    }
    return words > 1;
}

/* The foot of a page: the next thing is a page number, or the line before it. */
static bool is_page_foot(const struct headings *headings, size_t at)
{
    size_t count = headings->work->blocks.count;
    for (size_t i = at + 1; i < count && i <= at + LONGEST_RUN_OF_TITLES; ++i) {
        if (block_at(headings, i)->use == USE_FURNITURE)
            return true;
        if (!is_text_leaf(block_at(headings, i)) || is_prose(block_at(headings, i)) ||
            block_at(headings, i)->mark.shape != SHAPE_NONE)
            return false;
    }
    return false;
}

/* In text without wrapped lines two short lines directly under each other go together: an address, a mover and a
 * seconder. */
static bool is_in_line_group(const struct headings *headings, size_t at)
{
    const struct habits *habits = &headings->work->habits;
    size_t next = mn_next_leaf(headings->work, at);
    if (habits->wrapped || !habits->gaps_are_used || next == headings->work->blocks.count)
        return false;
    const struct block *below = block_at(headings, next);
    return below->gap == 0 && below->mark.shape == SHAPE_NONE && !is_prose(below);
}

/* "Recommendation No. 2" over its text. */
static bool is_counted_title(const struct headings *headings, size_t at)
{
    struct mn_slice text = block_at(headings, at)->text;
    size_t next = mn_next_leaf(headings->work, at);
    return next < headings->work->blocks.count && is_prose(block_at(headings, next)) && mn_word_count(text) <= 4 &&
           mn_word_count(text) > 1 && text.data[text.size - 1] >= '0' && text.data[text.size - 1] <= '9' &&
           !is_money_or_number(text);
}

static bool has_number_in_brackets(struct mn_slice text)
{
    const char *bracket = text.size ? memchr(text.data, '(', text.size) : NULL;
    return bracket && has_digit(mn_slice_cut(text, (size_t)(bracket - text.data), text.size));
}

static bool is_one_sentence(const struct headings *headings, struct mn_slice text)
{
    return mn_sentence_end(headings->work->segmentation, text, 0) == text.size;
}

/* Where every line has an empty line behind it a short line may be a cell of a table: prose has to follow at once. */
static bool is_safe_title(const struct headings *headings, size_t at)
{
    size_t next = mn_next_leaf(headings->work, at);
    return next < headings->work->blocks.count && !has_digit(block_at(headings, at)->text) &&
           (is_prose(block_at(headings, next)) || block_at(headings, next)->use == USE_HEAD ||
            block_at(headings, next)->mark.shape != SHAPE_NONE);
}

static bool is_plain_title(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    size_t next = mn_next_leaf(headings->work, at);
    if (headings->work->habits.gaps_mean_nothing && !is_safe_title(headings, at))
        return false;
    size_t previous = mn_previous_leaf(headings->work, at);
    if (previous < headings->work->blocks.count && block_at(headings, previous)->use == USE_LABEL)
        return false;
    if (is_page_foot(headings, at) || is_in_line_group(headings, at) || has_number_in_brackets(block->text))
        return false;
    if (next < headings->work->blocks.count && is_short(block_at(headings, next)) && may_be_name(block->text))
        return false;
    return (block->traits & TRAIT_LINE) && block->length <= LONGEST_PLAIN_TITLE && mn_starts_upper(block->text) &&
           !lists_names(block->text) && !(mn_is_formula(headings->work, block) && names_somebody(block->text));
}

/* "Against" over "Councillors A, B, C and D (4)": a vote or an attendance. */
static bool leads_names(const struct headings *headings, size_t at)
{
    size_t next = mn_next_leaf(headings->work, at);
    if (next == headings->work->blocks.count)
        return false;
    struct mn_slice text = block_at(headings, next)->text;
    size_t commas = 0;
    for (size_t i = 0; i < text.size; ++i)
        commas += text.data[i] == ',';
    return commas > 1 && commas * 4 >= mn_word_count(text);
}

/* 0 when it is no heading. */
static uint16_t style_without_number(const struct headings *headings, size_t at)
{
    const struct block *block = block_at(headings, at);
    if (mn_segmentation_is_result(headings->work->segmentation, block->text))
        return 0;
    if (block->mark.shape == SHAPE_NONE && is_apart(block) && reads_as_title(block, LONGEST_TITLE))
        return STYLE_NUMBERED + 1; /* "Item 3: Minutes" */
    if (block->mark.shape == SHAPE_NONE && numbered_word_size(block->text) && reads_as_title(block, LONGEST_TITLE) &&
        stands_free(headings, at) && has_content(headings, at))
        return STYLE_NUMBERED + 1;
    if (block->mark.shape != SHAPE_NONE || headings->short_run[at] > LONGEST_RUN_OF_TITLES ||
        !reads_as_title(block, LONGEST_TITLE) || is_money_or_number(block->text) || !stands_free(headings, at) ||
        !leads_prose(headings, at))
        return 0;
    bool capitals = mn_all_capitals(block->text);
    if (mn_word_count(block->text) == 1 && leads_names(headings, at))
        return 0;
    if (capitals && !mn_is_formula(headings->work, block))
        return STYLE_CAPITALS;
    if (states_something(block->text) || !is_one_sentence(headings, block->text))
        return 0;
    if ((block->flags & MN_BOLD) && !mn_is_formula(headings->work, block))
        return STYLE_BOLD;
    if (!is_plain_title(headings, at))
        return 0;
    return is_counted_title(headings, at) ? STYLE_COUNTED : STYLE_TITLE;
}

/* ---- labels ---- */

static bool find_label(const struct headings *headings, size_t at)
{
    struct block *block = block_at(headings, at);
    size_t rest;
    if (block->mark.shape != SHAPE_NONE || block->length > UINT16_MAX)
        return false;
    if (mn_segmentation_label(headings->work->segmentation, block->text, &rest).size == 0)
        return false;
    bool alone = rest >= block->text.size;
    if (alone && headings->short_run[at] > LONGEST_RUN_OF_TITLES)
        return false;
    if (block->use != USE_HEAD)
        block->style = STYLE_LABEL;
    else
        block->style = (uint16_t)(STYLE_STATED + block->level);
    block->use = alone ? USE_LABEL : USE_INLINE_LABEL;
    block->label = alone ? 0 : (uint16_t)rest;
    return true;
}

static void make_head(struct block *block, uint16_t style)
{
    block->use = USE_HEAD;
    block->style = style;
}

static void judge(struct headings *headings, size_t at)
{
    struct block *block = block_at(headings, at);
    if (!is_text_leaf(block) || headings->depth[at] > 0 || find_label(headings, at))
        return;
    uint16_t level = block->level ? block->level : 1;
    uint16_t style = block->use == USE_HEAD           ? (uint16_t)(STYLE_STATED + level)
                     : is_numbered_head(headings, at) ? (uint16_t)(STYLE_NUMBERED + block->mark.depth)
                     : is_lettered_head(headings, at) ? (uint16_t)(STYLE_LETTERED + block->mark.numbering)
                                                      : style_without_number(headings, at);
    if (style)
        make_head(block, style);
}

bool mn_find_headings(struct work *work)
{
    struct headings headings = {.work = work};
    if (!prepare(&headings))
        return false;
    measure_depth(&headings);
    measure_short_runs(&headings);
    if (!survey_numbers(&headings))
        return false;
    judge_runs(&headings);
    for (size_t i = 0; i < work->blocks.count; ++i)
        judge(&headings, i);
    return true;
}
