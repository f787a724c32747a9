#include "files.h"
#include "input/walk.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 4096 };

/* All files, a line each, "PATH>OUTPUT" or "PATH!" for a failure, and what was passed over. */
static void walk(const struct mn_walk_options *options, char out[ROOM])
{
    struct mn_walk_options own = *options;
    struct mn_arena *arena = mn_arena_create();
    own.stop = -1;
    struct mn_walk *open = mn_walk_open(&own);
    struct mn_file file;
    size_t used = 0;
    while (mn_walk_next(open, arena, &file)) {
        if (file.status == MN_OK)
            used += (size_t)snprintf(out + used, ROOM - used, "%s>%s\n", file.path.data, file.output.data);
        else
            used += (size_t)snprintf(out + used, ROOM - used, "%s! %s\n", file.path.data, file.error.message);
    }
    const struct mn_walk_counts *counts = mn_walk_counts(open);
    snprintf(out + used, ROOM - used, "%zu aside, %zu special\n", counts->left_aside, counts->special);
    mn_walk_close(open);
    mn_arena_destroy(arena);
}

static void expect_files(struct mn_walk_options options, const char *expected)
{
    char shown[ROOM];
    walk(&options, shown);
    cr_expect(strcmp(shown, expected) == 0, "\n%s\nexpected:\n%s", shown, expected);
}

static const char *const folder[] = {"in"};
#define IN .paths = folder, .path_count = 1

static void make_tree(void)
{
    static const char *const paths[] = {"in/b.txt",       "in/a/c.html",      "in/a.txt",        "in/a/.hidden",
                                        "in/README.md",   "in/.git/config",   "in/a/x.gold.xml", "in/a-b.txt",
                                        "in/a/deep/d.md", "in/line\nend.txt", "in/\xFF.txt"};
    begin_folder();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        make_file(paths[i], MN_LITERAL("x"));
}

Test(walk, in_the_order_of_paths)
{
    make_tree();
    expect_files((struct mn_walk_options){IN}, "in/a-b.txt>a-b.txt\n"
                                               "in/a.txt>a.txt\n"
                                               "in/a/c.html>a/c.html\n"
                                               "in/a/deep/d.md>a/deep/d.md\n"
                                               "in/b.txt>b.txt\n"
                                               "in/line\nend.txt>line\nend.txt\n"
                                               "in/\xFF.txt>\xFF.txt\n"
                                               "4 aside, 0 special\n");
}

Test(walk, patterns)
{
    static const char *const html[] = {"*.html"}, *const deep[] = {"a/deep/*"}, *const a[] = {"a"},
                             *const txt[] = {"*.txt"};
    make_tree();
    expect_files((struct mn_walk_options){IN, .include = {html, 1}}, "in/a/c.html>a/c.html\n10 aside, 0 special\n");
    expect_files((struct mn_walk_options){IN, .include = {deep, 1}},
                 "in/a/deep/d.md>a/deep/d.md\n10 aside, 0 special\n");
    expect_files((struct mn_walk_options){IN, .exclude = {txt, 1}},
                 "in/a/c.html>a/c.html\nin/a/deep/d.md>a/deep/d.md\n9 aside, 0 special\n");
    expect_files((struct mn_walk_options){IN, .include = {txt, 1}, .exclude = {a, 1}},
                 "in/a-b.txt>a-b.txt\nin/a.txt>a.txt\nin/b.txt>b.txt\nin/line\nend.txt>line\nend.txt\n"
                 "in/\xFF.txt>\xFF.txt\n3 aside, 0 special\n");
}

Test(walk, members_of_containers_are_admitted_alike)
{
    static const char *const a[] = {"a"}, *const txt[] = {"*.txt"};
    const struct mn_walk_options none = {.stop = -1}, some = {.include = {txt, 1}, .exclude = {a, 1}};
    cr_expect(mn_walk_admits(&none, "x/y.pdf") && mn_walk_admits(&none, "/x") && mn_walk_admits(&none, "../x"));
    cr_expect(!mn_walk_admits(&none, ".x") && !mn_walk_admits(&none, "x/.git/y") && !mn_walk_admits(&none, "a/README"));
    cr_expect(mn_walk_admits(&some, "b/y.txt") && !mn_walk_admits(&some, "a/y.txt") && !mn_walk_admits(&some, "y.pdf"));
}

/* What is named on the command line or in a list is taken, whatever it is called. */
Test(walk, what_is_named_is_taken)
{
    static const char *const paths[] = {"in/README.md", "in/none", "in/a"};
    make_tree();
    expect_files((struct mn_walk_options){.paths = paths, .path_count = 3},
                 "in/README.md>README.md\n"
                 "in/none! cannot be read: No such file or directory; check the name and its permissions\n"
                 "in/a/c.html>c.html\nin/a/deep/d.md>deep/d.md\n2 aside, 0 special\n");
}

Test(walk, lists)
{
    static const struct {
        struct mn_slice list;
        bool nul_separated;
    } cases[] = {
        {MN_LITERAL_ITEM("in/b.txt\n\nin/a/c.html\r\n-\n../up.txt"), false},
        {MN_LITERAL_ITEM("in/b.txt\0in/a/c.html\0\0-\0../up.txt\0"), true},
    };
    make_tree();
    make_file("-", MN_LITERAL("x"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_file("list", cases[i].list);
        expect_files((struct mn_walk_options){.list = "list", .nul_separated = cases[i].nul_separated},
                     "in/b.txt>in/b.txt\nin/a/c.html>in/a/c.html\n./->-\n"
                     "../up.txt! cannot be read: No such file or directory; check the name and its permissions\n"
                     "0 aside, 0 special\n");
    }
    make_file("list", MN_LITERAL("in/line\nend.txt"));
    expect_files((struct mn_walk_options){.list = "list", .nul_separated = true},
                 "in/line\nend.txt>in/line\nend.txt\n0 aside, 0 special\n");
    expect_files((struct mn_walk_options){.list = "none"},
                 "none! cannot be read: No such file or directory; check the name and its permissions\n"
                 "0 aside, 0 special\n");
}

/* A line longer than is read at once. */
Test(walk, long_lines)
{
    static char list[300000];
    begin_folder();
    memset(list, 'x', sizeof list);
    list[200000] = '\n';
    make_file("list", (struct mn_slice){list, sizeof list});
    struct mn_walk_options options = {.list = "list", .stop = -1};
    struct mn_arena *arena = mn_arena_create();
    struct mn_walk *open = mn_walk_open(&options);
    struct mn_file file;
    cr_expect(mn_walk_next(open, arena, &file) && file.path.size == 200000 && file.status == MN_NOT_READABLE);
    cr_expect(mn_walk_next(open, arena, &file) && file.path.size == 99999 && file.status == MN_NOT_READABLE);
    cr_expect(!mn_walk_next(open, arena, &file));
    mn_walk_close(open);
    mn_arena_destroy(arena);
}

Test(walk, links_and_pipes)
{
    begin_folder();
    make_file("in/a.txt", MN_LITERAL("x"));
    cr_assert(symlink(".", "in/loop") == 0 && symlink("a.txt", "in/to-file") == 0 &&
              symlink("none", "in/nowhere") == 0);
    cr_assert(mkfifo("in/pipe", 0666) == 0);
    expect_files((struct mn_walk_options){IN},
                 "in/a.txt>a.txt\n"
                 "in/nowhere! cannot be read: No such file or directory; check the name and its permissions\n"
                 "in/to-file>to-file\n0 aside, 2 special\n");
}

Test(walk, the_output_is_left_out)
{
    begin_folder();
    make_file("in/a.txt", MN_LITERAL("x"));
    make_file("in/out/a.txt.xml", MN_LITERAL("x"));
    expect_files((struct mn_walk_options){IN, .left_out = "in/out"}, "in/a.txt>a.txt\n0 aside, 0 special\n");
}
