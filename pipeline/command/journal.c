#include "command/journal.h"

#include "command/entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_REPORTS = 2 };

struct place {
    uint64_t id;
    uint64_t offset; /* in its report */
    uint32_t size;   /* bytes of the line; 0: the slot is free */
    uint8_t report;
    atomic_bool seen;
};

struct journal {
    int reports[MOST_REPORTS];
    size_t report_count;
    struct place *places; /* open hash table by id */
    size_t count, capacity;
};

struct journal *journal_open(void)
{
    return calloc(1, sizeof(struct journal));
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    for (size_t i = 0; i < journal->report_count; i++)
        close(journal->reports[i]);
    free(journal->places);
    free(journal);
}

static struct place *slot_of(const struct journal *journal, uint64_t id)
{
    size_t at = (size_t)id & (journal->capacity - 1);
    while (journal->places[at].size && journal->places[at].id != id)
        at = (at + 1) & (journal->capacity - 1);
    return &journal->places[at];
}

static bool grow(struct journal *journal)
{
    if (journal->count * 4 < journal->capacity * 3)
        return true;
    struct journal larger = *journal;
    larger.capacity = journal->capacity ? journal->capacity * 2 : 1024;
    larger.places = calloc(larger.capacity, sizeof *larger.places);
    if (!larger.places)
        return false;
    for (size_t i = 0; i < journal->capacity; i++)
        if (journal->places[i].size)
            *slot_of(&larger, journal->places[i].id) = journal->places[i];
    free(journal->places);
    *journal = larger;
    return true;
}

static bool add_line(struct journal *journal, struct mn_slice line, uint64_t offset)
{
    uint64_t id;
    if (!entry_line_id(line, &id) || line.size > UINT32_MAX)
        return true;
    if (!grow(journal))
        return false;
    struct place *place = slot_of(journal, id);
    journal->count += place->size == 0;
    place->id = id;
    place->offset = offset;
    place->size = (uint32_t)line.size;
    place->report = (uint8_t)(journal->report_count - 1);
    return true;
}

static enum mn_status add_lines(struct journal *journal, FILE *file, struct mn_error *error)
{
    char *line = NULL;
    size_t capacity = 0;
    uint64_t offset = 0;
    bool ok = true;
    for (ssize_t size; ok && (size = getline(&line, &capacity, file)) > 0; offset += (uint64_t)size)
        ok = add_line(journal, (struct mn_slice){line, (size_t)size}, offset);
    free(line);
    return ok ? MN_OK : mn_fail_memory(error);
}

enum mn_status journal_add(struct journal *journal, const char *path, struct mn_error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT)
        return MN_OK;
    if (descriptor < 0 || journal->report_count == MOST_REPORTS)
        return mn_fail(error, MN_NOT_READABLE,
                       "%s: cannot be read: %s; check its permissions, or take it away to begin anew", path,
                       strerror(errno));
    journal->reports[journal->report_count++] = descriptor;
    int other = dup(descriptor);
    FILE *file = other >= 0 ? fdopen(other, "rb") : NULL;
    if (!file) {
        if (other >= 0)
            close(other);
        return mn_fail_memory(error);
    }
    enum mn_status status = add_lines(journal, file, error);
    fclose(file);
    return status;
}

static bool load(const struct journal *journal, const struct place *place, char **line, size_t *capacity,
                 struct mn_slice *found)
{
    if (*capacity < place->size) {
        char *larger = realloc(*line, place->size);
        if (!larger)
            return false;
        *line = larger;
        *capacity = place->size;
    }
    *found = (struct mn_slice){*line, place->size};
    return pread(journal->reports[place->report], *line, place->size, (off_t)place->offset) == (ssize_t)place->size;
}

bool journal_find(struct journal *journal, uint64_t id, char **line, size_t *capacity, struct mn_slice *found)
{
    struct place *place = journal->capacity ? slot_of(journal, id) : NULL;
    if (!place || place->size == 0)
        return false;
    atomic_store_explicit(&place->seen, true, memory_order_relaxed);
    return load(journal, place, line, capacity, found);
}

size_t journal_unseen(const struct journal *journal)
{
    size_t unseen = 0;
    for (size_t i = 0; i < journal->capacity; i++)
        unseen += journal->places[i].size && !atomic_load_explicit(&journal->places[i].seen, memory_order_relaxed);
    return unseen;
}

size_t journal_count(const struct journal *journal)
{
    return journal->count;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = *(const struct place *const *)a, *y = *(const struct place *const *)b;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

enum mn_status journal_write(const struct journal *journal, struct mn_writer *writer, struct mn_error *error)
{
    const struct place **sorted = malloc((journal->count + 1) * sizeof *sorted);
    char *line = NULL;
    size_t capacity = 0, count = 0;
    enum mn_status status = sorted ? MN_OK : mn_fail_memory(error);
    for (size_t i = 0; sorted && i < journal->capacity; i++)
        if (journal->places[i].size)
            sorted[count++] = &journal->places[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_places);
    for (size_t i = 0; status == MN_OK && i < count; i++) {
        struct mn_slice found;
        if (load(journal, sorted[i], &line, &capacity, &found))
            mn_write(writer, found);
        else
            status = mn_fail(error, MN_NOT_READABLE, "an earlier report cannot be read: %s; take it away to begin anew",
                             strerror(errno));
    }
    free(line);
    free(sorted);
    return status;
}
