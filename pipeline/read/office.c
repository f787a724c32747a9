#include "read/office.h"

#include "base/limits.h"
#include "read/xml_part.h"

void mn_office_init(struct mn_office *office, struct mn_document *document)
{
    *office = (struct mn_office){0};
    mn_leaves_init(&office->leaves, document);
}

static struct mn_document *document_of(const struct mn_office *office)
{
    return office->leaves.builder.document;
}

static struct mn_node *node_at(const struct mn_office *office, uint32_t index)
{
    return index == MN_NONE ? NULL : &document_of(office)->nodes.items[index];
}

static enum mn_node_kind open_kind(const struct mn_office *office)
{
    const struct mn_node *node = node_at(office, office->leaves.builder.open);
    return node ? (enum mn_node_kind)node->kind : MN_BODY;
}

/* Has the document all the nodes that it may have? What comes then has no place in it. */
static bool is_full(const struct mn_office *office)
{
    return office->leaves.builder.failed;
}

/* ---- lists ---- */

static uint32_t lists_outside(const struct mn_office *office)
{
    return office->cell_count ? office->cells[office->cell_count - 1].lists : 0;
}

static void close_lists(struct mn_office *office, uint32_t count)
{
    while (office->list_count > count) {
        mn_builder_close(&office->leaves.builder); /* the item */
        mn_builder_close(&office->leaves.builder);
        office->list_count--;
    }
}

void mn_office_close_lists(struct mn_office *office)
{
    close_lists(office, lists_outside(office));
}

static void open_item(struct mn_office *office, const struct mn_office_paragraph *paragraph)
{
    struct mn_node *node = node_at(office, mn_builder_open(&office->leaves.builder, MN_ITEM));
    if (!node)
        return;
    node->numbering = paragraph->numbering;
    node->ordinal = paragraph->ordinal;
}

/* Opens the paragraph's item: in the open list that it goes on with, or in a new one inside the item that is open. */
static void enter_item(struct mn_office *office, const struct mn_office_paragraph *paragraph)
{
    uint32_t base = lists_outside(office), keep = office->list_count;
    while (keep > base &&
           (office->lists[keep - 1].level > paragraph->level ||
            (office->lists[keep - 1].level == paragraph->level && office->lists[keep - 1].list != paragraph->list)))
        keep--;
    close_lists(office, keep);
    if (keep > base && office->lists[keep - 1].level == paragraph->level) {
        mn_builder_close(&office->leaves.builder); /* the item before */
        open_item(office, paragraph);
        return;
    }
    if (office->list_count == MN_OFFICE_LISTS)
        return;
    struct mn_node *list = node_at(office, mn_builder_open(&office->leaves.builder, MN_LIST));
    if (list)
        list->numbering = paragraph->numbering;
    office->lists[office->list_count].list = paragraph->list;
    office->lists[office->list_count++].level = paragraph->level;
    open_item(office, paragraph);
}

/* ---- paragraphs ---- */

void mn_office_begin_paragraph(struct mn_office *office)
{
    if (office->depth < MN_OFFICE_PARAGRAPHS) {
        struct mn_office_paragraph *paragraph = &office->stack[office->depth];
        *paragraph = (struct mn_office_paragraph){.data = paragraph->data, .capacity = paragraph->capacity};
    }
    office->depth++;
}

struct mn_office_paragraph *mn_office_paragraph(struct mn_office *office)
{
    if (office->depth == 0)
        return NULL;
    uint32_t innermost = office->depth < MN_OFFICE_PARAGRAPHS ? office->depth : MN_OFFICE_PARAGRAPHS;
    return &office->stack[innermost - 1];
}

static bool has_letters(struct mn_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] > ' ')
            return true;
    return false;
}

void mn_office_add_text(struct mn_office *office, struct mn_slice text, bool bold)
{
    struct mn_office_paragraph *paragraph = mn_office_paragraph(office);
    if (!paragraph || text.size == 0 || office->failed)
        return;
    size_t size = paragraph->size + text.size;
    if (size > paragraph->capacity) {
        size_t capacity = 2 * size + 256;
        char *data = mn_arena_extend(document_of(office)->arena, paragraph->data, paragraph->capacity, capacity);
        office->failed = !data;
        if (!data)
            return;
        paragraph->data = data;
        paragraph->capacity = capacity;
    }
    memcpy(paragraph->data + paragraph->size, text.data, text.size);
    paragraph->size = size;
    if (has_letters(text)) {
        paragraph->has_bold |= bold;
        paragraph->has_plain |= !bold;
    }
}

void mn_office_add_note(struct mn_office *office, struct mn_slice text)
{
    struct mn_slice *note = MN_APPEND(document_of(office)->arena, &office->notes);
    if (note)
        *note = text;
    else
        office->failed = true;
}

static void add_notes(struct mn_office *office)
{
    for (size_t i = 0; i < office->notes.count && !is_full(office); i++)
        mn_leaves_add(&office->leaves, MN_FW, office->notes.items[i]);
    office->notes.count = 0;
}

static enum mn_node_kind kind_of(const struct mn_office_paragraph *paragraph)
{
    return paragraph->furniture ? MN_FW : paragraph->heading ? MN_HEAD : MN_P;
}

static void describe_leaf(struct mn_node *leaf, const struct mn_office_paragraph *paragraph)
{
    if (!leaf)
        return;
    leaf->gap = 1;
    leaf->level = paragraph->heading;
    leaf->numbering = paragraph->numbering;
    leaf->ordinal = paragraph->ordinal;
    leaf->flags = (uint8_t)((paragraph->has_bold && !paragraph->has_plain ? MN_BOLD : 0) |
                            (paragraph->breaks_page ? MN_BROKEN_OFF : 0));
}

/* Text directly in a table or a row gets a cell of its own; how many containers that takes. */
static unsigned make_place(struct mn_office *office)
{
    unsigned opened = 0;
    for (enum mn_node_kind kind; (kind = open_kind(office)) == MN_TABLE || kind == MN_ROW; opened++)
        if (mn_builder_open(&office->leaves.builder, kind == MN_TABLE ? MN_ROW : MN_CELL) == MN_NONE)
            break;
    return opened;
}

static void add_leaf(struct mn_office *office, const struct mn_office_paragraph *paragraph)
{
    struct mn_slice raw = {paragraph->data, paragraph->size};
    bool is_item = paragraph->numbering != MN_UNNUMBERED && !paragraph->heading && !paragraph->furniture;
    if (!has_letters(raw) || is_full(office))
        return;
    unsigned opened = make_place(office);
    if (is_item && opened == 0)
        enter_item(office, paragraph);
    else if (!paragraph->furniture && !paragraph->stays_in_item)
        mn_office_close_lists(office);
    describe_leaf(mn_leaves_add(&office->leaves, kind_of(paragraph), raw), paragraph);
    while (opened-- > 0)
        mn_builder_close(&office->leaves.builder);
}

void mn_office_end_paragraph(struct mn_office *office)
{
    if (office->depth == 0)
        return;
    if (office->depth <= MN_OFFICE_PARAGRAPHS) {
        add_leaf(office, mn_office_paragraph(office));
        if (office->depth == 1)
            add_notes(office);
    } else {
        mn_office_add_text(office, MN_LITERAL(" "), false);
    }
    office->depth--;
}

/* ---- tables ---- */

static bool has_place(const struct mn_office *office, enum mn_node_kind kind)
{
    enum mn_node_kind around = open_kind(office);
    switch (kind) {
    case MN_ROW:
        return around == MN_TABLE;
    case MN_CELL:
        return around == MN_ROW && office->cell_count < MN_OFFICE_CELLS;
    default:
        return around != MN_TABLE && around != MN_ROW && office->cell_count < MN_OFFICE_CELLS;
    }
}

/* Opens the node, or passes over it and what is inside it where it has no place. */
static struct mn_node *enter(struct mn_office *office, enum mn_node_kind kind)
{
    if (office->passed_over == 0 && kind == MN_TABLE)
        mn_office_close_lists(office);
    if (office->passed_over > 0 || is_full(office) || !has_place(office, kind)) {
        office->passed_over++;
        return NULL;
    }
    return node_at(office, mn_builder_open(&office->leaves.builder, kind));
}

static void leave(struct mn_office *office)
{
    if (office->passed_over > 0) {
        office->passed_over--;
        return;
    }
    mn_builder_close(&office->leaves.builder);
}

void mn_office_begin_table(struct mn_office *office)
{
    enter(office, MN_TABLE);
}

void mn_office_end_table(struct mn_office *office)
{
    leave(office);
}

void mn_office_begin_row(struct mn_office *office)
{
    enter(office, MN_ROW);
}

void mn_office_end_row(struct mn_office *office)
{
    leave(office);
}

void mn_office_begin_cell(struct mn_office *office, bool header)
{
    struct mn_node *cell = enter(office, MN_CELL);
    if (office->passed_over > 0)
        return;
    office->cells[office->cell_count++].lists = office->list_count;
    if (cell && header)
        cell->flags |= MN_HEADER_CELL;
}

void mn_office_end_cell(struct mn_office *office)
{
    if (office->passed_over == 0) {
        mn_office_close_lists(office);
        office->cell_count--;
    }
    leave(office);
}

/* ---- the title ---- */

struct title_hearing {
    struct mn_office *office;
    bool in_title;
    char *raw;
    size_t size, capacity;
};

static void start_in_properties(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct title_hearing *hearing = user;
    (void)attributes;
    hearing->in_title = strcmp(name, "dc:title") == 0;
}

static void end_in_properties(void *user, const char *name)
{
    struct title_hearing *hearing = user;
    struct mn_document *document = document_of(hearing->office);
    struct mn_slice raw = {hearing->raw, hearing->size};
    if (strcmp(name, "dc:title") == 0 && document->title.size == 0)
        document->title = mn_arena_copy(document->arena, mn_leaves_fold(&hearing->office->leaves, raw));
    hearing->in_title = false;
    hearing->size = 0;
}

/* A text comes in pieces: an entity ("&amp;") is one of its own. */
static void hear_title(void *user, struct mn_slice text)
{
    struct title_hearing *hearing = user;
    size_t size = hearing->size + text.size;
    if (!hearing->in_title)
        return;
    if (size > hearing->capacity) {
        size_t capacity = 2 * size;
        char *raw = mn_arena_extend(document_of(hearing->office)->arena, hearing->raw, hearing->capacity, capacity);
        hearing->office->failed |= !raw;
        if (!raw)
            return;
        hearing->raw = raw;
        hearing->capacity = capacity;
    }
    memcpy(hearing->raw + hearing->size, text.data, text.size);
    hearing->size = size;
}

void mn_office_read_title(struct mn_office *office, struct mn_slice properties)
{
    static const struct mn_part_ears ears = {start_in_properties, end_in_properties, hear_title};
    struct title_hearing hearing = {.office = office};
    if (properties.data)
        mn_part_hear(properties, &ears, &hearing, "", MN_EMPTY, NULL);
}

enum mn_status mn_office_finish(struct mn_office *office, struct mn_error *error)
{
    enum mn_status status = mn_leaves_finish(&office->leaves, error);
    if (status != MN_OK)
        return status;
    return office->failed ? mn_fail_memory(error) : MN_OK;
}
