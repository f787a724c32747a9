#include "read/docx.h"

#define MOST_INHERITED 20 /* styles based on each other */
#define MOST_STYLES 4096
#define HEADING_LEVELS 6

/* ---- styles.xml ---- */

struct style_hearing {
    struct mn_docx_styles *out;
    struct mn_docx_style *style; /* the one at hand */
};

static struct mn_slice keep(struct mn_docx_styles *out, struct mn_slice text)
{
    struct mn_slice kept = mn_arena_copy(out->arena, text);
    out->failed |= text.size > 0 && !kept.data;
    return kept;
}

static void begin_style(struct style_hearing *hearing, const struct mn_part_attributes *attributes)
{
    struct mn_docx_styles *out = hearing->out;
    hearing->style = out->styles.count < MOST_STYLES ? MN_APPEND(out->arena, &out->styles) : NULL;
    if (!hearing->style)
        return;
    *hearing->style = (struct mn_docx_style){.id = keep(out, mn_part_attribute(attributes, "w:styleId")),
                                             .bold = -1,
                                             .number = MN_DOCX_NONE,
                                             .level = MN_DOCX_NONE};
}

bool mn_docx_is_off(struct mn_slice value)
{
    return mn_slice_equal(value, MN_LITERAL("0")) || mn_slice_equal(value, MN_LITERAL("false")) ||
           mn_slice_equal(value, MN_LITERAL("off"));
}

uint8_t mn_docx_heading_level(uint32_t outline)
{
    return outline >= 9 ? 0 : (uint8_t)(outline < HEADING_LEVELS ? outline + 1 : HEADING_LEVELS);
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Word's own names of its styles are the same in every language: "heading 1", "Title". */
static uint8_t level_of_name(struct mn_slice name)
{
    static const char heading[] = "heading ", title[] = "title";
    size_t same = 0;
    while (same < name.size && same < sizeof title - 1 && lower(name.data[same]) == title[same])
        same++;
    if (same == sizeof title - 1 && name.size == same)
        return 1;
    for (same = 0; same < name.size && same < sizeof heading - 1 && lower(name.data[same]) == heading[same];)
        same++;
    if (same < sizeof heading - 1 || name.size != sizeof heading || name.data[same] < '1' || name.data[same] > '9')
        return 0;
    return mn_docx_heading_level((uint32_t)(name.data[same] - '1'));
}

static void start_in_styles(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct style_hearing *hearing = user;
    if (strcmp(name, "w:style") == 0) {
        begin_style(hearing, attributes);
        return;
    }
    struct mn_docx_style *style = hearing->style;
    if (!style)
        return;
    if (strcmp(name, "w:name") == 0 && style->heading == 0)
        style->heading = level_of_name(mn_part_attribute(attributes, "w:val"));
    else if (strcmp(name, "w:basedOn") == 0)
        style->based_on = keep(hearing->out, mn_part_attribute(attributes, "w:val"));
    else if (strcmp(name, "w:outlineLvl") == 0)
        style->heading = mn_docx_heading_level(mn_part_number(attributes, "w:val", 9));
    else if (strcmp(name, "w:b") == 0)
        style->bold = !mn_docx_is_off(mn_part_attribute(attributes, "w:val"));
    else if (strcmp(name, "w:numId") == 0)
        style->number = mn_part_number(attributes, "w:val", MN_DOCX_NONE);
    else if (strcmp(name, "w:ilvl") == 0)
        style->level = mn_part_number(attributes, "w:val", MN_DOCX_NONE);
}

static void end_in_styles(void *user, const char *name)
{
    struct style_hearing *hearing = user;
    if (strcmp(name, "w:style") == 0)
        hearing->style = NULL;
}

static void pass_over(void *user, struct mn_slice text)
{
    (void)user, (void)text;
}

static const struct mn_docx_style *find_style(const struct mn_docx_styles *styles, struct mn_slice id)
{
    for (size_t i = 0; i < styles->styles.count; i++)
        if (mn_slice_equal(styles->styles.items[i].id, id))
            return &styles->styles.items[i];
    return NULL;
}

struct mn_docx_style mn_docx_style_of(const struct mn_docx_styles *styles, struct mn_slice id)
{
    struct mn_docx_style all = {.id = id, .bold = -1, .number = MN_DOCX_NONE, .level = MN_DOCX_NONE};
    const struct mn_docx_style *style = id.size ? find_style(styles, id) : NULL;
    for (int inherited = 0; style && inherited < MOST_INHERITED; inherited++) {
        if (all.heading == 0)
            all.heading = style->heading;
        if (all.bold < 0)
            all.bold = style->bold;
        if (all.number == MN_DOCX_NONE)
            all.number = style->number;
        if (all.level == MN_DOCX_NONE)
            all.level = style->level;
        style = style->based_on.size ? find_style(styles, style->based_on) : NULL;
    }
    return all;
}

/* ---- numbering.xml ---- */

struct numbering_hearing {
    struct mn_docx_styles *out;
    struct mn_docx_abstract *abstract;
    struct mn_docx_number *number;
    uint32_t level; /* at hand; MN_DOCX_NONE: none */
};

static const struct {
    const char *name;
    enum mn_numbering numbering;
} formats[] = {
    {"decimal", MN_DECIMAL},         {"decimalZero", MN_DECIMAL},     {"ordinal", MN_DECIMAL},
    {"lowerLetter", MN_LOWER_ALPHA}, {"upperLetter", MN_UPPER_ALPHA}, {"lowerRoman", MN_LOWER_ROMAN},
    {"upperRoman", MN_UPPER_ROMAN},  {"bullet", MN_BULLET},           {"none", MN_UNNUMBERED},
};

static enum mn_numbering format_of(struct mn_slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (mn_slice_equal(name, mn_slice_of(formats[i].name)))
            return formats[i].numbering;
    return MN_DECIMAL; /* numbers of other scripts are numbers all the same */
}

static void begin_abstract(struct numbering_hearing *hearing, const struct mn_part_attributes *attributes)
{
    struct mn_docx_styles *out = hearing->out;
    hearing->abstract = out->abstracts.count < MOST_STYLES ? MN_APPEND(out->arena, &out->abstracts) : NULL;
    if (!hearing->abstract)
        return;
    *hearing->abstract = (struct mn_docx_abstract){.id = mn_part_number(attributes, "w:abstractNumId", MN_DOCX_NONE)};
    for (unsigned i = 0; i < MN_DOCX_LEVELS; i++)
        hearing->abstract->levels[i].start = 1;
}

static void begin_number(struct numbering_hearing *hearing, const struct mn_part_attributes *attributes)
{
    struct mn_docx_styles *out = hearing->out;
    hearing->number = out->numbers.count < MOST_STYLES ? MN_APPEND(out->arena, &out->numbers) : NULL;
    if (!hearing->number)
        return;
    *hearing->number =
        (struct mn_docx_number){.id = mn_part_number(attributes, "w:numId", MN_DOCX_NONE), .abstract = MN_DOCX_NONE};
    for (unsigned i = 0; i < MN_DOCX_LEVELS; i++)
        hearing->number->starts[i] = MN_DOCX_NONE;
}

static uint32_t find_abstract(const struct mn_docx_styles *styles, uint32_t id)
{
    for (uint32_t i = 0; i < styles->abstracts.count; i++)
        if (styles->abstracts.items[i].id == id)
            return i;
    return MN_DOCX_NONE;
}

static void start_level(struct numbering_hearing *hearing, const struct mn_part_attributes *attributes)
{
    uint32_t level = mn_part_number(attributes, "w:ilvl", MN_DOCX_NONE);
    hearing->level = level < MN_DOCX_LEVELS ? level : MN_DOCX_NONE;
}

static void start_in_numbering(void *user, const char *name, const struct mn_part_attributes *attributes)
{
    struct numbering_hearing *hearing = user;
    if (strcmp(name, "w:abstractNum") == 0)
        begin_abstract(hearing, attributes);
    else if (strcmp(name, "w:num") == 0)
        begin_number(hearing, attributes);
    else if (strcmp(name, "w:lvl") == 0 || strcmp(name, "w:lvlOverride") == 0)
        start_level(hearing, attributes);
    else if (strcmp(name, "w:abstractNumId") == 0 && hearing->number)
        hearing->number->abstract = find_abstract(hearing->out, mn_part_number(attributes, "w:val", MN_DOCX_NONE));
    if (hearing->level == MN_DOCX_NONE)
        return;
    if (strcmp(name, "w:startOverride") == 0 && hearing->number)
        hearing->number->starts[hearing->level] = mn_part_number(attributes, "w:val", 1);
    if (!hearing->abstract)
        return;
    struct mn_docx_level *level = &hearing->abstract->levels[hearing->level];
    if (strcmp(name, "w:start") == 0)
        level->start = mn_part_number(attributes, "w:val", 1);
    else if (strcmp(name, "w:numFmt") == 0)
        level->numbering = (uint8_t)format_of(mn_part_attribute(attributes, "w:val"));
}

static void end_in_numbering(void *user, const char *name)
{
    struct numbering_hearing *hearing = user;
    if (strcmp(name, "w:abstractNum") == 0)
        hearing->abstract = NULL;
    else if (strcmp(name, "w:num") == 0)
        hearing->number = NULL;
    if (strcmp(name, "w:lvl") == 0 || strcmp(name, "w:lvlOverride") == 0)
        hearing->level = MN_DOCX_NONE;
}

/* Deeper levels start anew under each number. */
static void forget_deeper(struct mn_docx_abstract *abstract, uint32_t level)
{
    for (uint32_t i = level + 1; i < MN_DOCX_LEVELS; i++)
        abstract->counts[i] = 0;
}

enum mn_numbering mn_docx_count(struct mn_docx_styles *styles, uint32_t number, uint32_t level, uint32_t *ordinal,
                                uint32_t *list)
{
    struct mn_docx_number *found = NULL;
    for (size_t i = 0; i < styles->numbers.count && !found; i++)
        if (styles->numbers.items[i].id == number)
            found = &styles->numbers.items[i];
    if (!found || found->abstract == MN_DOCX_NONE)
        return MN_UNNUMBERED;
    level = level < MN_DOCX_LEVELS ? level : MN_DOCX_LEVELS - 1;
    struct mn_docx_abstract *abstract = &styles->abstracts.items[found->abstract];
    enum mn_numbering numbering = (enum mn_numbering)abstract->levels[level].numbering;
    *list = found->abstract;
    *ordinal = 0;
    if (numbering == MN_BULLET || numbering == MN_UNNUMBERED)
        return numbering;
    if (found->starts[level] != MN_DOCX_NONE) {
        abstract->counts[level] = found->starts[level];
        found->starts[level] = MN_DOCX_NONE;
    } else {
        abstract->counts[level] = abstract->counts[level] ? abstract->counts[level] + 1 : abstract->levels[level].start;
    }
    forget_deeper(abstract, level);
    *ordinal = abstract->counts[level];
    return numbering;
}

enum mn_status mn_docx_styles_read(struct mn_slice styles, struct mn_slice numbering, struct mn_slice document,
                                   struct mn_docx_styles *out, struct mn_error *error)
{
    static const struct mn_part_ears style_ears = {start_in_styles, end_in_styles, pass_over};
    static const struct mn_part_ears numbering_ears = {start_in_numbering, end_in_numbering, pass_over};
    struct style_hearing style_hearing = {.out = out};
    struct numbering_hearing numbering_hearing = {.out = out, .level = MN_DOCX_NONE};
    enum mn_status status = MN_OK;
    if (styles.data)
        status = mn_part_hear(styles, &style_ears, &style_hearing, "word/styles.xml", document, error);
    if (status == MN_OK && numbering.data)
        status = mn_part_hear(numbering, &numbering_ears, &numbering_hearing, "word/numbering.xml", document, error);
    return status == MN_OK && out->failed ? mn_fail_memory(error) : status;
}
