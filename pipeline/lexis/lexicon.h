/* The lexicons' entries as one trie for each shape, over symbols. Nodes are numbers: 0 is none, 1 + by the root of a
 * shape. Built in an arena, then immutable. */
#ifndef MN_LEXIS_LEXICON_H
#define MN_LEXIS_LEXICON_H

#include "base/arena.h"
#include "lexis/vocabulary.h"

struct mn_trie_node {
    uint64_t lexicons; /* bit (number % 64) of every lexicon with an entry that goes through here */
    uint32_t starts;   /* nodes below a root: first lexicon with an entry that begins so: index into starts + 1 */
    bool ends;         /* an entry of some lexicon ends here */
};

/* What is known of a pair of numbers: the node behind a node on a symbol and, marked as such in `from`, what a lexicon
 * has at a node. However many lexicons share a word, each is found at once. */
struct mn_trie_edge {
    uint32_t from, symbol, to; /* to is 0 in an empty slot */
};

struct mn_trie_entry {
    uint32_t lexicon, value;
};

struct mn_trie_start {
    uint32_t lexicon, next;
};

struct mn_trie {
    MN_VECTOR(struct mn_trie_node) nodes;
    MN_VECTOR(struct mn_trie_entry) entries;
    MN_VECTOR(struct mn_trie_start) starts;
    struct mn_trie_edge *edges; /* open addressing */
    size_t edge_count, edge_slots;
};

bool mn_trie_open(struct mn_trie *trie, struct mn_arena *arena);

/* The node behind `from` on this symbol, or 0. From node 0 and on MN_NO_SYMBOL there is none. */
uint32_t mn_trie_step(const struct mn_trie *trie, uint32_t from, uint32_t symbol);

/* Adds an entry: `count` > 0 symbols of the shape. When it is there already *duplicate is set and nothing changes.
 * False when memory is out. */
bool mn_trie_add(struct mn_trie *trie, struct mn_arena *arena, enum mn_by by, const uint32_t *symbols, size_t count,
                 uint32_t lexicon, uint32_t value, bool *duplicate);

/* The lexicon's entry that ends at this node, or null. */
const struct mn_trie_entry *mn_trie_entry_at(const struct mn_trie *trie, uint32_t node, uint32_t lexicon);

/* May an entry of this lexicon end at the node or below it? */
static inline bool mn_trie_goes_on(const struct mn_trie *trie, uint32_t node, uint32_t lexicon)
{
    return trie->nodes.items[node].lexicons >> (lexicon % 64) & 1;
}

#endif
