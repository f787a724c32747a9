#include "command/explain_view.h"

#include "command/places.h"
#include "command/wrap.h"

void view_say(struct explain_view *view, const char *text)
{
    mn_write(&view->line, mn_slice_of(text));
}

void view_slice(struct explain_view *view, struct mn_slice text)
{
    mn_write(&view->line, text);
}

void view_number(struct explain_view *view, uint64_t number)
{
    mn_write_number(&view->line, number);
}

/* Lays out what was said. */
void view_end_line(struct explain_view *view, size_t indent)
{
    struct mn_slice text = {view->line.data, view->line.size};
    wrap_spaces(view->out, indent);
    wrap_text(view->out, mn_slice_trim(text), indent, indent + VIEW_STEP);
    mn_writer_clear(&view->line);
}

void view_empty_line(struct explain_view *view)
{
    mn_write_char(view->out, '\n');
}

/* Words on one line, the middle of long ones left out. */
void view_words(struct explain_view *view, struct mn_range range)
{
    struct mn_slice text = mn_document_text(view->explanation->document, range.start, range.end);
    size_t cut = text.size > VIEW_MOST_WORDS ? VIEW_MOST_WORDS / 2 : text.size,
           rest = text.size - (text.size > cut ? cut : 0);
    while (cut < text.size && cut && text.data[cut] != ' ')
        cut--;
    while (rest < text.size && text.data[rest] != ' ')
        rest++;
    for (size_t i = 0; i < cut; i++)
        mn_write_char(&view->line, text.data[i] == '\n' ? ' ' : text.data[i]);
    if (cut < text.size)
        view_say(view, " …");
    for (size_t i = rest; cut < text.size && i < text.size; i++)
        mn_write_char(&view->line, text.data[i] == '\n' ? ' ' : text.data[i]);
}

void view_quote(struct explain_view *view, struct mn_range range)
{
    view_say(view, "“");
    view_words(view, range);
    view_say(view, "”");
}

void view_range(struct explain_view *view, struct mn_range range)
{
    view_number(view, explain_offset(view->explanation, range.start));
    view_say(view, "–");
    view_number(view, explain_offset(view->explanation, range.end));
}

/* White space of patterns, which may stand on several lines, as single spaces. */
void view_pattern(struct explain_view *view, struct mn_slice pattern)
{
    bool blank = false;
    pattern = mn_slice_trim(pattern);
    for (size_t i = 0; i < pattern.size; i++) {
        bool space = strchr(" \t\r\n", pattern.data[i]) != NULL;
        if (!space || !blank)
            mn_write_char(&view->line, space ? ' ' : pattern.data[i]);
        blank = space;
    }
}

/* " (decisions.xml:12)"; the names of shipped files are those below their folder. */
static void say_place(struct explain_view *view, struct mn_slice file, uint32_t line)
{
    struct mn_slice folder = mn_slice_of(data_folder("rules"));
    bool shipped = mn_slice_starts(file, folder) && file.size > folder.size + 1;
    view_say(view, " (");
    view_slice(view, shipped ? mn_slice_cut(file, folder.size + 1, file.size) : file);
    view_say(view, ":");
    view_number(view, line);
    view_say(view, ")");
}

void view_rule(struct explain_view *view, struct mn_slice name)
{
    const struct mn_rule *rule = mn_rules_find(view->explanation->rules, name);
    view_slice(view, name);
    if (rule)
        say_place(view, rule->file, rule->line);
}

void view_source(struct explain_view *view, struct mn_slice name)
{
    const struct mn_scheme *scheme = view->explanation->derivation.scheme;
    view_rule(view, name);
    if (scheme && mn_slice_starts(name, scheme->name) && !mn_rules_find(view->explanation->rules, name))
        say_place(view, scheme->file, scheme->line);
}

struct mn_range view_range_of(const struct mn_span *span)
{
    return (struct mn_range){span->start, span->end};
}

static void view_fields(struct explain_view *view, const struct mn_span *span, size_t indent, unsigned depth);

/* A field's value and words, and behind them what the words are themselves. */
void view_field(struct explain_view *view, const struct mn_field *field, struct mn_slice value, size_t indent,
                unsigned depth)
{
    const struct mn_document *document = view->explanation->document;
    view_slice(view, field->name);
    if (value.size) {
        view_say(view, " = ");
        view_slice(view, value);
    }
    if (field->end > field->start) {
        view_say(view, value.size ? " for " : " ");
        view_quote(view, (struct mn_range){field->start, field->end});
    }
    bool refers = field->span < document->spans.count;
    const struct mn_span *span = refers ? &document->spans.items[field->span] : NULL;
    if (refers) {
        view_say(view, ", found by ");
        view_rule(view, span->rule);
    }
    view_end_line(view, indent);
    if (refers && depth < VIEW_DEEPEST)
        view_fields(view, span, indent + VIEW_STEP, depth + 1);
}

static void view_fields(struct explain_view *view, const struct mn_span *span, size_t indent, unsigned depth)
{
    for (size_t i = 0; i < span->fields.count; i++)
        view_field(view, &span->fields.items[i], span->fields.items[i].value, indent, depth);
}
