#include "files.h"
#include <criterion/criterion.h>

static struct mn_arena *arena;

static void set_up(void)
{
    arena = mn_arena_create();
}

static void tear_down(void)
{
    mn_arena_destroy(arena);
}

TestSuite(files, .init = set_up, .fini = tear_down);

enum { MOST = 4 };

static struct file_list make_list(const char *const paths[MOST][2])
{
    struct file_list list = {mn_arena_zero(arena, MOST * sizeof *list.items), 0};
    for (; list.count < MOST && paths[list.count][0]; list.count++)
        list.items[list.count] = (struct file){.path = paths[list.count][0], .name = mn_slice_of(paths[list.count][1])};
    return list;
}

Test(files, pairs_by_name_and_folder)
{
    static const struct {
        const char *gold[MOST][2];
        const char *records[MOST][2];
        int expected[MOST]; /* record of each gold file; -1: none */
    } cases[] = {
        {{{"g/a.gold.xml", "a"}, {"g/b.gold.xml", "b"}}, {{"r/b.xml", "b"}, {"r/a.pdf.xml", "a.pdf"}}, {1, 0}},
        {{{"g/a.gold.xml", "a"}, {"g/b.gold.xml", "b"}}, {{"r/ab.xml", "ab"}, {"r/b.x.y.xml", "b.x.y"}}, {-1, -1}},
        {{{"g/p/a.gold.xml", "a"}, {"g/q/a.gold.xml", "a"}}, {{"r/q/a.xml", "a"}, {"r/p/a.txt.xml", "a.txt"}}, {1, 0}},
        {{{"g/p/a.gold.xml", "a"}, {"g/q/a.gold.xml", "a"}}, {{"r/q/a.xml", "a"}, {"r/x.xml", "x"}}, {-1, 0}},
        {{{"g/a.gold.xml", "a"}, {"g/b.gold.xml", "b"}}, {{"r/a.pdf.xml", "a.pdf"}, {"r/a.xml", "a"}}, {1, -1}},
        {{{"g/a.gold.xml", "a"}}, {{"r/anything.xml", "anything"}}, {0}},
        {{{"g/a.gold.xml", "a"}}, {{"r/x.xml", "x"}, {"r/y.xml", "y"}}, {-1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct file_list gold = make_list(cases[i].gold);
        struct file_list records = make_list(cases[i].records);
        const struct file **partners = files_pair(arena, &gold, &records);
        cr_assert(partners);
        for (size_t g = 0; g < gold.count; g++) {
            int partner = partners[g] ? (int)(partners[g] - records.items) : -1;
            cr_expect_eq(partner, cases[i].expected[g], "case %zu, gold %zu: %d", i, g, partner);
        }
    }
}

static struct file_list gather(const char *path, enum file_preference preference)
{
    struct file_list list;
    struct mn_error error;
    cr_assert_eq(files_gather(arena, &path, 1, preference, &list, &error), MN_OK);
    return list;
}

Test(files, gathers_below_a_folder)
{
    struct file_list list = gather(MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data/gold", PREFER_GOLD);
    static const char *const names[][2] = {{"parish", "april"}, {"parish", "march"}, {"reports", "school"}};
    cr_assert_eq(list.count, 3);
    for (size_t i = 0; i < 3; i++) {
        cr_expect(mn_slice_equal(list.items[i].folder, mn_slice_of(names[i][0])));
        cr_expect(mn_slice_equal(list.items[i].name, mn_slice_of(names[i][1])));
    }
}

Test(files, the_source_of_a_file_in_the_operand_is_its_last_name)
{
    struct file_list list = gather(MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data/gold/parish/", PREFER_RECORDS);
    cr_assert_eq(list.count, 2, "gold stands in where there are no records");
    cr_expect(mn_slice_equal(list.items[0].folder, MN_LITERAL("parish")));
}

Test(files, prefers_one_sort)
{
    struct file_list gold = gather(MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data", PREFER_GOLD);
    struct file_list records = gather(MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data", PREFER_RECORDS);
    struct file_list texts = gather(MN_TEST_SOURCE_DIR "/tests/unit/evaluate/data/text", ONLY_TEXTS);
    for (size_t i = 0; i < gold.count; i++)
        cr_expect(strstr(gold.items[i].path, ".gold.xml"));
    for (size_t i = 0; i < records.count; i++)
        cr_expect_not(strstr(records.items[i].path, ".gold.xml"));
    cr_expect(gold.count && records.count);
    cr_expect_eq(texts.count, 1);
}
