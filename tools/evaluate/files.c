#include "files.h"
#include "base/limits.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define GOLD_ENDING MN_LITERAL(".gold.xml")
#define XML_ENDING MN_LITERAL(".xml")
#define TEXT_ENDING MN_LITERAL(".txt")

typedef MN_VECTOR(struct file) file_vector;
typedef MN_VECTOR(const char *) path_vector;

struct gathering {
    struct mn_arena *arena;
    struct mn_error *error;
    const char *operand;    /* being searched */
    struct mn_slice ending; /* of the files wanted */
    path_vector folders;    /* still to be read */
    file_vector found;      /* below the operand */
};

enum mn_status file_read(struct mn_arena *arena, const char *path, struct mn_slice *bytes, struct mn_error *error)
{
    struct stat facts;
    enum mn_status status = MN_OK;
    *bytes = MN_EMPTY;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        status = mn_fail(error, MN_NOT_READABLE, "%s: cannot be read: %s", path,
                         file && !errno ? "not a file" : strerror(errno));
        goto done;
    }
    if ((uintmax_t)facts.st_size > MN_LIMIT_DOCUMENT_BYTES) {
        status = mn_fail(error, MN_OVER_LIMIT, "%s: larger than %zu bytes", path, MN_LIMIT_DOCUMENT_BYTES);
        goto done;
    }
    size_t size = (size_t)facts.st_size;
    char *data = mn_arena_alloc(arena, size + 1);
    if (!data) {
        status = mn_fail_memory(error);
        goto done;
    }
    size = fread(data, 1, size, file);
    data[size] = '\0';
    *bytes = (struct mn_slice){data, size};
    if (ferror(file))
        status = mn_fail(error, MN_NOT_READABLE, "%s: cannot be read: %s", path, strerror(errno));
done:
    if (file)
        fclose(file);
    return status;
}

static bool ends_with(struct mn_slice text, struct mn_slice ending)
{
    return text.size > ending.size && mn_slice_equal(mn_slice_cut(text, text.size - ending.size, text.size), ending);
}

static struct mn_slice last_name(struct mn_slice path)
{
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    size_t start = path.size;
    while (start && path.data[start - 1] != '/')
        start--;
    return mn_slice_cut(path, start, path.size);
}

/* The path without its last name and the slash before it. */
static struct mn_slice parent_of(struct mn_slice path)
{
    size_t size = path.size - last_name(path).size;
    while (size && path.data[size - 1] == '/')
        size--;
    return mn_slice_cut(path, 0, size);
}

static struct mn_slice document_name(struct mn_slice file_name)
{
    const struct mn_slice endings[] = {GOLD_ENDING, XML_ENDING, TEXT_ENDING};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(file_name, endings[i]))
            return mn_slice_cut(file_name, 0, file_name.size - endings[i].size);
    }
    return file_name;
}

/* The folder of a file below an operand, as the name of its source. */
static struct mn_slice source_name(const char *operand, struct mn_slice path)
{
    struct mn_slice top = mn_slice_of(operand);
    struct mn_slice folder = parent_of(path);
    while (top.size && top.data[top.size - 1] == '/')
        top.size--;
    if (path.size > top.size && folder.size > top.size + 1)
        return mn_slice_cut(folder, top.size + 1, folder.size);
    return folder.size ? last_name(folder) : MN_LITERAL(".");
}

static bool add_file(struct gathering *gathering, const char *path)
{
    struct file *file = MN_APPEND(gathering->arena, &gathering->found);
    if (!file)
        return false;
    struct mn_slice whole = mn_slice_of(path);
    *file = (struct file){path, document_name(last_name(whole)), source_name(gathering->operand, whole)};
    return true;
}

static char *join(struct mn_arena *arena, const char *folder, const char *name)
{
    size_t left = strlen(folder);
    size_t right = strlen(name) + 1;
    char *path = mn_arena_alloc(arena, left + 1 + right);
    if (!path)
        return NULL;
    memcpy(path, folder, left);
    if (left && folder[left - 1] != '/')
        path[left++] = '/';
    memcpy(path + left, name, right);
    return path;
}

static enum mn_status add_entry(struct gathering *gathering, const char *folder, const char *name)
{
    struct stat facts;
    if (name[0] == '.')
        return MN_OK;
    char *path = join(gathering->arena, folder, name);
    if (!path)
        return mn_fail_memory(gathering->error);
    if (lstat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        const char **later = MN_APPEND(gathering->arena, &gathering->folders);
        if (!later)
            return mn_fail_memory(gathering->error);
        *later = path;
        return MN_OK;
    }
    if (ends_with(mn_slice_of(name), gathering->ending) && !add_file(gathering, path))
        return mn_fail_memory(gathering->error);
    return MN_OK;
}

static enum mn_status read_folder(struct gathering *gathering, const char *path)
{
    enum mn_status status = MN_OK;
    DIR *folder = opendir(path);
    if (!folder)
        return mn_fail(gathering->error, MN_NOT_READABLE, "%s: cannot be read: %s", path, strerror(errno));
    for (const struct dirent *entry = readdir(folder); entry && status == MN_OK; entry = readdir(folder))
        status = add_entry(gathering, path, entry->d_name);
    closedir(folder);
    return status;
}

static enum mn_status read_folders(struct gathering *gathering)
{
    enum mn_status status = MN_OK;
    const char **first = MN_APPEND(gathering->arena, &gathering->folders);
    if (!first)
        return mn_fail_memory(gathering->error);
    *first = gathering->operand;
    while (gathering->folders.count && status == MN_OK)
        status = read_folder(gathering, gathering->folders.items[--gathering->folders.count]);
    if (status == MN_OK && !gathering->found.count)
        status = mn_fail(gathering->error, MN_NOT_READABLE, "%s: holds no %.*s file", gathering->operand,
                         MN_SLICE_ARGS(gathering->ending));
    return status;
}

/* Where both sorts are there, keeps the preferred one. */
static void keep_preferred(file_vector *found, enum file_preference preference)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        bool gold = ends_with(mn_slice_of(found->items[i].path), GOLD_ENDING);
        if (gold == (preference == PREFER_GOLD))
            found->items[kept++] = found->items[i];
    }
    if (kept)
        found->count = kept;
}

static enum mn_status gather_operand(struct gathering *gathering, enum file_preference preference)
{
    struct stat facts;
    if (stat(gathering->operand, &facts) != 0)
        return mn_fail(gathering->error, MN_NOT_READABLE, "%s: cannot be read: %s", gathering->operand,
                       strerror(errno));
    if (!S_ISDIR(facts.st_mode))
        return add_file(gathering, gathering->operand) ? MN_OK : mn_fail_memory(gathering->error);
    enum mn_status status = read_folders(gathering);
    keep_preferred(&gathering->found, preference);
    return status;
}

static int compare_files(const void *left, const void *right)
{
    const struct file *a = left;
    const struct file *b = right;
    int order = mn_slice_compare(a->folder, b->folder);
    if (!order)
        order = mn_slice_compare(a->name, b->name);
    return order ? order : strcmp(a->path, b->path);
}

enum mn_status files_gather(struct mn_arena *arena, const char *const *operands, size_t count,
                            enum file_preference preference, struct file_list *out, struct mn_error *error)
{
    file_vector all = {0};
    enum mn_status status = MN_OK;
    for (size_t i = 0; i < count && status == MN_OK; i++) {
        struct gathering gathering = {.arena = arena,
                                      .error = error,
                                      .operand = operands[i],
                                      .ending = preference == ONLY_TEXTS ? TEXT_ENDING : XML_ENDING};
        status = gather_operand(&gathering, preference);
        if (status == MN_OK && !MN_RESERVE(arena, &all, all.count + gathering.found.count))
            status = mn_fail_memory(error);
        for (size_t f = 0; f < gathering.found.count && status == MN_OK; f++)
            all.items[all.count++] = gathering.found.items[f];
    }
    if (status == MN_OK && all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_files);
    *out = (struct file_list){all.items, all.count};
    return status;
}

/* 2: the record is called NAME; 1: NAME.EXT; 0: something else. */
static size_t name_agreement(struct mn_slice document, struct mn_slice record)
{
    if (mn_slice_equal(document, record))
        return 2;
    if (!mn_slice_starts(record, document) || record.data[document.size] != '.')
        return 0;
    struct mn_slice extension = mn_slice_cut(record, document.size + 1, record.size);
    return extension.size && !memchr(extension.data, '.', extension.size);
}

/* Names of folders that two paths have in common, from the file up. */
static size_t folders_in_common(const char *left, const char *right)
{
    struct mn_slice a = parent_of(mn_slice_of(left));
    struct mn_slice b = parent_of(mn_slice_of(right));
    size_t common = 0;
    while (a.size && b.size && mn_slice_equal(last_name(a), last_name(b))) {
        common++;
        a = parent_of(a);
        b = parent_of(b);
    }
    return common;
}

static size_t agreement(const struct file *gold, const struct file *record)
{
    size_t name = name_agreement(gold->name, record->name);
    return name ? folders_in_common(gold->path, record->path) * 2 + name : 0;
}

/* The record that agrees best with a gold file; the first of equals. */
static size_t best_record(const struct file *gold, const struct file_list *records, size_t *best)
{
    size_t chosen = records->count;
    *best = 0;
    for (size_t r = 0; r < records->count; r++) {
        size_t found = agreement(gold, &records->items[r]);
        if (found > *best) {
            *best = found;
            chosen = r;
        }
    }
    return chosen;
}

const struct file **files_pair(struct mn_arena *arena, const struct file_list *gold, const struct file_list *records)
{
    const struct file **partners = mn_arena_zero(arena, (gold->count + 1) * sizeof *partners);
    size_t *holder = mn_arena_zero(arena, (records->count + 1) * sizeof *holder); /* gold file, from 1 */
    if (!partners || !holder)
        return NULL;
    if (gold->count == 1 && records->count == 1) {
        partners[0] = &records->items[0];
        return partners;
    }
    for (size_t g = 0; g < gold->count; g++) {
        size_t best;
        size_t r = best_record(&gold->items[g], records, &best);
        if (!best)
            continue;
        if (holder[r] && agreement(&gold->items[holder[r] - 1], &records->items[r]) >= best)
            continue;
        if (holder[r])
            partners[holder[r] - 1] = NULL;
        holder[r] = g + 1;
        partners[g] = &records->items[r];
    }
    return partners;
}
