/* Any bytes as a rule file, with a pack and a list beside it: no crash, no leak, no undefined behaviour; and programs
 * whose states hold together whenever it loads. Other files of the rule set: files.h. */
#include "rules/rules.h"
#include "base/limits.h"
#include "files.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static bool consumes(const struct mn_state *state)
{
    return state->op == MN_OP_TOKEN || state->op == MN_OP_LEXICON || state->op == MN_OP_SPAN;
}

/* No cycle of states that consume nothing: 1 while a state's successors are being followed, 2 behind them. */
static void check_cycles(const struct mn_program *program)
{
    uint8_t *seen = calloc(program->state_count, 1);
    uint32_t *path = calloc(program->state_count + (size_t)1, sizeof *path);
    check(seen && path);
    for (uint32_t start = 0; start < program->state_count; start++) {
        uint32_t depth = 0;
        if (!seen[start])
            path[depth++] = start;
        while (depth) {
            uint32_t top = path[depth - 1], next = MN_NO_SYMBOL;
            const struct mn_state *state = &program->states[top];
            if (consumes(state) || state->op == MN_OP_ACCEPT || seen[top] >= 3)
                next = MN_NO_SYMBOL;
            else if (seen[top] == 0)
                next = state->next;
            else if (seen[top] == 1 && state->op == MN_OP_SPLIT)
                next = state->other;
            seen[top]++;
            if (next == MN_NO_SYMBOL) {
                seen[top] = 4;
                depth--;
            } else {
                check(seen[next] == 0 || seen[next] == 4);
                if (seen[next] == 0)
                    path[depth++] = next;
            }
        }
    }
    free(seen);
    free(path);
}

static void check_program(const struct mn_rules *rules, struct mn_arena *work, const struct mn_program *program)
{
    check(program->state_count > 0 && program->state_count <= MN_LIMIT_PATTERN_STATES);
    check(program->capture_count <= MN_LIMIT_CAPTURES);
    for (uint32_t i = 0; i < program->state_count; i++) {
        const struct mn_state *state = &program->states[i];
        check(state->op < MN_OP_COUNT && state->next < program->state_count && state->other < program->state_count);
        bool defined = state->definition < rules->definition_count;
        check(defined || state->definition == MN_NO_SYMBOL);
        check(state->source < (defined ? rules->definitions[state->definition].text : program->text).size);
        bool tests = state->op != MN_OP_ACCEPT && state->op != MN_OP_SPLIT;
        check(!tests || mn_rules_element(rules, program, state, work).size > 0);
        if (state->op == MN_OP_OPEN || state->op == MN_OP_CLOSE)
            check(state->argument < program->capture_count);
        if (state->op == MN_OP_LOOK)
            check(state->argument < program->look_count &&
                  program->looks[state->argument].longest <= MN_LIMIT_LOOK_TOKENS);
    }
    check_cycles(program);
    for (uint32_t i = 0; i < program->look_count; i++)
        check_program(rules, work, program->looks[i].program); /* the loader bounds their nesting */
}

static void check_programs(const struct mn_rules *rules, struct mn_arena *work, struct mn_program *const *programs,
                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_program(rules, work, programs[i]);
}

static void check_rule(const struct mn_rules *rules, const struct mn_rule *rule, struct mn_arena *work)
{
    check(rule == &rules->rules[rule->number]);
    check_programs(rules, work, rule->patterns, rule->pattern_count);
    check_programs(rules, work, rule->items, rule->item_count);
    check_programs(rules, work, rule->nested, rule->nested_count);
    for (size_t i = 0; i < rule->column_count; i++) {
        check_program(rules, work, rule->columns[i].header);
        if (rule->columns[i].cell)
            check_program(rules, work, rule->columns[i].cell);
    }
    for (size_t i = 0; i < rule->give_count; i++)
        check(rule->gives[i].number < rules->give_count && rule->gives[i].in < MN_SCOPE_COUNT);
    for (size_t i = 0; i < rule->condition_count; i++)
        check_program(rules, work, rule->conditions[i].program);
    for (size_t i = 0; i < rule->example_count; i++)
        for (size_t m = 0; m < rule->examples[i].mark_count; m++)
            check(rule->examples[i].marks[m].start <= rule->examples[i].marks[m].end &&
                  rule->examples[i].marks[m].end <= rule->examples[i].text.size);
}

/* With `asked`, what rules check looks for is looked for too: nothing of it changes what is loaded. */
static void load(const struct mn_rules_text *texts, size_t count, bool asked)
{
    static const struct mn_slice values[] = {{"a", 1}, {"b", 1}};
    static const struct mn_known_field fields[] = {{{"scale", 5}, values, 2}, {{"value", 5}, NULL, 0}};
    static const struct mn_known_kind kinds[] = {{{"grade", 5}, fields, 2, true}};
    struct mn_rules_source source = {
        .texts = texts, .text_count = count, .check = asked, .kinds = kinds, .kind_count = asked};
    struct mn_rules *rules = NULL;
    struct mn_error error = {0};
    enum mn_status status = mn_rules_load_source(&source, &rules, NULL, &error);
    check((status == MN_OK) == (rules != NULL));
    struct mn_arena *work = mn_arena_create();
    check(work != NULL);
    for (size_t i = 0; rules && i < rules->rule_count; i++)
        check_rule(rules, &rules->rules[i], work);
    mn_arena_destroy(work);
    mn_rules_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mn_slice rest = {(const char *)data, size};
    struct mn_rules_text texts[MOST_FILES];
    char names[MOST_FILES + 1][MOST_NAME] = {"input.xml"};
    size_t count = 0;
    do {
        texts[count].name = names[count];
        texts[count].text = cut_file(&rest, names[count + 1]);
        count++;
    } while (rest.size && count < MOST_FILES);
    load(texts, count, false);
    load(texts, count, true);
    return 0;
}
