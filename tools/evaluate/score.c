#include "score.h"
#include <stdlib.h>

/* SplitMix64 (Steele, Lea and Flood 2014). */
struct generator {
    uint64_t state;
};

static const uint64_t seed = UINT64_C(0x6d696e7574696165);

static uint64_t next_random(struct generator *generator)
{
    uint64_t mixed = generator->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

/* 0 to bound - 1; bound below 2^32, so that the bias is below 2^-32. */
static size_t random_below(struct generator *generator, size_t bound)
{
    return (size_t)(((next_random(generator) >> 32) * (uint64_t)bound) >> 32);
}

static void add_counts(struct counts *sum, struct counts counts)
{
    sum->gold += counts.gold;
    sum->found += counts.found;
    sum->right += counts.right;
}

static double ratio(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : -1;
}

static double figure_of(struct counts counts, enum figure figure)
{
    switch (figure) {
    case FIGURE_PRECISION:
        return ratio(counts.right, counts.found);
    case FIGURE_RECALL:
        return ratio(counts.right, counts.gold);
    default:
        return ratio(2 * counts.right, counts.gold + counts.found);
    }
}

/* The figure of a row, from the counts of every folder. */
static double row_figure(const struct score *row, const struct counts *folders, size_t folder_count, size_t index,
                         enum figure figure)
{
    struct counts sum = {0};
    double total = 0;
    size_t defined = 0;
    if (row->group == GROUP_FOLDER)
        return figure_of(folders[index], figure);
    for (size_t f = 0; f < folder_count; f++) {
        double value = figure_of(folders[f], figure);
        if (row->group == GROUP_WITHOUT && f == index)
            continue;
        add_counts(&sum, folders[f]);
        total += value >= 0 ? value : 0;
        defined += value >= 0;
    }
    if (row->group == GROUP_MACRO)
        return defined ? total / (double)defined : -1;
    return figure_of(sum, figure);
}

/* Everything about one measure while its rows are worked out. */
struct scoring {
    const struct evaluation *evaluation;
    enum measure measure;
    struct score *rows;
    size_t row_count;
    struct counts *folders; /* of the documents themselves, or of one draw */
    double *draws;          /* BOOTSTRAP_ROUNDS for each figure of each row */
};

/* Rows are folders, micro, macro, and the folders again; the folder a row is about. */
static size_t row_folder(const struct scoring *scoring, size_t row)
{
    size_t folders = scoring->evaluation->folder_count;
    return scoring->rows[row].group == GROUP_WITHOUT ? row - folders - 2 : row;
}

static double *draws_of(const struct scoring *scoring, size_t row, enum figure figure)
{
    return scoring->draws + (row * FIGURE_COUNT + (size_t)figure) * BOOTSTRAP_ROUNDS;
}

static const struct result *result_at(const struct scoring *scoring, size_t document)
{
    return &scoring->evaluation->documents[document].results[scoring->measure];
}

static void draw_folders(struct scoring *scoring, struct generator *generator)
{
    for (size_t f = 0; f < scoring->evaluation->folder_count; f++) {
        const struct folder *folder = &scoring->evaluation->folders[f];
        scoring->folders[f] = (struct counts){0};
        for (size_t d = 0; d < folder->count; d++) {
            size_t drawn = folder->first + random_below(generator, folder->count);
            add_counts(&scoring->folders[f], result_at(scoring, drawn)->overlap);
        }
    }
}

static void bootstrap(struct scoring *scoring)
{
    struct generator generator = {seed};
    size_t folder_count = scoring->evaluation->folder_count;
    for (size_t round = 0; round < BOOTSTRAP_ROUNDS; round++) {
        draw_folders(scoring, &generator);
        for (size_t row = 0; row < scoring->row_count; row++) {
            for (enum figure figure = 0; figure < FIGURE_COUNT; figure++)
                draws_of(scoring, row, figure)[round] =
                    row_figure(&scoring->rows[row], scoring->folders, folder_count, row_folder(scoring, row), figure);
        }
    }
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Percentiles of the draws in which the figure is defined. */
static void set_interval(double *draws, struct estimate *estimate)
{
    size_t undefined = 0;
    qsort(draws, BOOTSTRAP_ROUNDS, sizeof *draws, compare_doubles);
    while (undefined < BOOTSTRAP_ROUNDS && draws[undefined] < 0)
        undefined++;
    size_t defined = BOOTSTRAP_ROUNDS - undefined;
    estimate->low = estimate->high = -1;
    if (!defined)
        return;
    estimate->low = draws[undefined + defined * 25 / 1000];
    estimate->high = draws[undefined + (defined * 975 + 999) / 1000 - 1];
}

static void sum_row(const struct scoring *scoring, size_t row)
{
    const struct evaluation *evaluation = scoring->evaluation;
    struct score *score = &scoring->rows[row];
    size_t index = row_folder(scoring, row);
    for (size_t f = 0; f < evaluation->folder_count; f++) {
        const struct folder *folder = &evaluation->folders[f];
        if ((score->group == GROUP_FOLDER && f != index) || (score->group == GROUP_WITHOUT && f == index))
            continue;
        score->documents += folder->count;
        for (size_t d = folder->first; d < folder->first + folder->count; d++) {
            add_counts(&score->overlap, result_at(scoring, d)->overlap);
            add_counts(&score->strict, result_at(scoring, d)->strict);
            score->neutral += result_at(scoring, d)->neutral;
        }
    }
}

/* Counts per folder of the documents as they are. */
static void sum_folders(struct scoring *scoring, bool strict)
{
    for (size_t f = 0; f < scoring->evaluation->folder_count; f++) {
        const struct folder *folder = &scoring->evaluation->folders[f];
        scoring->folders[f] = (struct counts){0};
        for (size_t d = folder->first; d < folder->first + folder->count; d++) {
            const struct result *result = result_at(scoring, d);
            add_counts(&scoring->folders[f], strict ? result->strict : result->overlap);
        }
    }
}

static void set_values(struct scoring *scoring)
{
    size_t folder_count = scoring->evaluation->folder_count;
    sum_folders(scoring, true);
    for (size_t row = 0; row < scoring->row_count; row++)
        scoring->rows[row].strict_f1 =
            row_figure(&scoring->rows[row], scoring->folders, folder_count, row_folder(scoring, row), FIGURE_F1);
    sum_folders(scoring, false);
    for (size_t row = 0; row < scoring->row_count; row++) {
        sum_row(scoring, row);
        for (enum figure figure = 0; figure < FIGURE_COUNT; figure++)
            scoring->rows[row].figures[figure].value =
                row_figure(&scoring->rows[row], scoring->folders, folder_count, row_folder(scoring, row), figure);
    }
}

static enum group group_of_row(size_t row, size_t folders)
{
    if (row == folders)
        return GROUP_MICRO;
    if (row == folders + 1)
        return GROUP_MACRO;
    return row < folders ? GROUP_FOLDER : GROUP_WITHOUT;
}

static bool set_label(struct mn_arena *arena, struct score *score)
{
    static const char *const words[] = {"", "all, micro", "all, macro", "all but "};
    _Static_assert(sizeof words / sizeof *words == GROUP_COUNT, "every group has words");
    struct mn_slice first = mn_slice_of(words[score->group]);
    char *text = mn_arena_alloc(arena, first.size + score->folder.size + 1);
    if (!text)
        return false;
    memcpy(text, first.data, first.size);
    if (score->folder.size)
        memcpy(text + first.size, score->folder.data, score->folder.size);
    score->label = (struct mn_slice){text, first.size + score->folder.size};
    return true;
}

static bool name_rows(struct mn_arena *arena, const struct scoring *scoring)
{
    size_t folders = scoring->evaluation->folder_count;
    for (size_t row = 0; row < scoring->row_count; row++) {
        struct score *score = &scoring->rows[row];
        score->group = group_of_row(row, folders);
        if (score->group == GROUP_FOLDER || score->group == GROUP_WITHOUT)
            score->folder = scoring->evaluation->folders[row_folder(scoring, row)].name;
        if (!set_label(arena, score))
            return false;
    }
    return true;
}

bool scores_of(struct mn_arena *arena, const struct evaluation *evaluation, enum measure measure,
               struct score_list *out)
{
    size_t folders = evaluation->folder_count;
    size_t rows = folders + 2 + (folders > 1 ? folders : 0);
    struct scoring scoring = {evaluation,
                              measure,
                              mn_arena_zero(arena, rows * sizeof(struct score)),
                              rows,
                              mn_arena_zero(arena, (folders + 1) * sizeof(struct counts)),
                              mn_arena_alloc(arena, rows * FIGURE_COUNT * BOOTSTRAP_ROUNDS * sizeof(double))};
    if (!scoring.rows || !scoring.folders || !scoring.draws || !name_rows(arena, &scoring))
        return false;
    set_values(&scoring);
    bootstrap(&scoring);
    for (size_t row = 0; row < rows; row++) {
        for (enum figure figure = 0; figure < FIGURE_COUNT; figure++)
            set_interval(draws_of(&scoring, row, figure), &scoring.rows[row].figures[figure]);
    }
    *out = (struct score_list){scoring.rows, rows};
    return true;
}

const struct score *score_micro(const struct score_list *list)
{
    const struct score *row = list->items;
    while (row->group != GROUP_MICRO)
        row++;
    return row;
}
