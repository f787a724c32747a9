#include "texts.h"
#include "base/utf8.h"
#include "marks.h"

/* A place in a text that goes forward: bytes and the code points before them. */
struct place {
    size_t byte, code_points;
};

static size_t code_points_to(struct mn_slice text, struct place *place, size_t byte)
{
    place->code_points += mn_utf8_length(mn_slice_cut(text, place->byte, byte));
    place->byte = byte;
    return place->code_points;
}

/* The missed finding of a mark, where it is to be changed; null for a find. */
static struct quote *missed_quote(struct document *document, const struct mark *mark)
{
    struct record *gold = &document->gold;
    bool of_gold = gold->count && mark->finding >= gold->items && mark->finding < gold->items + gold->count;
    return of_gold ? &gold->items[mark->finding - gold->items].quotes[0] : NULL;
}

static bool place_gold(struct mn_arena *arena, struct document *document)
{
    struct mark_list marks;
    struct place place = {0};
    if (!marks_find(arena, document, document->text, &marks))
        return false;
    for (size_t i = 0; i < marks.count; i++) {
        struct quote *quote = missed_quote(document, &marks.items[i]);
        if (!quote || quote->placed)
            continue;
        quote->placed = true;
        quote->start = code_points_to(document->text, &place, marks.items[i].start);
        struct place end = place; /* the next mark may begin before */
        quote->end = code_points_to(document->text, &end, marks.items[i].end);
    }
    return true;
}

static enum mn_status read_text(struct mn_arena *arena, const char *path, struct document *document,
                                struct mn_error *error)
{
    enum mn_status status = file_read(arena, path, &document->text, error);
    if (status != MN_OK)
        return status;
    if (mn_utf8_valid_prefix(document->text) != document->text.size)
        return mn_fail(error, MN_NOT_TEXT, "%s: not UTF-8: give the output of minutiae text", path);
    return place_gold(arena, document) ? MN_OK : mn_fail_memory(error);
}

enum mn_status texts_read(struct mn_arena *arena, const char *folder, struct evaluation *evaluation,
                          struct mn_error *error)
{
    struct file_list texts;
    size_t count = evaluation->document_count;
    enum mn_status status = files_gather(arena, &folder, 1, ONLY_TEXTS, &texts, error);
    struct file_list gold = {mn_arena_zero(arena, (count + 1) * sizeof *gold.items), count};
    if (status != MN_OK)
        return status;
    for (size_t d = 0; gold.items && d < count; d++)
        gold.items[d] = (struct file){evaluation->documents[d].gold.path, evaluation->documents[d].name,
                                      evaluation->documents[d].folder};
    const struct file **partners = gold.items ? files_pair(arena, &gold, &texts) : NULL;
    if (!partners)
        return mn_fail_memory(error);
    for (size_t d = 0; d < count && status == MN_OK; d++)
        if (partners[d])
            status = read_text(arena, partners[d]->path, &evaluation->documents[d], error);
    return status;
}
