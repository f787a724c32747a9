#include "base/arena.h"
#include "base/fault.h"
#include <criterion/criterion.h>
#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifdef UNDER_ASAN
#include <sanitizer/asan_interface.h>
#endif

Test(arena, blocks_are_aligned_and_apart)
{
    struct mn_arena *arena = mn_arena_create();
    static unsigned char *blocks[2000];
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i * 7 % 300;
        blocks[i] = mn_arena_alloc(arena, size);
        cr_assert_not_null(blocks[i]);
        cr_assert_eq((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)(i & 0xff), size);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t byte = 0; byte < i * 7 % 300; byte++)
            cr_assert_eq(blocks[i][byte], i & 0xff);
    mn_arena_destroy(arena);
    mn_arena_destroy(NULL);
}

Test(arena, large_blocks_and_too_large_ones)
{
    struct mn_arena *arena = mn_arena_create();
    char *large = mn_arena_zero(arena, (size_t)20 << 20);
    cr_assert_not_null(large);
    cr_expect_eq(large[(20 << 20) - 1], 0);
    cr_expect_null(mn_arena_alloc(arena, SIZE_MAX));
    cr_expect_null(mn_arena_alloc(arena, SIZE_MAX - 4096));
    cr_expect_eq(mn_arena_used(arena), (size_t)20 << 20);
    mn_arena_destroy(arena);
}

Test(arena, large_blocks_grow_and_leave_nothing_behind)
{
    struct mn_arena *arena = mn_arena_create();
    size_t size = (size_t)1 << 20;
    char *block = mn_arena_alloc(arena, size), *other = mn_arena_alloc(arena, 100);
    memset(block, 'a', size);
    memset(other, 'b', 100);
    for (; size < (size_t)256 << 20; size *= 2) {
        block = mn_arena_extend(arena, block, size, 2 * size);
        cr_assert_not_null(block);
        cr_assert_eq((uintptr_t)block % 16, 0);
        block[2 * size - 1] = 'z';
    }
    cr_expect(block[0] == 'a' && block[(1 << 20) - 1] == 'a' && other[0] == 'b' && other[99] == 'b');
    cr_expect_eq(mn_arena_used(arena), size + 100);
    cr_expect_not_null(mn_arena_alloc(arena, 1000));
    mn_arena_reset(arena);
    mn_arena_destroy(arena);
}

Test(arena, newest_block_grows_in_place)
{
    struct mn_arena *arena = mn_arena_create();
    char *first = mn_arena_alloc(arena, 100);
    memset(first, 'a', 100);
    cr_expect_eq(mn_arena_extend(arena, first, 100, 1000), first);
    char *second = mn_arena_alloc(arena, 10);
    cr_expect_geq((size_t)(second - first), 1000);
    char *moved = mn_arena_extend(arena, first, 1000, 2000);
    cr_expect_neq(moved, first);
    cr_expect_eq(memcmp(moved, first, 100), 0, "what stood in the old block stands in the new one");
    cr_expect_eq(mn_arena_extend(arena, moved, 2000, 5), moved, "a block never shrinks");
    cr_expect_not_null(mn_arena_extend(arena, NULL, 0, 5));
    mn_arena_destroy(arena);
}

Test(arena, reset_gives_the_memory_out_again)
{
    struct mn_arena *arena = mn_arena_create();
    char *first = mn_arena_alloc(arena, 100);
    for (int round = 0; round < 1000; round++) {
        mn_arena_reset(arena);
        cr_assert_eq(mn_arena_used(arena), 0);
        char *again = mn_arena_alloc(arena, 100);
        cr_assert_eq(again, first, "one chunk is enough for the same document again and again");
        cr_assert_not_null(mn_arena_zero(arena, 30000));
    }
    for (int round = 0; round < 20; round++) {
        mn_arena_reset(arena);
        for (int i = 0; i < 500; i++)
            cr_assert_not_null(mn_arena_zero(arena, 50000));
    }
    mn_arena_destroy(arena);
}

static size_t in_use(void)
{
    struct mallinfo2 memory = mallinfo2();
    return memory.uordblks + memory.hblkhd;
}

Test(arena, reset_keeps_little_of_what_was_released)
{
    enum { BLOCKS = 50, SIZE = 1900000 };
    struct mn_arena *arena = mn_arena_create();
    void *blocks[BLOCKS];
    size_t before = in_use();
    for (int i = 0; i < BLOCKS; i++)
        cr_assert_not_null(blocks[i] = mn_arena_alloc(arena, SIZE));
    for (int i = 0; i < BLOCKS; i++)
        mn_arena_release(arena, blocks[i]);
    mn_arena_reset(arena);
    cr_expect_leq(in_use(), before + (16 << 20));
    mn_arena_destroy(arena);
}

Test(arena, cleared_even_where_used_before)
{
    struct mn_arena *arena = mn_arena_create();
    memset(mn_arena_alloc(arena, 5000), 'x', 5000);
    mn_arena_reset(arena);
    const char *cleared = mn_arena_zero(arena, 5000);
    for (size_t i = 0; i < 5000; i++)
        cr_assert_eq(cleared[i], 0);
    mn_arena_destroy(arena);
}

Test(arena, vectors_grow)
{
    struct mn_arena *arena = mn_arena_create();
    MN_VECTOR(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t *item = MN_APPEND(arena, &numbers);
        cr_assert_not_null(item);
        *item = i;
    }
    for (uint32_t i = 0; i < 100000; i++)
        cr_assert_eq(numbers.items[i], i);
    cr_expect(MN_RESERVE(arena, &numbers, 300000));
    cr_expect_eq(numbers.items[99999], 99999);
    cr_expect_not(MN_RESERVE(arena, &numbers, SIZE_MAX / 2));
    cr_expect_eq(numbers.items[99999], 99999);
    mn_arena_destroy(arena);
}

Test(arena, copies)
{
    struct mn_arena *arena = mn_arena_create();
    char text[] = "words";
    struct mn_slice copy = mn_arena_copy(arena, mn_slice_of(text));
    text[0] = 'x';
    cr_expect(mn_slice_equal(copy, MN_LITERAL("words")));
    cr_expect_null(mn_arena_copy(arena, MN_EMPTY).data);
    mn_arena_destroy(arena);
}

Test(arena, each_allocation_can_fail)
{
    mn_fault_after(1);
    cr_assert_null(mn_arena_create());
    struct mn_arena *arena = mn_arena_create();
    MN_VECTOR(uint64_t) numbers = {0};
    for (uint64_t i = 0; i < 64; i++)
        *MN_APPEND(arena, &numbers) = i;
    size_t before = numbers.capacity;
    cr_assert_eq(before, numbers.count, "the next one has to grow the array");
    mn_fault_after(1);
    cr_expect_null(MN_APPEND(arena, &numbers));
    cr_expect_eq(numbers.count, before);
    cr_expect_eq(numbers.capacity, before);
    mn_fault_after(3);
    cr_expect_not_null(mn_arena_alloc(arena, 1));
    cr_expect_not_null(mn_arena_zero(arena, 1));
    cr_expect(mn_fault_pending());
    cr_expect_null(mn_arena_zero(arena, 1));
    cr_expect_not(mn_fault_pending());
    mn_fault_after(1);
    cr_expect_null(mn_arena_copy(arena, MN_LITERAL("x")).data);
    cr_expect_not_null(mn_arena_alloc(arena, 1), "one failure only");
    mn_arena_destroy(arena);
}

#ifdef UNDER_ASAN
Test(arena, free_memory_is_poisoned)
{
    struct mn_arena *arena = mn_arena_create();
    char *block = mn_arena_alloc(arena, 24), *next = mn_arena_alloc(arena, 24);
    cr_expect_not(__asan_address_is_poisoned(block + 23));
    cr_expect(__asan_address_is_poisoned(block + 24));
    cr_expect(__asan_address_is_poisoned(next - 1));
    mn_arena_reset(arena);
    cr_expect(__asan_address_is_poisoned(block));
    mn_arena_destroy(arena);
}
#endif

Test(arena, released_blocks_serve_again)
{
    struct mn_arena *arena = mn_arena_create();
    size_t size = (size_t)1 << 20, many = 4096;
    char *small = mn_arena_alloc(arena, 100), *shared = mn_arena_alloc(arena, 1000);
    memset(small, 'a', 100);
    for (size_t i = 0; i < many; i++) { /* 4 GiB, were they not given back */
        char *block = mn_arena_alloc(arena, size + i * 16);
        cr_assert_not_null(block);
        memset(block, 'x', 16);
        block[size + i * 16 - 1] = 'z';
        mn_arena_release(arena, block);
    }
    mn_arena_release(arena, shared);
    mn_arena_release(arena, NULL);
    cr_expect(small[0] == 'a' && small[99] == 'a', "what shares its chunk stays");
    cr_expect_not_null(mn_arena_extend(arena, small, 100, 200));
    cr_expect_not_null(mn_arena_alloc(arena, size));
    mn_arena_reset(arena);
    mn_arena_destroy(arena);
}

Test(arena, scratch_belongs_to_its_arena)
{
    struct mn_arena *arena = mn_arena_create(), *scratch = mn_arena_scratch(arena);
    cr_assert_not_null(scratch);
    cr_expect_eq(mn_arena_scratch(arena), scratch);
    cr_expect_not_null(mn_arena_alloc(scratch, 1000));
    cr_expect_not_null(mn_arena_alloc(arena, 10));
    mn_arena_reset(scratch);
    cr_expect_eq(mn_arena_used(scratch), 0);
    cr_expect_eq(mn_arena_used(arena), 10);
    cr_expect_not_null(mn_arena_alloc(scratch, 1000));
    mn_arena_reset(arena);
    cr_expect_eq(mn_arena_used(scratch), 0, "it is reset with it");
    mn_arena_destroy(arena);
}
