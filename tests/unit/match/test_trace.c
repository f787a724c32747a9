/* What match tells about its work. */
#include "match/trace.h"
#include "toy.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct toy toy;
static struct mn_rule *rule;
static char told[2048];

struct listener {
    struct mn_trace trace;
    bool searching; /* every try is searched for its stops */
};
static struct listener listener;

static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void tell(const char *format, ...)
{
    va_list arguments;
    size_t size = strlen(told);
    va_start(arguments, format);
    vsnprintf(told + size, sizeof told - size, format, arguments);
    va_end(arguments);
}

static void tell_stop(void *context, const struct mn_trace_stop *stop)
{
    const struct mn_program *program = context;
    tell("[%u@%u]", (unsigned)program->states[stop->state].op, (unsigned)stop->position);
}

static void listen(struct mn_trace *trace, const struct mn_trace_event *event)
{
    static const char *const names[] = {"section", "try", "match", "veto", "no-items", "find", "loss"};
    tell("%s%s", *told ? " " : "", names[event->kind]);
    if (event->kind == MN_TRACE_LOSS) {
        tell(":%.*s<%.*s", MN_SLICE_ARGS(event->find.rule->name), MN_SLICE_ARGS(event->other.rule->name));
        return;
    }
    tell("(%u,%u)", (unsigned)event->place.start, (unsigned)event->place.end);
    if (event->kind == MN_TRACE_VETO && event->words.start != MN_NONE)
        tell("by(%u,%u)", (unsigned)event->words.start, (unsigned)event->words.end);
    if (event->kind == MN_TRACE_VETO && event->whole_scope)
        tell("whole");
    for (size_t i = 0; event->kind == MN_TRACE_TRY && ((struct listener *)trace)->searching && i < event->program_count;
         i++)
        cr_assert(mn_trace_search(event, event->programs[i], tell_stop, event->programs[i]));
}

static void make(void)
{
    toy_open(&toy);
    told[0] = '\0';
    listener = (struct listener){.trace = {.tell = listen}};
    rule = toy_rule(&toy, "toy.rule", "thing", "a .? b");
    toy_trigger_word(&toy, rule, "a");
}

static void unmake(void)
{
    toy_close(&toy);
}

TestSuite(trace, .init = make, .fini = unmake);

static void match(const char *text)
{
    toy_seal(&toy);
    mn_match_trace(toy.scratch, &listener.trace);
    toy_leaf(&toy, MN_P, text, 0);
    toy_match(&toy);
}

Test(trace, a_find_is_a_try_a_match_and_a_find)
{
    match("x a b");
    cr_expect_str_eq(told, "try(0,3) match(1,3) find(1,3)");
}

Test(trace, what_no_trigger_reaches_is_not_told)
{
    match("x y b");
    cr_expect_str_eq(told, "");
}

Test(trace, where_no_whole_entry_stands_is_not_told)
{
    struct mn_rule *other = toy_rule(&toy, "toy.other", "thing", "x");
    toy_entry(&toy, "long", "c d e", "v");
    toy_entry(&toy, "long", "f", "v");
    toy_trigger_entry(&toy, other, "long");
    match("c d e . c d f . c d . c d");
    cr_expect_str_eq(told, "try(0,4) try(4,8)");
}

Test(trace, a_veto_names_the_nearest_words)
{
    toy_condition(&toy, rule, true, "n");
    match("n x a b n");
    cr_expect_str_eq(told, "try(0,5) match(2,4) veto(2,4)by(4,5)");
}

Test(trace, a_requirement_that_stands_nowhere_spares_the_search)
{
    uint32_t n = mn_vocabulary_symbol(toy.rules.vocabulary, MN_BY_FOLD, MN_LITERAL("n"));
    struct mn_atom atom = {MN_ATOM_SYMBOL, MN_BY_FOLD, n};
    struct mn_program *program = toy_condition(&toy, rule, false, "n")->program;
    program->marks[program->mark_count++] = mn_mark_of(mn_vocabulary_set(toy.rules.vocabulary, MN_SET_MARK, &atom, 1));
    match("a b");
    cr_expect_str_eq(told, "veto(0,2)whole");
}

Test(trace, sections_that_forbid)
{
    static const struct mn_slice roles[] = {MN_LITERAL_ITEM("minutes")};
    rule->sections = roles;
    rule->section_count = 1;
    match("a b");
    cr_expect_str_eq(told, "section(0,2)");
}

Test(trace, the_stronger_find)
{
    struct mn_rule *stronger = toy_rule(&toy, "toy.stronger", "thing", "b");
    stronger->priority = 1;
    toy_trigger_word(&toy, stronger, "b");
    match("a b");
    cr_expect_str_eq(told, "try(0,2) match(0,2) find(0,2) try(0,2) match(1,2) find(1,2) loss:toy.rule<toy.stronger");
}

Test(trace, a_lead_in_without_items)
{
    rule->type = MN_LIST_RULE;
    match("a b");
    cr_expect_str_eq(told, "no-items(0,2)");
}

Test(trace, where_a_search_ends)
{
    char expected[64];
    listener.searching = true;
    match("a x c a");
    /* b is looked for behind both a and a x; then at the end; a token cannot be taken there either */
    snprintf(expected, sizeof expected, "[%d@1]", MN_OP_TOKEN);
    cr_expect(strstr(told, expected), "%s", told);
    snprintf(expected, sizeof expected, "[%d@2]", MN_OP_TOKEN);
    cr_expect(strstr(told, expected), "%s", told);
    snprintf(expected, sizeof expected, "[%d@4]", MN_OP_TOKEN);
    cr_expect(strstr(told, expected), "%s", told);
    cr_expect_not(strstr(told, "match"), "%s", told);
}
