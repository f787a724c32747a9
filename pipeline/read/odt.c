/* OpenDocument texts: paragraphs, headings, lists with the numbers that a word processor would print, tables; notes
 * aside; tracked deletions and comments left out. */
#include "base/limits.h"
#include "read/formats.h"
#include "read/office.h"
#include "read/package.h"
#include "read/xml_part.h"

#define LEVELS 10
#define MOST_STYLES 4096
#define MOST_SPANS 64 /* styles of characters in each other that are followed */

enum part { PART_CONTENT, PART_STYLES, PART_META, PART_COUNT };

struct list_style {
    struct mn_slice name;
    uint8_t numbering[LEVELS]; /* enum mn_numbering */
    uint32_t start[LEVELS];
};

/* A style of paragraphs or of characters that is bold. */
struct bold_style {
    struct mn_slice name;
};

struct open_list {
    const struct list_style *style;
    uint32_t next;   /* ordinal of its next item */
    uint32_t number; /* tells it apart from other lists */
};

struct hearing {
    struct mn_office office;
    struct mn_document *document;
    MN_VECTOR(struct list_style) list_styles;
    MN_VECTOR(struct bold_style) bold_styles;
    struct list_style *list_style;   /* being read */
    struct mn_slice style_name;      /* likewise */
    uint32_t skipped;                /* depth inside an element whose text does not count */
    uint32_t note_depth;             /* elements open since a note began, 0: in none */
    struct mn_office_paragraph note; /* only its bytes are used */
    struct open_list lists[LEVELS];
    uint32_t list_depth, list_count; /* open; begun so far */
    bool item_is_fresh;              /* its first paragraph is still to come */
    bool bold[MOST_SPANS];           /* of the paragraph and the spans in it */
    uint32_t span_depth;
    uint32_t header_rows; /* depth inside table:table-header-rows */
    uint32_t cell_repeats;
    bool failed;
};

static const char *const skipped[] = {"text:tracked-changes", "office:annotation", "text:note-citation",
                                      "office:forms",         "text:ruby-text",    "office:font-face-decls"};

static bool is_among(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* ---- styles ---- */

static struct mn_slice keep(struct hearing *hearing, struct mn_slice text)
{
    struct mn_slice kept = mn_arena_copy(hearing->document->arena, text);
    hearing->failed |= text.size > 0 && !kept.data;
    return kept;
}

static enum mn_numbering format_of(struct mn_slice name)
{
    static const struct {
        const char *name;
        enum mn_numbering numbering;
    } formats[] = {{"1", MN_DECIMAL},     {"a", MN_LOWER_ALPHA}, {"A", MN_UPPER_ALPHA},
                   {"i", MN_LOWER_ROMAN}, {"I", MN_UPPER_ROMAN}, {"", MN_UNNUMBERED}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (mn_slice_equal(name, mn_slice_of(formats[i].name)))
            return formats[i].numbering;
    return MN_DECIMAL;
}

static void begin_list_style(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    hearing->list_style =
        hearing->list_styles.count < MOST_STYLES ? MN_APPEND(hearing->document->arena, &hearing->list_styles) : NULL;
    if (!hearing->list_style)
        return;
    *hearing->list_style = (struct list_style){.name = keep(hearing, mn_part_attribute(attributes, "style:name"))};
}

static void add_level(struct list_style *style, const struct mn_part_attributes *attributes, bool bullet)
{
    uint32_t level = mn_part_number(attributes, "text:level", 0);
    if (level == 0 || level > LEVELS)
        return;
    style->numbering[level - 1] =
        (uint8_t)(bullet ? MN_BULLET : format_of(mn_part_attribute(attributes, "style:num-format")));
    style->start[level - 1] = mn_part_number(attributes, "text:start-value", 1);
}

static void note_weight(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    struct mn_slice weight = mn_part_attribute(attributes, "fo:font-weight");
    bool is_bold = mn_slice_equal(weight, MN_LITERAL("bold")) ||
                   (weight.size == 3 && weight.data[0] >= '6' && weight.data[0] <= '9');
    if (!is_bold || hearing->style_name.size == 0 || hearing->bold_styles.count >= MOST_STYLES)
        return;
    struct bold_style *style = MN_APPEND(hearing->document->arena, &hearing->bold_styles);
    if (style)
        style->name = hearing->style_name;
    else
        hearing->failed = true;
}

/* Styles may stand in styles.xml and, those that a paragraph was given by hand, at the start of content.xml. */
static bool start_in_styles(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "text:list-style") == 0)
        begin_list_style(hearing, attributes);
    else if (strcmp(name, "text:list-level-style-number") == 0 && hearing->list_style)
        add_level(hearing->list_style, attributes, false);
    else if (strcmp(name, "text:list-level-style-bullet") == 0 && hearing->list_style)
        add_level(hearing->list_style, attributes, true);
    else if (strcmp(name, "style:style") == 0)
        hearing->style_name = keep(hearing, mn_part_attribute(attributes, "style:name"));
    else if (strcmp(name, "style:text-properties") == 0)
        note_weight(hearing, attributes);
    else
        return false;
    return true;
}

static bool is_bold_style(const struct hearing *hearing, struct mn_slice name)
{
    for (size_t i = 0; name.size > 0 && i < hearing->bold_styles.count; i++)
        if (mn_slice_equal(hearing->bold_styles.items[i].name, name))
            return true;
    return false;
}

static const struct list_style *find_list_style(const struct hearing *hearing, struct mn_slice name)
{
    for (size_t i = 0; name.size > 0 && i < hearing->list_styles.count; i++)
        if (mn_slice_equal(hearing->list_styles.items[i].name, name))
            return &hearing->list_styles.items[i];
    return NULL;
}

/* ---- text ---- */

static bool is_bold(const struct hearing *hearing)
{
    uint32_t depth = hearing->span_depth < MOST_SPANS ? hearing->span_depth : MOST_SPANS;
    return depth > 0 && hearing->bold[depth - 1];
}

static void open_span(struct hearing *hearing, const struct mn_part_attributes *attributes, bool outer)
{
    bool bold = outer || is_bold_style(hearing, mn_part_attribute(attributes, "text:style-name"));
    if (hearing->span_depth < MOST_SPANS)
        hearing->bold[hearing->span_depth] = bold;
    hearing->span_depth++;
}

static void append_note(struct hearing *hearing, struct mn_slice text)
{
    struct mn_office_paragraph *note = &hearing->note;
    size_t size = note->size + text.size;
    if (size > note->capacity) {
        char *data = mn_arena_extend(hearing->document->arena, note->data, note->capacity, 2 * size + 256);
        hearing->failed |= !data;
        if (!data)
            return;
        note->data = data;
        note->capacity = 2 * size + 256;
    }
    memcpy(note->data + note->size, text.data, text.size);
    note->size = size;
}

static void add_text(struct hearing *hearing, struct mn_slice text)
{
    if (hearing->note_depth > 0)
        append_note(hearing, text);
    else
        mn_office_add_text(&hearing->office, text, is_bold(hearing));
}

/* The paragraph at hand is the first one of its item, or goes on with it. */
static void number_paragraph(struct hearing *hearing, struct mn_office_paragraph *paragraph)
{
    paragraph->stays_in_item = hearing->list_depth > 0 && !hearing->item_is_fresh;
    if (hearing->list_depth == 0 || hearing->list_depth > LEVELS || !hearing->item_is_fresh)
        return;
    struct open_list *list = &hearing->lists[hearing->list_depth - 1];
    uint8_t numbering = list->style ? list->style->numbering[hearing->list_depth - 1] : MN_BULLET;
    hearing->item_is_fresh = false;
    if (numbering == MN_UNNUMBERED)
        return;
    paragraph->numbering = numbering;
    paragraph->ordinal = numbering == MN_BULLET ? 0 : list->next++;
    paragraph->list = list->number;
    paragraph->level = hearing->list_depth - 1;
}

static void begin_paragraph(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    mn_office_begin_paragraph(&hearing->office);
    struct mn_office_paragraph *paragraph = mn_office_paragraph(&hearing->office);
    if (strcmp(name, "text:h") == 0) {
        uint32_t level = mn_part_number(attributes, "text:outline-level", 1);
        paragraph->heading = (uint8_t)(level < 1 ? 1 : level > 6 ? 6 : level);
    }
    number_paragraph(hearing, paragraph);
    open_span(hearing, attributes, false);
}

static void add_spaces(struct hearing *hearing)
{
    add_text(hearing, MN_LITERAL(" ")); /* a run of spaces is one space in canonical text */
}

/* ---- lists ---- */

static void begin_list(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    if (hearing->list_depth < LEVELS) {
        struct open_list *list = &hearing->lists[hearing->list_depth];
        const struct list_style *style = find_list_style(hearing, mn_part_attribute(attributes, "text:style-name"));
        bool goes_on = mn_slice_equal(mn_part_attribute(attributes, "text:continue-numbering"), MN_LITERAL("true"));
        if (!style && hearing->list_depth > 0)
            style = hearing->lists[hearing->list_depth - 1].style;
        uint32_t start = style ? style->start[hearing->list_depth] : 1;
        *list = (struct open_list){style, goes_on && list->next ? list->next : start, ++hearing->list_count};
    }
    hearing->list_depth++;
}

static void begin_item(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    hearing->item_is_fresh = true;
    if (hearing->list_depth > 0 && hearing->list_depth <= LEVELS) {
        struct open_list *list = &hearing->lists[hearing->list_depth - 1];
        list->next = mn_part_number(attributes, "text:start-value", list->next);
    }
}

/* ---- tables ---- */

static void begin_cell(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    mn_office_begin_cell(&hearing->office, hearing->header_rows > 0);
    hearing->cell_repeats = mn_part_number(attributes, "table:number-columns-repeated", 1);
}

/* Empty cells are written once with how often they come. */
static void end_cell(struct hearing *hearing)
{
    mn_office_end_cell(&hearing->office);
    for (uint32_t i = 1; i < hearing->cell_repeats && i < MN_LIMIT_OFFICE_SPAN; i++) {
        mn_office_begin_cell(&hearing->office, false);
        mn_office_end_cell(&hearing->office);
    }
    hearing->cell_repeats = 1;
}

static bool is_cell(const char *name)
{
    return strcmp(name, "table:table-cell") == 0 || strcmp(name, "table:covered-table-cell") == 0;
}

/* ---- what is heard ---- */

static bool start_in_table(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "table:table") == 0)
        mn_office_begin_table(&hearing->office);
    else if (strcmp(name, "table:table-row") == 0)
        mn_office_begin_row(&hearing->office);
    else if (strcmp(name, "table:table-header-rows") == 0)
        hearing->header_rows++;
    else if (is_cell(name))
        begin_cell(hearing, attributes);
    else
        return false;
    return true;
}

static void start_in_text(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "text:p") == 0 || strcmp(name, "text:h") == 0)
        begin_paragraph(hearing, name, attributes);
    else if (strcmp(name, "text:span") == 0 || strcmp(name, "text:a") == 0)
        open_span(hearing, attributes, is_bold(hearing));
    else if (strcmp(name, "text:list") == 0)
        begin_list(hearing, attributes);
    else if (strcmp(name, "text:list-item") == 0)
        begin_item(hearing, attributes);
    else if (strcmp(name, "text:s") == 0 || strcmp(name, "text:tab") == 0 || strcmp(name, "text:line-break") == 0)
        add_spaces(hearing);
}

static void start(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct hearing *hearing = user;
    if (hearing->skipped > 0 || is_among(skipped, sizeof skipped / sizeof *skipped, name)) {
        hearing->skipped++;
        return;
    }
    if (hearing->note_depth > 0 || strcmp(name, "text:note") == 0) {
        if (hearing->note_depth++ == 0)
            hearing->note.size = 0;
        if (strcmp(name, "text:p") == 0 || strcmp(name, "text:s") == 0)
            add_spaces(hearing);
        return;
    }
    if (!start_in_styles(hearing, name, attributes) && !start_in_table(hearing, name, attributes))
        start_in_text(hearing, name, attributes);
}

static void end_note(struct hearing *hearing)
{
    struct mn_slice text = {hearing->note.data, hearing->note.size};
    mn_office_add_note(&hearing->office, keep(hearing, text));
}

static void end_in_text(struct hearing *hearing, const char *name)
{
    if (strcmp(name, "text:p") == 0 || strcmp(name, "text:h") == 0) {
        mn_office_end_paragraph(&hearing->office);
        hearing->span_depth--;
    } else if (strcmp(name, "text:span") == 0 || strcmp(name, "text:a") == 0) {
        hearing->span_depth--;
    } else if (strcmp(name, "text:list") == 0) {
        hearing->list_depth--;
        if (hearing->list_depth == 0)
            mn_office_close_lists(&hearing->office);
    }
}

static void end(void *user, const char *name)
{
    struct hearing *hearing = user;
    if (hearing->skipped > 0) {
        hearing->skipped--;
    } else if (hearing->note_depth > 0) {
        if (--hearing->note_depth == 0)
            end_note(hearing);
    } else if (is_cell(name)) {
        end_cell(hearing);
    } else if (strcmp(name, "table:table-row") == 0) {
        mn_office_end_row(&hearing->office);
    } else if (strcmp(name, "table:table") == 0) {
        mn_office_end_table(&hearing->office);
    } else if (strcmp(name, "table:table-header-rows") == 0) {
        hearing->header_rows--;
    } else if (strcmp(name, "text:list-style") == 0) {
        hearing->list_style = NULL;
    } else if (strcmp(name, "style:style") == 0) {
        hearing->style_name = MN_EMPTY;
    } else {
        end_in_text(hearing, name);
    }
}

static void hear_text(void *user, struct mn_slice text)
{
    struct hearing *hearing = user;
    if (hearing->skipped == 0)
        add_text(hearing, text);
}

/* Of styles.xml only the styles count: headers and footers of pages stand there too. */
static void start_styles_only(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct hearing *hearing = user;
    start_in_styles(hearing, name, attributes);
}

static void end_styles_only(void *user, const char *name)
{
    struct hearing *hearing = user;
    if (strcmp(name, "text:list-style") == 0)
        hearing->list_style = NULL;
    else if (strcmp(name, "style:style") == 0)
        hearing->style_name = MN_EMPTY;
}

static void hear_nothing(void *user, struct mn_slice text)
{
    (void)user, (void)text;
}

enum mn_status mn_read_odt(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    static const struct mn_part_ears style_ears = {start_styles_only, end_styles_only, hear_nothing};
    static const struct mn_part_ears text_ears = {start, end, hear_text};
    struct mn_package_part parts[PART_COUNT] = {[PART_CONTENT] = {"content.xml", MN_EMPTY},
                                                [PART_STYLES] = {"styles.xml", MN_EMPTY},
                                                [PART_META] = {"meta.xml", MN_EMPTY}};
    struct hearing hearing = {.document = document};
    struct mn_slice name = document->source.name;
    enum mn_status status =
        mn_package_read(input->bytes, name, input->max_expanded, document->arena, parts, PART_COUNT, error);
    if (status == MN_OK && !parts[PART_CONTENT].bytes.data)
        return mn_fail(error, MN_MALFORMED, "%.*s: this OpenDocument text has no text in it: fetch it again",
                       MN_SLICE_ARGS(name));
    if (status == MN_OK && parts[PART_STYLES].bytes.data)
        status = mn_part_hear(parts[PART_STYLES].bytes, &style_ears, &hearing, "styles.xml", name, error);
    if (status != MN_OK)
        return status;
    mn_office_init(&hearing.office, document);
    mn_office_read_title(&hearing.office, parts[PART_META].bytes);
    status = mn_part_hear(parts[PART_CONTENT].bytes, &text_ears, &hearing, "content.xml", name, error);
    if (status == MN_OK && hearing.failed)
        return mn_fail_memory(error);
    return status == MN_OK ? mn_office_finish(&hearing.office, error) : status;
}
