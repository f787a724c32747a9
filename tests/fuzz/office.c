/* Any bytes as the XML in a Word or OpenDocument file: no crash, no leak, and a tree that holds together whenever they
 * are read. The input is word/document.xml; other files of the package: files.h; with a content.xml it is an
 * OpenDocument text. The package is put together here, for nothing gets through a checksum that was not made for it. */
#include "base/limits.h"
#include "files.h"
#include "read/formats.h"
#include "tree.h"
#include <archive.h>
#include <archive_entry.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add(struct archive *archive, const char *name, struct mn_slice bytes)
{
    struct archive_entry *entry = archive_entry_new();
    check(entry != NULL);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)bytes.size);
    archive_entry_set_filetype(entry, AE_IFREG);
    check(archive_write_header(archive, entry) == ARCHIVE_OK);
    check(archive_write_data(archive, bytes.data, bytes.size) == (la_ssize_t)bytes.size);
    archive_entry_free(entry);
}

static bool add_files(struct archive *archive, struct mn_slice rest)
{
    char name[MOST_NAME] = "word/document.xml", next[MOST_NAME] = "";
    bool open_document = false;
    for (size_t i = 0; i < MOST_FILES && (i == 0 || rest.size); i++) {
        struct mn_slice bytes = cut_file(&rest, next);
        open_document = open_document || strcmp(name, "content.xml") == 0;
        if (name[0])
            add(archive, name, bytes);
        memcpy(name, next, sizeof name);
    }
    return open_document;
}

static void read_package(struct mn_slice package, bool open_document)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_document *document = arena ? mn_document_create(arena) : NULL;
    struct mn_read_input input = {.bytes = package, .max_expanded = MN_LIMIT_PACKAGE_BYTES};
    struct mn_error error;
    enum mn_status status =
        document ? (open_document ? mn_read_odt : mn_read_docx)(&input, document, &error) : MN_NO_MEMORY;
    check(status != MN_OVER_LIMIT || !strstr(error.message, "--max-expanded")); /* inputs are small, and stored as is */
    if (status == MN_OK && document->text.size > 0)
        check_nodes(document);
    mn_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t capacity = size + (64 << 10), used = 0;
    char *bytes = malloc(capacity);
    struct archive *archive = archive_write_new();
    check(bytes && archive);
    archive_write_set_format_zip(archive);
    archive_write_zip_set_compression_store(archive);
    check(archive_write_open_memory(archive, bytes, capacity, &used) == ARCHIVE_OK);
    bool open_document = add_files(archive, (struct mn_slice){(const char *)data, size});
    check(archive_write_close(archive) == ARCHIVE_OK);
    archive_write_free(archive);
    read_package((struct mn_slice){bytes, used}, open_document);
    free(bytes);
    return 0;
}
