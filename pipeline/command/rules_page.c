#include "command/rules_page.h"

static const char *const style[] = {
    ":root{color-scheme:light dark;--page:#fff;--soft:#f5f6f8;--line:#dde1e7;--text:#1c2430;--dim:#5a6472;",
    "--link:#0b57a4;--good:#1a7f4b;--bad:#b3342d;--light:88%;--deep:30%;--full:80%}\n",
    "@media (prefers-color-scheme:dark){:root{--page:#14181e;--soft:#1c222b;--line:#333c49;--text:#e4e8ee;",
    "--dim:#9aa5b4;--link:#7db8f5;--good:#5fc48d;--bad:#f0837b;--light:23%;--deep:80%;--full:40%}}\n",
    "*{box-sizing:border-box}\n",
    "html{scroll-padding-top:1rem}\n",
    "body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;display:grid;",
    "grid-template-columns:17rem minmax(0,1fr)}\n",
    "a{color:var(--link);text-decoration:none}a:hover,a:focus{text-decoration:underline}\n",
    "nav{position:sticky;top:0;height:100vh;overflow-y:auto;padding:1.25rem 1rem;background:var(--soft);",
    "border-right:1px solid var(--line);font-size:.875rem}\n",
    "nav h2{font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:var(--dim);margin:1.25rem 0 .35rem;",
    "border:0;padding:0}\n",
    "nav ul{list-style:none;margin:0;padding:0}nav ul ul{padding-left:.9rem}nav li{margin:.12rem 0;",
    "overflow-wrap:anywhere}nav small{color:var(--dim)}\n",
    "main{padding:1.5rem 2.5rem 6rem;max-width:68rem}\n",
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}\n",
    "h2{font-size:1.45rem;margin:3rem 0 .6rem;padding-top:.9rem;border-top:2px solid var(--line)}\n",
    "h3{font-size:1.15rem;margin:2rem 0 .5rem}h4{font-size:1.02rem;margin:1.6rem 0 .4rem}",
    "h5{font-size:1rem;margin:0 0 .4rem}\n",
    "p{margin:.4rem 0;max-width:46rem}.dim,.note{color:var(--dim)}.note{font-style:italic}\n",
    "code,.pattern{font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:.86em;",
    "overflow-wrap:anywhere}\n",
    "table{border-collapse:collapse;width:100%;margin:.4rem 0 1rem;font-size:.92rem}\n",
    "th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);",
    "overflow-wrap:anywhere}th{font-weight:600;color:var(--dim)}td:first-child,th:first-child{width:15rem}\n",
    "caption{text-align:left;padding:.6rem 0 .2rem;font-weight:600}caption small{font-weight:400;color:var(--dim)}\n",
    ".words span+span::before{content:'· ';color:var(--dim)}\n",
    ".rule{border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.1rem;margin:1rem 0}\n",
    ".rule:target,tr:target,table:target{outline:3px solid var(--link);outline-offset:2px}\n",
    ".rule h5 a{color:inherit}.rule h5 small{font-weight:400;color:var(--dim);margin-left:.5rem}\n",
    ".examples{list-style:none;margin:.5rem 0;padding:0}\n",
    ".examples li{display:grid;grid-template-columns:1.4rem minmax(0,1fr);margin:.3rem 0}\n",
    ".examples li+li{border-top:1px dotted var(--line);padding-top:.3rem}\n",
    ".examples li::before{content:'✓';color:var(--good);font-weight:700}.examples li.not::before{content:'✗';",
    "color:var(--bad)}.examples .text{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.75}\n",
    ".examples .not .text{color:var(--dim)}\n",
    "mark{background:hsl(var(--h,0) var(--full) var(--light));color:inherit;border-radius:.3em;padding:.1em .3em;",
    "-webkit-box-decoration-break:clone;box-decoration-break:clone}\n",
    "mark>b{font:600 .68em/1 ui-monospace,Consolas,monospace;color:hsl(var(--h,0) 60% var(--deep));margin-right:.4em;",
    "vertical-align:.12em;white-space:normal}\n",
    "mark.find{background:none;box-shadow:inset 0 0 0 1.5px var(--dim);",
    "padding:.18em .35em}mark.find>b{color:var(--dim)}\n",
    ".legend{display:flex;flex-wrap:wrap;gap:.4rem}.legend mark{font:600 .8em ui-monospace,Consolas,monospace}\n",
    ".facts{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.2rem 1rem;margin:.7rem 0 0;font-size:.92rem}\n",
    ".facts dt{color:var(--dim)}.facts dd{margin:0;min-width:0}.facts dd small{display:block;color:var(--dim)}\n",
    ".pattern{display:block;background:var(--soft);border-radius:.35rem;padding:.25rem .5rem;line-height:1.55}\n",
    ".links a{white-space:nowrap;margin-right:.8rem;display:inline-block}\n",
    "details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}\n",
    "@media (max-width:60rem){body{display:block}nav{position:static;height:auto;max-height:45vh;border-right:0;",
    "border-bottom:1px solid var(--line)}main{padding:1.25rem 1rem 4rem}.facts{grid-template-columns:1fr;gap:0}",
    ".facts dt{margin-top:.4rem}}\n",
    "@media print{nav{display:none}body{display:block}.rule{break-inside:avoid}}\n",
};

/* Hues that neighbours can be told apart by. */
static const uint16_t hues[RULES_PAGE_COLOURS] = {210, 40, 140, 285, 5, 180, 325, 70, 250, 105, 20, 160};

struct sign {
    const char *written, *means;
};

static const struct sign signs[] = {
    {"judged", "this word, in capitals or not"},
    {"\"no later than\"", "these words or punctuation marks one after another, in capitals or not"},
    {"'RESOLVED'", "this word in exactly this spelling"},
    {"~judge", "any form of the word: judge, judged, judges, judging"},
    {"_", "any one word or punctuation mark"},
    {"#year", "a word of this class: what it looks like is laid down in its expression"},
    {"[people.title]", "a word or phrase from this lexicon"},
    {"[grades.scale=good|poor]", "only entries of the lexicon that stand for one of these values"},
    {"@time", "whatever other rules found as “time” here"},
    {"$be", "what the definition “be” says, put in at this place"},
    {"subject:( … )", "what matches in the brackets is kept under the name “subject”"},
    {"x y", "first x, then y"},
    {"x | y", "x or y; the first that fits is taken"},
    {"( … )", "belongs together"},
    {"x?", "x, or nothing"},
    {"x*   x+", "x any number of times; at least once"},
    {"x{2,5}", "x two to five times"},
    {"x??   x*?   x{2,5}?", "the same, but as few times as will do"},
    {"!x", "one word that is not x"},
    {"^   $", "the beginning; the end of the sentence, paragraph … that is looked in"},
    {"ahead(x)   not-ahead(x)", "only where x follows; does not follow"},
    {"behind(x)   not-behind(x)", "only where x stands directly before; does not"},
};

void rules_page_style(struct mn_writer *out)
{
    mn_write_literal(out, "<style>\n");
    for (size_t i = 0; i < sizeof style / sizeof *style; i++)
        mn_write(out, mn_slice_of(style[i]));
    for (size_t i = 0; i < RULES_PAGE_COLOURS; i++) {
        mn_write_literal(out, ".c");
        mn_write_number(out, i);
        mn_write_literal(out, "{--h:");
        mn_write_number(out, hues[i]);
        mn_write_literal(out, "}");
    }
    mn_write_literal(out, "\n</style>\n");
}

void rules_page_reader(struct mn_writer *out)
{
    mn_write_literal(
        out, "<section id=\"reading\">\n<h2>How to read this page</h2>\n"
             "<p>A rule says what it finds, where it looks, and which words have to stand there. It begins with its "
             "examples: in a line with ✓ the rule must find what is marked, in a line with ✗ it must find nothing. "
             "These are tests: <code>minutiae rules check</code> runs them.</p>\n"
             "<p>Text is read as words and punctuation marks, one by one. What must stand there is written as a "
             "pattern. Whatever is underlined when you point at it in a pattern leads to what it stands for.</p>\n"
             "<details open=\"open\">\n<summary>The signs in patterns</summary>\n<table>\n"
             "<thead><tr><th scope=\"col\">written</th><th scope=\"col\">stands for</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        mn_write_literal(out, "<tr><td><code>");
        mn_write_text(out, mn_slice_of(signs[i].written));
        mn_write_literal(out, "</code></td><td>");
        mn_write_text(out, mn_slice_of(signs[i].means));
        mn_write_literal(out, "</td></tr>\n");
    }
    mn_write_literal(out, "</tbody>\n</table>\n</details>\n</section>\n");
}
