#include "record/about.h"

#include "base/utf8.h"
#include "interpret/interpret.h"

void mn_indent(const struct mn_recording *recording, unsigned depth)
{
    while (depth--)
        mn_write_literal(recording->out, "  ");
}

void mn_write_range(const struct mn_recording *recording, uint32_t start, uint32_t end)
{
    mn_write_attribute_number(recording->out, "start", mn_offsets_code_point(&recording->offsets, start));
    mn_write_attribute_number(recording->out, "end", mn_offsets_code_point(&recording->offsets, end));
}

void mn_write_evidence(const struct mn_recording *recording, unsigned depth, uint32_t start, uint32_t end,
                       uint32_t page)
{
    mn_indent(recording, depth);
    mn_write_literal(recording->out, "<evidence");
    mn_write_range(recording, start, end);
    if (page)
        mn_write_attribute_number(recording->out, "page", page);
    mn_write_literal(recording->out, ">\n");
    mn_indent(recording, depth + 1);
    mn_write_literal(recording->out, "<quote>");
    mn_write_text(recording->out, mn_document_text(recording->document, start, end));
    mn_write_literal(recording->out, "</quote>\n");
    mn_indent(recording, depth);
    mn_write_literal(recording->out, "</evidence>\n");
}

/* An attribute that is left out when it has no value. */
static void write_optional(const struct mn_recording *recording, const char *name, struct mn_slice value)
{
    if (value.size)
        mn_write_attribute(recording->out, name, value);
}

struct mn_slice mn_valid_name(struct mn_arena *arena, struct mn_slice name)
{
    size_t size = 0;
    if (mn_utf8_valid_prefix(name) == name.size)
        return name.size ? name : MN_LITERAL("-");
    char *copy = mn_arena_alloc(arena, 3 * name.size);
    if (!copy)
        return MN_EMPTY;
    while (name.size) {
        size_t valid = mn_utf8_valid_prefix(name);
        memcpy(copy + size, name.data, valid);
        size += valid;
        if (valid < name.size)
            size += mn_utf8_encode(0xFFFD, copy + size);
        valid += valid < name.size;
        name = mn_slice_cut(name, valid, name.size);
    }
    return (struct mn_slice){copy, size};
}

static void write_source(const struct mn_recording *recording)
{
    const struct mn_source *source = &recording->document->source;
    char sha256[64];
    mn_sha256_hex(&source->sha256, sha256);
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "<source");
    mn_write_attribute(recording->out, "name", recording->name);
    mn_write_attribute(recording->out, "media-type", source->media_type);
    mn_write_attribute_number(recording->out, "bytes", source->size);
    mn_write_attribute(recording->out, "sha256", (struct mn_slice){sha256, sizeof sha256});
    write_optional(recording, "charset", source->charset);
    write_optional(recording, "charset-basis", source->charset_basis);
    write_optional(recording, "url", source->url);
    write_optional(recording, "retrieved", source->retrieved);
    mn_write_literal(recording->out, "/>\n");
}

static void write_text_line(const struct mn_recording *recording)
{
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "<text");
    mn_write_attribute(recording->out, "sha256",
                       (struct mn_slice){recording->text_sha256, sizeof recording->text_sha256});
    mn_write_attribute_number(recording->out, "length", mn_utf8_length(recording->document->text));
    mn_write_literal(recording->out, "/>\n");
}

static const struct mn_fact *find_fact(const struct mn_document *document, const char *name)
{
    for (size_t i = 0; i < document->facts.count; i++)
        if (mn_slice_equal(document->facts.items[i].name, mn_slice_of(name)))
            return &document->facts.items[i];
    return NULL;
}

/* draft, where the document says so. */
static void write_status(const struct mn_recording *recording)
{
    const struct mn_fact *fact = find_fact(recording->document, "status");
    if (fact && mn_slice_equal(fact->value, MN_LITERAL("draft")))
        mn_write_attribute(recording->out, "status", fact->value);
}

/* The document's kind, if it is one of the record's. */
static struct mn_slice document_kind(const struct mn_document *document)
{
    static const char *const kinds[] = {"minutes", "inspection-report", "evidence", "agenda", "other"};
    const struct mn_fact *fact = find_fact(document, "kind");
    for (size_t i = 0; fact && i < sizeof kinds / sizeof *kinds; i++)
        if (mn_slice_equal(fact->value, mn_slice_of(kinds[i])))
            return fact->value;
    return MN_LITERAL("other");
}

static bool is_ascii_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Has it the form of a BCP 47 tag: letters, then groups of letters and digits, up to eight each? Pages state all kinds
 * of things. */
static bool is_language(struct mn_slice language)
{
    size_t group = 0;
    bool first = true;
    for (size_t i = 0; i < language.size; i++) {
        char byte = language.data[i];
        if (byte == '-' && group > 0) {
            group = 0;
            first = false;
        } else if (group < 8 && (is_ascii_letter(byte) || (!first && byte >= '0' && byte <= '9'))) {
            group++;
        } else {
            return false;
        }
    }
    return group > 0;
}

static void write_fact_attributes(const struct mn_recording *recording, const struct mn_fact *fact)
{
    write_optional(recording, "basis", fact->basis);
    write_optional(recording, "rule", fact->rule);
    if (fact->end > fact->start)
        mn_write_range(recording, fact->start, fact->end);
}

/* The same but for line ends, which are spaces in a value. */
static bool are_words(struct mn_slice value, struct mn_slice words)
{
    bool same = value.size == words.size;
    for (size_t i = 0; same && i < value.size; i++)
        same = value.data[i] == words.data[i] || (value.data[i] == ' ' && words.data[i] == '\n');
    return same;
}

static void write_fact_element(const struct mn_recording *recording, const struct mn_fact *fact, struct mn_slice name,
                               struct mn_slice content)
{
    mn_indent(recording, 2);
    mn_write_char(recording->out, '<');
    mn_write(recording->out, fact->name);
    write_optional(recording, "name", name);
    write_fact_attributes(recording, fact);
    mn_write_char(recording->out, '>');
    mn_write_text(recording->out, content);
    mn_write_literal(recording->out, "</");
    mn_write(recording->out, fact->name);
    mn_write_literal(recording->out, ">\n");
}

/* The document's words; what the rules call it by stands beside them. */
static void write_named_fact(const struct mn_recording *recording, const char *name)
{
    const struct mn_fact *fact = find_fact(recording->document, name);
    if (!fact || (fact->value.size == 0 && fact->start == fact->end))
        return;
    struct mn_slice words = mn_document_text(recording->document, fact->start, fact->end);
    if (fact->value.size == 0)
        write_fact_element(recording, fact, MN_EMPTY, words);
    else if (words.size == 0)
        write_fact_element(recording, fact, MN_EMPTY, fact->value);
    else if (are_words(fact->value, words))
        write_fact_element(recording, fact, MN_EMPTY, words);
    else
        write_fact_element(recording, fact, fact->value, words);
}

static bool is_date(const struct mn_fact *fact)
{
    return mn_slice_equal(fact->name, MN_LITERAL("date")) && fact->value.size;
}

/* It was chosen by its scheme, not found by a rule; its words are those of the report, or else its title. */
static void write_framework(const struct mn_recording *recording)
{
    const struct mn_fact *fact = find_fact(recording->document, "framework");
    if (!fact)
        return;
    bool stands = fact->end > fact->start;
    mn_indent(recording, 2);
    mn_write_literal(recording->out, "<framework");
    mn_write_attribute(recording->out, "scheme", fact->rule);
    mn_write_attribute(recording->out, "title", fact->value);
    mn_write_attribute(recording->out, "by", fact->role);
    mn_write_attribute(recording->out, "basis", fact->basis);
    if (stands)
        mn_write_range(recording, fact->start, fact->end);
    mn_write_char(recording->out, '>');
    mn_write_text(recording->out, stands ? mn_document_text(recording->document, fact->start, fact->end) : fact->value);
    mn_write_literal(recording->out, "</framework>\n");
}

static void write_dates(const struct mn_recording *recording)
{
    const struct mn_document *document = recording->document;
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        if (!is_date(fact))
            continue;
        mn_indent(recording, 2);
        mn_write_literal(recording->out, "<date");
        mn_write_attribute(recording->out, "role", fact->role);
        mn_write_attribute(recording->out, "when", fact->value);
        write_fact_attributes(recording, fact);
        mn_write_literal(recording->out, "/>\n");
    }
}

static void write_document(const struct mn_recording *recording)
{
    static const char *const named[] = {"title", "authority", "body"};
    static const char *const people_and_place[] = {"inspector", "venue", "present"};
    const struct mn_document *document = recording->document;
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "<document");
    mn_write_attribute(recording->out, "kind", document_kind(document));
    write_status(recording);
    mn_write_attribute(recording->out, "xml:lang",
                       is_language(document->language) ? document->language : MN_LITERAL("en"));
    mn_write_literal(recording->out, ">\n");
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        write_named_fact(recording, named[i]);
    write_framework(recording);
    for (size_t i = 0; i < sizeof people_and_place / sizeof *people_and_place; i++)
        write_named_fact(recording, people_and_place[i]);
    write_dates(recording);
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "</document>\n");
}

void mn_write_head(const struct mn_recording *recording)
{
    write_source(recording);
    write_text_line(recording);
    write_document(recording);
}

/* The page of the leaf that holds the byte; 0 where there is none. */
static uint32_t page_at(const struct mn_document *document, uint32_t byte)
{
    for (size_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW && node->start <= byte && byte < node->end)
            return mn_node_page(node, byte);
    }
    return 0;
}

static void write_ground(const struct mn_recording *recording, uint32_t start, uint32_t end)
{
    if (end > start)
        mn_write_evidence(recording, 2, start, end, page_at(recording->document, start));
}

static void write_missing_one(const struct mn_recording *recording, const struct mn_missing *missing)
{
    bool empty = missing->start == missing->end && missing->other_start == missing->other_end;
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "<missing");
    mn_write_attribute(recording->out, "slot", missing->slot);
    mn_write_attribute(recording->out, "reason", missing->reason);
    if (empty) {
        mn_write_literal(recording->out, "/>\n");
        return;
    }
    mn_write_literal(recording->out, ">\n");
    write_ground(recording, missing->start, missing->end);
    write_ground(recording, missing->other_start, missing->other_end);
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "</missing>\n");
}

static void write_missing(const struct mn_recording *recording)
{
    for (size_t i = 0; i < recording->document->missing.count; i++)
        write_missing_one(recording, &recording->document->missing.items[i]);
}

/* The date that interpret saw the document's times from; null when it had none. */
static const struct mn_fact *find_anchor(const struct mn_document *document)
{
    struct mn_date anchor = mn_anchor_choose(document);
    for (size_t i = 0; anchor.year && i < document->facts.count; i++) {
        const struct mn_fact *fact = &document->facts.items[i];
        struct mn_time_value time = {0};
        if (is_date(fact))
            mn_time_of_edtf(fact->value, &time);
        if (time.latest.year && mn_date_compare(time.latest, mn_date_last(anchor)) == 0)
            return fact;
    }
    return NULL;
}

static void write_provenance(const struct mn_recording *recording)
{
    const struct mn_fact *anchor = find_anchor(recording->document);
    mn_indent(recording, 1);
    mn_write_literal(recording->out, "<provenance tool=\"minutiae\" version=\"" MN_VERSION "\"");
    mn_write_attribute(recording->out, "rules-sha256", recording->document->rules_sha256);
    if (anchor) {
        mn_write_attribute(recording->out, "anchor", anchor->value);
        write_optional(recording, "anchor-basis", anchor->basis);
    }
    mn_write_literal(recording->out, "/>\n");
}

void mn_write_tail(const struct mn_recording *recording)
{
    write_missing(recording);
    write_provenance(recording);
}
