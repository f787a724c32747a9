#include "command/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files in folders that are never documents: shells' hidden files, descriptions of the folder, gold annotations. */
static const char *const never_documents[] = {".*", "README*", "*.gold.xml"};

static char *format_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", folder, *folder && folder[strlen(folder) - 1] != '/' ? "/" : "", name);
    return path;
}

/* Takes the strings over; frees them when it fails. */
static bool add(struct inputs *inputs, char *path, char *output, enum mn_status status, char *reason)
{
    if (!path || !output || (status != MN_OK && !reason))
        goto failed;
    if (inputs->count == inputs->capacity) {
        size_t capacity = inputs->capacity ? inputs->capacity * 2 : 64;
        struct input *items = realloc(inputs->items, capacity * sizeof *items);
        if (!items)
            goto failed;
        inputs->items = items;
        inputs->capacity = capacity;
    }
    inputs->items[inputs->count++] = (struct input){path, output, status, reason};
    return true;
failed:
    free(path);
    free(output);
    free(reason);
    return false;
}

static bool add_failure(struct inputs *inputs, const char *path, const char *what)
{
    struct mn_error error;
    mn_fail(&error, MN_NOT_READABLE, "cannot be read: %s; check the name and its permissions", what);
    return add(inputs, strdup(path), strdup(""), MN_NOT_READABLE, strdup(error.message));
}

static bool is_never_document(const char *name)
{
    for (size_t i = 0; i < sizeof never_documents / sizeof *never_documents; i++)
        if (fnmatch(never_documents[i], name, 0) == 0)
            return true;
    return false;
}

/* Folders still to be listed, as a stack; names relative to the folder that was given. */
struct pending {
    char **items;
    size_t count, capacity;
};

static bool pending_push(struct pending *pending, char *relative)
{
    if (!relative)
        return false;
    if (pending->count == pending->capacity) {
        size_t capacity = pending->capacity ? pending->capacity * 2 : 16;
        char **items = realloc(pending->items, capacity * sizeof *items);
        if (!items) {
            free(relative);
            return false;
        }
        pending->items = items;
        pending->capacity = capacity;
    }
    pending->items[pending->count++] = relative;
    return true;
}

static int compare_inputs(const void *a, const void *b)
{
    return strcmp(((const struct input *)a)->path, ((const struct input *)b)->path);
}

static bool is_output(const struct inputs *inputs, const struct stat *folder)
{
    struct stat output;
    return inputs->output && stat(inputs->output, &output) == 0 && output.st_dev == folder->st_dev &&
           output.st_ino == folder->st_ino;
}

static bool add_entry(struct inputs *inputs, struct pending *pending, const char *root, const char *folder,
                      const char *name)
{
    char *relative = format_path(folder, name);
    char *path = relative ? format_path(root, relative) : NULL;
    struct stat facts, target;
    bool ok = true;
    if (!path) {
        ok = false;
    } else if (lstat(path, &facts) != 0 || stat(path, &target) != 0) {
        ok = add_failure(inputs, path, strerror(errno));
    } else if (S_ISDIR(facts.st_mode)) {
        if (!is_output(inputs, &facts)) {
            ok = pending_push(pending, relative);
            relative = NULL;
        }
    } else if (S_ISREG(target.st_mode)) {
        ok = add(inputs, path, relative, MN_OK, NULL);
        path = relative = NULL;
    } else {
        inputs->special++;
    }
    free(path);
    free(relative);
    return ok;
}

static bool list_folder(struct inputs *inputs, struct pending *pending, const char *root, const char *folder)
{
    char *path = format_path(root, folder);
    DIR *stream = path ? opendir(path) : NULL;
    bool ok = path != NULL;
    if (path && !stream)
        ok = add_failure(inputs, path, strerror(errno));
    for (struct dirent *entry; ok && stream && (entry = readdir(stream));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (is_never_document(entry->d_name))
            inputs->skipped++;
        else
            ok = add_entry(inputs, pending, root, folder, entry->d_name);
    }
    if (stream)
        closedir(stream);
    free(path);
    return ok;
}

static bool collect_folder(struct inputs *inputs, const char *root)
{
    size_t first = inputs->count;
    struct pending pending = {0};
    bool ok = pending_push(&pending, strdup(""));
    while (ok && pending.count) {
        char *folder = pending.items[--pending.count];
        ok = list_folder(inputs, &pending, root, folder);
        free(folder);
    }
    while (pending.count)
        free(pending.items[--pending.count]);
    free(pending.items);
    if (inputs->count > first)
        qsort(inputs->items + first, inputs->count - first, sizeof *inputs->items, compare_inputs);
    return ok;
}

static bool collect_path(struct inputs *inputs, const char *path)
{
    if (strcmp(path, "-") == 0)
        return add(inputs, strdup("-"), strdup("standard-input"), MN_OK, NULL);
    struct stat facts;
    if (stat(path, &facts) != 0)
        return add_failure(inputs, path, strerror(errno));
    if (S_ISDIR(facts.st_mode))
        return collect_folder(inputs, path);
    const char *slash = strrchr(path, '/');
    return add(inputs, strdup(path), strdup(slash ? slash + 1 : path), MN_OK, NULL);
}

bool inputs_collect(struct inputs *inputs, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!collect_path(inputs, paths[i]))
            return false;
    return true;
}

void inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].path);
        free(inputs->items[i].output);
        free(inputs->items[i].reason);
    }
    free(inputs->items);
    *inputs = (struct inputs){0};
}

static enum mn_status too_large(size_t limit, struct mn_error *error)
{
    return mn_fail(error, MN_OVER_LIMIT, "is larger than %zu bytes; raise --max-bytes if it is one document", limit);
}

static enum mn_status cannot_read(struct mn_error *error)
{
    return mn_fail(error, MN_NOT_READABLE, "cannot be read: %s; check the name and its permissions", strerror(errno));
}

static enum mn_status load_descriptor(int descriptor, size_t limit, char **buffer, size_t *capacity,
                                      struct mn_slice *bytes, struct mn_error *error)
{
    struct stat facts;
    if (fstat(descriptor, &facts) != 0)
        return cannot_read(error);
    if (S_ISDIR(facts.st_mode))
        return mn_fail(error, MN_NOT_READABLE, "is a folder where a file is expected");
    bool regular = S_ISREG(facts.st_mode);
    if (regular && facts.st_size > 0 && (uintmax_t)facts.st_size > limit)
        return too_large(limit, error);
    size_t size = 0, expected = regular ? (size_t)facts.st_size + 1 : (size_t)1 << 16;
    for (;;) {
        if (size == *capacity || *capacity < expected) {
            size_t wanted = *capacity * 2 > expected ? *capacity * 2 : expected;
            char *larger = realloc(*buffer, wanted);
            if (!larger)
                return mn_fail_memory(error);
            *buffer = larger;
            *capacity = wanted;
        }
        ssize_t got = read(descriptor, *buffer + size, *capacity - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(error);
        if (got == 0)
            break;
        size += (size_t)got;
        if (size > limit)
            return too_large(limit, error);
    }
    *bytes = (struct mn_slice){*buffer, size};
    return MN_OK;
}

enum mn_status input_load(const char *path, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                          struct mn_error *error)
{
    if (strcmp(path, "-") == 0)
        return load_descriptor(STDIN_FILENO, limit, buffer, capacity, bytes, error);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannot_read(error);
    enum mn_status status = load_descriptor(descriptor, limit, buffer, capacity, bytes, error);
    close(descriptor);
    return status;
}
