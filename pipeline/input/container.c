#include "input/container.h"
#include "base/fault.h"
#include "base/limits.h"
#include "input/descriptor.h"
#include "input/warc.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

enum shape { ARCHIVE, CRAWL, SINGLE };

struct mn_container {
    const struct mn_container_options *options;
    struct archive *archive;
    struct archive_entry *entry; /* our own: libarchive does not look whether it has got one */
    struct mn_warc *warc;
    enum shape shape;
    struct mn_walk_counts counts;
    size_t members;
    bool ended, broken;
    uint64_t expanded; /* bytes given out */
    /* where the bytes come from: */
    int descriptor;
    bool is_regular;
    uint64_t whole; /* bytes of the file or in memory, 0 where not known */
    size_t ahead;   /* bytes of block that are still to be given first */
    bool stopped;
    char peeked[8]; /* first bytes of a single file */
    size_t peeked_size, peeked_given;
    char block[BLOCK];
};

#define SIGNATURE(offset, text)                                                                                        \
    {                                                                                                                  \
        (offset), MN_LITERAL_ITEM(text)                                                                                \
    }

static const struct {
    size_t offset;
    struct mn_slice bytes;
} signatures[] = {
    SIGNATURE(0, "PK\3\4"),  SIGNATURE(0, "PK\5\6"),      SIGNATURE(0, "\x1F\x8B\x08"),
    SIGNATURE(0, "BZh"),     SIGNATURE(0, "\xFD\x37zXZ"), SIGNATURE(0, "\x28\xB5\x2F\xFD"),
    SIGNATURE(257, "ustar"), SIGNATURE(0, "WARC/1."),
};

/* Parts that zip files have that are one document. */
static const struct mn_slice document_parts[] = {
    MN_LITERAL_ITEM("[Content_Types].xml"),
    MN_LITERAL_ITEM("mimetypeapplication/"),
    MN_LITERAL_ITEM("word/"),
    MN_LITERAL_ITEM("xl/"),
    MN_LITERAL_ITEM("ppt/"),
};

/* A name of a local file header: it follows 26 bytes behind the signature, and its length stands there. */
static bool is_document_part(struct mn_slice header)
{
    if (header.size < 30)
        return false;
    struct mn_slice name = mn_slice_cut(header, 30, header.size);
    for (size_t i = 0; i < sizeof document_parts / sizeof *document_parts; i++)
        if (mn_slice_starts(name, document_parts[i]))
            return true;
    return false;
}

static bool is_document_zip(struct mn_slice start)
{
    for (size_t at = 0; at + 30 < start.size; at++) {
        const char *found = memchr(start.data + at, 'P', start.size - at);
        if (!found)
            return false;
        at = (size_t)(found - start.data);
        struct mn_slice rest = mn_slice_cut(start, at, start.size);
        if (mn_slice_starts(rest, MN_LITERAL("PK\3\4")) && is_document_part(rest))
            return true;
    }
    return false;
}

bool mn_is_container(struct mn_slice start)
{
    if (start.size > BLOCK)
        start.size = BLOCK;
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        size_t offset = signatures[i].offset;
        if (start.size >= offset && mn_slice_starts(mn_slice_cut(start, offset, start.size), signatures[i].bytes))
            return !is_document_zip(start);
    }
    return false;
}

static la_ssize_t read_block(struct archive *archive, void *context, const void **bytes)
{
    struct mn_container *container = context;
    size_t ahead = container->ahead;
    container->ahead = 0;
    *bytes = container->block;
    if (ahead)
        return (la_ssize_t)ahead;
    ssize_t got = mn_descriptor_read(container->descriptor, container->is_regular ? -1 : container->options->stop,
                                     container->block, BLOCK);
    if (got < 0) {
        container->stopped = errno == ECANCELED;
        archive_set_error(archive, errno, "%s", strerror(errno));
    }
    return got;
}

static la_int64_t seek_file(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct mn_container *container = context;
    off_t at = lseek(container->descriptor, offset, whence);
    if (at < 0)
        archive_set_error(archive, errno, "%s", strerror(errno));
    return at < 0 ? ARCHIVE_FATAL : at;
}

/* Not beyond the end: what breaks off is to be seen. */
static la_int64_t skip_file(struct archive *archive, void *context, la_int64_t size)
{
    struct mn_container *container = context;
    (void)archive;
    off_t at = lseek(container->descriptor, 0, SEEK_CUR);
    if (at < 0 || (uint64_t)at + (uint64_t)size > container->whole)
        return 0;
    return lseek(container->descriptor, size, SEEK_CUR) < 0 ? 0 : size;
}

static enum mn_status archive_failure(struct mn_container *container, struct mn_error *error)
{
    const char *reason = archive_error_string(container->archive);
    if (archive_errno(container->archive) == ENOMEM)
        return mn_fail_memory(error);
    return mn_fail(error, MN_MALFORMED, "cannot be unpacked: %s; check whether it is complete",
                   reason ? reason : "damaged");
}

/* True when so much has come out of so little that it must be a bomb. */
static bool is_bomb(const struct mn_container *container)
{
    size_t ratio = container->options->max_ratio ? container->options->max_ratio : MN_LIMIT_RATIO;
    uint64_t expanded = (uint64_t)archive_filter_bytes(container->archive, 0);
    uint64_t packed = container->whole ? container->whole : (uint64_t)archive_filter_bytes(container->archive, -1);
    if (container->expanded > expanded)
        expanded = container->expanded;
    return expanded > MN_LIMIT_RATIO_FREE && expanded / ratio > packed;
}

static enum mn_status over_ratio(struct mn_container *container, struct mn_error *error)
{
    size_t ratio = container->options->max_ratio ? container->options->max_ratio : MN_LIMIT_RATIO;
    container->broken = true;
    return mn_fail(error, MN_OVER_LIMIT, "expands to more than %zu times its size; raise --max-ratio if it is no bomb",
                   ratio);
}

/* Bytes of the entry: how many, 0 at its end, -1 with *error. */
static ssize_t read_entry(struct mn_container *container, char *out, size_t size, struct mn_error *error)
{
    size_t waiting = container->peeked_size - container->peeked_given;
    if (waiting) {
        size_t count = waiting < size ? waiting : size;
        memcpy(out, container->peeked + container->peeked_given, count);
        container->peeked_given += count;
        return (ssize_t)count;
    }
    la_ssize_t got = archive_read_data(container->archive, out, size);
    if (got < 0) {
        container->broken = container->broken || got == ARCHIVE_FATAL;
        archive_failure(container, error);
        return -1;
    }
    container->expanded += (uint64_t)got;
    if (!is_bomb(container))
        return got;
    over_ratio(container, error);
    return -1;
}

static ssize_t read_crawl(void *context, char *out, size_t size, struct mn_error *error)
{
    return read_entry(context, out, size, error);
}

/* Goes to the next entry. Warnings are about permissions and times, which nobody asked for. */
static enum mn_status next_entry(struct mn_container *container, struct mn_error *error)
{
    int result;
    do
        result = archive_read_next_header2(container->archive, container->entry);
    while (result == ARCHIVE_RETRY);
    if (result == ARCHIVE_EOF) {
        container->ended = true;
        return MN_OK;
    }
    if (is_bomb(container))
        return over_ratio(container, error);
    return result == ARCHIVE_OK || result == ARCHIVE_WARN ? MN_OK : archive_failure(container, error);
}

static enum mn_status find_shape(struct mn_container *container, struct mn_error *error)
{
    enum mn_status status = next_entry(container, error);
    if (status != MN_OK || container->ended || archive_format(container->archive) != ARCHIVE_FORMAT_RAW)
        return status;
    container->shape = SINGLE;
    while (container->peeked_size < sizeof container->peeked) {
        la_ssize_t got = archive_read_data(container->archive, container->peeked + container->peeked_size,
                                           sizeof container->peeked - container->peeked_size);
        if (got < 0)
            return archive_failure(container, error);
        if (got == 0)
            break;
        container->peeked_size += (size_t)got;
    }
    struct mn_slice start = {container->peeked, container->peeked_size};
    if (!mn_slice_starts(start, MN_LITERAL("WARC/1.")))
        return MN_OK;
    container->shape = CRAWL;
    container->warc = mn_warc_open(read_crawl, container);
    return container->warc ? MN_OK : mn_fail_memory(error);
}

/* What gzip makes of one file, whatever that file is. */
static bool support_coding(struct archive *archive)
{
    return archive_read_support_filter_gzip(archive) == ARCHIVE_OK &&
           archive_read_support_format_empty(archive) == ARCHIVE_OK &&
           archive_read_support_format_raw(archive) == ARCHIVE_OK;
}

static bool support_all(struct archive *archive)
{
    return archive_read_support_filter_gzip(archive) == ARCHIVE_OK &&
           archive_read_support_filter_zstd(archive) == ARCHIVE_OK &&
           archive_read_support_filter_bzip2(archive) == ARCHIVE_OK &&
           archive_read_support_filter_xz(archive) == ARCHIVE_OK &&
           archive_read_support_format_tar(archive) == ARCHIVE_OK &&
           archive_read_support_format_zip(archive) == ARCHIVE_OK &&
           archive_read_support_format_empty(archive) == ARCHIVE_OK &&
           archive_read_support_format_raw(archive) == ARCHIVE_OK;
}

static struct mn_container *create(const struct mn_container_options *options, bool (*support)(struct archive *))
{
    struct mn_container *container = mn_fault_due() ? NULL : malloc(sizeof *container);
    if (!container)
        return NULL;
    memset(container, 0, offsetof(struct mn_container, block));
    container->options = options;
    container->descriptor = -1;
    container->archive = archive_read_new();
    container->entry = container->archive ? archive_entry_new2(container->archive) : NULL;
    if (container->entry && support(container->archive))
        return container;
    mn_container_close(container);
    return NULL;
}

static enum mn_status finish_opening(struct mn_container *container, bool opened, struct mn_container **out,
                                     struct mn_error *error)
{
    enum mn_status status = opened ? find_shape(container, error) : archive_failure(container, error);
    if (status == MN_OK) {
        *out = container;
        return MN_OK;
    }
    mn_container_close(container);
    return status;
}

enum mn_status mn_container_open_file(int descriptor, struct mn_slice ahead, const struct mn_container_options *options,
                                      struct mn_container **out, struct mn_error *error)
{
    struct mn_container *container = create(options, support_all);
    struct stat facts;
    if (!container)
        return mn_fail_memory(error);
    container->descriptor = descriptor;
    container->is_regular =
        fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && lseek(descriptor, 0, SEEK_SET) == 0;
    struct archive *archive = container->archive;
    archive_read_set_read_callback(archive, read_block);
    bool ready = archive_read_set_callback_data(archive, container) == ARCHIVE_OK;
    if (container->is_regular) {
        container->whole = (uint64_t)facts.st_size;
        archive_read_set_skip_callback(archive, skip_file);
        archive_read_set_seek_callback(archive, seek_file);
    } else {
        container->ahead = ahead.size < BLOCK ? ahead.size : BLOCK;
        memcpy(container->block, ahead.data, container->ahead);
    }
    return finish_opening(container, ready && archive_read_open1(archive) == ARCHIVE_OK, out, error);
}

static enum mn_status open_bytes(struct mn_slice bytes, const struct mn_container_options *options,
                                 bool (*support)(struct archive *), struct mn_container **out, struct mn_error *error)
{
    struct mn_container *container = create(options, support);
    if (!container)
        return mn_fail_memory(error);
    container->whole = bytes.size;
    /* archive_read_open_memory does not look whether the place for its data could be made. */
    bool opened = archive_read_set_callback_data(container->archive, NULL) == ARCHIVE_OK &&
                  archive_read_open_memory(container->archive, bytes.data, bytes.size) == ARCHIVE_OK;
    return finish_opening(container, opened, out, error);
}

enum mn_status mn_container_open_bytes(struct mn_slice bytes, const struct mn_container_options *options,
                                       struct mn_container **out, struct mn_error *error)
{
    return open_bytes(bytes, options, support_all, out, error);
}

void mn_container_close(struct mn_container *container)
{
    if (!container)
        return;
    mn_warc_close(container->warc);
    archive_entry_free(container->entry);
    archive_read_free(container->archive);
    free(container);
}

/* The name in UTF-8 where the container says it so, else its bytes. libarchive converts by the thread's locale. */
static struct mn_slice entry_name(struct archive_entry *entry, struct mn_arena *arena)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    while (name && strncmp(name, "./", 2) == 0 && name[2]) /* tar says so or not, as it was told */
        name += 2;
    struct mn_slice text = name ? (struct mn_slice){name, strlen(name) + 1} : MN_LITERAL("?\0");
    struct mn_slice copy = mn_arena_copy(arena, text);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return copy.data ? mn_slice_cut(copy, 0, copy.size - 1) : MN_EMPTY;
}

/* True when the entry is a document to be read. */
static bool admit_entry(struct mn_container *container, struct mn_slice name)
{
    container->members++;
    bool is_link = archive_entry_hardlink(container->entry) != NULL;
    if (archive_entry_filetype(container->entry) == AE_IFDIR)
        return false;
    if (archive_entry_filetype(container->entry) != AE_IFREG || is_link) {
        container->counts.special++;
        return false;
    }
    bool admitted = mn_walk_admits(container->options->walk, name.data);
    container->counts.left_aside += !admitted;
    return admitted;
}

static enum mn_status next_in_archive(struct mn_container *container, struct mn_arena *arena, bool *more,
                                      struct mn_member *member, struct mn_error *error)
{
    while (!container->ended) {
        if (container->members) {
            enum mn_status status = next_entry(container, error);
            if (status != MN_OK || container->ended)
                return status;
        }
        member->name = entry_name(container->entry, arena);
        if (!member->name.data)
            return mn_fail_memory(error);
        *more = admit_entry(container, member->name);
        if (*more)
            return MN_OK;
    }
    return MN_OK;
}

static enum mn_status next_in_crawl(struct mn_container *container, struct mn_arena *arena, bool *more,
                                    struct mn_member *member, struct mn_error *error)
{
    uint64_t ordinal = 0;
    enum mn_status status =
        mn_warc_next(container->warc, arena, more, &ordinal, &member->given, &container->counts.left_aside, error);
    char *name = status == MN_OK && *more ? mn_arena_alloc(arena, 24) : NULL;
    if (status != MN_OK || !*more)
        return status;
    container->members++;
    if (!name)
        return mn_fail_memory(error);
    int size = snprintf(name, 24, "%llu", (unsigned long long)ordinal);
    member->name = (struct mn_slice){name, (size_t)size};
    return MN_OK;
}

static enum mn_status check_members(struct mn_container *container, enum mn_status status, bool more,
                                    struct mn_error *error)
{
    if (status != MN_OK || more || container->members || container->counts.left_aside)
        return status;
    return mn_fail(error, MN_EMPTY_SOURCE, "there is no file in it: leave it out");
}

enum mn_status mn_container_next(struct mn_container *container, struct mn_arena *arena, bool *more,
                                 struct mn_member *member, struct mn_error *error)
{
    *member = (struct mn_member){0};
    *more = false;
    if (container->broken && container->shape != SINGLE) { /* of a single file it was told already */
        container->broken = false;
        container->ended = true;
        return mn_fail(error, MN_MALFORMED,
                       "cannot be unpacked any further, what else it holds is not done: fetch it again");
    }
    if (container->shape == SINGLE) {
        *more = container->members++ == 0;
        return MN_OK;
    }
    enum mn_status status = container->shape == CRAWL ? next_in_crawl(container, arena, more, member, error)
                                                      : next_in_archive(container, arena, more, member, error);
    return check_members(container, status, *more, error);
}

static bool grow(char **buffer, size_t *capacity)
{
    size_t wanted = *capacity ? *capacity * 2 : BLOCK;
    char *larger = mn_fault_due() ? NULL : realloc(*buffer, wanted);
    if (!larger)
        return false;
    *buffer = larger;
    *capacity = wanted;
    return true;
}

static enum mn_status load_entry(struct mn_container *container, char **buffer, size_t *capacity,
                                 struct mn_slice *bytes, struct mn_error *error)
{
    size_t size = 0, limit = container->options->max_bytes;
    for (;;) {
        if (size == *capacity && !grow(buffer, capacity))
            return mn_fail_memory(error);
        ssize_t got = read_entry(container, *buffer + size, *capacity - size, error);
        if (got < 0)
            return error->status;
        if (got == 0)
            break;
        size += (size_t)got;
        if (size > limit)
            return mn_fail(error, MN_OVER_LIMIT, "is larger than %zu bytes; raise --max-bytes if it is one document",
                           limit);
    }
    *bytes = (struct mn_slice){*buffer, size};
    return MN_OK;
}

/* Names of codings may be written in any case (RFC 9110, section 8.4.1). */
static bool is_coding(struct mn_slice coding, struct mn_slice name)
{
    return coding.size == name.size && strncasecmp(coding.data, name.data, name.size) == 0;
}

/* Undoes a content coding; the outcome replaces the buffer. */
static enum mn_status expand(struct mn_container *container, struct mn_slice coding, char **buffer, size_t *capacity,
                             struct mn_slice *bytes, struct mn_error *error)
{
    static const struct mn_slice gzip[] = {MN_LITERAL_ITEM("gzip"), MN_LITERAL_ITEM("x-gzip")};
    if (coding.size == 0 || bytes->size == 0)
        return MN_OK;
    /* Some crawlers undo the coding and leave the head as it was. */
    bool is_coded = mn_slice_starts(*bytes, MN_LITERAL("\x1F\x8B"));
    if (is_coding(coding, gzip[0]) || is_coding(coding, gzip[1])) {
        if (!is_coded)
            return MN_OK;
    } else {
        return mn_fail(error, MN_UNSUPPORTED, "its content coding, %.*s, cannot be undone: crawl it without",
                       MN_SLICE_ARGS(coding));
    }
    struct mn_container *inner = NULL;
    char *plain = NULL;
    size_t plain_capacity = 0;
    enum mn_status status = open_bytes(*bytes, container->options, support_coding, &inner, error);
    if (status != MN_OK)
        return status;
    status = load_entry(inner, &plain, &plain_capacity, bytes, error);
    mn_container_close(inner);
    free(status == MN_OK ? *buffer : plain);
    if (status == MN_OK) {
        *buffer = plain;
        *capacity = plain_capacity;
    }
    return status;
}

enum mn_status mn_container_load(struct mn_container *container, char **buffer, size_t *capacity,
                                 struct mn_slice *bytes, struct mn_error *error)
{
    *error = (struct mn_error){0};
    if (container->shape != CRAWL)
        return load_entry(container, buffer, capacity, bytes, error);
    struct mn_slice coding;
    enum mn_status status =
        mn_warc_load(container->warc, container->options->max_bytes, buffer, capacity, bytes, &coding, error);
    return status == MN_OK ? expand(container, coding, buffer, capacity, bytes, error) : status;
}

struct mn_walk_counts mn_container_counts(const struct mn_container *container)
{
    return container->counts;
}

uint64_t mn_container_consumed(const struct mn_container *container)
{
    la_int64_t bytes = archive_filter_bytes(container->archive, -1);
    return bytes > 0 ? (uint64_t)bytes : 0;
}
