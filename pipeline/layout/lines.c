/* Runs become lines: on one base line, side by side, parted by wide gaps. */
#include "layout/labels.h"
#include "layout/work.h"

#include "base/deadline.h"
#include "base/utf8.h"
#include <stdlib.h>

/* Shares of a font's size, in per cent. */
#define WORD_GAP 12      /* from here on a gap parts two words */
#define WIDE_GAP 130     /* from here on it parts two lines: columns, cells */
#define EDGE_GAP 60      /* and from here on where other lines show that a column begins behind it */
#define LABEL_GAP 400    /* a bullet or a number stands so far before its words at most */
#define APART_GAP 70     /* and so far, where it shows by that alone */
#define LONGEST_LABEL 12 /* bytes */

/* Edges of columns: hundredths of a point. */
#define MOST_EDGES 256
#define SAME_EDGE 150
#define EDGE_REACH 15000
#define FEWEST_EDGES 2

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

/* Sorts runs that most files have in order already. */
static void sort_runs(const struct mn_run **runs, size_t count, int (*compare)(const void *, const void *))
{
    size_t sorted = 1;
    while (sorted < count && compare(&runs[sorted - 1], &runs[sorted]) < 0)
        sorted++;
    if (sorted < count)
        qsort(runs, count, sizeof *runs, compare);
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

/* Characters that show letters or signs which canonical text writes otherwise: ligatures, and the hyphens that fonts
 * have beside the usual one (a soft hyphen that is printed is a hyphen). */
static const struct {
    struct mn_slice shown, meant;
} spellings[] = {
    {MN_LITERAL_ITEM("\xEF\xAC\x80"), MN_LITERAL_ITEM("ff")},
    {MN_LITERAL_ITEM("\xEF\xAC\x81"), MN_LITERAL_ITEM("fi")},
    {MN_LITERAL_ITEM("\xEF\xAC\x82"), MN_LITERAL_ITEM("fl")},
    {MN_LITERAL_ITEM("\xEF\xAC\x83"), MN_LITERAL_ITEM("ffi")},
    {MN_LITERAL_ITEM("\xEF\xAC\x84"), MN_LITERAL_ITEM("ffl")},
    {MN_LITERAL_ITEM("\xEF\xAC\x85"), MN_LITERAL_ITEM("st")},
    {MN_LITERAL_ITEM("\xEF\xAC\x86"), MN_LITERAL_ITEM("st")},
    {MN_LITERAL_ITEM("\xC2\xAD"), MN_LITERAL_ITEM("-")},
    {MN_LITERAL_ITEM("\xE2\x80\x90"), MN_LITERAL_ITEM("-")},
    {MN_LITERAL_ITEM("\xE2\x80\x91"), MN_LITERAL_ITEM("-")},
};

/* The spelling of what stands at the start of the text, or null. */
static const struct mn_slice *spelling_of(struct mn_slice text, size_t *size)
{
    unsigned char first = (unsigned char)text.data[0];
    if (first != 0xEF && first != 0xC2 && first != 0xE2)
        return NULL;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (mn_slice_starts(text, spellings[i].shown)) {
            *size = spellings[i].shown.size;
            return &spellings[i].meant;
        }
    return NULL;
}

/* No spelling is longer than what is shown. */
static size_t spell(char *out, struct mn_slice text)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        size_t shown = 1;
        const struct mn_slice *meant = spelling_of(mn_slice_cut(text, at, text.size), &shown);
        memcpy(out + size, meant ? meant->data : text.data + at, meant ? meant->size : 1);
        size += meant ? meant->size : 1;
        at += shown;
    }
    return size;
}

static bool is_plain(struct mn_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
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
        if (is_plain(run->text)) {
            memcpy(text + size, run->text.data, run->text.size);
            size += run->text.size;
        } else {
            size += spell(text + size, run->text);
        }
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

/* The runs of the line's first word. */
static uint32_t first_word_runs(const struct work *work, const struct line *line)
{
    uint32_t count = 1;
    while (count < line->count && !parts_words(work->runs[line->first + count - 1], work->runs[line->first + count]))
        count++;
    return count;
}

/* A bullet or number at the line's start, with words behind it. */
static void find_label(const struct work *work, struct line *line)
{
    char label[LONGEST_LABEL];
    size_t size = 0;
    uint32_t count = first_word_runs(work, line);
    line->label = 0;
    line->sure_label = false;
    if (count == line->count)
        return;
    for (uint32_t i = 0; i < count; i++) {
        struct mn_slice text = work->runs[line->first + i]->text;
        if (size + text.size > sizeof label)
            return;
        memcpy(label + size, text.data, text.size);
        size += text.size;
    }
    enum mn_label kind = mn_label_of((struct mn_slice){label, size});
    const struct mn_run *last = work->runs[line->first + count - 1], *next = work->runs[line->first + count];
    bool apart = (int64_t)(next->box.left - last->box.right) * 100 >= (int64_t)size_of(next) * APART_GAP;
    if (kind == MN_LABEL_NONE || (kind == MN_LABEL_APART && !apart))
        return;
    line->label = (uint32_t)size;
    line->sure_label = kind == MN_LABEL_SURE || apart;
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

/* Where columns begin on the page: the left edges of what wide gaps part from the text before it. */
struct column_edges {
    int32_t left[MOST_EDGES], bottom[MOST_EDGES];
    uint32_t count;
};

static void note_edge(struct column_edges *edges, const struct mn_run *run)
{
    if (edges->count == MOST_EDGES)
        return;
    edges->left[edges->count] = run->box.left;
    edges->bottom[edges->count++] = run->box.bottom;
}

static int32_t distance(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

/* Do other lines near by show that a column begins where the run does? */
static bool is_at_edge(const struct column_edges *edges, const struct mn_run *run)
{
    uint32_t near = 0;
    for (uint32_t i = 0; i < edges->count; i++)
        near += distance(edges->left[i], run->box.left) <= SAME_EDGE &&
                distance(edges->bottom[i], run->box.bottom) <= EDGE_REACH && edges->bottom[i] != run->box.bottom;
    return near >= FEWEST_EDGES;
}

/* Does the gap before `run` part what stands on this base line? `alone`: only one run stands before it. */
static bool parts_lines(const struct column_edges *edges, const struct mn_run *before, const struct mn_run *run,
                        bool alone)
{
    int32_t size = size_of(before) > size_of(run) ? size_of(before) : size_of(run);
    int64_t gap = ((int64_t)run->box.left - before->box.right) * 100;
    if (alone && mn_label_of(before->text) != MN_LABEL_NONE)
        return gap >= (int64_t)LABEL_GAP * size;
    return gap >= (int64_t)WIDE_GAP * size || (gap >= (int64_t)EDGE_GAP * size && is_at_edge(edges, run));
}

/* The end of the line that begins at `start`, of runs up to `end` on one base line, sorted from the left. */
static uint32_t line_end(const struct work *work, const struct column_edges *edges, uint32_t start, uint32_t end)
{
    int32_t right = work->runs[start]->box.right;
    uint32_t at = start + 1;
    while (at < end) {
        const struct mn_run *run = work->runs[at];
        if (run->box.left > right && parts_lines(edges, work->runs[at - 1], run, at - start == 1))
            break;
        right = run->box.right > right ? run->box.right : right;
        at++;
    }
    return at;
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

/* Sorts the runs [first, end) by base lines and from the left; `ends` gets the end of each base line. */
static uint32_t find_base_lines(struct work *work, uint32_t first, uint32_t end, uint32_t *ends)
{
    uint32_t count = 0;
    sort_runs(work->runs + first, end - first, by_height);
    for (uint32_t start = first; start < end;) {
        uint32_t next = start + 1;
        while (next < end && share_base(work->runs[start], work->runs[next]))
            next++;
        sort_runs(work->runs + start, next - start, by_left);
        ends[count++] = next;
        start = next;
    }
    return count;
}

static void find_edges(const struct work *work, uint32_t first, const uint32_t *ends, uint32_t count,
                       struct column_edges *edges)
{
    static const struct column_edges none = {.count = 0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = i > 0 ? ends[i - 1] : first;
        for (uint32_t next; (next = line_end(work, &none, start, ends[i])) < ends[i]; start = next)
            note_edge(edges, work->runs[next]);
    }
}

static bool cut_page(struct work *work, uint32_t page, uint32_t first, uint32_t end)
{
    struct column_edges edges = {.count = 0};
    uint32_t *ends = mn_arena_alloc(work->arena, (end - first + 1) * sizeof *ends);
    if (!ends)
        return false;
    uint32_t count = find_base_lines(work, first, end, ends);
    find_edges(work, first, ends, count, &edges);
    struct page_lines *lines = &work->page_lines[page];
    lines->first = (uint32_t)work->lines.count;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t start = i > 0 ? ends[i - 1] : first, next; start < ends[i]; start = next) {
            next = line_end(work, &edges, start, ends[i]);
            if (!add_line(work, page, start, next - start))
                return false;
        }
    lines->end = (uint32_t)work->lines.count;
    if (lines->end > lines->first)
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
        if (mn_deadline_passed() || !cut_page(work, page, first, at))
            return false;
    }
    find_body_size(work);
    return true;
}
