#define _DEFAULT_SOURCE /* d_type */
#include "input/walk.h"
#include "base/fault.h"
#include "input/descriptor.h"
#include "input/output_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names that documents never have: shells' hidden files, descriptions of the folder, gold annotations. */
static const char *const never_documents[] = {".*", "README*", "*.gold.xml"};

/* The names of a folder in the order of their paths; those of folders end in a slash. */
struct level {
    char **names; /* each malloc'ed; null once it was taken */
    size_t count, capacity, next;
    size_t folder; /* bytes of walk->path that are this folder */
};

struct mn_walk {
    const struct mn_walk_options *options;
    struct mn_walk_counts counts;
    size_t next_path;
    struct mn_line_reader list;
    bool list_open, list_ended;
    char *path; /* the folder that was given and the way down from it */
    size_t path_capacity;
    size_t root; /* bytes of path that are the folder given, with its slash */
    struct level *levels;
    size_t level_count, level_capacity;
};

static bool matches_any(struct mn_patterns patterns, const char *path, const char *name)
{
    for (size_t i = 0; i < patterns.count; i++) {
        const char *pattern = patterns.items[i];
        bool whole = strchr(pattern, '/') != NULL;
        if (fnmatch(pattern, whole ? path : name, whole ? FNM_PATHNAME : 0) == 0)
            return true;
    }
    return false;
}

static bool is_never_document(const char *name)
{
    for (size_t i = 0; i < sizeof never_documents / sizeof *never_documents; i++)
        if (fnmatch(never_documents[i], name, 0) == 0)
            return true;
    return false;
}

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What holds for a file alone, its folders apart. */
static bool admits_file(const struct mn_walk_options *options, const char *path)
{
    const char *name = name_in(path);
    if (is_never_document(name) || matches_any(options->exclude, path, name))
        return false;
    return options->include.count == 0 || matches_any(options->include, path, name);
}

static bool admits_folder(const struct mn_walk_options *options, const char *path)
{
    const char *name = name_in(path);
    return !is_never_document(name) && !matches_any(options->exclude, path, name);
}

bool mn_walk_admits(const struct mn_walk_options *options, const char *path)
{
    size_t size = strlen(path);
    char *copy = malloc(size + 1);
    if (!copy)
        return true; /* that memory is out shows where the document is read */
    memcpy(copy, path, size + 1);
    bool admitted = admits_file(options, path);
    for (char *slash = strchr(copy, '/'); admitted && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const char *name = name_in(copy);
        admitted = !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || admits_folder(options, copy);
        *slash = '/';
    }
    free(copy);
    return admitted;
}

static void *grow(void *items, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 16;
    void *larger = mn_fault_due() ? NULL : realloc(items, wanted * size);
    if (larger)
        *capacity = wanted;
    return larger;
}

static bool level_add(struct level *level, const char *name, bool is_folder)
{
    char **names = grow(level->names, &level->capacity, level->count, sizeof *names);
    size_t size = strlen(name);
    if (!names)
        return false;
    level->names = names;
    char *copy = mn_fault_due() ? NULL : malloc(size + 2);
    if (!copy)
        return false;
    memcpy(copy, name, size);
    memcpy(copy + size, is_folder ? "/" : "", is_folder ? 2 : 1);
    names[level->count++] = copy;
    return true;
}

static void level_free(struct level *level)
{
    for (size_t i = level->next; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum mn_status cannot_read(struct mn_error *error, int reason)
{
    return mn_fail(error, MN_NOT_READABLE, "cannot be read: %s; check the name and its permissions", strerror(reason));
}

static struct mn_slice copy_text(struct mn_arena *arena, const char *text)
{
    struct mn_slice copy = mn_arena_copy(arena, (struct mn_slice){text, strlen(text) + 1});
    return copy.data ? (struct mn_slice){copy.data, copy.size - 1} : MN_EMPTY;
}

/* A file that was met, with its output's name made from `output`. */
static bool give(struct mn_arena *arena, struct mn_file *file, const char *path, const char *output)
{
    *file = (struct mn_file){.path = copy_text(arena, path), .output = mn_output_name(arena, mn_slice_of(output))};
    if (!file->path.data || !file->output.data)
        file->status = mn_fail_memory(&file->error);
    return true;
}

static bool give_failure(struct mn_arena *arena, struct mn_file *file, const char *path, const char *output, int reason)
{
    give(arena, file, path, output);
    if (file->status == MN_OK)
        file->status = reason == ENOMEM ? mn_fail_memory(&file->error) : cannot_read(&file->error, reason);
    return true;
}

/* path = its first `folder` bytes + name */
static bool set_path(struct mn_walk *walk, size_t folder, const char *name)
{
    size_t size = strlen(name), wanted = folder + size + 2;
    if (wanted > walk->path_capacity) {
        char *path = mn_fault_due() ? NULL : realloc(walk->path, wanted * 2);
        if (!path)
            return false;
        walk->path = path;
        walk->path_capacity = wanted * 2;
    }
    memcpy(walk->path + folder, name, size + 1);
    return true;
}

static bool is_folder_entry(const char *folder, const struct dirent *entry)
{
    struct stat facts;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    char *path = malloc(strlen(folder) + strlen(entry->d_name) + 2);
    if (!path)
        return false;
    sprintf(path, "%s/%s", folder, entry->d_name);
    bool folder_too = lstat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
    free(path);
    return folder_too;
}

/* 0, or the reason why the folder's names cannot be had. */
static int list_names(struct mn_walk *walk, struct level *level)
{
    DIR *stream = opendir(walk->path);
    if (!stream)
        return errno;
    int reason = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) {
            reason = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!level_add(level, entry->d_name, is_folder_entry(walk->path, entry))) {
            reason = ENOMEM;
            break;
        }
    }
    closedir(stream);
    if (level->count)
        qsort(level->names, level->count, sizeof *level->names, compare_names);
    return reason;
}

/* Goes down into the folder walk->path, which ends in a slash. 0, or the reason why not. */
static int enter(struct mn_walk *walk)
{
    struct level *levels = grow(walk->levels, &walk->level_capacity, walk->level_count, sizeof *levels);
    if (!levels)
        return ENOMEM;
    walk->levels = levels;
    struct level level = {.folder = strlen(walk->path)};
    int reason = list_names(walk, &level);
    if (reason) {
        level_free(&level);
        return reason;
    }
    levels[walk->level_count++] = level;
    return 0;
}

static bool is_left_out(const struct mn_walk *walk, const struct stat *folder)
{
    struct stat output;
    return walk->options->left_out && stat(walk->options->left_out, &output) == 0 && output.st_dev == folder->st_dev &&
           output.st_ino == folder->st_ino;
}

/* What stands at walk->path, below the folder given: true when it makes a file. */
static bool meet_folder(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file)
{
    size_t size = strlen(walk->path) - 1;
    struct stat facts;
    walk->path[size] = '\0';
    bool admitted = admits_folder(walk->options, walk->path + walk->root);
    bool left_out = admitted && stat(walk->path, &facts) == 0 && is_left_out(walk, &facts);
    walk->path[size] = '/';
    walk->counts.left_aside += !admitted;
    int reason = admitted && !left_out ? enter(walk) : 0;
    return reason && give_failure(arena, file, walk->path, walk->path + walk->root, reason);
}

static bool meet_other(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file)
{
    const char *relative = walk->path + walk->root;
    struct stat facts;
    if (!admits_file(walk->options, relative)) {
        walk->counts.left_aside++;
        return false;
    }
    if (stat(walk->path, &facts) != 0)
        return give_failure(arena, file, walk->path, relative, errno);
    if (S_ISREG(facts.st_mode))
        return give(arena, file, walk->path, relative);
    walk->counts.special++;
    return false;
}

static bool next_below(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file)
{
    while (walk->level_count) {
        struct level *level = &walk->levels[walk->level_count - 1];
        if (level->next == level->count) {
            level_free(level);
            walk->level_count--;
            continue;
        }
        char *name = level->names[level->next++];
        bool is_folder = name[strlen(name) - 1] == '/';
        bool set = set_path(walk, level->folder, name);
        bool met = !set        ? give_failure(arena, file, name, name, ENOMEM)
                   : is_folder ? meet_folder(walk, arena, file)
                               : meet_other(walk, arena, file);
        free(name);
        if (met)
            return true;
    }
    return false;
}

/* The path of a folder that was given, made to end in one slash. */
static bool begin_folder(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file, const char *path)
{
    size_t size = strlen(path);
    if (!set_path(walk, 0, path) || !set_path(walk, size, path[size - 1] == '/' ? "" : "/"))
        return give_failure(arena, file, path, path, ENOMEM);
    walk->root = strlen(walk->path);
    int reason = enter(walk);
    return reason && give_failure(arena, file, path, path, reason);
}

/* A path that was given or listed: true when it makes a file. */
static bool begin_path(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file, const char *path,
                       bool listed)
{
    struct stat facts;
    if (strcmp(path, "-") == 0 && !listed)
        return give(arena, file, path, "standard-input");
    const char *output = listed ? path : name_in(path);
    if (strcmp(path, "-") == 0)
        path = "./-"; /* a file of that name */
    if (stat(path, &facts) != 0)
        return give_failure(arena, file, path, output, errno);
    return S_ISDIR(facts.st_mode) ? begin_folder(walk, arena, file, path) : give(arena, file, path, output);
}

static bool open_list(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file)
{
    const char *path = walk->options->list;
    walk->list.descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    walk->list.stop = walk->options->stop;
    walk->list.end = walk->options->nul_separated ? '\0' : '\n';
    walk->list_open = walk->list.descriptor >= 0;
    walk->list_ended = !walk->list_open;
    return !walk->list_open && give_failure(arena, file, path, path, errno);
}

static bool next_from_list(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file, bool *met)
{
    if (!walk->options->list || walk->list_ended)
        return false;
    if (!walk->list_open) {
        *met = open_list(walk, arena, file);
        return true;
    }
    const char *path = mn_next_line(&walk->list), *name = walk->options->list;
    int reason = walk->list.reason;
    walk->list_ended = !path;
    *met = path ? begin_path(walk, arena, file, path, true)
                : reason && reason != ECANCELED && give_failure(arena, file, name, name, reason);
    return true;
}

bool mn_walk_next(struct mn_walk *walk, struct mn_arena *arena, struct mn_file *file)
{
    for (;;) {
        bool met = false;
        if (next_below(walk, arena, file))
            return true;
        if (walk->next_path < walk->options->path_count)
            met = begin_path(walk, arena, file, walk->options->paths[walk->next_path++], false);
        else if (!next_from_list(walk, arena, file, &met))
            return false;
        if (met)
            return true;
    }
}

struct mn_walk *mn_walk_open(const struct mn_walk_options *options)
{
    struct mn_walk *walk = mn_fault_due() ? NULL : calloc(1, sizeof *walk);
    if (walk)
        walk->options = options;
    return walk;
}

void mn_walk_close(struct mn_walk *walk)
{
    if (!walk)
        return;
    while (walk->level_count)
        level_free(&walk->levels[--walk->level_count]);
    if (walk->list_open && walk->list.descriptor != STDIN_FILENO)
        close(walk->list.descriptor);
    mn_free_lines(&walk->list);
    free(walk->levels);
    free(walk->path);
    free(walk);
}

const struct mn_walk_counts *mn_walk_counts(const struct mn_walk *walk)
{
    return &walk->counts;
}
