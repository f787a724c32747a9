/* Table rules without columns: a label's cell, and the cell with its value to the right of it or below it. */
#include "match/conditions.h"
#include "match/finds.h"
#include "match/rule_kinds.h"
#include "match/scopes.h"

/* A label's cell and where its value may stand. */
struct pair {
    uint32_t label, value;
    uint32_t label_row, value_row;
};

static const struct mn_node *node_at(const struct mn_match_scratch *scratch, uint32_t node)
{
    return &scratch->document->nodes.items[node];
}

static bool is_empty(const struct mn_match_scratch *scratch, uint32_t cell)
{
    struct mn_place place = mn_node_place(scratch->document, cell);
    return place.start >= place.end;
}

/* The next node of the kind among the siblings from `node` on; `end` when there is none. */
static uint32_t next_of_kind(const struct mn_match_scratch *scratch, uint32_t node, uint32_t end,
                             enum mn_node_kind kind)
{
    while (node < end && node_at(scratch, node)->kind != kind)
        node = node_at(scratch, node)->after;
    return node < end ? node : end;
}

/* Does one of the patterns match in the cell? The match stands in scratch->finder. */
static bool cell_matches(struct mn_match_scratch *scratch, struct mn_program *const *programs, size_t count,
                         uint32_t cell)
{
    struct mn_place place = mn_node_place(scratch->document, cell);
    return place.start < place.end && mn_finder_begin(&scratch->finder, &scratch->ground, programs, count, place) &&
           mn_finder_next(&scratch->finder);
}

/* What is found: both cells and all between them where the value stands in the label's row, else the value. */
static struct mn_place evidence_of(const struct mn_match_scratch *scratch, const struct pair *pair)
{
    struct mn_place place = mn_node_place(scratch->document, pair->value);
    if (pair->label_row == pair->value_row)
        place.start = mn_node_place(scratch->document, pair->label).start;
    return place;
}

/* Makes a find of a label, whose match stands in scratch->finder, with the value; *found tells whether it is one. False
 * when memory is out. */
static bool find_pair(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct pair *pair,
                      bool *found)
{
    struct mn_place evidence = evidence_of(scratch, pair);
    struct mn_place rows = {mn_node_place(scratch->document, pair->label_row).start,
                            mn_node_place(scratch->document, pair->value_row).end};
    struct mn_draft draft;
    mn_draft_begin(scratch, rule, evidence, &draft);
    if (!mn_draft_captures(scratch, &draft, scratch->finder.run))
        return false;
    if (!cell_matches(scratch, rule->items, rule->item_count, pair->value))
        return !scratch->ground.failed;
    if (!mn_draft_captures(scratch, &draft, scratch->finder.run) || !mn_conditions_begin(scratch, rule, rows))
        return false;
    if (!mn_conditions_hold(scratch, rule, false, evidence, scratch->finder.run))
        return !scratch->ground.failed;
    *found = true;
    return mn_draft_finish(scratch, &draft);
}

/* Tries a cell as a label with the cell to the right, then with the one below; MN_NONE where there is none or it is
 * empty. */
static bool try_cell(struct mn_match_scratch *scratch, const struct mn_rule *rule, const struct pair *right,
                     const struct pair *below)
{
    const struct pair *const pairs[] = {right, below};
    bool found = false, done = true;
    for (size_t i = 0; i < 2 && done && !found; i++) {
        if (pairs[i]->value == MN_NONE || is_empty(scratch, pairs[i]->value))
            continue;
        if (!cell_matches(scratch, rule->patterns, rule->pattern_count, pairs[i]->label))
            break;
        done = find_pair(scratch, rule, pairs[i], &found);
    }
    return done && !scratch->ground.failed;
}

/* All cells of a row; `below` is the next row, or MN_NONE. */
static bool find_row(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t row, uint32_t below)
{
    uint32_t end = node_at(scratch, row)->after, under_end = below == MN_NONE ? 0 : node_at(scratch, below)->after;
    uint32_t cell = next_of_kind(scratch, row + 1, end, MN_CELL), right = cell;
    uint32_t under = below == MN_NONE ? 0 : next_of_kind(scratch, below + 1, under_end, MN_CELL);
    bool done = true;
    for (; cell < end && done; cell = next_of_kind(scratch, node_at(scratch, cell)->after, end, MN_CELL)) {
        /* the next cell that is not empty: from label to label it only moves on */
        while (right < end && (right <= cell || is_empty(scratch, right)))
            right = next_of_kind(scratch, node_at(scratch, right)->after, end, MN_CELL);
        struct pair beside = {cell, right < end && rule->values != MN_VALUES_BELOW ? right : MN_NONE, row, row};
        struct pair beneath = {cell, under < under_end && rule->values != MN_VALUES_RIGHT ? under : MN_NONE, row,
                               below};
        done = try_cell(scratch, rule, &beside, &beneath);
        if (under < under_end)
            under = next_of_kind(scratch, node_at(scratch, under)->after, under_end, MN_CELL);
    }
    return done;
}

bool mn_match_labels(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table)
{
    uint32_t end = node_at(scratch, table)->after;
    uint32_t row = next_of_kind(scratch, table + 1, end, MN_ROW);
    bool done = true;
    while (row < end && done) {
        uint32_t below = next_of_kind(scratch, node_at(scratch, row)->after, end, MN_ROW);
        done = find_row(scratch, rule, row, below < end ? below : MN_NONE);
        row = below;
    }
    return done;
}
