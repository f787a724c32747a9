#include "lexis/names.h"

#include "base/digest.h"

#define FIRST_SLOTS 64

/* The slot that holds the name, or the empty one where it belongs. */
static uint32_t *slot_of(const struct mn_names *names, struct mn_slice name)
{
    size_t mask = names->slot_count - 1;
    size_t slot = (size_t)mn_hash(name) & mask;
    while (names->slots[slot] && !mn_slice_equal(names->items.items[names->slots[slot] - 1], name))
        slot = (slot + 1) & mask;
    return &names->slots[slot];
}

static bool grow(struct mn_names *names, struct mn_arena *arena)
{
    struct mn_names larger = *names;
    larger.slot_count = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
    larger.slots = mn_arena_zero(arena, larger.slot_count * sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < names->items.count; i++)
        *slot_of(&larger, names->items.items[i]) = (uint32_t)i + 1;
    *names = larger;
    return true;
}

uint32_t mn_names_find(const struct mn_names *names, struct mn_slice name)
{
    if (!names->slot_count)
        return MN_NO_SYMBOL;
    uint32_t found = *slot_of(names, name);
    return found ? found - 1 : MN_NO_SYMBOL;
}

uint32_t mn_names_add(struct mn_names *names, struct mn_arena *arena, struct mn_slice name)
{
    uint32_t known = mn_names_find(names, name);
    if (known != MN_NO_SYMBOL)
        return known;
    if (names->items.count * 2 >= names->slot_count && !grow(names, arena))
        return MN_NO_SYMBOL;
    struct mn_slice copy = mn_arena_copy(arena, name);
    struct mn_slice *item = name.size && !copy.data ? NULL : MN_APPEND(arena, &names->items);
    if (!item)
        return MN_NO_SYMBOL;
    *item = copy;
    *slot_of(names, name) = (uint32_t)names->items.count;
    return (uint32_t)names->items.count - 1;
}
