/* Which scopes of the document a rule is tried on: those that one of its keys stands in. */
#ifndef MN_MATCH_SCOPES_H
#define MN_MATCH_SCOPES_H

#include "match/scratch.h"

/* Prepares for a new document. False when memory is out. */
bool mn_scopes_begin(struct mn_match_scratch *scratch);

/* Fills scratch->instances with the rule's scopes, each once: of every kind of container all those around a key.
 * Sections that the rule excludes are left out. False when memory is out. */
bool mn_scopes_collect(struct mn_match_scratch *scratch, const struct mn_rule *rule);

/* The same with another scope than the rule's own. */
bool mn_scopes_collect_as(struct mn_match_scratch *scratch, const struct mn_rule *rule, enum mn_scope scope);

/* The leaf in which a token stands; the sentence. */
uint32_t mn_leaf_of(const struct mn_document *document, uint32_t token);
uint32_t mn_sentence_of(const struct mn_document *document, uint32_t token);

/* The kind of node that a scope is, of MN_IN_ITEM, _LIST, _CELL, _ROW, _TABLE and _SECTION. */
enum mn_node_kind mn_scope_container(enum mn_scope scope);

/* The innermost node of this kind that holds `node` or is it; MN_NONE. */
uint32_t mn_ancestor(const struct mn_document *document, uint32_t node, enum mn_node_kind kind);

static inline struct mn_place mn_node_place(const struct mn_document *document, uint32_t node)
{
    const struct mn_node *at = &document->nodes.items[node];
    return (struct mn_place){at->first_token, at->end_token};
}

#endif
