/* What `rules check` says of rules is so: random small rules, and where it says that one finds nothing, random texts on
 * which it must not. */
#include "run/run.h"
#include <criterion/criterion.h>
#include <stdio.h>

enum { ROUNDS = 2500, TEXTS = 40, LONGEST_TEXT = 9 };

static uint64_t random_state = 7;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % bound;
}

struct text {
    char data[4096];
    size_t size;
};

static void put(struct text *text, const char *string)
{
    size_t size = strlen(string);
    cr_assert(text->size + size < sizeof text->data);
    memcpy(text->data + text->size, string, size + 1);
    text->size += size;
}

/* ---- random patterns over few words ---- */

static void put_step(struct text *text)
{
    static const char *const steps[] = {"ado",   "ado",     "bes",    "bes",         "cat",         "_",
                                        "'Ado'", "~bes",    "#short", "[lex]",       "[lex=c]",     "!ado",
                                        "@mark", "!#short", "'cat'",  "(ado | cat)", "!(bes | cat)"};
    put(text, steps[random_below(sizeof steps / sizeof *steps)]);
}

static void put_pattern(struct text *text)
{
    static const char *const signs[] = {"?", "??", "+", "{1,3}", "{1,3}?", "*", "*?"};
    static const char *const places[] = {"^", "$", "ahead(ado)", "not-ahead(bes)", "behind(cat)", "not-behind(ado)"};
    for (uint32_t left = 1 + random_below(3); left; left--) {
        uint32_t choice = random_below(10);
        if (choice < 5) {
            put_step(text);
        } else if (choice < 7) {
            put_step(text);
            put(text, signs[random_below(sizeof signs / sizeof *signs)]);
        } else if (choice < 8) {
            put(text, places[random_below(sizeof places / sizeof *places)]);
        } else {
            put(text, "(");
            put_step(text);
            put(text, random_below(2) ? " | " : " ");
            put_step(text);
            put(text, " | ");
            put_step(text);
            put(text, random_below(2) ? ")?" : ")");
        }
        put(text, " ");
    }
}

static struct text make_pattern(void)
{
    struct text text = {.size = 0};
    put_pattern(&text);
    return text;
}

static const char shared[] = "<class name='short'>ado|bes|cat|Ado</class>"
                             "<lexicon name='lex'><entry value='a'>ado | ado bes</entry><entry value='c'>cat</entry>"
                             "<entry value='b' by='stem'>bess</entry></lexicon>"
                             "<rule name='m' finds='mark'><pattern>dot</pattern></rule>\n";

/* ---- loading them and running them ---- */

static struct mn_rules *load(const struct text *inside, bool check, struct mn_writer *messages)
{
    struct text file = {.size = 0};
    struct mn_rules *rules = NULL;
    struct mn_error error;
    put(&file, "<rules xmlns='urn:minutiae:rules:1' pack='t'>");
    put(&file, shared);
    put(&file, inside->data);
    put(&file, "</rules>");
    struct mn_rules_text text = {"t.xml", {file.data, file.size}};
    struct mn_rules_source source = {.texts = &text, .text_count = 1, .check = check};
    mn_rules_load_source(&source, &rules, messages, &error);
    return rules;
}

static struct text make_text(void)
{
    static const char *const words[] = {"ado", "Ado", "bes", "cat", "dot", "Cat"};
    struct text text = {.size = 0};
    for (uint32_t left = 1 + random_below(LONGEST_TEXT); left; left--) {
        put(&text, words[random_below(sizeof words / sizeof *words)]);
        put(&text, left > 1 ? " " : "\n");
    }
    return text;
}

static bool has_field(const struct mn_span *span, const char *name)
{
    for (size_t i = 0; i < span->fields.count; i++)
        if (mn_slice_equal(span->fields.items[i].name, mn_slice_of(name)))
            return true;
    return false;
}

/* The rule finds nothing in many random texts; with `field`: nothing with this field. False when the rules cannot be
 * loaded, for another reason. */
static bool expect_nothing(const struct text *inside, const char *rule, const char *field)
{
    struct mn_rules *rules = load(inside, false, NULL);
    if (!rules)
        return false;
    struct mn_worker *worker = mn_worker_create(rules);
    struct mn_run_options options = {0};
    struct mn_error error;
    for (int i = 0; i < TEXTS; i++) {
        struct text text = make_text();
        struct mn_document *document = mn_worker_document(worker);
        enum mn_status status =
            mn_worker_run(worker, document, (struct mn_slice){text.data, text.size}, MN_LAYER_MATCH, &options, &error);
        cr_assert_eq(status, MN_OK, "%s", error.message);
        for (size_t k = 0; k < document->spans.count; k++) {
            const struct mn_span *span = &document->spans.items[k];
            cr_expect(!mn_slice_equal(span->rule, mn_slice_of(rule)) || (field && !has_field(span, field)),
                      "%s finds something in %s: %s", rule, text.data, inside->data);
        }
    }
    mn_worker_destroy(worker);
    mn_rules_free(rules);
    return true;
}

/* Loads the rules as `rules check` does: does it say this? */
static bool is_told(const struct text *inside, const char *message)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    mn_rules_free(load(inside, true, &messages));
    bool told = false;
    for (size_t i = 0; i + strlen(message) <= messages.size && !told; i++)
        told = strncmp(messages.data + i, message, strlen(message)) == 0;
    mn_writer_free(&messages);
    return told;
}

/* ---- what is said ---- */

static void put_rule(struct text *rules, const char *name, const char *attributes, const char *pattern,
                     const char *condition)
{
    const char *const parts[] = {"<rule name='", name,         "' finds='k' ", attributes, "><pattern>",
                                 pattern,        "</pattern>", condition,      "</rule>\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        put(rules, parts[i]);
}

/* Two rules, one of which wins by its priority or, where what is quoted is the same, as it stands first. */
static struct text two_rules(const char *weak, const char *strong)
{
    static const char *const by_priority[] = {"priority='1'", "priority='1' evidence='block'",
                                              "priority='1' in='block' evidence='sentence'"};
    static const char *const by_order[] = {"evidence='sentence'", "evidence='block'", "in='block' evidence='block'"};
    static const char *const conditions[] = {"", "", "<unless>cat</unless>", "<requires>bes</requires>"};
    struct text rules = {.size = 0};
    uint32_t sort = random_below(3);
    bool equal = random_below(2);
    const char *condition = conditions[random_below(4)], *attributes = (equal ? by_order : by_priority)[sort];
    put_rule(&rules, "strong", attributes, strong, random_below(3) ? condition : "");
    put_rule(&rules, "weak", equal ? attributes : attributes + strlen("priority='1'"), weak, condition);
    return rules;
}

Test(checks, a_rule_said_to_be_shadowed_finds_nothing)
{
    size_t told = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct text weak = make_pattern(), strong = make_pattern();
        if (random_below(2)) { /* one that begins as the other */
            strong = weak;
            put_pattern(&weak);
        }
        struct text rules = two_rules(weak.data, strong.data);
        if (!is_told(&rules, "wherever this rule matches, t.strong does too"))
            continue;
        told += expect_nothing(&rules, "t.weak", NULL);
    }
    cr_expect_geq(told, ROUNDS / 20);
}

Test(checks, an_element_said_never_to_be_come_to_finds_nothing)
{
    size_t told = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct text first = make_pattern(), then = make_pattern(), step = {.size = 0}, rules = {.size = 0};
        char place[64];
        put_step(&step);
        put(&rules, "<rule name='r' finds='k'>\n<pattern>(");
        put(&rules, first.data);
        put(&rules, "| hit:(");
        snprintf(place, sizeof place, "t.xml:3:%zu: warning: this element is never come to",
                 rules.size - strlen("<rule name='r' finds='k'>\n") + 1);
        put(&rules, step.data);
        put(&rules, ")) ");
        put(&rules, random_below(3) ? "" : then.data);
        put(&rules, "</pattern></rule>");
        if (!is_told(&rules, place))
            continue;
        told += expect_nothing(&rules, "t.r", "hit");
    }
    cr_expect_geq(told, ROUNDS / 50);
}

Test(checks, a_rule_said_to_be_forbidden_everywhere_finds_nothing)
{
    static const char *const sorts[] = {"", "within='0'", "within='2'"};
    size_t told = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct text pattern = make_pattern(), condition = make_pattern(), rules = {.size = 0};
        put(&rules, "<rule name='r' finds='k'><pattern>");
        put(&rules, pattern.data);
        put(&rules, "</pattern><unless ");
        put(&rules, sorts[random_below(3)]);
        put(&rules, ">");
        put(&rules, condition.data);
        put(&rules, "</unless></rule>");
        if (!is_told(&rules, "this rule can find nothing"))
            continue;
        told += expect_nothing(&rules, "t.r", NULL);
    }
    cr_expect_geq(told, ROUNDS / 50);
}
