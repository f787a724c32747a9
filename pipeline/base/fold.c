/* Canonical text (mn_utf8_fold). One pass: plain ASCII is copied eight bytes at a time; other characters are sorted
 * into kept, space and dropped; where a kept one could take part in a composition, the stretch of output from the
 * last starter before it up to the next one is put into normal form C in place. */
#include "base/fault.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <utf8proc.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define STACK_CODE_POINTS 96

/* UAX #15, Stream-Safe Text Format: after 30 marks in a row a combining grapheme joiner starts a new sequence. Without
 * it a file of nothing but marks would take quadratic time to put in order. */
#define MOST_MARKS 30
#define GRAPHEME_JOINER 0x034F

struct folding {
    char *out;
    size_t size;
    size_t starter; /* in out: where the stretch begins that may have to be normalised */
    unsigned marks; /* in the stretch since its last starter */
    bool unsure;    /* the stretch has a character that is not surely in normal form */
};

/* What normalisation needs to know of a code point above U+02FF (those below are starters in normal form). */
enum composing { STARTER, UNSURE_STARTER, MARK, DOUBLE_MARK };

static bool is_jamo(int32_t code_point)
{
    return code_point >= 0x1100 && code_point <= 0x11FF;
}

/* Superset of what is not NFC_Quick_Check=Yes with combining class 0: marks, Hangul jamo, and everything that has a
 * canonical decomposition. */
static enum composing composing_of(int32_t code_point)
{
    const utf8proc_property_t *property = utf8proc_get_property(code_point);
    bool decomposes = property->decomp_type == 0 && property->decomp_seqindex != UINT16_MAX;
    if (decomposes && property->category == UTF8PROC_CATEGORY_MN)
        return DOUBLE_MARK; /* U+0F73 is made of marks though it is none by its class */
    if (property->combining_class != 0)
        return MARK;
    bool mark = property->category >= UTF8PROC_CATEGORY_MN && property->category <= UTF8PROC_CATEGORY_ME;
    return mark || decomposes || is_jamo(code_point) ? UNSURE_STARTER : STARTER;
}

/* Noncharacters and the control characters that are no white space (Unicode 15, section 23.7). */
static bool is_dropped(int32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) || code_point == 0xAD ||
           (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}

/* Puts the stretch into normal form. It grows to three times its size at most (U+1D160). */
static bool normalise(struct folding *folding)
{
    utf8proc_int32_t stack[STACK_CODE_POINTS + 1], *points = stack;
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)folding->out + folding->starter;
    utf8proc_ssize_t size = (utf8proc_ssize_t)(folding->size - folding->starter);
    utf8proc_ssize_t count = utf8proc_decompose(bytes, size, points, STACK_CODE_POINTS, options);
    if (count > STACK_CODE_POINTS) {
        points = mn_fault_due() ? NULL : malloc(((size_t)count + 1) * sizeof *points);
        if (points == NULL)
            return false;
        count = utf8proc_decompose(bytes, size, points, count, options);
    }
    size = count < 0 ? count : utf8proc_reencode(points, count, options);
    if (size >= 0) {
        memcpy(folding->out + folding->starter, points, (size_t)size);
        folding->size = folding->starter + (size_t)size;
    }
    if (points != stack)
        free(points);
    folding->unsure = false;
    return size >= 0;
}

static bool settle(struct folding *folding)
{
    folding->marks = 0;
    return !folding->unsure || normalise(folding);
}

static bool append_starter(struct folding *folding, const char *bytes, size_t size)
{
    if (!settle(folding))
        return false;
    folding->starter = folding->size;
    memcpy(folding->out + folding->size, bytes, size);
    folding->size += size;
    return true;
}

static bool append_mark(struct folding *folding, const char *bytes, size_t size, unsigned marks)
{
    if (folding->marks + marks > MOST_MARKS) {
        char joiner[4];
        size_t joiner_size = mn_utf8_encode(GRAPHEME_JOINER, joiner);
        if (!append_starter(folding, joiner, joiner_size))
            return false;
    }
    folding->marks += marks;
    folding->unsure = true;
    memcpy(folding->out + folding->size, bytes, size);
    folding->size += size;
    return true;
}

static bool append_kept(struct folding *folding, int32_t code_point, const char *bytes, size_t size)
{
    bool plain = code_point < 0x300 || (code_point >= 0x2010 && code_point < 0x2070);
    switch (plain ? STARTER : composing_of(code_point)) {
    case MARK:
        return append_mark(folding, bytes, size, 1);
    case DOUBLE_MARK:
        return append_mark(folding, bytes, size, 2);
    case UNSURE_STARTER:
        folding->marks = 0;
        return append_mark(folding, bytes, size, 0);
    case STARTER:
        break;
    }
    return append_starter(folding, bytes, size);
}

static bool append_space(struct folding *folding)
{
    if (folding->size == 0 || folding->out[folding->size - 1] == ' ')
        return true;
    return append_starter(folding, " ", 1);
}

/* True if all eight bytes are printable ASCII and no two spaces follow each other among them. */
static bool is_plain(uint64_t word)
{
    uint64_t not_ascii = word, not_control = word + EACH(0x60), is_delete = word + EACH(0x01);
    if ((not_ascii | ~not_control | is_delete) & EACH(0x80))
        return false;
    uint64_t spaces = ~((word ^ EACH(0x20)) + EACH(0x7F)) & EACH(0x80);
    return (spaces & spaces >> 8) == 0;
}

static bool is_graphic(char byte)
{
    return (unsigned char)byte > ' ' && (unsigned char)byte < 0x7F;
}

/* Copies plain ASCII from `at` on, eight bytes at a time and then to the end of the word; returns where it stopped. */
static size_t copy_plain(struct folding *folding, struct mn_slice text, size_t at)
{
    size_t from = at;
    while (text.size - at >= 8) {
        uint64_t word;
        memcpy(&word, text.data + at, sizeof word);
        bool after_space = folding->size == 0 || folding->out[folding->size - 1] == ' ';
        if (!is_plain(word) || (after_space && text.data[at] == ' '))
            break;
        memcpy(folding->out + folding->size, &word, sizeof word);
        folding->size += sizeof word;
        at += sizeof word;
    }
    while (at < text.size && is_graphic(text.data[at]))
        folding->out[folding->size++] = text.data[at++];
    if (at > from)
        folding->starter = folding->size - 1;
    return at;
}

size_t mn_utf8_fold(struct mn_slice text, char *out)
{
    struct folding folding = {.out = out};
    for (size_t at = 0; at < text.size;) {
        if (!folding.unsure && (at = copy_plain(&folding, text, at)) == text.size)
            break;
        size_t start = at;
        int32_t code_point = mn_utf8_next(text, &at);
        bool kept = true;
        if (mn_is_space(code_point))
            kept = append_space(&folding);
        else if (!is_dropped(code_point))
            kept = append_kept(&folding, code_point, text.data + start, at - start);
        if (!kept)
            return SIZE_MAX;
    }
    if (!settle(&folding))
        return SIZE_MAX;
    return folding.size - (folding.size > 0 && out[folding.size - 1] == ' ');
}

size_t mn_utf8_fold_bound(size_t size)
{
    return 3 * size + 8;
}
