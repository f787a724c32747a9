/* Runs become lines: on one base line, side by side, parted by wide gaps. */
#include "layout/work.h"

#include "base/utf8.h"
#include <stdlib.h>

/* Shares of a font's size, in per cent. */
#define WORD_GAP 12      /* from here on a gap parts two words */
#define WIDE_GAP 130     /* from here on it parts two lines: columns, cells */
#define LABEL_GAP 400    /* a bullet or a number stands so far before its words at most */
#define BARE_GAP 80      /* and a number without a sign so far at least */
#define LONGEST_LABEL 12 /* bytes */

/* Runs share a base line when so much of the lower one's height (per cent) lies at the height of the other. */
#define SAME_HEIGHT 55

static int32_t height_of(const struct mn_box *box)
{
    return box->bottom - box->top;
}

static int32_t size_of(const struct mn_run *run)
{
    int32_t size = (int32_t)run->size * SIZE_UNIT;
    return size > 0 ? size : height_of(&run->box);
}

static int compare_runs(const struct mn_run *a, const struct mn_run *b)
{
    if (a->box.bottom != b->box.bottom)
        return a->box.bottom < b->box.bottom ? -1 : 1;
    if (a->box.left != b->box.left)
        return a->box.left < b->box.left ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int by_height(const void *a, const void *b)
{
    return compare_runs(*(const struct mn_run *const *)a, *(const struct mn_run *const *)b);
}

static int by_left(const void *a, const void *b)
{
    const struct mn_run *first = *(const struct mn_run *const *)a, *second = *(const struct mn_run *const *)b;
    if (first->box.left != second->box.left)
        return first->box.left < second->box.left ? -1 : 1;
    return first < second ? -1 : first > second;
}

static bool share_base(const struct mn_run *a, const struct mn_run *b)
{
    int32_t top = a->box.top > b->box.top ? a->box.top : b->box.top;
    int32_t bottom = a->box.bottom < b->box.bottom ? a->box.bottom : b->box.bottom;
    int32_t lower = height_of(&a->box) < height_of(&b->box) ? height_of(&a->box) : height_of(&b->box);
    return ((int64_t)bottom - top) * 100 >= (int64_t)lower * SAME_HEIGHT;
}

/* ---- one line's text ---- */

static bool parts_words(const struct mn_run *before, const struct mn_run *run)
{
    if (run == before + 1 && (run->flags & MN_PDF_GLUED))
        return false;
    int32_t size = size_of(before) > size_of(run) ? size_of(before) : size_of(run);
    return run != before + 1 ? (int64_t)(run->box.left - before->box.right) * 100 >= (int64_t)size * WORD_GAP : true;
}

bool mn_line_spell(struct work *work, struct line *line)
{
    size_t room = 0;
    for (uint32_t i = 0; i < line->count; i++)
        room += work->runs[line->first + i]->text.size + 1;
    char *text = mn_arena_alloc(work->arena, room ? room : 1);
    if (!text)
        return false;
    size_t size = 0;
    bool parted = false;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct mn_run *run = work->runs[line->first + i];
        parted |= i > 0 && parts_words(work->runs[line->first + i - 1], run);
        if (work->dropped[line->first + i])
            continue;
        if (parted && size > 0)
            text[size++] = ' ';
        memcpy(text + size, run->text.data, run->text.size);
        size += run->text.size;
        parted = false;
    }
    line->text = (struct mn_slice){text, size};
    return true;
}

/* ---- one line's looks ---- */

/* Sizes that are told apart in one line: a line of text has one or two. */
#define SIZES_OF_LINE 8

/* The size that most of the letters have. */
static uint16_t main_size(const struct work *work, const struct line *line)
{
    uint16_t sizes[SIZES_OF_LINE] = {0};
    size_t letters[SIZES_OF_LINE], count = 0, best = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct mn_run *run = work->runs[line->first + i];
        size_t at = 0;
        while (at < count && sizes[at] != run->size)
            at++;
        if (at == SIZES_OF_LINE)
            continue;
        if (at == count) {
            sizes[count] = run->size;
            letters[count++] = 0;
        }
        letters[at] += run->text.size;
        if (letters[at] > letters[best])
            best = at;
    }
    return sizes[best];
}

static bool has_letter(struct mn_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (mn_is_letter(mn_utf8_next(text, &at)))
            return true;
    return false;
}

static bool is_bold(const struct work *work, const struct line *line)
{
    bool any = false;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct mn_run *run = work->runs[line->first + i];
        bool bold = run->font < work->pages->font_count && work->pages->fonts[run->font].bold;
        if (has_letter(run->text) && !bold)
            return false;
        any |= bold;
    }
    return any;
}

static void widen(struct mn_box *box, const struct mn_box *other)
{
    box->left = box->left < other->left ? box->left : other->left;
    box->right = box->right > other->right ? box->right : other->right;
    box->top = box->top < other->top ? box->top : other->top;
    box->bottom = box->bottom > other->bottom ? box->bottom : other->bottom;
}

/* Top and bottom are those of the letters in the main size: a raised mark does not make the line higher. */
static struct mn_box box_of(const struct work *work, const struct line *line)
{
    const struct mn_run *first = work->runs[line->first];
    struct mn_box box = first->box, main = {0};
    bool found = false;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct mn_run *run = work->runs[line->first + i];
        widen(&box, &run->box);
        if (run->size != line->size)
            continue;
        if (found)
            widen(&main, &run->box);
        else
            main = run->box;
        found = true;
    }
    if (found) {
        box.top = main.top;
        box.bottom = main.bottom;
    }
    return box;
}

static bool is_digit_or_letter(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* "•", "1.", "(a)", "2.1", "15.11.1": what stands apart before the words of a point. */
static bool is_label(struct mn_slice text)
{
    size_t signs = 0, letters = 0;
    bool digits = false;
    if (text.size > LONGEST_LABEL)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        digits |= byte >= '0' && byte <= '9';
        letters += is_digit_or_letter(byte) && !(byte >= '0' && byte <= '9');
        signs += !is_digit_or_letter(byte);
    }
    if (letters + signs == text.size && letters == 0)
        return mn_utf8_length(text) == 1 && !mn_is_letter(mn_utf8_next(text, &(size_t){0})); /* a bullet */
    if (letters == 1 && text.size == 1)
        return text.data[0] == 'o';
    return (digits && letters <= 2) || (letters <= 4 && signs > 0 && signs <= 2);
}

/* The runs of the line's first word. */
static uint32_t first_word_runs(const struct work *work, const struct line *line)
{
    uint32_t count = 1;
    while (count < line->count && !parts_words(work->runs[line->first + count - 1], work->runs[line->first + count]))
        count++;
    return count;
}

/* A bullet or number at the line's start, with words behind it: a number without a sign only with a wide gap. */
static void find_label(const struct work *work, struct line *line)
{
    char label[LONGEST_LABEL];
    size_t size = 0;
    uint32_t count = first_word_runs(work, line);
    line->label = 0;
    if (count == line->count)
        return;
    for (uint32_t i = 0; i < count; i++) {
        struct mn_slice text = work->runs[line->first + i]->text;
        if (size + text.size > sizeof label)
            return;
        memcpy(label + size, text.data, text.size);
        size += text.size;
    }
    if (!is_label((struct mn_slice){label, size}))
        return;
    const struct mn_run *last = work->runs[line->first + count - 1], *next = work->runs[line->first + count];
    bool bare = is_digit_or_letter(label[size - 1]) && !memchr(label, '.', size);
    if (bare && (int64_t)(next->box.left - last->box.right) * 100 < (int64_t)size_of(next) * BARE_GAP)
        return;
    line->label = (uint32_t)size;
    line->text_left = next->box.left;
}

static int32_t first_word_width(const struct work *work, const struct line *line)
{
    return work->runs[line->first + first_word_runs(work, line) - 1]->box.right - work->runs[line->first]->box.left;
}

void mn_line_measure(struct work *work, struct line *line)
{
    line->size = main_size(work, line);
    line->bold = is_bold(work, line);
    line->box = box_of(work, line);
    line->text_left = line->box.left;
    find_label(work, line);
    line->first_word = first_word_width(work, line);
    line->letters = 0;
    line->turned = true;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct mn_run *run = work->runs[line->first + i];
        line->letters += (uint32_t)mn_utf8_length(run->text);
        line->turned &= (run->flags & MN_PDF_TURNED) != 0;
    }
}

/* ---- runs to lines ---- */

static bool add_line(struct work *work, uint32_t page, uint32_t first, uint32_t count)
{
    struct line *line = MN_APPEND(work->arena, &work->lines);
    if (!line)
        return false;
    *line = (struct line){.page = page, .first = first, .count = count};
    mn_line_measure(work, line);
    return mn_line_spell(work, line);
}

/* Does the gap before `run` part what stands on this base line? `alone`: only one run stands before it. */
static bool parts_lines(const struct mn_run *before, const struct mn_run *run, bool alone)
{
    int32_t size = size_of(before) > size_of(run) ? size_of(before) : size_of(run);
    int64_t gap = (int64_t)run->box.left - before->box.right;
    int64_t widest = alone && is_label(before->text) ? LABEL_GAP : WIDE_GAP;
    return gap * 100 >= widest * size;
}

/* The runs [first, end) share a base line and are sorted from the left. */
static bool cut_band(struct work *work, uint32_t page, uint32_t first, uint32_t end)
{
    uint32_t start = first;
    int32_t right = work->runs[first]->box.right;
    for (uint32_t i = first + 1; i < end; i++) {
        const struct mn_run *run = work->runs[i];
        if (run->box.left > right && parts_lines(work->runs[i - 1], run, i - start == 1)) {
            if (!add_line(work, page, start, i - start))
                return false;
            start = i;
        }
        right = run->box.right > right ? run->box.right : right;
    }
    return add_line(work, page, start, end - start);
}

static int compare_lines(const struct line *a, const struct line *b)
{
    if (a->box.bottom != b->box.bottom)
        return a->box.bottom < b->box.bottom ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static int by_place(const void *a, const void *b)
{
    return compare_lines(a, b);
}

static bool cut_page(struct work *work, uint32_t page, uint32_t first, uint32_t end)
{
    qsort(work->runs + first, end - first, sizeof *work->runs, by_height);
    struct page_lines *lines = &work->page_lines[page];
    lines->first = (uint32_t)work->lines.count;
    for (uint32_t start = first; start < end;) {
        uint32_t next = start + 1;
        while (next < end && share_base(work->runs[start], work->runs[next]))
            next++;
        qsort(work->runs + start, next - start, sizeof *work->runs, by_left);
        if (!cut_band(work, page, start, next))
            return false;
        start = next;
    }
    lines->end = (uint32_t)work->lines.count;
    qsort(work->lines.items + lines->first, lines->end - lines->first, sizeof *work->lines.items, by_place);
    return true;
}

/* ---- the document's own measure ---- */

#define SIZES 1024

static void find_body_size(struct work *work)
{
    uint64_t letters[SIZES] = {0};
    for (size_t i = 0; i < work->lines.count; i++) {
        const struct line *line = &work->lines.items[i];
        if (line->size < SIZES)
            letters[line->size] += line->letters;
    }
    for (uint16_t size = 1; size < SIZES; size++)
        if (letters[size] > letters[work->body_size])
            work->body_size = size;
}

bool mn_layout_lines(struct work *work)
{
    const struct mn_pages *pages = work->pages;
    size_t total = 0;
    for (size_t i = 0; i < pages->count; i++)
        total += pages->items[i].run_count;
    work->runs = mn_arena_alloc(work->arena, (total + 1) * sizeof *work->runs);
    work->dropped = mn_arena_zero(work->arena, total + 1);
    work->page_lines = mn_arena_zero(work->arena, (pages->count + 1) * sizeof *work->page_lines);
    if (!work->runs || !work->dropped || !work->page_lines)
        return false;
    uint32_t at = 0;
    for (uint32_t page = 0; page < pages->count; page++) {
        uint32_t first = at;
        for (size_t i = 0; i < pages->items[page].run_count; i++)
            work->runs[at++] = &pages->items[page].runs[i];
        if (!cut_page(work, page, first, at))
            return false;
    }
    find_body_size(work);
    return true;
}
