#include "base/utf8.h"
#include "interpret/parts.h"
#include "interpret/work.h"

enum quote { NO_QUOTE, APOSTROPHE, QUOTE };

static enum quote quote_of(int32_t code_point)
{
    static const int32_t quotes[] = {'"', 0x2018, 0x201A, 0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (quotes[i] == code_point)
            return QUOTE;
    return code_point == '\'' || code_point == 0x2019 ? APOSTROPHE : NO_QUOTE;
}

static bool holds_quote(struct mn_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (quote_of(mn_utf8_next(text, &at)) != NO_QUOTE)
            return true;
    return false;
}

/* A pair of quotes around the whole goes; a single one goes too, if it has no partner inside and cannot be an
 * apostrophe ("the Members’"). */
static struct mn_slice trim_quotes(struct mn_slice text)
{
    while (text.size) {
        size_t first = 0, last = text.size;
        enum quote opening = quote_of(mn_utf8_next(text, &first));
        enum quote closing = quote_of(mn_utf8_previous(text, &last));
        bool pair = opening && closing && first <= last;
        bool inner = !pair && holds_quote(mn_slice_cut(text, opening ? first : 0, opening ? text.size : last));
        if (pair)
            text = mn_slice_cut(text, first, last);
        else if (opening && !inner)
            text = mn_slice_cut(text, first, text.size);
        else if (closing == QUOTE && !inner)
            text = mn_slice_cut(text, 0, last);
        else
            return text;
        text = mn_slice_trim(text);
    }
    return text;
}

/* Blocks are separated by newlines, values stand on one line. */
static bool put_on_one_line(struct mn_arena *arena, struct mn_slice *text)
{
    if (!text->size || !memchr(text->data, '\n', text->size))
        return true;
    char *line = mn_arena_alloc(arena, text->size);
    if (!line)
        return false;
    for (size_t i = 0; i < text->size; i++)
        line[i] = text->data[i] == '\n' ? ' ' : text->data[i];
    text->data = line;
    return true;
}

/* What the document says of itself under this name; empty when it says nothing, or only mentions something. */
static struct mn_slice stated_fact(const struct mn_document *document, struct mn_slice name)
{
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (mn_slice_equal(fact->name, name) && !mn_slice_equal(fact->basis, MN_LITERAL("inferred")))
            return fact->value;
    }
    return MN_EMPTY;
}

/* "{body}" as a rule's value stands for the fact of this name. */
static bool names_fact(struct mn_slice value)
{
    return value.size > 2 && value.data[0] == '{' && value.data[value.size - 1] == '}';
}

bool mn_value_words(const struct mn_work *work, const struct mn_field *field, struct mn_slice *words)
{
    *words = mn_field_words(work->document, field);
    if (names_fact(field->value))
        *words = stated_fact(work->document, mn_slice_cut(field->value, 1, field->value.size - 1));
    else if (field->value.size == 0)
        *words = trim_quotes(*words);
    return put_on_one_line(work->arena, words);
}

bool mn_value_time(const struct mn_work *work, const struct mn_field *field, struct mn_date anchor, bool past,
                   struct mn_time_value *value)
{
    const struct mn_document *document = work->document;
    struct mn_slice words = mn_field_words(document, field);
    struct mn_date date;
    if (field->span < document->spans.count) {
        const struct mn_fields *fields = &document->spans.items[field->span].fields;
        return mn_time_evaluate(work->arena, document, fields, anchor, past, value);
    }
    if (field->value.size == 0 && !mn_date_parse(words, &date))
        return false;
    mn_time_of_edtf(words, value);
    return words.size > 0;
}
