#include "sample.h"

#include "record/record.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct mn_document *sample_create(const char *text)
{
    struct mn_document *document = mn_document_create(mn_arena_create());
    cr_assert_not_null(document);
    document->layer = MN_LAYER_INTERPRET;
    document->source = (struct mn_source){
        .name = MN_LITERAL("minutes.txt"), .media_type = MN_LITERAL("text/plain"), .size = strlen(text)};
    cr_assert(mn_sha256(mn_slice_of(text), &document->source.sha256));
    document->text = mn_slice_of(text);
    document->rules_sha256 = MN_LITERAL("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    return document;
}

void sample_free(struct mn_document *document)
{
    mn_arena_destroy(document->arena);
}

struct mn_field sample_words(const struct mn_document *document, const char *words)
{
    const char *found = strstr(document->text.data, words);
    cr_assert_not_null(found, "'%s' is not in the text", words);
    uint32_t start = (uint32_t)(found - document->text.data);
    return (struct mn_field){.start = start, .end = start + (uint32_t)strlen(words), .span = MN_NONE};
}

void sample_finding(struct mn_document *document, enum mn_finding_kind kind, const char *words)
{
    struct mn_field evidence = sample_words(document, words);
    struct mn_finding *finding = MN_APPEND(document->arena, &document->findings);
    cr_assert_not_null(finding);
    *finding = (struct mn_finding){
        .kind = kind, .rule = MN_LITERAL("pack.rule"), .start = evidence.start, .end = evidence.end, .node = MN_NONE};
}

static void add_field(struct mn_document *document, struct mn_fields *fields, struct mn_field field)
{
    struct mn_field *items = mn_arena_extend(document->arena, fields->items, fields->count * sizeof field,
                                             (fields->count + 1) * sizeof field);
    cr_assert_not_null(items);
    items[fields->count++] = field;
    fields->items = items;
}

void sample_attribute(struct mn_document *document, const char *name, const char *value)
{
    struct mn_field field = {.name = mn_slice_of(name), .value = mn_slice_of(value), .span = MN_NONE};
    add_field(document, &document->findings.items[document->findings.count - 1].attributes, field);
}

void sample_part(struct mn_document *document, const char *name, const char *words)
{
    struct mn_field field = sample_words(document, words);
    field.name = mn_slice_of(name);
    add_field(document, &document->findings.items[document->findings.count - 1].parts, field);
}

static void sample_item(struct mn_document *document, const char *number, const char *words)
{
    struct mn_field field = sample_words(document, words);
    field.name = MN_LITERAL("item");
    field.value = mn_slice_of(number);
    add_field(document, &document->findings.items[document->findings.count - 1].parts, field);
}

void sample_fact(struct mn_document *document, const char *name, const char *role, const char *value, const char *basis,
                 const char *words)
{
    struct mn_fact *fact = MN_APPEND(document->arena, &document->facts);
    cr_assert_not_null(fact);
    *fact =
        (struct mn_fact){mn_slice_of(name), mn_slice_of(role), mn_slice_of(value), mn_slice_of(basis), MN_EMPTY, 0, 0};
    if (words) {
        struct mn_field place = sample_words(document, words);
        fact->start = place.start;
        fact->end = place.end;
        fact->rule = MN_LITERAL("meeting.fact");
    }
}

static void add_facts(struct mn_document *document)
{
    sample_fact(document, "kind", "", "minutes", "stated", "Minutes");
    sample_fact(document, "status", "", "draft", "stated", NULL);
    sample_fact(document, "title", "", "Minutes of Caf\xC3\xA9 \"Hill\" & <Dale>", "stated", NULL);
    sample_fact(document, "authority", "", "Hill Parish Council", "stated", "Caf\xC3\xA9");
    sample_fact(document, "body", "", "", "stated", "Caf\xC3\xA9 Board");
    sample_fact(document, "date", "meeting", "2024-03-05", "given", NULL);
    sample_fact(document, "date", "next-meeting", "2024-06", "stated", "June 2024");
    sample_fact(document, "weather", "", "Rain", "stated", NULL); /* no place in the record */
}

static void add_grade(struct mn_document *document)
{
    sample_finding(document, MN_GRADE, "The caf\xC3\xA9 was\njudged good");
    document->findings.items[document->findings.count - 1].node = 1;
    sample_attribute(document, "scale", "ofsted");
    sample_attribute(document, "value", "good");
    sample_attribute(document, "modality", "asserted");
    sample_attribute(document, "aspect", "overall-effectiveness");
    sample_attribute(document, "formal", "true");
    sample_attribute(document, "assessor", "Ofsted");
    sample_part(document, "subject", "The caf\xC3\xA9");
}

static void add_resolution(struct mn_document *document)
{
    sample_finding(document, MN_RESOLUTION, "The motion was agreed");
    sample_attribute(document, "number", "2(a)");
    sample_attribute(document, "action", "agree");
    sample_attribute(document, "form", "narrative");
    sample_attribute(document, "mover",
                     "Cllr O\xE2\x80\x99"
                     "Brien");
    sample_attribute(document, "seconder", "Cllr Hill");
    sample_attribute(document, "for", "13");
    sample_attribute(document, "against", "0");
    sample_attribute(document, "abstain", "2");
    sample_attribute(document, "outcome", "carried");
    sample_attribute(document, "due", "P3M");
    sample_part(document, "motion", "that tea be served");
}

struct mn_document *sample_full(void)
{
    struct mn_document *document = sample_create(
        "Minutes of the Caf\xC3\xA9 Board\nThe caf\xC3\xA9 was\njudged good. 1. Paint the hall by 1 May.\n"
        "Moved that tea be served. The motion was agreed. Next: June 2024");
    struct mn_node *nodes = mn_arena_zero(document->arena, 2 * sizeof *nodes);
    cr_assert_not_null(nodes);
    nodes[1].page = 3;
    document->nodes.items = nodes;
    document->nodes.count = document->nodes.capacity = 2;
    document->source.charset = MN_LITERAL("windows-1252");
    document->source.charset_basis = MN_LITERAL("detected");
    document->language = MN_LITERAL("en-GB");
    add_facts(document);
    add_grade(document);
    sample_finding(document, MN_RECOMMENDATION, "Paint the hall by 1 May");
    sample_attribute(document, "number", "1");
    sample_attribute(document, "by", "Board");
    sample_attribute(document, "to", "Clerk");
    sample_attribute(document, "due", "--05-01");
    sample_finding(document, MN_DEADLINE, "by 1 May");
    sample_attribute(document, "due", "2024-05-01");
    sample_attribute(document, "earliest", "2024-05-01");
    sample_attribute(document, "latest", "2024-05-01");
    sample_attribute(document, "type", "date");
    sample_part(document, "what", "Paint the hall");
    sample_item(document, "7.1", "Minutes");
    add_resolution(document);
    struct mn_missing *missing = MN_APPEND(document->arena, &document->missing);
    cr_assert_not_null(missing);
    *missing = (struct mn_missing){.slot = MN_LITERAL("care-leavers"), .reason = MN_LITERAL("not-stated")};
    return document;
}

char *sample_record(const struct mn_document *document)
{
    struct mn_writer writer;
    struct mn_error error = {0};
    mn_writer_init(&writer, NULL);
    cr_assert_eq(mn_record_write(document, &writer, &error), MN_OK, "%s", error.message);
    cr_assert_eq(mn_writer_finish(&writer, &error), MN_OK, "%s", error.message);
    char *record = malloc(writer.size + 1);
    cr_assert_not_null(record);
    memcpy(record, writer.data, writer.size);
    record[writer.size] = '\0';
    mn_writer_free(&writer);
    return record;
}

char *sample_load(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s cannot be opened", path);
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    long end = ftell(file);
    cr_assert_geq(end, 0);
    rewind(file);
    char *bytes = malloc((size_t)end + 1);
    cr_assert_not_null(bytes);
    cr_assert_eq(fread(bytes, 1, (size_t)end, file), (size_t)end);
    bytes[end] = '\0';
    *size = (size_t)end;
    fclose(file);
    return bytes;
}
