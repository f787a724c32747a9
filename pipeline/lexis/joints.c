#include "lexis/joints.h"

#include "base/digest.h"
#include "base/utf8.h"

#define LONGEST_WORD 128 /* bytes of a word whose parts are looked up together */
#define WORDS_OF_JOINT 5 /* asked for at each: both halves, the first with a hyphen, the whole with one and without */
#define FEWEST_SLOTS 16

struct mn_joint_word {
    uint64_t hash; /* 0: a free slot */
    bool seen;     /* elsewhere in the document */
};

static bool is_word_byte(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)c >= 0x80;
}

static uint64_t word_hash(struct mn_slice word)
{
    uint64_t hash = mn_hash(word);
    return hash ? hash : 1;
}

static struct mn_joint_word *find_word(const struct mn_joints *joints, uint64_t hash)
{
    size_t at = (size_t)hash & joints->mask;
    while (joints->slots[at].hash && joints->slots[at].hash != hash)
        at = (at + 1) & joints->mask;
    return &joints->slots[at];
}

bool mn_joints_open(struct mn_joints *joints, struct mn_arena *arena, size_t line_ends)
{
    size_t slots = FEWEST_SLOTS;
    *joints = (struct mn_joints){0};
    if (line_ends == 0)
        return true;
    while (slots < line_ends * 2 * WORDS_OF_JOINT)
        slots *= 2;
    joints->slots = mn_arena_zero(arena, slots * sizeof *joints->slots);
    joints->mask = slots - 1;
    return joints->slots != NULL;
}

static bool knows(const struct mn_joints *joints, struct mn_slice word)
{
    return joints->slots && find_word(joints, word_hash(word))->seen;
}

static void ask(struct mn_joints *joints, struct mn_slice word)
{
    if (word.size == 0)
        return;
    find_word(joints, word_hash(word))->hash = word_hash(word);
    joints->sizes[(unsigned char)word.data[0]] |= UINT32_C(1) << (word.size % 32);
}

static void note(struct mn_joints *joints, struct mn_slice word)
{
    if (!(joints->sizes[(unsigned char)word.data[0]] >> (word.size % 32) & 1))
        return;
    struct mn_joint_word *asked = find_word(joints, word_hash(word));
    asked->seen |= asked->hash != 0;
}

static size_t word_end(struct mn_slice text, size_t start)
{
    size_t end = start;
    while (end < text.size && is_word_byte(text.data[end]))
        end++;
    return end;
}

/* A word before a hyphen is none by itself, but with its hyphen, and with the word behind it. */
void mn_joint_look(struct mn_joints *joints, struct mn_slice text, bool begins_cut)
{
    if (!joints->slots)
        return;
    for (size_t start = 0; start < text.size;) {
        size_t end = word_end(text, start), next = end + 1;
        bool hyphen = end < text.size && text.data[end] == '-';
        size_t both = hyphen ? word_end(text, next) : next;
        bool word = end > start && (start > 0 || !begins_cut);
        if (word && !hyphen)
            note(joints, mn_slice_cut(text, start, end));
        if (word && hyphen && next < text.size)
            note(joints, mn_slice_cut(text, start, next));
        if (word && both > next)
            note(joints, mn_slice_cut(text, start, both));
        start = next;
    }
}

/* A word cut by a line end. */
struct halves {
    struct mn_slice head, tail;
    char whole[LONGEST_WORD], compound[LONGEST_WORD + 1];
    size_t size; /* of the whole; 0: too long to be one */
};

static struct halves halves_of(struct mn_slice line, struct mn_slice next)
{
    struct halves halves = {.size = 0};
    size_t start = line.size - 1;
    while (start > 0 && is_word_byte(line.data[start - 1]))
        start--;
    halves.head = mn_slice_cut(line, start, line.size - 1);
    halves.tail = mn_slice_cut(next, 0, word_end(next, 0));
    if (halves.tail.size == 0 || halves.head.size + halves.tail.size > LONGEST_WORD)
        return halves;
    halves.size = halves.head.size + halves.tail.size;
    memcpy(halves.whole, halves.head.data, halves.head.size);
    memcpy(halves.whole + halves.head.size, halves.tail.data, halves.tail.size);
    memcpy(halves.compound, halves.head.data, halves.head.size);
    halves.compound[halves.head.size] = '-';
    memcpy(halves.compound + halves.head.size + 1, halves.tail.data, halves.tail.size);
    return halves;
}

bool mn_joint_is_open(struct mn_slice line)
{
    return line.size >= 2 && line.data[line.size - 1] == '-' && is_word_byte(line.data[line.size - 2]);
}

void mn_joint_ask(struct mn_joints *joints, struct mn_slice line, struct mn_slice next)
{
    if (!joints->slots || !mn_joint_is_open(line))
        return;
    struct halves halves = halves_of(line, next);
    if (halves.size == 0)
        return;
    ask(joints, halves.head);
    ask(joints, halves.tail);
    ask(joints, (struct mn_slice){halves.whole, halves.size});
    ask(joints, (struct mn_slice){halves.compound, halves.size + 1});
    ask(joints, (struct mn_slice){halves.compound, halves.head.size + 1});
}

static bool starts_lower(struct mn_slice text)
{
    size_t place = 0;
    int32_t first = text.size ? mn_utf8_next(text, &place) : 0;
    return mn_is_letter(first) && !mn_is_upper(first);
}

/* What the document shows of this very word. */
enum evidence { NONE, WHOLE, COMPOUND };

static enum evidence evidence_of(const struct mn_joints *joints, const struct halves *halves)
{
    if (knows(joints, (struct mn_slice){halves->whole, halves->size}))
        return WHOLE;
    return knows(joints, (struct mn_slice){halves->compound, halves->size + 1}) ||
                   knows(joints, (struct mn_slice){halves->compound, halves->head.size + 1})
               ? COMPOUND
               : NONE;
}

void mn_joint_weigh(struct mn_joints *joints, struct mn_slice line, struct mn_slice next)
{
    if (!joints->slots || !mn_joint_is_open(line) || !starts_lower(next))
        return;
    struct halves halves = halves_of(line, next);
    enum evidence evidence = halves.size ? evidence_of(joints, &halves) : NONE;
    joints->wholes += evidence == WHOLE;
    joints->compounds += evidence == COMPOUND;
}

/* The hyphen goes when the whole word stands elsewhere in the document, and stays when it stands there with its hyphen,
 * or its first half with one before another word. Without such evidence it stays between two words of the document; at
 * last the document's habit decides: are its other line ends rather within words, or in their hyphens? */
static enum mn_joint judge(const struct mn_joints *joints, const struct halves *halves)
{
    enum evidence evidence = evidence_of(joints, halves);
    bool head = knows(joints, halves->head), tail = knows(joints, halves->tail);
    if (evidence != NONE)
        return evidence == WHOLE ? MN_JOIN_WITHOUT_HYPHEN : MN_JOIN_DIRECTLY;
    if (head && tail)
        return MN_JOIN_DIRECTLY;
    if (joints->wholes != joints->compounds)
        return joints->wholes > joints->compounds ? MN_JOIN_WITHOUT_HYPHEN : MN_JOIN_DIRECTLY;
    return head || tail ? MN_JOIN_DIRECTLY : MN_JOIN_WITHOUT_HYPHEN;
}

enum mn_joint mn_joint_of(const struct mn_joints *joints, struct mn_slice line, struct mn_slice next)
{
    if (!mn_joint_is_open(line))
        return MN_JOIN_SPACED;
    if (next.size == 0 || !is_word_byte(next.data[0]))
        return next.size > 0 && next.data[0] >= '0' && next.data[0] <= '9' ? MN_JOIN_DIRECTLY : MN_JOIN_SPACED;
    struct halves halves = halves_of(line, next);
    return !starts_lower(next) || halves.size == 0 ? MN_JOIN_DIRECTLY : judge(joints, &halves);
}
