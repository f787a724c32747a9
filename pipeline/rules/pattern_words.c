/* The elements of patterns that stand for words. */
#include "rules/pattern_parser.h"

#include "base/utf8.h"
#include "lexis/cut.h"
#include "rules/grammar.h"

/* The words as canonical text: as they stand where they are that, as those of nearly all rules are. False when memory
 * is out. */
static bool fold_words(struct mn_parser *parser, struct mn_slice *words)
{
    char few[512];
    size_t bound = mn_utf8_fold_bound(words->size);
    char *out = bound <= sizeof few ? few : mn_arena_alloc(parser->arena, bound);
    struct mn_slice folded = {out, out ? mn_utf8_fold(*words, out) : SIZE_MAX};
    if (folded.size == SIZE_MAX)
        return false;
    if (mn_slice_equal(folded, *words))
        return true;
    *words = mn_arena_copy(parser->arena, folded);
    return words->size == folded.size;
}

uint32_t mn_parse_words(struct mn_parser *parser, size_t source, struct mn_slice words, enum mn_by by)
{
    struct mn_children children = {MN_NO_NODE, 0};
    struct mn_slice token;
    size_t position = 0;
    if (!fold_words(parser, &words))
        return mn_parser_fail_memory(parser);
    while (mn_cut_next(words, &position, &token)) {
        struct mn_pattern_node node = leaf(MN_PATTERN_TOKEN, source);
        node.test = MN_TEST_SYMBOL;
        node.by = (uint8_t)by;
        node.name = token;
        mn_parser_adopt(parser, &children, mn_parser_add(parser, node));
    }
    if (!children.count)
        return mn_parser_fail(parser, source, "there are no words in these quotes; expected at least one");
    return mn_parser_gather(parser, MN_PATTERN_SEQUENCE, source, &children);
}

uint32_t mn_parse_quoted(struct mn_parser *parser, enum mn_by by)
{
    size_t source = parser->at++;
    char quote = parser->text.data[source];
    const char *end =
        at_end(parser) ? NULL : memchr(parser->text.data + parser->at, quote, parser->text.size - parser->at);
    if (!end)
        return mn_parser_fail(parser, source, "this quote is not closed; expected another %c", quote);
    struct mn_slice words = mn_slice_cut(parser->text, parser->at, (size_t)(end - parser->text.data));
    parser->at += words.size + 1;
    return mn_parse_words(parser, source, words, by);
}

struct mn_slice mn_parse_name(struct mn_parser *parser)
{
    size_t start = parser->at;
    while (is_alphanumeric(peek(parser)) || peek(parser) == '-' || peek(parser) == '.')
        parser->at++;
    while (parser->at > start && parser->text.data[parser->at - 1] == '.')
        parser->at--;
    struct mn_slice name = mn_slice_cut(parser->text, start, parser->at);
    return mn_grammar_is_name(name) ? name : MN_EMPTY;
}

uint32_t mn_parse_reference(struct mn_parser *parser, enum mn_pattern_kind kind, const char *what)
{
    struct mn_pattern_node node = leaf(kind, parser->at);
    char sign = parser->text.data[parser->at++];
    node.name = mn_parse_name(parser);
    if (!node.name.size)
        return mn_parser_fail(parser, node.source,
                              "no name behind %c; expected the name of %s; the sign itself is written \"%c\"", sign,
                              what, sign);
    if (kind == MN_PATTERN_TOKEN)
        node.test = MN_TEST_CLASS;
    return mn_parser_add(parser, node);
}

uint32_t mn_parse_lexicon(struct mn_parser *parser)
{
    struct mn_pattern_node node = leaf(MN_PATTERN_LEXICON, parser->at);
    const char *end = memchr(parser->text.data + parser->at, ']', parser->text.size - parser->at);
    if (!end)
        return mn_parser_fail(parser, node.source, "this [ is not closed; expected [lexicon] or [lexicon=value]");
    size_t closing = (size_t)(end - parser->text.data);
    struct mn_slice inside = mn_slice_cut(parser->text, parser->at + 1, closing);
    const char *equals = inside.size ? memchr(inside.data, '=', inside.size) : NULL;
    size_t name_size = equals ? (size_t)(equals - inside.data) : inside.size;
    node.name = mn_slice_trim(mn_slice_cut(inside, 0, name_size));
    if (equals)
        node.filter = mn_slice_trim(mn_slice_cut(inside, name_size + 1, inside.size));
    if (!mn_grammar_is_name(node.name))
        return mn_parser_fail(parser, node.source,
                              "'%.*s' is no lexicon's name; expected [lexicon] or [lexicon=value|value]",
                              MN_SLICE_ARGS(node.name));
    if (equals && !node.filter.size)
        return mn_parser_fail(parser, node.source, "no value behind =; expected [%.*s=value] or [%.*s]",
                              MN_SLICE_ARGS(node.name), MN_SLICE_ARGS(node.name));
    parser->at = closing + 1;
    return mn_parser_add(parser, node);
}

/* Is there a letter or digit at this offset? */
static bool is_word_at(const struct mn_parser *parser, size_t at)
{
    if (at >= parser->text.size)
        return false;
    if ((unsigned char)parser->text.data[at] < 0x80)
        return is_alphanumeric(parser->text.data[at]);
    int32_t code_point = mn_utf8_next(parser->text, &at);
    return mn_is_letter(code_point) || mn_is_digit(code_point);
}

/* One past the sign at this offset that may stand inside a bare word, or `at`. Hyphens, points and slashes may; an
 * apostrophe (’ too) needs a letter behind it. */
static size_t behind_inner_sign(const struct mn_parser *parser, size_t at)
{
    static const struct {
        struct mn_slice sign;
        bool inner;
    } signs[] = {{{"-", 1}, false},     {{".", 1}, false},      {{"/", 1}, false},     {{"'", 1}, true},
                 {{"\u2019", 3}, true}, {{"\u2010", 3}, false}, {{"\u2011", 3}, false}};
    struct mn_slice rest = mn_slice_cut(parser->text, at, parser->text.size);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (mn_slice_starts(rest, signs[i].sign))
            return signs[i].inner && !is_word_at(parser, at + signs[i].sign.size) ? at : at + signs[i].sign.size;
    return at;
}

struct mn_slice mn_parse_bare(struct mn_parser *parser)
{
    size_t start = parser->at, at = start;
    while (is_word_at(parser, at) || (at > start && behind_inner_sign(parser, at) > at)) {
        size_t behind = at > start ? behind_inner_sign(parser, at) : at;
        if (behind > at)
            at = behind;
        else
            mn_utf8_next(parser->text, &at);
    }
    parser->at = at;
    return mn_slice_cut(parser->text, start, at);
}

uint32_t mn_parse_stem(struct mn_parser *parser)
{
    size_t source = parser->at++;
    if (peek(parser) == '"')
        return mn_parse_quoted(parser, MN_BY_STEM);
    struct mn_slice word = mn_parse_bare(parser);
    if (!word.size)
        return mn_parser_fail(parser, source, "no word behind ~; expected ~judge; the sign itself is written \"~\"");
    return mn_parse_words(parser, source, word, MN_BY_STEM);
}
