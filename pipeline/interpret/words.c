#include "interpret/words.h"

#include "base/utf8.h"
#include "lexis/cut.h"
#include "lexis/names.h"

/* ---- cutting ---- */

struct cutting {
    const struct mn_document *document;
    const struct mn_names *phrase_words;
    struct mn_names tokens;          /* that came already … */
    MN_VECTOR(struct mn_word) known; /* … as words */
    MN_VECTOR(struct mn_word) words;
    MN_VECTOR(struct mn_word_leaf) leaves;
};

static struct mn_word describe(const struct cutting *cutting, struct mn_slice token)
{
    size_t position = 0, letters = mn_utf8_length(token);
    int32_t first = mn_utf8_next(token, &position);
    struct mn_slice text = mn_phrase_word(cutting->document->arena, token);
    return (struct mn_word){
        .text = text,
        .number = mn_names_find(cutting->phrase_words, text),
        .is_capital = mn_is_upper(first) || mn_is_digit(first),
        .is_short = letters <= MN_SHORT_NAME_WORD,
        .is_number = mn_is_digit(first),
    };
}

/* The word that a token is; null when memory is out. */
static const struct mn_word *word_of(struct cutting *cutting, struct mn_slice token)
{
    struct mn_arena *arena = cutting->document->arena;
    uint32_t number = mn_names_add(&cutting->tokens, arena, token);
    if (number < cutting->known.count)
        return &cutting->known.items[number];
    struct mn_word *word = number == MN_NO_SYMBOL ? NULL : MN_APPEND(arena, &cutting->known);
    if (word)
        *word = describe(cutting, token);
    return word && word->text.data ? word : NULL;
}

static bool cut_leaf(struct cutting *cutting, uint32_t index)
{
    const struct mn_document *document = cutting->document;
    const struct mn_node *node = &document->nodes.items[index];
    struct mn_slice text = mn_document_text(document, node->content, node->end), token;
    struct mn_word_leaf leaf = {index, (uint32_t)cutting->words.count, 0};
    for (size_t position = 0; mn_cut_next(text, &position, &token);) {
        uint32_t start = node->content + (uint32_t)(token.data - text.data);
        if (!mn_phrase_is_word(token))
            continue;
        const struct mn_word *known = word_of(cutting, token);
        struct mn_word *word = known ? MN_APPEND(document->arena, &cutting->words) : NULL;
        if (!word)
            return false;
        *word = *known;
        word->start = start;
        word->end = start + (uint32_t)token.size;
    }
    leaf.end = (uint32_t)cutting->words.count;
    if (leaf.end == leaf.first)
        return true;
    struct mn_word_leaf *kept = MN_APPEND(document->arena, &cutting->leaves);
    if (kept)
        *kept = leaf;
    return kept != NULL;
}

/* The row that a node stands in, or MN_NONE. */
static uint32_t row_of(const struct mn_document *document, uint32_t node)
{
    while (node != MN_NONE && document->nodes.items[node].kind != MN_ROW)
        node = document->nodes.items[node].parent;
    return node;
}

/* Leaves of one row stand together. */
static bool make_lines(const struct mn_document *document, struct mn_words *words)
{
    words->lines = mn_arena_alloc(document->arena, (words->leaf_count + 1) * sizeof *words->lines);
    for (uint32_t i = 0; words->lines && i < words->leaf_count; i++) {
        const struct mn_word_leaf *leaf = &words->leaves[i];
        struct mn_word_line *last = words->line_count ? &words->lines[words->line_count - 1] : NULL;
        uint32_t row = row_of(document, leaf->node);
        if (last && row != MN_NONE && row == last->node) {
            last->end = leaf->end;
            last->end_leaf = i + 1;
        } else {
            words->lines[words->line_count++] =
                (struct mn_word_line){row == MN_NONE ? leaf->node : row, leaf->first, leaf->end, i, i + 1};
        }
    }
    return words->lines != NULL;
}

bool mn_words_cut(const struct mn_document *document, const struct mn_rules *rules, struct mn_words *words)
{
    struct cutting cutting = {.document = document, .phrase_words = rules->phrase_words};
    for (uint32_t i = 0; i < document->nodes.count; i++) {
        const struct mn_node *node = &document->nodes.items[i];
        if (mn_node_is_leaf(node) && node->kind != MN_FW && !cut_leaf(&cutting, i))
            return false;
    }
    *words = (struct mn_words){.items = cutting.words.items,
                               .count = cutting.words.count,
                               .leaves = cutting.leaves.items,
                               .leaf_count = cutting.leaves.count};
    return make_lines(document, words);
}

/* ---- comparing ---- */

/* How far a phrase has been read: bit 0 of before[i] when the words so far make its first i parts; of a name, bit n
 * when n of its words have been read. */
struct progress {
    uint16_t before[MN_LONGEST_PHRASE + 1];
};
_Static_assert(MN_LONGEST_NAME < 16, "a bit for each word of a name");

/* Passes over what may be absent and over names that may end with the last word. */
static void pass_on(const struct mn_phrase *phrase, struct progress *progress, bool ends_name)
{
    for (size_t i = 0; i < phrase->count; i++) {
        bool is_name = phrase->parts[i].word.size == 0;
        bool absent = phrase->parts[i].optional && (progress->before[i] & 1);
        if (absent || (is_name && ends_name && progress->before[i] > 1))
            progress->before[i + 1] |= 1;
    }
}

/* The bits of a name after a further word: the first is a capital, short words may follow. */
static uint16_t read_name_word(uint16_t before, const struct mn_word *word)
{
    unsigned from = word->is_capital ? before : word->is_short ? before & ~1u : 0;
    return (uint16_t)(from << 1 & ((1u << (MN_LONGEST_NAME + 1)) - 1));
}

/* Reads a word; false when nothing is left of the phrase that could go on. */
static bool read_word(const struct mn_phrase *phrase, const struct mn_word *word, struct progress *progress)
{
    struct progress next;
    bool any = false;
    memset(next.before, 0, (phrase->count + 1) * sizeof *next.before);
    for (size_t i = 0; i < phrase->count; i++) {
        const struct mn_phrase_part *part = &phrase->parts[i];
        if (part->word.size == 0)
            next.before[i] |= read_name_word(progress->before[i], word);
        else if ((progress->before[i] & 1) && part->number == word->number)
            next.before[i + 1] |= 1;
    }
    pass_on(phrase, &next, word->is_capital);
    for (size_t i = 0; i <= phrase->count; i++)
        any |= next.before[i] != 0;
    memcpy(progress->before, next.before, (phrase->count + 1) * sizeof *next.before);
    return any;
}

static void begin(const struct mn_phrase *phrase, struct progress *progress)
{
    memset(progress->before, 0, (phrase->count + 1) * sizeof *progress->before);
    progress->before[0] = 1;
    pass_on(phrase, progress, false);
}

/* Most phrases begin with other words. */
static bool may_begin(const struct mn_phrase *phrase, const struct mn_word *word)
{
    const struct mn_phrase_part *part = &phrase->parts[0];
    return part->optional || part->word.size == 0 || part->number == word->number;
}

bool mn_phrase_is(const struct mn_phrase *phrase, const struct mn_word *const *words, size_t count)
{
    struct progress progress;
    if (!count || (phrase->plain && phrase->count != count) || !may_begin(phrase, words[0]))
        return false;
    begin(phrase, &progress);
    for (size_t i = 0; i < count; i++)
        if (!read_word(phrase, words[i], &progress))
            return false;
    return progress.before[phrase->count];
}

bool mn_phrases_are(const struct mn_phrases *phrases, const struct mn_word *const *words, size_t count)
{
    for (size_t i = 0; i < phrases->count; i++)
        if (mn_phrase_is(&phrases->items[i], words, count))
            return true;
    return false;
}

size_t mn_phrase_length(const struct mn_phrase *phrase, const struct mn_word *words, size_t count)
{
    size_t length = 0;
    if (!count || !may_begin(phrase, &words[0]))
        return 0;
    struct progress progress;
    begin(phrase, &progress);
    for (size_t i = 0; i < count && read_word(phrase, &words[i], &progress); i++)
        if (progress.before[phrase->count])
            length = i + 1;
    return length;
}

size_t mn_phrases_length(const struct mn_phrases *phrases, const struct mn_word *words, size_t count)
{
    size_t longest = 0;
    if (!count || !mn_phrases_may_begin(phrases, words))
        return 0;
    for (size_t i = 0; i < phrases->count; i++) {
        size_t length = mn_phrase_length(&phrases->items[i], words, count);
        longest = length > longest ? length : longest;
    }
    return longest;
}
