#include "input/http.h"
#include <criterion/criterion.h>
#include <stdlib.h>

#define S MN_LITERAL

Test(http, the_head_ends_at_the_empty_line)
{
    static const struct {
        struct mn_slice bytes;
        size_t size;
    } cases[] = {
        {MN_LITERAL_ITEM("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"), 25},
        {MN_LITERAL_ITEM("HTTP/1.1 200 OK\nA: b\n\nbody"), 22},
        {MN_LITERAL_ITEM("HTTP/1.1 200 OK\r\n\n"), 18},
        {MN_LITERAL_ITEM("HTTP/1.1 200 OK\r\nA: b\r\n"), 0},
        {MN_LITERAL_ITEM("HTTP/1.1 200 OK\r\nA: b\r\n\r"), 0},
        {MN_LITERAL_ITEM("no line"), 0},
        {MN_LITERAL_ITEM(""), 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect(mn_head_size(cases[i].bytes) == cases[i].size, "%zu: %zu", i, mn_head_size(cases[i].bytes));
}

Test(http, fields_by_name_in_any_case)
{
    struct mn_slice head =
        S("HTTP/1.1 200 OK\r\nX-Content-Type: no\r\ncontent-TYPE:\t text/html \r\nEmpty:\r\nNo colon\r\n"
          "Content-Type: second\r\nLast: one");
    static const struct {
        struct mn_slice name;
        const char *value;
    } cases[] = {
        {MN_LITERAL_ITEM("content-type"), "text/html"},
        {MN_LITERAL_ITEM("x-content-type"), "no"},
        {MN_LITERAL_ITEM("empty"), ""},
        {MN_LITERAL_ITEM("type"), ""},
        {MN_LITERAL_ITEM("last"), "one"},
        {MN_LITERAL_ITEM("http/1.1 200 ok"), ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect(mn_slice_equal(mn_head_field(head, cases[i].name), mn_slice_of(cases[i].value)), "%.*s",
                  MN_SLICE_ARGS(cases[i].name));
}

Test(http, status)
{
    cr_expect(mn_http_status(S("HTTP/1.1 200 OK\r\n")) == 200);
    cr_expect(mn_http_status(S("HTTP/2 404\r\n")) == 404);
    cr_expect(mn_http_status(S("HTTP/1.1 20\r\n")) == 0);
    cr_expect(mn_http_status(S("HTTP/1.1")) == 0);
    cr_expect(mn_http_status(S("GET / HTTP/1.1\r\n")) == 0);
    cr_expect(mn_http_status(MN_EMPTY) == 0);
}

Test(http, charset)
{
    static const struct {
        struct mn_slice type;
        const char *charset;
    } cases[] = {
        {MN_LITERAL_ITEM("text/html; charset=utf-8"), "utf-8"},
        {MN_LITERAL_ITEM("text/html;CHARSET=\"ISO-8859-1\"; x=y"), "ISO-8859-1"},
        {MN_LITERAL_ITEM("text/html; charset='windows-1252'"), "windows-1252"},
        {MN_LITERAL_ITEM("text/html; charset="), ""},
        {MN_LITERAL_ITEM("text/html; charset=\"\""), ""},
        {MN_LITERAL_ITEM("text/html"), ""},
        {MN_LITERAL_ITEM(""), ""},
    };
    struct mn_arena *arena = mn_arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mn_slice charset = mn_http_charset(arena, cases[i].type);
        cr_expect(mn_slice_equal(charset, mn_slice_of(cases[i].charset)), "%.*s: '%.*s'", MN_SLICE_ARGS(cases[i].type),
                  MN_SLICE_ARGS(charset));
        cr_expect(!charset.data || charset.data[charset.size] == '\0');
    }
    mn_arena_destroy(arena);
}

Test(http, types_without_text)
{
    cr_expect(mn_http_carries_no_text(S("image/png")) && mn_http_carries_no_text(S("Text/CSS; charset=utf-8")));
    cr_expect(!mn_http_carries_no_text(S("text/html")) && !mn_http_carries_no_text(S("application/pdf")));
    cr_expect(!mn_http_carries_no_text(MN_EMPTY));
}

/* What is joined from `bytes`; null when the chunks break off. The caller frees it. */
static char *join(struct mn_slice bytes, size_t *size)
{
    char *copy = malloc(bytes.size + 1);
    memcpy(copy, bytes.data, bytes.size);
    if (mn_http_join_chunks(copy, bytes.size, size))
        return copy;
    free(copy);
    return NULL;
}

Test(http, chunks)
{
    static const struct {
        struct mn_slice bytes;
        const char *joined; /* null: they break off */
    } cases[] = {
        {MN_LITERAL_ITEM("5\r\nHello\r\nA; name=value\r\n, 23456789\r\n0\r\n\r\n"), "Hello, 23456789"},
        {MN_LITERAL_ITEM("5\nHello\n0\n"), "Hello"},
        {MN_LITERAL_ITEM("2\r\nab\r\n0\r\nTrailer: x\r\n\r\n"), "ab"},
        {MN_LITERAL_ITEM("0\r\n\r\n"), ""},
        {MN_LITERAL_ITEM("5\r\nHello\r\n"), NULL},
        {MN_LITERAL_ITEM("6\r\nHello"), NULL},
        {MN_LITERAL_ITEM("FFFFFFFFFFFFFFFF\r\nHello\r\n0\r\n\r\n"), NULL},
        {MN_LITERAL_ITEM("FFFFFFFFFFFFFFFFFFFFFFFF\r\nHello"), NULL},
        {MN_LITERAL_ITEM("Hello"), NULL},
        {MN_LITERAL_ITEM(""), NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = 0;
        char *joined = join(cases[i].bytes, &size);
        cr_expect((joined != NULL) == (cases[i].joined != NULL), "%zu", i);
        if (joined && cases[i].joined)
            cr_expect(mn_slice_equal((struct mn_slice){joined, size}, mn_slice_of(cases[i].joined)), "%zu: %.*s", i,
                      (int)size, joined);
        free(joined);
    }
}

Test(http, a_page_is_no_chunk)
{
    cr_expect(mn_http_is_chunked(S("1a\r\n<html>")) && mn_http_is_chunked(S("0;x\r\n")));
    cr_expect(!mn_http_is_chunked(S("<html>")) && !mn_http_is_chunked(S("added")) && !mn_http_is_chunked(S("\r\n")));
}
