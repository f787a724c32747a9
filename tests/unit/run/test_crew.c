/* Threads over tasks: taken in order, delivered in order, no more open than there are places. */
#include "run/crew.h"
#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

enum { TASKS = 500, HANDS = 4, PLACES = 6 };

struct task {
    unsigned number;
    unsigned square;
};

struct trial {
    unsigned taken, delivered, total;
    size_t most_at_once;
    long pause; /* nanoseconds that a delivery takes */
    bool out_of_order;
    atomic_uint open, most_open, working, most_working, ticks;
};

static void raise_to(atomic_uint *most, unsigned value)
{
    unsigned known = atomic_load(most);
    while (value > known && !atomic_compare_exchange_weak(most, &known, value))
        ;
}

static bool take(void *context, void *hand, void *place)
{
    struct trial *trial = context;
    (void)hand;
    if (trial->taken == trial->total)
        return false;
    ((struct task *)place)->number = trial->taken++;
    raise_to(&trial->most_open, atomic_fetch_add(&trial->open, 1) + 1);
    return true;
}

/* Early tasks take longest, so that later ones come first. */
static void work(void *context, void *hand, void *place)
{
    struct trial *trial = context;
    struct task *task = place;
    raise_to(&trial->most_working, atomic_fetch_add(&trial->working, 1) + 1);
    (*(unsigned *)hand)++;
    const struct timespec pause = {0, task->number % 7 == 0 ? 2000000 : 10000};
    nanosleep(&pause, NULL);
    task->square = task->number * task->number;
    atomic_fetch_sub(&trial->working, 1);
}

static void deliver(void *context, void *const *places, size_t count)
{
    struct trial *trial = context;
    for (size_t i = 0; i < count; i++) {
        const struct task *task = places[i];
        trial->out_of_order =
            trial->out_of_order || task->number != trial->delivered || task->square != task->number * task->number;
        trial->delivered++;
        atomic_fetch_sub(&trial->open, 1);
    }
    trial->most_at_once = count > trial->most_at_once ? count : trial->most_at_once;
    const struct timespec pause = {0, trial->pause};
    nanosleep(&pause, NULL);
}

static void tick(void *context)
{
    struct trial *trial = context;
    atomic_fetch_add(&trial->ticks, 1);
}

static void run(struct trial *trial, size_t hand_count, size_t place_count, unsigned *done)
{
    struct task tasks[PLACES];
    void *hands[HANDS], *places[PLACES];
    for (size_t i = 0; i < hand_count; i++) {
        done[i] = 0;
        hands[i] = &done[i];
    }
    for (size_t i = 0; i < place_count; i++)
        places[i] = &tasks[i];
    const struct mn_crew crew = {.context = trial,
                                 .take = take,
                                 .work = work,
                                 .deliver = deliver,
                                 .tick = tick,
                                 .tick_milliseconds = 5,
                                 .hands = hands,
                                 .hand_count = hand_count,
                                 .places = places,
                                 .place_count = place_count};
    cr_assert(mn_crew_run(&crew));
}

Test(crew, delivers_in_the_order_of_taking)
{
    unsigned done[HANDS];
    struct trial trial = {.total = TASKS};
    run(&trial, HANDS, PLACES, done);
    cr_expect_eq(trial.delivered, TASKS);
    cr_expect(!trial.out_of_order);
    cr_expect_leq(atomic_load(&trial.most_open), PLACES);
    cr_expect_leq(atomic_load(&trial.most_working), HANDS);
    cr_expect_gt(atomic_load(&trial.most_working), 1, "nothing was done at the same time");
    cr_expect_gt(atomic_load(&trial.ticks), 0);
    cr_expect_eq(done[0] + done[1] + done[2] + done[3], TASKS);
}

Test(crew, one_hand_and_one_place_are_enough)
{
    unsigned done[HANDS];
    struct trial trial = {.total = 50};
    run(&trial, 1, 1, done);
    cr_expect_eq(trial.delivered, 50);
    cr_expect(!trial.out_of_order);
    cr_expect_eq(atomic_load(&trial.most_open), 1);
}

Test(crew, what_is_done_during_a_delivery_is_delivered_at_once)
{
    unsigned done[HANDS];
    struct trial trial = {.total = TASKS, .pause = 5000000};
    run(&trial, 1, PLACES, done);
    cr_expect_eq(trial.delivered, TASKS);
    cr_expect(!trial.out_of_order);
    cr_expect_gt(trial.most_at_once, 1);
    cr_expect_leq(trial.most_at_once, PLACES);
}

Test(crew, no_tasks_are_no_work)
{
    unsigned done[HANDS];
    struct trial trial = {.total = 0};
    run(&trial, HANDS, PLACES, done);
    cr_expect_eq(trial.delivered, 0);
    cr_expect_geq(mn_crew_processors(), 1);
}
