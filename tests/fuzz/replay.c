/* Runs a fuzz target once over each file of the folders and packs (tar) named: a build without libFuzzer replays the
 * seeds by it. */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20 };

static void replay_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1); /* so that a read past the end is seen */
    if (!exact)
        abort();
    for (size_t i = 0; i < size; i++)
        exact[i] = bytes[i];
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void replay_file(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(bytes, 1, LARGEST, file) : 0;
    if (!file)
        return;
    fclose(file);
    replay_bytes(bytes, size);
}

static unsigned replay_pack(const char *path, uint8_t *bytes)
{
    unsigned count = 0;
    int outcome;
    struct archive *pack = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_filter_gzip(pack);
    archive_read_support_format_tar(pack);
    if (archive_read_open_filename(pack, path, LARGEST) != ARCHIVE_OK)
        abort();
    while ((outcome = archive_read_next_header(pack, &entry)) == ARCHIVE_OK) {
        la_ssize_t size = archive_read_data(pack, bytes, LARGEST);
        if (size < 0)
            abort();
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        replay_bytes(bytes, (size_t)size);
        count++;
    }
    if (outcome != ARCHIVE_EOF)
        abort(); /* damaged or cut off: the rest would not be replayed */
    archive_read_free(pack);
    return count;
}

static unsigned replay_folder(const char *folder, uint8_t *bytes)
{
    unsigned count = 0;
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        char path[1024];
        if (entry->d_name[0] == '.' || snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path)
            continue;
        replay_file(path, bytes);
        count++;
    }
    if (stream)
        closedir(stream);
    return count;
}

int main(int count, char **arguments)
{
    unsigned files = 0;
    uint8_t *bytes = malloc(LARGEST);
    for (int i = 1; bytes && i < count; i++)
        files += strstr(arguments[i], ".tar") ? replay_pack(arguments[i], bytes) : replay_folder(arguments[i], bytes);
    free(bytes);
    printf("%u seeds replayed\n", files);
    return files ? EXIT_SUCCESS : EXIT_FAILURE;
}
