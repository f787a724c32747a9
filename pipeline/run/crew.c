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
    pthread_cond_t moved;   /* a task was delivered, or a thread has ended */
    uint64_t taken, delivered;
    bool *done;      /* of each place: worked on, not yet delivered */
    bool delivering; /* a thread is at it */
    size_t running;  /* threads */
    bool ended;      /* under `taking`: there are no more tasks */
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
        pthread_cond_wait(&shared->moved, &shared->lock);
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

/* Delivers what is due, unless another thread is at it: that one will come to this task, too. */
static void deliver(struct shared *shared, size_t place)
{
    const struct mn_crew *crew = shared->crew;
    pthread_mutex_lock(&shared->lock);
    shared->done[place] = true;
    bool mine = !shared->delivering;
    if (mine)
        shared->delivering = true;
    while (mine) {
        size_t next = (size_t)(shared->delivered % crew->place_count);
        if (!shared->done[next])
            break;
        pthread_mutex_unlock(&shared->lock);
        crew->deliver(crew->context, crew->places[next]);
        pthread_mutex_lock(&shared->lock);
        shared->done[next] = false;
        shared->delivered++;
        pthread_cond_broadcast(&shared->moved);
    }
    if (mine)
        shared->delivering = false;
    pthread_mutex_unlock(&shared->lock);
}

static void run_hand(struct hand *hand)
{
    struct shared *shared = hand->shared;
    const struct mn_crew *crew = shared->crew;
    size_t place;
    while (take(hand, &place)) {
        crew->work(crew->context, hand->own, crew->places[place]);
        deliver(shared, place);
    }
    pthread_mutex_lock(&shared->lock);
    shared->running--;
    pthread_cond_broadcast(&shared->moved);
    pthread_mutex_unlock(&shared->lock);
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

/* Waits for the threads' end, ticking. */
static void watch(struct shared *shared)
{
    const struct mn_crew *crew = shared->crew;
    struct timespec due = next_tick(crew->tick_milliseconds);
    pthread_mutex_lock(&shared->lock);
    while (shared->running) {
        if (!crew->tick) {
            pthread_cond_wait(&shared->moved, &shared->lock);
        } else if (pthread_cond_timedwait(&shared->moved, &shared->lock, &due) != 0) {
            pthread_mutex_unlock(&shared->lock);
            crew->tick(crew->context);
            due = next_tick(crew->tick_milliseconds);
            pthread_mutex_lock(&shared->lock);
        }
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
        struct hand alone = {.shared = shared, .own = shared->crew->hands[0]}; /* counted as running by start */
        run_hand(&alone);
        return;
    }
    if (started < shared->crew->hand_count) {
        pthread_mutex_lock(&shared->lock);
        shared->running--;
        pthread_mutex_unlock(&shared->lock);
    }
    watch(shared);
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

bool mn_crew_run(const struct mn_crew *crew)
{
    struct shared shared = {.crew = crew, .done = calloc(crew->place_count, sizeof(bool))};
    struct hand *hands = calloc(crew->hand_count, sizeof *hands);
    bool ok = shared.done && hands && pthread_mutex_init(&shared.taking, NULL) == 0;
    if (ok && pthread_mutex_init(&shared.lock, NULL) != 0) {
        pthread_mutex_destroy(&shared.taking);
        ok = false;
    }
    if (ok && !open_condition(&shared.moved)) {
        pthread_mutex_destroy(&shared.lock);
        pthread_mutex_destroy(&shared.taking);
        ok = false;
    }
    if (ok) {
        run_threads(&shared, hands);
        pthread_cond_destroy(&shared.moved);
        pthread_mutex_destroy(&shared.lock);
        pthread_mutex_destroy(&shared.taking);
    }
    free(shared.done);
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
