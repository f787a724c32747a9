/* Lines to text: words that a line end cut are mended, signs of symbol fonts become bullets. */
#include "layout/building.h"
#include "layout/labels.h"

#include "base/utf8.h"

int32_t mn_text_first(struct mn_slice text)
{
    size_t at = 0;
    return text.size ? mn_utf8_next(text, &at) : 0;
}

bool mn_text_starts_lower(struct mn_slice text)
{
    int32_t first = mn_text_first(text);
    return mn_is_letter(first) && !mn_is_upper(first);
}

bool mn_text_ends_sentence(struct mn_slice text)
{
    while (text.size > 0) {
        size_t at = text.size;
        int32_t last = mn_utf8_previous(text, &at);
        if (last == '.' || last == '?' || last == '!' || last == ':' || last == ';')
            return true;
        if (last != ')' && last != '"' && last != '\'' && last != 0x2019 && last != 0x201D)
            return false;
        text.size = at;
    }
    return false;
}

void mn_text_append(struct building *building, struct text_builder *out, struct mn_slice line)
{
    if (out->size > 0) {
        struct mn_slice before = {out->text, out->size};
        switch (mn_joint_of(&building->joints, before, line)) {
        case MN_JOIN_SPACED:
            out->text[out->size++] = ' ';
            break;
        case MN_JOIN_WITHOUT_HYPHEN:
            out->size--;
            break;
        case MN_JOIN_DIRECTLY:
            break;
        }
    }
    size_t from = 0;
    if (out->size == 0) {
        int32_t first = line.size ? mn_utf8_next(line, &from) : 0, sign = mn_label_sign(first);
        if (sign == first)
            from = 0;
        else
            out->size += mn_utf8_encode(sign, out->text);
    }
    memcpy(out->text + out->size, line.data + from, line.size - from);
    out->size += line.size - from;
}

struct mn_slice mn_text_of_lines(struct building *building, const uint32_t *lines, uint32_t count)
{
    struct text_builder out = {NULL, 0};
    size_t room = 8;
    for (uint32_t i = 0; i < count; i++)
        room += mn_line_at(building, lines[i])->text.size + 1;
    out.text = mn_arena_alloc(building->work->arena, room);
    if (!out.text) {
        building->failed = true;
        return MN_EMPTY;
    }
    for (uint32_t i = 0; i < count; i++)
        mn_text_append(building, &out, mn_line_at(building, lines[i])->text);
    return (struct mn_slice){out.text, out.size};
}

void mn_text_join(struct building *building, struct mn_slice *text, struct text_room *room, struct mn_slice rest)
{
    size_t needed = text->size + rest.size + 8;
    if (needed > room->size) {
        char *data = mn_arena_extend(building->work->arena, room->data, room->size, 2 * needed);
        if (!data) {
            building->failed = true;
            return;
        }
        if (!room->data && text->size > 0)
            memcpy(data, text->data, text->size);
        *room = (struct text_room){data, 2 * needed};
    }
    struct text_builder out = {room->data, text->size};
    mn_text_append(building, &out, rest);
    *text = (struct mn_slice){out.text, out.size};
}

struct mn_slice mn_text_of_cells(struct building *building, const struct cell *cells, uint32_t count)
{
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++)
        room += cells[i].text.size + 1;
    struct text_builder out = {mn_arena_alloc(building->work->arena, room + 1), 0};
    if (!out.text) {
        building->failed = true;
        return MN_EMPTY;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (out.size > 0 && cells[i].text.size > 0)
            out.text[out.size++] = ' ';
        if (cells[i].text.size > 0)
            memcpy(out.text + out.size, cells[i].text.data, cells[i].text.size);
        out.size += cells[i].text.size;
    }
    return (struct mn_slice){out.text, out.size};
}
