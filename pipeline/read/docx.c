/* Word documents: paragraphs, headings by style, lists with the numbers that Word would print, tables; footnotes aside;
 * tracked deletions left out. Headers, footers and comments are files of their own and not read. */
#include "read/docx.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "layout/labels.h"
#include "read/formats.h"
#include "read/office.h"
#include "read/package.h"

enum part { PART_TEXT, PART_STYLES, PART_NUMBERING, PART_FOOTNOTES, PART_ENDNOTES, PART_CORE, PART_COUNT };

struct note {
    uint32_t id;
    struct mn_slice text; /* raw */
    bool given;           /* it was referred to, and stands behind that paragraph */
};

/* What is heard of a part with text. */
struct hearing {
    struct mn_office office;
    struct mn_docx_styles *styles;
    MN_VECTOR(struct note) notes[2]; /* footnotes, endnotes */
    uint32_t skipped;                /* depth inside an element whose text does not count */
    bool in_text;                    /* w:t */
    uint32_t runs;                   /* open: a run may hold a text box with runs of its own */
    bool run_bold, run_hidden;
    /* The paragraph at hand. */
    struct mn_docx_style style;
    uint32_t number, level;
    bool in_properties;
    /* The cell and row at hand. */
    bool header_row;
    uint32_t span;
};

/* Elements whose text is none of the document's: deleted or moved away, written twice for older programs, codes of
 * fields. */
static const char *const skipped[] = {"w:del",         "w:moveFrom",   "mc:Fallback", "w:instrText",
                                      "w:delText",     "w:rPrChange",  "w:pPrChange", "w:sectPr",
                                      "w:tblPrChange", "w:tcPrChange", "w:trPrChange"};

static bool is_skipped(const char *name)
{
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strcmp(name, skipped[i]) == 0)
            return true;
    return false;
}

static bool is_off(const struct mn_part_attributes *attributes)
{
    return mn_docx_is_off(mn_part_attribute(attributes, "w:val"));
}

static void add_text(struct hearing *hearing, struct mn_slice text)
{
    if (!hearing->run_hidden)
        mn_office_add_text(&hearing->office, text, hearing->run_bold);
}

/* A sign out of a symbol font, given by its number. */
static void add_sign(struct hearing *hearing, const struct mn_part_attributes *attributes)
{
    struct mn_slice value = mn_part_attribute(attributes, "w:char");
    int32_t sign = 0;
    char bytes[4];
    for (size_t i = 0; i < value.size && i < 6; i++) {
        char c = value.data[i];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0)
            return;
        sign = sign * 16 + digit;
    }
    sign = mn_label_sign(sign);
    if (sign > 0x20 && sign < 0xD800)
        add_text(hearing, (struct mn_slice){bytes, mn_utf8_encode(sign, bytes)});
}

/* ---- paragraphs ---- */

static void begin_paragraph(struct hearing *hearing)
{
    mn_office_begin_paragraph(&hearing->office);
    hearing->style = mn_docx_style_of(hearing->styles, MN_EMPTY);
    hearing->number = hearing->level = MN_DOCX_NONE;
    hearing->run_bold = hearing->run_hidden = false;
}

/* What the paragraph's properties and its style come to. */
static void settle_paragraph(struct hearing *hearing)
{
    struct mn_office_paragraph *paragraph = mn_office_paragraph(&hearing->office);
    uint32_t number = hearing->number != MN_DOCX_NONE ? hearing->number : hearing->style.number;
    uint32_t level = hearing->level != MN_DOCX_NONE ? hearing->level : hearing->style.level;
    if (!paragraph)
        return;
    paragraph->heading = hearing->style.heading;
    paragraph->level = level == MN_DOCX_NONE ? 0 : level;
    if (number != MN_DOCX_NONE && number != 0)
        paragraph->numbering =
            (uint8_t)mn_docx_count(hearing->styles, number, paragraph->level, &paragraph->ordinal, &paragraph->list);
}

static void start_property(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "w:pStyle") == 0)
        hearing->style = mn_docx_style_of(hearing->styles, mn_part_attribute(attributes, "w:val"));
    else if (strcmp(name, "w:outlineLvl") == 0 && mn_part_number(attributes, "w:val", 9) < 9)
        hearing->style.heading = mn_docx_heading_level(mn_part_number(attributes, "w:val", 9));
    else if (strcmp(name, "w:numId") == 0)
        hearing->number = mn_part_number(attributes, "w:val", MN_DOCX_NONE);
    else if (strcmp(name, "w:ilvl") == 0)
        hearing->level = mn_part_number(attributes, "w:val", MN_DOCX_NONE);
    else if (strcmp(name, "w:pageBreakBefore") == 0 && !is_off(attributes))
        mn_office_paragraph(&hearing->office)->breaks_page = true;
}

static void start_in_run(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "w:b") == 0)
        hearing->run_bold = !is_off(attributes);
    else if (strcmp(name, "w:vanish") == 0)
        hearing->run_hidden = !is_off(attributes);
    else if (strcmp(name, "w:t") == 0)
        hearing->in_text = true;
    else if (strcmp(name, "w:tab") == 0 || strcmp(name, "w:br") == 0 || strcmp(name, "w:cr") == 0)
        add_text(hearing, MN_LITERAL(" "));
    else if (strcmp(name, "w:noBreakHyphen") == 0)
        add_text(hearing, MN_LITERAL("-"));
    else if (strcmp(name, "w:sym") == 0)
        add_sign(hearing, attributes);
}

static void refer_to_note(struct hearing *hearing, unsigned kind, const struct mn_part_attributes *attributes)
{
    uint32_t id = mn_part_number(attributes, "w:id", MN_DOCX_NONE);
    for (size_t i = 0; i < hearing->notes[kind].count; i++) {
        struct note *note = &hearing->notes[kind].items[i];
        if (note->id != id || note->given)
            continue;
        note->given = true;
        mn_office_add_note(&hearing->office, note->text);
    }
}

/* ---- tables ---- */

static void begin_row(struct hearing *hearing)
{
    mn_office_begin_row(&hearing->office);
    hearing->header_row = false;
}

static void begin_cell(struct hearing *hearing)
{
    mn_office_begin_cell(&hearing->office, hearing->header_row);
    hearing->span = 1;
}

/* Cells that this one covers are there as empty ones, so that columns count alike in all rows. */
static void end_cell(struct hearing *hearing)
{
    mn_office_end_cell(&hearing->office);
    for (uint32_t i = 1; i < hearing->span && i < MN_LIMIT_OFFICE_SPAN; i++) {
        mn_office_begin_cell(&hearing->office, false);
        mn_office_end_cell(&hearing->office);
    }
    hearing->span = 1;
}

static bool start_in_table(struct hearing *hearing, const char *name, const struct mn_part_attributes *attributes)
{
    if (strcmp(name, "w:tbl") == 0)
        mn_office_begin_table(&hearing->office);
    else if (strcmp(name, "w:tr") == 0)
        begin_row(hearing);
    else if (strcmp(name, "w:tc") == 0)
        begin_cell(hearing);
    else if (strcmp(name, "w:tblHeader") == 0)
        hearing->header_row = !is_off(attributes);
    else if (strcmp(name, "w:gridSpan") == 0)
        hearing->span = mn_part_number(attributes, "w:val", 1);
    else
        return false;
    return true;
}

/* ---- the text ---- */

static void start(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct hearing *hearing = user;
    if (hearing->skipped > 0 || is_skipped(name)) {
        hearing->skipped++;
        return;
    }
    if (start_in_table(hearing, name, attributes))
        return;
    if (strcmp(name, "w:p") == 0) {
        begin_paragraph(hearing);
    } else if (strcmp(name, "w:pPr") == 0) {
        hearing->in_properties = true;
    } else if (strcmp(name, "w:r") == 0) {
        hearing->runs++;
        hearing->run_bold = hearing->style.bold == 1;
        hearing->run_hidden = false;
    } else if (strcmp(name, "w:footnoteReference") == 0 || strcmp(name, "w:endnoteReference") == 0) {
        refer_to_note(hearing, name[2] == 'e', attributes);
    } else if (hearing->in_properties && mn_office_paragraph(&hearing->office)) {
        start_property(hearing, name, attributes);
    } else if (hearing->runs > 0) {
        start_in_run(hearing, name, attributes);
    }
}

static void end(void *user, const char *name)
{
    struct hearing *hearing = user;
    if (hearing->skipped > 0) {
        hearing->skipped--;
        return;
    }
    if (strcmp(name, "w:t") == 0) {
        hearing->in_text = false;
    } else if (strcmp(name, "w:r") == 0) {
        hearing->runs--;
    } else if (strcmp(name, "w:pPr") == 0) {
        hearing->in_properties = false;
        settle_paragraph(hearing);
    } else if (strcmp(name, "w:p") == 0) {
        mn_office_end_paragraph(&hearing->office);
    } else if (strcmp(name, "w:tc") == 0) {
        end_cell(hearing);
    } else if (strcmp(name, "w:tr") == 0) {
        mn_office_end_row(&hearing->office);
    } else if (strcmp(name, "w:tbl") == 0) {
        mn_office_end_table(&hearing->office);
    }
}

static void hear_text(void *user, struct mn_slice text)
{
    struct hearing *hearing = user;
    if (hearing->in_text && hearing->skipped == 0)
        add_text(hearing, text);
}

/* ---- notes: their text, gathered before the document's own is read ---- */

struct note_hearing {
    struct hearing *all;
    unsigned kind;
    uint32_t id; /* of the note at hand */
    uint32_t skipped;
    bool in_text;
    struct mn_office_paragraph text; /* only its bytes are used */
    bool failed;
};

static void append(struct note_hearing *hearing, struct mn_slice text)
{
    struct mn_arena *arena = hearing->all->styles->arena;
    size_t size = hearing->text.size + text.size;
    if (size > hearing->text.capacity) {
        char *data = mn_arena_extend(arena, hearing->text.data, hearing->text.capacity, 2 * size + 256);
        hearing->failed |= !data;
        if (!data)
            return;
        hearing->text.data = data;
        hearing->text.capacity = 2 * size + 256;
    }
    memcpy(hearing->text.data + hearing->text.size, text.data, text.size);
    hearing->text.size = size;
}

static void start_in_notes(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct note_hearing *hearing = user;
    if (hearing->skipped > 0 || is_skipped(name)) {
        hearing->skipped++;
    } else if (strcmp(name, "w:footnote") == 0 || strcmp(name, "w:endnote") == 0) {
        hearing->id = mn_part_number(attributes, "w:id", MN_DOCX_NONE);
        hearing->text.size = 0;
    } else if (strcmp(name, "w:t") == 0) {
        hearing->in_text = true;
    } else if (strcmp(name, "w:p") == 0 || strcmp(name, "w:tab") == 0 || strcmp(name, "w:br") == 0) {
        append(hearing, MN_LITERAL(" "));
    }
}

static void end_in_notes(void *user, const char *name)
{
    struct note_hearing *hearing = user;
    if (hearing->skipped > 0) {
        hearing->skipped--;
    } else if (strcmp(name, "w:t") == 0) {
        hearing->in_text = false;
    } else if (strcmp(name, "w:footnote") == 0 || strcmp(name, "w:endnote") == 0) {
        struct mn_arena *arena = hearing->all->styles->arena;
        struct note *note = MN_APPEND(arena, &hearing->all->notes[hearing->kind]);
        hearing->failed |= !note;
        if (note)
            *note = (struct note){
                hearing->id, mn_arena_copy(arena, (struct mn_slice){hearing->text.data, hearing->text.size}), false};
    }
}

static void hear_note_text(void *user, struct mn_slice text)
{
    struct note_hearing *hearing = user;
    if (hearing->in_text && hearing->skipped == 0)
        append(hearing, text);
}

static enum mn_status read_notes(struct hearing *all, unsigned kind, struct mn_slice bytes, const char *what,
                                 struct mn_slice document, struct mn_error *error)
{
    static const struct mn_part_ears ears = {start_in_notes, end_in_notes, hear_note_text};
    struct note_hearing hearing = {.all = all, .kind = kind};
    if (!bytes.data)
        return MN_OK;
    enum mn_status status = mn_part_hear(bytes, &ears, &hearing, what, document, error);
    return status == MN_OK && hearing.failed ? mn_fail_memory(error) : status;
}

static enum mn_status read_text(struct hearing *hearing, struct mn_slice bytes, struct mn_document *document,
                                struct mn_error *error)
{
    static const struct mn_part_ears ears = {start, end, hear_text};
    enum mn_status status = mn_part_hear(bytes, &ears, hearing, "word/document.xml", document->source.name, error);
    return status == MN_OK ? mn_office_finish(&hearing->office, error) : status;
}

enum mn_status mn_read_docx(const struct mn_read_input *input, struct mn_document *document, struct mn_error *error)
{
    struct mn_package_part parts[PART_COUNT] = {
        [PART_TEXT] = {"word/document*.xml", MN_EMPTY},       [PART_STYLES] = {"word/styles*.xml", MN_EMPTY},
        [PART_NUMBERING] = {"word/numbering*.xml", MN_EMPTY}, [PART_FOOTNOTES] = {"word/footnotes*.xml", MN_EMPTY},
        [PART_ENDNOTES] = {"word/endnotes*.xml", MN_EMPTY},   [PART_CORE] = {"docProps/core.xml", MN_EMPTY}};
    struct mn_slice name = document->source.name;
    struct mn_docx_styles styles = {.arena = document->arena};
    struct hearing hearing = {.styles = &styles, .span = 1};
    enum mn_status status =
        mn_package_read(input->bytes, name, input->max_expanded, document->arena, parts, PART_COUNT, error);
    if (status == MN_OK && !parts[PART_TEXT].bytes.data)
        return mn_fail(error, MN_MALFORMED, "%.*s: this Word document has no text in it: fetch it again",
                       MN_SLICE_ARGS(name));
    if (status == MN_OK)
        status = mn_docx_styles_read(parts[PART_STYLES].bytes, parts[PART_NUMBERING].bytes, name, &styles, error);
    if (status == MN_OK)
        status = read_notes(&hearing, 0, parts[PART_FOOTNOTES].bytes, "word/footnotes.xml", name, error);
    if (status == MN_OK)
        status = read_notes(&hearing, 1, parts[PART_ENDNOTES].bytes, "word/endnotes.xml", name, error);
    if (status != MN_OK)
        return status;
    mn_office_init(&hearing.office, document);
    mn_office_read_title(&hearing.office, parts[PART_CORE].bytes);
    return read_text(&hearing, parts[PART_TEXT].bytes, document, error);
}
