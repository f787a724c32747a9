#include "support.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_FILES 256

void print(struct mn_writer *out, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cr_assert(size >= 0 && (size_t)size < sizeof text);
    mn_write(out, (struct mn_slice){text, (size_t)size});
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

size_t for_each_rule_file(const char *folder, void (*check)(const char *path))
{
    char *paths[MAX_FILES];
    size_t count = 0;
    DIR *open = opendir(folder);
    cr_assert(open, "%s", folder);
    for (const struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
        size_t size = strlen(entry->d_name), total = strlen(folder) + size + 2;
        if (size < 5 || strcmp(entry->d_name + size - 4, ".xml") != 0)
            continue;
        cr_assert(count < MAX_FILES);
        paths[count] = malloc(total);
        cr_assert(paths[count]);
        snprintf(paths[count++], total, "%s/%s", folder, entry->d_name);
    }
    closedir(open);
    qsort(paths, count, sizeof *paths, compare_names);
    for (size_t i = 0; i < count; i++) {
        check(paths[i]);
        free(paths[i]);
    }
    return count;
}

/* Messages begin with the path as given: the file's name is enough here. */
static void add_without_folder(struct mn_writer *messages, const struct mn_writer *all, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    for (size_t start = 0; start < all->size;) {
        const char *end = memchr(all->data + start, '\n', all->size - start);
        cr_assert(end);
        size_t behind = (size_t)(end - all->data) + 1;
        bool prefixed = behind - start > folder && memcmp(all->data + start, path, folder) == 0;
        cr_assert(prefixed, "%.*s", (int)(behind - start), all->data + start);
        mn_write(messages, (struct mn_slice){all->data + start + folder, behind - start - folder});
        start = behind;
    }
}

struct mn_rules *load_source(const struct mn_rules_source *source, struct mn_writer *messages)
{
    const char *path = source->paths[0];
    struct mn_rules *rules = NULL;
    struct mn_writer all;
    struct mn_error error = {0};
    mn_writer_init(&all, NULL);
    enum mn_status status = mn_rules_load_source(source, &rules, &all, &error);
    cr_expect((status == MN_OK) == (rules != NULL));
    if (status != MN_OK) {
        cr_expect_eq(status, MN_RULE_ERROR);
        size_t folder = (size_t)(strrchr(path, '/') - path) + 1; /* a list beside it may be the one that is wrong */
        cr_expect(strncmp(error.message, path, folder) == 0, "%s", error.message);
        mn_write_char(&all, '\0');
        cr_expect(strstr(all.data, error.message), "the first error stands among all: %s", error.message);
        all.size--;
    }
    add_without_folder(messages, &all, path);
    mn_writer_free(&all);
    return rules;
}

struct mn_rules *load_rules(const char *path, struct mn_writer *messages)
{
    struct mn_rules_source source = {.paths = &path, .path_count = 1};
    return load_source(&source, messages);
}

struct mn_rules *load_text(const char *inside, struct mn_writer *messages)
{
    struct mn_rules *rules = NULL;
    struct mn_error error;
    struct mn_writer text;
    mn_writer_init(&text, NULL);
    mn_write(&text, MN_LITERAL("<rules xmlns=\"urn:minutiae:rules:1\" pack=\"t\">\n"));
    mn_write(&text, mn_slice_of(inside));
    mn_write(&text, MN_LITERAL("</rules>\n"));
    mn_rules_load_text("text.xml", (struct mn_slice){text.data, text.size}, &rules, messages, &error);
    mn_writer_free(&text);
    return rules;
}

static void write_expected(const char *path, const struct mn_writer *actual)
{
    FILE *file = fopen(path, "wb");
    cr_assert(file, "%s", path);
    cr_assert(fwrite(actual->data, 1, actual->size, file) == actual->size);
    fclose(file);
}

/* Appends the file's bytes. */
static void read_expected(const char *path, struct mn_writer *text)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file, "%s is missing; MN_ACCEPT=1 writes it", path);
    char bytes[4096];
    for (size_t size = 1; size;) {
        size = fread(bytes, 1, sizeof bytes, file);
        mn_write(text, (struct mn_slice){bytes, size});
    }
    fclose(file);
}

/* The line (from 1) in which two texts differ first. */
static size_t first_difference(struct mn_slice a, struct mn_slice b, size_t *start)
{
    size_t line = 1;
    *start = 0;
    for (size_t i = 0; i < a.size && i < b.size && a.data[i] == b.data[i]; i++)
        if (a.data[i] == '\n') {
            line++;
            *start = i + 1;
        }
    return line;
}

static struct mn_slice line_from(struct mn_slice text, size_t start)
{
    size_t end = start < text.size ? start : text.size;
    while (end < text.size && text.data[end] != '\n')
        end++;
    return start < text.size ? mn_slice_cut(text, start, end) : MN_LITERAL("(the end)");
}

void expect_beside(const char *path, const struct mn_writer *actual)
{
    char expected_path[4096];
    size_t size = strlen(path), start;
    cr_assert(size > 4 && size < sizeof expected_path);
    memcpy(expected_path, path, size + 1);
    memcpy(expected_path + size - 3, "txt", 4);
    if (getenv("MN_ACCEPT")) {
        write_expected(expected_path, actual);
        return;
    }
    struct mn_writer text;
    mn_writer_init(&text, NULL);
    read_expected(expected_path, &text);
    struct mn_slice expected = {text.data, text.size}, got = {actual->data, actual->size};
    size_t line = first_difference(expected, got, &start);
    struct mn_slice expected_line = line_from(expected, start), got_line = line_from(got, start);
    cr_expect(mn_slice_equal(expected, got), "%s:%zu:\n  expected %.*s\n  got      %.*s", expected_path, line,
              MN_SLICE_ARGS(expected_line), MN_SLICE_ARGS(got_line));
    mn_writer_free(&text);
}
