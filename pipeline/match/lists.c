/* List rules: a lead-in, and one find for each item of the list behind it or for each paragraph. */
#include "match/conditions.h"
#include "match/finds.h"
#include "match/rule_kinds.h"
#include "match/scopes.h"
#include "match/trace.h"

#include <stdio.h>

static const struct mn_node *node_at(const struct mn_match_scratch *scratch, uint32_t node)
{
    return &scratch->document->nodes.items[node];
}

/* The next leaf behind a node that is no furniture; MN_NONE. */
static uint32_t next_leaf(const struct mn_document *document, uint32_t node)
{
    for (uint32_t i = document->nodes.items[node].after; i < document->nodes.count; i++) {
        const struct mn_node *at = &document->nodes.items[i];
        if (mn_node_is_leaf(at) && at->kind != MN_FW)
            return i;
    }
    return MN_NONE;
}

/* The list that begins directly behind the leaf: the outermost that the leaf is not in itself. */
static uint32_t list_behind(const struct mn_document *document, uint32_t leaf)
{
    uint32_t found = MN_NONE;
    uint32_t node = next_leaf(document, leaf);
    for (; node != MN_NONE && node > leaf; node = document->nodes.items[node].parent)
        if (document->nodes.items[node].kind == MN_LIST)
            found = node;
    return found;
}

/* Is the leaf the heading that its section begins with? */
static bool heads_section(const struct mn_node *nodes, uint32_t leaf)
{
    uint32_t before = leaf - 1;
    if (nodes[leaf].kind != MN_HEAD || nodes[nodes[leaf].parent].kind != MN_DIV)
        return false;
    while (nodes[before].kind == MN_FW)
        before--;
    return before == nodes[leaf].parent;
}

/* The first list of the section that a heading stands over, sections inside it left out. */
static uint32_t list_under(const struct mn_document *document, uint32_t head)
{
    const struct mn_node *nodes = document->nodes.items;
    uint32_t section = nodes[head].parent;
    if (!heads_section(nodes, head))
        return MN_NONE;
    for (uint32_t i = nodes[head].after; i < nodes[section].after; i = nodes[i].kind == MN_DIV ? nodes[i].after : i + 1)
        if (nodes[i].kind == MN_LIST)
            return i;
    return MN_NONE;
}

/* The next sibling that is no furniture, if it is a paragraph; MN_NONE. */
static uint32_t next_paragraph(const struct mn_document *document, uint32_t node)
{
    const struct mn_node *nodes = document->nodes.items;
    uint32_t end = nodes[nodes[node].parent].after, next = nodes[node].after;
    while (next < end && nodes[next].kind == MN_FW)
        next = nodes[next].after;
    return next < end && nodes[next].kind == MN_P ? next : MN_NONE;
}

static struct mn_slice decimal(const struct mn_match_scratch *scratch, uint32_t number)
{
    char digits[16];
    int size = snprintf(digits, sizeof digits, "%u", (unsigned)number);
    return mn_arena_copy(scratch->document->arena, (struct mn_slice){digits, (size_t)size});
}

/* The number of an item or a numbered paragraph: as printed, or counted where it is numbered without saying so. A
 * number that the patterns capture goes before it: of fields with one name the first counts. */
static bool add_number(struct mn_match_scratch *scratch, uint32_t node)
{
    const struct mn_node *item = node_at(scratch, node);
    uint32_t first = node;
    while (!mn_node_is_leaf(node_at(scratch, first)) || node_at(scratch, first)->kind == MN_FW)
        first++;
    const struct mn_node *leaf = node_at(scratch, first);
    uint8_t numbering = item->numbering != MN_UNNUMBERED ? item->numbering : leaf->numbering;
    uint32_t ordinal = item->ordinal ? item->ordinal : leaf->ordinal;
    struct mn_slice value = numbering == MN_BULLET ? MN_EMPTY : mn_node_number(scratch->document, leaf);
    if (!value.size && numbering > MN_BULLET && ordinal) {
        value = decimal(scratch, ordinal);
        if (!value.data)
            return false;
    }
    return !value.size ||
           mn_find_field(scratch, (struct mn_field){.name = MN_LITERAL("number"), .value = value, .span = MN_NONE});
}

/* Does the item match one of the patterns? The match stands in scratch->finder. */
static bool item_matches(struct mn_match_scratch *scratch, struct mn_program *const *programs, size_t count,
                         uint32_t item)
{
    struct mn_finder *finder = &scratch->finder;
    struct mn_place place = mn_node_place(scratch->document, item);
    return place.start < place.end && mn_finder_begin(finder, &scratch->ground, programs, count, place) &&
           (count == 0 || mn_finder_next(finder));
}

/* Makes the find of an item for which item_matches was true, unless a condition forbids. */
static bool find_item(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t item)
{
    const struct mn_run *run = scratch->finder.count ? scratch->finder.run : NULL;
    struct mn_place place = mn_node_place(scratch->document, item);
    struct mn_draft draft;
    if (!mn_conditions_begin(scratch, rule, place))
        return false;
    if (!mn_conditions_hold(scratch, rule, false, place, run))
        return !scratch->ground.failed;
    mn_draft_begin(scratch, rule, place, &draft);
    bool done = !run || mn_draft_captures(scratch, &draft, run);
    for (size_t i = 0; i < scratch->lead_in_fields.count && done; i++)
        done = mn_find_field(scratch, scratch->lead_in_fields.items[i]);
    return done && add_number(scratch, item) && mn_draft_finish(scratch, &draft);
}

/* Gathers the items of the lists directly in an item; true if there are any and each matches a `nested` pattern. */
static bool nested_match(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t item)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    scratch->numbers.count = 0;
    for (uint32_t list = item + 1; list < nodes[item].after; list = nodes[list].after)
        for (uint32_t i = list + 1; nodes[list].kind == MN_LIST && i < nodes[list].after; i = nodes[i].after) {
            uint32_t *number = nodes[i].kind == MN_ITEM ? MN_POOL_ADD(&scratch->numbers) : NULL;
            if (nodes[i].kind != MN_ITEM)
                continue;
            if (!number || !item_matches(scratch, rule->nested, rule->nested_count, i))
                return false;
            *number = i;
        }
    return scratch->numbers.count > 0;
}

static bool find_nested(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    for (size_t i = 0; i < scratch->numbers.count; i++) {
        uint32_t item = scratch->numbers.items[i];
        if (item_matches(scratch, rule->nested, rule->nested_count, item) && !find_item(scratch, rule, item))
            return false;
    }
    return true;
}

static bool find_list(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t list)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    bool done = true;
    if (!mn_stamp(scratch, list))
        return true;
    for (uint32_t i = list + 1; i < nodes[list].after && done; i = nodes[i].after) {
        if (nodes[i].kind != MN_ITEM)
            continue;
        if (rule->nested_count && nested_match(scratch, rule, i))
            done = find_nested(scratch, rule);
        else if (item_matches(scratch, rule->items, rule->item_count, i))
            done = find_item(scratch, rule, i);
        done = done && !scratch->ground.failed;
    }
    return done;
}

static bool find_paragraphs(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t lead_in)
{
    bool done = true;
    for (uint32_t i = next_paragraph(scratch->document, lead_in); i != MN_NONE && done;
         i = next_paragraph(scratch->document, i)) {
        if (!rule->item_count || !mn_stamp(scratch, i) || !item_matches(scratch, rule->items, rule->item_count, i))
            break;
        done = find_item(scratch, rule, i);
    }
    return done && !scratch->ground.failed;
}

/* Does the leaf match a lead-in pattern, conditions included? Its captures then wait in scratch->lead_in_fields. */
static bool is_lead_in(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct mn_instance *leaf)
{
    struct mn_finder *finder = &scratch->finder;
    struct mn_draft draft;
    scratch->lead_in_fields.count = 0;
    if (!mn_finder_begin(finder, &scratch->ground, rule->patterns, rule->pattern_count, leaf->place) ||
        !mn_conditions_begin(scratch, rule, leaf->place))
        return false;
    do {
        if (!mn_finder_next(finder))
            return false;
    } while (!mn_conditions_hold(scratch, rule, true, finder->match, finder->run));
    mn_draft_begin(scratch, rule, finder->match, &draft);
    if (!mn_draft_captures(scratch, &draft, finder->run) ||
        !MN_POOL_RESERVE(&scratch->lead_in_fields, scratch->fields.count)) {
        scratch->ground.failed = true;
        return false;
    }
    scratch->lead_in_fields.count = scratch->fields.count;
    for (size_t i = 0; i < scratch->fields.count; i++)
        scratch->lead_in_fields.items[i] = scratch->fields.items[i];
    return true;
}

/* Where a leaf's items would be, if it is a lead-in. */
struct follow_up {
    uint32_t list; /* or MN_NONE */
    bool paragraphs;
};

static struct follow_up follow_up_of(const struct mn_document *document, const struct mn_rule *rule, uint32_t leaf)
{
    struct follow_up follow_up = {MN_NONE, false};
    if (rule->items_from != MN_ITEMS_PARAGRAPHS)
        follow_up.list = list_behind(document, leaf);
    if (follow_up.list == MN_NONE && rule->items_from != MN_ITEMS_LIST)
        follow_up.paragraphs = rule->item_count && next_paragraph(document, leaf) != MN_NONE;
    return follow_up;
}

static bool try_direct(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct mn_instance *leaf)
{
    struct follow_up follow_up = follow_up_of(scratch->document, rule, leaf->node);
    bool nothing = follow_up.list == MN_NONE && !follow_up.paragraphs;
    if (nothing)
        MN_TRACE(&scratch->ground, .kind = MN_TRACE_NO_ITEMS, .place = leaf->place);
    if (nothing || !is_lead_in(scratch, rule, leaf))
        return !scratch->ground.failed;
    return follow_up.list != MN_NONE ? find_list(scratch, rule, follow_up.list)
                                     : find_paragraphs(scratch, rule, leaf->node);
}

/* A heading whose list comes behind some introduction. */
static bool try_heading(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct mn_instance *leaf)
{
    uint32_t list = rule->items_from == MN_ITEMS_PARAGRAPHS ? MN_NONE : list_under(scratch->document, leaf->node);
    if (list == MN_NONE || list_behind(scratch->document, leaf->node) == list || !is_lead_in(scratch, rule, leaf))
        return !scratch->ground.failed;
    return find_list(scratch, rule, list);
}

bool mn_match_lists(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool done = mn_scopes_collect_as(scratch, rule, MN_IN_BLOCK);
    scratch->generation++;
    for (size_t i = 0; i < scratch->instances.count && done; i++)
        done = try_direct(scratch, rule, &scratch->instances.items[i]);
    for (size_t i = 0; i < scratch->instances.count && done; i++)
        done = try_heading(scratch, rule, &scratch->instances.items[i]);
    return done;
}
