#include "files.h"
#include "input/metadata.h"
#include <criterion/criterion.h>

static enum mn_status load(const char *text, struct mn_metadata **metadata, struct mn_error *error)
{
    begin_folder();
    make_file("m", mn_slice_of(text));
    return mn_metadata_load("m", metadata, error);
}

/* What the row of a name says: "title|authority|body|date|charset|url", "-" when there is none. */
static void show(const struct mn_metadata *metadata, const char *name, char out[256])
{
    struct mn_given given = {0};
    snprintf(out, 256, "-");
    if (mn_metadata_find(metadata, mn_slice_of(name), &given))
        snprintf(out, 256, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", MN_SLICE_ARGS(given.title), MN_SLICE_ARGS(given.authority),
                 MN_SLICE_ARGS(given.body), MN_SLICE_ARGS(given.date), MN_SLICE_ARGS(given.charset),
                 MN_SLICE_ARGS(given.url));
}

static const struct {
    const char *what, *text, *name, *shown;
} tables[] = {
    {"columns in any order, others passed over", "date,x,name,title\n2021-09-14,1,a.txt,T\n", "a.txt",
     "T|||2021-09-14||"},
    {"names of columns in any case", "Name,DATE\na,2021-09-14\n", "a", "|||2021-09-14||"},
    {"quotes, commas and line ends in fields", "name,body\n\"a, \"\"b\"\"\n.txt\",\"The\r\nBoard\"\n", "a, \"b\"\n.txt",
     "||The\r\nBoard|||"},
    {"CRLF and no line end at the end", "name,authority\r\na,X\r\n\"b\",Y", "b", "|Y||||"},
    {"a byte order mark", "\xEF\xBB\xBFname,url\na,u\n", "a", "|||||u"},
    {"a byte order mark before a quote", "\xEF\xBB\xBF\"name\",\"url\"\n\"a\",\"u\"\n", "a", "|||||u"},
    {"fields that are missing or too many", "name,title,charset\na\nb,T,utf-8,more\n", "b", "T||||utf-8|"},
    {"empty lines", "name\n\n,\n\na\n", "a", "|||||"},
    {"blanks around fields", "name , title\n a ,  T \n", "a", "T|||||"},
    {"another name", "name,title\na,T\n", "A", "-"},
    {"no rows", "name,title\n", "a", "-"},
    {"a quote in an unquoted field", "name,title\na,the \"T\"\n", "a", "the \"T\"|||||"},
    {"XML",
     "<?xml version='1.0'?>\n<metadata xmlns='urn:minutiae:metadata:1'>\n<document name='a&amp;b' title=' T ' "
     "date='2021-09-14'/><document name='c'/></metadata>",
     "a&b", "T|||2021-09-14||"},
    {"XML with a byte order mark",
     "\xEF\xBB\xBF<metadata xmlns='urn:minutiae:metadata:1'><document name='a'/></metadata>", "a", "|||||"},
};

Test(metadata, rows)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct mn_metadata *metadata;
        struct mn_error error;
        char shown[256];
        bool loaded = load(tables[i].text, &metadata, &error) == MN_OK;
        cr_expect(loaded, "%s: %s", tables[i].what, error.message);
        if (!loaded)
            continue;
        show(metadata, tables[i].name, shown);
        cr_expect(strcmp(shown, tables[i].shown) == 0, "%s: %s", tables[i].what, shown);
        mn_metadata_free(metadata);
    }
}

static const struct {
    const char *text, *message;
} mistakes[] = {
    {"", "m:1: the header has no column 'name'"},
    {"nom,date\na,b\n", "m:1: the header has no column 'name'"},
    {"name,date\na,14/09/2021\n", "m:2: '14/09/2021' is no date; write it as YYYY-MM-DD"},
    {"name,date\na,2021-9-14\n", "m:2: '2021-9-14' is no date; write it as YYYY-MM-DD"},
    {"name,title\na,b\n,c\n", "m:3: a row without a name"},
    {"name,title\n\"a\nb\",\"c\nd\"\ne,\"f\n", "m:5: a quoted field is not closed"},
    {"name\na\nb\na\n", "m: there are two rows for 'a'"},
    {"<metadata xmlns='urn:minutiae:metadata:1'><document title='a'/></metadata>", "m:1:"},
    {"<metadata xmlns='urn:minutiae:metadata:1'><document name='a' colour='b'/></metadata>", "m:1:"},
    {"<metadata xmlns='urn:minutiae:metadata:1'>\n<documents/></metadata>", "m:2:"},
    {"<metadata><document name='a'/></metadata>", "m:1:"},
    {"<metadata xmlns='urn:minutiae:metadata:1'><document name='a'/><document name='a'/></metadata>",
     "m: there are two rows for 'a'"},
    {"<metadata xmlns='urn:minutiae:metadata:1'>", "m:1:"},
};

Test(metadata, mistakes_are_told_with_their_line)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct mn_metadata *metadata = NULL;
        struct mn_error error = {0};
        enum mn_status status = load(mistakes[i].text, &metadata, &error);
        cr_expect(status == MN_MALFORMED, "%s", mistakes[i].text);
        cr_expect(strncmp(error.message, mistakes[i].message, strlen(mistakes[i].message)) == 0, "%s\n%s",
                  mistakes[i].text, error.message);
        if (status == MN_OK)
            mn_metadata_free(metadata);
    }
}

/* A row is joined over what was known, and only with what it says. */
Test(metadata, goes_before_what_was_known)
{
    struct mn_metadata *metadata;
    struct mn_error error;
    struct mn_given given = {.title = MN_LITERAL("old"), .url = MN_LITERAL("u")};
    cr_assert(load("name,title,url\na,new,\n", &metadata, &error) == MN_OK);
    cr_expect(mn_metadata_count(metadata) == 1);
    cr_expect(mn_metadata_find(metadata, MN_LITERAL("a"), &given));
    cr_expect(mn_slice_equal(given.title, MN_LITERAL("new")) && mn_slice_equal(given.url, MN_LITERAL("u")));
    mn_metadata_free(metadata);
}

Test(metadata, a_file_that_is_not_there)
{
    struct mn_metadata *metadata;
    struct mn_error error;
    begin_folder();
    cr_expect(mn_metadata_load("none.csv", &metadata, &error) == MN_NOT_READABLE);
    cr_expect(strncmp(error.message, "none.csv: cannot be read", 24) == 0, "%s", error.message);
}
