/* What rules are held against is what the schema says. */
#include "record/fields.h"
#include "record/kinds.h"
#include <criterion/criterion.h>

static struct mn_arena *arena;
static struct mn_known_kind kinds[MN_RECORD_KNOWN_KINDS];

static void load(void)
{
    struct mn_error error;
    arena = mn_arena_create();
    cr_assert(arena);
    cr_assert_eq(mn_record_fields(MN_TEST_SOURCE_DIR "/schemas", arena, kinds, &error), MN_OK, "%s", error.message);
}

static void unload(void)
{
    mn_arena_destroy(arena);
}

TestSuite(fields, .init = load, .fini = unload);

static const struct mn_known_field *field(size_t kind, const char *name)
{
    for (size_t i = 0; i < kinds[kind].field_count; i++)
        if (mn_slice_equal(kinds[kind].fields[i].name, mn_slice_of(name)))
            return &kinds[kind].fields[i];
    cr_assert_fail("there is no field %s", name);
    return NULL;
}

static bool may_be(const struct mn_known_field *field, const char *value)
{
    for (size_t i = 0; i < field->value_count; i++)
        if (mn_slice_equal(field->values[i], mn_slice_of(value)))
            return true;
    return false;
}

Test(fields, every_kind_has_its_attributes_and_its_part)
{
    for (size_t i = 0; i < MN_FINDING_KIND_COUNT; i++) {
        cr_expect(mn_slice_equal(kinds[i].name, mn_slice_of(mn_record_kinds[i].element)) && kinds[i].is_finding);
        for (size_t a = 0; mn_record_kinds[i].attributes[a]; a++)
            field(i, mn_record_kinds[i].attributes[a]);
        if (mn_record_kinds[i].part)
            cr_expect_eq(field(i, mn_record_kinds[i].part)->value_count, 0);
    }
}

Test(fields, some_have_a_choice_of_values)
{
    cr_expect(may_be(field(MN_GRADE, "scale"), "care-inspectorate") && may_be(field(MN_GRADE, "scale"), "other"));
    cr_expect(may_be(field(MN_GRADE, "modality"), "generic") && !may_be(field(MN_GRADE, "modality"), "other"));
    cr_expect(may_be(field(MN_GRADE, "formal"), "true"));
    cr_expect(may_be(field(MN_RESOLUTION, "action"), "elect") && !may_be(field(MN_RESOLUTION, "action"), "elected"));
    cr_expect(may_be(field(MN_RESOLUTION, "outcome"), "lost") && may_be(field(MN_DEADLINE, "type"), "symbol"));
}

Test(fields, others_may_have_any)
{
    static const struct {
        size_t kind;
        const char *name;
    } open[] = {{MN_GRADE, "value"},        {MN_GRADE, "aspect"},     {MN_RECOMMENDATION, "by"},
                {MN_RECOMMENDATION, "due"}, {MN_DEADLINE, "due"},     {MN_DEADLINE, "earliest"},
                {MN_RESOLUTION, "abstain"}, {MN_RESOLUTION, "mover"}, {MN_FINDING_KIND_COUNT, "value"}};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        cr_expect(!field(open[i].kind, open[i].name)->values, "%s", open[i].name);
}

Test(fields, facts_have_names_and_roles)
{
    const struct mn_known_kind *facts = &kinds[MN_FINDING_KIND_COUNT];
    cr_expect(mn_slice_equal(facts->name, mn_slice_of("fact")) && !facts->is_finding);
    cr_expect(may_be(field(MN_FINDING_KIND_COUNT, "name"), "authority") &&
              may_be(field(MN_FINDING_KIND_COUNT, "name"), "unusable"));
    cr_expect(may_be(field(MN_FINDING_KIND_COUNT, "role"), "inspection-end"));
    const struct mn_known_kind *missing = &kinds[MN_FINDING_KIND_COUNT + 1];
    cr_expect(mn_slice_equal(missing->name, mn_slice_of("missing")) && !missing->is_finding);
    cr_expect(may_be(field(MN_FINDING_KIND_COUNT + 1, "reason"), "not-stated"));
}

Test(fields, a_schema_that_is_not_there_is_told)
{
    struct mn_error error;
    cr_expect_eq(mn_record_fields("/nowhere", arena, kinds, &error), MN_NOT_READABLE);
    cr_expect_str_eq(error.message, "/nowhere/record.rng: this schema cannot be used");
}
