/* Lines become blocks: paragraphs, headings, tables, furniture; what a page end cut is joined. */
#include "layout/building.h"

#include "base/deadline.h"

#define LONGEST_HEADING 300 /* bytes */
#define COLUMN_WIDTH 50     /* of indentation */
#define MOST_INDENT 200
#define FEWEST_ROWS 2 /* of a table */
#define LINES_AHEAD 6

struct block *mn_add_block(struct building *building, enum block_kind kind, uint32_t page)
{
    struct block *block = MN_APPEND(building->work->arena, &building->work->blocks);
    if (!block) {
        building->failed = true;
        return NULL;
    }
    *block = (struct block){.kind = (uint8_t)kind, .page = page};
    return block;
}

static bool all_bold(const struct building *building, const uint32_t *lines, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!mn_line_at(building, lines[i])->bold)
            return false;
    return true;
}

static uint8_t indent_of(const struct flow *flow, const struct line *line)
{
    int64_t step = mn_share(line, COLUMN_WIDTH);
    int64_t indent = step > 0 ? ((int64_t)line->box.left - flow->left) / step : 0;
    return indent < 0 ? 0 : indent > MOST_INDENT ? MOST_INDENT : (uint8_t)indent;
}

struct block *mn_add_text_block(struct building *building, const uint32_t *lines, uint32_t count, struct mn_slice text)
{
    const struct line *first = mn_line_at(building, lines[0]);
    bool heading = mn_is_large(building->work, first) && text.size <= LONGEST_HEADING && first->label == 0;
    struct block *block = mn_add_block(building, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH, first->page);
    if (!block)
        return NULL;
    block->text = text;
    block->bold = all_bold(building, lines, count);
    block->level = heading ? mn_level_of(building, first->size) : 0;
    block->first_line = lines[0];
    block->last_line = lines[count - 1];
    return block;
}

/* Does the place of the flow's line `index` show that a paragraph begins there? */
static bool is_set_off(const struct building *building, const struct flow *flow, uint32_t index)
{
    if (index == 0)
        return false;
    const struct line *above = mn_line_at(building, flow->lines[index - 1]),
                      *line = mn_line_at(building, flow->lines[index]);
    return mn_is_loose(building, above, line) || mn_had_much_room(flow, above, line);
}

static void add_paragraph(struct building *building, const struct flow *flow, uint32_t from, uint32_t count)
{
    const uint32_t *lines = flow->lines + from;
    struct block *block = mn_add_text_block(building, lines, count, mn_text_of_lines(building, lines, count));
    if (!block)
        return;
    block->set_off = is_set_off(building, flow, from);
    block->level = block->kind == BLOCK_PARAGRAPH ? indent_of(flow, mn_line_at(building, lines[0])) : block->level;
}

struct block *mn_block_before(const struct building *building)
{
    return building->last == SIZE_MAX ? NULL : &building->work->blocks.items[building->last];
}

static void join_blocks(struct building *building, struct block *before, const struct block *block)
{
    size_t size = before->text.size;
    mn_text_join(building, &before->text, &before->room, block->text);
    before->turn = before->turn ? before->turn : (uint32_t)size;
    before->last_line = block->last_line;
    before->bold &= block->bold;
    before->continues = true;
}

/* Joins the block just added to the one that it goes on with. */
static void mend_page_end(struct building *building, const struct flow *flow)
{
    struct work *work = building->work;
    size_t index = work->blocks.count - 1;
    struct block *block = &work->blocks.items[index], *before = mn_block_before(building);
    if (building->at_page_start &&
        mn_block_continues(building, flow, before, mn_line_at(building, block->first_line))) {
        join_blocks(building, before, block);
        work->blocks.count--;
    } else {
        building->last = index;
    }
    building->at_page_start = false;
}

static void add_flow(struct building *building, const struct flow *flow)
{
    for (uint32_t from = 0; from < flow->count && !building->failed;) {
        uint32_t end = from + 1;
        while (end < flow->count &&
               mn_line_goes_on(building, flow, flow->lines[from], flow->lines[end - 1], flow->lines[end]))
            end++;
        add_paragraph(building, flow, from, end - from);
        if (!building->failed)
            mend_page_end(building, flow);
        from = end;
    }
}

static void add_furniture(struct building *building, uint32_t page, bool below)
{
    struct page_lines range = building->work->page_lines[page];
    int32_t middle = building->work->pages->items[page].height / 2;
    for (uint32_t i = range.first; i < range.end && !building->failed; i++) {
        const struct line *line = mn_line_at(building, i);
        bool note = line->use == LINE_NOTE || line->use == LINE_NOTE_MORE;
        if ((line->use != LINE_FURNITURE && !note) || (line->box.top > middle) != below)
            continue;
        uint32_t lines[64], count = 0;
        lines[count++] = i;
        while (note && i + 1 < range.end && count < 64 && mn_line_at(building, i + 1)->use == LINE_NOTE_MORE)
            lines[count++] = ++i;
        struct mn_slice text = mn_text_of_lines(building, lines, count);
        struct block *block = mn_add_block(building, BLOCK_FURNITURE, page);
        if (block)
            block->text = text;
    }
}

static bool make_flow(struct building *building, const band_vector *bands, const struct region *region, uint32_t column,
                      struct flow *flow)
{
    uint32_t count = 0;
    for (uint32_t i = region->first; i < region->end; i++)
        count += bands->items[i].count;
    uint32_t *lines = mn_arena_alloc(building->work->arena, (count + 1) * sizeof *lines);
    if (!lines)
        return false;
    *flow = (struct flow){.lines = lines, .left = INT32_MAX, .right = INT32_MIN};
    for (uint32_t i = region->first; i < region->end; i++) {
        const struct band *band = &bands->items[i];
        for (uint32_t j = 0; j < band->count; j++) {
            const struct line *line = mn_line_at(building, band->lines[j]);
            if (column != UINT32_MAX && mn_region_column(region, line) != column)
                continue;
            lines[flow->count++] = band->lines[j];
            flow->left = line->box.left < flow->left ? line->box.left : flow->left;
            flow->right = line->box.right > flow->right ? line->box.right : flow->right;
        }
    }
    return true;
}

/* Lines of one band that no table claims are one line. */
static bool join_band(struct building *building, struct band *band)
{
    struct line *first = &building->work->lines.items[band->lines[0]];
    bool contiguous = true;
    uint32_t begin = first->first, count = first->count;
    for (uint32_t i = 1; i < band->count; i++) {
        const struct line *line = mn_line_at(building, band->lines[i]);
        contiguous &= line->first == begin + count;
        count += line->count;
    }
    if (band->count == 1 || !contiguous)
        return true;
    for (uint32_t i = 1; i < band->count; i++)
        building->work->lines.items[band->lines[i]].use = LINE_DROPPED;
    first->count = count;
    band->count = 1;
    mn_line_measure(building->work, first);
    return mn_line_spell(building->work, first);
}

static void add_text(struct building *building, band_vector *bands, uint32_t first, uint32_t end, int32_t left,
                     int32_t right)
{
    struct region all = {.first = first, .end = end, .columns = 1, .edges = {INT32_MIN, INT32_MAX}};
    struct flow flow;
    for (uint32_t i = first; i < end; i++)
        if (!join_band(building, &bands->items[i]))
            building->failed = true;
    if (first == end)
        return;
    if (building->failed || !make_flow(building, bands, &all, UINT32_MAX, &flow)) {
        building->failed = true;
        return;
    }
    flow.left = left;
    flow.right = right;
    add_flow(building, &flow);
}

static void add_region(struct building *building, uint32_t page, const band_vector *bands, const struct region *region)
{
    struct flow flow;
    switch ((enum region_kind)region->kind) {
    case REGION_TABLE:
        mn_add_table(building, page, bands, region);
        break;
    case REGION_PAIRS:
        mn_add_pairs(building, page, bands, region);
        break;
    case REGION_COLUMNS:
        for (uint32_t column = 0; column < region->columns && !building->failed; column++) {
            building->failed |= !make_flow(building, bands, region, column, &flow);
            if (!building->failed)
                add_flow(building, &flow);
        }
        break;
    }
}

static void measure_page(const struct building *building, uint32_t page, int32_t *left, int32_t *right)
{
    struct page_lines range = building->work->page_lines[page];
    *left = INT32_MAX;
    *right = INT32_MIN;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct line *line = mn_line_at(building, i);
        if (line->use != LINE_TEXT)
            continue;
        *left = line->box.left < *left ? line->box.left : *left;
        *right = line->box.right > *right ? line->box.right : *right;
    }
}

/* A region at band `first`: two rows at least, or one that goes on with the table at the end of the page before. */
static bool find_region(const struct building *building, const band_vector *bands, uint32_t done, uint32_t first,
                        struct region *region)
{
    if (mn_region_at(building->work, bands, done, first, FEWEST_ROWS, region))
        return true;
    return first == 0 && building->at_page_start && mn_region_at(building->work, bands, 0, 0, 1, region) &&
           mn_open_table(building, region) != NULL;
}

static void add_page(struct building *building, uint32_t page)
{
    band_vector bands = {0};
    if (!mn_bands_of(building->work, page, &bands)) {
        building->failed = true;
        return;
    }
    int32_t left, right;
    measure_page(building, page, &left, &right);
    building->at_page_start = true;
    add_furniture(building, page, false);
    uint32_t done = 0;
    for (uint32_t i = 0; i < bands.count && !building->failed;) {
        struct region region;
        if (!find_region(building, &bands, done, i, &region)) {
            i++;
            continue;
        }
        add_text(building, &bands, done, region.first, left, right);
        add_region(building, page, &bands, &region);
        i = done = region.end;
    }
    add_text(building, &bands, done, (uint32_t)bands.count, left, right);
    add_furniture(building, page, true);
    if (!building->at_page_start) {
        building->last_left = left;
        building->last_right = right;
    }
}

/* ---- words that line ends have cut ---- */

static bool is_text(const struct line *line)
{
    return line->use == LINE_TEXT;
}

typedef void at_line_end(struct mn_joints *joints, struct mn_slice line, struct mn_slice next);

/* The next line of a paragraph is one of the next few: other columns and a page's foot may stand between. */
static void at_line(struct building *building, uint32_t index, uint32_t ahead, at_line_end *act)
{
    const struct work *work = building->work;
    for (uint32_t i = index + 1, lines = 0; i < work->lines.count && lines < ahead; i++) {
        if (!is_text(mn_line_at(building, i)))
            continue;
        act(&building->joints, mn_line_at(building, index)->text, mn_line_at(building, i)->text);
        lines++;
    }
}

static void at_line_ends(struct building *building, uint32_t ahead, at_line_end *act)
{
    for (uint32_t i = 0; i < building->work->lines.count; i++)
        if (is_text(mn_line_at(building, i)) && mn_joint_is_open(mn_line_at(building, i)->text))
            at_line(building, i, ahead, act);
}

/* Does one of the few lines before end in a hyphen? */
static bool follows_hyphen(const struct building *building, uint32_t index)
{
    for (uint32_t i = index, lines = 0; i-- > 0 && lines < LINES_AHEAD; lines++)
        if (mn_joint_is_open(mn_line_at(building, i)->text))
            return true;
    return false;
}

static bool learn_words(struct building *building)
{
    const struct work *work = building->work;
    size_t hyphens = 0;
    for (uint32_t i = 0; i < work->lines.count; i++)
        hyphens += mn_joint_is_open(mn_line_at(building, i)->text);
    if (!mn_joints_open(&building->joints, work->arena, hyphens * LINES_AHEAD))
        return false;
    if (hyphens == 0)
        return true;
    at_line_ends(building, LINES_AHEAD, mn_joint_ask);
    for (uint32_t i = 0; i < work->lines.count; i++)
        if (is_text(mn_line_at(building, i)))
            mn_joint_look(&building->joints, mn_line_at(building, i)->text, follows_hyphen(building, i));
    at_line_ends(building, 1, mn_joint_weigh); /* each counts once */
    return true;
}

bool mn_layout_blocks(struct work *work)
{
    struct building building = {.work = work, .pitch = mn_find_pitch(work), .last = SIZE_MAX};
    if (!learn_words(&building))
        return false;
    mn_find_heading_sizes(&building);
    for (uint32_t page = 0; page < work->pages->count && !building.failed && !mn_deadline_passed(); page++)
        add_page(&building, page);
    return !building.failed && !mn_deadline_passed();
}
