#include "rules/pattern_parser.h"

#include "base/limits.h"
#include "rules/rules.h"

static uint32_t parse_alternatives(struct mn_parser *parser);

struct mn_place mn_pattern_place(const struct mn_pattern *pattern, uint32_t offset)
{
    return mn_xml_text_place(pattern->file, pattern->xml, offset);
}

/* Inside the brackets that open at parser->at. */
static uint32_t parse_group(struct mn_parser *parser)
{
    size_t source = parser->at++;
    if (++parser->depth > MN_LIMIT_PATTERN_NESTING)
        return mn_parser_fail(parser, source, "brackets are nested deeper than %d; use <define> for parts",
                              MN_LIMIT_PATTERN_NESTING);
    uint32_t node = parse_alternatives(parser);
    parser->depth--;
    if (parser->failed)
        return MN_NO_NODE;
    if (peek(parser) != ')')
        return mn_parser_fail(parser, source, "this ( is not closed; expected )");
    parser->at++;
    return node;
}

static uint32_t parse_look(struct mn_parser *parser, size_t source, struct mn_slice word)
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
        return mn_parser_add(parser, node);
    }
    return mn_parser_fail(
        parser, parser->at,
        "a blank is missing between '%.*s' and (; expected a blank, or one of ahead(, not-ahead(, behind(, "
        "not-behind(",
        MN_SLICE_ARGS(word));
}

static uint32_t parse_word(struct mn_parser *parser)
{
    size_t source = parser->at;
    struct mn_slice word = mn_parse_bare(parser);
    if (!word.size) {
        struct mn_slice sign = mn_parser_character(parser, source);
        const char *quote = mn_slice_equal(sign, MN_LITERAL("\"")) ? "'" : "\"";
        return mn_parser_fail(parser, source, "%.*s has to be put in quotes when the text is meant: %s%.*s%s",
                              MN_SLICE_ARGS(sign), quote, MN_SLICE_ARGS(sign), quote);
    }
    if (peek(parser) == '(')
        return parse_look(parser, source, word);
    return mn_parse_words(parser, source, word, MN_BY_FOLD);
}

static uint32_t parse_sign(struct mn_parser *parser, struct mn_pattern_node node)
{
    parser->at++;
    return mn_parser_add(parser, node);
}

static uint32_t parse_atom(struct mn_parser *parser)
{
    size_t source = parser->at;
    switch (peek(parser)) {
    case '(':
        return parse_group(parser);
    case '"':
        return mn_parse_quoted(parser, MN_BY_FOLD);
    case '\'':
        return mn_parse_quoted(parser, MN_BY_EXACT);
    case '~':
        return mn_parse_stem(parser);
    case '#':
        return mn_parse_reference(parser, MN_PATTERN_TOKEN, "a class");
    case '@':
        return mn_parse_reference(parser, MN_PATTERN_SPAN, "a kind or a rule");
    case '[':
        return mn_parse_lexicon(parser);
    case '^':
        return parse_sign(parser, leaf(MN_PATTERN_START, source));
    case '_':
        return parse_sign(parser, leaf(MN_PATTERN_TOKEN, source)); /* MN_TEST_ANY */
    case '$':
        if (is_alphanumeric(peek_second(parser)))
            return mn_parse_reference(parser, MN_PATTERN_DEFINE, "a definition");
        return parse_sign(parser, leaf(MN_PATTERN_END, source));
    default:
        return parse_word(parser);
    }
}

static bool read_number(struct mn_parser *parser, uint32_t *number)
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
static bool read_counts(struct mn_parser *parser, uint32_t *min, uint32_t *max)
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
        mn_parser_fail(
            parser, source,
            "a repetition that cannot be read; expected {2}, {2,5} or {2,}; the sign itself is written \"{\"");
        return false;
    }
    parser->at++;
    uint32_t largest = *max == MN_UNBOUNDED ? *min : *max;
    if (*max < *min || *max == 0)
        mn_parser_fail(parser, source,
                       "{%u,%u} repeats nothing; expected the smaller number first and the larger above 0", *min, *max);
    else if (largest > MN_LIMIT_REPEAT)
        mn_parser_fail(parser, source, "repeated %u times; expected at most %d; without limit is written {%u,}",
                       largest, MN_LIMIT_REPEAT, *min < MN_LIMIT_REPEAT ? *min : 1);
    return !parser->failed;
}

/* The repetition that stands here, if any: false when there is none or it is wrong. */
static bool read_repetition(struct mn_parser *parser, struct mn_pattern_node *repeat)
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
        mn_parser_fail(parser, parser->at, "a repetition of a repetition; put the inner one in brackets: (x+)?");
    return !parser->failed;
}

static uint32_t add_repetition(struct mn_parser *parser, struct mn_pattern_node repeat, uint32_t body)
{
    repeat.last = body;
    return repeat.min == 1 && repeat.max == 1 ? body : mn_parser_add(parser, repeat);
}

/* name:x+ remembers all of it, and where x* or x? finds nothing, name stays unset: (name:(x+))?. */
static uint32_t add_capture(struct mn_parser *parser, size_t source, struct mn_slice name, uint32_t body,
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
    uint32_t node = mn_parser_add(parser, capture);
    return optional ? add_repetition(parser, maybe, node) : node;
}

static uint32_t parse_repeated(struct mn_parser *parser, size_t source, struct mn_slice name, uint32_t body)
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
static struct mn_slice read_capture(struct mn_parser *parser)
{
    size_t end = parser->at;
    while (end < parser->text.size && (is_alphanumeric(parser->text.data[end]) || parser->text.data[end] == '-'))
        end++;
    if (end == parser->at || end >= parser->text.size || parser->text.data[end] != ':')
        return MN_EMPTY;
    struct mn_slice name = mn_slice_cut(parser->text, parser->at, end);
    if (name.data[0] >= '0' && name.data[0] <= '9') {
        mn_parser_fail(
            parser, end,
            ": has to be put in quotes when the text is meant: \"%.*s:…\"; a capture's name begins with a letter",
            MN_SLICE_ARGS(name));
        return MN_EMPTY;
    }
    parser->at = end + 1;
    return name;
}

static uint32_t parse_negated(struct mn_parser *parser)
{
    size_t source = parser->at++;
    if (at_end(parser) || strchr("!^|)?*+{ \t\n", peek(parser)))
        return mn_parser_fail(parser, source,
                              "! negates nothing; expected a single-token element or a group of such directly "
                              "behind it; the sign itself is written \"!\"");
    uint32_t inside = parse_atom(parser);
    return mn_parser_add(parser, parent(MN_PATTERN_NOT, source, inside));
}

/* Elements that touch are a slip more often than not; brackets may. */
static void check_gap(struct mn_parser *parser)
{
    char next = peek(parser);
    bool behind_group = parser->at && parser->text.data[parser->at - 1] == ')';
    if (parser->failed || at_end(parser) || is_blank(next) || strchr("|)(", next) || behind_group)
        return;
    struct mn_slice sign = mn_parser_character(parser, parser->at);
    if (strchr(",;&%/-.", next))
        mn_parser_fail(parser, parser->at,
                       "%.*s has to be put in quotes when the text is meant, with a blank before it: \"%.*s\"",
                       MN_SLICE_ARGS(sign), MN_SLICE_ARGS(sign));
    else
        mn_parser_fail(parser, parser->at, "a blank is missing before %.*s; expected blanks between elements",
                       MN_SLICE_ARGS(sign));
}

static uint32_t parse_element(struct mn_parser *parser)
{
    size_t source = parser->at;
    if (strchr("?*+{", peek(parser)))
        return mn_parser_fail(
            parser, source,
            "%c repeats nothing; expected it directly behind an element; the sign itself is written \"%c\"",
            peek(parser), peek(parser));
    struct mn_slice name = read_capture(parser);
    if (parser->failed)
        return MN_NO_NODE;
    if (name.size && (at_end(parser) || is_blank(peek(parser)) || strchr("?*+{|)", peek(parser))))
        return mn_parser_fail(
            parser, source,
            "the capture '%.*s' holds nothing; expected an element or a group directly behind the colon; the "
            "word with a colon is written \"%.*s:\"",
            MN_SLICE_ARGS(name), MN_SLICE_ARGS(name));
    uint32_t body = peek(parser) == '!' ? parse_negated(parser) : parse_atom(parser);
    uint32_t node = parse_repeated(parser, source, name, body);
    check_gap(parser);
    return node;
}

static uint32_t parse_sequence(struct mn_parser *parser)
{
    struct mn_children children = {MN_NO_NODE, 0};
    size_t source = parser->at;
    for (skip_blanks(parser); !parser->failed; skip_blanks(parser)) {
        if (at_end(parser) || peek(parser) == '|' || peek(parser) == ')')
            break;
        if (!children.count)
            source = parser->at;
        mn_parser_adopt(parser, &children, parse_element(parser));
    }
    if (parser->failed)
        return MN_NO_NODE;
    if (!children.count)
        return mn_parser_fail(parser, parser->at,
                              "an element is missing before %.*s; expected one; what may be absent is written x?",
                              MN_SLICE_ARGS(mn_parser_character(parser, parser->at)));
    return mn_parser_gather(parser, MN_PATTERN_SEQUENCE, source, &children);
}

static uint32_t parse_alternatives(struct mn_parser *parser)
{
    struct mn_children children = {MN_NO_NODE, 0};
    skip_blanks(parser);
    size_t source = parser->at;
    mn_parser_adopt(parser, &children, parse_sequence(parser));
    while (!parser->failed && peek(parser) == '|') {
        parser->at++;
        mn_parser_adopt(parser, &children, parse_sequence(parser));
    }
    return parser->failed ? MN_NO_NODE : mn_parser_gather(parser, MN_PATTERN_ALTERNATIVES, source, &children);
}

void mn_pattern_parse(struct mn_arena *arena, struct mn_pattern *pattern, struct mn_report *report)
{
    struct mn_parser parser = {.arena = arena, .pattern = pattern, .report = report, .text = pattern->text};
    uint32_t root = parse_alternatives(&parser);
    if (!parser.failed && !at_end(&parser))
        mn_parser_fail(&parser, parser.at, "this ) closes nothing; the sign itself is written \")\"");
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
    struct mn_parser parser = {.arena = work, .text = text, .at = state->source};
    if (peek(&parser) == '!')
        parser.at++;
    if (parser.at < text.size) /* only the end, which accepts, is no element */
        parse_atom(&parser);
    return mn_slice_cut(text, state->source < text.size ? state->source : text.size, parser.at);
}
