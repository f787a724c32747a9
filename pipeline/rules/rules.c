#include "rules/rules.h"

#include "base/digest.h"
#include "base/limits.h"
#include "rules/loader.h"
#include <dirent.h>
#include <errno.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* The rules and what else belongs to them. */
struct loaded {
    struct mn_rules rules; /* first: a pointer to it is one to the whole */
    struct mn_segmentation *segmentation;
};

static void *allocate(struct mn_loader *loader, size_t size)
{
    void *memory = mn_arena_zero(loader->scratch, size);
    if (!memory)
        loader->report.no_memory = true;
    return memory;
}

static struct mn_slice base_name(struct mn_slice path)
{
    size_t start = path.size;
    while (start && path.data[start - 1] != '/')
        start--;
    return mn_slice_cut(path, start, path.size);
}

/* Enters a file; `folder` may be empty. The path's copy ends in a NUL. */
static struct mn_rule_file *add_file(struct mn_loader *loader, const char *folder, const char *name)
{
    struct mn_arena *arena = loader->rules->arena;
    size_t folder_size = strlen(folder), size = folder_size + strlen(name) + 2;
    bool slash = folder_size && folder[folder_size - 1] != '/';
    char *path = mn_arena_alloc(arena, size);
    struct mn_rule_file *file = MN_APPEND(loader->scratch, &loader->files);
    if (!path || !file) {
        loader->files.count -= file != NULL;
        loader->report.no_memory = true;
        return NULL;
    }
    *file = (struct mn_rule_file){0};
    snprintf(path, size, "%s%s%s", folder, slash ? "/" : "", name);
    file->path = mn_slice_of(path);
    file->name = base_name(file->path);
    file->number = (uint32_t)loader->files.count;
    return file;
}

static bool is_rule_file(const char *name)
{
    size_t size = strlen(name);
    return name[0] != '.' && size > 4 && strcmp(name + size - 4, ".xml") == 0;
}

static void fail_path(struct mn_loader *loader, const char *path, const char *reason)
{
    struct mn_rule_file *file = add_file(loader, "", path);
    if (file)
        mn_report_error(&loader->report, (struct mn_place){file, 0}, "%s", reason);
    loader->files.count -= file != NULL;
}

static void add_folder(struct mn_loader *loader, const char *path)
{
    size_t before = loader->files.count;
    DIR *folder = opendir(path);
    if (!folder) {
        fail_path(loader, path, "this folder cannot be read");
        return;
    }
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (is_rule_file(entry->d_name))
            add_file(loader, path, entry->d_name);
    closedir(folder);
    if (loader->files.count == before)
        fail_path(loader, path, "there is no rule file in this folder; expected *.xml");
}

static int compare_files(const void *left, const void *right)
{
    const struct mn_rule_file *a = left, *b = right;
    int order = mn_slice_compare(a->name, b->name);
    return order ? order : mn_slice_compare(a->path, b->path);
}

static void find_files(struct mn_loader *loader, const char *const *paths, size_t count)
{
    struct stat facts;
    for (size_t i = 0; i < count; i++) {
        if (stat(paths[i], &facts) != 0)
            fail_path(loader, paths[i], "there is no such file or folder");
        else if (S_ISDIR(facts.st_mode))
            add_folder(loader, paths[i]);
        else
            add_file(loader, "", paths[i]);
    }
    if (loader->files.count)
        qsort(loader->files.items, loader->files.count, sizeof *loader->files.items, compare_files);
    for (size_t i = 0; i < loader->files.count; i++)
        loader->files.items[i].number = (uint32_t)i;
}

static bool read_stream(struct mn_loader *loader, struct mn_rule_file *file, FILE *stream)
{
    MN_VECTOR(char) bytes = {0};
    size_t got = 1;
    while (got && bytes.count <= MN_LIMIT_RULE_FILE_BYTES) {
        if (!MN_RESERVE(loader->scratch, &bytes, bytes.count + 65536)) {
            loader->report.no_memory = true;
            return false;
        }
        got = fread(bytes.items + bytes.count, 1, bytes.capacity - bytes.count, stream);
        bytes.count += got;
    }
    file->bytes = (struct mn_slice){bytes.items, bytes.count};
    return !ferror(stream);
}

static bool read_file(struct mn_loader *loader, struct mn_rule_file *file)
{
    FILE *stream = fopen(file->path.data, "rb");
    bool read = stream && read_stream(loader, file, stream);
    int reason = errno;
    if (stream)
        fclose(stream);
    struct mn_place start = {file, 0};
    bool large = file->bytes.size > MN_LIMIT_RULE_FILE_BYTES;
    if (!read || large)
        file->bytes.size = 0;
    if (!mn_rule_file_index(loader->scratch, file))
        loader->report.no_memory = true;
    if (!read)
        mn_report_error(&loader->report, start, "this file cannot be read: %s", strerror(reason));
    else if (large)
        mn_report_error(&loader->report, start, "this file is larger than %zu bytes; split it",
                        MN_LIMIT_RULE_FILE_BYTES);
    return read && !large;
}

/* Where rules come from: files and folders, or a text. */
struct origin {
    const char *const *paths;
    size_t path_count;
    const char *name;
    struct mn_slice text;
};

/* Reads or takes the bytes of a file; false on a mistake. */
static bool fill_file(struct mn_loader *loader, const struct origin *origin, struct mn_rule_file *file)
{
    if (origin->paths)
        return read_file(loader, file);
    file->bytes = origin->text.data ? origin->text : MN_LITERAL("");
    bool indexed = mn_rule_file_index(loader->scratch, file);
    loader->report.no_memory |= !indexed;
    return indexed;
}

/* Finds, reads and checks all files. False when one of them could not be: what stands in it would seem unknown
 * everywhere. */
static bool load_files(struct mn_loader *loader, const struct origin *origin)
{
    if (origin->paths)
        find_files(loader, origin->paths, origin->path_count);
    else
        add_file(loader, "", origin->name);
    bool complete = loader->report.errors == 0;
    for (size_t i = 0; i < loader->files.count && !loader->report.no_memory; i++) {
        struct mn_rule_file *file = &loader->files.items[i];
        if (fill_file(loader, origin, file) && !loader->report.no_memory)
            mn_xml_load(loader->scratch, loader->rules->arena, file, &loader->report);
        if (file->root)
            mn_language_check(file, &loader->report);
        complete &= file->root != NULL;
    }
    return complete && !loader->report.no_memory;
}

static void take_digest(struct mn_loader *loader)
{
    struct mn_sha256 digest;
    size_t count = loader->files.count;
    struct mn_slice *texts = allocate(loader, (2 * count + 1) * sizeof *texts);
    char *hex = mn_arena_alloc(loader->rules->arena, 64);
    if (!texts || !hex) {
        loader->report.no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        texts[2 * i] = loader->files.items[i].name;
        texts[2 * i + 1] = loader->files.items[i].bytes;
    }
    if (!mn_sha256_list(texts, 2 * count, &digest)) {
        loader->report.no_memory = true;
        return;
    }
    mn_sha256_hex(&digest, hex);
    loader->rules->sha256 = (struct mn_slice){hex, 64};
}

static void copy_references(struct mn_loader *loader)
{
    struct mn_rules *rules = loader->rules;
    size_t count = loader->references.items.count;
    rules->references = mn_arena_zero(rules->arena, (count + 1) * sizeof *rules->references);
    rules->triggered = mn_arena_zero(rules->arena, (count + 1) * sizeof *rules->triggered);
    rules->triggered_count = mn_arena_zero(rules->arena, (count + 1) * sizeof *rules->triggered_count);
    if (!rules->references || !rules->triggered || !rules->triggered_count) {
        loader->report.no_memory = true;
        return;
    }
    rules->reference_count = count;
    for (size_t i = 0; i < count; i++) {
        struct mn_slice name = loader->references.items.items[i];
        bool is_rule = mn_slice_starts(name, MN_LITERAL("@"));
        rules->references[i] = (struct mn_span_reference){mn_slice_cut(name, is_rule, name.size), is_rule};
    }
}

static bool go_on(const struct mn_loader *loader)
{
    return !loader->report.no_memory && loader->report.errors == 0;
}

static void load(struct mn_loader *loader, const struct origin *origin)
{
    if (!load_files(loader, origin))
        return;
    mn_declare(loader);
    if (!loader->report.no_memory)
        mn_resolve_defines(loader);
    if (!loader->report.no_memory)
        mn_draft_rules(loader);
    if (!loader->report.no_memory)
        mn_order_rules(loader);
    if (!go_on(loader))
        return;
    copy_references(loader);
    if (go_on(loader))
        mn_triggers_hang(loader);
    if (go_on(loader))
        mn_list_files(loader);
    take_digest(loader);
}

static enum mn_status seal(struct loaded *loaded, struct mn_error *error)
{
    enum mn_status status = mn_segmentation_finish(loaded->segmentation, error);
    return status == MN_OK ? mn_vocabulary_seal(loaded->rules.vocabulary, error) : status;
}

static struct loaded *create(void)
{
    struct mn_arena *arena = mn_arena_create();
    struct loaded *loaded = arena ? mn_arena_zero(arena, sizeof *loaded) : NULL;
    if (!loaded) {
        mn_arena_destroy(arena);
        return NULL;
    }
    loaded->rules.arena = arena;
    loaded->segmentation = mn_segmentation_create(arena);
    loaded->rules.segmentation = loaded->segmentation;
    loaded->rules.vocabulary = mn_vocabulary_create();
    if (loaded->segmentation && loaded->rules.vocabulary)
        return loaded;
    mn_rules_free(&loaded->rules);
    return NULL;
}

static enum mn_status load_from(const struct origin *origin, struct mn_rules **rules, struct mn_writer *all,
                                struct mn_error *error)
{
    struct loaded *loaded = create();
    struct mn_loader loader = {.scratch = mn_arena_create(), .work = mn_arena_create()};
    enum mn_status status = MN_NO_MEMORY;
    *rules = NULL;
    if (!loaded || !loader.scratch || !loader.work) {
        mn_fail_memory(error);
        goto done;
    }
    xmlInitParser();
    loader.rules = &loaded->rules;
    loader.segmentation = loaded->segmentation;
    loader.report.arena = loader.scratch;
    load(&loader, origin);
    status = mn_report_finish(&loader.report, all, error);
    if (status == MN_OK)
        status = seal(loaded, error);
done:
    mn_arena_destroy(loader.work);
    mn_arena_destroy(loader.scratch);
    if (status == MN_OK)
        *rules = &loaded->rules;
    else if (loaded)
        mn_rules_free(&loaded->rules);
    return status;
}

enum mn_status mn_rules_load(const char *const *paths, size_t path_count, struct mn_rules **rules,
                             struct mn_writer *all, struct mn_error *error)
{
    struct origin origin = {.paths = paths, .path_count = path_count};
    return load_from(&origin, rules, all, error);
}

enum mn_status mn_rules_load_text(const char *name, struct mn_slice text, struct mn_rules **rules,
                                  struct mn_writer *all, struct mn_error *error)
{
    struct origin origin = {.name = name, .text = text};
    return load_from(&origin, rules, all, error);
}

void mn_rules_free(struct mn_rules *rules)
{
    if (!rules)
        return;
    struct loaded *loaded = (struct loaded *)rules;
    mn_segmentation_destroy(loaded->segmentation);
    mn_vocabulary_destroy(rules->vocabulary);
    mn_arena_destroy(rules->arena);
}

const struct mn_rule *mn_rules_find(const struct mn_rules *rules, struct mn_slice name)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if (mn_slice_equal(rules->rules[i].name, name))
            return &rules->rules[i];
    return NULL;
}
