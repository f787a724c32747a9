#include "describe.h"

static const enum attribute main_attributes[] = {
    [KIND_GRADE] = ATTRIBUTE_VALUE,
    [KIND_RECOMMENDATION] = ATTRIBUTE_NUMBER,
    [KIND_DEADLINE] = ATTRIBUTE_DUE,
    [KIND_RESOLUTION] = ATTRIBUTE_ACTION,
};
_Static_assert(sizeof main_attributes / sizeof *main_attributes == KIND_COUNT, "every kind has a main attribute");

enum attribute main_attribute(enum kind kind)
{
    return main_attributes[kind];
}

void describe_value(struct mn_writer *writer, put_text *put, const struct finding *finding, enum attribute attribute)
{
    struct mn_slice value = attribute_value(finding, attribute);
    put(writer, mn_slice_of(attribute_name(attribute)));
    mn_write_char(writer, '=');
    put(writer, value.size ? value : MN_LITERAL("-"));
}

void describe_values(struct mn_writer *writer, put_text *put, const struct finding *finding)
{
    describe_value(writer, put, finding, main_attribute(finding->kind));
    if (finding->kind != KIND_GRADE)
        return;
    mn_write_char(writer, ' ');
    describe_value(writer, put, finding, ATTRIBUTE_MODALITY);
}

void describe_finding(struct mn_writer *writer, put_text *put, const struct finding *finding)
{
    const struct quote *quote = &finding->quotes[0];
    describe_values(writer, put, finding);
    if (quote->placed) {
        mn_write_literal(writer, " at ");
        mn_write_number(writer, quote->start);
    }
    put(writer, MN_LITERAL(" \""));
    put(writer, quote->text);
    put(writer, MN_LITERAL("\""));
    if (finding->attributes[ATTRIBUTE_RULE].size) {
        mn_write_literal(writer, " by ");
        put(writer, finding->attributes[ATTRIBUTE_RULE]);
    }
}

void describe_fact(struct mn_writer *writer, put_text *put, enum fact fact, const struct record *record)
{
    struct mn_slice words = record->facts[fact].words;
    put(writer, mn_slice_of(fact_name(fact)));
    mn_write_char(writer, '=');
    put(writer, words.size ? words : MN_LITERAL("-"));
}

void describe_document(struct mn_writer *writer, put_text *put, const struct document *document)
{
    put(writer, document->folder);
    mn_write_char(writer, '/');
    put(writer, document->name);
}
