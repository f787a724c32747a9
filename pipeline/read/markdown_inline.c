#include "read/markdown_inline.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/html_elements.h"
#include <libxml/HTMLparser.h>
#include <stdlib.h>

/* One line being stripped. */
struct strip {
    struct mn_inline *state;
    const char *data; /* the whole text's */
    size_t at, start, end;
    char *out;
    size_t size;
    bool has_strong, has_plain;
    size_t link_text_end, link_end; /* of the link that is open; 0: none */
    size_t next_bracket;            /* the next "]" as last looked for */
    bool no_links;                  /* no further link is complete on this line */
};

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_punctuation(char byte)
{
    return byte > ' ' && byte < 0x7F && !is_word(byte);
}

void mn_inline_reset(struct mn_inline *state)
{
    state->is_strong = false;
    state->closer[0] = state->closer[1] = 0;
}

/* Does the byte belong to a word? Beyond ASCII all but the no-break space does. */
static bool counts(char byte)
{
    return is_word(byte) || ((unsigned char)byte >= 0x80 && byte != '\xC2' && byte != '\xA0');
}

static void put(struct strip *strip, char byte)
{
    strip->out[strip->size++] = byte;
    if (counts(byte))
        *(strip->state->is_strong ? &strip->has_strong : &strip->has_plain) = true;
}

static size_t run_length(const char *data, size_t at, size_t end)
{
    size_t length = 1;
    while (at + length < end && data[at + length] == data[at])
        length++;
    return length;
}

static bool opens(const char *data, size_t start, size_t at, size_t length, size_t end)
{
    return (at == start || !is_word(data[at - 1])) && at + length < end && !is_space(data[at + length]);
}

static bool closes(const char *data, size_t start, size_t at, size_t length, size_t end)
{
    return at > start && !is_space(data[at - 1]) && (at + length >= end || !is_word(data[at + length]));
}

/* Is the line that starts at `at` empty? */
static bool is_empty_line(struct mn_slice text, size_t at)
{
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t' || text.data[at] == '\r'))
        at++;
    return at >= text.size || text.data[at] == '\n';
}

/* The place of the marker that closes the emphasis opened before `from`, in this paragraph; 0 when there is none. What
 * was searched in vain is not searched again. */
static size_t find_closer(struct mn_inline *state, char marker, size_t from)
{
    size_t *searched = &state->searched[marker == '_'];
    if (from < *searched)
        return 0;
    struct mn_slice text = state->text;
    size_t at = from;
    while (at < text.size) {
        if (text.data[at] == '\n' && is_empty_line(text, at + 1))
            break;
        if (text.data[at] != marker) {
            at += text.data[at] == '\\' && at + 1 < text.size && text.data[at + 1] != '\n' ? 2 : 1;
            continue;
        }
        size_t length = run_length(text.data, at, text.size);
        if ((length == 1 || length == 3) && closes(text.data, from, at, length, text.size))
            return at + length - 1;
        at += length;
    }
    *searched = at;
    return 0;
}

/* A single marker at `at`, within a run: dropped when it opens or closes emphasis. */
static bool take_emphasis(struct strip *strip, char marker, size_t at, size_t length)
{
    size_t *closer = &strip->state->closer[marker == '_'];
    if (*closer && at <= *closer && *closer < at + length) {
        *closer = 0;
        return true;
    }
    if (*closer || !opens(strip->data, strip->start, at, length, strip->end))
        return false;
    *closer = find_closer(strip->state, marker, at + length);
    return *closer != 0;
}

static void take_stars(struct strip *strip)
{
    size_t length = run_length(strip->data, strip->at, strip->end);
    size_t at = strip->at;
    strip->at += length;
    if (length == 2 || length == 3)
        strip->state->is_strong = !strip->state->is_strong;
    if (length == 2 || length == 4 || (length <= 3 && take_emphasis(strip, '*', at, length)))
        return;
    for (size_t i = length == 3 ? 2 : 0; i < length; i++)
        put(strip, '*');
}

/* Runs of underscores are lines to sign on. */
static void take_underscores(struct strip *strip)
{
    size_t length = run_length(strip->data, strip->at, strip->end);
    size_t at = strip->at;
    strip->at += length;
    if (length == 1 && take_emphasis(strip, '_', at, length))
        return;
    for (size_t i = 0; i < length; i++)
        put(strip, '_');
}

static void take_escape(struct strip *strip)
{
    strip->at++;
    if (strip->at == strip->end)
        return; /* a hard line break */
    if (is_punctuation(strip->data[strip->at]))
        put(strip, strip->data[strip->at++]);
    else
        put(strip, '\\');
}

/* The end of "(…)" that starts at `at`, behind its bracket; 0 when it is not closed on this line. */
static size_t target_end(const struct strip *strip, size_t at)
{
    size_t depth = 0;
    for (; at < strip->end; at++) {
        depth += strip->data[at] == '(';
        if (strip->data[at] == ')' && --depth == 0)
            return at + 1;
    }
    return 0;
}

/* The next "]" behind the current place; 0 when there is none. Looks at no byte twice. */
static size_t find_bracket(struct strip *strip)
{
    if (strip->next_bracket >= strip->at)
        return strip->next_bracket;
    const char *found = memchr(strip->data + strip->at, ']', strip->end - strip->at);
    strip->next_bracket = found ? (size_t)(found - strip->data) : 0;
    return strip->next_bracket;
}

/* The end of the target of "[text](target)", with the end of its text; 0 when there is no such link here. */
static size_t find_link(struct strip *strip, size_t *text_end)
{
    if (strip->no_links || strip->link_end)
        return 0;
    *text_end = find_bracket(strip);
    size_t end = 0;
    if (*text_end && *text_end + 1 < strip->end) {
        if (strip->data[*text_end + 1] != '(')
            return 0;
        end = target_end(strip, *text_end + 1);
    }
    strip->no_links = end == 0;
    return end;
}

/* "[text](target)" leaves its text, "![text](target)" nothing. */
static void take_bracket(struct strip *strip)
{
    size_t at = strip->at++, text_end = 0;
    size_t end = find_link(strip, &text_end);
    if (end == 0) {
        put(strip, '[');
    } else if (strip->size > 0 && at > strip->start && strip->data[at - 1] == '!') {
        strip->size--;
        strip->at = end;
    } else {
        strip->link_text_end = text_end;
        strip->link_end = end;
    }
}

/* Length of "<…>" at the current place if that is an HTML tag, a comment or a web or mail address; else 0. */
static size_t tag_length(const struct strip *strip, bool *is_address)
{
    size_t at = strip->at + 1, end = at;
    while (end < strip->end && strip->data[end] != '>' && strip->data[end] != '<')
        end++;
    if (end == strip->end || strip->data[end] != '>' || end == at)
        return 0;
    struct mn_slice inside = {strip->data + at, end - at};
    *is_address = !memchr(inside.data, ' ', inside.size) &&
                  (memchr(inside.data, '@', inside.size) || memchr(inside.data, ':', inside.size));
    size_t name = inside.data[0] == '/', name_end = name;
    while (name_end < inside.size && is_word(inside.data[name_end]))
        name_end++;
    bool is_comment = mn_slice_starts(inside, MN_LITERAL("!--"));
    bool is_tag = mn_html_element(mn_slice_cut(inside, name, name_end)) != NULL;
    return is_comment || is_tag || *is_address ? end + 1 - strip->at : 0;
}

static void take_tag(struct strip *strip)
{
    bool is_address = false;
    size_t length = tag_length(strip, &is_address);
    if (length == 0) {
        put(strip, strip->data[strip->at++]);
        return;
    }
    size_t end = strip->at + length;
    for (size_t i = strip->at + 1; is_address && i + 1 < end; i++)
        put(strip, strip->data[i]);
    if (!is_address && length > 3 && strip->data[strip->at + 1] == 'b' && strip->data[strip->at + 2] == 'r')
        put(strip, ' ');
    strip->at = end;
}

/* The character that "#8217" or "#x2019" stands for; 0 when it is none. As in HTML, control characters mean what
 * windows-1252 has there. */
static int32_t numbered_character(const char *text)
{
    bool is_hexadecimal = text[1] == 'x' || text[1] == 'X';
    const char *digits = text + 1 + is_hexadecimal;
    char *end;
    unsigned long value = strtoul(digits, &end, is_hexadecimal ? 16 : 10);
    if (end == digits || *end || value < ' ' || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return 0;
    int32_t meant = value >= 0x80 && value < 0xA0 ? mn_charset_windows_1252((unsigned char)value) : 0;
    return meant ? meant : (int32_t)value;
}

/* The code point of "&name;" or "&#number;" (`name` without & and ;); 0 when it is none. */
static int32_t reference_value(const char *name, size_t size)
{
    char copy[16];
    if (size == 0 || size >= sizeof copy)
        return 0;
    memcpy(copy, name, size);
    copy[size] = '\0';
    if (copy[0] == '#')
        return numbered_character(copy);
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)copy);
    return entity ? (int32_t)entity->value : 0;
}

static void take_reference(struct strip *strip)
{
    size_t end = strip->at + 1;
    while (end < strip->end && end - strip->at < 16 && (is_word(strip->data[end]) || strip->data[end] == '#'))
        end++;
    int32_t value = 0;
    if (end < strip->end && strip->data[end] == ';')
        value = reference_value(strip->data + strip->at + 1, end - strip->at - 1);
    if (value == 0) {
        put(strip, strip->data[strip->at++]);
        return;
    }
    char bytes[4];
    size_t size = mn_utf8_encode(value, bytes);
    for (size_t i = 0; i < size; i++)
        put(strip, bytes[i]);
    strip->at = end + 1;
}

typedef void take(struct strip *strip);

/* Bytes that may be markup, with what sees to them. */
static take *const takers[256] = {
    ['*'] = take_stars,   ['_'] = take_underscores, ['\\'] = take_escape,
    ['['] = take_bracket, ['<'] = take_tag,         ['&'] = take_reference,
};

/* The bytes up to the next that may be markup, and not beyond `stop`. */
static void take_plain(struct strip *strip, size_t stop)
{
    size_t start = strip->at, end = start + 1;
    while (end < stop && !takers[(unsigned char)strip->data[end]])
        end++;
    bool *style = strip->state->is_strong ? &strip->has_strong : &strip->has_plain;
    for (size_t i = start; i < end && !*style; i++)
        *style = counts(strip->data[i]);
    memcpy(strip->out + strip->size, strip->data + start, end - start);
    strip->size += end - start;
    strip->at = end;
}

size_t mn_inline_strip(struct mn_inline *state, size_t start, size_t end, char *out, bool *is_bold)
{
    struct strip strip = {
        .state = state, .data = state->text.data, .at = start, .start = start, .end = end, .out = out};
    while (strip.at < end) {
        if (strip.link_end && strip.at >= strip.link_text_end) {
            strip.at = strip.link_end;
            strip.link_end = 0;
            continue;
        }
        take *taker = takers[(unsigned char)strip.data[strip.at]];
        if (taker)
            taker(&strip);
        else
            take_plain(&strip, strip.link_end ? strip.link_text_end : end);
    }
    *is_bold = strip.has_strong && !strip.has_plain;
    return strip.size;
}
