#include "lexis/joints.h"

#include "base/digest.h"
#include "base/utf8.h"

#define LONGEST_WORD 128 /* bytes of a word whose parts are looked up together */
#define FIRST_SLOTS 1024
#define SOFT_HYPHEN "\xC2\xAD"

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static uint64_t word_hash(struct mn_slice word)
{
    uint64_t hash = mn_hash(word);
    return hash ? hash : 1;
}

/* The word's slot, or the free one where it belongs. */
static uint64_t *find_slot(const struct mn_joint_words *words, uint64_t hash)
{
    size_t at = (size_t)hash & words->mask;
    while (words->slots[at] && words->slots[at] != hash)
        at = (at + 1) & words->mask;
    return &words->slots[at];
}

static bool grow(struct mn_joint_words *words, struct mn_arena *arena)
{
    size_t slots = words->slots ? 2 * (words->mask + 1) : FIRST_SLOTS;
    struct mn_joint_words larger = {mn_arena_zero(arena, slots * sizeof *words->slots), slots - 1, words->count};
    if (!larger.slots)
        return false;
    for (size_t i = 0; words->slots && i <= words->mask; i++)
        if (words->slots[i])
            *find_slot(&larger, words->slots[i]) = words->slots[i];
    *words = larger;
    return true;
}

static bool add_word(struct mn_joint_words *words, struct mn_arena *arena, struct mn_slice word)
{
    if ((!words->slots || words->count * 2 > words->mask) && !grow(words, arena))
        return false;
    uint64_t hash = word_hash(word);
    uint64_t *slot = find_slot(words, hash);
    words->count += *slot == 0;
    *slot = hash;
    return true;
}

static bool knows(const struct mn_joint_words *words, struct mn_slice word)
{
    return words->slots && *find_slot(words, word_hash(word)) != 0;
}

/* The end of the word at `start`; hyphens between its letters belong to it. */
static size_t word_end(struct mn_slice line, size_t start)
{
    size_t end = start;
    while (end < line.size && (is_word_byte(line.data[end]) || (line.data[end] == '-' && end > start)))
        end++;
    while (end > start && line.data[end - 1] == '-' && end < line.size)
        end--;
    return end;
}

bool mn_joint_learn(struct mn_joint_words *words, struct mn_arena *arena, struct mn_slice line)
{
    for (size_t start = 0; start < line.size;) {
        size_t end = word_end(line, start);
        bool may_be_cut = start == 0 || end == line.size;
        if (end > start && !may_be_cut && !add_word(words, arena, mn_slice_cut(line, start, end)))
            return false;
        start = end + 1;
    }
    return true;
}

static struct mn_slice leading_letters(struct mn_slice text)
{
    size_t end = 0;
    while (end < text.size && is_word_byte(text.data[end]))
        end++;
    return mn_slice_cut(text, 0, end);
}

static struct mn_slice trailing_letters(struct mn_slice text)
{
    size_t start = text.size;
    while (start > 0 && is_word_byte(text.data[start - 1]))
        start--;
    return mn_slice_cut(text, start, text.size);
}

/* Does the document have HEAD + JOINT + TAIL as one word? */
static bool knows_joined(const struct mn_joint_words *words, struct mn_slice head, struct mn_slice joint,
                         struct mn_slice tail)
{
    char whole[LONGEST_WORD + 1];
    size_t size = head.size + joint.size + tail.size;
    if (size > sizeof whole)
        return false;
    memcpy(whole, head.data, head.size);
    if (joint.size)
        memcpy(whole + head.size, joint.data, joint.size);
    memcpy(whole + head.size + joint.size, tail.data, tail.size);
    return knows(words, (struct mn_slice){whole, size});
}

static bool starts_lower(struct mn_slice text)
{
    size_t place = 0;
    int32_t first = text.size ? mn_utf8_next(text, &place) : 0;
    return mn_is_letter(first) && !mn_is_upper(first);
}

/* The hyphen goes when the whole word stands elsewhere in the document, and stays when it stands there with its hyphen;
 * without such evidence it stays when one of the halves is a word of the document. */
static enum mn_joint joint_of_halves(const struct mn_joint_words *words, struct mn_slice head, struct mn_slice tail)
{
    if (knows_joined(words, head, MN_EMPTY, tail))
        return MN_JOIN_WITHOUT_HYPHEN;
    if (knows_joined(words, head, MN_LITERAL("-"), tail))
        return MN_JOIN_DIRECTLY;
    return knows(words, head) || knows(words, tail) ? MN_JOIN_DIRECTLY : MN_JOIN_WITHOUT_HYPHEN;
}

static bool ends_in_soft_hyphen(struct mn_slice line)
{
    return line.size > 2 && memcmp(line.data + line.size - 2, SOFT_HYPHEN, 2) == 0;
}

enum mn_joint mn_joint_of(const struct mn_joint_words *words, struct mn_slice line, struct mn_slice next)
{
    if (ends_in_soft_hyphen(line))
        return MN_JOIN_DIRECTLY; /* the soft hyphen itself is no canonical text */
    if (line.size < 2 || line.data[line.size - 1] != '-' || !is_word_byte(line.data[line.size - 2]))
        return MN_JOIN_SPACED;
    struct mn_slice head = trailing_letters(mn_slice_cut(line, 0, line.size - 1));
    struct mn_slice tail = leading_letters(next);
    if (tail.size == 0)
        return next.size > 0 && next.data[0] >= '0' && next.data[0] <= '9' ? MN_JOIN_DIRECTLY : MN_JOIN_SPACED;
    if (!starts_lower(next) || head.size + tail.size > LONGEST_WORD)
        return MN_JOIN_DIRECTLY;
    return joint_of_halves(words, head, tail);
}
