#define _GNU_SOURCE /* sched_getaffinity */
#include "run/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct shared {
    const struct mn_crew *crew;
    pthread_mutex_t taking; /* held while a task is taken */
    pthread_mutex_t lock;   /* of what follows */
    pthread_cond_t room;    /* tasks were delivered */
    pthread_cond_t due;     /* the next task to be delivered is done, or a thread has ended */
    uint64_t taken, delivered;
    bool *done;     /* of each place: worked on, not yet delivered */
    void **places;  /* those that are being delivered */
    size_t running; /* threads */
    bool ended;     /* under `taking`: there are no more tasks */
};

struct hand {
    struct shared *shared;
    void *own;
    pthread_t thread;
};

/* The place of the next task, once it is free. */
static size_t await_place(struct shared *shared)
{
    size_t count = shared->crew->place_count;
    pthread_mutex_lock(&shared->lock);
    while (shared->taken - shared->delivered >= count)
        pthread_cond_wait(&shared->room, &shared->lock);
    size_t place = (size_t)(shared->taken % count);
    pthread_mutex_unlock(&shared->lock);
    return place;
}

/* False at the end. */
static bool take(struct hand *hand, size_t *place)
{
    struct shared *shared = hand->shared;
    const struct mn_crew *crew = shared->crew;
    pthread_mutex_lock(&shared->taking);
    if (!shared->ended) {
        *place = await_place(shared);
        shared->ended = !crew->take(crew->context, hand->own, crew->places[*place]);
    }
    bool more = !shared->ended;
    if (more) {
        pthread_mutex_lock(&shared->lock);
        shared->taken++;
        pthread_mutex_unlock(&shared->lock);
    }
    pthread_mutex_unlock(&shared->taking);
    return more;
}

static bool is_due(const struct shared *shared)
{
    return shared->done[shared->delivered % shared->crew->place_count];
}

/* Delivers what is due; under the lock, which is open meanwhile. */
static void deliver(struct shared *shared)
{
    const struct mn_crew *crew = shared->crew;
    size_t count = 0;
    for (; count < crew->place_count; count++) {
        size_t place = (size_t)((shared->delivered + count) % crew->place_count);
        if (!shared->done[place])
            break;
        shared->done[place] = false;
        shared->places[count] = crew->places[place];
    }
    pthread_mutex_unlock(&shared->lock);
    crew->deliver(crew->context, shared->places, count);
    pthread_mutex_lock(&shared->lock);
    shared->delivered += count;
    pthread_cond_broadcast(&shared->room);
}

static void finish(struct shared *shared, size_t place)
{
    pthread_mutex_lock(&shared->lock);
    shared->done[place] = true;
    if (is_due(shared))
        pthread_cond_signal(&shared->due);
    pthread_mutex_unlock(&shared->lock);
}

static void run_hand(struct hand *hand)
{
    struct shared *shared = hand->shared;
    const struct mn_crew *crew = shared->crew;
    size_t place;
    while (take(hand, &place)) {
        crew->work(crew->context, hand->own, crew->places[place]);
        finish(shared, place);
    }
    pthread_mutex_lock(&shared->lock);
    shared->running--;
    pthread_cond_signal(&shared->due);
    pthread_mutex_unlock(&shared->lock);
}

/* The calling thread does it all. */
static void run_alone(struct hand *hand)
{
    struct shared *shared = hand->shared;
    const struct mn_crew *crew = shared->crew;
    size_t place;
    while (take(hand, &place)) {
        crew->work(crew->context, hand->own, crew->places[place]);
        finish(shared, place);
        pthread_mutex_lock(&shared->lock);
        deliver(shared);
        pthread_mutex_unlock(&shared->lock);
    }
}

static void *run_thread(void *hand)
{
    run_hand(hand);
    return NULL;
}

static struct timespec next_tick(unsigned milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    time.tv_sec += (time_t)(milliseconds / 1000) + time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static bool has_come(const struct timespec *due)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec != due->tv_sec ? time.tv_sec > due->tv_sec : time.tv_nsec >= due->tv_nsec;
}

static void tick(struct shared *shared, struct timespec *due)
{
    const struct mn_crew *crew = shared->crew;
    pthread_mutex_unlock(&shared->lock);
    crew->tick(crew->context);
    *due = next_tick(crew->tick_milliseconds);
    pthread_mutex_lock(&shared->lock);
}

/* Delivers and ticks until the threads have ended and nothing is left. */
static void deliver_all(struct shared *shared)
{
    const struct mn_crew *crew = shared->crew;
    struct timespec due = next_tick(crew->tick_milliseconds);
    pthread_mutex_lock(&shared->lock);
    while (shared->running || is_due(shared)) {
        if (crew->tick && has_come(&due))
            tick(shared, &due);
        else if (is_due(shared))
            deliver(shared);
        else if (crew->tick)
            pthread_cond_timedwait(&shared->due, &shared->lock, &due);
        else
            pthread_cond_wait(&shared->due, &shared->lock);
    }
    pthread_mutex_unlock(&shared->lock);
}

static size_t start(struct shared *shared, struct hand *hands)
{
    size_t count = 0;
    while (count < shared->crew->hand_count) {
        hands[count] = (struct hand){.shared = shared, .own = shared->crew->hands[count]};
        pthread_mutex_lock(&shared->lock);
        shared->running++;
        pthread_mutex_unlock(&shared->lock);
        if (pthread_create(&hands[count].thread, NULL, run_thread, &hands[count]) != 0)
            break;
        count++;
    }
    return count;
}

static void run_threads(struct shared *shared, struct hand *hands)
{
    size_t started = start(shared, hands);
    if (started == 0) {
        struct hand alone = {.shared = shared, .own = shared->crew->hands[0]};
        run_alone(&alone);
        return;
    }
    if (started < shared->crew->hand_count) {
        pthread_mutex_lock(&shared->lock);
        shared->running--;
        pthread_mutex_unlock(&shared->lock);
    }
    deliver_all(shared);
    for (size_t i = 0; i < started; i++)
        pthread_join(hands[i].thread, NULL);
}

static bool open_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool ok =
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(condition, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return ok;
}

/* The locks, as far as the system gives them: `made` of them. */
static bool open_locks(struct shared *shared, unsigned *made)
{
    *made = pthread_mutex_init(&shared->taking, NULL) == 0;
    *made += *made == 1 && pthread_mutex_init(&shared->lock, NULL) == 0;
    *made += *made == 2 && open_condition(&shared->room);
    *made += *made == 3 && open_condition(&shared->due);
    return *made == 4;
}

static void close_locks(struct shared *shared, unsigned made)
{
    if (made > 3)
        pthread_cond_destroy(&shared->due);
    if (made > 2)
        pthread_cond_destroy(&shared->room);
    if (made > 1)
        pthread_mutex_destroy(&shared->lock);
    if (made > 0)
        pthread_mutex_destroy(&shared->taking);
}

bool mn_crew_run(const struct mn_crew *crew)
{
    struct shared shared = {.crew = crew,
                            .done = calloc(crew->place_count, sizeof(bool)),
                            .places = calloc(crew->place_count, sizeof(void *))};
    struct hand *hands = calloc(crew->hand_count, sizeof *hands);
    unsigned made = 0;
    bool ok = shared.done && shared.places && hands && open_locks(&shared, &made);
    if (ok)
        run_threads(&shared, hands);
    close_locks(&shared, made);
    free(shared.done);
    free(shared.places);
    free(hands);
    return ok;
}

size_t mn_crew_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    if (count > 0)
        return (size_t)count;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}
