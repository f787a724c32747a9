/* HTML: blocks, lines, lists, tables, furniture, metadata; flaws and depth. */
#include "base/limits.h"
#include "dump.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct sample {
    const char *source, *expected;
};

#define CHECK(...)                                                                                                     \
    do {                                                                                                               \
        static const struct sample samples[] = {__VA_ARGS__};                                                          \
        for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)                                                  \
            check_dump(samples[i].source, samples[i].expected);                                                        \
    } while (0)

Test(html, blocks_and_inline)
{
    CHECK({"<p>One <i>two</i><u>three</u></p><p>four", "p One twothree\np/1 four\n"},
          {"<body>bare<div>in a div<p>in a p</p>after</div>", "p bare\np/1 in a div\np/1 in a p\np/1 after\n"},
          {"<p>a\n  b&nbsp;&nbsp;c</p><P>12<sup>th</sup>", "p a b c\np/1 12th\n"},
          {"<section><article><main>x</main></article></section>", "p x\n"},
          {"<dl><dt>Venue:<dd>Hall</dl>", "p Venue:\np/1 Hall\n"},
          {"<h1>A</h1><h3>B</h3>text<h6>C", "head1 A\nhead3/1 B\np/1 text\nhead6/1 C\n"},
          {"<blockquote><p>said</p>more</blockquote>x", "quote\n p said\n p/1 more\np/1 x\n"},
          {"<p>x<img alt='not read'>y<!-- nor this -->z", "p x yz\n"},
          {"<p>&#145;a&#146; &#150; &#x80;&pound;&rsquo;", "p \u2018a\u2019 \u2013 \u20AC\u00A3\u2019\n"});
}

Test(html, empty_paragraphs_are_empty_lines)
{
    CHECK({"<p>a<p>&nbsp;</p><p><o:p>&nbsp;</o:p></p><p>b", "p a\np/3 b\n"}, {"<p>a</p><hr><p>b", "p a\np/2 b\n"},
          {"<p></p><p>a<div></div><div>b", "p a\np/1 b\n"});
}

Test(html, breaks_end_lines)
{
    CHECK({"<p>RESOLVED:<br>1) That a<br/>2) That b</p><p>c", "p RESOLVED:\np 1) That a\np 2) That b\np/1 c\n"},
          {"<p>a<br><br>b<br>&nbsp;<br>c", "p a\np/1 b\np/1 c\n"},
          {"<h2>Committee<br>Tuesday</h2>", "head2 Committee Tuesday\n"}, {"<td>a<br>b", "p a\np b\n"});
}

Test(html, bold_is_of_whole_blocks)
{
    CHECK({"<p><b>All</b></p><p><strong>Most</strong>: <b>of it</b>.", "p* All\np*/1 Most: of it.\n"},
          {"<p><b>Label:</b> text</p>", "p Label: text\n"},
          {"<p><span style='font-weight: bold'>a<o:p></o:p></span>&nbsp;", "p* a\n"},
          {"<p><b>a<p>b</b> c", "p* a\np/1 b c\n"});
}

Test(html, preformatted_text_is_plain_text)
{
    CHECK({"<p>x<pre>\n1.  One\n    two\n\nthree<b>!</b>\n</pre>y", "p x\nab/1 1. One\nab4 two\nab/1 three!\np/1 y\n"},
          {"<pre>a<br>b", "ab a\nab b\n"});
}

Test(html, lists)
{
    CHECK({"<ul><li>a<li>b</ul>c", "list\n item=1:0\n  p=1:0 a\n item=1:0\n  p=1:0/1 b\np/1 c\n"},
          {"<ol start=3 type=a><li>x<li value=7>y<li>z</ol>",
           "list\n item=3:3\n  p=3:3 x\n item=3:7\n  p=3:7/1 y\n item=3:8\n  p=3:8/1 z\n"},
          {"<ol style='list-style-type: upper-roman'><li><p>x<p>y</ol>", "list\n item=6:1\n  p=6:1 x\n  p/1 y\n"},
          {"<ul style=list-style:none><li>(a) x</ul>", "list\n item\n  p (a) x\n"},
          {"<ol><li>a<ul><li>b</ul>c<li>d</ol>",
           "list\n item=2:1\n  p=2:1 a\n  list\n   item=1:0\n    p=1:0/1 b\n  p/1 c\n item=2:2\n  p=2:2/1 d\n"},
          {"<ul>lead<li>a</li>stray<ul><li>b</ul></ul>",
           "p lead\nlist\n item=1:0\n  p=1:0/1 a\n item\n  p/1 stray\n  list\n   item=1:0\n    p=1:0/1 b\n"},
          {"<li>alone<li>again", "p alone\np/1 again\n"}, {"<ul></ul><ul><li></ul>x", "list\n item=1:0\np x\n"});
}

Test(html, tables)
{
    CHECK({"<table><caption>C</caption><tr><th>H<th>I<tr><td>a<td></table>b",
           "p C\ntable\n row\n  cell#\n   p/1 H\n  cell#\n   p/1 I\n row\n  cell\n   p/1 a\n  cell\np/1 b\n"},
          {"<table><thead><tr><td>H</thead><tbody><tr><td>a", "table\n row\n  cell#\n   p H\n row\n  cell\n   p/1 a\n"},
          {"<table><tr><td>17.<td><h3>T</h3><p>x<table><tr><td>in</table>y</table>",
           "table\n row\n  cell\n   p 17.\n  cell\n   head3/1 T\n   p/1 x\n   table\n    row\n     cell\n      p/1 "
           "in\n   p/1 y\n"},
          {"<table><tr></table><table></table>x", "p x\n"},
          {"<table><td>a<td>b</table>", "table\n row\n  cell\n   p a\n  cell\n   p/1 b\n"},
          {"<table><tr><td colspan=2>a<td>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g",
           "table\n row\n  cell\n   p a\n  cell\n  cell\n   p/1 b\n row\n  cell\n   p/1 c\n  cell\n   p/1 d\n  cell\n  "
           " p/1 e\n"
           " row\n  cell\n  cell\n   p/1 f\n  cell\n   p/1 g\n"});
}

Test(html, what_is_no_text_is_skipped)
{
    CHECK({"<head><style>p{}</style><script>var a='<p>RESOLVED</p>';</script></head><p>x<noscript>n</noscript>"
           "<select><option>o</select><button>b</button><textarea>t</textarea><svg><text>s</text></svg>y",
           "p xy\n"},
          {"<xml><w:View>Normal</w:View></xml><p>x", "p x\n"});
}

Test(html, furniture_by_element)
{
    CHECK({"<header><a href=/>Site</a><nav><ul><li>Home<li>News</ul></nav></header><main><p>x</main><footer>f</footer>",
           "fw Site\nfw Home\nfw News\np x\nfw f\n"},
          {"<article><header><h1>Title</h1></header>x<aside>by the way</aside><footer>signed</footer></article>",
           "head1 Title\np/1 x\nfw by the way\np/1 signed\n"},
          /* A site's header with the page's own heading in it is none; one with a logo is. */
          {"<header><p>Site</p><h1>Minutes</h1><p>12 May</p></header>x", "fw Site\nhead1 Minutes\np/1 12 May\np/1 x\n"},
          {"<header><h1><a href=/>Council</a></h1></header><h1>Minutes</h1>", "fw Council\nhead1 Minutes\n"});
}

Test(html, furniture_by_name)
{
    static const char *const names[] = {"class=breadcrumb",
                                        "class='x breadcrumbs y'",
                                        "id=crumbs",
                                        "class=bc",
                                        "id=topNav",
                                        "class=top-nav",
                                        "class=main_menu",
                                        "class=pageHeader",
                                        "class=pageFooter",
                                        "id=footer",
                                        "id=header",
                                        "class=cookie-banner",
                                        "class=shareLinks",
                                        "class=sidebar",
                                        "id=login",
                                        "id=search",
                                        "class=skip",
                                        "role=navigation",
                                        "role=banner",
                                        "class=social",
                                        "class=social-media",
                                        "id=foot",
                                        "id=trail"};
    static const char *const others[] = {"class=content",      "class=navy",           "class=meeting-header",
                                         "class=table-header", "id=adult-social-care", "class=no-sidebar",
                                         "class=hasMenu",      "id=researched",        "class=mgItemNumberCell",
                                         "class=footnote",     "role=article",         "class=''"};
    char source[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(source, sizeof source, "<div %s><p>a</div><p>x", names[i]);
        check_dump(source, "fw a\np x\n");
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(source, sizeof source, "<div %s><p>a</div><p>x", others[i]);
        check_dump(source, "p a\np/1 x\n");
    }
}

Test(html, names_never_hide_the_main_content)
{
    CHECK({"<body class=nav><table class=menu><tr><td class=menu>x", "table\n row\n  cell\n   p x\n"},
          {"<form class=search><p>x</form><h2 id=search>y", "p x\nhead2/1 y\n"},
          {"<div class=sidebar-left><h1>T</h1><p>x</div>", "head1 T\np/1 x\n"},
          {"<div class=nav><p>m</p><main>x</main></div>", "fw m\np x\n"},
          {"<p>m</p><div id=content class=sidebar-left><p>x</div>", "p m\np/1 x\n"},
          {"<div id=header><p>m<div id=content><p>x</div></div>", "fw m\np x\n"},
          /* More prose in what is so called than elsewhere: the name means something else. */
          {"<div class=sidebar><p>The Committee resolved to approve the recommendations.</div><p>x",
           "p The Committee resolved to approve the recommendations.\np/1 x\n"},
          {"<div style=display:none><p>All of it", "p All of it\n"}, {"<body style=display:none>x", "p x\n"});
}

Test(html, inline_furniture_leaves_its_paragraph_whole)
{
    check_dump("<p>one <a class=share href=x>Share</a>two</p>", "fw Share\np one two\n");
}

Test(html, hidden_parts_are_furniture)
{
    CHECK({"<p>x<p hidden>a<p style='color:red;DISPLAY : none'>b<span aria-hidden=true>c</span><p>y",
           "p x\nfw a\nfw bc\np/1 y\n"},
          {"<p>x<span style='mso-hide:all'>h</span>y", "fw h\np xy\n"});
}

Test(html, word)
{
    CHECK({"<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p class=MsoListParagraph>"
           "<![if !supportLists]><span style='mso-list:Ignore'>(a)<span>&nbsp;&nbsp; </span></span><![endif]>That "
           "<st1:place>"
           "Oxford</st1:place> be noted<o:p></o:p></p>",
           "p (a) That Oxford be noted\n"},
          {"<p>x<br style='page-break-before:always'></p><p>y", "p x\np^/1 y\n"});
}

/* How ModernGov's pages mark headings. */
Test(html, headings_by_class)
{
    CHECK(
        {"<table><tr><td class=mgItemNumberCell><p class=mgAiTitleTxt>4.</p><td><p class=mgAiTitleTxt>Heating<a href=x>"
         "<img alt=pdf>PDF 500 KB</a></p><p class='mgSubItemTitleTxt'>Decision:</p><div class=mgWordPara>Agreed.</div>",
         "table\n row\n  cell\n   p 4.\n  cell\n   head3/1 Heating PDF 500 KB\n   head4/1 Decision:\n   p/1 "
         "Agreed.\n"});
}

Test(html, metadata)
{
    struct reading reading = reading_of(
        MN_LITERAL(
            "<html lang=en-GB><head><title> Agenda \n&amp; minutes </title><title>2</title>"
            "<meta name='DC.date' content='2019-05-01'><meta property='article:published_time' "
            "content='2020-03-04T10:00:00Z'><meta name='DC.date.issued' content='soon'></head><body lang=cy><p>x"),
        NULL);
    cr_expect(mn_slice_equal(reading.document->title, MN_LITERAL("Agenda & minutes")));
    cr_expect(mn_slice_equal(reading.document->language, MN_LITERAL("en-GB")));
    cr_expect(mn_slice_equal(reading.document->published, MN_LITERAL("2020-03-04")));
    cr_expect(mn_slice_equal(reading.document->source.media_type, MN_LITERAL("text/html")));
    reading_free(&reading);
}

Test(html, dates_in_metadata_are_checked)
{
    static const struct sample dates[] = {{"2019-05-01", "2019-05-01"},
                                          {"2019-05", "2019-05"},
                                          {"2019", "2019"},
                                          {"2019-05-01T09:00", "2019-05-01"},
                                          {"1/5/2019", ""},
                                          {"2019-13-01", ""},
                                          {"20190501", ""},
                                          {"2019-05-011", ""},
                                          {"", ""}};
    char source[128];
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        snprintf(source, sizeof source, "<meta name=dcterms.date content='%s'><p>x", dates[i].source);
        struct reading reading = reading_of(mn_slice_of(source), NULL);
        cr_expect(mn_slice_equal(reading.document->published, mn_slice_of(dates[i].expected)), "%s", dates[i].source);
        reading_free(&reading);
    }
}

Test(html, source_ranges_hold_the_block)
{
    static const char source[] = "<p>one</p>\n<p class=x>two &amp; <b>three</b></p><!-- c -->four";
    struct reading reading = reading_of(mn_slice_of(source), NULL);
    static const char *const blocks[] = {"one", "two &amp; <b>three", "four"};
    for (size_t i = 0; i < 3; i++) {
        const struct mn_node *node = &reading.document->nodes.items[i + 1];
        struct mn_slice range = mn_slice_cut(mn_slice_of(source), node->source_start, node->source_end);
        cr_expect(mn_slice_equal(range, mn_slice_of(blocks[i])), "%.*s", MN_SLICE_ARGS(range));
    }
    reading_free(&reading);
}

/* `before`, `count` times `unit`, `after`. */
static struct mn_slice repeated(const char *before, const char *unit, size_t count, const char *after)
{
    size_t size = strlen(before) + count * strlen(unit) + strlen(after);
    char *text = malloc(size + 1), *at = text;
    memcpy(at, before, strlen(before));
    at += strlen(before);
    for (size_t i = 0; i < count; i++, at += strlen(unit))
        memcpy(at, unit, strlen(unit));
    memcpy(at, after, strlen(after) + 1);
    return (struct mn_slice){text, size};
}

Test(html, nesting_is_bounded)
{
    static const char *const units[] = {"<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<foo>"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct mn_slice source = repeated("<p>before", units[i], 100000, "deep");
        struct reading reading = reading_of(source, NULL);
        cr_expect(reading.status == MN_OK);
        cr_expect(mn_slice_starts(reading.document->text, MN_LITERAL("before")));
        cr_expect(strstr(reading.dump, "deep") != NULL, "%s", units[i]);
        size_t deepest = 0;
        for (const char *line = reading.dump; *line; line += strcspn(line, "\n") + 1)
            deepest = strspn(line, " ") > deepest ? strspn(line, " ") : deepest;
        cr_expect(deepest < MN_LIMIT_NESTING, "%s: %zu", units[i], deepest);
        reading_free(&reading);
        free((void *)(uintptr_t)source.data);
    }
}

Test(html, text_behind_deep_nesting_comes_through)
{
    struct mn_slice source = repeated("<p>before<div>", "<div>x</div><font>", 3000, "</div><p>after");
    struct reading reading = reading_of(source, NULL);
    size_t found = 0;
    for (const char *at = reading.dump; (at = strchr(at, 'x')); at++)
        found++;
    cr_expect(found == 3000, "%zu", found);
    cr_expect(strstr(reading.dump, "after"));
    reading_free(&reading);
    free((void *)(uintptr_t)source.data);
}

Test(html, long_texts_and_tags_come_through)
{
    struct mn_slice source = repeated("<p>", "word ", 3000000, "end");
    struct reading reading = reading_of(source, NULL);
    cr_expect(reading.status == MN_OK && reading.document->text.size == 15000003, "%zu", reading.document->text.size);
    cr_expect(reading.document->nodes.count == 2);
    reading_free(&reading);
    free((void *)(uintptr_t)source.data);

    source = repeated("<p class='nav'", " a=\"1>2\"", 100000, ">menu</p><p>text</p>");
    reading = reading_of(source, NULL);
    cr_expect(reading.dump && strcmp(reading.dump, "fw menu\np text\n") == 0, "%s", reading.dump);
    reading_free(&reading);
    free((void *)(uintptr_t)source.data);
}

Test(html, spans_do_not_fill_the_memory)
{
    struct mn_slice source = repeated("<table>", "<tr><td colspan=999 rowspan=999>a", 20000, "</table>");
    struct reading reading = reading_of(source, NULL);
    cr_expect(reading.status == MN_OK);
    cr_expect(reading.document->nodes.count < 200000, "%zu", reading.document->nodes.count);
    reading_free(&reading);
    free((void *)(uintptr_t)source.data);
}
