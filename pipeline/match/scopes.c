#include "match/scopes.h"

#include "base/bisect.h"
#include "match/trace.h"

#include <stdlib.h>

#define OPENING_LEAVES 60

/* Scopes that are containers. */
static const enum mn_node_kind container_of[MN_SCOPE_COUNT] = {
    [MN_IN_ITEM] = MN_ITEM, [MN_IN_LIST] = MN_LIST,   [MN_IN_CELL] = MN_CELL,
    [MN_IN_ROW] = MN_ROW,   [MN_IN_TABLE] = MN_TABLE,
};

static uint32_t find_opening_end(const struct mn_document *document)
{
    uint32_t leaves = 0;
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW && leaves++ == OPENING_LEAVES)
            return i;
    }
    return (uint32_t)document->nodes.count;
}

bool mn_scopes_begin(struct mn_match_scratch *scratch)
{
    size_t count = scratch->document->nodes.count;
    size_t words = scratch->document->tokens.count / 64 + 1;
    if (!MN_POOL_RESERVE(&scratch->stamps, count) || !MN_POOL_RESERVE(&scratch->key_bits, words))
        return false;
    scratch->key_bits.count = words;
    memset(scratch->key_bits.items, 0, words * sizeof *scratch->key_bits.items);
    if (count)
        memset(scratch->stamps.items, 0, count * sizeof *scratch->stamps.items);
    scratch->generation = 0;
    scratch->around_rule = NULL;
    scratch->opening_end = find_opening_end(scratch->document);
    return true;
}

uint32_t mn_sentence_of(const struct mn_document *document, uint32_t token)
{
    return (uint32_t)MN_COUNT_BELOW(struct mn_sentence, end_token, document->sentences.items, document->sentences.count,
                                    (uint64_t)token + 1);
}

uint32_t mn_leaf_of(const struct mn_document *document, uint32_t token)
{
    return document->sentences.items[mn_sentence_of(document, token)].node;
}

enum mn_node_kind mn_scope_container(enum mn_scope scope)
{
    return scope == MN_IN_SECTION ? MN_DIV : container_of[scope];
}

uint32_t mn_ancestor(const struct mn_document *document, uint32_t node, enum mn_node_kind kind)
{
    while (node != MN_NONE && document->nodes.items[node].kind != kind)
        node = document->nodes.items[node].parent;
    return node;
}

static bool has_role(struct mn_slice role, const struct mn_slice *roles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mn_slice_equal(role, roles[i]))
            return true;
    return false;
}

/* Do the sections around the node allow the rule? */
static bool allowed(const struct mn_document *document, const struct mn_rule *rule, uint32_t node)
{
    bool inside = rule->section_count == 0;
    if (inside && rule->not_section_count == 0)
        return true;
    for (; node != MN_NONE; node = document->nodes.items[node].parent) {
        if (!document->nodes.items[node].role)
            continue;
        struct mn_slice role = document->roles.items[document->nodes.items[node].role];
        if (has_role(role, rule->not_sections, rule->not_section_count))
            return false;
        inside = inside || has_role(role, rule->sections, rule->section_count);
    }
    return inside;
}

/* The first of the rule's patterns that may match in the scope; UINT32_MAX: none. Who traces is told of every try, of
 * those too that are spared. */
static inline uint32_t first_pattern(const struct mn_match_scratch *scratch, const struct mn_rule *rule,
                                     struct mn_place place)
{
    if (scratch->ground.trace || rule->type == MN_TABLE_RULE)
        return 0;
    size_t first = mn_index_candidate(&scratch->index, rule->patterns, 0, rule->pattern_count, place);
    return first < rule->pattern_count ? (uint32_t)first : UINT32_MAX;
}

static bool add(struct mn_match_scratch *scratch, const struct mn_rule *rule, struct mn_place place, uint32_t node)
{
    uint32_t from = place.start < place.end ? first_pattern(scratch, rule, place) : UINT32_MAX;
    if (from == UINT32_MAX)
        return true;
    if (!allowed(scratch->document, rule, node)) {
        MN_TRACE(&scratch->ground, .kind = MN_TRACE_SECTION, .place = place);
        return true;
    }
    struct mn_instance *instance = MN_POOL_ADD(&scratch->instances);
    if (instance)
        *instance = (struct mn_instance){place, node, from};
    return instance != NULL;
}

/* What stands before a document's first section is one too, although nothing is its heading. */
static struct mn_place place_before_sections(const struct mn_document *document)
{
    const struct mn_node *nodes = document->nodes.items;
    struct mn_place place = mn_node_place(document, 0);
    for (uint32_t i = 1; i < nodes[0].after; i = nodes[i].after)
        if (nodes[i].kind == MN_DIV) {
            place.end = nodes[i].first_token;
            break;
        }
    return place;
}

static bool add_node(struct mn_match_scratch *scratch, const struct mn_rule *rule, enum mn_scope scope, uint32_t node)
{
    bool outside = scope == MN_IN_SECTION && node == 0;
    return add(scratch, rule,
               outside ? place_before_sections(scratch->document) : mn_node_place(scratch->document, node), node);
}

static bool add_sentence(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t sentence)
{
    const struct mn_sentence *at = &scratch->document->sentences.items[sentence];
    return add(scratch, rule, (struct mn_place){at->first_token, at->end_token}, at->node);
}

/* Is the node, taken by itself, a scope of this kind? */
static bool is_scope(const struct mn_match_scratch *scratch, enum mn_scope scope, uint32_t number)
{
    const struct mn_node *node = &scratch->document->nodes.items[number];
    switch (scope) {
    case MN_IN_BLOCK:
        return mn_node_is_leaf(node) && node->kind != MN_FW;
    case MN_IN_HEAD:
        return node->kind == MN_HEAD;
    case MN_IN_OPENING:
        return mn_node_is_leaf(node) && node->kind != MN_FW && number < scratch->opening_end;
    case MN_IN_DOCUMENT:
        return number == 0;
    case MN_IN_SECTION:
        return node->kind == MN_DIV || number == 0;
    default:
        return container_of[scope] != MN_BODY && node->kind == container_of[scope];
    }
}

static bool collect_everything(struct mn_match_scratch *scratch, const struct mn_rule *rule, enum mn_scope scope)
{
    const struct mn_document *document = scratch->document;
    bool done = true;
    if (scope == MN_IN_SENTENCE) {
        for (uint32_t i = 0; i < document->sentences.count && done; i++)
            done = add_sentence(scratch, rule, i);
        return done;
    }
    for (uint32_t i = 0; i < document->nodes.count && done; i++)
        if (is_scope(scratch, scope, i))
            done = add_node(scratch, rule, scope, i);
    return done;
}

static bool collect_sentences(struct mn_match_scratch *scratch, const struct mn_rule *rule, const uint32_t *tokens,
                              size_t count)
{
    uint32_t last = MN_NONE;
    for (size_t i = 0; i < count; i++) {
        if (last != MN_NONE && tokens[i] < scratch->document->sentences.items[last].end_token)
            continue;
        last = scratch->index.spots.items[tokens[i]].sentence;
        if (!add_sentence(scratch, rule, last))
            return false;
    }
    return true;
}

/* Are scopes of this kind leaves? */
static bool is_leaf_scope(enum mn_scope scope)
{
    return scope == MN_IN_BLOCK || scope == MN_IN_HEAD || scope == MN_IN_OPENING;
}

/* All nodes around each token that are scopes of the kind. A node that was seen before has been climbed from. */
static bool collect_nodes(struct mn_match_scratch *scratch, const struct mn_rule *rule, enum mn_scope scope,
                          const uint32_t *tokens, size_t count)
{
    const struct mn_document *document = scratch->document;
    bool climbs = !is_leaf_scope(scope);
    scratch->generation++;
    for (size_t i = 0; i < count; i++)
        for (uint32_t node = document->sentences.items[scratch->index.spots.items[tokens[i]].sentence].node;
             node != MN_NONE && mn_stamp(scratch, node); node = climbs ? document->nodes.items[node].parent : MN_NONE)
            if (is_scope(scratch, scope, node) && !add_node(scratch, rule, scope, node))
                return false;
    return true;
}

static bool collect_spans(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    const mn_span_list *list = &scratch->spans[rule->scope_span];
    for (size_t i = 0; i < list->count; i++) {
        const struct mn_span *span = &scratch->document->spans.items[list->items[i]];
        if (!add(scratch, rule, (struct mn_place){span->first_token, span->end_token}, span->node))
            return false;
    }
    return true;
}

/* The tokens of the rule's keys in order, each once, in scratch->keyed: marked in a bit each, then read off. */
static bool merge_keys(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    mn_span_list *all = &scratch->keyed;
    for (size_t i = 0; i < rule->key_count; i++) {
        const mn_span_list *list = &scratch->index.posted[rule->keys[i]];
        if (!MN_POOL_RESERVE(all, all->count + list->count))
            return false;
        for (size_t k = 0; k < list->count; k++)
            scratch->key_bits.items[list->items[k] / 64] |= UINT64_C(1) << (list->items[k] % 64);
        all->count += list->count;
    }
    all->count = 0;
    for (size_t word = 0; word < scratch->key_bits.count; word++) {
        for (uint64_t left = scratch->key_bits.items[word]; left; left &= left - 1)
            all->items[all->count++] = (uint32_t)word * 64 + (uint32_t)__builtin_ctzll(left);
        scratch->key_bits.items[word] = 0;
    }
    return true;
}

/* Where the rule's keys stand, in order: the list of the only key that stands anywhere, or one of all in
 * scratch->keyed. Null when memory is out. */
static const mn_span_list *find_keys(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    const mn_span_list *only = NULL;
    size_t lists = 0;
    scratch->keyed.count = 0;
    for (size_t i = 0; i < rule->key_count; i++) {
        const mn_span_list *list = &scratch->index.posted[rule->keys[i]];
        if (list->count && lists++ == 0)
            only = list;
    }
    if (lists == 1)
        return only;
    return lists == 0 || merge_keys(scratch, rule) ? &scratch->keyed : NULL;
}

bool mn_scopes_collect_as(struct mn_match_scratch *scratch, const struct mn_rule *rule, enum mn_scope scope)
{
    scratch->instances.count = 0;
    if (scope == MN_IN_SPAN)
        return collect_spans(scratch, rule);
    if (!rule->key_count)
        return collect_everything(scratch, rule, scope);
    const mn_span_list *keyed = find_keys(scratch, rule);
    if (!keyed || !keyed->count)
        return keyed != NULL;
    if (scope == MN_IN_SENTENCE)
        return collect_sentences(scratch, rule, keyed->items, keyed->count);
    return collect_nodes(scratch, rule, scope, keyed->items, keyed->count);
}

bool mn_scopes_collect(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    return mn_scopes_collect_as(scratch, rule, rule->scope);
}
