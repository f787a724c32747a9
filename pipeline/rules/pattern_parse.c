#include "rules/pattern.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "lexis/cut.h"
#include "rules/language.h"
#include "rules/rules.h"
#include <stdarg.h>
#include <stdio.h>

struct parser {
    struct mn_arena *arena;
    struct mn_pattern *pattern;
    struct mn_report *report; /* null: nobody is told */
    struct mn_slice text;
    size_t at;
    unsigned depth;
    bool failed;
    MN_VECTOR(struct mn_pattern_node) nodes;
};

/* Bytes of a pattern's text to an element, about: so many nodes get room at once. */
enum { BYTES_OF_ELEMENT = 6 };

/* Children gathered before their parent has a node. */
struct children {
    uint32_t last;
    uint32_t count;
};

static uint32_t parse_alternatives(struct parser *parser);

struct mn_place mn_pattern_place(const struct mn_pattern *pattern, uint32_t offset)
{
    return mn_xml_text_place(pattern->file, pattern->xml, offset);
}

/* The first mistake of a pattern is told; what follows it would be guesses. */
__attribute__((format(printf, 3, 4))) static uint32_t fail(struct parser *parser, size_t at, const char *format, ...)
{
    char message[512];
    va_list arguments;
    if (parser->failed)
        return MN_NO_NODE;
    parser->failed = true;
    if (!parser->report)
        return MN_NO_NODE;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    mn_report_error(parser->report, mn_pattern_place(parser->pattern, (uint32_t)at), "%s", message);
    return MN_NO_NODE;
}

/* The byte at an offset; NUL, which no XML holds, behind the end. */
static char byte_at(const struct parser *parser, size_t at)
{
    if (at < parser->text.size)
        return parser->text.data[at];
    return '\0';
}

static char peek(const struct parser *parser)
{
    return byte_at(parser, parser->at);
}

static char peek_second(const struct parser *parser)
{
    return byte_at(parser, parser->at + 1);
}

static bool at_end(const struct parser *parser)
{
    return parser->at >= parser->text.size;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void skip_blanks(struct parser *parser)
{
    while (!at_end(parser) && is_blank(peek(parser)))
        parser->at++;
}

static bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* The character at an offset, for messages. */
static struct mn_slice character(const struct parser *parser, size_t at)
{
    size_t end = at;
    if (at >= parser->text.size)
        return MN_LITERAL("the end");
    mn_utf8_next(parser->text, &end);
    return mn_slice_cut(parser->text, at, end);
}

static uint32_t fail_memory(struct parser *parser)
{
    parser->failed = true;
    if (parser->report)
        parser->report->no_memory = true;
    return MN_NO_NODE;
}

static uint32_t add_node(struct parser *parser, struct mn_pattern_node node)
{
    if (parser->failed)
        return MN_NO_NODE;
    if (parser->nodes.count >= MN_LIMIT_PATTERN_STATES)
        return fail(parser, node.source, "the pattern has more than %d elements; split it into several rules",
                    MN_LIMIT_PATTERN_STATES);
    struct mn_pattern_node *slot = MN_APPEND(parser->arena, &parser->nodes);
    if (!slot)
        return fail_memory(parser);
    *slot = node;
    slot->previous = MN_NO_NODE;
    return (uint32_t)parser->nodes.count - 1;
}

static struct mn_pattern_node leaf(enum mn_pattern_kind kind, size_t source)
{
    return (struct mn_pattern_node){.kind = (uint8_t)kind, .source = (uint32_t)source, .last = MN_NO_NODE};
}

static struct mn_pattern_node parent(enum mn_pattern_kind kind, size_t source, uint32_t last)
{
    struct mn_pattern_node node = leaf(kind, source);
    node.last = last;
    return node;
}

static void adopt(struct parser *parser, struct children *children, uint32_t node)
{
    if (node == MN_NO_NODE)
        return;
    parser->nodes.items[node].previous = children->last;
    children->last = node;
    children->count++;
}

/* One child stands for itself, several get a parent. */
static uint32_t gather(struct parser *parser, enum mn_pattern_kind kind, size_t source, const struct children *children)
{
    return children->count == 1 ? children->last : add_node(parser, parent(kind, source, children->last));
}

/* The words as canonical text: as they stand where they are that, as those of nearly all rules are. False when memory
 * is out. */
static bool fold_words(struct parser *parser, struct mn_slice *words)
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

/* The words of a literal, one node per token. */
static uint32_t add_words(struct parser *parser, size_t source, struct mn_slice words, enum mn_by by)
{
    struct children children = {MN_NO_NODE, 0};
    struct mn_slice token;
    size_t position = 0;
    if (!fold_words(parser, &words))
        return fail_memory(parser);
    while (mn_cut_next(words, &position, &token)) {
        struct mn_pattern_node node = leaf(MN_PATTERN_TOKEN, source);
        node.test = MN_TEST_SYMBOL;
        node.by = (uint8_t)by;
        node.name = token;
        adopt(parser, &children, add_node(parser, node));
    }
    if (!children.count)
        return fail(parser, source, "there are no words in these quotes; expected at least one");
    return gather(parser, MN_PATTERN_SEQUENCE, source, &children);
}

static uint32_t parse_quoted(struct parser *parser, enum mn_by by)
{
    size_t source = parser->at++;
    char quote = parser->text.data[source];
    const char *end =
        at_end(parser) ? NULL : memchr(parser->text.data + parser->at, quote, parser->text.size - parser->at);
    if (!end)
        return fail(parser, source, "this quote is not closed; expected another %c", quote);
    struct mn_slice words = mn_slice_cut(parser->text, parser->at, (size_t)(end - parser->text.data));
    parser->at += words.size + 1;
    return add_words(parser, source, words, by);
}

/* A name behind a sign; empty when there is none. */
static struct mn_slice parse_name(struct parser *parser)
{
    size_t start = parser->at;
    while (is_alphanumeric(peek(parser)) || peek(parser) == '-' || peek(parser) == '.')
        parser->at++;
    while (parser->at > start && parser->text.data[parser->at - 1] == '.')
        parser->at--;
    struct mn_slice name = mn_slice_cut(parser->text, start, parser->at);
    return mn_grammar_is_name(name) ? name : MN_EMPTY;
}

static uint32_t parse_reference(struct parser *parser, enum mn_pattern_kind kind, const char *what)
{
    struct mn_pattern_node node = leaf(kind, parser->at);
    char sign = parser->text.data[parser->at++];
    node.name = parse_name(parser);
    if (!node.name.size)
        return fail(parser, node.source,
                    "no name behind %c; expected the name of %s; the sign itself is written \"%c\"", sign, what, sign);
    if (kind == MN_PATTERN_TOKEN)
        node.test = MN_TEST_CLASS;
    return add_node(parser, node);
}

static uint32_t parse_lexicon(struct parser *parser)
{
    struct mn_pattern_node node = leaf(MN_PATTERN_LEXICON, parser->at);
    const char *end = memchr(parser->text.data + parser->at, ']', parser->text.size - parser->at);
    if (!end)
        return fail(parser, node.source, "this [ is not closed; expected [lexicon] or [lexicon=value]");
    size_t closing = (size_t)(end - parser->text.data);
    struct mn_slice inside = mn_slice_cut(parser->text, parser->at + 1, closing);
    const char *equals = inside.size ? memchr(inside.data, '=', inside.size) : NULL;
    size_t name_size = equals ? (size_t)(equals - inside.data) : inside.size;
    node.name = mn_slice_trim(mn_slice_cut(inside, 0, name_size));
    if (equals)
        node.filter = mn_slice_trim(mn_slice_cut(inside, name_size + 1, inside.size));
    if (!mn_grammar_is_name(node.name))
        return fail(parser, node.source, "'%.*s' is no lexicon's name; expected [lexicon] or [lexicon=value|value]",
                    MN_SLICE_ARGS(node.name));
    if (equals && !node.filter.size)
        return fail(parser, node.source, "no value behind =; expected [%.*s=value] or [%.*s]", MN_SLICE_ARGS(node.name),
                    MN_SLICE_ARGS(node.name));
    parser->at = closing + 1;
    return add_node(parser, node);
}

/* Is there a letter or digit at this offset? */
static bool is_word_at(const struct parser *parser, size_t at)
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
static size_t behind_inner_sign(const struct parser *parser, size_t at)
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

/* The bare word that starts here; empty when none does. */
static struct mn_slice read_word(struct parser *parser)
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

static uint32_t parse_stem(struct parser *parser)
{
    size_t source = parser->at++;
    if (peek(parser) == '"')
        return parse_quoted(parser, MN_BY_STEM);
    struct mn_slice word = read_word(parser);
    if (!word.size)
        return fail(parser, source, "no word behind ~; expected ~judge; the sign itself is written \"~\"");
    return add_words(parser, source, word, MN_BY_STEM);
}

/* Inside the brackets that open at parser->at. */
static uint32_t parse_group(struct parser *parser)
{
    size_t source = parser->at++;
    if (++parser->depth > MN_LIMIT_PATTERN_NESTING)
        return fail(parser, source, "brackets are nested deeper than %d; use <define> for parts",
                    MN_LIMIT_PATTERN_NESTING);
    uint32_t node = parse_alternatives(parser);
    parser->depth--;
    if (parser->failed)
        return MN_NO_NODE;
    if (peek(parser) != ')')
        return fail(parser, source, "this ( is not closed; expected )");
    parser->at++;
    return node;
}

static uint32_t parse_look(struct parser *parser, size_t source, struct mn_slice word)
{
    static const struct {
        const char *name;
        bool negated, behind;
    } looks[] = {
        {"ahead", false, false}, {"not-ahead", true, false}, {"behind", false, true}, {"not-behind", true, true}};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (!mn_slice_equal(word, mn_slice_of(looks[i].name)))
            continue;
        uint32_t inside = parse_group(parser);
        struct mn_pattern_node node = parent(MN_PATTERN_LOOK, source, inside);
        node.negated = looks[i].negated;
        node.behind = looks[i].behind;
        return add_node(parser, node);
    }
    return fail(parser, parser->at,
                "a blank is missing between '%.*s' and (; expected a blank, or one of ahead(, not-ahead(, behind(, "
                "not-behind(",
                MN_SLICE_ARGS(word));
}

static uint32_t parse_word(struct parser *parser)
{
    size_t source = parser->at;
    struct mn_slice word = read_word(parser);
    if (!word.size) {
        struct mn_slice sign = character(parser, source);
        const char *quote = mn_slice_equal(sign, MN_LITERAL("\"")) ? "'" : "\"";
        return fail(parser, source, "%.*s has to be put in quotes when the text is meant: %s%.*s%s",
                    MN_SLICE_ARGS(sign), quote, MN_SLICE_ARGS(sign), quote);
    }
    if (peek(parser) == '(')
        return parse_look(parser, source, word);
    return add_words(parser, source, word, MN_BY_FOLD);
}

static uint32_t parse_sign(struct parser *parser, struct mn_pattern_node node)
{
    parser->at++;
    return add_node(parser, node);
}

static uint32_t parse_atom(struct parser *parser)
{
    size_t source = parser->at;
    switch (peek(parser)) {
    case '(':
        return parse_group(parser);
    case '"':
        return parse_quoted(parser, MN_BY_FOLD);
    case '\'':
        return parse_quoted(parser, MN_BY_EXACT);
    case '~':
        return parse_stem(parser);
    case '#':
        return parse_reference(parser, MN_PATTERN_TOKEN, "a class");
    case '@':
        return parse_reference(parser, MN_PATTERN_SPAN, "a kind or a rule");
    case '[':
        return parse_lexicon(parser);
    case '^':
        return parse_sign(parser, leaf(MN_PATTERN_START, source));
    case '_':
        return parse_sign(parser, leaf(MN_PATTERN_TOKEN, source)); /* MN_TEST_ANY */
    case '$':
        if (is_alphanumeric(peek_second(parser)))
            return parse_reference(parser, MN_PATTERN_DEFINE, "a definition");
        return parse_sign(parser, leaf(MN_PATTERN_END, source));
    default:
        return parse_word(parser);
    }
}

static bool read_number(struct parser *parser, uint32_t *number)
{
    size_t start = parser->at;
    *number = 0;
    while (peek(parser) >= '0' && peek(parser) <= '9') {
        *number = *number > 100000 ? *number : *number * 10 + (uint32_t)(peek(parser) - '0');
        parser->at++;
    }
    return parser->at > start;
}

/* {n}, {n,m} or {n,} */
static bool read_counts(struct parser *parser, uint32_t *min, uint32_t *max)
{
    size_t source = parser->at++;
    bool good = read_number(parser, min);
    *max = *min;
    if (good && peek(parser) == ',') {
        parser->at++;
        if (!read_number(parser, max))
            *max = MN_UNBOUNDED;
    }
    if (!good || peek(parser) != '}') {
        fail(parser, source,
             "a repetition that cannot be read; expected {2}, {2,5} or {2,}; the sign itself is written \"{\"");
        return false;
    }
    parser->at++;
    uint32_t largest = *max == MN_UNBOUNDED ? *min : *max;
    if (*max < *min || *max == 0)
        fail(parser, source, "{%u,%u} repeats nothing; expected the smaller number first and the larger above 0", *min,
             *max);
    else if (largest > MN_LIMIT_REPEAT)
        fail(parser, source, "repeated %u times; expected at most %d; without limit is written {%u,}", largest,
             MN_LIMIT_REPEAT, *min < MN_LIMIT_REPEAT ? *min : 1);
    return !parser->failed;
}

/* The repetition that stands here, if any: false when there is none or it is wrong. */
static bool read_repetition(struct parser *parser, struct mn_pattern_node *repeat)
{
    *repeat = leaf(MN_PATTERN_REPEAT, parser->at);
    switch (peek(parser)) {
    case '?':
        repeat->min = 0, repeat->max = 1;
        parser->at++;
        break;
    case '*':
        repeat->min = 0, repeat->max = MN_UNBOUNDED;
        parser->at++;
        break;
    case '+':
        repeat->min = 1, repeat->max = MN_UNBOUNDED;
        parser->at++;
        break;
    case '{':
        if (!read_counts(parser, &repeat->min, &repeat->max))
            return false;
        break;
    default:
        return false;
    }
    repeat->lazy = peek(parser) == '?';
    parser->at += repeat->lazy;
    if (!at_end(parser) && strchr("?*+{", peek(parser)))
        fail(parser, parser->at, "a repetition of a repetition; put the inner one in brackets: (x+)?");
    return !parser->failed;
}

static uint32_t add_repetition(struct parser *parser, struct mn_pattern_node repeat, uint32_t body)
{
    repeat.last = body;
    return repeat.min == 1 && repeat.max == 1 ? body : add_node(parser, repeat);
}

/* name:x+ remembers all of it, and where x* or x? finds nothing, name stays unset: (name:(x+))?. */
static uint32_t add_capture(struct parser *parser, size_t source, struct mn_slice name, uint32_t body,
                            struct mn_pattern_node repeat)
{
    struct mn_pattern_node maybe = repeat;
    bool optional = repeat.max && repeat.min == 0;
    if (optional) {
        repeat.min = 1;
        maybe.max = 1;
    }
    struct mn_pattern_node capture = parent(MN_PATTERN_CAPTURE, source, MN_NO_NODE);
    capture.name = name;
    capture.last = repeat.max ? add_repetition(parser, repeat, body) : body;
    uint32_t node = add_node(parser, capture);
    return optional ? add_repetition(parser, maybe, node) : node;
}

static uint32_t parse_repeated(struct parser *parser, size_t source, struct mn_slice name, uint32_t body)
{
    struct mn_pattern_node repeat;
    bool repeated = !parser->failed && read_repetition(parser, &repeat);
    if (parser->failed)
        return MN_NO_NODE;
    if (!repeated)
        repeat.max = 0;
    if (name.size)
        return add_capture(parser, source, name, body, repeat);
    return repeated ? add_repetition(parser, repeat, body) : body;
}

/* The name of a capture when one starts here: letters, digits, hyphens, directly before a colon. */
static struct mn_slice read_capture(struct parser *parser)
{
    size_t end = parser->at;
    while (end < parser->text.size && (is_alphanumeric(parser->text.data[end]) || parser->text.data[end] == '-'))
        end++;
    if (end == parser->at || end >= parser->text.size || parser->text.data[end] != ':')
        return MN_EMPTY;
    struct mn_slice name = mn_slice_cut(parser->text, parser->at, end);
    if (name.data[0] >= '0' && name.data[0] <= '9') {
        fail(parser, end,
             ": has to be put in quotes when the text is meant: \"%.*s:…\"; a capture's name begins with a letter",
             MN_SLICE_ARGS(name));
        return MN_EMPTY;
    }
    parser->at = end + 1;
    return name;
}

static uint32_t parse_negated(struct parser *parser)
{
    size_t source = parser->at++;
    if (at_end(parser) || strchr("!^|)?*+{ \t\n", peek(parser)))
        return fail(parser, source,
                    "! negates nothing; expected a single-token element or a group of such directly "
                    "behind it; the sign itself is written \"!\"");
    uint32_t inside = parse_atom(parser);
    return add_node(parser, parent(MN_PATTERN_NOT, source, inside));
}

/* Elements that touch are a slip more often than not; brackets may. */
static void check_gap(struct parser *parser)
{
    char next = peek(parser);
    bool behind_group = parser->at && parser->text.data[parser->at - 1] == ')';
    if (parser->failed || at_end(parser) || is_blank(next) || strchr("|)(", next) || behind_group)
        return;
    struct mn_slice sign = character(parser, parser->at);
    if (strchr(",;&%/-.", next))
        fail(parser, parser->at,
             "%.*s has to be put in quotes when the text is meant, with a blank before it: \"%.*s\"",
             MN_SLICE_ARGS(sign), MN_SLICE_ARGS(sign));
    else
        fail(parser, parser->at, "a blank is missing before %.*s; expected blanks between elements",
             MN_SLICE_ARGS(sign));
}

static uint32_t parse_element(struct parser *parser)
{
    size_t source = parser->at;
    if (strchr("?*+{", peek(parser)))
        return fail(parser, source,
                    "%c repeats nothing; expected it directly behind an element; the sign itself is written \"%c\"",
                    peek(parser), peek(parser));
    struct mn_slice name = read_capture(parser);
    if (parser->failed)
        return MN_NO_NODE;
    if (name.size && (at_end(parser) || is_blank(peek(parser)) || strchr("?*+{|)", peek(parser))))
        return fail(parser, source,
                    "the capture '%.*s' holds nothing; expected an element or a group directly behind the colon; the "
                    "word with a colon is written \"%.*s:\"",
                    MN_SLICE_ARGS(name), MN_SLICE_ARGS(name));
    uint32_t body = peek(parser) == '!' ? parse_negated(parser) : parse_atom(parser);
    uint32_t node = parse_repeated(parser, source, name, body);
    check_gap(parser);
    return node;
}

static uint32_t parse_sequence(struct parser *parser)
{
    struct children children = {MN_NO_NODE, 0};
    size_t source = parser->at;
    for (skip_blanks(parser); !parser->failed; skip_blanks(parser)) {
        if (at_end(parser) || peek(parser) == '|' || peek(parser) == ')')
            break;
        if (!children.count)
            source = parser->at;
        adopt(parser, &children, parse_element(parser));
    }
    if (parser->failed)
        return MN_NO_NODE;
    if (!children.count)
        return fail(parser, parser->at,
                    "an element is missing before %.*s; expected one; what may be absent is written x?",
                    MN_SLICE_ARGS(character(parser, parser->at)));
    return gather(parser, MN_PATTERN_SEQUENCE, source, &children);
}

static uint32_t parse_alternatives(struct parser *parser)
{
    struct children children = {MN_NO_NODE, 0};
    size_t source = parser->at;
    adopt(parser, &children, parse_sequence(parser));
    while (!parser->failed && peek(parser) == '|') {
        parser->at++;
        adopt(parser, &children, parse_sequence(parser));
    }
    return parser->failed ? MN_NO_NODE : gather(parser, MN_PATTERN_ALTERNATIVES, source, &children);
}

void mn_pattern_parse(struct mn_arena *arena, struct mn_pattern *pattern, struct mn_report *report)
{
    struct parser parser = {.arena = arena, .pattern = pattern, .report = report, .text = pattern->text};
    if (!MN_RESERVE(arena, &parser.nodes, pattern->text.size / BYTES_OF_ELEMENT + 1))
        fail_memory(&parser);
    uint32_t root = parse_alternatives(&parser);
    if (!parser.failed && !at_end(&parser))
        fail(&parser, parser.at, "this ) closes nothing; the sign itself is written \")\"");
    pattern->nodes = parser.nodes.items;
    pattern->count = (uint32_t)parser.nodes.count;
    pattern->root = parser.failed ? MN_NO_NODE : root;
}

static struct mn_slice written_in(const struct mn_rules *rules, const struct mn_program *program,
                                  const struct mn_state *state)
{
    return state->definition < rules->definition_count ? rules->definitions[state->definition].text : program->text;
}

struct mn_slice mn_rules_element(const struct mn_rules *rules, const struct mn_program *program,
                                 const struct mn_state *state, struct mn_arena *work)
{
    struct mn_slice text = written_in(rules, program, state);
    struct parser parser = {.arena = work, .text = text, .at = state->source};
    if (peek(&parser) == '!')
        parser.at++;
    if (parser.at < text.size) /* only the end, which accepts, is no element */
        parse_atom(&parser);
    return mn_slice_cut(text, state->source < text.size ? state->source : text.size, parser.at);
}
