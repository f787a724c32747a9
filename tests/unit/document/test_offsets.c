/* The index of offsets against counting from the start. */
#include "base/fault.h"
#include "base/utf8.h"
#include "document/document.h"
#include <criterion/criterion.h>

static void expect_right(struct mn_arena *arena, struct mn_slice text)
{
    struct mn_offsets offsets;
    cr_assert(mn_offsets_init(&offsets, arena, text));
    uint32_t count = 0;
    for (size_t byte = 0;; count++) {
        cr_assert_eq(mn_offsets_code_point(&offsets, (uint32_t)byte), count, "byte %zu of %zu", byte, text.size);
        cr_assert_eq(mn_offsets_byte(&offsets, count), byte, "code point %u of %zu bytes", count, text.size);
        if (byte == text.size)
            break;
        mn_utf8_next(text, &byte);
    }
    cr_assert_eq(mn_offsets_byte(&offsets, count + 1), MN_NONE);
    cr_assert_eq(mn_offsets_byte(&offsets, MN_NONE - 1), MN_NONE);
}

/* Characters of each length so that every alignment to the index's blocks of 256 bytes comes up. */
Test(offsets, both_ways)
{
    static const int32_t sets[][4] = {{'a', 'b', 'c', 'd'},
                                      {0xE9, 0xE9, 0xE9, 0xE9},
                                      {0x20AC, 0x20AC, 0x20AC, 0x20AC},
                                      {0x1F642, 0x1F642, 0x1F642, 0x1F642},
                                      {'a', 0xE9, 0x20AC, 0x1F642}};
    struct mn_arena *arena = mn_arena_create();
    for (size_t set = 0; set < sizeof sets / sizeof sets[0]; set++)
        for (size_t length = 0; length < 800; length += length < 8 || (length > 60 && length < 70) ? 1 : 37) {
            char text[3400];
            size_t size = 0;
            for (size_t i = 0; i < length; i++)
                size += mn_utf8_encode(sets[set][i % 4], text + size);
            for (size_t front = 0; front < 4; front++) {
                char shifted[3404] = "xyz";
                memcpy(shifted + front, text, size);
                expect_right(arena, (struct mn_slice){shifted, front + size});
            }
        }
    mn_arena_destroy(arena);
}

Test(offsets, index_ends_at_a_block)
{
    struct mn_arena *arena = mn_arena_create();
    char text[1024];
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    for (size_t size = 254; size <= 1024; size += 2)
        expect_right(arena, (struct mn_slice){text, size});
    mn_arena_destroy(arena);
}

Test(offsets, out_of_memory)
{
    struct mn_arena *arena = mn_arena_create();
    struct mn_offsets offsets;
    mn_fault_after(1);
    cr_expect_not(mn_offsets_init(&offsets, arena, MN_LITERAL("\xC3\xA9")));
    mn_fault_after(1);
    cr_expect(mn_offsets_init(&offsets, arena, MN_LITERAL("ASCII needs no memory")));
    mn_fault_after(0);
    mn_arena_destroy(arena);
}
