#include "match/pool.h"

#include "base/fault.h"
#include <stdint.h>
#include <stdlib.h>

#define FIRST_CAPACITY 16

void *mn_pool_array(void *items, size_t *capacity, size_t count, size_t size)
{
    size_t wanted = *capacity ? *capacity : FIRST_CAPACITY;
    while (wanted < count && wanted <= SIZE_MAX / 2)
        wanted *= 2;
    if (wanted < count || wanted > SIZE_MAX / size)
        return items;
    void *larger = mn_fault_due() ? NULL : realloc(items, wanted * size);
    if (!larger)
        return items;
    *capacity = wanted;
    return larger;
}
