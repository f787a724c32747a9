#include "evaluation.h"

static const struct {
    const char *word;
    const char *heading;
} measures[] = {
#define MEASURE_ROW(name, word, heading) [MEASURE_##name] = {word, heading},
    MEASURES(MEASURE_ROW)
#undef MEASURE_ROW
};

static const enum kind measure_kinds[] = {
    [MEASURE_GRADE] = KIND_GRADE,
    [MEASURE_GRADE_ASSERTED] = KIND_GRADE,
    [MEASURE_RECOMMENDATION] = KIND_RECOMMENDATION,
    [MEASURE_DEADLINE] = KIND_DEADLINE,
    [MEASURE_RESOLUTION] = KIND_RESOLUTION,
};
_Static_assert(sizeof measure_kinds / sizeof *measure_kinds == MEASURE_COUNT, "every measure has a kind");

const char *measure_word(enum measure measure)
{
    return measures[measure].word;
}

const char *measure_heading(enum measure measure)
{
    return measures[measure].heading;
}

enum measure measure_of(enum kind kind)
{
    enum measure measure = MEASURE_GRADE;
    while (measure_kinds[measure] != kind)
        measure++;
    return measure;
}

/* Whether a finding takes part in a measure. Borderline gold of any modality does: it is neutral for whatever answers
 * to it. */
static bool takes_part(const struct finding *finding, enum measure measure)
{
    if (finding->kind != measure_kinds[measure])
        return false;
    return measure != MEASURE_GRADE_ASSERTED || finding->borderline ||
           mn_slice_equal(attribute_value(finding, ATTRIBUTE_MODALITY), MN_LITERAL("asserted"));
}

static bool select_view(struct mn_arena *arena, const struct record *record, enum measure measure, struct view *view)
{
    *view = (struct view){mn_arena_alloc(arena, (record->count + 1) * sizeof *view->items), 0};
    for (size_t i = 0; view->items && i < record->count; i++) {
        if (takes_part(&record->items[i], measure))
            view->items[view->count++] = &record->items[i];
    }
    return view->items;
}

static bool is_neutral(const struct view *gold, const struct pairing *pairs, size_t found)
{
    size_t partner = pairs->gold_of[found];
    return partner != UNPAIRED && gold->items[partner]->borderline;
}

/* Counts under one way of pairing. What answers to borderline gold by overlap is neutral under each. */
static struct counts count_pairs(const struct result *result, const struct pairing *pairs)
{
    struct counts counts = {0};
    for (size_t g = 0; g < result->gold.count; g++) {
        bool counted = !result->gold.items[g]->borderline;
        counts.gold += counted;
        counts.right += counted && pairs->found_of[g] != UNPAIRED;
    }
    for (size_t f = 0; f < result->found.count; f++) {
        bool alone = pairs->gold_of[f] == UNPAIRED;
        counts.found += !is_neutral(&result->gold, alone ? &result->pairs : pairs, f);
    }
    return counts;
}

static bool measure_document(struct mn_arena *arena, struct document *document, enum measure measure)
{
    struct result *result = &document->results[measure];
    struct pairing strict;
    if (!select_view(arena, &document->gold, measure, &result->gold) ||
        !select_view(arena, &document->found, measure, &result->found) ||
        !pairing_find(arena, result->gold, result->found, PAIR_OVERLAP, &result->pairs) ||
        !pairing_find(arena, result->gold, result->found, PAIR_STRICT, &strict))
        return false;
    result->overlap = count_pairs(result, &result->pairs);
    result->strict = count_pairs(result, &strict);
    result->neutral = result->found.count - result->overlap.found;
    return true;
}

static bool measure_all(struct mn_arena *arena, struct document *document)
{
    for (size_t m = 0; m < MEASURE_COUNT; m++) {
        if (!measure_document(arena, document, (enum measure)m))
            return false;
    }
    const struct result *grades = &document->results[MEASURE_GRADE];
    return pairing_find(arena, grades->gold, grades->found, PAIR_PLACE, &document->places);
}

static enum mn_status run_document(struct mn_arena *arena, const struct file *gold, const struct file *record,
                                   struct document *document, struct mn_error *error)
{
    *document = (struct document){.folder = gold->folder, .name = gold->name, .has_record = record};
    enum mn_status status = record_read(arena, gold->path, &document->gold, error);
    if (status == MN_OK && record)
        status = record_read(arena, record->path, &document->found, error);
    if (status == MN_OK && !measure_all(arena, document))
        status = mn_fail_memory(error);
    return status;
}

static bool group_folders(struct mn_arena *arena, struct evaluation *evaluation)
{
    MN_VECTOR(struct folder) folders = {0};
    for (size_t d = 0; d < evaluation->document_count; d++) {
        struct mn_slice name = evaluation->documents[d].folder;
        if (!folders.count || !mn_slice_equal(folders.items[folders.count - 1].name, name)) {
            struct folder *folder = MN_APPEND(arena, &folders);
            if (!folder)
                return false;
            *folder = (struct folder){name, d, 0};
        }
        folders.items[folders.count - 1].count++;
    }
    evaluation->folders = folders.items;
    evaluation->folder_count = folders.count;
    return true;
}

enum mn_status evaluation_run(struct mn_arena *arena, const struct file_list *gold, const struct file_list *records,
                              struct evaluation *out, struct mn_error *error)
{
    enum mn_status status = MN_OK;
    *out = (struct evaluation){mn_arena_zero(arena, (gold->count + 1) * sizeof *out->documents), gold->count, NULL, 0};
    const struct file **partners = files_pair(arena, gold, records);
    if (!out->documents || !partners)
        return mn_fail_memory(error);
    for (size_t d = 0; d < gold->count && status == MN_OK; d++)
        status = run_document(arena, &gold->items[d], partners[d], &out->documents[d], error);
    if (status == MN_OK && !group_folders(arena, out))
        status = mn_fail_memory(error);
    return status;
}

const struct pairing *attribute_pairs(const struct document *document, enum kind kind)
{
    return kind == KIND_GRADE ? &document->places : &document->results[measure_of(kind)].pairs;
}

bool is_miss(const struct result *result, size_t gold)
{
    return !result->gold.items[gold]->borderline && result->pairs.found_of[gold] == UNPAIRED;
}

bool is_false_find(const struct result *result, size_t found)
{
    return result->pairs.gold_of[found] == UNPAIRED;
}

static bool tally_document(struct mn_arena *scratch, const struct document *document, struct tally *tally)
{
    const struct result *result = &document->results[measure_of(tally->kind)];
    const struct pairing *pairs = attribute_pairs(document, tally->kind);
    for (size_t g = 0; g < result->gold.count; g++) {
        const struct finding *gold = result->gold.items[g];
        enum comparison comparison;
        if (gold->borderline || pairs->found_of[g] == UNPAIRED)
            continue;
        const struct finding *found = result->found.items[pairs->found_of[g]];
        if (!attribute_compare(scratch, tally->attribute, gold, found, &comparison))
            return false;
        tally->times[comparison]++;
    }
    return true;
}

static bool add_tallies(struct mn_arena *arena, enum kind kind, struct tally_list *list)
{
    size_t count;
    const enum attribute *attributes = compared_attributes(kind, &count);
    struct tally *items =
        mn_arena_extend(arena, list->items, list->count * sizeof *items, (list->count + count) * sizeof *items);
    if (!items)
        return false;
    for (size_t a = 0; a < count; a++)
        items[list->count++] = (struct tally){.kind = kind, .attribute = attributes[a]};
    list->items = items;
    return true;
}

bool evaluation_tally(struct mn_arena *arena, const struct evaluation *evaluation, struct tally_list *out)
{
    *out = (struct tally_list){0};
    for (size_t k = 0; k < KIND_COUNT; k++) {
        if (!add_tallies(arena, (enum kind)k, out))
            return false;
    }
    for (size_t t = 0; t < out->count; t++) {
        for (size_t d = 0; d < evaluation->document_count; d++) {
            if (!tally_document(arena, &evaluation->documents[d], &out->items[t]))
                return false;
        }
    }
    return true;
}

bool evaluation_tally_facts(struct mn_arena *scratch, const struct evaluation *evaluation, struct fact_tallies *out)
{
    *out = (struct fact_tallies){0};
    for (size_t d = 0; d < evaluation->document_count; d++) {
        const struct document *document = &evaluation->documents[d];
        for (enum fact fact = 0; fact < FACT_COUNT && document->has_record; fact++) {
            enum comparison comparison;
            if (!fact_compare(scratch, fact, &document->gold, &document->found, &comparison))
                return false;
            out->times[fact][comparison]++;
        }
    }
    return true;
}
