#include "match/sketch.h"

#include "base/fault.h"
#include <stdlib.h>

/* Classes of one program; forms beyond them are looked at each time. */
enum { MOST_CLASSES = UINT8_MAX };

/* Positions ahead at which an entry or a span may end; where one ends farther on the sketch tells nothing. */
enum { AHEAD = 64 };

bool mn_sketches_open(struct mn_sketches *sketches, const struct mn_rules *rules)
{
    size_t count = rules->program_count ? rules->program_count : 1;
    sketches->tables = mn_fault_due() ? NULL : calloc(count, sizeof *sketches->tables);
    sketches->count = sketches->tables ? count : 0;
    return sketches->tables != NULL;
}

void mn_sketches_close(struct mn_sketches *sketches)
{
    for (size_t i = 0; i < sketches->count; i++) {
        free(sketches->tables[i].classes.items);
        free(sketches->tables[i].takers.items);
    }
    free(sketches->tables);
    memset(sketches, 0, sizeof *sketches);
}

void mn_sketches_begin(struct mn_sketches *sketches, const struct mn_forms *forms)
{
    if (sketches->forms == forms && sketches->trims == mn_forms_trims(forms))
        return;
    for (size_t i = 0; i < sketches->count; i++)
        sketches->tables[i].classes.count = sketches->tables[i].takers.count = 0;
    sketches->forms = forms;
    sketches->trims = mn_forms_trims(forms);
}

/* Does the element take the form, or may what it takes begin with it? What spans begin where is not the form's. */
static bool takes(const struct mn_run *run, const struct mn_sketch_element *element, const struct mn_form *form)
{
    const struct mn_state *state = &run->program->states[element->state];
    if (state->op == MN_OP_TOKEN)
        return mn_state_takes(state, form);
    return state->op == MN_OP_SPAN || mn_forms_begins(run->ground->forms, form, state->argument);
}

static uint64_t find_takers(const struct mn_run *run, const struct mn_form *form)
{
    const struct mn_sketch *sketch = run->program->sketch;
    uint64_t takers = 0;
    for (uint32_t i = 0; i < sketch->count; i++)
        takers |= (uint64_t)takes(run, &sketch->elements[i], form) << i;
    return takers;
}

/* The class of these takers, from 1, added if new; 0 when there is no room. */
static uint8_t class_of(struct mn_sketch_table *table, uint64_t takers)
{
    for (size_t i = 0; i < table->takers.count; i++)
        if (table->takers.items[i] == takers)
            return (uint8_t)(i + 1);
    uint64_t *slot = table->takers.count < MOST_CLASSES ? MN_POOL_ADD(&table->takers) : NULL;
    if (slot)
        *slot = takers;
    return slot ? (uint8_t)table->takers.count : 0;
}

/* Room for the signature, those up to it not known. */
static bool reserve(struct mn_sketch_table *table, uint32_t signature)
{
    size_t count = (size_t)signature + 1;
    if (!MN_POOL_RESERVE(&table->classes, count))
        return false;
    memset(table->classes.items + table->classes.count, 0, count - table->classes.count);
    table->classes.count = count;
    return true;
}

/* The elements that take a form whose signature is met for the first time. Where there is no room to keep them they are
 * found anew. */
__attribute__((noinline)) static uint64_t learn(struct mn_sketch_table *table, const struct mn_run *run,
                                                const struct mn_form *form)
{
    uint32_t signature = form->signature->number;
    uint64_t takers = find_takers(run, form);
    if (signature < table->classes.count || (signature < MN_SKETCH_SIGNATURES && reserve(table, signature)))
        table->classes.items[signature] = class_of(table, takers);
    return takers;
}

/* --- Running --- */

struct sketch_run {
    struct mn_run *run;
    struct mn_sketch_table *table;
    struct mn_place starts;   /* the next ones */
    uint64_t arriving[AHEAD]; /* by position % AHEAD: what may come there behind entries and spans … */
    uint64_t waiting;         /* … where these bits are set */
    bool lost;                /* one of them ends too far ahead */
    uint32_t since;           /* from here on something might come: no match starts before */
};

__attribute__((always_inline)) static inline uint64_t takers_at(const struct sketch_run *at, uint32_t position)
{
    const struct mn_sketch_table *table = at->table;
    uint32_t signature = at->run->spots[position].signature;
    uint8_t number = signature < table->classes.count ? table->classes.items[signature] : 0;
    return number ? table->takers.items[number - 1] : learn(at->table, at->run, at->run->spots[position].form);
}

static void arrive(struct sketch_run *at, uint32_t position, uint32_t end, uint64_t follow)
{
    if (end <= position || end > at->run->scope.end)
        return;
    uint64_t bit = UINT64_C(1) << (end % AHEAD), *there = &at->arriving[end % AHEAD];
    *there = (at->waiting & bit ? *there : 0) | follow;
    at->waiting |= bit;
    at->lost |= end - position >= AHEAD;
}

/* Takes out what may come at the position behind entries and spans. */
static uint64_t take_arriving(struct sketch_run *at, uint32_t position)
{
    uint64_t bit = at->waiting & UINT64_C(1) << (position % AHEAD);
    at->waiting &= ~bit;
    return bit ? at->arriving[position % AHEAD] : 0;
}

/* Notes where what an element takes at the position ends. */
static void jump(struct sketch_run *at, const struct mn_sketch_element *element, uint32_t position)
{
    const struct mn_run *run = at->run;
    const struct mn_state *state = &run->program->states[element->state];
    uint32_t value, end;
    if (state->op == MN_OP_LEXICON) {
        arrive(at, position, mn_run_entry(run, state, position, run->scope.end, &value), element->follow);
        return;
    }
    if (!(run->spots[position].spans & mn_span_bit(state->argument)))
        return;
    for (uint32_t i = mn_first_span(run->ground, state->argument, position);
         (end = mn_run_span_end(run, state->argument, i, position)) != MN_NONE; i++)
        arrive(at, position, end, element->follow);
}

/* What may come behind elements that take one token. */
static inline uint64_t followers(const struct mn_sketch_element *elements, uint64_t taking)
{
    uint64_t follow = 0;
    for (; taking; taking &= taking - 1)
        follow |= elements[__builtin_ctzll(taking)].follow;
    return follow;
}

/* Lets the elements that jump take what begins at the position; what may come behind it as earlier jumps end there. */
static uint64_t take_jumps(struct sketch_run *at, uint64_t taking, uint32_t position)
{
    for (; taking; taking &= taking - 1)
        jump(at, &at->run->program->sketch->elements[__builtin_ctzll(taking)], position);
    return take_arriving(at, position + 1);
}

/* May a match start at the position? at->starts moves on with it. */
static bool is_start(struct sketch_run *at, uint32_t position)
{
    if (position >= at->starts.end)
        at->starts = mn_run_starts(at->run, position);
    return position >= at->starts.start;
}

/* The next position at which a match may start; the scope's end when there is none. */
static uint32_t next_start(struct sketch_run *at, uint32_t position)
{
    const struct mn_run *run = at->run;
    while (position < run->scope.end) {
        if (!is_start(at, position))
            position = at->starts.start;
        for (; position < at->starts.end; position++)
            if (mn_spot_begins(&run->spots[position], run->program, run->program->first))
                return position;
    }
    return position;
}

/* Where one token was taken and the same may come again, as in a gap: the next position at which it is otherwise, or a
 * match may start. */
static uint32_t pass(struct sketch_run *at, uint32_t position, uint64_t coming, uint64_t taking)
{
    bool starting = position >= at->starts.start && (at->run->program->sketch->first & ~coming) == 0;
    uint32_t limit = starting ? at->starts.end : at->starts.start;
    while (position < limit && (coming & takers_at(at, position)) == taking)
        position++;
    return position;
}

static bool may_match(struct sketch_run *at)
{
    const struct mn_sketch *sketch = at->run->program->sketch;
    uint32_t position = at->run->scope.start, end = at->run->scope.end;
    uint64_t coming = 0;
    while (position < end) {
        if (!coming && !at->waiting) {
            position = next_start(at, position);
            if (position == end)
                return false;
            coming = sketch->first;
            at->since = position;
        } else if (is_start(at, position)) {
            coming |= sketch->first;
        }
        uint64_t taking = coming ? coming & takers_at(at, position) : 0;
        uint64_t follow = followers(sketch->elements, taking & ~sketch->jumps);
        if (at->waiting || taking & sketch->jumps)
            follow |= take_jumps(at, taking & sketch->jumps, position);
        if (follow & MN_SKETCH_END || at->lost)
            return true;
        position++;
        if (follow == coming && !at->waiting && !(taking & sketch->jumps))
            position = pass(at, position, coming, taking);
        coming = follow;
    }
    return coming & MN_SKETCH_SCOPE_END;
}

bool mn_sketch_allows(struct mn_run *run)
{
    struct sketch_run at;
    size_t posted = run->posted;
    if (!run->program->sketch || !run->ground->sketches || run->ground->everywhere)
        return true;
    at.run = run;
    at.table = &run->ground->sketches->tables[run->program->number];
    at.starts = (struct mn_place){run->scope.start, run->scope.start};
    at.waiting = 0;
    at.lost = false;
    at.since = run->scope.start;
    bool allowed = may_match(&at);
    run->posted = posted;
    run->from = at.since;
    return allowed;
}
