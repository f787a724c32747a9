#include "fields.h"
#include <criterion/criterion.h>

/* Appends words to the text, underscores as spaces, and gives the field their range. */
static void put_words(char *text, size_t *size, struct mn_slice words, struct mn_field *field)
{
    field->start = (uint32_t)*size;
    for (size_t i = 0; i < words.size; i++)
        text[(*size)++] = words.data[i] == '_' ? ' ' : words.data[i];
    field->end = (uint32_t)*size;
    text[(*size)++] = ' ';
}

struct mn_document *fields_document(struct mn_arena *arena, const char *line)
{
    struct mn_document *document = mn_document_create(arena);
    struct mn_span *span = MN_APPEND(arena, &document->spans);
    char *text = mn_arena_alloc(arena, strlen(line) + 1);
    *span = (struct mn_span){.kind = MN_LITERAL("time")};
    span->fields.items = mn_arena_zero(arena, 32 * sizeof *span->fields.items);
    for (const char *at = line; *at;) {
        size_t name = strcspn(at, "=~"), whole = strcspn(at, " ");
        struct mn_field *field = &span->fields.items[span->fields.count++];
        struct mn_slice value = {at + name + 1, whole - name - 1};
        cr_assert(name < whole, "field in “%s”", line);
        field->name = (struct mn_slice){at, name};
        field->span = MN_NONE;
        if (at[name] == '=')
            field->value = value;
        else
            put_words(text, &document->text.size, value, field);
        at += whole + (at[whole] == ' ');
    }
    document->text.data = text;
    return document;
}

struct mn_date date_of(const char *text)
{
    struct mn_date date = {0};
    cr_assert(!*text || mn_date_parse(mn_slice_of(text), &date), "“%s” is a date", text);
    return date;
}
