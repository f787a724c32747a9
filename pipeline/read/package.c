#include "read/package.h"

#include "base/limits.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#define FIRST_ROOM ((size_t)64 << 10)

struct unpacking {
    struct archive *archive;
    struct archive_entry *entry; /* our own: libarchive does not look whether it has got one */
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
    if (archive_errno(unpacking->archive) == ENOMEM)
        return mn_fail_memory(unpacking->error);
    return mn_fail(unpacking->error, MN_MALFORMED,
                   "%.*s: cannot be unpacked (%s): it is damaged or cut off: fetch it again",
                   MN_SLICE_ARGS(unpacking->document), reason ? reason : "no reason given");
}

static enum mn_status fail_large(const struct unpacking *unpacking)
{
    return mn_fail(unpacking->error, MN_OVER_LIMIT,
                   "%.*s: unpacks to more than one document may have: leave it out, or raise --max-expanded",
                   MN_SLICE_ARGS(unpacking->document));
}

static enum mn_status fail_many(const struct unpacking *unpacking)
{
    return mn_fail(unpacking->error, MN_OVER_LIMIT,
                   "%.*s: has more than %d files in it: it is no office document, leave it out",
                   MN_SLICE_ARGS(unpacking->document), MN_LIMIT_PACKAGE_ENTRIES);
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
    for (size_t entries = 0;; entries++) {
        int outcome = archive_read_next_header2(unpacking->archive, unpacking->entry);
        if (outcome == ARCHIVE_EOF)
            return MN_OK;
        if (outcome != ARCHIVE_OK && outcome != ARCHIVE_WARN)
            return fail_damaged(unpacking);
        if (entries >= MN_LIMIT_PACKAGE_ENTRIES)
            return fail_many(unpacking);
        const char *name = archive_entry_pathname(unpacking->entry);
        struct mn_package_part *part = name ? find_part(parts, count, name) : NULL;
        enum mn_status status = part ? unpack(unpacking, &part->bytes) : MN_OK;
        if (status != MN_OK)
            return status;
    }
}

/* The place for the data is made first: archive_read_open_memory does not look whether it could be. */
static enum mn_status open_package(struct unpacking *unpacking, struct mn_slice bytes)
{
    struct archive *archive = unpacking->archive;
    if (archive_read_support_format_zip(archive) == ARCHIVE_OK &&
        archive_read_set_callback_data(archive, NULL) == ARCHIVE_OK &&
        archive_read_open_memory(archive, bytes.data, bytes.size) == ARCHIVE_OK)
        return MN_OK;
    return fail_damaged(unpacking);
}

enum mn_status mn_package_read(struct mn_slice archive, struct mn_slice document, size_t limit, struct mn_arena *arena,
                               struct mn_package_part *parts, size_t count, struct mn_error *error)
{
    struct unpacking unpacking = {
        .archive = archive_read_new(), .arena = arena, .document = document, .error = error, .left = limit};
    unpacking.entry = unpacking.archive ? archive_entry_new2(unpacking.archive) : NULL;
    enum mn_status status = unpacking.entry ? open_package(&unpacking, archive) : mn_fail_memory(error);
    if (status == MN_OK)
        status = unpack_all(&unpacking, parts, count);
    archive_entry_free(unpacking.entry);
    archive_read_free(unpacking.archive);
    return status;
}
