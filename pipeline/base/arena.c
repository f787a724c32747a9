#include "base/arena.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define POISONING 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONING 1
#endif
#endif
#ifdef POISONING
#include <sanitizer/asan_interface.h>
#define poison(start, size) ASAN_POISON_MEMORY_REGION(start, size)
#define unpoison(start, size) ASAN_UNPOISON_MEMORY_REGION(start, size)
#else
#define poison(start, size) ((void)(start), (void)(size))
#define unpoison(start, size) ((void)(start), (void)(size))
#endif

enum { ALIGNMENT = 16 };
#define FIRST_CHUNK ((size_t)64 << 10)
#define KEPT_BYTES ((size_t)4 << 20)

/* Memory follows the header. Chunks form a list from the newest to the oldest. */
struct chunk {
    struct chunk *previous;
    size_t size; /* bytes behind the header */
    size_t used;
    size_t unused_padding; /* keeps the memory aligned */
};

struct mn_arena {
    struct chunk *newest;
    size_t used; /* in all chunks */
};

static char *memory_of(struct chunk *chunk)
{
    return (char *)(chunk + 1);
}

static size_t rounded(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

struct mn_arena *mn_arena_create(void)
{
    return calloc(1, sizeof(struct mn_arena));
}

static void free_chunks(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *previous = chunk->previous;
        unpoison(memory_of(chunk), chunk->size);
        free(chunk);
        chunk = previous;
    }
}

void mn_arena_destroy(struct mn_arena *arena)
{
    if (!arena)
        return;
    free_chunks(arena->newest);
    free(arena);
}

/* The newest chunk is the largest: it is kept unless it is very large. */
void mn_arena_reset(struct mn_arena *arena)
{
    struct chunk *kept = arena->newest;
    if (kept && kept->size > KEPT_BYTES) {
        free_chunks(kept);
        kept = NULL;
    }
    if (kept) {
        free_chunks(kept->previous);
        kept->previous = NULL;
        kept->used = 0;
        poison(memory_of(kept), kept->size);
    }
    arena->newest = kept;
    arena->used = 0;
}

static struct chunk *add_chunk(struct mn_arena *arena, size_t size)
{
    size_t wanted = arena->newest ? arena->newest->size * 2 : FIRST_CHUNK;
    if (wanted > KEPT_BYTES)
        wanted = KEPT_BYTES;
    if (wanted < size)
        wanted = size;
    struct chunk *chunk = wanted < SIZE_MAX - sizeof *chunk ? malloc(sizeof *chunk + wanted) : NULL;
    if (!chunk)
        return NULL;
    *chunk = (struct chunk){arena->newest, wanted, 0, 0};
    poison(memory_of(chunk), wanted);
    arena->newest = chunk;
    return chunk;
}

void *mn_arena_alloc(struct mn_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t wanted = rounded(size ? size : 1);
    struct chunk *chunk = arena->newest;
    if (!chunk || chunk->size - chunk->used < wanted)
        chunk = add_chunk(arena, wanted);
    if (!chunk)
        return NULL;
    char *memory = memory_of(chunk) + chunk->used;
    chunk->used += wanted;
    arena->used += wanted;
    unpoison(memory, size);
    return memory;
}

void *mn_arena_zero(struct mn_arena *arena, size_t size)
{
    void *memory = mn_arena_alloc(arena, size);
    if (memory)
        memset(memory, 0, size);
    return memory;
}

void *mn_arena_extend(struct mn_arena *arena, void *old, size_t old_size, size_t new_size)
{
    struct chunk *chunk = arena->newest;
    size_t had = rounded(old_size ? old_size : 1);
    if (new_size <= old_size)
        return old;
    if (old && chunk && (char *)old + had == memory_of(chunk) + chunk->used && new_size < SIZE_MAX / 2 &&
        rounded(new_size) - had <= chunk->size - chunk->used) {
        chunk->used += rounded(new_size) - had;
        arena->used += rounded(new_size) - had;
        unpoison(old, new_size);
        return old;
    }
    void *memory = mn_arena_alloc(arena, new_size);
    if (memory && old_size)
        memcpy(memory, old, old_size);
    return memory;
}

struct mn_slice mn_arena_copy(struct mn_arena *arena, struct mn_slice slice)
{
    char *data = slice.size ? mn_arena_alloc(arena, slice.size) : NULL;
    if (!data)
        return MN_EMPTY;
    memcpy(data, slice.data, slice.size);
    return (struct mn_slice){data, slice.size};
}

size_t mn_arena_used(const struct mn_arena *arena)
{
    return arena->used;
}

void *mn_arena_array(struct mn_arena *arena, void *items, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 16;
    if (wanted < count)
        wanted = count;
    if (wanted > SIZE_MAX / 2 / size)
        return items;
    void *larger = mn_arena_extend(arena, items, *capacity * size, wanted * size);
    if (!larger)
        return items;
    *capacity = wanted;
    return larger;
}
