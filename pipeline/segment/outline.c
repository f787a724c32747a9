#include "segment/outline.h"

#include "segment/headings.h"
#include "segment/inline.h"

static struct mn_node *node_at(struct outline *outline, uint32_t index)
{
    return &outline->work->document->nodes.items[index];
}

/* ---- sections ---- */

static bool is_stated(uint16_t style)
{
    return style >= STYLE_STATED;
}

static bool is_numbered(uint16_t style)
{
    return style > STYLE_NUMBERED && style < STYLE_LETTERED;
}

/* Does a section under a heading of this style end where one of style `next` begins? */
static bool ends_with(uint16_t style, uint16_t next)
{
    if (style == next)
        return true;
    bool both_numbered =
        style > STYLE_NUMBERED && style < STYLE_LETTERED && next > STYLE_NUMBERED && next < STYLE_LETTERED;
    return both_numbered && style > next;
}

/* The first of the open sections that is not of the format's own headings or stands below one of them. */
static size_t first_own(const struct outline *outline)
{
    size_t floor = outline->sections;
    while (floor > 0 && !is_stated(outline->styles[floor - 1]))
        --floor;
    return floor;
}

static size_t kept_under_stated(const struct outline *outline, uint16_t style)
{
    size_t kept = first_own(outline);
    while (kept > 0 && (!is_stated(outline->styles[kept - 1]) || outline->styles[kept - 1] >= style))
        --kept;
    return kept;
}

/* A numbered heading ends what was opened since the last one: a part of that item is no place for the next item. */
static size_t kept_under_numbered(const struct outline *outline, uint16_t style, bool restarts)
{
    size_t floor = first_own(outline);
    for (size_t i = floor; i < outline->sections; ++i)
        if (ends_with(outline->styles[i], style) ||
            (!restarts && !is_numbered(outline->styles[i]) && !outline->holds_numbers[i]))
            return i;
    return outline->sections;
}

/* A title or bold line inside a numbered item is a part of that item, whatever stands above. */
static size_t kept_under_own(const struct outline *outline, uint16_t style)
{
    size_t floor = first_own(outline);
    if (style != STYLE_CAPITALS)
        for (size_t i = outline->sections; i-- > floor;)
            if (is_numbered(outline->styles[i])) {
                floor = i + 1;
                break;
            }
    for (size_t i = floor; i < outline->sections; ++i)
        if (ends_with(outline->styles[i], style))
            return i;
    return outline->sections;
}

/* How many of the open sections stay open under this heading. */
static size_t sections_kept(const struct outline *outline, const struct block *block)
{
    uint16_t style = block->style;
    size_t kept = is_stated(style)     ? kept_under_stated(outline, style)
                  : is_numbered(style) ? kept_under_numbered(outline, style, block->mark.value == 1)
                                       : kept_under_own(outline, style);
    return kept < MOST_SECTIONS ? kept : MOST_SECTIONS - 1;
}

static void close_section(struct outline *outline)
{
    mn_builder_close(&outline->builder);
    --outline->sections;
}

static void end_brief(struct outline *outline)
{
    if (outline->brief)
        close_section(outline);
    outline->brief = false;
}

/* A heading without number directly over a numbered one stands above all numbered ones: "QUESTIONS". */
static size_t sections_over_numbers(const struct outline *outline, size_t kept)
{
    for (size_t i = 0; i < kept; ++i)
        if (is_numbered(outline->styles[i]))
            return i;
    return kept;
}

static uint32_t open_section(struct outline *outline, const struct block *block, bool over_numbers)
{
    mn_close_lists(outline, 0);
    end_brief(outline);
    outline->dormant_count = 0;
    size_t kept = sections_kept(outline, block);
    if (over_numbers && !is_stated(block->style) && !is_numbered(block->style))
        kept = sections_over_numbers(outline, kept);
    while (outline->sections > kept)
        close_section(outline);
    uint32_t section = mn_builder_open(&outline->builder, MN_DIV);
    outline->numbers_seen |= is_numbered(block->style);
    outline->holds_numbers[outline->sections] = over_numbers || !outline->numbers_seen;
    outline->styles[outline->sections++] = block->style;
    if (section != MN_NONE)
        node_at(outline, section)->level = (uint8_t)outline->sections;
    return section;
}

static bool set_role(struct outline *outline, uint32_t section, struct mn_slice label)
{
    struct mn_slice role = mn_segmentation_label(outline->work->segmentation, label, NULL);
    uint32_t index = mn_document_role(outline->work->document, role);
    if (section != MN_NONE && index != MN_NONE)
        node_at(outline, section)->role = index;
    return index != MN_NONE;
}

/* ---- leaves ---- */

/* `text` is the block's, or a piece of it. */
static void set_page(struct mn_node *node, const struct block *block, struct mn_slice text)
{
    size_t before = (size_t)(text.data - block->text.data);
    node->page = block->page;
    if (block->turn == 0)
        return;
    if (block->turn <= before)
        node->page++;
    else if (block->turn < before + text.size)
        node->turn = block->turn - (uint32_t)before;
}

static uint32_t add_leaf(struct outline *outline, const struct block *block, enum mn_node_kind kind,
                         struct mn_slice text, const struct mark *mark)
{
    size_t enumerator = mark->shape != SHAPE_NONE && mark->size < text.size ? mark->size : 0;
    uint32_t index = mn_builder_leaf(&outline->builder, kind, text, enumerator);
    if (index == MN_NONE)
        return index;
    struct mn_node *node = node_at(outline, index);
    node->flags = (uint8_t)(block->flags & (MN_BOLD | MN_HEADER_CELL));
    if (block->traits & TRAIT_CONTINUES)
        node->flags |= MN_CONTINUES;
    set_page(node, block, text);
    node->source_start = block->source_start;
    node->source_end = block->source_end;
    if (enumerator > 0) {
        node->numbering = mark->numbering;
        node->ordinal = mark->numbering == MN_BULLET ? 0 : mark->value;
    }
    return index;
}

static bool is_over_number(const struct outline *outline, size_t at)
{
    size_t next = mn_next_leaf(outline->work, at);
    const struct block *block = next < outline->work->blocks.count ? &outline->work->blocks.items[next] : NULL;
    return block && block->use == USE_HEAD && is_numbered(block->style);
}

static void add_head(struct outline *outline, size_t at, const struct block *block)
{
    open_section(outline, block, is_over_number(outline, at));
    uint32_t head = add_leaf(outline, block, MN_HEAD, block->text, &block->mark);
    if (head != MN_NONE)
        node_at(outline, head)->level = (uint8_t)outline->sections;
}

static const struct mark no_mark;

/* ---- text ---- */

/* In a cell or an item of the format an enumerator at the start of the only text is just that; a list begins where a
 * second one follows. */
static bool begins_list(const struct outline *outline, size_t at, const struct mark *mark)
{
    const struct context *context = &outline->contexts.items[outline->contexts.count - 1];
    if (context->kind == MN_BODY || outline->list_count > context->lists)
        return true;
    size_t next = mn_next_leaf(outline->work, at);
    return next < outline->work->blocks.count && mn_mark_follows(mark, &outline->work->blocks.items[next].mark);
}

/* The item of the format takes over the enumerator that its first text shows. */
static void number_context(struct outline *outline, const struct mark *mark)
{
    struct context *context = innermost(outline);
    if (context->kind != MN_ITEM || context->leaves > 0 || context->node == MN_NONE)
        return;
    node_at(outline, context->node)->numbering = mark->numbering;
    node_at(outline, context->node)->ordinal = mark->numbering == MN_BULLET ? 0 : mark->value;
}

static void note_ending(struct outline *outline, uint8_t ending)
{
    if (outline->list_count > 0)
        outline->lists[outline->list_count - 1].ending = ending;
}

static void add_numbered(struct outline *outline, size_t at, const struct block *block, struct mn_slice text,
                         struct mark mark)
{
    struct mark rest = {0};
    if (!begins_list(outline, at, &mark)) {
        number_context(outline, &mark);
        add_leaf(outline, block, MN_P, text, &mark);
        return;
    }
    struct mark reading = mn_open_item(outline, at, mark, block->indent);
    if (reading.shape == SHAPE_NONE) {
        mn_close_lists(outline, innermost(outline)->lists);
        add_leaf(outline, block, MN_P, text, &no_mark);
        return;
    }
    struct mn_slice words = mn_slice_cut(text, mark.size, text.size);
    rest = mn_mark_read(words);
    bool inner = rest.shape != SHAPE_NONE && rest.shape != SHAPE_BARE && rest.shape != SHAPE_LEVELS &&
                 mn_mark_starts(&rest) && !mark_is_alone(&rest, words) && outline->list_count < MOST_LISTS;
    if (!inner) {
        add_leaf(outline, block, MN_P, text, &reading);
        return;
    }
    /* "(a) (i) That …": the outer item holds nothing but its list; its enumerator stands with the inner one's. */
    uint32_t list = mn_builder_open(&outline->builder, MN_LIST);
    if (list == MN_NONE)
        return;
    outline->lists[outline->list_count++] = (struct open_list){.last = rest, .indent = block->indent};
    uint32_t item = mn_builder_open(&outline->builder, MN_ITEM);
    if (item == MN_NONE)
        return;
    node_at(outline, list)->numbering = rest.numbering;
    node_at(outline, item)->numbering = rest.numbering;
    node_at(outline, item)->ordinal = rest.numbering == MN_BULLET ? 0 : rest.value;
    rest.size = (uint16_t)(rest.size + mark.size);
    add_leaf(outline, block, MN_P, text, &rest);
}

static void add_plain(struct outline *outline, size_t at, const struct block *block, struct mn_slice text)
{
    if (!mn_stays_in_item(outline, at) && outline->brief)
        end_brief(outline);
    add_leaf(outline, block, MN_P, text, &no_mark);
}

static void add_pieces(struct outline *outline, size_t at, const struct block *block, const piece_vector *pieces)
{
    for (size_t i = 0; i < pieces->count; ++i) {
        const struct piece *piece = &pieces->items[i];
        bool lead = i == 0 && i + 1 < pieces->count && piece->mark.shape == SHAPE_NONE;
        if (piece->mark.shape != SHAPE_NONE) {
            add_numbered(outline, at, block, piece->text, piece->mark);
            note_ending(outline, i == 0 && i + 1 < pieces->count ? ENDS_LEADING : ENDS_CLAUSE);
        } else if (lead) {
            add_plain(outline, at, block, piece->text);
            note_ending(outline, ENDS_LEADING);
        } else {
            mn_close_lists(outline, innermost(outline)->lists);
            add_leaf(outline, block, MN_P, piece->text, &no_mark);
        }
    }
}

static struct mark mark_behind(const struct outline *outline, size_t at)
{
    size_t next = mn_next_leaf(outline->work, at);
    return next < outline->work->blocks.count ? outline->work->blocks.items[next].mark : (struct mark){0};
}

static bool add_text(struct outline *outline, size_t at, const struct block *block)
{
    piece_vector pieces = {0};
    struct mark next = mark_behind(outline, at);
    if (!mn_split_inline(outline->work, block, &next, &pieces))
        return false;
    if (pieces.count >= 2)
        add_pieces(outline, at, block, &pieces);
    else if (block->mark.shape != SHAPE_NONE && block->mark.size < block->text.size)
        add_numbered(outline, at, block, block->text, block->mark);
    else
        add_plain(outline, at, block, block->text);
    if (pieces.count < 2)
        note_ending(outline, block->ending);
    ++innermost(outline)->leaves;
    return true;
}

/* "Purpose: To consider …": the label is the section's head, the rest its text. */
static bool add_label(struct outline *outline, size_t at, const struct block *block)
{
    bool alone = block->use == USE_LABEL;
    struct mn_slice label = mn_slice_trim(mn_slice_cut(block->text, 0, alone ? block->text.size : block->label));
    uint32_t section = open_section(outline, block, false);
    uint32_t head = add_leaf(outline, block, MN_HEAD, label, &no_mark);
    if (head != MN_NONE) {
        node_at(outline, head)->flags |= MN_LABEL;
        node_at(outline, head)->level = (uint8_t)outline->sections;
    }
    if (!set_role(outline, section, label))
        return false;
    if (alone)
        return true;
    struct block rest = *block;
    rest.text = mn_slice_cut(block->text, block->label, block->text.size);
    rest.use = USE_TEXT;
    mn_block_measure(outline->work, &rest);
    if (!add_text(outline, at, &rest))
        return false;
    outline->brief = true;
    return true;
}

/* ---- containers that the format states ---- */

static bool open_container(struct outline *outline, const struct block *block)
{
    size_t base = innermost(outline)->lists;
    bool introduced = outline->list_count > base && (block->kind == MN_LIST || block->kind == MN_QUOTE) &&
                      (outline->lists[outline->list_count - 1].ending == ENDS_LEADING ||
                       outline->lists[outline->list_count - 1].ending == ENDS_UNFINISHED);
    if (!introduced)
        mn_close_lists(outline, base);
    if (block->kind != MN_LIST && outline->contexts.count == 1)
        end_brief(outline);
    struct context *context = MN_APPEND(outline->work->arena, &outline->contexts);
    if (!context)
        return false;
    uint32_t index = mn_builder_open(&outline->builder, block->kind);
    *context = (struct context){.lists = outline->list_count, .kind = block->kind, .node = index};
    if (index == MN_NONE)
        return true;
    struct mn_node *node = node_at(outline, index);
    node->numbering = block->numbering;
    node->ordinal = block->ordinal;
    node->flags = block->flags & MN_HEADER_CELL;
    node->page = block->page;
    node->source_start = block->source_start;
    node->source_end = block->source_end;
    return true;
}

static void close_container(struct outline *outline)
{
    mn_close_lists(outline, innermost(outline)->lists);
    --outline->contexts.count;
    mn_builder_close(&outline->builder);
}

static bool add_leaf_block(struct outline *outline, size_t at, const struct block *block)
{
    bool in_body = outline->contexts.count == 1;
    switch (block->use) {
    case USE_FURNITURE:
        add_leaf(outline, block, MN_FW, block->text, &no_mark);
        return true;
    case USE_HEAD:
        if (in_body)
            add_head(outline, at, block);
        else
            add_leaf(outline, block, MN_HEAD, block->text, &block->mark);
        return true;
    case USE_LABEL:
    case USE_INLINE_LABEL:
        return add_label(outline, at, block);
    default:
        return add_text(outline, at, block);
    }
}

static bool add_block(struct outline *outline, size_t at)
{
    const struct block *block = &outline->work->blocks.items[at];
    switch (block->what) {
    case BLOCK_OPEN:
        return open_container(outline, block);
    case BLOCK_CLOSE:
        close_container(outline);
        return true;
    default:
        return add_leaf_block(outline, at, block);
    }
}

enum mn_status mn_write_outline(struct work *work, struct mn_error *error)
{
    struct outline *outline = mn_arena_zero(work->arena, sizeof *outline);
    struct context *body = outline ? MN_APPEND(work->arena, &outline->contexts) : NULL;
    if (!body)
        return mn_fail_memory(error);
    *body = (struct context){.kind = MN_BODY};
    outline->work = work;
    mn_builder_init(&outline->builder, work->document);
    for (size_t i = 0; i < work->blocks.count; ++i)
        if (!add_block(outline, i))
            return mn_fail_memory(error);
    return mn_builder_finish(&outline->builder, error);
}
