#include "files.h"
#include "input/container.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 4096 };

static const struct mn_walk_options walk = {.stop = -1};
static const struct mn_container_options plain = {.max_bytes = 1000, .stop = -1, .walk = &walk};

/* All documents, a line each: "NAME: BYTES", and how it ended. */
static void show(struct mn_slice bytes, const struct mn_container_options *options, char out[ROOM])
{
    struct mn_container *container;
    struct mn_arena *arena = mn_arena_create();
    struct mn_error error = {0};
    char *buffer = NULL;
    size_t capacity = 0, used = 0;
    enum mn_status status = mn_container_open_bytes(bytes, options, &container, &error);
    if (status != MN_OK) {
        snprintf(out, ROOM, "no container: %s\n", error.message);
        mn_arena_destroy(arena);
        return;
    }
    for (;;) {
        struct mn_member member;
        struct mn_slice loaded;
        bool more;
        status = mn_container_next(container, arena, &more, &member, &error);
        if (status != MN_OK || !more)
            break;
        if (mn_container_load(container, &buffer, &capacity, &loaded, &error) == MN_OK)
            used += (size_t)snprintf(out + used, ROOM - used, "%.*s: %.*s\n", MN_SLICE_ARGS(member.name),
                                     MN_SLICE_ARGS(loaded));
        else
            used += (size_t)snprintf(out + used, ROOM - used, "%.*s! %s\n", MN_SLICE_ARGS(member.name), error.message);
    }
    struct mn_walk_counts counts = mn_container_counts(container);
    snprintf(out + used, ROOM - used, "%s; %zu aside, %zu special\n", status == MN_OK ? "end" : error.message,
             counts.left_aside, counts.special);
    free(buffer);
    mn_container_close(container);
    mn_arena_destroy(arena);
}

static void expect_members(struct mn_slice bytes, const char *expected)
{
    char shown[ROOM];
    show(bytes, &plain, shown);
    cr_expect(strcmp(shown, expected) == 0, "\n%s\nexpected:\n%s", shown, expected);
}

static void add_some(struct packed *packed)
{
    add_folder(packed, "a/");
    add_file(packed, "./a/b.txt", MN_LITERAL("one"));
    add_file(packed, "/abs.txt", MN_LITERAL("two"));
    add_file(packed, "../../up.txt", MN_LITERAL("three"));
    add_file(packed, "a/b.txt", MN_LITERAL("again"));
    add_file(packed, ".hidden", MN_LITERAL("x"));
    add_file(packed, "caf\xC3\xA9.txt", MN_LITERAL(""));
    add_link(packed, "link.txt", "/etc/passwd");
}

#define SOME                                                                                                           \
    "a/b.txt: one\n/abs.txt: two\n../../up.txt: three\na/b.txt: again\ncaf\xC3\xA9.txt: \nend; 1 aside, 1 special\n"

Test(container, members_of_tar_and_zip)
{
    struct packed tar, zip, gzip;
    begin_tar(&tar);
    add_some(&tar);
    struct mn_slice bytes = end_packed(&tar);
    cr_expect(mn_is_container(bytes));
    expect_members(bytes, SOME);
    struct mn_slice packed = gzipped(&gzip, bytes);
    cr_expect(mn_is_container(packed));
    expect_members(packed, SOME);
    begin_zip(&zip);
    add_some(&zip);
    bytes = end_packed(&zip);
    cr_expect(mn_is_container(bytes));
    expect_members(bytes, SOME);
    free(tar.bytes);
    free(gzip.bytes);
    free(zip.bytes);
}

Test(container, one_compressed_file_has_no_name)
{
    struct packed gzip;
    expect_members(gzipped(&gzip, MN_LITERAL("words")), ": words\nend; 0 aside, 0 special\n");
    free(gzip.bytes);
}

Test(container, crawls_within_gzip)
{
    struct packed gzip;
    struct mn_slice crawl = gzipped(&gzip, MN_LITERAL("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\nx"
                                                      "\r\n\r\nWARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n"
                                                      "\r\ny\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\n"
                                                      "Content-Length: 1\r\n\r\nz\r\n\r\n"));
    expect_members(crawl, "1: x\n3: z\nend; 0 aside, 0 special\n");
    free(gzip.bytes);
}

Test(container, patterns_hold_for_members)
{
    static const char *const txt[] = {"*.txt"}, *const a[] = {"a"};
    const struct mn_walk_options patterns = {.stop = -1, .include = {txt, 1}, .exclude = {a, 1}};
    const struct mn_container_options options = {.max_bytes = 1000, .stop = -1, .walk = &patterns};
    struct packed zip;
    char shown[ROOM];
    begin_zip(&zip);
    add_file(&zip, "a/b.txt", MN_LITERAL("one"));
    add_file(&zip, "b.html", MN_LITERAL("two"));
    add_file(&zip, "c.txt", MN_LITERAL("three"));
    show(end_packed(&zip), &options, shown);
    cr_expect_str_eq(shown, "c.txt: three\nend; 2 aside, 0 special\n");
    free(zip.bytes);
}

Test(container, members_over_the_limit)
{
    static char large[2000];
    struct packed tar;
    memset(large, 'x', sizeof large);
    begin_tar(&tar);
    add_file(&tar, "large", (struct mn_slice){large, sizeof large});
    add_file(&tar, "small", MN_LITERAL("x"));
    expect_members(end_packed(&tar), "large! is larger than 1000 bytes; raise --max-bytes if it is one document\n"
                                     "small: x\nend; 0 aside, 0 special\n");
    free(tar.bytes);
}

/* Office documents are zip files too, wherever their parts stand. */
Test(container, documents_are_none)
{
    struct packed zip;
    begin_zip(&zip);
    add_file(&zip, "docProps/app.xml", MN_LITERAL("<x/>"));
    add_file(&zip, "word/document.xml", MN_LITERAL("<x/>"));
    cr_expect(!mn_is_container(end_packed(&zip)));
    free(zip.bytes);
    cr_expect(!mn_is_container(MN_LITERAL("PK\3")) && !mn_is_container(MN_LITERAL("RESOLVED")) &&
              !mn_is_container(MN_EMPTY));
}

/* Cut anywhere: no crash, and no member that is not one of the whole. */
Test(container, breaks_anywhere)
{
    struct packed packed[2];
    begin_tar(&packed[0]);
    begin_zip(&packed[1]);
    for (size_t i = 0; i < 2; i++) {
        char shown[ROOM];
        add_file(&packed[i], "a.txt", MN_LITERAL("one"));
        add_file(&packed[i], "b.txt", MN_LITERAL("two"));
        struct mn_slice whole = end_packed(&packed[i]);
        for (size_t size = 0; size<whole.size; size += whole.size> 2000 ? 37 : 1) {
            char *exact = malloc(size + 1); /* what is behind the end is seen */
            memcpy(exact, whole.data, size);
            show((struct mn_slice){exact, size}, &plain, shown);
            bool first = strstr(shown, "a.txt: ") != NULL, second = strstr(shown, "b.txt: ") != NULL;
            cr_expect(!first || strstr(shown, "a.txt: one\n"), "%zu: %s", size, shown);
            cr_expect(!second || strstr(shown, "b.txt: two\n"), "%zu: %s", size, shown);
            free(exact);
        }
        free(packed[i].bytes);
    }
}
