/* Bisection among things that stand in order. */
#ifndef MN_BASE_BISECT_H
#define MN_BASE_BISECT_H

#include <stddef.h>
#include <stdint.h>

/* How many of `count` items, `stride` bytes each, have a number below `least` at `offset` in them: where the first
 * stands that has not. By this number (a uint32_t) they are in order, the smallest first. */
static inline size_t mn_count_below(const void *items, size_t stride, size_t offset, size_t count, uint64_t least)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *number = (const char *)items + middle * stride + offset;
        if (*(const uint32_t *)(const void *)number < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The same for items of a type that holds the number as this field. */
#define MN_COUNT_BELOW(type, field, items, count, least)                                                               \
    mn_count_below((items), sizeof(type),                                                                              \
                   _Generic(((type *)NULL)->field, uint32_t                                                            \
                            : offsetof(type, field)),                                                                  \
                   (count), (least))

#endif
