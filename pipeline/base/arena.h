/* One arena per document: memory that is given out piecemeal and taken back all at once. Results of every stage borrow
 * from it; nothing in it is freed singly but large blocks that somebody says are done with. What a stage needs only
 * while it works comes from the arena's scratch. Under AddressSanitizer the free part is poisoned. Not thread-safe:
 * each thread owns its arenas. */
#ifndef MN_BASE_ARENA_H
#define MN_BASE_ARENA_H

#include "base/slice.h"

struct mn_arena;

/* A new, empty arena; null when memory is out. */
struct mn_arena *mn_arena_create(void);
void mn_arena_destroy(struct mn_arena *arena); /* null is allowed */

/* Takes everything back, keeping up to a few MiB of chunks for the next document. */
void mn_arena_reset(struct mn_arena *arena);

/* A second arena that belongs to this one and is reset and destroyed with it, for what is needed only for a while: who
 * fills it resets it when that is over. Null when memory is out. */
struct mn_arena *mn_arena_scratch(struct mn_arena *arena);

/* `size` bytes aligned to 16, not cleared; null when memory is out. */
void *mn_arena_alloc(struct mn_arena *arena, size_t size);

/* The same, cleared. */
void *mn_arena_zero(struct mn_arena *arena, size_t size);

/* A block of `new_size` bytes that starts with the `old_size` bytes at `old`, which is not to be used any more;
 * extended in place where `old` is the newest block, moved with its memory where it is large. Null when memory is out
 * (`old` stays valid). */
void *mn_arena_extend(struct mn_arena *arena, void *old, size_t old_size, size_t new_size);

/* Says that a block is not to be used any more. Its memory serves again at once where it is large (more than 256 KiB)
 * and shares its chunk with no other; else with the next reset. Null is allowed. */
void mn_arena_release(struct mn_arena *arena, const void *block);

/* A copy of a slice; the empty slice with a null pointer when memory is out and the slice was not empty. */
struct mn_slice mn_arena_copy(struct mn_arena *arena, struct mn_slice slice);

/* Bytes given out since the last reset, what was released among them. */
size_t mn_arena_used(const struct mn_arena *arena);

/* An array that grows in an arena. Zero-initialise it. */
#define MN_VECTOR(type)                                                                                                \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

/* Ensures room for `count` items of `size` bytes: the array, moved if need be, with *capacity updated; when memory is
 * out the old array with *capacity unchanged. Use it through MN_APPEND and MN_RESERVE. */
void *mn_arena_array(struct mn_arena *arena, void *items, size_t *capacity, size_t count, size_t size);

/* True if the vector can hold `total` items. */
#define MN_RESERVE(arena, vector, total)                                                                               \
    ((vector)->items = mn_arena_array(arena, (vector)->items, &(vector)->capacity, (total), sizeof *(vector)->items),  \
     (vector)->capacity >= (total))

/* Empties the vector and releases its array. */
#define MN_RELEASE(arena, vector)                                                                                      \
    (mn_arena_release((arena), (vector)->items), (vector)->items = NULL, (vector)->count = (vector)->capacity = 0)

/* A pointer to a new last item (not cleared), or null when memory is out. Evaluates `vector` more than once. */
#define MN_APPEND(arena, vector)                                                                                       \
    ((vector)->count < (vector)->capacity || MN_RESERVE(arena, vector, (vector)->count + 1)                            \
         ? &(vector)->items[(vector)->count++]                                                                         \
         : NULL)

#endif
