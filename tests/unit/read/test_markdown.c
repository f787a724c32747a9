/* Markdown: what it marks, and what only looks so. Each source begins with a line that says it is markdown. */
#include "dump.h"
#include <criterion/criterion.h>
#include <stdio.h>

#define MARK "[Source](http://example.org)\n"

struct sample {
    const char *source, *expected;
};

/* The samples behind the first line. */
static void check_samples(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char source[1024], expected[1024];
        snprintf(source, sizeof source, MARK "%s", samples[i].source);
        snprintf(expected, sizeof expected, "ab Source\n%s", samples[i].expected);
        check_dump(source, expected);
    }
}

#define CHECK(...)                                                                                                     \
    do {                                                                                                               \
        static const struct sample samples[] = {__VA_ARGS__};                                                          \
        check_samples(samples, sizeof samples / sizeof *samples);                                                      \
    } while (0)

Test(markdown, is_sniffed)
{
    static const char *const sources[] = {"**Bold** line\n", "# One\n\ntext\n\n## Two\n", "see [here](http://x.y)\n",
                                          "a | b\n--|--\n1 | 2\n", "---\n\n# One\ntext"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct reading reading = reading_of(mn_slice_of(sources[i]), NULL);
        cr_expect(mn_slice_equal(reading.document->source.media_type, MN_LITERAL("text/markdown")), "%s", sources[i]);
        reading_free(&reading);
    }
}

Test(markdown, headings)
{
    CHECK({"# One\n###### Six ##\n", "head1 One\nhead6 Six\n"}, {"\n## *Two*, **three**\n", "head2/1 Two, three\n"},
          {"#hash\n####### seven\n# C#", "ab #hash\nab ####### seven\nhead1 C#\n"},
          {"\nTitle\n=====\ntext", "head1/1 Title\nab/1 text\n"});
}

Test(markdown, bold)
{
    CHECK({"**whole line**\n", "ab* whole line\n"}, {"**a** **b**\n", "ab* a b\n"},
          {"**MEMBERS** :\n", "ab* MEMBERS :\n"}, {"**Item 1:** text\n", "ab Item 1: text\n"},
          {"the**review**is\n", "ab thereviewis\n"},
          {"**over two\nlines** and out\n", "ab* over two\nab lines and out\n"}, {"***both***\n", "ab* both\n"},
          {"**left open\n\nnext", "ab* left open\nab/1 next\n"});
}

Test(markdown, emphasis)
{
    CHECK({"an *em* and _em_ here\n", "ab an em and em here\n"},
          {"* bullet\n- dash\n+ plus\n", "ab * bullet\nab - dash\nab + plus\n"},
          {"1* November, 5* December\n", "ab 1* November, 5* December\n"},
          {"snake_case_name\n", "ab snake_case_name\n"}, {"*lone star\n", "ab *lone star\n"},
          {"\"*quoted*\", (*so*)\n", "ab \"quoted\", (so)\n"}, {"*over\ntwo lines* x\n", "ab over\nab two lines x\n"},
          {"*not over\n\nparagraphs*\n", "ab *not over\nab/1 paragraphs*\n"}, {"*a* *- b\nc*.\n", "ab a - b\nab c.\n"},
          {"Signed: __________\n", "ab Signed: __________\n"});
}

Test(markdown, escapes_references_and_tags)
{
    CHECK({"1\\. \\*x\\* \\_\\_\\_ C:\\d\n", "ab 1. *x* ___ C:\\d\n"},
          {"a &amp; &pound;5 &#163;6 AT&T &nope;\n", "ab a & \u00A35 \u00A36 AT&T &nope;\n"},
          {"&#x2019; &#X41; &#150;|\n", "ab \u2019 A \u2013|\n"},
          {"&#1114112; &#xD800; &#1; &#; &#x; &#1a;\n", "ab &#1114112; &#xD800; &#1; &#; &#x; &#1a;\n"},
          {"*<small>tiny</small>* x<br>y 3 < 4 > 2\n", "ab tiny x y 3 < 4 > 2\n"},
          {"<https://a.b> <me@c.d>\n", "ab https://a.b me@c.d\n"}, {"a <!-- hidden --> b\n", "ab a b\n"});
}

Test(markdown, links)
{
    CHECK({"see [the *report*](http://x/y(1).pdf) and [sic]\n", "ab see the report and [sic]\n"},
          {"![logo](a.png)text\n", "ab text\n"}, {"[open (a)\n", "ab [open (a)\n"}, {"[a](b\n", "ab [a](b\n"});
}

Test(markdown, tables)
{
    CHECK({"| a | b |\n|---|:-:|\n| 1 | **x** |\n",
           "table\n row\n  cell#\n   p a\n  cell#\n   p b\n row\n  cell\n   p 1\n  cell\n   p* x\n"},
          {"a | b\n--|--\n1 |\n\nend | of",
           "table\n row\n  cell#\n   p a\n  cell#\n   p b\n row\n  cell\n   p 1\nab/1 end | of\n"},
          {"| a | b |\n| c\\|d | e<br>f |\n",
           "table\n row\n  cell\n   p a\n  cell\n   p b\n row\n  cell\n   p c|d\n  cell\n   p e\n   p f\n"},
          {"| will move that\n", "ab | will move that\n"});
}

Test(markdown, quotes_and_code)
{
    CHECK({"> one\n> two\nlazy\n\nout\n", "quote\n ab one\n ab two\n ab lazy\nab/1 out\n"},
          {"> a\n>\n> b\n", "quote\n ab a\n ab/1 b\n"},
          {"```\n**as is**\n```\n**not**", "ab/1 **as is**\nab*/1 not\n"});
}

Test(markdown, rules_end_pages)
{
    CHECK({"end of\n\n---\n\n2\n\npage\n", "ab end of\nab^/2 2\nab/1 page\n"}, {"a\n***\nb\n", "ab a\nab^ b\n"},
          {"a\n\n--------\n\nb\n", "ab a\nab/3 b\n"}, {"a\n- - -\n# b\n", "ab a\nhead1^ b\n"});
}
