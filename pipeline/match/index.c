#include "match/index.h"

#include "base/bisect.h"
#include "base/fault.h"
#include <stdlib.h>

/* Places of a key up to which the next one is looked for one by one. */
enum { NEAR = 4 };

bool mn_index_open(struct mn_index *index, const struct mn_rules *rules)
{
    memset(index, 0, sizeof *index);
    index->rules = rules;
    index->posted_count = mn_vocabulary_set_count(rules->vocabulary, MN_SET_KEY) + 1;
    index->posted = mn_fault_due() ? NULL : calloc(index->posted_count, sizeof *index->posted);
    index->bounds = mn_fault_due() ? NULL : calloc(index->posted_count, sizeof *index->bounds);
    return index->posted && index->bounds;
}

void mn_index_close(struct mn_index *index)
{
    for (size_t i = 0; index->posted && i < index->posted_count; i++)
        free(index->posted[i].items);
    free(index->posted);
    free(index->bounds);
    free(index->used.items);
    free(index->spots.items);
    free(index->marks.items);
    memset(index, 0, sizeof *index);
}

void mn_index_rest(struct mn_index *index)
{
    for (size_t i = 0; i < index->posted_count; i++)
        MN_POOL_REST(&index->posted[i]);
    MN_POOL_REST(&index->spots);
    MN_POOL_REST(&index->marks);
}

/* A key that has places stands among the used ones, whatever memory is left: the next document finds none of them. */
static bool post(struct mn_index *index, uint32_t key, uint32_t token)
{
    mn_span_list *list = &index->posted[key];
    if (list->count == 0) {
        uint32_t *used = MN_POOL_ADD(&index->used);
        if (!used)
            return false;
        *used = key;
    }
    uint32_t *place = MN_POOL_ADD(list);
    if (place)
        *place = token;
    return place != NULL;
}

/* An entry of the lexicon begins at the token. */
static bool add_entry(struct mn_index *index, uint32_t token, uint32_t lexicon, struct mn_marks *marks)
{
    size_t count;
    index->spots.items[token].entries |= mn_lexicon_bit(lexicon);
    const struct mn_membership *in = mn_vocabulary_lexicon_sets(index->rules->vocabulary, lexicon, &count);
    for (size_t i = 0; i < count; i++)
        if (in[i].use == MN_SET_MARK)
            mn_marks_set(marks, mn_mark_of(in[i].set));
        else if (in[i].use == MN_SET_KEY && !post(index, in[i].set, token))
            return false;
    return true;
}

/* The entries of several words that begin at the token with this form, wherever they end. */
static bool add_entries(struct mn_index *index, const struct mn_document *document, const struct mn_forms *forms,
                        uint32_t token, const struct mn_form *form, struct mn_marks *marks)
{
    const struct mn_numbers *leads = &form->signature->leads;
    const struct mn_token *tokens = &document->tokens.items[token];
    size_t left = document->tokens.count - token;
    uint64_t going = left > 1 ? mn_forms_lead_on(forms, form, mn_forms_get(forms, tokens[1].form)) : 0;
    uint32_t value;
    for (uint32_t i = 0; i < leads->count && going; i++)
        if (going & mn_lexicon_bit(leads->items[i]) &&
            mn_forms_lexicon(forms, &tokens->form, MN_TOKEN_STRIDE, left, leads->items[i], NULL, 0, &value) &&
            !add_entry(index, token, leads->items[i], marks))
            return false;
    return true;
}

static bool add_keys(struct mn_index *index, uint32_t token, const struct mn_numbers *keys)
{
    for (uint32_t i = 0; i < keys->count; i++)
        if (!post(index, keys->items[i], token))
            return false;
    return true;
}

static bool reserve(struct mn_index *index, const struct mn_document *document)
{
    for (size_t i = 0; i < index->used.count; i++)
        index->posted[index->used.items[i]].count = 0;
    index->used.count = 0;
    return MN_POOL_RESERVE(&index->spots, document->tokens.count) &&
           MN_POOL_RESERVE(&index->marks, document->sentences.count);
}

bool mn_index_begin(struct mn_index *index, const struct mn_document *document, const struct mn_forms *forms)
{
    bool done = reserve(index, document);
    for (uint32_t s = 0; s < document->sentences.count && done; s++) {
        const struct mn_sentence *sentence = &document->sentences.items[s];
        struct mn_marks *marks = &index->marks.items[s];
        memset(marks, 0, sizeof *marks);
        for (uint32_t i = sentence->first_token; i < sentence->end_token && done; i++) {
            const struct mn_form *form = mn_forms_get(forms, document->tokens.items[i].form);
            const struct mn_signature *signature = form->signature;
            index->spots.items[i] = (struct mn_spot){form, 0, signature->entries, signature->number, s};
            mn_marks_add(marks, &signature->marks);
            done = add_keys(index, i, &signature->keys) &&
                   (!signature->leads.count || add_entries(index, document, forms, i, form, marks));
        }
    }
    return done;
}

bool mn_index_span(struct mn_index *index, uint32_t reference, uint32_t token)
{
    const struct mn_span_sets *sets = &index->rules->span_sets[reference];
    struct mn_spot *spot = &index->spots.items[token];
    mn_marks_add(&index->marks.items[spot->sentence], &sets->marks);
    spot->spans |= mn_span_bit(reference);
    for (size_t i = 0; i < sets->keys.count; i++)
        if (!post(index, sets->keys.items[i], token))
            return false;
    return true;
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

void mn_index_order(struct mn_index *index, uint32_t reference)
{
    const struct mn_span_sets *sets = &index->rules->span_sets[reference];
    for (size_t k = 0; k < sets->keys.count; k++) {
        mn_span_list *list = &index->posted[sets->keys.items[k]];
        size_t i = 1;
        while (i < list->count && list->items[i - 1] <= list->items[i])
            i++;
        if (i < list->count)
            qsort(list->items, list->count, sizeof *list->items, compare);
    }
}

/* Where, from `low` on and before `high`, the first token stands that is not before this one. */
static size_t bound_between(const mn_span_list *list, size_t low, size_t high, uint32_t token)
{
    return low + mn_count_below(list->items, sizeof *list->items, low * sizeof *list->items, high - low, token);
}

size_t mn_index_bound(struct mn_index *index, uint32_t key, uint32_t token)
{
    const mn_span_list *list = &index->posted[key];
    size_t at = index->bounds[key];
    if (at > list->count || (at > 0 && list->items[at - 1] >= token))
        at = bound_between(list, 0, at < list->count ? at : list->count, token);
    for (size_t end = at + NEAR; at < list->count && list->items[at] < token; at++)
        if (at == end) {
            at = bound_between(list, at, list->count, token);
            break;
        }
    return index->bounds[key] = at;
}

/* Has one of the sentences the mark? */
static inline bool have_mark(const struct mn_marks *sentences, uint32_t count, uint32_t mark)
{
    for (uint32_t i = 0; i < count; i++)
        if (mn_marks_have(&sentences[i], mark))
            return true;
    return false;
}

static inline bool have_marks(const struct mn_marks *sentences, uint32_t count, const struct mn_program *program)
{
    for (uint32_t i = 0; i < program->mark_count; i++)
        if (!have_mark(sentences, count, program->marks[i]))
            return false;
    return true;
}

/* `sentences`: the marks of those that the scope is in. */
static inline bool may_match(const struct mn_index *index, const struct mn_program *program, struct mn_place scope,
                             const struct mn_marks *sentences, uint32_t count)
{
    return have_marks(sentences, count, program) &&
           (!program->anchored || mn_spot_begins(&index->spots.items[scope.start], program, program->first)) &&
           (!program->last || mn_spot_begins(&index->spots.items[scope.end - 1], program, program->last));
}

__attribute__((always_inline)) static inline size_t candidate(const struct mn_index *index,
                                                              struct mn_program *const *programs, size_t from,
                                                              size_t count, struct mn_place scope,
                                                              const struct mn_marks *sentences, uint32_t sentence_count)
{
    while (from < count && !may_match(index, programs[from], scope, sentences, sentence_count))
        from++;
    return from;
}

size_t mn_index_candidate(const struct mn_index *index, struct mn_program *const *programs, size_t from, size_t count,
                          struct mn_place scope)
{
    if (scope.start >= scope.end)
        return from;
    uint32_t first = index->spots.items[scope.start].sentence, last = index->spots.items[scope.end - 1].sentence;
    const struct mn_marks *sentences = &index->marks.items[first];
    return first == last ? candidate(index, programs, from, count, scope, sentences, 1) /* nearly always: quicker */
                         : candidate(index, programs, from, count, scope, sentences, last - first + 1);
}

bool mn_index_may_match(const struct mn_index *index, const struct mn_program *program, struct mn_place scope)
{
    if (scope.start >= scope.end)
        return true;
    uint32_t first = index->spots.items[scope.start].sentence, last = index->spots.items[scope.end - 1].sentence;
    return may_match(index, program, scope, &index->marks.items[first], last - first + 1);
}
