#include "read/charset.h"
#include "base/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

/* Where HTML declarations are looked for: four times what the HTML standard asks, as long comments and scripts do
 * stand before them. */
#define PRESCANNED ((size_t)4096)

#define REPLACEMENT "\xEF\xBF\xBD"

/* Encodings and their names for iconv(3); the first three are decoded here. */
#define ENCODINGS(X)                                                                                                   \
    X(UTF_8, "utf-8", "")                                                                                              \
    X(WINDOWS_1252, "windows-1252", "")                                                                                \
    X(UTF_16LE, "utf-16le", "UTF-16LE")                                                                                \
    X(UTF_16BE, "utf-16be", "UTF-16BE")                                                                                \
    X(ISO_8859_2, "iso-8859-2", "ISO-8859-2")                                                                          \
    X(ISO_8859_3, "iso-8859-3", "ISO-8859-3")                                                                          \
    X(ISO_8859_4, "iso-8859-4", "ISO-8859-4")                                                                          \
    X(ISO_8859_5, "iso-8859-5", "ISO-8859-5")                                                                          \
    X(ISO_8859_6, "iso-8859-6", "ISO-8859-6")                                                                          \
    X(ISO_8859_7, "iso-8859-7", "ISO-8859-7")                                                                          \
    X(ISO_8859_8, "iso-8859-8", "ISO-8859-8")                                                                          \
    X(ISO_8859_10, "iso-8859-10", "ISO-8859-10")                                                                       \
    X(ISO_8859_13, "iso-8859-13", "ISO-8859-13")                                                                       \
    X(ISO_8859_14, "iso-8859-14", "ISO-8859-14")                                                                       \
    X(ISO_8859_15, "iso-8859-15", "ISO-8859-15")                                                                       \
    X(ISO_8859_16, "iso-8859-16", "ISO-8859-16")                                                                       \
    X(MACINTOSH, "macintosh", "MACINTOSH")                                                                             \
    X(WINDOWS_874, "windows-874", "CP874")                                                                             \
    X(WINDOWS_1250, "windows-1250", "CP1250")                                                                          \
    X(WINDOWS_1251, "windows-1251", "CP1251")                                                                          \
    X(WINDOWS_1253, "windows-1253", "CP1253")                                                                          \
    X(WINDOWS_1254, "windows-1254", "CP1254")                                                                          \
    X(WINDOWS_1255, "windows-1255", "CP1255")                                                                          \
    X(WINDOWS_1256, "windows-1256", "CP1256")                                                                          \
    X(WINDOWS_1257, "windows-1257", "CP1257")                                                                          \
    X(WINDOWS_1258, "windows-1258", "CP1258")                                                                          \
    X(IBM866, "ibm866", "CP866")                                                                                       \
    X(KOI8_R, "koi8-r", "KOI8-R")                                                                                      \
    X(KOI8_U, "koi8-u", "KOI8-U")                                                                                      \
    X(GB18030, "gb18030", "GB18030")                                                                                   \
    X(BIG5, "big5", "BIG5-HKSCS")                                                                                      \
    X(EUC_JP, "euc-jp", "EUC-JP")                                                                                      \
    X(SHIFT_JIS, "shift_jis", "CP932")                                                                                 \
    X(EUC_KR, "euc-kr", "CP949")

enum encoding {
#define NAME(id, name, converter) id,
    ENCODINGS(NAME)
#undef NAME
        ENCODING_COUNT
};

static const struct {
    const char *name, *converter;
} encodings[] = {
#define ROW(id, name, converter) [id] = {name, converter},
    ENCODINGS(ROW)
#undef ROW
};

/* Labels other than the encodings' own names (WHATWG Encoding Standard, section 4.2; those that occur). */
static const struct {
    const char *label;
    enum encoding encoding;
} aliases[] = {
    {"utf8", UTF_8},
    {"unicode-1-1-utf-8", UTF_8},
    {"us-ascii", WINDOWS_1252},
    {"ascii", WINDOWS_1252},
    {"ansi_x3.4-1968", WINDOWS_1252},
    {"iso-8859-1", WINDOWS_1252},
    {"iso8859-1", WINDOWS_1252},
    {"iso88591", WINDOWS_1252},
    {"iso_8859-1", WINDOWS_1252},
    {"latin1", WINDOWS_1252},
    {"latin-1", WINDOWS_1252},
    {"l1", WINDOWS_1252},
    {"cp1252", WINDOWS_1252},
    {"x-cp1252", WINDOWS_1252},
    {"ansi", WINDOWS_1252},
    {"utf-16", UTF_16LE},
    {"unicode", UTF_16LE},
    {"ucs-2", UTF_16LE},
    {"latin2", ISO_8859_2},
    {"iso-8859-8-i", ISO_8859_8},
    {"iso-8859-9", WINDOWS_1254},
    {"latin5", WINDOWS_1254},
    {"iso-8859-11", WINDOWS_874},
    {"tis-620", WINDOWS_874},
    {"latin9", ISO_8859_15},
    {"mac", MACINTOSH},
    {"x-mac-roman", MACINTOSH},
    {"cp1250", WINDOWS_1250},
    {"cp1251", WINDOWS_1251},
    {"koi8", KOI8_R},
    {"gb2312", GB18030},
    {"gbk", GB18030},
    {"big5-hkscs", BIG5},
    {"sjis", SHIFT_JIS},
    {"x-sjis", SHIFT_JIS},
    {"ks_c_5601-1987", EUC_KR},
};

/* windows-1252 from 0x80 to 0x9F; 0: no character. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
_Static_assert(COUNT(encodings) == ENCODING_COUNT, "a row for each encoding");

/* Decoded text as it grows, and what could not be decoded. */
struct decoder {
    struct mn_arena *arena;
    MN_VECTOR(char) out;
    size_t bad, first_bad; /* bytes; offset in the source */
    bool no_memory;
};

/* What was decided, and why. */
struct choice {
    enum encoding encoding;
    const char *basis;
    size_t mark; /* bytes of the byte-order mark */
};

/* Room for the result at once, so that it need not move while it grows. */
static void reserve(struct decoder *decoder, size_t size)
{
    if (!MN_RESERVE(decoder->arena, &decoder->out, size))
        decoder->no_memory = true;
}

static void append(struct decoder *decoder, const char *bytes, size_t size)
{
    if (size == 0 || decoder->no_memory)
        return;
    if (!MN_RESERVE(decoder->arena, &decoder->out, decoder->out.count + size)) {
        decoder->no_memory = true;
        return;
    }
    memcpy(decoder->out.items + decoder->out.count, bytes, size);
    decoder->out.count += size;
}

static void replace(struct decoder *decoder, size_t offset, size_t bytes)
{
    if (decoder->bad == 0)
        decoder->first_bad = offset;
    decoder->bad += bytes;
    append(decoder, REPLACEMENT, sizeof REPLACEMENT - 1);
}

/* Characters of several bytes in valid text; those of three and four count twice, as chance hardly ever makes one. */
static size_t weigh_sequences(struct mn_slice text)
{
    size_t weight = 0;
    for (size_t i = 0; i < text.size; i++)
        weight += (size_t)((unsigned char)text.data[i] >= 0xC0) + (size_t)((unsigned char)text.data[i] >= 0xE0);
    return weight;
}

/* Is this UTF-8 with flaws rather than something else: more good characters beyond ASCII than bad bytes? */
static bool is_mostly_utf8(struct mn_slice bytes)
{
    size_t sequences = 0, bad = 0;
    for (size_t start = 0; start < bytes.size; start++) {
        struct mn_slice rest = mn_slice_cut(bytes, start, bytes.size);
        size_t valid = mn_utf8_valid_prefix(rest);
        sequences += weigh_sequences(mn_slice_cut(rest, 0, valid));
        start += valid;
        bad += start < bytes.size;
    }
    return sequences > bad;
}

/* UTF-8 with U+FFFD for each byte that belongs to no character. */
static void decode_utf8(struct decoder *decoder, struct mn_slice bytes)
{
    reserve(decoder, bytes.size);
    for (size_t start = 0; start < bytes.size;) {
        struct mn_slice rest = mn_slice_cut(bytes, start, bytes.size);
        size_t valid = mn_utf8_valid_prefix(rest);
        append(decoder, rest.data, valid);
        start += valid;
        if (start < bytes.size)
            replace(decoder, start++, 1);
    }
}

int32_t mn_charset_windows_1252(unsigned char byte)
{
    return windows_1252[byte & 0x1F];
}

static void decode_windows_1252(struct decoder *decoder, struct mn_slice bytes)
{
    size_t high = 0;
    for (size_t i = 0; i < bytes.size; i++)
        high += (unsigned char)bytes.data[i] >= 0x80;
    reserve(decoder, bytes.size + 2 * high);
    for (size_t i = 0; i < bytes.size;) {
        size_t start = i;
        while (i < bytes.size && (unsigned char)bytes.data[i] < 0x80)
            i++;
        append(decoder, bytes.data + start, i - start);
        if (i == bytes.size)
            break;
        unsigned char byte = (unsigned char)bytes.data[i];
        int32_t code_point = byte >= 0xA0 ? byte : mn_charset_windows_1252(byte);
        char encoded[4];
        if (code_point)
            append(decoder, encoded, mn_utf8_encode(code_point, encoded));
        else
            replace(decoder, i, 1);
        i++;
    }
}

/* One iconv step from *in; true when it stopped at something that is no character. */
static bool convert_some(struct decoder *decoder, iconv_t converter, char **in, size_t *left)
{
    char buffer[4096];
    char *out = buffer;
    size_t room = sizeof buffer;
    size_t result = iconv(converter, in, left, &out, &room);
    bool is_stuck = result == (size_t)-1 && errno != E2BIG;
    if (!is_stuck && *left == 0)
        iconv(converter, NULL, NULL, &out, &room); /* what a stateful charset holds back */
    append(decoder, buffer, sizeof buffer - room);
    return is_stuck;
}

static enum mn_status decode_by_iconv(struct decoder *decoder, struct mn_slice bytes, enum encoding encoding,
                                      const struct mn_document *document, struct mn_error *error)
{
    iconv_t converter = iconv_open("UTF-8", encodings[encoding].converter);
    if (converter == (iconv_t)-1)
        return mn_fail(error, MN_UNSUPPORTED,
                       "%.*s: this system's iconv does not know the charset %s: convert the file to UTF-8 first",
                       MN_SLICE_ARGS(document->source.name), encodings[encoding].name);
    size_t unit = encoding == UTF_16LE || encoding == UTF_16BE ? 2 : 1;
    char *in = (char *)(uintptr_t)bytes.data; /* iconv's type: it does not write there */
    size_t left = bytes.size;
    while (left > 0 && !decoder->no_memory) {
        if (!convert_some(decoder, converter, &in, &left) || left == 0)
            continue;
        size_t skipped = left < unit ? left : unit;
        replace(decoder, bytes.size - left, skipped);
        in += skipped;
        left -= skipped;
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return MN_OK;
}

static bool label_is(struct mn_slice label, const char *name)
{
    for (size_t i = 0; i < label.size; i++) {
        char byte = label.data[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte | 0x20);
        if (byte != name[i])
            return false; /* also at the name's end */
    }
    return name[label.size] == '\0';
}

/* ENCODING_COUNT when there is no such label. */
static enum encoding find_encoding(struct mn_slice label)
{
    for (size_t i = 0; i < ENCODING_COUNT; i++) {
        if (label_is(label, encodings[i].name))
            return (enum encoding)i;
    }
    for (size_t i = 0; i < COUNT(aliases); i++) {
        if (label_is(label, aliases[i].label))
            return aliases[i].encoding;
    }
    return ENCODING_COUNT;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* Position behind `word` (ASCII, whatever the case) where it next occurs at or after `from`; SIZE_MAX for nowhere. */
static size_t find_word(struct mn_slice text, const char *word, size_t from)
{
    size_t size = strlen(word);
    for (size_t i = from; i + size <= text.size; i++) {
        if (label_is(mn_slice_cut(text, i, i + size), word))
            return i + size;
    }
    return SIZE_MAX;
}

/* The value in `= "value"` at `position`. */
static struct mn_slice value_at(struct mn_slice text, size_t position)
{
    while (position < text.size && is_space(text.data[position]))
        position++;
    if (position >= text.size || text.data[position] != '=')
        return MN_EMPTY;
    position++;
    while (position < text.size && (is_space(text.data[position]) || strchr("\"'", text.data[position])))
        position++;
    size_t end = position;
    while (end < text.size && !is_space(text.data[end]) && !strchr("\"';>/?", text.data[end]))
        end++;
    return mn_slice_cut(text, position, end);
}

/* The charset in one <meta …>: as an attribute, or within the content of an http-equiv. */
static struct mn_slice charset_in_meta(struct mn_slice tag)
{
    bool is_http = find_word(tag, "http-equiv", 0) != SIZE_MAX;
    for (size_t at = 0; (at = find_word(tag, "charset", at)) != SIZE_MAX;) {
        size_t start = at - strlen("charset");
        if (is_http || (start > 0 && (is_space(tag.data[start - 1]) || tag.data[start - 1] == '/'))) {
            struct mn_slice value = value_at(tag, at);
            if (value.size)
                return value;
        }
    }
    return MN_EMPTY;
}

static struct mn_slice declared_in_html(struct mn_slice bytes)
{
    struct mn_slice start = mn_slice_cut(bytes, 0, bytes.size < PRESCANNED ? bytes.size : PRESCANNED);
    for (size_t i = 0; i < start.size; i++) {
        if (start.data[i] != '<')
            continue;
        struct mn_slice rest = mn_slice_cut(start, i, start.size);
        if (mn_slice_starts(rest, MN_LITERAL("<!--"))) {
            size_t end = find_word(start, "-->", i + 2);
            i = end == SIZE_MAX ? start.size : end - 1;
        } else if (find_word(mn_slice_cut(rest, 0, rest.size < 5 ? rest.size : 5), "<meta", 0) == 5) {
            const char *end = memchr(rest.data, '>', rest.size);
            struct mn_slice label = charset_in_meta(mn_slice_cut(rest, 0, end ? (size_t)(end - rest.data) : rest.size));
            if (label.size)
                return label;
        }
    }
    return MN_EMPTY;
}

static struct mn_slice declared_in_xml(struct mn_slice bytes)
{
    const char *end = mn_slice_starts(bytes, MN_LITERAL("<?xml")) ? memchr(bytes.data, '>', bytes.size) : NULL;
    if (!end)
        return MN_EMPTY;
    struct mn_slice declaration = mn_slice_cut(bytes, 0, (size_t)(end - bytes.data));
    size_t at = find_word(declaration, "encoding", 0);
    return at == SIZE_MAX ? MN_EMPTY : value_at(declaration, at);
}

static bool choose_by_mark(struct mn_slice bytes, struct choice *choice)
{
    static const struct {
        struct mn_slice mark;
        enum encoding encoding;
    } marks[] = {
        {{"\xEF\xBB\xBF", sizeof "\xEF\xBB\xBF" - 1}, UTF_8},
        {{"\xFF\xFE", sizeof "\xFF\xFE" - 1}, UTF_16LE},
        {{"\xFE\xFF", sizeof "\xFE\xFF" - 1}, UTF_16BE},
    };
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (mn_slice_starts(bytes, marks[i].mark)) {
            *choice = (struct choice){marks[i].encoding, "bom", marks[i].mark.size};
            return true;
        }
    }
    return false;
}

/* By a label; false, with a notice, when nobody knows it. */
static bool choose_by_label(struct mn_slice label, struct mn_document *document, struct choice *choice)
{
    enum encoding encoding = find_encoding(label);
    if (encoding == ENCODING_COUNT) {
        mn_document_notice(document, "the declared charset \"%.*s\" is not known: the charset is detected instead",
                           MN_SLICE_ARGS(label));
        return false;
    }
    *choice = (struct choice){encoding, "declared", 0};
    return true;
}

/* UTF-16 without a mark, told by NUL bytes in the half of the places where Western text has them. */
static bool detect_utf16(struct mn_slice bytes, struct choice *choice)
{
    size_t examined = bytes.size < 4096 ? bytes.size & ~(size_t)1 : 4096;
    size_t nul[2] = {0, 0};
    if (examined == 0 || !memchr(bytes.data, '\0', examined))
        return false;
    for (size_t i = 0; i < examined; i++)
        nul[i & 1] += bytes.data[i] == '\0';
    size_t half = examined / 2;
    if (half < 8 || (nul[0] <= half / 2 && nul[1] <= half / 2))
        return false;
    *choice = (struct choice){nul[1] > nul[0] ? UTF_16LE : UTF_16BE, "detected", 0};
    return true;
}

/* What the document says; a page in UTF-16 cannot say so in ASCII, so that a <meta> that does means UTF-8. */
static bool choose_by_document(struct mn_slice bytes, bool is_html, struct mn_document *document, struct choice *choice)
{
    struct mn_slice label = declared_in_xml(bytes);
    if (label.size == 0 && is_html)
        label = declared_in_html(bytes);
    if (label.size == 0 || !choose_by_label(label, document, choice))
        return false;
    if (choice->encoding == UTF_16LE || choice->encoding == UTF_16BE)
        choice->encoding = UTF_8;
    return true;
}

/* By mark or label; encoding is ENCODING_COUNT when it must be detected. */
static struct choice choose(struct mn_slice bytes, const char *transport, bool is_html, struct mn_document *document)
{
    struct choice choice;
    if (choose_by_mark(bytes, &choice))
        return choice;
    if (transport && transport[0] && choose_by_label(mn_slice_trim(mn_slice_of(transport)), document, &choice))
        return choice;
    if (detect_utf16(bytes, &choice) || choose_by_document(bytes, is_html, document, &choice))
        return choice;
    return (struct choice){ENCODING_COUNT, "detected", 0};
}

static void settle(struct mn_document *document, enum encoding encoding, const char *basis)
{
    document->source.charset = mn_slice_of(encodings[encoding].name);
    document->source.charset_basis = mn_slice_of(basis);
}

/* All of it is UTF-8, whatever it says: nothing to decode. */
static bool is_utf8_already(struct mn_slice bytes, struct choice choice, struct mn_document *document)
{
    bool may_be = choice.encoding == UTF_8 || choice.encoding == WINDOWS_1252 || choice.encoding == ENCODING_COUNT;
    if (!may_be || mn_utf8_valid_prefix(bytes) != bytes.size)
        return false;
    if (choice.encoding != WINDOWS_1252) {
        settle(document, UTF_8, choice.basis);
        return true;
    }
    if (weigh_sequences(bytes) == 0) {
        settle(document, WINDOWS_1252, choice.basis);
        return true;
    }
    mn_document_notice(document, "declared as windows-1252 (or iso-8859-1), but valid as UTF-8: read as UTF-8");
    settle(document, UTF_8, "detected");
    return true;
}

/* Decodes what is not valid UTF-8, deciding between UTF-8 with flaws and windows-1252 where nothing was declared. */
static enum mn_status decode(struct mn_slice bytes, struct choice choice, struct decoder *decoder,
                             struct mn_document *document, struct mn_error *error)
{
    enum encoding encoding = choice.encoding;
    if (encoding == ENCODING_COUNT)
        encoding = is_mostly_utf8(bytes) ? UTF_8 : WINDOWS_1252;
    settle(document, encoding, choice.basis);
    if (encoding == UTF_8)
        decode_utf8(decoder, bytes);
    else if (encoding == WINDOWS_1252)
        decode_windows_1252(decoder, bytes);
    else
        return decode_by_iconv(decoder, bytes, encoding, document, error);
    return MN_OK;
}

/* Takes NUL bytes out of `text`, into a copy if there are any. */
static bool drop_nul(struct mn_document *document, struct mn_slice *text)
{
    if (text->size == 0 || !memchr(text->data, '\0', text->size))
        return true;
    char *copy = mn_arena_alloc(document->arena, text->size);
    if (!copy)
        return false;
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++) {
        copy[size] = text->data[i];
        size += text->data[i] != '\0';
    }
    mn_document_notice(document, "%zu NUL bytes left out", text->size - size);
    *text = (struct mn_slice){copy, size};
    return true;
}

/* Place of the next control character from U+0080 to U+009F that windows-1252 has a character for; the end for none. */
static size_t find_control(struct mn_slice text, size_t from)
{
    while (from + 1 < text.size) {
        const char *found = memchr(text.data + from, 0xC2, text.size - from - 1);
        if (!found)
            break;
        from = (size_t)(found - text.data);
        unsigned char byte = (unsigned char)found[1];
        if (byte < 0xA0 && mn_charset_windows_1252(byte))
            return from;
        from += 2;
    }
    return text.size;
}

/* Puts in the characters that were meant by control characters, in a copy if there are any. */
static bool mend_controls(struct mn_document *document, struct mn_slice *text)
{
    struct decoder decoder = {.arena = document->arena};
    size_t count = 0, from = 0;
    for (size_t at = find_control(*text, 0); at < text->size; at = find_control(*text, from)) {
        char encoded[4];
        append(&decoder, text->data + from, at - from);
        append(&decoder, encoded, mn_utf8_encode(mn_charset_windows_1252((unsigned char)text->data[at + 1]), encoded));
        from = at + 2;
        count++;
    }
    if (count == 0)
        return true;
    append(&decoder, text->data + from, text->size - from);
    mn_document_notice(document, "%zu control characters read as the windows-1252 characters that are meant", count);
    *text = (struct mn_slice){decoder.out.items, decoder.out.count};
    return !decoder.no_memory;
}

enum mn_status mn_charset_decode(struct mn_slice bytes, const char *transport, bool is_html,
                                 struct mn_document *document, struct mn_slice *text, struct mn_error *error)
{
    struct choice choice = choose(bytes, transport, is_html, document);
    struct mn_slice body = mn_slice_cut(bytes, choice.mark, bytes.size);
    *text = body;
    if (!is_utf8_already(body, choice, document)) {
        struct decoder decoder = {.arena = document->arena};
        enum mn_status status = decode(body, choice, &decoder, document, error);
        if (status != MN_OK)
            return status;
        if (decoder.no_memory)
            return mn_fail_memory(error);
        *text = decoder.out.count ? (struct mn_slice){decoder.out.items, decoder.out.count} : MN_LITERAL("");
        if (decoder.bad)
            mn_document_notice(document, "%zu bytes that are no text in %s became U+FFFD, the first at byte %zu",
                               decoder.bad, document->source.charset.data, decoder.first_bad + choice.mark);
    }
    if (mn_slice_starts(*text, MN_LITERAL("\xEF\xBB\xBF")))
        *text = mn_slice_cut(*text, 3, text->size);
    return drop_nul(document, text) && mend_controls(document, text) ? MN_OK : mn_fail_memory(error);
}
