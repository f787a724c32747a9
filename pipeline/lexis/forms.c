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
    struct mn_arena *arena; /* forms, their texts and signatures */
    struct mn_shaper shaper;
    struct mn_class_matcher matcher;
    struct slot *slots;
    size_t slot_count;
    bool keyed; /* words are placed by mn_keyed_hash; ids do not depend on their places */
    struct mn_hash_key key;
    MN_VECTOR(struct mn_form *) chunks; /* of CHUNK_FORMS each: forms never move */
    size_t count;
    size_t trims;
    struct mn_names signed_traits; /* struct traits as bytes; number in … */
    MN_VECTOR(struct mn_signature *) signatures;
    struct gathered {
        MN_VECTOR(uint32_t) numbers;
    } keys, leads;            /* of the signature at hand */
    struct mn_arena *scratch; /* holds them */
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

/* --- Signatures --- */

/* What decides about a form's sets. */
struct traits {
    uint32_t symbols[MN_BY_COUNT], roots[MN_BY_COUNT];
    uint64_t classes[2];
};

static bool gather(struct mn_forms *forms, struct gathered *gathered, uint32_t number)
{
    uint32_t *place = MN_APPEND(forms->scratch, &gathered->numbers);
    if (place)
        *place = number;
    return place != NULL;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Sorts numbers and drops repeats; how many are left. */
static size_t sort_numbers(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

/* Copies what was gathered. False when memory is out. */
static bool keep(struct mn_forms *forms, struct gathered *gathered, struct mn_numbers *kept)
{
    size_t count = sort_numbers(gathered->numbers.items, gathered->numbers.count);
    uint32_t *items = mn_arena_alloc(forms->arena, (count ? count : 1) * sizeof *items);
    if (items && count)
        memcpy(items, gathered->numbers.items, count * sizeof *items);
    *kept = (struct mn_numbers){items, (uint32_t)count};
    return items != NULL;
}

/* Puts the form into the sets of one atom; into the tests only, where it but begins what is in them. */
static bool join(struct mn_forms *forms, struct mn_signature *signature, struct mn_memberships in, bool whole)
{
    bool done = true;
    for (size_t i = 0; i < in.list.count && done; i++) {
        uint32_t set = in.list.items[i].set;
        switch ((enum mn_set_use)in.list.items[i].use) {
        case MN_SET_TEST:
            signature->tests[set / 64] |= UINT64_C(1) << (set % 64);
            break;
        case MN_SET_KEY:
            done = !whole || gather(forms, &forms->keys, set);
            break;
        case MN_SET_MARK:
            if (whole)
                mn_marks_set(&signature->marks, mn_mark_of(set));
            break;
        case MN_SET_USES:
            break;
        }
    }
    return done;
}

/* Is the form by itself an entry of the lexicon, in any shape? */
static bool is_entry(const struct mn_trie *trie, const struct traits *traits, uint32_t lexicon)
{
    for (int by = 0; by < MN_BY_COUNT; by++)
        if (traits->roots[by] && mn_trie_entry_at(trie, traits->roots[by], lexicon))
            return true;
    return false;
}

static bool join_lexicons(struct mn_forms *forms, struct mn_signature *signature, const struct traits *traits, int by)
{
    const struct mn_trie *trie = &forms->vocabulary->trie;
    bool done = true;
    for (uint32_t at = trie->nodes.items[traits->roots[by]].starts; at && done; at = trie->starts.items[at - 1].next) {
        uint32_t lexicon = trie->starts.items[at - 1].lexicon;
        struct mn_memberships in = mn_memberships_of(&forms->vocabulary->in_lexicons, lexicon);
        bool whole = is_entry(trie, traits, lexicon), leads = !whole && in.list.count;
        done = join(forms, signature, in, whole) && (!leads || gather(forms, &forms->leads, lexicon));
        signature->entries |= leads ? 0 : mn_lexicon_bit(lexicon);
    }
    return done;
}

static bool join_classes(struct mn_forms *forms, struct mn_signature *signature, const uint64_t bits[2])
{
    bool done = true;
    for (uint32_t word = 0; word < MN_LIMIT_TOKEN_CLASSES / 64; word++)
        for (uint64_t left = bits[word]; left && done; left &= left - 1) {
            uint32_t id = word * 64 + (uint32_t)__builtin_ctzll(left);
            done = join(forms, signature, mn_memberships_of(&forms->vocabulary->in_classes, id), true);
        }
    return done;
}

/* Null when memory is out. */
static struct mn_signature *make_signature(struct mn_forms *forms, const struct traits *traits)
{
    size_t words = mn_vocabulary_set_count(forms->vocabulary, MN_SET_TEST) / 64 + 1;
    struct mn_signature *signature =
        mn_arena_zero(forms->arena, sizeof *signature + words * sizeof signature->tests[0]);
    bool done = signature != NULL;
    forms->keys.numbers.count = forms->leads.numbers.count = 0;
    for (int by = 0; by < MN_BY_COUNT && done; by++)
        done =
            join(forms, signature, mn_memberships_of(&forms->vocabulary->in_symbols[by], traits->symbols[by]), true) &&
            join_lexicons(forms, signature, traits, by);
    done = done && join_classes(forms, signature, traits->classes) && keep(forms, &forms->keys, &signature->keys) &&
           keep(forms, &forms->leads, &signature->leads);
    return done ? signature : NULL;
}

/* The signature of an analysed form: most words are in the same few. False when memory is out. */
static bool sign(struct mn_forms *forms, struct mn_form *form)
{
    struct traits traits;
    memcpy(traits.symbols, form->symbols, sizeof traits.symbols);
    memcpy(traits.roots, form->roots, sizeof traits.roots);
    memcpy(traits.classes, form->classes, sizeof traits.classes);
    size_t before = forms->signed_traits.items.count;
    if (!MN_RESERVE(forms->arena, &forms->signatures, before + 1))
        return false;
    uint32_t number =
        mn_names_add(&forms->signed_traits, forms->arena, (struct mn_slice){(const char *)&traits, sizeof traits});
    if (number == MN_NO_SYMBOL)
        return false;
    if (number == forms->signatures.count)
        forms->signatures.items[forms->signatures.count++] = NULL;
    if (!forms->signatures.items[number])
        forms->signatures.items[number] = make_signature(forms, &traits);
    if (forms->signatures.items[number])
        forms->signatures.items[number]->number = number;
    form->signature = forms->signatures.items[number];
    return form->signature != NULL;
}

/* Shapes, classes, lexicon beginnings and sets of a form whose text is set. False when memory is out. */
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
    return sign(forms, form);
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

static bool same_key(const struct mn_forms *forms, const struct slot *slot, uint64_t hash, struct mn_slice token)
{
    if (token.size <= INLINE_BYTES)
        return slot->size == token.size && memcmp(slot->key, token.data, token.size) == 0;
    return slot->size == LONG_KEY && memcmp(slot->key, &hash, sizeof hash) == 0 &&
           mn_slice_equal(mn_forms_get(forms, slot->number - 1)->text, token);
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
    size_t mask = forms->slot_count - 1, run = 0;
    size_t place = (size_t)hash & mask;
    for (; forms->slots[place].number; run++) {
        if (same_key(forms, &forms->slots[place], hash, token))
            return forms->slots[place].number - 1;
        place = (place + 1) & mask;
    }
    return add(forms, &forms->slots[place], make_key(token, hash), token, run);
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
    memset(&forms->signed_traits, 0, sizeof forms->signed_traits);
    memset(&forms->signatures, 0, sizeof forms->signatures);
    forms->count = 0;
    forms->trims++;
    mn_arena_reset(forms->arena);
}

size_t mn_forms_trims(const struct mn_forms *forms)
{
    return forms->trims;
}

struct mn_slice mn_forms_text(const void *forms, uint32_t id)
{
    return mn_forms_get(forms, id)->text;
}

uint32_t mn_forms_intern_any(void *forms, struct mn_slice token)
{
    return mn_forms_intern(forms, token);
}

bool mn_forms_begins(const struct mn_forms *forms, const struct mn_form *form, uint32_t lexicon)
{
    for (int by = 0; by < MN_BY_COUNT; by++)
        if (form->roots[by] && mn_trie_goes_on(&forms->vocabulary->trie, form->roots[by], lexicon))
            return true;
    return false;
}

uint64_t mn_forms_lead_on(const struct mn_forms *forms, const struct mn_form *form, const struct mn_form *behind)
{
    const struct mn_trie *trie = &forms->vocabulary->trie;
    uint64_t lexicons = 0;
    for (int by = 0; by < MN_BY_COUNT; by++)
        if (form->roots[by] && behind->symbols[by] != MN_NO_SYMBOL)
            lexicons |= trie->nodes.items[mn_trie_step(trie, form->roots[by], behind->symbols[by])].lexicons;
    return lexicons;
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
