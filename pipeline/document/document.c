#include "document/document.h"
#include "base/limits.h"

#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

static const char *const elements[] = {
#define ELEMENT(name, element) [name] = element,
    MN_NODE_KINDS(ELEMENT)
#undef ELEMENT
};
_Static_assert(sizeof elements / sizeof *elements == MN_NODE_KIND_COUNT, "every kind has its element");

const char *mn_node_element(enum mn_node_kind kind)
{
    return elements[kind];
}

struct mn_document *mn_document_create(struct mn_arena *arena)
{
    struct mn_document *document = mn_arena_zero(arena, sizeof *document);
    if (!document)
        return NULL;
    document->arena = arena;
    document->limits = (struct mn_document_limits){MN_LIMIT_BLOCKS, MN_LIMIT_TOKENS};
    struct mn_slice *none = MN_APPEND(arena, &document->roles);
    if (!none)
        return NULL;
    *none = MN_EMPTY;
    return document;
}

struct mn_slice mn_node_enumerator(const struct mn_document *document, const struct mn_node *node)
{
    return mn_slice_trim(mn_document_text(document, node->start, node->content));
}

/* Code points that belong to a number: letters, digits, and points or slashes between them ("2.1", "16/01/12.01"). */
struct mn_slice mn_node_number(const struct mn_document *document, const struct mn_node *node)
{
    struct mn_slice text = mn_node_enumerator(document, node);
    size_t start = text.size, end = 0;
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        int32_t code_point = mn_utf8_next(text, &at);
        if (!mn_is_letter(code_point) && !mn_is_digit(code_point))
            continue;
        if (start > before)
            start = before;
        end = at;
    }
    return start < end && node->numbering != MN_BULLET ? mn_slice_cut(text, start, end) : MN_EMPTY;
}

uint32_t mn_document_role(struct mn_document *document, struct mn_slice name)
{
    for (size_t i = 0; i < document->roles.count; i++)
        if (mn_slice_equal(document->roles.items[i], name))
            return (uint32_t)i;
    struct mn_slice *role = MN_APPEND(document->arena, &document->roles);
    if (!role)
        return MN_NONE;
    *role = mn_arena_copy(document->arena, name);
    if (role->size == name.size)
        return (uint32_t)(document->roles.count - 1);
    document->roles.count--;
    return MN_NONE;
}

const struct mn_field *mn_fields_find(const struct mn_fields *fields, struct mn_slice name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (mn_slice_equal(fields->items[i].name, name))
            return &fields->items[i];
    return NULL;
}

void mn_document_notice(struct mn_document *document, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0)
        return;
    size_t length = (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
    length = mn_utf8_valid_prefix((struct mn_slice){text, length}); /* not cut inside a character */
    struct mn_slice copy = mn_arena_copy(document->arena, (struct mn_slice){text, length});
    struct mn_notice *notice = copy.size ? MN_APPEND(document->arena, &document->notices) : NULL;
    if (notice)
        notice->text = copy;
}
