#include "files.h"
#include "input/feed.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 8192 };

/* All documents: "NAME>OUTPUT <URL> TITLE: BYTES", or what is wrong, without libarchive's figures. */
static void show(const struct mn_feed_options *options, char out[ROOM])
{
    struct mn_feed *feed = mn_feed_open(options);
    struct mn_input input;
    size_t used = 0;
    cr_assert(feed && mn_input_init(&input));
    out[0] = '\0';
    while (mn_feed_next(feed, &input)) {
        used += (size_t)snprintf(out + used, ROOM - used, "%s>%s <%.*s> %.*s: ", input.name.data, input.output.data,
                                 MN_SLICE_ARGS(input.given.url), MN_SLICE_ARGS(input.given.title));
        if (input.status == MN_OK)
            used += (size_t)snprintf(out + used, ROOM - used, "%.*s\n", MN_SLICE_ARGS(input.bytes));
        else
            used += (size_t)snprintf(out + used, ROOM - used, "%s%.*s\n", input.output_taken ? "taken: " : "! ",
                                     (int)strcspn(input.error.message, "("), input.error.message);
    }
    mn_input_free(&input);
    mn_feed_close(feed);
}

static void expect_inputs(const char *path, const struct mn_metadata *metadata, const char *expected)
{
    const struct mn_feed_options options = {.walk = {.paths = &path, .path_count = 1, .stop = -1},
                                            .max_bytes = 100000,
                                            .output_ending = ".xml",
                                            .metadata = metadata};
    char shown[ROOM];
    show(&options, shown);
    cr_expect(strcmp(shown, expected) == 0, "\n%s\nexpected:\n%s", shown, expected);
}

#define RECORD(url) "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: " url "\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"

/* "outer!inner!name": a zip and a crawl in a tar, and one level too deep. */
Test(feed, containers_in_containers)
{
    struct packed deepest, zip, gzip, tar;
    begin_zip(&deepest);
    add_file(&deepest, "deep.txt", MN_LITERAL("deep"));
    struct mn_slice too_deep = end_packed(&deepest);
    begin_zip(&zip);
    add_file(&zip, "../b.txt", MN_LITERAL("two"));
    add_file(&zip, "deepest.zip", too_deep);
    struct mn_slice inner = end_packed(&zip), crawl = gzipped(&gzip, MN_LITERAL(RECORD("u:1") RECORD("u:2")));
    begin_tar(&tar);
    add_file(&tar, "a.txt", MN_LITERAL("one"));
    add_file(&tar, "x/inner.zip", inner);
    add_file(&tar, "crawl.warc.gz", crawl);
    add_file(&tar, "z.txt", MN_LITERAL("last"));
    struct mn_slice outer = end_packed(&tar);
    begin_folder();
    make_file("in/outer.tar", outer);
    expect_inputs(
        "in", NULL,
        "in/outer.tar!a.txt>outer.tar!/a.txt <> : one\n"
        "in/outer.tar!x/inner.zip!../b.txt>outer.tar!/x/inner.zip!/%2E%2E/b.txt <> : two\n"
        "in/outer.tar!x/inner.zip!deepest.zip>outer.tar!/x/inner.zip!/deepest.zip <> : ! is a container inside "
        "2 others: unpack the outermost first, or raise --max-nesting\n"
        "in/outer.tar!crawl.warc.gz!1>outer.tar!/crawl.warc.gz!/1 <u:1> : x\n"
        "in/outer.tar!crawl.warc.gz!2>outer.tar!/crawl.warc.gz!/2 <u:2> : x\n"
        "in/outer.tar!z.txt>outer.tar!/z.txt <> : last\n");
    free(deepest.bytes);
    free(zip.bytes);
    free(gzip.bytes);
    free(tar.bytes);
}

Test(feed, names_that_come_twice)
{
    struct packed tar;
    begin_tar(&tar);
    add_file(&tar, "a.txt", MN_LITERAL("one"));
    add_file(&tar, "./a.txt", MN_LITERAL("two"));
    add_file(&tar, "/a.txt", MN_LITERAL("three"));
    begin_folder();
    make_file("t.tar", end_packed(&tar));
#define TAKEN                                                                                                          \
    "taken: another input has the same name and its record would be overwritten; give their common folder instead, "   \
    "or run twice with two output folders\n"
    expect_inputs("t.tar", NULL,
                  "t.tar!a.txt>t.tar!/a.txt <> : one\n"
                  "t.tar!a.txt>t.tar!/a.txt <> : " TAKEN "t.tar!/a.txt>t.tar!/a.txt <> : " TAKEN);
    free(tar.bytes);
}

Test(feed, metadata_is_joined_by_name_or_output)
{
    struct packed tar;
    struct mn_metadata *metadata;
    struct mn_error error;
    begin_tar(&tar);
    add_file(&tar, "a.txt", MN_LITERAL("one"));
    add_file(&tar, "b.txt", MN_LITERAL("two"));
    begin_folder();
    make_file("in/t.tar", end_packed(&tar));
    make_file("in/c.txt", MN_LITERAL("three"));
    make_file("m.csv", MN_LITERAL("name,title\nin/t.tar!a.txt,A\nt.tar!/b.txt,B\nc.txt,C\n"));
    cr_assert(mn_metadata_load("m.csv", &metadata, &error) == MN_OK);
    expect_inputs("in", metadata,
                  "in/c.txt>c.txt <> C: three\n"
                  "in/t.tar!a.txt>t.tar!/a.txt <> A: one\n"
                  "in/t.tar!b.txt>t.tar!/b.txt <> B: two\n");
    mn_metadata_free(metadata);
    free(tar.bytes);
}

Test(feed, what_breaks_off_costs_itself)
{
    struct packed tar;
    begin_tar(&tar);
    add_file(&tar, "a.txt", MN_LITERAL("one"));
    add_file(&tar, "b.txt", MN_LITERAL("two"));
    struct mn_slice whole = end_packed(&tar);
    begin_folder();
    make_file("in/a.tar", mn_slice_cut(whole, 0, 1600));
    make_file("in/b.txt", MN_LITERAL("next"));
    expect_inputs(
        "in", NULL,
        "in/a.tar!a.txt>a.tar!/a.txt <> : one\n"
        "in/a.tar!b.txt>a.tar!/b.txt <> : ! cannot be unpacked: Truncated input file \n"
        "in/a.tar>a.tar <> : ! cannot be unpacked any further, what else it holds is not done: fetch it again\n"
        "in/b.txt>b.txt <> : next\n");
    free(tar.bytes);
}
