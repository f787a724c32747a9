#include "rules/pattern_parser.h"

#include "base/limits.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

uint32_t mn_parser_fail(struct mn_parser *parser, size_t at, const char *format, ...)
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

struct mn_slice mn_parser_character(const struct mn_parser *parser, size_t at)
{
    size_t end = at;
    if (at >= parser->text.size)
        return MN_LITERAL("the end");
    mn_utf8_next(parser->text, &end);
    return mn_slice_cut(parser->text, at, end);
}

uint32_t mn_parser_fail_memory(struct mn_parser *parser)
{
    parser->failed = true;
    if (parser->report)
        parser->report->no_memory = true;
    return MN_NO_NODE;
}

uint32_t mn_parser_add(struct mn_parser *parser, struct mn_pattern_node node)
{
    if (parser->failed)
        return MN_NO_NODE;
    if (parser->nodes.count >= MN_LIMIT_PATTERN_STATES)
        return mn_parser_fail(parser, node.source, "the pattern has more than %d elements; split it into several rules",
                              MN_LIMIT_PATTERN_STATES);
    struct mn_pattern_node *slot = MN_APPEND(parser->arena, &parser->nodes);
    if (!slot)
        return mn_parser_fail_memory(parser);
    *slot = node;
    slot->previous = MN_NO_NODE;
    return (uint32_t)parser->nodes.count - 1;
}

void mn_parser_adopt(struct mn_parser *parser, struct mn_children *children, uint32_t node)
{
    if (node == MN_NO_NODE)
        return;
    parser->nodes.items[node].previous = children->last;
    children->last = node;
    children->count++;
}

uint32_t mn_parser_gather(struct mn_parser *parser, enum mn_pattern_kind kind, size_t source,
                          const struct mn_children *children)
{
    return children->count == 1 ? children->last : mn_parser_add(parser, parent(kind, source, children->last));
}
