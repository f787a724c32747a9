#include "input/metadata.h"
#include "base/arena.h"
#include "base/limits.h"
#include "document/stream.h"
#include "input/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum column { NAME, TITLE, AUTHORITY, BODY, DATE, CHARSET, URL, COLUMN_COUNT };

static const char *const column_names[] = {"name", "title", "authority", "body", "date", "charset", "url"};
_Static_assert(sizeof column_names / sizeof *column_names == COLUMN_COUNT, "a name for each column");

struct row {
    struct mn_slice values[COLUMN_COUNT];
    size_t line;
};

struct mn_metadata {
    struct mn_arena *arena;
    MN_VECTOR(struct row) rows; /* by name once loaded */
};

/* People write "Name" too. */
static int find_column(struct mn_slice name)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (name.size == strlen(column_names[i]) && strncasecmp(name.data, column_names[i], name.size) == 0)
            return i;
    return -1;
}

static bool is_digits(struct mn_slice text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return true;
}

/* Whether the calendar has it is seen where the document is interpreted. */
static bool is_date(struct mn_slice text)
{
    return text.size == 10 && text.data[4] == '-' && text.data[7] == '-' && is_digits(text, 0, 4) &&
           is_digits(text, 5, 7) && is_digits(text, 8, 10);
}

static enum mn_status check_row(const struct row *row, const char *path, struct mn_error *error)
{
    struct mn_slice date = row->values[DATE];
    if (row->values[NAME].size == 0)
        return mn_fail(error, MN_MALFORMED, "%s:%zu: a row without a name; give it one or take it out", path,
                       row->line);
    if (date.size && !is_date(date))
        return mn_fail(error, MN_MALFORMED, "%s:%zu: '%.*s' is no date; write it as YYYY-MM-DD", path, row->line,
                       MN_SLICE_ARGS(date));
    return MN_OK;
}

static enum mn_status add_row(struct mn_metadata *metadata, const struct row *row, const char *path,
                              struct mn_error *error)
{
    enum mn_status status = check_row(row, path, error);
    if (status != MN_OK)
        return status;
    struct row *added = MN_APPEND(metadata->arena, &metadata->rows);
    if (!added)
        return mn_fail_memory(error);
    *added = *row;
    return MN_OK;
}

/* A table being read: fields are unquoted in place, with a NUL behind each. */
struct table {
    char *text;
    size_t size, at, line;
};

/* The field at `at`, which goes behind it and the comma or line end there; *last: it ends its row. False when a quote
 * is not closed. */
static bool next_field(struct table *table, struct mn_slice *field, bool *last)
{
    char *text = table->text;
    size_t out = table->at;
    bool quoted = table->at < table->size && text[table->at] == '"';
    size_t start = out;
    table->at += quoted;
    while (table->at < table->size) {
        char byte = text[table->at];
        if (quoted && byte == '"') {
            table->at++;
            if (table->at >= table->size || text[table->at] != '"') {
                quoted = false;
                continue;
            }
        } else if (!quoted && (byte == ',' || byte == '\n')) {
            break;
        }
        table->line += byte == '\n';
        text[out++] = byte;
        table->at++;
    }
    *last = table->at >= table->size || text[table->at] == '\n';
    table->at++;
    *field = mn_slice_trim((struct mn_slice){text + start, out - start});
    text[(size_t)(field->data - text) + field->size] = '\0';
    return !quoted;
}

static enum mn_status not_closed(const char *path, size_t line, struct mn_error *error)
{
    return mn_fail(error, MN_MALFORMED, "%s:%zu: a quoted field is not closed; put a quote at its end", path, line);
}

enum { MOST_COLUMNS = 256 };

/* Which column means what; -1: nothing. */
static enum mn_status read_header(struct table *table, int *meanings, const char *path, struct mn_error *error)
{
    size_t count = 0;
    bool last = false, named = false;
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        meanings[i] = -1;
    while (!last) {
        struct mn_slice field;
        if (!next_field(table, &field, &last))
            return not_closed(path, table->line, error);
        if (count == MOST_COLUMNS)
            return mn_fail(error, MN_OVER_LIMIT, "%s: more than %d columns; leave out what is not needed", path,
                           MOST_COLUMNS);
        meanings[count] = find_column(field);
        named = named || meanings[count] == NAME;
        count++;
    }
    table->line++;
    return named ? MN_OK
                 : mn_fail(error, MN_MALFORMED, "%s:1: the header has no column 'name'; call that of the documents so",
                           path);
}

static enum mn_status read_row(struct table *table, const int *meanings, struct row *row, bool *empty, const char *path,
                               struct mn_error *error)
{
    bool last = false;
    *row = (struct row){.line = table->line};
    *empty = true;
    for (size_t i = 0; !last; i++) {
        struct mn_slice field;
        if (!next_field(table, &field, &last))
            return not_closed(path, row->line, error);
        *empty = *empty && field.size == 0;
        if (i < MOST_COLUMNS && meanings[i] >= 0)
            row->values[meanings[i]] = field;
    }
    table->line++;
    return MN_OK;
}

static enum mn_status load_table(struct mn_metadata *metadata, struct mn_slice bytes, const char *path,
                                 struct mn_error *error)
{
    int meanings[MOST_COLUMNS];
    struct table table = {.text = mn_arena_alloc(metadata->arena, bytes.size + 1), .size = bytes.size, .line = 1};
    if (!table.text)
        return mn_fail_memory(error);
    memcpy(table.text, bytes.data ? bytes.data : "", bytes.size);
    table.at = mn_slice_starts((struct mn_slice){table.text, bytes.size}, MN_LITERAL(BYTE_ORDER_MARK))
                   ? sizeof BYTE_ORDER_MARK - 1
                   : 0;
    enum mn_status status = read_header(&table, meanings, path, error);
    while (status == MN_OK && table.at < table.size) {
        struct row row;
        bool empty;
        status = read_row(&table, meanings, &row, &empty, path, error);
        if (status == MN_OK && !empty)
            status = add_row(metadata, &row, path, error);
    }
    return status;
}

/* With a NUL behind it; null data when memory is out. */
static struct mn_slice copy_text(struct mn_arena *arena, struct mn_slice text)
{
    char *copy = mn_arena_zero(arena, text.size + 1);
    if (!copy)
        return MN_EMPTY;
    memcpy(copy, text.data ? text.data : "", text.size);
    return (struct mn_slice){copy, text.size};
}

static enum mn_status read_element(struct mn_metadata *metadata, struct mn_stream *stream, struct row *row,
                                   struct mn_error *error)
{
    const char *name;
    struct mn_slice value;
    *row = (struct row){0};
    while (mn_stream_next_attribute(stream, &name, &value)) {
        int column = find_column(mn_slice_of(name));
        if (column < 0 || strcmp(name, column_names[column]) != 0)
            return mn_stream_fail(stream, error, MN_MALFORMED,
                                  "there is no attribute '%s' of document; schemas/metadata.rng names all", name);
        row->values[column] = copy_text(metadata->arena, mn_slice_trim(value));
        if (!row->values[column].data)
            return mn_fail_memory(error);
    }
    return row->values[NAME].size
               ? MN_OK
               : mn_stream_fail(stream, error, MN_MALFORMED, "document without a name; give it one or take it out");
}

static enum mn_status load_elements(struct mn_metadata *metadata, struct mn_stream *stream, const char *path,
                                    struct mn_error *error)
{
    static const char *const elements[] = {"metadata", "document"};
    for (size_t depth = 0;;) {
        enum mn_event event = mn_stream_next(stream, error);
        if (event == MN_EVENT_OVER)
            return MN_OK;
        if (event == MN_EVENT_FAILED)
            return error->status;
        if (event == MN_EVENT_END)
            depth--;
        if (event != MN_EVENT_START)
            continue;
        if (depth > 1 || strcmp(mn_stream_name(stream), elements[depth]) != 0 ||
            strcmp(mn_stream_namespace(stream), "urn:minutiae:metadata:1") != 0)
            return mn_stream_fail(stream, error, MN_MALFORMED, "<%s> where <%s> of urn:minutiae:metadata:1 is expected",
                                  mn_stream_name(stream), elements[depth > 1 ? 1 : depth]);
        struct row row;
        enum mn_status status = depth == 1 ? read_element(metadata, stream, &row, error) : MN_OK;
        if (status == MN_OK && depth == 1)
            status = add_row(metadata, &row, path, error);
        if (status != MN_OK)
            return status;
        depth++;
    }
}

static enum mn_status load_xml(struct mn_metadata *metadata, char *bytes, size_t size, const char *path,
                               struct mn_error *error)
{
    FILE *file = fmemopen(bytes, size, "rb");
    if (!file)
        return mn_fail_memory(error);
    struct mn_stream *stream = mn_stream_open(file, path, size + 1, error);
    enum mn_status status = stream ? load_elements(metadata, stream, path, error) : error->status;
    mn_stream_close(stream);
    fclose(file);
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    return mn_slice_compare(((const struct row *)a)->values[NAME], ((const struct row *)b)->values[NAME]);
}

static enum mn_status sort_rows(struct mn_metadata *metadata, const char *path, struct mn_error *error)
{
    size_t count = metadata->rows.count;
    if (count)
        qsort(metadata->rows.items, count, sizeof *metadata->rows.items, compare_rows);
    for (size_t i = 1; i < count; i++) {
        const struct row *row = &metadata->rows.items[i], *before = row - 1;
        if (compare_rows(row, before) == 0)
            return mn_fail(error, MN_MALFORMED, "%s: there are two rows for '%.*s'; take one out", path,
                           MN_SLICE_ARGS(row->values[NAME]));
    }
    return MN_OK;
}

static enum mn_status load_bytes(struct mn_metadata *metadata, char *buffer, size_t size, const char *path,
                                 struct mn_error *error)
{
    struct mn_slice bytes = {buffer, size};
    bool is_xml = mn_slice_starts(mn_slice_trim(bytes), MN_LITERAL("<")) ||
                  mn_slice_starts(bytes, MN_LITERAL(BYTE_ORDER_MARK "<"));
    enum mn_status status =
        is_xml ? load_xml(metadata, buffer, size, path, error) : load_table(metadata, bytes, path, error);
    return status == MN_OK ? sort_rows(metadata, path, error) : status;
}

static enum mn_status load_file(struct mn_metadata *metadata, const char *path, struct mn_error *error)
{
    char *buffer = NULL;
    size_t capacity = 0;
    struct mn_slice bytes = MN_EMPTY;
    struct mn_error reason;
    enum mn_status status = mn_load_file(path, MN_LIMIT_METADATA_BYTES, &buffer, &capacity, &bytes, &reason);
    status = status == MN_OK ? load_bytes(metadata, buffer, bytes.size, path, error)
                             : mn_fail(error, status, "%s: %s", path, reason.message);
    free(buffer);
    return status;
}

enum mn_status mn_metadata_load(const char *path, struct mn_metadata **out, struct mn_error *error)
{
    struct mn_metadata *metadata = calloc(1, sizeof *metadata);
    if (!metadata)
        return mn_fail_memory(error);
    metadata->arena = mn_arena_create();
    enum mn_status status = metadata->arena ? load_file(metadata, path, error) : mn_fail_memory(error);
    if (status == MN_OK)
        *out = metadata;
    else
        mn_metadata_free(metadata);
    return status;
}

void mn_metadata_free(struct mn_metadata *metadata)
{
    if (!metadata)
        return;
    mn_arena_destroy(metadata->arena);
    free(metadata);
}

size_t mn_metadata_count(const struct mn_metadata *metadata)
{
    return metadata->rows.count;
}

bool mn_metadata_find(const struct mn_metadata *metadata, struct mn_slice name, struct mn_given *given)
{
    struct row wanted = {.values[NAME] = name};
    const struct row *row = metadata->rows.count ? bsearch(&wanted, metadata->rows.items, metadata->rows.count,
                                                           sizeof *metadata->rows.items, compare_rows)
                                                 : NULL;
    struct mn_slice *targets[COLUMN_COUNT] = {
        [TITLE] = &given->title, [AUTHORITY] = &given->authority, [BODY] = &given->body,
        [DATE] = &given->date,   [CHARSET] = &given->charset,     [URL] = &given->url,
    };
    for (size_t i = NAME + 1; row && i < COLUMN_COUNT; i++)
        if (row->values[i].size)
            *targets[i] = row->values[i];
    return row != NULL;
}
