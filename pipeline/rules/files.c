#define _XOPEN_SOURCE 700 /* realpath */

/* The files of a rule set: those that were asked for, the packs that these use, and the lists that their lexicons are
 * read from. */
#include "rules/grammar.h"
#include "rules/loader.h"
#include "rules/scheme_language.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct mn_slice base_name(struct mn_slice path)
{
    size_t start = path.size;
    while (start && path.data[start - 1] != '/')
        start--;
    return mn_slice_cut(path, start, path.size);
}

/* The path up to its last slash, that included. */
static struct mn_slice folder_of(struct mn_slice path)
{
    return mn_slice_cut(path, 0, path.size - base_name(path).size);
}

/* A new file, not yet in a list; its path is `folder` and `name`, with a slash between them where there is none. The
 * path's copy ends in a NUL. */
static struct mn_rule_file *make_file(struct mn_loader *loader, struct mn_slice folder, struct mn_slice name)
{
    size_t size = folder.size + name.size + 2;
    bool slash = folder.data && folder.size && folder.data[folder.size - 1] != '/';
    char *path = mn_arena_alloc(loader->rules->arena, size);
    struct mn_rule_file *file = mn_arena_zero(loader->scratch, sizeof *file);
    if (!path || !file) {
        loader->report.no_memory = true;
        return NULL;
    }
    snprintf(path, size, "%.*s%s%.*s", MN_SLICE_ARGS(folder), slash ? "/" : "", MN_SLICE_ARGS(name));
    file->path = mn_slice_of(path);
    file->name = base_name(file->path);
    return file;
}

static bool append(struct mn_loader *loader, struct mn_rule_files *list, struct mn_rule_file *file)
{
    struct mn_rule_file **slot = MN_APPEND(loader->scratch, list);
    if (slot)
        *slot = file;
    else
        loader->report.no_memory = true;
    return slot != NULL;
}

/* ---- files on disk and in memory ---- */

/* Is it there, and what? A text is known by its place among the texts. */
static bool identify(const struct mn_loader *loader, struct mn_rule_file *file)
{
    const struct mn_rules_source *source = loader->source;
    struct stat facts;
    for (size_t i = 0; i < source->text_count; i++)
        if (mn_slice_equal(mn_slice_of(source->texts[i].name), file->path)) {
            file->text = &source->texts[i];
            file->inode = i;
            return true;
        }
    if (source->texts || stat(file->path.data, &facts) != 0)
        return false;
    file->device = (uint64_t)facts.st_dev;
    file->inode = (uint64_t)facts.st_ino;
    file->is_regular = S_ISREG(facts.st_mode);
    file->size = facts.st_size > 0 ? (size_t)facts.st_size : 0;
    return true;
}

static struct mn_rule_file *find_same(const struct mn_rule_files *list, const struct mn_rule_file *file)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->device == file->device && list->items[i]->inode == file->inode)
            return list->items[i];
    return NULL;
}

/* Counts what is read towards the limit of all files together. */
static size_t bytes_left(const struct mn_loader *loader)
{
    size_t left = MN_LIMIT_RULE_SET_BYTES - loader->bytes;
    return left < MN_LIMIT_RULE_FILE_BYTES ? left : MN_LIMIT_RULE_FILE_BYTES;
}

static bool read_stream(struct mn_loader *loader, struct mn_rule_file *file, FILE *stream)
{
    struct mn_arena *arena = file->is_list ? loader->rules->arena : loader->scratch; /* listings quote lists */
    MN_VECTOR(char) bytes = {0};
    size_t got = 1, wanted = file->size < MN_LIMIT_RULE_FILE_BYTES ? file->size + 1 : MN_LIMIT_RULE_FILE_BYTES;
    while (got && bytes.count <= MN_LIMIT_RULE_FILE_BYTES) {
        if (!MN_RESERVE(arena, &bytes, bytes.count < wanted ? wanted : bytes.count + 65536)) {
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
    if (!read)
        mn_report_error(&loader->report, (struct mn_place){file, 0}, "this file cannot be read: %s", strerror(reason));
    return read;
}

static bool is_within_limits(struct mn_loader *loader, struct mn_rule_file *file)
{
    size_t left = bytes_left(loader), size = file->bytes.size;
    if (size <= left) {
        loader->bytes += size;
        return true;
    }
    file->bytes.size = 0;
    if (left < MN_LIMIT_RULE_FILE_BYTES && size <= MN_LIMIT_RULE_FILE_BYTES)
        mn_report_error(&loader->report, (struct mn_place){file, 0},
                        "with this file all rule files together are larger than %zu bytes; load fewer",
                        MN_LIMIT_RULE_SET_BYTES);
    else
        mn_report_error(&loader->report, (struct mn_place){file, 0}, "this file is larger than %zu bytes; split it",
                        MN_LIMIT_RULE_FILE_BYTES);
    return false;
}

/* Reads or takes the bytes of a file; false on a mistake. */
static bool fill_file(struct mn_loader *loader, struct mn_rule_file *file)
{
    if (file->text)
        file->bytes = file->text->text.data ? file->text->text : MN_LITERAL("");
    bool filled = file->text || read_file(loader, file);
    filled = filled && is_within_limits(loader, file);
    if (!mn_rule_file_index(loader->scratch, file))
        loader->report.no_memory = true;
    return filled && !loader->report.no_memory;
}

/* ---- rule files ---- */

static void fail_path(struct mn_loader *loader, struct mn_slice path, const char *reason)
{
    struct mn_rule_file *file = make_file(loader, MN_EMPTY, path);
    if (!file)
        return;
    file->number = UINT32_MAX; /* told behind the mistakes in files */
    mn_report_error(&loader->report, (struct mn_place){file, 0}, "%s", reason);
}

/* Enters a file unless it is there already. */
static void add_file(struct mn_loader *loader, struct mn_slice folder, struct mn_slice name, struct mn_slice wanted)
{
    struct mn_rule_file *file = make_file(loader, folder, name);
    if (!file)
        return;
    file->wanted_pack = wanted;
    if (!identify(loader, file)) {
        fail_path(loader, file->path, "there is no such file or folder; expected a rule file or a folder of them");
        return;
    }
    struct mn_rule_file *same = find_same(&loader->files, file);
    if (same && !wanted.size)
        same->wanted_pack = MN_EMPTY;
    if (same)
        return;
    if (loader->files.count == MN_LIMIT_RULE_FILES)
        fail_path(loader, file->path, "these are too many rule files; put several packs into one file");
    else
        append(loader, &loader->files, file);
}

static bool is_rule_file(struct mn_slice name)
{
    return name.size > 4 && name.data[0] != '.' &&
           mn_slice_equal(mn_slice_cut(name, name.size - 4, name.size), MN_LITERAL(".xml"));
}

/* Is it a file of this pack by its name: PACK.xml or PACK-….xml? Every rule file is when no pack is wanted. */
static bool is_of_pack(struct mn_slice name, struct mn_slice pack)
{
    if (!is_rule_file(name) || !mn_slice_starts(name, pack))
        return false;
    return !pack.size || name.data[pack.size] == '-' || name.size == pack.size + 4;
}

/* Enters the files of an open folder that are of this pack: whether there was one. */
static bool add_entries(struct mn_loader *loader, DIR *folder, struct mn_slice path, struct mn_slice pack)
{
    bool any = false;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (!is_of_pack(mn_slice_of(entry->d_name), pack))
            continue;
        add_file(loader, path, mn_slice_of(entry->d_name), pack);
        any = true;
    }
    closedir(folder);
    return any;
}

/* The grade schemes of a folder of rules stand in a folder of their own; there need be none. */
static void add_schemes(struct mn_loader *loader, struct mn_slice path)
{
    const struct mn_rule_file *schemes = make_file(loader, path, MN_LITERAL("schemes"));
    DIR *folder = schemes ? opendir(schemes->path.data) : NULL;
    if (folder)
        add_entries(loader, folder, schemes->path, MN_EMPTY);
}

/* Enters all rule files of a folder, or those of a pack: whether there was one. */
static bool add_folder(struct mn_loader *loader, struct mn_slice path, struct mn_slice pack)
{
    const struct mn_rule_file *named = make_file(loader, path, MN_LITERAL(".")); /* ends in a NUL */
    DIR *folder = named ? opendir(named->path.data) : NULL;
    if (!folder) {
        if (named && !pack.size)
            fail_path(loader, path, "this folder cannot be read");
        return !pack.size;
    }
    bool any = add_entries(loader, folder, path, pack);
    if (!pack.size)
        add_schemes(loader, path);
    if (!any && !pack.size)
        fail_path(loader, path, "there is no rule file in this folder; expected *.xml");
    return any;
}

static bool add_texts(struct mn_loader *loader, struct mn_slice pack)
{
    bool any = false;
    for (size_t i = 0; i < loader->source->text_count; i++) {
        struct mn_slice name = mn_slice_of(loader->source->texts[i].name);
        if (!is_of_pack(name, pack))
            continue;
        add_file(loader, MN_EMPTY, name, pack);
        any = true;
    }
    return any;
}

static void add_paths(struct mn_loader *loader)
{
    const struct mn_rules_source *source = loader->source;
    struct stat facts;
    if (source->path_count == 0)
        add_texts(loader, MN_EMPTY);
    for (size_t i = 0; i < source->path_count; i++) {
        struct mn_slice path = mn_slice_of(source->paths[i]);
        if (!source->texts && stat(source->paths[i], &facts) == 0 && S_ISDIR(facts.st_mode))
            add_folder(loader, path, MN_EMPTY);
        else
            add_file(loader, MN_EMPTY, path, MN_EMPTY);
    }
}

/* ---- packs that packs use ---- */

static bool find_pack(struct mn_loader *loader, const struct mn_rule_file *file, struct mn_slice pack)
{
    if (loader->source->texts)
        return add_texts(loader, pack);
    struct mn_slice folder = folder_of(file->path);
    if (add_folder(loader, folder.size ? folder : MN_LITERAL("./"), pack))
        return true;
    return loader->source->library && add_folder(loader, mn_slice_of(loader->source->library), pack);
}

/* Is the pack in use looked for already, from this folder? Each search reads the folder. */
static bool is_looked_for(struct mn_loader *loader, const struct mn_rule_file *file, struct mn_slice pack)
{
    struct mn_slice folder = folder_of(file->path);
    size_t known = loader->uses.items.count;
    char *key = mn_arena_alloc(loader->scratch, folder.size + pack.size + 1);
    if (!key) {
        loader->report.no_memory = true;
        return true;
    }
    int size = snprintf(key, folder.size + pack.size + 1, "%.*s%.*s", MN_SLICE_ARGS(folder), MN_SLICE_ARGS(pack));
    uint32_t number = mn_names_add(&loader->uses, loader->scratch, (struct mn_slice){key, (size_t)size});
    loader->report.no_memory |= number == MN_NO_SYMBOL;
    return number < known;
}

static void use_packs(struct mn_loader *loader, const struct mn_rule_file *file)
{
    const struct mn_xml *use = mn_language_child(file->root, MN_EL_USE);
    for (; use && !loader->report.no_memory; use = mn_language_next(use, MN_EL_USE)) {
        struct mn_slice pack = mn_xml_attribute(use, "pack");
        if (!mn_grammar_is_name(pack) || is_looked_for(loader, file, pack))
            continue;
        if (loader->uses.items.count > MN_LIMIT_RULE_FILES) {
            mn_report_error(&loader->report, mn_xml_place(file, use), "these are more than %d packs in use; use fewer",
                            MN_LIMIT_RULE_FILES);
            return;
        }
        if (find_pack(loader, file, pack))
            continue;
        mn_report_error(&loader->report, mn_xml_attribute_place(file, use, "pack"),
                        "there is no pack '%.*s'; expected a file %.*s.xml beside this one or among the shipped rules",
                        MN_SLICE_ARGS(pack), MN_SLICE_ARGS(pack));
    }
}

static int compare_files(const void *left, const void *right)
{
    const struct mn_rule_file *a = *(struct mn_rule_file *const *)left, *b = *(struct mn_rule_file *const *)right;
    int order = mn_slice_compare(a->name, b->name);
    return order ? order : mn_slice_compare(a->path, b->path);
}

/* Leaves out files that only their names made part of a pack in use, and numbers the others in order. */
static void settle_files(struct mn_loader *loader)
{
    size_t kept = 0;
    for (size_t i = 0; i < loader->files.count; i++) {
        struct mn_rule_file *file = loader->files.items[i];
        bool other = file->root && file->wanted_pack.size && !mn_slice_equal(file->pack, file->wanted_pack);
        if (!other)
            loader->files.items[kept++] = file;
    }
    loader->files.count = kept;
    if (kept)
        qsort(loader->files.items, kept, sizeof *loader->files.items, compare_files);
    for (size_t i = 0; i < kept; i++)
        loader->files.items[i]->number = (uint32_t)i;
}

bool mn_files_load(struct mn_loader *loader)
{
    bool complete;
    add_paths(loader);
    complete = loader->report.errors == 0;
    for (size_t i = 0; i < loader->files.count && !loader->report.no_memory; i++) {
        struct mn_rule_file *file = loader->files.items[i];
        if (fill_file(loader, file))
            mn_xml_load(loader->scratch, loader->rules->arena, file, loader->source->lean, &loader->report);
        if (file->root)
            (file->is_schemes ? mn_scheme_language_check : mn_language_check)(file, &loader->report);
        if (file->root && !file->is_schemes && !loader->report.no_memory)
            use_packs(loader, file);
        complete &= file->root != NULL;
    }
    settle_files(loader);
    return complete && !loader->report.no_memory;
}

/* ---- lists ---- */

/* Does the list, symbolic links followed, lie in the folder of the rule file or below it? */
static bool is_inside(const struct mn_rule_file *file, const struct mn_rule_file *list)
{
    char folder[PATH_MAX], found[PATH_MAX], named[PATH_MAX];
    struct mn_slice given = folder_of(file->path);
    if (list->text)
        return true;
    int size = snprintf(named, sizeof named, "%.*s", MN_SLICE_ARGS(given.size ? given : MN_LITERAL("./")));
    if (size < 0 || (size_t)size >= sizeof named || !realpath(named, folder) || !realpath(list->path.data, found))
        return false;
    size_t length = strlen(folder);
    return strncmp(found, folder, length) == 0 && (found[length] == '/' || (length && folder[length - 1] == '/'));
}

static bool check_list(struct mn_loader *loader, struct mn_rule_file *list)
{
    size_t valid = mn_utf8_valid_prefix(list->bytes);
    if (valid == list->bytes.size)
        return true;
    mn_report_error(&loader->report, (struct mn_place){list, valid}, "this byte is not UTF-8; save the file as UTF-8");
    return false;
}

const struct mn_rule_file *mn_files_list(struct mn_loader *loader, const struct mn_rule_file *file,
                                         const struct mn_xml *xml)
{
    struct mn_slice name = mn_xml_attribute(xml, "file");
    struct mn_rule_file *list = make_file(loader, folder_of(file->path), name);
    if (!list)
        return NULL;
    list->is_list = true;
    struct mn_place place = mn_xml_attribute_place(file, xml, "file");
    bool found = identify(loader, list);
    struct mn_rule_file *same = found ? find_same(&loader->lists, list) : NULL;
    if (same)
        return same->is_usable ? same : NULL;
    if (!found || !(list->text || list->is_regular))
        mn_report_error(&loader->report, place, "there is no file '%.*s' beside this one; expected lines of words",
                        MN_SLICE_ARGS(name));
    else if (!is_inside(file, list))
        mn_report_error(&loader->report, place,
                        "'%.*s' leads out of this file's folder; expected a file in it or below it",
                        MN_SLICE_ARGS(name));
    else if (append(loader, &loader->lists, list)) {
        list->number = (uint32_t)(loader->files.count + loader->lists.count);
        list->is_usable = fill_file(loader, list) && check_list(loader, list);
    }
    return list->is_usable ? list : NULL;
}

/* ---- digest ---- */

static void add_texts_of(const struct mn_rule_files *list, struct mn_slice *texts, size_t *count)
{
    for (size_t i = 0; i < list->count; i++) {
        texts[(*count)++] = list->items[i]->name;
        texts[(*count)++] = list->items[i]->bytes;
    }
}

void mn_files_digest(struct mn_loader *loader)
{
    struct mn_sha256 digest;
    size_t count = 0, room = 2 * (loader->files.count + loader->lists.count) + 1;
    struct mn_slice *texts = mn_arena_zero(loader->scratch, room * sizeof *texts);
    char *hex = mn_arena_alloc(loader->rules->arena, 64);
    if (!texts || !hex) {
        loader->report.no_memory = true;
        return;
    }
    if (loader->lists.count)
        qsort(loader->lists.items, loader->lists.count, sizeof *loader->lists.items, compare_files);
    add_texts_of(&loader->files, texts, &count);
    add_texts_of(&loader->lists, texts, &count);
    if (!mn_sha256_list(texts, count, &digest)) {
        loader->report.no_memory = true;
        return;
    }
    mn_sha256_hex(&digest, hex);
    loader->rules->sha256 = (struct mn_slice){hex, 64};
}
