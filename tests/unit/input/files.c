#define _XOPEN_SOURCE 700 /* nftw */
#include "files.h"
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 4 << 20 };

static int take_away(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

void begin_folder(void)
{
    char path[MOST_PATH];
    snprintf(path, sizeof path, MN_TEST_BINARY_DIR "/tests/unit/input/%s-%s", criterion_current_test->category,
             criterion_current_test->name);
    nftw(path, take_away, 16, FTW_DEPTH | FTW_PHYS);
    cr_assert(mkdir(path, 0777) == 0 && chdir(path) == 0, "%s", path);
}

void make_file(const char *path, struct mn_slice bytes)
{
    char folder[MOST_PATH];
    for (size_t i = 1; path[i]; i++) {
        folder[i - 1] = path[i - 1];
        folder[i] = '\0';
        if (path[i] == '/')
            mkdir(folder, 0777);
    }
    FILE *file = fopen(path, "wb");
    cr_assert(file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size && fclose(file) == 0, "%s", path);
}

static void begin(struct packed *packed)
{
    packed->bytes = malloc(ROOM);
    cr_assert(packed->bytes && archive_write_set_bytes_in_last_block(packed->archive, 1) == ARCHIVE_OK);
    cr_assert(archive_write_open_memory(packed->archive, packed->bytes, ROOM, &packed->size) == ARCHIVE_OK);
}

void begin_zip(struct packed *packed)
{
    packed->archive = archive_write_new();
    archive_write_set_format_zip(packed->archive);
    begin(packed);
}

void begin_tar(struct packed *packed)
{
    packed->archive = archive_write_new();
    archive_write_set_format_ustar(packed->archive);
    begin(packed);
}

static void add(struct packed *packed, const char *name, unsigned type, const char *target, struct mn_slice bytes)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)bytes.size);
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 0644);
    if (target)
        archive_entry_set_symlink(entry, target);
    cr_assert(archive_write_header(packed->archive, entry) == ARCHIVE_OK, "%s", archive_error_string(packed->archive));
    cr_assert(archive_write_data(packed->archive, bytes.data, bytes.size) == (la_ssize_t)bytes.size);
    archive_entry_free(entry);
}

void add_file(struct packed *packed, const char *name, struct mn_slice bytes)
{
    add(packed, name, AE_IFREG, NULL, bytes);
}

void add_link(struct packed *packed, const char *name, const char *target)
{
    add(packed, name, AE_IFLNK, target, MN_EMPTY);
}

void add_folder(struct packed *packed, const char *name)
{
    add(packed, name, AE_IFDIR, NULL, MN_EMPTY);
}

struct mn_slice end_packed(struct packed *packed)
{
    cr_assert(archive_write_close(packed->archive) == ARCHIVE_OK);
    archive_write_free(packed->archive);
    return (struct mn_slice){packed->bytes, packed->size};
}

struct mn_slice gzipped(struct packed *packed, struct mn_slice bytes)
{
    packed->archive = archive_write_new();
    archive_write_set_format_raw(packed->archive);
    archive_write_add_filter_gzip(packed->archive);
    begin(packed);
    add_file(packed, "x", bytes);
    return end_packed(packed);
}
