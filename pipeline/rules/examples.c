/* Examples: their text as a small document, and where their marks stand in it. */
#include "rules/loader.h"

struct reader {
    struct mn_loader *loader;
    const struct mn_rule_file *file;
    const struct mn_draft *draft; /* null: the example is no rule's */
    MN_VECTOR(char) text;
    MN_VECTOR(struct mn_field_mark) marks;
};

static bool append_text(struct reader *reader, struct mn_slice text)
{
    size_t before = reader->text.count;
    if (!MN_RESERVE(reader->loader->scratch, &reader->text, before + text.size + 1))
        return false;
    if (text.size)
        memcpy(reader->text.items + before, text.data, text.size);
    reader->text.count = before + text.size;
    return true;
}

/* `depth` is that of the element; until it ends it stands in `end`. */
static bool add_mark(struct reader *reader, const struct mn_xml *xml, struct mn_slice name, struct mn_slice value,
                     uint32_t depth)
{
    struct mn_field_mark *mark = MN_APPEND(reader->loader->rules->arena, &reader->marks);
    if (!mark)
        return false;
    *mark = (struct mn_field_mark){
        .name = name, .value = value, .start = (uint32_t)reader->text.count, .end = UINT32_MAX - depth};
    mark->line = mn_place_line(mn_xml_place(reader->file, xml), &mark->column);
    return true;
}

static bool is_find(const struct mn_xml *xml)
{
    return mn_slice_equal(xml->name, MN_LITERAL("find"));
}

/* Marks the start of an element. A find's attributes become marks of the same range behind it. */
static bool open_mark(struct reader *reader, const struct mn_xml *xml, uint32_t depth)
{
    struct mn_slice value = is_find(xml) ? MN_EMPTY : mn_xml_attribute(xml, "is");
    bool done = add_mark(reader, xml, xml->name, value, depth);
    for (size_t i = 0; done && is_find(xml) && i < xml->attribute_count; i++)
        done = add_mark(reader, xml, xml->attributes[i].name, xml->attributes[i].value, depth);
    return done;
}

static void close_marks(struct reader *reader, uint32_t depth)
{
    for (size_t i = reader->marks.count; i-- > 0;)
        if (reader->marks.items[i].end == UINT32_MAX - depth)
            reader->marks.items[i].end = (uint32_t)reader->text.count;
}

/* A mark must be one that the rule can fill: rules with patterns of their own name their captures. */
static void check_mark(struct reader *reader, const struct mn_xml *xml)
{
    const struct mn_draft *draft = reader->draft;
    if (is_find(xml) || !draft || draft->rule.type != MN_PATTERN_RULE || draft->captures_unknown ||
        mn_names_find(&draft->captures, xml->name) != MN_NO_SYMBOL)
        return;
    mn_report_unknown(reader->loader, mn_xml_place(draft->file, xml), "capture", "", xml->name, &draft->captures,
                      "<find> or a capture of this rule's patterns");
}

/* Gathers text and marks of an example, in document order. */
static bool gather(struct reader *reader, const struct mn_xml *top)
{
    const struct mn_xml *node = top->first;
    uint32_t depth = 0;
    while (node) {
        if (!node->name.size && !append_text(reader, node->text))
            return false;
        if (node->name.size) {
            check_mark(reader, node);
            if (!open_mark(reader, node, ++depth))
                return false;
        }
        if (node->first) {
            node = node->first;
            continue;
        }
        if (node->name.size)
            close_marks(reader, depth--);
        while (!node->next && node->parent != top) {
            node = node->parent;
            close_marks(reader, depth--);
        }
        node = node->next;
    }
    return true;
}

/* A line of the text as it stands in the file: [start, end), its words begin at `words`. */
struct line {
    uint32_t start, words, end;
};

static struct line line_at(const struct reader *reader, size_t start)
{
    struct line line = {(uint32_t)start, (uint32_t)start, (uint32_t)start};
    const char *text = reader->text.items;
    while (line.end < reader->text.count && text[line.end] != '\n')
        line.end++;
    while (line.words < line.end && (text[line.words] == ' ' || text[line.words] == '\t'))
        line.words++;
    return line;
}

/* The indentation that all lines but the first have: the first stands behind the tag. */
static uint32_t common_indentation(const struct reader *reader)
{
    uint32_t common = UINT32_MAX;
    struct line line = line_at(reader, 0);
    while (line.end < reader->text.count) {
        line = line_at(reader, line.end + 1);
        if (line.words < line.end && line.words - line.start < common)
            common = line.words - line.start;
    }
    return common;
}

/* The text without common indentation and without empty lines around it; `moved` maps offsets of the text as gathered
 * (count + 1 of them) to offsets of the result. */
static struct mn_slice normalise(struct reader *reader, uint32_t *moved)
{
    char *out = mn_arena_alloc(reader->loader->rules->arena, reader->text.count + 1);
    uint32_t indentation = common_indentation(reader), size = 0, words_end = 0;
    struct line line = {0, 0, UINT32_MAX};
    if (!out)
        return MN_EMPTY;
    do {
        line = line_at(reader, line.end + 1);
        bool empty = line.words == line.end, first = line.start == 0;
        uint32_t cut = empty ? line.end : first ? line.words : line.start + indentation;
        for (uint32_t i = line.start; i <= line.end; i++) {
            moved[i] = size;
            if (i < line.end && i >= cut)
                out[size++] = reader->text.items[i];
        }
        words_end = empty ? words_end : size;
        if (words_end) /* no empty lines at the start */
            out[size++] = '\n';
    } while (line.end < reader->text.count);
    for (size_t i = 0; i <= reader->text.count; i++)
        moved[i] = moved[i] < words_end ? moved[i] : words_end;
    return (struct mn_slice){out, words_end};
}

bool mn_read_example(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_draft *draft,
                     const struct mn_xml *xml, struct mn_example *example)
{
    struct reader reader = {.loader = loader, .file = file, .draft = draft};
    *example = (struct mn_example){0};
    if (!append_text(&reader, MN_EMPTY) || !gather(&reader, xml))
        return false;
    uint32_t *moved = mn_arena_alloc(loader->scratch, (reader.text.count + 1) * sizeof *moved);
    if (!moved)
        return false;
    example->text = normalise(&reader, moved);
    for (size_t i = 0; i < reader.marks.count; i++) {
        reader.marks.items[i].start = moved[reader.marks.items[i].start];
        reader.marks.items[i].end = moved[reader.marks.items[i].end];
    }
    example->marks = reader.marks.items;
    example->mark_count = reader.marks.count;
    example->date = mn_xml_attribute(xml, "date");
    example->line = mn_place_line(mn_xml_place(file, xml), &example->column);
    if (!example->text.size && example->text.data)
        mn_report_error(&loader->report, mn_xml_place(file, xml), "this <%.*s> is empty; expected text",
                        MN_SLICE_ARGS(xml->name));
    return example->text.data != NULL;
}

void mn_draft_examples(struct mn_loader *loader, struct mn_draft *draft)
{
    MN_VECTOR(struct mn_example) examples = {0};
    for (const struct mn_xml *xml = draft->xml->first; xml && !loader->report.no_memory; xml = xml->next) {
        if (xml->element != MN_EL_EXAMPLE && xml->element != MN_EL_COUNTEREXAMPLE)
            continue;
        struct mn_example *example = MN_APPEND(loader->rules->arena, &examples);
        if (!example || !mn_read_example(loader, draft->file, draft, xml, example))
            loader->report.no_memory = true;
        else
            example->counter = xml->element == MN_EL_COUNTEREXAMPLE;
    }
    draft->rule.examples = examples.items;
    draft->rule.example_count = examples.count;
}
