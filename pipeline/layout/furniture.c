/* Running heads, page numbers and footnotes leave the flow. A line at a page's edge is a running head when lines like
 * it, numbers aside, stand at the same height of other pages too. */
#include "layout/work.h"

#include "base/digest.h"

#define EDGE_SHARE 6     /* the outer sixth of a page's height, at its top and at its foot */
#define HEIGHT_STEP 600  /* heads of one kind differ less in height: 6 points */
#define FEWEST_REPEATS 3 /* on so many pages; on two of a document of two or three */
#define LONGEST_HEAD 200 /* bytes */
#define LONGEST_MARK 3   /* of a footnote, digits or signs */
#define NOTE_SHARE 94    /* a footnote's letters are smaller than the text's: per cent */
#define MARK_SHARE 85    /* and its mark in the text is smaller than the words there */
#define SHORTEST_BLANK 8 /* underscores */
#define EDGE_LINES 10    /* lines that are looked at, at each edge of a page */
#define NOTE_LINES 60    /* lines of small print at a page's foot that are looked at */

struct edge_line {
    uint64_t kind; /* what its words are, without numbers */
    uint32_t line;
    int32_t place;   /* distance from the page's top, or from its foot */
    uint32_t number; /* the last number in it */
    bool bare;       /* it consists of its number */
    bool foot;
};

typedef MN_VECTOR(struct edge_line) edge_vector;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* ---- running heads and page numbers ---- */

static void read_kind(struct mn_slice text, struct edge_line *edge)
{
    char words[LONGEST_HEAD];
    size_t size = 0;
    edge->bare = true;
    for (size_t i = 0; i < text.size && size < sizeof words; i++) {
        if (!is_digit(text.data[i])) {
            words[size++] = text.data[i];
            edge->bare &= text.data[i] == ' ' || text.data[i] == '-';
            continue;
        }
        edge->number = i > 0 && is_digit(text.data[i - 1]) ? edge->number * 10 : 0;
        edge->number += (uint32_t)(text.data[i] - '0');
        if (i == 0 || !is_digit(text.data[i - 1]))
            words[size++] = '0';
    }
    edge->kind = mn_hash((struct mn_slice){words, size});
}

static bool collect_edges(struct work *work, edge_vector *edges)
{
    for (uint32_t i = 0; i < work->lines.count; i++) {
        struct line *line = &work->lines.items[i];
        int32_t height = work->pages->items[line->page].height;
        struct page_lines range = work->page_lines[line->page];
        bool head = i < range.first + EDGE_LINES && line->box.bottom < height / EDGE_SHARE;
        bool foot = i + EDGE_LINES >= range.end && line->box.top > height - height / EDGE_SHARE;
        if ((!head && !foot) || line->text.size > LONGEST_HEAD)
            continue;
        struct edge_line *edge = MN_APPEND(work->arena, edges);
        if (!edge)
            return false;
        *edge =
            (struct edge_line){.line = i, .foot = foot, .place = foot ? height - line->box.bottom : line->box.bottom};
        read_kind(line->text, edge);
    }
    return true;
}

static int32_t distance(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

/* Same words at the same height; bare numbers also count up with the pages. */
static bool are_alike(const struct work *work, const struct edge_line *a, const struct edge_line *b)
{
    uint32_t page_a = work->lines.items[a->line].page, page_b = work->lines.items[b->line].page;
    if (a->kind != b->kind || a->foot != b->foot || page_a == page_b || distance(a->place, b->place) > HEIGHT_STEP)
        return false;
    return !a->bare || b->number - a->number == work->pages->items[page_b].number - work->pages->items[page_a].number;
}

/* Pages away that lines like it are looked for: heads of left and of right pages differ. */
#define REACH 8

static uint32_t count_alike(const struct work *work, const edge_vector *edges, size_t at)
{
    uint32_t pages = 1, page = work->lines.items[edges->items[at].line].page, last = page;
    for (size_t i = at; i-- > 0;) {
        uint32_t other = work->lines.items[edges->items[i].line].page;
        if (other + REACH < page)
            break;
        if (other != last && are_alike(work, &edges->items[i], &edges->items[at])) {
            pages++;
            last = other;
        }
    }
    last = page;
    for (size_t i = at + 1; i < edges->count; i++) {
        uint32_t other = work->lines.items[edges->items[i].line].page;
        if (other > page + REACH)
            break;
        if (other != last && are_alike(work, &edges->items[at], &edges->items[i])) {
            pages++;
            last = other;
        }
    }
    return pages;
}

/* A number alone at the very foot of a page that is the page's own. */
static bool is_own_number(const struct work *work, const struct edge_line *edge)
{
    const struct line *line = &work->lines.items[edge->line];
    const struct mn_page *page = &work->pages->items[line->page];
    return edge->bare && edge->number == page->number && edge->place < page->height / 10;
}

static bool mark_heads(struct work *work)
{
    edge_vector edges = {0};
    if (!collect_edges(work, &edges))
        return false;
    uint32_t needed = work->pages->count <= FEWEST_REPEATS ? 2 : FEWEST_REPEATS;
    for (size_t i = 0; i < edges.count; i++)
        if (is_own_number(work, &edges.items[i]) || count_alike(work, &edges, i) >= needed)
            work->lines.items[edges.items[i].line].use = LINE_FURNITURE;
    return true;
}

/* ---- footnotes ---- */

static const struct mn_run *run_at(const struct work *work, const struct line *line, uint32_t index)
{
    return work->runs[line->first + index];
}

/* "12", "*", "†". */
static bool is_note_mark(struct mn_slice text)
{
    bool digits = text.size <= LONGEST_MARK, stars = digits;
    for (size_t i = 0; i < text.size; i++) {
        digits &= is_digit(text.data[i]);
        stars &= text.data[i] == '*';
    }
    return digits || stars || mn_slice_equal(text, MN_LITERAL("†")) || mn_slice_equal(text, MN_LITERAL("‡"));
}

static bool is_raised(const struct mn_run *run, const struct line *line)
{
    return (uint32_t)run->size * 100 <= (uint32_t)line->size * MARK_SHARE && run->box.bottom < line->box.bottom;
}

static bool is_small(const struct work *work, const struct line *line)
{
    return line->size > 0 && (uint32_t)line->size * 100 <= (uint32_t)work->body_size * NOTE_SHARE;
}

/* Is the mark also somewhere in the page's text, raised? */
static bool is_referred_to(const struct work *work, uint32_t page, uint32_t before, struct mn_slice mark)
{
    for (uint32_t i = work->page_lines[page].first; i < before; i++) {
        const struct line *line = &work->lines.items[i];
        for (uint32_t j = 1; j < line->count; j++)
            if (mn_slice_equal(run_at(work, line, j)->text, mark) && is_raised(run_at(work, line, j), line))
                return true;
    }
    return false;
}

static bool begins_note(const struct work *work, uint32_t index)
{
    const struct line *line = &work->lines.items[index];
    const struct mn_run *mark = run_at(work, line, 0);
    return line->count > 1 && is_note_mark(mark->text) &&
           (is_raised(mark, line) || is_referred_to(work, line->page, index, mark->text));
}

static bool ends_open(struct mn_slice text)
{
    return text.size > 0 && !strchr(".?!", text.data[text.size - 1]);
}

/* The first line of the small print at the page's foot. */
static uint32_t small_print(const struct work *work, uint32_t page)
{
    uint32_t first = work->page_lines[page].end;
    for (uint32_t i = first; i-- > work->page_lines[page].first;) {
        const struct line *line = &work->lines.items[i];
        if (line->use == LINE_FURNITURE)
            continue;
        if (!is_small(work, line) || work->page_lines[page].end - i > NOTE_LINES)
            break;
        first = i;
    }
    return first;
}

/* `*open`: the last note of the page before goes on. */
static void mark_notes(struct work *work, uint32_t page, bool *open)
{
    uint32_t end = work->page_lines[page].end;
    bool inside = *open;
    *open = false;
    for (uint32_t i = small_print(work, page); i < end; i++) {
        struct line *line = &work->lines.items[i];
        if (line->use == LINE_FURNITURE)
            continue;
        bool begins = begins_note(work, i);
        inside |= begins;
        if (!inside)
            continue;
        line->use = begins ? LINE_NOTE : LINE_NOTE_MORE;
        *open = ends_open(line->text);
    }
}

static bool has_note_on(const struct work *work, uint32_t page, struct mn_slice mark)
{
    uint32_t first = work->page_lines[page].first;
    for (uint32_t i = work->page_lines[page].end, seen = 0; i-- > first && seen <= NOTE_LINES; seen++) {
        const struct line *line = &work->lines.items[i];
        if (line->use == LINE_NOTE && mn_slice_equal(run_at(work, line, 0)->text, mark))
            return true;
    }
    return false;
}

/* A mark in the text whose note stands on this page or on the next. */
static bool has_note(const struct work *work, uint32_t page, struct mn_slice mark)
{
    return has_note_on(work, page, mark) || (page + 1 < work->pages->count && has_note_on(work, page + 1, mark));
}

/* Takes the marks of notes out of a line's text. */
static bool drop_marks(struct work *work, struct line *line)
{
    bool any = false;
    for (uint32_t j = 0; j < line->count; j++) {
        const struct mn_run *run = run_at(work, line, j);
        if (!is_note_mark(run->text) || !is_raised(run, line) || !has_note(work, line->page, run->text))
            continue;
        work->dropped[line->first + j] = true;
        any = true;
    }
    return !any || mn_line_spell(work, line);
}

static bool drop_all_marks(struct work *work)
{
    for (size_t i = 0; i < work->lines.count; i++)
        if (work->lines.items[i].use == LINE_TEXT && !drop_marks(work, &work->lines.items[i]))
            return false;
    return true;
}

/* ---- lines to be filled in by hand ---- */

static bool is_form_line(struct mn_slice text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.data[i] == '_' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest >= SHORTEST_BLANK;
}

/* "Signed ________ Dated ________" at the foot of a page within the document stands between two halves of its text. */
static void mark_form_lines(struct work *work)
{
    for (size_t i = 0; i < work->lines.count; i++) {
        struct line *line = &work->lines.items[i];
        int32_t height = work->pages->items[line->page].height;
        if (line->use == LINE_TEXT && line->page + 1 < work->pages->count &&
            line->box.top > height - height / EDGE_SHARE && is_form_line(line->text))
            line->use = LINE_FURNITURE;
    }
}

bool mn_layout_furniture(struct work *work)
{
    bool open = false;
    for (size_t i = 0; i < work->lines.count; i++)
        if (work->lines.items[i].turned)
            work->lines.items[i].use = LINE_FURNITURE;
    if (!mark_heads(work))
        return false;
    mark_form_lines(work);
    for (uint32_t page = 0; page < work->pages->count; page++)
        mark_notes(work, page, &open);
    return drop_all_marks(work);
}
