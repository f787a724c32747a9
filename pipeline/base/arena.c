#define _DEFAULT_SOURCE 1 /* madvise */

#include "base/arena.h"
#include "base/fault.h"
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifdef UNDER_ASAN
#include <sanitizer/asan_interface.h>
#define RED_ZONE ((size_t)16) /* poisoned bytes behind each block */
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define RED_ZONE ((size_t)0)
#endif

#define ALIGNMENT ((size_t)16)
#define HUGE_PAGE ((size_t)2 << 20) /* what most systems give at once instead of 512 pages, where they are asked */
#define FIRST_CHUNK ((size_t)64 << 10)
#define LAST_SMALL_CHUNK ((size_t)256 << 10)
#define LARGE_CHUNK (HUGE_PAGE - sizeof(struct chunk)) /* larger only for blocks that are larger themselves */
#define KEPT_ON_RESET ((size_t)4 << 20)

struct chunk {
    struct chunk *next;
    size_t capacity, used; /* bytes of data */
    size_t blocks;         /* cut from it */
    char data[];
};
_Static_assert(sizeof(struct chunk) % 16 == 0, "data is aligned to 16 bytes");

struct mn_arena {
    struct chunk *full;  /* in use; the first one is where blocks are cut from */
    struct chunk *spare; /* empty: kept by the last reset, or released since */
    void *newest;        /* the newest block: it ends at full->used */
    size_t given;
    size_t next_capacity;
    struct mn_arena *scratch; /* null: nobody asked */
};

struct mn_arena *mn_arena_create(void)
{
    struct mn_arena *arena = mn_fault_due() ? NULL : calloc(1, sizeof *arena);
    if (arena)
        arena->next_capacity = FIRST_CHUNK;
    return arena;
}

static void free_chunk(struct chunk *chunk)
{
    ASAN_UNPOISON_MEMORY_REGION(chunk->data, chunk->capacity);
    free(chunk);
}

static void free_chunks(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *next = chunk->next;
        free_chunk(chunk);
        chunk = next;
    }
}

void mn_arena_destroy(struct mn_arena *arena)
{
    if (arena == NULL)
        return;
    mn_arena_destroy(arena->scratch);
    free_chunks(arena->full);
    free_chunks(arena->spare);
    free(arena);
}

/* Keeps an emptied chunk for what comes. */
static void keep_spare(struct mn_arena *arena, struct chunk *chunk)
{
    chunk->used = chunk->blocks = 0;
    chunk->next = arena->spare;
    arena->spare = chunk;
    ASAN_POISON_MEMORY_REGION(chunk->data, chunk->capacity);
}

/* Keeps of emptied chunks what is not over KEPT_ON_RESET, of which `kept` bytes are there. What is there then. */
static size_t keep_some(struct mn_arena *arena, struct chunk *chunk, size_t kept)
{
    while (chunk) {
        struct chunk *next = chunk->next;
        if (kept + chunk->capacity > KEPT_ON_RESET) {
            free_chunk(chunk);
        } else {
            kept += chunk->capacity;
            keep_spare(arena, chunk);
        }
        chunk = next;
    }
    return kept;
}

void mn_arena_reset(struct mn_arena *arena)
{
    struct chunk *spare = arena->spare, *full = arena->full;
    if (arena->scratch)
        mn_arena_reset(arena->scratch);
    arena->spare = arena->full = NULL;
    keep_some(arena, full, keep_some(arena, spare, 0));
    arena->newest = NULL;
    arena->given = 0;
}

struct mn_arena *mn_arena_scratch(struct mn_arena *arena)
{
    if (!arena->scratch)
        arena->scratch = mn_arena_create();
    return arena->scratch;
}

/* Takes the first spare chunk that has room: there are few (KEPT_ON_RESET / FIRST_CHUNK at most) but large ones. */
static struct chunk *take_spare(struct mn_arena *arena, size_t size)
{
    for (struct chunk **link = &arena->spare; *link; link = &(*link)->next) {
        struct chunk *chunk = *link;
        if (chunk->capacity < size)
            continue;
        *link = chunk->next;
        return chunk;
    }
    return NULL;
}

/* A huge page where it fits in one: then a page fault does for 512. */
static struct chunk *allocate_chunk(size_t capacity)
{
    if (capacity != LARGE_CHUNK)
        return malloc(sizeof(struct chunk) + capacity);
    struct chunk *chunk = aligned_alloc(HUGE_PAGE, HUGE_PAGE);
    if (chunk)
        madvise(chunk, HUGE_PAGE, MADV_HUGEPAGE); /* a wish: what becomes of it does not matter */
    return chunk;
}

static struct chunk *new_chunk(struct mn_arena *arena, size_t size)
{
    size_t capacity = size > arena->next_capacity ? size : arena->next_capacity;
    struct chunk *chunk = allocate_chunk(capacity);
    if (chunk == NULL)
        return NULL;
    *chunk = (struct chunk){.capacity = capacity};
    arena->next_capacity = arena->next_capacity < LAST_SMALL_CHUNK ? arena->next_capacity * 2 : LARGE_CHUNK;
    ASAN_POISON_MEMORY_REGION(chunk->data, capacity);
    return chunk;
}

static bool has_room(const struct chunk *chunk, size_t size)
{
    return chunk && chunk->capacity - chunk->used >= size;
}

/* What a block takes in its chunk; SIZE_MAX when that cannot be counted. */
static size_t footprint(size_t size)
{
    if (size > SIZE_MAX / 2)
        return SIZE_MAX;
    return ((size ? size : 1) + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *mn_arena_alloc(struct mn_arena *arena, size_t size)
{
    size_t needed = footprint(size);
    if (needed == SIZE_MAX || mn_fault_due())
        return NULL;
    if (!has_room(arena->full, needed)) {
        struct chunk *chunk = take_spare(arena, needed);
        if (chunk == NULL)
            chunk = new_chunk(arena, needed);
        if (chunk == NULL)
            return NULL;
        chunk->next = arena->full;
        arena->full = chunk;
    }
    void *block = arena->full->data + arena->full->used;
    arena->full->used += needed;
    arena->full->blocks++;
    arena->newest = block;
    arena->given += size;
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    return block;
}

void *mn_arena_zero(struct mn_arena *arena, size_t size)
{
    void *block = mn_arena_alloc(arena, size);
    return block ? memset(block, 0, size) : NULL;
}

/* Where the chunk hangs that holds the block and nothing else; null when others are in it. */
static struct chunk **chunk_of(struct mn_arena *arena, const void *block)
{
    for (struct chunk **link = &arena->full; *link; link = &(*link)->next)
        if ((*link)->data == (const char *)block)
            return (*link)->blocks == 1 ? link : NULL;
    return NULL;
}

/* Grows a large block together with its chunk, for which the system moves pages and not bytes. Null when that cannot be
 * done. */
static void *grow_alone(struct mn_arena *arena, void *old, size_t before, size_t after)
{
    struct chunk **link = before > LAST_SMALL_CHUNK && after != SIZE_MAX ? chunk_of(arena, old) : NULL;
    if (!link || mn_fault_due())
        return NULL;
    bool newest = arena->newest == old;
    ASAN_UNPOISON_MEMORY_REGION((*link)->data, (*link)->capacity);
    struct chunk *chunk = realloc(*link, sizeof *chunk + after);
    if (!chunk)
        return NULL;
    *link = chunk;
    chunk->capacity = chunk->used = after;
    ASAN_POISON_MEMORY_REGION(chunk->data, chunk->capacity);
    if (newest)
        arena->newest = chunk->data;
    return chunk->data;
}

void *mn_arena_extend(struct mn_arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (new_size <= old_size)
        return old;
    size_t before = footprint(old_size), after = footprint(new_size);
    if (old && old == arena->newest && after != SIZE_MAX && has_room(arena->full, after - before)) {
        if (mn_fault_due())
            return NULL;
        arena->full->used += after - before;
        arena->given += new_size - old_size;
        ASAN_UNPOISON_MEMORY_REGION(old, new_size);
        return old;
    }
    void *block = old ? grow_alone(arena, old, before, after) : NULL;
    if (block) {
        arena->given += new_size - old_size;
        ASAN_UNPOISON_MEMORY_REGION(block, new_size);
        return block;
    }
    block = mn_arena_alloc(arena, new_size);
    if (block && old)
        memcpy(block, old, old_size);
    return block;
}

void mn_arena_release(struct mn_arena *arena, const void *block)
{
    struct chunk **link = block ? chunk_of(arena, block) : NULL;
    if (!link || (*link)->capacity <= LAST_SMALL_CHUNK)
        return;
    struct chunk *chunk = *link;
    *link = chunk->next;
    if (arena->newest == block)
        arena->newest = NULL;
    if (chunk->capacity == LARGE_CHUNK)
        keep_spare(arena, chunk);
    else
        free_chunk(chunk);
}

struct mn_slice mn_arena_copy(struct mn_arena *arena, struct mn_slice slice)
{
    if (slice.size == 0)
        return MN_EMPTY;
    char *copy = mn_arena_alloc(arena, slice.size);
    if (copy == NULL)
        return MN_EMPTY;
    memcpy(copy, slice.data, slice.size);
    return (struct mn_slice){copy, slice.size};
}

size_t mn_arena_used(const struct mn_arena *arena)
{
    return arena->given;
}

void *mn_arena_array(struct mn_arena *arena, void *items, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity)
        return items;
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (wanted < count)
        wanted = count;
    if (wanted > SIZE_MAX / 2 / size)
        return items;
    void *moved = mn_arena_extend(arena, items, *capacity * size, wanted * size);
    if (moved == NULL)
        return items;
    *capacity = wanted;
    return moved;
}
