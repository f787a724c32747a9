#include "match/program_run.h"

#include "base/fault.h"
#include "match/trace.h"
#include <stdlib.h>

_Static_assert(sizeof(struct mn_token) == MN_TOKEN_STRIDE * sizeof(uint32_t),
               "lexicons are matched on every second uint32_t");

enum frame_kind {
    TRY,            /* go on in state a at position b */
    TRY_SPAN,       /* go on in span state a at position b with number c of the reference's list */
    RESTORE_OPENED, /* opened[a] was b */
    RESTORE_PLACE,  /* captured[a].place was b, c */
    RESTORE_WORTH,  /* captured[a] had value b, span c */
    RESTORE_LAST    /* the last jump was from a to b, with value c, span d */
};

struct mn_frame {
    uint32_t kind, a, b, c, d;
};

static void push(struct mn_run *run, enum frame_kind kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    struct mn_frame *frame = MN_POOL_ADD(&run->frames);
    if (frame)
        *frame = (struct mn_frame){kind, a, b, c, d};
    else
        run->ground->failed = true;
}

/* Rows that fit into the bound; at least two, so that a search can move. */
static size_t window_rows(const struct mn_run *run)
{
    size_t rows = MN_VISITED_BYTES / (run->row_words * sizeof(uint64_t));
    return rows < 2 ? 2 : rows;
}

/* Room for the rows; the epochs of new ones are none. */
static bool reserve_rows(struct mn_run *run, size_t rows)
{
    if (!MN_POOL_RESERVE(&run->visited, rows * run->row_words) || !MN_POOL_RESERVE(&run->epochs, rows))
        return false;
    if (rows > run->epochs.count) {
        memset(run->epochs.items + run->epochs.count, 0, (rows - run->epochs.count) * sizeof *run->epochs.items);
        run->epochs.count = rows;
    }
    return true;
}

/* Makes an empty window that begins at `start`. */
static bool open_window(struct mn_run *run, uint32_t start, uint32_t last)
{
    size_t rows = (size_t)(last - start) + 1;
    if (rows > window_rows(run))
        rows = window_rows(run);
    run->window = (struct mn_place){start, start + (uint32_t)(rows - 1)};
    run->reach = run->window.end < run->scope.end ? run->window.end : run->scope.end;
    if (++run->epoch == 0) {
        run->epochs.count = 0;
        run->epoch = 1;
    }
    if (reserve_rows(run, rows))
        return true;
    run->ground->failed = true;
    return false;
}

/* Everything but the window. */
static void prepare(struct mn_run *run, struct mn_ground *ground, const struct mn_program *program,
                    struct mn_place scope, bool empty)
{
    run->ground = ground;
    run->program = program;
    run->spots = ground->index->spots.items;
    run->scope = scope;
    run->must_end = MN_NONE;
    run->from = scope.start;
    run->empty = empty;
    run->posted = 0;
    run->over = false;
    run->matched = true; /* by another program */
    run->row_words = ((size_t)program->state_count + 63) / 64;
}

bool mn_run_begin(struct mn_run *run, struct mn_ground *ground, const struct mn_program *program, struct mn_place scope,
                  bool empty)
{
    prepare(run, ground, program, scope, empty);
    if (program->key)
        run->posted = mn_index_bound(ground->index, program->key, scope.start);
    return open_window(run, scope.start, scope.end);
}

static inline uint64_t *row_of(const struct mn_run *run, uint32_t position)
{
    return &run->visited.items[(position - run->window.start) * run->row_words];
}

static inline bool mark(struct mn_run *run, uint32_t state, uint32_t position)
{
    uint64_t *row = row_of(run, position), bit = UINT64_C(1) << (state % 64);
    uint32_t *epoch = &run->epochs.items[position - run->window.start];
    if (*epoch != run->epoch) {
        *epoch = run->epoch;
        for (size_t i = 0; i < run->row_words; i++)
            row[i] = 0;
    }
    bool fresh = !(row[state / 64] & bit);
    row[state / 64] |= bit;
    return fresh;
}

/* Is the pair worth going on from? Not if the search was there. Pairs to which only one way leads are marked only for
 * who traces. */
static inline bool visit(struct mn_run *run, uint32_t state, uint32_t position)
{
    run->ground->steps++;
    return (run->program->states[state].single && !run->ground->trace) || mark(run, state, position);
}

static void clear_row(struct mn_run *run, uint32_t position)
{
    run->epochs.items[position - run->window.start] = 0;
}

/* Does the token at the position pass the test of a state that consumes one? */
static inline bool token_passes(const struct mn_run *run, const struct mn_state *state, uint32_t position)
{
    return position < run->reach && mn_state_takes(state, run->spots[position].form);
}

/* Goes over an entry or a span. */
static void jump(struct mn_run *run, uint32_t *position, uint32_t end, uint32_t value, uint32_t span)
{
    push(run, RESTORE_LAST, run->last.start, run->last.end, run->last.value, run->last.span);
    run->last = (struct mn_jump){*position, end, value, span};
    *position = end;
}

uint32_t mn_run_entry(const struct mn_run *run, const struct mn_state *state, uint32_t position, uint32_t end,
                      uint32_t *value)
{
    const uint32_t *values = state->value_count ? run->program->values + state->values : NULL;
    if (!(run->spots[position].entries & mn_lexicon_bit(state->argument)))
        return position;
    const struct mn_token *token = &run->ground->document->tokens.items[position];
    return position + (uint32_t)mn_forms_lexicon(run->ground->forms, &token->form, MN_TOKEN_STRIDE, end - position,
                                                 state->argument, values, state->value_count, value);
}

static bool step_lexicon(struct mn_run *run, const struct mn_state *state, uint32_t *position)
{
    uint32_t value = MN_NONE, end = *position;
    if (*position < run->reach)
        end = mn_run_entry(run, state, *position, run->reach, &value);
    if (end == *position)
        return false;
    jump(run, position, end, value, MN_NONE);
    return true;
}

static const struct mn_span *span_at(const struct mn_run *run, uint32_t reference, uint32_t index)
{
    const mn_span_list *list = &run->ground->spans[reference];
    return &run->ground->document->spans.items[list->items[index]];
}

uint32_t mn_first_span(const struct mn_ground *ground, uint32_t reference, uint32_t token)
{
    const mn_span_list *list = &ground->spans[reference];
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ground->document->spans.items[list->items[middle]].first_token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

uint32_t mn_run_span_end(const struct mn_run *run, uint32_t reference, uint32_t index, uint32_t position)
{
    if (index >= run->ground->spans[reference].count)
        return MN_NONE;
    const struct mn_span *span = span_at(run, reference, index);
    return span->first_token == position ? span->end_token : MN_NONE;
}

/* Takes number `index` of the reference's list or the next that starts here and ends in reach; leaves a frame for those
 * behind it. */
static bool step_span(struct mn_run *run, const struct mn_state *state, uint32_t index, uint32_t *position)
{
    uint32_t end;
    for (; (end = mn_run_span_end(run, state->argument, index, *position)) != MN_NONE; index++) {
        if (end > run->reach || end <= *position)
            continue;
        push(run, TRY_SPAN, (uint32_t)(state - run->program->states), *position, index + 1, 0);
        jump(run, position, end, MN_NONE, run->ground->spans[state->argument].items[index]);
        return true;
    }
    return false;
}

static void open_capture(struct mn_run *run, uint32_t capture, uint32_t position)
{
    push(run, RESTORE_OPENED, capture, run->opened[capture], 0, 0);
    run->opened[capture] = position;
}

static void close_capture(struct mn_run *run, uint32_t capture, uint32_t position)
{
    struct mn_captured *captured = &run->captured[capture];
    push(run, RESTORE_PLACE, capture, captured->place.start, captured->place.end, 0);
    push(run, RESTORE_WORTH, capture, captured->value, captured->span, 0);
    *captured = (struct mn_captured){{run->opened[capture], position}, MN_NONE, MN_NONE};
    if (run->last.start == run->opened[capture] && run->last.end == position) {
        captured->value = run->last.value;
        captured->span = run->last.span;
    }
}

static bool search(struct mn_run *run, uint32_t start, struct mn_place *match);

/* The run for look-arounds, ready for this look: one for each level of nesting, which the rules' loader bounds. */
static struct mn_run *look_run(struct mn_run *run, const struct mn_look *look)
{
    if (!run->inner)
        run->inner = mn_fault_due() ? NULL : calloc(1, sizeof *run->inner);
    if (!run->inner)
        run->ground->failed = true;
    else
        prepare(run->inner, run->ground, look->program, run->scope, true);
    return run->inner;
}

static bool look_ahead(struct mn_run *inner, const struct mn_look *look, uint32_t position)
{
    struct mn_place match;
    uint32_t left = inner->scope.end - position;
    return open_window(inner, position, position + (left < look->longest ? left : look->longest)) &&
           search(inner, position, &match);
}

static bool look_behind(struct mn_run *inner, const struct mn_look *look, uint32_t position)
{
    struct mn_place match;
    uint32_t before = position - inner->scope.start;
    uint32_t back = before < look->longest ? before : look->longest;
    inner->must_end = position;
    if (look->shortest > before || !open_window(inner, position - back, position))
        return false;
    for (;; back--) {
        if (search(inner, position - back, &match))
            return true;
        if (back == look->shortest || back == 0)
            return false;
    }
}

static bool look_at_one(const struct mn_run *run, const struct mn_look *look, uint32_t position)
{
    const struct mn_state *state = &look->program->states[0];
    if (look->behind ? position == run->scope.start : position >= run->scope.end)
        return false;
    return mn_state_takes(state, run->spots[position - look->behind].form);
}

/* Does the look-around hold? Its cost is bounded by its own states × MN_LIMIT_LOOK_TOKENS. */
static bool looks(struct mn_run *run, const struct mn_state *state, uint32_t position)
{
    const struct mn_look *look = &run->program->looks[state->argument];
    if (mn_program_is_test(look->program)) /* needs no search */
        return look_at_one(run, look, position) != (state->negated != 0);
    struct mn_run *inner = look_run(run, look);
    if (!inner)
        return false;
    bool holds = look->behind ? look_behind(inner, look, position) : look_ahead(inner, look, position);
    return holds != (state->negated != 0);
}

/* May a way that begins so go on at the position? */
static inline bool may_go(const struct mn_run *run, uint32_t number, uint32_t position)
{
    if (number == 0 || run->ground->everywhere)
        return true;
    return position < run->reach && mn_spot_begins(&run->spots[position], run->program, number);
}

/* One step from a state: false when it leads nowhere. Always inlined: it is the innermost part of every search, whoever
 * else may call it. */
__attribute__((always_inline)) static inline bool step(struct mn_run *run, const struct mn_state *state,
                                                       uint32_t *position)
{
    switch ((enum mn_op)state->op) {
    case MN_OP_TOKEN:
        return token_passes(run, state, (*position)++);
    case MN_OP_LEXICON:
        return step_lexicon(run, state, position);
    case MN_OP_SPAN:
        if (*position >= run->reach || !(run->spots[*position].spans & mn_span_bit(state->argument)))
            return false;
        return step_span(run, state, mn_first_span(run->ground, state->argument, *position), position);
    case MN_OP_SPLIT:
        break; /* follow goes two ways */
    case MN_OP_OPEN:
        open_capture(run, state->argument, *position);
        return true;
    case MN_OP_CLOSE:
        close_capture(run, state->argument, *position);
        return true;
    case MN_OP_START:
        return *position == run->scope.start;
    case MN_OP_END:
        return *position == run->scope.end;
    case MN_OP_LOOK:
        return looks(run, state, *position);
    case MN_OP_ACCEPT:
    case MN_OP_COUNT:
        break;
    }
    return false;
}

/* The way to go from a split, the other one put aside; false when there is none. */
static inline bool choose(struct mn_run *run, const struct mn_state *split, uint32_t position, uint32_t *number)
{
    bool next = may_go(run, split->argument, position), other = may_go(run, split->values, position);
    if (next && other)
        push(run, TRY, split->other, position, 0, 0);
    *number = next ? split->next : split->other;
    return next || other;
}

/* Follows the preferred way from a pair until it fails (false) or the program accepts. */
static bool follow(struct mn_run *run, uint32_t number, uint32_t start, uint32_t *position)
{
    while (visit(run, number, *position) && !run->ground->failed) {
        const struct mn_state *state = &run->program->states[number];
        if (state->op == MN_OP_ACCEPT)
            return (run->empty || *position > start) && (run->must_end == MN_NONE || *position == run->must_end);
        if (state->op == MN_OP_SPLIT) {
            if (!choose(run, state, *position, &number))
                return false;
            continue;
        }
        if (!step(run, state, position))
            return false;
        number = state->next;
    }
    return false;
}

/* Does what the frame says; true when it leads to a match, which ends at *position. */
static bool resume(struct mn_run *run, struct mn_frame frame, uint32_t start, uint32_t *position)
{
    const struct mn_state *state;
    switch ((enum frame_kind)frame.kind) {
    case TRY:
        *position = frame.b;
        return follow(run, frame.a, start, position);
    case TRY_SPAN:
        *position = frame.b;
        state = &run->program->states[frame.a];
        return step_span(run, state, frame.c, position) && follow(run, state->next, start, position);
    case RESTORE_OPENED:
        run->opened[frame.a] = frame.b;
        break;
    case RESTORE_PLACE:
        run->captured[frame.a].place = (struct mn_place){frame.b, frame.c};
        break;
    case RESTORE_WORTH:
        run->captured[frame.a].value = frame.b;
        run->captured[frame.a].span = frame.c;
        break;
    case RESTORE_LAST:
        run->last = (struct mn_jump){frame.a, frame.b, frame.c, frame.d};
        break;
    }
    return false;
}

static void forget_captures(struct mn_run *run)
{
    run->last = (struct mn_jump){MN_NONE, MN_NONE, MN_NONE, MN_NONE};
    for (uint32_t i = 0; i < run->program->capture_count; i++)
        run->captured[i] = (struct mn_captured){{MN_NONE, MN_NONE}, MN_NONE, MN_NONE};
}

/* A match from `start`, which lies in the window. A search that fails leaves the captures as they were. */
static bool search(struct mn_run *run, uint32_t start, struct mn_place *match)
{
    uint32_t position = start;
    run->frames.count = 0;
    if (run->matched)
        forget_captures(run);
    run->matched = false;
    push(run, TRY, 0, start, 0, 0);
    while (run->frames.count && !run->ground->failed)
        if (resume(run, run->frames.items[--run->frames.count], start, &position)) {
            *match = (struct mn_place){start, position};
            run->matched = true;
            return true;
        }
    return false;
}

struct mn_place mn_run_starts(struct mn_run *run, uint32_t start)
{
    const struct mn_program *program = run->program;
    struct mn_place none = {run->scope.end, run->scope.end};
    if (program->anchored && start > run->scope.start)
        return none;
    if (!program->key)
        return (struct mn_place){start, program->anchored ? start + 1 : run->scope.end};
    const mn_span_list *list = &run->ground->index->posted[program->key];
    if (program->key_least >= run->scope.end - start)
        return none;
    uint32_t least = start + program->key_least;
    while (run->posted < list->count && list->items[run->posted] < least)
        run->posted++;
    if (run->posted == list->count || list->items[run->posted] >= run->scope.end)
        return none;
    uint32_t token = list->items[run->posted];
    bool near = token - start <= program->key_most;
    if (program->anchored)
        return near ? (struct mn_place){start, start + 1} : none;
    return (struct mn_place){near ? start : token - program->key_most, token - program->key_least + 1};
}

uint32_t mn_run_skip(struct mn_run *run, uint32_t start)
{
    if (run->ground->everywhere)
        return start;
    if (run->over)
        return run->scope.end;
    if (start < run->from)
        start = run->from;
    while (start < run->scope.end) {
        struct mn_place starts = mn_run_starts(run, start);
        for (start = starts.start; start < starts.end; start++)
            if (mn_spot_begins(&run->spots[start], run->program, run->program->first))
                return start;
    }
    return run->scope.end;
}

bool mn_run_at(struct mn_run *run, uint32_t start, struct mn_place *match)
{
    uint32_t half = (run->window.end - run->window.start) / 2;
    bool partial = run->window.end < run->scope.end;
    if (partial && start > run->window.start + half && !open_window(run, start, run->scope.end))
        return false;
    if (!search(run, start, match)) {
        run->over = run->program->floats && !partial;
        return false;
    }
    /* The way to the match is marked too. Only its last row can be reached from the starts behind it. */
    clear_row(run, match->end);
    return true;
}

/* Would a search that comes to this state at this position end there? */
static bool stops_at(struct mn_run *run, uint32_t state, uint32_t position)
{
    const struct mn_state *at = &run->program->states[state];
    run->frames.count = 0;
    return at->op != MN_OP_ACCEPT && at->op != MN_OP_SPLIT && !step(run, at, &position);
}

static bool was_visited(const struct mn_run *run, uint32_t state, uint32_t position)
{
    return run->epochs.items[position - run->window.start] == run->epoch &&
           row_of(run, position)[state / 64] >> (state % 64) & 1;
}

void mn_run_stops(struct mn_run *run, void (*each)(void *context, const struct mn_trace_stop *stop), void *context)
{
    for (uint32_t position = run->window.start; position <= run->window.end; position++)
        for (uint32_t state = 0; state < run->program->state_count && !run->ground->failed; state++)
            if (was_visited(run, state, position) && stops_at(run, state, position))
                each(context, &(struct mn_trace_stop){state, position});
}

void mn_run_free(struct mn_run *run)
{
    struct mn_run *inner = run->inner;
    free(run->visited.items);
    free(run->epochs.items);
    free(run->frames.items);
    while (inner) {
        struct mn_run *next = inner->inner;
        free(inner->visited.items);
        free(inner->epochs.items);
        free(inner->frames.items);
        free(inner);
        inner = next;
    }
    memset(run, 0, sizeof *run);
}
