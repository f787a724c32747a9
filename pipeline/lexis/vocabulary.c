#include "lexis/vocabulary.h"

#include "base/fault.h"
#include "lexis/cut.h"
#include "lexis/inside.h"
#include <stdlib.h>

enum { FEW_ATOMS = 32 };

struct mn_vocabulary *mn_vocabulary_create(void)
{
    struct mn_vocabulary *vocabulary = mn_fault_due() ? NULL : calloc(1, sizeof *vocabulary);
    if (!vocabulary)
        return NULL;
    vocabulary->arena = mn_arena_create();
    bool ready =
        vocabulary->arena && mn_shaper_open(&vocabulary->shaper) && mn_trie_open(&vocabulary->trie, vocabulary->arena);
    if (ready)
        return vocabulary;
    mn_vocabulary_destroy(vocabulary);
    return NULL;
}

void mn_vocabulary_destroy(struct mn_vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    mn_token_classes_free(&vocabulary->expressions);
    mn_shaper_close(&vocabulary->shaper);
    mn_arena_destroy(vocabulary->arena);
    free(vocabulary);
}

/* The token in a shape, valid until the next call; null data when memory is out. */
static struct mn_slice shaped(struct mn_vocabulary *vocabulary, enum mn_by by, struct mn_slice token)
{
    if (by == MN_BY_EXACT)
        return token;
    struct mn_slice folded = mn_shaper_fold(&vocabulary->shaper, token);
    return by == MN_BY_STEM && folded.data ? mn_shaper_stem(&vocabulary->shaper, folded) : folded;
}

uint32_t mn_vocabulary_symbol(struct mn_vocabulary *vocabulary, enum mn_by by, struct mn_slice token)
{
    if (vocabulary->sealed)
        return MN_NO_SYMBOL;
    struct mn_slice word = shaped(vocabulary, by, token);
    return word.data ? mn_names_add(&vocabulary->symbols[by], vocabulary->arena, word) : MN_NO_SYMBOL;
}

struct mn_slice mn_vocabulary_symbol_text(const struct mn_vocabulary *vocabulary, enum mn_by by, uint32_t symbol)
{
    return vocabulary->symbols[by].items.items[symbol];
}

struct mn_slice mn_vocabulary_class_name(const struct mn_vocabulary *vocabulary, uint32_t class_id)
{
    return vocabulary->classes.items.items[class_id];
}

static enum mn_status sealed_failure(struct mn_error *error)
{
    return mn_fail(error, MN_INTERNAL, "the vocabulary is sealed: nothing can be added to it");
}

enum mn_status mn_vocabulary_class(struct mn_vocabulary *vocabulary, struct mn_slice name, struct mn_slice expression,
                                   uint32_t *id, struct mn_error *error)
{
    if (vocabulary->sealed)
        return sealed_failure(error);
    if (mn_names_find(&vocabulary->classes, name) != MN_NO_SYMBOL)
        return mn_fail(error, MN_RULE_ERROR, "there is a class named \"%.*s\" already", MN_SLICE_ARGS(name));
    enum mn_status status = mn_token_classes_add(&vocabulary->expressions, expression, error);
    if (status != MN_OK)
        return status;
    *id = mn_names_add(&vocabulary->classes, vocabulary->arena, name);
    return *id == MN_NO_SYMBOL ? mn_fail_memory(error) : MN_OK;
}

uint32_t mn_vocabulary_find_class(const struct mn_vocabulary *vocabulary, struct mn_slice name)
{
    return mn_names_find(&vocabulary->classes, name);
}

bool mn_vocabulary_classes(const struct mn_vocabulary *vocabulary, struct mn_slice token, uint64_t bits[2])
{
    struct mn_class_matcher matcher;
    bool opened = mn_class_matcher_open(&matcher);
    if (opened)
        mn_token_classes_test(&vocabulary->expressions, &matcher, token, bits);
    mn_class_matcher_close(&matcher);
    return opened;
}

bool mn_vocabulary_in_class(const struct mn_vocabulary *vocabulary, uint32_t class_id, struct mn_slice token)
{
    uint64_t bits[MN_LIMIT_TOKEN_CLASSES / 64] = {0};
    return token.size && mn_vocabulary_classes(vocabulary, token, bits) && (bits[class_id / 64] >> (class_id % 64) & 1);
}

uint32_t mn_vocabulary_lexicon(struct mn_vocabulary *vocabulary, struct mn_slice name)
{
    if (vocabulary->sealed)
        return mn_names_find(&vocabulary->lexicons, name);
    return mn_names_add(&vocabulary->lexicons, vocabulary->arena, name);
}

uint32_t mn_vocabulary_find_lexicon(const struct mn_vocabulary *vocabulary, struct mn_slice name)
{
    return mn_names_find(&vocabulary->lexicons, name);
}

struct mn_slice mn_vocabulary_lexicon_name(const struct mn_vocabulary *vocabulary, uint32_t lexicon)
{
    return vocabulary->lexicons.items.items[lexicon];
}

enum mn_status mn_vocabulary_entry(struct mn_vocabulary *vocabulary, uint32_t lexicon, enum mn_by by,
                                   struct mn_slice words, struct mn_slice value, bool *duplicate,
                                   struct mn_error *error)
{
    MN_VECTOR(uint32_t) symbols = {NULL, 0, 0};
    struct mn_slice token;
    if (vocabulary->sealed)
        return sealed_failure(error);
    for (size_t position = 0; mn_cut_next(words, &position, &token);) {
        uint32_t *symbol = MN_APPEND(vocabulary->arena, &symbols);
        if (!symbol || (*symbol = mn_vocabulary_symbol(vocabulary, by, token)) == MN_NO_SYMBOL)
            return mn_fail_memory(error);
    }
    if (!symbols.count)
        return mn_fail(error, MN_RULE_ERROR, "an entry of lexicon \"%.*s\" has no words",
                       MN_SLICE_ARGS(mn_vocabulary_lexicon_name(vocabulary, lexicon)));
    uint32_t number = mn_names_add(&vocabulary->values, vocabulary->arena, value);
    bool done = number != MN_NO_SYMBOL && mn_trie_add(&vocabulary->trie, vocabulary->arena, by, symbols.items,
                                                      symbols.count, lexicon, number, duplicate);
    return done ? MN_OK : mn_fail_memory(error);
}

uint32_t mn_vocabulary_find_value(const struct mn_vocabulary *vocabulary, struct mn_slice value)
{
    return mn_names_find(&vocabulary->values, value);
}

struct mn_slice mn_vocabulary_value(const struct mn_vocabulary *vocabulary, uint32_t value)
{
    return vocabulary->values.items.items[value];
}

bool mn_vocabulary_has_word(const struct mn_vocabulary *vocabulary, uint32_t lexicon, enum mn_by by, uint32_t symbol,
                            const uint32_t *values, size_t value_count)
{
    uint32_t node = mn_trie_step(&vocabulary->trie, 1 + (uint32_t)by, symbol);
    const struct mn_trie_entry *entry = node ? mn_trie_entry_at(&vocabulary->trie, node, lexicon) : NULL;
    bool has = entry && value_count == 0;
    for (size_t i = 0; entry && i < value_count && !has; i++)
        has = entry->value == values[i];
    return has;
}

/* --- Sets --- */

static uint64_t rank(const struct mn_atom *atom)
{
    return (uint64_t)atom->kind << 48 | (uint64_t)atom->by << 32 | atom->id;
}

static int compare_atoms(const void *a, const void *b)
{
    uint64_t left = rank(a), right = rank(b);
    return (left > right) - (left < right);
}

/* For the few atoms that most sets have. */
static void sort_by_insertion(struct mn_atom *atoms, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct mn_atom atom = atoms[i];
        size_t at = i;
        for (; at > 0 && rank(&atoms[at - 1]) > rank(&atom); at--)
            atoms[at] = atoms[at - 1];
        atoms[at] = atom;
    }
}

size_t mn_sort_atoms(struct mn_atom *atoms, size_t count)
{
    size_t kept = 0;
    if (count <= FEW_ATOMS)
        sort_by_insertion(atoms, count);
    else
        qsort(atoms, count, sizeof *atoms, compare_atoms);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || rank(&atoms[kept - 1]) != rank(&atoms[i]))
            atoms[kept++] = atoms[i];
    return kept;
}

/* Where the sets of an atom stand; null for spans. */
static struct mn_membership_table *table_of(struct mn_vocabulary *vocabulary, const struct mn_atom *atom)
{
    switch ((enum mn_atom_kind)atom->kind) {
    case MN_ATOM_SYMBOL:
        return &vocabulary->in_symbols[atom->by];
    case MN_ATOM_CLASS:
        return &vocabulary->in_classes;
    case MN_ATOM_LEXICON:
        return &vocabulary->in_lexicons;
    case MN_ATOM_SPAN:
        break;
    }
    return NULL;
}

static bool enter_set(struct mn_vocabulary *vocabulary, const struct mn_atom *atom, struct mn_membership membership)
{
    struct mn_membership_table *table = table_of(vocabulary, atom);
    if (!table)
        return true;
    while (table->items.count <= atom->id) {
        struct mn_memberships *more = MN_APPEND(vocabulary->arena, &table->items);
        if (!more)
            return false;
        *more = (struct mn_memberships){{NULL, 0, 0}};
    }
    struct mn_membership *item = MN_APPEND(vocabulary->arena, &table->items.items[atom->id].list);
    if (item)
        *item = membership;
    return item != NULL;
}

uint32_t mn_vocabulary_set(struct mn_vocabulary *vocabulary, enum mn_set_use use, struct mn_atom *atoms, size_t count)
{
    struct mn_names *sets = &vocabulary->sets[use];
    if (vocabulary->sealed)
        return 0;
    count = mn_sort_atoms(atoms, count);
    struct mn_slice key = {(const char *)atoms, count * sizeof *atoms};
    uint32_t known = mn_names_find(sets, key);
    if (known != MN_NO_SYMBOL)
        return known + 1;
    if (use == MN_SET_TEST && sets->items.count == MN_LIMIT_TEST_SETS)
        return 0;
    uint32_t number = mn_names_add(sets, vocabulary->arena, key) + 1; /* MN_NO_SYMBOL + 1 is 0 */
    for (size_t i = 0; i < count && number; i++)
        if (!enter_set(vocabulary, &atoms[i], (struct mn_membership){use, number}))
            return 0;
    return number;
}

const struct mn_atom *mn_vocabulary_atoms(const struct mn_vocabulary *vocabulary, enum mn_set_use use, uint32_t set,
                                          uint32_t *count)
{
    struct mn_slice key = vocabulary->sets[use].items.items[set - 1];
    *count = (uint32_t)(key.size / sizeof(struct mn_atom));
    return (const void *)key.data;
}

uint32_t mn_vocabulary_set_count(const struct mn_vocabulary *vocabulary, enum mn_set_use use)
{
    return (uint32_t)vocabulary->sets[use].items.count;
}

const struct mn_membership *mn_vocabulary_lexicon_sets(const struct mn_vocabulary *vocabulary, uint32_t lexicon,
                                                       size_t *count)
{
    struct mn_memberships in = mn_memberships_of(&vocabulary->in_lexicons, lexicon);
    *count = in.list.count;
    return in.list.items;
}

enum mn_status mn_vocabulary_seal(struct mn_vocabulary *vocabulary, struct mn_error *error)
{
    if (vocabulary->sealed)
        return sealed_failure(error);
    mn_shaper_close(&vocabulary->shaper);
    vocabulary->sealed = true;
    return MN_OK;
}
