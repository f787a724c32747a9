#include "base/bisect.h"

#include <criterion/criterion.h>

struct item {
    char name;
    uint32_t at;
};

Test(bisect, counts_what_is_below_in_numbers_and_in_items)
{
    static const uint32_t numbers[] = {1, 3, 3, 7, UINT32_MAX};
    static const struct item items[] = {{'a', 1}, {'b', 3}, {'c', 3}, {'d', 7}, {'e', UINT32_MAX}};
    static const struct {
        uint64_t least;
        size_t below;
    } cases[] = {{0, 0}, {1, 0}, {2, 1}, {3, 1}, {4, 3}, {7, 3}, {8, 4}, {UINT32_MAX, 4}, {UINT64_C(1) << 32, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(mn_count_below(numbers, sizeof *numbers, 0, 5, cases[i].least), cases[i].below);
        cr_expect_eq(MN_COUNT_BELOW(struct item, at, items, 5, cases[i].least), cases[i].below);
    }
    cr_expect_eq(MN_COUNT_BELOW(struct item, at, (const struct item *)NULL, 0, 9), 0u);
}

Test(bisect, starts_where_it_is_told)
{
    static const uint32_t numbers[] = {9, 9, 1, 2, 3};
    cr_expect_eq(mn_count_below(numbers, sizeof *numbers, 2 * sizeof *numbers, 3, 3), 2u);
}
