#include "lexis/names.h"

#include "base/digest.h"

#define FIRST_SLOTS 64

/* The slot that holds the name, or the empty one where it belongs. */
static struct mn_name_slot *slot_of(const struct mn_names *names, struct mn_slice name, uint32_t hash)
{
    size_t mask = names->slot_count - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct mn_name_slot *slot = &names->slots[at];
        if (!slot->number || (slot->hash == hash && mn_slice_equal(names->items.items[slot->number - 1], name)))
            return slot;
    }
}

static bool grow(struct mn_names *names, struct mn_arena *arena)
{
    size_t count = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
    struct mn_name_slot *slots = mn_arena_zero(arena, count * sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < names->slot_count; i++) {
        size_t at = names->slots[i].hash & (count - 1);
        while (names->slots[i].number && slots[at].number)
            at = (at + 1) & (count - 1);
        if (names->slots[i].number)
            slots[at] = names->slots[i];
    }
    names->slots = slots;
    names->slot_count = count;
    return true;
}

uint32_t mn_names_find(const struct mn_names *names, struct mn_slice name)
{
    if (!names->slot_count)
        return MN_NO_SYMBOL;
    uint32_t found = slot_of(names, name, (uint32_t)mn_hash(name))->number;
    return found ? found - 1 : MN_NO_SYMBOL;
}

uint32_t mn_names_add(struct mn_names *names, struct mn_arena *arena, struct mn_slice name)
{
    if (names->items.count * 2 >= names->slot_count && !grow(names, arena))
        return MN_NO_SYMBOL;
    uint32_t hash = (uint32_t)mn_hash(name);
    struct mn_name_slot *slot = slot_of(names, name, hash);
    if (slot->number)
        return slot->number - 1;
    struct mn_slice copy = mn_arena_copy(arena, name);
    struct mn_slice *item = name.size && !copy.data ? NULL : MN_APPEND(arena, &names->items);
    if (!item)
        return MN_NO_SYMBOL;
    *item = copy;
    *slot = (struct mn_name_slot){(uint32_t)names->items.count, hash};
    return (uint32_t)names->items.count - 1;
}
