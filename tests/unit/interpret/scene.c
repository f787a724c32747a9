#include "scene.h"
#include "rules/rules.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define MOST_FIELDS 12

bool is(struct mn_slice slice, const char *text)
{
    return mn_slice_equal(slice, mn_slice_of(text));
}

void scene_begin(struct scene *scene)
{
    *scene = (struct scene){.arena = mn_arena_create()};
    scene->document = mn_document_create(scene->arena);
    scene->rules.rules = scene->rule;
    mn_builder_init(&scene->builder, scene->document);
}

void scene_end(struct scene *scene)
{
    mn_arena_destroy(scene->arena);
}

void scene_leaf(struct scene *scene, enum mn_node_kind kind, const char *text)
{
    cr_assert_neq(mn_builder_leaf(&scene->builder, kind, mn_slice_of(text), 0), MN_NONE);
}

void scene_list(struct scene *scene, const char *const *items, size_t count)
{
    mn_builder_open(&scene->builder, MN_LIST);
    for (size_t i = 0; i < count; i++) {
        mn_builder_open(&scene->builder, MN_ITEM);
        scene_leaf(scene, MN_P, items[i]);
        mn_builder_close(&scene->builder);
    }
    mn_builder_close(&scene->builder);
}

void scene_text(struct scene *scene)
{
    struct mn_error error;
    cr_assert_eq(mn_builder_finish(&scene->builder, &error), MN_OK);
}

struct mn_rule *scene_rule(struct scene *scene, const char *name)
{
    struct mn_rule *rule = &scene->rule[scene->rules.rule_count++];
    cr_assert_leq(scene->rules.rule_count, sizeof scene->rule / sizeof *scene->rule);
    *rule = (struct mn_rule){.name = mn_slice_of(name)};
    return rule;
}

struct mn_rule *scene_giver(struct scene *scene, const char *name, enum mn_give_from from, const char *to,
                            uint32_t within)
{
    struct mn_rule *rule = scene_rule(scene, name);
    rule->gives = mn_arena_zero(scene->document->arena, sizeof *rule->gives);
    cr_assert(rule->gives);
    *rule->gives = (struct mn_give){.number = (uint32_t)scene->rules.give_count++,
                                    .to = mn_slice_of(to),
                                    .from = from,
                                    .within = within,
                                    .tokens = UINT32_MAX};
    rule->give_count = 1;
    return rule;
}

/* The first occurrence of the words at `from` or behind it. */
static uint32_t place_of(const struct scene *scene, const char *words, uint32_t from)
{
    struct mn_slice text = scene->document->text;
    size_t size = strlen(words);
    for (size_t at = from; at + size <= text.size; at++)
        if (memcmp(text.data + at, words, size) == 0)
            return (uint32_t)at;
    cr_assert_fail("“%s” stands in the text", words);
    return 0;
}

static uint32_t leaf_of(const struct scene *scene, uint32_t byte)
{
    for (size_t i = 0; i < scene->document->nodes.count; i++) {
        const struct mn_node *node = &scene->document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->start <= byte && byte < node->end)
            return (uint32_t)i;
    }
    return MN_NONE;
}

static struct mn_span *last_span(const struct scene *scene)
{
    return &scene->document->spans.items[scene->document->spans.count - 1];
}

uint32_t scene_span(struct scene *scene, const char *rule, const char *kind, const char *words)
{
    uint32_t from = scene->document->spans.count ? last_span(scene)->start : 0;
    uint32_t start = place_of(scene, words, from);
    struct mn_span *span = MN_APPEND(scene->arena, &scene->document->spans);
    const struct mn_rule *known = mn_rules_find(&scene->rules, mn_slice_of(rule));
    *span = (struct mn_span){.rule = mn_slice_of(rule),
                             .kind = mn_slice_of(kind),
                             .priority = known ? known->priority : 0,
                             .start = start,
                             .end = start + (uint32_t)strlen(words),
                             .node = leaf_of(scene, start)};
    span->fields.items = mn_arena_zero(scene->arena, MOST_FIELDS * sizeof *span->fields.items);
    return (uint32_t)scene->document->spans.count - 1;
}

static struct mn_field *new_field(const struct scene *scene, const char *name)
{
    struct mn_fields *fields = &last_span(scene)->fields;
    struct mn_field *field = &fields->items[fields->count++];
    cr_assert_leq(fields->count, MOST_FIELDS);
    *field = (struct mn_field){.name = mn_slice_of(name), .span = MN_NONE};
    return field;
}

void scene_set(struct scene *scene, const char *name, const char *value)
{
    new_field(scene, name)->value = mn_slice_of(value);
}

void scene_words(struct scene *scene, const char *name, const char *words)
{
    struct mn_field *field = new_field(scene, name);
    uint32_t node = last_span(scene)->node;
    field->start = place_of(scene, words, scene->document->nodes.items[node].start);
    field->end = field->start + (uint32_t)strlen(words);
}

void scene_refer(struct scene *scene, const char *name, uint32_t span)
{
    struct mn_field *field = new_field(scene, name);
    field->span = span;
    field->start = scene->document->spans.items[span].start;
    field->end = scene->document->spans.items[span].end;
}

static void set_number(struct scene *scene, const char *name, int number)
{
    char text[16];
    int size = snprintf(text, sizeof text, "%d", number);
    if (number)
        new_field(scene, name)->value = mn_arena_copy(scene->arena, (struct mn_slice){text, (size_t)size});
}

uint32_t scene_date(struct scene *scene, const char *words, int year, int month, int day)
{
    uint32_t span = scene_span(scene, "dates.date", "time", words);
    scene_set(scene, "type", "date");
    set_number(scene, "year", year);
    set_number(scene, "month", month);
    set_number(scene, "day", day);
    return span;
}

void scene_interpret(struct scene *scene, const char *given)
{
    struct mn_error error = {0};
    struct mn_interpret_options options = {.date = mn_slice_of(given)};
    enum mn_status status = mn_interpret(scene->document, &scene->rules, &options, &error);
    cr_assert_eq(status, MN_OK, "%s", error.message);
    cr_assert_eq(scene->document->layer, MN_LAYER_INTERPRET);
}

bool scene_has(const struct scene *scene, size_t finding, const char *name, const char *value)
{
    if (finding >= scene->document->findings.count)
        return false;
    const struct mn_fields *attributes = &scene->document->findings.items[finding].attributes;
    const struct mn_field *field = mn_fields_find(attributes, mn_slice_of(name));
    return is(field ? field->value : MN_EMPTY, value);
}

const struct mn_fact *scene_fact(const struct scene *scene, const char *name, const char *role)
{
    for (size_t i = 0; i < scene->document->facts.count; i++) {
        const struct mn_fact *fact = &scene->document->facts.items[i];
        if (is(fact->name, name) && is(fact->role, role))
            return fact;
    }
    return NULL;
}
