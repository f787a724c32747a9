/* Word and OpenDocument files that the tests put together themselves. */
#include "base/limits.h"
#include "base/writer.h"
#include "dump.h"
#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <stdlib.h>

/* ---- archives ---- */

#define ROOM ((size_t)8 << 20)

struct package {
    struct archive *archive;
    char *bytes;
    size_t size;
};

static void begin_package(struct package *package)
{
    package->bytes = malloc(ROOM);
    package->archive = archive_write_new();
    archive_write_set_format_zip(package->archive);
    cr_assert(archive_write_open_memory(package->archive, package->bytes, ROOM, &package->size) == ARCHIVE_OK);
}

static void add_entry(struct package *package, const char *name, struct mn_slice bytes)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)bytes.size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    cr_assert(archive_write_header(package->archive, entry) == ARCHIVE_OK);
    cr_assert(archive_write_data(package->archive, bytes.data, bytes.size) == (la_ssize_t)bytes.size);
    archive_entry_free(entry);
}

static struct mn_slice end_package(struct package *package)
{
    cr_assert(archive_write_close(package->archive) == ARCHIVE_OK);
    archive_write_free(package->archive);
    return (struct mn_slice){package->bytes, package->size};
}

/* ---- Word ---- */

#define W "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
#define BODY(text) "<w:document " W "><w:body>" text "</w:body></w:document>"
#define P(properties, text) "<w:p><w:pPr>" properties "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define PLAIN(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define NUMBERED(number, level, text)                                                                                  \
    P("<w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" number "'/></w:numPr>", text)

static const char styles[] =
    "<w:styles " W ">"
    "<w:style w:styleId='Heading1'><w:name w:val='heading 1'/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:styleId='Kapitel'><w:name w:val='Kapitel'/><w:basedOn w:val='Heading1'/></w:style>"
    "<w:style w:styleId='Lower'><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
    "<w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>"
    "<w:style w:styleId='Point'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>"
    "</w:styles>";

static const char numbering[] = "<w:numbering " W ">"
                                "<w:abstractNum w:abstractNumId='7'>"
                                "<w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>"
                                "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/></w:lvl>"
                                "</w:abstractNum>"
                                "<w:abstractNum w:abstractNumId='8'>"
                                "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>"
                                "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
                                "<w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num>"
                                "<w:num w:numId='3'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>"
                                "<w:startOverride w:val='1'/></w:lvlOverride></w:num>"
                                "</w:numbering>";

static const char footnotes[] =
    "<w:footnotes " W "><w:footnote w:id='2'>" PLAIN("Members of three councils.") "</w:footnote>"
                                                                                   "</w:footnotes>";

static struct reading read_word(const char *text)
{
    struct package package;
    begin_package(&package);
    add_entry(&package, "word/styles.xml", mn_slice_of(styles));
    add_entry(&package, "word/numbering.xml", mn_slice_of(numbering));
    add_entry(&package, "word/footnotes.xml", mn_slice_of(footnotes));
    add_entry(&package, "word/document.xml", mn_slice_of(text));
    struct reading reading = reading_of(end_package(&package), NULL);
    free(package.bytes);
    return reading;
}

static const struct {
    const char *what, *text, *dump;
} word_cases[] = {
    {"headings by style",
     BODY(P("<w:pStyle w:val='Titel'/>", "Minutes") P("<w:pStyle w:val='Kapitel'/>", "One")
              P("<w:pStyle w:val='Lower'/>", "Two") P("<w:outlineLvl w:val='0'/>", "Three") PLAIN("Text.")),
     "head1/1 Minutes\nhead1*/1 One\nhead3/1 Two\nhead1/1 Three\np/1 Text.\n"},
    {"runs, tabs, breaks, bold",
     BODY("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>All</w:t></w:r><w:r><w:rPr><w:b w:val='true'/>"
          "</w:rPr><w:tab/><w:t>bold</w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'>Not "
          "</w:t></w:r><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>at all</w:t><w:br/><w:t>co</w:t>"
          "<w:noBreakHyphen/><w:t>op</w:t></w:r></w:p>"),
     "p*/1 All bold\np/1 Not at all co-op\n"},
    {"computed numbers",
     BODY(NUMBERED("1", "0", "three") NUMBERED("1", "1", "a") NUMBERED("1", "1", "b") NUMBERED("1", "0", "four")
              NUMBERED("1", "1", "a again") PLAIN("Between.") NUMBERED("1", "0", "five") NUMBERED("3", "0", "one")),
     "list=2:0\n item=2:3\n  p=2:3/1 three\n  list=3:0\n   item=3:1\n    p=3:1/1 a\n   item=3:2\n    p=3:2/1 b\n"
     " item=2:4\n  p=2:4/1 four\n  list=3:0\n   item=3:1\n    p=3:1/1 a again\np/1 Between.\n"
     "list=2:0\n item=2:5\n  p=2:5/1 five\n item=2:1\n  p=2:1/1 one\n"},
    {"bullets by style", BODY(P("<w:pStyle w:val='Point'/>", "one") P("<w:pStyle w:val='Point'/>", "two")),
     "list=1:0\n item=1:0\n  p=1:0/1 one\n item=1:0\n  p=1:0/1 two\n"},
    {"tables",
     BODY("<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>" PLAIN("Action") "</w:tc><w:tc>" PLAIN(
         "By") "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" NUMBERED("2", "0", "Write")
              PLAIN("soon") "</w:tc></w:tr></w:tbl>" PLAIN("After.")),
     "table\n row\n  cell#\n   p/1 Action\n  cell#\n   p/1 By\n row\n  cell\n   list=1:0\n    item=1:0\n     p=1:0/1 "
     "Write\n"
     "   p/1 soon\n  cell\np/1 After.\n"},
    {"tracked changes",
     BODY("<w:p><w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins>"
          "<w:r><w:t>agreed</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
          "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r></w:p>"),
     "p/1 It was agreed\n"},
    {"links and notes",
     BODY("<w:p><w:r><w:t>The </w:t></w:r><w:hyperlink><w:r><w:t>board</w:t></w:r></w:hyperlink><w:r>"
          "<w:footnoteReference w:id='2'/></w:r><w:r><w:t xml:space='preserve'> met.</w:t></w:r></w:p>"),
     "p/1 The board met.\nfw Members of three councils.\n"},
    {"text boxes come before the paragraph they hang on",
     BODY("<w:p><w:r><w:t>Outer </w:t></w:r><w:r><w:pict><w:txbxContent>" PLAIN(
         "Box.") "</w:txbxContent></w:pict></w:r><w:r>"
                 "<w:t>text.</w:t></w:r></w:p>"),
     "p/1 Box.\np/1 Outer text.\n"},
    {"a text box amid a run",
     BODY("<w:p><w:r><w:t>Outer </w:t><w:pict><w:txbxContent>" PLAIN(
         "Box.") "</w:txbxContent></w:pict><w:t>text.</w:t></w:r></w:p>"),
     "p/1 Box.\np/1 Outer text.\n"},
    {"levels below the lowest, and none",
     BODY(P("<w:outlineLvl w:val='6'/>", "Deep") P("<w:pStyle w:val='Titel'/><w:outlineLvl w:val='9'/>", "Title")),
     "head6/1 Deep\nhead1/1 Title\n"},
    {"a note that is referred to twice",
     BODY("<w:p><w:r><w:t>The board</w:t><w:footnoteReference w:id='2'/><w:t> met</w:t><w:footnoteReference w:id='2'/>"
          "</w:r></w:p>"),
     "p/1 The board met\nfw Members of three councils.\n"},
    {"signs of symbol fonts", BODY("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0A7'/><w:t> point</w:t></w:r></w:p>"),
     "p/1 ▪ point\n"},
    {"a style based on itself", BODY(P("<w:pStyle w:val='Loop'/>", "x")), "p/1 x\n"},
    {"rows and text where they have no place",
     BODY("<w:tr><w:tc>" PLAIN("a") "</w:tc></w:tr><w:tbl>" PLAIN("b") "<w:tc>" PLAIN("c") "</w:tc></w:tbl>"),
     "p/1 a\ntable\n row\n  cell\n   p/1 b\n row\n  cell\n   p/1 c\n"},
};

Test(office, word)
{
    for (size_t i = 0; i < sizeof word_cases / sizeof *word_cases; i++) {
        struct reading reading = read_word(word_cases[i].text);
        cr_expect(reading.status == MN_OK, "%s: %s", word_cases[i].what, reading.error.message);
        if (reading.status == MN_OK)
            cr_expect(strcmp(reading.dump, word_cases[i].dump) == 0, "%s:\n%s\nexpected:\n%s", word_cases[i].what,
                      reading.dump, word_cases[i].dump);
        reading_free(&reading);
    }
}

/* ---- OpenDocument ---- */

#define OPEN                                                                                                           \
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "                                                 \
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "                                                     \
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "                                                   \
    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "                                                   \
    "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' "                                          \
    "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"
#define CONTENT(text)                                                                                                  \
    "<office:document-content " OPEN "><office:automatic-styles>"                                                      \
    "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>"                         \
    "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1'/>"              \
    "<text:list-level-style-number text:level='2' style:num-format='a' text:start-value='2'/></text:list-style>"       \
    "</office:automatic-styles><office:body><office:text>" text                                                        \
    "</office:text></office:body></office:document-content>"

static const struct {
    const char *what, *text, *dump;
} open_cases[] = {
    {"headings, spaces, bold",
     CONTENT("<text:h text:outline-level='2'>Minutes</text:h><text:p text:style-name='B'>All<text:s "
             "text:c='3'/>bold</text:p>"
             "<text:p>In <text:span text:style-name='B'>part</text:span><text:line-break/>bold</text:p>"),
     "head2/1 Minutes\np*/1 All bold\np/1 In part bold\n"},
    {"lists",
     CONTENT("<text:list text:style-name='L'><text:list-item><text:p>one</text:p><text:p>more</text:p><text:list>"
             "<text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item>"
             "<text:list-item text:start-value='5'><text:p>five</text:p></text:list-item></text:list>"
             "<text:p>After.</text:p>"),
     "list=2:0\n item=2:1\n  p=2:1/1 one\n  p/1 more\n  list=3:0\n   item=3:2\n    p=3:2/1 b\n item=2:5\n  p=2:5/1 "
     "five\n"
     "p/1 After.\n"},
    {"tables",
     CONTENT("<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Action</text:p>"
             "</table:table-cell><table:table-cell><text:p>By</text:p></table:table-cell></table:table-row>"
             "</table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated='2'/>"
             "</table:table-row></table:table>"),
     "table\n row\n  cell#\n   p/1 Action\n  cell#\n   p/1 By\n row\n  cell\n  cell\n"},
    {"what is no text",
     CONTENT("<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>The board"
             "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Of three."
             "</text:p></text:note-body></text:note> met<office:annotation><text:p>really?</text:p>"
             "</office:annotation>.</text:p>"),
     "p/1 The board met.\nfw Of three.\n"},
    {"text boxes",
     CONTENT("<text:p>Outer <draw:frame><draw:text-box><text:p>Box.</text:p></draw:text-box></draw:frame>text."
             "</text:p>"),
     "p/1 Box.\np/1 Outer text.\n"},
};

static struct reading read_open(const char *text)
{
    struct package package;
    begin_package(&package);
    add_entry(&package, "content.xml", mn_slice_of(text));
    struct mn_slice zip = end_package(&package);
    /* The type stands first and as it is, which this archiver does not do by itself: it is put before the archive. */
    char *bytes = malloc(zip.size + 128);
    static const char head[] = "PK\3\4\x14\0\0\0\0\0\0\0\0\0\x93\x9B\x8F\x55\x27\0\0\0\x27\0\0\0\x08\0\0\0"
                               "mimetypeapplication/vnd.oasis.opendocument.text";
    size_t head_size = sizeof head - 1;
    memcpy(bytes, head, head_size);
    memcpy(bytes + head_size, zip.data, zip.size);
    struct reading reading = reading_of((struct mn_slice){bytes, head_size + zip.size}, NULL);
    free(bytes);
    free(package.bytes);
    return reading;
}

Test(office, open_document)
{
    for (size_t i = 0; i < sizeof open_cases / sizeof *open_cases; i++) {
        struct reading reading = read_open(open_cases[i].text);
        cr_expect(reading.status == MN_OK, "%s: %s", open_cases[i].what, reading.error.message);
        if (reading.status == MN_OK)
            cr_expect(strcmp(reading.dump, open_cases[i].dump) == 0, "%s:\n%s\nexpected:\n%s", open_cases[i].what,
                      reading.dump, open_cases[i].dump);
        reading_free(&reading);
    }
}

static void expect_failure(struct reading reading, enum mn_status status, const char *message)
{
    cr_expect(reading.status == status, "%s: %s", mn_status_word(reading.status), reading.error.message);
    cr_expect(strncmp(reading.error.message, message, strlen(message)) == 0, "%s", reading.error.message);
    reading_free(&reading);
}

/* The parser gives entities apart from the text around them. */
Test(office, title_with_an_entity)
{
    struct package package;
    begin_package(&package);
    add_entry(&package, "word/document.xml", mn_slice_of(BODY(PLAIN("Text."))));
    add_entry(
        &package, "docProps/core.xml",
        MN_LITERAL("<p xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Health &amp; Care &lt;1&gt;</dc:title>"
                   "<dc:subject>x</dc:subject></p>"));
    struct reading reading = reading_of(end_package(&package), NULL);
    cr_expect(mn_slice_equal(reading.document->title, MN_LITERAL("Health & Care <1>")), "%.*s",
              MN_SLICE_ARGS(reading.document->title));
    reading_free(&reading);
    free(package.bytes);
}

/* Few bytes that ask for many cells. */
Test(office, with_too_many_cells)
{
    struct mn_writer text;
    mn_writer_init(&text, NULL);
    mn_write_literal(&text,
                     "<office:document-content " OPEN "><office:body><office:text><table:table><table:table-row>");
    for (size_t i = 0; i < MN_LIMIT_DOCUMENT_ELEMENTS / MN_LIMIT_OFFICE_SPAN + 1; i++)
        mn_write_literal(&text, "<table:table-cell table:number-columns-repeated='64'/>");
    mn_write_literal(&text, "</table:table-row></table:table><text:p>x</text:p></office:text></office:body>"
                            "</office:document-content>");
    mn_write_char(&text, '\0');
    expect_failure(read_open(text.data), MN_OVER_LIMIT, "test: more than ");
    mn_writer_free(&text);
}

/* ---- what has a name ---- */

Test(office, without_text)
{
    expect_failure(read_word(BODY("")), MN_EMPTY_SOURCE, "test: looks like a Word document, but holds no text");
    expect_failure(read_open(CONTENT("")), MN_EMPTY_SOURCE, "test: looks like an OpenDocument text, but holds no text");
}

Test(office, that_is_no_xml)
{
    expect_failure(read_word("<w:document " W "><w:body>"), MN_MALFORMED, "test: word/document.xml, line 1: ");
    expect_failure(read_word("nonsense"), MN_MALFORMED, "test: word/document.xml, line 1: ");
}

Test(office, with_entities)
{
    expect_failure(
        read_word("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" BODY(PLAIN("&b;"))),
        MN_MALFORMED, "test: word/document.xml has a document type");
    expect_failure(read_word(BODY(PLAIN("&b;"))), MN_MALFORMED, "test: word/document.xml, line 1: ");
}

Test(office, that_unpacks_to_a_mountain)
{
    struct package package;
    size_t size = MN_LIMIT_PACKAGE_BYTES + 1;
    char *zeros = calloc(1, size);
    begin_package(&package);
    add_entry(&package, "word/document.xml", (struct mn_slice){zeros, size});
    free(zeros);
    expect_failure(reading_of(end_package(&package), NULL), MN_OVER_LIMIT, "test: unpacks to more than one document");
    free(package.bytes);
}

Test(office, without_its_main_part)
{
    struct package package;
    begin_package(&package);
    add_entry(&package, "word/other.xml", MN_LITERAL("<x/>"));
    expect_failure(reading_of(end_package(&package), NULL), MN_MALFORMED, "test: this Word document has no text in it");
    free(package.bytes);
}

/* Cut off or turned over anywhere: a reading or a reason. */
Test(office, damaged)
{
    struct package package;
    begin_package(&package);
    add_entry(&package, "word/styles.xml", mn_slice_of(styles));
    add_entry(&package, "word/document.xml", mn_slice_of(BODY(NUMBERED("1", "0", "three") PLAIN("text"))));
    struct mn_slice whole = end_package(&package);
    for (size_t at = 40; at < whole.size; at += 3) {
        struct reading cut = reading_of((struct mn_slice){whole.data, at}, NULL);
        cr_expect(cut.status == MN_OK || strlen(cut.error.message) > 20);
        reading_free(&cut);
        package.bytes[at] ^= 0x10;
        struct reading turned = reading_of(whole, NULL);
        cr_expect(turned.status == MN_OK || strlen(turned.error.message) > 20);
        reading_free(&turned);
        package.bytes[at] ^= 0x10;
    }
    free(package.bytes);
}
