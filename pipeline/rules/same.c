#include "rules/same.h"

static bool same_values(const struct mn_program *a, const struct mn_state *x, const struct mn_program *b,
                        const struct mn_state *y)
{
    if (x->op != MN_OP_LEXICON) /* of tokens they are places in the text */
        return true;
    if (x->value_count != y->value_count)
        return false;
    for (uint32_t i = 0; i < x->value_count; i++)
        if (a->values[x->values + i] != b->values[y->values + i])
            return false;
    return true;
}

static bool same_argument(const struct mn_program *a, const struct mn_state *x, const struct mn_program *b,
                          const struct mn_state *y)
{
    switch ((enum mn_op)x->op) {
    case MN_OP_OPEN:
    case MN_OP_CLOSE:
        return mn_slice_equal(a->captures[x->argument].name, b->captures[y->argument].name);
    case MN_OP_LOOK: {
        const struct mn_look *look = &a->looks[x->argument], *other = &b->looks[y->argument];
        return look->behind == other->behind && mn_same_program(look->program, other->program);
    }
    default:
        return x->argument == y->argument;
    }
}

/* States stand in the order in which they are tried, so equal patterns have equal programs. Look-arounds nest at most
 * three deep. */
bool mn_same_program(const struct mn_program *a, const struct mn_program *b)
{
    if (!a || !b)
        return a == b;
    if (a->state_count != b->state_count)
        return false;
    for (uint32_t i = 0; i < a->state_count; i++) {
        const struct mn_state *x = &a->states[i], *y = &b->states[i];
        if (x->op != y->op || x->test != y->test || x->by != y->by || x->negated != y->negated || x->next != y->next ||
            x->other != y->other || !same_argument(a, x, b, y) || !same_values(a, x, b, y))
            return false;
    }
    return true;
}

static bool same_programs(struct mn_program *const *a, size_t a_count, struct mn_program *const *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!mn_same_program(a[i], b[i]))
            return false;
    return true;
}

static bool same_columns(const struct mn_rule *a, const struct mn_rule *b)
{
    if (a->column_count != b->column_count || a->headers != b->headers || a->values != b->values)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (!mn_slice_equal(a->columns[i].name, b->columns[i].name) ||
            !mn_same_program(a->columns[i].header, b->columns[i].header) ||
            !mn_same_program(a->columns[i].cell, b->columns[i].cell))
            return false;
    return true;
}

bool mn_same_conditions(const struct mn_rule *a, const struct mn_rule *b)
{
    if (a->condition_count != b->condition_count)
        return false;
    for (size_t i = 0; i < a->condition_count; i++) {
        const struct mn_condition *x = &a->conditions[i], *y = &b->conditions[i];
        if (x->unless != y->unless || x->within != y->within || x->side != y->side || x->on_lead_in != y->on_lead_in ||
            x->in != y->in ||
            !mn_slice_equal(mn_rule_capture(a, x->near_capture), mn_rule_capture(b, y->near_capture)) ||
            !mn_same_program(x->program, y->program))
            return false;
    }
    return true;
}

bool mn_same_names(const struct mn_slice *a, size_t a_count, const struct mn_slice *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!mn_slice_equal(a[i], b[i]))
            return false;
    return true;
}

bool mn_find_the_same(const struct mn_rule *a, const struct mn_rule *b)
{
    return a->type == b->type && a->scope == b->scope && a->scope_span == b->scope_span && a->evidence == b->evidence &&
           a->items_from == b->items_from && mn_slice_equal(a->finds, b->finds) && mn_slice_equal(a->key, b->key) &&
           mn_same_names(a->sections, a->section_count, b->sections, b->section_count) &&
           mn_same_names(a->not_sections, a->not_section_count, b->not_sections, b->not_section_count) &&
           same_programs(a->patterns, a->pattern_count, b->patterns, b->pattern_count) &&
           same_programs(a->items, a->item_count, b->items, b->item_count) &&
           same_programs(a->nested, a->nested_count, b->nested, b->nested_count) && same_columns(a, b) &&
           mn_same_conditions(a, b);
}
