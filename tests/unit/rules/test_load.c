/* Loading: several files and packs, names, digests, limits. */
#include "support.h"

#include "base/digest.h"
#include "base/limits.h"
#include "rules/program.h"
#include "rules/report.h"
#include "rules/segmentation.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[64];
};

static struct folder make_folder(void)
{
    struct folder folder = {"/tmp/minutiae-folder-XXXXXX"};
    cr_assert(mkdtemp(folder.path));
    return folder;
}

static void write_file(const struct folder *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static void write_pack(const struct folder *folder, const char *name, const char *pack, const char *inside)
{
    char text[4096];
    snprintf(text, sizeof text, "<rules xmlns=\"urn:minutiae:rules:1\" pack=\"%s\">%s</rules>", pack, inside);
    write_file(folder, name, text);
}

static void remove_folder(const struct folder *folder)
{
    static const char *const names[] = {"a.xml",      "a-more.xml",  "b.xml",     "c.xml",
                                        "common.xml", ".hidden.xml", "README.md", "words.tsv"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
        unlink(path);
    }
    cr_expect_eq(rmdir(folder->path), 0);
}

static struct mn_rules *load_paths(const char *const *paths, size_t count, const char **first_message)
{
    static struct mn_error error;
    struct mn_rules *rules = NULL;
    error = (struct mn_error){0};
    mn_rules_load(paths, count, &rules, NULL, &error);
    *first_message = error.message;
    return rules;
}

static struct mn_rules *load_folder(const struct folder *folder)
{
    const char *path = folder->path, *message;
    struct mn_rules *rules = load_paths(&path, 1, &message);
    cr_expect(rules, "%s", message);
    return rules;
}

Test(rules_load, a_folder_is_all_its_xml_files)
{
    struct folder folder = make_folder();
    write_pack(&folder, "b.xml", "b", "<rule name='two' finds='k'><pattern>y</pattern></rule>");
    write_pack(&folder, "a.xml", "a", "<rule name='one' finds='k'><pattern>x</pattern></rule>");
    write_file(&folder, ".hidden.xml", "<no");
    write_file(&folder, "README.md", "# Rules");
    struct mn_rules *rules = load_folder(&folder);
    cr_assert(rules);
    cr_assert_eq(rules->rule_count, 2);
    cr_expect(mn_slice_equal(rules->rules[0].name, MN_LITERAL("a.one")));
    cr_expect(mn_slice_equal(rules->rules[1].name, MN_LITERAL("b.two")));
    cr_expect_eq(mn_rules_find(rules, MN_LITERAL("b.two")), &rules->rules[1]);
    cr_expect_null(mn_rules_find(rules, MN_LITERAL("b.one")));
    mn_rules_free(rules);
    remove_folder(&folder);
}

Test(rules_load, names_are_looked_up_in_the_own_pack_then_in_common_then_in_full)
{
    struct folder folder = make_folder();
    write_pack(&folder, "common.xml", "common", "<define name='d'>from-common</define><define name='e'>x</define>");
    write_pack(&folder, "a.xml", "a", "<define name='d'>from-a</define>");
    write_pack(&folder, "b.xml", "b",
               "<rule name='r' finds='k'><pattern>$d</pattern><pattern>$a.d</pattern></rule>"
               "<rule name='s' finds='h'><pattern>@r | @b.r | @k</pattern></rule>");
    write_pack(&folder, "c.xml", "c",
               "<define name='d'>from-c z</define>"
               "<rule name='r' finds='k'><pattern>$d $e</pattern></rule>");
    struct mn_rules *rules = load_folder(&folder);
    cr_assert(rules);
    cr_expect_eq(mn_rules_find(rules, MN_LITERAL("c.r"))->patterns[0]->state_count, 4, "two words, x and the end");
    const struct mn_program *program = mn_rules_find(rules, MN_LITERAL("b.s"))->patterns[0];
    cr_expect(rules->references[program->states[1].argument].is_rule, "@r is the rule of the own pack");
    const struct mn_rule *rule = mn_rules_find(rules, MN_LITERAL("b.r"));
    cr_expect_neq(rule->patterns[0]->states[0].argument, rule->patterns[1]->states[0].argument);
    mn_rules_free(rules);
    remove_folder(&folder);
}

static void digest_of(const struct folder *folder, char out[65])
{
    struct mn_rules *rules = load_folder(folder);
    cr_assert(rules && rules->sha256.size == 64);
    memcpy(out, rules->sha256.data, 64);
    out[64] = '\0';
    mn_rules_free(rules);
}

Test(rules_load, the_digest_depends_on_names_and_contents_not_on_folders)
{
    struct folder one = make_folder(), two = make_folder();
    char first[65], second[65];
    write_pack(&one, "a.xml", "a", "<note>x</note>");
    write_pack(&two, "a.xml", "a", "<note>x</note>");
    digest_of(&one, first);
    digest_of(&two, second);
    cr_expect_str_eq(first, second);
    write_pack(&two, "a.xml", "a", "<note>y</note>");
    digest_of(&two, second);
    cr_expect_str_neq(first, second);
    remove_folder(&two);
    two = make_folder();
    write_pack(&two, "b.xml", "a", "<note>x</note>");
    digest_of(&two, second);
    cr_expect_str_neq(first, second);
    remove_folder(&one);
    remove_folder(&two);
}

Test(rules_load, what_cannot_be_read_is_told)
{
    struct folder folder = make_folder();
    char missing[128];
    const char *message, *paths[] = {folder.path};
    cr_expect_null(load_paths(paths, 1, &message));
    cr_expect(strstr(message, "no rule file in this folder"), "%s", message);
    snprintf(missing, sizeof missing, "%s/missing.xml", folder.path);
    paths[0] = missing;
    cr_expect_null(load_paths(paths, 1, &message));
    cr_expect(strstr(message, "missing.xml:1:1: there is no such file or folder"), "%s", message);
    remove_folder(&folder);
}

Test(rules_load, mistakes_in_all_files_are_gathered)
{
    struct folder folder = make_folder();
    write_pack(&folder, "b.xml", "b", "<define name='x'>(</define>");
    write_pack(&folder, "a.xml", "a", "<define name='x'>)</define>\n<define name='y'>[</define>");
    struct mn_writer all;
    struct mn_error error = {0};
    struct mn_rules *rules;
    const char *path = folder.path;
    mn_writer_init(&all, NULL);
    cr_expect_eq(mn_rules_load(&path, 1, &rules, &all, &error), MN_RULE_ERROR);
    mn_write_char(&all, '\0');
    const char *first = strstr(all.data, "a.xml:1:"), *second = strstr(all.data, "a.xml:2:"),
               *third = strstr(all.data, "b.xml:1:");
    cr_expect(first && second && third && first < second && second < third, "%s", all.data);
    cr_expect(strstr(error.message, "a.xml:1:"), "%s", error.message);
    mn_writer_free(&all);
    remove_folder(&folder);
}

/* A rule with `count` words, each optional: 2 * count + 1 states. */
static size_t states_of(size_t count)
{
    struct mn_writer text, messages;
    mn_writer_init(&text, NULL);
    mn_writer_init(&messages, NULL);
    print(&text, "<rule name='r' finds='k'><pattern>x");
    for (size_t i = 0; i < count; i++)
        print(&text, " w%zu?", i);
    print(&text, "</pattern></rule>%c", '\0');
    struct mn_rules *rules = load_text(text.data, &messages);
    cr_assert(rules);
    size_t states = rules->rules[0].patterns[0]->state_count;
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(&messages);
    return states;
}

Test(rules_load, states_grow_linearly)
{
    cr_expect_eq(states_of(500), 1002);
    cr_expect_eq(states_of(1000), 2002);
}

/* Backwards from the scope's end hundreds of states lead to one. */
Test(rules_load, many_alternatives_may_end_the_scope)
{
    static const struct {
        const char *before, *behind;
    } endings[] = {{"v:w", ""}, {"w", " x?"}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct mn_writer text, messages;
        mn_writer_init(&text, NULL);
        mn_writer_init(&messages, NULL);
        print(&text, "<rule name=\"r\" finds=\"k\"><pattern>a (");
        for (unsigned word = 0; word < 400; word++)
            print(&text, "%s%s%u%s", word ? " | " : "", endings[i].before, word, endings[i].behind);
        print(&text, ") $</pattern></rule>%c", '\0');
        struct mn_rules *rules = load_text(text.data, &messages);
        cr_expect(rules && rules->rules[0].patterns[0]->last == 0, "%s: %.*s", endings[i].before, (int)messages.size,
                  messages.data ? messages.data : "");
        mn_rules_free(rules);
        mn_writer_free(&text);
        mn_writer_free(&messages);
    }
}

/* Every bracket nests as many nodes as it can: what the parser accepts is not too deep for the compiler. */
Test(rules_load, brackets_may_nest_to_their_limit)
{
    struct mn_writer text, messages;
    mn_writer_init(&text, NULL);
    mn_writer_init(&messages, NULL);
    print(&text, "<rule name='r' finds='k'><pattern>w | v ");
    for (unsigned i = 0; i < MN_LIMIT_PATTERN_NESTING; i++)
        print(&text, "a:(x ");
    print(&text, "y a:!z*");
    for (unsigned i = 0; i < MN_LIMIT_PATTERN_NESTING; i++)
        print(&text, " | z)*");
    print(&text, "</pattern></rule>%c", '\0');
    struct mn_rules *rules = load_text(text.data, &messages);
    cr_expect(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(&messages);
}

Test(rules_load, a_thousand_rules_and_twenty_thousand_entries)
{
    struct mn_writer text, messages;
    mn_writer_init(&text, NULL);
    mn_writer_init(&messages, NULL);
    for (unsigned lexicon = 0; lexicon < 20; lexicon++) {
        print(&text, "<lexicon name='l%u' by='stem'><entry value='v'>", lexicon);
        for (unsigned entry = 0; entry < 1000; entry++)
            print(&text, "%sword%ux%u second%u", entry ? " | " : "", lexicon, entry, entry % 10);
        print(&text, "</entry></lexicon>\n");
    }
    for (unsigned rule = 0; rule < 1000; rule++)
        print(&text,
              "<rule name='r%u' finds='k%u'><pattern>subject:_{1,12}? (is | was) ~judge%u to? be? value:[l%u] "
              "by:@k%u?</pattern><unless near='value' within='3'>not | never</unless></rule>\n",
              rule, rule, rule, rule % 20, rule / 2 + 1000);
    for (unsigned kind = 1000; kind < 1500; kind++)
        print(&text, "<rule name='s%u' finds='k%u'><pattern>word%u</pattern></rule>\n", kind, kind, kind);
    mn_write_char(&text, '\0');
    struct mn_rules *rules = load_text(text.data, &messages);
    cr_expect(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    if (rules) {
        cr_expect_eq(rules->rule_count, 1500);
        for (size_t i = 0; i < rules->rule_count; i++)
            cr_assert_gt(rules->rules[i].key_count, 0u, "no rule is tried everywhere");
    }
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(&messages);
}

/* Which rule runs when: its place in the order. */
static uint32_t place_of(const struct mn_rules *rules, const char *name)
{
    const struct mn_rule *rule = mn_rules_find(rules, mn_slice_of(name));
    cr_assert(rule, "%s", name);
    return rule->number;
}

Test(rules_load, rules_run_behind_those_that_give_their_sections_roles)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_rules *rules = load_text("<rule name='r' finds='k' section='a !b'><pattern>x</pattern></rule>"
                                       "<section-rule name='own' role='a' section='!a a'><pattern>x</pattern>"
                                       "</section-rule>"
                                       "<section-rule name='a1' role='a'><pattern>x</pattern></section-rule>"
                                       "<section-rule name='a2' role='a' section='b'><pattern>x</pattern>"
                                       "</section-rule>"
                                       "<section-rule name='b1' role='b'><pattern>x</pattern></section-rule>",
                                       &messages);
    cr_assert(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    static const char *const order[] = {"t.a1", "t.b1", "t.a2", "t.own", "t.r"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        cr_expect_eq(place_of(rules, order[i]), i, "%s", order[i]);
    mn_rules_free(rules);
    mn_writer_free(&messages);
}

/* With an edge for each pair of a rule and a section rule this would take a gigabyte. */
Test(rules_load, as_many_section_rules_as_rules_in_their_sections)
{
    enum { HALF = MN_LIMIT_RULES / 2 };
    struct mn_writer text, messages;
    mn_writer_init(&text, NULL);
    mn_writer_init(&messages, NULL);
    for (unsigned i = 0; i < HALF; i++)
        print(&text,
              "<rule name='r%u' finds='k' section='a'><pattern>x</pattern></rule>"
              "<section-rule name='s%u' role='a'><pattern>x</pattern></section-rule>\n",
              i, i);
    mn_write_char(&text, '\0');
    struct mn_rules *rules = load_text(text.data, &messages);
    cr_expect(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    if (rules) {
        cr_expect_eq(rules->rule_count, 2 * HALF);
        cr_expect_eq(place_of(rules, "t.s9999"), HALF - 1);
        cr_expect_eq(place_of(rules, "t.r0"), HALF);
    }
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(&messages);
}

/* The status of loading what a file holds; its messages are in `all`. */
static enum mn_status status_of(struct mn_writer *inside, struct mn_writer *all)
{
    struct mn_writer text;
    struct mn_rules *rules = NULL;
    mn_writer_init(&text, NULL);
    mn_write_literal(&text, "<rules xmlns='urn:minutiae:rules:1' pack='p'>\n");
    mn_write(&text, (struct mn_slice){inside->data, inside->size});
    mn_write_literal(&text, "</rules>\n");
    enum mn_status status = mn_rules_load_text("m.xml", (struct mn_slice){text.data, text.size}, &rules, all, NULL);
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(inside);
    return status;
}

static size_t count_lines(const struct mn_writer *all)
{
    size_t lines = 0;
    for (size_t i = 0; i < all->size; i++)
        lines += all->data[i] == '\n';
    return lines;
}

/* Told one by one, each of these would look through all that stands before it: this test would take hours. */
Test(rules_load, files_of_nothing_but_mistakes)
{
    static const char *const mistakes[] = {
        "<common>@</common>",
        "<lexicon name='l'><entry>x@</entry></lexicon>",
    };
    struct mn_writer inside, all;
    mn_writer_init(&all, NULL);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        mn_writer_init(&inside, NULL);
        const char *hole = strchr(mistakes[i], '@');
        mn_write(&inside, (struct mn_slice){mistakes[i], (size_t)(hole - mistakes[i])});
        for (size_t bar = 0; bar < 300000; bar++)
            mn_write_char(&inside, '|');
        mn_write(&inside, mn_slice_of(hole + 1));
        mn_writer_clear(&all);
        cr_expect_eq(status_of(&inside, &all), MN_RULE_ERROR);
        cr_expect_eq(count_lines(&all), MN_MOST_MESSAGES);
    }
    mn_writer_init(&inside, NULL);
    for (unsigned i = 0; i < 10000; i++)
        print(&inside, "<define name='d%u'>x</define><rule name='r%u' finds='k%u'><pattern>x @z%u</pattern></rule>\n",
              i < 5000 ? i : 4999, i, i, i);
    mn_writer_clear(&all);
    cr_expect_eq(status_of(&inside, &all), MN_RULE_ERROR);
    cr_expect_eq(count_lines(&all), MN_MOST_MESSAGES);
    mn_writer_free(&all);
}

Test(rules_load, definitions_that_double_each_other_are_refused_at_once)
{
    struct mn_writer inside, all;
    mn_writer_init(&inside, NULL);
    mn_writer_init(&all, NULL);
    print(&inside, "<define name='d0'>x</define>");
    for (unsigned i = 1; i < 31; i++)
        print(&inside, "<define name='d%u'>$d%u | $d%u</define>", i, i - 1, i - 1);
    print(&inside, "<rule name='r' finds='k'><pattern>$d30</pattern></rule>");
    cr_expect_eq(status_of(&inside, &all), MN_RULE_ERROR);
    mn_write_char(&all, '\0');
    cr_expect(strstr(all.data, "takes more than 20000 states"), "%s", all.data);
    mn_writer_free(&all);
}

Test(rules_load, long_names_that_begin_alike_are_two)
{
    static char name[600];
    struct mn_writer text, messages;
    mn_writer_init(&text, NULL);
    mn_writer_init(&messages, NULL);
    memset(name, 'n', sizeof name - 1);
    print(&text, "<rule name='%sa' finds='k'><pattern>x</pattern></rule>", name);
    print(&text, "<rule name='%sb' finds='l'><pattern>y</pattern></rule>", name);
    print(&text, "<rule name='u' finds='m'><pattern>@%sa</pattern></rule>", name);
    print(&text, "<rule name='v' finds='m'><pattern>@%sb</pattern></rule>%c", name, '\0');
    struct mn_rules *rules = load_text(text.data, &messages);
    cr_assert(rules);
    cr_expect_neq(rules->rules[0].self, rules->rules[1].self);
    mn_rules_free(rules);
    mn_writer_free(&text);
    mn_writer_free(&messages);
}

Test(rules_load, a_path_that_is_not_utf8_keeps_its_message)
{
    const char *path = "/missing-\xE9/rules.xml", *message;
    cr_expect_null(load_paths(&path, 1, &message));
    cr_expect_str_eq(message, "/missing-?/rules.xml:1:1: there is no such file or folder; expected a rule file or a "
                              "folder of them");
}

Test(rules_load, lines_that_tell_a_result)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_rules *rules =
        load_text("<segmentation><result>Carried | Motion carried</result></segmentation>", &messages);
    cr_assert(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    cr_expect(mn_segmentation_is_result(rules->segmentation, MN_LITERAL("MOTION  CARRIED")));
    cr_expect(mn_segmentation_is_result(rules->segmentation, MN_LITERAL("Carried.")));
    cr_expect_not(mn_segmentation_is_result(rules->segmentation, MN_LITERAL("Carried over")));
    cr_expect_not(mn_segmentation_is_result(rules->segmentation, MN_LITERAL(".")));
    cr_expect_not(mn_segmentation_is_result(NULL, MN_LITERAL("Carried")));
    mn_rules_free(rules);
    mn_writer_free(&messages);
}

Test(rules_load, furniture_expressions_that_do_not_go_together_are_tried_in_turn)
{
    struct mn_writer messages;
    mn_writer_init(&messages, NULL);
    struct mn_rules *rules = load_text("<segmentation><furniture>(?&lt;n>a)1</furniture>"
                                       "<furniture>(?&lt;n>b)2</furniture></segmentation>",
                                       &messages);
    cr_assert(rules, "%.*s", (int)messages.size, messages.data ? messages.data : "");
    cr_expect(mn_segmentation_is_furniture(rules->segmentation, MN_LITERAL("a1")));
    cr_expect(mn_segmentation_is_furniture(rules->segmentation, MN_LITERAL("B2")));
    cr_expect_not(mn_segmentation_is_furniture(rules->segmentation, MN_LITERAL("a2")));
    mn_rules_free(rules);
    mn_writer_free(&messages);
}

static struct mn_rules *load_with_library(const struct folder *folder, const char *name, const char *library,
                                          struct mn_error *error)
{
    char path[256];
    const char *paths[] = {path, path};
    struct mn_rules *rules = NULL;
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    struct mn_rules_source source = {.paths = paths, .path_count = 2, .library = library};
    mn_rules_load_source(&source, &rules, NULL, error);
    return rules;
}

Test(rules_load, packs_in_use_come_from_beside_the_file_or_from_the_library)
{
    struct folder mine = make_folder(), shipped = make_folder();
    struct mn_error error;
    write_pack(&mine, "c.xml", "c",
               "<use pack='a'/><use pack='b'/><rule name='r' finds='k'><pattern>@x @y</pattern></rule>");
    write_pack(&mine, "a.xml", "a", "<use pack='c'/><rule name='r' finds='x'><pattern>a</pattern></rule>");
    write_pack(&mine, "a-more.xml", "other", "<rule name='r' finds='x'><pattern>a</pattern></rule>");
    write_pack(&shipped, "a.xml", "a", "<rule name='not-this' finds='x'><pattern>a</pattern></rule>");
    write_pack(&shipped, "b.xml", "b", "<rule name='r' finds='y'><pattern>b</pattern></rule>");
    struct mn_rules *rules = load_with_library(&mine, "c.xml", shipped.path, &error);
    cr_assert(rules, "%s", error.message);
    cr_expect_eq(rules->rule_count, 3, "the file is loaded once, its packs too");
    cr_expect(mn_rules_find(rules, mn_slice_of("a.r"))->used && mn_rules_find(rules, mn_slice_of("b.r"))->used);
    cr_expect(!mn_rules_find(rules, mn_slice_of("c.r"))->used);
    cr_expect(!mn_rules_find(rules, mn_slice_of("other.r")), "its name alone makes it no part of the pack");
    mn_rules_free(rules);
    cr_expect(!load_with_library(&mine, "c.xml", NULL, &error));
    cr_expect(strstr(error.message, "there is no pack 'b'"), "%s", error.message);
    remove_folder(&mine);
    remove_folder(&shipped);
}

static void take_digest(const struct folder *folder, char digest[64])
{
    struct mn_error error;
    struct mn_rules *rules = load_with_library(folder, "a.xml", NULL, &error);
    cr_assert(rules, "%s", error.message);
    memcpy(digest, rules->sha256.data, 64);
    mn_rules_free(rules);
}

Test(rules_load, a_list_is_part_of_the_digest)
{
    struct folder folder = make_folder();
    char first[64], second[64], third[64];
    write_pack(&folder, "a.xml", "a", "<lexicon name='w' file='words.tsv'/>");
    write_file(&folder, "words.tsv", "Cork\n");
    take_digest(&folder, first);
    take_digest(&folder, second);
    cr_expect_eq(memcmp(first, second, 64), 0);
    write_file(&folder, "words.tsv", "Cork\nCobh\n");
    take_digest(&folder, third);
    cr_expect_neq(memcmp(first, third, 64), 0);
    remove_folder(&folder);
}

Test(rules_load, all_lexicons_together_have_a_limit)
{
    struct mn_writer list;
    struct mn_rules *rules;
    struct mn_error error;
    mn_writer_init(&list, NULL);
    for (unsigned i = 0; i <= MN_LIMIT_LEXICON_ENTRIES / 10; i++)
        print(&list, "a|b|c|d|e|f|g|h|i|j\n");
    struct mn_rules_text texts[] = {
        {"a.xml", MN_LITERAL("<rules xmlns='urn:minutiae:rules:1' pack='a'><lexicon name='w' file='w.tsv'/></rules>")},
        {"w.tsv", {list.data, list.size}}};
    struct mn_rules_source source = {.texts = texts, .text_count = 2};
    cr_expect_eq(mn_rules_load_source(&source, &rules, NULL, &error), MN_RULE_ERROR);
    cr_expect(strstr(error.message, "w.tsv:100001:1: with this entry all lexicons together have more than 1000000"),
              "%s", error.message);
    mn_writer_free(&list);
}

Test(rules_load, files_have_a_limit)
{
    enum { COUNT = MN_LIMIT_RULE_FILES + 1 };
    static struct mn_rules_text texts[COUNT];
    static char names[COUNT][16];
    struct mn_rules *rules;
    struct mn_error error;
    for (unsigned i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "%u.xml", i);
        texts[i] = (struct mn_rules_text){names[i], MN_LITERAL("<rules xmlns='urn:minutiae:rules:1' pack='a'/>")};
    }
    struct mn_rules_source source = {.texts = texts, .text_count = COUNT};
    cr_expect_eq(mn_rules_load_source(&source, &rules, NULL, &error), MN_RULE_ERROR);
    cr_expect(strstr(error.message, "these are too many rule files"), "%s", error.message);
    source.text_count--;
    cr_assert_eq(mn_rules_load_source(&source, &rules, NULL, &error), MN_OK, "%s", error.message);
    mn_rules_free(rules);
}

Test(rules_load, all_files_together_have_a_limit)
{
    enum { COUNT = MN_LIMIT_RULE_SET_BYTES / MN_LIMIT_RULE_FILE_BYTES + 1 };
    struct mn_rules_text texts[COUNT];
    static const char *const names[] = {"a.xml", "b.xml", "c.xml", "d.xml", "e.xml"};
    char *blank = malloc(MN_LIMIT_RULE_FILE_BYTES);
    struct mn_rules *rules;
    struct mn_error error;
    cr_assert(blank && sizeof names / sizeof *names == COUNT);
    memset(blank, ' ', MN_LIMIT_RULE_FILE_BYTES);
    for (size_t i = 0; i < COUNT; i++)
        texts[i] = (struct mn_rules_text){names[i], {blank, MN_LIMIT_RULE_FILE_BYTES}};
    struct mn_rules_source source = {.texts = texts, .text_count = COUNT};
    struct mn_writer all;
    mn_writer_init(&all, NULL);
    cr_expect_eq(mn_rules_load_source(&source, &rules, &all, &error), MN_RULE_ERROR);
    mn_write_char(&all, '\0');
    cr_expect(strstr(all.data, "e.xml:1:1: with this file all rule files together are larger than 67108864 bytes"),
              "%s", all.data);
    mn_writer_free(&all);
    free(blank);
}

Test(rules_load, lists_that_many_lexicons_read_have_a_limit)
{
    enum { COUNT = 70, SIZE = 1 << 20 };
    struct mn_writer text;
    struct mn_rules *rules;
    struct mn_error error;
    char *list = malloc(SIZE);
    cr_assert(list);
    memset(list, '#', SIZE); /* a comment */
    memcpy(list + SIZE - 6, "\nCork\n", 6);
    mn_writer_init(&text, NULL);
    mn_write_literal(&text, "<rules xmlns='urn:minutiae:rules:1' pack='a'>\n");
    for (unsigned i = 0; i < COUNT; i++)
        print(&text, "<lexicon name='w%u' file='w.tsv'/>\n", i);
    mn_write_literal(&text, "</rules>\n");
    struct mn_rules_text texts[] = {{"a.xml", {text.data, text.size}}, {"w.tsv", {list, SIZE}}};
    struct mn_rules_source source = {.texts = texts, .text_count = 2};
    cr_expect_eq(mn_rules_load_source(&source, &rules, NULL, &error), MN_RULE_ERROR);
    cr_expect(strstr(error.message, "a.xml:66:21: with this lexicon lists of more than"), "%s", error.message);
    mn_writer_free(&text);
    free(list);
}

Test(rules_load, packs_in_use_have_a_limit)
{
    struct mn_writer text, all;
    struct mn_rules *rules;
    struct mn_error error;
    mn_writer_init(&text, NULL);
    mn_writer_init(&all, NULL);
    mn_write_literal(&text, "<rules xmlns='urn:minutiae:rules:1' pack='a'>\n");
    for (unsigned i = 0; i < 100000; i++)
        print(&text, "<use pack='b%u'/>\n", i / 50);
    mn_write_literal(&text, "</rules>\n");
    struct mn_rules_text file = {"a.xml", {text.data, text.size}};
    struct mn_rules_source source = {.texts = &file, .text_count = 1};
    cr_expect_eq(mn_rules_load_source(&source, &rules, &all, &error), MN_RULE_ERROR);
    cr_expect_eq(count_lines(&all), MN_MOST_MESSAGES, "each pack is looked for once, and no more than the limit");
    mn_writer_free(&text);
    mn_writer_free(&all);
}

/* Beyond the limits rules are slower, and nothing says so. */
Test(load, the_shipped_rules_do_not_come_to_the_limits_of_sets)
{
    const char *path = MN_TEST_SOURCE_DIR "/rules";
    struct mn_rules *rules = NULL;
    struct mn_error error;
    cr_assert_eq(mn_rules_load(&path, 1, &rules, NULL, &error), MN_OK, "%s", error.message);
    cr_expect_lt(mn_vocabulary_set_count(rules->vocabulary, MN_SET_TEST), MN_LIMIT_TEST_SETS);
    cr_expect_lt(mn_vocabulary_set_count(rules->vocabulary, MN_SET_MARK), MN_MARKS);
    mn_rules_free(rules);
}
