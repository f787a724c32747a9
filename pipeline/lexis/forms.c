#include "lexis/forms.h"

#include "base/digest.h"
#include "base/fault.h"
#include "lexis/inside.h"
#include "lexis/keyed_hash.h"
#include <stdlib.h>

#define CHUNK_FORMS 512
#define FIRST_SLOTS ((size_t)1 << 12)
#define INLINE_BYTES 27
#define LONG_KEY 0xFF

/* A new word that has to pass more slots than this meets words that were chosen to collide (or a rare accident): from
 * then on the table uses a keyed hash. In tables at most half full, runs by chance seldom reach 80. */
#define LONGEST_RUN 128

/* Half a cache line with the word in it: most lookups touch nothing else. */
struct slot {
    uint32_t number; /* id + 1, 0 where empty */
    uint8_t size;    /* bytes of the key; LONG_KEY: the key holds the hash, the text stands in the form */
    char key[INLINE_BYTES];
};
_Static_assert(sizeof(struct slot) == 32, "two slots to a cache line");

struct mn_forms {
    const struct mn_vocabulary *vocabulary;
    struct mn_arena *arena; /* forms, their texts and tags */
    struct mn_shaper shaper;
    struct mn_class_matcher matcher;
    struct slot *slots;
    size_t slot_count;
    bool keyed; /* words are placed by mn_keyed_hash; ids do not depend on their places */
    struct mn_hash_key key;
    MN_VECTOR(struct mn_form *) chunks; /* of CHUNK_FORMS each: forms never move */
    size_t count;
    struct mn_names tag_lists;  /* distinct merged tag lists, as bytes */
    MN_VECTOR(uint32_t) merged; /* for merging */
    struct mn_arena *scratch;   /* holds merged */
};

static void *clear_memory(size_t count, size_t size)
{
    return mn_fault_due() ? NULL : calloc(count, size);
}

struct mn_forms *mn_forms_create(const struct mn_vocabulary *vocabulary)
{
    struct mn_forms *forms = clear_memory(1, sizeof *forms);
    if (!forms)
        return NULL;
    forms->vocabulary = vocabulary;
    forms->arena = mn_arena_create();
    forms->scratch = mn_arena_create();
    forms->slot_count = FIRST_SLOTS;
    forms->slots = clear_memory(forms->slot_count, sizeof *forms->slots);
    bool opened = mn_shaper_open(&forms->shaper);
    if (mn_class_matcher_open(&forms->matcher) && opened && forms->arena && forms->scratch && forms->slots)
        return forms;
    mn_forms_destroy(forms);
    return NULL;
}

void mn_forms_destroy(struct mn_forms *forms)
{
    if (!forms)
        return;
    mn_class_matcher_close(&forms->matcher);
    mn_shaper_close(&forms->shaper);
    free(forms->slots);
    mn_arena_destroy(forms->arena);
    mn_arena_destroy(forms->scratch);
    free(forms);
}

/* Adds a list of tags to those gathered; *single is the list while there is only one. False when memory is out. */
static bool gather(struct mn_forms *forms, struct mn_tags tags, struct mn_tags *single)
{
    if (tags.list.count == 0)
        return true;
    if (!MN_RESERVE(forms->scratch, &forms->merged, forms->merged.count + tags.list.count))
        return false;
    *single = forms->merged.count ? (struct mn_tags){{NULL, 0, 0}} : tags;
    memcpy(forms->merged.items + forms->merged.count, tags.list.items, tags.list.count * sizeof(uint32_t));
    forms->merged.count += tags.list.count;
    return true;
}

static bool gather_lexicons(struct mn_forms *forms, uint32_t root, struct mn_tags *single)
{
    const struct mn_vocabulary *vocabulary = forms->vocabulary;
    const struct mn_trie *trie = &vocabulary->trie;
    bool done = true;
    for (uint32_t at = trie->nodes.items[root].starts; at && done; at = trie->starts.items[at - 1].next)
        done = gather(forms, mn_tags_of(&vocabulary->lexicon_tags, trie->starts.items[at - 1].lexicon), single);
    return done;
}

static bool gather_classes(struct mn_forms *forms, const uint64_t bits[2], struct mn_tags *single)
{
    bool done = true;
    for (uint32_t word = 0; word < MN_LIMIT_TOKEN_CLASSES / 64; word++)
        for (uint64_t left = bits[word]; left && done; left &= left - 1) {
            uint32_t id = word * 64 + (uint32_t)__builtin_ctzll(left);
            done = gather(forms, mn_tags_of(&forms->vocabulary->class_tags, id), single);
        }
    return done;
}

/* Gives the form the tags gathered: the vocabulary's own list where there is one only, else a merged list that all
 * forms with the same tags share. */
static bool set_tags(struct mn_forms *forms, struct mn_form *form, const struct mn_tags *single)
{
    form->tags = single->list.items;
    form->tag_count = (uint32_t)single->list.count;
    if (single->list.count || !forms->merged.count)
        return true;
    size_t count = mn_sort_numbers(forms->merged.items, forms->merged.count);
    struct mn_slice bytes = {(const char *)forms->merged.items, count * sizeof(uint32_t)};
    uint32_t list = mn_names_add(&forms->tag_lists, forms->arena, bytes);
    if (list == MN_NO_SYMBOL)
        return false;
    form->tags = (const void *)forms->tag_lists.items.items[list].data;
    form->tag_count = (uint32_t)count;
    return true;
}

static bool analyse_tags(struct mn_forms *forms, struct mn_form *form)
{
    struct mn_tags single = {{NULL, 0, 0}};
    bool done = true;
    forms->merged.count = 0;
    for (int by = 0; by < MN_BY_COUNT && done; by++)
        done = gather(forms, mn_tags_of(&forms->vocabulary->symbol_tags[by], form->symbols[by]), &single) &&
               gather_lexicons(forms, form->roots[by], &single);
    return done && gather_classes(forms, form->classes, &single) && set_tags(forms, form, &single);
}

/* Shapes, classes, lexicon beginnings and tags of a form whose text is set. False when memory is out. */
static bool analyse(struct mn_forms *forms, struct mn_form *form)
{
    const struct mn_vocabulary *vocabulary = forms->vocabulary;
    struct mn_slice shapes[MN_BY_COUNT];
    shapes[MN_BY_EXACT] = form->text;
    shapes[MN_BY_FOLD] = mn_shaper_fold(&forms->shaper, form->text);
    if (!shapes[MN_BY_FOLD].data)
        return false;
    bool stem = vocabulary->symbols[MN_BY_STEM].items.count > 0;
    shapes[MN_BY_STEM] = stem ? mn_shaper_stem(&forms->shaper, shapes[MN_BY_FOLD]) : shapes[MN_BY_FOLD];
    if (!shapes[MN_BY_STEM].data)
        return false;
    for (int by = 0; by < MN_BY_COUNT; by++) {
        form->symbols[by] = mn_names_find(&vocabulary->symbols[by], shapes[by]);
        form->roots[by] = mn_trie_step(&vocabulary->trie, 1 + (uint32_t)by, form->symbols[by]);
    }
    mn_token_classes_test(&vocabulary->expressions, &forms->matcher, form->text, form->classes);
    return analyse_tags(forms, form);
}

/* A new form, not yet counted; null when memory is out. */
static struct mn_form *make_form(struct mn_forms *forms, struct mn_slice token)
{
    if (forms->count == forms->chunks.count * CHUNK_FORMS) {
        struct mn_form *chunk = mn_arena_alloc(forms->arena, CHUNK_FORMS * sizeof *chunk);
        struct mn_form **place = chunk ? MN_APPEND(forms->arena, &forms->chunks) : NULL;
        if (!place)
            return NULL;
        *place = chunk;
    }
    struct mn_form *form = &forms->chunks.items[forms->count / CHUNK_FORMS][forms->count % CHUNK_FORMS];
    form->text = mn_arena_copy(forms->arena, token);
    return form->text.data && analyse(forms, form) ? form : NULL;
}

static struct slot make_key(struct mn_slice token, uint64_t hash)
{
    struct slot slot = {0};
    if (token.size <= INLINE_BYTES) {
        slot.size = (uint8_t)token.size;
        memcpy(slot.key, token.data, token.size);
    } else {
        slot.size = LONG_KEY;
        memcpy(slot.key, &hash, sizeof hash);
    }
    return slot;
}

static bool same_key(const struct mn_forms *forms, const struct slot *slot, const struct slot *key,
                     struct mn_slice token)
{
    if (slot->size != key->size || memcmp(slot->key, key->key, INLINE_BYTES) != 0)
        return false;
    return key->size != LONG_KEY || mn_slice_equal(mn_forms_get(forms, slot->number - 1)->text, token);
}

static uint64_t hash_of(const struct mn_forms *forms, struct mn_slice token)
{
    return forms->keyed ? mn_keyed_hash(&forms->key, token) : mn_hash(token);
}

/* Puts all words into this many new slots; false when memory is out. */
static bool place_anew(struct mn_forms *forms, size_t count)
{
    struct slot *slots = clear_memory(count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < forms->slot_count; i++) {
        uint32_t number = forms->slots[i].number;
        if (!number)
            continue;
        struct mn_slice text = mn_forms_get(forms, number - 1)->text;
        uint64_t hash = hash_of(forms, text);
        size_t place = (size_t)hash & (count - 1);
        while (slots[place].number)
            place = (place + 1) & (count - 1);
        slots[place] = make_key(text, hash);
        slots[place].number = number;
    }
    free(forms->slots);
    forms->slots = slots;
    forms->slot_count = count;
    return true;
}

/* Without memory for it the table stays as it is, only slow. */
static void change_hash(struct mn_forms *forms)
{
    forms->key = mn_hash_key_make(forms);
    forms->keyed = true;
    forms->keyed = place_anew(forms, forms->slot_count);
}

/* `run`: slots passed on the way to the empty one. */
static uint32_t add(struct mn_forms *forms, struct slot *empty, struct slot key, struct mn_slice token, size_t run)
{
    if (!make_form(forms, token))
        return MN_NO_SYMBOL;
    key.number = (uint32_t)++forms->count;
    *empty = key;
    if (forms->count * 2 > forms->slot_count && !place_anew(forms, forms->slot_count * 2)) {
        empty->number = 0; /* a full table would never end a search */
        forms->count--;
        return MN_NO_SYMBOL;
    }
    if (run > LONGEST_RUN && !forms->keyed)
        change_hash(forms);
    return key.number - 1;
}

uint32_t mn_forms_intern(struct mn_forms *forms, struct mn_slice token)
{
    uint64_t hash = hash_of(forms, token);
    struct slot key = make_key(token, hash);
    size_t mask = forms->slot_count - 1, run = 0;
    size_t place = (size_t)hash & mask;
    for (; forms->slots[place].number; run++) {
        if (same_key(forms, &forms->slots[place], &key, token))
            return forms->slots[place].number - 1;
        place = (place + 1) & mask;
    }
    return add(forms, &forms->slots[place], key, token, run);
}

const struct mn_form *mn_forms_get(const struct mn_forms *forms, uint32_t id)
{
    return &forms->chunks.items[id / CHUNK_FORMS][id % CHUNK_FORMS];
}

size_t mn_forms_count(const struct mn_forms *forms)
{
    return forms->count;
}

size_t mn_forms_longest_run(const struct mn_forms *forms)
{
    size_t longest = 0, mask = forms->slot_count - 1;
    for (size_t place = 0; place < forms->slot_count; place++) {
        uint32_t number = forms->slots[place].number;
        if (!number)
            continue;
        size_t home = (size_t)hash_of(forms, mn_forms_get(forms, number - 1)->text) & mask;
        size_t run = (place - home) & mask;
        longest = run > longest ? run : longest;
    }
    return longest;
}

void mn_forms_trim(struct mn_forms *forms)
{
    if (forms->count <= MN_LIMIT_FORMS)
        return;
    memset(forms->slots, 0, forms->slot_count * sizeof *forms->slots);
    memset(&forms->chunks, 0, sizeof forms->chunks);
    memset(&forms->tag_lists, 0, sizeof forms->tag_lists);
    forms->count = 0;
    mn_arena_reset(forms->arena);
}

struct mn_slice mn_forms_text(const void *forms, uint32_t id)
{
    return mn_forms_get(forms, id)->text;
}

uint32_t mn_forms_intern_any(void *forms, struct mn_slice token)
{
    return mn_forms_intern(forms, token);
}

static bool accepted(const uint32_t *values, size_t count, uint32_t value)
{
    for (size_t i = 0; i < count; i++)
        if (values[i] == value)
            return true;
    return count == 0;
}

/* The longest accepted entry in one shape's trie that takes more than `longest` tokens, or `longest`. */
static size_t longest_entry(const struct mn_forms *forms, enum mn_by by, const uint32_t *ids, size_t stride,
                            size_t count, uint32_t lexicon, const uint32_t *values, size_t value_count, size_t longest,
                            uint32_t *value)
{
    const struct mn_trie *trie = &forms->vocabulary->trie;
    uint32_t node = mn_forms_get(forms, ids[0])->roots[by];
    for (size_t size = 1; node && mn_trie_goes_on(trie, node, lexicon); size++) {
        const struct mn_trie_entry *entry = size > longest ? mn_trie_entry_at(trie, node, lexicon) : NULL;
        if (entry && accepted(values, value_count, entry->value)) {
            longest = size;
            *value = entry->value;
        }
        if (size >= count)
            break;
        node = mn_trie_step(trie, node, mn_forms_get(forms, ids[size * stride])->symbols[by]);
    }
    return longest;
}

size_t mn_forms_lexicon(const struct mn_forms *forms, const uint32_t *ids, size_t stride, size_t count,
                        uint32_t lexicon, const uint32_t *values, size_t value_count, uint32_t *value)
{
    size_t longest = 0;
    if (count == 0)
        return 0;
    for (enum mn_by by = 0; by < MN_BY_COUNT; by++)
        longest = longest_entry(forms, by, ids, stride, count, lexicon, values, value_count, longest, value);
    return longest;
}
