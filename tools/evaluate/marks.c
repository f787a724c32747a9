#include "marks.h"
#include "base/utf8.h"
#include "words.h"
#include <stdlib.h>

struct marking {
    struct mn_arena *arena;
    struct mn_slice text;
    struct token_list tokens; /* of the text */
    struct mark_list *marks;
};

const char *mark_word(enum mark_type type)
{
    static const char *const words[] = {"missed", "false", "found", "neutral"};
    _Static_assert(sizeof words / sizeof *words == MARK_TYPES, "every mark has a word");
    return words[type];
}

/* Byte at which a code point starts; the size of the text if it has fewer. */
static size_t byte_of(struct mn_slice text, size_t code_point)
{
    size_t at = 0;
    while (code_point-- && at < text.size)
        mn_utf8_next(text, &at);
    return at;
}

/* The stated place, if the words there are the quote's. */
static bool stated_place(const struct marking *marking, const struct quote *quote, struct mark *mark, bool *holds)
{
    struct token_list there;
    *holds = false;
    if (!quote->placed || quote->start >= quote->end)
        return true;
    mark->start = byte_of(marking->text, quote->start);
    struct mn_slice rest = mn_slice_cut(marking->text, mark->start, marking->text.size);
    mark->end = mark->start + byte_of(rest, quote->end - quote->start);
    if (!text_tokens(marking->arena, mn_slice_cut(marking->text, mark->start, mark->end), &there))
        return false;
    *holds = there.count && tokens_equal(there, quote->tokens);
    return true;
}

static bool searched_place(const struct marking *marking, const struct quote *quote, size_t skip, struct mark *mark,
                           bool *holds)
{
    size_t first;
    size_t end;
    if (!tokens_locate(marking->arena, quote->tokens, marking->tokens, skip, &first, &end))
        return false;
    *holds = first < end;
    if (*holds) {
        mark->start = marking->tokens.items[first].start;
        mark->end = marking->tokens.items[end - 1].end;
    }
    return true;
}

static bool add_mark(const struct marking *marking, enum mark_type type, const struct finding *finding, size_t skip)
{
    bool holds;
    struct mark mark = {.type = type, .finding = finding};
    if (!stated_place(marking, &finding->quotes[0], &mark, &holds))
        return false;
    if (!holds && !searched_place(marking, &finding->quotes[0], skip, &mark, &holds))
        return false;
    if (!holds)
        return true;
    struct mark *added = MN_APPEND(marking->arena, marking->marks);
    if (added)
        *added = mark;
    return added;
}

/* How many findings before this one have the same quote. */
static size_t same_before(struct view view, size_t index)
{
    size_t same = 0;
    for (size_t i = 0; i < index; i++)
        same += mn_slice_equal(view.items[i]->quotes[0].strict, view.items[index]->quotes[0].strict);
    return same;
}

static enum mark_type type_of_find(const struct result *result, size_t found)
{
    size_t partner = result->pairs.gold_of[found];
    if (partner == UNPAIRED)
        return MARK_FALSE;
    return result->gold.items[partner]->borderline ? MARK_NEUTRAL : MARK_FOUND;
}

static bool mark_result(const struct marking *marking, const struct result *result)
{
    for (size_t g = 0; g < result->gold.count; g++) {
        const struct finding *gold = result->gold.items[g];
        if (result->pairs.found_of[g] != UNPAIRED)
            continue;
        enum mark_type type = gold->borderline ? MARK_NEUTRAL : MARK_MISSED;
        if (!add_mark(marking, type, gold, same_before(result->gold, g)))
            return false;
    }
    for (size_t f = 0; f < result->found.count; f++) {
        if (!add_mark(marking, type_of_find(result, f), result->found.items[f], same_before(result->found, f)))
            return false;
    }
    return true;
}

static int compare_marks(const void *left, const void *right)
{
    const struct mark *a = left;
    const struct mark *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->finding->kind != b->finding->kind)
        return a->finding->kind < b->finding->kind ? -1 : 1;
    return (a->type > b->type) - (a->type < b->type);
}

bool marks_find(struct mn_arena *arena, const struct document *document, struct mn_slice text, struct mark_list *out)
{
    struct marking marking = {.arena = arena, .text = text, .marks = out};
    *out = (struct mark_list){0};
    if (!text_tokens(arena, text, &marking.tokens))
        return false;
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        if (!mark_result(&marking, &document->results[measure_of(kind)]))
            return false;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_marks);
    return true;
}
