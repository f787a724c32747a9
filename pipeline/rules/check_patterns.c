#include "rules/checks.h"

#define MOST_ALTERNATIVES 1000 /* each is compared with all before it */

/* Nodes of a part, itself included: they stand directly before it, as children come before their parents. */
static uint32_t part_size(const struct mn_pattern *pattern, uint32_t node)
{
    uint32_t first = node;
    while (pattern->nodes[first].last != MN_NO_NODE) {
        first = pattern->nodes[first].last;
        while (pattern->nodes[first].previous != MN_NO_NODE)
            first = pattern->nodes[first].previous;
    }
    return node - first + 1;
}

static bool same_number(uint32_t a, uint32_t b, uint32_t offset)
{
    return a == MN_NO_NODE || b == MN_NO_NODE ? a == b : a - b == offset;
}

/* Two nodes whose parts begin `offset` apart. Names of captures matter, those of everything else are numbers by now. */
static bool same_node(const struct mn_pattern_node *a, const struct mn_pattern_node *b, uint32_t offset)
{
    return a->kind == b->kind && a->test == b->test && a->by == b->by && a->lazy == b->lazy &&
           a->negated == b->negated && a->behind == b->behind && a->min == b->min && a->max == b->max &&
           a->argument == b->argument && same_number(a->last, b->last, offset) &&
           mn_slice_equal(a->filter, b->filter) && (a->kind != MN_PATTERN_CAPTURE || mn_slice_equal(a->name, b->name));
}

static bool same_part(const struct mn_pattern *pattern, uint32_t a, uint32_t b)
{
    uint32_t size = part_size(pattern, a);
    if (size != part_size(pattern, b))
        return false;
    for (uint32_t i = 0; i < size; i++) {
        const struct mn_pattern_node *one = &pattern->nodes[a - i], *other = &pattern->nodes[b - i];
        bool inner = i == 0 || same_number(one->previous, other->previous, a - b);
        if (!inner || !same_node(one, other, a - b))
            return false;
    }
    return true;
}

/* Tells of the last of these alternatives if one before it is the same. */
static bool is_repeated(const struct mn_pattern *pattern, uint32_t last)
{
    uint32_t count = 0;
    for (uint32_t i = pattern->nodes[last].previous; i != MN_NO_NODE && count < MOST_ALTERNATIVES;
         i = pattern->nodes[i].previous, count++)
        if (same_part(pattern, last, i))
            return true;
    return false;
}

void mn_check_pattern(struct mn_loader *loader, const struct mn_pattern *pattern)
{
    for (uint32_t i = 0; pattern->root != MN_NO_NODE && i < pattern->count; i++) {
        if (pattern->nodes[i].kind != MN_PATTERN_ALTERNATIVES)
            continue;
        for (uint32_t child = pattern->nodes[i].last; child != MN_NO_NODE; child = pattern->nodes[child].previous)
            if (is_repeated(pattern, child))
                mn_report_warning(&loader->report, mn_pattern_place(pattern, pattern->nodes[child].source),
                                  "this alternative stands here already, and the first one counts; remove one of them");
    }
}

/* A blank of the expression that must be matched: outside brackets, not escaped, not repeated. */
static bool needs_blank(struct mn_slice expression)
{
    bool in_brackets = false;
    for (size_t i = 0; i < expression.size; i++) {
        char byte = expression.data[i], next = i + 1 < expression.size ? expression.data[i + 1] : '\0';
        if (byte == '\\')
            i++;
        else if (in_brackets)
            in_brackets = byte != ']';
        else if (byte == '[')
            in_brackets = true;
        else if (byte == '|' || byte == '(') /* what stands in one alternative only may be left out */
            return false;
        else if (byte == ' ' && !strchr("?*{", next))
            return true;
    }
    return false;
}

void mn_check_class(struct mn_loader *loader, const struct mn_rule_file *file, const struct mn_xml *xml,
                    struct mn_slice expression)
{
    if (needs_blank(expression))
        mn_report_error(&loader->report, mn_xml_text_place(file, xml, 0),
                        "no token is in this <class>: tokens hold no blanks; expected an expression for a single "
                        "token, several tokens are a pattern");
}
