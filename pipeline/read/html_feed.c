#include "read/html_feed.h"

/* Bytes handed over at a time: what libxml2 has in its buffer beside the page. */
#define PIECE ((size_t)1 << 16)

/* Tags up to this size are not looked into. */
#define SHORT_TAG ((size_t)1 << 10)

#define LONGEST_CONDITION ((size_t)128)

/* Attributes that one tag may keep. */
#define MOST_ATTRIBUTES 256

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Behind the quoted value that starts at `at`; the end of the text when it is not closed. */
static size_t skip_quoted(struct mn_slice text, size_t at)
{
    const char *end = memchr(text.data + at + 1, text.data[at], text.size - at - 1);
    return end ? (size_t)(end - text.data) + 1 : text.size;
}

/* The end of the tag at `at`, behind its ">"; *cut is where its surplus of attributes starts, 0 when there is none. A
 * "<" within shows that it is no tag after all, but script or text. */
static size_t tag_end(struct mn_slice text, size_t at, size_t *cut)
{
    size_t attributes = 0;
    *cut = 0;
    while (at < text.size && text.data[at] != '>' && text.data[at] != '<') {
        char byte = text.data[at];
        if ((byte == '"' || byte == '\'') && text.data[at - 1] == '=') {
            at = skip_quoted(text, at);
            continue;
        }
        attributes += is_space(byte);
        if (attributes == MOST_ATTRIBUTES && *cut == 0)
            *cut = at;
        at++;
    }
    if (at >= text.size || text.data[at] == '<')
        *cut = 0;
    return at;
}

static void push(htmlParserCtxtPtr parser, struct mn_slice text)
{
    for (size_t at = 0; at < text.size; at += PIECE) {
        size_t size = text.size - at < PIECE ? text.size - at : PIECE;
        htmlParseChunk(parser, text.data + at, (int)size, 0);
    }
}

/* Is this "<" the start of a tag too long to pass unseen? */
static bool is_long_tag(struct mn_slice text, size_t at)
{
    if (at + 1 >= text.size || !is_letter(text.data[at + 1]))
        return false;
    size_t rest = text.size - at;
    return !memchr(text.data + at, '>', rest < SHORT_TAG ? rest : SHORT_TAG);
}

/* Length of the "<![if …]>" or "<![endif]>" at `at`, as Word writes them around list marks: libxml2 would take it for
 * text. 0 when there is none, nor at the end of a comment, which looks like "<![endif]-->". */
static size_t condition_length(struct mn_slice text, size_t at)
{
    struct mn_slice rest = mn_slice_cut(text, at, text.size);
    if (!mn_slice_starts(rest, MN_LITERAL("<![if")) && !mn_slice_starts(rest, MN_LITERAL("<![endif")))
        return 0;
    const char *end = memchr(rest.data, '>', rest.size < LONGEST_CONDITION ? rest.size : LONGEST_CONDITION);
    return end && end[-1] == ']' ? (size_t)(end - rest.data) + 1 : 0;
}

/* What libxml2 is not to see at the "<" at `at`: its start, with the end in *end; SIZE_MAX when there is nothing. *next
 * is where to look on. */
static size_t find_cut(struct mn_slice text, size_t at, size_t *end, size_t *next)
{
    size_t condition = condition_length(text, at);
    *next = *end = at + (condition ? condition : 1);
    if (condition)
        return at;
    if (!is_long_tag(text, at))
        return SIZE_MAX;
    size_t cut = 0;
    *next = *end = tag_end(text, at + 1, &cut);
    return cut ? cut : SIZE_MAX;
}

void mn_html_feed(htmlParserCtxtPtr parser, struct mn_slice text, size_t *shift)
{
    size_t fed = 0, at = 0;
    *shift = 0;
    while (at < text.size) {
        const char *open = memchr(text.data + at, '<', text.size - at);
        if (!open)
            break;
        size_t end, cut = find_cut(text, (size_t)(open - text.data), &end, &at);
        if (cut == SIZE_MAX)
            continue;
        push(parser, mn_slice_cut(text, fed, cut));
        *shift += end - cut;
        fed = end;
    }
    push(parser, mn_slice_cut(text, fed, text.size));
    htmlParseChunk(parser, NULL, 0, 1);
}
