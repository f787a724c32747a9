#include "record/ids.h"

#include "record/kinds.h"
#include <stdlib.h>

/* An id and its place, for finding equal ones. */
struct entry {
    const struct mn_id *id;
    size_t place;
};

static struct mn_slice key_value(const struct mn_finding *finding)
{
    const char *key = mn_record_kinds[finding->kind].key;
    const struct mn_field *field = key ? mn_fields_find(&finding->attributes, mn_slice_of(key)) : NULL;
    return field ? field->value : MN_EMPTY;
}

/* KIND TEXT-SHA256 START END VALUE */
static void write_line(struct mn_writer *line, const struct mn_finding *finding, const struct mn_offsets *offsets,
                       struct mn_slice text_sha256)
{
    mn_write(line, mn_slice_of(mn_record_kinds[finding->kind].element));
    mn_write_char(line, ' ');
    mn_write(line, text_sha256);
    mn_write_char(line, ' ');
    mn_write_number(line, mn_offsets_code_point(offsets, finding->start));
    mn_write_char(line, ' ');
    mn_write_number(line, mn_offsets_code_point(offsets, finding->end));
    mn_write_char(line, ' ');
    mn_write(line, key_value(finding));
}

static enum mn_status make_id(const struct mn_finding *finding, const struct mn_offsets *offsets,
                              struct mn_slice text_sha256, struct mn_writer *line, struct mn_id *id,
                              struct mn_error *error)
{
    struct mn_sha256 digest;
    char hex[64];
    mn_writer_clear(line);
    write_line(line, finding, offsets, text_sha256);
    if (mn_writer_finish(line, error) != MN_OK)
        return error ? error->status : MN_NO_MEMORY;
    if (!mn_sha256((struct mn_slice){line->data, line->size}, &digest))
        return mn_fail(error, MN_INTERNAL, "SHA-256 is not available; check the installation of libcrypto");
    mn_sha256_hex(&digest, hex);
    *id = (struct mn_id){.kind = mn_record_kinds[finding->kind].letter, .repeat = 1};
    memcpy(id->digits, hex, sizeof id->digits);
    return MN_OK;
}

static int compare_ids(const struct mn_id *a, const struct mn_id *b)
{
    int order = memcmp(a->digits, b->digits, sizeof a->digits);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static int compare_entries(const void *first, const void *second)
{
    const struct entry *a = first, *b = second;
    int order = compare_ids(a->id, b->id);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* Numbers those that share an id in the order of the findings. */
static enum mn_status number_repeats(struct mn_arena *arena, struct mn_id *ids, size_t count, struct mn_error *error)
{
    struct entry *entries = mn_arena_alloc(arena, count * sizeof *entries);
    if (!entries)
        return mn_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct entry){&ids[i], i};
    qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 1; i < count; i++)
        if (compare_ids(entries[i].id, entries[i - 1].id) == 0)
            ids[entries[i].place].repeat = entries[i - 1].id->repeat + 1;
    return MN_OK;
}

enum mn_status mn_ids_make(const struct mn_document *document, const struct mn_offsets *offsets,
                           struct mn_slice text_sha256, struct mn_id **ids, struct mn_error *error)
{
    size_t count = document->findings.count;
    struct mn_writer line;
    enum mn_status status = MN_OK;
    *ids = NULL;
    if (count == 0)
        return MN_OK;
    *ids = mn_arena_alloc(document->arena, count * sizeof **ids);
    if (!*ids)
        return mn_fail_memory(error);
    mn_writer_init(&line, NULL);
    for (size_t i = 0; i < count && status == MN_OK; i++)
        status = make_id(&document->findings.items[i], offsets, text_sha256, &line, &(*ids)[i], error);
    if (status == MN_OK)
        status = number_repeats(document->arena, *ids, count, error);
    mn_writer_free(&line);
    return status;
}

void mn_id_write(struct mn_writer *writer, const struct mn_id *id)
{
    mn_write_literal(writer, " xml:id=\"");
    mn_write_char(writer, id->kind);
    mn_write(writer, (struct mn_slice){id->digits, sizeof id->digits});
    if (id->repeat > 1) {
        mn_write_char(writer, '-');
        mn_write_number(writer, id->repeat);
    }
    mn_write_char(writer, '"');
}
