/* The same resolution printed twice, first as the decision and again in the minutes of one item: the fuller one stays.
 */
#include "interpret/drafts.h"

/* How far ahead a twin is looked for, in resolutions: longer lists of decisions are not printed twice. It bounds the
 * cost. */
enum { FARTHEST = 40, FEWEST_WORDS = 4 };

/* Printed again without a heading that says so, or with a word or two changed: only what is long enough to be the
 * same decision. */
enum { FEWEST_REPEATED = 10, MOST_COMPARED = 80, CHANGED_PERCENT = 10 };

/* Does a word's letter or digit start or go on here? The general punctuation (U+2000 … U+206F: dashes, quotation
 * marks), whose first two bytes are E2 80 or E2 81, is none. */
static bool is_word_byte(struct mn_slice text, size_t place)
{
    unsigned char byte = (unsigned char)text.data[place], lower = byte | 0x20;
    if (byte < 0x80)
        return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z');
    size_t first = place;
    while (first > 0 && first + 2 > place && ((unsigned char)text.data[first] & 0xC0) == 0x80)
        first--;
    bool punctuation = first + 1 < text.size && (unsigned char)text.data[first] == 0xE2 &&
                       ((unsigned char)text.data[first + 1] | 1) == 0x81;
    return !punctuation;
}

/* The next word at or after *position, or the empty slice. */
static struct mn_slice next_word(struct mn_slice text, size_t *position)
{
    while (*position < text.size && !is_word_byte(text, *position))
        ++*position;
    size_t start = *position;
    while (*position < text.size && is_word_byte(text, *position))
        ++*position;
    return mn_slice_cut(text, start, *position);
}

static bool same_word(struct mn_slice a, struct mn_slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if ((a.data[i] | 0x20) != (b.data[i] | 0x20))
            return false;
    return true;
}

/* Do all words of `shorter`, of which there are enough, stand in `longer` in their order? */
static bool is_within(struct mn_slice shorter, struct mn_slice longer)
{
    size_t at = 0, position = 0, words = 0;
    struct mn_slice wanted = next_word(shorter, &at);
    for (struct mn_slice word = next_word(longer, &position); wanted.size && word.size;
         word = next_word(longer, &position)) {
        if (!same_word(word, wanted))
            continue;
        words++;
        wanted = next_word(shorter, &at);
    }
    return wanted.size == 0 && words >= FEWEST_WORDS;
}

static size_t cut_words(struct mn_slice text, struct mn_slice *words)
{
    size_t position = 0, count = 0;
    while (count < MOST_COMPARED && (words[count] = next_word(text, &position)).size)
        count++;
    return count;
}

/* How many words both have in the same order at most. */
static size_t count_common(const struct mn_slice *a, size_t a_count, const struct mn_slice *b, size_t b_count)
{
    size_t row[MOST_COMPARED + 1] = {0};
    for (size_t i = 0; i < a_count; i++) {
        size_t corner = 0;
        for (size_t j = 0; j < b_count; j++) {
            size_t above = row[j + 1];
            row[j + 1] = same_word(a[i], b[j]) ? corner + 1 : above > row[j] ? above : row[j];
            corner = above;
        }
    }
    return row[b_count];
}

static bool has_words(struct mn_slice text, size_t fewest)
{
    size_t position = 0, count = 0;
    while (count < fewest && next_word(text, &position).size)
        count++;
    return count == fewest;
}

/* Do nearly all words of `shorter`, of which there are not too many to be compared, stand in `longer` in their order?
 * Of `longer` only as many words are looked at. */
static bool is_nearly_within(struct mn_slice shorter, struct mn_slice longer)
{
    struct mn_slice a[MOST_COMPARED], b[MOST_COMPARED];
    if (has_words(shorter, MOST_COMPARED + 1))
        return false;
    size_t a_count = cut_words(shorter, a), b_count = cut_words(longer, b);
    return a_count >= FEWEST_REPEATED && a_count <= b_count &&
           (a_count - count_common(a, a_count, b, b_count)) * 100 <= a_count * CHANGED_PERCENT;
}

static uint32_t section_around(const struct mn_document *document, uint32_t node)
{
    const struct mn_node *nodes = document->nodes.items;
    while (node != MN_NONE && nodes[node].kind != MN_DIV)
        node = nodes[node].parent;
    return node;
}

static bool has_role(const struct mn_document *document, uint32_t section)
{
    return document->nodes.items[section].role != 0;
}

/* The part of an item that a node stands in: its section, or the part that this is only a heading's section of
 * ("Resolved" in the minutes). */
static uint32_t part_around(const struct mn_document *document, uint32_t node)
{
    uint32_t section = section_around(document, node);
    uint32_t outer = section == MN_NONE || has_role(document, section)
                         ? MN_NONE
                         : section_around(document, document->nodes.items[section].parent);
    return outer != MN_NONE && has_role(document, outer) ? outer : section;
}

/* Do both stand in one item's section, but in different parts of it: in two, one of which is known for what it is (the
 * decision, the minutes), or in two lists of one such part? */
static bool are_parts(const struct mn_document *document, const struct mn_draft *a, const struct mn_draft *b)
{
    uint32_t first = part_around(document, a->node), second = part_around(document, b->node);
    if (first == MN_NONE || second == MN_NONE || !(has_role(document, first) || has_role(document, second)))
        return false;
    if (first == second)
        return a->list != b->list && a->list != MN_NONE && b->list != MN_NONE;
    if (document->nodes.items[first].role == document->nodes.items[second].role)
        return false; /* the minutes of one item and of the next, where the items have no heading */
    uint32_t item = section_around(document, document->nodes.items[first].parent);
    return item != MN_NONE && item == section_around(document, document->nodes.items[second].parent);
}

/* Do both stand in parts of one item of their own: the decision of the item, and its minutes? */
static bool are_in_two_parts(const struct mn_document *document, const struct mn_draft *a, const struct mn_draft *b)
{
    return part_around(document, a->node) != part_around(document, b->node) && are_parts(document, a, b);
}

static struct mn_slice words_of(const struct mn_document *document, const struct mn_draft *draft)
{
    return mn_document_text(document, draft->start, draft->end);
}

/* Who moved and who seconded what is printed twice may stand at either: the fuller one gets what it lacks. A seconder
 * without a mover seconded something else. */
static bool hand_over(const struct mn_drafts *drafts, const struct mn_draft *draft, struct mn_draft *fuller)
{
    size_t mover = mn_shape_slot(MN_RESOLUTION, MN_LITERAL("mover"));
    size_t seconder = mn_shape_slot(MN_RESOLUTION, MN_LITERAL("seconder"));
    if (!mn_draft_field(draft, mover) || mn_draft_field(fuller, mover))
        return true;
    return mn_draft_take(drafts->arena, fuller, draft, mover) &&
           (mn_draft_field(fuller, seconder) || mn_draft_take(drafts->arena, fuller, draft, seconder));
}

static bool drop(const struct mn_drafts *drafts, struct mn_draft *draft, struct mn_draft *fuller)
{
    draft->fate = MN_DROPPED_TWIN;
    draft->twin = fuller->span;
    return hand_over(drafts, draft, fuller);
}

static int32_t priority_of(const struct mn_drafts *drafts, const struct mn_draft *draft)
{
    const struct mn_rule *rule = drafts->rules[draft->span];
    return rule ? rule->priority : 0;
}

/* "Approved", all that the part says of what another part of the item tells in full. */
static bool is_bare(struct mn_slice text)
{
    size_t position = 0;
    return next_word(text, &position).size && !next_word(text, &position).size;
}

/* Is all that the one says in the other too? */
static bool says_less(const struct mn_document *document, const struct mn_draft *a, const struct mn_draft *b)
{
    struct mn_slice less = words_of(document, a), more = words_of(document, b);
    return is_within(less, more) ||
           (are_in_two_parts(document, a, b) && ((is_bare(less) && !is_bare(more)) || is_nearly_within(less, more)));
}

/* Is it the same once more, found with less certainty, in the same section? The list of decisions that stands over the
 * minutes of an item without a heading. */
static bool is_repeated(const struct mn_drafts *drafts, const struct mn_draft *first, const struct mn_draft *again)
{
    const struct mn_document *document = drafts->work->document;
    struct mn_slice words = words_of(document, first);
    return section_around(document, first->node) == section_around(document, again->node) &&
           priority_of(drafts, first) < priority_of(drafts, again) && has_words(words, FEWEST_REPEATED) &&
           is_within(words, words_of(document, again));
}

/* Of two with the same words the one that the stronger rule found stays, or else the later. */
static bool drop_twins_of(const struct mn_drafts *drafts, size_t index)
{
    const struct mn_document *document = drafts->work->document;
    struct mn_draft *draft = &drafts->all.items[index];
    size_t seen = 0;
    bool done = true;
    for (size_t i = index + 1; i < drafts->all.count && seen < FARTHEST && draft->fate == MN_KEPT && done; i++) {
        struct mn_draft *other = &drafts->all.items[i];
        if (other->kind != MN_RESOLUTION || other->fate != MN_KEPT)
            continue;
        seen++;
        if (!are_parts(document, draft, other)) {
            if (is_repeated(drafts, draft, other))
                done = drop(drafts, draft, other);
            continue;
        }
        bool first = says_less(document, draft, other), second = says_less(document, other, draft);
        if (first && !(second && priority_of(drafts, draft) > priority_of(drafts, other)))
            done = drop(drafts, draft, other);
        else if (second)
            done = drop(drafts, other, draft);
    }
    return done;
}

bool mn_drafts_drop_twins(struct mn_drafts *drafts)
{
    for (size_t i = 0; i < drafts->all.count; i++) {
        const struct mn_draft *draft = &drafts->all.items[i];
        if (draft->kind == MN_RESOLUTION && draft->fate == MN_KEPT && !drop_twins_of(drafts, i))
            return false;
    }
    return true;
}
