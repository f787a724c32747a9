/* What the parts of the parser of patterns share: the text with a place in it, the nodes so far. Functions that make a
 * node return its number, or MN_NO_NODE once something is wrong. */
#ifndef MN_RULES_PATTERN_PARSER_H
#define MN_RULES_PATTERN_PARSER_H

#include "rules/pattern.h"

struct mn_parser {
    struct mn_arena *arena;
    struct mn_pattern *pattern;
    struct mn_report *report; /* null: nobody is told */
    struct mn_slice text;
    size_t at;
    unsigned depth;
    bool failed;
    MN_VECTOR(struct mn_pattern_node) nodes;
};

/* Children gathered before their parent has a node. */
struct mn_children {
    uint32_t last;
    uint32_t count;
};

/* The byte at an offset; NUL, which no XML holds, behind the end. */
static inline char byte_at(const struct mn_parser *parser, size_t at)
{
    if (at < parser->text.size)
        return parser->text.data[at];
    return '\0';
}

static inline char peek(const struct mn_parser *parser)
{
    return byte_at(parser, parser->at);
}

static inline char peek_second(const struct mn_parser *parser)
{
    return byte_at(parser, parser->at + 1);
}

static inline bool at_end(const struct mn_parser *parser)
{
    return parser->at >= parser->text.size;
}

static inline bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static inline void skip_blanks(struct mn_parser *parser)
{
    while (!at_end(parser) && is_blank(peek(parser)))
        parser->at++;
}

static inline bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

static inline struct mn_pattern_node leaf(enum mn_pattern_kind kind, size_t source)
{
    return (struct mn_pattern_node){.kind = (uint8_t)kind, .source = (uint32_t)source, .last = MN_NO_NODE};
}

static inline struct mn_pattern_node parent(enum mn_pattern_kind kind, size_t source, uint32_t last)
{
    struct mn_pattern_node node = leaf(kind, source);
    node.last = last;
    return node;
}

/* The first mistake of a pattern is told; what follows it would be guesses. */
uint32_t mn_parser_fail(struct mn_parser *parser, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
uint32_t mn_parser_fail_memory(struct mn_parser *parser);

/* The character at an offset, for messages. */
struct mn_slice mn_parser_character(const struct mn_parser *parser, size_t at);

uint32_t mn_parser_add(struct mn_parser *parser, struct mn_pattern_node node);
void mn_parser_adopt(struct mn_parser *parser, struct mn_children *children, uint32_t node);
/* One child stands for itself, several get a parent. */
uint32_t mn_parser_gather(struct mn_parser *parser, enum mn_pattern_kind kind, size_t source,
                          const struct mn_children *children);

/* What stands for words (pattern_words.c). The words of a literal, one node per token; a literal in quotes; a word or a
 * literal behind ~; the name of a class, a span or a definition behind its sign; [lexicon]. */
uint32_t mn_parse_words(struct mn_parser *parser, size_t source, struct mn_slice words, enum mn_by by);
uint32_t mn_parse_quoted(struct mn_parser *parser, enum mn_by by);
uint32_t mn_parse_stem(struct mn_parser *parser);
uint32_t mn_parse_reference(struct mn_parser *parser, enum mn_pattern_kind kind, const char *what);
uint32_t mn_parse_lexicon(struct mn_parser *parser);
/* The bare word that starts here; a name (empty when none does). */
struct mn_slice mn_parse_bare(struct mn_parser *parser);
struct mn_slice mn_parse_name(struct mn_parser *parser);

#endif
