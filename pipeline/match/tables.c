/* Table rules: a header row that has all the rule's columns, and one find for each row below it. */
#include "match/conditions.h"
#include "match/finds.h"
#include "match/rule_kinds.h"
#include "match/scopes.h"

/* The rule's columns in the table at hand: for each the number of its cell within a row. They stand in
 * scratch->numbers; MN_NONE: not found. */

/* The cell with this number in a row, or MN_NONE. */
static uint32_t cell_of(const struct mn_document *document, uint32_t row, uint32_t number)
{
    const struct mn_node *nodes = document->nodes.items;
    for (uint32_t i = row + 1; i < nodes[row].after; i = nodes[i].after)
        if (nodes[i].kind == MN_CELL && number-- == 0)
            return i;
    return MN_NONE;
}

/* Does the pattern match in the cell? The match stands in scratch->finder. */
static bool cell_matches(struct mn_match_scratch *scratch, struct mn_program *program, uint32_t cell)
{
    struct mn_place place = mn_node_place(scratch->document, cell);
    return mn_finder_begin(&scratch->finder, &scratch->ground, &program, 1, place) && mn_finder_next(&scratch->finder);
}

static bool is_taken(const struct mn_match_scratch *scratch, uint32_t number)
{
    for (size_t i = 0; i < scratch->numbers.count; i++)
        if (scratch->numbers.items[i] == number)
            return true;
    return false;
}

/* Finds the column's header among the row's cells that no column before it has. */
static bool place_column(struct mn_match_scratch *scratch, const struct mn_column *column, uint32_t row)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    uint32_t number = 0;
    for (uint32_t i = row + 1; i < nodes[row].after; i = nodes[i].after) {
        if (nodes[i].kind != MN_CELL)
            continue;
        if (!is_taken(scratch, number) && cell_matches(scratch, column->header, i)) {
            uint32_t *place = MN_POOL_ADD(&scratch->numbers);
            if (place)
                *place = number;
            else
                scratch->ground.failed = true;
            return place != NULL;
        }
        number++;
    }
    return false;
}

/* Is it a header row? If so its columns are noted, else those noted before stay forgotten. */
static bool is_header(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t row)
{
    scratch->numbers.count = 0;
    for (size_t i = 0; i < rule->column_count; i++)
        if (!place_column(scratch, &rule->columns[i], row))
            return false;
    return rule->column_count > 0;
}

/* Adds what a column's cell says; *complete is cleared where a cell pattern does not match. False: memory is out. */
static bool add_cell(struct mn_match_scratch *scratch, struct mn_draft *draft, const struct mn_column *column,
                     uint32_t cell, bool *complete)
{
    struct mn_place place = cell == MN_NONE ? (struct mn_place){0, 0} : mn_node_place(scratch->document, cell);
    struct mn_field field = {.name = column->name, .span = MN_NONE};
    if (column->cell) {
        if (place.start >= place.end || !cell_matches(scratch, column->cell, cell)) {
            *complete = false;
            return !scratch->ground.failed;
        }
        if (!mn_draft_captures(scratch, draft, scratch->finder.run))
            return false;
    }
    if (place.start >= place.end)
        return true;
    mn_place_bytes(scratch, place, &field.start, &field.end);
    return mn_find_field(scratch, field);
}

static bool find_row(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t row)
{
    struct mn_place place = mn_node_place(scratch->document, row);
    struct mn_draft draft;
    bool complete = place.start < place.end;
    if (!complete)
        return true;
    mn_draft_begin(scratch, rule, place, &draft);
    for (size_t i = 0; i < rule->column_count && complete; i++) {
        uint32_t cell = cell_of(scratch->document, row, scratch->numbers.items[i]);
        if (!add_cell(scratch, &draft, &rule->columns[i], cell, &complete))
            return false;
    }
    if (!complete || !mn_conditions_begin(scratch, rule, place) ||
        !mn_conditions_hold(scratch, rule, false, place, NULL))
        return !scratch->ground.failed;
    return mn_draft_finish(scratch, &draft);
}

/* A header that a page break repeats is no row of its own. */
static bool repeats_header(const struct mn_document *document, uint32_t row, uint32_t header)
{
    const struct mn_node *a = &document->nodes.items[row], *b = &document->nodes.items[header];
    return mn_slice_equal(mn_document_text(document, a->start, a->end), mn_document_text(document, b->start, b->end));
}

/* Headers at the top: *any tells whether there is such a row. */
static bool find_below_headers(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table, bool *any)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    uint32_t header = MN_NONE;
    bool done = true;
    for (uint32_t i = table + 1; i < nodes[table].after && done; i = nodes[i].after) {
        if (nodes[i].kind != MN_ROW)
            continue;
        if (header != MN_NONE && !repeats_header(scratch->document, i, header))
            done = find_row(scratch, rule, i);
        else if (header == MN_NONE && is_header(scratch, rule, i))
            header = i;
        done = done && !scratch->ground.failed;
    }
    *any = header != MN_NONE;
    return done;
}

/* ---- headers in the first column: every further column is a find ---- */

/* The cell that is `node` or the next one behind it in the row; MN_NONE. */
static uint32_t cell_from(const struct mn_document *document, uint32_t row, uint32_t node)
{
    const struct mn_node *nodes = document->nodes.items;
    while (node < nodes[row].after && nodes[node].kind != MN_CELL)
        node = nodes[node].after;
    return node < nodes[row].after ? node : MN_NONE;
}

/* The first row, not taken yet, whose first cell is this column's header; MN_NONE. */
static uint32_t header_row(struct mn_match_scratch *scratch, const struct mn_column *column, uint32_t table)
{
    const struct mn_node *nodes = scratch->document->nodes.items;
    for (uint32_t row = table + 1; row < nodes[table].after && !scratch->ground.failed; row = nodes[row].after) {
        uint32_t first = nodes[row].kind == MN_ROW ? cell_from(scratch->document, row, row + 1) : MN_NONE;
        if (first != MN_NONE && !is_taken(scratch, row) && cell_matches(scratch, column->header, first))
            return row;
    }
    return MN_NONE;
}

/* Notes the row of each of the rule's columns; false when one has none, or memory is out. */
static bool place_rows(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table)
{
    scratch->numbers.count = 0;
    for (size_t i = 0; i < rule->column_count; i++) {
        uint32_t row = header_row(scratch, &rule->columns[i], table);
        uint32_t *number = row == MN_NONE ? NULL : MN_POOL_ADD(&scratch->numbers);
        scratch->ground.failed |= row != MN_NONE && !number;
        if (!number)
            return false;
        *number = row;
    }
    if (MN_POOL_RESERVE(&scratch->numbers, 2 * rule->column_count))
        return true;
    scratch->ground.failed = true;
    return false;
}

/* A column of the table: `cells` holds its cell in each of the rule's rows, or MN_NONE. The evidence is the first of
 * them. */
static bool find_column(struct mn_match_scratch *scratch, const struct mn_rule *rule, const uint32_t *cells)
{
    struct mn_place place = {0, 0};
    struct mn_draft draft;
    bool complete = true;
    for (size_t i = 0; i < rule->column_count && place.start >= place.end; i++)
        if (cells[i] != MN_NONE)
            place = mn_node_place(scratch->document, cells[i]);
    if (place.start >= place.end)
        return true;
    mn_draft_begin(scratch, rule, place, &draft);
    for (size_t i = 0; i < rule->column_count && complete; i++)
        if (!add_cell(scratch, &draft, &rule->columns[i], cells[i], &complete))
            return false;
    if (!complete || !mn_conditions_begin(scratch, rule, place) ||
        !mn_conditions_hold(scratch, rule, false, place, NULL))
        return !scratch->ground.failed;
    return mn_draft_finish(scratch, &draft);
}

/* Moves every row's cell one to the right; false when no row has one left. */
static bool move_right(const struct mn_match_scratch *scratch, const uint32_t *rows, uint32_t *cells, size_t count)
{
    const struct mn_document *document = scratch->document;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (cells[i] != MN_NONE)
            cells[i] = cell_from(document, rows[i], document->nodes.items[cells[i]].after);
        any |= cells[i] != MN_NONE;
    }
    return any;
}

static bool find_beside_headers(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table)
{
    size_t count = rule->column_count;
    if (!place_rows(scratch, rule, table))
        return !scratch->ground.failed;
    uint32_t *rows = scratch->numbers.items, *cells = rows + count; /* room is reserved */
    bool done = true;
    for (size_t i = 0; i < count; i++)
        cells[i] = cell_from(scratch->document, rows[i], rows[i] + 1);
    while (done && move_right(scratch, rows, cells, count))
        done = find_column(scratch, rule, cells) && !scratch->ground.failed;
    return done;
}

static bool find_table(struct mn_match_scratch *scratch, const struct mn_rule *rule, uint32_t table)
{
    bool any = false, done = true;
    if (!rule->column_count)
        return mn_match_labels(scratch, rule, table);
    if (rule->headers != MN_HEADERS_SIDE)
        done = find_below_headers(scratch, rule, table, &any);
    return done && (any || rule->headers == MN_HEADERS_TOP || find_beside_headers(scratch, rule, table));
}

bool mn_match_tables(struct mn_match_scratch *scratch, const struct mn_rule *rule)
{
    bool done = mn_scopes_collect_as(scratch, rule, MN_IN_TABLE);
    for (size_t i = 0; i < scratch->instances.count && done; i++)
        done = find_table(scratch, rule, scratch->instances.items[i].node);
    return done;
}
