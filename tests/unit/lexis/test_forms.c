#include "base/digest.h"
#include "base/fault.h"
#include "base/limits.h"
#include "lexis/forms.h"
#include <criterion/criterion.h>
#include <stdio.h>

static struct mn_vocabulary *vocabulary;
static struct mn_forms *forms;
static struct mn_error error;

static void make(void)
{
    vocabulary = mn_vocabulary_create();
    cr_assert_not_null(vocabulary);
}

static void unmake(void)
{
    mn_forms_destroy(forms);
    mn_vocabulary_destroy(vocabulary);
}

TestSuite(forms, .init = make, .fini = unmake);

static void open_forms(void)
{
    cr_assert_eq(mn_vocabulary_seal(vocabulary, &error), MN_OK);
    forms = mn_forms_create(vocabulary);
    cr_assert_not_null(forms);
}

static uint32_t intern(const char *word)
{
    uint32_t id = mn_forms_intern(forms, mn_slice_of(word));
    cr_assert_neq(id, MN_NO_SYMBOL);
    return id;
}

static const struct mn_form *form(const char *word)
{
    return mn_forms_get(forms, intern(word));
}

Test(forms, each_distinct_form_is_one_number)
{
    const char *longer = "Gesundheitsdienstleistungsgesetzbuch", *other = "Gesundheitsdienstleistungsgesetzbuchs";
    open_forms();
    cr_expect_eq(intern("agreed"), intern("agreed"));
    cr_expect_neq(intern("agreed"), intern("Agreed"));
    cr_expect_neq(intern("agree"), intern("agreed"));
    cr_expect_eq(intern(longer), intern(longer));
    cr_expect_neq(intern(longer), intern(other));
    cr_expect_eq(mn_forms_count(forms), 5u);
    cr_expect(mn_slice_equal(mn_forms_text(forms, intern(other)), mn_slice_of(other)));
}

Test(forms, shapes_reach_the_rules_symbols)
{
    uint32_t exact = mn_vocabulary_symbol(vocabulary, MN_BY_EXACT, MN_LITERAL("RESOLVED"));
    uint32_t fold = mn_vocabulary_symbol(vocabulary, MN_BY_FOLD, MN_LITERAL("children's"));
    uint32_t stem = mn_vocabulary_symbol(vocabulary, MN_BY_STEM, MN_LITERAL("resolve"));
    open_forms();
    cr_expect_eq(form("RESOLVED")->symbols[MN_BY_EXACT], exact);
    cr_expect_eq(form("Resolved")->symbols[MN_BY_EXACT], MN_NO_SYMBOL);
    cr_expect_eq(form("Resolved")->symbols[MN_BY_STEM], stem);
    cr_expect_eq(form("resolving")->symbols[MN_BY_STEM], stem);
    cr_expect_eq(form("CHILDREN\xE2\x80\x99S")->symbols[MN_BY_FOLD], fold);
    cr_expect_eq(form("council")->symbols[MN_BY_FOLD], MN_NO_SYMBOL);
}

static const struct {
    const char *name, *expression, *token;
    bool in;
} classes[] = {
    {"year", "(1[89]|20)\\d\\d", "2019", true},
    {"year2", "(1[89]|20)\\d\\d", "20190", false},
    {"caseless", "(?i)agreed", "AGREED", true},
    {"caseless2", "(?i)\xC3\xA9ire", "\xC3\x89IRE", true},
    {"inner", "(?:(?i)k)elvin", "Kelvin", true},
    {"kelvin", "(?i:k)elvin",
     "\xE2\x84\xAA"
     "elvin",
     true},
    {"capital", "\\p{Lu}.*", "\xC3\x89ire", true},
    {"capital2", "\\p{Lu}.*", "\xC3\xA9ire", false},
    {"either", "a|ab", "ab", true},
    {"start", "^x$", "x", true},
    {"optional", "x?y", "y", true},
    {"any", ".+", "\xE2\x80\x94", true},
    {"behind", "(?<!a)b", "b", true},
    {"slow", "(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false},
};
enum { CLASSES = sizeof classes / sizeof classes[0] };

Test(forms, classes_match_whole_tokens_under_a_step_limit)
{
    for (size_t i = 0; i < CLASSES; i++) {
        uint32_t id;
        cr_assert_eq(mn_vocabulary_class(vocabulary, mn_slice_of(classes[i].name), mn_slice_of(classes[i].expression),
                                         &id, &error),
                     MN_OK, "%s", error.message);
    }
    open_forms();
    for (size_t i = 0; i < CLASSES; i++) {
        bool in = form(classes[i].token)->classes[i / 64] >> (i % 64) & 1;
        cr_expect_eq(in, classes[i].in, "%s on %s", classes[i].expression, classes[i].token);
    }
}

static void entry(uint32_t lexicon, enum mn_by by, const char *words, const char *value)
{
    bool duplicate;
    cr_assert_eq(
        mn_vocabulary_entry(vocabulary, lexicon, by, mn_slice_of(words), mn_slice_of(value), &duplicate, &error),
        MN_OK);
}

/* Is this the value of the longest entry at the start of the words ("-" for none)? Its length goes to *taken. */
static bool finds(const char *expected, const char *const *words, size_t count, uint32_t lexicon,
                  const uint32_t *values, size_t value_count, size_t *taken)
{
    uint32_t ids[8][2], value;
    for (size_t i = 0; i < count; i++)
        ids[i][0] = intern(words[i]);
    *taken = mn_forms_lexicon(forms, &ids[0][0], 2, count, lexicon, values, value_count, &value);
    struct mn_slice found = *taken ? mn_vocabulary_value(vocabulary, value) : MN_LITERAL("-");
    return mn_slice_equal(found, mn_slice_of(expected));
}

Test(forms, the_longest_entry_wins_and_values_filter)
{
    static const char *const words[] = {"Requires", "improvement", "to", "be", "good"};
    size_t taken;
    uint32_t grade = mn_vocabulary_lexicon(vocabulary, MN_LITERAL("grade"));
    uint32_t other = mn_vocabulary_lexicon(vocabulary, MN_LITERAL("other"));
    entry(grade, MN_BY_STEM, "require improvement", "ri");
    entry(grade, MN_BY_FOLD, "requires improvement to be good", "ri-long");
    entry(grade, MN_BY_FOLD, "requires", "short");
    entry(grade, MN_BY_EXACT, "Requires", "exact");
    entry(other, MN_BY_FOLD, "requires improvement to", "elsewhere");
    open_forms();
    uint32_t ri = mn_vocabulary_find_value(vocabulary, MN_LITERAL("ri"));
    cr_expect(finds("ri-long", words, 5, grade, NULL, 0, &taken));
    cr_expect_eq(taken, 5u);
    cr_expect(finds("ri", words, 4, grade, NULL, 0, &taken));
    cr_expect_eq(taken, 2u);
    cr_expect(finds("ri", words, 5, grade, &ri, 1, &taken));
    cr_expect(finds("exact", words, 1, grade, NULL, 0, &taken));
    cr_expect(finds("elsewhere", words, 5, other, NULL, 0, &taken));
    cr_expect(finds("-", words + 1, 4, grade, NULL, 0, &taken));
    cr_expect_eq(taken, 0u);
}

/* Looked for one by one among all that share the words, these would take hours. */
Test(forms, many_lexicons_may_share_words)
{
    static const char *const words[] = {"point", "of", "order"};
    enum { LEXICONS = 200000 };
    char name[16];
    size_t taken, found = 0;
    for (uint32_t i = 0; i < LEXICONS; i++) {
        snprintf(name, sizeof name, "l%u", i);
        uint32_t lexicon = mn_vocabulary_lexicon(vocabulary, mn_slice_of(name));
        cr_assert_eq(lexicon, i);
        entry(lexicon, MN_BY_FOLD, "point", name);
        entry(lexicon, MN_BY_FOLD, i % 2 ? "point of order" : "point of no return", name);
    }
    struct mn_atom first = {MN_ATOM_LEXICON, 0, 0}, last = {MN_ATOM_LEXICON, 0, LEXICONS - 1};
    cr_assert_eq(mn_vocabulary_set(vocabulary, MN_SET_KEY, &first, 1), 1u);
    cr_assert_eq(mn_vocabulary_set(vocabulary, MN_SET_KEY, &last, 1), 2u);
    open_forms();
    for (uint32_t i = 0; i < LEXICONS; i++) {
        snprintf(name, sizeof name, "l%u", i);
        found += finds(name, words, 3, i, NULL, 0, &taken) && taken == (i % 2 ? 3 : 1);
    }
    cr_expect_eq(found, LEXICONS);
    cr_expect_eq(form("POINT")->signature->keys.count, 2u, "a lexicon begins so once");
}

static uint32_t set(enum mn_set_use use, struct mn_atom a, struct mn_atom b)
{
    struct mn_atom atoms[] = {a, b};
    uint32_t number = mn_vocabulary_set(vocabulary, use, atoms, 2);
    cr_assert_neq(number, 0u);
    return number;
}

Test(forms, sets_hold_symbols_classes_and_lexicon_beginnings)
{
    uint32_t id, fold = mn_vocabulary_symbol(vocabulary, MN_BY_FOLD, MN_LITERAL("good"));
    uint32_t lexicon = mn_vocabulary_lexicon(vocabulary, MN_LITERAL("grade"));
    entry(lexicon, MN_BY_FOLD, "bad enough", "g");
    entry(lexicon, MN_BY_FOLD, "fair", "g");
    entry(lexicon, MN_BY_FOLD, "fair enough", "g");
    cr_assert_eq(mn_vocabulary_class(vocabulary, MN_LITERAL("g"), MN_LITERAL("[Gg].*"), &id, &error), MN_OK);
    struct mn_atom word = {MN_ATOM_SYMBOL, MN_BY_FOLD, fold}, class = {MN_ATOM_CLASS, 0, id};
    struct mn_atom begins = {MN_ATOM_LEXICON, 0, lexicon}, span = {MN_ATOM_SPAN, 0, 9};
    uint32_t either = set(MN_SET_TEST, word, begins), in_class = set(MN_SET_TEST, class, span);
    cr_expect_eq(set(MN_SET_TEST, begins, word), either, "the order of atoms makes no other set");
    cr_expect_neq(in_class, either);
    uint32_t words = set(MN_SET_KEY, word, word), all = set(MN_SET_KEY, class, word);
    uint32_t mark = set(MN_SET_MARK, begins, span);
    cr_expect_eq(words, 1u, "each use has its own numbers");
    cr_expect_eq(mn_vocabulary_set_count(vocabulary, MN_SET_KEY), 2u);
    open_forms();
    const struct mn_form *good = form("Good"), *great = form("great"), *bad = form("bad"), *other = form("enough");
    cr_expect(mn_form_in(good, either) && mn_form_in(good, in_class));
    cr_expect(!mn_form_in(great, either) && mn_form_in(great, in_class));
    cr_expect(mn_form_in(bad, either) && !mn_form_in(bad, in_class));
    cr_expect(!mn_form_in(other, either) && !mn_form_in(other, in_class));
    cr_assert_eq(good->signature->keys.count, 2u, "each once");
    cr_expect(good->signature->keys.items[0] == words && good->signature->keys.items[1] == all);
    cr_expect(great->signature->keys.count == 1 && great->signature->keys.items[0] == all);
    cr_expect_eq(bad->signature->keys.count, 0u);
    cr_expect_eq(form("one")->signature, form("two")->signature, "signatures are shared");
    cr_expect_not(mn_marks_have(&bad->signature->marks, mn_mark_of(mark)), "it is only a beginning");
    cr_assert_eq(bad->signature->leads.count, 1u);
    cr_expect_eq(bad->signature->leads.items[0], lexicon);
    cr_expect(mn_forms_lead_on(forms, bad, other) >> lexicon & 1);
    cr_expect_eq(mn_forms_lead_on(forms, bad, good), 0u);
    cr_expect_eq(good->signature->leads.count, 0u);
    cr_expect(mn_marks_have(&form("fair")->signature->marks, mn_mark_of(mark)), "it is an entry");
    cr_expect_not(mn_marks_have(&good->signature->marks, mn_mark_of(mark)));
}

Test(forms, the_table_is_emptied_only_when_it_has_outgrown_its_limit)
{
    char word[16];
    open_forms();
    for (size_t i = 0; i <= MN_LIMIT_FORMS; i++) {
        if (i == MN_LIMIT_FORMS) {
            mn_forms_trim(forms);
            cr_assert_eq(mn_forms_count(forms), MN_LIMIT_FORMS);
        }
        snprintf(word, sizeof word, "w%zu", i);
        cr_assert_eq(intern(word), i);
    }
    cr_expect_eq(intern("w77"), 77u);
    mn_forms_trim(forms);
    cr_expect_eq(mn_forms_count(forms), 0u);
    cr_expect_eq(intern("w77"), 0u);
}

enum { COLLIDING = 600, COLLIDING_BITS = 14, WORD_SIZE = 48 };

/* Words whose hashes end in the same bits; every third is longer than what a slot holds. */
static void prepare_collisions(char words[COLLIDING][WORD_SIZE])
{
    size_t found = 0;
    for (uint32_t i = 0; found < COLLIDING; i++) {
        char *word = words[found];
        snprintf(word, WORD_SIZE, "%s%u", found % 3 ? "w" : "a-very-much-longer-word-of-no-meaning-", i);
        found += (mn_hash(mn_slice_of(word)) & ((UINT64_C(1) << COLLIDING_BITS) - 1)) == 5;
    }
}

Test(forms, words_chosen_to_collide_do_not_slow_it_down)
{
    static char words[COLLIDING][WORD_SIZE];
    prepare_collisions(words);
    open_forms();
    for (uint32_t i = 0; i < COLLIDING; i++) {
        cr_assert_eq(intern(words[i]), i);
        cr_assert_leq(mn_forms_longest_run(forms), 129u);
    }
    cr_expect_lt(mn_forms_longest_run(forms), 64u);
    for (uint32_t i = 0; i < COLLIDING; i++) {
        cr_expect_eq(intern(words[i]), i);
        cr_expect(mn_slice_equal(mn_forms_get(forms, i)->text, mn_slice_of(words[i])));
    }
    for (uint32_t i = 0; i < 4000; i++) {
        char word[16];
        snprintf(word, sizeof word, "x%u", i);
        cr_assert_eq(intern(word), COLLIDING + i, "growing keeps the key");
    }
    for (uint32_t i = 0; i < COLLIDING; i++)
        cr_expect_eq(intern(words[i]), i);
    cr_expect_lt(mn_forms_longest_run(forms), 64u);
}

/* Whichever allocation fails meanwhile, no word is lost or made twice. */
Test(forms, allocations_may_fail_while_words_collide)
{
    static char words[COLLIDING][WORD_SIZE];
    bool done = false;
    prepare_collisions(words);
    open_forms();
    for (size_t n = 1; !done; n++) {
        struct mn_forms *table = mn_forms_create(vocabulary);
        cr_assert_not_null(table);
        mn_fault_after(n);
        for (uint32_t i = 0; i < 200; i++) {
            uint32_t id = mn_forms_intern(table, mn_slice_of(words[i]));
            cr_assert(id == i || id == MN_NO_SYMBOL);
            if (id == MN_NO_SYMBOL)
                cr_assert_eq(mn_forms_intern(table, mn_slice_of(words[i])), i);
        }
        done = mn_fault_pending();
        mn_fault_after(0);
        for (uint32_t i = 0; i < 200; i++)
            cr_assert_eq(mn_forms_intern(table, mn_slice_of(words[i])), i);
        mn_forms_destroy(table);
    }
}

static bool intern_words(struct mn_forms *table, uint32_t count)
{
    char word[64];
    for (uint32_t i = 0; i < count; i++) {
        snprintf(word, sizeof word, "%s%u", i % 7 ? "word" : "a-very-much-longer-word-with-\xC3\xA9-", i);
        uint32_t id = mn_forms_intern(table, mn_slice_of(word));
        if (id == MN_NO_SYMBOL)
            return false;
        cr_assert_eq(id, i, "no form is lost or made twice");
    }
    return true;
}

Test(forms, each_allocation_may_fail)
{
    bool done = false;
    size_t failures = 0;
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t id;
        char name[2] = {(char)('a' + i), '\0'};
        cr_assert_eq(mn_vocabulary_class(vocabulary, mn_slice_of(name), MN_LITERAL("w.*"), &id, &error), MN_OK);
        struct mn_atom atom = {MN_ATOM_CLASS, 0, id};
        cr_assert_eq(mn_vocabulary_set(vocabulary, MN_SET_KEY, &atom, 1), i + 1);
    }
    open_forms();
    for (size_t n = 1; !done; n += n < 400 ? 1 : 97) {
        mn_fault_after(n);
        struct mn_forms *table = mn_forms_create(vocabulary);
        bool good = table && intern_words(table, 3000);
        done = mn_fault_pending();
        mn_fault_after(0);
        cr_assert_eq(good, done);
        failures += !good;
        if (table)
            cr_assert(intern_words(table, 3000));
        mn_forms_destroy(table);
    }
    cr_expect_gt(failures, 400u);
}
