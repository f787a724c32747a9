#include "command/entry.h"

#include <stdlib.h>

#define OPENING "<document id=\""
#define REUSED " reused=\"true\""
enum { ID_DIGITS = 16 };

uint64_t entry_id(struct mn_slice output)
{
    struct mn_sha256 sha256 = {{0}};
    uint64_t id = 0;
    mn_sha256(output, &sha256);
    for (size_t i = 0; i < sizeof id; i++)
        id = id << 8 | sha256.bytes[i];
    return id;
}

static void write_digest(struct mn_writer *writer, const char *name, const struct mn_sha256 *sha256)
{
    char hex[64];
    mn_sha256_hex(sha256, hex);
    mn_write_attribute(writer, name, (struct mn_slice){hex, sizeof hex});
}

static void write_optional(struct mn_writer *writer, const char *name, struct mn_slice value)
{
    if (value.size)
        mn_write_attribute(writer, name, value);
}

static void write_opening(const struct entry *entry, struct mn_writer *writer)
{
    char id[ID_DIGITS + 1];
    snprintf(id, sizeof id, "%016llx", (unsigned long long)entry->id);
    mn_write_literal(writer, OPENING);
    mn_write(writer, mn_slice_of(id));
    mn_write_char(writer, '"');
    if (entry->reused)
        mn_write_literal(writer, REUSED);
    mn_write_attribute(writer, "name", entry->name);
    mn_write_attribute(writer, "output", entry->output);
    write_optional(writer, "url", entry->url);
    write_optional(writer, "retrieved", entry->retrieved);
    mn_write_attribute(writer, "status", mn_slice_of(mn_status_word(entry->status)));
    write_optional(writer, "kind", entry->kind);
    mn_write_attribute_number(writer, "bytes", entry->bytes);
    if (entry->has_source)
        write_digest(writer, "sha256", &entry->source_sha256);
    if (entry->has_key)
        write_digest(writer, "key", &entry->key.sha256);
    if (entry->has_record)
        write_digest(writer, "record-sha256", &entry->record_sha256);
    mn_write_attribute_number(writer, "milliseconds", entry->milliseconds);
    mn_write_char(writer, '>');
}

static void write_counts(const struct summary *counts, struct mn_writer *writer)
{
    for (unsigned k = 0; k < MN_FINDING_KIND_COUNT; k++) {
        const struct summary_kind *kind = &counts->kinds[k];
        if (kind->findings == 0)
            continue;
        mn_write_literal(writer, "<found");
        mn_write_attribute(writer, "kind", mn_slice_of(summary_kind_name((enum mn_finding_kind)k)));
        mn_write_attribute_number(writer, "count", kind->findings);
        mn_write_char(writer, '>');
        for (size_t i = 0; i < kind->value_count; i++) {
            mn_write_literal(writer, "<value");
            mn_write_attribute(writer, "is", mn_slice_of(kind->values[i].name));
            mn_write_attribute_number(writer, "count", kind->values[i].count);
            mn_write_literal(writer, "/>");
        }
        mn_write_literal(writer, "</found>");
    }
}

static void write_notices(struct mn_slice notices, struct mn_writer *writer)
{
    for (size_t at = 0; at < notices.size;) {
        struct mn_slice notice = mn_slice_of(notices.data + at);
        mn_write_literal(writer, "<warning>");
        mn_write_text(writer, notice);
        mn_write_literal(writer, "</warning>");
        at += notice.size + 1;
    }
}

void entry_write(const struct entry *entry, struct mn_writer *writer)
{
    write_opening(entry, writer);
    write_counts(&entry->counts, writer);
    if (entry->status != MN_OK) {
        mn_write_literal(writer, "<failure>");
        mn_write_text(writer, entry->reason);
        mn_write_literal(writer, "</failure>");
    }
    write_notices(entry->notices, writer);
    mn_write_literal(writer, "</document>\n");
}

static bool ends_with(struct mn_slice text, struct mn_slice end)
{
    return text.size >= end.size && memcmp(text.data + text.size - end.size, end.data, end.size) == 0;
}

static bool read_hex(struct mn_slice digits, unsigned char *bytes, size_t count)
{
    if (digits.size != 2 * count)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        char digit = digits.data[i];
        bool is_number = digit >= '0' && digit <= '9';
        if (!is_number && (digit < 'a' || digit > 'f'))
            return false;
        unsigned value = (unsigned)(is_number ? digit - '0' : digit - 'a' + 10);
        bytes[i / 2] = (unsigned char)(i % 2 ? bytes[i / 2] | value : value << 4);
    }
    return true;
}

bool entry_line_id(struct mn_slice line, uint64_t *id)
{
    const size_t start = sizeof OPENING - 1;
    unsigned char bytes[ID_DIGITS / 2];
    if (!mn_slice_starts(line, MN_LITERAL(OPENING)) || !ends_with(line, MN_LITERAL("</document>\n")) ||
        !read_hex(mn_slice_cut(line, start, start + ID_DIGITS), bytes, sizeof bytes))
        return false;
    *id = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        *id = *id << 8 | bytes[i];
    return true;
}

/* Where `part` stands in the text from `from` on; the text's size when it does not. */
static size_t find(struct mn_slice text, size_t from, struct mn_slice part)
{
    for (size_t at = from; at + part.size <= text.size; at++) {
        const char *found = memchr(text.data + at, part.data[0], text.size - part.size - at + 1);
        if (!found)
            break;
        at = (size_t)(found - text.data);
        if (memcmp(found, part.data, part.size) == 0)
            return at;
    }
    return text.size;
}

/* The value of an attribute of a tag, as it is written. */
static struct mn_slice attribute(struct mn_slice tag, struct mn_slice opening)
{
    size_t start = find(tag, 0, opening) + opening.size;
    if (start >= tag.size)
        return MN_EMPTY;
    const char *end = memchr(tag.data + start, '"', tag.size - start);
    return end ? mn_slice_cut(tag, start, (size_t)(end - tag.data)) : MN_EMPTY;
}

static uint64_t number(struct mn_slice digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.size; i++)
        value = value * 10 + (uint64_t)(digits.data[i] - '0') % 10;
    return value;
}

static enum mn_status status_of(struct mn_slice word)
{
    unsigned status = 0;
    while (status < MN_STATUS_COUNT && !mn_slice_equal(word, mn_slice_of(mn_status_word((enum mn_status)status))))
        status++;
    return (enum mn_status)status;
}

static struct mn_slice tag_at(struct mn_slice line, size_t at)
{
    const char *end = at < line.size ? memchr(line.data + at, '>', line.size - at) : NULL;
    return end ? mn_slice_cut(line, at, (size_t)(end - line.data) + 1) : MN_EMPTY;
}

/* Values of a kind hold no markup: they come from rules' words, escaped ones are left out. */
static void read_counts(struct mn_slice line, struct summary *counts)
{
    enum mn_finding_kind kind = MN_FINDING_KIND_COUNT;
    for (size_t at = 0; at < line.size; at++) {
        struct mn_slice rest = mn_slice_cut(line, at, line.size), tag = MN_EMPTY;
        bool is_kind = mn_slice_starts(rest, MN_LITERAL("<found "));
        bool is_value = mn_slice_starts(rest, MN_LITERAL("<value "));
        if (is_kind || is_value)
            tag = tag_at(line, at);
        uint64_t count = number(attribute(tag, MN_LITERAL(" count=\"")));
        if (is_kind)
            kind = summary_kind_of(attribute(tag, MN_LITERAL(" kind=\"")));
        if (is_kind && kind < MN_FINDING_KIND_COUNT)
            summary_count(counts, kind, MN_EMPTY, (size_t)count);
        if (is_value && kind < MN_FINDING_KIND_COUNT) {
            size_t before = counts->kinds[kind].findings;
            summary_count(counts, kind, attribute(tag, MN_LITERAL(" is=\"")), (size_t)count);
            counts->kinds[kind].findings = before;
        }
        const char *next = memchr(line.data + at + 1, '<', line.size - at - 1);
        at = next ? (size_t)(next - line.data) - 1 : line.size;
    }
}

static size_t unescape_one(struct mn_slice text, size_t at, char *byte)
{
    static const struct {
        struct mn_slice reference;
        char byte;
    } references[] = {{MN_LITERAL_ITEM("&amp;"), '&'}, {MN_LITERAL_ITEM("&lt;"), '<'}, {MN_LITERAL_ITEM("&gt;"), '>'}};
    struct mn_slice rest = mn_slice_cut(text, at, text.size);
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (mn_slice_starts(rest, references[i].reference)) {
            *byte = references[i].byte;
            return at + references[i].reference.size;
        }
    *byte = text.data[at];
    return at + 1;
}

static struct mn_slice read_reason(struct mn_slice line, char text[MN_ERROR_MESSAGE_SIZE])
{
    size_t start = find(line, 0, MN_LITERAL("<failure>")), size = 0;
    if (start == line.size)
        return MN_EMPTY;
    struct mn_slice rest = mn_slice_cut(line, start + sizeof "<failure>" - 1, line.size);
    size_t end = find(rest, 0, MN_LITERAL("</failure>"));
    for (size_t at = 0; at < end && size + 1 < MN_ERROR_MESSAGE_SIZE;)
        at = unescape_one(rest, at, &text[size++]);
    text[size] = '\0';
    return (struct mn_slice){text, size};
}

bool entry_read(struct mn_slice line, struct entry *entry, char text[MN_ERROR_MESSAGE_SIZE])
{
    struct mn_slice tag = tag_at(line, 0);
    memset(entry, 0, sizeof *entry);
    text[0] = '\0';
    if (!entry_line_id(line, &entry->id))
        return false;
    entry->status = status_of(attribute(tag, MN_LITERAL(" status=\"")));
    entry->kind = attribute(tag, MN_LITERAL(" kind=\""));
    entry->bytes = number(attribute(tag, MN_LITERAL(" bytes=\"")));
    entry->milliseconds = number(attribute(tag, MN_LITERAL(" milliseconds=\"")));
    entry->has_source =
        read_hex(attribute(tag, MN_LITERAL(" sha256=\"")), entry->source_sha256.bytes, sizeof(struct mn_sha256));
    entry->has_key = read_hex(attribute(tag, MN_LITERAL(" key=\"")), entry->key.sha256.bytes, sizeof(struct mn_sha256));
    entry->has_record =
        read_hex(attribute(tag, MN_LITERAL(" record-sha256=\"")), entry->record_sha256.bytes, sizeof(struct mn_sha256));
    entry->reason = read_reason(line, text);
    read_counts(line, &entry->counts);
    entry->counts.documents = entry->status == MN_OK;
    entry->counts.bytes = entry->status == MN_OK ? entry->bytes : 0;
    size_t findings = 0;
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++)
        findings += entry->counts.kinds[i].findings;
    entry->counts.empty = entry->status == MN_OK && findings == 0;
    return entry->status < MN_STATUS_COUNT;
}

void entry_write_alone(struct mn_slice line, struct mn_writer *writer)
{
    static const struct mn_slice element = MN_LITERAL_ITEM("<document");
    mn_write(writer, element);
    mn_write_literal(writer, " xmlns=\"urn:minutiae:run:1\"");
    mn_write(writer, mn_slice_cut(line, element.size, line.size));
}

void entry_write_failure(struct mn_slice name, const struct mn_error *error, struct mn_writer *writer)
{
    struct mn_writer line;
    struct entry entry = {.id = entry_id(name), .name = name, .output = name, .status = error->status};
    entry.reason = mn_slice_of(error->message);
    mn_writer_init(&line, NULL);
    entry_write(&entry, &line);
    if (mn_writer_finish(&line, NULL) == MN_OK)
        entry_write_alone((struct mn_slice){line.data, line.size}, writer);
    else
        writer->status = MN_NO_MEMORY;
    mn_writer_free(&line);
}

void entry_write_failed(struct mn_slice line, const struct mn_error *error, struct mn_writer *writer)
{
    struct mn_slice tag = tag_at(line, 0);
    mn_write(writer, mn_slice_cut(tag, 0, find(tag, 0, MN_LITERAL(" status=\""))));
    mn_write_attribute(writer, "status", mn_slice_of(mn_status_word(error->status)));
    mn_write_attribute_number(writer, "bytes", number(attribute(tag, MN_LITERAL(" bytes=\""))));
    mn_write_attribute_number(writer, "milliseconds", number(attribute(tag, MN_LITERAL(" milliseconds=\""))));
    mn_write_literal(writer, "><failure>");
    mn_write_text(writer, mn_slice_of(error->message));
    mn_write_literal(writer, "</failure></document>\n");
}

void entry_write_reused(struct mn_slice line, struct mn_writer *writer)
{
    size_t behind_id = sizeof OPENING - 1 + ID_DIGITS + 1;
    mn_write(writer, mn_slice_cut(line, 0, behind_id));
    if (!mn_slice_starts(mn_slice_cut(line, behind_id, line.size), MN_LITERAL(REUSED)))
        mn_write_literal(writer, REUSED);
    mn_write(writer, mn_slice_cut(line, behind_id, line.size));
}
