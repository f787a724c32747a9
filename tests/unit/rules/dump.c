/* Compiled rules as text, for goldens. */
#include "support.h"

#include "lexis/cut.h"
#include "lexis/forms.h"
#include <criterion/criterion.h>
#include <stdio.h>

static const char *const scopes[] = {"sentence", "block", "head",    "item",    "list",     "cell",
                                     "row",      "table", "section", "opening", "document", "span"};
static const char *const types[] = {"rule", "list-rule", "table-rule", "section-rule"};
static const char *const evidences[] = {"match", "sentence", "block", "item"};
static const char *const sides[] = {"either", "before", "after"};
static const char *const givers[] = {"", "inside", "before", "after", "around"};
static const char *const shapes[] = {"exact", "fold", "stem"};
static const char *const origins[] = {"list", "paragraphs", "either"};

static void dump_reference(struct mn_writer *out, const struct mn_rules *rules, uint32_t number)
{
    const struct mn_span_reference *reference = &rules->references[number];
    print(out, "@%.*s%s", MN_SLICE_ARGS(reference->name), reference->is_rule ? " (rule)" : "");
}

static void dump_values(struct mn_writer *out, const struct mn_rules *rules, const struct mn_program *program,
                        const struct mn_state *state)
{
    for (uint32_t i = 0; i < state->value_count; i++) {
        struct mn_slice value = mn_vocabulary_value(rules->vocabulary, program->values[state->values + i]);
        print(out, "%s%.*s", i ? "|" : "=", MN_SLICE_ARGS(value));
    }
}

static void dump_operation(struct mn_writer *out, const struct mn_rules *rules, const struct mn_program *program,
                           const struct mn_state *state)
{
    struct mn_slice source = mn_rules_element(rules, program, state, rules->arena);
    switch ((enum mn_op)state->op) {
    case MN_OP_ACCEPT:
        print(out, "accept");
        break;
    case MN_OP_TOKEN:
        print(out, "token %s%s %.*s", state->negated ? "not " : "",
              state->test == MN_TEST_ANY     ? "any"
              : state->test == MN_TEST_CLASS ? "class"
              : state->test == MN_TEST_SET   ? "set"
                                             : shapes[state->by],
              MN_SLICE_ARGS(source));
        if (state->definition < rules->definition_count)
            print(out, " in $%.*s", MN_SLICE_ARGS(rules->definitions[state->definition].name));
        break;
    case MN_OP_LEXICON:
        print(out, "lexicon %.*s", MN_SLICE_ARGS(mn_vocabulary_lexicon_name(rules->vocabulary, state->argument)));
        dump_values(out, rules, program, state);
        break;
    case MN_OP_SPAN:
        print(out, "span ");
        dump_reference(out, rules, state->argument);
        break;
    case MN_OP_SPLIT:
        print(out, "split else %u", state->other);
        break;
    case MN_OP_OPEN:
    case MN_OP_CLOSE:
        print(out, "%s %.*s", state->op == MN_OP_OPEN ? "open" : "close",
              MN_SLICE_ARGS(program->captures[state->argument].name));
        break;
    case MN_OP_START:
        print(out, "start");
        break;
    case MN_OP_END:
        print(out, "end");
        break;
    case MN_OP_LOOK:
        print(out, "look %u%s", state->argument, state->negated ? " not" : "");
        break;
    case MN_OP_COUNT:
        cr_assert_fail();
    }
}

/* Look-arounds hold programs: those nested in them are not shown, only counted. */
static void dump_states(struct mn_writer *out, const struct mn_rules *rules, const struct mn_program *program,
                        const char *indentation)
{
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        cr_assert(state->op < MN_OP_COUNT && state->next < program->state_count && state->other < program->state_count);
        print(out, "%s%u ", indentation, i);
        dump_operation(out, rules, program, state);
        if (state->op != MN_OP_ACCEPT)
            print(out, " > %u", state->next);
        print(out, "\n");
    }
}

static void dump_atom(struct mn_writer *out, const struct mn_rules *rules, const struct mn_atom *atom)
{
    static const char *const kinds[] = {"symbol", "class", "lexicon", "span"};
    if (atom->kind == MN_ATOM_SPAN) {
        print(out, " ");
        dump_reference(out, rules, atom->id);
    } else if (atom->kind == MN_ATOM_SYMBOL)
        print(out, " %s %u", shapes[atom->by], atom->id);
    else
        print(out, " %s %u", kinds[atom->kind], atom->id);
}

/* What a way begins with. */
static void dump_first(struct mn_writer *out, const struct mn_rules *rules, const struct mn_program *program,
                       uint32_t number)
{
    const struct mn_first *first = &program->firsts[number];
    uint32_t count = 0;
    if (number == 0)
        print(out, " anything");
    else if (first->state)
        print(out, " state %u", first->state - 1);
    const struct mn_atom *atoms =
        number && first->set ? mn_vocabulary_atoms(rules->vocabulary, MN_SET_TEST, first->set, &count) : NULL;
    for (uint32_t i = 0; i < count; i++)
        dump_atom(out, rules, &atoms[i]);
    for (uint32_t i = 0; number && i < rules->reference_count; i++)
        if (first->spans & mn_span_bit(i)) {
            print(out, " ");
            dump_reference(out, rules, i);
        }
}

/* What a match cannot do without. */
static void dump_needs(struct mn_writer *out, const struct mn_rules *rules, const struct mn_program *program)
{
    uint32_t count = 0, marks = program->mark_count - (uint32_t)(program->key != 0);
    const struct mn_atom *atoms = NULL;
    if (program->key)
        atoms = mn_vocabulary_atoms(rules->vocabulary, MN_SET_KEY, program->key, &count);
    if (!count && !marks && !program->first)
        return;
    print(out, "    needs");
    for (uint32_t i = 0; i < count; i++)
        dump_atom(out, rules, &atoms[i]);
    if (count && program->key_most == UINT32_MAX)
        print(out, " from %u on", program->key_least);
    else if (count)
        print(out, " at %u-%u", program->key_least, program->key_most);
    print(out, " and %u more, first", marks);
    dump_first(out, rules, program, program->first);
    print(out, "%s\n", program->floats ? ", floats" : "");
}

static void dump_program(struct mn_writer *out, const struct mn_rules *rules, const char *what,
                         const struct mn_program *program)
{
    print(out, "  %s line %u%s\n", what, program->line, program->anchored ? " anchored" : "");
    dump_needs(out, rules, program);
    for (uint32_t i = 0; i < program->capture_count; i++)
        print(out, "    capture %.*s%s%s\n", MN_SLICE_ARGS(program->captures[i].name),
              program->captures[i].lexicon_value ? " lexicon" : "", program->captures[i].span ? " span" : "");
    dump_states(out, rules, program, "    ");
    for (uint32_t i = 0; i < program->look_count; i++) {
        const struct mn_look *look = &program->looks[i];
        print(out, "    look %u %s %u-%u\n", i, look->behind ? "behind" : "ahead", look->shortest, look->longest);
        dump_states(out, rules, look->program, "      ");
    }
}

static void dump_condition(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule,
                           const struct mn_condition *condition)
{
    print(out, "  %s", condition->unless ? "unless" : "requires");
    if (condition->near_capture != MN_NO_SYMBOL)
        print(out, " near %.*s", MN_SLICE_ARGS(rule->patterns[0]->captures[condition->near_capture].name));
    if (condition->within != UINT32_MAX)
        print(out, " within %u", condition->within);
    if (condition->in != MN_SCOPE_COUNT)
        print(out, " in %s", scopes[condition->in]);
    print(out, " side %s%s\n", sides[condition->side], condition->on_lead_in ? " lead-in" : "");
    dump_program(out, rules, "condition", condition->program);
}

static void dump_examples(struct mn_writer *out, const struct mn_rule *rule)
{
    for (size_t i = 0; i < rule->example_count; i++) {
        const struct mn_example *example = &rule->examples[i];
        print(out, "  %sexample line %u date '%.*s'\n", example->counter ? "counter" : "", example->line,
              MN_SLICE_ARGS(example->date));
        print(out, "    <<%.*s>>\n", MN_SLICE_ARGS(example->text));
        for (size_t m = 0; m < example->mark_count; m++) {
            const struct mn_field_mark *mark = &example->marks[m];
            cr_assert(mark->start <= mark->end && mark->end <= example->text.size);
            print(out, "    %u-%u %.*s '%.*s'", mark->start, mark->end, MN_SLICE_ARGS(mark->name),
                  (int)(mark->end - mark->start), example->text.data + mark->start);
            print(out, mark->value.size ? " is '%.*s'\n" : "%.*s\n", MN_SLICE_ARGS(mark->value));
        }
    }
}

static void dump_head(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    print(out, "%u %s %.*s line %u finds %.*s in %s", rule->number, types[rule->type], MN_SLICE_ARGS(rule->name),
          rule->line, MN_SLICE_ARGS(rule->finds), scopes[rule->scope]);
    if (rule->scope == MN_IN_SPAN)
        dump_reference(out, rules, rule->scope_span);
    print(out, "%s priority %d evidence %s", rule->off ? " off" : "", rule->priority, evidences[rule->evidence]);
    if (rule->overlaps)
        print(out, " overlaps");
    if (rule->key.size)
        print(out, " key %.*s", MN_SLICE_ARGS(rule->key));
    for (size_t i = 0; i < rule->section_count; i++)
        print(out, " section %.*s", MN_SLICE_ARGS(rule->sections[i]));
    for (size_t i = 0; i < rule->not_section_count; i++)
        print(out, " not-section %.*s", MN_SLICE_ARGS(rule->not_sections[i]));
    if (rule->type == MN_LIST_RULE)
        print(out, " items %s", origins[rule->items_from]);
    if (rule->headers)
        print(out, " headers %s", rule->headers == MN_HEADERS_SIDE ? "side" : "either");
    if (rule->values)
        print(out, " values %s", rule->values == MN_VALUES_BELOW ? "below" : "either");
    if (rule->kind != MN_NO_SYMBOL)
        cr_assert(mn_slice_equal(rules->references[rule->kind].name, rule->finds));
    print(out, "\n");
    for (size_t i = 0; i < rule->set_count; i++)
        print(out, "  set %.*s=%.*s\n", MN_SLICE_ARGS(rule->sets[i].name), MN_SLICE_ARGS(rule->sets[i].value));
    for (size_t i = 0; i < rule->give_count; i++) {
        const struct mn_give *give = &rule->gives[i];
        bool all = give->from == MN_GIVE_ALL;
        print(out, "  give to %.*s %s %s within %u tokens %u priority %d\n", MN_SLICE_ARGS(give->to),
              all ? "in" : "from", all ? scopes[give->in] : givers[give->from], give->within, give->tokens,
              give->priority);
        if (give->lacking.size)
            print(out, "    lacking %.*s\n", MN_SLICE_ARGS(give->lacking));
    }
}

static const char *const pattern_names[] = {[MN_PATTERN_RULE] = "pattern",
                                            [MN_LIST_RULE] = "lead-in",
                                            [MN_TABLE_RULE] = "label",
                                            [MN_SECTION_RULE] = "pattern"};

static void dump_rule(struct mn_writer *out, const struct mn_rules *rules, const struct mn_rule *rule)
{
    dump_head(out, rules, rule);
    for (size_t i = 0; i < rule->pattern_count; i++)
        dump_program(out, rules, pattern_names[rule->type], rule->patterns[i]);
    for (size_t i = 0; i < rule->item_count; i++)
        dump_program(out, rules, rule->type == MN_LIST_RULE ? "item" : "value", rule->items[i]);
    for (size_t i = 0; i < rule->nested_count; i++)
        dump_program(out, rules, "nested", rule->nested[i]);
    for (size_t i = 0; i < rule->column_count; i++) {
        print(out, "  column %.*s\n", MN_SLICE_ARGS(rule->columns[i].name));
        dump_program(out, rules, "header", rule->columns[i].header);
        if (rule->columns[i].cell)
            dump_program(out, rules, "cell", rule->columns[i].cell);
    }
    for (size_t i = 0; i < rule->condition_count; i++)
        dump_condition(out, rules, rule, &rule->conditions[i]);
    dump_examples(out, rule);
}

static bool has_number(const uint32_t *numbers, size_t count, uint32_t number)
{
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

/* The numbers of the rules that have one of these keys. */
static void dump_keyed(struct mn_writer *out, const struct mn_rules *rules, const uint32_t *keys, size_t count)
{
    print(out, " triggers");
    for (size_t r = 0; r < rules->rule_count; r++)
        for (size_t k = 0; k < rules->rules[r].key_count; k++)
            if (has_number(keys, count, rules->rules[r].keys[k])) {
                print(out, " %zu", r);
                break;
            }
    print(out, "\n");
}

/* What triggers what: the words of the examples with the rules they are keys of, then spans, then what runs always. */
static void dump_triggers(struct mn_writer *out, const struct mn_rules *rules)
{
    struct mn_forms *forms = mn_forms_create(rules->vocabulary);
    size_t seen = 0;
    cr_assert(forms);
    for (size_t r = 0; r < rules->rule_count; r++)
        for (size_t e = 0; e < rules->rules[r].example_count; e++) {
            struct mn_slice text = rules->rules[r].examples[e].text, token;
            for (size_t position = 0; mn_cut_next(text, &position, &token);) {
                uint32_t id = mn_forms_intern(forms, token);
                const struct mn_signature *signature = mn_forms_get(forms, id)->signature;
                bool is_new = mn_forms_count(forms) > seen;
                seen = mn_forms_count(forms);
                if (!is_new || !signature->keys.count)
                    continue;
                print(out, "word %.*s", MN_SLICE_ARGS(token));
                dump_keyed(out, rules, signature->keys.items, signature->keys.count);
            }
        }
    mn_forms_destroy(forms);
    for (uint32_t i = 0; i < rules->reference_count; i++) {
        print(out, "span ");
        dump_reference(out, rules, i);
        dump_keyed(out, rules, rules->span_sets[i].keys.items, rules->span_sets[i].keys.count);
    }
    print(out, "always");
    for (size_t r = 0; r < rules->rule_count; r++)
        if (!rules->rules[r].key_count)
            print(out, " %zu", r);
    print(out, "\n");
}

void dump_rules(struct mn_writer *out, const struct mn_rules *rules)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        cr_assert_eq(rules->rules[i].number, i);
        dump_rule(out, rules, &rules->rules[i]);
    }
    dump_triggers(out, rules);
}
