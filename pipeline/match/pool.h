/* Arrays on the heap that keep their memory from one document to the next: what a thread's matching needs grows to the
 * largest scope seen and is then allocated no more; what only a very large document needed is given back behind it. */
#ifndef MN_MATCH_POOL_H
#define MN_MATCH_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* Zero-initialise it; free(pool.items) when done. */
#define MN_POOL(type)                                                                                                  \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

/* The array with room for at least `count` items of `size` bytes, moved if need be, and *capacity updated; when memory
 * is out the old array with *capacity unchanged. Use it through MN_POOL_RESERVE and MN_POOL_ADD. */
void *mn_pool_array(void *items, size_t *capacity, size_t count, size_t size);

/* True if the pool can hold `total` items. */
#define MN_POOL_RESERVE(pool, total)                                                                                   \
    ((total) <= (pool)->capacity ||                                                                                    \
     ((pool)->items = mn_pool_array((pool)->items, &(pool)->capacity, (total), sizeof *(pool)->items),                 \
      (pool)->capacity >= (total)))

/* Bytes that a pool keeps: those of a document of some megabytes. */
enum { MN_POOL_KEPT = 1 << 20 };

/* Frees the pool's memory if that is more than it may keep. */
#define MN_POOL_REST(pool)                                                                                             \
    do {                                                                                                               \
        if ((pool)->capacity * sizeof *(pool)->items > MN_POOL_KEPT) {                                                 \
            free((pool)->items);                                                                                       \
            (pool)->items = NULL;                                                                                      \
            (pool)->count = (pool)->capacity = 0;                                                                      \
        }                                                                                                              \
    } while (0)

/* A pointer to a new last item (not cleared), or null when memory is out. Evaluates `pool` more than once. */
#define MN_POOL_ADD(pool) (MN_POOL_RESERVE(pool, (pool)->count + 1) ? &(pool)->items[(pool)->count++] : NULL)

#endif
