#include "read/package.h"

#include "base/limits.h"
#include <archive.h>
#include <archive_entry.h>

#define FIRST_ROOM ((size_t)64 << 10)

struct unpacking {
    struct archive *archive;
    struct mn_arena *arena;
    struct mn_slice document; /* its name, for messages */
    struct mn_error *error;
    size_t left; /* bytes that may still be unpacked */
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool matches(const char *pattern, const char *name)
{
    while (*pattern && (*pattern == *name || *pattern == '*')) {
        if (*pattern++ == '*')
            while (is_digit(*name))
                name++;
        else
            name++;
    }
    return *pattern == '\0' && *name == '\0';
}

static enum mn_status fail_damaged(const struct unpacking *unpacking)
{
    const char *reason = archive_error_string(unpacking->archive);
    return mn_fail(unpacking->error, MN_MALFORMED,
                   "%.*s: cannot be unpacked (%s): it is damaged or cut off: fetch it again",
                   MN_SLICE_ARGS(unpacking->document), reason ? reason : "no reason given");
}

static enum mn_status fail_large(const struct unpacking *unpacking)
{
    return mn_fail(unpacking->error, MN_OVER_LIMIT,
                   "%.*s: unpacks to more than one document may have: split it, or leave it out",
                   MN_SLICE_ARGS(unpacking->document));
}

/* The bytes of the entry at hand. */
static enum mn_status unpack(struct unpacking *unpacking, struct mn_slice *bytes)
{
    size_t capacity = FIRST_ROOM, size = 0;
    char *data = mn_arena_alloc(unpacking->arena, capacity);
    for (;;) {
        if (!data)
            return mn_fail_memory(unpacking->error);
        la_ssize_t part = archive_read_data(unpacking->archive, data + size, capacity - size);
        if (part < 0)
            return fail_damaged(unpacking);
        if (part == 0)
            break;
        size += (size_t)part;
        if ((size_t)part > unpacking->left)
            return fail_large(unpacking);
        unpacking->left -= (size_t)part;
        if (size == capacity) {
            data = mn_arena_extend(unpacking->arena, data, capacity, 2 * capacity);
            capacity *= 2;
        }
    }
    *bytes = (struct mn_slice){data, size};
    return MN_OK;
}

static struct mn_package_part *find_part(struct mn_package_part *parts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!parts[i].bytes.data && matches(parts[i].name, name))
            return &parts[i];
    return NULL;
}

static enum mn_status unpack_all(struct unpacking *unpacking, struct mn_package_part *parts, size_t count)
{
    struct archive_entry *entry;
    for (size_t entries = 0;; entries++) {
        int outcome = archive_read_next_header(unpacking->archive, &entry);
        if (outcome == ARCHIVE_EOF)
            return MN_OK;
        if (outcome != ARCHIVE_OK && outcome != ARCHIVE_WARN)
            return fail_damaged(unpacking);
        if (entries >= MN_LIMIT_PACKAGE_ENTRIES)
            return fail_large(unpacking);
        const char *name = archive_entry_pathname(entry);
        struct mn_package_part *part = name ? find_part(parts, count, name) : NULL;
        enum mn_status status = part ? unpack(unpacking, &part->bytes) : MN_OK;
        if (status != MN_OK)
            return status;
    }
}

enum mn_status mn_package_read(struct mn_slice archive, struct mn_slice document, size_t limit, struct mn_arena *arena,
                               struct mn_package_part *parts, size_t count, struct mn_error *error)
{
    struct unpacking unpacking = {archive_read_new(), arena, document, error, limit};
    if (!unpacking.archive)
        return mn_fail_memory(error);
    archive_read_support_format_zip(unpacking.archive);
    enum mn_status status = archive_read_open_memory(unpacking.archive, archive.data, archive.size) == ARCHIVE_OK
                                ? unpack_all(&unpacking, parts, count)
                                : fail_damaged(&unpacking);
    archive_read_free(unpacking.archive);
    return status;
}
