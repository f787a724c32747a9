#include "segment/sentences.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "segment/blocks.h"

static bool is_stop(int32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* The first byte from `place` on at which a stop may begin; U+2026 begins with 0xE2. */
static size_t find_stop(struct mn_slice text, size_t place)
{
    static const bool starts_stop[256] = {['.'] = true, ['!'] = true, ['?'] = true, [0xE2] = true};
    while (place < text.size && !starts_stop[(unsigned char)text.data[place]])
        ++place;
    return place;
}

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The word that ends at `end`, without opening signs before it. */
static struct mn_slice word_before(struct mn_slice text, size_t from, size_t end)
{
    size_t start = end;
    while (start > from && text.data[start - 1] != ' ')
        --start;
    while (start < end) {
        size_t place = start;
        int32_t c = mn_utf8_next(text, &place);
        if (!mn_is_opener(c) && c != '-' && c != 0x2013 && c != 0x2014)
            break;
        start = place;
    }
    return mn_slice_cut(text, start, end);
}

/* "L", "L.M", "T.D": capitals with points between them. */
static bool is_initials(struct mn_slice word)
{
    bool letter = false;
    for (size_t place = 0; place < word.size;) {
        int32_t c = mn_utf8_next(word, &place);
        if (letter ? c != '.' : !mn_is_upper(c))
            return false;
        letter = !letter;
    }
    return letter;
}

/* "1" or "a" behind a colon, a stop or nothing: the number of a point inside the text, "…: 1. Noted". */
static bool is_inner_number(struct mn_slice text, size_t from, struct mn_slice word)
{
    if (word.size == 0 || word.size > 3)
        return false;
    bool digits = true;
    for (size_t i = 0; i < word.size; ++i)
        digits &= is_ascii_digit(word.data[i]);
    size_t start = (size_t)(word.data - text.data);
    bool lone_letter = word.size == 1 && word.data[0] >= 'a' && word.data[0] <= 'z';
    if (!digits && !lone_letter)
        return false;
    if (start <= from + 1)
        return true;
    char before = text.data[start - 2];
    return text.data[start - 1] == ' ' && (before == ':' || before == ';' || (digits && before == '.'));
}

/* "Item 8." at the start of a text, with its title behind it. */
static bool is_counted_word(struct mn_slice text, size_t from, struct mn_slice word)
{
    size_t start = (size_t)(word.data - text.data);
    if (word.size == 0 || word.size > 3 || !is_ascii_digit(word.data[0]) || start < from + 2)
        return false;
    struct mn_slice before = mn_slice_cut(text, from, start - 1);
    return !memchr(before.data, ' ', before.size) && mn_starts_upper(before);
}

/* "… Teefy. (10)": a number in brackets belongs to what stands before it. */
static bool is_number_in_brackets(struct mn_slice text, size_t place)
{
    if (place >= text.size || text.data[place] != '(')
        return false;
    size_t end = place + 1;
    while (end < text.size && is_ascii_digit(text.data[end]))
        ++end;
    return end > place + 1 && end < text.size && text.data[end] == ')';
}

/* What starts behind a stop? */
enum opening { OPENS_SMALL, OPENS_CAPITAL, OPENS_NUMBER, OPENS_OTHER };

static enum opening opening_at(struct mn_slice text, size_t place)
{
    int32_t c = 0;
    bool opened = false;
    if (is_number_in_brackets(text, place))
        return OPENS_SMALL;
    while (place < text.size) {
        c = mn_utf8_next(text, &place);
        if (!mn_is_opener(c))
            break;
        opened = true;
    }
    if (mn_is_digit(c))
        return OPENS_NUMBER;
    if (mn_is_letter(c))
        return mn_is_upper(c) ? OPENS_CAPITAL : OPENS_SMALL;
    return opened ? OPENS_CAPITAL : OPENS_OTHER;
}

/* Does a single point behind `word` leave the sentence open, given what follows? */
static bool binds(const struct mn_segmentation *segmentation, struct mn_slice text, size_t from, struct mn_slice word,
                  enum opening opening)
{
    if (opening == OPENS_NUMBER && mn_segmentation_binds_number(segmentation, word))
        return true;
    if (mn_segmentation_is_abbreviation(segmentation, word))
        return true;
    if (is_initials(word))
        return true;
    return is_inner_number(text, from, word) || is_counted_word(text, from, word);
}

size_t mn_sentence_end(const struct mn_segmentation *segmentation, struct mn_slice text, size_t from)
{
    for (size_t place = find_stop(text, from); place < text.size; place = find_stop(text, place)) {
        size_t stop = place;
        int32_t c = mn_utf8_next(text, &place);
        if (!is_stop(c))
            continue;
        size_t stops = 1;
        while (place < text.size && is_stop((unsigned char)text.data[place])) {
            ++place;
            ++stops;
        }
        size_t end = place;
        while (end < text.size) {
            size_t next = end;
            if (!mn_is_closer(mn_utf8_next(text, &next)))
                break;
            end = next;
        }
        if (end == text.size)
            return end;
        bool leader = stops > 3; /* "Contents ........ 2" */
        if (text.data[end] != ' ' || leader)
            continue;
        enum opening opening = opening_at(text, end + 1);
        bool ends = opening == OPENS_CAPITAL || opening == OPENS_NUMBER || (opening == OPENS_OTHER && c != 0x2026);
        struct mn_slice word = word_before(text, from, stop);
        if (ends && c == '.' && stops == 1)
            ends = !(end == place ? binds(segmentation, text, from, word, opening) : is_initials(word));
        if (ends)
            return end;
        place = end;
    }
    return text.size;
}

/* ---- the document's sentences ---- */

/* Cuts at the last space that keeps the sentence within its limit, or inside a word where there is none. */
static size_t cut_to_limit(struct mn_slice text, size_t start, size_t end)
{
    if (end - start <= MN_LIMIT_SENTENCE_BYTES)
        return end;
    size_t cut = start + MN_LIMIT_SENTENCE_BYTES;
    while (cut > start && text.data[cut] != ' ')
        --cut;
    if (cut > start)
        return cut;
    cut = start + MN_LIMIT_SENTENCE_BYTES;
    while (((unsigned char)text.data[cut] & 0xC0) == 0x80)
        --cut;
    return cut;
}

static bool add_sentence(struct work *work, uint32_t node, size_t start, size_t end)
{
    struct mn_sentence *sentence = MN_APPEND(work->document->arena, &work->document->sentences);
    if (!sentence)
        return false;
    *sentence = (struct mn_sentence){.start = (uint32_t)start, .end = (uint32_t)end, .node = node};
    return true;
}

static bool cut_leaf(struct work *work, uint32_t index, size_t *cuts)
{
    const struct mn_node *node = &work->document->nodes.items[index];
    struct mn_slice text = mn_slice_cut(work->document->text, 0, node->end);
    for (size_t start = node->content; start < node->end;) {
        if (text.data[start] == ' ') {
            ++start;
            continue;
        }
        size_t end = mn_sentence_end(work->segmentation, text, start);
        while (end - start > MN_LIMIT_SENTENCE_BYTES) {
            size_t cut = cut_to_limit(text, start, end);
            if (!add_sentence(work, index, start, cut))
                return false;
            for (start = cut; start < end && text.data[start] == ' ';)
                ++start;
            ++*cuts;
        }
        if (start < end && !add_sentence(work, index, start, end))
            return false;
        start = end;
    }
    return true;
}

bool mn_cut_sentences(struct work *work)
{
    struct mn_document *document = work->document;
    size_t cuts = 0;
    document->sentences.count = 0;
    for (uint32_t i = 0; i < document->nodes.count; ++i) {
        struct mn_node *node = &document->nodes.items[i];
        node->first_sentence = (uint32_t)document->sentences.count;
        if (mn_node_is_leaf(node) && node->kind != MN_FW && !cut_leaf(work, i, &cuts))
            return false;
    }
    for (uint32_t i = 0; i < document->nodes.count; ++i) {
        struct mn_node *node = &document->nodes.items[i];
        node->end_sentence = node->after < document->nodes.count ? document->nodes.items[node->after].first_sentence
                                                                 : (uint32_t)document->sentences.count;
    }
    if (cuts > 0)
        mn_document_notice(document, "%zu text%s without sentence ends cut at %zu bytes", cuts, cuts == 1 ? "" : "s",
                           MN_LIMIT_SENTENCE_BYTES);
    return true;
}
