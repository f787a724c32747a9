#include "lexis/lexicon.h"

#define FIRST_SLOTS 256

/* Marks in an edge's `from`: its `symbol` is a lexicon, its `to` the entry that ends at the node (index + 1), or any
 * number when an entry begins there. Nodes stay below them. */
#define ENTRY_OF ((uint32_t)1 << 31)
#define START_OF ((uint32_t)1 << 30)

static struct mn_trie_edge *edge_slot(const struct mn_trie *trie, uint32_t from, uint32_t symbol)
{
    size_t mask = trie->edge_slots - 1;
    uint64_t key = ((uint64_t)from << 32 | symbol) * UINT64_C(0x9E3779B97F4A7C15);
    key = (key ^ key >> 32) * UINT64_C(0xBF58476D1CE4E5B9); /* the marks are its highest bits */
    size_t slot = (size_t)(key >> 32) & mask;
    const struct mn_trie_edge *edge = &trie->edges[slot];
    while (edge->to && (edge->from != from || edge->symbol != symbol)) {
        slot = (slot + 1) & mask;
        edge = &trie->edges[slot];
    }
    return &trie->edges[slot];
}

static bool grow_edges(struct mn_trie *trie, struct mn_arena *arena)
{
    struct mn_trie larger = *trie;
    larger.edge_slots = trie->edge_slots ? trie->edge_slots * 2 : FIRST_SLOTS;
    larger.edges = mn_arena_zero(arena, larger.edge_slots * sizeof *larger.edges);
    if (!larger.edges)
        return false;
    for (size_t i = 0; i < trie->edge_slots; i++)
        if (trie->edges[i].to)
            *edge_slot(&larger, trie->edges[i].from, trie->edges[i].symbol) = trie->edges[i];
    *trie = larger;
    return true;
}

/* False when memory is out. */
static bool add_edge(struct mn_trie *trie, struct mn_arena *arena, struct mn_trie_edge edge)
{
    if (trie->edge_count * 2 >= trie->edge_slots && !grow_edges(trie, arena))
        return false;
    *edge_slot(trie, edge.from, edge.symbol) = edge;
    trie->edge_count++;
    return true;
}

static uint32_t add_node(struct mn_trie *trie, struct mn_arena *arena)
{
    struct mn_trie_node *node = trie->nodes.count < START_OF ? MN_APPEND(arena, &trie->nodes) : NULL;
    if (!node)
        return 0;
    *node = (struct mn_trie_node){0};
    return (uint32_t)trie->nodes.count - 1;
}

/* The node behind `from` on this symbol, made if need be; 0 when memory is out. */
static uint32_t make_step(struct mn_trie *trie, struct mn_arena *arena, uint32_t from, uint32_t symbol)
{
    uint32_t known = mn_trie_step(trie, from, symbol);
    if (known)
        return known;
    uint32_t to = add_node(trie, arena);
    return to && add_edge(trie, arena, (struct mn_trie_edge){from, symbol, to}) ? to : 0;
}

/* Notes that an entry of the lexicon begins with the node's symbol. */
static bool note_start(struct mn_trie *trie, struct mn_arena *arena, uint32_t node, uint32_t lexicon)
{
    if (edge_slot(trie, node | START_OF, lexicon)->to)
        return true;
    struct mn_trie_start *start = MN_APPEND(arena, &trie->starts);
    if (!start || !add_edge(trie, arena, (struct mn_trie_edge){node | START_OF, lexicon, 1}))
        return false;
    *start = (struct mn_trie_start){lexicon, trie->nodes.items[node].starts};
    trie->nodes.items[node].starts = (uint32_t)trie->starts.count;
    return true;
}

bool mn_trie_open(struct mn_trie *trie, struct mn_arena *arena)
{
    *trie = (struct mn_trie){0};
    if (!grow_edges(trie, arena))
        return false;
    for (int i = 0; i <= MN_BY_COUNT; i++) {
        add_node(trie, arena);
        if (trie->nodes.count != (size_t)i + 1)
            return false;
    }
    return true;
}

uint32_t mn_trie_step(const struct mn_trie *trie, uint32_t from, uint32_t symbol)
{
    return from == 0 || symbol == MN_NO_SYMBOL ? 0 : edge_slot(trie, from, symbol)->to;
}

bool mn_trie_add(struct mn_trie *trie, struct mn_arena *arena, enum mn_by by, const uint32_t *symbols, size_t count,
                 uint32_t lexicon, uint32_t value, bool *duplicate)
{
    uint32_t node = 1 + (uint32_t)by;
    for (size_t i = 0; i < count; i++) {
        node = make_step(trie, arena, node, symbols[i]);
        if (!node || (i == 0 && !note_start(trie, arena, node, lexicon)))
            return false;
        trie->nodes.items[node].lexicons |= UINT64_C(1) << (lexicon % 64);
    }
    *duplicate = mn_trie_entry_at(trie, node, lexicon) != NULL;
    if (*duplicate)
        return true;
    struct mn_trie_entry *entry = MN_APPEND(arena, &trie->entries);
    if (!entry)
        return false;
    *entry = (struct mn_trie_entry){lexicon, value};
    trie->nodes.items[node].ends = true;
    return add_edge(trie, arena, (struct mn_trie_edge){node | ENTRY_OF, lexicon, (uint32_t)trie->entries.count});
}

const struct mn_trie_entry *mn_trie_entry_at(const struct mn_trie *trie, uint32_t node, uint32_t lexicon)
{
    if (!trie->nodes.items[node].ends)
        return NULL;
    uint32_t number = edge_slot(trie, node | ENTRY_OF, lexicon)->to;
    return number ? &trie->entries.items[number - 1] : NULL;
}
