#include "read/sniff.h"
#include "read/html_elements.h"

#define SNIFFED ((size_t)64 << 10)
#define COUNTED ((size_t)4 << 10) /* bytes in which control characters are counted */

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TEXT(text)                                                                                                     \
    {                                                                                                                  \
        (text), sizeof(text) - 1                                                                                       \
    } /* a slice in a table */

/* A signature at a fixed place. */
struct signature {
    size_t offset;
    struct mn_slice bytes;
    enum mn_format format;
};

static const struct signature signatures[] = {
    {0, TEXT("%PDF-"), MN_FORMAT_PDF},
    {0, TEXT("PK\3\4"), MN_FORMAT_ZIP},
    {0, TEXT("PK\5\6"), MN_FORMAT_ZIP},
    {0, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), MN_FORMAT_COMPOUND},
    {0, TEXT("\x1F\x8B"), MN_FORMAT_COMPRESSED},
    {0, TEXT("BZh"), MN_FORMAT_COMPRESSED},
    {0,
     TEXT("\xFD"
          "7zXZ"),
     MN_FORMAT_COMPRESSED},
    {0, TEXT("7z\xBC\xAF\x27\x1C"), MN_FORMAT_COMPRESSED},
    {0, TEXT("\x28\xB5\x2F\xFD"), MN_FORMAT_COMPRESSED},
    {0, TEXT("Rar!\x1A\x07"), MN_FORMAT_COMPRESSED},
    {257, TEXT("ustar"), MN_FORMAT_TAR},
    {0, TEXT("\x89PNG\r\n"), MN_FORMAT_IMAGE},
    {0, TEXT("\xFF\xD8\xFF"), MN_FORMAT_IMAGE},
    {0, TEXT("GIF8"), MN_FORMAT_IMAGE},
    {0, TEXT("II*\0"), MN_FORMAT_IMAGE},
    {0, TEXT("MM\0*"), MN_FORMAT_IMAGE},
    {8, TEXT("WEBP"), MN_FORMAT_IMAGE},
    {4, TEXT("ftyp"), MN_FORMAT_MEDIA},
    {0, TEXT("ID3"), MN_FORMAT_MEDIA},
    {0, TEXT("OggS"), MN_FORMAT_MEDIA},
    {0, TEXT("RIFF"), MN_FORMAT_MEDIA},
    {0,
     TEXT("\x7F"
          "ELF"),
     MN_FORMAT_PROGRAM},
    {0, TEXT("MZ\x90"), MN_FORMAT_PROGRAM},
    {0, TEXT("WARC/1."), MN_FORMAT_WARC},
};

/* Names near the start of a zip that tell what is in it. */
static const struct {
    struct mn_slice name;
    enum mn_format format;
} zip_parts[] = {
    {TEXT("mimetypeapplication/vnd.oasis.opendocument.text"), MN_FORMAT_ODT},
    {TEXT("word/"), MN_FORMAT_DOCX},
    {TEXT("xl/"), MN_FORMAT_OFFICE},
    {TEXT("ppt/"), MN_FORMAT_OFFICE},
};

/* Lower-case openings of text formats, behind white space. */
static const struct {
    struct mn_slice start;
    enum mn_format format;
} openings[] = {
    {TEXT("{\\rtf"), MN_FORMAT_RTF},
    {TEXT("%!ps"), MN_FORMAT_POSTSCRIPT},
    {TEXT("mime-version:"), MN_FORMAT_MIME},
    {TEXT("warc/1."), MN_FORMAT_WARC},
};

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Does the text at `position` start with `start` (lower case), whatever the case? */
static bool starts_at(struct mn_slice text, size_t position, struct mn_slice start)
{
    if (position > text.size || text.size - position < start.size)
        return false;
    for (size_t i = 0; i < start.size; i++) {
        if (lower(text.data[position + i]) != start.data[i])
            return false;
    }
    return true;
}

static bool holds(struct mn_slice text, struct mn_slice part)
{
    for (size_t i = 0; i + part.size <= text.size; i++) {
        const char *found = memchr(text.data + i, part.data[0], text.size - part.size - i + 1);
        if (!found)
            return false;
        i = (size_t)(found - text.data);
        if (memcmp(found, part.data, part.size) == 0)
            return true;
    }
    return false;
}

static struct mn_slice first(struct mn_slice text, size_t size)
{
    return mn_slice_cut(text, 0, text.size < size ? text.size : size);
}

static size_t skip_space(struct mn_slice text, size_t position)
{
    while (position < text.size && strchr(" \t\n\r\f\v", text.data[position]) && text.data[position])
        position++;
    return position;
}

static enum mn_format zip_content(struct mn_slice bytes)
{
    struct mn_slice start = first(bytes, SNIFFED);
    for (size_t i = 0; i < COUNT(zip_parts); i++) {
        if (holds(start, zip_parts[i].name))
            return zip_parts[i].format;
    }
    return MN_FORMAT_ZIP;
}

static bool has_mark(struct mn_slice bytes)
{
    return mn_slice_starts(bytes, MN_LITERAL("\xFF\xFE")) || mn_slice_starts(bytes, MN_LITERAL("\xFE\xFF"));
}

/* NUL bytes at every other place, as UTF-16 has them in Western text. */
static bool looks_like_utf16(struct mn_slice bytes)
{
    size_t nul[2] = {0, 0};
    if (bytes.size == 0 || !memchr(bytes.data, '\0', bytes.size))
        return false;
    for (size_t i = 0; i < bytes.size; i++)
        nul[i & 1] += bytes.data[i] == '\0';
    size_t half = bytes.size / 2;
    return half >= 8 &&
           ((nul[0] > half / 2 && nul[1] < half / 50 + 1) || (nul[1] > half / 2 && nul[0] < half / 50 + 1));
}

/* More than one byte in fifty is a control character that text does not use. */
static bool looks_binary(struct mn_slice bytes)
{
    size_t controls = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        bool is_usual = (byte >= '\b' && byte <= '\r') || byte == 0x1A || byte == 0x1B;
        controls += byte < 0x20 && !is_usual;
    }
    return controls > bytes.size / 50;
}

static bool is_name_end(struct mn_slice text, size_t position)
{
    return position >= text.size || strchr(" \t\n\r\f/>:", text.data[position]);
}

/* Is the tag at `position` one of an element of HTML? */
static bool is_html_tag(struct mn_slice text, size_t position)
{
    char name[16];
    size_t size = 0;
    while (position + 1 + size < text.size && size < sizeof name && !is_name_end(text, position + 1 + size)) {
        name[size] = lower(text.data[position + 1 + size]);
        size++;
    }
    return size < sizeof name && mn_html_element((struct mn_slice){name, size});
}

/* Behind the comment, processing instruction or declaration at `position`; `position` itself when there is none. */
static size_t skip_prolog(struct mn_slice text, size_t position)
{
    struct mn_slice end;
    if (starts_at(text, position, MN_LITERAL("<!--")))
        end = MN_LITERAL("-->");
    else if (starts_at(text, position, MN_LITERAL("<?")) || starts_at(text, position, MN_LITERAL("<!")))
        end = MN_LITERAL(">");
    else
        return position;
    for (size_t i = position; i < text.size; i++) {
        if (starts_at(text, i, end))
            return i + end.size;
    }
    return text.size;
}

/* HTML, XML or neither, by the first element or document type. */
static enum mn_format markup(struct mn_slice text)
{
    enum mn_format format = MN_FORMAT_TEXT;
    size_t position = skip_space(text, 0);
    for (;;) {
        if (starts_at(text, position, MN_LITERAL("<!doctype html")) || starts_at(text, position, MN_LITERAL("<![if")))
            return MN_FORMAT_HTML;
        if (starts_at(text, position, MN_LITERAL("<?xml")))
            format = MN_FORMAT_XML;
        size_t next = skip_prolog(text, position);
        if (next == position)
            break;
        if (format == MN_FORMAT_TEXT && text.data[position + 1] == '!')
            format = MN_FORMAT_HTML;
        position = skip_space(text, next);
    }
    if (position < text.size && text.data[position] == '<' && is_html_tag(text, position))
        return MN_FORMAT_HTML;
    return format;
}

/* HTML behind a line or two of something else, such as a server's header or warning. */
static bool is_html_late(struct mn_slice text)
{
    static const struct mn_slice marks[] = {TEXT("<!doctype html"), TEXT("<html"), TEXT("<body")};
    for (size_t i = 0; i < text.size; i++) {
        const char *found = memchr(text.data + i, '<', text.size - i);
        if (!found)
            return false;
        i = (size_t)(found - text.data);
        for (size_t mark = 0; mark < COUNT(marks); mark++) {
            if (starts_at(text, i, marks[mark]) && is_name_end(text, i + marks[mark].size))
                return true;
        }
    }
    return false;
}

static bool is_html(struct mn_slice text)
{
    enum mn_format format = markup(text);
    return format == MN_FORMAT_HTML || (format == MN_FORMAT_TEXT && is_html_late(first(text, 4096)));
}

enum mn_format mn_sniff_bytes(struct mn_slice bytes)
{
    for (size_t i = 0; i < COUNT(signatures); i++) {
        const struct signature *signature = &signatures[i];
        if (bytes.size >= signature->offset + signature->bytes.size &&
            memcmp(bytes.data + signature->offset, signature->bytes.data, signature->bytes.size) == 0)
            return signature->format == MN_FORMAT_ZIP ? zip_content(bytes) : signature->format;
    }
    struct mn_slice start = first(bytes, SNIFFED), counted = first(bytes, COUNTED);
    bool is_binary = !has_mark(start) && !looks_like_utf16(counted) && looks_binary(counted);
    bool is_late_pdf = is_binary && holds(first(bytes, 1024), MN_LITERAL("%PDF-"));
    if (is_late_pdf || starts_at(start, skip_space(start, 0), MN_LITERAL("%pdf-")))
        return MN_FORMAT_PDF;
    if (is_binary)
        return MN_FORMAT_BINARY;
    return is_html(start) ? MN_FORMAT_HTML : MN_FORMAT_TEXT;
}

/* Signs that a text is markdown. */
struct marks {
    size_t bold, links, headings, rules, escapes, tables;
};

static bool is_rule_of(struct mn_slice line, char byte)
{
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] != byte)
            return false;
    }
    return line.size == 3;
}

static bool is_delimiter_row(struct mn_slice line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < line.size; i++) {
        bars += line.data[i] == '|';
        dashes += line.data[i] == '-';
        if (!strchr("|-: \t", line.data[i]))
            return false;
    }
    return bars > 0 && dashes >= 3;
}

static bool is_heading(struct mn_slice line)
{
    size_t level = 0;
    while (level < line.size && line.data[level] == '#')
        level++;
    return level >= 1 && level <= 6 && level + 1 < line.size && line.data[level] == ' ';
}

/* "**", "\_" and "](": told by two bytes. */
static void count_inline(struct mn_slice line, struct marks *marks)
{
    size_t stars = 0;
    for (size_t i = 0; i + 1 < line.size; i++) {
        char byte = line.data[i], next = line.data[i + 1];
        if (byte == '*' && next == '*') {
            stars++;
            i++;
        } else if (byte == '\\' && strchr("_*.#[", next)) {
            marks->escapes++;
        } else if (byte == ']' && next == '(') {
            marks->links += holds(mn_slice_cut(line, i + 2, line.size), MN_LITERAL(")"));
        }
    }
    marks->bold += stars / 2;
}

static void count_marks(struct mn_slice line, struct marks *marks)
{
    line = mn_slice_trim(line);
    marks->headings += is_heading(line);
    marks->rules += is_rule_of(line, '-') || is_rule_of(line, '*');
    marks->tables += is_delimiter_row(line);
    count_inline(line, marks);
}

/* One sure sign or two weak ones of different kinds. */
static bool is_markdown(const struct marks *marks)
{
    return marks->bold || marks->links || marks->tables || marks->headings > 1 ||
           (marks->headings > 0) + (marks->rules > 0) + (marks->escapes > 0) > 1;
}

static enum mn_format text_or_markdown(struct mn_slice text)
{
    struct marks marks = {0};
    for (size_t start = 0; start < text.size;) {
        const char *newline = memchr(text.data + start, '\n', text.size - start);
        size_t end = newline ? (size_t)(newline - text.data) : text.size;
        count_marks(mn_slice_cut(text, start, end), &marks);
        start = end + 1;
    }
    return is_markdown(&marks) ? MN_FORMAT_MARKDOWN : MN_FORMAT_TEXT;
}

enum mn_format mn_sniff_text(struct mn_slice text)
{
    struct mn_slice start = first(text, SNIFFED);
    size_t position = skip_space(start, 0);
    for (size_t i = 0; i < COUNT(openings); i++) {
        if (starts_at(start, position, openings[i].start))
            return openings[i].format;
    }
    if (is_html(start))
        return MN_FORMAT_HTML;
    return markup(start) == MN_FORMAT_XML ? MN_FORMAT_XML : text_or_markdown(start);
}
