#include "input/output_name.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static const struct {
    const char *name, *output;
} cases[] = {
    {"a.txt", "a.txt"},
    {"a/b c/d.txt", "a/b c/d.txt"},
    {"/etc/passwd", "etc/passwd"},
    {"//a///b//", "a/b"},
    {"./a/./b", "a/b"},
    {"..", "%2E%2E"},
    {"../../a", "%2E%2E/%2E%2E/a"},
    {"a/../b", "a/%2E%2E/b"},
    {".hidden", "%2Ehidden"},
    {"...", "%2E%2E."},
    {"a/.minutiae/b", "a/%2Eminutiae/b"},
    {"", "_"},
    {"/", "_"},
    {".", "_"},
    {"C:\\x\\y", "C:\\x\\y"},
    {"https://a.example/x?y=z", "https:/a.example/x?y=z"},
    {"line\nend", "line\nend"},
    {"\xFF\xFE", "\xFF\xFE"},
};

Test(output_name, is_below_its_folder)
{
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mn_slice output = mn_output_name(arena, mn_slice_of(cases[i].name));
        cr_expect(mn_slice_equal(output, mn_slice_of(cases[i].output)), "'%s': '%.*s'", cases[i].name,
                  MN_SLICE_ARGS(output));
        cr_expect(output.data[output.size] == '\0');
    }
    mn_arena_destroy(arena);
}

Test(output_name, long_parts_are_cut_and_stay_apart)
{
    struct mn_arena *arena = mn_arena_create();
    char name[600];
    memset(name, 'a', sizeof name);
    name[299] = '/';
    struct mn_slice first = mn_output_name(arena, (struct mn_slice){name, sizeof name});
    name[280] = 'b';
    struct mn_slice second = mn_output_name(arena, (struct mn_slice){name, sizeof name});
    const char *slash = memchr(first.data, '/', first.size);
    cr_expect(slash && slash - first.data <= 200 && first.data + first.size - slash <= 201);
    cr_expect(!mn_slice_equal(first, second), "two long names have one output");
    mn_arena_destroy(arena);
}

/* Whatever the bytes are: no part is empty, hidden, "." or "..", and no more than a file system takes. */
Test(output_name, of_any_bytes)
{
    static const char alphabet[] = "././a.../%\\\xC3\n";
    struct mn_arena *arena = mn_arena_create();
    uint32_t state = 1;
    for (int round = 0; round < 20000; round++) {
        char name[24];
        for (size_t i = 0; i < sizeof name; i++) {
            state = state * 1664525 + 1013904223;
            name[i] = alphabet[(state >> 16) % (sizeof alphabet - 1)];
        }
        mn_arena_reset(arena);
        struct mn_slice output = mn_output_name(arena, (struct mn_slice){name, (state >> 8) % (sizeof name + 1)});
        cr_assert(output.size > 0);
        for (size_t i = 0; i < output.size; i++)
            if (i == 0 || output.data[i - 1] == '/')
                cr_assert(output.data[i] != '/' && output.data[i] != '.');
        cr_assert(output.data[output.size - 1] != '/');
    }
    mn_arena_destroy(arena);
}
