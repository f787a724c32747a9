#include "record/record.h"

#include "record/about.h"
#include "record/ids.h"
#include "record/kinds.h"

static void write_tag(const struct mn_recording *recording, const char *opening, const char *name)
{
    mn_write(recording->out, mn_slice_of(opening));
    mn_write(recording->out, mn_slice_of(name));
}

/* subject, what: the words in one line. */
static void write_words(const struct mn_recording *recording, const char *name, const struct mn_field *part)
{
    mn_indent(recording, 2);
    write_tag(recording, "<", name);
    mn_write_range(recording, part->start, part->end);
    mn_write_char(recording->out, '>');
    mn_write_text(recording->out, mn_document_text(recording->document, part->start, part->end));
    write_tag(recording, "</", name);
    mn_write_literal(recording->out, ">\n");
}

/* motion: an evidence of its own. */
static void write_holder(const struct mn_recording *recording, const char *name, const struct mn_field *part)
{
    mn_indent(recording, 2);
    write_tag(recording, "<", name);
    mn_write_literal(recording->out, ">\n");
    mn_write_evidence(recording, 3, part->start, part->end, 0);
    mn_indent(recording, 2);
    write_tag(recording, "</", name);
    mn_write_literal(recording->out, ">\n");
}

/* The item of the agenda: its number, where it has one, and its words. */
static void write_item(const struct mn_recording *recording, const struct mn_finding *finding)
{
    const struct mn_field *item = mn_fields_find(&finding->parts, MN_LITERAL("item"));
    if (!item || item->end <= item->start)
        return;
    mn_indent(recording, 2);
    mn_write_literal(recording->out, "<item");
    if (item->value.size)
        mn_write_attribute(recording->out, "number", item->value);
    mn_write_range(recording, item->start, item->end);
    mn_write_char(recording->out, '>');
    mn_write_text(recording->out, mn_document_text(recording->document, item->start, item->end));
    mn_write_literal(recording->out, "</item>\n");
}

static uint32_t page_of(const struct mn_document *document, const struct mn_finding *finding)
{
    return finding->node < document->nodes.count ? mn_node_page(&document->nodes.items[finding->node], finding->start)
                                                 : 0;
}

static void write_opening(const struct mn_recording *recording, const struct mn_finding *finding,
                          const struct mn_id *id)
{
    mn_indent(recording, 1);
    write_tag(recording, "<", mn_record_kinds[finding->kind].element);
    mn_id_write(recording->out, id);
    for (const char *const *name = mn_record_kinds[finding->kind].attributes; *name; name++) {
        const struct mn_field *attribute = mn_fields_find(&finding->attributes, mn_slice_of(*name));
        if (attribute && attribute->value.size)
            mn_write_attribute(recording->out, *name, attribute->value);
    }
    mn_write_attribute(recording->out, "rule", finding->rule);
    mn_write_literal(recording->out, ">\n");
}

static void write_finding(const struct mn_recording *recording, const struct mn_finding *finding,
                          const struct mn_id *id)
{
    const struct mn_record_kind *kind = &mn_record_kinds[finding->kind];
    const struct mn_field *part = kind->part ? mn_fields_find(&finding->parts, mn_slice_of(kind->part)) : NULL;
    write_opening(recording, finding, id);
    if (part && part->end > part->start && !kind->part_holds_evidence)
        write_words(recording, kind->part, part);
    mn_write_evidence(recording, 2, finding->start, finding->end, page_of(recording->document, finding));
    if (part && part->end > part->start && kind->part_holds_evidence)
        write_holder(recording, kind->part, part);
    write_item(recording, finding);
    mn_indent(recording, 1);
    write_tag(recording, "</", kind->element);
    mn_write_literal(recording->out, ">\n");
}

static void write_findings(const struct mn_recording *recording, const struct mn_id *ids)
{
    const struct mn_document *document = recording->document;
    for (unsigned kind = 0; kind < MN_FINDING_KIND_COUNT; kind++)
        for (size_t i = 0; i < document->findings.count; i++)
            if (document->findings.items[i].kind == kind)
                write_finding(recording, &document->findings.items[i], &ids[i]);
}

/* Everything that can fail, before anything is written. */
static enum mn_status prepare(struct mn_recording *recording, struct mn_id **ids, struct mn_error *error)
{
    const struct mn_document *document = recording->document;
    struct mn_sha256 digest;
    if (!mn_sha256(document->text, &digest))
        return mn_fail(error, MN_INTERNAL, "SHA-256 is not available; check the installation of libcrypto");
    mn_sha256_hex(&digest, recording->text_sha256);
    recording->name = mn_valid_name(document->arena, document->source.name);
    if (!recording->name.data || !mn_offsets_init(&recording->offsets, document->arena, document->text))
        return mn_fail_memory(error);
    struct mn_slice sha256 = {recording->text_sha256, sizeof recording->text_sha256};
    return mn_ids_make(document, &recording->offsets, sha256, ids, error);
}

enum mn_status mn_record_write(const struct mn_document *document, struct mn_writer *writer, struct mn_error *error)
{
    struct mn_recording recording = {.document = document, .out = writer};
    struct mn_id *ids = NULL;
    enum mn_status status = prepare(&recording, &ids, error);
    if (status != MN_OK)
        return status;
    mn_write_literal(writer, "<record xmlns=\"urn:minutiae:record:1\">\n");
    mn_write_head(&recording);
    write_findings(&recording, ids);
    mn_write_tail(&recording);
    mn_write_literal(writer, "</record>\n");
    return MN_OK;
}
