/* Arrays on the heap that keep their memory from one document to the next: what a thread's matching needs grows to the
 * largest scope seen and is then allocated no more. */
#ifndef MN_MATCH_POOL_H
#define MN_MATCH_POOL_H

#include <stdbool.h>
#include <stddef.h>

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

/* A pointer to a new last item (not cleared), or null when memory is out. Evaluates `pool` more than once. */
#define MN_POOL_ADD(pool) (MN_POOL_RESERVE(pool, (pool)->count + 1) ? &(pool)->items[(pool)->count++] : NULL)

#endif
