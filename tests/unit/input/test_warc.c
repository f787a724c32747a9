/* Crawls in memory, given a few bytes at a time. */
#include "base/limits.h"
#include "input/warc.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct tape {
    struct mn_slice bytes;
    size_t at, step;
};

static ssize_t play(void *context, char *out, size_t size, struct mn_error *error)
{
    struct tape *tape = context;
    size_t left = tape->bytes.size - tape->at, count = left < tape->step ? left : tape->step;
    (void)error;
    count = count < size ? count : size;
    if (count)
        memcpy(out, tape->bytes.data + tape->at, count);
    tape->at += count;
    return (ssize_t)count;
}

/* All documents of a crawl, a line each, and how it ended: "ORDINAL URL RETRIEVED CHARSET CODING BODY\n". */
static void show(struct mn_slice crawl, size_t step, size_t limit, char *out, size_t room)
{
    struct tape tape = {.bytes = crawl, .step = step};
    struct mn_warc *warc = mn_warc_open(play, &tape);
    struct mn_arena *arena = mn_arena_create();
    struct mn_error error = {0};
    char *buffer = NULL;
    size_t capacity = 0, left_aside = 0, used = 0;
    enum mn_status status = MN_OK;
    for (bool more = true; more;) {
        uint64_t ordinal = 0;
        struct mn_given given;
        struct mn_slice bytes, coding = MN_EMPTY;
        status = mn_warc_next(warc, arena, &more, &ordinal, &given, &left_aside, &error);
        if (status != MN_OK || !more)
            break;
        status = mn_warc_load(warc, limit, &buffer, &capacity, &bytes, &coding, &error);
        used += (size_t)snprintf(out + used, room - used, "%d <%.*s> %.*s %.*s %.*s ", (int)ordinal,
                                 MN_SLICE_ARGS(given.url), MN_SLICE_ARGS(given.retrieved), MN_SLICE_ARGS(given.charset),
                                 MN_SLICE_ARGS(coding));
        if (status == MN_OK)
            used += (size_t)snprintf(out + used, room - used, "%.*s\n", MN_SLICE_ARGS(bytes));
        else
            used += (size_t)snprintf(out + used, room - used, "! %s\n", error.message);
    }
    snprintf(out + used, room - used, "%s; %zu left aside\n", status == MN_OK ? "end" : error.message, left_aside);
    free(buffer);
    mn_arena_destroy(arena);
    mn_warc_close(warc);
}

enum { ROOM = 8192 };

static void expect_documents(struct mn_slice crawl, const char *expected)
{
    static const size_t steps[] = {1, 7, 1 << 20};
    char shown[ROOM];
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        show(crawl, steps[i], 1000, shown, sizeof shown);
        cr_expect(strcmp(shown, expected) == 0, "step %zu:\n%s\nexpected:\n%s", steps[i], shown, expected);
    }
}

/* A record whose Content-Length is written as it is given. */
#define RECORD(type, fields, length, block)                                                                            \
    "WARC/1.0\r\nWARC-Type: " type "\r\n" fields "Content-Length: " length "\r\n\r\n" block "\r\n\r\n"
#define HTTP "Content-Type: application/http; msgtype=response\r\n"
#define AT(url) "WARC-Target-URI: " url "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"

struct record {
    const char *type, *fields, *block;
};

/* A crawl of such records with their right lengths, in `out`. */
static struct mn_slice crawl_of(const struct record *records, size_t count, char out[ROOM])
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, ROOM - used,
                                 "WARC/1.0\r\nWARC-Type: %s\r\n%sContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                                 records[i].type, records[i].fields, strlen(records[i].block), records[i].block);
    return (struct mn_slice){out, used};
}

#define OK "HTTP/1.1 200 OK\r\n"

Test(warc, documents_of_a_crawl)
{
    static const struct record records[] = {
        {"warcinfo", "Content-Type: application/warc-fields\r\n", "a: b"},
        {"request", AT("https://a.example/") HTTP, "GET / HTTP/1.1\r\n\r\n"},
        {"response", AT("https://a.example/") HTTP, OK "Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>x"},
        {"response", AT("https://a.example/2") HTTP, "HTTP/1.1 404 Not Found\r\n\r\nnothing!"},
        {"response", AT("https://a.example/3") HTTP, OK "Content-Type: image/png\r\n\r\nPNG"},
        {"revisit", AT("https://a.example/") HTTP, OK "\r\n"},
        {"resource", AT("<file:///x.txt>") "Content-Type: text/plain; charset=utf-8\r\n", "word"},
        {"conversion", AT("https://a.example/5"), "text"},
        {"response", AT("dns:a.example") "Content-Type: text/dns\r\n", "a.example 1.2.3.4"},
    };
    char out[ROOM];
    expect_documents(crawl_of(records, sizeof records / sizeof *records, out),
                     "3 <https://a.example/> 2024-05-06T07:08:09Z iso-8859-1  <p>x\n"
                     "7 <file:///x.txt> 2024-05-06T07:08:09Z utf-8  word\n"
                     "8 <https://a.example/5> 2024-05-06T07:08:09Z   text\n"
                     "end; 3 left aside\n");
}

Test(warc, transfer_and_content_codings)
{
    static const struct record records[] = {
        {"response", HTTP, OK "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"},
        {"response", HTTP, OK "Transfer-Encoding: chunked\r\n\r\n<p>ab"},
        {"response", HTTP, OK "Transfer-Encoding: chunked\r\n\r\n9\r\nabcd"},
        {"response", HTTP, OK "Content-Encoding: gzip\r\n\r\nabcd"},
        {"response", HTTP, OK "Content-Encoding: Identity\r\n\r\nabcd"},
    };
    char out[ROOM];
    expect_documents(crawl_of(records, sizeof records / sizeof *records, out),
                     "1 <>    abc\n"
                     "2 <>    <p>ab\n"
                     "3 <>    ! its chunks break off: fetch it again\n"
                     "4 <>   gzip abcd\n"
                     "5 <>    abcd\n"
                     "end; 0 left aside\n");
}

Test(warc, line_ends_and_field_names_as_some_write_them)
{
    expect_documents(MN_LITERAL("\r\nWARC/1.1\nwarc-type: resource\ncontent-length:2\nwarc-target-uri:a b\n\nxy\n"
                                "WARC/1.0\nWARC-TYPE: RESOURCE\nCONTENT-LENGTH: 1\n\nz"),
                     "1 <a b>    xy\n"
                     "2 <>    z\n"
                     "end; 0 left aside\n");
}

Test(warc, wrong_lengths)
{
    expect_documents(MN_LITERAL(RECORD("resource", "", "2", "too long")),
                     "1 <>    to\n"
                     "record 2 has no WARC head of up to 65536 bytes: fetch the crawl again; 0 left aside\n");
    expect_documents(MN_LITERAL(RECORD("resource", "", "200", "short")),
                     "1 <>    ! breaks off in record 1: fetch it again\n"
                     "breaks off in record 1: fetch it again; 0 left aside\n");
    expect_documents(MN_LITERAL(RECORD("resource", "", "-1", "x")),
                     "record 1 says no Content-Length: fetch the crawl again; 0 left aside\n");
    expect_documents(MN_LITERAL(RECORD("resource", "", "99999999999999999999999", "x")),
                     "record 1 says no Content-Length: fetch the crawl again; 0 left aside\n");
    expect_documents(MN_LITERAL("WARC/1.0\r\nWARC-Type: resource\r\n\r\nx"),
                     "record 1 says no Content-Length: fetch the crawl again; 0 left aside\n");
    expect_documents(MN_LITERAL("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1\r\n"),
                     "record 1 has no WARC head of up to 65536 bytes: fetch the crawl again; 0 left aside\n");
}

/* The block of a response may be shorter than an HTTP head, and longer than a document may be. */
Test(warc, blocks_without_a_head_and_over_the_limit)
{
    expect_documents(MN_LITERAL(RECORD("response", HTTP, "17", "HTTP/1.1 200 OK\r\n") RECORD("resource", "", "1", "x")),
                     "2 <>    x\n"
                     "end; 1 left aside\n");
    char shown[ROOM];
    show(MN_LITERAL(RECORD("resource", "", "5", "12345") RECORD("resource", "", "4", "1234")), 1, 4, shown, ROOM);
    cr_expect_str_eq(shown, "1 <>    ! is larger than 4 bytes; raise --max-bytes if it is one document\n"
                            "2 <>    1234\n"
                            "end; 0 left aside\n");
}

/* Wherever a crawl breaks off, what stands before is given as it is without the break. */
Test(warc, breaks_anywhere)
{
    static const struct record records[] = {
        {"resource", AT("a"), "one"},
        {"response", HTTP, OK "Transfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"},
    };
    char crawl[ROOM];
    struct mn_slice whole = crawl_of(records, 2, crawl);
    static const char first[] = "1 <a> 2024-05-06T07:08:09Z   one\n", both[] = "2 <>    two\n";
    size_t one = (size_t)(strstr(crawl, "one") - crawl) + 3, two = whole.size - 4;
    for (size_t size = 0; size <= whole.size; size++) {
        char shown[ROOM];
        show(mn_slice_cut(whole, 0, size), 5, 1000, shown, sizeof shown);
        cr_expect((strncmp(shown, first, sizeof first - 1) == 0) == (size >= one), "%zu: %s", size, shown);
        cr_expect((strstr(shown, both) != NULL) == (size >= two), "%zu: %s", size, shown);
    }
}
