#include "input/warc.h"
#include "base/fault.h"
#include "base/limits.h"

#include <stdlib.h>
#include <strings.h>

/* What is held at once: a head must be in it as a whole. */
enum { BUFFER = 2 * MN_LIMIT_HEAD_BYTES };

struct mn_warc {
    mn_warc_source *source;
    void *context;
    size_t start, size; /* of what is unread in the buffer */
    bool ended;
    uint64_t ordinal;
    uint64_t left;    /* bytes of this record's block that are not read */
    size_t http_head; /* bytes of the block that are the HTTP head */
    bool chunked;
    char coding[32];
    char buffer[BUFFER];
};

struct mn_warc *mn_warc_open(mn_warc_source *source, void *context)
{
    struct mn_warc *warc = mn_fault_due() ? NULL : malloc(sizeof *warc);
    if (!warc)
        return NULL;
    memset(warc, 0, offsetof(struct mn_warc, buffer));
    warc->source = source;
    warc->context = context;
    return warc;
}

void mn_warc_close(struct mn_warc *warc)
{
    free(warc);
}

static struct mn_slice held(const struct mn_warc *warc)
{
    return (struct mn_slice){warc->buffer + warc->start, warc->size - warc->start};
}

/* Tries to hold `wanted` bytes (at most BUFFER); less only at the end. */
static enum mn_status hold(struct mn_warc *warc, size_t wanted, struct mn_error *error)
{
    if (warc->start && BUFFER - warc->start < wanted) {
        memmove(warc->buffer, warc->buffer + warc->start, warc->size - warc->start);
        warc->size -= warc->start;
        warc->start = 0;
    }
    while (!warc->ended && warc->size - warc->start < wanted) {
        ssize_t got = warc->source(warc->context, warc->buffer + warc->size, BUFFER - warc->size, error);
        if (got < 0)
            return error->status;
        warc->ended = got == 0;
        warc->size += (size_t)got;
    }
    return MN_OK;
}

static enum mn_status broken_off(const struct mn_warc *warc, struct mn_error *error)
{
    return mn_fail(error, MN_MALFORMED, "breaks off in record %llu: fetch it again", (unsigned long long)warc->ordinal);
}

/* Reads `size` bytes of the block, to `out` or, where that is null, to nowhere. */
static enum mn_status consume(struct mn_warc *warc, char *out, uint64_t size, struct mn_error *error)
{
    while (size) {
        enum mn_status status = hold(warc, 1, error);
        if (status != MN_OK)
            return status;
        struct mn_slice bytes = held(warc);
        if (bytes.size == 0)
            return broken_off(warc, error);
        size_t count = bytes.size < size ? bytes.size : (size_t)size;
        if (out) {
            memcpy(out, bytes.data, count);
            out += count;
        }
        warc->start += count;
        warc->left -= count;
        size -= count;
    }
    return MN_OK;
}

/* Line ends between records. */
static enum mn_status skip_line_ends(struct mn_warc *warc, struct mn_error *error)
{
    for (;;) {
        enum mn_status status = hold(warc, 1, error);
        struct mn_slice bytes = held(warc);
        if (status != MN_OK || bytes.size == 0 || (bytes.data[0] != '\r' && bytes.data[0] != '\n'))
            return status;
        warc->start++;
    }
}

static bool parse_length(struct mn_slice digits, uint64_t *length)
{
    *length = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9' || *length > UINT64_MAX / 100)
            return false;
        *length = *length * 10 + (uint64_t)(digits.data[i] - '0');
    }
    return digits.size > 0;
}

/* The head of the next record, in the buffer; empty at the end. */
static enum mn_status next_head(struct mn_warc *warc, struct mn_slice *head, struct mn_error *error)
{
    enum mn_status status = consume(warc, NULL, warc->left, error);
    if (status == MN_OK)
        status = skip_line_ends(warc, error);
    *head = MN_EMPTY;
    if (status != MN_OK || held(warc).size == 0)
        return status;
    warc->ordinal++;
    status = hold(warc, MN_LIMIT_HEAD_BYTES, error);
    if (status != MN_OK)
        return status;
    size_t size = mn_head_size(held(warc));
    if (!mn_slice_starts(held(warc), MN_LITERAL("WARC/")) || size == 0)
        return mn_fail(error, MN_MALFORMED, "record %llu has no WARC head of up to %d bytes: fetch the crawl again",
                       (unsigned long long)warc->ordinal, MN_LIMIT_HEAD_BYTES);
    *head = mn_slice_cut(held(warc), 0, size);
    if (!parse_length(mn_head_field(*head, MN_LITERAL("content-length")), &warc->left))
        return mn_fail(error, MN_MALFORMED, "record %llu says no Content-Length: fetch the crawl again",
                       (unsigned long long)warc->ordinal);
    return MN_OK;
}

static bool equals(struct mn_slice text, const char *word)
{
    return text.size == strlen(word) && strncasecmp(text.data, word, text.size) == 0;
}

enum record_type { NO_DOCUMENT, RESPONSE, PLAIN };

static enum record_type type_of(struct mn_slice head)
{
    struct mn_slice type = mn_head_field(head, MN_LITERAL("warc-type"));
    if (equals(type, "response"))
        return RESPONSE;
    return equals(type, "resource") || equals(type, "conversion") ? PLAIN : NO_DOCUMENT;
}

static bool is_http(struct mn_slice head)
{
    struct mn_slice type = mn_head_field(head, MN_LITERAL("content-type"));
    return type.size >= 16 && strncasecmp(type.data, "application/http", 16) == 0;
}

/* Some crawlers put angle brackets around the address. */
static struct mn_slice url_of(struct mn_slice head)
{
    struct mn_slice url = mn_head_field(head, MN_LITERAL("warc-target-uri"));
    bool bracketed = url.size > 2 && url.data[0] == '<' && url.data[url.size - 1] == '>';
    return bracketed ? mn_slice_cut(url, 1, url.size - 1) : url;
}

/* Looks at the HTTP head, which stands in the buffer: true when a document comes with it. */
static enum mn_status look_at_http(struct mn_warc *warc, struct mn_arena *arena, bool *is_document,
                                   struct mn_given *given, struct mn_error *error)
{
    size_t most = warc->left < MN_LIMIT_HEAD_BYTES ? (size_t)warc->left : MN_LIMIT_HEAD_BYTES;
    enum mn_status status = hold(warc, most, error);
    if (status != MN_OK)
        return status;
    struct mn_slice block = held(warc);
    block.size = block.size < most ? block.size : most;
    struct mn_slice head = mn_slice_cut(block, 0, mn_head_size(block));
    struct mn_slice type = mn_head_field(head, MN_LITERAL("content-type"));
    struct mn_slice coding = mn_head_field(head, MN_LITERAL("content-encoding"));
    struct mn_slice transfer = mn_head_field(head, MN_LITERAL("transfer-encoding"));
    *is_document = mn_http_status(head) == 200 && !mn_http_carries_no_text(type);
    given->charset = mn_http_charset(arena, type);
    warc->http_head = head.size;
    warc->chunked = transfer.size >= 7 && strncasecmp(transfer.data + transfer.size - 7, "chunked", 7) == 0;
    if (coding.size < sizeof warc->coding && !equals(coding, "identity"))
        memcpy(warc->coding, coding.data ? coding.data : "", coding.size);
    return MN_OK;
}

/* Takes the head of a record in: true when it is a document's. */
static enum mn_status look_at(struct mn_warc *warc, struct mn_arena *arena, struct mn_slice head, bool *is_document,
                              size_t *left_aside, struct mn_given *given, struct mn_error *error)
{
    enum record_type type = type_of(head);
    bool http = is_http(head);
    struct mn_slice content = mn_head_field(head, MN_LITERAL("content-type"));
    *given = (struct mn_given){.url = mn_arena_copy(arena, url_of(head)),
                               .retrieved = mn_arena_copy(arena, mn_head_field(head, MN_LITERAL("warc-date")))};
    warc->http_head = 0;
    warc->chunked = false;
    memset(warc->coding, 0, sizeof warc->coding);
    *is_document = type == PLAIN && !mn_http_carries_no_text(content);
    if (type == PLAIN)
        given->charset = mn_http_charset(arena, content);
    warc->start += head.size;
    enum mn_status status = type == RESPONSE && http ? look_at_http(warc, arena, is_document, given, error) : MN_OK;
    *left_aside += type != NO_DOCUMENT && !*is_document;
    return status;
}

enum mn_status mn_warc_next(struct mn_warc *warc, struct mn_arena *arena, bool *more, uint64_t *ordinal,
                            struct mn_given *given, size_t *left_aside, struct mn_error *error)
{
    for (*more = false; !*more;) {
        struct mn_slice head;
        enum mn_status status = next_head(warc, &head, error);
        if (status != MN_OK || head.size == 0)
            return status;
        status = look_at(warc, arena, head, more, left_aside, given, error);
        if (status != MN_OK)
            return status;
    }
    *ordinal = warc->ordinal;
    return MN_OK;
}

/* Some crawlers join the chunks and leave the head as it was. */
static enum mn_status undo_transfer(const struct mn_warc *warc, char *data, size_t *size, struct mn_error *error)
{
    if (!warc->chunked || !mn_http_is_chunked((struct mn_slice){data, *size}) || mn_http_join_chunks(data, *size, size))
        return MN_OK;
    return mn_fail(error, MN_MALFORMED, "its chunks break off: fetch it again");
}

enum mn_status mn_warc_load(struct mn_warc *warc, size_t limit, char **buffer, size_t *capacity, struct mn_slice *bytes,
                            struct mn_slice *coding, struct mn_error *error)
{
    *coding = mn_slice_of(warc->coding);
    if (warc->left - warc->http_head > limit)
        return mn_fail(error, MN_OVER_LIMIT, "is larger than %zu bytes; raise --max-bytes if it is one document",
                       limit);
    size_t size = (size_t)warc->left - warc->http_head;
    if (*capacity < size + 1) {
        char *larger = mn_fault_due() ? NULL : realloc(*buffer, size + 1);
        if (!larger)
            return mn_fail_memory(error);
        *buffer = larger;
        *capacity = size + 1;
    }
    enum mn_status status = consume(warc, NULL, warc->http_head, error);
    if (status == MN_OK)
        status = consume(warc, *buffer, size, error);
    if (status == MN_OK)
        status = undo_transfer(warc, *buffer, &size, error);
    *bytes = (struct mn_slice){*buffer, size};
    return status;
}
